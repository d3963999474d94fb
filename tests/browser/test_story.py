"""A story is told step by step: by buttons, keys, links and Back, and whatever it says is text."""

import json
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.common.keys import Keys

from geomap.exporters.leaflet import to_map
from tests.browser.looking import Open, click, is_reachable, run, texts, until
from tests.browser.test_accessibility import AXE, findings
from tests.browser.test_drawing import MAP
from tests.browser.test_filters import REPORTS, TABLE
from tests.hostile_reports import PAYLOADS

pytestmark = pytest.mark.browser

STORY = """
title = "August"

[[step]]
address = "https://example.org/map.html#map=8/51.4/35.2&to=2024-08-10"
heading = "Kursk first"
caption = "It began here."

[[step]]
address = "#map=9/48.3/37.3&place=geonames:704422&doc=pokrovsk"
caption = "Then came Pokrovsk."

[[step]]
address = "#place=geonames:706483"
caption = "And Kharkiv."
"""
CENTRE = f"{MAP} const {{ lat, lng }} = map.getCenter(); return [map.getZoom(), lat, lng]"


@pytest.fixture
def page(tmp_path: Path) -> str:
    path = tmp_path / "story.toml"
    path.write_text(STORY, "utf-8")
    return to_map(TABLE, documents=REPORTS, title="Two weeks", story=path).to_html()


def caption(browser: webdriver.Chrome) -> str:
    return texts(browser, ".gm-story-caption")[0]


def test_a_story_opens_at_its_first_step_and_goes_on_by_button_key_and_back(open_page: Open, page: str) -> None:
    browser = open_page(page)
    assert (caption(browser), texts(browser, "#gm-story h2")) == ("It began here.", ["Kursk first"])
    assert run(browser, CENTRE) == pytest.approx([8, 51.4, 35.2], abs=1e-3)
    assert texts(browser, "#gm-active bdi") == ["Until 10 Aug 2024"]
    click(browser, "#gm-story-next")
    until(browser, "return document.querySelector('.leaflet-popup h2')?.textContent === 'Pokrovsk'")
    assert caption(browser) == "Then came Pokrovsk."
    assert texts(browser, "#gm-article h2") == ["A town prepares"]
    assert texts(browser, "#gm-active .gm-cross") == []
    until(browser, "return location.hash.startsWith('#step=2&map=')")
    browser.switch_to.active_element.send_keys(Keys.ARROW_RIGHT)
    until(browser, "return document.querySelector('.leaflet-popup h2')?.textContent === 'Kharkiv'")
    assert texts(browser, ".gm-story-count") == ["3 of 3"]
    run(browser, "history.back()")
    until(browser, "return document.querySelector('.leaflet-popup h2')?.textContent === 'Pokrovsk'")
    assert caption(browser) == "Then came Pokrovsk."
    run(browser, "history.back()")
    until(browser, "return document.querySelector('.gm-story-count').textContent === '1 of 3'")
    until(browser, "return !document.querySelector('.leaflet-popup')")


def test_a_link_opens_a_step_and_the_story_can_be_left_and_taken_up_again(open_page: Open, page: str) -> None:
    browser = open_page(page, link="#step=2")
    assert caption(browser) == "Then came Pokrovsk."
    until(browser, "return document.querySelector('.leaflet-popup h2')?.textContent === 'Pokrovsk'")
    click(browser, "#gm-story-leave")
    assert run(browser, "return document.activeElement.id") == "gm-story-resume"
    until(browser, "return location.hash.startsWith('#step=0')")
    assert run(browser, "return document.querySelector('#gm-story').checkVisibility()") is False
    click(browser, "#gm-story-resume")
    assert texts(browser, ".gm-story-count") == ["2 of 3"]


def test_a_step_flies_where_motion_is_welcome_and_the_next_one_may_interrupt_it(open_page: Open, page: str) -> None:
    browser = open_page(page, wait="")
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
    run(browser, "location.reload()")
    until(browser, "return document.documentElement.dataset.gmReady")
    click(browser, "#gm-story-next")
    click(browser, "#gm-story-next")
    until(browser, "return document.querySelector('.leaflet-popup h2')?.textContent === 'Kharkiv'")
    assert texts(browser, ".leaflet-popup h2") == ["Kharkiv"]


