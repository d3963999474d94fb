"""Incidents in a page: the mentions that tell of one occurrence, and from how many independent sources."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from geomap.errors import TableError
from geomap.exporters.leaflet.escaping import Page
from geomap.exporters.leaflet.rows import Rows
from geomap.tables.schema import check_columns

COLUMNS = (
    "incident_id",
    "entry_id",
    "event_type",
    "event_sub_type",
    "first_date",
    "last_date",
    "reports",
    "sources",
    "fatalities_low",
    "fatalities_high",
    "sentences",
)
"""The columns of the incident table that the map reads."""


def event_types(incidents: pd.DataFrame | None) -> list[tuple[str, str]]:
    """Return type and sub-type of each incident.

    Raises
    ------
    TableError
        If columns of the incident table are missing.
    """
    if incidents is None:
        return []
    check_columns(incidents, dict.fromkeys(COLUMNS), "the incident table")
    columns = (map(_text, incidents["event_type"]), map(_text, incidents["event_sub_type"]))
    return list(zip(*columns, strict=True))


def incidents_of(
    incidents: pd.DataFrame | None,
    rows: Rows,
    *,
    places: Sequence[Page],
    place_of: Sequence[int],
    event_of: Sequence[int],
) -> list[Page]:
    """Return the incidents as the page wants them.

    Parameters
    ----------
    incidents
        The incident table; ``None`` gives none.
    rows
        The mention table of the same page: the sentences of an incident are found in it by report and offset.
    places, place_of
        The places of the page, and the number of the place of each row.
    event_of
        The number of the type and sub-type of each incident, in the order of the table.

    Returns
    -------
        For each incident its ``place`` (-1 when it is not on the map), ``mentions`` as row numbers, and beside them in
        ``source_of`` the number of the group of reports that depend on each other; in ``tellings`` its events, each as
        row number, document offset in code points and words of the trigger, and sub-type.

    Raises
    ------
    TableError
        If a cell with sentences cannot be read.
    """
    if incidents is None:
        return []
    number = {place["id"]: n for n, place in enumerate(places)}
    finder = _Finder(rows)
    found = []
    for row, (record, event) in enumerate(zip(incidents[list(COLUMNS)].to_dict("records"), event_of, strict=True)):
        told, tellings = finder.mentions_of(record, row + 1)
        spots = [place_of[mention] for mention in told if place_of[mention] >= 0]
        found.append(
            {
                "id": _text(record["incident_id"]),
                "place": spots[0] if spots else number.get(_text(record["entry_id"]), -1),
                "event": event,
                "first": _text(record["first_date"]),
                "last": _text(record["last_date"]),
                **{name: _whole(record[name]) for name in ("reports", "sources", "fatalities_low", "fatalities_high")},
                "mentions": list(told),
                "source_of": list(told.values()),
                "tellings": tellings,
            }
        )
    return found


class _Finder:
    """Finds the mentions that the sentences of an incident name."""

    def __init__(self, rows: Rows) -> None:
        self._number = {key: n for n, key in enumerate(rows.documents)}
        self._at = {spot: row for row, spot in enumerate(zip(rows.document, rows.whole["start"], strict=True))}
        self._in: Mapping[tuple[int, int], list[int]] = defaultdict(list)
        for row, sentence in enumerate(zip(rows.document, rows.whole["sentence_index"], strict=True)):
            self._in[sentence].append(row)

    def mentions_of(self, record: Mapping[Any, Any], row: int) -> tuple[dict[int, int], list[list[Any]]]:
        """Return the row of each mention with the number of its source, and the events that are told there.

        Without an offset it is the first mention of the sentence. An older table does not tell the events.
        """
        told: dict[int, int] = {}
        tellings: list[list[Any]] = []
        try:
            for one in json.loads(record["sentences"] or "[]"):
                document = self._number.get(one["document_id"], -1)
                start, index = one.get("mention_start"), one["sentence_index"]
                spots = (
                    self._in.get((document, int(index)), [])[:1] if start is None else [self._at.get((document, start))]
                )
                told |= {spot: int(one["source"]) for spot in spots if spot is not None}
                if "trigger" in one and start is not None and spots[0] is not None:
                    tellings.append([spots[0], int(one["start"]), str(one["trigger"]), str(one["event_sub_type"])])
        except (TypeError, ValueError, KeyError, AttributeError):
            raise TableError(
                f"the incident table, row {row}: the column sentences is no list of sentences in JSON; give a table "
                "that geomap incidents wrote"
            ) from None
        return told, tellings


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _whole(value: Any) -> int | None:
    return None if pd.isna(value) else int(value)
