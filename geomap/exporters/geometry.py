"""The geometry of a row: a point where its location is one, an area's outline or circle, and else nothing.

A gazetteer has one coordinate for a country, too, and Russia's lies at 100° E. That is where its label stands and no
place where anything happened, so no file gets a point there.
"""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeVar

import numpy as np
import pandas as pd
import shapely
from shapely.affinity import translate
from shapely.geometry.base import BaseGeometry

from geomap.boundaries import load_outlines
from geomap.errors import ConfigError
from geomap.tables.schema import SCHEMAS, check_columns, kind_of
from geomap.tables.shown import TOLD, place_kind, wrapped

if TYPE_CHECKING:
    import geopandas

Extent = Literal["point", "outline", "circle", ""]
"""``point``; ``outline`` of a country or first-order unit, as bundled; ``circle`` of ``radius_km``; "" for nothing."""

Written = TypeVar("Written")

MOST_KM = 500.0
"""Radius of the largest circle that is drawn: what is vaguer, as a continent or an ocean, has no geometry."""

_OWN = ["extent", "geometry"]
_SIDES = 64
_WORLD = shapely.box(-180, -90, 180, 90)
_EARTH_KM = 6371.0088  # mean radius, IUGG
_COLUMNS = ("feature_class", "feature_code", "country_code", "admin1", "entry_id", "relation", "location_basis")


class Shown(NamedTuple):
    """What a row is drawn as."""

    extent: Extent
    """What kind of geometry it is."""
    geometry: BaseGeometry | None
    """In WGS 84 degrees, longitude first, cut at the antimeridian; ``None`` for nothing."""


NOTHING = Shown("", None)


def shown(table: pd.DataFrame) -> list[Shown]:
    """Return what each row of a table is drawn as.

    Parameters
    ----------
    table
        A table of mentions, places, events or incidents; the points of mentions are those meant.

    Returns
    -------
        For a town, a building or what the text tells of a place that no gazetteer has: the point, with the column
        ``radius_km`` beside it. For a country or first-order unit the bundled outline. For any other area, and where
        words lead off an area ("south of the Donetsk region"), a circle of ``radius_km``, if that is no more than
        `MOST_KM`. Nothing for what is not placed.
    """
    names = [name for name in ("point_latitude", "latitude") if name in table.columns][:1]
    latitudes, longitudes = (table[names[0].replace("latitude", axis)].tolist() for axis in ("latitude", "longitude"))
    radii = table["radius_km"].fillna(0.0).tolist() if "radius_km" in table.columns else [0.0] * len(table)
    cells = [table[name].tolist() if name in table.columns else [""] * len(table) for name in _COLUMNS]
    spots = zip(latitudes, longitudes, radii, strict=True)
    return [
        _shown(spot, dict(zip(_COLUMNS, row, strict=True))) if _is_spot(spot) else NOTHING
        for spot, *row in zip(spots, *cells, strict=True)
    ]


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


def circles(table: pd.DataFrame, found: Sequence[Shown]) -> list[BaseGeometry | None]:
    """Return the area that each row may lie in: its outline or circle, also around a point with a radius, or ``None``.

    ``found`` is what `shown` gave for the table.
    """
    radii = table["radius_km"].fillna(0.0).tolist() if "radius_km" in table.columns else [0.0] * len(table)
    return [
        circle(one.geometry.y, one.geometry.x, km)
        if isinstance(one.geometry, shapely.Point) and 0 < km <= MOST_KM
        else None
        if isinstance(one.geometry, shapely.Point)
        else one.geometry
        for one, km in zip(found, radii, strict=True)
    ]


def written_of(
    geometries: Sequence[BaseGeometry | None], write: Callable[[BaseGeometry], Written], *, nothing: Written
) -> list[Written]:
    """Return each geometry as a file has it; one that many rows share, such as a country's outline, is written once."""
    known: dict[int, Written] = {}
    written = []
    for one in geometries:
        if one is not None and id(one) not in known:
            known[id(one)] = write(one)
        written.append(nothing if one is None else known[id(one)])
    return written


def _is_spot(spot: Sequence[float]) -> bool:
    return abs(spot[0]) <= 90 and math.isfinite(spot[1])


def _shown(spot: tuple[float, float, float], row: Mapping[str, str]) -> Shown:
    latitude, longitude, radius_km = spot[0], wrapped(spot[1]), spot[2]
    kind = "point" if row["location_basis"] in TOLD else place_kind(row["feature_class"], row["feature_code"])
    if kind == "point":
        return Shown("point", shapely.Point(round(longitude, 6), round(latitude, 6)))
    outline = None if row["relation"] else outline_of(row)
    if outline is not None:
        return Shown("outline", outline)
    return Shown("circle", circle(latitude, longitude, radius_km)) if 0 < radius_km <= MOST_KM else NOTHING


