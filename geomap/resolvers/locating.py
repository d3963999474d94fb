"""Where a mention is: the point that its wording means, how far around it that may be, and how exact the place is.

Codes follow the precision columns of ACLED (codebook, "Geo-Precision": 1 the place, 2 near it or part of a region, 3 a
larger region) and of UCDP GED (codebook, "where_prec": 1 exact, 2 near, 3 second-level division, 4 first-level,
5 vague, linear or between places, 6 country, 7 sea or air).
"""

import math
import re
from dataclasses import replace
from typing import NamedTuple

from geomap.language.coordinates import point_of
from geomap.language.distances import MOST_KM, Offset, offset_in
from geomap.language.word_lists import POINT_OF_EIGHT
from geomap.types import GazetteerEntry, Location, Mention, Resolution, Span

Codes = tuple[int | None, int | None]
"""ACLED geo precision and UCDP where_prec."""

AT, NEAR, DISTRICT, REGION, VAGUE, COUNTRY, SEA = (1, 1), (2, 2), (2, 3), (3, 4), (3, 5), (None, 6), (3, 7)
BETWEEN, OFF_SHORE, PART_OF_REGION = (2, 5), (2, 7), (2, 4)

FAR_KM = 100.0
"""Beyond this "N km from" a town says no more than which part of a country: about the radius of a first-level one."""

_WIDER: dict[Codes, Codes] = {AT: NEAR, NEAR: DISTRICT, DISTRICT: REGION, REGION: VAGUE, COUNTRY: VAGUE}
"""What "near", "south of" and the like make of the codes of a place."""

_SEAS = frozenset(["BAY", "BAYS", "CHN", "COVE", "GULF", "OCN", "SD", "SEA", "SHOL", "STRT"])
_VAST = frozenset(["DSRT", "ISLS", "MTS", "PLAT", "PLN"])
"""Terrain that reaches beyond one first-level division: deserts, chains of islands and of mountains."""

_OFF = re.compile(r"\boff\b")
_PATH = re.compile(r"\bbetween\b|\bon the (?:road|highway|way) to\b|\bborders?\b|\bfrontier\b|line of control")
_PART_BEFORE = re.compile(
    rf"""
    (?<!to\s) \b (
          (?:in\s+)? the\s+ (?: far\s+ | extreme\s+ )? {POINT_OF_EIGHT} (?:ern)?
          (?:\s+ (?: areas? | corner | edge | half | parts? | side | tip ))? \s+of
        | (?: far\s+ | extreme\s+ )? {POINT_OF_EIGHT}ern
        | central
        | lower
        | upper
    ) \s+ (?:the\s+)? $
    """,
    re.IGNORECASE | re.VERBOSE,
)
# "Ukraine's east", "Syria's northern provinces".
_PART_AFTER = re.compile(
    rf"[’']s?\s+((?:far\s+)?{POINT_OF_EIGHT}(?:ern\s+(?:areas?|parts?|half|regions?|provinces?|districts?))?)\b",
    re.IGNORECASE,
)


_DENSITY = 3_000.0
"""Inhabitants a square kilometre that a town's radius is reckoned with, as in built-up areas the world over."""

_LEAST_KM, _MOST_KM = 1.0, 25.0
"""Bounds of a town's radius: populations are missing, or those of a whole municipality."""

_DIVISIONS = {"PCL": 440.0, "TER": 440.0, "ADM1": 110.0, "ADM3": 12.0, "ADM4": 12.0, "ADM5": 12.0}
"""Radii of divisions in kilometres, by how the code begins: circles that share the land of the Earth (149 million km²)
equally among the entries of a level (250, 3,819 and 33,210); a third level is taken for a tenth of a second."""

_SECOND_LEVEL = 40.0

_NATURAL = {
    "CONT": 2_500.0, "RGN": 150.0, "OCN": 3_000.0, "SEA": 400.0, "GULF": 150.0, "STRT": 150.0, "CHN": 150.0,
    "BAY": 50.0, "STM": 100.0, "CNL": 100.0, "LK": 30.0, "RSV": 30.0, "DSRT": 300.0, "ISLS": 300.0, "MTS": 300.0,
    "PEN": 100.0, "VAL": 50.0, "DLTA": 50.0, "FRST": 30.0, "PRK": 30.0,
}  # fmt: skip
"""Radii of natural features and regions, by how the code begins: orders of magnitude, as the gazetteer has no sizes."""

_OTHER_KM = 15.0
"""Radius of an area that is not listed: an island, a mountain."""

_SPOT_KM = 0.5
"""Radius of a building or site."""

