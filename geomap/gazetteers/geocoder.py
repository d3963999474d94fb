"""The gazetteer as a geopy geocoder, for anything that takes one; it never goes to the network."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from geopy.distance import geodesic  # type: ignore[import-untyped]  # geopy has no type hints
from geopy.geocoders.base import Geocoder  # type: ignore[import-untyped]
from geopy.location import Location  # type: ignore[import-untyped]
from geopy.point import Point  # type: ignore[import-untyped]

from geomap.errors import ConfigError
from geomap.gazetteers import load_gazetteer
from geomap.gazetteers.database import SqliteGazetteer
from geomap.gazetteers.distance import haversine_km, km_between
from geomap.types import Candidate, GazetteerEntry

_RADII_KM = (15, 60, 250, 1000, 2500, 6000, 20100)
_HAVERSINE_ERROR = 1.01  # more than twice what the sphere is off; see `geomap.gazetteers.distance`
_CONTAINER_KM = 250


class GazetteerGeocoder(Geocoder):  # type: ignore[misc]
    """Look places up in a gazetteer through geopy's interface.

    Parameters
    ----------
    gazetteer
        The gazetteer to ask; ``None`` opens the bundled one.
    """

    def __init__(self, gazetteer: SqliteGazetteer | None = None) -> None:
        super().__init__()
        self.gazetteer = load_gazetteer() if gazetteer is None else gazetteer

    def geocode(self, query: str, *, exactly_one: bool = True, limit: int | None = None, timeout: object = None) -> Any:
        """Return the places of a name.

        Parameters
        ----------
        query
            A name, or a name and what contains it, parted by commas: "Sudzha, Kursk Oblast, Russia". A place counts
            only if each container is its country, its ADM1, or a place within 250 km of it.
        exactly_one
            Whether to return the best place rather than a list: a primary name comes before another, a city before
            the division that is named after it, then the more populous place before the less.
        limit
            Most places to return; ``None`` returns all.
        timeout
            Accepted for geopy's sake: nothing here waits.

        Returns
        -------
            A `geopy.Location`, or a list of them; ``None`` when nothing fits, as in geopy.

        Raises
        ------
        ConfigError
            If the query is no text, such as NaN.
        """
        if not isinstance(query, str):
            raise ConfigError(f"{query!r} is no name of a place; give a text, and leave empty cells out with dropna()")
        whole = self.gazetteer.candidates(query)
        name, *containers = (part.strip() for part in query.split(","))
        found = whole or self._contained(self.gazetteer.candidates(name), [part for part in containers if part])
        locations = [self._location(candidate.entry) for candidate in _ranked(found)[:limit]]
        return _answer(locations, exactly_one=exactly_one)

    def reverse(
        self,
        query: Point | str | tuple[float, float],
        *,
        exactly_one: bool = True,
        limit: int = 10,
        timeout: object = None,
    ) -> Any:
        """Return the populated places nearest to a point.

        Parameters
        ----------
        query
            A point, a pair of latitude and longitude, or a text that geopy reads as one.
        exactly_one
            Whether to return the nearest place rather than a list.
        limit
            Most places in the list.
        timeout
            Accepted for geopy's sake: nothing here waits.

        Returns
        -------
            A `geopy.Location`, or a list of them, nearest first by geopy's geodesic; ``None`` when the gazetteer has no
            populated place.
        """
        point = Point(query)
        nearest = self._nearest(point, wanted=1 if exactly_one else limit)
        return _answer([self._location(entry) for entry in nearest[:limit]], exactly_one=exactly_one)

    def address(self, entry: GazetteerEntry) -> str:
        """Return an entry's name with those of its first-order unit and country, parted by commas."""
        containers = self.gazetteer.admin1(entry.country_code, entry.admin1), self.gazetteer.country(entry.country_code)
        return ", ".join(dict.fromkeys([entry.name, *(container.name for container in containers if container)]))

    def _contained(self, candidates: Iterable[Candidate], containers: Iterable[str]) -> list[Candidate]:
        """Return the candidates that lie in all containers."""
        kept = list(candidates)
        for container in containers:
            regions = self.gazetteer.lookup(container)
            kept = [candidate for candidate in kept if any(_contains(region, candidate.entry) for region in regions)]
        return kept

    def _nearest(self, point: Point, *, wanted: int) -> list[GazetteerEntry]:
        """Return places by distance, at least as many as wanted where there are so many."""
        latitude, longitude = point.latitude, point.longitude
        for radius_km in _RADII_KM:
            near = [
                (haversine_km(latitude, longitude, entry.latitude, entry.longitude), entry)
                for entry in self.gazetteer.places_near(latitude, longitude, radius_km=radius_km)
            ]
            inside = sorted(pair for pair in ((km, e.id, e) for km, e in near) if pair[0] <= radius_km)
            if len(inside) >= wanted or radius_km == _RADII_KM[-1]:
                last = inside[min(wanted, len(inside)) - 1][0] if inside else 0
                close = [entry for km, _, entry in inside if km <= last * _HAVERSINE_ERROR]
                return sorted(close, key=lambda entry: (_geodesic_km(point, entry), entry.id))
        return []

    def _location(self, entry: GazetteerEntry) -> Location:
        """Return an entry as geopy's location: named with its containers, the entry itself as the raw record."""
        return Location(self.address(entry), (entry.latitude, entry.longitude, 0), asdict(entry))


def _ranked(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return candidates best first, given the most populous first."""
    listed = list(candidates)
    towns = {(c.entry.country_code, c.entry.admin1) for c in listed if c.entry.feature_class == "P"}

    def badness(candidate: Candidate) -> tuple[bool, bool]:
        entry = candidate.entry
        after_town = entry.feature_code in ("ADM1", "ADM2") and (entry.country_code, entry.admin1) in towns
        return candidate.name_kind != "primary", after_town

    return sorted(listed, key=badness)


def _geodesic_km(point: Point, entry: GazetteerEntry) -> float:
    """Return the geodesic distance of an entry from a point in kilometres."""
    return float(geodesic((point.latitude, point.longitude), (entry.latitude, entry.longitude)).km)


def _contains(region: GazetteerEntry, entry: GazetteerEntry) -> bool:
    """Return whether a region is the entry's country or ADM1, or neither is known to be and the two are near."""
    if region.id == entry.id:
        return False
    if region.feature_code == "PCLI":
        return region.country_code == entry.country_code
    if region.feature_code == "ADM1":
        return (region.country_code, region.admin1) == (entry.country_code, entry.admin1)
    same_country = region.country_code in ("", entry.country_code)
    return same_country and region.feature_class in "AL" and km_between(region, entry) <= _CONTAINER_KM


def _answer(locations: list[Location], *, exactly_one: bool) -> Any:
    """Return the first location or all of them, and ``None`` for none."""
    if not locations:
        return None
    return locations[0] if exactly_one else locations
