"""The filters: each alone, together, by hand and keyboard, through a link, and on a phone."""

import dataclasses
import datetime
import re
import time
from typing import Any

import pandas as pd
import pytest
from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from geomap.exporters.leaflet import to_map
from geomap.tables import to_mentions
from geomap.types import Document
from tests.browser.looking import Open, click, point_at, run, texts, until, with_text
from tests.browser.war_reports import war_reports
from tests.by_hand import entry, parse_by_hand
from tests.hostile_reports import PAYLOADS, hostile_reports

pytestmark = pytest.mark.browser


def dated_reports() -> tuple[pd.DataFrame, list[Document]]:
    """Return the two reports with events on several days and two outlets, and a third in Arabic without a day."""
    table, reports = war_reports()
    table["geo_precision"] = 1
    for toponym, event_type, date in (
        ("Sudzha", "Battles", "2024-08-11"),
        ("Korenevo", "Battles", "2024-08-10/2024-08-12"),
        ("Myrnohrad", "Explosions/Remote violence", "2024-08-09"),
        ("Selydove", "Explosions/Remote violence", "2024-08-16"),
        ("Kursk", "Strategic developments", ""),
    ):
        rows = table["toponym"] == toponym
        table.loc[rows, ["event_type", "event_date", "is_event_place"]] = [event_type, date, True]
    table.loc[table["toponym"].str.contains("region"), "geo_precision"] = 3
    second = dataclasses.replace(reports[1], source="Łódź Post", published=datetime.date(2024, 8, 18))
    aleppo = parse_by_hand(
        "سقطت قذيفة في حَلَب أمس.",
        ("حَلَب", entry("Aleppo", id="geonames:170063", latitude=36.2, longitude=37.16)),
        id="ar",
    )
    both = pd.concat([table, to_mentions([aleppo]).assign(geo_precision=1)], ignore_index=True)
    return both, [reports[0], second, aleppo.document]


TABLE, REPORTS = dated_reports()
PAGE = to_map(TABLE, documents=REPORTS, title="Two weeks in August").to_html()


def shown(browser: webdriver.Chrome) -> int:
    return int(re.findall(r"(\d+) of \d+ mentions", texts(browser, "#gm-counts")[0])[0])


def type_in(browser: webdriver.Chrome, selector: str, words: str) -> None:
    script = "const box = document.querySelector(arguments[0]); box.value = arguments[1];"
    run(browser, script + "box.dispatchEvent(new Event('input', { bubbles: true }))", selector, words)


def search(browser: webdriver.Chrome, words: str) -> None:
    """Search, and wait until the search has been applied."""
    before = texts(browser, "#gm-active")
    type_in(browser, "#gm-search", words)
    run(browser, "document.querySelector('#gm-search').dispatchEvent(new Event('compositionend'))")
    if words.strip():
        until(browser, f"return document.querySelector('#gm-active').textContent !== {before[0]!r}")


def chips(browser: webdriver.Chrome) -> list[str]:
    return texts(browser, "#gm-active bdi")


def counts(browser: webdriver.Chrome, selector: str) -> dict[str, str]:
    """Return the count beside each box by the box's id."""
    script = """
    return Object.fromEntries([...document.querySelectorAll(`${arguments[0]} input[type=checkbox]`)]
      .map((box) => [box.id, box.parentNode.querySelector("b").textContent]));
    """
    found: dict[str, str] = run(browser, script, selector)
    return found


def slide(browser: webdriver.Chrome, selector: str, value: int) -> None:
    type_in(browser, selector, str(value))
    settled(browser)


def settled(browser: webdriver.Chrome) -> None:
    """Wait for what happens once a frame."""
    browser.execute_async_script(
        "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done()))"
    )


def test_at_first_places_themselves_are_shown_and_the_rest_is_counted(open_page: Open) -> None:
    browser = open_page(PAGE)
    assert texts(browser, "#gm-counts") == ["7 of 7 events · 23 of 27 mentions on the map, 1 not found"]
    assert chips(browser) == []
    assert texts(browser, "#gm-aside") == ["3 set aside: other uses, captions"]
    assert run(browser, "return document.querySelector('#gm-filter').getAttribute('aria-label')") == "Filters"
    assert run(browser, "return location.hash") == ""


