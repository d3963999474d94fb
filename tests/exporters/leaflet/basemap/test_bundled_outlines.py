"""The outlines that one page embeds."""

import copy
import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from geomap.boundaries import load_outlines
from geomap.errors import GazetteerError
from geomap.exporters.leaflet.basemap.bundled_outlines import basemap_for

KURSK = "geonames:538555"
LINES = ("borders", "admin1_borders", "coasts", "disputed")


@pytest.fixture(scope="module")
def basemap() -> dict[str, Any]:
    return basemap_for([(50.45, 30.52), (51.19, 35.27)], country_codes=["UA"], admin1_ids=[KURSK])


def ids(basemap: dict[str, Any], name: str) -> set[str]:
    return {geometry["properties"]["id"] for geometry in basemap["objects"][name]["geometries"]}


def countries(basemap: dict[str, Any]) -> set[str]:
    return {geometry["properties"]["country"] for geometry in basemap["objects"]["admin1"]["geometries"]}


def arc_numbers(value: Any) -> Iterator[int]:
    if isinstance(value, int):
        yield value if value >= 0 else ~value
    elif isinstance(value, list):
        for part in value:
            yield from arc_numbers(part)
    elif isinstance(value, dict):
        for key in ("arcs", "geometries", *LINES, "admin1", "world", "neighbours"):
            yield from arc_numbers(value.get(key))


def test_countries_with_mentions_are_there_with_their_areas(basemap: dict[str, Any]) -> None:
    assert countries(basemap) == {"UA", "RU"}
    assert KURSK in ids(basemap, "admin1")


def test_countries_around_are_drawn_in_detail_but_whole(basemap: dict[str, Any]) -> None:
    assert {"BY", "MD", "PL"} <= ids(basemap, "neighbours")


def test_every_country_is_drawn_once(basemap: dict[str, Any]) -> None:
    drawn = [countries(basemap), ids(basemap, "neighbours"), ids(basemap, "world")]
    assert sum(map(len, drawn)) == len(set().union(*drawn)) == 250


def test_neighbours_and_areas_meet_on_the_same_arcs(basemap: dict[str, Any]) -> None:
    (belarus,) = [g for g in basemap["objects"]["neighbours"]["geometries"] if g["properties"]["id"] == "BY"]
    areas = set(arc_numbers(basemap["objects"]["admin1"]))
    assert areas & set(arc_numbers(belarus["arcs"]))


def test_each_line_is_of_one_kind(basemap: dict[str, Any]) -> None:
    kinds = [set(arc_numbers(basemap["objects"][name])) for name in LINES]
    assert sum(map(len, kinds)) == len(set().union(*kinds))
    assert all(kinds)


def test_only_arcs_in_use_are_embedded(basemap: dict[str, Any]) -> None:
    used = set(arc_numbers(basemap["objects"]))
    assert used == set(range(len(basemap["arcs"])))


def test_the_edge_of_the_map_is_no_coast() -> None:
    basemap = basemap_for([(66.0, 179.0)], country_codes=["RU", "FJ"], admin1_ids=[])
    east = round(360 / basemap["transform"]["scale"][0])
    for (number,) in basemap["objects"]["coasts"]["arcs"]:
        (x, _), *steps = basemap["arcs"][number]
        assert not (x in (0, east) and all(dx == 0 for dx, _ in steps))


def test_a_country_has_a_name_and_a_point_for_it(basemap: dict[str, Any]) -> None:
    names = {g["properties"]["id"]: g for g in basemap["objects"]["countries"]["geometries"]}
    assert set(names) == {"UA", "RU"}
    assert names["UA"]["properties"]["name"] == "Ukraine"
    longitude, latitude = names["UA"]["properties"]["label"]
    assert 25 < longitude < 38
    assert 46 < latitude < 52
    assert names["RU"]["properties"]["rank"] == 1


def test_without_mentions_it_is_the_coarse_world() -> None:
    basemap = basemap_for([], country_codes=[], admin1_ids=[])
    assert len(ids(basemap, "world")) == 250
    assert not ids(basemap, "admin1") | ids(basemap, "neighbours")


def test_unknown_codes_and_ids_are_left_out() -> None:
    assert countries(basemap_for([], country_codes=["", "ZZ"], admin1_ids=["geonames:1", ""])) == set()


def test_points_on_the_antimeridian_find_their_neighbours() -> None:
    assert "FJ" in ids(basemap_for([(-17.0, -179.9)], country_codes=[], admin1_ids=[]), "neighbours")


def test_what_a_page_embeds_is_small() -> None:
    codes = ["UA", "RU", "BY", "MD", "PL", "RO"]
    basemap = basemap_for([(50.0, 36.0)], country_codes=codes, admin1_ids=[])
    text = json.dumps(basemap, ensure_ascii=False, separators=(",", ":")).encode()
    assert len(gzip.compress(text)) < 150_000


def test_a_map_leaves_the_outlines_as_they_are() -> None:
    before = copy.deepcopy(load_outlines())
    basemap_for([(15.5, 32.5)], country_codes=["SD"], admin1_ids=[])
    assert load_outlines() == before


def test_missing_outlines_name_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match="reinstall geomap"):
        load_outlines(tmp_path / "none.topojson")


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"objects": {}, "arcs": []}', "\x00"])
def test_damaged_outlines_name_the_remedy(tmp_path: Path, text: str) -> None:
    (tmp_path / "outlines.topojson").write_text(text, encoding="utf-8")
    with pytest.raises(GazetteerError, match="damaged"):
        load_outlines(tmp_path / "outlines.topojson")
