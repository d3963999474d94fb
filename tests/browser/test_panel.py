"""The panel: reading a report, choosing one, and going between sentences and the map."""

import csv
import datetime
import io
import json
from pathlib import Path

import pandas as pd
import pytest
from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from geomap.exporters.leaflet import to_map
from geomap.types import Document
from tests.browser.looking import Open, click, run, texts, until, with_text
from tests.browser.war_reports import war_reports

pytestmark = pytest.mark.browser

TABLE, REPORTS = war_reports()


def with_event(toponym: str, event_type: str, sub_type: str, date: str = "2024-08-12") -> pd.Series:
    """Say which rows belong to a sentence that reports an event, and that it happened at a toponym there."""
    row = TABLE[(TABLE["toponym"] == toponym) & ~TABLE["boilerplate"].astype(bool)].iloc[0]
    same = (TABLE["document_id"] == row["document_id"]) & (TABLE["sentence_index"] == row["sentence_index"])
    TABLE.loc[same, ["event_type", "event_sub_type", "event_date"]] = [event_type, sub_type, date]
    TABLE.loc[same & (TABLE["toponym"] == toponym), ["is_event_place", "date_precision"]] = [True, 1]
    return same


with_event("Glushkovo", "Explosions/Remote violence", "Shelling/artillery/missile attack")
with_event("Myrnohrad", "Battles", "Armed clash", "2024-08-09/2024-08-12")
PAGE = to_map(TABLE, documents=REPORTS, title="Two reports").to_html()

CLASSES = """
const named = [...document.querySelectorAll(".gm-mention")].filter((one) => one.textContent === arguments[0]);
const node = named.at(-1);
return [...node.classList].filter((name) => name !== "gm-mention").sort();
"""
SELECTED = "return [...document.querySelectorAll('.gm-mention.gm-selected')].map((node) => node.textContent)"


def many_reports(count: int) -> tuple[pd.DataFrame, list[Document]]:
    """Return reports that differ in title, source and date, with the mentions of one of the war reports."""
    tables, documents = [], []
    for n in range(count):
        tables.append(TABLE[TABLE["document_id"] == "pokrovsk"].assign(document_id=f"d{n}"))
        published = datetime.date(2024, 1, 1) + datetime.timedelta(days=n)
        document = Document(
            id=f"d{n}",
            title=f"Report {n}",
            source=["Border Herald", "Quay Wire"][n % 2],
            text=REPORTS[1].text,
            published=published,
        )
        documents.append(document)
    return pd.concat(tables, ignore_index=True), documents


def test_a_mention_shows_the_event_that_happened_there_its_role_and_how_sure_it_is(open_page: Open) -> None:
    browser = open_page(PAGE)
    assert run(browser, CLASSES, "Glushkovo") == ["gm-kind-explosions"]
    assert run(browser, CLASSES, "Korenevo") == ["gm-kind-none"]
    assert run(browser, CLASSES, "Moscow") == ["gm-kind-none", "gm-off", "gm-other"]
    assert run(browser, CLASSES, "Lower Birchwell") == ["gm-nil"]
    title = run(browser, "return document.querySelector('.gm-mention.gm-kind-explosions').title")
    assert "Happened here: Explosions/Remote violence: Shelling/artillery/missile attack, 12 August 2024" in title
    open_page(PAGE, link="#doc=pokrovsk")
    assert run(browser, CLASSES, "Oleksandrivka") == ["gm-kind-none", "gm-low"]


def test_a_sentence_that_reports_an_event_says_so_without_changing_its_text(open_page: Open) -> None:
    browser = open_page(PAGE, link="#doc=pokrovsk")
    labels = run(browser, "return [...document.querySelectorAll('.gm-reports')].map((node) => node.ariaLabel)")
    assert labels == ["Reports Battles: Armed clash, 9 – 12 August 2024."]
    assert " ".join(texts(browser, ".gm-sentence")[:2]) == REPORTS[1].text.split("\n\n")[0]


