"""The event table: one row an event, with ids that stay: they follow from where a report tells of what."""

import datetime
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from geomap.events.vocabulary import EVENT_TYPES
from geomap.handed_over import each
from geomap.tables.schema import EVENT_COLUMNS, Row, Rows, check_columns, entry_cells, joined, typed
from geomap.types import Document, Event, EventDate, ParsedDocument

SUB_TYPES = EVENT_TYPES
"""ACLED's sub-event types by event type: what the columns ``event_type`` and ``event_sub_type`` may hold."""


def to_events(parsed: Iterable[ParsedDocument]) -> pd.DataFrame:
    """Collect the events of parsed documents, also those whose place is not known.

    Parameters
    ----------
    parsed
        Any number of parsed documents, such as what `Geoparser.parse` yields.

    Returns
    -------
        One row an event, in document order and then by ``start``, with the columns and dtypes of `EVENT_COLUMNS`, also
        when there is none.

    Raises
    ------
    ReportError
        If something is no `ParsedDocument`.
    """
    rows, ids = Rows(EVENT_COLUMNS), EventIds()
    for one in each(parsed, ParsedDocument):
        rows.add(event_rows(one, ids))
    return rows.taken()


def event_rows(parsed: ParsedDocument, ids: "EventIds | None" = None) -> list[dict[str, Any]]:
    """Return the rows of the event table for one document, by ``start``.

    ``ids`` gave the ids of documents before it; ``None`` where no other has the same id.
    """
    rows = [_row(event, parsed) for event in parsed.events]
    known = ids or EventIds()
    return [{**row, "event_id": known.next(row)} for row in rows]


def report_cells(document: Document) -> dict[str, Any]:
    """Return the cells about the report itself, with which every row of a table begins."""
    return {
        "document_id": document.id,
        "title": document.title,
        "url": document.url,
        "source": document.source,
        "published": document.published.isoformat() if document.published else "",
    }


def iso_interval(date: EventDate) -> str:
    """Return a day or an interval as ISO 8601 writes it; an empty text when it is not known."""
    if date.start is None or date.end is None:
        return ""
    return date.start.isoformat() if date.start == date.end else f"{date.start.isoformat()}/{date.end.isoformat()}"


def days_of(text: str) -> tuple[datetime.date, datetime.date] | None:
    """Read an interval that `iso_interval` wrote: the first and the last day, or ``None`` for an empty text."""
    if not text:
        return None
    first, _, last = text.partition("/")
    return datetime.date.fromisoformat(first), datetime.date.fromisoformat(last or first)


def _row(event: Event, parsed: ParsedDocument) -> dict[str, Any]:
    document = parsed.document
    sentence = next(one for one in parsed.sentences if one.index == event.sentence)
    return {
        **report_cells(document),
        "sentence_index": event.sentence,
        "sentence_start": sentence.start,
        "sentence": document.text[sentence.start : sentence.end],
        "start": event.start,
        "end": event.end,
        "trigger": document.text[event.start : event.end],
        "event_type": event.event_type,
        "event_sub_type": event.event_sub_type,
        **_place(event),
        "event_date": iso_interval(event.date),
        "date_words": event.date.words,
        "date_precision": event.date.precision,
        "geo_precision": event.geo_precision,
        "where_precision": event.where_precision,
        "fatalities_low": event.fatalities_low,
        "fatalities_high": event.fatalities_high,
        "fatalities_said": event.fatalities_said,
        "attribution": event.attribution,
        "same_as": "; ".join(event.same_as),
        "apart_from": "; ".join(event.apart_from),
        "occurrence": event.occurrence,
        "boilerplate": event.boilerplate,
        "corrected_by": joined((event.corrected_by, event.place.corrected_by if event.place else "")),
    }


def _place(event: Event) -> dict[str, Any]:
    found = event.place
    point = {"latitude": event.latitude, "longitude": event.longitude}
    if event.latitude is not None:
        point["radius_km"] = event.radius_km
    if found is None:
        return {**point, "mention_start": None, "confidence": 0.0}
    location = found.location
    return {
        **entry_cells(found.entry),
        **point,
        "mention_start": found.mention.start,
        "toponym": found.mention.toponym,
        "relation": found.mention.relation,
        "location_basis": location.basis if location else "",
        "location_words": location.words if location else "",
        "confidence": round(found.confidence, 2),
    }


