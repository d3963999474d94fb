"""Tables with a geometry a row, as GeoPandas has them."""

from importlib.util import find_spec
from typing import TYPE_CHECKING

import pandas as pd
import shapely

from geomap.errors import ConfigError
from geomap.exporters.geometry import NOTHING, Extent, Shown, shown
from geomap.tables.schema import SCHEMAS, check_columns, kind_of

if TYPE_CHECKING:
    import geopandas

_OWN = ["extent", "geometry"]


def to_geodataframe(table: pd.DataFrame) -> "geopandas.GeoDataFrame":
    """Return a table of the program with a geometry a row, for GeoPandas; needs the extra ``geomap[geo]``.

    Parameters
    ----------
    table
        A table of mentions, places, events or incidents.

    Returns
    -------
        The table with two more columns. ``geometry``, in WGS 84 degrees, is a point where the location is one, the
        bundled outline of a country or first-order unit, a circle of ``radius_km`` for other areas, and ``None`` for
        what is vaguer or has no place; ``extent`` says which: "point", "outline", "circle" or "".

    Raises
    ------
    ConfigError
        If geopandas is not installed.
    TableError
        If it is no table of the program, or lacks columns.
    """
    if find_spec("geopandas") is None:
        raise ConfigError("a GeoDataFrame needs geopandas, which is not installed: pip install 'geomap[geo]'")
    import geopandas

    check_columns(table, SCHEMAS[kind_of(table) or "mentions"], "the table")
    found = shown(table)
    geometry = geopandas.GeoSeries([one.geometry for one in found], index=table.index, crs="EPSG:4326")
    extents = pd.Series([one.extent for one in found], index=table.index, dtype=pd.StringDtype("python"))
    return geopandas.GeoDataFrame(table.assign(extent=extents), geometry=geometry, crs="EPSG:4326")


def shown_of(table: pd.DataFrame) -> list[Shown]:
    """Return what each row of a table is drawn as: by the geometries of a GeoDataFrame, else as `shown` has it."""
    if "geometry" not in table.columns:
        return shown(table)
    extents = table["extent"].tolist() if "extent" in table.columns else [""] * len(table)
    pairs = zip(extents, table["geometry"].tolist(), strict=True)
    return [NOTHING if one is None or one.is_empty else Shown(extent or _extent(one), one) for extent, one in pairs]


def _extent(geometry: shapely.Geometry) -> Extent:
    return "point" if isinstance(geometry, shapely.Point) else "outline"


def drawn_of(table: pd.DataFrame) -> list[Shown]:
    """Return what each row of a table is drawn as in a file; of mentions, of which there are many, the points alone.

    A hundred mentions of Ukraine would be a hundred of its outline, one upon the other. The places have it once.
    """
    found = shown_of(table)
    if "geometry" in table.columns or kind_of(table) != "mentions":
        return found
    return [one if one.extent == "point" else Shown(one.extent, None) for one in found]


def plain(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table without the columns that `to_geodataframe` adds."""
    return pd.DataFrame({name: table[name] for name in table.columns if name not in _OWN})
