"""GeoPackages for QGIS: every table of a run as a layer, its areas as another, and a style for each in the file."""

import json
import shutil
import sqlite3
import tempfile
import warnings
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import pandas as pd
import shapely

from geomap.exporters.geometry import Shown, circles, plain, shown_of
from geomap.exporters.styles import style_of
from geomap.formats import KINDS, Kind
from geomap.tables.files import NO_C, escaped

if TYPE_CHECKING:
    import geopandas

    from geomap.exporters.export import Export

_NEVER = "1980-01-01T00:00:00.000Z"
"""Stands for the time of the last change, which a GeoPackage must have: the same table gives the same bytes."""

_OF_BOTH = (
    *("entry_id", "name", "event_type", "event_sub_type", "radius_km", "geo_precision", "where_precision"),
    *("fatalities_low", "fatalities_high"),
)
_AREA_COLUMNS: Mapping[Kind, tuple[str, ...]] = {
    "places": ("entry_id", "name", "country_code", "radius_km", "mentions", "documents", "literal_mentions"),
    "events": ("event_id", *_OF_BOTH, "event_date", "sentence"),
    "incidents": ("incident_id", *_OF_BOTH, "first_date", "last_date", "reports", "sources"),
}
"""Layers of areas → the columns that they repeat."""

_STYLES = """CREATE TABLE layer_styles (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256),
    f_table_schema TEXT(256), f_table_name TEXT(256), f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT,
    styleSLD TEXT, useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30), update_time DATETIME)"""
"""As QGIS makes it."""


def write_geopackage(export: "Export", file: BinaryIO) -> None:
    """Write a GeoPackage.

    Its layers ``mentions``, ``places``, ``events`` and ``incidents``, as far as there are such tables, have all rows
    and a point where the location is one. Of the last three there are ``places_areas`` and so on, too, with a polygon
    a row: the bundled outline of a country or first-order unit, else the circle of ``radius_km``, also around a point.
    Each layer has a style that QGIS takes by itself.
    """
    tables = {export.placed(): export.whole(), **export.beside}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tables.gpkg"
        told = json.dumps(dict(export.provenance), ensure_ascii=False)
        with _without_time():
            for kind in [kind for kind in KINDS if kind in tables]:
                for layer, geometry_type, frame in _layers(kind, tables[kind]):
                    _write(frame, path, layer, geometry_type, told)
        _finish(path)
        with path.open("rb") as made:
            shutil.copyfileobj(made, file)


def _layers(kind: Kind, table: pd.DataFrame) -> "Iterator[tuple[str, str, geopandas.GeoDataFrame]]":
    """Yield the layers of a table: name, type of geometry, and rows."""
    found = shown_of(table)
    cells = plain(table)
    points = [one.geometry if isinstance(one.geometry, shapely.Point) else None for one in found]
    yield kind, "Point", _frame(cells, points, found)
    if kind in _AREA_COLUMNS:
        drawn = circles(table, found)
        areas = [shapely.MultiPolygon([one]) if isinstance(one, shapely.Polygon) else one for one in drawn]
        known = [number for number, one in enumerate(areas) if one is not None]
        rows = cells[[name for name in _AREA_COLUMNS[kind] if name in cells.columns]].iloc[known]
        yield f"{kind}_areas", "MultiPolygon", _frame(rows, [areas[n] for n in known], [found[n] for n in known])


def _frame(table: pd.DataFrame, geometries: list[Any], found: list[Shown]) -> "geopandas.GeoDataFrame":
    import geopandas

    columns = {str(name): _column(table[name]) for name in table.columns}
    columns["extent"] = pd.Series([one.extent for one in found], dtype=object)
    geometry = geopandas.GeoSeries(geometries, crs="EPSG:4326")
    return geopandas.GeoDataFrame(columns, geometry=geometry, crs="EPSG:4326")


def _column(column: pd.Series) -> pd.Series:
    """Return a column as GDAL takes it, with an index from 0: texts of Python, numbers as they are."""
    if pd.api.types.is_string_dtype(column):
        return pd.Series([escaped(str(value), NO_C) for value in column], dtype=object)
    return column.reset_index(drop=True)


def _write(frame: "geopandas.GeoDataFrame", path: Path, layer: str, geometry_type: str, told: str) -> None:
    import pyogrio

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # of tables without rows
        pyogrio.write_dataframe(
            frame,
            path,
            layer=layer,
            driver="GPKG",
            geometry_type=geometry_type,
            promote_to_multi=False,
            layer_options={"GEOMETRY_NAME": "geom", "IDENTIFIER": layer},
            layer_metadata={"geomap": told},
        )


@contextmanager
def _without_time() -> Iterator[None]:
    """Let GDAL write a fixed time of the last change."""
    import pyogrio

    before = pyogrio.get_gdal_config_option("OGR_CURRENT_DATE")
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": _NEVER})
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": before})


def _finish(path: Path) -> None:
    """Add the styles, and put a fixed time where the file has one."""
    with closing(sqlite3.connect(path)) as connection:
        layers = connection.execute("SELECT table_name, column_name FROM gpkg_geometry_columns ORDER BY table_name")
        rows = [
            ("", "", layer, column, "geomap", style_of(layer), None, 1, "", "", None, _NEVER)
            for layer, column in layers.fetchall()
        ]
        connection.execute(_STYLES)
        connection.executemany(
            "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, "
            "styleQML, styleSLD, useAsDefault, description, owner, ui, update_time) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
            rows,
        )
        connection.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change) "
            "VALUES ('layer_styles', 'attributes', 'layer_styles', '', ?)",
            (_NEVER,),
        )
        for table, column in (("gpkg_contents", "last_change"), ("gpkg_metadata_reference", "timestamp")):
            if connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (table,)).fetchone():
                connection.execute(f"UPDATE {table} SET {column} = ?", (_NEVER,))  # noqa: S608
        connection.commit()
        connection.execute("VACUUM")
