"""Whether a place lies in an area that somebody drew: in one of the user's own, or in the outlines of the program.

What the user drew decides: it may be newer, finer, or an area that no register has. The outlines that come with the
program are simplified, so they only speak for a place whose codes are missing or of the unit beside.
"""

import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from geomap.boundaries import Topology, is_zone, load_outlines, name_of, read_features
from geomap.gazetteers.names import normalize
from geomap.resolvers.spelling import LEVEL_WORDS
from geomap.types import GazetteerEntry

_KM_A_DEGREE = 111.2
# A unit's own point lies in its area, but for a coast or a border drawn more coarsely.
_OWN_POINT_KM = 25.0
_CONTAINERS = frozenset(["country", "admin1", "admin2", "admin3", "area"])
# Names in files of units: "NAME_1" of GADM, "ADM2_EN" and "adm2_name" of OCHA's.
_LEVELLED = re.compile(r"(?:name_|adm(?=\d_))(?P<order>\d)(?:_(?:name|[a-z]{2})\d?)?")


class Areas:
    """Areas by name or id; a shape is made when it is first asked for.

    Parameters
    ----------
    names
        The names and ids of each area.
    shape
        Gives the shape of an area by its number.
    """

    def __init__(self, names: Iterable[Iterable[str]], shape: Callable[[int], BaseGeometry]) -> None:
        self._shape = shape
        self._by_name: dict[str, list[int]] = defaultdict(list)
        for number, of_area in enumerate(names):
            for name in dict.fromkeys(of_area):
                self._by_name[name].append(number)
        self._prepared = cache(self._prepare)
        self._near = lru_cache(maxsize=4096)(self._reaches)

    def of(self, container: GazetteerEntry, names: Iterable[str]) -> int | None:
        """Return the area of a container: that of one of its names that holds its point, the largest of several.

        Of a second- or third-order unit it is the smallest.
        """
        numbers = {number for name in names for number in self._by_name.get(name, ())}
        slack = _OWN_POINT_KM + container.accuracy_km
        around = (n for n in numbers if self.hold(n, container.latitude, container.longitude, slack_km=slack))
        pick = min if container.level in ("admin2", "admin3") else max
        return pick(around, key=lambda number: (self._prepared(number).area, number), default=None)

    def hold(self, area: int, latitude: float, longitude: float, *, slack_km: float) -> bool:
        """Whether an area reaches to a point, or to so many kilometres from it."""
        return self._near(area, latitude, longitude, slack_km)

    def _reaches(self, area: int, latitude: float, longitude: float, slack_km: float) -> bool:
        degrees = max(slack_km, 0.0) / (_KM_A_DEGREE * max(0.2, math.cos(math.radians(latitude))))
        return bool(shapely.dwithin(self._prepared(area), shapely.Point(longitude, latitude), degrees))

    def _prepare(self, area: int) -> BaseGeometry:
        shape = self._shape(area)
        shapely.prepare(shape)
        return shape


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
        own = list(_own_areas(boundaries)) if boundaries else []
        self._own = Areas([names for _, names in own], [shape for shape, _ in own].__getitem__) if boundaries else None

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

    def drawn(self, container: GazetteerEntry, place: GazetteerEntry) -> bool:
        """Whether a place lies in a country or first-order unit as the program's outlines have it."""
        if container.level not in ("country", "admin1") or place.accuracy_km > _OWN_POINT_KM:
            return False
        code = (
            container.country_code if container.level == "country" else f"{container.country_code}.{container.admin1}"
        )
        area = outlines().of(container, {code, container.id})
        return area is not None and outlines().hold(area, place.latitude, place.longitude, slack_km=0.0)


@cache
def outlines() -> Areas:
    """Return the countries and first-order units of the bundled outlines: by ISO code, ``UA.05`` and entry id."""
    topology = load_outlines()
    areas = [one for kind in ("admin1", "world") for one in topology["objects"][kind]["geometries"]]
    return Areas([_codes_of(one["properties"]) for one in areas], lambda number: _drawn(areas[number], topology))


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


def _codes_of(facts: Mapping[str, str]) -> list[str]:
    code = f"{facts['country']}.{facts['code']}" if facts.get("code") else ""
    return [name for name in (facts["id"], code) if name]


def _drawn(area: Mapping[str, Any], topology: Topology) -> BaseGeometry:
    """Return the shape of an area of TopoJSON."""
    scale, shift = (np.array(topology["transform"][key]) for key in ("scale", "translate"))
    parts = [[_ring(ring, topology["arcs"]) * scale + shift for ring in rings] for rings in area["arcs"]]
    return shapely.MultiPolygon([shapely.Polygon(rings[0], rings[1:]) for rings in parts])


def _ring(numbers: Iterable[int], arcs: Sequence[Any]) -> npt.NDArray[np.int64]:
    """Return the points of a ring of TopoJSON arcs; where two arcs meet a point stands twice, which does no harm."""
    points = [np.cumsum(np.array(arcs[n if n >= 0 else ~n]), axis=0) for n in numbers]
    return np.concatenate([arc if n >= 0 else arc[::-1] for n, arc in zip(numbers, points, strict=True)])
