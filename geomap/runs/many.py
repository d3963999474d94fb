"""Parse any number of documents: here or by workers, with a run folder or without, always by the same steps.

What comes out is in the order of what went in, whoever finishes first, and the same whatever was known before.
"""

import os
import warnings
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, wait
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from geomap.config import Config
from geomap.errors import ConfigError, GeomapWarning, ReportError
from geomap.handed_over import each
from geomap.language.detection import warn_of_languages
from geomap.runs.folder import RunFolder, key_of
from geomap.runs.lanes import Cluster, Findings, Here, Lanes, Lost, Workers
from geomap.runs.packing import unpack
from geomap.runs.parsing import Budget, Finding
from geomap.runs.settings import Settings, origin_of, settings_of
from geomap.types import Document, ParsedDocument

BATCH, BATCH_CHARACTERS = 64, 256_000
"""Documents, and characters, after which a batch is full: a second or two of work, which is what a kill can cost."""
AHEAD = 4
"""Batches' documents held at once for each batch that can be given, those that wait for a slower one included."""
REMEMBERED = 32_000_000
"""Characters of findings kept without a run folder, so that a report that comes again is not parsed again."""


@dataclass(slots=True, eq=False)
class _Task:
    """One document to parse, or several that differ in their id alone."""

    key: bytes
    document: Document
    finding: Finding | None = None
    strikes: int = 0
    """How many workers ended as they parsed it."""


@dataclass(slots=True, eq=False)
class _Known:
    """What came of documents, as far as it is remembered without a run folder: the latest."""

    findings: "OrderedDict[bytes, Finding]" = field(default_factory=OrderedDict)
    size: int = 0

    def get(self, key: bytes) -> Finding | None:
        return self.findings.get(key)

    def add(self, keys: Sequence[bytes], findings: Sequence[Finding]) -> None:
        for key, finding in zip(keys, findings, strict=True):
            if key not in self.findings:
                self.findings[key] = finding
                self.size += len(finding.line)
        while self.size > REMEMBERED:
            _, oldest = self.findings.popitem(last=False)
            self.size -= len(oldest.line)


def parse_many(
    documents: Iterable[Document],
    *,
    config: Config | None = None,
    workers: int = 0,
    cluster: str = "",
    run: str | os.PathLike[str] | None = None,
    again: bool = False,
    budget: Budget | None = None,
    on_set_aside: Callable[[ReportError], None] | None = None,
) -> Iterator[ParsedDocument]:
    """Parse documents as `Geoparser.parse` does, with as many processes as are given, and go on where a run stopped.

    A program that uses workers keeps its own work behind ``if __name__ == "__main__":``, since each worker imports it.

    Parameters
    ----------
    documents
        Such as `read_documents` yields. Those that differ in their id alone are parsed once.
    config
        The settings; corrections are not applied, see `corrected`. ``None`` for the defaults.
    workers
        Processes of this machine; 0 to parse in this one, where nothing limits the time and memory of a document.
    cluster
        Address of a Dask scheduler to use instead, such as ``tcp://10.0.0.1:8786``; its workers need the same geomap.
    run
        Folder that keeps what is finished; with it there is at least one worker. What it has of documents with the same
        text and fields, settings, models and gazetteers is not parsed again.
    again
        Whether documents that the run folder says were set aside are tried again.
    budget
        What a document may take of a worker; ``None`` for 10 s, 1 s more for each 100,000 characters, and 2 GB. The
        workers of a cluster keep to the time alone.
    on_set_aside
        Called with each document that could not be parsed, tried twice: it brought about an error, ended the worker, or
        took more than its budget. Without it they are named in one `GeomapWarning` at the end. They are not among what
        is yielded.

    Yields
    ------
        One parsed document a document, in the same order; the `Candidate.features` are empty.

    Raises
    ------
    ConfigError
        If a setting makes no sense, another run is at work in the folder, or no worker can be had.
    GazetteerError
        If the gazetteer is missing or damaged.
    ModelNotFoundError
        If a model is not installed.
    OutputError
        If the run folder cannot be written.
    ReportError
        If something is no `Document`.
    """
    if workers < 0 or (workers and cluster):
        raise ConfigError("give a number of workers, or a cluster; not both, and no negative number")
    settings, limits = settings_of(config or Config()), budget or Budget()
    foreign: list[tuple[str, str]] = []
    aside: list[tuple[str, str]] = []
    count = 0
    with ExitStack() as opened:
        origin = origin_of(settings) if cluster or run is not None else None
        kept: RunFolder | _Known = _Known()
        if run is not None and origin is not None:
            kept = RunFolder(Path(run), origin, again=again)
            opened.callback(kept.close)
        digest = origin.digest() if origin else ""
        lanes = _lanes(settings, workers or int(run is not None), cluster, digest, limits)
        opened.callback(lanes.close)
        for document, finding in _Line(lanes, kept, digest, limits).findings(each(documents, Document)):
            count += 1
            if finding.error:
                aside.append((document.id, finding.error))
                if on_set_aside is not None:
                    on_set_aside(ReportError(finding.error, path=document.id))
                continue
            if document.language != "en":
                foreign.append((document.id, document.language))
            yield unpack(finding.line, document)
        if isinstance(kept, RunFolder):
            kept.write_manifest(finished=True, documents=count, aside=aside)
    warn_of_languages(foreign)
    if aside and on_set_aside is None:
        told = ", ".join(f"{name} ({error})" for name, error in aside[:5])
        warnings.warn(f"set aside {len(aside)} of {count} documents: {told}", GeomapWarning, stacklevel=2)


