"""Write ``screenshots/*.png``: how the map of the sample reports looks, by ``python docs/take_screenshots.py PAGE``.

Needs Chromium and its driver, as the browser tests do.
"""

import base64
import shutil
import struct
import sys
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.support.ui import WebDriverWait

FOLDER = Path(__file__).parent / "screenshots"
DESKTOP, PHONE = (1400, 900), (390, 844)
REPORT = "doc=2024-08-19_kursk_incursion.txt"
SUDZHA = "place=geonames:486816"
KURSK = "map=7.4/51.25/35.6"

SHOTS: dict[str, tuple[str, tuple[int, int], str, str]] = {
    "desktop": ("", DESKTOP, "light", ""),
    "popup": (f"#{KURSK}&{REPORT}&{SUDZHA}", DESKTOP, "light", ""),
    "dark": (f"#{KURSK}&{REPORT}", DESKTOP, "dark", "document.querySelector('#gm-tab-places').click()"),
    "filters": ("", DESKTOP, "light", "document.querySelector('#gm-filter').click()"),
    "phone": (f"#{KURSK}&{REPORT}&{SUDZHA}", PHONE, "light", ""),
}
"""Name → part of the address after the page, width and height in CSS pixels, colour scheme, and what is pressed."""

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
    link, (width, height), scheme, press = SHOTS[name]
    size = {"width": width, "height": height, "mobile": width < 760, "deviceScaleFactor": 1}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    features = {"prefers-reduced-motion": "reduce", "prefers-color-scheme": scheme}
    media = {"features": [{"name": key, "value": value} for key, value in features.items()]}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
    browser.get("about:blank")
    browser.get(page.as_uri() + link)
    WebDriverWait(browser, 30).until(lambda one: one.execute_script("return document.documentElement.dataset.gmReady"))
    browser.execute_script(press)
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


def main(page: Path) -> None:
    """Write all pictures of a page."""
    FOLDER.mkdir(exist_ok=True)
    with chromium() as browser:
        for name in SHOTS:
            (FOLDER / f"{name}.png").write_bytes(smaller(browser, take(browser, page, name)))


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