def one_row_an_occurrence(events: pd.DataFrame) -> pd.DataFrame:
    """Return an event table with one row for what a report tells more than once.

    Parameters
    ----------
    events
        An event table, as `to_events` gives it or `geomap.tables.read_events` reads it.

    Returns
    -------
        The first row of each occurrence of a report, in the same order, with what that row does not say taken from the
        others: the place, the day, who says so, and the greatest toll. Rows of an older table, which does not tell
        occurrences apart, are kept as they are.

    Raises
    ------
    TableError
        If columns of the event table are missing.
    """
    check_columns(events, EVENT_COLUMNS, "the event table")
    rows: list[dict[str, Any]] = events[list(EVENT_COLUMNS)].to_dict("records")  # type: ignore[assignment]
    found: dict[tuple[str, int], dict[str, Any]] = {}
    for number, row in enumerate(rows):
        known = row["occurrence"]
        key = (str(row["document_id"]), -number - 1 if pd.isna(known) or known == 0 else int(known))
        first = found.setdefault(key, row)
        if first is not row:
            _complete(first, row)
    columns = {name: [row[name] for row in found.values()] for name in EVENT_COLUMNS}
    return typed(columns, EVENT_COLUMNS)


_NAMES = list(EVENT_COLUMNS)
_PLACE_CELLS = (
    *_NAMES[_NAMES.index("mention_start") : _NAMES.index("event_date")],
    *("geo_precision", "where_precision"),
)
_DATE_CELLS = ("event_date", "date_words", "date_precision")
_TOLL_CELLS = ("fatalities_low", "fatalities_high", "fatalities_said")


def _complete(first: dict[str, Any], row: dict[str, Any]) -> None:
    """Fill what the first row of an occurrence leaves open from another of it."""
    for cells, said in ((_PLACE_CELLS, "toponym"), (_DATE_CELLS, "event_date"), (("attribution",), "attribution")):
        if not first[said] and row[said]:
            first.update({name: row[name] for name in cells})
    low = [one["fatalities_low"] for one in (first, row) if not pd.isna(one["fatalities_low"])]
    if low and max(low) != first["fatalities_low"]:
        first.update({name: row[name] for name in _TOLL_CELLS})
    for keys in ("same_as", "apart_from"):
        first[keys] = joined((first[keys], row[keys]))
    first["boilerplate"] = first["boilerplate"] and row["boilerplate"]


_OF_AN_ID = ("document_id", "start", "mention_start", "event_type")
"""What an id follows from."""


def event_ids(columns: Mapping[str, Sequence[Any]]) -> list[str]:
    """Return the id of each row of an event table.

    Parameters
    ----------
    columns
        The table's, among them ``document_id``, ``start``, ``mention_start`` and ``event_type``.

    Returns
    -------
        ``event:`` and twelve hexadecimal digits, the same in every run while the report is the same up to there. Rows
        that have all of these cells in common get a number behind it, "-2" the second.
    """
    ids = EventIds()
    return [
        ids.next(dict(zip(_OF_AN_ID, cells, strict=True)))
        for cells in zip(*(columns[name] for name in _OF_AN_ID), strict=True)
    ]


class EventIds:
    """Gives the rows of an event table their ids, in order; see `event_ids`."""

    def __init__(self) -> None:
        self._seen: Counter[str] = Counter()

    def next(self, row: Row) -> str:
        """Return the id of the next row."""
        id = f"event:{_digest(*(row[name] for name in _OF_AN_ID))}"
        self._seen[id] += 1
        return id if self._seen[id] == 1 else f"{id}-{self._seen[id]}"


def incident_id(rows: Sequence[Row]) -> str:
    """Return an id that does not depend on the order of the reports, and tells nothing of the place."""
    first = min(rows, key=lambda row: (row["document_id"], row["start"], whole(row["mention_start"]) or 0))
    return f"incident:{_digest(*(first[name] for name in _OF_AN_ID))}"


def _digest(document_id: str, start: Any, mention_start: Any, event_type: str) -> str:
    """Return twelve hexadecimal digits for where an event is told, and its type."""
    key = [document_id, int(start), whole(mention_start), event_type]
    return hashlib.sha256(json.dumps(key).encode()).hexdigest()[:12]


def whole(value: Any) -> int | None:
    """Return a number of a table as Python has it, ``None`` for a missing one."""
    return None if pd.isna(value) else int(value)
