"""The hand-written places of the repository: every row is well formed, lies where it says, and is not written twice."""

import functools
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from shapely import make_valid
from shapely.geometry import MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry

from geomap.gazetteers import load_gazetteer
from geomap.gazetteers.distance import haversine_km
from geomap.gazetteers.names import normalize

FOLDER = Path(__file__).parents[2] / "gazetteer"
# What an outline of this scale may be off, in degrees (about 15 km), beside the accuracy that a row states.
SLACK = 0.135
# Islands and waters need not lie within the outline of the country that holds them.
OFF_SHORE = re.compile(r"H\.|T\.(ISLS?|ATOL|RKS|CAPE|SPIT|PEN)|S\.(PRT|OILR|BDG|NVB)|L\.RGN")


def rows_of(path: Path) -> list[dict[str, str]]:
    header, *lines = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    return [dict(zip(header, fields, strict=True)) for fields in lines]


FILES = sorted(FOLDER.glob("supplement*.tsv"))
ROWS = [row for path in FILES for row in rows_of(path)]
CODES = {line.split("\t", 1)[0] for line in (FOLDER / "admin1_codes.tsv").read_text(encoding="utf-8").splitlines()}


@functools.cache
def countries() -> dict[str, BaseGeometry]:
    """Return the outline of each country, decoded from the TopoJSON that maps draw."""
    topology = json.loads((FOLDER / "outlines.topojson").read_text(encoding="utf-8"))
    scale, offset = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = [list(_decoded(arc, scale, offset)) for arc in topology["arcs"]]
    shapes: dict[str, BaseGeometry] = {}
    for shape in _geometries(topology["objects"]["world"]):
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        rings = [[_ring(arcs, numbers) for numbers in polygon] for polygon in polygons]
        outline = MultiPolygon([Polygon(first, others) for first, *others in rings])
        shapes[shape["properties"]["id"]] = make_valid(outline)
    return shapes


def _geometries(item: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if "arcs" in item:
        yield item
    for part in item.get("geometries", () if "type" in item else item.values()):
        yield from _geometries(part)


def _decoded(arc: list[list[int]], scale: list[float], offset: list[float]) -> Iterator[tuple[float, float]]:
    x = y = 0
    for across, up in arc:
        x, y = x + across, y + up
        yield x * scale[0] + offset[0], y * scale[1] + offset[1]


def _ring(arcs: list[list[tuple[float, float]]], numbers: list[int]) -> list[tuple[float, float]]:
    parts = [arcs[number] if number >= 0 else arcs[~number][::-1] for number in numbers]
    return [point for part in parts for point in part]


def test_every_hand_written_place_has_an_id_of_its_own() -> None:
    ids = [row["id"] for row in ROWS]
    assert len(ids) > 3000
    assert sorted(ids) == sorted(set(ids))
    assert all(re.fullmatch(r"geomap:[a-z0-9-]+|geonames:\d+|naturalearth:\S+", id) for id in ids)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_hand_written_row_has_codes_that_exist_and_sensible_numbers(path: Path) -> None:
    known = {row["code"] for row in rows_of(FOLDER / "countries.tsv")}
    for row in rows_of(path):
        assert re.fullmatch(r"[AHLPRSTV]\.[A-Z0-9]{2,5}", row["feature"]), row
        assert row["country_code"] in known | {""}, row
        assert not row["admin1"] or f"{row['country_code']}.{row['admin1']}" in CODES, row
        assert 0 <= float(row["accuracy_km"] or 0) <= 1500, row
        assert 0 <= float(row["extent_km"] or 0) <= 9000, row
        assert bool(row["latitude"]) != bool(row["within"]), row
        assert row["within"].partition(";")[0] in CODES | known | {""}, row
        assert "|" not in row["name"], row
        assert "" not in (row["names"] or "x").split("|"), row


def test_regions_waters_and_ranges_have_an_extent() -> None:
    areas = [row for row in ROWS if row["feature"] in ("L.RGN", "T.MTS", "H.SEA", "H.STRT", "H.STM", "T.DSRT", "T.VAL")]
    assert [row["id"] for row in areas if not float(row["extent_km"] or 0) and row["latitude"]] == []


def test_a_hand_written_point_lies_in_its_country_as_well_as_it_says() -> None:
    wrong = []
    for row in ROWS:
        outline = countries().get(row["country_code"])
        if not row["latitude"] or outline is None or OFF_SHORE.match(row["feature"]):
            continue
        off = outline.distance(Point(float(row["longitude"]), float(row["latitude"])))
        if off > SLACK + float(row["accuracy_km"] or 0) / 111:
            wrong.append((row["id"], row["country_code"], round(off * 111)))
    assert wrong == []


def test_no_hand_written_place_is_written_twice() -> None:
    seen: dict[tuple[str, str], list[dict[str, str]]] = {}
    twice = []
    for row in ROWS:
        if not row["latitude"]:
            continue
        for key in {normalize(name) for name in (row["name"], *row["names"].split("|")) if name}:
            for other in seen.setdefault((key, row["feature"][0]), []):
                if row["country_code"] == other["country_code"] and _km(row, other) < 30 and row is not other:
                    twice.append((row["id"], other["id"], key))
            seen[key, row["feature"][0]].append(row)
    assert twice == []


def test_a_hand_written_settlement_is_not_one_that_the_gazetteer_holds() -> None:
    gazetteer = load_gazetteer()
    twice = []
    for row in ROWS:
        if row["feature"] != "P.PPL" or not row["latitude"]:
            continue
        point = float(row["latitude"]), float(row["longitude"])
        for candidate in gazetteer.candidates(row["name"]):
            entry = candidate.entry
            other = candidate.name_kind == "primary" and entry.id != row["id"] and entry.feature_class == "P"
            near = entry.country_code == row["country_code"] and other
            if near and haversine_km(*point, entry.latitude, entry.longitude) < 30:
                twice.append((row["id"], entry.id))
    assert twice == []


def _km(row: dict[str, str], other: dict[str, str]) -> float:
    return haversine_km(
        float(row["latitude"]), float(row["longitude"]), float(other["latitude"]), float(other["longitude"])
    )
