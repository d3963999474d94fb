"""Scoring the kind of event that a snippet is about."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import geomap
from geomap.cli.app import app
from geomap.errors import ReportError
from geomap.evaluation.events import CODES, LEFT_OUT, NONE, main_event, read_snippets
from geomap.evaluation.report import to_json, to_markdown
from geomap.events.vocabulary import EVENT_TYPES, TYPE_OF

SNIPPETS = [
    ("Shelling of Kherson killed two people. Protesters marched in Kyiv.", "ART_MISS_ATTACK"),
    ("Rain fell in Goma. Rebels captured Sake on Sunday.", "NON_STATE_ACTOR_OVERTAKES_TER"),
    ("An earthquake struck the coast and killed nine.", "NATURAL_DISASTER"),
    ("The group claimed responsibility for a car bomb in Mosul.", "ATTRIB"),
    ("Bread is dear in Goma.", "Grenade"),
]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    path = tmp_path / "snippets.jsonl"
    rows = [json.dumps({"text": text, "label": label}) for text, label in SNIPPETS]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def test_the_vocabulary_is_six_types_and_twenty_five_sub_types() -> None:
    assert (len(EVENT_TYPES), len(TYPE_OF)) == (6, 25)
    assert set(CODES.values()) == {*TYPE_OF, NONE, LEFT_OUT}


def test_the_main_event_is_the_most_telling_one_of_the_first_sentence_that_has_any() -> None:
    told = [event.event_sub_type if (event := main_event(text)) else None for text, _ in SNIPPETS]
    assert told[:3] == ["Shelling/artillery/missile attack", "Non-state actor overtakes territory", None]
    both = main_event("Soldiers fought rebels in Beni, and a grenade wounded two people in Oicha.")
    assert both is not None
    assert both.event_sub_type == "Grenade"
    assert main_event("") is None


def test_a_score_counts_what_is_asked_and_leaves_out_what_is_not(corpus: Path) -> None:
    result = geomap.evaluate("events", corpus)
    assert (result["task"], result["split"], result["documents"]) == ("events", "dev", 5)
    assert result["figures"] == {
        "sub_type_macro_f1": {"value": round(2 / 3, 4), "n": 4},
        "type_macro_f1": {"value": pytest.approx((2 / 3 + 1 + 2 / 3) / 3, abs=1e-4), "n": 4},
        "accuracy": {"value": 0.75, "n": 4},
        "left_out": {"value": 0.2, "n": 5},
    }
    assert result["error_kinds"] == {"Grenade → none": 1}
    assert to_json(result) == to_json(geomap.evaluate("events", str(corpus)))


def test_the_halves_are_by_the_order_of_the_rows(corpus: Path) -> None:
    texts = [text for text, _ in SNIPPETS]
    assert [one.text for one in read_snippets(corpus, split="first-half")] == texts[:3]
    assert [one.text for one in read_snippets(corpus, split="second-half")] == texts[3:]
    assert [one.text for one in read_snippets(corpus, limit=2)] == texts[:2]


def test_the_verb_prints_tables_and_json(corpus: Path) -> None:
    def run(*args: str) -> Any:
        return CliRunner().invoke(app, ["evaluate", "events", str(corpus), *args], prog_name="geomap")

    done = run()
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout == to_markdown(geomap.evaluate("events", corpus))
    assert "| Explosions/Remote violence |" in done.stdout
    assert json.loads(run("--json", "--split", "second-half").stdout)["documents"] == 2


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("{", "line 1: malformed JSON"),
        ("[]", "line 1: not a JSON object"),
        ('{"text": "a"}', "line 1: no label that is known: None"),
        ('{"text": "a", "label": "WAR"}', "line 1: no label that is known: 'WAR'; give an ACLED sub-type"),
        ("", "the corpus is empty"),
        ('{"label": "Attack"}', 'line 1: no "text" in the row'),
        ("\ud800", "line 1: bytes that are not UTF-8"),
    ],
)
def test_what_cannot_be_scored_names_file_and_line(row: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_bytes(row.encode("utf-8", "surrogatepass"))
    with pytest.raises(ReportError, match=message):
        geomap.evaluate("events", path)
