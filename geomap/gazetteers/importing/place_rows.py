"""What a reader makes of one line: a place and its names.

Which country and units those lie in that come without, the nearest place tells that the gazetteer knows.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from geomap.gazetteers.database import SqliteGazetteer
from geomap.gazetteers.file_layout import SCALE
from geomap.types import NameKind

if TYPE_CHECKING:
    import numpy as np
    import shapely

ALL_PEOPLE = 10**10
"""No place has so many inhabitants."""

_BATCH = 20_000
_FARTHEST = 0.5  # degrees: beyond it, desert or sea lies between, and nothing is said
_KNOWN = """SELECT longitude, latitude, country_code, admin1, admin2 FROM entry
    WHERE feature_class = 'P' AND accuracy_km = 0 AND country_code != ''
    AND longitude BETWEEN ? AND ? AND latitude BETWEEN ? AND ? ORDER BY n"""


class PlaceRow(NamedTuple):
    """A place as one line gives it, with the facts of a `GazetteerEntry`: a named tuple, for there are millions."""

    line: int
    """Number of the line that ends it, counted from 1."""
    id: int | str
    """GeoNames' number, or an id with its gazetteer."""
    name: str
    """The primary name; not empty."""
    latitude: float
    """WGS 84 degrees, checked, as the longitude."""
    longitude: float
    feature_class: str = "P"
    feature_code: str = "PPL"
    country_code: str = ""
    admin1: str = ""
    admin2: str = ""
    admin3: str = ""
    population: int = 0
    accuracy_km: float = 0.0
    extent_km: float = 0.0
    names: Iterable[str] = ()
    """Further names."""
    kinds: Iterable[tuple[str, NameKind]] = ()
    """Further names of another kind than ``alternate``."""


def point_problem(latitude: float, longitude: float) -> str:
    """Return what is wrong with a pair of coordinates; empty when nothing is."""
    if -90 <= latitude <= 90 and -180 <= longitude <= 180:
        return ""
    if -90 <= longitude <= 90 and -180 <= latitude <= 180:
        return f"latitude {latitude:g} is out of range; are latitude and longitude exchanged?"
    return f"latitude {latitude:g} and longitude {longitude:g} are no degrees"


def number_of(text: str) -> float:
    """Return a number as tables write it, a decimal comma included; not a number when it is none."""
    try:
        return float(text)
    except ValueError:
        try:
            return float(text.strip().replace(",", "."))
        except ValueError:
            return float("nan")


def people_of(text: str) -> int:
    """Return a number of inhabitants; 0 when it is none."""
    number = number_of(text)
    return int(number) if 0 < number < ALL_PEOPLE else 0


def with_units(rows: Iterable[PlaceRow], known: SqliteGazetteer) -> Iterator[PlaceRow]:
    """Yield the rows in their order, with the codes of the nearest known place for those that lack them.

    A country that a row states is kept, and units are taken from a place of that country only.
    """
    import numpy as np  # only an import asks: `geomap info` reads what is imported without them
    import shapely

    unread = iter(rows)
    while batch := list(islice(unread, _BATCH)):
        lacking = [n for n, row in enumerate(batch) if not (row.country_code and row.admin1)]
        if lacking:
            points = np.array([(batch[n].longitude, batch[n].latitude) for n in lacking])
            near, units = _known_near(points, known.connection())
            tree = shapely.STRtree(cast("Sequence[shapely.Point]", shapely.points(near)))
            pairs = tree.query_nearest(shapely.points(points), max_distance=_FARTHEST, all_matches=False)
            for asked, nearest in zip(*pairs.tolist(), strict=True):
                batch[lacking[asked]] = _with(batch[lacking[asked]], *units[nearest])
        yield from batch


def _known_near(
    points: "np.ndarray[Any, Any]", connection: sqlite3.Connection
) -> tuple["np.ndarray[Any, Any]", list[tuple[str, str, str]]]:
    """Return the points and codes of the known places in the frame that some points fill."""
    import numpy as np

    (west, south), (east, north) = points.min(axis=0) - _FARTHEST, points.max(axis=0) + _FARTHEST
    frame = [round(float(side) * SCALE) for side in (west, east, south, north)]
    rows = connection.execute(_KNOWN, frame).fetchall()
    return np.array([row[:2] for row in rows], dtype=float).reshape(-1, 2) / SCALE, [row[2:] for row in rows]


def _with(row: PlaceRow, country: str, admin1: str, admin2: str) -> PlaceRow:
    if row.country_code not in ("", country) or row.feature_code in ("PCLI", "PCLD"):
        return row
    first = row.admin1 or ("" if row.feature_code == "ADM1" else admin1)
    second = row.admin2 or (admin2 if first == admin1 and row.feature_code not in ("ADM1", "ADM2") else "")
    return row._replace(country_code=country, admin1=first, admin2=second)
