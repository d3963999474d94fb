"""The verdicts that a reader gives on the page itself: collected without a server, saved as a file."""

import dataclasses
import time
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

import geomap
from geomap.corrections.corrections_file import read_corrections
from geomap.exporters.leaflet import to_map
from geomap.types import Document
from tests.browser.looking import Open, click, point_at, run, texts, until, with_text
from tests.browser.test_accessibility import AXE, findings

pytestmark = pytest.mark.browser

EVIL = "<img src=x onerror=pwned=1>"
TEXT = (
    f"🎖 It rained in March {EVIL}. Shelling hit Pokrovsk on 3 March 2025. Rockets struck Kharkiv. "
    "It was calm in '=Qwert."
)
NAMES = ("March", "Pokrovsk", "Kharkiv", "'=Qwert")
SPANS = tuple((TEXT.index(name), TEXT.index(name) + len(name)) for name in NAMES)
REPORT = Document(id=f"=one {EVIL}.txt", text=TEXT, title=EVIL, given_mentions=SPANS)


def parsed() -> list[geomap.ParsedDocument]:
    return list(geomap.Geoparser(recognizer="given", resolver="population").parse([REPORT]))


def page(*, documents: bool = True) -> str:
    found = parsed()
    incidents = geomap.to_incidents(geomap.to_events(found))
    return to_map(geomap.to_mentions(found), documents=[REPORT] if documents else (), incidents=incidents).to_html()


def press(browser: webdriver.Chrome, *keys: str) -> None:
    for key in keys:
        ActionChains(browser).send_keys(key).perform()


def button(browser: webdriver.Chrome, group: str, words: str) -> None:
    """Click a button of the name or event whose group begins with some words."""
    script = """
    const groups = [...document.querySelectorAll("#gm-judge fieldset")];
    const group = groups.find((one) => one.querySelector("legend").textContent.startsWith(arguments[0]));
    return [...group.querySelectorAll("button")].find((one) => one.textContent.startsWith(arguments[1]));
    """
    found = run(browser, script, group, words)
    assert found is not None, (group, words, texts(browser, "#gm-judge fieldset"))
    click(browser, found)


def correct(browser: webdriver.Chrome, name: str) -> None:
    """Open a place from the text, and the window for corrections from its card."""
    click(browser, "#gm-tab-text")
    click(browser, with_text(browser, "a.gm-mention", name))
    open_alone = "const cards = [...document.querySelectorAll('.gm-card h2')].map((one) => one.textContent); "
    until(browser, f"{open_alone} return cards.length === 1 && cards[0] === {name!r}")
    click(browser, with_text(browser, ".gm-card .gm-actions button", "Correct…"))
    until(browser, "return document.querySelector('#gm-judge').open")


def saved(browser: webdriver.Chrome, folder: Path) -> Path:
    """Save by the button in the heading and wait for the file."""
    folder.mkdir(exist_ok=True)
    path = folder / "corrections.csv"
    browser.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(folder)})
    click(browser, "#gm-kept button")
    for _ in range(100):
        if path.exists() and path.stat().st_size:
            return path
        time.sleep(0.05)
    raise AssertionError("no file was saved")


def count(browser: webdriver.Chrome) -> int:
    return int(run(browser, "return document.documentElement.dataset.gmVerdicts ?? 0"))


