"""The incident table: one row for what several reports are taken to tell of as one occurrence."""

import datetime
import json
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from geomap.events.incidents import Account, group_accounts, independent_sources
from geomap.tables.events import days_of, incident_id, whole
from geomap.tables.schema import EVENT_COLUMNS, INCIDENT_COLUMNS, check_columns, joined, typed

Row = dict[str, Any]

_NAMES = list(INCIDENT_COLUMNS)
_PLACE_CELLS = _NAMES[_NAMES.index("entry_id") : _NAMES.index("event_type")]
_TOLD = (
    *("event_id", "document_id", "sentence_index", "sentence_start", "mention_start", "sentence", "source", "start"),
    *("trigger", "event_sub_type", "event_date", "attribution"),
    *("fatalities_low", "fatalities_high", "fatalities_said", "corrected_by"),
)
"""What an incident keeps of each of its events."""

_TOWN_DEGREES = 0.6  # a facility lies within 60 km of the town of its name, see `geomap.resolvers.airports`


def to_incidents(events: pd.DataFrame, *, unplaced: bool = False) -> pd.DataFrame:
    """Group an event table by occurrence.

    Events without a place and those outside the story belong to none. Where the gazetteer does not have the place, its
    name as written stands for it.

    Parameters
    ----------
    events
        An event table.
    unplaced
        Whether to take in events for which the report names no place, too. They join what their own report, or
        somebody, says they are; any other is an incident of its own, with an empty ``name``.

    Returns
    -------
        One row an incident, also when a single report tells of it, by ``first_date`` (undated ones last), then by the
        order of the events, with the columns and dtypes of `INCIDENT_COLUMNS`. ``sentences`` is a JSON list with an
        object an event: ``event_id``, ``document_id``, ``sentence_index``, ``sentence_start``, ``mention_start``,
        ``sentence``, ``start``, ``trigger``, ``event_sub_type``, ``event_date``, ``attribution``, ``fatalities_low``,
        ``fatalities_high``, ``fatalities_said`` and ``corrected_by`` as in the event table, and ``source``, the number
        of the independent source, from 0. Its ``event_date`` is empty where the report names no day.

    Raises
    ------
    TableError
        If columns of the event table are missing.
    """
    check_columns(events, EVENT_COLUMNS, "the event table")
    told = events[~events["boilerplate"]] if unplaced else events[(events["toponym"] != "") & ~events["boilerplate"]]
    rows: list[Row] = told[list(EVENT_COLUMNS)].to_dict("records")  # type: ignore[assignment]
    towns = _towns(rows)
    accounts = [_account(row, towns) for row in rows]
    incidents = [
        _incident([rows[n] for n in group], [accounts[n] for n in group]) for group in group_accounts(accounts)
    ]
    incidents.sort(key=lambda incident: (incident["first_date"] == "", incident["first_date"]))
    return typed({name: [incident[name] for incident in incidents] for name in INCIDENT_COLUMNS}, INCIDENT_COLUMNS)


def _towns(rows: Sequence[Row]) -> dict[tuple[str, str], Row]:
    """Return for each name as written, with its country, the first row whose place is no facility."""
    towns: dict[tuple[str, str], Row] = {}
    for row in rows:
        if row["entry_id"] and row["feature_class"] != "S":
            towns.setdefault((row["country_code"], row["toponym"].casefold()), row)
    return towns


def _place(row: Row, towns: Mapping[tuple[str, str], Row]) -> str:
    """Return what stands for the place of a row: of "Engels air base" the town, where another report says "Engels".

    What has no place shares none with any other, also not of its own report.
    """
    if not row["toponym"]:
        return f"nowhere:{row['document_id']}:{row['start']}"
    town = towns.get((row["country_code"], row["toponym"].casefold())) if row["feature_class"] == "S" else None
    if town is not None and all(abs(row[axis] - town[axis]) <= _TOWN_DEGREES for axis in ("latitude", "longitude")):
        return str(town["entry_id"])
    return str(row["entry_id"]) or f"name:{row['toponym'].casefold()}"


