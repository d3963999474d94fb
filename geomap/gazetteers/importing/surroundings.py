"""Which country and units places lie in that come without: those of the nearest place that the gazetteer knows."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import numpy as np
import shapely

from geomap.gazetteers.database import SqliteGazetteer
from geomap.gazetteers.importing.rows import Row
from geomap.gazetteers.layout import SCALE

_BATCH = 2_000
_FARTHEST = 0.5  # degrees: beyond it, desert or sea lies between, and nothing is said
_KNOWN = """SELECT longitude, latitude, country_code, admin1, admin2 FROM entry
    WHERE feature_class = 'P' AND accuracy_km = 0 AND country_code != '' ORDER BY n"""


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
    tree: shapely.STRtree | None = None
    units: Sequence[tuple[str, str, str]] = ()
    while batch := list(islice(unread, _BATCH)):
        lacking = [n for n, row in enumerate(batch) if not (row.country_code and row.admin1)]
        if lacking and tree is None:
            tree, units = _tree(known.connection())
        if lacking and tree is not None:
            points = shapely.points([(batch[n].longitude, batch[n].latitude) for n in lacking])
            pairs = tree.query_nearest(points, max_distance=_FARTHEST, all_matches=False)
            for asked, nearest in zip(*pairs.tolist(), strict=True):
                batch[lacking[asked]] = _with(batch[lacking[asked]], *units[nearest])
        yield from batch


def _tree(connection: sqlite3.Connection) -> tuple[shapely.STRtree, list[tuple[str, str, str]]]:
    rows = connection.execute(_KNOWN).fetchall()
    points = np.array([row[:2] for row in rows], dtype=float).reshape(-1, 2) / SCALE
    return shapely.STRtree([shapely.Point(*point) for point in points.tolist()]), [row[2:] for row in rows]


def _with(row: Row, country: str, admin1: str, admin2: str) -> Row:
    if row.country_code not in ("", country) or row.feature_code in ("PCLI", "PCLD"):
        return row
    first = row.admin1 or ("" if row.feature_code == "ADM1" else admin1)
    second = row.admin2 or (admin2 if first == admin1 and row.feature_code not in ("ADM1", "ADM2") else "")
    return row._replace(country_code=country, admin1=first, admin2=second)
