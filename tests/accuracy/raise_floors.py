"""Raise the floors of ``floors.toml`` to what the default recogniser reaches now; none is ever lowered.

Run ``python tests/accuracy/raise_floors.py`` after the recogniser or its model has become better.
"""

import math
import tomllib
from pathlib import Path
from typing import Any

from geomap.evaluation.scoring import evaluate

HERE = Path(__file__).parent
HEAD = (
    "# The lowest shares that the default recogniser may reach in a class: measured, rounded down. They only go up.\n"
)


def measured(result: dict[str, Any]) -> dict[str, float]:
    """Return what a class is held to, of a result of `evaluate`."""
    figures = {
        "f1": result["figures"]["f1"],
        "recall_by_overlap": result["figures"]["recall_by_overlap"],
        "same_role": result["roles"]["same_role"],
    }
    if result["corpus"] == "directions.jsonl":
        figures["same_relation"] = result["relations"]["same"]
    return {name: one["value"] for name, one in figures.items()}


def main() -> None:
    """Write the floors anew."""
    path = HERE / "floors.toml"
    floors = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    text = HEAD
    for gold in sorted((HERE / "recognition").glob("*.jsonl")):
        text += f"\n[{gold.stem}]\n"
        for name, value in measured(evaluate("recognition", gold)).items():
            floor = max(math.floor(value * 100 + 1e-9) / 100, floors.get(gold.stem, {}).get(name, 0.0))
            text += f"{name} = {floor}\n"
    path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
