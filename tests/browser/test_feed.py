"""The Events tab: cards of incidents, sorted, filtered, opened by hand, keys and address; and totals by region."""

import json

import pandas as pd
import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

from geomap.exporters.leaflet import to_map
from tests.browser.looking import Open, click, move_pointer, pressing_early, run, texts, until
from tests.browser.test_drawing import point_of
from tests.browser.war_reports import war_reports

pytestmark = pytest.mark.browser

TABLE, REPORTS = war_reports()


def telling(toponym: str, **facts: object) -> dict[str, object]:
    row = TABLE[TABLE["toponym"] == toponym].iloc[0]
    place = {"document_id": row["document_id"], "sentence_index": int(row["sentence_index"])}
    return {**place, "mention_start": int(row["start"]), "sentence": row["sentence"], "source": 0, **facts}


def record(id: str, told: list[dict[str, object]], **facts: object) -> dict[str, object]:
    row = {"incident_id": f"incident:{id}", "entry_id": "", "name": "", "event_type": "Battles"}
    row |= {"event_sub_type": "Armed clash", "first_date": "2024-08-12", "last_date": "2024-08-12", "reports": 1}
    row |= {"sources": 1, "fatalities_low": None, "fatalities_high": None, "corrected_by": ""}
    return {**row, **facts, "sentences": json.dumps(told)}


NOWHERE = {"document_id": "kursk", "sentence_index": 99, "sentence": "Nine died.", "source": 0, "mention_start": None}
INCIDENTS = pd.DataFrame(
    [
        record("a", [telling("Sudzha", attribution="the governor")], fatalities_low=2, fatalities_high=4, reports=3),
        record("b", [telling("Myrnohrad")], first_date="2024-08-14", last_date="2024-08-14", corrected_by="Anna"),
        record("c", [{**NOWHERE, "attribution": "a doctor"}], first_date="", last_date="", fatalities_low=9),
        *(record(f"d{n}", [telling("Kursk")], first_date="2024-08-01", last_date="2024-08-01") for n in range(80)),
    ]
)
PAGE = to_map(TABLE, documents=REPORTS, title="Kursk", incidents=INCIDENTS).to_html()
SHELTERS = telling("Kursk")
ELSEWHERE = {"sentence_index": telling("Korenevo")["sentence_index"], "attribution": "people", "fatalities_low": 3}
HEADS = "#gm-view-events .gm-what"
OPEN = "#gm-view-events .gm-open"


def test_the_feed_is_the_first_tab_and_is_made_as_far_as_it_is_read(open_page: Open) -> None:
    browser = open_page(PAGE)
    assert texts(browser, "[role=tab]")[0] == "Events"
    assert texts(browser, ".gm-table-head b")[0] == "83 events, 1 off the map"
    # What has no date goes by the days of its reports.
    assert texts(browser, HEADS)[:3] == [f"Armed clash {name}" for name in ("Myrnohrad", "No place named", "Sudzha")]
    made = "return document.querySelectorAll('#gm-view-events .gm-incident').length"
    assert 10 <= run(browser, made) < 30
    run(browser, "document.querySelector('#gm-body').scrollTop = 1e6")
    until(browser, f"{made} >= 30")


def test_it_is_sorted_by_deaths_and_obeys_the_filters(open_page: Open) -> None:
    browser = open_page(PAGE)
    choose = "const list = document.querySelector('#gm-feed-sort'); list.value = 'deaths';"
    run(browser, choose + "list.dispatchEvent(new Event('change'))")
    assert texts(browser, HEADS)[:2] == ["Armed clash Sudzha", "Armed clash No place named"]
    click(browser, "#gm-filter")
    click(browser, "#gm-verified")
    click(browser, "#gm-done")
    assert texts(browser, HEADS) == ["Armed clash Myrnohrad"]
    assert texts(browser, "#gm-view-events .gm-marks") == ["verified"]
    assert "verified=1" in until(browser, "return location.hash.includes('verified') && location.hash")
    assert run(browser, "return document.querySelectorAll('.gm-marker .gm-verified').length") == 1


def test_a_card_says_who_says_so_how_many_died_and_leads_into_the_text(open_page: Open) -> None:
    browser = open_page(PAGE)
    click(browser, ("#gm-view-events .gm-incident button[aria-expanded]", 2))
    facts = texts(browser, f"{OPEN} .gm-dossier dd")
    assert facts[3] == "2–4"
    assert facts[4].startswith("the governor (in ")
    assert until(browser, "return location.hash.includes('incident=a') && document.querySelector('.gm-selected')")
    click(browser, f"{OPEN} .gm-quote .gm-actions button")
    assert "Sudzha" in until(browser, "return document.querySelector('.gm-sentence.gm-on')?.textContent")


def test_an_address_opens_a_card_also_one_without_a_place_or_filtered_away(open_page: Open) -> None:
    browser = open_page(PAGE, link="#incident=c")
    assert texts(browser, f"{OPEN} blockquote") == ["Nine died."]
    browser = open_page(PAGE, link="#incident=d79&ev=protests")
    assert len(texts(browser, OPEN)) == 1
    assert "Filtered out by" in texts(browser, ".gm-alone .gm-meta")[0]


