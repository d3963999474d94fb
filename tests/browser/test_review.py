"""The page of a review, used by keys alone: nothing that was decided is lost, and nobody else gets in."""

import http.client
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

import geomap
from geomap.corrections.corrections_file import read_correction_rows, read_corrections
from tests.browser.looking import click, run, texts, until
from tests.browser.test_accessibility import AXE, findings

pytestmark = pytest.mark.browser

EVIL = "<img src=x onerror=alert(1)>"
TEXTS = [
    (f"It rained in March {EVIL}, too. Shelling hit Pokrovsk. Xyzzy was calm.", ["March", "Pokrovsk", "Xyzzy"]),
    ("Rockets struck Springfield. The mayor of <b>Qwert</b> spoke.", ["Springfield", "Qwert"]),
    ("It rained in March. Shelling hit Pokrovsk.", ["March", "Pokrovsk"]),
    ("It was cold in March, too.", ["March"]),
]
HALF_DEAD = '{"item": 1, "verdict": "event", "fatalities_low": 0.5, "fatalities_high": 1}'


class Review:
    """A running `geomap review`, started as a person starts it."""

    def __init__(self, folder: Path) -> None:
        words = ["review", "reports.jsonl", "--all", "--recognizer", "given", "--resolver", "population"]
        self.running = subprocess.Popen(
            [sys.executable, "-m", "geomap", *words, "--who", "Anna"],
            cwd=folder,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])},
        )
        assert self.running.stderr is not None
        said = []
        for line in self.running.stderr:
            said.append(line)
            if line.startswith("http://"):
                break
        self.address = said[-1].strip()
        assert self.address.startswith("http://127.0.0.1:"), said

    def triggers(self) -> dict[str, str]:
        """Return the words of the event of each report."""
        with urlopen(f"{self.address}items") as answer:
            items = json.load(answer)["items"]
        return {item["document"]: item["words"] for item in items if item["about"] == "event"}

    def kill(self) -> None:
        self.running.send_signal(signal.SIGKILL)
        self.running.wait()
        assert self.running.stderr is not None
        self.running.stderr.close()

    def status(self, path: str = "", method: str = "GET", body: str | None = None, **headers: str) -> int:
        """Ask without a browser, with headers as given."""
        split = urlsplit(self.address)
        connection = http.client.HTTPConnection(split.hostname or "", split.port, timeout=20)
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path or split.path, body=body, headers=given)
        status = connection.getresponse().status
        connection.close()
        return status


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return written(tmp_path, TEXTS)


def written(folder: Path, reports: list[tuple[str, list[str]]]) -> Path:
    """Write reports with the names in them."""
    rows = [
        {
            "id": f"r{n}",
            "text": text,
            "title": EVIL,
            "published": "2025-03-14",
            "mentions": [{"start": text.index(name), "end": text.index(name) + len(name)} for name in names],
        }
        for n, (text, names) in enumerate(reports)
    ]
    (folder / "reports.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    return folder


@pytest.fixture
def review(folder: Path) -> Iterator[Review]:
    running = Review(folder)
    yield running
    if running.running.poll() is None:
        running.kill()


@pytest.fixture
def browser(chromium: webdriver.Chrome) -> Iterator[webdriver.Chrome]:
    """Let the browser reach this machine for a test."""
    free = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
    chromium.execute_cdp_cmd("Network.emulateNetworkConditions", free)
    chromium.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": 1400, "height": 900, "mobile": False, "deviceScaleFactor": 1}
    )
    console(chromium)
    yield chromium
    chromium.get("about:blank")
    shut = {"offline": True, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0}
    chromium.execute_cdp_cmd("Network.emulateNetworkConditions", shut)
    console(chromium)


def visit(browser: webdriver.Chrome, address: str) -> None:
    browser.get("about:blank")
    browser.get(address)
    until(browser, "return document.documentElement.dataset.rvReady")