def test_verdicts_by_pointer_are_saved_and_taken_back_by_the_next_map(open_page: Open, tmp_path: Path) -> None:
    browser = open_page(page())
    triggers = {one.start: TEXT[one.start : one.end] for one in parsed()[0].events}
    shelling, rockets = (triggers[start] for start in sorted(triggers))
    correct(browser, "March")
    button(browser, "“March”", "Not a place")
    click(browser, with_text(browser, "#gm-judge button", "Close"))
    correct(browser, "Pokrovsk")
    until(browser, "return document.querySelectorAll('#gm-judge fieldset').length === 2")
    other = texts(browser, "#gm-judge fieldset button[data-said*='geonames']")
    assert len(other) > 1
    button(browser, "“Pokrovsk”", other[1])
    button(browser, f"“{shelling}”", "Right")
    press(browser, Keys.ESCAPE)
    until(browser, "return !document.querySelector('#gm-judge').open")
    assert texts(browser, ".gm-card h2"), "Escape closes the window alone"
    correct(browser, "Kharkiv")
    click(browser, "#gm-judge .gm-tick input")
    button(browser, f"“{rockets}”", "No such event")
    assert count(browser) == 4
    click(browser, with_text(browser, "#gm-judge button", "Close"))
    rows = read_corrections(saved(browser, tmp_path / "saved"))
    assert [(row.document, row.words, row.start, row.verdict) for row in rows] == [
        (REPORT.id, "March", TEXT.index("March"), "not a place"),
        (REPORT.id, "Pokrovsk", TEXT.index("Pokrovsk"), "place"),
        (REPORT.id, shelling, TEXT.index(shelling), "verified"),
        ("any", rockets, None, "wrong"),
    ]
    tally = geomap.Tally(corrections=rows)
    (after,) = geomap.corrected(parsed(), tally, gazetteer=geomap.load_gazetteer())
    assert [(one.times, one.problem) for one in tally.outcomes()] == [(1, "")] * 4
    assert [one.mention.toponym for one in after.resolutions] == list(NAMES[1:])
    assert [(event.start, event.corrected_by) for event in after.events] == [(min(triggers), "unnamed")]
    assert run(browser, "return window.pwned") is None


def test_a_sentence_is_corrected_by_keys_alone_also_where_nothing_was_found(open_page: Open, tmp_path: Path) -> None:
    browser = open_page(page())
    click(browser, "#gm-tab-places")
    until(browser, "return document.querySelector('.gm-missing button')")
    run(browser, "document.querySelector('.gm-missing button').focus()")
    press(browser, Keys.ENTER)
    until(browser, "return document.querySelector('.gm-sentence.gm-on')")
    press(browser, "c")
    until(browser, "return document.querySelector('#gm-judge').open")
    focus = "return document.activeElement.textContent"
    press(browser, Keys.TAB)
    until(browser, f"{focus} === 'A place, unknown where'")
    press(browser, Keys.SPACE)
    assert count(browser) == 1
    assert texts(browser, "#gm-judge [aria-pressed=true]") == ["A place, unknown where"]
    press(browser, Keys.TAB, "north of Kharkiv", Keys.TAB, Keys.TAB, Keys.SPACE)
    assert "such as geonames:706483" in texts(browser, "#gm-judge [role=status]")[0]
    back = ActionChains(browser).key_down(Keys.SHIFT).send_keys(Keys.TAB, Keys.TAB).key_up(Keys.SHIFT)
    back.key_down(Keys.CONTROL).send_keys("a").key_up(Keys.CONTROL).perform()
    press(browser, "50.5, -36.25", Keys.TAB, Keys.TAB, Keys.SPACE)
    assert texts(browser, "#gm-judge .gm-decided") == ["Decided: place; 50.5, -36.25"]
    press(browser, Keys.TAB, Keys.SPACE)
    assert count(browser) == 0
    press(browser, *[Keys.TAB] * 4, Keys.SPACE)
    assert count(browser) == 1
    press(browser, Keys.ESCAPE)
    until(browser, "return !document.querySelector('#gm-judge').open")
    (row,) = read_corrections(saved(browser, tmp_path / "saved"))
    assert (row.words, row.start, row.latitude, row.longitude) == ("'=Qwert", TEXT.index("'=Qwert"), 50.5, -36.25)


