"""A headless Chromium for the tests that open pages."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.support.ui import WebDriverWait

from tests.browser.looking import Open

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
        if wait:
            ready = f"return document.documentElement.dataset.{wait}"
            WebDriverWait(chromium, 20).until(lambda browser: browser.execute_script(ready))
        return chromium

    chromium.get_log("browser")
    yield open_page
    console = [entry["message"] for entry in chromium.get_log("browser")]
    assert not console, console
