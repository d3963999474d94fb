"""What all tests share."""

import datetime
import os
from collections.abc import Iterator
from typing import Any

import pytest

from geomap.types import ParsedDocument
from tests.by_hand import POKROVSK, UGLY, WINDHOEK, parse_by_hand


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
