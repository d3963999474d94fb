"""Places that are doubtful, and those that the text alone tells of: drawn, opened, listed and filtered as that."""

from dataclasses import replace

import pytest
from selenium import webdriver

from geomap.exporters.leaflet import to_map
from geomap.tables import to_mentions
from tests.browser.looking import Open, Target, click, run, texts, until, with_text
from tests.by_hand import POINT, WINDHOEK, parse_by_hand, told_by_hand

pytestmark = pytest.mark.browser

DOUBTFUL = parse_by_hand("A strike hit Windhoek.", ("Windhoek", WINDHOEK), id="second.txt")
DOUBTFUL = replace(DOUBTFUL, resolutions=tuple(replace(one, confidence=0.84) for one in DOUBTFUL.resolutions))
PARSED = [told_by_hand(), DOUBTFUL]
PAGE = to_map(to_mentions(PARSED), documents=[one.document for one in PARSED]).to_html()


def name_in_text(browser: webdriver.Chrome, name: str) -> Target:
    return with_text(browser, "a.gm-mention", name)


def classes_of(browser: webdriver.Chrome, name: str) -> str:
    script = """
    const marker = [...document.querySelectorAll(".gm-marker")].find(
      (one) => one.querySelector(".gm-name").textContent === arguments[0]);
    return `${marker.className} ${marker.querySelector("svg").getAttribute("class")} ${marker.ariaLabel ?? ""}`;
    """
    found: str = run(browser, script, name)
    return found


def test_a_name_that_the_gazetteer_lacks_is_a_soft_circle_where_the_text_tells(open_page: Open) -> None:
    browser = open_page(PAGE)
    click(browser, name_in_text(browser, "Zelene"))
    card = until(browser, "return document.querySelector('.leaflet-popup .gm-card')").text
    assert "Not in the gazetteer, north-east of <b>Kharkiv</b>" in card
    assert "It may be anywhere within about 30 km of the marker." in card
    assert "% sure" not in card
    drawn = classes_of(browser, "Zelene")
    assert "gm-told-place" in drawn
    assert "gm-sign-about" in drawn
    assert "gm-sign-low" not in drawn
    assert "Zelene 1 mention, not in the gazetteer, north-east of <b>Kharkiv</b>" in drawn
    assert run(browser, "return document.querySelectorAll('.gm-soft').length") >= 1
    assert run(browser, "return document.querySelector('.leaflet-popup b')") is None


def test_coordinates_of_the_text_are_a_dot_without_a_circle(open_page: Open) -> None:
    browser = open_page(PAGE)
    click(browser, name_in_text(browser, POINT))
    card = until(browser, "return document.querySelector('.leaflet-popup .gm-card')").text
    assert "Coordinates given in the text" in card
    assert "anywhere within" not in card
    assert "gm-sign-about" not in classes_of(browser, POINT)


def test_a_doubtful_place_is_hollow_says_so_and_goes_by_the_confidence_filter(open_page: Open) -> None:
    browser = open_page(PAGE, link="#doc=second.txt")
    assert texts(browser, "a.gm-mention.gm-low") == ["Windhoek"]
    click(browser, name_in_text(browser, "Windhoek"))
    card = until(browser, "return document.querySelector('.leaflet-popup .gm-card')").text
    assert "Doubtful: 84% sure, where 85% would do." in card
    assert "84% sure, doubtful" in card
    drawn = classes_of(browser, "Windhoek")
    assert "gm-sign-low" in drawn
    assert "Windhoek 1 mention, doubtful" in drawn
    open_page(PAGE, link="#doc=second.txt&conf=85")
    assert sorted(place_names(browser)) == sorted([POINT, "Kharkiv"])  # what has no confidence goes, too


def place_names(browser: webdriver.Chrome) -> list[str]:
    click(browser, with_text(browser, "#gm-tabs [role=tab]", "Places"))
    return texts(browser, "#gm-view-places tbody th bdi")


def test_key_method_and_table_tell_of_doubt_and_of_the_gazetteer(open_page: Open) -> None:
    browser = open_page(PAGE)
    assert set(place_names(browser)) == {POINT, "Kharkiv", "Starytsya", "Windhoek", "Zelene"}
    rows = texts(browser, "#gm-view-places tbody tr")
    assert any(row.startswith("ZeleneNot in the gazetteer, north-east of <b>Kharkiv</b>") for row in rows)
    assert next(row for row in rows if row.startswith("Windhoek")).endswith(", doubtful")
    click(browser, with_text(browser, "#gm-tabs [role=tab]", "Key"))
    key = " ".join(texts(browser, "#gm-view-key dd"))
    assert "Doubtful: less than 85% sure of the place." in key
    assert "Not in the gazetteer: the text tells where" in key
    click(browser, with_text(browser, "#gm-tabs [role=tab]", "Method"))
    method = " ".join(texts(browser, "#gm-view-method dd"))
    assert "doubtful: less than 85% sure" in method
    assert "are not in the gazetteer, and drawn where the text tells" in method
