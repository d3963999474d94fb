"""Gives changed files to the parts that read what others wrote, in a process of its own that may die of it.

``python -m tests.fuzz.hammer SEED INPUTS SECONDS TARGET…`` prints a line of JSON a target; by hand,
``python -m tests.fuzz.hammer --one SEED NUMBER TARGET`` gives a single input again and shows the traceback.
"""

import faulthandler
import hashlib
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
import traceback
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from geomap.errors import GeomapError
from geomap.gazetteers.importing import vector_files
from tests.fuzz.targets import TARGETS, Target

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 5
"""Of processor time that an input may take: it is some kilobytes, and good ones take milliseconds."""
HANGS = 120
"""Seconds of the clock after which a library that never comes back has the process end."""
MEMORY_DISK = "/dev/shm" if Path("/dev/shm").is_dir() else None
MEMORY = 1_500_000_000
"""Bytes on top of what the process has when it begins."""


class TooLong(BaseException):
    """An input takes more time than it may; no `Exception`, so that nobody takes it for bad input."""


@dataclass(slots=True)
class Outcome:
    """What came of a target."""

    inputs: int = 0
    """How many were given."""
    refused: int = 0
    """How many of them were refused in words."""
    seconds: float = 0.0
    """Of the clock that it took."""
    faults: dict[str, str] = field(default_factory=dict)
    """What went wrong → how to give the first such input again."""

    def plus(self, other: "Outcome") -> "Outcome":
        """Return what came of both."""
        sums = (self.inputs + other.inputs, self.refused + other.refused, self.seconds + other.seconds)
        return Outcome(*sums, {**other.faults, **self.faults})

    def in_words(self, name: str) -> str:
        """Return what came of a target in a line, and each fault in one more."""
        faults = "".join(f"\n    {fault}: {how}" for fault, how in self.faults.items())
        return f"{name}: {self.inputs:,} inputs, {self.refused:,} refused, {self.seconds:,.0f} s{faults}"


def input_of(target: Target, samples: list[bytes], seed: int, number: int) -> bytes:
    """Return the changed file of a number."""
    chance = Random(seed * 1_000_003 + number)
    return target.changes()(chance.choice(samples), chance)


def fault_of(target: Target, path: Path) -> tuple[bool, str]:
    """Read a file, and return whether it was refused, and what is wrong with that; empty if nothing is."""
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    faulthandler.dump_traceback_later(HANGS, exit=True)
    try:
        target.read(path)
    except GeomapError as error:
        words = str(error)
        return (
            True,
            "" if words and "\n" not in words else f"{type(error).__name__} of no or several lines: {words!r:.200}",
        )
    except TooLong:
        return False, f"takes longer than {SECONDS} s ({_where(sys.exc_info()[2])})"
    except Exception as error:
        return False, f"{type(error).__name__} ({_where(error.__traceback__)}): {error!s:.100}"
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        faulthandler.cancel_dump_traceback_later()
    return False, ""


def _where(trace: Any) -> str:
    """Return the last lines of the program's own that a traceback goes through."""
    own = [one for one in traceback.extract_tb(trace) if "geomap" in Path(one.filename).parts]
    return " < ".join(f"{Path(one.filename).name}:{one.name}" for one in reversed(own[-2:]))


def hammer(name: str, *, seed: int, first: int, inputs: int, seconds: float, folder: Path) -> Outcome:
    """Give a target so many inputs, for so many seconds at most; before each, its number is in a file."""
    target, outcome = TARGETS[name], Outcome()
    samples = list(target.samples())
    path = folder / f"input{target.ending}"
    at = os.open(folder / "at", os.O_WRONLY | os.O_CREAT)
    begun = time.monotonic()
    for number in range(first, inputs):
        os.pwrite(at, f"{number:012}".encode(), 0)
        path.write_bytes(input_of(target, samples, seed, number))
        refused, fault = fault_of(target, path)
        outcome.inputs += 1
        outcome.refused += refused
        if fault:
            kind = fault.partition("):")[0]
            if not any(one.startswith(kind) for one in outcome.faults):
                outcome.faults[fault] = again(name, seed, number)
        if time.monotonic() - begun > seconds:
            break
    os.close(at)
    outcome.seconds = round(time.monotonic() - begun, 1)
    return outcome