def outline_of(row: Mapping[str, str]) -> BaseGeometry | None:
    """Return the bundled outline of a country or first-order unit by the cells of its row; ``None`` without one."""
    kind = place_kind(row["feature_class"], row["feature_code"])
    if kind == "country":
        return _outline((row["country_code"],))
    if kind == "adm1":
        return _outline((row["entry_id"], "")) or _outline((row["country_code"], row["admin1"]))
    return None


@lru_cache(maxsize=4096)
def circle(latitude: float, longitude: float, km: float) -> BaseGeometry:
    """Return the circle of a radius around a point on the sphere, as a polygon of 64 sides cut at the antimeridian.

    The point is in WGS 84 degrees, the radius more than 0 and far less than a quarter of the way around the Earth.
    """
    angle, bearings = km / _EARTH_KM, np.linspace(0, -2 * np.pi, _SIDES, endpoint=False)  # counterclockwise
    phi = math.radians(latitude)
    north = np.sin(phi) * math.cos(angle) + math.cos(phi) * math.sin(angle) * np.cos(bearings)
    east = np.arctan2(np.sin(bearings) * math.sin(angle) * math.cos(phi), math.cos(angle) - math.sin(phi) * north)
    rim = np.column_stack([longitude + np.degrees(east), np.degrees(np.arcsin(np.clip(north, -1, 1)))])
    if abs(latitude) + math.degrees(angle) >= 90:
        return shapely.orient_polygons(_over_the_pole(rim, math.copysign(90, latitude)).intersection(_WORLD))
    return shapely.orient_polygons(_cut(shapely.Polygon(np.round(rim, 6))))


def _over_the_pole(rim: Any, pole: float) -> shapely.Polygon:
    """Return a circle that holds a pole: from the west of the map to its east, and back along the edge."""
    rim[:, 0] = (rim[:, 0] + 180) % 360 - 180
    around = np.round(rim[np.argsort(rim[:, 0])], 6)
    west, east = around[-1] - [360, 0], around[0] + [360, 0]
    return shapely.Polygon(np.vstack([west, around, east, [east[0], pole], [west[0], pole]]))


def _cut(polygon: shapely.Polygon) -> BaseGeometry:
    """Return a polygon that may reach beyond 180° in parts that do not."""
    parts = [translate(polygon, turn).intersection(_WORLD) for turn in (-360.0, 0.0, 360.0)]
    found = [part for part in parts if part.area > 0]
    return found[0] if len(found) == 1 else shapely.MultiPolygon(list(_polygons(found)))


def _polygons(geometries: Sequence[BaseGeometry]) -> Iterator[shapely.Polygon]:
    for part in shapely.get_parts(geometries):
        if isinstance(part, shapely.Polygon):
            yield part


@cache
def _named() -> Mapping[tuple[str, ...], Any]:
    """Return where the bundled outlines are: of countries by code, of first-order units by entry, and by both codes."""
    objects = load_outlines()["objects"]
    found: dict[tuple[str, ...], Any] = {(one["properties"]["id"],): one for one in objects["world"]["geometries"]}
    for one in objects["admin1"]["geometries"]:
        facts = one["properties"]
        found[(facts["id"], "")] = one
        if facts["code"]:
            found[(facts["country"], facts["code"])] = one
    return found


@cache
def _outline(key: tuple[str, ...]) -> BaseGeometry | None:
    found = _named().get(key)
    if found is None:
        return None
    rings = [[_ring(ring) for ring in polygon] for polygon in found["arcs"]]
    drawn = shapely.MultiPolygon([shapely.Polygon(outer, inner) for outer, *inner in rings])
    parts = list(_polygons([drawn if drawn.is_valid else shapely.make_valid(drawn)]))
    return shapely.orient_polygons(parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts))


def _ring(numbers: Sequence[int]) -> Any:
    """Return the points of a ring of arcs; a negative number is that of an arc that runs the other way."""
    lines = [_arc(number) if number >= 0 else _arc(~number)[::-1] for number in numbers]
    return np.vstack([lines[0], *(line[1:] for line in lines[1:])])


def _arc(number: int) -> Any:
    topology = load_outlines()
    scale, shift = (np.array(topology["transform"][key]) for key in ("scale", "translate"))
    points = np.cumsum(np.array(topology["arcs"][number]), axis=0) * scale + shift
    return np.round(np.clip(points, [-180, -90], [180, 90]), 5)
