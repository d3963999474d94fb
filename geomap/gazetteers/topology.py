"""Shared arcs: cut polygons where their borders meet, simplify every border once, write it as TopoJSON arcs.

A border between two areas is one arc that both refer to, so that simplifying can open no gap between them. Arcs follow
the TopoJSON specification (https://github.com/topojson/topojson-specification): a ring is a list of arc numbers, ``~n``
for arc ``n`` backwards, and the last point of an arc is the first of the next. Points are whole numbers on a grid.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from itertools import pairwise
from math import cos, radians
from typing import TypeVar

from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient

Point = tuple[float, float]
GridPoint = tuple[int, int]
Arc = tuple[Point, ...]
Ring = tuple[int, ...]
Shape = tuple[tuple[Ring, ...], ...]
_P = TypeVar("_P")

GRID = 0.002
"""Degrees of one step of the grid, about 220 m, a third of a pixel at zoom 8."""
_DECIMALS = 6


@dataclass(frozen=True, slots=True)
class Network:
    """Arcs and the shapes that refer to them."""

    arcs: tuple[tuple[GridPoint, ...], ...]
    """Points of each arc on the grid, at least two."""
    shapes: tuple[Shape, ...]
    """Polygons of each geometry: rings of arc numbers, the outer one first."""


def _no_limit(_: frozenset[int]) -> float:
    return float("inf")


def cut_and_simplify(
    geometries: Sequence[BaseGeometry],
    *,
    keep: float,
    smallest_island: float,
    limit: Callable[[frozenset[int]], float] = _no_limit,
) -> Network:
    """Build the network of some areas that touch but do not overlap.

    Parameters
    ----------
    geometries
        Polygons, x is longitude and y latitude in degrees. Neighbours must have the same points on their border.
    keep
        Share of the points between the ends of the arcs that stay (Visvalingam and Whyatt 1993, by triangle area).
    smallest_island
        Square degrees at the equator under which a ring that no other area shares is dropped, unless it is the largest
        part of its area.

    limit
        Gives for the indexes of the geometries on both sides of an arc the triangle area, in square degrees at the
        equator, from which its points stay in any case.

    Returns
    -------
        One shape a geometry, in order. No shape is empty unless its geometry is.
    """
    polygons = [_rings_of(geometry) for geometry in geometries]
    arcs, shapes = _cut(polygons)
    weights = [_weights(arc) for arc in arcs]
    shared = _shared(shapes)
    ordered = sorted(weight for arc in weights for weight in arc if weight != float("inf"))
    threshold = ordered[int(len(ordered) * (1 - keep))] if ordered and keep < 1 else 0.0
    users = arc_users(shapes)
    limits = [min(threshold, limit(users[number])) for number in range(len(arcs))]
    kept = [_on_grid(arc, weight, least) for arc, weight, least in zip(arcs, weights, limits, strict=True)]
    final = []
    for shape in shapes:
        size = {index: _area(shape[index][0], arcs) for index in range(len(shape))}
        largest = max(size, key=lambda index: size[index], default=0)
        if shape and not _is_area(shape[largest][0], kept):
            # A tiny country keeps its few points rather than vanish.
            for number in _numbers(shape[largest][0]):
                kept[number] = _on_grid(arcs[number], weights[number], 0.0)
        polygons_kept = [
            rings
            for index, rings in enumerate(shape)
            if index == largest or size[index] >= smallest_island or shared.intersection(_numbers(rings[0]))
        ]
        final.append(tuple(polygons_kept))
    whole = [
        tuple(
            (rings[0], *(hole for hole in rings[1:] if _is_area(hole, kept)))
            for number, rings in enumerate(shape)
            if _is_area(rings[0], kept) or len(shape) == 1
        )
        for shape in final
    ]
    return _without_unused(kept, whole)


def arc_users(shapes: Iterable[Shape]) -> dict[int, frozenset[int]]:
    """Return for the number of each arc the indexes of the shapes that use it."""
    users: dict[int, set[int]] = defaultdict(set)
    for index, shape in enumerate(shapes):
        for number in _all_numbers(shape):
            users[number].add(index)
    return {number: frozenset(indexes) for number, indexes in users.items()}


def joined(first: Network, second: Network) -> Network:
    """Return both networks in one; the shapes of the second come after those of the first."""
    offset = len(first.arcs)
    shifted = tuple(
        tuple(tuple(tuple(n + offset if n >= 0 else n - offset for n in ring) for ring in rings) for rings in shape)
        for shape in second.shapes
    )
    return Network(first.arcs + second.arcs, first.shapes + shifted)


def deltas(arc: Sequence[GridPoint]) -> list[list[int]]:
    """Return an arc as TopoJSON writes it: the first point, then the steps."""
    steps = [list(arc[0])]
    steps.extend([x - px, y - py] for (px, py), (x, y) in pairwise(arc))
    return steps


def _rings_of(geometry: BaseGeometry) -> list[list[list[Point]]]:
    parts = [part for part in getattr(geometry, "geoms", [geometry]) if isinstance(part, Polygon) and not part.is_empty]
    polygons = []
    for part in parts:
        turned = orient(part)
        rings = [_open_ring(ring.coords) for ring in (turned.exterior, *turned.interiors)]
        if len(rings[0]) > 2:
            polygons.append([ring for ring in rings if len(ring) > 2])
    return polygons


def _open_ring(coords: Iterable[Sequence[float]]) -> list[Point]:
    """Return a ring without its closing point and without points that repeat the one before."""
    points: list[Point] = []
    for coord in coords:
        point = (round(coord[0], _DECIMALS), round(coord[1], _DECIMALS))
        if not points or points[-1] != point:
            points.append(point)
    while len(points) > 1 and points[0] == points[-1]:
        points.pop()
    return points


def _cut(polygons: Sequence[Sequence[Sequence[list[Point]]]]) -> tuple[list[Arc], list[Shape]]:
    junctions = _junctions(ring for shape in polygons for rings in shape for ring in rings)
    numbers: dict[Arc, int] = {}
    shapes = [tuple(tuple(_ring(ring, junctions, numbers) for ring in rings) for rings in shape) for shape in polygons]
    return list(numbers), shapes


def _junctions(rings: Iterable[list[Point]]) -> set[Point]:
    """Return the points where lines part: those whose neighbours on the line differ from one ring to another."""
    neighbours: dict[Point, tuple[Point, Point]] = {}
    junctions = set()
    for ring in rings:
        for before, point, after in zip([ring[-1], *ring[:-1]], ring, [*ring[1:], ring[0]], strict=True):
            pair = (before, after) if before < after else (after, before)
            if neighbours.setdefault(point, pair) != pair or (
                _on_edge(point) and not (_on_edge(before) and _on_edge(after))
            ):
                junctions.add(point)
    return junctions


def _on_edge(point: Point) -> bool:
    """Tell whether a point lies on the edge of the map, where a line is no coast."""
    return abs(point[0]) >= 180 or point[1] <= -90


def _ring(ring: list[Point], junctions: set[Point], numbers: dict[Arc, int]) -> Ring:
    starts = [index for index, point in enumerate(ring) if point in junctions]
    if not starts:
        start = ring.index(min(ring))
        return (_number((*ring[start:], *ring[: start + 1]), numbers),)
    turned = [*ring[starts[0] :], *ring[: starts[0] + 1]]
    ends = [index - starts[0] for index in starts[1:]] + [len(ring)]
    arcs = []
    begin = 0
    for end in ends:
        arcs.append(_number(tuple(turned[begin : end + 1]), numbers))
        begin = end
    return tuple(arcs)


def _number(arc: Arc, numbers: dict[Arc, int]) -> int:
    backwards = arc[::-1]
    if backwards < arc:
        return ~numbers.setdefault(backwards, len(numbers))
    return numbers.setdefault(arc, len(numbers))


def _weights(arc: Arc) -> list[float]:
    """Return for each point the area of the triangle it spans when its turn comes to be left out; ends are infinite."""
    count = len(arc)
    weights = [float("inf")] * count
    before, after = list(range(-1, count - 1)), list(range(1, count + 1))
    heap = [(_triangle(arc, index - 1, index, index + 1), index) for index in range(1, count - 1)]
    current = {index: weight for weight, index in heap}
    heapify(heap)
    least = 0.0
    while heap:
        weight, index = heappop(heap)
        if current.get(index) != weight:
            continue
        del current[index]
        least = max(least, weight)
        weights[index] = least
        left, right = before[index], after[index]
        after[left], before[right] = right, left
        for near in (left, right):
            if near in current:
                current[near] = _triangle(arc, before[near], near, after[near])
                heappush(heap, (current[near], near))
    return weights


def _triangle(arc: Arc, a: int, b: int, c: int) -> float:
    (ax, ay), (bx, by), (cx, cy) = arc[a], arc[b], arc[c]
    return abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) / 2 * cos(radians(by))


def _on_grid(arc: Arc, weights: Sequence[float], threshold: float) -> tuple[GridPoint, ...]:
    points: list[GridPoint] = []
    closed = arc[0] == arc[-1]
    if closed:
        # A ring on its own needs two points between its ends to have an area.
        threshold = min(threshold, sorted(weights[1:-1])[-2])
    for (x, y), weight in zip(arc, weights, strict=True):
        point = (round((x + 180) / GRID), round((y + 90) / GRID))
        if weight >= threshold and (not points or points[-1] != point):
            points.append(point)
    return tuple(points) if len(points) > 1 else (points[0], points[0])


def _numbers(ring: Ring) -> list[int]:
    return [number if number >= 0 else ~number for number in ring]


def _all_numbers(shape: Shape) -> Iterable[int]:
    return (number for rings in shape for ring in rings for number in _numbers(ring))


def _shared(shapes: Iterable[Shape]) -> set[int]:
    """Return the numbers of arcs that more than one ring uses."""
    seen: set[int] = set()
    twice: set[int] = set()
    for shape in shapes:
        for number in _all_numbers(shape):
            (twice if number in seen else seen).add(number)
    return twice


def ring_points(ring: Ring, arcs: Sequence[Sequence[_P]]) -> list[_P]:
    """Return the points of a ring, the first again at the end."""
    points: list[_P] = []
    for number in ring:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points.extend(arc[1:] if points else arc)
    return points


def _area(ring: Ring, arcs: Sequence[Arc]) -> float:
    points = ring_points(ring, arcs)
    twice = sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairwise(points))
    return abs(twice) / 2 * cos(radians(points[0][1]))


def _is_area(ring: Ring, arcs: Sequence[Sequence[GridPoint]]) -> bool:
    points = ring_points(ring, arcs)
    return sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairwise(points)) != 0


def _without_unused(arcs: Sequence[tuple[GridPoint, ...]], shapes: Sequence[Shape]) -> Network:
    new: dict[int, int] = {}

    def renumbered(number: int) -> int:
        old = number if number >= 0 else ~number
        index = new.setdefault(old, len(new))
        return index if number >= 0 else ~index

    final = tuple(
        tuple(tuple(tuple(renumbered(n) for n in ring) for ring in rings) for rings in shape) for shape in shapes
    )
    return Network(tuple(arcs[old] for old in new), final)
