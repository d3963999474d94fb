"""Airports and air bases, as airportsdata carries them, under names that say what they are.

A bare name ("Kursk", "John F. Kennedy") and a code (ICAO, IATA) are no names of an airport in a report; what is kept
has a word such as "airport" in each of its names. "London Airport" is not the one of London in Kentucky.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version
from typing import Any

from geomap.errors import GazetteerError
from geomap.gazetteers.alternates import Name, Place
from geomap.gazetteers.distance import haversine_km, km_between
from geomap.gazetteers.names import normalize
from geomap.types import GazetteerEntry

AIRPORTSDATA_VERSION = "20260905"
"""Another version would build another gazetteer."""

_MILITARY = re.compile(
    r"\b(?:air ?base|afb|air force (?:base|station)|(?:naval|army|marine corps) air (?:base|station)|army airfield)\b"
    r"|^raf ",
    re.IGNORECASE,
)
_CIVIL = re.compile(r"\b(?:airport|airfield|aerodrome|airstrip)\b", re.IGNORECASE)
_CLASS = re.compile(r"\b(?:international|intl|regional|municipal|domestic|national) (?=airport\b)", re.IGNORECASE)
_BRACKETS = re.compile(r" ?\([^)]*\)")
_PLAIN = re.compile(r"[^\W\d_][^\d/(),&]{2,}")
# Where the list has over a thousand, most are strips of farms and of private persons: "Smith Airport" is seven of them.
_PRIVATE = 1_000
_OF_TOWN_KM = 60.0
"""How far from its town an airport may lie: nine in ten lie within 75 km of the nearest of that name in their country,
half within 7, and what is farther mostly belongs to a namesake."""
_UNIT_KM = 50.0
# As for alternate names of towns, see `namesakes`.
_LARGE, _TIMES = 100_000, 10
_WRITTEN_KM = 3.0
_CELLS = (-1, 0, 1)


@dataclass(frozen=True, slots=True)
class _Airport:
    """A record that is kept."""

    place: Place
    city: str
    is_scheduled: bool
    """Whether it has an IATA code."""


def load_airports() -> dict[str, Mapping[str, Any]]:
    """Return airportsdata's records by ICAO code.

    Raises
    ------
    GazetteerError
        airportsdata is not installed, or in another version.
    """
    try:
        from airportsdata import load
    except ImportError as error:
        remedy = f"pip install airportsdata=={AIRPORTSDATA_VERSION}"
        raise GazetteerError(f"the gazetteer is built from airportsdata, which is missing: {remedy}") from error
    if (installed := version("airportsdata")) != AIRPORTSDATA_VERSION:
        raise GazetteerError(
            f"the gazetteer is built from airportsdata {AIRPORTSDATA_VERSION}, not {installed}: "
            f"pip install airportsdata=={AIRPORTSDATA_VERSION}"
        )
    return {code: dict(record) for code, record in load("ICAO").items()}


def read_airports(
    records: Mapping[str, Mapping[str, Any]], listed: Iterable[Place], written: Iterable[Place]
) -> Iterator[Place]:
    """Yield the airports and air bases that a report may mean by a name.

    Left out is what has no word for an airport in its name, and in countries whose private strips are listed, what has
    neither an IATA code nor the name of a town nearby and is no base. The name of its city with "Airport" leads to the
    only one, or the only international one, that serves a town of that name.

    Parameters
    ----------
    records
        Of airportsdata, by ICAO code.
    listed
        Settlements, which give airports their units, and larger units and countries.
    written
        Places that are written down by hand: an airport that is among them keeps their id, and gets its own point.
    """
    known = _Known(listed)
    private = {
        country for country, count in Counter(r["country"] for r in records.values()).items() if count > _PRIVATE
    }
    kept = [
        airport
        for code, record in sorted(records.items())
        if (airport := _airport(code, record, known))
        and (record["country"] not in private or _is_known(airport, known))
    ]
    sites = [place for place in written if place.entry.feature_code in ("AIRP", "AIRB")]
    own = {(site.entry.country_code, normalize(name)) for site in sites for name, _ in _all_names(site)}
    own |= {(one.place.entry.country_code, normalize(name)) for one in kept for name, _ in _all_names(one.place)}
    named = _by_city(kept, known, own)
    for airport in kept:
        place = airport.place
        if alias := named.get(place.entry.id):
            place = replace(place, names=(*place.names, (alias, "alternate")))
        names = [one for one in _all_names(place) if not known.means_another(one[0], place.entry)]
        if names:
            entry = replace(place.entry, name=names[0][0])
            yield _as_written(Place(entry=entry, names=tuple(names[1:])), sites)


class _Known:
    """The places of the gazetteer by name, and its settlements by where they lie."""

    def __init__(self, listed: Iterable[Place]) -> None:
        self._by_key: dict[tuple[str, str], list[GazetteerEntry]] = defaultdict(list)
        self._by_cell: dict[tuple[str, int, int], list[GazetteerEntry]] = defaultdict(list)
        self._great: dict[str, list[GazetteerEntry]] = defaultdict(list)
        for place in listed:
            entry = place.entry
            if entry.level in ("settlement", "admin1", "country") and entry.population >= _LARGE:
                self._great[normalize(entry.name)].append(entry)
            if entry.level != "settlement":
                continue
            for key in {normalize(name) for name, _ in _all_names(place)}:
                self._by_key[entry.country_code, key].append(entry)
            if not entry.accuracy_km:
                self._by_cell[entry.country_code, int(entry.latitude), int(entry.longitude)].append(entry)

    def has(self, name: str, airport: GazetteerEntry) -> bool:
        """Whether a settlement of a name lies near an airport, in its country."""
        towns = self._by_key.get((airport.country_code, normalize(name)), ())
        return any(km_between(town, airport) <= _OF_TOWN_KM for town in towns)

    def means_another(self, name: str, airport: GazetteerEntry) -> bool:
        """Whether an airport's name begins with that of a place elsewhere, ten times its own town."""
        stem = normalize(_stem(name))
        own = [
            one for one in self._by_key.get((airport.country_code, stem), ()) if km_between(one, airport) <= _OF_TOWN_KM
        ]
        least = _TIMES * max((one.population for one in own), default=0)
        return any(
            one.population >= least and km_between(one, airport) > max(_OF_TOWN_KM, one.extent_km)
            for one in self._great.get(stem, ())
        )

    def units(self, country: str, latitude: float, longitude: float) -> tuple[str, str]:
        """Return the first- and second-order unit of the nearest settlement of a country; empty where none is near."""
        cells = [(country, int(latitude) + i, int(longitude) + j) for i in _CELLS for j in _CELLS]
        near = [
            (km, town.id, town)
            for cell in cells
            for town in self._by_cell.get(cell, ())
            if (km := haversine_km(latitude, longitude, town.latitude, town.longitude)) <= _UNIT_KM
        ]
        return (town.admin1, town.admin2) if near and (town := min(near)[2]) else ("", "")


