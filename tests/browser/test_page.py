import pandas as pd
import pytest
from selenium import webdriver
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from geomap.exporters.leaflet import to_map
from geomap.tables import to_mentions
from tests.browser.looking import Open, click, point_at, run, texts, until, with_text
from tests.browser.war_reports import war_reports

pytestmark = pytest.mark.browser

TABLE, REPORTS = war_reports()
PAGE = to_map(TABLE, documents=REPORTS, title="Kursk and Pokrovsk, August 2024").to_html()

FIND_MARKER = """
return [...document.querySelectorAll(".gm-marker, .gm-chip[role=button]")]
  .find((node) => node.getAttribute("aria-label").startsWith(arguments[0]))
"""


def open_place(browser: webdriver.Chrome, name: str) -> None:
    click(browser, "#gm-tab-places")
    click(browser, with_text(browser, "#gm-view-places tbody button", name))
    WebDriverWait(browser, 10).until(lambda waiting: texts(waiting, ".gm-card h2") == [name])


def test_the_page_needs_no_network_and_shows_places_with_their_mentions(open_page: Open) -> None:
    browser = open_page(PAGE)
    assert run(browser, "return performance.getEntriesByType('resource').map((entry) => entry.name)") == []
    assert browser.title == "Kursk and Pokrovsk, August 2024"
    assert texts(browser, "#gm-counts") == ["22 of 26 mentions on the map, 1 not found"]
    labels = run(browser, "return [...document.querySelectorAll('.gm-marker')].map((node) => node.ariaLabel)")
    assert "Kharkiv 1 mention" in labels
    assert run(browser, "return document.querySelector('#gm-article h2').textContent") == "Fighting widens"


def test_countries_regions_and_seas_are_labels_and_never_markers(open_page: Open) -> None:
    browser = open_page(PAGE)
    click(browser, ".gm-all")
    until(browser, "return document.querySelectorAll('.gm-chip-water').length")
    markers = " ".join(
        run(browser, "return [...document.querySelectorAll('.gm-marker')].map((node) => node.ariaLabel)")
    )
    for area in ("Ukraine", "Kursk Oblast", "Belgorod Oblast", "Sea of Azov"):
        assert area not in markers
    chips = texts(browser, ".leaflet-marker-pane .gm-chip bdi")
    assert {"Ukraine", "Kursk Oblast", "Belgorod Oblast", "Sea of Azov"} <= set(chips)
    assert run(browser, "return document.querySelectorAll('path.gm-outline').length") == 3


def test_a_popup_quotes_the_sentence_marks_the_mention_and_links_the_source(open_page: Open) -> None:
    browser = open_page(PAGE)
    open_place(browser, "Sudzha")
    quotes = texts(browser, ".leaflet-popup blockquote")
    assert quotes[0].endswith("they fought in the western streets of Sudzha.")
    assert texts(browser, ".leaflet-popup mark") == ["Sudzha"] * 3
    assert "93% sure" in texts(browser, ".leaflet-popup .gm-sure")
    assert texts(browser, ".leaflet-popup .gm-source")[0] == "Fighting widens · Border Herald, 13 August 2024"
    link = run(browser, "const a = document.querySelector('.leaflet-popup .gm-out'); return [a.href, a.rel, a.target]")
    words = "Ukraine's%20troops%20widened%20their%20hold,the%20western%20streets%20of%20Sudzha."
    assert link == [f"https://example.org/kursk#top:~:text={words}", "noopener noreferrer nofollow", "_blank"]


def test_show_in_text_opens_the_report_at_the_sentence(open_page: Open) -> None:
    browser = open_page(PAGE)
    open_place(browser, "Toretsk")
    click(browser, ".leaflet-popup .gm-actions button")
    assert texts(browser, "#gm-article h2") == ["A town prepares"]
    assert texts(browser, ".gm-sentence.gm-on.gm-flash")[0].startswith("Troops from Kharkiv")
    assert texts(browser, ".gm-mention.gm-selected") == ["Toretsk"]
    assert run(browser, "return document.activeElement.classList.contains('gm-sentence')")
    until(browser, "return location.hash.includes('doc=pokrovsk&sentence=4&mention=')")


