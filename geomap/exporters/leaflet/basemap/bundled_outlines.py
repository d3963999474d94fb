"""The part of the bundled outlines that one map needs, as a TopoJSON dictionary to embed in its page.

Objects, coordinates in WGS 84 degrees with the longitude first:

``admin1``
    Areas of the countries that hold mentions: ``id`` (as in the mention table), ``country``, ``code`` (GeoNames ADM1),
    ``name``, ``disputed``, ``label`` ``[longitude, latitude]``.
``neighbours``
    Other countries near a mention, at the same detail without their areas, so that borders meet exactly.
``world``
    All other countries, coarse. Like ``neighbours``: ``id`` (ISO 3166-1), ``name``, ``label``, ``rank`` by area.
``countries``
    The names of the countries in ``admin1``: points with the same properties.
``borders``, ``admin1_borders``, ``coasts``, ``disputed``
    Lines of ``admin1`` and ``neighbours``, each drawn once: between countries, between areas of a country, along water,
    and those to dash. No line is in two of them. The edge of the map at 180° is in none.

Beside the objects, ``towns`` lists ``[name, latitude, longitude, zoom]``, see `towns_for`.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from shapely.geometry import Polygon

from geomap.boundaries import Topology, load_outlines
from geomap.exporters.leaflet.basemap.settlements import towns_for

Geometry = Mapping[str, Any]

# Countries within about so many degrees of a mention are drawn in detail: what a page that opens on it shows around it.
_NEAR = 4
# Those that border on a country with mentions are drawn in detail from farther off, since coarse and detailed lines of
# one border leave slivers.
_NEAR_ACROSS_A_BORDER = 12


def basemap_for(
    points: Sequence[tuple[float, float]], *, country_codes: Collection[str], admin1_ids: Collection[str]
) -> Topology:
    """Return the outlines that a page embeds.

    Parameters
    ----------
    points
        ``(latitude, longitude)`` of the places on the map: other countries near one are drawn in detail, too.
    country_codes
        ISO 3166-1 codes of the countries that hold mentions. Unknown ones are left out.
    admin1_ids
        Entry ids of mentioned ADM1 areas; their countries count as mentioned.

    Returns
    -------
        TopoJSON with the objects and towns of the module docstring. With nothing mentioned it is the coarse world.

    Raises
    ------
    GazetteerError
        If the bundled outlines are missing or damaged.
    """
    source = load_outlines()
    units = source["objects"]["admin1"]["geometries"]
    world = source["objects"]["world"]["geometries"]
    mentioned = set(admin1_ids)
    detailed = set(country_codes) | {_country(unit) for unit in units if unit["properties"]["id"] in mentioned}
    across = {code for countries in _users().values() if countries & detailed for code in countries}
    near = (_countries_near(points, _NEAR) | (_countries_near(points, _NEAR_ACROSS_A_BORDER) & across)) - detailed
    shown = [unit for unit in units if _country(unit) in detailed]
    neighbours = [country | {"arcs": _merged(_country(country))} for country in world if _country(country) in near]
    objects = {
        "admin1": _collection(shown),
        "neighbours": _collection(neighbours),
        "world": _collection(country for country in world if _country(country) not in detailed | near),
        "countries": _collection(_name_point(country) for country in world if _country(country) in detailed),
        **_lines([*shown, *neighbours]),
    }
    return reindexed(source, objects) | {"towns": towns_for(detailed=detailed, near=near)}


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


def _collection(geometries: Iterable[Geometry]) -> Topology:
    return {"type": "GeometryCollection", "geometries": list(geometries)}


def _name_point(country: Geometry) -> Topology:
    """Return the country's label as a point on the grid of the file."""
    transform = load_outlines()["transform"]
    values = zip(country["properties"]["label"], transform["translate"], transform["scale"], strict=True)
    position = [round((value - shift) / step) for value, shift, step in values]
    return {"type": "Point", "coordinates": position, "properties": country["properties"]}


def _country(geometry: Geometry) -> str:
    properties = geometry["properties"]
    return str(properties.get("country") or properties["id"])


def numbers_of(geometry: Geometry) -> Iterable[int]:
    """Return the numbers of the arcs of an area, whichever way they run."""
    return (number if number >= 0 else ~number for rings in geometry["arcs"] for ring in rings for number in ring)


@cache
def _users() -> Mapping[int, frozenset[str]]:
    """Return the countries on each arc."""
    users: dict[int, set[str]] = defaultdict(set)
    for unit in load_outlines()["objects"]["admin1"]["geometries"]:
        for number in numbers_of(unit):
            users[number].add(_country(unit))
    return {number: frozenset(countries) for number, countries in users.items()}