def test_n_and_p_step_through_the_mentions_and_on_into_the_next_report(open_page: Open) -> None:
    browser = open_page(PAGE, link="#doc=kursk")
    ActionChains(browser).send_keys("n").perform()
    assert run(browser, SELECTED) == ["Ukraine"]
    assert run(browser, "return document.activeElement.textContent") == "Ukraine"
    until(browser, "return document.querySelector('.leaflet-popup h2')?.textContent === 'Ukraine'")
    ActionChains(browser).send_keys("nn").perform()
    assert run(browser, SELECTED) == ["Sudzha"]
    ActionChains(browser).send_keys("p").perform()
    assert run(browser, SELECTED) == ["Kursk region"]
    for _ in range(3):
        ActionChains(browser).send_keys("p").perform()
    assert texts(browser, "#gm-toast") == ["This was the first mention."]
    ActionChains(browser).send_keys("n" * 11).perform()
    assert texts(browser, "#gm-article h2") == ["A town prepares"]
    ActionChains(browser).send_keys("p").perform()
    assert texts(browser, "#gm-article h2") == ["Fighting widens"]


def test_letters_typed_into_a_field_do_not_step(open_page: Open) -> None:
    table, documents = many_reports(31)
    browser = open_page(to_map(table, documents=documents).to_html(), link="#doc=d0")
    browser.find_element("css selector", "#gm-report-field").send_keys("np")
    assert run(browser, SELECTED) == []


def test_each_sentence_has_a_link_that_the_keyboard_reaches(open_page: Open) -> None:
    browser = open_page(PAGE, link="#doc=pokrovsk")
    run(browser, "[...document.querySelectorAll('a.gm-mention')].find((a) => a.textContent === 'Dnipro').focus()")
    ActionChains(browser).send_keys(Keys.TAB).send_keys(Keys.TAB).perform()
    assert run(browser, "return document.activeElement.ariaLabel") == "Copy the link to this sentence"
    ActionChains(browser).send_keys(Keys.ENTER).perform()
    until(browser, "return document.querySelector('#gm-toast').textContent.includes('link to this sentence')")
    assert texts(browser, ".gm-sentence.gm-on") == ["Trains to Dnipro leave Pokrovsk twice a day."]
    assert "doc=pokrovsk&sentence=2" in browser.current_url


def test_few_reports_are_a_list_and_many_are_searched_by_title_source_and_date(open_page: Open) -> None:
    browser = open_page(PAGE)
    assert run(browser, "return document.querySelector('#gm-report-search').hidden")
    table, documents = many_reports(250)
    open_page(to_map(table, documents=documents).to_html(), link="#doc=d0")
    assert run(browser, "return document.querySelectorAll('#gm-document option, #gm-report-list li').length") == 0
    field = browser.find_element("css selector", "#gm-report-field")
    assert field.get_attribute("value") == "Report 0"
    click(browser, field)
    assert texts(browser, "#gm-report-list .gm-meta") == ["190 more reports: type to find them."]
    field.send_keys("quay march 2024")
    found = texts(browser, "#gm-report-list [role=option] span")
    assert found[0] == "Report 61"
    assert len(found) == 15
    field.send_keys(Keys.ARROW_DOWN)
    assert run(browser, "return document.querySelector('[aria-selected=true] span').textContent") == "Report 63"
    field.send_keys(Keys.ENTER)
    assert texts(browser, "#gm-article h2") == ["Report 63"]
    assert run(browser, "return document.querySelector('#gm-report-list').hidden")
    click(browser, "#gm-next")
    assert field.get_attribute("value") == "Report 64"
    field.send_keys("nothing like it")
    assert texts(browser, "#gm-report-list li") == ["No report has these words."]
    field.send_keys(Keys.ESCAPE)
    assert field.get_attribute("value") == "Report 64"
    click(browser, field)
    click(browser, "#gm-report-list [role=option]")
    assert texts(browser, "#gm-article h2") == ["Report 61"]