def test_kinds_of_events_are_chips_with_live_counts(open_page: Open) -> None:
    browser = open_page(PAGE)
    expected = {"battles": "4", "explosions": "2", "strategic": "1", "none": "16"}
    assert counts(browser, "#gm-kinds") == {f"gm-kind-{kind}": count for kind, count in expected.items()}
    assert run(browser, "return document.querySelectorAll('.gm-kind svg').length") == 4
    click(browser, "#gm-kind-battles")
    assert shown(browser) == 19
    assert chips(browser) == ["Without battles"]
    assert counts(browser, "#gm-kinds")["gm-kind-battles"] == "4"  # what ticking it again would show
    point_at(browser, ".gm-kind:first-child")
    click(browser, ".gm-kind:first-child .gm-only")
    assert shown(browser) == 4
    assert chips(browser) == ["Only battles"]
    click(browser, ".gm-preset:not([hidden])")
    assert shown(browser) == 23
    click(browser, ".gm-preset:not([hidden])")
    assert chips(browser) == ["Events only"]
    assert shown(browser) == 7


def test_roles_and_boilerplate_are_off_until_ticked(open_page: Open) -> None:
    browser = open_page(PAGE)
    click(browser, "#gm-aside")
    assert run(browser, "return document.activeElement.id") == "gm-role-literal"
    uses = {"gm-role-literal": "7 · 23", "gm-role-metonymic": "0 · 2", "gm-boilerplate": "0 · 1"}
    assert counts(browser, "#gm-uses") == uses
    click(browser, "#gm-role-metonymic")
    assert shown(browser) == 25
    click(browser, "#gm-boilerplate")
    assert shown(browser) == 26
    assert chips(browser) == ["With governments", "With captions and teasers"]
    assert texts(browser, "#gm-aside") == []
    click(browser, "#gm-role-literal")
    assert shown(browser) == 2
    assert chips(browser)[0] == "Only governments"


def test_confidence_and_exactness_narrow_what_is_shown(open_page: Open) -> None:
    browser = open_page(PAGE)
    click(browser, "#gm-filter")
    slide(browser, "#gm-confidence", 60)
    assert shown(browser) == 22
    assert texts(browser, ".gm-slider output") == ["60% sure"]
    assert chips(browser) == ["At least 60% sure"]
    click(browser, "#gm-exact")
    assert shown(browser) == 19
    assert texts(browser, ".gm-badge") == ["2"]
    assert texts(browser, ".gm-shown") == ["7 of 7 events, 19 of 27 mentions"]


def test_outlets_and_reports_can_be_chosen_several_at_once(open_page: Open) -> None:
    browser = open_page(PAGE)
    click(browser, "#gm-filter")
    assert texts(browser, "#gm-outlets bdi") == ["Border Herald", "Łódź Post", "No outlet given"]
    assert texts(browser, "#gm-outlets legend small") == ["Events · Mentions"]
    heads = [words.partition(" · ") for words in texts(browser, "#gm-outlets label b")]
    assert [sum(int(part[n]) for part in heads) for n in (0, 2)] == [7, 23]
    assert run(browser, "return document.querySelector('#gm-outlets label b').title").endswith(" mentions")
    click(browser, "#gm-outlets li:nth-child(2) input")
    assert shown(browser) == 11
    assert chips(browser) == ["Łódź Post"]
    click(browser, "#gm-outlets li:nth-child(3) input")
    assert shown(browser) == 12
    assert chips(browser) == ["2 outlets"]
    click(browser, "#gm-reports li input")
    assert shown(browser) == 11
    assert chips(browser) == ["2 outlets", "A town prepares"]
    click(browser, "#gm-reset")
    click(browser, "#gm-only-open")
    assert chips(browser) == ["Fighting widens"]
    assert shown(browser) == 11


