"""The attack: hostile text in every field, opened in a browser."""

import copy
import dataclasses
import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from selenium import webdriver
from selenium.webdriver.support.ui import WebDriverWait

from geomap.corrections.corrections_file import read_corrections
from geomap.exporters.leaflet import GeoMap, to_map
from geomap.exporters.leaflet.basemap.bundled_outlines import basemap_for
from geomap.exporters.leaflet.mention_layer import MentionLayer
from tests.browser.looking import Open, click, click_if_reachable, point_at, run, texts, until
from tests.hostile_reports import PAYLOADS, hostile_reports

pytestmark = pytest.mark.browser

STATE = """
return {
  pwned: window.pwned,
  scripts: document.scripts.length,
  injected: document.querySelectorAll("img:not(.leaflet-tile), iframe, object, embed, article script").length,
  handlers: [...document.querySelectorAll("*")].filter((n) => n.getAttributeNames().some((a) => /^on/i.test(a))).length,
};
"""

COUNT = "return document.querySelectorAll('head > script, body > script').length"
CHOOSE = """
const chooser = document.querySelector("#gm-document");
chooser.value = arguments[0];
chooser.dispatchEvent(new Event("change"));
"""


@pytest.mark.parametrize("name", PAYLOADS)
def test_hostile_text_is_shown_verbatim_and_never_runs(name: str, open_page: Open) -> None:
    payload = PAYLOADS[name]
    table, documents = hostile_reports(payload)
    browser = open_page(to_map(table, documents=documents, title=payload).to_html())
    assert texts(browser, "#gm-title") == [payload]
    assert texts(browser, "#gm-article h2") == [payload]
    sentences = texts(browser, ".gm-sentence")
    assert "\n\n".join(sentences) == documents[0].text
    assert texts(browser, "#gm-article .gm-mention") == [payload] * 4
    assert f"Address given, not linked: {payload}" in texts(browser, "#gm-article .gm-meta")
    assert run(browser, "return document.querySelectorAll('#gm-article a.gm-out').length") == 0
    open_all(browser)
    click(browser, "#gm-tab-text")
    click(browser, "#gm-article a.gm-mention")
    heading = f"{payload} {payload}"  # what leads off the place, and the place
    WebDriverWait(browser, 10).until(lambda _: texts(browser, ".leaflet-popup .gm-card h2")[-1:] == [heading])
    assert texts(browser, ".leaflet-popup mark")[0] == payload
    assert run(browser, STATE) == {"pwned": None, "scripts": run(browser, COUNT), "injected": 0, "handlers": 0}


def test_all_hostile_reports_together_stay_apart(open_page: Open) -> None:
    pairs = [hostile_reports(payload) for payload in PAYLOADS.values()]
    table = pd.concat([table for table, _ in pairs], ignore_index=True)
    documents = [document for _, (document,) in pairs]
    browser = open_page(to_map(table, documents=documents, title=" ".join(PAYLOADS.values())).to_html())
    for index, document in enumerate(documents):
        run(browser, CHOOSE, str(index))
        assert "\n\n".join(texts(browser, ".gm-sentence")) == document.text
    assert run(browser, "return window.pwned") is None


def test_a_search_for_reports_shows_hostile_titles_as_they_are(open_page: Open) -> None:
    pairs = [hostile_reports(payload) for payload in PAYLOADS.values()]
    again = [
        (table.assign(document_id=f"{document.id} again"), [dataclasses.replace(document, id=f"{document.id} again")])
        for table, (document,) in pairs
    ]
    documents = [document for _, (document,) in [*pairs, *again]]
    table = pd.concat([table for table, _ in [*pairs, *again]], ignore_index=True)
    browser = open_page(to_map(table, documents=documents).to_html())
    run(browser, "document.querySelector('#gm-report-field').focus()")
    assert texts(browser, "#gm-report-list [role=option] > span") == [document.title for document in documents]
    click(browser, ("#gm-report-list [role=option]", 30))
    assert texts(browser, "#gm-article h2") == [documents[30].title]
    state = run(browser, STATE)
    assert (state["pwned"], state["injected"], state["handlers"]) == (None, 0, 0)