def test_text_from_right_to_left_is_laid_out_so_and_keeps_its_language(open_page: Open) -> None:
    text = "اشتباكات في سودجا اليوم."
    start = text.index("سودجا")
    row = TABLE[TABLE["toponym"] == "Sudzha"].iloc[[0]]
    facts = {"start": start, "end": start + 5, "toponym": "سودجا", "sentence": text}
    table = row.assign(document_id="rtl", sentence_index=0, sentence_start=0, **facts)
    document = Document(id="rtl", title="تقرير", text=text, language="ar")
    other = Document(id="plain", title="Plain", text="Nothing here.", language="")
    browser = open_page(to_map(table, documents=[document, other]).to_html())
    assert (
        run(browser, "return getComputedStyle(document.querySelector('#gm-article .gm-sentence').parentNode).direction")
        == "rtl"
    )
    assert run(browser, "return document.querySelector('#gm-article h2').lang") == "ar"
    click(browser, "#gm-next")
    assert run(browser, "return document.querySelectorAll('#gm-article [lang]').length") == 0


NAMES = "#gm-view-places tbody button > span"


def sort_by(browser: webdriver.Chrome, key: str) -> None:
    choose = "const list = document.querySelector('#gm-sort'); list.value = arguments[0];"
    run(browser, f"{choose} list.dispatchEvent(new Event('change'))", key)


def test_places_sort_by_name_mentions_events_confidence_and_country(open_page: Open) -> None:
    browser = open_page(PAGE)
    click(browser, "#gm-tab-places")
    assert texts(browser, NAMES)[0] == "Sudzha"
    sort_by(browser, "events")
    assert texts(browser, NAMES)[:3] == ["Glushkovo", "Myrnohrad", "Belgorod Oblast"]
    sort_by(browser, "sure")
    assert texts(browser, NAMES)[0] == "Oleksandrivka"
    sort_by(browser, "country")
    assert texts(browser, ".gm-country-row th") == ["Russia · 8 places", "Ukraine · 10 places", "No country · 1 place"]
    click(browser, "[data-order=name]")
    assert run(browser, "return document.activeElement.dataset.order") == "name"
    first = texts(browser, NAMES)
    click(browser, "[data-order=name]")
    assert texts(browser, NAMES) == first[::-1]
    assert run(browser, "return document.querySelector('th[aria-sort=descending]').textContent") == "Place"


def test_a_place_shows_its_mix_of_events_in_colours_and_words(open_page: Open) -> None:
    browser = open_page(PAGE)
    click(browser, "#gm-tab-places")
    cells = run(browser, "return [...document.querySelectorAll('td.gm-events[title]')].map((cell) => cell.title)")
    assert sorted(cells) == ["1 battles", "1 explosions and remote violence"]
    assert run(browser, "return document.querySelectorAll('.gm-mix .gm-kind-battles').length") == 1


def saved(browser: webdriver.Chrome, words: str, path: Path) -> str:
    """Press a button that saves a file and return what the browser wrote."""
    behaviour = {"behavior": "allow", "downloadPath": str(path.parent)}
    browser.execute_cdp_cmd("Browser.setDownloadBehavior", behaviour)
    click(browser, with_text(browser, ".gm-save button", words))
    WebDriverWait(browser, 10).until(lambda _: path.is_file() and path.stat().st_size)
    return path.read_bytes().decode("utf-8-sig")


def test_what_is_shown_is_saved_from_a_page_on_the_disk(open_page: Open, tmp_path: Path) -> None:
    browser = open_page(PAGE)
    click(browser, "#gm-tab-places")
    rows = list(csv.DictReader(io.StringIO(saved(browser, "Places, CSV", tmp_path / "places.csv"))))
    assert len(rows) == 19
    assert rows[0]["name"] == "Sudzha"
    assert (rows[0]["mentions"], rows[0]["latitude"], rows[0]["country"]) == ("3", "51.19", "Russia")
    glushkovo = next(row for row in rows if row["name"] == "Glushkovo")
    assert (glushkovo["events_explosions"], glushkovo["last_day"]) == ("1", "2024-08-12")
    features = json.loads(saved(browser, "Places, GeoJSON", tmp_path / "places.geojson"))["features"]
    assert len(features) == 19
    assert features[0]["geometry"] == {"type": "Point", "coordinates": [35.27, 51.19]}
    mentions = list(csv.DictReader(io.StringIO(saved(browser, "Mentions, CSV", tmp_path / "mentions.csv"))))
    assert len(mentions) == 22
    assert {"Moscow", "Lower Birchwell"}.isdisjoint(row["toponym"] for row in mentions)


