"""Every settlement of Ukraine: the register's rows joined with the known places, and the rest placed by their unit.

The register says of each of 29,703 settlements in which hromada, raion and oblast it lies, and has no coordinates. One
in six is a place of GeoNames and keeps its point. The others lie in the middle of their hromada's known places, or of
their raion's where the hromada has none.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from gazetteer.recipe.matching import Pair, Point, match, middles, point_of_town, row_keys, units_of
from gazetteer.recipe.register import Listed
from geomap.gazetteers.alternates import Name, Place
from geomap.gazetteers.distance import haversine_km
from geomap.gazetteers.names import normalize
from geomap.gazetteers.romanise import ukrainian_spellings
from geomap.types import GazetteerEntry, Level

_SETTLEMENTS = frozenset("MTXCK")
# GeoNames' codes of the two cities that are in no oblast; those of the oblasts follow from their raions.
_CITIES = {"UA80": "12", "UA85": "20"}
# How far nine in ten villages lie from the middle of the known places of their hromada, measured on 1,895 whose point
# is known from elsewhere: 9.5 km where it has under 10 settlements, 14 under 20, 17 under 30, 21 under 50, 27 above.
# From the middle of their raion, where the hromada has no known place: 60 km.
_KM_A_ROOT, _LEAST_KM, _RAION_KM = 3.5, 9.0, 60.0
# A town's built-up area has about 3,000 inhabitants a square kilometre.
_DENSITY, _QUARTER_KM = 3_000.0, 15.0
_RESPELT = 0.7  # how much alike a name and its respelling are: Kupyansk and Kupiansk, not Krasnoperekopsk and Yany Kapu
_LEAST_SHARED = 3  # letters, as of Lubny and Lubenskyi Raion


def with_ukraine(places: Iterable[Place], rows: Iterable[Listed]) -> list[Place]:
    """Return the places with Ukraine's register joined to them: its settlements, city districts, hromadas and names.

    Parameters
    ----------
    places
        Places of the other sources. Those that are in the register gain its names and the codes of their units; a
        populated place that is under none of its names in the register, beside a larger city, is a quarter of it.
    rows
        The register.
    """
    register = _Ukraine(list(rows), list(places))
    return [*map(register.joined, register.places), *register.settlements(), *register.communities()]


class _Ukraine:
    """The register, the places, and which of them are one."""

    def __init__(self, rows: Sequence[Listed], places: Sequence[Place]) -> None:
        self.places, self.rows = places, rows
        own = [place for place in places if place.entry.country_code == "UA"]
        towns = [place for place in own if place.entry.level == "settlement"]
        self.admin1 = _oblasts(own)
        settlements = [row for row in rows if row.category in _SETTLEMENTS]
        self.sizes = Counter(row.community for row in settlements)
        pairs = match(settlements, towns, self.admin1)
        self.middles = middles((row, point_of_town(town)) for row, town in pairs)
        self.codes = {row.community: row.code for row in rows if row.category == "H"}
        self.cities = {row.settlement: town for row, town in pairs if row.category in "MK"}
        self.quarters = _quarters(towns, pairs, settlements, self.admin1)
        pairs += self._districts()
        self.known = {row.code: town for row, town in pairs}
        self.row_of = {town.entry.id: row for row, town in pairs}
        self.raions = _raion_names(rows)

    def joined(self, place: Place) -> Place:
        """Return a place with what the register says of it."""
        entry, names = place.entry, place.names
        if entry.country_code != "UA":
            return place
        if row := self.row_of.get(entry.id):
            admin1, community = self.admin1[row.oblast], self.codes.get(row.community, "")
            official, *others = _names(row, russian=False)
            names = (*names, official, *others)
            if SequenceMatcher(None, official[0], entry.name, autojunk=False).ratio() >= _RESPELT:
                names, entry = (*names, (entry.name, "alternate")), replace(entry, name=official[0])
            entry = replace(entry, admin1=admin1, admin2=row.admin2, admin3=community)
        if entry.id in self.quarters:
            entry = replace(entry, level="quarter", feature_code="PPLX")
        if entry.level == "admin2":
            names = (*names, *self.raions.get(f"UA{entry.admin2}", ()))
        return replace(place, entry=entry, names=names)

    def settlements(self) -> Iterator[Place]:
        """Yield the settlements and city districts that no other source has, in oblasts with a known place."""
        for row in self.rows:
            if row.code not in self.known and row.category in (*_SETTLEMENTS, "B") and row.oblast in self.middles:
                point, accuracy_km = self._placed(row)
                level: Level = "quarter" if row.category == "B" else "settlement"
                names = _names(row)
                entry = self._entry(row, names[0][0], point, level=level, code="PPLX" if level == "quarter" else "PPL")
                yield Place(entry=replace(entry, accuracy_km=accuracy_km), names=tuple(names[1:]))

    def communities(self) -> Iterator[Place]:
        """Yield the hromadas, at their seats, under the seat's name and the official adjective."""
        seats: dict[str, Listed] = {}
        for row in self.rows:
            if row.category in _SETTLEMENTS:
                seats.setdefault(row.community, row)
        for row in self.rows:
            if row.category == "H" and row.oblast in self.middles:
                seat = seats[row.community]
                town = self.known.get(seat.code)
                point, accuracy_km = (point_of_town(town), 0.0) if town else self._placed(seat)
                name, adjective = ukrainian_spellings(seat.name)[0], ukrainian_spellings(row.name)[0]
                entry = self._entry(row, f"{name} Hromada", point, level="admin3", code="ADM3")
                names = (
                    f"{name} Community",
                    f"{name} Territorial Community",
                    f"{adjective} Hromada",
                    f"{row.name} громада",
                )
                entry = replace(entry, accuracy_km=accuracy_km, extent_km=self._radius_km(row))
                yield Place(entry=entry, names=tuple((other, "alternate") for other in names))

    def _districts(self) -> list[Pair]:
        """Return the city districts that are a place beside their city under the same name."""
        by_key = defaultdict(list)
        for town in self.quarters.values():
            by_key[normalize(town.entry.name)].append(town)
        found = []
        for row in self.rows:
            city = self.cities.get(row.settlement) if row.category == "B" else None
            beside = [
                town
                for key in row_keys(row)
                for town in by_key.get(key, ())
                if city and haversine_km(*point_of_town(city), *point_of_town(town)) <= _QUARTER_KM
            ]
            found += [(row, beside[0])] if beside else []
        return found

    def _placed(self, row: Listed) -> tuple[Point, float]:
        """Return the point of a settlement or district that no source has, and how far off that may be."""
        if city := self.cities.get(row.settlement):
            radius = math.sqrt(city.entry.population / _DENSITY / math.pi)
            return point_of_town(city), round(max(1.0, radius), 1)
        if row.community in self.middles:
            return self.middles[row.community], self._radius_km(row)
        return self.middles.get(row.raion) or self.middles[row.oblast], _RAION_KM

    def _radius_km(self, row: Listed) -> float:
        """Return how far nine in ten settlements of a row's hromada lie from its middle."""
        return round(max(_LEAST_KM, _KM_A_ROOT * math.sqrt(self.sizes[row.community])), 1)

    def _entry(self, row: Listed, name: str, point: Point, *, level: Level, code: str) -> GazetteerEntry:
        """Return the entry of a row."""
        return GazetteerEntry(
            id=f"katottg:{row.code}",
            name=name,
            latitude=round(point[0], 5),
            longitude=round(point[1], 5),
            feature_class="A" if level == "admin3" else "P",
            feature_code=code,
            level=level,
            country_code="UA",
            admin1=self.admin1[row.oblast],
            admin2=row.admin2,
            admin3=self.codes.get(row.community, ""),
        )