def test_a_mention_in_the_text_opens_its_place(open_page: Open) -> None:
    browser = open_page(PAGE)
    click(browser, with_text(browser, "a.gm-mention", "Rylsk"))
    until(browser, "return document.querySelector('.leaflet-popup h2')?.textContent === 'Ryl’sk'")
    assert texts(browser, ".gm-card-head p")[0] == "Town, Kursk Oblast, Russia · 1 mention in 1 report"


def test_a_marker_opens_with_the_keyboard_and_gives_the_focus_back(open_page: Open) -> None:
    browser = open_page(PAGE)
    marker = run(browser, FIND_MARKER, "Kharkiv")
    assert marker.get_attribute("role") == "button"
    assert marker.get_attribute("tabindex") == "0"
    marker.send_keys(Keys.ENTER)
    assert until(browser, "return document.querySelector('.leaflet-popup h2')?.textContent") == "Kharkiv"
    assert run(browser, "return document.activeElement.textContent") == "Kharkiv"
    browser.switch_to.active_element.send_keys(Keys.ESCAPE)
    until(browser, "return !document.querySelector('.leaflet-popup')")
    assert run(browser, "return document.activeElement.getAttribute('aria-label')") == "Kharkiv 1 mention"
    run(browser, FIND_MARKER, "Belgorod Oblast").send_keys(Keys.SPACE)
    assert until(browser, "return document.querySelector('.leaflet-popup h2')?.textContent") == "Belgorod Oblast"


def test_an_uncertain_place_is_hollow_and_lists_where_else_it_could_be(open_page: Open) -> None:
    browser = open_page(PAGE, link="#place=geonames:700051")
    until(browser, "return document.querySelector('.leaflet-popup h2')?.textContent === 'Oleksandrivka'")
    assert texts(browser, ".gm-marker .gm-sign-low text") == ["?"]
    assert texts(browser, ".gm-others[open] li") == ["Oleksandrivka (Kirovohrad Oblast, Ukraine)"]
    assert run(browser, "return document.querySelectorAll('.gm-ghost').length") == 1


def test_the_places_tab_sorts_and_lists_what_was_not_found(open_page: Open) -> None:
    browser = open_page(PAGE)
    click(browser, "#gm-tab-places")
    names = "#gm-view-places tbody button > span"
    assert texts(browser, names)[0] == "Sudzha"
    click(browser, "[data-order=name]")
    assert texts(browser, names)[:2] == ["Belgorod Oblast", "Dnipro"]
    assert run(browser, "return document.querySelector('th[aria-sort=ascending]').textContent") == "Place"
    assert texts(browser, ".gm-missing li") == ["Lower Birchwell"]
    click(browser, ".gm-missing button")
    assert "hamlet of Lower Birchwell" in texts(browser, ".gm-sentence.gm-on")[0]


def test_a_deep_link_opens_a_sentence_and_a_broken_one_is_ignored(open_page: Open) -> None:
    browser = open_page(PAGE, link="#doc=pokrovsk&sentence=2")
    assert texts(browser, ".gm-sentence.gm-on") == ["Trains to Dnipro leave Pokrovsk twice a day."]
    browser = open_page(PAGE, link="#doc=%E0%A4%A&sentence=99&place=constructor&roles=yes&__proto__=1")
    assert texts(browser, "#gm-article h2") == ["Fighting widens"]
    assert texts(browser, ".gm-sentence.gm-on") == []


def test_the_method_names_the_sources_and_counts_what_is_not_shown(open_page: Open) -> None:
    words = " ".join(texts(open_page(PAGE), "#gm-view-method"))
    for expected in ("GeoNames, CC BY 4.0", "Natural Earth, public domain", "Disputed boundaries are dashed"):
        assert expected in words
    assert "not found in the gazetteer (NIL)" in words
    assert "loads nothing" in words


