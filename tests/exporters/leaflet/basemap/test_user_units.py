"""A file's own units take the place of the bundled outlines, and nothing of these is left where they do."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from shapely.affinity import translate
from shapely.geometry import LineString, box
from shapely.geometry.base import BaseGeometry

from geomap.boundaries import Topology, read_features
from geomap.exporters.leaflet import to_map
from geomap.exporters.leaflet.basemap.bundled_outlines import basemap_for
from geomap.exporters.leaflet.basemap.user_boundaries import read_boundaries
from geomap.exporters.leaflet.basemap.user_units import decoded, own_areas, with_own_units
from geomap.exporters.leaflet.mention_layer import MentionLayer
from geomap.tables import to_mentions
from geomap.types import ParsedDocument
from tests.exporters.leaflet.basemap.test_user_boundaries import write_geojson

KHARKIV, POLTAVA = "geonames:706482", "geonames:696634"
LINES = ("borders", "admin1_borders", "coasts", "disputed")
With = Callable[..., Topology]


@pytest.fixture(scope="module")
def bundled() -> Topology:
    return basemap_for([(49.99, 36.23)], country_codes=["UA"], admin1_ids=[])


@pytest.fixture
def replaced(bundled: Topology, tmp_path: Path) -> With:
    """Return the outlines with those of a file of shapes and their properties."""

    def of(*features: tuple[BaseGeometry, dict[str, Any]]) -> Topology:
        path = write_geojson(tmp_path, *features)
        read = read_features(path)
        drawn = read_boundaries(path, read)
        return with_own_units(bundled, own_areas(read, [*drawn["lines"], *drawn["disputed"]]))

    return of


def units(base: Topology, name: str = "admin1") -> dict[str, BaseGeometry]:
    """Return the shapes of a topology by their ids, as a page draws them."""
    arcs = decoded(base)
    found = {}
    for n, one in enumerate(base["objects"][name]["geometries"]):
        rings = [
            [np.concatenate([arcs[a] if a >= 0 else arcs[~a][::-1] for a in ring]) for ring in rings]
            for rings in one["arcs"]
        ]
        assert all((ring[0] == ring[-1]).all() for polygon in rings for ring in polygon), "a ring is open"
        parts = [shapely.Polygon(outer, holes) for outer, *holes in rings]
        assert all(part.exterior.is_ccw for part in parts), "where it lies on another, the two would cancel out"
        found[one.get("properties", {}).get("id", n)] = shapely.union_all(shapely.make_valid(parts))
    return found


def near_lines(base: Topology, line: BaseGeometry) -> float:
    """Return how much of the lines of a topology lies within 100 m of a line, in degrees."""
    arcs = decoded(base)
    drawn = [LineString(arcs[number]) for kind in LINES for (number,) in base["objects"][kind]["arcs"]]
    return float(shapely.union_all(drawn).intersection(line.buffer(0.001)).length)


def alike(one: BaseGeometry, other: BaseGeometry) -> float:
    return float(one.intersection(other).area / one.union(other).area)


def moved(unit: BaseGeometry) -> BaseGeometry:
    """Return a shape as another survey may have it: three kilometres off."""
    return translate(unit, 0.03, 0.02)


def test_a_unit_of_the_file_is_coloured_and_drawn_in_place_of_the_bundled_one(
    bundled: Topology, replaced: With
) -> None:
    before = units(bundled)[KHARKIV]
    own = moved(before)
    base = replaced((own, {"name": "Kharkiv"}))
    after = units(base)
    assert alike(after[KHARKIV], own) > 0.999
    assert alike(after[POLTAVA], units(bundled)[POLTAVA]) > 0.9999
    facts = [one["properties"] for one in base["objects"]["admin1"]["geometries"]]
    assert facts == [one["properties"] for one in bundled["objects"]["admin1"]["geometries"]]
    border = own.boundary
    assert near_lines(base, border) == pytest.approx(border.length, rel=0.02)
    assert near_lines(base, before.boundary) < 0.2 * near_lines(bundled, before.boundary)


def test_no_land_is_lost_between_the_files_units_and_those_beside_them(bundled: Topology, replaced: With) -> None:
    base = replaced((moved(units(bundled)[KHARKIV]), {}))
    before = shapely.union_all([*units(bundled).values(), *units(bundled, "neighbours").values()])
    after = shapely.union_all([one for name in ("admin1", "neighbours", "gaps") for one in units(base, name).values()])
    assert before.difference(after.buffer(0.0015)).area < 1e-6


def test_lines_of_the_file_are_of_the_kind_that_they_replace(bundled: Topology, replaced: With) -> None:
    def length(base: Topology, kind: str) -> float:
        arcs = decoded(base)
        return sum(LineString(arcs[number]).length for (number,) in base["objects"][kind]["arcs"])

    base = replaced((moved(units(bundled)[KHARKIV]), {}))
    for kind in LINES:
        assert length(base, kind) == pytest.approx(length(bundled, kind), rel=0.05), kind


def test_districts_that_cover_a_unit_stand_for_it(bundled: Topology, replaced: With) -> None:
    unit = units(bundled)[KHARKIV]
    west, south, east, north = unit.bounds
    half = (west + east) / 2
    parts = [unit.intersection(box(west, south, half, north)), unit.intersection(box(half, south, east, north))]
    base = replaced(*((part, {"name": f"District {n}"}) for n, part in enumerate(parts)))
    assert alike(units(base)[KHARKIV], unit) > 0.999
    assert replaced((parts[0], {"name": "District 0"})) is bundled


def test_a_country_of_the_file_has_its_outline_and_keeps_the_bundled_units(bundled: Topology, replaced: With) -> None:
    own = moved(units(bundled, "neighbours")["PL"])
    base = replaced((own, {"name": "Poland"}))
    assert alike(units(base, "neighbours")["PL"], own) > 0.999
    country = shapely.union_all(list(units(bundled).values()))
    base = replaced((country.buffer(0.05), {"iso": "UA"}))
    assert {id: shape.area for id, shape in units(base).items()} == pytest.approx(
        {id: shape.area for id, shape in units(bundled).items()}
    )
    assert near_lines(base, country.boundary) < 0.2 * near_lines(bundled, country.boundary)
    assert near_lines(base, country.buffer(0.05).boundary) > 0.9 * country.buffer(0.05).boundary.length


@pytest.mark.parametrize(
    ("facts", "stands"),
    [
        ({"name": "Kharkiv"}, True),
        ({"ADM1_EN": "KHARKIV OBLAST"}, True),
        ({"shapeISO": "UA-63"}, True),
        ({"code": "UA.07"}, True),
        ({"id": KHARKIV}, True),
        ({"name": "Sector East"}, False),
        ({"shapeISO": "RU-63"}, False),
        ({"name": None, "number": 7}, False),
    ],
)
def test_an_area_that_covers_much_of_a_unit_stands_for_it_by_name_or_code(
    bundled: Topology, replaced: With, facts: dict[str, Any], *, stands: bool
) -> None:
    unit = units(bundled)[KHARKIV]
    west, south, east, north = unit.bounds
    part = unit.intersection(box(west, south, east, south + 0.68 * (north - south)))
    assert 0.5 < alike(part, unit) < 0.75
    assert (replaced((part, facts)) is not bundled) is stands


def test_other_areas_lines_and_areas_of_control_change_nothing(bundled: Topology, replaced: With) -> None:
    line = LineString([(36, 49), (37, 50), (38, 49)])
    front = box(36, 48, 39, 50)
    assert replaced((front, {"name": "Kharkiv"}), (line, {"name": "Kharkiv"})) is bundled
    assert replaced((units(bundled)[KHARKIV], {"name": "Kharkiv", "side": "Army"})) is bundled


def test_a_page_carries_the_units_of_its_file_and_the_same_bytes_each_time(
    bundled: Topology, parsed: list[ParsedDocument], tmp_path: Path
) -> None:
    own = moved(units(bundled)[KHARKIV])
    path = write_geojson(tmp_path, (own, {"name": "Kharkiv"}))
    page = to_map(to_mentions(parsed), boundaries=path)
    (layer,) = [child for child in page._children.values() if isinstance(child, MentionLayer)]
    assert alike(units(layer.base)[KHARKIV], own) > 0.999
    assert page.to_html() == to_map(to_mentions(parsed), boundaries=path).to_html()
