"""Firefox as the tests use it, by what is built into it: WebDriver BiDi, so that no driver has to be installed.

See https://w3c.github.io/webdriver-bidi/ for the commands.
"""

import json
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import websocket

PREFERENCES = {
    "ui.prefersReducedMotion": 1,
    "browser.download.folderList": 2,
    "browser.download.useDownloadDir": True,
    "browser.shell.checkDefaultBrowser": False,
    "browser.aboutwelcome.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "toolkit.telemetry.reportingpolicy.firstRun": False,
    "app.update.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
}
WAIT = 20
_AIM = """(selector) => {
  const node = document.querySelector(selector);
  node.scrollIntoView({ block: "center", behavior: "instant" });
  const { x, y, width, height } = node.getBoundingClientRect();
  const spot = [x + width / 2, y + height / 2];
  const hit = document.elementFromPoint(...spot);
  if (!node.contains(hit) && hit?.closest("label")?.control !== node) throw new Error(`${selector} is covered`);
  return spot;
}"""


def find_firefox() -> str | None:
    """Return the program, ``None`` where there is none."""
    return shutil.which("firefox-esr") or shutil.which("firefox")


class Firefox:
    """One window of a running Firefox."""

    def __init__(self, address: str) -> None:
        self._socket = websocket.create_connection(address, timeout=WAIT, suppress_origin=True)
        self._number = 0
        self.errors: list[str] = []
        self._do("session.new", capabilities={})
        self._context = self._do("browsingContext.getTree")["contexts"][0]["context"]
        self._do("session.subscribe", events=["log.entryAdded"])
        self._do("browsingContext.setViewport", context=self._context, viewport={"width": 1400, "height": 900})

    def _do(self, method: str, **parameters: Any) -> Any:
        self._number += 1
        self._socket.send(json.dumps({"id": self._number, "method": method, "params": parameters}))
        while True:
            answer = json.loads(self._socket.recv())
            if answer.get("method") == "log.entryAdded" and answer["params"]["level"] == "error":
                self.errors.append(answer["params"]["text"])
            if answer.get("id") == self._number:
                assert answer["type"] == "success", answer
                return answer["result"]

    def open(self, page: Path, link: str = "") -> None:
        """Open a page from the disk and wait until it is drawn."""
        self._do("browsingContext.navigate", context=self._context, url=page.as_uri() + link, wait="complete")
        self.until("document.documentElement.dataset.gmReady")

    def run(self, expression: str) -> Any:
        """Return what an expression in the page gives, as JSON."""
        target = {"context": self._context}
        wrapped = f"(async () => JSON.stringify((await ({expression})) ?? null))()"
        done = self._do("script.evaluate", expression=wrapped, target=target, awaitPromise=True)
        assert done["type"] == "success", done["exceptionDetails"]["text"]
        return json.loads(done["result"]["value"])

    def until(self, expression: str) -> Any:
        """Wait until an expression gives something true, and return that."""
        end = time.monotonic() + WAIT
        while time.monotonic() < end:
            if found := self.run(expression):
                return found
            time.sleep(0.05)
        raise AssertionError(f"not in {WAIT} seconds: {expression}")

    def texts(self, selector: str) -> list[str]:
        """Return the texts of what a selector finds."""
        found: list[str] = self.run(f"[...document.querySelectorAll({selector!r})].map((node) => node.textContent)")
        return found

    def click(self, selector: str) -> None:
        """Click on the middle of the first element that a selector finds, which nothing may cover."""
        x, y = self.run(f"({_AIM})({json.dumps(selector)})")
        move = {"type": "pointerMove", "x": round(x), "y": round(y)}
        press = [{"type": kind, "button": 0} for kind in ("pointerDown", "pointerUp")]
        mouse = {"type": "pointer", "id": "mouse", "actions": [move, *press]}
        self._do("input.performActions", context=self._context, actions=[mouse])

    def type(self, *keys: str) -> None:
        """Press keys, one after the other."""
        actions = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        self._do(
            "input.performActions", context=self._context, actions=[{"type": "key", "id": "k", "actions": actions}]
        )

    def back(self) -> None:
        """Go back in the history."""
        self._do("browsingContext.traverseHistory", context=self._context, delta=-1)

    def close(self) -> None:
        """Leave."""
        self._do("browser.close")
        self._socket.close()


@contextmanager
def running(program: str, profile: Path, downloads: Path) -> Iterator[Firefox]:
    """Start Firefox without a window and with a profile of its own."""
    profile.mkdir(parents=True, exist_ok=True)
    preferences = {**PREFERENCES, "browser.download.dir": str(downloads)}
    lines = (f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in preferences.items())
    (profile / "user.js").write_text("".join(lines), "utf-8")
    command = [program, "--headless", "--no-remote", "--profile", str(profile), "--remote-debugging-port", "0"]
    with (profile / "words").open("w+") as words:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=words)
        try:
            browser = Firefox(f"{_address(profile / 'words')}/session")
            yield browser
            browser.close()
            process.wait(WAIT)
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()


def _address(words: Path) -> str:
    """Return where Firefox listens, which it says once it does."""
    end = time.monotonic() + 3 * WAIT
    while time.monotonic() < end:
        if found := re.search(r"WebDriver BiDi listening on (ws://\S+)", words.read_text("utf-8", "replace")):
            return found[1]
        time.sleep(0.1)
    raise AssertionError(f"Firefox does not listen: {words.read_text('utf-8', 'replace')[-500:]}")
