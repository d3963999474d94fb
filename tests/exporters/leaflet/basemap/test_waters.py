"""The rivers and lakes that a page takes along."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from geomap.errors import GazetteerError
from geomap.exporters.leaflet.basemap import waters
from geomap.exporters.leaflet.basemap.waters import load_waters, waters_for

SUDZHA = (51.19, 35.27)


def names(page: Any) -> set[str]:
    return {name for _, name, _ in page["rivers"]}


def test_small_rivers_are_there_where_a_place_is_and_large_ones_farther_around() -> None:
    found = names(waters_for([SUDZHA]))
    assert {"Seym River", "Dnipro (Dnieper)"} <= found
    assert not found & {"Nile", "Euphrates", "Rhine"}
    assert "Euphrates" in names(waters_for([(35.3, 40.1)]))


def test_a_line_far_from_all_places_is_coarser_and_ends() -> None:
    near = sum(len(line) for _, name, line in waters_for([(48.5, 35.0)])["rivers"] if name == "Dnipro (Dnieper)")
    far = sum(len(line) for _, name, line in waters_for([(48.5, 36.9)])["rivers"] if name == "Dnipro (Dnieper)")
    assert 0 < far < near / 2


def test_lines_are_whole_numbers_that_json_can_write() -> None:
    page = waters_for([SUDZHA])
    assert json.loads(json.dumps(page)) == page
    assert all(len(line) % 2 == 0 and len(line) >= 4 for _, _, line in page["rivers"])


def test_a_page_without_places_has_no_waters() -> None:
    page = waters_for([])
    assert (page["rivers"], page["lakes"]) == ([], [])


@pytest.mark.parametrize("point", [(90.0, 180.0), (-90.0, -180.0), (71.2, 179.99), (0.0, 0.0)])
def test_the_ends_of_the_earth_have_neighbours(point: tuple[float, float]) -> None:
    assert waters_for([point])["grid"] == 0.002


def test_surroundings_go_on_across_180_degrees(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "waters.json.gz"
    path.write_bytes(
        gzip.compress(json.dumps({"grid": 1, "rivers": [[9, "East", [-180, 0, 1, 0]]], "lakes": []}).encode())
    )
    found = load_waters(path)
    monkeypatch.setattr(waters, "load_waters", lambda: found)
    assert names(waters_for([(0.0, 179.9)])) == {"East"}
    assert names(waters_for([(0.0, 170.0)])) == set()


@pytest.mark.parametrize(
    "data", [b"", b"no gzip", gzip.compress(b"{"), gzip.compress(b'{"grid":1,"rivers":[[1,"A",[1,2]]]}')]
)
def test_a_missing_or_damaged_file_is_said(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "waters.json.gz").write_bytes(data)
    with pytest.raises(GazetteerError, match="damaged"):
        load_waters(tmp_path / "waters.json.gz")
    with pytest.raises(GazetteerError, match="reinstall"):
        load_waters(tmp_path / "none.json.gz")
