"""Other boundaries than the built-in ones, from a file of the user: front lines, disputed lines, units of their own."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from geomap.boundaries import name_of, read_features
from geomap.errors import ConfigError

MAX_POINTS = 40_000
"""The most points that a page carries: about a quarter of a megabyte of it, and drawn in tens of milliseconds."""

_TOLERANCES = (0.0005, 0.001, 0.002, 0.004, 0.008, 0.016, 0.032)  # degrees of latitude: 50 m to 3.5 km
Page = dict[str, Any]


def read_boundaries(path: str | Path) -> Page:
    """Read the lines and outlines of a file, as the page draws them.

    Lines that several areas share come out once and are simplified once, so that no gap opens between neighbours: by
    50 m, or as much more as it takes to stay within `MAX_POINTS`. Lines of features whose property ``disputed`` is true
    are dashed.

    Parameters
    ----------
    path
        A ``.geojson``, ``.json`` or ``.gpkg`` file with lines and areas in WGS 84 degrees.

    Returns
    -------
        ``file``; ``lines`` and ``disputed``, lists of lines of ``[longitude, latitude]``; ``labels`` with the ``name``
        of each feature that has one and where it stands (``at``).

    Raises
    ------
    ConfigError
        If the file cannot be read, is not in WGS 84 degrees, holds no lines, or is too detailed; the message names the
        file, the feature and the remedy.
    """
    path = Path(path)
    features = read_features(path)
    contested = [shape for shape, properties in features if _is_true(properties.get("disputed"))]
    settled = [shape for shape, properties in features if not _is_true(properties.get("disputed"))]
    disputed = _edges(contested)
    lines = shapely.difference(_edges(settled), disputed) if contested else _edges(settled)
    simple, simple_disputed = _simplified(path, shapely.line_merge(lines), shapely.line_merge(disputed))
    return {
        "file": path.name,
        "lines": simple,
        "disputed": simple_disputed,
        "labels": [
            {"name": name, "at": _rounded(_label_point(shape).coords)[0]}
            for shape, properties in features
            if (name := name_of(properties))
        ],
    }


def _edges(geometries: Sequence[BaseGeometry]) -> BaseGeometry:
    """Return all lines and outlines as one geometry in which every stretch occurs once."""
    return shapely.union_all([one.boundary if "Polygon" in one.geom_type else one for one in geometries])


def _simplified(path: Path, *groups: BaseGeometry) -> list[list[list[list[float]]]]:
    for tolerance in _TOLERANCES:
        simple = [[_rounded(line.coords) for line in _lines(group.simplify(tolerance))] for group in groups]
        if sum(len(line) for group in simple for line in group) <= MAX_POINTS:
            return simple
    raise ConfigError(f"{path}: has too many lines for a page; cut it to the area of the map or simplify it")


def _lines(geometry: BaseGeometry) -> Iterable[BaseGeometry]:
    return (line for line in shapely.get_parts(geometry) if line.geom_type == "LineString" and not line.is_empty)


def _rounded(coordinates: Iterable[Sequence[float]]) -> list[list[float]]:
    return [[round(float(longitude), 5), round(float(latitude), 5)] for longitude, latitude in coordinates]


def _label_point(geometry: BaseGeometry) -> BaseGeometry:
    """Return a point in an area, or the middle of the longest part of a line."""
    if "Polygon" in geometry.geom_type:
        return geometry.representative_point()
    longest: BaseGeometry = max(shapely.get_parts(geometry), key=lambda part: part.length)
    return longest.interpolate(0.5, normalized=True)


def _is_true(value: Any) -> bool:
    return value is True or value == 1 or str(value).strip().lower() in {"true", "yes", "1"}
