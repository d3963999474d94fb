"""How the tests look into an opened page, and how they use it: as a person does, with a pointer and keys."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from selenium import webdriver
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

Open = Callable[..., webdriver.Chrome]
"""Opens a page from its HTML; see the fixture ``open_page``."""

Target = str | tuple[str, int] | tuple[str, str] | WebElement
"""What is clicked: the first that a selector finds, the nth that it finds (from the end if negative), the first that
reads as given (see `with_text`), or an element, which must not be drawn anew in the meantime."""

PATIENCE = 2.0
"""Seconds that a target has to be there and free."""

_AIM = """
const [target, n] = arguments;
const reads = (one) => [one.textContent, one.firstChild?.textContent].includes(n);
const nodes = typeof target === "string" ? [...document.querySelectorAll(target)] : [target];
const node = typeof n === "string" ? nodes.find(reads) : nodes.at(n);
if (!node) return { x: 0, y: 0, missed: "nothing is found" };
const name = (one) => one ? `<${one.localName} id="${one.id}" class="${one.getAttribute('class') ?? ''}">` : "nothing";
const isTarget = (one) => one && (node.contains(one) || one.closest("label")?.control === node);
const onMap = node.closest(".leaflet-container") && !node.closest(".leaflet-popup, .leaflet-control");
let found = null;
for (const block of onMap ? [null] : ["nearest", "center"]) {
  if (block) node.scrollIntoView({ block, inline: "nearest", behavior: "instant" });
  const boxes = [node, ...node.querySelectorAll("*")].flatMap((one) => [...one.getClientRects()]);
  const box = boxes.find(({ width, height }) => width >= 1 && height >= 1);
  if (!box) return { x: 0, y: 0, missed: `${name(node)} is not to be seen` };
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const hit = document.elementFromPoint(x, y);
  found = { x, y, missed: isTarget(hit) ? "" : `at the middle of ${name(node)} lies ${name(hit)}` };
  if (!found.missed) break;
}
return found;
"""

_EARLY = """
new MutationObserver((changes, observer) => {
  const found = PRESSES.map(([selector, key]) => [document.querySelector(selector), key]);
  const root = document.documentElement;
  if (!document.querySelector(ONCE) || found.some(([node]) => !node) || root.dataset.gmReady) return;
  observer.disconnect();
  window.pressedEarly = true;
  const bubbling = { bubbles: true, cancelable: true };
  for (const [node, key] of found)
    node.dispatchEvent(key ? new KeyboardEvent("keydown", { key, ...bubbling }) : new MouseEvent("click", bubbling));
}).observe(document, { subtree: true, childList: true });
"""


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


def with_text(browser: webdriver.Chrome, selector: str, words: str) -> tuple[str, str]:
    """Return as a target the first that a selector finds of which the text, or that of its first part, is as given."""
    script = """
    const reads = (node) => [node.textContent, node.firstChild?.textContent].includes(arguments[1]);
    return [...document.querySelectorAll(arguments[0])].some(reads);
    """
    found = browser.execute_script(script, selector, words)
    assert found, f"{selector} finds nothing that reads {words!r}: {texts(browser, selector)}"
    return selector, words


def is_reachable(browser: webdriver.Chrome, target: Target) -> bool:
    """Tell whether a person could click an element."""
    return not _aim(browser, target)["missed"]


def point_at(browser: webdriver.Chrome, target: Target) -> tuple[float, float]:
    """Scroll an element into view, and move the pointer to its middle.

    What lies at that point must be the element: what is covered cannot be clicked by a person, though a script can.
    What is about to be drawn, or to go away, has a moment for it, as a person would give it.
    """
    aim = _aim(browser, target)
    patience = time.monotonic() + PATIENCE
    while aim["missed"] and time.monotonic() < patience:
        aim = _aim(browser, target)
    assert not aim["missed"], f"{aim['missed']} ({target})"
    _mouse(browser, "mouseMoved", aim["x"], aim["y"])
    return aim["x"], aim["y"]


def click(browser: webdriver.Chrome, target: Target) -> None:
    """Click where a person clicks: on the middle of an element, with the pointer; see `point_at`."""
    _press(browser, *point_at(browser, target))


def click_if_reachable(browser: webdriver.Chrome, target: Target) -> None:
    """Click an element if a person could, and do nothing if it is covered or gone."""
    aim = _aim(browser, target)
    if not aim["missed"]:
        _press(browser, aim["x"], aim["y"])


def move_pointer(browser: webdriver.Chrome, x: float, y: float) -> None:
    """Move the pointer to a point of the page."""
    _mouse(browser, "mouseMoved", x, y)


def move_pointer_away(browser: webdriver.Chrome) -> None:
    """Move the pointer to the corner of the page, off whatever it was on."""
    _mouse(browser, "mouseMoved", 0, 0)


@contextmanager
def pressing_early(
    browser: webdriver.Chrome, presses: list[tuple[str, str]], *, once: str = ".gm-marker"
) -> Iterator[None]:
    """Let a page that opens in the block be pressed once a selector finds something, sooner than a pointer could.

    Each press is what a selector finds first, with a key or "" for a click. ``window.pressedEarly`` tells of it.
    """
    script = {"source": _EARLY.replace("PRESSES", json.dumps(presses)).replace("ONCE", json.dumps(once))}
    added = browser.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", script)
    yield
    browser.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", added)


def _mouse(browser: webdriver.Chrome, kind: str, x: float, y: float, **button: Any) -> None:
    browser.execute_cdp_cmd("Input.dispatchMouseEvent", {"type": kind, "x": x, "y": y, **button})


def _aim(browser: webdriver.Chrome, target: Target) -> dict[str, Any]:
    """Find and measure in one script: what is looked up first may be drawn anew before it is measured."""
    found: dict[str, Any] = browser.execute_script(_AIM, *(target if isinstance(target, tuple) else (target, 0)))
    return found


def _press(browser: webdriver.Chrome, x: float, y: float) -> None:
    _mouse(browser, "mouseMoved", x, y)
    for kind in ("mousePressed", "mouseReleased"):
        _mouse(browser, kind, x, y, button="left", clickCount=1)