_EXACT_KM, _NEAR_KM = 3.0, 25.0
"""A point that may be off by more is not the town's own (UCDP: "exact" is the named place itself), and by more than the
second no more exact than a second-level division."""

_WORDINGS = (
    (re.compile(r"\b(?:next|adjacent|opposite|overlooking|across)\b"), 3.0),
    (re.compile(r"\b(?:outskirts|suburbs?|edges?|gates|entrances?|fringes?|limits|perimeter|periphery)\b"), 5.0),
    (re.compile(r"\boutside\b|\bclose to\b"), 10.0),
    (re.compile(r"\boff\b"), 50.0),
    (
        re.compile(r"\bbetween\b|\bon the \w+ to\b|stream\b|\binland\b|\brange\b|\bdirection\b|\bborder|\bfrontier"),
        30.0,
    ),
)
"""Kilometres beyond a place's own radius that words without a distance reach: the first that fit. Set by hand, so that
the words keep their order and none is smaller than towns are apart."""

_NEARBY_KM = 15.0
"""The same for "near", "around" and all other words."""

_ASIDE_KM, _JUST_ASIDE_KM = 25.0, 5.0
"""How far "south of" and "just south of" move a point when no distance is given, and how far around it is then. Where
news gives one (165 times in the train corpus of event places), a quarter are under 50 km: so far the circle reaches."""

_LARGEST_MOVED_KM = 120.0
"""Places of a larger radius keep their point: "south of Russia" is nowhere in particular."""

_LATERAL = {8: 0.4, 16: 0.2}
"""Share of a distance by which a point may lie aside: the sine of half the angle between two of 8 or 16 directions."""


class Point(NamedTuple):
    """Where something is, as exactly as words say."""

    latitude: float
    """WGS 84 degrees, north positive."""
    longitude: float
    """WGS 84 degrees, east positive, from -180 to 180."""
    radius_km: float
    """How far around it may be; 0 at a town or building itself."""


def location_at(text: str, mention: Mention, entry: GazetteerEntry) -> Location:
    """Return where a mention of an entry is, by the place and by the words around the name.

    Parameters
    ----------
    text
        The document's text.
    mention
        With the words that move the point off the place, in ``relation``.
    entry
        What the mention was resolved to.
    """
    part = part_at(text, (mention.start, mention.end))
    point = moved_point(entry, mention.relation)
    geo, where = precision_codes(entry, mention.relation, part=part)
    return Location(
        latitude=point.latitude,
        longitude=point.longitude,
        radius_km=point.radius_km,
        geo_precision=geo,
        where_precision=where,
        words=mention.relation,
    )


def located(text: str, resolution: Resolution) -> Resolution:
    """Return a resolution with its location, unless it has one: its entry's, or that of written coordinates."""
    if resolution.location is not None:
        return resolution
    if resolution.entry is None:
        point = point_of(resolution.mention.toponym)
        return replace(resolution, location=_written(*point)) if point else resolution
    return replace(resolution, location=location_at(text, resolution.mention, resolution.entry))


def _written(latitude: float, longitude: float) -> Location:
    geo, where = AT
    return Location(
        latitude=latitude,
        longitude=longitude,
        radius_km=0.0,
        geo_precision=geo,
        where_precision=where,
        basis="coordinates",
    )


def part_at(text: str, span: Span) -> str:
    """Return the words that say in which part of a place something is: "eastern", "in the south of".

    Parameters
    ----------
    text
        The document's text.
    span
        Offsets of the mention.

    Returns
    -------
        White space made single; empty when the whole place is named, or a point off it ("south of").
    """
    found = _PART_BEFORE.search(text[max(0, span[0] - 60) : span[0]])
    found = found or _PART_AFTER.match(text, span[1], span[1] + 40)
    return " ".join(found.group(1).split()) if found else ""


def precision_codes(entry: GazetteerEntry | None, relation: str, *, part: str = "") -> Codes:
    """Return ACLED's geo precision and UCDP's where_prec of a place as worded.

    Parameters
    ----------
    entry
        The resolved place; ``None`` gives ``(None, None)``.
    relation
        `Mention.relation`: the words that move the point off the place; empty at the place itself.
    part
        What `part_at` found: "eastern" makes a country a part of one, and of a region.
    """
    if entry is None:
        return None, None
    codes = codes_of(entry)
    if codes == AT and entry.accuracy_km > _EXACT_KM:
        codes = NEAR if entry.accuracy_km <= _NEAR_KM else DISTRICT
    if _OFF.search(relation) and codes != SEA:
        return OFF_SHORE if codes == AT else SEA
    if relation:
        return _codes_off(codes, relation)
    if part and codes == COUNTRY and entry.feature_class == "A":
        return VAGUE
    return PART_OF_REGION if part and codes == REGION and entry.feature_class == "A" else codes