@cache
def _cells() -> Mapping[tuple[int, int], frozenset[str]]:
    """Return the countries whose borders or coasts touch each cell of one degree."""
    cells: dict[tuple[int, int], set[str]] = defaultdict(set)
    for number, countries in _users().items():
        for point in _arc(number):
            longitude, latitude = _degrees(point)
            cells[round(longitude), round(latitude)] |= countries
    return {cell: frozenset(countries) for cell, countries in cells.items()}


def _countries_near(points: Iterable[tuple[float, float]], degrees: int) -> set[str]:
    """Return the countries with a border or coast within some degrees of a point."""
    cells = _cells()
    reach = range(-degrees, degrees + 1)
    spots = {(round(longitude), round(latitude)) for latitude, longitude in points}
    around = {((x + dx + 180) % 360 - 180, y + dy) for x, y in spots for dx in reach for dy in reach}
    return {country for cell in around for country in cells.get(cell, ())}


@cache
def _arc(number: int) -> tuple[tuple[int, int], ...]:
    """Return the points of an arc on the grid, backwards for ``~number``."""
    if number < 0:
        return _arc(~number)[::-1]
    x = y = 0
    points = []
    for dx, dy in load_outlines()["arcs"][number]:
        x, y = x + dx, y + dy
        points.append((x, y))
    return tuple(points)


def _degrees(point: tuple[int, int]) -> tuple[float, float]:
    transform = load_outlines()["transform"]
    (east, north), (west, south) = transform["scale"], transform["translate"]
    return point[0] * east + west, point[1] * north + south


def _lines(geometries: Sequence[Geometry]) -> dict[str, Topology]:
    """Sort the arcs of the drawn areas by what they divide."""
    contested = {number for (number,) in load_outlines()["objects"]["disputed"]["arcs"]}
    sides = Counter(number for geometry in geometries for number in numbers_of(geometry))
    kinds: dict[str, list[list[int]]] = {"borders": [], "admin1_borders": [], "coasts": [], "disputed": []}
    for number, count in sorted(sides.items()):
        if number in contested:
            kinds["disputed"].append([number])
        elif len(_users()[number]) > 1:
            kinds["borders"].append([number])
        elif count > 1:
            kinds["admin1_borders"].append([number])
        elif not _is_map_edge(number):
            kinds["coasts"].append([number])
    return {kind: {"type": "MultiLineString", "arcs": arcs} for kind, arcs in kinds.items()}


def _is_map_edge(number: int) -> bool:
    """Tell whether an arc runs along 180° or the South Pole, where the flat map is cut and no coast is."""
    places = [_degrees(point) for point in _arc(number)]
    return all(abs(longitude) >= 180 for longitude, _ in places) or all(latitude <= -90 for _, latitude in places)


@cache
def _merged(code: str) -> list[list[list[int]]]:
    """Return the polygons of a country: its areas' rings without the arcs that two of them share."""
    units = [unit for unit in load_outlines()["objects"]["admin1"]["geometries"] if _country(unit) == code]
    directed = {number for unit in units for rings in unit["arcs"] for ring in rings for number in ring}
    outgoing: dict[tuple[int, int], list[int]] = defaultdict(list)
    for number in sorted(number for number in directed if ~number not in directed):
        outgoing[_arc(number)[0]].append(number)
    rings = []
    for start in sorted(outgoing):
        while outgoing[start]:
            ring = [outgoing[start].pop()]
            while (end := _arc(ring[-1])[-1]) != start:
                ring.append(outgoing[end].pop())
            rings.append(ring)
    return _polygons(rings)


def _polygons(rings: Iterable[list[int]]) -> list[list[list[int]]]:
    """Put each hole, which runs clockwise, into the smallest outer ring around it."""
    outer: list[tuple[Polygon, list[int]]] = []
    holes: list[tuple[Polygon, list[int]]] = []
    for ring in rings:
        points = [point for number in ring for point in _arc(number)]
        polygon = Polygon(points) if len(set(points)) > 2 else None
        if polygon and polygon.area:
            (outer if polygon.exterior.is_ccw else holes).append((polygon, ring))
    outer.sort(key=lambda item: item[0].area)
    merged = [[ring] for _, ring in outer]
    for hole, ring in holes:
        inside = hole.buffer(0).representative_point()
        around = [index for index, (shell, _) in enumerate(outer) if shell.buffer(0).contains(inside)]
        if around:
            merged[around[0]].append(ring)
    return merged
