"""TopoJSON as pages embed it: arcs as points, only those in use, and arcs of other shapes beside them."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient

from geomap.boundaries import Topology

FINER = 20
"""By how much the grid of a page is finer that has shapes of a file: 10 m instead of 200."""

Points = npt.NDArray[np.float64]


def decoded(topology: Topology) -> list[Points]:
    """Return the points of each arc, longitude and latitude in degrees."""
    scale, shift = (np.array(topology["transform"][key]) for key in ("scale", "translate"))
    return [np.cumsum(np.array(arc), axis=0) * scale + shift for arc in topology["arcs"]]


def reindexed(source: Topology, objects: Mapping[str, Topology]) -> Topology:
    """Return a topology of some objects and only the arcs that they use, numbered anew."""
    numbers: dict[int, int] = {}

    def renumbered(arcs: Any) -> Any:
        if isinstance(arcs, int):
            new = numbers.setdefault(arcs if arcs >= 0 else ~arcs, len(numbers))
            return new if arcs >= 0 else ~new
        return [renumbered(arc) for arc in arcs]

    def copied(item: Topology) -> Topology:
        if "geometries" in item:
            return item | {"geometries": [copied(geometry) for geometry in item["geometries"]]}
        return dict(item) | ({"arcs": renumbered(item["arcs"])} if "arcs" in item else {})

    new_objects = {name: copied(item) for name, item in objects.items()}
    return {
        "type": "Topology",
        "transform": source["transform"],
        "objects": new_objects,
        "arcs": [source["arcs"][number] for number in numbers],
    }


def with_own_arcs(
    topology: Topology,
    own: Mapping[str, BaseGeometry],
    *,
    lines: Iterable[tuple[str, Points]],
    gaps: Iterable[BaseGeometry],
) -> Topology:
    """Return a topology on a finer grid with shapes of a file.

    Parameters
    ----------
    topology
        Its geometries that a file has are without arcs.
    own
        Their shapes by their ids.
    lines
        Lines to add: the object that each belongs to, and its points.
    gaps
        Areas for an object ``gaps``.
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
