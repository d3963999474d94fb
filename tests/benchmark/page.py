"""How quick the page is in a browser, beside folium's FastMarkerCluster with the same points, in one run.

Run with ``make bench``, or ``python -m tests.benchmark.page [MENTIONS …]``. Prints the median of several openings of
each page, all assets inlined, no tiles, in headless Chromium: processor seconds to write the page; seconds from opening
it to the first frame with markers; memory after a garbage collection, the heap and beside it the buffers of typed
arrays; the 95th percentile of the frames while the map is dragged; the longest of a dozen zoom steps; and changing a
filter, which folium's page has none of. Below stands what the page's own thread took of the processor for markers,
zoom and filter, which a busy machine changes little. Folium's page is given the points with their place names and
sentences, for popups; ours carries the reports, too.
"""

import contextlib
import json
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import folium
from folium.plugins import FastMarkerCluster
from selenium import webdriver
from selenium.webdriver.chrome.service import Service

import geomap
from geomap.exporters.leaflet.html.assets import VENDOR
from tests.benchmark.synthetic import synthetic
from tests.browser.conftest import BROWSERS, FLAGS

CLUSTER = Path(__file__).resolve().parents[2] / "node_modules" / "leaflet.markercluster" / "dist"
OPENINGS = 3
FIRST_MARKERS = """
performance.mark("begin first");
const look = () => {
  if (!document.querySelector(".leaflet-marker-pane > *")) return requestAnimationFrame(look);
  window.firstMarkers = performance.now();
  performance.mark("end first");
};
requestAnimationFrame(look);
"""
MEASURE = """
const done = arguments[arguments.length - 1];
const map = Object.values(window).find((value) => value instanceof L.Map);
const settled = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
const pause = () => new Promise((resolve) => setTimeout(resolve, 150));
async function timed(name, act) {
  await pause();
  const begun = performance.now();
  performance.mark(`begin ${name}`);
  act();
  await settled();
  performance.mark(`end ${name}`);
  return performance.now() - begun;
}
async function zoom() {
  const home = map.getZoom();
  const times = [];
  for (let n = 0; n < 12; n++) {
    times.push(await timed("zoom", () => map.setZoom(home + Math.min(n + 1, 11 - n), { animate: false })));
  }
  return Math.max(...times);
}
async function filter() {
  const box = document.querySelector("#gm-filters input[type=checkbox]");
  const times = [];
  for (let n = 0; box && n < 4; n++) times.push(await timed("filter", () => box.click()));
  return box ? Math.max(...times) : null;
}
(async () => done({ zoom: await zoom(), filter: await filter() }))();
"""
WATCH_FRAMES = """
window.frames_ = [];
let last = performance.now();
const watch = (now) => {
  window.frames_.push(now - last);
  last = now;
  requestAnimationFrame(watch);
};
requestAnimationFrame(watch);
"""
SLOW_FRAME = "return window.frames_.sort((a, b) => a - b)[Math.floor(window.frames_.length * 0.95)]"


@contextlib.contextmanager
def browser() -> Iterator[webdriver.Chrome]:
    """Start a browser of its own for one opening."""
    options = webdriver.ChromeOptions()
    options.binary_location = next(filter(None, map(shutil.which, BROWSERS)))
    options.set_capability("goog:loggingPrefs", {"performance": "ALL"})
    traced = {"traceCategories": "blink.user_timing", "enableNetwork": False, "enablePage": False}
    options.add_experimental_option("perfLoggingPrefs", traced)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        for flag in (*FLAGS, f"--user-data-dir={profile}"):
            options.add_argument(flag)
        running = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
        running.set_script_timeout(120)
        running.set_page_load_timeout(300)
        try:
            yield running
        finally:
            running.quit()


def opened(path: Path) -> dict[str, float | None]:
    """Open a page once and measure it."""
    with browser() as running:
        running.execute_cdp_cmd("Page.enable", {})
        running.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": FIRST_MARKERS})
        running.get(path.as_uri())
        first = _until(running, "return window.firstMarkers")
        time.sleep(1)
        running.execute_cdp_cmd("HeapProfiler.collectGarbage", {})
        memory = running.execute_cdp_cmd("Runtime.getHeapUsage", {})
        nodes = running.execute_script("return document.querySelectorAll('*').length")
        found = {
            "first": first / 1000,
            "heap": memory["usedSize"] / 1e6,
            "buffers": memory.get("backingStorageSize", 0) / 1e6,
            "nodes": nodes,
            "pan": dragged(running),
            **running.execute_async_script(MEASURE),
        }
        return found | processor_times(running.get_log("performance"))  # type: ignore[no-untyped-call]


def processor_times(log: list[dict[str, Any]]) -> dict[str, float | None]:
    """Return how long the page's thread worked between "begin" and "end" of each name, the longest, in milliseconds."""
    messages = (json.loads(entry["message"])["message"] for entry in log)
    marks = [message["params"] for message in messages if message["method"] == "Tracing.dataCollected"]
    begun: dict[str, int] = {}
    longest: dict[str, float | None] = {"first_work": None, "zoom_work": None, "filter_work": None}
    for mark in sorted((mark for mark in marks if "tts" in mark), key=lambda mark: mark["ts"]):
        end, _, name = mark["name"].partition(" ")
        if end == "begin":
            begun[name] = mark["tts"]
        elif end == "end" and name in begun:
            longest[f"{name}_work"] = max(longest[f"{name}_work"] or 0, (mark["tts"] - begun[name]) / 1000)
    return longest


