"""One meaning for the coordinates of a table that somebody has changed.

``latitude`` and ``longitude`` say where a place is, ``point_latitude`` and ``point_longitude`` where a mention is. They
are the same unless the words in ``relation`` move the point off the place, so where there are none, the place decides:
who moves a place moves its mentions, on the map, in the GeoJSON and in the place table alike. Who wants to move a
mention off its place says in ``relation`` by what.
"""

import math
import warnings
from collections.abc import Iterator, Sequence
from typing import Any

from geomap.errors import GeomapWarning, TableError
from geomap.tables.shown import TOLD, wrapped

Columns = dict[str, list[Any]]
"""A table as its columns, the numbers already checked."""

_PAIRS = (("latitude", "longitude"), ("point_latitude", "point_longitude"))


def settled(columns: Columns, *, what: str) -> Columns:
    """Return a table, as its columns, whose coordinates agree with each other; ``what`` names it in messages.

    Longitudes are between -180 and 180, and in a mention table the point is at its place where ``relation`` is empty. A
    `GeomapWarning` counts the rows that this moved, and another the places that have several points. A row that has one
    coordinate of a pair and not the other, or ends before it starts, is a `TableError`.
    """
    pairs = [pair for pair in _PAIRS if pair[0] in columns]
    _check_rows(columns, pairs, what)
    columns = {**columns, **{longitude: list(map(wrapped, columns[longitude])) for _, longitude in pairs}}
    return _at_their_places(columns, what) if len(pairs) > 1 else columns


def _check_rows(columns: Columns, pairs: Sequence[tuple[str, str]], what: str) -> None:
    for pair in pairs:
        for number, values in enumerate(zip(*(columns[name] for name in pair), strict=True), start=1):
            if math.isnan(values[0]) != math.isnan(values[1]):
                given, missing = pair if math.isnan(values[1]) else pair[::-1]
                raise TableError(f"{what}, row {number}: {given} without {missing}; fill in both, or neither")
    spans = zip(columns.get("start", ()), columns.get("end", ()), strict=True)
    for number, (start, end) in enumerate(spans, start=1):
        if end < start:
            raise TableError(f"{what}, row {number}: end {end} is before start {start}; correct the cells")


def _at_their_places(columns: Columns, what: str) -> Columns:
    """Return a mention table with the points of mentions without a relation where their places are."""
    places, points = (list(zip(*(columns[name] for name in pair), strict=True)) for pair in _PAIRS)
    told = zip(columns["entry_id"], columns["location_basis"], strict=True)
    by_others = [bool(entry) and basis == "relation" for entry, basis in told]  # a river at the town it is crossed near
    at_place = [
        not relation and not other and not math.isnan(place[0])
        for relation, other, place in zip(columns["relation"], by_others, places, strict=True)
    ]
    moved = [row for row, at in enumerate(at_place) if at and points[row] != places[row]]
    _warn(
        [row for row in moved if not math.isnan(points[row][0])],
        what,
        "the point is not at latitude and longitude, and relation does not say what moves it; it was put there",
        "to move a mention off its place, write into relation by what",
    )
    _warn(
        list(_elsewhere(columns["entry_id"], places)),
        what,
        "latitude and longitude are not those that earlier rows have for the same entry_id",
        "move a place in all its rows, or give what is another place its own entry_id",
    )
    spots = [places[row] if at else point for row, (at, point) in enumerate(zip(at_place, points, strict=True))]
    points_of = {"point_latitude": [spot[0] for spot in spots], "point_longitude": [spot[1] for spot in spots]}
    return {**columns, **_known_places(columns, places), **points_of}


def _known_places(columns: Columns, places: Sequence[tuple[float, float]]) -> Columns:
    """Return the columns about locations, without what the text tells where somebody has said where the place is."""
    known = [
        basis in TOLD and not entry and not math.isnan(place[0])
        for basis, entry, place in zip(columns["location_basis"], columns["entry_id"], places, strict=True)
    ]
    here = {"location_basis": "entry", "location_words": "", "radius_km": 0.0}
    return {
        name: [cell if is_known else value for is_known, value in zip(known, columns[name], strict=True)]
        for name, cell in here.items()
    }


def _elsewhere(entries: Sequence[str], places: Sequence[tuple[float, float]]) -> Iterator[int]:
    """Yield the rows whose place is not where the first row of the same entry has it."""
    first: dict[str, tuple[float, float]] = {}
    for row, (entry, place) in enumerate(zip(entries, places, strict=True)):
        if entry and not math.isnan(place[0]) and first.setdefault(entry, place) != place:
            yield row


def _warn(rows: Sequence[int], what: str, problem: str, remedy: str) -> None:
    if rows:
        others = f", as in {len(rows) - 1:,} other rows" if len(rows) > 1 else ""
        warnings.warn(f"{what}, row {rows[0] + 1}: {problem}{others}; {remedy}", GeomapWarning, stacklevel=2)
