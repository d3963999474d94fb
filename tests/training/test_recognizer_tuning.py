"""``geomap train recognizer``: the recogniser gone on with on a user's own gold."""

import json
import pickle
import re
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

import geomap
from geomap.bundle import own_model
from geomap.cli.app import app
from geomap.evaluation.gold import GoldDocument, read_gold
from geomap.gazetteers import load_gazetteer
from geomap.kept_parsers import forget_parsers
from geomap.recognizers.own_tags import OwnTags, load_own_tags, own_tags_json
from geomap.recognizers.spans import TAGS
from geomap.recognizers.trained import TrainedRecognizer, model_file
from geomap.runs.settings import Settings, origin_of
from geomap.training import recognizer_tuning as tuning
from geomap.training.held_back import by_chance, parts_of
from tests.evaluation.gold_by_hand import plain

STATES = ("Ohio", "Illinois", "Indiana", "Iowa", "Michigan", "Wisconsin", "Kentucky", "Tennessee", "Missouri", "Maine")
TOWNS = ("Nashville", "Atlanta", "Memphis", "Vicksburg", "Corinth", "Knoxville", "Richmond", "Petersburg", "Savannah")
NUMBERS = ("First", "Second", "Fifth", "Twelfth", "Fortieth")
TOLD = (
    "The {number} {state} Cavalry left [{town}] at dawn.",
    "The {number} {state} Infantry encamped near [{town}] on Friday.",
    "At [{town}] the enemy fired upon the {number} {state} Volunteers.",
)
ZEROS = np.zeros((400, len(TAGS)), np.float32)


@pytest.fixture(scope="module")
def made_up() -> list[GoldDocument]:
    return list(islice(tuning._made_up(load_gazetteer()), 16))


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch, made_up: list[GoldDocument]) -> None:
    monkeypatch.setattr(tuning, "_made_up", lambda _: made_up)  # 16 of them instead of 400


def regiments(path: Path, *, reports: int = 20) -> Path:
    """Write reports in which towns are marked, and states are not that regiments are named after."""
    rows = []
    for at in range(reports):
        sentences = [
            told.format(
                number=NUMBERS[at % 5], state=STATES[(at + n) % 10], town=TOWNS[(at + 2 * n + (at % 4 == 0)) % 9]
            )
            for n, told in enumerate(TOLD)
        ]
        text, spans = plain(" ".join(sentences))
        rows.append({"doc_id": str(at), "text": text, "toponyms": [{"start": s, "end": e} for s, e in spans]})
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def train(*arguments: object) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["train", "recognizer", *map(str, arguments)])
    return done.exit_code, done.output


def named(text: str, recognizer: str) -> list[str]:
    parser = geomap.Geoparser(recognizer=recognizer, events=False)
    (parsed,) = parser.parse([geomap.Document(id="a", text=text)])
    return [mention.toponym for mention in parsed.mentions]


