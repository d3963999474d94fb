"""The rivers and lakes around what a page shows, cut out of the bundled ``waters.json.gz``."""

import gzip
import json
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from geomap.bundle import bundled_path
from geomap.errors import GazetteerError
from geomap.exporters.leaflet.html.escaping import Page

# Rank of a river, and up to how many degrees from a place it is drawn: a small one where one looks closely, a large one
# wherever a view that opens on the places may show it.
_REACH = ((3, 5.0), (6, 2.0), (99, 1.0))
_LAKE_REACH = 1.5
# Farther than this from all places lines are coarser: by a pixel at zoom 7.
_NEAR = 1.0
_COARSE = 0.012  # degrees
_CELLS = 2  # a degree
_LARGE_LAKE, _LARGE_LAKE_REACH = 0.3, 5.0  # square degrees


def waters_for(points: Sequence[tuple[float, float]]) -> Page:
    """Return the waters that a page draws.

    Parameters
    ----------
    points
        ``(latitude, longitude)`` of the places on the map.

    Returns
    -------
        ``grid``, degrees a step; ``rivers``, each ``[rank, name, line]``, cut off where no place is near; ``lakes``,
        closed rings, outer ones clockwise. Lines are a first point and then steps, longitude first. Nothing of both
        without places.

    Raises
    ------
    GazetteerError
        If the bundled file is missing or damaged.
    """
    grid, rivers, lakes = load_waters()
    if not points:
        return {"grid": grid, "rivers": [], "lakes": []}
    return {
        "grid": grid,
        "rivers": [[rank, name, _steps(line)] for rank, name, line in _near_rivers(rivers, points, grid)],
        "lakes": [_steps(ring) for ring in _near_lakes(lakes, points, grid)],
    }


Line = tuple[Any, Any]
"""Points on the grid, and the numbers of the cells that they lie in."""
River = tuple[int, str, Line]


@cache
def load_waters(path: Path | None = None) -> tuple[float, list[River], list[Line]]:
    """Return the grid, the rivers and the lakes of the bundled file, or another, as points on the grid; read-only.

    It is made by `gazetteer.recipe.waters`; one that is missing or damaged is a `GazetteerError`.
    """
    path = path or bundled_path("waters.json.gz")
    try:
        data = json.loads(gzip.decompress(path.read_bytes()))
        grid = float(data["grid"])
        rivers = [(int(rank), str(name), _line(line, grid)) for rank, name, line in data["rivers"]]
        return grid, rivers, [_line(ring, grid) for ring in data["lakes"]]
    except (gzip.BadGzipFile, EOFError, ValueError, KeyError, TypeError, IndexError) as error:
        raise GazetteerError(f"{path}: damaged rivers and lakes; reinstall geomap") from error
    except OSError as error:
        raise GazetteerError(f"{path}: no rivers and lakes to draw; reinstall geomap") from error


def _line(steps: Sequence[int], grid: float) -> Line:
    points = np.array([list(accumulate(steps[0::2])), list(accumulate(steps[1::2]))], dtype=np.int64).T
    if len(points) < 2:
        raise ValueError(steps)
    columns, rows = ((points * grid + (180, 90)) * _CELLS).astype(int).T
    return points, np.minimum(rows, 180 * _CELLS - 1) * 360 * _CELLS + columns % (360 * _CELLS)


def _steps(points: Any) -> list[int]:
    flat: list[int] = [*map(int, points[0])]
    for (x, y), (next_x, next_y) in pairwise(points.tolist()):
        flat += (next_x - x, next_y - y)
    return flat


def _around(points: Iterable[tuple[float, float]], degrees: float) -> Any:
    """Return which cells of half a degree lie within some degrees of a point, also across 180°."""
    reach = np.arange(-round(degrees * _CELLS), round(degrees * _CELLS) + 1)
    cells = np.zeros((180 * _CELLS, 360 * _CELLS), dtype=bool)
    for row, column in {_cell(latitude, longitude) for latitude, longitude in points}:
        cells[np.ix_(np.clip(row + reach, 0, len(cells) - 1), (column + reach) % cells.shape[1])] = True
    return cells.ravel()


def _cell(latitude: float, longitude: float) -> tuple[int, int]:
    return min(int((latitude + 90) * _CELLS), 180 * _CELLS - 1), int((longitude + 180) * _CELLS) % (360 * _CELLS)


def _near_rivers(
    rivers: Iterable[River], points: Sequence[tuple[float, float]], grid: float
) -> Iterator[tuple[int, str, Any]]:
    areas = [(most, _around(points, degrees)) for most, degrees in _REACH]
    near = _around(points, _NEAR)
    for rank, name, (line, cells) in rivers:
        kept = next(area for most, area in areas if rank <= most)[cells]
        fine = near[cells] & kept
        for begin, end in _runs(np.where(fine, 2, kept)):
            part = line[begin:end]
            yield rank, name, part if fine[begin] else _coarser(part, grid)


def _runs(kinds: Any) -> Iterator[tuple[int, int]]:
    """Return where runs of one kind begin and end, without those of kind 0; each reaches to the next point."""
    edges = [0, *(np.flatnonzero(np.diff(kinds)) + 1).tolist(), len(kinds)]
    for begin, end in pairwise(edges):
        if kinds[begin] and min(end + 1, len(kinds)) - begin > 1:
            yield begin, min(end + 1, len(kinds))


def _coarser(line: Any, grid: float) -> Any:
    """Leave out what is not to be seen from afar; the first and the last point stay."""
    simple = shapely.linestrings(line).simplify(_COARSE / grid)
    return np.rint(shapely.get_coordinates(simple)).astype(np.int64)


def _near_lakes(lakes: Iterable[Line], points: Sequence[tuple[float, float]], grid: float) -> Iterator[Any]:
    near, around, far = (_around(points, degrees) for degrees in (_NEAR, _LAKE_REACH, _LARGE_LAKE_REACH))
    for ring, cells in lakes:
        if not far[cells].any():
            continue
        if near[cells].any():
            yield ring
        elif around[cells].any() or _square_degrees(ring, grid) >= _LARGE_LAKE:
            simple = _coarser(ring, grid)
            if len(simple) > 3:
                yield simple


def _square_degrees(ring: Any, grid: float) -> float:
    return float(shapely.area(shapely.polygons(ring)) * grid**2)