def test_a_saved_file_follows_the_filters(open_page: Open, tmp_path: Path) -> None:
    browser = open_page(PAGE, link="#roles=literal,metonymic")
    click(browser, "#gm-tab-places")
    rows = list(csv.DictReader(io.StringIO(saved(browser, "Mentions, CSV", tmp_path / "mentions.csv"))))
    assert "Moscow" in {row["toponym"] for row in rows}


def test_the_key_shows_each_kind_of_event_with_its_picture(open_page: Open) -> None:
    browser = open_page(PAGE)
    kinds = texts(browser, ".gm-kind-list b")
    assert kinds[:3] == ["Battles", "Explosions and remote violence", "Violence against civilians"]
    assert run(browser, "return document.querySelectorAll('.gm-kind-list svg.gm-event-icon').length") == len(kinds) == 6


def test_tabs_move_with_arrows_home_and_end(open_page: Open) -> None:
    browser = open_page(PAGE)
    run(browser, "document.querySelector('#gm-tab-events').focus()")
    active = "return document.activeElement.textContent"
    for key, expected in (
        (Keys.ARROW_LEFT, "Method"),
        (Keys.ARROW_RIGHT, "Events"),
        (Keys.END, "Method"),
        (Keys.HOME, "Events"),
    ):
        ActionChains(browser).send_keys(key).perform()
        assert run(browser, active) == expected
    assert run(browser, "return document.querySelector('[aria-selected=true]').textContent") == "Events"


def test_the_skip_link_goes_to_the_text_and_leaves_the_state_as_it_is(open_page: Open) -> None:
    browser = open_page(PAGE, link="#doc=pokrovsk&sentence=2")
    run(browser, "document.querySelector('.gm-skip').focus()")
    ActionChains(browser).send_keys(Keys.ENTER).perform()
    assert run(browser, "return document.activeElement.id") == "gm-body"
    assert texts(browser, "#gm-article h2") == ["A town prepares"]


def sheet_of(browser: webdriver.Chrome) -> str:
    size: str = run(browser, "return document.body.dataset.gmSheet")
    return size