def _airport(code: str, record: Mapping[str, Any], towns: _Known) -> _Airport | None:
    """Return the airport of a record, if its name says that it is one."""
    name = " ".join(_BRACKETS.sub("", record["name"]).split())
    is_base = bool(_MILITARY.search(name))
    if not (is_base or _CIVIL.search(name)) or len(normalize(name).split()) < 2:
        return None
    latitude, longitude = round(float(record["lat"]), 5), round(float(record["lon"]), 5)
    admin1, admin2 = towns.units(record["country"], latitude, longitude)
    entry = GazetteerEntry(
        id=f"airportsdata:{code}",
        name=name,
        latitude=latitude,
        longitude=longitude,
        feature_class="S",
        feature_code="AIRB" if is_base else "AIRP",
        level="facility",
        country_code=record["country"],
        admin1=admin1,
        admin2=admin2,
    )
    city = record["city"] if _PLAIN.fullmatch(record["city"] or "") else ""
    return _Airport(Place(entry=entry, names=_other_names(name)), city, bool(record["iata"]))


def _other_names(name: str) -> tuple[Name, ...]:
    """Return a name without what class of airport it is, and "air base" in one word and in two."""
    forms = [_CLASS.sub("", name)]
    forms += [re.sub(r"\bMilitary (?=Air ?base\b)", "", name, flags=re.IGNORECASE)]
    forms += [
        re.sub(one, other, form)
        for form in [name, *forms]
        for one, other in (("Air Base", "Airbase"), ("Airbase", "Air Base"))
    ]
    return tuple((form, "alternate") for form in dict.fromkeys(forms) if form != name and " " in form)


def _is_known(airport: _Airport, towns: _Known) -> bool:
    """Whether an airport is more than a strip of somebody's own."""
    entry = airport.place.entry
    return airport.is_scheduled or entry.feature_code == "AIRB" or towns.has(_stem(entry.name), entry)


def _stem(name: str) -> str:
    """Return the name of an airport without the words for one: "Simferopol"."""
    return " ".join(_CIVIL.sub(" ", _CLASS.sub("", name)).split())


def _by_city(airports: Sequence[_Airport], towns: _Known, own: set[tuple[str, str]]) -> dict[str, str]:
    """Return the name by its city of each airport that such a name leads to, by id."""
    serving: dict[tuple[str, str], list[_Airport]] = defaultdict(list)
    for one in airports:
        entry = one.place.entry
        if one.city and one.is_scheduled and entry.feature_code == "AIRP" and towns.has(one.city, entry):
            serving[entry.country_code, normalize(one.city)].append(one)
    named = {}
    for (country, _), group in serving.items():
        international = [one for one in group if "international" in one.place.entry.name.lower()]
        alias = f"{group[0].city} Airport"
        for only in (group, international):
            if len(only) == 1 and (country, normalize(alias)) not in own:
                named[only[0].place.entry.id] = alias
                break
    return named


def _as_written(place: Place, sites: Iterable[Place]) -> Place:
    """Return an airport under the id of the site that is written down by hand at its point, if there is one."""
    entry = place.entry
    near = [
        (km, site.entry.id, site.entry)
        for site in sites
        if abs(site.entry.latitude - entry.latitude) < 1
        and (km := km_between(site.entry, entry)) <= max(_WRITTEN_KM, site.entry.accuracy_km)
    ]
    if not near:
        return place
    site = min(near)[2]
    sharper = replace(site, latitude=entry.latitude, longitude=entry.longitude, accuracy_km=0.0)
    return Place(entry=sharper, names=((entry.name, "alternate"), *place.names))


def _all_names(place: Place) -> tuple[Name, ...]:
    return ((place.entry.name, "primary"), *place.names)