def press(browser: webdriver.Chrome, *keys: str) -> None:
    """Hit keys as a keyboard does."""
    for key in keys:
        ActionChains(browser).send_keys(key).perform()


def decide(browser: webdriver.Chrome, *keys: str) -> None:
    """Hit keys and wait until the next question is asked, which it is when the decision is saved."""
    before = run(browser, "return document.documentElement.dataset.rvItem")
    press(browser, *keys)
    until(browser, f"return document.documentElement.dataset.rvItem !== {before!r}")


def console(browser: webdriver.Chrome) -> list[str]:
    """Return what the browser complained of since it was last asked."""
    return [entry["message"] for entry in browser.get_log("browser")]  # type: ignore[no-untyped-call]


def first_of(name: str) -> str:
    return next(entry.id for entry in geomap.load_gazetteer().lookup(name) if entry.name == name)


def words(browser: webdriver.Chrome) -> str:
    return texts(browser, "#rv-question mark")[0]


def decided(browser: webdriver.Chrome) -> int:
    return int(run(browser, "return document.documentElement.dataset.rvDecided"))


def test_ten_decisions_by_keyboard_survive_a_reload_and_a_killed_server(
    review: Review, folder: Path, browser: webdriver.Chrome
) -> None:
    trigger = review.triggers()
    visit(browser, review.address)
    assert words(browser) == "March"
    decide(browser, "x")
    assert words(browser) == trigger["r0"]
    decide(browser, Keys.ENTER)
    assert words(browser) == "Pokrovsk"
    decide(browser, Keys.ENTER)
    assert words(browser) == "Xyzzy"
    press(browser, "p")
    middle = until(browser, "return document.activeElement.id === 'rv-map'")
    assert middle
    decide(browser, Keys.ARROW_RIGHT, Keys.ENTER)
    assert words(browser) == trigger["r1"]
    decide(browser, "d", "2025-03-13", Keys.ENTER)
    assert words(browser) == "Springfield"
    decide(browser, "2")
    assert words(browser) == "Qwert"
    decide(browser, "y", "no such town", Keys.ENTER, "0")
    assert words(browser) == "March"
    decide(browser, "a", "x")
    assert words(browser) == trigger["r2"]
    decide(browser, "x")
    assert words(browser) == "Pokrovsk"
    press(browser, "/", "Kharkiv", Keys.ENTER)
    until(browser, "return document.querySelector('#rv-places h2').textContent === 'Found in the gazetteer'")
    decide(browser, "1")
    assert not console(browser)
    rows = read_corrections(folder / "corrections.csv")
    assert [(row.document, row.words, row.verdict) for row in rows] == [
        ("r0", "March", "not a place"),
        ("r0", trigger["r0"], "verified"),
        ("r0", "Pokrovsk", "place"),
        ("r0", "Xyzzy", "place"),
        ("r1", trigger["r1"], "event"),
        ("r1", "Springfield", "place"),
        ("r1", "Qwert", "unknown place"),
        ("any", "March", "not a place"),
        ("r2", trigger["r2"], "wrong"),
        ("r2", "Pokrovsk", "place"),
    ]
    assert (rows[2].entry_id, rows[9].entry_id) == ("geonames:704422", first_of("Kharkiv"))
    assert rows[3].latitude is not None
    assert (rows[4].event_date, rows[6].why, {row.who for row in rows}) == ("2025-03-13", "no such town", {"Anna"})
    everything = decided(browser)
    assert everything == 11  # the rule also holds for the third report's

    visit(browser, review.address)
    assert decided(browser) == everything

    review.kill()
    before = (folder / "corrections.csv").read_bytes()
    press(browser, "k", "x")
    until(browser, "return !document.getElementById('rv-problem').hidden")
    assert "this is not saved" in texts(browser, "#rv-problem")[0]
    assert decided(browser) == everything
    assert (folder / "corrections.csv").read_bytes() == before

    again = Review(folder)
    try:
        visit(browser, again.address)
        assert decided(browser) == everything
        console(browser)  # of the server that was gone
        press(browser, "u")
        until(browser, f"return document.documentElement.dataset.rvDecided === '{everything - 1}'")
        assert words(browser) == "Pokrovsk"
        assert read_corrections(folder / "corrections.csv") == rows[:-1]
        assert len(read_correction_rows(folder / "corrections.csv")) == 11
    finally:
        again.kill()


