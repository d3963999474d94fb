"""Places with all their names, before they are entries of a database, and which of their alternate names are kept.

Codes and addresses are no names. Those of a settlement that mean another place to any reader are left out, or kept as
names of the past. GeoNames' alternate names come without a language or a date: among them are country names in some
language ("Iraq" for Arāk), translations that are a metropolis elsewhere ("Kazan" for Kotel in Bulgaria), and former or
local names that a living place bears today ("Oleksandrivka" for Donetsk). Only names that look nothing like the place's
own are touched: respellings, short forms and long forms stay.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Literal

from geomap.gazetteers.names import normalize
from geomap.types import GazetteerEntry, NameKind

Name = tuple[str, NameKind]
"""A name and its kind."""

# Two to five capitals are codes of airports, states and the like, a dot after a few letters marks an abbreviation
# (those worth having are written down by hand, with their kind), and what holds digits or an address is no name either.
_CODE = re.compile(r"[A-Z]{2,5}|(?:[A-Z][a-z]{0,4}\.)+|.*(?:://|[0-9_@=]).*")

# Set by looking at samples of the 950,000 alternates: under this likeness (difflib's ratio of the keys) lie "Sredets"
# for Sofia and "El Paso" for Colorado Springs, above it "Hanover" for Hannover and "Sevastopol" for Sebastopol.
_ALIKE = 0.6
# Elsewhere, a namesake counts that is a town of 100,000 or a first-order unit and ten times the place: "Homs" stays a
# name of Al Khums in Libya, "Vienna" does not stay one of Calhoun in Georgia.
_LARGE, _TIMES = 100_000, 10
# How a name may begin that is not in another script; those are the most, and none is English.
_LATIN = re.compile("[^\u0370-\u1dff\u2e80-\uffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An entry with all its names."""

    entry: GazetteerEntry
    """The entry; its own name is not among ``names``."""
    names: tuple[Name, ...] = ()
    """Further names; of two kinds for one name the more telling one counts."""


def is_junk(name: str) -> bool:
    """Return whether an alternate name is a code, an abbreviation, an address or a lower-case machine romanisation."""
    return name.isascii() and (name == name.lower() or _CODE.fullmatch(name) is not None)


def without_namesakes(places: Iterable[Place], *, countries: Mapping[str, str]) -> list[Place]:
    """Return the places, with those alternates of settlements left out or made historic that are another's name today.

    Parameters
    ----------
    places
        Places in any order.
    countries
        ISO 3166-1 alpha-2 code of each English name of a country, by the key of the name. Such a name is left out in
        any other country, unless the settlement's own name begins with it ("Benin City").
    """
    listed = list(places)
    owners: dict[str, list[GazetteerEntry]] = defaultdict(list)
    for place in listed:
        if place.entry.level in ("settlement", "admin1"):
            owners[normalize(place.entry.name)].append(place.entry)
    return [
        replace(place, names=tuple(_judged(place, owners, countries)))
        if place.entry.level in ("settlement", "quarter")
        else place
        for place in listed
    ]


def kind_beside(
    entry: GazetteerEntry, key: str, living: Sequence[GazetteerEntry]
) -> Literal["alternate", "historic"] | None:
    """Return what an alternate name of a settlement is, beside those that bear it as their own today.

    Parameters
    ----------
    entry
        The settlement.
    key
        Of the name.
    living
        Settlements, first-order units and countries that bear the name.

    Returns
    -------
        ``None`` if it means a country or a greater place elsewhere, ``historic`` if a neighbour, else ``alternate``.
    """
    nation = next((one.country_code for one in living if one.level == "country"), None)
    return _kind(entry, key, normalize(entry.name), living, nation)


def _judged(place: Place, owners: Mapping[str, list[GazetteerEntry]], countries: Mapping[str, str]) -> Iterable[Name]:
    """Yield the names of a settlement that are its own, those of the past as such."""
    entry = place.entry
    own = normalize(entry.name)
    for name, kind in place.names:
        key = normalize(name) if kind == "alternate" and _LATIN.match(name) else ""
        if not key or not key.isascii() or key == own:
            yield name, kind
        elif beside := _kind(entry, key, own, owners.get(key, ()), countries.get(key)):
            yield name, beside


def _kind(
    entry: GazetteerEntry, key: str, own: str, living: Sequence[GazetteerEntry], nation: str | None
) -> Literal["alternate", "historic"] | None:
    """Return what `kind_beside` does, given the keys of both names and the code of the country that the one means."""
    if nation is not None:
        return "alternate" if nation == entry.country_code or own.startswith(f"{key} ") else None
    has_neighbour = any(one.country_code == entry.country_code and one.level == "settlement" for one in living)
    largest = max((one.population for one in living), default=0)
    is_free = not has_neighbour and largest < max(_LARGE, _TIMES * entry.population)
    if is_free or _is_like(key, own):
        return "alternate"
    return "historic" if has_neighbour else None


def _is_like(key: str, own: str) -> bool:
    """Return whether a name is another's short form, long form or respelling."""
    if f" {key} " in f" {own} " or f" {own} " in f" {key} ":
        return True
    return SequenceMatcher(None, own.replace(" ", ""), key.replace(" ", ""), autojunk=False).ratio() >= _ALIKE
