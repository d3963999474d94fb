"""Areas on a grid of whole numbers whose lines meet only at points of both, and thinning that keeps it so.

Polygons that are simplified first and rounded afterwards cross themselves and their neighbours. Here they are rounded
first, all together, so that lines which come to cross get a common point there (snap rounding, Hobby 1999, by GEOS);
then a point is left out only if its triangle holds no other point. No line can cross another from then on.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from heapq import heapify, heappop, heappush
from itertools import pairwise
from math import cos, radians

from shapely import (
    STRtree,
    boundary,
    coverage_union_all,
    get_parts,
    normalize,
    point_on_surface,
    polygonize,
    transform,
    union_all,
)
from shapely.geometry.base import BaseGeometry

GridPoint = tuple[int, int]
Line = tuple[GridPoint, ...]

GRID = 0.002
"""Degrees of one step of the grid, about 220 m, a third of a pixel at zoom 8."""
_ORIGIN = (-180.0, -90.0)
_CELL = 32
"""Steps of the grid along the side of a square in which points are looked for together."""


def on_grid(geometries: Sequence[BaseGeometry]) -> list[BaseGeometry]:
    """Round areas to the grid together; neighbours have the same points on their border.

    Parameters
    ----------
    geometries
        Polygons, x is longitude and y latitude in degrees, which touch; where they overlap, the first has the overlap.

    Returns
    -------
        Valid polygons in steps of `GRID` from 180° west and 90° south, one geometry each, in order; an empty one where
        nothing is as wide as a step.
    """
    scaled = [transform(geometry, lambda xy: (xy - _ORIGIN) / GRID) for geometry in geometries]
    lines = union_all([boundary(geometry) for geometry in scaled], grid_size=1.0)
    faces = get_parts(polygonize(get_parts(lines)))
    owners: dict[int, int] = {}
    for face, index in STRtree(scaled).query(point_on_surface(faces), predicate="intersects").T.tolist():
        owners[face] = min(index, owners.get(face, index))
    owned: dict[int, list[int]] = defaultdict(list)
    for face, index in owners.items():
        owned[index].append(face)
    return [normalize(coverage_union_all(faces[owned[index]])) for index in range(len(scaled))]


def square_degrees(ring: Sequence[GridPoint]) -> float:
    """Return the area of a closed ring, in square degrees at the equator."""
    twice = sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairwise(ring))
    return abs(twice) / 2 * GRID**2 * cos(radians(ring[0][1] * GRID + _ORIGIN[1]))


def thinned(lines: Sequence[Line], *, keep: float, limits: Sequence[float]) -> list[Line]:
    """Leave out points, those of the smallest triangles first (Visvalingam and Whyatt 1993), so that no lines cross.

    Parameters
    ----------
    lines
        Lines of two points and more that share points at their ends alone.
    keep
        Share of the points between the ends that stay.
    limits
        For each line the triangle area, in square degrees at the equator, from which its points stay in any case.

    Returns
    -------
        The lines, in order, with the same ends. A ring keeps three points.
    """
    line_of = {point: number for number, line in enumerate(lines) for point in line[1:-1]}
    wanted = len(line_of) * keep
    beside = {line[n]: (line[n - 1], line[n + 1]) for line in lines for n in range(1, len(line) - 1)}
    edges = {_edge(a, b) for line in lines for a, b in pairwise(line)}
    cells = _Cells(point for line in lines for point in line)
    waiting: dict[GridPoint, list[GridPoint]] = defaultdict(list)
    heap = [(_weight(a, point, b), point) for point, (a, b) in beside.items()]
    heapify(heap)
    while heap and len(line_of) > wanted:
        weight, point = heappop(heap)
        if point not in line_of or weight >= limits[line_of[point]]:
            continue
        a, b = beside[point]
        if weight != _weight(a, point, b) or _edge(a, b) in edges:
            continue
        if (inside := cells.first_inside(a, point, b)) is not None:
            waiting[inside].append(point)
            continue
        del line_of[point]
        cells.remove(point)
        edges -= {_edge(a, point), _edge(point, b)}
        edges.add(_edge(a, b))
        if a in line_of:
            beside[a] = (beside[a][0], b)
        if b in line_of:
            beside[b] = (a, beside[b][1])
        for near in (a, b, *waiting.pop(point, ())):
            if near in line_of:
                heappush(heap, (_weight(beside[near][0], near, beside[near][1]), near))
    return [(line[0], *(point for point in line[1:-1] if point in line_of), line[-1]) for line in lines]


def _edge(a: GridPoint, b: GridPoint) -> tuple[GridPoint, GridPoint]:
    return (a, b) if a < b else (b, a)


def _cross(a: GridPoint, b: GridPoint, c: GridPoint) -> int:
    """Return twice the area of a triangle, negative if it turns clockwise."""
    return (b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])


def _weight(a: GridPoint, b: GridPoint, c: GridPoint) -> float:
    return abs(_cross(a, b, c)) / 2 * GRID**2 * cos(radians(b[1] * GRID + _ORIGIN[1]))


class _Cells:
    """Points by the square that they lie in."""

    def __init__(self, points: Iterable[GridPoint]) -> None:
        self._cells: dict[GridPoint, set[GridPoint]] = defaultdict(set)
        for x, y in points:
            self._cells[x // _CELL, y // _CELL].add((x, y))

    def remove(self, point: GridPoint) -> None:
        self._cells[point[0] // _CELL, point[1] // _CELL].remove(point)

    def first_inside(self, a: GridPoint, b: GridPoint, c: GridPoint) -> GridPoint | None:
        """Return the first point in a triangle or on its sides that is no corner; ``None`` if there is none."""
        if _cross(a, b, c) < 0:
            a, c = c, a
        return min(
            (
                p
                for p in self._around(a, b, c)
                if _cross(a, b, p) >= 0 and _cross(b, c, p) >= 0 and _cross(c, a, p) >= 0 and p not in (a, b, c)
            ),
            default=None,
        )

    def _around(self, *corners: GridPoint) -> Iterator[GridPoint]:
        xs, ys = zip(*corners, strict=True)
        west, east, south, north = min(xs), max(xs), min(ys), max(ys)
        for column in range(west // _CELL, east // _CELL + 1):
            for row in range(south // _CELL, north // _CELL + 1):
                for point in self._cells.get((column, row), ()):
                    if west <= point[0] <= east and south <= point[1] <= north:
                        yield point
