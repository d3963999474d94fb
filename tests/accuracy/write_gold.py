"""Turn the marked sentences of ``marked/`` into the gold files of ``recognition/``.

Run ``python tests/accuracy/write_gold.py`` after a change. A line is a sentence; ``[Kursk]`` marks a literal place,
``[Kursk|e]`` one of another role and ``[Kursk|l|near]`` one with the words that move the point off it.
"""

import json
import re
from pathlib import Path

HERE = Path(__file__).parent
ROLES = {"l": "literal", "m": "metonymic", "d": "modifier", "e": "embedded"}
RELATED = "directions"
_MARK = re.compile(r"\[([^\[\]|]+)(?:\|([a-z]+))?(?:\|([^\[\]|]+))?\]")


def gold_row(name: str, number: int, line: str) -> dict[str, object]:
    """Return the gold row of a marked sentence."""
    text, toponyms, position = "", [], 0
    for mark in _MARK.finditer(line):
        text += line[position : mark.start()]
        toponyms.append(_toponym(mark, len(text), related=name == RELATED))
        text += mark.group(1)
        position = mark.end()
    text += line[position:]
    assert not set("[]|") & set(text), f"{name}, line {number}: a mark is not closed"
    return {"id": f"{name}-{number:02}", "text": text, "toponyms": toponyms, "class": name}


def _toponym(mark: re.Match[str], start: int, *, related: bool) -> dict[str, object]:
    surface, role, relation = mark.groups()
    span: dict[str, object] = {"start": start, "end": start + len(surface)}
    if role == "demonym":
        return span | {"type": "demonym"}
    moved = {"relation": relation or ""} if relation or related else {}
    return span | {"role": ROLES[role or "l"]} | moved


def gold_text(path: Path) -> str:
    """Return the gold file of a file of marked sentences."""
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = (gold_row(path.stem, number, line) for number, line in enumerate(lines, start=1))
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


if __name__ == "__main__":
    for source in sorted((HERE / "marked").glob("*.txt")):
        (HERE / "recognition" / f"{source.stem}.jsonl").write_text(gold_text(source), encoding="utf-8", newline="\n")