def _account(row: Row, towns: Mapping[tuple[str, str], Row]) -> Account:
    return Account(
        document_id=row["document_id"],
        outlet=row["source"],
        sentence=row["sentence"],
        place=_place(row, towns),
        event_sub_type=row["event_sub_type"],
        days=None if _is_assumed(row) else days_of(row["event_date"]),
        published=datetime.date.fromisoformat(row["published"]) if row["published"] else None,
        where_precision=whole(row["where_precision"]) or 1,
        occurrence=whole(row["occurrence"]) or 0,
        same_as=tuple(filter(None, row["same_as"].split("; "))),
        apart_from=frozenset(filter(None, row["apart_from"].split("; "))),
    )


def _is_assumed(row: Row) -> bool:
    """Whether a day is only that of publication, which a report that names none is read by."""
    return not row["date_words"] and row["event_date"] == row["published"]


def _incident(rows: Sequence[Row], accounts: Sequence[Account]) -> Row:
    sources = independent_sources(accounts)
    placed = [row for row in rows if row["toponym"]] or rows
    # All radii are NaN where the place is not in the gazetteer.
    exact = min(placed, key=lambda row: math.inf if pd.isna(row["radius_km"]) else row["radius_km"])
    days = _days(accounts)
    low = _extreme(min, [row["fatalities_low"] for row in rows])
    high = _extreme(max, [row["fatalities_high"] for row in rows])
    return {
        "incident_id": incident_id(placed),
        **{name: exact[name] for name in _PLACE_CELLS},
        "name": exact["name"] or exact["toponym"],
        "event_type": placed[0]["event_type"],
        "event_sub_type": Counter(row["event_sub_type"] for row in rows).most_common(1)[0][0],
        "first_date": days[0].isoformat() if days else "",
        "last_date": days[1].isoformat() if days else "",
        "reports": len({row["document_id"] for row in rows}),
        "sources": len(set(sources)),
        "fatalities_low": low,
        "fatalities_high": high,
        "fatalities_said": _said(rows, low, high),
        "sentences": json.dumps(
            [_sentence(row, source) for row, source in zip(rows, sources, strict=True)],
            ensure_ascii=False,
            separators=(",", ":"),
        ),
        "corrected_by": joined(row["corrected_by"] for row in rows),
    }


def _sentence(row: Row, source: int) -> Row:
    cells = {name: whole(row[name]) if str(EVENT_COLUMNS[name]).lower() == "int64" else row[name] for name in _TOLD}
    return cells | {"source": source, "event_date": "" if _is_assumed(row) else row["event_date"]}


def _days(accounts: Sequence[Account]) -> tuple[datetime.date, datetime.date] | None:
    """Return the days that all accounts which say any allow; where they have none in common, the most exact one's."""
    said = sorted((account.days for account in accounts if account.days), key=lambda days: days[1] - days[0])
    if not said:
        return None
    first, last = max(days[0] for days in said), min(days[1] for days in said)
    return (first, last) if first <= last else said[0]


def _said(rows: Sequence[Row], low: int | None, high: int | None) -> str:
    """Return how the least and the greatest number of several rows are said: as openly as any row says its end."""
    least: set[str] = {row["fatalities_said"] for row in rows if whole(row["fatalities_low"]) == low is not None}
    most: set[str] = {row["fatalities_said"] for row in rows if whole(row["fatalities_high"]) == high is not None}
    if "at least" in most:
        return "at least"
    if least == {"up to"} or least == most == {"some"}:
        return least.pop()
    return "about" if "about" in least | most else ""


def _extreme(choose: Any, values: Sequence[Any]) -> int | None:
    known = [int(value) for value in values if not pd.isna(value)]
    return int(choose(known)) if known else None