def _lanes(settings: Settings, workers: int, cluster: str, digest: str, budget: Budget) -> Lanes:
    if cluster:
        return Cluster(settings, cluster, digest, budget)
    return Workers(settings, workers, budget) if workers else Here(settings)


class _Line:
    """The documents that were read and not yet handed on, in order, and the batches that are being parsed."""

    def __init__(self, lanes: Lanes, kept: RunFolder | _Known, digest: str, budget: Budget) -> None:
        self.lanes, self.kept, self.digest, self.budget = lanes, kept, digest, budget
        self.alone = isinstance(lanes, Here)
        self.most = AHEAD * BATCH * max(1, lanes.room())
        self.waiting: deque[tuple[Document, _Task]] = deque()
        self.unfinished: dict[bytes, _Task] = {}
        self.filling: list[_Task] = []
        self.ready: deque[list[_Task]] = deque()
        self.given: dict[Findings, list[_Task]] = {}

    def findings(self, documents: Iterable[Document]) -> Iterator[tuple[Document, Finding]]:
        """Yield each document with what came of it, in order."""
        for document in documents:
            self._plan(document)
            yield from self._until(lambda: not self.ready and len(self.waiting) < self.most)
        self._close_batch()
        yield from self._until(lambda: not self.waiting)

    def _until(self, enough: Callable[[], bool]) -> Iterator[tuple[Document, Finding]]:
        """Give batches and yield what is done, and wait for more until it is enough."""
        self._give()
        self._collect(block=False)
        yield from self._done()
        while not enough():
            if not self.given:  # the first in the line is in a batch that is not full
                self._close_batch()
            self._give()
            self._collect(block=True)
            yield from self._done()

    def _plan(self, document: Document) -> None:
        key = key_of(document, self.digest)
        finding = None if key in self.unfinished else self.kept.get(key)
        task = self.unfinished.get(key) or _Task(key=key, document=document, finding=finding)
        self.waiting.append((document, task))
        if task.finding is None and key not in self.unfinished:
            self.unfinished[key] = task
            self.filling.append(task)
            if self.alone or self._is_full():
                self._close_batch()

    def _is_full(self) -> bool:
        size = sum(len(task.document.text) for task in self.filling)
        return len(self.filling) >= BATCH or size >= BATCH_CHARACTERS

    def _close_batch(self) -> None:
        if self.filling:
            self.ready.append(self.filling)
            self.filling = []

    def _give(self) -> None:
        while self.ready and self.lanes.room() > 0:
            tasks = self.ready.popleft()
            self.given[self.lanes.give([task.document for task in tasks])] = tasks

    def _collect(self, *, block: bool) -> None:
        """See what came of the batches that are done, in the order in which they were given.

        Of two that a process had, the first is the one that it ended over.
        """
        done = wait(self.given, timeout=None if block else 0, return_when=FIRST_COMPLETED).done
        for future in [one for one in self.given if one in done]:
            tasks = self.given.pop(future)
            try:
                self._keep(tasks, self.lanes.take(future))
            except Lost as lost:
                self._lost(tasks, lost)

    def _keep(self, tasks: Sequence[_Task], findings: Sequence[Finding]) -> None:
        self.kept.add([task.key for task in tasks], findings)
        for task, finding in zip(tasks, findings, strict=True):
            task.finding = finding
            del self.unfinished[task.key]

    def _lost(self, tasks: list[_Task], lost: Lost) -> None:
        """Have the documents of a lost batch parsed again: one by one, if one of them may have been the reason."""
        if not lost.to_blame:
            self.ready.appendleft(tasks)
            return
        if len(tasks) > 1:
            self.ready.extendleft([task] for task in reversed(tasks))
            return
        task = tasks[0]
        task.strikes += 1
        if task.strikes < _STRIKES:
            self.ready.appendleft(tasks)
        else:
            self._keep(tasks, [Finding(error=_why(self.budget.seconds_for(task.document), lost))])

    def _done(self) -> Iterator[tuple[Document, Finding]]:
        while self.waiting and (finding := self.waiting[0][1].finding) is not None:
            yield self.waiting.popleft()[0], finding


_STRIKES = 2
"""Workers that may end over a document that is parsed alone, before it is set aside."""


def _why(limit: float, lost: Lost) -> str:
    if lost.seconds is not None and lost.seconds >= limit:
        return f"takes longer than the {limit:.0f} s that a report of its length may; cut it into several"
    return "ends the process that parses it, as a crash or a want of memory does; leave it out, and tell us"
