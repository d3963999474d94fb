"""The search suggests what it knows by name, by keyboard and by pointer, and goes there."""

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from geomap.exporters.leaflet import to_map
from tests.browser.looking import Open, click, is_reachable, run, texts, until, with_text
from tests.browser.test_accessibility import AXE, findings
from tests.browser.test_accessibility import PAGE as WITH_INCIDENTS
from tests.browser.test_drawing import MAP
from tests.browser.test_filters import REPORTS, TABLE
from tests.hostile_reports import PAYLOADS, hostile_reports

pytestmark = pytest.mark.browser

PAGE = to_map(TABLE, documents=REPORTS, title="Two weeks in August").to_html()
OPTIONS = "#gm-suggestions [role=option] > span > span"
ACTIVE = """
const box = document.querySelector("#gm-search");
const id = box.getAttribute("aria-activedescendant");
return id && document.getElementById(id).querySelector("span > span").textContent;
"""


def typed(browser: webdriver.Chrome, *keys: str) -> None:
    browser.find_element(By.ID, "gm-search").send_keys(*keys)


def test_enter_flies_to_the_place_that_is_named_and_the_reading_pane_follows(open_page: Open) -> None:
    browser = open_page(PAGE)
    typed(browser, "toret")
    assert texts(browser, OPTIONS) == ["Toretsk", "Sentences with “toret”"]
    assert run(browser, ACTIVE) == "Toretsk"
    typed(browser, Keys.ENTER)
    until(browser, "return document.querySelector('.leaflet-popup h2')?.textContent === 'Toretsk'")
    assert texts(browser, "#gm-article h2") == ["A town prepares"]
    assert "Toretsk" in texts(browser, ".gm-sentence.gm-on")[0]
    assert texts(browser, "#gm-active .gm-cross") == []
    assert run(browser, "return document.querySelector('#gm-suggestions').hidden")
    run(browser, "history.back()")
    until(browser, "return !document.querySelector('.leaflet-popup')")


def test_arrows_choose_among_kinds_and_escape_closes_the_list(open_page: Open) -> None:
    browser = open_page(PAGE)
    typed(browser, "post")
    assert texts(browser, ".gm-suggest-kind") == ["Reports", "Outlets", "In the texts"]
    assert run(browser, ACTIVE) is None
    typed(browser, Keys.ARROW_DOWN, Keys.ARROW_DOWN)
    assert run(browser, ACTIVE) == "Łódź Post"
    typed(browser, Keys.ESCAPE)
    box = browser.find_element(By.ID, "gm-search")
    assert (box.get_attribute("value"), box.get_attribute("aria-expanded")) == ("post", "false")
    typed(browser, Keys.ARROW_DOWN, Keys.ARROW_UP, Keys.ARROW_UP, Keys.ENTER)
    until(browser, "return location.hash.includes('src=')")
    assert texts(browser, "#gm-active bdi") == ["Łódź Post"]
    assert texts(browser, "#gm-search") == [""]


def test_a_report_is_opened_with_the_pointer_and_its_places_come_into_view(open_page: Open) -> None:
    browser = open_page(PAGE, link="#map=9/36.2/37.2")
    typed(browser, "town prep")
    click(browser, with_text(browser, OPTIONS, "A town prepares"))
    assert texts(browser, "#gm-article h2") == ["A town prepares"]
    until(browser, f"{MAP} return map.getBounds().contains([48.28, 37.18]) && map.getZoom() < 12")


def test_words_that_are_no_name_search_the_texts(open_page: Open) -> None:
    browser = open_page(PAGE)
    typed(browser, "rifle fire")
    assert texts(browser, OPTIONS) == ["Sentences with “rifle fire”"]
    typed(browser, Keys.ENTER)
    until(browser, "return document.querySelector('.gm-sentence.gm-on')?.textContent.includes('rifle fire')")
    assert texts(browser, "#gm-active bdi") == ["“rifle fire”"]


@pytest.mark.parametrize("width", [1400, 390])
def test_axe_finds_nothing_in_the_suggestions(open_page: Open, width: int) -> None:
    if not AXE.is_file():
        pytest.skip("accessibility left out: axe-core is not in node_modules (install Node.js, make test)")
    browser = open_page(PAGE, width=width)
    typed(browser, "s")
    assert [one for one in findings(browser) if one[1] in ("serious", "critical")] == []
    assert is_reachable(browser, "#gm-suggestions [role=option]")


@pytest.mark.parametrize("name", ["image", "end of script", "template literal"])
def test_hostile_names_are_text_in_suggestions(open_page: Open, name: str) -> None:
    table, documents = hostile_reports(PAYLOADS[name])
    browser = open_page(to_map(table, documents=documents, title="x").to_html())
    run(browser, "document.querySelector('#gm-search').value = arguments[0]", PAYLOADS[name][:8])
    typed(browser, " ")
    until(browser, "return document.querySelectorAll('#gm-suggestions [role=option]').length > 1")
    assert PAYLOADS[name] in " ".join(texts(browser, OPTIONS))
    assert run(browser, "return window.pwned") is None


def test_an_incident_is_found_by_what_happened_and_where_and_its_card_opens(open_page: Open) -> None:
    browser = open_page(WITH_INCIDENTS)
    typed(browser, "clash sudzha")
    assert "Events" in texts(browser, ".gm-suggest-kind")
    assert "Sudzha" in texts(browser, OPTIONS)[0]
    assert run(browser, ACTIVE) is None
    typed(browser, Keys.ARROW_DOWN, Keys.ENTER)
    until(browser, "return location.hash.includes('incident=')")
    assert texts(browser, "#gm-active .gm-cross") == []
