"""Raise the floors of ``event_floors.toml`` to what is told of each class of sentences now; none is ever lowered.

Run ``python tests/accuracy/raise_event_floors.py`` after the lexicon of events has become better.
"""

import json
import math
import tomllib
from collections import defaultdict
from pathlib import Path
from typing import Any

from geomap.events.triggers.finding import find_triggers

HERE = Path(__file__).parent
HEAD = (
    "# The lowest shares of sentences of a class that may be told exactly: measured, rounded down. They only go up.\n"
)


def rows() -> list[dict[str, Any]]:
    """Return all sentences with the sub-types they report."""
    files = sorted((HERE / "events").glob("*.jsonl"))
    return [json.loads(line) for path in files for line in path.read_text(encoding="utf-8").splitlines()]


def told(row: dict[str, Any]) -> bool:
    """Whether just the sub-types that a sentence reports are told, each as often as it reports it."""
    return sorted(one.event_sub_type for one in find_triggers(row["text"])) == sorted(row["events"])


def measured() -> dict[str, float]:
    """Return the share of sentences told exactly, by class and over all that report something or nothing."""
    right: dict[str, list[bool]] = defaultdict(list)
    for row in rows():
        exact = told(row)
        right[row["class"]].append(exact)
        right["every happening" if row["events"] else "every sentence without one"].append(exact)
    return {name: sum(exact) / len(exact) for name, exact in right.items()}


def main() -> None:
    """Write the floors anew."""
    path = HERE / "event_floors.toml"
    floors = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    text = HEAD
    for name, value in sorted(measured().items()):
        text += f'"{name}" = {max(math.floor(value * 100 + 1e-9) / 100, floors.get(name, 0.0))}\n'
    path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
