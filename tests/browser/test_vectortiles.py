"""Vector tiles of the user's own: carried by the page, read from beside it, or honestly not to be had."""

import http.server
import re
import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from selenium import webdriver

from geomap.exporters.leaflet import to_map
from geomap.exporters.leaflet.basemap import tiles
from tests.browser.conftest import start_chromium
from tests.browser.looking import Open, run, texts, until
from tests.browser.test_imagery import choose
from tests.browser.war_reports import war_reports
from tests.small_tiles import write_tiles

pytestmark = pytest.mark.browser

TABLE, REPORTS = war_reports()
LAKE, ROAD = "#map=8/50/36", "#map=13/51/36"
TILES = "Vector tiles of the map's maker"
PIXELS = """
const seen = new Set();
for (const canvas of document.querySelectorAll(".leaflet-gm-tiles-pane canvas")) {
  if (!canvas.width) continue;
  const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext("2d", { willReadFrequently: true });
  copy.drawImage(canvas, 0, 0);
  const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
  for (let i = 0; i < data.length; i += 4) if (data[i + 3] === 255) seen.add(data.slice(i, i + 3).join());
}
const colour = (name) => {
  const pen = document.createElement("canvas").getContext("2d");
  pen.fillStyle = getComputedStyle(document.documentElement).getPropertyValue(`--gm-${name}`);
  pen.fillRect(0, 0, 1, 1);
  return pen.getImageData(0, 0, 1, 1).data.slice(0, 3).join();
};
return arguments[0].every((name) => seen.has(colour(name)));
"""
GROUND = "return document.querySelectorAll('.leaflet-gm-base-pane canvas').length"


class Ranges(http.server.SimpleHTTPRequestHandler):
    """Sends a folder, and parts of its files where they are asked for."""

    def do_GET(self) -> None:  # the name that http.server calls
        wanted = re.fullmatch(r"bytes=(\d+)-(\d+)", self.headers.get("Range", ""))
        if wanted is None:
            return super().do_GET()
        content = Path(self.translate_path(self.path)).read_bytes()[int(wanted[1]) : int(wanted[2]) + 1]
        self.send_response(206)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)
        return None

    def log_message(self, *_: object) -> None:
        """Keep silent."""


class Whole(Ranges):
    """Sends whole files alone, as Python's own server does."""

    def do_GET(self) -> None:
        http.server.SimpleHTTPRequestHandler.do_GET(self)


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    running = start_chromium(tmp_path_factory.mktemp("reader"))
    yield running
    running.quit()


@pytest.fixture
def served(reader: webdriver.Chrome, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Any]]:
    """Give a function that opens a page beside its tiles, from a server of some kind or from the disk."""
    monkeypatch.setattr(tiles, "CARRIED", 10)
    page = to_map(TABLE, documents=REPORTS, basemap=write_tiles(tmp_path / "war zone.pmtiles")).to_html()
    (tmp_path / "map.html").write_text(page, "utf-8")
    servers = []

    def served(kind: type[Ranges] | None) -> webdriver.Chrome:
        address = tmp_path.as_uri()
        if kind is not None:
            servers.append(http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(kind, directory=str(tmp_path))))
            threading.Thread(target=servers[-1].serve_forever, daemon=True).start()
            address = f"http://127.0.0.1:{servers[-1].server_address[1]}"
        reader.get("about:blank")
        reader.get(f"{address}/map.html{LAKE}")
        until(reader, "return document.documentElement.dataset.gmReady")
        return reader

    yield served
    for server in servers:
        server.shutdown()
        server.server_close()


def said(browser: webdriver.Chrome, words: str) -> bool:
    return bool(until(browser, f"return document.querySelector('#gm-toast').textContent.includes({words!r})"))


def test_tiles_that_the_page_carries_are_drawn_from_the_disk(open_page: Open, tmp_path: Path) -> None:
    page = to_map(TABLE, documents=REPORTS, basemap=write_tiles(tmp_path / "war.pmtiles")).to_html()
    browser = open_page(page, link=LAKE)
    assert run(browser, "return document.querySelectorAll('.leaflet-gm-tiles-pane canvas').length") == 0
    choose(browser, TILES)
    until(browser, PIXELS.replace("arguments[0]", "['sea', 'land']"))
    assert any("Someone & others" in words for words in texts(browser, ".leaflet-control-attribution"))
    assert run(browser, "return document.querySelectorAll('.leaflet-control-attribution b').length") == 0
    browser = open_page(page, link=ROAD)
    choose(browser, TILES)
    until(browser, PIXELS.replace("arguments[0]", "['road', 'land']"))
    assert run(browser, "return document.querySelectorAll('.gm-chip').length") > 0


def test_tiles_beside_the_page_are_read_in_parts_once_they_are_chosen(served: Callable[..., Any]) -> None:
    browser = served(Ranges)
    asked = "return performance.getEntriesByType('resource').filter(({ name }) => name.includes('.pmtiles')).length"
    assert run(browser, asked) == 0
    choose(browser, TILES)
    until(browser, PIXELS.replace("arguments[0]", "['sea', 'land']"))
    assert run(browser, asked) >= 1
    choose(browser, "Built in")
    until(browser, "return !document.querySelector('.leaflet-gm-tiles-pane canvas')")
    assert run(browser, GROUND) == 1


def test_a_server_that_sends_whole_files_is_named_as_the_reason(served: Callable[..., Any]) -> None:
    browser = served(Whole)
    choose(browser, TILES)
    assert said(browser, "The server of this page sends no parts of files, so that war zone.pmtiles cannot be read.")
    assert run(browser, GROUND) == 1


def test_from_the_disk_the_page_says_that_it_needs_a_server(served: Callable[..., Any]) -> None:
    browser = served(None)
    choose(browser, TILES)
    assert said(browser, "a browser reads no parts of files from the disk. Open the page on a web server.")
    assert run(browser, GROUND) == 1


def test_a_file_that_is_not_there_gives_way_to_the_ground(served: Callable[..., Any], tmp_path: Path) -> None:
    browser = served(Ranges)
    (tmp_path / "war zone.pmtiles").write_bytes(b"gone")
    choose(browser, TILES)
    assert said(browser, "cannot be read")
    assert run(browser, GROUND) == 1