def test_all_facts_of_an_event_are_put_right_and_it_is_made_one_with_another(open_page: Open, tmp_path: Path) -> None:
    browser = open_page(page())
    correct(browser, "Pokrovsk")
    event = "#gm-judge fieldset:last-of-type"
    group = texts(browser, f"{event} legend b")[0]
    button(browser, group, "No such event")
    click(browser, f"{event} summary")
    click(browser, f"{event} details select")
    press(browser, "Gren", Keys.ENTER)
    press(browser, Keys.TAB, "2025-03-40", Keys.TAB, "2")
    button(browser, group, "Set")
    assert "Give a day such as" in texts(browser, "#gm-judge [role=status]")[0]
    click(browser, f"{event} details input")
    press(browser, Keys.END, *[Keys.BACKSPACE] * 2, "04")
    button(browser, group, "Middle of the map")
    button(browser, group, "Set")
    button(browser, group, "Same")
    assert count(browser) == 2
    assert " and same; as at " in texts(browser, f"{event} .gm-decided")[0]
    click(browser, "#gm-judge .gm-tick input")
    button(browser, group, "Same")
    assert "in every report" in texts(browser, "#gm-judge [role=status]")[0]
    press(browser, Keys.ESCAPE)
    rows = read_corrections(saved(browser, tmp_path / "saved"))
    assert (rows[0].verdict, rows[0].event_sub_type, rows[0].event_date) == ("event", "Grenade", "2025-03-04")
    assert (rows[0].fatalities_low, rows[0].fatalities_high, rows[0].has_place) == (2, 2, True)
    (after,) = geomap.corrected(parsed(), geomap.Tally(corrections=rows), gazetteer=geomap.load_gazetteer())
    first, second = after.events
    assert (first.occurrence, first.fatalities_high, first.latitude) == (second.occurrence, 2, rows[0].latitude)


NOWHERE = Document(
    id="nowhere.txt",
    text="Shelling killed two people on 3 March 2025. Crowds protested on 5 May 2025. Rebels clashed with troops on "
    "9 July 2025. Kharkiv was calm.",
    title="No place named",
)


def unplaced() -> list[geomap.ParsedDocument]:
    start = NOWHERE.text.index("Kharkiv")
    given = dataclasses.replace(NOWHERE, given_mentions=((start, start + 7),))
    found = list(geomap.Geoparser(recognizer="given", resolver="population").parse([given]))
    assert [event.place for one in found for event in one.events] == [None] * 3
    return found


def page_of(found: list[geomap.ParsedDocument]) -> str:
    incidents = geomap.to_incidents(geomap.to_events(found), unplaced=True)
    return to_map(geomap.to_mentions(found), documents=[one.document for one in found], incidents=incidents).to_html()


def test_an_event_without_a_place_is_judged_and_given_one_and_the_next_map_has_it(
    open_page: Open, tmp_path: Path
) -> None:
    found = unplaced()
    browser = open_page(page_of(found))
    first, second, third = (NOWHERE.text[event.start : event.end] for event in found[0].events)

    def judge(n: int) -> None:
        click(browser, ("#gm-view-events .gm-incident button[aria-expanded=false]", n))
        until(browser, "return document.querySelector('.gm-open .gm-actions')")
        click(browser, with_text(browser, "#gm-view-events .gm-open .gm-actions button", "Correct…"))
        until(browser, "return document.querySelector('#gm-judge').open")

    heads = texts(browser, "#gm-view-events .gm-what")
    assert all("No place named" in head for head in heads)
    quotes = {}
    for n in range(3):
        judge(n if n == 0 else n - 1)  # the one that is open is none of the closed
        quotes[texts(browser, "#gm-judge blockquote")[0].split()[0]] = n
        group = texts(browser, "#gm-judge legend b")[0]
        said = {first: "Set", second: "Right", third: "No such event"}[group.strip("“”")]
        if said == "Set":
            click(browser, "#gm-judge summary")
            click(browser, "#gm-judge details .gm-verdict-row:has(button) input")
            press(browser, "51.5, 38.5")
        button(browser, group, said)
        assert texts(browser, "#gm-judge .gm-decided") != [""]
        click(browser, with_text(browser, "#gm-judge button", "Close"))
    assert sorted(quotes) == ["Crowds", "Rebels", "Shelling"]
    assert "marked as no event" in " ".join(texts(browser, "#gm-view-events .gm-marks li"))
    path = saved(browser, tmp_path / "saved")
    tally = geomap.Tally(corrections=read_corrections(path))
    after = list(geomap.corrected(found, tally, gazetteer=geomap.load_gazetteer()))
    assert [(one.times, one.problem) for one in tally.outcomes()] == [(1, "")] * 3
    placed, right = after[0].events
    assert (placed.start, placed.place is not None) == (found[0].events[0].start, True)
    assert (right.start, right.place, right.corrected_by) == (found[0].events[1].start, None, "unnamed")
    browser = open_page(page_of(after))
    assert texts(browser, ".gm-table-head b")[0] == "2 events, 1 off the map"
    assert texts(browser, "#gm-view-events .gm-marks li").count("verified") == 2
    labels = run(browser, "return [...document.querySelectorAll('.gm-marker')].map((one) => one.ariaLabel)")
    assert any("1 event" in label for label in labels), labels
    click(browser, ".gm-marker .gm-verified")
    assert "Shelling" in until(browser, "return document.querySelector('.gm-card blockquote')?.textContent")


