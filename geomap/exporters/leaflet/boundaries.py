"""Other boundaries than the built-in ones, from a file of the user: front lines, disputed lines, units of their own.

GeoJSON is read with shapely. A GeoPackage is an SQLite file whose geometries are WKB behind a short header (OGC
12-128r19, clause 2.1.3), so reading one needs no GDAL. Coordinates must be WGS 84 degrees in both: nothing is
reprojected.
"""

import json
import sqlite3
import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from geomap.errors import ConfigError

MAX_BYTES = 100_000_000
"""The largest file that is read."""

MAX_POINTS = 40_000
"""The most points that a page carries: about a quarter of a megabyte of it, and drawn in tens of milliseconds."""

_TOLERANCES = (0.0005, 0.001, 0.002, 0.004, 0.008, 0.016, 0.032)  # degrees of latitude: 50 m to 3.5 km
_NAMES = ("name", "name_en", "label", "title", "shapename")
_WGS_84 = ("crs84", "epsg::4326", "epsg:4326")
_ENVELOPES = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}  # bytes by the code in the flags of the header
_REPROJECT = "convert it with: ogr2ogr -t_srs EPSG:4326 new.geojson {path}"

Feature = tuple[BaseGeometry, Mapping[str, Any]]
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
    features = [_checked(path, number, feature) for number, feature in enumerate(_features(path), start=1)]
    if not features:
        raise ConfigError(f"{path}: holds no features; give a file with lines or areas")
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
            if (name := _name(properties))
        ],
    }


def _features(path: Path) -> Iterator[Feature]:
    suffix = path.suffix.lower()
    if suffix not in {".geojson", ".json", ".gpkg"}:
        raise ConfigError(f"{path}: boundaries are read from .geojson and .gpkg files; convert it with ogr2ogr")
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ConfigError(f"{path}: is larger than {MAX_BYTES // 10**6} MB; cut it to the area of the map")
        yield from _from_geopackage(path) if suffix == ".gpkg" else _from_geojson(path)
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read ({error.strerror}); give an existing file") from None


def _from_geojson(path: Path) -> Iterator[Feature]:
    try:
        data = json.loads(path.read_text("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise ConfigError(f"{path}: is not GeoJSON ({error}); export it again") from None
    if not isinstance(data, dict):
        raise ConfigError(f"{path}: is not GeoJSON, but a list or a value; export it again")
    system = json.dumps(data.get("crs") or "crs84").lower()
    if not any(name in system for name in _WGS_84):
        raise ConfigError(f"{path}: is not in WGS 84 degrees; {_REPROJECT.format(path=path)}")
    found = data.get("features") if data.get("type") == "FeatureCollection" else [data]
    for number, feature in enumerate(found if isinstance(found, list) else [], start=1):
        try:
            whole = feature.get("type") == "Feature"
            geometry = feature["geometry"] if whole else feature
            if geometry is not None:
                yield shape(geometry), (feature.get("properties") or {}) if whole else {}
        except (KeyError, TypeError, ValueError, AttributeError, IndexError, shapely.errors.ShapelyError):
            raise ConfigError(f"{path}, feature {number}: its geometry cannot be read; export it again") from None


def _from_geopackage(path: Path) -> Iterator[Feature]:
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            connection.row_factory = sqlite3.Row
            layers = connection.execute(
                "SELECT c.table_name, c.column_name, s.organization_coordsys_id AS code FROM gpkg_geometry_columns c "
                "JOIN gpkg_spatial_ref_sys s ON s.srs_id = c.srs_id ORDER BY c.table_name"
            ).fetchall()
            for layer in layers:
                if layer["code"] != 4326:
                    raise ConfigError(f"{path}: is not in WGS 84 degrees; {_REPROJECT.format(path=path)}")
                yield from _layer(connection, path, layer["table_name"], layer["column_name"])
    except sqlite3.Error as error:
        raise ConfigError(f"{path}: is not a GeoPackage ({error}); export it again") from None


def _layer(connection: sqlite3.Connection, path: Path, table: str, column: str) -> Iterator[Feature]:
    quoted = table.replace('"', '""')
    for number, row in enumerate(connection.execute(f'SELECT * FROM "{quoted}"'), start=1):  # noqa: S608
        properties = {key: row[key] for key in row.keys() if key != column}  # noqa: SIM118  (a Row iterates values)
        try:
            if row[column] is not None:
                yield _geometry(row[column]), properties
        except (ValueError, TypeError, IndexError, KeyError, struct.error, shapely.errors.ShapelyError):
            raise ConfigError(
                f"{path}, feature {number} of {table}: its geometry cannot be read; export it again"
            ) from None


def _geometry(blob: bytes) -> BaseGeometry:
    """Read a GeoPackage geometry: "GP", version, flags, SRS id, an envelope whose size the flags tell, then WKB."""
    if blob[:2] != b"GP":
        raise ValueError(blob[:2])
    return shapely.from_wkb(blob[8 + _ENVELOPES[blob[3] >> 1 & 7] :])


def _checked(path: Path, number: int, feature: Feature) -> Feature:
    geometry, properties = feature
    where = f"{path}, feature {number}"
    if geometry.geom_type not in {"LineString", "MultiLineString", "Polygon", "MultiPolygon", "LinearRing"}:
        raise ConfigError(f"{where}: is a {geometry.geom_type}; boundaries are lines or areas, so leave it out")
    if geometry.is_empty:
        raise ConfigError(f"{where}: is empty; leave it out")
    west, south, east, north = geometry.bounds
    if not (west >= -180 and east <= 180 and south >= -90 and north <= 90):
        raise ConfigError(f"{where}: is not in WGS 84 degrees; {_REPROJECT.format(path=path)}")
    return shapely.force_2d(geometry), {str(key).lower(): value for key, value in properties.items()}


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


def _name(properties: Mapping[str, Any]) -> str:
    found = (properties.get(key) for key in _NAMES)
    return next((value.strip() for value in found if isinstance(value, str) and value.strip()), "")


def _is_true(value: Any) -> bool:
    return value is True or value == 1 or str(value).strip().lower() in {"true", "yes", "1"}
