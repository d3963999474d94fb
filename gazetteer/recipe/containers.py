"""The units that places lie in, by code: their middle and their size, for places that are known only by their unit."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from geomap.gazetteers.alternates import Place
from geomap.gazetteers.distance import km_between
from geomap.gazetteers.names import normalize
from geomap.types import GazetteerEntry, Level

_FEW = 5
_MOST, _NEARLY_ALL = 0.9, 0.95
# Of a unit with fewer places than `_FEW`: circles that share the land of the Earth (149 million km²) equally among the
# entries of a level (250, 3,819 and 33,210).
_USUAL_KM: dict[Level, float] = {"country": 440.0, "admin1": 110.0, "admin2": 40.0}
NEAR_KM = 17.0
"""How far nine in ten villages of Ukraine lie from the middle of the known places of their community, 16.6 km measured:
what a place is taken to be off that is known to lie near another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Middle:
    """Where something lies that is known only by what it lies in."""

    latitude: float
    """WGS 84 degrees."""
    longitude: float
    """WGS 84 degrees."""
    accuracy_km: float
    """How far off that may be, in nine of ten cases."""


class Containers:
    """The places of a gazetteer by the units that they lie in.

    Parameters
    ----------
    places
        Units with the points to use, and the places in them.
    """

    def __init__(self, places: Iterable[Place]) -> None:
        self._entries: dict[str, GazetteerEntry] = {}
        self._members: dict[str, list[GazetteerEntry]] = defaultdict(list)
        self._by_key: dict[str, list[GazetteerEntry]] = defaultdict(list)
        for place in places:
            entry = place.entry
            self._entries.setdefault(entry.id, entry)
            if entry.level in _USUAL_KM and entry.feature_code != "PCLH":
                self._entries.setdefault(codes_of(entry)[-1], entry)
            elif entry.level in ("settlement", "quarter"):
                others = [name for name, _ in place.names] if entry.accuracy_km else []
                for key in dict.fromkeys(map(normalize, (entry.name, *others))):
                    self._by_key[key].append(entry)
                for code in () if entry.accuracy_km else codes_of(entry):
                    self._members[code].append(entry)

    def unit(self, code: str) -> GazetteerEntry | None:
        """Return the unit of a code such as ``UA``, ``UA.07`` or ``UA.07.13``, or the entry of an id; else ``None``."""
        return self._entries.get(code)

    def middle(self, unit: GazetteerEntry) -> Middle:
        """Return the point of a unit, and how far nine in ten of its places lie from it."""
        code = codes_of(unit)[-1] if unit.level in _USUAL_KM else ""
        km = _reach(unit, self._members.get(code, ()), _MOST) or unit.extent_km or _USUAL_KM.get(unit.level, NEAR_KM)
        return Middle(latitude=unit.latitude, longitude=unit.longitude, accuracy_km=km)

    def named(self, unit: GazetteerEntry, name: str, *, level: Level | None = None) -> list[GazetteerEntry]:
        """Return the settlements and quarters of a unit that bear a name, most populous first.

        The name is the place's own, or any of a place that is known by its unit alone.
        """
        code = codes_of(unit)[-1] if unit.level in _USUAL_KM else ""
        found = [
            entry
            for entry in self._by_key.get(normalize(name), ())
            if code in codes_of(entry) and (level is None or entry.level == level)
        ]
        return sorted(found, key=lambda entry: (-entry.population, entry.id))

    def with_extent(self, place: Place) -> Place:
        """Return a unit with the radius around its point that holds nearly all its places; any other place as it is."""
        if place.entry.level not in _USUAL_KM or place.entry.feature_code == "PCLH":
            return place
        km = _reach(place.entry, self._members.get(codes_of(place.entry)[-1], ()), _NEARLY_ALL)
        return replace(place, entry=replace(place.entry, extent_km=km))


def codes_of(entry: GazetteerEntry) -> list[str]:
    """Return the codes of the units that hold an entry, or that it is, the largest first."""
    parts = [part for part in (entry.country_code, entry.admin1, entry.admin2) if part]
    return [".".join(parts[:length]) for length in range(1, len(parts) + 1)] or [""]


def _reach(centre: GazetteerEntry, members: Sequence[GazetteerEntry], share: float) -> float:
    """Return the distance in kilometres within which a share of some places lies; 0 for fewer than five."""
    if len(members) < _FEW:
        return 0.0
    distances = sorted(km_between(centre, one) for one in members)
    return round(distances[int(share * (len(distances) - 1))], 1)