def test_filters_combine_and_each_count_stands_under_the_others(open_page: Open) -> None:
    browser = open_page(PAGE)
    click(browser, "#gm-filter")
    click(browser, "#gm-outlets li:nth-child(2) input")
    under = counts(browser, "#gm-kinds")
    assert under == {"gm-kind-battles": "0", "gm-kind-explosions": "2", "gm-kind-strategic": "0", "gm-kind-none": "9"}
    point_at(browser, ".gm-kind:nth-child(2)")
    click(browser, ".gm-kind:nth-child(2) .gm-only")
    assert shown(browser) == 2
    click(browser, "#gm-done")
    click(browser, "#gm-tab-places")
    assert sorted(texts(browser, "#gm-view-places tbody button > span")) == ["Myrnohrad", "Selydove"]


def test_chips_take_one_filter_back_and_reset_takes_all(open_page: Open) -> None:
    browser = open_page(PAGE, link="#conf=60&ev=battles,explosions&q=s")
    assert chips(browser) == ["“s”", "Only battles, explosions", "At least 60% sure"]
    click(browser, "#gm-active li:nth-child(2) button")
    assert chips(browser) == ["“s”", "At least 60% sure"]
    assert run(browser, "return document.activeElement.closest('#gm-active') !== null")
    click(browser, "#gm-reset")
    assert chips(browser) == []
    assert shown(browser) == 23
    assert run(browser, "return document.querySelector('#gm-search').value") == ""
    assert run(browser, "return document.activeElement.id") in {"gm-search", "gm-aside"}


def test_the_drawer_opens_and_closes_with_the_keyboard(open_page: Open) -> None:
    browser = open_page(PAGE)
    button = browser.find_element(By.ID, "gm-filter")
    button.send_keys(Keys.ENTER)
    assert button.get_attribute("aria-expanded") == "true"
    legends = texts(browser, "#gm-drawer legend")
    counted = " Events · Mentions"
    assert legends == [f"How the name is used{counted}", "How sure it is", f"Outlets{counted}", f"Reports{counted}"]
    browser.find_element(By.ID, "gm-role-literal").send_keys(Keys.SPACE)
    assert shown(browser) == 0
    browser.find_element(By.ID, "gm-confidence").send_keys(Keys.ARROW_RIGHT)
    settled(browser)
    assert texts(browser, ".gm-slider output") == ["1% sure"]
    browser.switch_to.active_element.send_keys(Keys.ESCAPE)
    assert button.get_attribute("aria-expanded") == "false"
    assert run(browser, "return document.activeElement.id") == "gm-filter"
    assert run(browser, "return document.querySelector('#gm-body').offsetHeight") > 100


def test_every_control_has_a_name_and_the_count_is_announced(open_page: Open) -> None:
    browser = open_page(PAGE)
    click(browser, "#gm-filter")
    nameless = """
    const controls = "#gm-filters :is(input, button), #gm-timeline :is(input, button)";
    return [...document.querySelectorAll(controls)]
      .filter((node) => node.checkVisibility())
      .filter((node) => !(node.ariaLabel || node.labels?.[0]?.textContent.trim() || node.textContent.trim()))
      .map((node) => node.outerHTML);
    """
    assert run(browser, nameless) == []
    assert run(browser, "return document.querySelector('#gm-counts').ariaLive") == "polite"


MATCHES = """
return [...(CSS.highlights.get("gm-found") ?? [])].map((range) => {
  const whole = document.createRange();
  whole.setStart(range.startContainer, range.startOffset);
  whole.setEnd(range.endContainer, range.endOffset);
  return whole.toString();
});
"""


@pytest.mark.parametrize(
    ("words", "count", "marked"),
    [
        ("RYLSK", 2, None),
        ("selydové", 2, None),
        ("ukraine's", 3, "Ukraine's"),
        ("sudzha fire", 0, None),
        ("WESTERN  streets", 3, "western"),
        ("حلب", 1, None),
        ("🎖", 1, "🎖"),
        ("(.*)", 0, None),
        ("nowhere at all", 0, None),
    ],
)
def test_search_folds_case_accents_and_spaces(open_page: Open, words: str, count: int, marked: str | None) -> None:
    browser = open_page(PAGE)
    search(browser, words)
    assert shown(browser) == count
    assert chips(browser) == [f"“{words}”"]
    if marked:
        settled(browser)
        assert marked in run(browser, MATCHES)