def test_what_the_gold_marks_and_what_not_is_learnt_and_is_a_setting_like_any(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    gold = regiments(tmp_path / "gold.jsonl")
    code, said = train("--on", gold, "-o", "mine")
    assert code == 0, said
    assert "wrote mine; use it with: --recognizer encoder:mine" in said
    before, now = map(float, re.findall(r"F1 ([.\d]+) before, ([.\d]+) now", said)[0])
    assert before < 0.95 < now
    card = (tmp_path / "mine" / "CARD.md").read_text("utf-8")
    assert "gold.jsonl" in card
    assert str(tmp_path) not in card
    text = "The Second Kansas Volunteers rode from Chattanooga to Decatur."
    assert named(text, "encoder") == ["Kansas", "Chattanooga", "Decatur"]
    assert named(text, "encoder:mine") == ["Chattanooga", "Decatur"]
    (tmp_path / "settings.toml").write_text('recognizer = "encoder:mine"\n')
    monkeypatch.chdir("/")
    setting = geomap.Config.from_toml(tmp_path / "settings.toml").recognizer
    assert own_model(setting) == tmp_path / "mine" / "recognizer.json"
    parser = pickle.loads(pickle.dumps(geomap.Geoparser(recognizer=setting, events=False)))
    (parsed,) = parser.parse([geomap.Document(id="a", text=text)])
    assert [mention.toponym for mention in parsed.mentions] == ["Chattanooga", "Decatur"]
    assert train("--on", gold, "-o", tmp_path / "again")[0] == 0
    again = (tmp_path / "again" / "recognizer.json").read_bytes()
    assert again == (tmp_path / "mine" / "recognizer.json").read_bytes()


def test_the_fast_recogniser_learns_from_scores_alone(tmp_path: Path) -> None:
    code, said = train("--on", regiments(tmp_path / "gold.jsonl"), "-o", tmp_path / "mine", "--recognizer", "fast")
    assert code == 0, said
    assert load_own_tags(tmp_path / "mine" / "recognizer.json", model_file("fast")).weights.shape == (16, len(TAGS))
    with pytest.raises(geomap.ModelNotFoundError, match="was trained on another model than 'encoder' is now"):
        geomap.Geoparser(recognizer=f"encoder:{tmp_path / 'mine'}", events=False)


def test_no_weight_at_all_is_the_bundled_recogniser(tmp_path: Path) -> None:
    (tmp_path / "recognizer.json").write_text(own_tags_json(OwnTags(ZEROS), model_file("encoder")))
    documents = list(geomap.read_documents("seeds/"))[:3]
    bundled, own = (
        list(geomap.Geoparser(recognizer=name, events=False).parse(documents))
        for name in ("encoder", f"encoder:{tmp_path}")
    )
    assert own == bundled


@pytest.mark.parametrize("data", ["[" * 100_000, "[]", "", '{"tuned_from": "a", "weights": [[1], [1, 2]]}'])
def test_a_file_that_is_no_model_is_refused_in_words(data: str, tmp_path: Path) -> None:
    (tmp_path / "recognizer.json").write_text(data)
    with pytest.raises(geomap.ModelNotFoundError, match="cannot be read as a model of a recogniser"):
        load_own_tags(tmp_path / "recognizer.json", model_file("encoder"))


def test_gold_that_the_recogniser_already_reads_so_is_refused(tmp_path: Path) -> None:
    texts = (row.text for row in read_gold(regiments(tmp_path / "gold.jsonl")))
    parser = geomap.Geoparser(events=False)
    rows = []
    for parsed in parser.parse(geomap.Document(id=str(at), text=text) for at, text in enumerate(texts)):
        spans = [{"start": mention.start, "end": mention.end} for mention in parsed.mentions]
        rows.append({"text": parsed.document.text, "toponyms": spans})
    gold = tmp_path / "own.jsonl"
    gold.write_text("".join(json.dumps(row) + "\n" for row in rows))
    code, said = train("--on", gold, "-o", tmp_path / "mine")
    assert code == 1
    assert " names in 20 reports, each read by a model that had not seen it: F1 1.000 before, " in said
    assert "does no better than chance would, so nothing was written; mark more, or give --even-if-worse" in said
    assert not (tmp_path / "mine").exists()
    assert train("--on", gold, "-o", tmp_path / "mine", "--even-if-worse")[0] == 0
    assert (tmp_path / "mine" / "recognizer.json").exists()


def test_too_few_names_are_refused(tmp_path: Path) -> None:
    code, said = train("--on", regiments(tmp_path / "gold.jsonl", reports=3), "-o", tmp_path / "mine")
    assert code == 1
    assert "has 9 marked names; 50 or more are needed to tell whether it helps; mark more" in said


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('{"text": "Goma"', "line 2: malformed JSON"),
        ('{"text": "Goma", "toponyms": [{"start": 0, "end": 9}]}', "line 2: toponym 1 is at 0 to 9"),
        ('{"text": "Goma", "toponyms": [], "not_places": [{"start": 9}]}', "line 2: not_places 1 has no whole numbers"),
    ],
)
def test_bad_gold_is_named_with_its_line(line: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "gold.jsonl").write_text(f'{{"text": "Goma", "toponyms": []}}\n{line}\n')
    code, said = train("--on", tmp_path / "gold.jsonl", "-o", tmp_path / "mine")
    assert (code, message in " ".join(said.split())) == (1, True), said


