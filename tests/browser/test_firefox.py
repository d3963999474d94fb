"""The main paths through a page work in Firefox as they do in Chromium, with real clicks and keys."""

import time
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest

from geomap.exporters.leaflet import to_map
from tests.browser.firefox import Firefox, find_firefox, running
from tests.browser.test_filters import REPORTS, TABLE

pytestmark = pytest.mark.browser

ENTER = "\ue007"
POPUP = "document.querySelector('.leaflet-popup h2')?.textContent"


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    """Start Firefox with the page open."""
    program = find_firefox()
    if program is None:
        pytest.skip("left out in Firefox: it is not here (apt install firefox-esr)")
    folder = tmp_path_factory.mktemp("firefox")
    story = folder / "story.toml"
    story.write_text('[[step]]\naddress = "#map=8/51.4/35.2"\ncaption = "It began here."\n', "utf-8")
    page = folder / "page.html"
    page.write_text(to_map(TABLE, documents=REPORTS, title="Two weeks", story=story).to_html(), "utf-8")
    with running(program, folder / "profile", folder) as browser:
        browser.open(page, "#step=0")
        yield browser
        browser.open(page, "#embed&step=1")
        assert browser.texts(".gm-story-caption") == ["It began here."]
        assert browser.run("document.querySelector('#gm-panel').checkVisibility()") is False
        assert browser.errors == []


def test_markers_text_popups_search_and_back(firefox: Firefox) -> None:
    assert firefox.run("document.querySelectorAll('.gm-marker').length") > 3
    firefox.click("#gm-tab-text")
    firefox.click("a.gm-mention:not(.gm-off, .gm-other)")
    assert firefox.until(POPUP)
    firefox.click("#gm-search")
    firefox.type(*"toret", ENTER)
    assert firefox.until(f"{POPUP} === 'Toretsk'")
    assert "Toretsk" in firefox.texts(".gm-sentence.gm-on")[0]
    firefox.back()
    firefox.until(f"{POPUP} !== 'Toretsk'")


def test_filters_and_timeline(firefox: Firefox) -> None:
    before = firefox.texts("#gm-counts")
    firefox.click("#gm-filter")
    firefox.click("#gm-role-metonymic")
    firefox.until(f"document.querySelector('#gm-counts').textContent !== {before[0]!r}")
    firefox.click("#gm-reset")
    firefox.until(f"document.querySelector('#gm-counts').textContent === {before[0]!r}")
    firefox.click("#gm-bars")
    assert firefox.until("location.hash.includes('from=') && location.hash")
    firefox.click("#gm-reset")


def test_a_picture_is_saved_sharp_and_as_paths(firefox: Firefox, tmp_path: Path) -> None:
    firefox.click("#gm-share-button")
    folder = next(path for path in tmp_path.parent.iterdir() if path.name.startswith("firefox"))
    for ending in ("svg", "png"):
        firefox.click(f"#gm-save-{ending}")
        firefox.until(f"document.querySelector('.gm-share-status').textContent.endsWith('.{ending}.')")
        saved, end = folder / f"two-weeks.{ending}", time.monotonic() + 10
        while not (saved.is_file() and saved.stat().st_size) and time.monotonic() < end:
            time.sleep(0.05)
        data = saved.read_bytes()
        if ending == "png":
            assert data.startswith(b"\x89PNG")
            assert int.from_bytes(data[16:20], "big") > 1000
        else:
            words = [node.text for node in ET.fromstring(data).iter("{http://www.w3.org/2000/svg}text")]
            assert {"Two weeks", "Battles"} <= set(words)
    firefox.click(".gm-share-close")
