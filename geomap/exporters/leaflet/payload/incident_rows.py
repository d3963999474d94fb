"""What a page is told of incidents: rows of the incident table with their tellings, or what the mentions alone say."""

import datetime
import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import pandas as pd

from geomap.errors import TableError
from geomap.exporters.leaflet.payload.mention_rows import MentionRows
from geomap.tables.schema import check_columns

COLUMNS = (
    *("incident_id", "entry_id", "event_type", "event_sub_type", "first_date", "last_date", "reports", "sources"),
    *("fatalities_low", "fatalities_high", "sentences"),
)
"""The columns of the incident table that the map reads."""

_OF_THE_PLACE = ("latitude", "longitude", "radius_km", "feature_class", "feature_code", "country_code", "admin1")
_ADDED = ("name", "corrected_by", "fatalities_said", *_OF_THE_PLACE)
"""Columns that it reads where the table has them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One event of an incident, as one sentence of a report tells it."""

    document_id: str
    sentence_index: int
    sentence: str = ""
    """The sentence as written; empty where only the mention table has it."""
    sentence_start: int | None = None
    """Document offset in code points."""
    mention_start: int | None = None
    """Document offset of the mention it happened at; ``None`` for none, and in an older table."""
    placed: bool = True
    """Whether the mention can be the first one of its sentence, where `mention_start` does not say."""
    source: int = 0
    """Number of the independent source."""
    start: int | None = None
    """Document offset of the trigger; ``None`` in an older table."""
    trigger: str = ""
    event_sub_type: str = ""
    event_date: str = ""
    """The day or interval that this telling says; empty for none."""
    attribution: str = ""
    fatalities: tuple[int | None, int | None] = (None, None)
    fatalities_said: str = ""
    corrected_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """One row of the incident table, or what stands for it."""

    id: str
    entry_id: str = ""
    name: str = ""
    point: tuple[float, float] | None = None
    """Latitude and longitude; ``None`` where no table tells."""
    radius_km: float = 0.0
    feature: tuple[str, str] = ("", "")
    """Class and code of the entry."""
    country_code: str = ""
    admin1: str = ""
    event: tuple[str, str]
    """Event type and sub-type."""
    days: tuple[str, str] = ("", "")
    """First and last day, ISO 8601."""
    reports: int = 1
    sources: int = 1
    fatalities: tuple[int | None, int | None] = (None, None)
    fatalities_said: str = ""
    corrected_by: str = ""
    tellings: Sequence[Telling] = field(default_factory=tuple)


def read_incidents(incidents: pd.DataFrame) -> list[Incident]:
    """Read an incident table; one that lacks columns, or whose sentences cannot be read, is a `TableError`."""
    check_columns(incidents, dict.fromkeys(COLUMNS), "the incident table")
    there = [*COLUMNS, *(name for name in _ADDED if name in incidents.columns)]
    return [_incident(record, row) for row, record in enumerate(incidents[there].to_dict("records"), start=1)]


def incidents_from(rows: MentionRows, corrected_by: Sequence[str]) -> Iterator[Incident]:
    """Yield one incident for each event that a mention table alone tells of: reports are not compared.

    ``corrected_by`` is who confirmed each of its rows, an empty text for nobody.
    """
    names = ("event_type", "event_sub_type", "event_date")
    cells = zip(*(rows.texts[name] for name in names), rows.flags["is_event_place"], strict=True)
    for row, (event_type, sub_type, date, here) in enumerate(cells):
        if not (event_type and here):
            continue
        key = rows.documents[rows.document[row]]
        first, _, last = date.partition("/")
        start = rows.whole["start"][row]
        telling = Telling(
            document_id=key,
            sentence_index=rows.whole["sentence_index"][row],
            mention_start=start,
            event_sub_type=sub_type,
            event_date=date,
            corrected_by=corrected_by[row],
        )
        yield Incident(
            id=f"mention:{sha256(json.dumps([key, start, event_type]).encode()).hexdigest()[:12]}",
            event=(event_type, sub_type),
            days=(first, last or first),
            corrected_by=corrected_by[row],
            tellings=(telling,),
        )


def _incident(record: Mapping[Any, Any], row: int) -> Incident:
    return Incident(
        id=_text(record["incident_id"]),
        entry_id=_text(record["entry_id"]),
        name=_text(record.get("name")),
        point=_point(record),
        radius_km=_number(record.get("radius_km")) or 0.0,
        feature=(_text(record.get("feature_class")), _text(record.get("feature_code"))),
        country_code=_text(record.get("country_code")),
        admin1=_text(record.get("admin1")),
        event=(_text(record["event_type"]), _text(record["event_sub_type"])),
        days=(_text(record["first_date"]), _text(record["last_date"])),
        reports=_whole(record["reports"]) or 0,
        sources=_whole(record["sources"]) or 0,
        fatalities=(_whole(record["fatalities_low"]), _whole(record["fatalities_high"])),
        fatalities_said=_text(record.get("fatalities_said")),
        corrected_by=_text(record.get("corrected_by")),
        tellings=_tellings(record["sentences"], row),
    )


def _tellings(cell: Any, row: int) -> tuple[Telling, ...]:
    try:
        return tuple(_telling(one) for one in json.loads(cell or "[]"))
    except (TypeError, ValueError, KeyError, AttributeError, RecursionError):
        raise TableError(
            f"the incident table, row {row}: the column sentences is no list of sentences in JSON; give a table "
            "that geomap incidents wrote"
        ) from None


def _telling(one: Mapping[str, Any]) -> Telling:
    """Read an event of an incident; an older table does not tell what was added later."""
    return Telling(
        document_id=_text(one["document_id"]),
        sentence_index=int(one["sentence_index"]),
        sentence=_text(one.get("sentence")),
        sentence_start=_whole(one.get("sentence_start")),
        mention_start=_whole(one.get("mention_start")),
        placed="attribution" not in one,  # since then an event without a mention has no place
        source=int(one["source"]),
        start=_whole(one.get("start")),
        trigger=_text(one.get("trigger")),
        event_sub_type=_text(one.get("event_sub_type")),
        event_date=_text(one.get("event_date")),
        attribution=_text(one.get("attribution")),
        fatalities=(_whole(one.get("fatalities_low")), _whole(one.get("fatalities_high"))),
        fatalities_said=_text(one.get("fatalities_said")),
        corrected_by=_text(one.get("corrected_by")),
    )


def day_number(text: str) -> int | None:
    """Return the days since 1970-01-01 of an ISO 8601 day; ``None`` for what is none."""
    try:
        return datetime.date.fromisoformat(text).toordinal() - datetime.date(1970, 1, 1).toordinal()
    except ValueError:
        return None


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _point(record: Mapping[Any, Any]) -> tuple[float, float] | None:
    latitude, longitude = (_number(record.get(name)) for name in ("latitude", "longitude"))
    if latitude is None or longitude is None or abs(latitude) > 90 or abs(longitude) > 180:
        return None
    return latitude, longitude


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, (int, float)) and math.isfinite(value) else None


def _whole(value: Any) -> int | None:
    return None if value is None or pd.isna(value) else int(value)
