"""Which country and units places lie in that come without: those of the nearest place that the gazetteer knows."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, cast

import numpy as np
import shapely

from geomap.gazetteers.database import SqliteGazetteer
from geomap.gazetteers.file_layout import SCALE
from geomap.gazetteers.importing.rows import Row

_BATCH = 20_000
_FARTHEST = 0.5  # degrees: beyond it, desert or sea lies between, and nothing is said
_KNOWN = """SELECT longitude, latitude, country_code, admin1, admin2 FROM entry
    WHERE feature_class = 'P' AND accuracy_km = 0 AND country_code != ''
    AND longitude BETWEEN ? AND ? AND latitude BETWEEN ? AND ? ORDER BY n"""


def with_units(rows: Iterable[Row], known: SqliteGazetteer) -> Iterator[Row]:
    """Yield the rows, with the codes of the nearest known place for those that lack them.

    A country that a row states is kept, and units are taken from a place of that country only.

    Parameters
    ----------
    rows
        In any order, which is kept.
    known
        The bundled gazetteer.
    """
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
    (west, south), (east, north) = points.min(axis=0) - _FARTHEST, points.max(axis=0) + _FARTHEST
    frame = [round(float(side) * SCALE) for side in (west, east, south, north)]
    rows = connection.execute(_KNOWN, frame).fetchall()
    return np.array([row[:2] for row in rows], dtype=float).reshape(-1, 2) / SCALE, [row[2:] for row in rows]


def _with(row: Row, country: str, admin1: str, admin2: str) -> Row:
    if row.country_code not in ("", country) or row.feature_code in ("PCLI", "PCLD"):
        return row
    first = row.admin1 or ("" if row.feature_code == "ADM1" else admin1)
    second = row.admin2 or (admin2 if first == admin1 and row.feature_code not in ("ADM1", "ADM2") else "")
    return row._replace(country_code=country, admin1=first, admin2=second)