def drag_sheet(browser: webdriver.Chrome, by: int) -> None:
    """Drag the sheet by its heading, slowly; negative is up."""
    handle = browser.find_element("css selector", "#gm-handle")
    chain = ActionChains(browser, duration=40).move_to_element(handle).click_and_hold()
    for _ in range(10):
        chain.move_by_offset(0, by // 10)
    chain.pause(0.3).release().perform()


def test_on_a_phone_the_sheet_has_three_heights_by_button_and_by_dragging(open_page: Open) -> None:
    browser = open_page(PAGE, phone=True)
    assert sheet_of(browser) == "half"
    handle = browser.find_element("css selector", "#gm-handle")
    sizes = []
    for _ in range(3):
        handle.send_keys(Keys.ENTER)
        sizes.append(sheet_of(browser))
    assert sizes == ["full", "low", "half"]
    drag_sheet(browser, 300)
    assert sheet_of(browser) == "low"
    assert run(browser, "return document.querySelector('#gm-panel').offsetHeight") == 118
    drag_sheet(browser, -280)
    assert sheet_of(browser) == "half"
    click(browser, "#gm-tab-places")
    assert sheet_of(browser) == "half"


SMALL = """
return [...document.querySelectorAll("#gm-panel button, #gm-panel select")].filter((node) => {
  const box = node.getBoundingClientRect();
  return box.width && (box.height < 43.5 || box.width < 43.5);
}).map((node) => node.id || node.textContent || node.ariaLabel);
"""


@pytest.mark.parametrize("tab", ["text", "places", "key", "method"])
def test_on_a_phone_what_is_touched_is_large_enough_for_a_finger(open_page: Open, tab: str) -> None:
    browser = open_page(PAGE, phone=True)
    click(browser, f"#gm-tab-{tab}")
    assert run(browser, SMALL) == []
    assert run(browser, "return document.documentElement.scrollWidth") <= 390


def test_on_paper_stand_the_map_the_open_report_and_all_places(open_page: Open) -> None:
    browser = open_page(PAGE)
    click(browser, "#gm-tab-key")
    run(browser, "window.dispatchEvent(new Event('beforeprint'))")
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    order = """
      return [".gm-frame-title", ".folium-map", "#gm-frame-foot", "#gm-article h2", "#gm-view-places table"]
        .map((name) => document.querySelector(name).getBoundingClientRect().top);
    """
    tops = run(browser, order)
    assert tops == sorted(tops)
    hidden = "return getComputedStyle(document.querySelector(arguments[0])).display"
    assert [run(browser, hidden, name) for name in ("#gm-tabs", "#gm-view-key", "#gm-navigation")] == ["none"] * 3
    assert run(browser, "return document.querySelector('.folium-map').getBoundingClientRect().width") <= 960
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


@pytest.mark.parametrize(("paper", "least"), [((703, 1032), 0.95), ((1031, 703), 0.85)], ids=["portrait", "landscape"])
@pytest.mark.parametrize("width", [390, 1440])
def test_on_either_paper_the_map_starts_at_the_margin_and_fills_the_width(
    open_page: Open, paper: tuple[int, int], least: float, width: int
) -> None:
    browser = open_page(PAGE, width=width)
    assert run(browser, "return document.body.classList.contains('gm-dated')")
    signs = "return document.querySelectorAll('.gm-marker').length"
    view = "return document.querySelector('.leaflet-control-scale-line').textContent"
    before = run(browser, view)
    assert run(browser, "dispatchEvent(new Event('beforeprint'));" + signs) > 3
    size = {"width": paper[0], "height": paper[1], "mobile": False, "deviceScaleFactor": 1}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    box = "const { left, right, bottom } = document.querySelector(arguments[0]).getBoundingClientRect();"
    box += "return [left, right, bottom]"
    left, right, bottom = run(browser, box, ".folium-map")
    assert abs(left - run(browser, box, ".gm-frame-title")[0]) < 2
    assert least * paper[0] < right - left <= paper[0]
    assert bottom <= paper[1]  # all of it is on the first page
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    run(browser, "dispatchEvent(new Event('afterprint'))")
    size |= {"width": width, "height": 844 if width < 760 else 900, "mobile": width < 760}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    until(browser, f"return (() => {{ {view} }})() === {before!r}")


def test_a_dark_page_is_light_on_paper_and_dark_again_after(open_page: Open) -> None:
    browser = open_page(PAGE)
    dark = {"name": "prefers-color-scheme", "value": "dark"}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [dark]})
    sums = """
      const canvas = document.querySelector(".leaflet-gm-base-pane canvas");
      const tell = () => {
        const pen = new OffscreenCanvas(canvas.width, canvas.height).getContext("2d", { willReadFrequently: true });
        pen.drawImage(canvas, 0, 0);
        const { data } = pen.getImageData(0, 0, canvas.width, canvas.height);
        let [light, count] = [0, 0];
        for (let i = 0; i < data.length; i += 4) if (data[i + 3] === 255) [light, count] = [light + data[i], count + 1];
        return light / count;
      };
      if (arguments[0]) dispatchEvent(new Event(arguments[0]));
      return tell();
    """
    WebDriverWait(browser, 10).until(lambda _: run(browser, sums, "") < 80)
    before, paper, after = (run(browser, sums, name) for name in ("", "beforeprint", "afterprint"))
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
    assert before < 80 < 200 < paper
    assert after == before
