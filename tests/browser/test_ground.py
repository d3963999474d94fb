"""The ground of the map: what is named and drawn around the places, and never taken for one."""

from typing import Any

import pytest

from geomap import load_gazetteer
from geomap.exporters.leaflet import to_map
from tests.browser.looking import Open, run, texts, until
from tests.browser.war_reports import war_reports

pytestmark = pytest.mark.browser

TABLE, REPORTS = war_reports()
TORETSK = "#map=11/48.38/37.85"
BOXES = """
return [...document.querySelectorAll(".gm-base-name span, .gm-marker .gm-sign, .gm-name:not(.gm-tucked)")]
  .map((node) => node.getBoundingClientRect())
  .map(({ left, top, right, bottom }) => [left, top, right, bottom]);
"""


def overlap(one: list[float], other: list[float]) -> float:
    """Return how many pixels two boxes share in the direction in which they share fewer."""
    return min(min(one[2], other[2]) - max(one[0], other[0]), min(one[3], other[3]) - max(one[1], other[1]))


@pytest.fixture(scope="module")
def page() -> Any:
    return to_map(TABLE, documents=REPORTS, gazetteer=load_gazetteer("bundled")).to_html()


def test_settlements_nearby_are_named_when_the_map_is_near(open_page: Open, page: str) -> None:
    browser = open_page(page, link=TORETSK)
    named = until(browser, "return document.querySelectorAll('.gm-settlement').length")
    assert named > 10
    assert "Toretsk" not in texts(browser, ".gm-settlement")
    browser = open_page(page, link="#map=8/48.38/37.85")
    assert texts(browser, ".gm-settlement") == []


def test_a_settlement_is_no_button_and_has_no_number(open_page: Open, page: str) -> None:
    browser = open_page(page, link=TORETSK)
    until(browser, "return document.querySelectorAll('.gm-settlement').length")
    script = (
        "return [...document.querySelectorAll('.gm-settlement')].filter((node) => node.matches(arguments[0])).length"
    )
    assert run(browser, script, "[role=button], [tabindex], .leaflet-interactive, :has(svg), :has(b)") == 0
    assert any("no report names" in words for words in texts(browser, "#gm-view-key dd"))


@pytest.mark.parametrize("link", [TORETSK, "#map=9.5/48.3/37.9", "#map=13/48.38/37.85"])
def test_names_of_the_ground_lie_on_nothing(link: str, open_page: Open, page: str) -> None:
    browser = open_page(page, link=link)
    until(browser, "return document.querySelectorAll('.gm-settlement').length")
    boxes = run(browser, BOXES)
    names = run(browser, "return document.querySelectorAll('.gm-base-name span').length")
    assert names
    pairs = [(one, other) for n, one in enumerate(boxes) for other in boxes[n + 1 :]]
    assert [pair for pair in pairs if overlap(*pair) > 3] == []


def test_rivers_are_named_once_and_not_where_a_report_names_them(open_page: Open, page: str) -> None:
    browser = open_page(page, link="#map=8/48.3/35.1")
    until(browser, "return document.querySelectorAll('.gm-river').length")
    named = texts(browser, ".gm-river")
    assert "Dnipro (Dnieper)" in named
    assert len(named) == len(set(named))


def test_rivers_and_lakes_are_painted_on_the_ground(open_page: Open, page: str) -> None:
    browser = open_page(page, link="#map=8/49.25/32.65")  # Kremenchuk Reservoir
    script = """
    const canvas = document.querySelector(".leaflet-gm-base-pane canvas");
    const { left, top } = canvas.getBoundingClientRect();
    const map = document.querySelector(".folium-map").getBoundingClientRect();
    const at = [map.left + map.width / 2 - left, map.top + map.height / 2 - top];
    return [...canvas.getContext("2d").getImageData(...at, 1, 1).data].slice(0, 3);
    """
    sea = "return getComputedStyle(document.querySelector('.leaflet-container')).backgroundColor"
    assert "rgb({}, {}, {})".format(*run(browser, script)) == run(browser, sea)
