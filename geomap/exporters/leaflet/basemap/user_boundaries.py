"""Boundaries from a file of the user, beside the built-in ones: front lines, areas of control, units of their own."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from geomap.boundaries import Feature, is_zone, name_of, read_features
from geomap.errors import ConfigError
from geomap.exporters.leaflet.basemap.zones import read_zones, signs_of
from geomap.exporters.leaflet.html.escaping import Page

MAX_POINTS = 40_000
"""The most points that a page carries: about a quarter of a megabyte of it, and drawn in tens of milliseconds."""

_TOLERANCES = (0.0005, 0.001, 0.002, 0.004, 0.008, 0.016, 0.032)  # degrees of latitude: 50 m to 3.5 km


def read_boundaries(path: str | Path, features: Sequence[Feature] | None = None) -> Page:
    """Read the lines and outlines of a file, as the page draws them.

    Lines that several areas share come out once and are simplified once, so that no gap opens between neighbours: by
    50 m, or as much more as it takes to stay within `MAX_POINTS`. Lines of features whose property ``disputed`` is true
    are dashed.

    Parameters
    ----------
    path
        A ``.geojson``, ``.json`` or ``.gpkg`` file with lines and areas in WGS 84 degrees.
    features
        What `read_features` gave for it, if it has been read.

    Returns
    -------
        ``file``; ``lines`` and ``disputed``, lists of lines of ``[longitude, latitude]``; ``labels`` with the ``name``
        of each feature that has one and where it stands (``at``); ``signs`` of the zones, as `signs_of` returns them;
        ``zones`` with ``name``, ``sign``, the days ``from`` and ``to`` or none, and ``rings``: those of all its areas,
        or else its lines. A zone without a name of its own is called by its side.

    Raises
    ------
    ConfigError
        If the file cannot be read, is not in WGS 84 degrees, holds no lines, or is too detailed; the message names the
        file, the feature and the remedy.
    """
    path = Path(path)
    features = read_features(path) if features is None else features
    zones = read_zones(path, features)
    signs, sign_of = signs_of(path, zones)
    plain = [feature for feature in features if not is_zone(feature[1])]
    lines, disputed, *shapes = _simplified(path, *_both_kinds(plain), *(zone.shape for zone in zones))
    return {
        "file": path.name,
        "lines": lines,
        "disputed": disputed,
        "labels": [
            {"name": name, "at": _rounded(_label_point(shape).coords)[0]}
            for shape, properties in plain
            if (name := name_of(properties))
        ],
        "signs": signs,
        "zones": [
            {"name": zone.name or zone.side, "sign": sign, "from": zone.first, "to": zone.last, "rings": rings}
            for zone, sign, rings in zip(zones, sign_of, shapes, strict=True)
        ],
    }


def _both_kinds(features: Sequence[Feature]) -> tuple[BaseGeometry, BaseGeometry]:
    """Return the lines of features, those in dispute apart."""
    contested = [shape for shape, properties in features if _is_true(properties.get("disputed"))]
    settled = [shape for shape, properties in features if not _is_true(properties.get("disputed"))]
    disputed = _edges(contested)
    lines = shapely.difference(_edges(settled), disputed) if contested else _edges(settled)
    return shapely.line_merge(lines), shapely.line_merge(disputed)


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
    """Return the lines of a geometry, or the rings of its areas."""
    lines = (ring for part in shapely.get_parts(geometry) for ring in _rings(part))
    return (line for line in lines if not line.is_empty)


def _rings(part: Any) -> Iterable[BaseGeometry]:
    if part.geom_type == "Polygon":
        return (part.exterior, *part.interiors)
    return (part,) if part.geom_type in {"LineString", "LinearRing"} else ()


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