def test_arrows_go_from_card_to_card_and_escape_closes(open_page: Open) -> None:
    browser = open_page(PAGE)
    run(browser, "document.querySelector('#gm-view-events .gm-incident button').focus()")
    ActionChains(browser).send_keys(*[Keys.ARROW_DOWN] * 3, Keys.ARROW_UP, Keys.ENTER).perform()
    assert texts(browser, f"{OPEN} .gm-what") == ["Armed clash Sudzha"]
    ActionChains(browser).send_keys(Keys.ESCAPE).perform()
    assert not texts(browser, OPEN)
    assert run(browser, "return document.activeElement.ariaExpanded") == "false"


def test_totals_by_region_are_classed_listed_and_in_the_address(open_page: Open) -> None:
    browser = open_page(PAGE)
    click(browser, "#gm-totals")
    assert len(texts(browser, "path.gm-total")) == 2
    assert texts(browser, ".gm-totals-legend ul li") == ["1", "81"]
    click(browser, ".gm-totals-legend [data-total=deaths]")
    assert texts(browser, ".gm-totals-legend ul li") == ["2"]
    assert until(browser, "return location.hash.includes('totals=deaths')")
    click(browser, "#gm-totals")
    assert not texts(browser, "path.gm-total")


def test_a_card_quotes_the_sentence_that_tells_also_where_it_names_no_place(open_page: Open) -> None:
    told = [SHELTERS, {**SHELTERS, **ELSEWHERE}, {**SHELTERS, "trigger": "opened", "attribution": "officials"}]
    page = to_map(TABLE, documents=REPORTS, incidents=pd.DataFrame([record("e", told)])).to_html()
    quotes = f"{OPEN} .gm-quote"
    browser = open_page(page, link="#incident=e")
    assert [words.split(" ")[0] for words in texts(browser, f"{quotes} blockquote")] == ["Officials", "People"]
    assert texts(browser, f"{quotes} blockquote mark") == ["Kursk"]
    assert texts(browser, f"{quotes}:first-child .gm-said") == ["officials"]
    assert texts(browser, f"{quotes}:last-child .gm-said") == ["people · at least 3 killed"]
    click(browser, f"{quotes}:last-child .gm-actions button")
    assert until(browser, "return document.querySelector('.gm-sentence.gm-on')?.textContent").startswith("People")


def test_a_region_that_is_coloured_says_its_total_below_the_pointer(open_page: Open) -> None:
    browser = open_page(PAGE, link="#totals=events&map=7/51.7/36.2")
    move_pointer(browser, *point_of(browser, 51.9, 37.2))
    assert until(browser, "return document.querySelector('.gm-hover')?.textContent") == "Kursk Oblast: 81 events"
    assert run(browser, "return document.querySelectorAll('path.gm-total.gm-hovered').length") == 1
    click(browser, ".gm-totals-legend [data-total=deaths]")
    until(browser, "return !document.querySelector('.gm-hover')")
    move_pointer(browser, *point_of(browser, 51.9, 37.2))
    said = until(browser, "return document.querySelector('.gm-hover')?.textContent")
    assert said == "Kursk Oblast: at least 2 killed"


def test_regions_that_are_coloured_lie_below_the_names_of_the_ground(open_page: Open) -> None:
    browser = open_page(PAGE, link="#totals=events")
    order = "return +getComputedStyle(document.querySelector(arguments[0])).zIndex"
    assert run(browser, order, ".leaflet-gm-totals-pane") < run(browser, order, ".leaflet-gm-names-pane")


@pytest.mark.parametrize(
    ("presses", "seen"),
    [
        ([(".gm-marker.gm-place", "")], ".leaflet-popup .gm-incident"),
        ([(".gm-marker.gm-place", "Enter")], ".leaflet-popup h2:focus"),
        ([("#gm-tab-places", "")], "#gm-view-places tbody tr"),
        ([("#gm-tab-places", ""), ("#gm-tab-events", "")], "#gm-view-events:not([hidden]) .gm-incident"),
    ],
)
def test_what_is_pressed_before_it_can_be_done_is_done_then(
    open_page: Open, presses: list[tuple[str, str]], seen: str
) -> None:
    browser = open_page("<title>nothing yet</title>", wait="")
    with pressing_early(browser, presses):
        open_page(PAGE)
    assert run(browser, "return window.pressedEarly")
    until(browser, f"return document.querySelector({json.dumps(seen)})")


@pytest.mark.parametrize("tab", ["places", "key"])
def test_what_is_pressed_while_the_page_is_still_read_is_done_when_it_is_made(open_page: Open, tab: str) -> None:
    browser = open_page("<title>nothing yet</title>", wait="")
    with pressing_early(browser, [(f"#gm-tab-{tab}", "")], once="#gm-toast"):
        open_page(PAGE)
    assert run(browser, "return window.pressedEarly")
    until(browser, f"return document.querySelector('#gm-tab-{tab}[aria-selected=true]')")
    click(browser, "#gm-tab-text")
    until(browser, "return document.querySelector('#gm-tab-text[aria-selected=true]')")
