"""Areas of control and front lines from a file: how they are drawn, named, dated and explained."""

import json
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver.common.keys import Keys

from geomap.exporters.leaflet import to_map
from tests.browser.looking import Open, click, is_reachable, move_pointer, point_at, run, texts, until, with_text
from tests.browser.test_accessibility import AXE, findings
from tests.browser.test_drawing import BATTLE, happened, point_of
from tests.browser.test_ground import overlap
from tests.browser.war_reports import war_reports
from tests.hostile_reports import PAYLOADS

pytestmark = pytest.mark.browser

TABLE, REPORTS = war_reports()
happened(TABLE, "Sudzha", BATTLE, event_date="2024-08-07", date_precision=1)
happened(TABLE, "Toretsk", BATTLE, event_date="2024-08-14", date_precision=1)
EARLY = [[34.0, 51.0], [35.5, 51.0], [35.5, 51.8], [34.0, 51.8], [34.0, 51.0]]
LATE = [[34.5, 51.0], [36.5, 51.0], [36.5, 52.2], [34.5, 52.2], [34.5, 51.0]]
FRONT = [[33.0, 50.0], [35.5, 50.2], [37.0, 48.2], [38.5, 47.0]]
PATHS = "return document.querySelectorAll('path.gm-zone-line').length"
BOXES = """
const signs = ".gm-marker :is(.gm-disc, .gm-plate)"; // as drawn, without the margin that takes a finger
const nodes = `.gm-base-name span, ${signs}, .gm-name:not(.gm-tucked), .gm-chip > span, .leaflet-control`;
return [...document.querySelectorAll(nodes)].map((node) => node.getBoundingClientRect())
  .filter(({ width }) => width).map(({ left, top, right, bottom }) => [left, top, right, bottom]);
"""


def front_file(folder: Path, *features: tuple[str, Any, dict[str, Any]]) -> Path:
    listed = [
        {"type": "Feature", "geometry": {"type": kind, "coordinates": points}, "properties": facts}
        for kind, points, facts in features
    ]
    path = folder / "front.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": listed}), "utf-8")
    return path


@pytest.fixture
def page(tmp_path: Path) -> str:
    path = front_file(
        tmp_path,
        ("Polygon", [EARLY], {"name": "First days", "side": "Blue", "valid_to": "2024-08-10"}),
        ("Polygon", [LATE], {"name": "Later", "side": "Blue", "valid_from": "2024-08-11", "fill": "#117733"}),
        ("LineString", FRONT, {"name": "Line", "date": "2024-08-01"}),
        ("LineString", [[x, y + 0.2] for x, y in FRONT], {"name": "Line", "date": "2024-08-12"}),
    )
    return to_map(TABLE, documents=REPORTS, boundaries=path).to_html()


def names(browser: Any) -> list[str]:
    return sorted(texts(browser, ".gm-zone-name bdi"))


