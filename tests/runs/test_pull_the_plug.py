"""Killed at any moment, by whatever number of workers, a run ends with the bytes of one that nobody disturbed.

``make pull-the-plug`` kills a thousand times, ``KILLS=50 make pull-the-plug`` fifty times.
"""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from geomap.runs.many import parse_many
from geomap.runs.parsing import Budget
from geomap.types import Document
from tests.runs.corpus import QUICK, documents, parts, tables
from tests.runs.processes import children, gone, workers

ROOT = Path(__file__).resolve().parents[2]
KILLS = int(os.environ.get("KILLS", "4"))
COUNT = 300
SECONDS_TO_DIE = 60
"""Far more than it takes: the machine may be busy with other things."""

SLOW = Document(id="slow", text="Shelling hit Kyiv, and killed two and " * 4_000, given_mentions=())
"""One sentence of 152,000 characters and 12,000 happenings: minutes of work."""


def start(run: Path, out: Path, many: int) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "tests.runs.plugged", str(run), str(out), str(many), str(COUNT)]
    return subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)


def keys(run: Path) -> list[str]:
    return [key for part in parts(run) for key in json.loads(part.read_bytes().partition(b"\n")[0])["keys"]]


def test_a_killed_run_goes_on_and_ends_with_the_same_bytes(tmp_path: Path) -> None:
    chance = random.Random(15)
    begun = time.monotonic()
    assert start(tmp_path / "whole", tmp_path / "whole.csv", 1).wait() == 0
    whole, takes = (tmp_path / "whole.csv").read_bytes(), time.monotonic() - begun
    run, out, finished = tmp_path / "0", tmp_path / "0.csv", 0
    for kill in range(KILLS):
        process = start(run, out, (1, 2, 8)[kill % 3])
        time.sleep(chance.uniform(0.0, takes))
        helpers = children(process.pid)
        process.kill()
        process.wait()
        assert gone(helpers, within=SECONDS_TO_DIE), "workers outlived their parent"
        done = keys(run) if run.exists() else []
        assert len(done) == len(set(done)), "something finished was done again"
        assert len(done) >= finished, "something finished was lost"
        finished = len(done)
        if out.exists():  # it was done before it was killed
            assert out.read_bytes() == whole
            run, out, finished = tmp_path / str(kill + 1), tmp_path / f"{kill + 1}.csv", 0
    assert start(run, out, 2).wait() == 0
    assert out.read_bytes() == whole
    assert json.loads((run / "manifest.json").read_text("utf-8")) == json.loads(
        (tmp_path / "whole" / "manifest.json").read_text("utf-8")
    )


def test_a_killed_worker_loses_nothing() -> None:
    found = parse_many(documents(150), config=QUICK, workers=2)
    parsed = [next(found)]
    for worker in workers(os.getpid()):
        os.kill(worker, signal.SIGKILL)
    parsed += found
    assert tables(parsed) == tables(list(parse_many(documents(150), config=QUICK)))


def test_a_run_that_is_left_leaves_no_worker() -> None:
    found = parse_many(documents(2_000), config=QUICK, workers=2)
    next(found)
    helpers = workers(os.getpid())
    assert len(helpers) == 2
    found.close()  # type: ignore[attr-defined]
    assert gone(helpers, within=SECONDS_TO_DIE)


@pytest.mark.parametrize("position", [0, 7])
def test_a_report_that_takes_too_long_is_set_aside_and_stays_so(tmp_path: Path, position: int) -> None:
    reports = documents(12)
    reports.insert(position, SLOW)
    told: list[str] = []
    budget = Budget(seconds=4, seconds_a_character=0)
    for again in (False, False, True)[: 2 + (position == 0)]:
        found = list(
            parse_many(
                reports,
                config=QUICK,
                run=tmp_path,
                budget=budget,
                again=again,
                on_set_aside=lambda error: told.append(str(error)),
            )
        )
        assert [one.document.id for one in found] == [f"report {number}" for number in range(12)]
        assert told.pop() == "slow: takes longer than the 4 s that a report of its length may; cut it into several"
        assert not told
    manifest = json.loads((tmp_path / "manifest.json").read_text("utf-8"))
    assert [one["document_id"] for one in manifest["set_aside"]] == ["slow"]


def test_a_report_that_takes_too_much_memory_is_set_aside() -> None:
    large = Document(id="large", text="Kyiv was quiet. " * 1_500_000, given_mentions=())
    told: list[str] = []
    found = parse_many(
        [*documents(3), large, *documents(3, first=3)],
        config=QUICK,
        workers=1,
        budget=Budget(seconds=300, memory=300_000_000),
        on_set_aside=lambda error: told.append(str(error)),
    )
    assert [one.document.id for one in found] == [f"report {number}" for number in range(6)]
    [words] = told
    assert words.startswith("large: ")
    assert "memory" in words
