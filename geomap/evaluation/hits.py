"""The one place where it is decided whether an answer is right: a span, and a place."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from geomap.evaluation.gold import GoldToponym
from geomap.gazetteers import SqliteGazetteer
from geomap.gazetteers.distance import haversine_km
from geomap.types import GazetteerEntry, Mention, Span

HIT_KM = 161.0
"""100 miles, within which a location is by custom counted as right (after Cheng, Caverlee and Lee, 2010)."""

SAME_KM = 10.0
"""Within so many kilometres two pins mean one spot: pins of one village lie that far apart at most."""

NO_ANSWER_KM = 20039.0
"""Half the Earth's circumference, the error that no answer counts as."""

_ARTICLE = re.compile(r"the\s+(?=\S)", re.IGNORECASE)
_POSSESSIVE = re.compile(r"(?<=\S)[’']s$", re.IGNORECASE)


class Spanned(Protocol):
    """What a recogniser found."""

    @property
    def start(self) -> int:
        """Offset of its first character."""

    @property
    def end(self) -> int:
        """Offset after its last character."""

    @property
    def demonym(self) -> bool:
        """Whether it is a demonym."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldPlace:
    """Where a gold toponym is."""

    id: str
    """``geonames:…``; empty when the corpus gives none."""
    latitude: float
    longitude: float
    feature_code: str
    """As the corpus has it; empty when unknown."""
    countries: frozenset[str] = frozenset()
    """Codes of the countries that are meant, one in most cases; empty for all other places."""
    hit_km: float = HIT_KM
    """How far an entry may be off to be a hit."""


def gold_place(toponym: GoldToponym, gazetteer: SqliteGazetteer) -> GoldPlace | None:
    """Return where a gold toponym is, and which country it is if it is one; ``None`` without coordinates."""
    if toponym.latitude is None or toponym.longitude is None:
        return None
    known = gazetteer.entry(toponym.entry_id) if toponym.entry_id else None
    code, countries = toponym.feature_code, set[str]()
    if known or (code.startswith("PCL") and len(toponym.country) > 2):
        named = [known] if known else gazetteer.lookup(toponym.country)
        countries = {one.country_code for one in named if one.feature_code.startswith("PCL")}
    elif code.startswith("PCL"):
        countries = {toponym.country.upper()}
    return GoldPlace(
        id=toponym.entry_id,
        latitude=toponym.latitude,
        longitude=toponym.longitude,
        feature_code=code,
        countries=frozenset(countries - {""}),
    )


def is_hit(entry: GazetteerEntry | None, place: GoldPlace | None, *, blurred: bool = False) -> bool:
    """Return whether an entry is right: the same id, the same country for countries, or near enough.

    Parameters
    ----------
    entry
        The answer; ``None`` (NIL) is a miss.
    place
        The gold; nothing hits ``None``.
    blurred
        Whether what the entry's own point may be off is granted, too, as those who learn do: they ask for towns within
        25 km.
    """
    if entry is None or place is None:
        return False
    return distance_km(entry, place) <= place.hit_km + blurred * entry.accuracy_km


def is_same(entry: GazetteerEntry, place: GoldPlace) -> bool:
    """Return whether an entry is the gold place: the same id or, for countries, the same country."""
    return entry.id == place.id or (entry.feature_code.startswith("PCL") and entry.country_code in place.countries)


def distance_km(entry: GazetteerEntry | None, place: GoldPlace | None) -> float:
    """Return how far an answer is off: 0 for the same place or country, 20,039 for no answer.

    Gazetteers put the point of a large country anywhere in it, so distance would punish what is right.
    """
    if entry is None or place is None:
        return NO_ANSWER_KM
    return 0.0 if is_same(entry, place) else apart_km(entry, place)


def apart_km(entry: GazetteerEntry, place: GoldPlace) -> float:
    """Return how far an entry's point lies from the gold's, in kilometres."""
    return haversine_km(entry.latitude, entry.longitude, place.latitude, place.longitude)


def trimmed(text: str, span: Span) -> Span:
    """Return a span without a leading "the" and a trailing "'s"."""
    start, end = span
    article = _ARTICLE.match(text, start, end)
    start = article.end() if article else start
    possessive = _POSSESSIVE.search(text[start:end])
    return start, start + possessive.start() if possessive else end


def overlap(span: Span, other: Span) -> bool:
    """Return whether two half-open spans share a character."""
    return span[0] < other[1] and other[0] < span[1]


def compared(
    text: str, toponyms: Iterable[GoldToponym], found: Iterable[Spanned]
) -> tuple[dict[Span, GoldToponym], set[Span]]:
    """Return the spans that are asked for, with what they are, and those found that count; both `trimmed`.

    Demonyms are neither required nor punished: a gold one is not asked for, and what is found that is one, or overlaps
    a gold one, does not count unless it is exactly a name that is asked for.
    """
    every = list(toponyms)
    wanted = {trimmed(text, (one.start, one.end)): one for one in every if not one.demonym}
    demonyms = [(one.start, one.end) for one in every if one.demonym]
    counted = set()
    for one in found:
        span = trimmed(text, (one.start, one.end))
        if span in wanted or not (one.demonym or any(overlap(span, demonym) for demonym in demonyms)):
            counted.add(span)
    return wanted, counted


def mention_at(toponym: GoldToponym, mentions: Sequence[Mention]) -> Mention | None:
    """Return the mention that overlaps a gold toponym most, the earlier one when equal; ``None`` when none does."""
    found = [mention for mention in mentions if overlap((toponym.start, toponym.end), (mention.start, mention.end))]
    shared = [min(mention.end, toponym.end) - max(mention.start, toponym.start) for mention in found]
    return found[shared.index(max(shared))] if found else None