def test_the_text_of_a_report_is_text_on_the_page(review: Review, browser: webdriver.Chrome) -> None:
    visit(browser, review.address)
    assert EVIL in texts(browser, "#rv-question blockquote")[0]
    assert EVIL in texts(browser, "#rv-question .gm-meta")[0]
    assert not browser.find_elements("css selector", "#rv-question img, #rv-question b")
    assert not console(browser)


def test_keys_that_come_faster_than_answers_are_taken_one_after_the_other(
    review: Review, folder: Path, browser: webdriver.Chrome
) -> None:
    visit(browser, review.address)
    ActionChains(browser).send_keys("xxxx").perform()
    until(browser, "return document.documentElement.dataset.rvDecided === '4'")
    rows = read_corrections(folder / "corrections.csv")
    assert [row.words for row in rows] == ["March", review.triggers()["r0"], "Pokrovsk", "Xyzzy"]
    assert [row.verdict for row in rows] == ["not a place", "wrong", "not a place", "not a place"]


def test_a_request_without_the_token_or_from_another_origin_is_refused(
    review: Review, folder: Path, browser: webdriver.Chrome
) -> None:
    split = urlsplit(review.address)
    own = f"http://{split.netloc}"
    decision = json.dumps({"item": 0, "verdict": "not a place"})
    as_json = {"Content_Type": "application/json", "method": "POST", "body": decision}
    assert review.status() == 200
    for path in ("/", "/items", "/decide", f"{split.path[:-2]}/", f"/{'x' * 32}/items", f"//{split.path}"):
        assert review.status(path) == 403, path
    assert review.status(Origin="http://evil.example") == 403
    assert review.status(Origin="null") == 403
    assert review.status(Host=f"evil.example:{split.port}") == 403
    assert review.status(Sec_Fetch_Site="cross-site") == 403
    assert review.status(f"{split.path}page/..%2f..%2fserver.py") == 404
    assert review.status(f"{split.path}decide", Origin="http://evil.example", **as_json) == 403
    assert review.status(f"{split.path}decide", **{**as_json, "Content_Type": "text/plain"}) == 403
    assert review.status(f"{split.path}decide", **{**as_json, "body": "x" * 200_000}) == 403
    for body in (
        "[]",
        "{",
        '{"item": 99, "verdict": "wrong"}',
        '{"item": true}',
        '{"item": 0, "verdict": ["x"]}',
        HALF_DEAD,
    ):
        assert review.status(f"{split.path}decide", **{**as_json, "body": body}) == 400, body
    (folder / "evil.html").write_text("<!DOCTYPE html><title>Evil</title>")
    browser.get((folder / "evil.html").as_uri())
    script = """
    const done = arguments[arguments.length - 1];
    const body = JSON.stringify({ item: 0, verdict: "not a place" });
    const how = [{ method: "POST", body, headers: { "content-type": "application/json" } },
      { method: "POST", body, mode: "no-cors" }, { mode: "cors" }];
    const tries = how.map((one, n) => fetch(arguments[0] + (n < 2 ? "decide" : "items"), one)
      .then((answer) => answer.type === "opaque" ? "opaque" : answer.text(), () => "refused"));
    Promise.all(tries).then(done);
    """
    assert browser.execute_async_script(script, review.address) == ["refused"] * 3
    assert not (folder / "corrections.csv").exists()
    assert review.status(f"{split.path}decide", Origin=own, **as_json) == 200
    assert len(read_corrections(folder / "corrections.csv")) == 1


