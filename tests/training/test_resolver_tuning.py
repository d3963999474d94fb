"""``geomap train resolver``: the ranker gone on with on a user's own gold."""

import json
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

import geomap
from geomap.cli.app import app
from geomap.evaluation.gold import read_gold
from geomap.gazetteers import load_gazetteer
from geomap.kept_parsers import forget_parsers
from geomap.resolvers.ranking import ArrayBuilder
from geomap.resolvers.trees import MODEL_PATH, Trees, load_model
from geomap.training import resolver_tuning as tuning
from geomap.training.gold_reports import GoldReport
from geomap.training.listwise import Groups
from geomap.training.own_reports import own_reports

TEMPLATE = "Fire crews were called to {} on Friday, the county said."


@pytest.fixture(scope="module")
def made_up() -> list[GoldReport]:
    return list(islice(own_reports(load_gazetteer(), seed=1), 60))


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch, made_up: list[GoldReport]) -> None:
    monkeypatch.setattr(tuning, "_made_up", lambda _: made_up)  # 60 of them instead of 2,400


@pytest.fixture(scope="module")
def namesakes() -> list[tuple[str, Any, Any]]:
    """Return names with the best known town that bears each, and one that is less so."""
    gazetteer = load_gazetteer()
    rows = gazetteer.connection().execute(
        "SELECT name FROM entry WHERE feature_class = 'P' AND country_code = 'US' "
        "AND population BETWEEN 30000 AND 90000 ORDER BY name"
    )
    found = []
    for name in dict.fromkeys(name for (name,) in rows):
        towns = [
            e for e in gazetteer.lookup(name) if e.level == "settlement" and e.name == name and e.country_code == "US"
        ]
        if len(towns) >= 2 and towns[1].population > 2000:
            found.append((name, towns[0], towns[1]))
    return found[:60]


def gold(path: Path, namesakes: list[tuple[str, Any, Any]], *, lesser: bool) -> Path:
    rows = []
    for name, known, less in namesakes:
        entry, text = (less if lesser else known), TEMPLATE.format(name)
        place = {"lat": entry.latitude, "lon": entry.longitude, "entry_id": entry.id, "fcode": entry.feature_code}
        span = {"start": text.index(name), "end": text.index(name) + len(name)}
        rows.append({"doc_id": name, "text": text, "split": "train", "toponyms": [span | place]})
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def train(*arguments: object) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["train", "resolver", *map(str, arguments)])
    return done.exit_code, done.output


def surprise(taught: list[tuple[Groups, Any]], added: Trees | None) -> float:
    """Return the cross-entropy of what is taught and what the scores make of it."""
    total = 0.0
    for group, start in taught:
        scores = start if added is None else start + added.scores(group.rows)
        chances = np.exp(scores - scores.max())
        total -= float(group.weights[0]) * float(group.target @ np.log(chances / chances.sum()))
    return total


def test_what_is_taught_becomes_less_surprising(namesakes: list[tuple[str, Any, Any]], tmp_path: Path) -> None:
    gazetteer = load_gazetteer()
    marked = read_gold(gold(tmp_path / "gold.jsonl", namesakes, lesser=True))
    read = [(tuning._gold(one, gazetteer), ()) for one in marked]
    cases = [tuning._case(lesson) for lesson in tuning.own_lessons(read, ArrayBuilder(gazetteer))]
    assert len(cases) == len(namesakes)
    chance = np.random.default_rng(tuning.SEED).random
    taught = [part for case in cases for part in tuning._taught(case, chance)]
    assert surprise(taught, tuning.added_trees(cases)) < 0.98 * surprise(taught, None)


