"""A name before "airport" or "air base" is that of the facility, where the gazetteer has one there: "Hatay airport".

The town or unit decides which of its namesakes is meant; a facility of the name that lies near it takes its place. One
that the gazetteer lacks leaves the town.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from geomap.gazetteers.distance import km_between
from geomap.resolvers.locating import extent_km
from geomap.resolvers.thresholds import FACILITY_KM, ONLY_FACILITY
from geomap.types import Candidate, Gazetteer, GazetteerEntry, Resolution

_AFTER = re.compile(
    r"""
    [\s-] (?P<kind>
        (?:(?: international | military | civilian | domestic | regional ) \s)?
        (?P<noun> airport | airfield | aerodrome | airstrip | air[\s-]?base | air\sforce\sbase | air\sstation )
    ) \b
    """,
    re.IGNORECASE | re.VERBOSE,
)
# What else a gazetteer may call it, the likeliest first. An air base is not looked for at the town's airport, for many
# a town has both.
_CALLED: Mapping[str, tuple[str, ...]] = {
    "airport": ("airport", "international airport"),
    "field": ("airfield", "air base", "airbase", "airport"),
    "base": ("air base", "airbase", "air force base", "airfield"),
}
_CODES = ("AIRP", "AIRB", "AIRF")


def at_facility(text: str, resolution: Resolution, gazetteer: Gazetteer) -> Resolution:
    """Return a resolution with the airport or air base that its mention is the name of, where there is one.

    Parameters
    ----------
    text
        The document's text.
    resolution
        Of a mention: to a town or unit near which the facility must lie, or NIL, for which it must be the only one of
        its name. One to a facility is returned as it is, and so is the second of two towns: "Dallas/Fort Worth".
    gazetteer
        Where the facility is looked for.
    """
    mention, place = resolution.mention, resolution.entry
    is_second = text[max(0, mention.start - 1) : mention.start] in ("/", "-", "–")
    said = None if is_second else _AFTER.match(text, mention.end)
    if said is None or mention.demonym or (place is not None and place.level in ("facility", "country")):
        return resolution
    for name in _names(mention.toponym, place, said):
        found = [one for one in gazetteer.candidates(name) if one.entry.feature_code in _CODES]
        if place is None:
            fitting = found if len(found) == 1 else []
        else:
            fitting = sorted(
                (one for one in found if _is_at(one.entry, place)), key=lambda one: km_between(one.entry, place)
            )
        if fitting:
            return _taken(resolution, fitting[0])
    return resolution


def _names(toponym: str, place: GazetteerEntry | None, said: re.Match[str]) -> Iterator[str]:
    """Yield the names under which the facility may be known: as written, then with other words for it."""
    kind, noun = (re.sub(r"[\s-]+", " ", said[group].lower()) for group in ("kind", "noun"))
    group = "airport" if noun == "airport" else "base" if "base" in noun or "station" in noun else "field"
    bases = dict.fromkeys([toponym, *([place.name] if place else [])])
    for base in bases:
        yield from dict.fromkeys(f"{base} {word}" for word in (kind, noun, *_CALLED[group]))


def _is_at(facility: GazetteerEntry, place: GazetteerEntry) -> bool:
    """Whether a facility lies at a town, or inside a unit."""
    if place.level in ("admin1", "admin2") and facility.admin1 and place.admin1:
        return (facility.country_code, facility.admin1) == (place.country_code, place.admin1)
    return km_between(facility, place) <= max(FACILITY_KM, extent_km(place))


def _taken(resolution: Resolution, facility: Candidate) -> Resolution:
    """Return a resolution to a facility, as sure as it was of the town; what the town was located by is void."""
    score = resolution.candidates[0].score if resolution.candidates else 0.0
    alone = round(ONLY_FACILITY * resolution.mention.certainty, 2)
    others = tuple(one for one in resolution.candidates if one.entry.id != facility.entry.id)
    first = replace(facility, score=score, features={"wording": 1.0})
    return replace(
        resolution,
        entry=facility.entry,
        confidence=resolution.confidence if resolution.entry else alone,
        candidates=(first, *others),
        location=None,
    )