def _oblasts(places: Iterable[Place]) -> dict[str, str]:
    """Return GeoNames' ADM1 code of each oblast: its ADM2 codes are digits of the register."""
    codes = {
        f"UA{place.entry.admin2[:2]}": place.entry.admin1
        for place in places
        if place.entry.level == "admin2" and len(place.entry.admin2) == 4
    }
    return codes | _CITIES


def _names(row: Listed, *, russian: bool = True) -> list[Name]:
    """Return the names of a settlement or city district, that of the Ukrainian government's romanisation first."""
    spelt = ukrainian_spellings(row.name)
    spelt = spelt if russian else spelt[:2]
    district = [f"{spelling} {word}" for spelling in spelt[:1] for word in ("District", "Raion")]
    names = (*spelt, row.name, *(district if row.category == "B" else ()))
    return [(name, "alternate") for name in names]


def _quarters(
    towns: Iterable[Place], pairs: Sequence[Pair], rows: Iterable[Listed], admin1: Mapping[str, str]
) -> dict[str, Place]:
    """Return the places, by id, that no row is, by no name in their oblast, and that lie beside a larger city."""
    listed = {(admin1.get(row.oblast, ""), key) for row in rows for key in row_keys(row)}
    known = {town.entry.id for _, town in pairs}
    cities = [town for row, town in pairs if row.category in "MK"]
    return {
        town.entry.id: town
        for town in towns
        if town.entry.id not in known
        and not any((unit, normalize(town.entry.name)) in listed for unit in units_of(town))
        and any(
            city.entry.population > town.entry.population
            and abs(city.entry.latitude - town.entry.latitude) < 1
            and haversine_km(*point_of_town(city), *point_of_town(town)) <= _QUARTER_KM
            for city in cities
        )
    }


def _shared(name: str, other: str) -> int:
    """Return how many letters two names begin with in common."""
    return next(
        (n for n, (one, two) in enumerate(zip(name, other, strict=False)) if one != two), min(len(name), len(other))
    )


def _raion_names(rows: Sequence[Listed]) -> dict[str, tuple[Name, ...]]:
    """Return the names of each raion: after its seat, the city whose name the official adjective begins like."""
    cities = defaultdict(list)
    for row in rows:
        if row.category == "M":
            cities[row.raion].append(row.name)
    found: dict[str, tuple[Name, ...]] = {}
    for row in rows:
        if row.category == "P":
            names = [f"{ukrainian_spellings(row.name)[0]} Raion", f"{row.name} район"]
            length, seat = max((_shared(city, row.name), city) for city in (*cities[row.raion], ""))
            if length >= _LEAST_SHARED:
                bare = ukrainian_spellings(seat)[0]
                names += [bare, f"{bare} Raion", f"{bare} District"]
            found[row.raion] = tuple((name, "alternate") for name in names)
    return found
