"""Killed at any moment, by whatever number of workers, a run ends with the bytes of one that nobody disturbed.

``make pull-the-plug`` kills a thousand times, ``KILLS=50 make pull-the-plug`` fifty times.
"""

import json
import os
import random
import re
import select
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from subprocess import PIPE
from typing import Literal

import pytest

from geomap.runs.many import parse_many
from geomap.runs.parsing import Budget
from geomap.types import Document
from tests.runs.corpus import QUICK, documents, parts, tables
from tests.runs.processes import children, gone, workers

ROOT = Path(__file__).resolve().parents[2]
KILLS = int(os.environ.get("KILLS", "4"))
COUNT = 96
WORKERS = (1, 2, 8)
SPAWNED = 20 if KILLS > 20 else 3
"""One run in so many starts its workers as all runs do; the others fork them, which takes a hundredth of the time."""
STARTS = 3.0
"""Seconds that such a worker takes to load its models, more or less."""
AS_IT_WRITES = 0.3
"""Share of the kills that wait until a file is half written, which chance alone would seldom hit."""
PATIENCE = 20.0
"""Seconds that such a kill waits at most."""
SECONDS_TO_DIE = 60
"""Far more than it takes: the machine may be busy with other things."""

SLOW = Document(id="slow", text="Shelling hit Kyiv, and killed two and " * 4_000, given_mentions=())
"""One sentence of 152,000 characters and 12,000 happenings: minutes of work."""


Phase = Literal["starting", "parsing", "writing", "done"]


class Starter:
    """Starts runs, one at a time, see `tests.runs.plugged`."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "tests.runs.plugged"]
        self.program = subprocess.Popen(command, cwd=ROOT, stdin=PIPE, stdout=PIPE, stderr=subprocess.DEVNULL)
        assert self.program.stdin
        assert self.program.stdout
        self.orders, self.news = self.program.stdin, self.program.stdout

    def start(self, run: Path, out: Path, *, workers: int, order: int = 0, forked: bool = True) -> int:
        """Start a run, and return its process id."""
        told = {"run": str(run), "out": str(out), "workers": workers, "count": COUNT, "order": order, "forked": forked}
        self.orders.write(json.dumps(told).encode() + b"\n")
        self.orders.flush()
        return int(self.news.readline())

    def has_ended(self) -> bool:
        """Whether the run has."""
        return bool(select.select([self.news], [], [], 0)[0])

    def status(self) -> int:
        """Wait for the run's end, and return its exit status."""
        return int(self.news.readline())


@pytest.fixture
def starter() -> Iterator[Starter]:
    one = Starter()
    yield one
    with one.program:
        one.orders.close()


def keys(run: Path) -> list[str]:
    return [key for part in parts(run) for key in json.loads(part.read_bytes().partition(b"\n")[0])["keys"]]


def drafts(run: Path) -> list[Path]:
    """Return the files of a run folder that are being written."""
    return [*run.glob(".geomap-*"), *run.glob("parts/*/.geomap-*")]


def loaded(worker: int) -> bool:
    """Whether a worker has its models: from then on its memory is limited."""
    try:
        limits = Path(f"/proc/{worker}/limits").read_text("ascii")
    except OSError:
        return False
    return re.search(r"^Max address space +\d", limits, re.MULTILINE) is not None


def killed(starter: Starter, process: int, run: Path, *, after: float, as_it_writes: bool) -> tuple[Phase, list[int]]:
    """Kill a run after some seconds, or, if it is told so, when it writes after those.

    Returns
    -------
        What it was at, and the processes that it has left.
    """
    time.sleep(after)
    end = time.monotonic() + PATIENCE
    while as_it_writes and not starter.has_ended() and time.monotonic() < end and not drafts(run):
        time.sleep(0.001)
    helpers = children(process)
    at_work = any(map(loaded, helpers))
    if not starter.has_ended():
        os.kill(process, signal.SIGKILL)
    if starter.status() != signal.SIGKILL:
        return "done", helpers
    return "writing" if drafts(run) else "parsing" if at_work else "starting", helpers


def test_a_killed_run_goes_on_and_ends_with_the_same_bytes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], starter: Starter
) -> None:
    chance = random.Random(KILLS)
    starter.start(tmp_path / "whole", tmp_path / "whole.csv", workers=1)
    begun = time.monotonic()
    assert starter.status() == 0
    whole, takes = (tmp_path / "whole.csv").read_bytes(), time.monotonic() - begun
    run, out, finished, starts, kills = tmp_path / "0", tmp_path / "0.csv", 0, 0, 0
    phases: Counter[Phase] = Counter()
    while kills < KILLS:
        starts += 1
        forked = starts % SPAWNED != 0
        process = starter.start(run, out, workers=chance.choice(WORKERS), order=starts, forked=forked)
        as_it_writes = chance.random() < AS_IT_WRITES
        after = chance.uniform(0.0, takes / 4 if as_it_writes else takes) + STARTS * (not forked)
        phase, helpers = killed(starter, process, run, after=after, as_it_writes=as_it_writes)
        phases[phase] += 1
        kills += phase != "done"
        assert gone(helpers, within=SECONDS_TO_DIE), "workers outlived their parent"
        done = keys(run) if run.exists() else []
        assert len(done) == len(set(done)), "something finished was done again"
        assert len(done) >= finished, "something finished was lost"
        finished = len(done)
        if out.exists():  # it was done before it was killed
            assert out.read_bytes() == whole
            run, out, finished = tmp_path / str(starts), tmp_path / f"{starts}.csv", 0
        if starts % 25 == 0:
            with capsys.disabled():
                print(f"{kills} kills: {dict(sorted(phases.items()))}", flush=True)  # noqa: T201
    starter.start(run, out, workers=2)
    assert starter.status() == 0
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
