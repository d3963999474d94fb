"""The towns that a page names for orientation, and the settlements around what it shows."""

import json
from itertools import accumulate
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from geomap import load_gazetteer, to_map
from geomap.errors import GazetteerError
from geomap.exporters.leaflet import GeoMap, MentionLayer
from geomap.exporters.leaflet.basemap import settlements
from geomap.exporters.leaflet.basemap.settlements import load_towns, settlements_around, towns_for
from geomap.types import GazetteerEntry
from tests.browser.war_reports import war_reports

SPOT = {"kind": "point", "id": "geonames:1", "entry": "geonames:1", "name": "Alba", "latitude": 48.0, "longitude": 37.0}


def entry(number: int, name: str, latitude: float, longitude: float, **facts: Any) -> GazetteerEntry:
    known = {"feature_class": "P", "feature_code": "PPL", "level": "settlement", "country_code": "UA", **facts}
    return GazetteerEntry(id=f"geonames:{number}", name=name, latitude=latitude, longitude=longitude, **known)


class Known:
    """All that it holds is near to everything, as a gazetteer may answer with more than what was asked for."""

    def __init__(self, *entries: GazetteerEntry) -> None:
        self.entries = list(entries)

    def places_near(self, latitude: float, longitude: float, *, radius_km: float) -> list[GazetteerEntry]:
        return self.entries


def base_of(page: GeoMap) -> Any:
    return next(child.base for child in page._children.values() if isinstance(child, MentionLayer))


def around(*entries: GazetteerEntry, places: Any = (SPOT,), towns: Any = ()) -> list[tuple[str, float, float, int]]:
    found = settlements_around(places, {0: 1}, gazetteer=Known(*entries), towns=towns)
    if not found:
        return []
    rows = zip(*(accumulate(found[name]) for name in ("latitudes", "longitudes")), strict=True)
    zooms = [zoom for zoom, count in found["levels"] for _ in range(count)]
    names = found["names"].split("\n")
    return [(name, y / 1000, x / 1000, zoom) for name, (y, x), zoom in zip(names, rows, zooms, strict=True)]


def test_what_lies_within_30_km_is_there_and_larger_places_are_named_earlier() -> None:
    found = around(
        entry(2, "Village", 48.1, 37.1),
        entry(3, "Town", 48.2, 37.0, population=9_000),
        entry(4, "Far", 48.4, 37.0, population=90_000),
        entry(5, "South", 47.9, 37.0, population=2_000),
    )
    assert found == [("Town", 48.2, 37.0, 9), ("South", 47.9, 37.0, 10), ("Village", 48.1, 37.1, 11)]


def test_what_is_shown_or_named_anyway_is_not_named_again() -> None:
    found = around(
        entry(1, "Alba", 48.0, 37.0),
        entry(2, "Alba", 48.01, 37.01),  # the same place from another source
        entry(3, "Alba", 48.2, 37.0),  # another of this name
        entry(4, "Donetsk", 48.1, 37.0, population=900_000),
        entry(5, "Corm", 48.1, 37.1),
        entry(6, "Corm", 48.11, 37.1),
        towns=[("Donetsk", 48.1, 37.0, 5)],
    )
    assert [(name, latitude) for name, latitude, _, _ in found] == [("Corm", 48.1), ("Alba", 48.2)]


def test_parts_of_cities_and_what_is_gone_are_not_settlements() -> None:
    assert around(*(entry(n, f"Q{n}", 48.1, 37.1, feature_code=code) for n, code in enumerate(["PPLX", "PPLW"]))) == []


def test_areas_and_empty_pages_have_no_surroundings() -> None:
    assert around(entry(2, "Village", 48.1, 37.1), places=[{**SPOT, "kind": "adm1"}]) == []
    assert around(entry(2, "Village", 48.1, 37.1), places=[]) == []


def test_surroundings_reach_across_the_antimeridian() -> None:
    places = [{**SPOT, "latitude": 0.0, "longitude": 179.95}]
    assert [name for name, *_ in around(entry(2, "East", 0.0, -179.95), places=places)] == ["East"]


def test_there_are_only_so_many_and_those_around_the_most_mentioned_come_first(monkeypatch: Any) -> None:
    monkeypatch.setattr(settlements, "MOST", 2)
    places = [SPOT, {**SPOT, "id": "b", "entry": "b", "name": "Brun", "latitude": 10.0}]
    entries = [entry(n, f"V{n}", 48 + n / 100, 37.1) for n in range(2, 6)]
    entries += [entry(9, "W9", 10.1, 37.0), entry(10, "W10", 10.2, 37.0)]
    found = settlements_around(places, {0: 1, 1: 5}, gazetteer=Known(*entries), towns=[])
    assert found["names"].split("\n") == ["W9", "W10"]


def test_a_page_carries_its_surroundings_only_when_it_is_given_a_gazetteer() -> None:
    table, reports = war_reports()
    assert "settlements" not in base_of(to_map(table, documents=reports))
    base = base_of(to_map(table, documents=reports, gazetteer=load_gazetteer("bundled")))
    names = base["settlements"]["names"].split("\n")
    assert "Zalizne" in names  # beside Toretsk
    assert "Toretsk" not in names
    assert len(json.dumps(base["settlements"])) < 120_000


def test_an_empty_table_has_no_surroundings() -> None:
    table, _ = war_reports()
    empty = to_map(pd.DataFrame(table.head(0)), gazetteer=load_gazetteer("bundled"))
    assert base_of(empty)["settlements"] == {}


def test_a_page_holds_the_towns_of_its_countries_and_fewer_of_those_around() -> None:
    towns = {(name, zoom) for name, _, _, zoom in towns_for(detailed={"UA"}, near={"RU"})}
    assert {("Melitopol", 8), ("Kursk", 6), ("Tokyo", 4)} <= towns
    names = {name for name, _ in towns}
    assert not names & {"Lyon", "Obninsk"}
    assert len(towns) < 500


def test_an_unknown_country_adds_nothing() -> None:
    assert towns_for(detailed={"QQ"}, near=set()) == towns_for(detailed=set(), near=set())


@pytest.mark.parametrize("text", ["", "name\tlatitude\n\x00\tnorth\n", "name\tlatitude\tlongitude\tzoom\nA\tx\t1\t1\n"])
def test_a_missing_or_damaged_table_is_said(tmp_path: Path, text: str) -> None:
    (tmp_path / "towns.tsv").write_text(text, encoding="utf-8")
    with pytest.raises(GazetteerError, match="reinstall"):
        load_towns(tmp_path / "missing.tsv")
    if text:
        with pytest.raises(GazetteerError, match="damaged"):
            load_towns(tmp_path / "towns.tsv")