ON_A_PHONE = {"image", "long word"}
"""Those that are gone through on a phone, too: the same parts of the page write the same text there, in other boxes."""
LINE = {"type": "LineString", "coordinates": [[34.0, 50.5], [35.0, 51.0]]}
TYPE = """
const [selector, words] = arguments;
for (const box of document.querySelectorAll(selector)) {
  box.focus();
  box.value = words;
  box.dispatchEvent(new InputEvent("input", { bubbles: true }));
}
"""
CHOOSE_ALL = """
for (const field of document.querySelectorAll("#gm-view-places select")) {
  for (const { value } of field.options) {
    field.value = value;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
}
"""


def open_all(browser: webdriver.Chrome) -> str:
    """Open each place from the list, then each sign of the map that can be clicked; return what the cards say."""
    cards = []
    rows = "#gm-view-places tbody button"
    click(browser, "#gm-tab-places")
    for n in range(len(texts(browser, rows))):
        click_if_reachable(browser, "#gm-back")
        click(browser, (rows, n))
        until(browser, "return document.querySelector('.gm-card h2')")
        cards += texts(browser, ".gm-card")
    signs = ".gm-marker, .gm-chip[role=button]"
    for n in range(len(texts(browser, signs))):
        click_if_reachable(browser, (signs, n))  # What is clicked may draw the others anew.
    leave(browser)
    return "\n".join(cards)


def leave(browser: webdriver.Chrome) -> None:
    """Close what is open."""
    click_if_reachable(browser, "#gm-back")
    # A popup that gives way to another one fades below it for a moment.
    click_if_reachable(browser, (".leaflet-popup-close-button", -1))


def click_each(browser: webdriver.Chrome, selector: str) -> None:
    for n in range(len(texts(browser, selector))):
        click(browser, (selector, n))


STILL = """
const label = [...document.querySelectorAll(".leaflet-control-layers label")]
  .find((one) => one.textContent === arguments[0]);
const [before, place] = [label.dataset.place, JSON.stringify(label.getBoundingClientRect())];
label.dataset.place = place;
return before === place && label.querySelector("input");
"""


def switch_off(browser: webdriver.Chrome, layer: str) -> None:
    """Switch a layer off in the list that the pointer has opened, once no line of it moves any more."""
    box = WebDriverWait(browser, 10).until(lambda waiting: waiting.execute_script(STILL, layer))
    click(browser, box)
    until(browser, "return document.readyState")
    assert not run(browser, "return arguments[0].checked", box)


def visit(browser: webdriver.Chrome, payload: str) -> dict[str, str]:
    """Go through filters, tabs, timeline, layers, search, text and paper, and return what each part says."""
    seen = {}

    def read(name: str, selector: str) -> None:
        seen[name] = "\n".join(texts(browser, selector))

    def open_and_close(name: str) -> None:
        click_each(browser, f"#gm-{name}")
        read(name, f".gm-{name}-legend")
        click_each(browser, f"#gm-{name}")

    click(browser, "#gm-filter")
    read("filters", "#gm-drawer")
    click_each(browser, "#gm-drawer .gm-choices li:first-child input")
    run(browser, TYPE, "#gm-drawer input[type=search]", payload)
    read("narrowed", "#gm-drawer .gm-choices")
    click(browser, "#gm-done")
    read("chips", "#gm-active")
    click_each(browser, "#gm-reset")
    for tab in ("places", "key", "method", "events"):
        click(browser, f"#gm-tab-{tab}")
        read(tab, f"#gm-view-{tab}")
    click(browser, "#gm-view-events .gm-incident button[aria-expanded]")
    read("incident", "#gm-view-events .gm-incident.gm-open")
    click(browser, "#gm-tab-places")
    run(browser, CHOOSE_ALL)
    click_each(browser, ".gm-save button")
    open_and_close("totals")  # before time passes, which leaves incidents out
    point_at(browser, "#gm-bars")
    read("bar", ".gm-bar-note")
    click(browser, "#gm-play")
    click_each(browser, "#gm-reset")
    point_at(browser, ".leaflet-control-layers-toggle")
    read("layers", ".leaflet-control-layers")
    switch_off(browser, " Boundaries from a file")
    open_and_close("compare")
    click_each(browser, "#gm-reset")
    run(browser, TYPE, "#gm-search", payload)
    enter = "document.querySelector('#gm-search').dispatchEvent(new KeyboardEvent('keydown', arguments[0]))"
    run(browser, enter, {"key": "Enter", "bubbles": True})
    read("searched", "#gm-active")
    click_each(browser, "#gm-reset")
    leave(browser)
    click(browser, "#gm-tab-text")
    for n in range(len(texts(browser, "#gm-article a.gm-mention"))):
        leave(browser)
        click(browser, ("#gm-article a.gm-mention", n))
    run(browser, "dispatchEvent(new Event('beforeprint')); dispatchEvent(new Event('afterprint'))")
    return seen


