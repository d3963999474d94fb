"""A headless Chromium for the tests that open pages."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.support.ui import WebDriverWait

from tests.browser import network
from tests.browser.looking import Open, until

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1400,900",
    # A mouse, also where the machine has none: it hovers and points finely.
    "--blink-settings=primaryHoverType=2,availableHoverTypes=2,primaryPointerType=4,availablePointerTypes=4",
)
FAULTS = ("Content Security Policy", "Uncaught", "An added element failed")
"""What the console may not say; plugins write there too, and the stand-in has no fonts."""


def start_chromium(profile: Path, *flags: str) -> webdriver.Chrome:
    """Start a browser that keeps its console, or skip the test where there is none."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    driver = shutil.which("chromedriver")
    if browser is None or driver is None:
        pytest.skip("browser tests left out: no Chromium with chromedriver here (apt install chromium chromium-driver)")
    options = webdriver.ChromeOptions()
    options.binary_location = browser
    for flag in (*FLAGS, *flags, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    return webdriver.Chrome(options=options, service=Service(driver))


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    """Start a browser that keeps its console and has no network."""
    running = start_chromium(tmp_path_factory.mktemp("chromium"))
    running.execute_cdp_cmd("Network.enable", {})
    offline = {"offline": True, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0}
    running.execute_cdp_cmd("Network.emulateNetworkConditions", offline)
    yield running
    running.quit()


@pytest.fixture
def open_page(chromium: webdriver.Chrome, tmp_path: Path) -> Iterator[Open]:
    """Give a function that writes a page, opens it from the disk and waits until it is drawn.

    After the test the browser's console must be empty: nothing failed to load, no error was thrown.
    """

    def open_page(
        page: str, *, link: str = "", phone: bool = False, width: int = 1400, wait: str = "gmReady"
    ) -> webdriver.Chrome:
        path = tmp_path / "page.html"
        path.write_bytes(page.encode("utf-8", "replace"))
        phone = phone or width < 760
        size = {"width": 390 if phone else width, "height": 844 if phone else 900, "mobile": phone}
        chromium.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {**size, "deviceScaleFactor": 1})
        still = {"features": [{"name": "prefers-reduced-motion", "value": "reduce"}]}
        chromium.execute_cdp_cmd("Emulation.setEmulatedMedia", still)
        chromium.get("about:blank")
        chromium.get(path.as_uri() + link)
        chromium.execute_cdp_cmd("Page.resetNavigationHistory", {})  # of which a browser keeps 50 steps, of all tests
        if wait:
            ready = f"return document.documentElement.dataset.{wait}"
            WebDriverWait(chromium, 20).until(lambda browser: browser.execute_script(ready))
        return chromium

    chromium.get_log("browser")
    yield open_page
    console = [entry["message"] for entry in chromium.get_log("browser")]
    assert not console, console


@pytest.fixture(scope="session")
def connected(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[webdriver.Chrome, list[str]]]:
    """Start a browser for which this machine is the web; gives it with the list of what it asked for."""
    if reason := network.missing():
        pytest.skip(f"plugins left out: {reason}")
    with network.web(tmp_path_factory.mktemp("web")) as (port, asked):
        rules = [f"--host-resolver-rules=MAP * 127.0.0.1:{port}", "--ignore-certificate-errors"]
        running = start_chromium(tmp_path_factory.mktemp("connected"), *rules)
        yield running, asked
        running.quit()


@pytest.fixture
def open_connected(connected: tuple[webdriver.Chrome, list[str]], tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """Give a function that opens a page in the connected browser; afterwards its console must hold no fault."""
    browser, asked = connected

    def open_connected(page: str, link: str = "") -> webdriver.Chrome:
        path = tmp_path / "page.html"
        path.write_text(page, "utf-8")
        browser.get("about:blank")
        asked.clear()
        browser.get(path.as_uri() + link)
        until(browser, "return document.documentElement.dataset.gmReady")
        return browser

    browser.get_log("browser")
    yield open_connected
    messages = [entry["message"] for entry in browser.get_log("browser")]
    faults = [said for said in messages if any(word in said for word in FAULTS)]
    assert not faults, faults
