"""Write ``screenshots/*.png``: how the map of the sample reports looks, by ``python docs/take_screenshots.py PAGE``.

What a plain map does not have is on two more pages of the same reports: one in Arabic, and one with the story and the
invented areas of ``shown/``. Needs Chromium and its driver, as the browser tests do.
"""

import base64
import shutil
import struct
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.support.ui import WebDriverWait

HERE = Path(__file__).parent
FOLDER = HERE / "screenshots"
SHOWN = HERE / "shown"
REPORTS = HERE.parent / "seeds"
DESKTOP, PHONE = (1400, 900), (390, 844)
REPORT = "doc=2024-08-19_kursk_incursion.txt"
SUDZHA = "place=geonames:486816"
KURSK = "map=7.4/51.25/35.6"

EXTRAS: dict[str, tuple[str, ...]] = {
    "plain": (),
    "told": ("--story", str(SHOWN / "story.toml"), "--boundaries", str(SHOWN / "front.geojson")),
    "arabic": ("--language", "ar"),
}
"""Name of a page → what `geomap map` is given for it besides the reports; the plain one is given to this script."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """A state of the page."""

    page: str = "plain"
    """One of `EXTRAS`."""
    link: str = ""
    """The part of the address after the page."""
    size: tuple[int, int] = DESKTOP
    """Width and height in CSS pixels."""
    scheme: str = "light"
    """What ``prefers-color-scheme`` is."""
    press: str = ""
    """A script that does what a person would do next."""


OPEN_FIRST = "document.querySelector('.gm-incident button[aria-expanded]').click()"

SHOTS: dict[str, Shot] = {
    "events": Shot(),
    "incident": Shot(link="#q=supermarket", press=OPEN_FIRST),
    "popup": Shot(link=f"#{KURSK}&{REPORT}&{SUDZHA}"),
    "dark": Shot(link=f"#{KURSK}&{REPORT}", scheme="dark", press="document.querySelector('#gm-tab-places').click()"),
    "filters": Shot(press="document.querySelector('#gm-filter').click()"),
    "totals": Shot(link="#map=5.4/49.5/33.5&totals=events"),
    "ground": Shot(link="#map=10/48.62/37.75"),
    "areas": Shot(page="told", link="#step=0&map=8.6/51.15/35.2"),
    "compare": Shot(link="#map=5.6/49.5/34.5&from=2024-08-01&to=2024-08-31&vs=2024-07-01"),
    "story": Shot(page="told", link="#step=2"),
    "embed": Shot(link=f"#embed&{KURSK}", size=(640, 480)),
    "arabic": Shot(page="arabic", link=f"#{KURSK}&{REPORT}&{SUDZHA}"),
    "phone": Shot(link=f"#{KURSK}&{REPORT}&{SUDZHA}", size=PHONE),
}
"""Name of a picture → what it shows."""

PALETTE = """
const done = arguments[arguments.length - 1];
const image = new Image();
image.onload = () => {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [image.width, image.height];
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  const pixels = new Uint32Array(context.getImageData(0, 0, image.width, image.height).data.buffer);
  const counts = new Map();
  for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
  const common = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([pixel]) => pixel);
  const far = (a, b) => {
    let sum = 0;
    for (const shift of [0, 8, 16]) sum += (((a >>> shift) & 255) - ((b >>> shift) & 255)) ** 2;
    return sum;
  };
  let kept = [];
  for (let apart = 3; !kept.length || kept.length > 256; apart += 2) {
    kept = [];
    for (const pixel of common) {
      if (kept.length < 257 && kept.every((other) => far(pixel, other) >= apart ** 2)) kept.push(pixel);
    }
  }
  const nearest = new Map();
  const index = (pixel) => {
    let best = 0;
    for (let n = 1; n < kept.length; n++) if (far(pixel, kept[n]) < far(pixel, kept[best])) best = n;
    return best;
  };
  for (const pixel of counts.keys()) nearest.set(pixel, index(pixel));
  let text = "";
  for (const pixel of pixels) text += String.fromCharCode(nearest.get(pixel));
  done([image.width, image.height, kept, btoa(text)]);
};
image.src = "data:image/png;base64," + arguments[0];
"""
"""Draws the commonest 256 colours that are well apart, the most often used first, and every pixel as the nearest."""


@contextmanager
def chromium() -> Iterator[webdriver.Chrome]:
    """Start a browser that is not seen."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    driver = shutil.which("chromedriver")
    if found is None or driver is None:
        raise SystemExit("no Chromium with chromedriver here (apt install chromium chromium-driver)")
    options = webdriver.ChromeOptions()
    options.binary_location = found
    with tempfile.TemporaryDirectory() as profile:
        for flag in (
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--hide-scrollbars",
            f"--user-data-dir={profile}",
        ):
            options.add_argument(flag)
        browser = webdriver.Chrome(options=options, service=Service(driver))
        try:
            yield browser
        finally:
            browser.quit()


def take(browser: webdriver.Chrome, page: Path, name: str) -> bytes:
    """Open the page as one of `SHOTS` says and return what is seen, as PNG."""
    shot = SHOTS[name]
    width, height = shot.size
    size = {"width": width, "height": height, "mobile": width < 760, "deviceScaleFactor": 1}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    features = {"prefers-reduced-motion": "reduce", "prefers-color-scheme": shot.scheme}
    media = {"features": [{"name": key, "value": value} for key, value in features.items()]}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
    browser.get("about:blank")
    browser.get(page.as_uri() + shot.link)
    WebDriverWait(browser, 30).until(lambda one: one.execute_script("return document.documentElement.dataset.gmReady"))
    browser.execute_script(shot.press)
    browser.execute_async_script("setTimeout(arguments[0], 800)")
    return browser.get_screenshot_as_png()


def smaller(browser: webdriver.Chrome, png: bytes) -> bytes:
    """Return a picture with at most 256 colours: a third of the bytes, and nothing that the eye misses."""
    browser.get("about:blank")
    seen: Any = browser.execute_async_script(PALETTE, base64.b64encode(png).decode())
    width, height, colours, pixels = seen
    indices = base64.b64decode(pixels)
    rows = b"".join(b"\0" + indices[n * width : (n + 1) * width] for n in range(height))
    palette = b"".join(struct.pack("<I", colour)[:3] for colour in colours)
    parts = {"IHDR": struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0), "PLTE": palette}
    parts |= {"IDAT": zlib.compress(rows, 9), "IEND": b""}
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind.encode(), data) for kind, data in parts.items())


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def make_pages(plain: Path, folder: Path) -> dict[str, Path]:
    """Write the pages that the pictures need besides the plain one; return all by name."""
    pages = {name: folder / f"{name}.html" for name in EXTRAS} | {"plain": plain}
    for name, extras in EXTRAS.items():
        if pages[name] != plain:
            command = [sys.executable, "-m", "geomap", "map", str(REPORTS), "-o", str(pages[name]), *extras]
            subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own program, with paths that stand above
    return pages


def main(plain: Path, *names: str) -> None:
    """Write all pictures, or those that are named, and remove what is none of them."""
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.png"):
        if old.stem not in SHOTS:
            old.unlink()
    with tempfile.TemporaryDirectory() as made, chromium() as browser:
        pages = make_pages(plain, Path(made))
        for name in names or SHOTS:
            picture = take(browser, pages[SHOTS[name].page], name)
            (FOLDER / f"{name}.png").write_bytes(smaller(browser, picture))


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), *sys.argv[2:])
