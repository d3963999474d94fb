"""What a document costs, in CPU time, bytes and memory: the figures of ``docs/scale.md``.

``python -m tests.benchmark.scale [DOCUMENTS]``; ten thousand for the memory when not said. Times are CPU time.
"""

import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

import geomap
from geomap.bundle import bundled_path
from geomap.runs.folder import RunFolder, key_of
from geomap.runs.packing import unpack
from geomap.runs.parsing import load, parse_batch
from geomap.runs.settings import Settings, origin_of
from geomap.types import Document

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
_PLACES = "SELECT name FROM entry WHERE feature_class = 'P' ORDER BY population DESC, id LIMIT 60000"


def say(what: str, value: float, unit: str) -> None:
    """Print one figure."""
    sys.stdout.write(f"{what:<58}{value:>12,.1f} {unit}\n")
    sys.stdout.flush()


def memory() -> float:
    """Return the megabytes that this process takes."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1e6


def short_reports(count: int) -> Iterator[Document]:
    """Yield short reports with places by Zipf's law, and a name that no other has."""
    random = np.random.default_rng(15)
    connection = sqlite3.connect(f"{bundled_path('gazetteer.sqlite').as_uri()}?mode=ro", uri=True)
    names = [name for (name,) in connection.execute(_PLACES)]
    connection.close()
    weights = 1 / np.arange(1, len(names) + 1) ** 0.9
    letters = np.array(list("abcdefghijklmnopqrstuvwxyz"))
    for number in range(count):
        first, second, third = (names[at] for at in random.choice(len(names), size=3, p=weights / weights.sum()))
        person = "".join(random.choice(letters, 8)).capitalize()
        text = (
            f"Shelling hit {first} on Friday, {person} said. Two were killed near {second}, and {number} left {third}."
        )
        yield Document(id=str(number), text=text)


def costs(recognizer: str) -> None:
    """Print what one report of the samples costs."""
    settings = Settings(recognizer=recognizer)
    before, begun = memory(), time.process_time()
    load(settings, 1 << 50)
    say(f"{recognizer}: start of a worker, modules apart", time.process_time() - begun, "s")
    documents = list(geomap.read_documents(SEEDS))
    parse_batch(settings, documents)
    say(f"{recognizer}: memory of a worker on top of its modules", memory() - before, "MB")
    begun = time.process_time()
    findings = parse_batch(settings, documents)
    say(f"{recognizer}: parse a report", 1e3 * (time.process_time() - begun) / len(documents), "ms")
    geomap.to_mentions([])
    begun = time.process_time()
    origin = origin_of(settings)
    say("hash program, models and gazetteer for a run folder, once", time.process_time() - begun, "s")
    with tempfile.TemporaryDirectory() as folder:
        run = RunFolder(Path(folder), origin)
        begun = time.process_time()
        run.add([key_of(document, origin.digest()) for document in documents], findings)
        keeping = time.process_time() - begun
        size = sum(part.stat().st_size for part in Path(folder).rglob("*.part"))
        run.close()
    say("keep it, in the one process that hands out the work", 1e3 * keeping / len(documents), "ms")
    begun = time.process_time()
    parsed = [unpack(one.line, document) for one, document in zip(findings, documents, strict=True)]
    say("take it from a worker or a folder, there too", 1e3 * (time.process_time() - begun) / len(documents), "ms")
    begun = time.process_time()
    mentions = geomap.to_mentions(parsed)
    say("write its rows of the mention table, there too", 1e3 * (time.process_time() - begun) / len(documents), "ms")
    say("a run folder's bytes for it", size / len(documents), "bytes")
    say("its characters", sum(len(one.text) for one in documents) / len(documents), "")
    say("its mentions", len(mentions) / len(documents), "")


def growth(count: int) -> None:
    """Print how memory grows while short reports are parsed and let go."""
    start = 0.0
    config = geomap.Config(recognizer="fast")
    begun = time.process_time()
    for number, _ in enumerate(geomap.parse_many(short_reports(count), config=config)):
        if number == count // 20:
            start = memory()
        if number and number % (count // 10) == 0:
            say(f"memory after {number:,} reports, on top of that after {count // 20:,}", memory() - start, "MB")
    say("a short report, with the fast recogniser", 1e3 * (time.process_time() - begun) / count, "ms")


def main() -> None:
    """Print all figures."""
    begun = time.process_time()
    say("modules, imported", begun, "s")
    for recognizer in ("encoder", "fast"):
        costs(recognizer)
    growth(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)


if __name__ == "__main__":
    main()
