"""Scoring a corpus through the library and the command line."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import geomap
from geomap.cli.app import app
from geomap.errors import ConfigError, ReportError
from geomap.evaluation.report import to_json, to_markdown

KHARKIV = {"start": 16, "end": 23, "lat": 49.98, "lon": 36.25, "geonameid": 706483}


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    rows = [
        {"id": "a", "text": "Shelling struck Kharkiv at dawn.", "toponyms": [KHARKIV], "split": "dev", "class": "a|b"},
        {"id": "b", "text": "Nothing was heard.", "toponyms": [], "split": "dev", "class": "\x1b[31mred"},
        {"id": "c", "text": "Shelling struck Kharkiv at dawn.", "toponyms": [KHARKIV], "split": "train"},
    ]
    path = tmp_path / "gold.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def run(*args: object, input: bytes | None = None) -> Any:
    return CliRunner().invoke(app, ["evaluate", *map(str, args)], input=input, prog_name="geomap")


@pytest.mark.parametrize("task", ["recognition", "resolution", "end-to-end"])
def test_each_task_gives_a_dict_that_is_the_same_twice_and_makes_json(task: Any, corpus: Path) -> None:
    result = geomap.evaluate(task, corpus)
    assert (result["task"], result["corpus"], result["split"], result["documents"]) == (task, "gold.jsonl", "dev", 2)
    assert to_json(result) == to_json(geomap.evaluate(task, str(corpus)))
    assert all(set(one) == {"value", "n"} for one in result["figures"].values())
    main = result["figures"]["f1" if task == "recognition" else "accuracy_161km"]
    assert main == {"value": 1.0, "n": 1}


def test_resolution_takes_the_marked_spans_whatever_the_recogniser(corpus: Path) -> None:
    assert geomap.evaluate("resolution", corpus, recognizer="fast")["recognizer"] == "given"


def test_the_report_is_made_of_tables_with_n(corpus: Path) -> None:
    text = to_markdown(geomap.evaluate("recognition", corpus, split="all", recognizer="fast"))
    assert text.startswith("# recognition: gold.jsonl, split all\n\n3 documents, recogniser fast, resolver ")
    assert "| f1                | 1.000 |   2 |\n" in text
    assert "| a\\|b " in text
    lines = [line for line in text.splitlines() if line.startswith("|")]
    assert all(line.endswith(" |") for line in lines)


def test_the_verb_prints_tables_and_nothing_a_terminal_obeys(corpus: Path) -> None:
    done = run("recognition", corpus)
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.startswith("# recognition: gold.jsonl, split dev\n")
    assert "\x1b" not in done.stdout
    assert "\\x1b[31mred" in done.stdout


def test_the_verb_prints_json_of_the_first_documents(corpus: Path) -> None:
    done = run("end-to-end", corpus, "--json", "--limit", 1, "--split", "all")
    assert json.loads(done.stdout)["documents"] == 1


def test_a_corpus_comes_by_standard_input(corpus: Path) -> None:
    done = run("resolution", "-", "--json", input=corpus.read_bytes())
    assert json.loads(done.stdout)["figures"]["accuracy_161km"] == {"value": 1.0, "n": 1}


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["--split", "test"], "gold.jsonl: no document is in the split 'test'; give one to --split: dev, train, all"),
        (["--recognizer", "nope"], "there is no recogniser called 'nope'"),
    ],
)
def test_what_cannot_be_scored_is_one_line_with_the_remedy(args: list[str], message: str, corpus: Path) -> None:
    done = run("recognition", corpus, *args)
    assert done.exit_code == 1
    assert message in done.stderr
    assert done.stderr.count("\n") == 1


def test_resolution_needs_coordinates(tmp_path: Path) -> None:
    path = tmp_path / "bare.jsonl"
    path.write_text('{"text": "Goma", "toponyms": [{"start": 0, "end": 4}]}', encoding="utf-8")
    with pytest.raises(ReportError, match=r"bare\.jsonl: no marked toponym has coordinates; give lat and lon, or"):
        geomap.evaluate("resolution", path)


def test_an_unknown_task_names_those_there_are(corpus: Path) -> None:
    with pytest.raises(ConfigError, match="use one of: recognition, resolution, end-to-end"):
        geomap.evaluate("speed", corpus)  # type: ignore[arg-type]
    assert run("speed", corpus).exit_code == 2
