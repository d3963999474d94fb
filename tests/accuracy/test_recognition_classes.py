"""The classes of names that recognisers miss: what is found today must still be found tomorrow."""

import json
import runpy
import tomllib
from pathlib import Path
from typing import Any

import pytest

from geomap.evaluation.gold import read_gold
from geomap.evaluation.scoring import evaluate
from geomap.pipeline import Geoparser

HERE = Path(__file__).parent
FLOORS: dict[str, dict[str, float]] = tomllib.loads((HERE / "floors.toml").read_text(encoding="utf-8"))
CLASSES = sorted(path.stem for path in (HERE / "marked").glob("*.txt"))


def gold(name: str) -> Path:
    return HERE / "recognition" / f"{name}.jsonl"


@pytest.fixture(scope="module")
def results() -> dict[str, dict[str, Any]]:
    return {name: evaluate("recognition", gold(name)) for name in CLASSES}


def test_every_class_has_thirty_sentences_and_floors() -> None:
    assert len(CLASSES) == 10
    assert set(FLOORS) == set(CLASSES)
    assert all(len(read_gold(gold(name))) >= 30 for name in CLASSES)


@pytest.mark.parametrize("name", CLASSES)
def test_the_gold_files_are_what_the_marked_sentences_give(name: str) -> None:
    written = runpy.run_path(str(HERE / "write_gold.py"))["gold_text"](HERE / "marked" / f"{name}.txt")
    assert gold(name).read_text(encoding="utf-8") == written
    rows = [json.loads(line) for line in written.splitlines()]
    spans = [row["text"][place["start"] : place["end"]] for row in rows for place in row["toponyms"]]
    assert all(span == span.strip() and not span.lower().startswith("the ") for span in spans)
    assert len({row["text"] for row in rows}) == len(rows)


@pytest.mark.parametrize("name", CLASSES)
def test_a_class_keeps_its_floors(name: str, results: dict[str, dict[str, Any]]) -> None:
    result = results[name]
    measured = runpy.run_path(str(HERE / "raise_floors.py"))["measured"](result)
    lost = {key: (measured[key], floor) for key, floor in FLOORS[name].items() if measured[key] < floor}
    assert not lost, f"measured, floor: {lost}; errors: {[error['toponym'] for error in result['errors']]}"


def test_demonyms_are_left_out_unless_they_are_asked_for() -> None:
    documents = read_gold(gold("demonyms"))
    marked = sum(toponym.demonym for document in documents for toponym in document.toponyms)
    found = {}
    for wanted in (False, True):
        parsed = Geoparser(demonyms=wanted).parse(document.document(given=False) for document in documents)
        found[wanted] = sum(
            any((m.start, m.end) == (toponym.start, toponym.end) for m in one.mentions)
            for document, one in zip(documents, parsed, strict=True)
            for toponym in document.toponyms
            if toponym.demonym
        )
    assert found[False] == 0
    assert found[True] / marked >= 0.9