def everywhere(payload: str, folder: Path) -> GeoMap:
    """Return a map of two hostile reports with a text in all else that a page can hold, too."""
    table, documents = hostile_reports(payload)
    spots = table.assign(
        event_type=["Battles", payload, "Riots", "Protests"],
        event_sub_type=payload,
        event_date=["2024-08-12", "2024-08-01/2024-08-31", payload, "2024-08-14"],
        is_event_place=True,
        date_precision=[1, 3, 1, 2],
        published="2024-08-13",
    )
    again = spots.assign(document_id=f"{payload}2", source=f"{payload}2")
    more = dataclasses.replace(documents[0], id=f"{payload}2", source=f"{payload}2")
    told = {"document_id": payload, "sentence_index": 0, "mention_start": int(spots["start"].iloc[0]), "source": 0}
    record: dict[str, Any] = {"incident_id": payload, "entry_id": payload, "event_type": "Battles"}
    record |= {"event_sub_type": payload, "first_date": payload, "last_date": payload, "reports": 2, "sources": 2}
    record |= {"fatalities_low": None, "fatalities_high": None, "name": payload, "corrected_by": payload}
    said = {"sentence": payload, "attribution": payload, "corrected_by": payload, "event_date": payload}
    said |= {"title": payload, "url": payload, "trigger": payload, "event_sub_type": payload}
    sentences = json.dumps([{**told, **said}, {**told, **said, "document_id": "gone", "event_date": "2024-08-12"}])
    feature = {"type": "Feature", "geometry": LINE, "properties": {"name": payload, "disputed": payload}}
    path = folder / "lines.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), "utf-8")
    corrections = folder / "corrections.csv"
    row = {"document": payload, "words": payload, "verdict": "not a place", "who": payload, "why": payload}
    pd.DataFrame([row]).to_csv(corrections, index=False)
    made = to_map(
        pd.concat([spots, again], ignore_index=True).assign(corrected_by=payload),
        documents=[*documents, more],
        title=payload,
        incidents=pd.DataFrame([{**record, "sentences": sentences}]),
        boundaries=path,
        about={payload: payload},
        corrections=[(one.in_words(), payload) for one in read_corrections(corrections)],
    )
    (layer,) = [child for child in made._children.values() if isinstance(child, MentionLayer)]
    tile = {"name": payload, "url": "https://tiles.invalid/{z}/{x}/{y}.png", "attribution": payload}
    layer.data["tiles"] = [tile, {**tile, "url": payload}]
    layer.data["boundaries"]["file"] = payload
    # A unit as an imported table may have it, in which the incidents lie.
    layer.base = copy.deepcopy(basemap_for([(50.0, 36.0)], country_codes=["UA"], admin1_ids=[]))
    unit = layer.base["objects"]["admin1"]["geometries"][0]["properties"]
    unit |= dict.fromkeys(("name", "country", "code"), payload)
    return made


@pytest.mark.parametrize("name", PAYLOADS)
def test_hostile_text_in_all_that_a_page_can_hold_is_text_wherever_it_is_read(
    name: str, open_page: Open, tmp_path: Path
) -> None:
    payload = PAYLOADS[name]
    page = everywhere(payload, tmp_path).to_html()
    for phone in (False, True) if name in ON_A_PHONE else (False,):
        browser = open_page(page, phone=phone)
        run(browser, "window.before = document.scripts.length")
        assert payload in open_all(browser)
        seen = visit(browser, payload)
        for where in ("filters", "chips", "places", "key", "method", "layers", "events", "incident", "totals"):
            assert payload in seen[where], where
        assert seen["method"].count(payload) > 4  # in what was corrected, too
        state = run(browser, STATE)
        assert state == {"pwned": None, "scripts": run(browser, "return window.before"), "injected": 0, "handlers": 0}
    run(browser, f"location.hash = 'q={'%25'}&place=' + {json.dumps(payload)} + '&doc=' + {json.dumps(payload)}")
    assert run(browser, "return window.pwned") is None
