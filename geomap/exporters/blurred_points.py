"""Coordinates moved to the middle of cells some kilometres wide, for maps that should not point at a doorstep.

What this does: no number in the result is nearer to the place than the width of a cell, the ids that lead to the exact
entry in a gazetteer are gone, and every row says by ``radius_km`` how far off it may be. All outputs made from the
result are blurred alike; an exact one beside it would undo it.

What it does not do: hide which place is meant. Its name, its region and the sentence stay, as they are the evidence;
whoever reads them can look the place up. Coordinates that a text itself gives stay, too. To protect people who would be
harmed by being found, leave out the name and the sentence as well, or do not publish the report.

Only points are moved. Countries, regions and waters are drawn as what they are and claim no spot.
"""

import json
import math
from typing import Any

import numpy as np
import pandas as pd

from geomap.errors import ConfigError
from geomap.formats import Kind
from geomap.tables.schema import SCHEMAS, check_columns, kind_of
from geomap.tables.shown import place_kind

KM_A_DEGREE = 111.195
"""Of latitude, on a sphere with the mean radius of the Earth, 6371.0 km."""

_BLURRED = "blurred:"
MAX_KM = 500.0
"""The widest cell: beyond it a map of places says nothing."""


def blurred(table: pd.DataFrame, km: float) -> pd.DataFrame:
    """Return a table of mentions or incidents with its points moved to the middle of the cell of a grid they lie in.

    The grid is that of the whole world and depends on ``km`` alone, so that the same table gives the same result.

    Parameters
    ----------
    table
        A mention or incident table; it is not changed.
    km
        About how wide a cell is, north to south and east to west.

    Returns
    -------
        The table with other ``latitude``, ``longitude``, ``point_latitude`` and ``point_longitude``, with half the
        diagonal of a cell added to ``radius_km``, with ids of the form ``blurred:Name@cell``, and with the candidates
        in ``alternatives`` treated alike.

    Raises
    ------
    ConfigError
        If ``km`` is not above 0 and at most `MAX_KM`.
    TableError
        If columns of the table are missing.
    """
    check_blur(km)
    kind: Kind = "incidents" if kind_of(table) == "incidents" else "mentions"
    check_columns(table, SCHEMAS[kind], f"the {kind[:-1]} table")
    kinds = zip(table["feature_class"].fillna(""), table["feature_code"].fillna(""), strict=True)
    is_point = np.array([place_kind(*one) == "point" for one in kinds], bool)
    moved = table["latitude"].notna().to_numpy() & is_point
    other = table.copy()
    spots = _cells(table.loc[moved, "latitude"], table.loc[moved, "longitude"], km)
    named = zip(table.loc[moved, "name"], zip(*spots, strict=True), strict=True)
    other.loc[moved, "entry_id"] = [_id(name, *spot) for name, spot in named]
    other.loc[moved, "latitude"], other.loc[moved, "longitude"] = spots
    if kind == "mentions":
        moved |= table["location_basis"].eq("relation").to_numpy() & table["point_latitude"].notna().to_numpy()
        points = _cells(table.loc[moved, "point_latitude"], table.loc[moved, "point_longitude"], km)
        other.loc[moved, "point_latitude"], other.loc[moved, "point_longitude"] = points
        known = {listed: _blurred_candidates(listed, km) for listed in table["alternatives"].unique()}
        other["alternatives"] = table["alternatives"].map(known).astype(table["alternatives"].dtype)
    other.loc[moved, "radius_km"] = (table.loc[moved, "radius_km"].fillna(0) + km / math.sqrt(2)).round(1)
    return other


def is_blurred(entry_id: str) -> bool:
    """Tell whether an id is one of those that stand for the exact ones in a blurred table."""
    return entry_id.startswith(_BLURRED)


def check_blur(km: float) -> None:
    """Refuse a width that makes no sense, as a `ConfigError`: it is above 0 and at most `MAX_KM`."""
    if not 0 < km <= MAX_KM:
        raise ConfigError(f"the blur must be more than 0 and at most {MAX_KM:g} km, not {km:g}; try 5")


def _cells(latitudes: pd.Series, longitudes: pd.Series, km: float) -> tuple[np.ndarray, np.ndarray]:
    """Return the middles of the cells that points lie in: rows of equal height, cut into equal cells a row."""
    rows = math.ceil(180 * KM_A_DEGREE / km)
    row = np.clip(np.floor((latitudes.to_numpy(float) + 90) / 180 * rows), 0, rows - 1)
    latitude = (row + 0.5) * 180 / rows - 90
    columns = np.maximum(np.ceil(360 * KM_A_DEGREE * np.cos(np.radians(latitude)) / km), 1)
    column = np.floor(((longitudes.to_numpy(float) + 180) % 360) / 360 * columns)
    return np.round(latitude, 5), np.round((column + 0.5) * 360 / columns - 180, 5)


def _id(name: str, latitude: float, longitude: float) -> str:
    return f"{_BLURRED}{name}@{latitude:.2f},{longitude:.2f}"


def _blurred_candidates(listed: Any, km: float) -> Any:
    """Blur the candidates that were beaten; of what cannot be read nothing is left."""
    try:
        candidates = [dict(one) for one in json.loads(listed or "[]")]
        latitudes = pd.Series([float(one["latitude"]) for one in candidates], dtype=float)
        longitudes = pd.Series([float(one["longitude"]) for one in candidates], dtype=float)
    except (KeyError, TypeError, ValueError, RecursionError):
        return "[]"
    for one, latitude, longitude in zip(candidates, *_cells(latitudes, longitudes, km), strict=True):
        one |= {"latitude": float(latitude), "longitude": float(longitude)}
        one["entry_id"] = _id(str(one.get("name", "")), latitude, longitude)
    return json.dumps(candidates, ensure_ascii=False, separators=(",", ":"))
