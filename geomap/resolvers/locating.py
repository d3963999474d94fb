"""Where a mention is: the point that its wording means, and how far around it that may be.

`location_at` is for a place with an entry ("20 km south of Pokrovsk"), `location_off` for one without, from what the
report tells of it against a place that has one. How far words without a distance reach is in
`geomap.resolvers.thresholds`, the precision codes are in `geomap.resolvers.precision`.
"""

import math
import re
from dataclasses import replace
from typing import NamedTuple

from geomap.language.coordinates import point_of
from geomap.language.distances import MOST_KM, Offset, offset_in
from geomap.language.relations import LISTED, UNDER
from geomap.language.word_lists import POINT_OF_EIGHT
from geomap.resolvers.precision import AT, NEAR, Codes, codes_of, precision_codes
from geomap.resolvers.thresholds import (
    ASIDE_KM,
    JUST_ASIDE_KM,
    LARGEST_MOVED_KM,
    NEARBY_KM,
    UNKNOWN_ASIDE_KM,
    UNKNOWN_KM,
    WIDEST_UNKNOWN_KM,
)
from geomap.types import GazetteerEntry, Location, Mention, Relation, Resolution, Span

PART_BEFORE = re.compile(
    rf"""
    (?<!to\s)\b                                  # "to the south of" is off the place
    (
        (?:in\s+)?the\s+(?:far\s+|extreme\s+)?{POINT_OF_EIGHT}(?:ern)?
        (?:\s+(?:areas?|corner|edge|half|parts?|side|tip))?\s+of
        |(?:far\s+|extreme\s+)?{POINT_OF_EIGHT}ern
        |central|lower|upper
    )
    \s+(?:the\s+)?$
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""Words before a name for a part of the place: "in the far south of", "eastern"."""

PART_AFTER = re.compile(
    rf"""
    [’']s?\s+
    ((?:far\s+)?{POINT_OF_EIGHT}(?:ern\s+(?:areas?|parts?|half|regions?|provinces?|districts?))?)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""Words after a name for a part of the place: "Ukraine's east", "Syria's northern provinces"."""


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

WORDINGS = (
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

_LATERAL = {8: 0.4, 16: 0.2}
"""Share of a distance by which a point may lie aside: the sine of half the angle between two of 8 or 16 directions."""


_TOLD_WORDS = {"in": "in", "near": "near", "beside": "named with"}


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


def location_off(relation: Relation, anchor: GazetteerEntry, name: str) -> Location | None:
    """Return where a place without an entry lies, by what is told of it.

    Parameters
    ----------
    relation
        What is told.
    anchor
        The entry it is told from.
    name
        Its name in the text.

    Returns
    -------
        ``None`` where that says next to nothing: in a country, in a list with a region.
    """
    extent = extent_km(anchor)
    town = anchor.level in ("settlement", "quarter", "facility")
    if anchor.level == "country" or (relation.kind == "beside" and not town) or relation.kind == "between":
        return None
    point = anchor.latitude, anchor.longitude
    codes: Codes = NEAR
    if relation.kind == "in" and (relation.words == LISTED or (relation.words == UNDER and not town)):
        return None
    if relation.kind == "in" and not town:
        radius, codes = extent, codes_of(anchor)
    elif relation.kind == "in":
        radius = extent + UNKNOWN_KM[relation.words if relation.words in UNKNOWN_KM else "in"]
    else:
        km = relation.km if relation.km is not None else UNKNOWN_ASIDE_KM
        if relation.bearing is not None:
            point = point_off(*point, km=km + (0.0 if town else extent), bearing=relation.bearing)
        radius = UNKNOWN_KM["around" if relation.words == "around" else relation.kind] + (0.0 if town else extent)
        if relation.km is not None:
            radius = max(10.0, (0.4 if relation.bearing is not None else 1.2) * relation.km)
    radius = round(radius + anchor.accuracy_km, 1)
    if radius > WIDEST_UNKNOWN_KM:
        return None
    words = _TOLD_WORDS.get(relation.words) or _TOLD_WORDS.get(relation.kind) or relation.words
    return Location(
        latitude=point[0],
        longitude=point[1],
        radius_km=radius,
        geo_precision=codes[0],
        where_precision=codes[1],
        basis="relation",
        words=f"{words} {name}",
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
    found = PART_BEFORE.search(text[max(0, span[0] - 60) : span[0]])
    found = found or PART_AFTER.match(text, span[1], span[1] + 40)
    return " ".join(found.group(1).split()) if found else ""


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
    if offset.bearing is None or extent > LARGEST_MOVED_KM:
        return _point(entry, accuracy + extent + (_reach_km(relation) if offset.km is None else offset.km))
    aside = JUST_ASIDE_KM if re.search(r"\b(?:just|immediate)", relation) else ASIDE_KM
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
    return next((km for pattern, km in WORDINGS if pattern.search(words)), NEARBY_KM)


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
