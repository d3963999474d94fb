"""axe-core finds nothing serious in any state of the page."""

import json
from pathlib import Path

import pandas as pd
import pytest
from selenium import webdriver
from selenium.webdriver.common.keys import Keys

from geomap.exporters.leaflet import to_map
from tests.browser.looking import Open, click, run, until, with_text
from tests.browser.war_reports import war_reports

pytestmark = pytest.mark.browser

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
TABLE, REPORTS = war_reports()
TABLE.loc[TABLE["toponym"] == "Sudzha", ["event_type", "event_sub_type", "is_event_place", "event_date"]] = [
    "Battles",
    "Armed clash",
    True,
    "2024-08-12",
]
SUDZHA = TABLE[TABLE["toponym"] == "Sudzha"].iloc[0]
TELLING = {
    "document_id": SUDZHA["document_id"],
    "sentence_index": int(SUDZHA["sentence_index"]),
    "mention_start": int(SUDZHA["start"]),
    "sentence": SUDZHA["sentence"],
    "source": 0,
    "attribution": "the governor",
    "fatalities_low": 2,
}
INCIDENT = {
    "incident_id": "incident:1",
    "entry_id": TABLE.loc[TABLE["toponym"] == "Sudzha", "entry_id"].iloc[0],
    "event_type": "Battles",
    "event_sub_type": "Armed clash",
    "first_date": "2024-08-12",
    "last_date": "2024-08-13",
    "reports": 3,
    "sources": 2,
    "fatalities_low": 2,
    "fatalities_high": 4,
    "corrected_by": "Anna",
    "sentences": json.dumps([TELLING]),
}
MANY = pd.DataFrame([{**INCIDENT, "incident_id": f"incident:{n}"} for n in range(6)])
PAGE = to_map(TABLE, documents=REPORTS, title="Kursk and Pokrovsk, August 2024", incidents=MANY).to_html()

CHECK = """
const done = arguments[arguments.length - 1];
axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) => done(
  violations.map(({ id, impact, nodes }) => [id, impact, nodes.slice(0, 3).map((node) => node.html.slice(0, 160))])
), (error) => done([["axe", "critical", [String(error)]]]));
"""
STATES = (
    *("events", "incident", "totals", "text", "popup", "places", "key", "method"),
    *("filters", "share", "frame", "layers", "correct"),
)


def bring(browser: webdriver.Chrome, state: str) -> None:
    """Bring the page into a state."""
    if state in ("text", "places", "key", "method"):
        click(browser, f"#gm-tab-{state}")
    elif state == "popup":
        click(browser, "#gm-tab-text")
        click(browser, with_text(browser, "a.gm-mention", "Sudzha"))
        until(browser, "return document.querySelector('.gm-card h2')")
        click(browser, ".gm-card .gm-more")
    elif state == "totals":
        click(browser, "#gm-totals")
        click(browser, ".gm-totals-legend summary")
    elif state == "incident":
        click(browser, ".gm-incident button[aria-expanded]")
        until(browser, "return document.querySelector('.gm-dossier')")
    elif state == "layers":
        browser.find_element("css selector", ".leaflet-control-layers-toggle").send_keys(Keys.ENTER)
        until(browser, "return document.querySelector('.leaflet-control-layers-expanded')")
    elif state == "correct":
        click(browser, ".gm-incident button[aria-expanded]")
        click(browser, with_text(browser, ".gm-incident .gm-actions button", "Correct…"))
        until(browser, "return document.activeElement.closest('dialog, form, .gm-judge')")
    elif state == "share":
        click(browser, "#gm-share-button")
    elif state == "frame":
        run(browser, "location.hash = 'embed'")
        until(browser, "return document.querySelector('#gm-frame-head').checkVisibility()")
    elif state == "filters":
        click(browser, "#gm-filter")
        for summary in browser.find_elements("css selector", "#gm-filters details:not([open]) summary"):
            click(browser, summary)


def findings(browser: webdriver.Chrome) -> list[list[object]]:
    """Return what axe finds at all: rule, impact and the first elements."""
    run(browser, AXE.read_text(encoding="utf-8"))
    found: list[list[object]] = browser.execute_async_script(CHECK)
    return found


@pytest.mark.parametrize("look", ["desktop", "phone", "dark"])
@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_serious(open_page: Open, state: str, look: str) -> None:
    if not AXE.is_file():
        pytest.skip("accessibility left out: axe-core is not in node_modules (install Node.js, make test)")
    browser = open_page(PAGE, phone=look == "phone")
    if look == "dark":
        dark = [
            {"name": "prefers-color-scheme", "value": "dark"},
            {"name": "prefers-reduced-motion", "value": "reduce"},
        ]
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": dark})
    bring(browser, state)
    assert [one for one in findings(browser) if one[1] in ("serious", "critical")] == []
