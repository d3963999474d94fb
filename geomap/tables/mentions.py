"""The mention table: one row a mention."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from geomap.handed_over import each
from geomap.tables.events import iso_interval, report_cells
from geomap.tables.schema import MENTION_COLUMNS, Rows, entry_cells, joined
from geomap.types import Event, ParsedDocument, Resolution, Sentence

MAX_ALTERNATIVES = 5
"""Beaten candidates kept in the ``alternatives`` column: enough to see a close call, few enough to read."""


def to_mentions(parsed: Iterable[ParsedDocument]) -> pd.DataFrame:
    """Collect parsed documents into the mention table.

    Parameters
    ----------
    parsed
        Any number of parsed documents, such as what `Geoparser.parse` yields.

    Returns
    -------
        One row a mention, NIL mentions included with empty coordinates, in document order and then by ``start``. The
        columns and dtypes are those of `MENTION_COLUMNS`, also when there is no mention.

    Raises
    ------
    ReportError
        If something is no `ParsedDocument`.
    """
    rows = Rows(MENTION_COLUMNS)
    for one in each(parsed, ParsedDocument):
        rows.add(mention_rows(one))
    return rows.taken()


def mention_rows(parsed: ParsedDocument) -> list[dict[str, Any]]:
    """Return the rows of the mention table for one document, by ``start``."""
    document = parsed.document
    sentences = {sentence.index: sentence for sentence in parsed.sentences}
    ordered = sorted(parsed.resolutions, key=lambda resolution: (resolution.mention.start, resolution.mention.end))
    happened = {event.place.mention: event for event in reversed(parsed.events) if event.place}  # the first at each
    report = report_cells(document)
    first = {event.sentence: event for event in reversed(parsed.events)}
    rows = []
    for one in ordered:
        event = happened.get(one.mention) or first.get(one.mention.sentence)
        said = _event(event, here=one.mention in happened)
        by = joined((one.corrected_by, event.corrected_by if event else ""))
        rows.append({**report, **_row(one, sentences, document.text), **said, "corrected_by": by})
    return rows


def _event(event: Event | None, *, here: bool) -> dict[str, Any]:
    if event is None:
        return {}
    return {
        "event_type": event.event_type,
        "event_sub_type": event.event_sub_type,
        "is_event_place": here,
        "event_date": iso_interval(event.date),
        "date_precision": event.date.precision,
    }


def _row(resolution: Resolution, sentences: Mapping[int, Sentence], text: str) -> dict[str, Any]:
    mention, location = resolution.mention, resolution.location
    sentence = sentences[mention.sentence]
    row = {
        "sentence_index": mention.sentence,
        "sentence_start": sentence.start,
        "sentence": text[sentence.start : sentence.end],
        "start": mention.start,
        "end": mention.end,
        "toponym": mention.toponym,
        "role": mention.role,
        "relation": mention.relation,
        "boilerplate": mention.boilerplate,
        **entry_cells(resolution.entry),
        "confidence": round(resolution.confidence, 2),
        "alternatives": _alternatives(resolution),
    }
    if location is None:
        return row
    return row | {
        "point_latitude": location.latitude,
        "point_longitude": location.longitude,
        "radius_km": location.radius_km,
        "location_basis": location.basis,
        "location_words": location.words,
        "geo_precision": location.geo_precision,
        "where_precision": location.where_precision,
    }


def _alternatives(resolution: Resolution) -> str:
    """Return the beaten candidates as compact JSON; scores rounded so that processors agree on the bytes."""
    chosen = resolution.entry.id if resolution.entry else ""
    beaten = [candidate for candidate in resolution.candidates if candidate.entry.id != chosen][:MAX_ALTERNATIVES]
    rows = [
        {
            "entry_id": candidate.entry.id,
            "name": candidate.entry.name,
            "latitude": candidate.entry.latitude,
            "longitude": candidate.entry.longitude,
            "country_code": candidate.entry.country_code,
            "admin1": candidate.entry.admin1,
            "score": round(candidate.score, 3),
        }
        for candidate in beaten
    ]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