def test_a_model_is_written_with_its_card_and_can_be_used(
    namesakes: list[tuple[str, Any, Any]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    marked = gold(tmp_path / "gold.jsonl", namesakes, lesser=True)
    code, said = train("--on", marked, "-o", "mine", "--even-if-worse")
    assert code == 0, said
    assert "wrote mine; use it with: --resolver ranker:mine" in said
    card = (tmp_path / "mine" / "CARD.md").read_text("utf-8")
    assert "gold.jsonl" in card
    assert str(tmp_path) not in card
    bundled, own = load_model(), load_model(tmp_path / "mine" / "resolver.json")
    assert own.first.values.tolist() == bundled.first.values.tolist()
    assert own.second.values[: len(bundled.second.values)].tolist() == bundled.second.values.tolist()
    assert len(own.second.values) == len(bundled.second.values) + tuning.ROUNDS
    forget_parsers()
    text = TEMPLATE.format(namesakes[0][0])
    told = [geomap.geoparse(text, resolver=resolver).parsed.resolutions for resolver in ("ranker", "ranker:mine")]
    assert told[0][0].candidates[0].score != told[1][0].candidates[0].score
    first = (tmp_path / "mine" / "resolver.json").read_bytes()
    assert train("--on", marked, "-o", "again", "--even-if-worse")[0] == 0
    assert (tmp_path / "again" / "resolver.json").read_bytes() == first


def test_a_result_counts_as_better_when_chance_does_not_explain_it_and_little_else_is_lost() -> None:
    def better(*, gained: int, lost: int, made_up: int) -> bool:
        own = tuning.Count(names=100, before=80, after=80 + gained - lost, gained=gained, lost=lost)
        other = tuning.Count(names=1000, before=900, after=900 - made_up, gained=0, lost=made_up)
        return tuning.Tuned(model={}, documents=50, own=own, made_up=other).is_better

    assert better(gained=7, lost=2, made_up=5)
    assert better(gained=4, lost=0, made_up=0)
    assert not better(gained=0, lost=0, made_up=0)
    assert not better(gained=3, lost=0, made_up=0)  # one time in eight by chance
    assert not better(gained=7, lost=3, made_up=0)
    assert not better(gained=9, lost=0, made_up=6)


def test_a_model_that_does_no_better_is_not_written(namesakes: list[tuple[str, Any, Any]], tmp_path: Path) -> None:
    code, said = train("--on", gold(tmp_path / "gold.jsonl", namesakes, lesser=False), "-o", tmp_path / "mine")
    assert code == 1
    assert "does no better than chance would, so nothing was written; mark more, or give --even-if-worse" in said
    assert not (tmp_path / "mine").exists()


def test_too_few_names_are_refused(namesakes: list[tuple[str, Any, Any]], tmp_path: Path) -> None:
    code, said = train("--on", gold(tmp_path / "gold.jsonl", namesakes[:7], lesser=True), "-o", tmp_path / "mine")
    assert code == 1
    assert "7 marked names" in said
    assert "50 or more are needed" in said


@pytest.mark.parametrize("rows", [[], [{"text": "Nothing.", "toponyms": []}], [{"text": "", "toponyms": []}]])
def test_gold_that_marks_nothing_is_refused(rows: list[Any], tmp_path: Path) -> None:
    (tmp_path / "gold.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    code, said = train("--on", tmp_path / "gold.jsonl", "-o", tmp_path / "mine")
    assert code == 1
    assert "error: " in said
    assert "Traceback" not in said


def test_a_place_to_write_to_that_is_none_is_refused_before_the_work(tmp_path: Path) -> None:
    (tmp_path / "gold.jsonl").write_text("{}")
    assert "is a file; give a folder to -o" in train("--on", tmp_path / "x", "-o", tmp_path / "gold.jsonl")[1]
    assert "there is no such folder" in train("--on", tmp_path / "x", "-o", tmp_path / "no" / "mine")[1]


def test_a_model_of_ones_own_is_a_setting_like_any(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "resolver.json").write_bytes(MODEL_PATH.read_bytes())
    (tmp_path / "settings.toml").write_text('resolver = "ranker:mine"\n')
    config = geomap.Config.from_toml(tmp_path / "settings.toml")
    parser = geomap.Geoparser(resolver=config.resolver, recognizer="fast", events=False)
    (parsed,) = parser.parse([geomap.Document(id="a", text="Shelling hit Pokrovsk.")])
    assert parsed.resolutions[0].entry.id == "geonames:704422"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (None, "cannot be read as a model"),
        ("{", "cannot be read as a model"),
        ("[]", "holds no model"),
        ('{"first": 1, "second": 1, "raw": 1, "calibrated": 1, "features": ["a"]}', "was trained on other features"),
        ("damaged", "is damaged"),
    ],
)
def test_a_model_that_cannot_be_used_says_how_to_make_it_again(
    content: str | None, problem: str, tmp_path: Path
) -> None:
    if content == "damaged":
        content = json.dumps(json.loads(MODEL_PATH.read_text()) | {"second": {"values": 3}})
    if content is not None:
        (tmp_path / "resolver.json").write_text(content)
    with pytest.raises(geomap.ModelNotFoundError, match=f"{problem}.*train it again with this version: geomap train"):
        geomap.Geoparser(resolver=f"ranker:{tmp_path / 'resolver.json'}", recognizer="fast", events=False)


def test_a_resolver_without_models_takes_no_folder() -> None:
    with pytest.raises(geomap.ConfigError, match="'population' takes nothing behind a colon, got 'mine'"):
        geomap.Geoparser(resolver="population:mine", recognizer="fast")
