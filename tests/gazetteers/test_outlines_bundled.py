"""What must hold in the committed outlines and in the tables they come from."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from shapely import coverage_is_valid, is_valid_reason
from shapely.geometry import MultiPolygon, Point, Polygon

from gazetteer.recipe.areas import Area, read_areas
from gazetteer.recipe.naturalearth import read_overrides
from geomap.bundle import bundled_path
from geomap.gazetteers.database import SqliteGazetteer

FOLDER = Path(__file__).parents[2] / "gazetteer"


@pytest.fixture(scope="module")
def topology() -> dict[str, Any]:
    text = bundled_path("outlines.topojson").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


@pytest.fixture(scope="module")
def areas() -> list[Area]:
    return read_areas(FOLDER / "admin1.tsv")


def decoded(topology: dict[str, Any], number: int) -> list[tuple[float, float]]:
    if number < 0:
        return decoded(topology, ~number)[::-1]
    (east, north), (west, south) = topology["transform"]["scale"], topology["transform"]["translate"]
    x = y = 0
    points = []
    for dx, dy in topology["arcs"][number]:
        x, y = x + dx, y + dy
        points.append((x * east + west, y * north + south))
    return points


def polygons_of(topology: dict[str, Any], geometry: dict[str, Any]) -> MultiPolygon:
    def ring(numbers: list[int]) -> list[tuple[float, float]]:
        return [point for number in numbers for point in decoded(topology, number)]

    return MultiPolygon([Polygon(ring(outer), [ring(hole) for hole in holes]) for outer, *holes in geometry["arcs"]])


def holding(topology: dict[str, Any], name: str, latitude: float, longitude: float) -> list[dict[str, Any]]:
    point = Point(longitude, latitude)
    found = []
    for geometry in topology["objects"][name]["geometries"]:
        label = Point(geometry["properties"]["label"])
        if label.distance(point) < 60 and polygons_of(topology, geometry).contains(point):
            found.append(geometry["properties"])
    return found


@pytest.mark.parametrize(
    ("place", "latitude", "longitude", "expected"),
    [
        ("Simferopol", 44.95, 34.1, "UA disputed"),
        ("Sevastopol", 44.6, 33.55, "UA disputed"),
        ("Donetsk", 48.0, 37.8, "UA"),
        ("Sudzha", 51.19, 35.27, "RU"),
        ("Katzrin", 32.99, 35.69, "SY disputed"),
        ("Gaza", 31.5, 34.45, "PS"),
        ("Sheikh Jarrah", 31.792, 35.231, "PS disputed"),
        ("Laayoune", 27.15, -13.18, "EH disputed"),
        ("Pristina", 42.66, 21.16, "XK disputed"),
        ("Hargeisa", 9.56, 44.06, "SO disputed"),
        ("Kyrenia", 35.31, 33.32, "CY disputed"),
        ("Sokhumi", 43.01, 41.03, "GE disputed"),
        ("Abyei", 9.6, 28.43, "SD disputed"),
        ("Halaib", 22.22, 36.5, "EG disputed"),
        ("Muzaffarabad", 34.37, 73.47, "PK disputed"),
        ("Taichung", 24.15, 120.68, "TW disputed"),
    ],
)
def test_places_in_dispute_follow_the_reviewed_table(
    topology: dict[str, Any], place: str, latitude: float, longitude: float, expected: str
) -> None:
    found = holding(topology, "admin1", latitude, longitude)
    assert [area["country"] + " disputed" * area["disputed"] for area in found] == [expected], place


def test_simferopol_lies_in_the_coarse_ukraine_too(topology: dict[str, Any]) -> None:
    assert [country["id"] for country in holding(topology, "world", 45.0, 34.1)] == ["UA"]


def test_the_line_between_crimea_and_kherson_is_dashed(topology: dict[str, Any]) -> None:
    dashed = [decoded(topology, number) for (number,) in topology["objects"]["disputed"]["arcs"]]
    assert any(Point(point).distance(Point(33.7, 46.15)) < 0.15 for line in dashed for point in line)


def test_every_row_of_the_table_has_an_outline_of_the_same_id(topology: dict[str, Any], areas: list[Area]) -> None:
    drawn = [geometry["properties"]["id"] for geometry in topology["objects"]["admin1"]["geometries"]]
    assert drawn == [area.id for area in areas]
    assert max(Counter(drawn).values()) == 1


@pytest.mark.parametrize("name", ["admin1", "world"])
def test_every_outline_is_a_valid_polygon_and_none_overlaps_another(topology: dict[str, Any], name: str) -> None:
    geometries = topology["objects"][name]["geometries"]
    drawn = [polygons_of(topology, geometry) for geometry in geometries]
    reasons = zip(geometries, is_valid_reason(drawn), strict=True)
    assert {geometry["properties"]["id"]: why for geometry, why in reasons if why != "Valid Geometry"} == {}
    assert coverage_is_valid(drawn)


def test_no_outline_is_empty(topology: dict[str, Any]) -> None:
    geometries = [*topology["objects"]["admin1"]["geometries"], *topology["objects"]["world"]["geometries"]]
    assert [geometry["properties"]["id"] for geometry in geometries if not geometry["arcs"]] == []


def test_no_admin1_code_is_given_twice(areas: list[Area]) -> None:
    codes = Counter((area.country_code, area.admin1) for area in areas if area.admin1)
    assert [code for code, count in codes.items() if count > 1] == []


@pytest.mark.parametrize(
    ("country", "code", "id_", "names"),
    [
        ("RU", "41", "geonames:538555", {"Kursk", "Kursk Oblast", "Курская область"}),
        ("UA", "11", "geonames:703883", {"Crimea"}),
        ("SY", "09", "geonames:170062", {"Aleppo", "Aleppo Governorate", "محافظة حلب"}),
        ("SD", "55", "geonames:408666", {"North Darfur"}),
        ("GB", "ENG", "naturalearth:GB.ENG", {"England"}),
        ("BF", "12", "naturalearth:BF.12", {"Sahel"}),
    ],
)
def test_an_admin1_is_known_by_its_code_and_in_many_languages(
    areas: list[Area], country: str, code: str, id_: str, names: set[str]
) -> None:
    (area,) = [area for area in areas if (area.country_code, area.admin1) == (country, code)]
    assert area.id == id_
    assert names <= set(area.names)


def test_a_name_that_natural_earth_swapped_with_a_neighbour_is_not_taken(areas: list[Area]) -> None:
    (area,) = [area for area in areas if (area.country_code, area.admin1) == ("EC", "19")]
    assert not any("Napo" in name for name in area.names)


def test_every_decision_has_a_reason_of_one_sentence() -> None:
    for override in read_overrides(FOLDER / "border_overrides.tsv"):
        assert override.reason.endswith("."), override.unit


def test_the_file_is_small_enough_to_ship() -> None:
    assert bundled_path("outlines.topojson").stat().st_size < 3_000_000


def test_an_area_has_the_name_that_the_gazetteer_gives_it(topology: dict[str, Any]) -> None:
    named = {
        area["properties"]["id"]: area["properties"]["name"] for area in topology["objects"]["admin1"]["geometries"]
    }
    with SqliteGazetteer(bundled_path("gazetteer.sqlite")) as gazetteer:
        entries = {id_: gazetteer.entry(id_) for id_ in named}
    assert {id_: name for id_, name in named.items() if (entry := entries[id_]) and entry.name != name} == {}
    assert named["geonames:709716"] == "Donetsk Oblast"
