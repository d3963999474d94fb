"""A file of vector tiles of the user's own."""

import base64
from pathlib import Path
from typing import Any

import pytest

from geomap.errors import ConfigError
from geomap.exporters.leaflet import to_map
from geomap.exporters.leaflet.basemap import tiles
from geomap.exporters.leaflet.basemap.tiles import check_beside, read_tiles
from tests.browser.war_reports import war_reports
from tests.small_tiles import write_tiles


def policy_of(page: str) -> str:
    return page.partition('Content-Security-Policy" content="')[2].partition('"')[0]


def test_what_the_file_says_of_itself_is_read(tmp_path: Path) -> None:
    path = write_tiles(tmp_path / "war.pmtiles")
    facts = read_tiles(path)
    assert base64.b64decode(facts.pop("data")) == path.read_bytes()
    assert facts == {
        "file": "war.pmtiles",
        "zooms": [4, 4],
        "bounds": [33.0, 47.0, 39.0, 52.0],
        "credit": "© Someone & others",
    }


def test_a_large_file_is_not_carried_and_has_to_lie_beside_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tiles, "CARRIED", 1000)
    path = write_tiles(tmp_path / "war.pmtiles", padding=2000)
    assert "data" not in read_tiles(path)
    check_beside(path, tmp_path / "map.html")
    (tmp_path / "out").mkdir()
    with pytest.raises(ConfigError, match=r"war\.pmtiles: is too large .* copy it to .*out and give"):
        check_beside(path, tmp_path / "out" / "map.html")


def test_a_page_holds_the_tiles_and_asks_nobody(tmp_path: Path) -> None:
    table, reports = war_reports()
    page = to_map(table, documents=reports, basemap=write_tiles(tmp_path / "war.pmtiles")).to_html()
    assert 'id="geomap-tiles"' in page
    assert "connect-src" not in policy_of(page)
    assert "protomapsL" in page


def test_a_page_beside_its_tiles_may_ask_its_own_server_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tiles, "CARRIED", 10)
    table, reports = war_reports()
    page = to_map(table, documents=reports, basemap=write_tiles(tmp_path / "war.pmtiles")).to_html()
    assert 'id="geomap-tiles"' not in page
    assert "connect-src 'self'" in policy_of(page)


def test_a_page_without_tiles_has_neither_their_library_nor_their_right() -> None:
    table, reports = war_reports()
    page = to_map(table, documents=reports).to_html()
    assert "var protomapsL" not in page
    assert "connect-src" not in policy_of(page)


@pytest.mark.parametrize(
    ("header", "why"),
    [
        ({"at_0": 0}, "is no PMTiles file; make one with"),
        ({"at_7": 2}, "is PMTiles version 2, not 3"),
        ({"at_99": 2}, "holds pictures; give vector tiles"),
        ({"at_98": 3}, "packed in a way that browsers do not unpack"),
        ({"at_97": 4}, "packed in a way that browsers do not unpack"),
        ({"at_24": 128}, "has damaged metadata"),
    ],
)
def test_files_that_cannot_be_drawn_are_refused(tmp_path: Path, header: dict[str, int], why: str) -> None:
    with pytest.raises(ConfigError, match=why):
        read_tiles(write_tiles(tmp_path / "war.pmtiles", **header))


def test_what_is_no_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "short.pmtiles").write_bytes(b"PMTiles")
    with pytest.raises(ConfigError, match="is no PMTiles"):
        read_tiles(tmp_path / "short.pmtiles")
    with pytest.raises(ConfigError, match="cannot be read"):
        read_tiles(tmp_path / "none.pmtiles")


@pytest.mark.parametrize(
    ("credit", "words"), [(None, ""), (7, ""), ("<script>x</script> ©\n OSM", "x © OSM"), ("x" * 999, "x" * 300)]
)
def test_credits_are_plain_words(tmp_path: Path, credit: Any, words: str) -> None:
    assert read_tiles(write_tiles(tmp_path / "war.pmtiles", credit=credit))["credit"] == words