def dragged(running: webdriver.Chrome) -> float:
    """Drag the map to and fro and return the 95th percentile of the times between frames, in milliseconds."""
    running.execute_script(WATCH_FRAMES)
    for step in (9, -9, 7, -7):
        pointer = {"y": 420, "button": "left", "buttons": 1, "clickCount": 1}
        running.execute_cdp_cmd("Input.dispatchMouseEvent", {"type": "mousePressed", "x": 800, **pointer})
        for move in range(1, 31):
            moved = {"type": "mouseMoved", "x": 800 + move * step, **pointer}
            running.execute_cdp_cmd("Input.dispatchMouseEvent", moved)
            time.sleep(0.012)
        released = {"type": "mouseReleased", "x": 800 + 30 * step, **pointer}
        running.execute_cdp_cmd("Input.dispatchMouseEvent", released)
        time.sleep(0.3)
    slow: float = running.execute_script(SLOW_FRAME)
    return slow


def _until(running: webdriver.Chrome, script: str) -> Any:
    for _ in range(300):
        if value := running.execute_script(script):
            return value
        time.sleep(0.1)
    raise TimeoutError(script)


def folium_page(table: Any) -> str:
    """Return folium's page of the points, with its files inlined and those that it does not need left out."""
    found = table[table["latitude"].notna()]
    points = [list(row) for row in found[["latitude", "longitude", "name", "sentence"]].itertuples(index=False)]
    options: dict[str, Any] = {"maxZoom": 14}  # folium leaves its own max_zoom out when there are no tiles
    shown = folium.Map(tiles=None, location=[49, 32], zoom_start=5, **options)
    shown.default_js = [("leaflet", "leaflet.js")]
    shown.default_css = [("leaflet_css", "leaflet.css")]
    # Leaflet's own icon: folium's default one would need four files more.
    callback = "(row) => L.marker([row[0], row[1]]).bindPopup(() => row[2] + ': ' + row[3])"
    FastMarkerCluster(points, callback=callback).add_to(shown)  # type: ignore[no-untyped-call]
    page: str = shown.get_root().render()
    files = {"leaflet.js": VENDOR, "leaflet.css": VENDOR, "leaflet.markercluster.js": CLUSTER}
    files |= {"MarkerCluster.css": CLUSTER, "MarkerCluster.Default.css": CLUSTER}
    return "\n".join(_inlined(line, files) for line in page.splitlines())


def _inlined(line: str, files: dict[str, Path]) -> str:
    address = next((part for part in line.split('"') if part.endswith((".js", ".css"))), "")
    name = address.rsplit("/", 1)[-1]
    if not address or ("<script src" not in line and "<link" not in line):
        return line
    text = (files[name] / name).read_text("utf-8") if name in files else ""
    return f"<style>{text}</style>" if name.endswith(".css") else f"<script>{text}</script>"


def report(what: str, page: Path, written: float) -> None:
    """Open a page several times and print the medians."""
    runs = [opened(page) for _ in range(OPENINGS)]
    middle = {key: _median([run[key] for run in runs]) for key in runs[0]}
    change = "     –" if middle["filter"] is None else f"{middle['filter']:6.0f}"
    sys.stdout.write(
        f"{what:<30}{page.stat().st_size / 1e6:7.1f} MB{written:7.2f} s{middle['first']:9.2f} s"
        f"{middle['heap']:8.1f} MB{middle['buffers']:8.1f} MB{middle['nodes']:8,.0f}"
        f"{middle['pan']:7.0f} ms{middle['zoom']:7.0f} ms{change} ms\n"
    )
    work = [middle[f"{name}_work"] for name in ("first", "zoom", "filter")]
    first, zoom, filtering = ("–" if value is None else f"{value:.0f} ms" for value in work)
    sys.stdout.write(f"{'  of its thread':<30}{first:>30}{zoom:>50}{filtering:>9}\n")
    sys.stdout.flush()


def _median(values: list[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return statistics.median(known) if known else None


def _load() -> str:
    """Say how busy the machine is, which all but the memory depends on."""
    return (
        f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors\n" if hasattr(os, "getloadavg") else ""
    )


def main(sizes: list[int]) -> None:
    """Measure pages of so many mentions."""
    geomap.to_map(synthetic(20)[0]).to_html()  # what the first page alone has to load
    sys.stdout.write(
        f"{'':<30}{'page':>10}{'write':>9}{'markers':>11}{'heap':>11}{'buffers':>11}{'nodes':>8}{'pan p95':>10}"
        f"{'zoom':>10}{'filter':>9}\n"
    )
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            table, documents = synthetic(size)
            page = Path(folder) / "page.html"
            begun = time.process_time()
            geomap.to_map(table, documents=documents, title="Synthetic").save(page)
            report(f"geomap, {size:,} mentions", page, time.process_time() - begun)
            if not CLUSTER.is_dir():
                sys.stdout.write("FastMarkerCluster left out: its files come with npm ci\n")
                continue
            begun = time.process_time()
            page.write_text(folium_page(table), "utf-8")
            report(f"FastMarkerCluster, {size:,}", page, time.process_time() - begun)
    sys.stdout.write(_load())


if __name__ == "__main__":
    main([int(argument.replace(",", "")) for argument in sys.argv[1:]] or [10_000, 100_000])