def codes_of(entry: GazetteerEntry) -> Codes:
    """Return the codes of a place itself, by its GeoNames class and code."""
    match entry.feature_class:
        case "P" | "S":
            return AT
        case "A":
            return _codes_of_division(entry.feature_code)
        case "L":
            return (
                COUNTRY if entry.feature_code == "CONT" else VAGUE if entry.feature_code.startswith("RGN") else REGION
            )
        case "H" | "U":
            return SEA if entry.feature_code in _SEAS or entry.feature_class == "U" else REGION
        case "R":
            return VAGUE  # a road or railway is linear
        case _:
            return VAGUE if entry.feature_code in _VAST else REGION


def _codes_of_division(code: str) -> Codes:
    if code.startswith(("PCL", "TERR", "ZN")):
        return COUNTRY
    if code.startswith("ADM1"):
        return REGION
    return NEAR if code[:4] in ("ADM3", "ADM4", "ADM5") else DISTRICT


def _codes_off(codes: Codes, relation: str) -> Codes:
    if _PATH.search(relation):
        return BETWEEN if codes in (AT, NEAR) else VAGUE
    km = offset_in(relation).km
    return VAGUE if km is not None and km > FAR_KM and codes != SEA else _WIDER.get(codes, codes)


def moved_point(entry: GazetteerEntry, relation: str) -> Point:
    """Return the point that a place's wording means, and how far around it that may be.

    "In the south of X" stays at X: it is no relation. A distance without a direction widens the circle; a direction
    moves its centre.

    Parameters
    ----------
    entry
        The resolved place.
    relation
        `Mention.relation`: the words that move the point off the place; empty at the place itself.
    """
    extent, accuracy = extent_km(entry), entry.accuracy_km
    small = entry.feature_class in ("P", "S")
    if not relation:
        return _point(entry, accuracy + (0.0 if small else extent))
    offset = offset_in(relation)
    if offset.bearing is None or extent > _LARGEST_MOVED_KM:
        return _point(entry, accuracy + extent + (_reach_km(relation) if offset.km is None else offset.km))
    aside = _JUST_ASIDE_KM if re.search(r"\b(?:just|immediate)", relation) else _ASIDE_KM
    spread = aside if offset.km is None else offset.km * _LATERAL[offset.points]
    from_edge = 0.0 if small else extent  # distances are from the middle of a town, and from the edge of a region
    return _moved(
        entry, offset, aside + extent if offset.km is None else offset.km + from_edge, spread + extent + accuracy
    )


def extent_km(entry: GazetteerEntry) -> float:
    """Return about how far a place reaches from its point, in kilometres: as stored, else by its people or its kind."""
    if entry.extent_km:
        return entry.extent_km
    code = entry.feature_code
    if entry.feature_class == "P":
        radius = math.sqrt(max(entry.population, 0) / (math.pi * _DENSITY))
        return round(min(max(radius, _LEAST_KM), _MOST_KM), 1)
    if entry.feature_class == "S":
        return _SPOT_KM
    sizes, other = (_DIVISIONS, _SECOND_LEVEL) if entry.feature_class == "A" else (_NATURAL, _OTHER_KM)
    # The longest beginning counts: ISLS before ISL.
    return next((sizes[start] for start in sorted(sizes, key=len, reverse=True) if code.startswith(start)), other)


def _reach_km(relation: str) -> float:
    words = relation.lower()
    return next((km for pattern, km in _WORDINGS if pattern.search(words)), _NEARBY_KM)


def _point(entry: GazetteerEntry, radius_km: float) -> Point:
    return Point(entry.latitude, entry.longitude, round(min(radius_km, MOST_KM), 1))


def _moved(entry: GazetteerEntry, offset: Offset, km: float, radius_km: float) -> Point:
    """Return the point some kilometres away, and how far around it."""
    latitude, longitude = point_off(entry.latitude, entry.longitude, km=km, bearing=offset.bearing or 0.0)
    return Point(latitude, longitude, round(min(max(radius_km, _LEAST_KM), MOST_KM), 1))


def point_off(latitude: float, longitude: float, *, km: float, bearing: float) -> tuple[float, float]:
    """Return the point some kilometres away along the geodesic; five decimals are a metre."""
    # Loaded when it is needed: geopy brings all its services along, a quarter of a second.
    from geopy.distance import geodesic  # type: ignore[import-untyped]  # geopy has no type hints

    end = geodesic(kilometers=km).destination((latitude, longitude), bearing=bearing)
    return round(end.latitude, 5), round((end.longitude + 180) % 360 - 180, 5)
