import json
import sqlite3
import struct
from pathlib import Path
from typing import Any

import pytest
import shapely
from shapely.geometry import LineString, Point, box, mapping

from geomap.errors import ConfigError
from geomap.exporters.leaflet.basemap import user_boundaries
from geomap.exporters.leaflet.basemap.user_boundaries import read_boundaries


def write_geojson(folder: Path, *features: tuple[Any, dict[str, Any]], **members: Any) -> Path:
    listed = [{"type": "Feature", "geometry": mapping(shape), "properties": facts} for shape, facts in features]
    path = folder / "lines.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": listed, **members}), "utf-8")
    return path


def write_geopackage(folder: Path, geometry: bytes, *, code: int = 4326) -> Path:
    path = folder / "lines.gpkg"
    connection = sqlite3.connect(path)
    connection.executescript(
        "CREATE TABLE gpkg_spatial_ref_sys (srs_id INTEGER, organization_coordsys_id INTEGER);"
        "CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, srs_id INTEGER);"
        'CREATE TABLE "front ""line""" (fid INTEGER, geom BLOB, name TEXT, disputed BOOLEAN);'
        "INSERT INTO gpkg_geometry_columns VALUES ('front \"line\"', 'geom', 1);"
    )
    connection.execute("INSERT INTO gpkg_spatial_ref_sys VALUES (1, ?)", (code,))
    connection.execute('INSERT INTO "front ""line""" VALUES (1, ?, ?, 1)', (geometry, "Front"))
    connection.commit()
    connection.close()
    return path


def test_a_line_that_two_areas_share_is_drawn_once(tmp_path: Path) -> None:
    path = write_geojson(tmp_path, (box(30, 50, 31, 51), {"name": "West"}), (box(31, 50, 32, 51), {"NAME": "East"}))
    data = read_boundaries(path)
    length = sum(LineString(line).length for line in data["lines"])
    assert length == pytest.approx(7)
    assert data["disputed"] == []
    assert data["labels"] == [{"name": "West", "at": [30.5, 50.5]}, {"name": "East", "at": [31.5, 50.5]}]


def test_disputed_lines_are_apart_and_not_drawn_twice(tmp_path: Path) -> None:
    path = write_geojson(
        tmp_path, (box(30, 50, 31, 51), {}), (LineString([(31, 49), (31, 51)]), {"Disputed": "yes", "name": "  "})
    )
    data = read_boundaries(path)
    assert sum(LineString(line).length for line in data["disputed"]) == pytest.approx(2)
    assert sum(LineString(line).length for line in data["lines"]) == pytest.approx(3)
    assert data["labels"] == []


@pytest.mark.parametrize(("flags", "envelope"), [(0x01, b""), (0x03, struct.pack("<4d", 30, 31, 50, 51))])
def test_a_geopackage_is_read_without_gdal(tmp_path: Path, flags: int, envelope: bytes) -> None:
    wkb = shapely.to_wkb(LineString([(30, 50), (31, 51)]))
    path = write_geopackage(tmp_path, b"GP\x00" + bytes([flags]) + struct.pack("<i", 4326) + envelope + wkb)
    data = read_boundaries(path)
    assert data["disputed"] == [[[30.0, 50.0], [31.0, 51.0]]]
    assert data["labels"] == [{"name": "Front", "at": [30.5, 50.5]}]
    assert data["file"] == "lines.gpkg"


def test_other_projections_are_refused_with_the_command_that_helps(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"lines\.gpkg: is not in WGS 84 degrees; .*ogr2ogr -t_srs EPSG:4326"):
        read_boundaries(write_geopackage(tmp_path, b"", code=3857))
    named = {"crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}}
    with pytest.raises(ConfigError, match="is not in WGS 84"):
        read_boundaries(write_geojson(tmp_path, (box(0, 0, 1, 1), {}), **named))
    with pytest.raises(ConfigError, match="feature 2: is not in WGS 84"):
        read_boundaries(write_geojson(tmp_path, (box(0, 0, 1, 1), {}), (box(3e6, 0, 3.1e6, 1), {})))


def test_bad_features_are_named(tmp_path: Path) -> None:
    listed = tmp_path / "listed.geojson"
    listed.write_text(json.dumps({"type": "Feature", "properties": [1], "geometry": mapping(box(0, 0, 1, 1))}))
    with pytest.raises(ConfigError, match="feature 1: its properties are no object"):
        read_boundaries(listed)
    with pytest.raises(ConfigError, match="feature 1: is a Point; boundaries are lines or areas"):
        read_boundaries(write_geojson(tmp_path, (Point(1, 1), {})))
    with pytest.raises(ConfigError, match=r"feature 1 of front .*: its geometry cannot be read"):
        read_boundaries(write_geopackage(tmp_path, b"XX"))
    path = tmp_path / "bad.json"
    for text, why in [
        ("{", "is not GeoJSON"),
        ("[]", "not GeoJSON, but a list"),
        ('{"type":"FeatureCollection","features":[]}', "holds no features"),
        ('{"type":"FeatureCollection","features":[3]}', "feature 1: its geometry"),
        ('{"type":"Polygon","coordinates":[[[0,0],"x"]]}', "feature 1: its geometry"),
        ('{"type":"Polygon"}', "feature 1: its geometry"),
        ('{"type":"LineString","coordinates":[]}', "feature 1: is empty"),
    ]:
        path.write_text(text, "utf-8")
        with pytest.raises(ConfigError, match=why):
            read_boundaries(path)
    for name, why in [("no.geojson", "No such file"), ("map.shp", r"\.geojson and \.gpkg"), ("bad.gpkg", "")]:
        if not why:
            (tmp_path / name).write_bytes(b"text")
        with pytest.raises(ConfigError, match=why or "is not a GeoPackage"):
            read_boundaries(tmp_path / name)


def test_too_many_points_are_simplified_and_then_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wave = LineString([(30 + n / 1000, 50 + (n % 2) / 500) for n in range(5000)])
    path = write_geojson(tmp_path, (wave, {}))
    monkeypatch.setattr(user_boundaries, "MAX_POINTS", 100)
    assert len(read_boundaries(path)["lines"][0]) == 2
    monkeypatch.setattr(user_boundaries, "MAX_POINTS", 1)
    with pytest.raises(ConfigError, match="too many lines"):
        read_boundaries(path)
