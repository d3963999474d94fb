"""Scoring the choice of an event's place."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import geomap
from geomap.cli.app import app
from geomap.errors import ReportError
from geomap.evaluation.event_places import MarkedEvent, read_marked_events
from geomap.evaluation.report import to_json


def row(text: str, verb: str, *places: str, name: str = "a") -> dict[str, Any]:
    def span(words: str) -> dict[str, int]:
        return {"start": text.index(words), "end": text.index(words) + len(words)}

    return {"doc_id": name, "text": text, "verbs": [span(verb)], "locations": [span(place) for place in places]}


ROWS = [
    row("Two people were killed in Kupiansk, officials in Kharkiv said.", "killed", "Kupiansk"),
    row("A missile hit Kharkiv.", "hit", "Kharkiv"),
    row("Nothing was hit.", "hit"),
    row("The ministry in Kyiv denied it was hit.", "hit"),
]


def written(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("\ufeff" + "\n\n".join(json.dumps(one) for one in rows) + "\n", encoding="utf-8")
    return path


def test_figures_count_the_rows_that_they_are_of(tmp_path: Path) -> None:
    corpus = written(tmp_path / "gold.jsonl", ROWS)
    result = geomap.evaluate("event-place", corpus, split="all")
    figures = result["figures"]
    assert (result["documents"], figures["right"], figures["right_of_several"]) == (
        4,
        {"value": 1.0, "n": 2},
        {"value": 1.0, "n": 1},
    )
    assert (figures["right_none"]["n"], figures["right_of_all"]["n"]) == (1, 3)
    assert sum(result["error_kinds"].values()) == len(result["errors"])
    assert to_json(result) == to_json(geomap.evaluate("event-place", corpus, split="all"))


def test_the_verb_prints_the_figures(tmp_path: Path) -> None:
    corpus = written(tmp_path / "gold.jsonl", ROWS)
    done = CliRunner().invoke(app, ["evaluate", "event-place", str(corpus), "--split", "all"], prog_name="geomap")
    assert done.exit_code == 0
    assert done.stdout.startswith("# event-place: gold.jsonl, split all\n")
    assert "right of several" in done.stdout


def test_documents_are_held_back_whole() -> None:
    names = [f"AAA_ENG_20000101.{number:04d}" for number in range(200)]

    def held_back(name: str) -> bool:
        return MarkedEvent(document_id=name, text="", trigger=(0, 0), places=()).held_back

    assert 20 < sum(map(held_back, names)) < 60
    assert [held_back(name) for name in names] == [held_back(name) for name in names]


def test_sentences_of_one_article_are_one_document(tmp_path: Path) -> None:
    names = ["APW_ENG_20031101.0130_5_shoot", "APW_ENG_20031101.0130_7_kill ", "masdar_1"]
    events = read_marked_events(written(tmp_path / "a.jsonl", [{**ROWS[1], "doc_id": name} for name in names]))
    assert [event.document_id for event in events] == [*["APW_ENG_20031101.0130"] * 2, "masdar_1"]


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        "3",
        '{"text": "x"}',
        '{"text": "x", "verbs": [{"start": 0, "end": 9}], "locations": []}',
        '{"text": "x", "verbs": [{"start": 0, "end": 1}], "locations": [{"start": -1, "end": 1}]}',
        '{"text": "x", "verbs": 3, "locations": []}',
        '{"text": "x", "verbs": ["x"], "locations": []}',
    ],
)
def test_a_line_that_is_no_such_row_is_named(line: str, tmp_path: Path) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text(f"{json.dumps(ROWS[0])}\n{line}\n", encoding="utf-8")
    with pytest.raises(ReportError, match=r"bad\.jsonl.*2"):
        read_marked_events(path)


def test_a_corpus_that_cannot_be_read_or_is_empty_is_said(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match="there is no such corpus"):
        read_marked_events(tmp_path / "none.jsonl")
    (tmp_path / "empty.jsonl").write_text("", encoding="utf-8")
    with pytest.raises(ReportError, match="the corpus is empty"):
        geomap.evaluate("event-place", tmp_path / "empty.jsonl")
    (tmp_path / "latin.jsonl").write_bytes(b"\xff\xfe")
    with pytest.raises(ReportError, match="UTF-8"):
        read_marked_events(tmp_path / "latin.jsonl")
