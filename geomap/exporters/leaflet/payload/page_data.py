"""The mention table as the page wants it: reports, places, and mentions as columns of numbers."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from geomap.errors import TableError
from geomap.exporters.leaflet.html.escaping import Page
from geomap.exporters.leaflet.payload.incident_columns import incident_columns
from geomap.exporters.leaflet.payload.incident_rows import Incident, incidents_from, read_incidents
from geomap.exporters.leaflet.payload.mention_rows import MentionRows, coded, sorted_rows
from geomap.exporters.leaflet.payload.page_places import alternatives_of, places_given, places_of
from geomap.exporters.leaflet.payload.reports import Reports, reports_of
from geomap.handed_over import each
from geomap.tables.events import SUB_TYPES
from geomap.tables.shown import DOUBT_BELOW, Why, counts_of, doubts, whys
from geomap.types import Document

VERSION = 5
"""Of the shape of the data in a page; a page and its script are written together, so no reader needs older ones."""

ROLES = ("literal", "metonymic", "modifier", "embedded")
"""The roles in the order of their numbers in the page."""
_ROLE_NUMBERS = {role: number for number, role in enumerate(ROLES)}


def page_data(
    mentions: pd.DataFrame, documents: Iterable[Document], *, title: str, incidents: pd.DataFrame | None = None
) -> Page:
    """Turn a mention table and the reports it came from into what the page draws.

    Parameters
    ----------
    mentions
        The mention table, one row a mention. An empty one gives a page without places.
    documents
        Reports for the reading pane. A report that is not given, or whose text does not hold the mentions where the
        table says, is shown as those of its sentences that the table quotes.
    title
        Heading of the page.
    incidents
        The incident table, for what several reports tell of one occurrence; ``None`` where each mention with an event
        stands for an incident of its own.

    Returns
    -------
        JSON-ready values: ``documents``, ``sentences`` and ``mentions`` as columns, ``texts`` with one text a report.
        Offsets count UTF-16 units, confidences whole per cents; a mention's ``place`` is -1 when it was not found, -2
        when its coordinates are none. ``counts`` says how much is on the map when the page opens.

    Raises
    ------
    TableError
        If columns are missing, a row does not say where its mention is, two different reports have one id, or the
        sentences of an incident cannot be read.
    """
    reports_given = _distinct(documents)
    rows = sorted_rows(mentions, [document.id for document in reports_given])
    told = list(incidents_from(rows, _confirmed(mentions, rows)) if incidents is None else read_incidents(incidents))
    reports = reports_of(rows, reports_given, _quoted(told))
    why = whys(rows.columns)
    places, place_of = places_of(rows, why)
    places += places_given(told, places)
    alternative_of, alternatives, candidates = alternatives_of(rows)
    relation_of, relations = coded(rows.texts["relation"])
    date_of, dates = coded(rows.texts["event_date"])
    types = list(zip(rows.texts["event_type"], rows.texts["event_sub_type"], strict=True))
    events_of, events = coded([*types, *(one.event for one in told)], first=("", ""))
    event_of = events_of[: len(types)]
    return {
        "version": VERSION,
        "title": title,
        "doubt_below": round(100 * DOUBT_BELOW),
        "documents": reports.documents,
        "sentences": reports.sentences,
        "places": places,
        "relations": relations,
        "events": events,
        "dates": dates,
        "mentions": {
            "document": rows.document,
            **reports.mentions,
            "place": place_of,
            "alternatives": alternative_of,
            "confidence": _percents(rows),
            "role": [_ROLE_NUMBERS.get(role, 0) for role in rows.texts["role"]],
            "relation": relation_of,
            "boilerplate": rows.flags["boilerplate"],
            "event": event_of,
            "at": rows.flags["is_event_place"],
            "date": date_of,
            **{name: _codes(rows, name) for name in ("date_precision", "geo_precision", "where_precision")},
        },
        "alternatives": alternatives,
        "candidates": candidates,
        **incident_columns(told, rows, reports, places=places, place_of=place_of, event_of=events_of[len(types) :]),
        "compared": int(incidents is not None),
        "sub_types": {name: list(sub) for name, sub in SUB_TYPES.items()} if incidents is not None else {},
        "counts": _counts(rows, why, _entries(rows, places, place_of), reports),
        "texts": reports.texts,
    }


def _confirmed(mentions: pd.DataFrame, rows: MentionRows) -> list[str]:
    """Return who confirmed each row of the mention table; a table of an earlier version does not tell."""
    cells = mentions["corrected_by"].tolist() if "corrected_by" in mentions.columns else [""] * len(mentions)
    return [cells[row] if isinstance(cells[row], str) else "" for row in rows.given.tolist()]


def _quoted(told: Sequence[Incident]) -> dict[str, dict[int, tuple[str, int | None]]]:
    """Return the sentences that tell of incidents, by report and index."""
    quoted: dict[str, dict[int, tuple[str, int | None]]] = defaultdict(dict)
    for telling in (telling for incident in told for telling in incident.tellings if telling.sentence):
        quoted[telling.document_id].setdefault(telling.sentence_index, (telling.sentence, telling.sentence_start))
    return quoted


def _distinct(documents: Iterable[Document]) -> list[Document]:
    """Return the reports, each once; two different ones of the same id cannot be told apart in the mention table."""
    found: dict[str, Document] = {}
    for document in each(documents, Document):
        if found.setdefault(document.id, document) != document:
            raise TableError(
                f"two different reports have the id {document.id!r}, so that their mentions cannot be told apart; give "
                "each report its own id and make the mention table again"
            )
    return list(found.values())


def _entries(rows: MentionRows, places: Sequence[Page], place_of: Sequence[int]) -> list[str]:
    """Return what place each mention is of, also where it cannot be drawn; "" for none."""
    unplaced = rows.texts["entry_id"]
    return [places[number]["entry"] if number >= 0 else unplaced[row] for row, number in enumerate(place_of)]


def _counts(rows: MentionRows, why: Sequence[Why], entries: Sequence[str], reports: Reports) -> dict[str, int]:
    """Count what is on the map when the page opens and what is not, by why."""
    found = counts_of(why, entries, bases=rows.texts["location_basis"], doubtful=doubts(rows.columns))
    counts = {"mentions": found.mentions, "places": found.places, "reports": len(reports.texts)}
    named = ("shown", "shown_places", "told", "told_places", "doubtful_places")
    return counts | {name: getattr(found, name) for name in named} | {**found.hidden}


def _percents(rows: MentionRows) -> list[int]:
    values: list[int] = np.rint(100 * np.clip(np.nan_to_num(rows.numbers["confidence"]), 0, 1)).astype(int).tolist()
    return values


def _codes(rows: MentionRows, name: str) -> list[int]:
    """Return a column of small codes, 0 for none."""
    values: list[int] = np.nan_to_num(rows.numbers[name]).astype(int).tolist()
    return values