def test_the_pen_beside_a_sentence_of_the_text_opens_the_window(open_page: Open) -> None:
    browser = open_page(page())
    click(browser, "#gm-tab-text")
    point_at(browser, with_text(browser, "a.gm-mention", "Kharkiv"))
    click(browser, ".gm-pen")
    assert "Kharkiv" in texts(browser, "#gm-judge blockquote")[0]


def test_a_page_of_quoted_sentences_has_no_verdicts(open_page: Open) -> None:
    browser = open_page(page(documents=False))
    click(browser, "#gm-tab-text")
    click(browser, with_text(browser, "a.gm-mention", "Pokrovsk"))
    until(browser, "return document.querySelector('.gm-card h2')")
    assert "Correct…" not in texts(browser, ".gm-card .gm-actions button")
    assert not browser.find_elements("css selector", ".gm-pen")


def test_a_reader_is_asked_before_unsaved_verdicts_are_left(open_page: Open, tmp_path: Path) -> None:
    browser = open_page(page())
    asked = "const leaving = new Event('beforeunload', { cancelable: true }); window.dispatchEvent(leaving); " + (
        "return leaving.defaultPrevented"
    )
    assert not run(browser, asked)
    correct(browser, "March")
    button(browser, "“March”", "Not a place")
    assert run(browser, asked)
    press(browser, Keys.ESCAPE)
    saved(browser, tmp_path / "saved")
    assert not run(browser, asked)


@pytest.mark.parametrize("look", ["desktop", "phone", "dark"])
def test_axe_finds_nothing_serious_in_the_window(open_page: Open, look: str) -> None:
    if not AXE.is_file():
        pytest.skip("accessibility left out: axe-core is not in node_modules (install Node.js, make test)")
    browser = open_page(page(), phone=look == "phone")
    if look == "dark":
        dark = [
            {"name": "prefers-color-scheme", "value": "dark"},
            {"name": "prefers-reduced-motion", "value": "reduce"},
        ]
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": dark})
    correct(browser, "Pokrovsk")
    button(browser, "“Pokrovsk”", "Not a place")
    click(browser, "#gm-judge summary")
    judge = browser.find_element("css selector", "#gm-judge")
    assert (
        run(browser, "const { scrollWidth, clientWidth } = arguments[0]; return scrollWidth - clientWidth", judge) == 0
    )
    assert [one for one in findings(browser) if one[1] in ("serious", "critical")] == []
    run(browser, "document.querySelector('#gm-judge').close()")
    assert [one for one in findings(browser) if one[1] in ("serious", "critical")] == []