def test_enter_goes_from_match_to_match_and_marks_them(open_page: Open) -> None:
    browser = open_page(PAGE)
    box = browser.find_element(By.ID, "gm-search")
    box.send_keys("حلب", Keys.ENTER)
    until(browser, "return document.querySelector('#gm-article').textContent.includes('قذيفة')")
    settled(browser)
    assert run(browser, MATCHES) == ["حَلَب"]  # with its vowel marks, as it stands in the text
    box.clear()
    box.send_keys("selydove", Keys.ENTER)
    until(browser, "return document.querySelector('.gm-sentence.gm-on')?.textContent.includes('Selydove')")
    box.clear()
    box.send_keys(Keys.ENTER)
    settled(browser)
    assert run(browser, MATCHES) == []


def test_typing_waits_for_a_pause(open_page: Open) -> None:
    browser = open_page(PAGE)
    type_in(browser, "#gm-search", "sudz")
    assert shown(browser) == 23
    until(browser, "return document.querySelector('#gm-active bdi')?.textContent === '“sudz”'")
    assert shown(browser) == 5


@pytest.mark.parametrize("name", PAYLOADS)
def test_hostile_searches_and_names_are_only_text(open_page: Open, name: str) -> None:
    payload = PAYLOADS[name]
    table, documents = hostile_reports(payload)
    other = dataclasses.replace(documents[0], id="other", source=f"{payload} Post", title=f"{payload} again")
    page = to_map(table, documents=[*documents, other], title=payload).to_html()
    browser = open_page(page)
    click(browser, "#gm-filter")
    assert payload in texts(browser, "#gm-outlets bdi")
    assert payload in texts(browser, "#gm-reports bdi")
    type_in(browser, "#gm-search", payload.replace("\n", " "))
    browser.find_element(By.ID, "gm-search").send_keys(Keys.ESCAPE, Keys.ENTER)
    until(browser, "return document.querySelector('#gm-active bdi')")
    click(browser, "#gm-filter")  # the search has closed it
    click(browser, "#gm-outlets li:first-child input")
    hash_before = until(browser, "return location.hash.includes('src=') && location.hash")
    assert "<" not in hash_before
    state: dict[str, Any] = run(
        browser,
        "return { pwned: window.pwned, images: document.querySelectorAll('#gm-panel img, #gm-panel script').length }",
    )
    assert state == {"pwned": None, "images": 0}
    assert len(chips(browser)) == 2


# A popup that opens moves the map for a quarter of a second, and the address follows .3 s after the map stands: an
# address is settled when neither changes for longer than both together, counted in frames that were really drawn.
SETTLED_ADDRESS = """
const done = arguments[0];
const seen = () => location.hash + document.querySelector(".leaflet-map-pane").style.transform;
const look = (last, frames) => {
  if (frames === 90) return done(location.hash);
  const now = seen();
  setTimeout(() => requestAnimationFrame(() => look(now, now === last ? frames + 1 : 0)), 15);
};
look(seen(), 0);
"""
BARS = "return document.querySelectorAll('#gm-bars path').length"
RANGE = "return document.querySelector('#gm-range-words').textContent"
DRAG = """
const bars = document.querySelector("#gm-bars");
const { left, top, width } = bars.getBoundingClientRect();
const days = Number(bars.getAttribute("viewBox").split(" ")[2]);
return [Math.round(left + (width * (arguments[0] + 0.5)) / days), Math.round(top + 10)];
"""


def drag(browser: webdriver.Chrome, first: int, last: int) -> None:
    """Brush over the bars of the timeline with the mouse, from one day to another."""
    at = run(browser, DRAG, first)
    to = run(browser, DRAG, last)
    actions = ActionChains(browser, duration=20)
    pointer = actions.w3c_actions.pointer_action
    pointer.move_to_location(*at)
    pointer.pointer_down()
    if first != last:
        pointer.move_to_location(*to)
    pointer.pointer_up()
    actions.perform()
    settled(browser)


