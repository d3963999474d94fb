"""Units as a file of the user's has them, in place of those of the bundled outlines.

An area of the file stands for a bundled first-order unit or country where both are much the same ground, or where most
of it is and the file gives it that unit's name or code. A unit that is covered by smaller areas of the file, as by
districts, is what these are together. The outline of such a unit is not in the page: the file's takes its place as the
area that is coloured, as land, and as a line of the kind that the bundled one had there.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient

from geomap.boundaries import Feature, Topology, is_zone
from geomap.exporters.leaflet.basemap.bundled_outlines import numbers_of, reindexed

ALIKE = 0.75
"""Share of what either of two areas covers from which on they are one: units of different surveys have .9 and more."""
MUCH_ALIKE = 0.5
"""The same for areas with one name or code; above a half no other pair has as much."""
COVERED = 0.9
"""Share of a unit from which on smaller areas are taken to be all of it, and share of each that must lie in it."""
FINER = 20
"""By how much the grid of a page is finer that has shapes of a file: 10 m instead of 200."""
_KINDS = ("borders", "admin1_borders", "coasts", "disputed")
_NARROW = 0.001  # degrees: half the grid of the bundled outlines, two pixels at zoom 11
_ISO_3166_2 = re.compile(r"([A-Z]{2})-[A-Z0-9]{1,3}")
Points = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class OwnArea:
    """An area of a file."""

    shape: BaseGeometry
    """As the page draws it, in WGS 84 degrees."""
    called: frozenset[str]
    """All texts that its properties hold, folded; of codes as of ISO 3166-2 also the country, "UA-"."""


def own_areas(features: Iterable[Feature], lines: Iterable[Sequence[Sequence[float]]]) -> list[OwnArea]:
    """Return the areas of a file as the lines bound them that a page draws.

    Parameters
    ----------
    features
        What `geomap.boundaries.read_features` gave; lines and areas of control among them are none.
    lines
        Of ``[longitude, latitude]``, simplified, cut wherever three areas meet.

    Returns
    -------
        In the order of the file; one that vanishes in the simplified lines is left out.
    """
    faces = shapely.get_parts(shapely.polygonize([shapely.LineString(line) for line in lines]))
    tree = shapely.STRtree(shapely.point_on_surface(faces))
    found = []
    for shape, properties in features:
        if "Polygon" not in shape.geom_type or is_zone(properties):
            continue
        inside = tree.query(shapely.make_valid(shape), predicate="contains")
        if len(inside):
            found.append(OwnArea(shapely.union_all(faces[np.sort(inside)]), frozenset(_called(properties))))
    return found


def with_own_units(base: Topology, areas: Sequence[OwnArea]) -> Topology:
    """Return the outlines of a page with the units of a file in place of those that they stand for.

    Parameters
    ----------
    base
        What `geomap.exporters.leaflet.basemap.bundled_outlines.basemap_for` gave.
    areas
        What `own_areas` gave.

    Returns
    -------
        The same objects, and ``gaps``: land between the file's units and bundled ones beside them. `base` itself where
        no area stands for a unit.
    """
    arcs = decoded(base)
    units = {unit["properties"]["id"]: (unit, _shape(unit, arcs)) for unit in _geometries(base, "admin1")}
    lands = {unit["properties"]["id"]: (unit, _shape(unit, arcs)) for unit in _geometries(base, "neighbours", "world")}
    for code in sorted({unit["properties"]["country"] for unit, _ in units.values()}):
        parts = [shape for unit, shape in units.values() if unit["properties"]["country"] == code]
        lands[code] = ({"properties": {"id": code}, "arcs": []}, shapely.union_all(parts))
    own = _Matching(areas).found({**units, **lands})
    if not own:
        return base
    hidden = {n for id, (unit, _) in units.items() if id in own for n in numbers_of(unit)}
    hidden |= {n for code in own for n in _outer(code, units, lands)}
    kinds = {n: kind for kind in _KINDS for (n,) in base["objects"][kind]["arcs"]}
    lines = list(_own_lines(own, {n: kinds[n] for n in hidden & kinds.keys()}, arcs))
    objects = {name: _without(item, own) for name, item in base["objects"].items()}
    for kind in _KINDS:
        objects[kind] = objects[kind] | {"arcs": [[n] for (n,) in base["objects"][kind]["arcs"] if n not in hidden]}
    gaps = list(_gaps(own, {**units, **lands}))
    rest = {name: item for name, item in base.items() if name not in ("type", "transform", "objects", "arcs")}
    return _with_own_arcs(reindexed(base, objects), own, lines=lines, gaps=gaps) | rest


def decoded(topology: Topology) -> list[Points]:
    """Return the points of each arc, longitude and latitude in degrees."""
    scale, shift = (np.array(topology["transform"][key]) for key in ("scale", "translate"))
    return [np.cumsum(np.array(arc), axis=0) * scale + shift for arc in topology["arcs"]]


def _with_own_arcs(
    topology: Topology,
    own: Mapping[str, BaseGeometry],
    *,
    lines: Iterable[tuple[str, Points]],
    gaps: Iterable[BaseGeometry],
) -> Topology:
    """Return a topology on a finer grid with shapes of a file, by the ids of its geometries that are without arcs.

    Each line to add comes with the object that it belongs to; gaps are areas for an object ``gaps``.
    """
    scale, shift = (np.array(topology["transform"][key]) for key in ("scale", "translate"))
    arcs = [[[x * FINER, y * FINER] for x, y in arc] for arc in topology["arcs"]]

    def added(points: Points) -> int:
        steps = np.rint((points - shift) / scale * FINER).astype(int)
        steps = steps[np.append(True, (np.diff(steps, axis=0) != 0).any(axis=1))]
        arcs.append(np.diff(steps, axis=0, prepend=[[0, 0]]).tolist())
        return len(arcs) - 1

    def drawn(shape: BaseGeometry) -> list[list[list[int]]]:
        # Outer rings run counterclockwise, as in the bundled outlines: else what two areas cover is left blank.
        polygons = [orient(part) for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
        return [[[added(np.array(ring.coords))] for ring in (one.exterior, *one.interiors)] for one in polygons]

    def filled(item: Topology) -> Topology:
        if "geometries" in item:
            return item | {"geometries": [filled(one) for one in item["geometries"]]}
        if item["type"] == "Point":
            return item | {"coordinates": [value * FINER for value in item["coordinates"]]}
        return item | {"arcs": drawn(own[item["properties"]["id"]])} if item.get("arcs") == [] else item

    objects = {name: filled(item) if "geometries" in item else item for name, item in topology["objects"].items()}
    for kind, points in lines:
        objects[kind] = objects[kind] | {"arcs": [*objects[kind]["arcs"], [added(points)]]}
    land = [{"type": "MultiPolygon", "arcs": drawn(shape)} for shape in gaps]
    return topology | {
        "transform": {"scale": (scale / FINER).tolist(), "translate": shift.tolist()},
        "objects": objects | {"gaps": {"type": "GeometryCollection", "geometries": land}},
        "arcs": arcs,
    }


class _Matching:
    """Which areas of a file stand for which units."""

    def __init__(self, areas: Sequence[OwnArea]) -> None:
        self._areas = areas
        self._shapes = np.array([area.shape for area in areas], dtype=object)
        self._tree = shapely.STRtree(self._shapes)

    def found(self, units: Mapping[str, tuple[Any, BaseGeometry]]) -> dict[str, BaseGeometry]:
        """Return the shape of each unit that the file has, by its id."""
        own = {id: self._of(unit["properties"], shape) for id, (unit, shape) in sorted(units.items())}
        return {id: shape for id, shape in own.items() if shape is not None}

    def _of(self, facts: Mapping[str, Any], unit: BaseGeometry) -> BaseGeometry | None:
        numbers = np.sort(self._tree.query(unit))
        if not len(numbers):
            return None
        shapes = self._shapes[numbers]
        shared = shapely.area(shapely.intersection(shapes, unit))
        sizes = shapely.area(shapes)
        alike = shared / (sizes + unit.area - shared)
        best = int(alike.argmax())
        called = self._areas[numbers[best]].called
        if alike[best] >= ALIKE or (alike[best] >= MUCH_ALIKE and called & set(_calls(facts))):
            one: BaseGeometry = shapes[best]
            return one
        parts = shapes[shared >= COVERED * sizes]
        whole = shapely.union_all(parts)
        return whole if shapely.intersection(whole, unit).area >= COVERED * unit.area else None


def _called(properties: Mapping[str, Any]) -> Iterator[str]:
    for value in properties.values():
        if isinstance(value, str) and value.strip():
            yield _folded(value)
            if code := _ISO_3166_2.fullmatch(value.strip()):
                yield f"{code[1]}-"


def _calls(facts: Mapping[str, Any]) -> Iterator[str]:
    """Yield what a file may call a bundled unit."""
    yield _folded(facts["id"])
    if facts.get("code"):
        yield from (_folded(f"{facts['country']}.{facts['code']}"), f"{facts['country']}-")
    if name := _folded(facts.get("name", "")):
        yield from (name, name.rpartition(" ")[0] or name)


def _folded(text: str) -> str:
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return " ".join(plain.casefold().split())


def _geometries(base: Topology, *names: str) -> Iterator[dict[str, Any]]:
    return (one for name in names for one in base["objects"][name]["geometries"])


def _shape(unit: Mapping[str, Any], arcs: Sequence[Points]) -> BaseGeometry:
    polygons = []
    for rings in unit["arcs"]:
        outer, *holes = [np.concatenate([arcs[n] if n >= 0 else arcs[~n][::-1] for n in ring]) for ring in rings]
        polygons.append(shapely.Polygon(outer, holes))
    return shapely.make_valid(shapely.MultiPolygon(polygons))


def _outer(code: str, units: Mapping[str, tuple[Any, Any]], lands: Mapping[str, tuple[Any, Any]]) -> set[int]:
    """Return the arcs around a country; none around a unit."""
    if code not in lands:
        return set()
    inner = [n for unit, _ in units.values() if unit["properties"]["country"] == code for n in numbers_of(unit)]
    once, counts = np.unique(np.array(inner, np.intp), return_counts=True)
    return set(numbers_of(lands[code][0])) | set(once[counts == 1].tolist())


def _without(item: Topology, own: Mapping[str, BaseGeometry]) -> Topology:
    """Return an object whose units have no arcs where the file has them."""
    if "geometries" not in item:
        return item
    return item | {
        "geometries": [
            one | {"arcs": []} if "arcs" in one and one["properties"]["id"] in own else one
            for one in item["geometries"]
        ]
    }


def _own_lines(
    own: Mapping[str, BaseGeometry], kinds: Mapping[int, str], arcs: Sequence[Points]
) -> Iterator[tuple[str, Points]]:
    """Yield the outlines of the file's units, each stretch with the kind of the bundled line that is nearest to it."""
    numbers = sorted(kinds)
    if not numbers:
        return
    tree = shapely.STRtree([shapely.LineString(arcs[n]) for n in numbers])
    drawn = shapely.line_merge(shapely.union_all([shape.boundary for shape in own.values()]))
    for line in shapely.get_parts(drawn):
        points = shapely.get_coordinates(line)
        nearest: Any = tree.nearest(shapely.points((points[1:] + points[:-1]) / 2))
        kind_of = np.array([kinds[numbers[n]] for n in nearest])
        cuts = [0, *(np.flatnonzero(kind_of[1:] != kind_of[:-1]) + 1).tolist(), len(kind_of)]
        for start, end in pairwise(cuts):
            yield str(kind_of[start]), points[start : end + 1]


def _gaps(own: Mapping[str, BaseGeometry], units: Mapping[str, tuple[Any, BaseGeometry]]) -> Iterator[BaseGeometry]:
    """Yield the land that lies between the file's units and what is beside them."""
    filled = shapely.union_all(list(own.values()))
    tree = shapely.STRtree([shape for id, (unit, shape) in units.items() if id not in own and unit["arcs"]])
    left = shapely.union_all([shapely.difference(units[id][1], filled) for id in own])
    beyond = shapely.union_all([shapely.difference(own[id], units[id][1]) for id in own if not units[id][0]["arcs"]])
    yield from (one for one in _wide(left) if len(tree.query(one, predicate="intersects")))
    yield from _wide(beyond)


def _wide(shape: BaseGeometry) -> Iterator[BaseGeometry]:
    """Yield the parts that are wider than the lines that are drawn around them."""
    return (one for one in shapely.get_parts(shape) if not one.buffer(-_NARROW).is_empty)
