"""How the tests look into an opened page."""

from collections.abc import Callable
from typing import Any

from selenium import webdriver
from selenium.webdriver.support.ui import WebDriverWait

Open = Callable[..., webdriver.Chrome]
"""Opens a page from its HTML; see the fixture ``open_page``."""


def texts(browser: webdriver.Chrome, selector: str) -> list[str]:
    """Return the text of all elements that a selector finds, exactly as it stands in the document."""
    script = "return [...document.querySelectorAll(arguments[0])].map((node) => node.textContent)"
    found: list[str] = browser.execute_script(script, selector)
    return found


def run(browser: webdriver.Chrome, script: str, *arguments: Any) -> Any:
    """Run a script in the page and return what it returns."""
    return browser.execute_script(script, *arguments)


def until(browser: webdriver.Chrome, script: str) -> Any:
    """Wait until a script returns something true, and return that."""
    return WebDriverWait(browser, 10).until(lambda waiting: waiting.execute_script(script))