def test_a_brush_over_the_timeline_chooses_days(open_page: Open) -> None:
    browser = open_page(PAGE)
    assert run(browser, RANGE) == "9 – 18 Aug 2024"
    assert run(browser, BARS) == 4
    drag(browser, 1, 2)
    assert run(browser, RANGE) == "10 – 11 Aug 2024"
    assert chips(browser) == ["10 – 11 Aug 2024"]
    assert shown(browser) == 5  # two days of fighting and the report without a day
    until(browser, "return location.hash.includes('from=2024-08-10&to=2024-08-11')")
    click(browser, "#gm-undated")
    assert shown(browser) == 4
    assert chips(browser)[1] == "Dated only"
    drag(browser, 7, 7)
    assert run(browser, RANGE) == "16 Aug 2024"
    assert shown(browser) == 1
    drag(browser, 7, 7)
    assert run(browser, RANGE) == "9 – 18 Aug 2024"


def test_the_two_ends_of_the_timeline_move_with_the_keys(open_page: Open) -> None:
    browser = open_page(PAGE)
    first, last = browser.find_element(By.ID, "gm-from"), browser.find_element(By.ID, "gm-to")
    first.send_keys(Keys.ARROW_RIGHT)
    settled(browser)
    assert run(browser, RANGE) == "10 – 18 Aug 2024"
    assert first.get_attribute("aria-valuetext") == "10 Aug 2024"
    last.send_keys(Keys.HOME)
    settled(browser)
    assert run(browser, RANGE) == "10 Aug 2024"  # the ends never cross
    assert last.get_attribute("aria-valuetext") == "10 Aug 2024"
    assert run(browser, "return document.querySelector('#gm-undated').labels[0].textContent") == "Include 1 undated"


def test_without_motion_the_play_button_goes_step_by_step(open_page: Open) -> None:
    browser = open_page(PAGE)
    assert run(browser, "return document.querySelector('#gm-play').ariaLabel") == "Next step"
    seen = []
    for _ in range(11):
        click(browser, "#gm-play")
        seen.append(run(browser, RANGE))
    assert seen[:2] == ["9 Aug 2024", "9 – 10 Aug 2024"]
    assert seen[9:] == ["9 – 18 Aug 2024", "9 Aug 2024"]


def open_moving(open_page: Open) -> webdriver.Chrome:
    """Open the page for somebody who has nothing against motion."""
    browser = open_page(PAGE)
    moving = {"features": [{"name": "prefers-reduced-motion", "value": "no-preference"}]}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", moving)
    browser.refresh()
    until(browser, "return document.documentElement.dataset.gmReady")
    return browser


def test_with_motion_it_plays_pauses_and_stops(open_page: Open) -> None:
    browser = open_moving(open_page)
    click(browser, "#gm-play")
    assert run(browser, RANGE) == "9 Aug 2024"
    assert run(browser, "return document.querySelector('#gm-play').ariaLabel") == "Pause"
    assert run(browser, "return document.querySelector('#gm-counts').ariaLive") == "off"
    until(browser, "return document.querySelector('#gm-range-words').textContent === '9 – 11 Aug 2024'")
    click(browser, "#gm-play")
    assert run(browser, "return document.querySelector('#gm-play').ariaLabel") == "Play through the days"
    assert run(browser, "return document.querySelector('#gm-counts').ariaLive") == "polite"
    until(browser, "return location.hash.includes('to=2024-08-11')")


def test_other_days_stop_it_and_other_filters_do_not(open_page: Open) -> None:
    browser = open_moving(open_page)
    click(browser, "#gm-play")
    click(browser, "#gm-kind-battles")
    until(browser, "return document.querySelector('#gm-range-words').textContent === '9 – 11 Aug 2024'")
    assert run(browser, "return document.querySelector('#gm-play').ariaLabel") == "Pause"
    click(browser, "#gm-reset")
    assert run(browser, "return document.querySelector('#gm-play').ariaLabel") == "Play through the days"
    until(browser, "return document.querySelectorAll('#gm-active bdi').length === 0")
    time.sleep(1)  # longer than a step
    assert run(browser, RANGE) == "9 – 18 Aug 2024"


