"""Where batches are parsed: in this process, in worker processes of this machine, or on a Dask cluster.

`Here`, `Workers` and `Cluster` take batches, a bounded number at a time: `room` tells how many more may be given now,
`give` has one parsed, `take` returns what came of one that is done or raises `Lost` if its process has ended, `close`
ends all workers, and what they have not finished is lost.

All three are executors of `concurrent.futures`. The workers of this machine are one standard executor each, of one
process: when a process dies, its executor alone is lost, and which batch it died of is known. (A larger executor loses
all its processes with one. Dask's own local cluster keeps the others, too, but takes 25 MB to install and has no limit
on the time of a task.)
"""

import multiprocessing
import os
import signal
import time
from collections import deque
from collections.abc import Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from contextlib import suppress
from typing import Any, TypeAlias

from geomap.errors import ConfigError, GeomapError
from geomap.runs.parsing import Budget, Finding, begin, load, parse_batch
from geomap.runs.settings import Settings
from geomap.types import Document

Findings: TypeAlias = "Future[list[Finding]]"

_AHEAD = 2
"""Batches that a worker has at most: one at work, and one more, so that it never waits."""
_STARTS = 3
"""Times that a worker is started before it is given up, if it ends while it loads its models."""


class Lost(Exception):  # noqa: N818 - no error of the program's, but news of a worker
    """The process that had a batch has ended: while it was at that one, for which it is to blame, or before.

    The seconds are those that it took for it; ``None`` when unknown.
    """

    def __init__(self, *, to_blame: bool, seconds: float | None) -> None:
        self.to_blame, self.seconds = to_blame, seconds
        super().__init__("the process that had a batch has ended")


class Here:
    """Parses in this process, batch by batch, with no limits."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def room(self) -> int:
        """Return 1: it is done when `give` returns."""
        return 1

    def give(self, documents: Sequence[Document]) -> Findings:
        """Parse a batch."""
        done: Findings = Future()
        done.set_result(parse_batch(self.settings, documents))
        return done

    def take(self, future: Findings) -> list[Finding]:
        """Return what came of a batch."""
        return future.result()

    def close(self) -> None:
        """Do nothing."""


class _Lane:
    """One worker process and what it has to do, the batch at work first."""

    def __init__(self, settings: Settings, budget: Budget) -> None:
        self.settings, self.budget = settings, budget
        self.starts = 0
        self.waiting: deque[Findings] = deque()
        self.took: dict[Future[Any], float] = {}
        self.start()

    def start(self) -> None:
        self.starts += 1
        self.executor = ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), initializer=begin)
        self.at_work_since = time.monotonic()
        self.loaded = self.executor.submit(load, self.settings, self.budget.memory)
        self.loaded.add_done_callback(self._note)

    def give(self, documents: Sequence[Document]) -> Findings:
        try:
            future = self.executor.submit(parse_batch, self.settings, documents, budget=self.budget)
        except BrokenExecutor:  # its process ended a moment ago, over the batches before if there are any
            future = Future()
            future.set_exception(Lost(to_blame=False, seconds=None))
        self.waiting.append(future)
        future.add_done_callback(self._note)
        return future

    def take(self, future: Findings) -> list[Finding]:
        took = self.took.pop(future, None)
        if future not in self.waiting:  # the process ended over one before it
            raise Lost(to_blame=False, seconds=None)
        self.waiting.remove(future)
        try:
            findings = future.result()
        except (BrokenExecutor, Lost) as problem:
            self.waiting.clear()
            to_blame = self._was_loaded() and not isinstance(problem, Lost)
            self.executor.shutdown(wait=False)
            self.start()
            raise Lost(to_blame=to_blame, seconds=took) from None
        self.starts = 1
        return findings

    def _was_loaded(self) -> bool:
        """Return whether the worker had its models when it ended; raises what keeps it from having them."""
        problem = self.loaded.exception()
        if isinstance(problem, BrokenExecutor) and self.starts < _STARTS:
            return False
        if isinstance(problem, BrokenExecutor):
            raise ConfigError("a worker ends while it loads its models; give fewer --workers, or free some memory")
        if problem is not None:
            raise problem
        return True

    def _note(self, future: Future[Any]) -> None:
        now = time.monotonic()
        self.took[future], self.at_work_since = now - self.at_work_since, now

    def close(self) -> None:
        """End the process at once: what it is at is worth nothing any more."""
        self.executor.shutdown(wait=False, cancel_futures=True)
        if self.loaded.done() and not self.loaded.cancelled() and self.loaded.exception() is None:
            with suppress(OSError):
                os.kill(self.loaded.result(), signal.SIGTERM)


class Workers:
    """Processes of this machine, each with its own models; one is started when all before it have something to do."""

    def __init__(self, settings: Settings, count: int, budget: Budget) -> None:
        self.settings, self.count, self.budget = settings, count, budget
        self.lanes: list[_Lane] = []
        self.of: dict[Findings, _Lane] = {}

    def room(self) -> int:
        """Return how many more batches the workers can take before each has one at work and one waiting."""
        return self.count * _AHEAD - len(self.of)

    def give(self, documents: Sequence[Document]) -> Findings:
        """Hand a batch to the worker with the least to do."""
        if len(self.lanes) < self.count and all(lane.waiting for lane in self.lanes):
            self.lanes.append(_Lane(self.settings, self.budget))
        lane = min(self.lanes, key=lambda lane: len(lane.waiting))
        future = lane.give(documents)
        self.of[future] = lane
        return future

    def take(self, future: Findings) -> list[Finding]:
        """Return what came of a batch; a worker that has ended is started again."""
        return self.of.pop(future).take(future)

    def close(self) -> None:
        """End the processes."""
        for lane in self.lanes:
            lane.close()


class Cluster:
    """The workers of a Dask cluster; a `ConfigError` where ``distributed`` is not installed, or no cluster answers."""

    def __init__(self, settings: Settings, address: str, origin: str, budget: Budget) -> None:
        try:
            from distributed import Client
        except ImportError:
            raise ConfigError("--cluster needs Dask, which is not installed: pip install 'geomap[workers]'") from None
        try:
            self.client = Client(address, timeout=10, set_as_default=False)
        except (OSError, ValueError) as error:
            raise ConfigError(f"{address}: no Dask scheduler answers there ({error!s:.100})") from None
        self.settings, self.origin, self.budget = settings, origin, budget
        self.executor: Executor = self.client.get_executor(pure=False)
        self.given: set[Findings] = set()

    def room(self) -> int:
        """Return how many more batches its threads can take before each has two."""
        places: int = sum(self.client.nthreads().values())
        return max(1, _AHEAD * places) - len(self.given)

    def give(self, documents: Sequence[Document]) -> Findings:
        """Send a batch."""
        future = self.executor.submit(parse_batch, self.settings, documents, budget=self.budget, origin=self.origin)
        self.given.add(future)
        return future

    def take(self, future: Findings) -> list[Finding]:
        """Return what came of a batch; Dask has tried it on several workers before it is lost."""
        from distributed import KilledWorker

        self.given.discard(future)
        try:
            return future.result()
        except KilledWorker:
            raise Lost(to_blame=True, seconds=None) from None
        except GeomapError:
            raise
        except Exception as error:
            problem = f"the cluster cannot go on ({type(error).__name__}: {error!s:.150})"
            raise ConfigError(f"{problem}; its workers need the same geomap, and a run folder goes on here") from None

    def close(self) -> None:
        """Leave the cluster as it was found."""
        self.client.close()


Lanes: TypeAlias = Here | Workers | Cluster
