"""Lines and areas that others drew: those of a file of the user's own, and the outlines that come with the program.

GeoJSON is read with shapely. A GeoPackage is an SQLite file whose geometries are WKB behind a short header (OGC
12-128r19, clause 2.1.3), so reading one needs no GDAL. Coordinates must be WGS 84 degrees in both: nothing is
reprojected.
"""

import json
import re
import sqlite3
import struct
from collections.abc import Iterator, Mapping
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from geomap.bundle import bundled_path
from geomap.errors import ConfigError, GazetteerError
from geomap.trial import trial

MAX_BYTES = 100_000_000
"""The largest file that is read."""

_UNREADABLE = (
    *(ValueError, TypeError, LookupError, AttributeError, NotImplementedError, RecursionError, struct.error),
    shapely.errors.ShapelyError,
)
"""What shapely and the readers here say of a geometry that is none, or is a curve."""
_NAMES = ("name", "name_en", "label", "title", "shapename")
_OF_ZONES = frozenset(["side", "fill", "stroke", "valid_from", "valid_to"])
# As OCHA's common operational datasets, geoBoundaries and GADM call them.
_OF_UNITS = re.compile(r"adm\d|pcode|shape(?:id|iso|group|type)|gid_\d|name_\d")
_WGS_84 = ("crs84", "epsg::4326", "epsg:4326")
_ENVELOPES = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}  # bytes by the code in the flags of the header
_REPROJECT = "convert it with: ogr2ogr -t_srs EPSG:4326 new.geojson {path}"

Feature = tuple[BaseGeometry, Mapping[str, Any]]
"""A line or area, and its properties by their names in lower case."""

Topology = dict[str, Any]
"""What a TopoJSON file holds."""


def read_features(path: Path) -> list[Feature]:
    """Return the lines and areas of a ``.geojson``, ``.json`` or ``.gpkg`` file in WGS 84 degrees, in its order.

    Raises
    ------
    ConfigError
        If the file cannot be read, is not in WGS 84 degrees, or holds no lines and areas, or anything else, or takes
        longer or more memory than it may, see `geomap.trial`; the message names the file, the feature and the remedy.
    """
    if problem := trial("geomap.boundaries:try_features", path):
        raise ConfigError(f"{path}: {problem}; simplify its lines and areas, or cut it to the area of the map")
    return read_untried(path)


def try_features(path: Path) -> None:
    """Do with the lines and areas of a file what maps and resolvers do: mend them, and lay them over others."""
    geometries = [geometry for geometry, _ in read_untried(path)]
    whole = [shapely.make_valid(geometry) for geometry in geometries]
    shapely.union_all([one.boundary if "Polygon" in one.geom_type else one for one in whole])
    shapely.union_all(whole)


def read_untried(path: Path) -> list[Feature]:
    """Return what `read_features` does, with its errors, however long it takes."""
    features = [_checked(path, number, feature) for number, feature in enumerate(_features(path), start=1)]
    if not features:
        raise ConfigError(f"{path}: holds no features; give a file with lines or areas")
    return features


def name_of(properties: Mapping[str, Any]) -> str:
    """Return the name among the properties of a feature; empty when it has none."""
    found = (properties.get(key) for key in _NAMES)
    return next((value.strip() for value in found if isinstance(value, str) and value.strip()), "")


def is_zone(properties: Mapping[str, Any]) -> bool:
    """Tell whether a feature is an area of control or a front line, and no unit: it has a side, a colour or dates.

    Files of units have a date, too, which is that of the survey: with names or codes by order it makes no zone.
    """
    given = {key for key, value in properties.items() if value is not None and value != ""}
    return bool(given & _OF_ZONES) or ("date" in given and not any(map(_OF_UNITS.match, given)))


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
        except _UNREADABLE:
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
    except (sqlite3.Error, UnicodeDecodeError, TypeError, AttributeError) as error:  # names of layers may be no texts
        raise ConfigError(f"{path}: is not a GeoPackage ({error}); export it again") from None


def _layer(connection: sqlite3.Connection, path: Path, table: str, column: str) -> Iterator[Feature]:
    quoted = table.replace('"', '""')
    for number, row in enumerate(connection.execute(f'SELECT * FROM "{quoted}"'), start=1):  # noqa: S608
        properties = {key: row[key] for key in row.keys() if key != column}  # noqa: SIM118  (a Row iterates values)
        try:
            if row[column] is not None:
                yield _geometry(row[column]), properties
        except _UNREADABLE:  # a curve is a NotImplementedError
            raise ConfigError(
                f"{path}, feature {number} of {table}: its geometry cannot be read; export it again"
            ) from None