def test_a_chosen_part_moves_on_as_it_is(open_page: Open) -> None:
    browser = open_page(PAGE, link="#from=2024-08-15&to=2024-08-17")
    click(browser, "#gm-play")
    assert run(browser, RANGE) == "16 – 18 Aug 2024"
    click(browser, "#gm-play")
    assert run(browser, RANGE) == "9 – 11 Aug 2024"


def test_reports_of_one_day_have_no_timeline(open_page: Open) -> None:
    table, reports = war_reports()
    browser = open_page(to_map(table, documents=reports).to_html())
    assert run(browser, "return document.querySelector('#gm-timeline').offsetHeight") == 0
    assert run(browser, "return document.querySelector('.folium-map').offsetHeight") == 900
    assert run(browser, "return document.querySelector('#gm-kinds')") is None  # nor events, nor a choice of them


def test_a_shared_link_opens_the_same_view_filters_and_place(open_page: Open) -> None:
    browser = open_page(PAGE)
    click(browser, "#gm-filter")
    click(browser, "#gm-kind-strategic")
    click(browser, "#gm-role-metonymic")
    slide(browser, "#gm-confidence", 45)
    search(browser, "Sudzha")
    drag(browser, 1, 4)
    click(browser, "#gm-done")
    click(browser, "#gm-tab-text")
    click(browser, with_text(browser, "a.gm-mention", "Sudzha"))
    until(browser, "return document.querySelector('.leaflet-popup h2')?.textContent === 'Sudzha'")
    state = "#gm-counts, #gm-range-words, #gm-active bdi, .gm-mention.gm-selected"
    before = texts(browser, state)
    link = browser.execute_async_script(SETTLED_ADDRESS)
    assert {"map", "doc", "sentence", "mention", "place", "ev", "roles", "conf", "from", "to", "q"} == {
        part.split("=")[0] for part in link.removeprefix("#").split("&")
    }
    browser = open_page(PAGE, link=link)
    until(browser, "return document.querySelector('.leaflet-popup h2')?.textContent === 'Sudzha'")
    assert texts(browser, state) == before
    click(browser, "#gm-play")  # writes the address again
    view = until(browser, "return location.hash.match(/map=[^&]*/)?.[0]").split("/")
    wanted = link.split("map=")[1].split("&")[0].split("/")
    assert [abs(float(a) - float(b)) < 0.3 for a, b in zip(view[1:], wanted[1:], strict=True)] == [True, True]


def test_a_changed_address_is_followed(open_page: Open) -> None:
    browser = open_page(PAGE)
    run(browser, "location.hash = '#ev=explosions&q=myrnohrad&map=8/48.2/37.1'")
    until(browser, "return document.querySelector('#gm-active bdi')?.textContent === '“myrnohrad”'")
    assert shown(browser) == 2
    run(browser, "location.hash = '#'")
    until(browser, "return document.querySelectorAll('#gm-active bdi').length === 0")
    assert shown(browser) == 23


@pytest.mark.parametrize(
    "link",
    [
        "#ev=bombs&roles=1&conf=900&from=2024-02-31&to=x&src=%E0%A4%A&docs=nine&q=&map=99/1/1&undated=2",
        "#from=2024-08-20&to=2024-08-01&__proto__=1&constructor=2&map=1/2&mention=-1&sentence=1e3",
        "#%%%&&&==#?",
    ],
)
def test_a_broken_address_is_as_none(open_page: Open, link: str) -> None:
    browser = open_page(PAGE, link=link)
    assert shown(browser) == 23
    assert chips(browser) == []


def test_a_mention_that_is_filtered_out_says_why(open_page: Open) -> None:
    browser = open_page(PAGE, link="#ev=battles&conf=95")
    click(browser, "#gm-tab-text")
    click(browser, with_text(browser, "a.gm-mention", "Kursk"))
    expected = "Filtered out by event and confidence. Change the filters to see it."
    assert texts(browser, "#gm-toast") == [expected]


