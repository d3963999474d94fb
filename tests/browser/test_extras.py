"""What a map can show besides mentions: boundaries of the user's own, blurred points, online backgrounds."""

import dataclasses
import json
from pathlib import Path

import pytest

from geomap.exporters.leaflet import to_map
from tests.browser.looking import Open, click, point_at, run, texts, until, with_text
from tests.browser.war_reports import war_reports
from tests.hostile_reports import PAYLOADS

pytestmark = pytest.mark.browser

TABLE, REPORTS = war_reports()
FRONT = [[33.0, 51.5], [35.5, 51.2], [37.0, 50.2], [38.5, 48.0]]
LABELS = "return [...document.querySelectorAll('.gm-boundary-name')].map((node) => node.textContent)"
SWITCH = ".leaflet-control-layers-overlays label span span"


def boundaries(folder: Path, name: str) -> Path:
    line = {"type": "LineString", "coordinates": FRONT}
    area = {"type": "Polygon", "coordinates": [[[34, 50], [36, 50], [36, 52], [34, 52], [34, 50]]]}
    features = [
        {"type": "Feature", "geometry": line, "properties": {"disputed": True}},
        {"type": "Feature", "geometry": area, "properties": {"name": name}},
    ]
    path = folder / "own lines.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    return path


def test_own_boundaries_are_drawn_dashed_where_disputed_and_can_be_switched_off(
    open_page: Open, tmp_path: Path
) -> None:
    browser = open_page(to_map(TABLE, documents=REPORTS, boundaries=boundaries(tmp_path, "Zone 1")).to_html())
    dash = "return getComputedStyle(document.querySelector(arguments[0])).strokeDasharray"
    assert run(browser, dash, "path.gm-boundary-disputed") == "7px, 5px"
    assert run(browser, dash, "path.gm-boundary:not(.gm-boundary-disputed)") == "none"
    assert run(browser, LABELS) == ["Zone 1"]
    assert "own lines.geojson" in " ".join(texts(browser, "#gm-view-key p"))
    point_at(browser, ".leaflet-control-layers-toggle")
    click(browser, with_text(browser, SWITCH, " Boundaries from a file"))
    assert run(browser, "return document.querySelectorAll('path.gm-boundary').length") == 0
    click(browser, with_text(browser, SWITCH, " Boundaries from a file"))
    assert run(browser, "return document.querySelectorAll('path.gm-boundary').length") == 2


@pytest.mark.parametrize("name", ["image", "end of script", "template literal"])
def test_hostile_names_of_boundaries_are_text(name: str, open_page: Open, tmp_path: Path) -> None:
    payload = PAYLOADS[name]
    browser = open_page(to_map(TABLE, boundaries=boundaries(tmp_path, payload), about={payload: payload}).to_html())
    assert run(browser, LABELS) == [payload]
    assert run(browser, "return window.pwned") is None


def test_a_page_with_long_texts_is_unpacked_and_read(open_page: Open) -> None:
    more = "".join(f" Sentence {n} says “nothing” 🎖." for n in range(20_000))
    documents = [dataclasses.replace(REPORTS[0], text=REPORTS[0].text + more), *REPORTS[1:]]
    page = to_map(TABLE, documents=documents).to_html()
    assert 'type="application/gzip;base64" id="geomap-texts"' in page
    browser = open_page(page)
    assert "Sentence 19999 says “nothing” 🎖." in texts(browser, "#gm-article")[0]
    assert run(browser, "return document.querySelectorAll('.gm-marker').length") > 3


def test_a_link_with_a_search_is_followed_when_the_page_opens(open_page: Open) -> None:
    browser = open_page(to_map(TABLE, documents=REPORTS).to_html(), link="#q=Toretsk")
    assert until(browser, "return document.querySelectorAll('.gm-marker').length") >= 1