def _geometry(blob: bytes) -> BaseGeometry:
    """Read a GeoPackage geometry: "GP", version, flags, SRS id, an envelope whose size the flags tell, then WKB."""
    if blob[:2] != b"GP":
        raise ValueError(blob[:2])
    wkb = blob[8 + _ENVELOPES[blob[3] >> 1 & 7] :]
    check_wkb(wkb)
    return shapely.from_wkb(wkb)


def check_wkb(wkb: bytes) -> None:
    """Refuse a geometry, as a `ValueError`, that ends too soon or is nested deeper than a collection of several.

    GEOS runs out of stack over 450 KB of it.
    """
    at, depths = 0, [0]  # of the geometries still to come
    while depths:
        depth = depths.pop()
        kind, dimensions, order, at = _wkb_kind(wkb, at)
        if kind == _POINT:
            at += 8 * dimensions
            continue
        count, at = _wkb_count(wkb, at, order)
        if kind == _LINE:
            at += 8 * dimensions * count
        elif kind == _POLYGON:
            for _ in range(count):
                points, at = _wkb_count(wkb, at, order)
                at += 8 * dimensions * points
        elif depth >= _DEEPEST or count * _LEAST > len(wkb):
            raise ValueError("nested too deep, or cut short")
        else:
            depths += [depth + 1] * count
    if at > len(wkb):
        raise ValueError("cut short")


_POINT, _LINE, _POLYGON = 1, 2, 3
_DEEPEST = 2
"""A collection that holds multi-polygons, which hold polygons."""
_LEAST = 9
"""Bytes of a geometry: its order, its kind and a number."""


def _wkb_kind(wkb: bytes, at: int) -> tuple[int, int, str, int]:
    """Return a geometry's kind, the numbers of a point, the order of bytes, and where it goes on; of ISO or PostGIS."""
    order = "<" if wkb[at] else ">"
    (code,) = struct.unpack_from(f"{order}I", wkb, at + 1)
    kind, iso = code & 0xFFFF, (code & 0xFFFF) // 1000
    dimensions = 2 + bool(code & 0x80000000 or iso in (1, 3)) + bool(code & 0x40000000 or iso in (2, 3))
    return kind % 1000, dimensions, order, at + (9 if code & 0x20000000 else 5)


def _wkb_count(wkb: bytes, at: int, order: str) -> tuple[int, int]:
    (count,) = struct.unpack_from(f"{order}I", wkb, at)
    return int(count), at + 4


def _checked(path: Path, number: int, feature: Feature) -> Feature:
    geometry, properties = feature
    where = f"{path}, feature {number}"
    if geometry.geom_type not in {"LineString", "MultiLineString", "Polygon", "MultiPolygon", "LinearRing"}:
        raise ConfigError(f"{where}: is a {geometry.geom_type}; boundaries are lines or areas, so leave it out")
    if geometry.is_empty:
        raise ConfigError(f"{where}: is empty; leave it out")
    if not isinstance(properties, Mapping):
        raise ConfigError(f"{where}: its properties are no object; export it again")
    west, south, east, north = geometry.bounds
    if not (west >= -180 and east <= 180 and south >= -90 and north <= 90):
        raise ConfigError(f"{where}: is not in WGS 84 degrees; {_REPROJECT.format(path=path)}")
    return shapely.force_2d(geometry), {str(key).lower(): value for key, value in properties.items()}


@cache
def load_outlines(path: Path | None = None) -> Topology:
    """Return the bundled outlines, or those of another file; treat them as read-only.

    They are TopoJSON with the objects ``admin1``, ``world`` and ``disputed``, see `gazetteer.recipe.outlines`. A file
    that is missing or damaged is a `GazetteerError`.
    """
    path = path or bundled_path("outlines.topojson")
    try:
        topology: Topology = json.loads(path.read_text(encoding="utf-8"))
        if not {"admin1", "world", "disputed"} <= topology["objects"].keys() or not topology["arcs"]:
            raise ValueError("objects are missing")
    except OSError as error:
        raise GazetteerError(f"{path}: no outlines to draw a map from; reinstall geomap") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise GazetteerError(f"{path}: damaged outlines; reinstall geomap") from error
    return topology
