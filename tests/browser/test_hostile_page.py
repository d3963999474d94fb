"""The attack: hostile text in every field, opened in a browser."""

import dataclasses

import pandas as pd
import pytest

from geomap.exporters.leaflet import to_map
from tests.browser.looking import Open, run, texts, until
from tests.hostile_reports import PAYLOADS, hostile_reports

pytestmark = pytest.mark.browser

OPEN_ALL = """
const seen = [];
document.querySelector("#gm-tab-places").click();
for (const row of [...document.querySelectorAll("#gm-view-places tbody button")]) {
  row.click();
  seen.push(document.querySelector(".gm-card h2")?.textContent);
}
for (const marker of document.querySelectorAll(".gm-marker, .gm-chip[role=button]")) marker.click();
return seen;
"""
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
    run(browser, OPEN_ALL)
    run(browser, "document.querySelector('#gm-article a.gm-mention').click()")
    heading = until(browser, "return document.querySelector('.leaflet-popup .gm-card h2')?.textContent")
    assert heading == f"{payload} {payload}"  # what leads off the place, and the place
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
    run(browser, "document.querySelectorAll('#gm-report-list [role=option]')[30].click()")
    assert texts(browser, "#gm-article h2") == [documents[30].title]
    state = run(browser, STATE)
    assert (state["pwned"], state["injected"], state["handlers"]) == (None, 0, 0)
