"""The words that say what a unit is ("Province of", "Raion", "Gemeente"), learnt from the units and towns themselves.

A word that begins or ends the names of a country's units is a designator if the rest is the name of a town in such a
unit ("Pokrovsk" in Pokrovsk Raion) and the whole is not, as it is for "San Juan" and "Nova Iguaçu". Words that tell
units of one stem apart are none: "Ibadan North" is not Ibadan, for there is "Ibadan South".
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from gazetteer.recipe.containers import codes_of
from geomap.gazetteers.names import normalize
from geomap.types import GazetteerEntry

_MOST_WORDS = 3
# At least two units whose rest is a town's name, one in twenty, and twice as many as have the whole for a town's name.
# Below that are "General" of Argentine departments and "Aceh" of Indonesian regencies; above it, with 5 of 64, American
# "Parish". A word found so in three countries is one in any that does not contradict it ("Province" of Fiji).
_LEAST, _SHARE, _TIMES, _COUNTRIES = 2, 0.05, 2, 3
_SIBLINGS = 0.5

Affix = tuple[bool, str]
"""Whether it ends a name rather than begins it, and its key."""


class Designators:
    """The designators of each country.

    Parameters
    ----------
    entries
        First- and second-order units, and settlements with the codes of their units.
    """

    def __init__(self, entries: Iterable[GazetteerEntry]) -> None:
        listed = list(entries)
        units = [entry for entry in listed if entry.level in ("admin1", "admin2")]
        towns: dict[str, set[str]] = defaultdict(set)
        for entry in listed:
            if entry.level == "settlement":
                for code in codes_of(entry)[1:]:
                    towns[code].add(normalize(entry.name))
        self._known = _designators(units, towns)
        countries = Counter(affix for _, affix in self._known)
        self._common = frozenset(affix for affix, count in countries.items() if count >= _COUNTRIES)
        self._contradicted = _contradicted(units, towns)

    def bare(self, unit: GazetteerEntry) -> str:
        """Return the name of a unit without its longest designator, or nothing if it has none."""
        country = unit.country_code
        for affix, stem in _affixes(unit.name):
            known = (country, affix) in self._known
            if known or (affix in self._common and (country, affix) not in self._contradicted):
                return stem if any(letter.isalpha() for letter in stem) else ""
        return ""


def _affixes(name: str) -> Iterator[tuple[Affix, str]]:
    """Yield the words at the ends of a name with what is left of it, the longest first."""
    words = name.split()
    for length in range(min(_MOST_WORDS, len(words) - 1), 0, -1):
        yield (False, normalize(" ".join(words[:length]))), " ".join(words[length:])
        yield (True, normalize(" ".join(words[-length:]))), " ".join(words[:-length])


def _designators(units: Iterable[GazetteerEntry], towns: dict[str, set[str]]) -> set[tuple[str, Affix]]:
    """Return the designators of each country."""
    units = list(units)
    siblings = _siblings(units)
    all_units, by_rest, by_whole, told_apart = (Counter[tuple[str, Affix]]() for _ in range(4))
    for unit in units:
        inside = towns[codes_of(unit)[-1]]
        for affix, stem in _affixes(unit.name):
            key = unit.country_code, affix
            all_units[key] += 1
            by_rest[key] += normalize(stem) in inside
            by_whole[key] += normalize(unit.name) in inside
            told_apart[key] += bool(siblings[_family(unit, affix, stem)] - {affix[1]})
    return {
        key
        for key, count in all_units.items()
        if by_rest[key] >= max(_LEAST, _SHARE * count)
        and by_rest[key] > _TIMES * by_whole[key]
        and told_apart[key] < _SIBLINGS * count
    }


def _contradicted(units: Iterable[GazetteerEntry], towns: dict[str, set[str]]) -> set[tuple[str, Affix]]:
    """Return the affixes of each country that end or begin the name of a town there that a unit shares."""
    return {
        (unit.country_code, affix)
        for unit in units
        if normalize(unit.name) in towns[codes_of(unit)[-1]]
        for affix, _ in _affixes(unit.name)
    }


def _siblings(units: Iterable[GazetteerEntry]) -> dict[tuple[object, ...], set[str]]:
    """Return the affixes of as many words that units of one level and larger unit have with the same rest."""
    siblings: dict[tuple[object, ...], set[str]] = defaultdict(set)
    for unit in units:
        for affix, stem in _affixes(unit.name):
            siblings[_family(unit, affix, stem)].add(affix[1])
    return siblings


def _family(unit: GazetteerEntry, affix: Affix, stem: str) -> tuple[object, ...]:
    """Return what units of one stem share that only their affix tells apart."""
    larger = unit.admin1 if unit.level == "admin2" else ""
    return unit.country_code, larger, unit.level, affix[0], affix[1].count(" "), normalize(stem)