def test_zones_are_drawn_as_they_stood_on_the_last_day_that_is_chosen(open_page: Open, page: str) -> None:
    browser = open_page(page, link="#map=6.5/50/36")
    assert names(browser) == ["Later", "Line"]
    assert texts(browser, ".gm-zone-name small") == ["since 11 Aug 2024", "since 12 Aug 2024"]
    last = browser.find_element("id", "gm-to")
    while "10 Aug" not in texts(browser, "#gm-range-words")[0]:
        last.send_keys(Keys.ARROW_LEFT)
        run(browser, "return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        assert last.get_attribute("value") != "1"
    assert until(browser, "return document.querySelector('.gm-zone-name small')?.textContent") == "until 10 Aug 2024"
    assert names(browser) == ["First days", "Line"]
    assert texts(browser, "#gm-zones-key summary") == ["As of 10 Aug 2024"]
    assert "1 – 11 Aug 2024" in texts(browser, ".gm-zone-name small")


def test_areas_are_hatched_lines_are_not_and_a_key_says_whose_they_are(open_page: Open, page: str) -> None:
    browser = open_page(page, link="#map=6.5/50/36")
    fills = run(
        browser, "return [...document.querySelectorAll('path.gm-zone-line')].map((p) => p.getAttribute('fill'))"
    )
    assert sorted(fills) == ["none", "url(#gm-zone-1)"]
    assert run(browser, "return document.querySelector('#gm-zone-1 .gm-zone-mark').getAttribute('stroke')") == "#117733"
    assert texts(browser, "#gm-zones-key li span") == ["Blue", "Line"]
    words = " ".join(texts(browser, "#gm-view-key .gm-zone-list li"))
    assert "First days (Blue): until 10 Aug 2024" in words
    assert "front.geojson" in " ".join(texts(browser, "#gm-view-key p"))


def test_an_area_answers_the_pointer_and_what_is_pressed_there_is_the_map(open_page: Open, tmp_path: Path) -> None:
    evil = PAYLOADS["image"]
    path = front_file(tmp_path, ("Polygon", [LATE], {"name": evil, "side": "Blue", "valid_from": "2024-08-11"}))
    browser = open_page(to_map(TABLE, documents=REPORTS, boundaries=path).to_html(), link="#map=7.5/51.4/36")
    x, y = point_of(browser, 52.0, 36.1)
    move_pointer(browser, x, y)
    said = until(browser, "return document.querySelector('.gm-hover')?.textContent")
    assert said == f"{evil} (Blue): since 11 Aug 2024"
    assert run(browser, "return document.querySelectorAll('.gm-zone-line.gm-hovered').length") == 1
    assert run(browser, "return document.querySelector('.gm-hover img')") is None
    move_pointer(browser, *point_of(browser, 50.6, 36.1))
    until(browser, "return !document.querySelector('.gm-hover, .gm-hovered')")


@pytest.mark.parametrize("link", ["#map=6/50/36", "#map=7/50.5/35.5", "#map=8.5/51.3/35.3"])
def test_names_of_zones_lie_on_nothing(link: str, open_page: Open, page: str) -> None:
    browser = open_page(page, link=link)
    assert names(browser)
    boxes = run(browser, BOXES)
    assert run(browser, "return document.querySelector('.gm-marker :is(.gm-disc, .gm-plate)') !== null")
    pairs = [(one, other) for n, one in enumerate(boxes) for other in boxes[n + 1 :]]
    assert [pair for pair in pairs if overlap(*pair) > 3] == []


def test_zones_and_their_key_go_with_the_switch_of_the_layer(open_page: Open, page: str) -> None:
    browser = open_page(page, link="#map=6.5/50/36")
    assert run(browser, PATHS) == 2
    point_at(browser, ".leaflet-control-layers-toggle")
    click(browser, with_text(browser, ".leaflet-control-layers-overlays label span span", " Boundaries from a file"))
    assert run(browser, PATHS) == 0
    assert texts(browser, "#gm-zones-key") == []
    assert until(browser, "return !document.querySelector('.gm-zone-name')")
    click(browser, with_text(browser, ".leaflet-control-layers-overlays label span span", " Boundaries from a file"))
    assert run(browser, PATHS) == 2


def test_on_a_phone_the_key_is_folded_and_can_be_opened(open_page: Open, page: str) -> None:
    browser = open_page(page, link="#map=6/50/36", phone=True)
    assert not run(browser, "return document.querySelector('#gm-zones-key').open")
    click(browser, "#gm-zones-key summary")
    assert is_reachable(browser, browser.find_element("css selector", "#gm-zones-key li"))


def test_forced_colours_leave_hatches_and_lines_to_be_seen(open_page: Open, page: str) -> None:
    browser = open_page(page, link="#map=6.5/50/36")
    forced = {"features": [{"name": "forced-colors", "value": "active"}]}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", forced)
    strokes = run(
        browser,
        "return [...document.querySelectorAll('.gm-zone-line, .gm-zone-mark')].map((n) => getComputedStyle(n).stroke)",
    )
    assert set(strokes) == {"rgb(0, 0, 0)"}


@pytest.mark.parametrize("name", sorted(PAYLOADS))
def test_hostile_names_and_sides_are_text(name: str, open_page: Open, tmp_path: Path) -> None:
    payload = PAYLOADS[name]
    path = front_file(tmp_path, ("Polygon", [LATE], {"name": payload, "side": payload}))
    browser = open_page(to_map(TABLE, boundaries=path).to_html(), link="#map=7/51.6/35.5")
    words = " ".join(payload.split())
    assert texts(browser, "#gm-zones-key li bdi") == [words]
    assert payload.strip() in texts(browser, ".gm-zone-list")[0]
    assert run(browser, "return window.pwned") is None


@pytest.mark.parametrize("look", ["desktop", "phone", "frame"])
def test_axe_finds_nothing_serious_in_zones_and_their_keys(open_page: Open, page: str, look: str) -> None:
    if not AXE.is_file():
        pytest.skip("accessibility left out: axe-core is not in node_modules (install Node.js, make test)")
    link = "#map=6.5/50/36" + ("&embed" if look == "frame" else "")
    browser = open_page(page, link=link, phone=look == "phone")
    if look == "phone":
        click(browser, "#gm-zones-key summary")
    if look != "frame":
        click(browser, "#gm-tab-key")
    assert [one for one in findings(browser) if one[1] in ("serious", "critical")] == []