def test_what_a_step_opens_lies_beside_its_caption(open_page: Open, page: str) -> None:
    browser = open_page(page, link="#step=2")
    until(browser, "return document.querySelector('.leaflet-popup h2')?.textContent === 'Pokrovsk'")
    edges = """
    const [story, popup] = ["#gm-story", ".leaflet-popup"].map((one) => document.querySelector(one));
    return popup.getBoundingClientRect().left - story.getBoundingClientRect().right;
    """
    assert until(browser, edges.replace("return ", "return 0 < "))


@pytest.mark.parametrize("size", [(320, 400), (360, 560), (640, 480)])
def test_the_way_back_to_a_story_covers_nothing_of_a_frame(open_page: Open, page: str, size: tuple[int, int]) -> None:
    browser = open_page(page, link="#embed&step=0")
    sizes = {"width": size[0], "height": size[1], "mobile": False, "deviceScaleFactor": 1}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", sizes)
    assert is_reachable(browser, "#gm-story-resume")
    covered = """
    const [button, ...others] = ["#gm-story-resume", ".leaflet-container", "#gm-frame-head", "#gm-frame-foot"].map(
      (one) => document.querySelector(one).getBoundingClientRect());
    return others.map((one) => Math.max(0, Math.min(one.bottom, button.bottom) - Math.max(one.top, button.top)));
    """
    assert run(browser, covered) == [0, 0, 0]
    assert run(browser, "return document.querySelector('.leaflet-container').clientHeight") > size[1] * 0.4
    # The page lays itself out anew for its size; until then the button moves away from below the pointer.
    run(browser, "return new Promise((done) => requestAnimationFrame(() => setTimeout(done, 300)))")
    click(browser, "#gm-story-resume")
    assert until(browser, "return document.querySelector('#gm-story').checkVisibility()")


@pytest.mark.parametrize("look", ["desktop", "phone", "frame"])
def test_a_story_leaves_the_map_to_be_seen_and_axe_finds_nothing(open_page: Open, page: str, look: str) -> None:
    if not AXE.is_file():
        pytest.skip("accessibility left out: axe-core is not in node_modules (install Node.js, make test)")
    browser = open_page(page, phone=look == "phone", link="#embed" if look == "frame" else "")
    if look == "frame":
        size = {"width": 360, "height": 560, "mobile": False, "deviceScaleFactor": 1}
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    assert is_reachable(browser, browser.find_element("id", "gm-story-next"))
    free = """
    const { left, top, width, height } = document.querySelector(".folium-map").getBoundingClientRect();
    let seen = 0;
    for (let i = 0.5; i < 10; i++) for (let j = 0.5; j < 10; j++) {
      const hit = document.elementFromPoint(left + (width * i) / 10, top + (height * j) / 10);
      if (hit?.closest(".folium-map")) seen += 1;
    }
    return seen;
    """
    assert run(browser, free) > 55
    assert [one for one in findings(browser) if one[1] in ("serious", "critical")] == []


@pytest.mark.parametrize("name", ["image", "end of script", "template literal"])
def test_hostile_captions_are_text(open_page: Open, tmp_path: Path, name: str) -> None:
    words = json.dumps(PAYLOADS[name] + " {{ 7 * 7 }}")
    path = tmp_path / "story.toml"
    path.write_text(
        f'title = {words}\n[[step]]\naddress = "#map=5/50/35"\nheading = {words}\ncaption = {words}\n', "utf-8"
    )
    browser = open_page(to_map(TABLE, documents=REPORTS, story=path).to_html())
    assert caption(browser) == json.loads(words)
    assert texts(browser, "#gm-story h2, .gm-story-title") == [json.loads(words)] * 2
    assert run(browser, "return window.pwned") is None