@pytest.mark.parametrize("rows", [[{"text": "", "toponyms": []}], [{"text": "Nothing.", "toponyms": []}] * 2])
def test_gold_that_marks_nothing_is_refused(rows: list[Any], tmp_path: Path) -> None:
    (tmp_path / "gold.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    code, said = train("--on", tmp_path / "gold.jsonl", "-o", tmp_path / "mine")
    assert code == 1
    assert "has 0 marked names" in said


def test_words_that_nobody_looked_at_teach_what_the_recogniser_says(tmp_path: Path) -> None:
    text = "The Second Kansas Volunteers rode from Chattanooga to Decatur."
    row = {"text": text, "toponyms": [{"start": 39, "end": 50}], "not_places": [{"start": 11, "end": 17}]}
    (tmp_path / "gold.jsonl").write_text(json.dumps(row))
    (gold,) = read_gold(tmp_path / "gold.jsonl")
    recogniser = TrainedRecognizer(load_gazetteer())
    read = tuning._read(gold, recogniser)
    (words,) = tuning.words_of(read)
    (window,) = read.windows
    assert len(words.weights) < len(window.spans)
    begins = words.allowed[:, TAGS.index("B-PLACE")]
    assert sorted(words.weights[begins].tolist()) == [tuning.UNSEEN_WEIGHT, 1.0]
    assert (words.weights[~begins] > tuning.UNSEEN_WEIGHT).sum() == 2  # Kansas, and one that stands for ten sure ones
    found = tuning._found(read, recogniser, None)
    assert (found.wanted, found.right, found.needless) == (1, 1, 1)  # Decatur is not judged


def test_a_run_knows_what_its_own_model_holds_and_not_where_it_lies(tmp_path: Path) -> None:
    digests = []
    for folder, weight in (("a", 0.0), ("b", 0.0), ("b", 1.0)):
        (tmp_path / folder).mkdir(exist_ok=True)
        own = own_tags_json(OwnTags(ZEROS + np.float32(weight)), model_file("encoder"))
        (tmp_path / folder / "recognizer.json").write_text(own)
        digests.append(origin_of(Settings(recognizer=f"encoder:{tmp_path / folder}")).digest())
    assert digests[0] == digests[1] != digests[2]
    assert digests[0] != origin_of(Settings()).digest()


def test_a_model_trained_anew_is_not_mistaken_for_the_kept_one(tmp_path: Path) -> None:
    forget_parsers()
    told = []
    for weight in (0.0, 30.0):
        weights = ZEROS.copy()
        weights[0, 0] = weight  # of "no place"
        (tmp_path / "recognizer.json").write_text(own_tags_json(OwnTags(weights), model_file("encoder")))
        told.append(geomap.geoparse("Shelling hit Pokrovsk.", recognizer=f"encoder:{tmp_path}").parsed.mentions)
    assert [len(mentions) for mentions in told] == [1, 0]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (None, "cannot be read as a model of a recogniser"),
        ("{", "cannot be read as a model of a recogniser"),
        ('{"tuned_from": "", "weights": [[1, 2], [3]]}', "cannot be read as a model of a recogniser"),
        ('{"tuned_from": "", "weights": [[1, 2]]}', "is damaged"),
        ('{"tuned_from": "", "weights": [[NaN, 0, 0, 0, 0]]}', "is damaged"),
        ('{"tuned_from": "", "weights": [[0, 0, 0, 0, 0]]}', "was trained on another model than 'encoder' is now"),
    ],
)
def test_a_model_that_cannot_be_used_says_how_to_make_it_again(
    content: str | None, problem: str, tmp_path: Path
) -> None:
    if content is not None:
        (tmp_path / "recognizer.json").write_text(content)
    remedy = "train it again with this version: geomap train recognizer"
    with pytest.raises(geomap.ModelNotFoundError, match=f"{problem}.*{remedy}") as told:
        geomap.Geoparser(recognizer=f"encoder:{tmp_path / 'recognizer.json'}", events=False)
    assert "install geomap again" not in str(told.value)


def test_a_gain_counts_by_reports_and_not_by_names() -> None:
    assert by_chance([]) == by_chance([0, 0]) == 1.0
    assert by_chance([1, 1, 1, 1]) == 1 / 16
    assert by_chance([40]) == 0.5  # all in one report
    assert by_chance([-1, -1]) == 1.0
    assert by_chance([2] * 20) < 0.001 < 0.3 < by_chance([1, -1] * 10)


def test_parts_are_of_reports_that_stand_together_and_none_is_empty() -> None:
    assert [(part.start, part.stop) for part in parts_of(7)] == [(0, 1), (1, 2), (2, 4), (4, 5), (5, 7)]
    assert [(part.start, part.stop) for part in parts_of(2)] == [(0, 1), (1, 2)]
    assert list(parts_of(0)) == []