def test_two_events_are_made_one_by_keyboard_or_pointer_and_parted_again(
    tmp_path: Path, browser: webdriver.Chrome
) -> None:
    text = f"Shelling hit Pokrovsk on 3 March. It rained {EVIL}. A drone struck Kharkiv on 5 March."
    folder = written(tmp_path, [(text, ["Pokrovsk", "Kharkiv"]), TEXTS[2]])
    running = Review(folder)
    try:
        visit(browser, running.address)
        first = words(browser)
        decide(browser, "m", "2")  # behind those of its own report: the other report's at the same place
        (row,) = read_corrections(folder / "corrections.csv")
        assert (row.document, row.same_document, row.same_start) == ("r0", "r1", TEXTS[2][0].index(row.same_words))
        decide(browser, "u")
        for _ in range(2):  # past Pokrovsk to the drone
            decide(browser, "j")
        press(browser, "m")
        until(browser, "return document.querySelector('#rv-places h2').textContent === 'The same occurrence as'")
        assert len(texts(browser, "#rv-places li")) == 1  # no event of the other report
        assert first in texts(browser, "#rv-places li")[0]
        assert not browser.find_elements("css selector", "#rv-places img, #rv-map .rv-number:not(.rv-chosen)")
        press(browser, "m")
        until(browser, "return document.querySelector('#rv-places h2').textContent === 'Places of the report'")
        for choose in (lambda: decide(browser, "m", "1"), lambda: merge_by_pointer(browser)):
            second = words(browser)
            choose()
            (row,) = read_corrections(folder / "corrections.csv")
            assert (row.words, row.verdict, row.same_start) == (second, "same", text.index(first))
            decide(browser, "u")
            assert (words(browser), read_corrections(folder / "corrections.csv")) == (second, ())
        second = words(browser)
        decide(browser, "n", "1")
        (row,) = read_corrections(folder / "corrections.csv")
        assert (row.words, row.verdict, row.same_start) == (second, "apart", text.index(first))
        assert not console(browser)
    finally:
        running.kill()


def merge_by_pointer(browser: webdriver.Chrome) -> None:
    before = run(browser, "return document.documentElement.dataset.rvItem")
    named = "return [...document.querySelectorAll('#rv-buttons button')].find((one) => /Same/.test(one.textContent))"
    click(browser, run(browser, named))
    until(browser, "return document.querySelector('#rv-places h2').textContent === 'The same occurrence as'")
    click(browser, "#rv-places li button")
    until(browser, f"return document.documentElement.dataset.rvItem !== {before!r}")


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_axe_finds_nothing_serious_on_the_page(review: Review, browser: webdriver.Chrome, colours: str) -> None:
    if not AXE.is_file():
        pytest.skip("accessibility left out: axe-core is not in node_modules (install Node.js, make test)")
    scheme = {"name": "prefers-color-scheme", "value": colours}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})
    visit(browser, review.address)
    browser.execute_cdp_cmd("Page.setBypassCSP", {"enabled": True})
    assert [one for one in findings(browser) if one[1] in ("serious", "critical")] == []
    decide(browser, "j")
    press(browser, "m")
    until(browser, "return document.querySelector('#rv-places h2').textContent === 'The same occurrence as'")
    assert [one for one in findings(browser) if one[1] in ("serious", "critical")] == []
    browser.execute_cdp_cmd("Page.setBypassCSP", {"enabled": False})


def test_what_a_person_may_not_decide_is_said_and_changes_nothing(
    review: Review, folder: Path, browser: webdriver.Chrome
) -> None:
    visit(browser, review.address)
    press(browser, "j")
    until(browser, "return document.documentElement.dataset.rvItem === '1'")
    press(browser, "d", "tomorrow", Keys.ENTER)
    until(browser, "return !document.getElementById('rv-problem').hidden")
    assert "give a day such as 2024-08-06" in texts(browser, "#rv-problem")[0]
    assert not (folder / "corrections.csv").exists()
    console(browser)  # of the refused request
