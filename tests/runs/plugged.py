"""Runs to be killed: each parses reports in some order, and at its end writes their tables, sorted, to a file.

``python -m tests.runs.plugged`` forks one for each line of its input, which holds the arguments of `parse`; it prints
the run's process id, and its exit status when it has ended. Modules and models are loaded by then, and most runs fork
their workers, too: a start takes some hundredths of a second, so that a thousand kills take no day.
"""

import json
import multiprocessing
import os
import random
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import geomap.tables  # noqa: F401 - what a run would load later
from geomap.runs import lanes, many
from geomap.runs.parsing import parse_batch
from geomap.runs.settings import origin_of, settings_of
from geomap.writing import write_file
from tests.runs.corpus import QUICK, documents, tables

BATCH = 16
"""Reports of a batch: a quarter of what it is, so that a run has several in a second's work."""


def parse(run: str, out: str, *, workers: int, count: int, order: int, forked: bool) -> None:
    """Parse so many reports with so many workers and a run folder, in an order that a number tells.

    The reports are the same in each order, and so are the tables. Workers are started as always, or forked, with the
    models that this process has.
    """
    many.BATCH = BATCH
    if forked:
        context = multiprocessing.get_context("fork")
        lanes.multiprocessing = cast("Any", SimpleNamespace(get_context=lambda _: context))
    shuffled = documents(count)
    random.Random(order).shuffle(shuffled)
    found = list(many.parse_many(shuffled, config=QUICK, run=Path(run), workers=workers))
    write_file(out, tables(sorted(found, key=lambda parsed: parsed.document.id)))


def main() -> None:
    """Start runs one after the other."""
    origin_of(settings_of(QUICK))
    parse_batch(settings_of(QUICK), documents(1))
    for line in sys.stdin:
        process = os.fork()
        if not process:
            parse(**json.loads(line))
            os._exit(0)
        sys.stdout.write(f"{process}\n")
        sys.stdout.flush()
        sys.stdout.write(f"{os.waitpid(process, 0)[1]}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
