"""How the memory of a process grows while it reads reports and lets them go: the curve of ``docs/scale.md``.

``python -m tests.benchmark.growth COUNT RECOGNIZER``; with ``events`` behind it, events are told, too.
"""

import sqlite3
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

import geomap
from geomap.bundle import bundled_path
from geomap.types import Document

_PLACES = "SELECT name FROM entry WHERE feature_class = 'P' ORDER BY population DESC, id LIMIT 60000"
_AT_ONCE = 1_000


def one_sentence_reports(count: int) -> Iterator[Document]:
    """Yield reports of a sentence with two of 60,000 places by Zipf's law, and a name that no other has."""
    random = np.random.default_rng(15)
    connection = sqlite3.connect(f"{bundled_path('gazetteer.sqlite').as_uri()}?mode=ro", uri=True)
    names = [name for (name,) in connection.execute(_PLACES)]
    connection.close()
    shares = np.cumsum(1 / np.arange(1, len(names) + 1) ** 0.9)
    letters = np.array(list("abcdefghijklmnopqrstuvwxyz"))
    for start in range(0, count, _AT_ONCE):
        places = np.searchsorted(shares, random.random((_AT_ONCE, 2)) * shares[-1])
        people = letters[random.integers(0, 26, (_AT_ONCE, 8))]
        for number in range(min(_AT_ONCE, count - start)):
            first, second = (names[at] for at in places[number])
            person = "".join(people[number]).capitalize()
            text = f"Shelling hit {first} near {second} on Friday and killed {number + 2} people, {person} said."
            yield Document(id=str(start + number), text=text)


def megabytes() -> tuple[float, float]:
    """Return what this process takes: memory of its own, and pages of files."""
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    sizes = {line.partition(":")[0]: line.split()[1] for line in lines if line.startswith("Rss")}
    return int(sizes["RssAnon"]) * 1024 / 1e6, int(sizes["RssFile"]) * 1024 / 1e6


def main() -> None:
    """Read reports, and print the memory after 100, 1,000 and every further tenth of them."""
    count, recognizer = int(sys.argv[1]), sys.argv[2]
    geoparser = geomap.Geoparser(recognizer=recognizer, events="events" in sys.argv)
    begun, mentions = time.process_time(), 0
    for number, parsed in enumerate(geoparser.parse(one_sentence_reports(count)), start=1):
        mentions += len(parsed.mentions)
        if number in (100, 1_000) or number % max(1, count // 20) == 0:
            own, files = megabytes()
            spent = 1e3 * (time.process_time() - begun) / number
            sys.stdout.write(f"{number:>8,} {own:8.1f} MB {files:8.1f} MB {spent:8.2f} ms {mentions:>9,} mentions\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