def again(name: str, seed: int, number: int) -> str:
    """Return the command that gives an input again."""
    return f"python -m tests.fuzz.hammer --one {seed} {number} {name!r}"


def _limit() -> None:
    with Path("/proc/self/statm").open(encoding="ascii") as file:
        taken = int(file.read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (taken + MEMORY, resource.RLIM_INFINITY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def no_trial(*_: object) -> str:
    """Stand for what a process of its own does for each file: this one is such a process."""
    return ""


def _too_long(*_: object) -> None:
    raise TooLong


def child(seed: int, first: int, inputs: int, seconds: float, names: list[str]) -> None:
    """Hammer targets, and print what came of each."""
    warnings.simplefilter("ignore")
    vector_files.trial = no_trial
    signal.signal(signal.SIGPROF, _too_long)
    folder = Path(os.environ["FOLDER"])
    for name in names:
        list(TARGETS[name].samples())  # loads what is needed
    _limit()
    for name in names:
        outcome = hammer(name, seed=seed, first=first, inputs=inputs, seconds=seconds, folder=folder)
        first = 0
        sys.stdout.write(json.dumps([name, outcome.inputs, outcome.refused, outcome.seconds, outcome.faults]) + "\n")
        sys.stdout.flush()


def hammered(names: Iterable[str], *, seed: int, inputs: int, seconds: float = 1e9) -> Iterator[tuple[str, Outcome]]:
    """Hammer targets in a process of its own, and in another one after each input that ends it.

    Yields
    ------
        Each target and what came of it.
    """
    left, first, outcome = list(names), 0, Outcome()
    while left:
        with tempfile.TemporaryDirectory(dir=MEMORY_DISK) as name:
            folder = Path(name)
            for target, found in _of_child(left, folder, seed=seed, first=first, inputs=inputs, seconds=seconds):
                yield target, outcome.plus(found)
                left.remove(target)
                first, outcome = 0, Outcome()
            if left:
                said = (folder / "said").read_text("utf-8", "replace")
                assert (folder / "at").exists(), said
                number = int((folder / "at").read_text("ascii"))
                fault = f"ends the process: {_last_words(said)}"
                outcome = outcome.plus(Outcome(inputs=number + 1 - first, faults={fault: again(left[0], seed, number)}))
                first = number + 1


def _of_child(
    names: list[str], folder: Path, *, seed: int, first: int, inputs: int, seconds: float
) -> Iterator[tuple[str, Outcome]]:
    """Yield what came of targets until all are done or an input ends the process."""
    command = [sys.executable, "-m", "tests.fuzz.hammer", str(seed), str(first), str(inputs), str(seconds), *names]
    environment = {**os.environ, "FOLDER": str(folder), "TMPDIR": str(folder)}
    with (
        (folder / "said").open("wb") as said,
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=said, env=environment) as process,
    ):
        assert process.stdout
        for line in process.stdout:
            name, inputs, refused, took, faults = json.loads(line)
            yield name, Outcome(inputs=inputs, refused=refused, seconds=took, faults=faults)


def _last_words(said: str) -> str:
    """Return what tells an end from others: the first line of what was said, and the first of the program's own."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    own = [line for line in lines if "/geomap/" in line and "tests" not in line]
    return " ".join((*lines[:1], *own[:1], *lines[-1:]))[:400] or "without a word"


def one(seed: int, number: int, name: str) -> None:
    """Give a single input again, and show what it leads to."""
    target = TARGETS[name]
    data = input_of(target, list(target.samples()), seed, number)
    path = Path(tempfile.gettempdir()) / f"{hashlib.sha256(data).hexdigest()[:12]}{target.ending}"
    path.write_bytes(data)
    sys.stdout.write(f"{path}\n{data[:2_000]!r}\n")
    target.read(path)


def main() -> None:
    """Do as the arguments say."""
    if sys.argv[1] == "--one":
        one(int(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
    else:
        seed, first, inputs, seconds, *names = sys.argv[1:]
        child(int(seed), int(first), int(inputs), float(seconds), names)


if __name__ == "__main__":
    main()
