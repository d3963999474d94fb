"""Browser Back undoes what a person did, step by step; what the map was dragged to is no step of its own."""

import pytest
from selenium import webdriver

from geomap.exporters.leaflet import to_map
from tests.browser.looking import Open, click, run, texts, until, with_text
from tests.browser.test_drawing import MAP
from tests.browser.test_filters import PAGE as DATED
from tests.browser.war_reports import war_reports

pytestmark = pytest.mark.browser

TABLE, REPORTS = war_reports()
PAGE = to_map(TABLE, documents=REPORTS, title="Kursk and Pokrovsk, August 2024").to_html()
CARD = "document.querySelector('.leaflet-popup h2')?.textContent"


def go_back(browser: webdriver.Chrome) -> None:
    run(browser, "history.back()")


def steps(browser: webdriver.Chrome) -> int:
    return int(run(browser, "return history.length"))


def test_back_closes_the_place_takes_the_filter_back_and_returns_to_the_first_view(open_page: Open) -> None:
    browser = open_page(PAGE)
    first = run(browser, f"{MAP} return [map.getZoom(), map.getCenter().lat]")
    click(browser, "#gm-tab-text")
    before = steps(browser)
    click(browser, with_text(browser, "a.gm-mention", "Rylsk"))
    until(browser, f"return {CARD} === 'Ryl’sk'")
    click(browser, "#gm-next")
    until(browser, "return location.hash.includes('doc=pokrovsk')")
    click(browser, "#gm-filter")
    click(browser, "#gm-role-metonymic")
    until(browser, "return location.hash.includes('roles=')")
    assert steps(browser) == before + 3
    go_back(browser)
    until(browser, "return !document.querySelector('#gm-active .gm-cross')")
    assert texts(browser, "#gm-article h2") == ["A town prepares"]
    go_back(browser)
    until(browser, f"return {CARD} === 'Ryl’sk' && location.hash.includes('place=')")
    assert texts(browser, "#gm-article h2") == ["Fighting widens"]
    go_back(browser)
    until(browser, f"return !{CARD} && location.hash === ''")
    assert run(browser, f"{MAP} return [map.getZoom(), map.getCenter().lat]") == pytest.approx(first, abs=1e-3)
    run(browser, "history.forward()")
    until(browser, f"return {CARD} === 'Ryl’sk'")
    assert steps(browser) == before + 3


def test_dragging_the_map_changes_the_step_that_is_there(open_page: Open) -> None:
    browser = open_page(PAGE)
    before = steps(browser)
    for _ in range(2):
        click(browser, ".leaflet-control-zoom-in")
        run(browser, f"{MAP} map.panBy([80, 20], {{ animate: false }})")
    until(browser, "return location.hash.startsWith('#map=')")
    assert steps(browser) == before


def test_a_filter_drawn_out_over_many_days_is_one_step(open_page: Open) -> None:
    browser = open_page(DATED)
    before = steps(browser)
    bars = browser.find_element("css selector", "#gm-bars")
    box = run(browser, "const {x, y, width} = arguments[0].getBoundingClientRect(); return [x, y, width]", bars)
    drag = [(box[0] + 4, "mousePressed"), *((box[0] + box[2] * n / 8, "mouseMoved") for n in range(1, 5))]
    for x, kind in [*drag, (box[0] + box[2] / 2, "mouseReleased")]:
        event = {"type": kind, "x": x, "y": box[1] + 20, "button": "left", "buttons": 1, "clickCount": 1}
        browser.execute_cdp_cmd("Input.dispatchMouseEvent", event)
        run(browser, "return new Promise(requestAnimationFrame)")
    until(browser, "return location.hash.includes('to=')")
    assert steps(browser) == before + 1
    go_back(browser)
    until(browser, "return location.hash === ''")
    assert texts(browser, "#gm-active .gm-cross") == []
