"""Whether a place lies in an area that the user drew.

That decides over codes and distances: it may be newer, finer, or an area that no register has.
"""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from geomap.boundaries import is_zone, name_of, read_features
from geomap.gazetteers.names import normalize
from geomap.resolvers.candidates import LEVEL_WORDS
from geomap.types import GazetteerEntry

_KM_A_DEGREE = 111.2
# A unit's own point lies in its area, but for a coast or a border drawn more coarsely.
_OWN_POINT_KM = 25.0
_CONTAINERS = frozenset(["country", "admin1", "admin2", "admin3", "area"])
# Names in files of units: "NAME_1" of GADM, "ADM2_EN" and "adm2_name" of OCHA's.
_LEVELLED = re.compile(r"(?:name_|adm(?=\d_))(?P<order>\d)(?:_(?:name|[a-z]{2})\d?)?")


class Areas:
    """Areas by name or id, and by where they lie: their tree is built once.

    Parameters
    ----------
    named
        Each area with its names and ids.
    """

    def __init__(self, named: Iterable[tuple[BaseGeometry, Iterable[str]]]) -> None:
        listed = list(named)
        self._sizes = [geometry.area for geometry, _ in listed]
        self._tree = shapely.STRtree([geometry for geometry, _ in listed])
        self._by_name: dict[str, list[int]] = defaultdict(list)
        for number, (_, names) in enumerate(listed):
            for name in dict.fromkeys(names):
                self._by_name[name].append(number)
        self._around = lru_cache(maxsize=4096)(self._query)

    def of(self, container: GazetteerEntry, names: Iterable[str]) -> int | None:
        """Return the area of a container: that of one of its names that holds its point, the largest of several.

        Of a second- or third-order unit it is the smallest.
        """
        numbers = {number for name in names for number in self._by_name.get(name, ())}
        if not numbers:
            return None
        numbers &= self._around(container.latitude, container.longitude, _OWN_POINT_KM + container.accuracy_km)
        pick = min if container.level in ("admin2", "admin3") else max
        return pick(numbers, key=lambda number: (self._sizes[number], number), default=None)

    def hold(self, area: int, latitude: float, longitude: float, *, slack_km: float) -> bool:
        """Whether an area reaches to a point, or to so many kilometres from it."""
        return area in self._around(latitude, longitude, slack_km)

    def _query(self, latitude: float, longitude: float, slack_km: float) -> frozenset[int]:
        degrees = max(slack_km, 0.0) / (_KM_A_DEGREE * max(0.2, math.cos(math.radians(latitude))))
        found = self._tree.query(shapely.Point(longitude, latitude), predicate="dwithin", distance=degrees)
        return frozenset(found.tolist())


class Containment:
    """What areas say of places that a text puts into a container.

    Parameters
    ----------
    boundaries
        A file of the user's own, see `geomap.boundaries.read_features`; ``None`` for none.

    Raises
    ------
    ConfigError
        If the file cannot be read.
    """

    def __init__(self, boundaries: Path | None = None) -> None:
        self.boundaries = boundaries
        self._own = Areas(_own_areas(boundaries)) if boundaries else None

    def __reduce__(self) -> tuple[type["Containment"], tuple[Path | None]]:
        """Pickle as the path."""
        return type(self), (self.boundaries,)

    def told(self, container: GazetteerEntry, toponym: str, place: GazetteerEntry, *, slack_km: float) -> bool | None:
        """Whether a place may lie in a container, by an area of the user's own; ``None`` where none is of that name.

        Parameters
        ----------
        container, toponym
            The container and how the text calls it.
        place
            What is asked about.
        slack_km
            How far its point may be off, and how far it reaches.
        """
        if self._own is None or container.level not in _CONTAINERS:
            return None
        area = self._own.of(container, {_bare(container.name), _bare(toponym), container.id})
        return None if area is None else self._own.hold(area, place.latitude, place.longitude, slack_km=slack_km)


def _own_areas(path: Path) -> Iterator[tuple[BaseGeometry, list[str]]]:
    for geometry, properties in read_features(path):
        if is_zone(properties):  # who holds the ground says nothing of what unit it is
            continue
        names = [_bare(name) for name in _names_of(properties)]
        ids = [str(properties[key]) for key in ("id", "entry_id") if properties.get(key)]
        if "Polygon" in geometry.geom_type and (names or ids):
            yield (geometry if geometry.is_valid else shapely.make_valid(geometry)), [*filter(None, names), *ids]


def _names_of(properties: Mapping[str, Any]) -> list[str]:
    """Return the names of an area: as `name_of` has it, else those of the lowest order that its properties name."""
    if name := name_of(properties):
        return [name]
    levelled = [
        (found["order"], value)
        for key, value in properties.items()
        if isinstance(value, str) and value.strip() and (found := _LEVELLED.fullmatch(key))
    ]
    lowest = max((order for order, _ in levelled), default="")
    return [value for order, value in levelled if order == lowest]


def _bare(name: str) -> str:
    """Return the key of a name without the words for a level: "Kharkiv Oblast" and "Kharkiv region" are one."""
    key = normalize(name)
    return " ".join(word for word in key.removesuffix("'s").split() if word not in LEVEL_WORDS) or key