def test_on_a_phone_a_place_opens_in_the_sheet_below_the_map(open_page: Open) -> None:
    browser = open_page(PAGE, phone=True)
    click(browser, with_text(browser, "a.gm-mention", "Sudzha"))
    assert until(browser, "return document.querySelector('#gm-view-place h2')?.textContent") == "Sudzha"
    assert run(browser, "return document.querySelectorAll('.leaflet-popup').length") == 0
    click(browser, "#gm-back")
    assert run(browser, "return !document.querySelector('#gm-view-text').hidden")
    assert run(browser, "return document.documentElement.scrollWidth") <= 390


def test_without_the_reports_the_pane_shows_the_quoted_sentences(open_page: Open) -> None:
    browser = open_page(to_map(TABLE).to_html())
    assert texts(browser, "#gm-article a.gm-mention")[:2] == ["Glushkovo", "Ukraine"]
    assert "Only the sentences that name places are at hand." in texts(browser, "#gm-article .gm-meta")


def test_an_empty_table_gives_an_empty_map(open_page: Open) -> None:
    browser = open_page(to_map(to_mentions([]), title="Nothing").to_html())
    assert texts(browser, "#gm-counts") == ["0 of 0 mentions on the map"]
    assert texts(browser, "#gm-article") == ["There are no reports in this map."]


def test_many_mentions_travel_compressed(open_page: Open) -> None:
    many = pd.concat([TABLE.assign(document_id=f"copy {n}") for n in range(200)], ignore_index=True)
    page = to_map(many).to_html()
    assert '<script type="application/gzip;base64" id="geomap-data">' in page
    assert texts(open_page(page), "#gm-counts") == ["4,400 of 5,200 mentions on the map, 200 not found"]


def test_a_notebook_shows_the_map_in_a_frame_that_cannot_reach_out(open_page: Open) -> None:
    output = to_map(TABLE, documents=REPORTS)._repr_html_()
    browser = open_page(f"<!DOCTYPE html><title>Notebook</title><body>{output}</body>", wait="")
    browser.switch_to.frame(0)
    until(browser, "return document.documentElement.dataset.gmReady")
    assert run(browser, "return document.querySelectorAll('.gm-marker').length") > 3
    reach = "try { return parent.document.title } catch (error) { return error.name }"
    assert run(browser, reach) == "SecurityError"
    browser.switch_to.default_content()


def test_online_tiles_that_cannot_load_give_way_to_the_built_in_map(open_page: Open) -> None:
    browser = open_page(PAGE)
    point_at(browser, ".leaflet-control-layers-toggle")
    click(browser, (".leaflet-control-layers-selector", 1))
    until(browser, "return document.querySelector('#gm-toast').classList.contains('gm-on')")
    assert texts(browser, "#gm-toast") == ["The online map cannot be reached. Showing the built-in one."]
    until(browser, "return document.querySelectorAll('.leaflet-control-layers-selector')[0].checked")
    messages = [entry["message"] for entry in browser.get_log("browser")]  # the browser's own lines about the tiles
    assert messages
    assert all("tile.opentopomap.org" in message and "Security" not in message for message in messages)


@pytest.mark.parametrize(
    ("address", "sentence", "expected"),
    [
        ("https://example.org/a", "Short one.", "https://example.org/a#:~:text=Short%20one."),
        (
            "https://example.org/a#b",
            "Short, one-off & done",
            "https://example.org/a#b:~:text=Short%2C%20one%2Doff%20%26%20done",
        ),
        (
            "http://example.org",
            "a b c d e f g h i j k l",
            "http://example.org/#:~:text=a%20b%20c%20d%20e,h%20i%20j%20k%20l",
        ),
        ("javascript:alert(1)", "x", ""),
        ("JaVaScRiPt:alert(1)", "x", ""),
        ("data:text/html,x", "x", ""),
        ("file:///etc/passwd", "x", ""),
        ("//example.org", "x", ""),
        ("", "x", ""),
    ],
)
def test_links_go_to_the_sentence_and_only_to_the_web(
    open_page: Open, address: str, sentence: str, expected: str
) -> None:
    browser = open_page(PAGE)
    assert run(browser, "return GeoMapPage.fragmentUrl(...arguments)", address, sentence) == expected
