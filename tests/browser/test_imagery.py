"""Satellite images and heat anomalies: nothing is asked before it is chosen, then they follow the timeline."""

from collections.abc import Callable
from typing import Any

import pytest
from selenium import webdriver
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from geomap import load_gazetteer
from geomap.exporters.leaflet import to_map
from tests.browser.looking import Open, click, point_at, run, texts, until, with_text
from tests.browser.test_drawing import BATTLE, happened
from tests.browser.war_reports import war_reports

pytestmark = pytest.mark.browser

Connected = tuple[webdriver.Chrome, list[str]]
TABLE, REPORTS = war_reports()
happened(TABLE, "Sudzha", BATTLE, event_date="2024-08-07", date_precision=1)
happened(TABLE, "Toretsk", BATTLE, event_date="2024-08-14", date_precision=1)
VIEW = "#map=9/51.2/35.3"
IMAGE, HEAT = "Online: NASA daily image", "Online: NASA heat anomalies"


@pytest.fixture(scope="module")
def page() -> str:
    return to_map(TABLE, documents=REPORTS, gazetteer=load_gazetteer("bundled")).to_html()


def choose(browser: webdriver.Chrome, name: str) -> None:
    if not browser.find_elements("css selector", ".leaflet-control-layers-expanded"):
        point_at(browser, ".leaflet-control-layers-toggle")
    labels = texts(browser, ".leaflet-control-layers label")
    click(browser, (".leaflet-control-layers label", next(n for n, words in enumerate(labels) if name in words)))


def wait_for(asked: list[str], browser: webdriver.Chrome, words: str) -> list[str]:
    WebDriverWait(browser, 10).until(lambda _: any(words in address for address in asked))
    return [address for address in asked if words in address]


def test_nothing_is_asked_before_it_is_chosen(
    open_connected: Callable[..., Any], connected: Connected, page: str
) -> None:
    open_connected(page, VIEW)
    assert connected[1] == []


def test_images_are_of_the_last_day_chosen_and_of_days_beside_it(
    open_connected: Callable[..., Any], connected: Connected, page: str
) -> None:
    browser = open_connected(page, VIEW)
    choose(browser, IMAGE)
    mission = "VIIRS_NOAA20_CorrectedReflectance_TrueColor/default"
    found = wait_for(connected[1], browser, "2024-08-14")
    assert all(
        one.startswith(
            f"gibs.earthdata.nasa.gov/wmts/epsg3857/best/{mission}/2024-08-14/GoogleMapsCompatible_Level9/9/"
        )
        for one in found
    )
    assert texts(browser, "#gm-imagery span[role=status]") == ["Image, 14 Aug 2024"]
    click(browser, "#gm-imagery button:first-child")
    wait_for(connected[1], browser, f"{mission}/2024-08-13/")
    last = browser.find_element("id", "gm-to")
    while "10 Aug" not in texts(browser, "#gm-range-words")[0]:
        last.send_keys(Keys.ARROW_LEFT)
        run(browser, "return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        assert last.get_attribute("value") != "1"
    wait_for(connected[1], browser, f"{mission}/2024-08-10/")
    assert texts(browser, "#gm-imagery span[role=status]") == ["Image, 10 Aug 2024"]


def test_heat_anomalies_lie_over_any_background(
    open_connected: Callable[..., Any], connected: Connected, page: str
) -> None:
    browser = open_connected(page, VIEW)
    choose(browser, HEAT)
    (first, *_) = wait_for(connected[1], browser, "wms.cgi")
    assert first.startswith("gibs.earthdata.nasa.gov/wms/epsg3857/best/wms.cgi?")
    query = first.lower()
    for words in ("layers=viirs_noaa20_thermal_anomalies_375m_all", "time=2024-08-14", "format=image%2fpng", "3857"):
        assert words in query
    assert texts(browser, "#gm-imagery span[role=status]") == ["Heat anomalies, 14 Aug 2024"]
    assert run(browser, "return document.querySelectorAll('.leaflet-gm-base-pane canvas').length") == 1
    choose(browser, HEAT)
    assert until(browser, "return !document.querySelector('#gm-imagery')")


def test_names_and_boundaries_can_be_read_over_images(
    open_connected: Callable[..., Any], connected: Connected, page: str
) -> None:
    browser = open_connected(page, VIEW)
    choose(browser, IMAGE)
    assert until(browser, "return document.querySelector('.leaflet-gm-lines-pane canvas')")
    assert until(browser, "return document.querySelectorAll('.gm-settlement').length") > 1
    clear = """
    const { data } = arguments[0].getContext("2d").getImageData(0, 0, arguments[0].width, arguments[0].height);
    let clear = 0;
    for (let i = 3; i < data.length; i += 4) clear += data[i] === 0;
    return clear / (data.length / 4);
    """
    share = run(browser, clear, browser.find_element("css selector", ".leaflet-gm-lines-pane canvas"))
    assert 0.9 < share < 1  # boundaries, and between them the image
    colours = "return [...new Set([...document.querySelectorAll(arguments[0])].map((n) => getComputedStyle(n).color))]"
    assert run(browser, colours, ".gm-base-name span, .gm-name") == ["rgb(255, 255, 255)"]
    choose(browser, "Built in")
    assert until(browser, "return !document.querySelector('.leaflet-gm-lines-pane canvas')")
    assert run(browser, "return document.querySelectorAll('.gm-over-imagery, #gm-imagery').length") == 0


def test_the_key_says_who_is_asked(open_page: Open, page: str) -> None:
    browser = open_page(page)
    facts = texts(browser, "#gm-view-key .gm-facts")[0]
    assert "NASA daily imagegibs.earthdata.nasa.gov" in facts
    assert "NASA heat anomaliesgibs.earthdata.nasa.gov" in facts


def test_images_that_cannot_be_reached_give_way_to_the_ground(
    open_page: Open, chromium: webdriver.Chrome, page: str
) -> None:
    browser = open_page(page, link=VIEW)
    choose(browser, IMAGE)
    until(browser, "return document.querySelector('#gm-toast').textContent.includes('NASA cannot be reached')")
    assert run(browser, "return document.querySelectorAll('.leaflet-gm-base-pane canvas').length") == 1
    assert not browser.find_elements("css selector", "#gm-imagery")
    chromium.get_log("browser")  # tiles that failed


def test_of_reports_without_dates_there_are_no_images(open_connected: Callable[..., Any], connected: Connected) -> None:
    table, _ = war_reports()
    browser = open_connected(to_map(table.assign(published="", event_date="")).to_html(), VIEW)
    choose(browser, IMAGE)
    assert texts(browser, "#gm-imagery span[role=status]") == ["No image, no day: the reports have no dates"]
    assert connected[1] == []
    assert with_text(browser, ".leaflet-control-layers label span span", f" {IMAGE}")
