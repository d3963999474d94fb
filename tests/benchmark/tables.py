"""The most memory that ``geomap parse`` takes as its table grows: the figures of ``docs/scale.md``.

``python -m tests.benchmark.tables`` parses 2,000 and 20,000 reports of 400 characters, cut out of the samples: 100
texts, each parsed once, so that it is the tables that count.
"""

import itertools
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
LENGTH, TEXTS = 400, 100


def texts() -> Iterator[str]:
    """Yield parts of the samples, each of another beginning."""
    whole = sorted(path.read_text("utf-8") for path in SEEDS.glob("*.txt"))
    for start in itertools.count(0, 40):
        yield from (text[start : start + LENGTH] for text in whole if len(text) >= start + LENGTH)


def most_memory(reports: Path, output: Path) -> float:
    """Return the megabytes that parsing takes at most."""
    command = [sys.executable, "-m", "geomap", "parse", str(reports), "-o", str(output)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    return used.ru_maxrss / 1024


def main() -> None:
    """Print the figures."""
    known = list(itertools.islice(texts(), TEXTS))
    with tempfile.TemporaryDirectory() as folder:
        for count, ending in itertools.product((2_000, 20_000), (".csv", ".parquet")):
            reports = Path(folder, "reports.jsonl")
            rows = ({"id": str(n), "published": "2024-09-07", "text": known[n % TEXTS]} for n in range(count))
            reports.write_text("".join(f"{json.dumps(row)}\n" for row in rows), "utf-8")
            took = most_memory(reports, Path(folder, f"table{ending}"))
            sys.stdout.write(f"{count:>8,} reports to {ending:<9}{took:>8.0f} MB\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