def test_among_hundreds_of_outlets_a_few_letters_find_one(open_page: Open) -> None:
    table, reports = war_reports()
    copies = [dataclasses.replace(reports[1], id=f"copy {n}", source=f"Outlet {n:03}") for n in range(300)]
    tables = [table[table["document_id"] == "pokrovsk"].assign(document_id=copy.id) for copy in copies]
    browser = open_page(to_map(pd.concat(tables, ignore_index=True), documents=copies).to_html())
    click(browser, "#gm-filter")
    assert len(texts(browser, "#gm-outlets li")) == 40
    assert texts(browser, "#gm-outlets .gm-note-small") == ["260 more: type to find them."]
    type_in(browser, "#gm-outlets-search", "OUTLET 27")
    found = ["Outlet 027", "Outlet 127", "Outlet 227", *(f"Outlet 27{n}" for n in range(10))]
    assert texts(browser, "#gm-outlets bdi") == found
    assert texts(browser, "#gm-outlets li:first-child mark") == ["Outlet", "27"]
    browser.find_element(By.CSS_SELECTOR, "#gm-outlets li input").send_keys(Keys.SPACE)
    assert chips(browser) == ["Outlet 027"]
    assert run(browser, "return document.activeElement.id") == "gm-outlets-27"  # the list was drawn again around it


def test_on_a_phone_filters_open_in_the_sheet_and_the_timeline_folds(open_page: Open) -> None:
    browser = open_page(PAGE, phone=True)
    assert run(browser, "return document.querySelector('#gm-kinds').checkVisibility()") is False
    click(browser, "#gm-filter")
    assert run(browser, "return document.querySelector('#gm-drawer #gm-kinds').checkVisibility()")
    click(browser, "#gm-kind-none")
    assert shown(browser) == 7
    click(browser, "#gm-done")
    height = "return document.querySelector('.folium-map').offsetHeight"
    before = run(browser, height)
    click(browser, "#gm-fold")
    assert run(browser, height) > before
    assert run(browser, "return document.querySelector('#gm-fold').getAttribute('aria-expanded')") == "false"
    assert run(browser, "return document.documentElement.scrollWidth") <= 390


def test_a_place_opened_on_a_phone_takes_the_room_of_the_filters(open_page: Open) -> None:
    browser = open_page(PAGE, phone=True, link="#q=azov")
    click(browser, "#gm-filter")
    click(browser, ".gm-marker[aria-label^=Kharkiv]")
    assert until(browser, "return document.querySelector('#gm-view-place h2')?.textContent") == "Kharkiv"
    assert run(browser, "return document.querySelector('#gm-drawer').hidden")


def test_an_empty_map_has_nothing_to_choose_and_does_not_break(open_page: Open) -> None:
    table, _ = war_reports()
    browser = open_page(to_map(table.iloc[:0]).to_html())
    click(browser, "#gm-filter")
    search(browser, "x")
    assert texts(browser, "#gm-counts") == ["0 of 0 mentions on the map"]
    assert texts(browser, "#gm-drawer legend") == ["How sure it is"]


def test_counts_stand_in_one_line_with_their_boxes_however_long_the_words(open_page: Open) -> None:
    browser = open_page(PAGE)
    click(browser, "#gm-filter")
    offsets = """
    return [...document.querySelectorAll("#gm-drawer .gm-tick")].filter((one) => one.checkVisibility())
      .map((one) => one.querySelector("b").getBoundingClientRect().top - one.getBoundingClientRect().top);
    """
    found = run(browser, offsets)
    assert len(found) > 3
    assert max(found) < 14


def test_the_chosen_days_are_whole_on_a_phone(open_page: Open) -> None:
    table = TABLE.assign(event_date=["2022-04-01", "2025-11-24"] * (len(TABLE) // 2) + [""] * (len(TABLE) % 2))
    browser = open_page(to_map(table, documents=REPORTS).to_html(), phone=True)
    cut = "const one = document.querySelector('#gm-range-words'); return one.scrollWidth - one.clientWidth"
    assert run(browser, cut) <= 1
