"""The page in each of its languages: it says everything in it, nothing runs out of its box, and Arabic is mirrored."""

from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

from geomap.exporters.leaflet import to_map
from geomap.exporters.leaflet.html.languages import LANGUAGES, words_of
from tests.browser.looking import Open, click, run, texts, until, with_text
from tests.browser.test_accessibility import AXE, MANY, findings
from tests.browser.war_reports import war_reports

pytestmark = pytest.mark.browser

TABLE, REPORTS = war_reports()
TABLE.loc[TABLE["toponym"] == "Sudzha", ["event_type", "event_sub_type", "is_event_place", "event_date"]] = [
    "Battles",
    "Armed clash",
    True,
    "2024-08-12",
]
PAGES = {one: to_map(TABLE, documents=REPORTS, language=one).to_html() for one in LANGUAGES}
TABS = ("events", "text", "places", "key", "method")

TOO_LONG = """
const boxes = document.querySelectorAll("#gm-panel :is(button, label), #gm-tabs, #gm-head, #gm-body, #gm-timeline *");
const isCut = (one) => one.clientWidth > 1 && one.scrollWidth > one.clientWidth + 1 && one.checkVisibility();
const isOut = ({ left, right, width }) => width > 1 && (left < -1 || right > innerWidth + 1);
return [...boxes]
  .filter((one) => !one.closest(".gm-hidden, svg, #gm-track"))
  .filter((one) => isCut(one) || isOut(one.getBoundingClientRect()))
  .map((one) => `${one.localName}#${one.id}: ${one.textContent.slice(0, 40)}`);
"""
ENGLISH = """
const own = [...document.querySelectorAll("[aria-label], [title], [placeholder]")]
  .filter((one) => !one.closest("#gm-article, .leaflet-marker-pane"))
  .flatMap((one) => ["aria-label", "title", "placeholder"].map((name) => one.getAttribute(name) ?? ""));
return own.filter((words) => arguments[0].includes(words));
"""


def english_only(language: str) -> list[str]:
    """Return the strings of the English table that another language says otherwise."""
    english, other = words_of("en").strings, words_of(language).strings
    return [
        words for key, words in english.items() if isinstance(words, str) and words != other[key] and len(words) > 3
    ]


@pytest.mark.parametrize("look", ["desktop", "phone"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_tab_speaks_the_language_and_fits(open_page: Open, language: str, look: str) -> None:
    words = words_of(language)
    browser = open_page(PAGES[language], phone=look == "phone")
    assert run(browser, "return [document.documentElement.lang, document.title]") == [language, words["page.title"]]
    for tab in TABS:
        click(browser, f"#gm-tab-{tab}")
        assert texts(browser, f"#gm-tab-{tab}") == [words[f"tab.{tab}"]]
        assert run(browser, TOO_LONG) == [], tab
        if language != "en":
            assert run(browser, ENGLISH, english_only(language)) == [], tab
    click(browser, "#gm-filter")
    assert run(browser, TOO_LONG) == []


def test_the_page_counts_and_dates_as_the_language_does(open_page: Open) -> None:
    browser = open_page(PAGES["uk"], link="#doc=pokrovsk")
    (line,) = texts(browser, "#gm-article .gm-meta:nth-of-type(1)")
    assert "серпня 2024" in line
    assert "згад" in texts(browser, "#gm-counts")[0]
    click(browser, with_text(browser, "a.gm-mention", "Pokrovsk"))
    until(browser, "return document.querySelector('.gm-card h2')")
    assert "Україна" in texts(browser, ".gm-card-head p")[0]


def test_in_arabic_the_panel_stands_on_the_right_and_the_map_is_not_mirrored(open_page: Open) -> None:
    browser = open_page(PAGES["ar"])
    left, edge = run(
        browser,
        "return [document.querySelector('#gm-panel').getBoundingClientRect().left,"
        " document.querySelector('.leaflet-container').getBoundingClientRect().right]",
    )
    assert left == edge > 700
    assert run(browser, "return getComputedStyle(document.querySelector('.leaflet-map-pane')).direction") == "ltr"
    click(browser, "#gm-tab-text")
    ActionChains(browser).send_keys(Keys.ARROW_LEFT).perform()
    assert run(browser, "return document.activeElement.id") == f"gm-tab-{next_tab(browser)}"


def test_in_arabic_the_arrow_of_a_closed_card_points_where_the_text_runs(open_page: Open) -> None:
    arrow = "document.querySelector('.gm-incident button[aria-expanded=false]'), '::after'"
    way = f"return getComputedStyle({arrow}).transform"
    mirrored = {}
    for language in ("en", "ar"):
        browser = open_page(to_map(TABLE, documents=REPORTS, incidents=MANY, language=language).to_html())
        mirrored[language] = run(browser, way)
    assert mirrored == {"en": "matrix(1, 0, 0, 1, 0, 0)", "ar": "matrix(-1, 0, 0, 1, 0, 0)"}


def next_tab(browser: webdriver.Chrome) -> str:
    """Return the name of the tab after that of the text."""
    names: list[str] = run(browser, "return [...document.querySelectorAll('#gm-tabs button')].map((one) => one.id)")
    return names[names.index("gm-tab-text") + 1].removeprefix("gm-tab-")


@pytest.mark.parametrize("language", ["ar", "uk"])
def test_axe_finds_nothing_serious_in_another_language(open_page: Open, language: str) -> None:
    if not Path(AXE).is_file():
        pytest.skip("accessibility left out: axe-core is not in node_modules (install Node.js, make test)")
    browser = open_page(PAGES[language])
    click(browser, "#gm-tab-text")
    click(browser, with_text(browser, "a.gm-mention", "Sudzha"))
    until(browser, "return document.querySelector('.gm-card h2')")
    assert [one for one in findings(browser) if one[1] in ("serious", "critical")] == []


def test_what_reports_say_reads_in_its_own_direction_in_every_part_of_an_arabic_page(open_page: Open) -> None:
    page = to_map(TABLE, documents=REPORTS, incidents=MANY, language="ar").to_html()
    browser = open_page(page)
    click(browser, ".gm-incident button[aria-expanded]")
    click(browser, "#gm-tab-text")
    click(browser, with_text(browser, "a.gm-mention", "Sudzha"))
    until(browser, "return document.querySelector('.gm-card h2')")
    directions = "return [...document.querySelectorAll('blockquote')].map((one) => getComputedStyle(one).direction)"
    assert len(run(browser, directions)) >= 3
    assert set(run(browser, directions)) == {"ltr"}
