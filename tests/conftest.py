"""What all tests share."""

import datetime
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from geomap.types import ParsedDocument
from tests.by_hand import POKROVSK, UGLY, WINDHOEK, parse_by_hand


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a run be given a number of seconds, as ``make quick`` does."""
    parser.addoption("--within", type=float, metavar="SECONDS", help="begin no further test after so many seconds")


def pytest_configure() -> None:
    """Let no gazetteer that the user has imported change what the tests find, in this program and those it starts."""
    os.environ["GEOMAP_GAZETTEERS"] = str(Path(__file__).parent / "no-gazetteers")
    os.environ.pop("GEOMAP_GAZETTEER", None)


BEGUN = time.monotonic()
NOT_RUN = pytest.StashKey[int]()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> bool | None:
    """Leave a test out when the time that was given is over."""
    within = item.config.getoption("--within")
    if within is None or time.monotonic() - BEGUN < within:
        return None
    item.config.stash[NOT_RUN] = item.config.stash.get(NOT_RUN, 0) + 1
    return True


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Say how many tests were left out."""
    if number := config.stash.get(NOT_RUN, 0):
        terminalreporter.write_line(f"{number:,} tests were not begun in the time that was given", yellow=True)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Turn a skip into a failure where CI is set: what CI does not run, it cannot vouch for."""
    outcome: Any = yield
    report = outcome.get_result()
    if report.skipped and not hasattr(report, "wasxfail") and os.environ.get("CI"):
        report.outcome = "failed"
        report.longrepr = f"skipped in CI, which must run everything: {report.longrepr}"


@pytest.fixture
def parsed() -> list[ParsedDocument]:
    """Two parsed reports, the first with a sentence full of what files trip over."""
    return [
        parse_by_hand(
            UGLY,
            ("Windhoek", WINDHOEK),
            ("Pokrovsk", POKROVSK),
            ("Nowhere", None),
            title="Title, with comma",
            url="https://example.org/a?b=1",
            published=datetime.date(2024, 9, 6),
            source="The Example",
        ),
        parse_by_hand("NA: shelling hit Pokrovsk.", ("Pokrovsk", POKROVSK), id="b.txt"),
    ]
