"""Train the ranker: ``python -m geomap.training.resolver CORPORA`` writes ``geomap/models/resolver.json``.

Both passes are cross-fitted by document, so that the second learns from likelihoods as the first gives them for
documents it has not seen, and the confidence is fitted to winners in documents that neither pass has seen. Same
corpora, same gazetteer, same bytes.
"""

import argparse
import json
import sys
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from geomap.bundle import record_models
from geomap.evaluation.hits import GoldPlace, apart_km, is_hit, is_same
from geomap.gazetteers import load_gazetteer
from geomap.gazetteers.database import SqliteGazetteer
from geomap.resolvers.answering import decide
from geomap.resolvers.candidate_arrays import CandidateArrays
from geomap.resolvers.confidence import same_spot
from geomap.resolvers.name_features import ADMIN1, ADMIN2, COUNTRY, SETTLEMENT, Floats, NamedPlaces
from geomap.resolvers.ranker_features import FEATURES, first_likelihood, none_row, rows_of
from geomap.resolvers.ranking import ArrayBuilder, known_likelihood, scores_of, shares
from geomap.resolvers.trees import MODEL_PATH, Trees, mean_of, trees_to_json
from geomap.training.gold_reports import GoldReport, event_reports, gold_reports, with_false_alarms
from geomap.training.listwise import Groups, fit, joined
from geomap.training.own_reports import own_reports
from geomap.training.told_reports import acted_reports, told_reports

CORPORA = {"lgl": 1.0, "trnews": 2.0}
"""Corpora learnt from, and the weight of a mention: LGL is American local news, TR-News world news."""

ANONYMOUS = 0.5
"""Share of that weight that goes to the same documents without their outlets, which many reports do not name."""

OWN_WEIGHT = 0.2
"""Weight of a mention in reports made up from the gazetteer."""

ACTED_WEIGHT = 0.25
"""The same in those that name actors from far away, of which the corpora hold few."""

EVENT_REPORTS_WEIGHT = 2.0
"""Weight of a mention in the event reports: front-line lists and situation reports from the world's wars."""

FOLDS = 5
ROUNDS = (200, 250)
"""Trees of each ensemble of the first and the second pass."""

SEEDS = (7, 8)
"""Ensembles that are averaged in each pass."""
LEFT_OUT = 0.15
"""Share of mentions that are also shown without their right candidates, to learn when none fits."""

NOWHERE_WEIGHT = 0.5
"""Weight of a mention without a gold place beside one with a place."""

_LEVEL_ELSEWHERE = FEATURES.index("level_elsewhere")
_LEVELS = {"PCL": COUNTRY, "ADM1": ADMIN1, "ADM2": ADMIN2, "PPL": SETTLEMENT}
_REGION_CODES = ("CONT", "RGN", "OCN", "SEA", "GULF", "ISLS", "PEN", "STRT", "MTS", "AREA")


@dataclass(frozen=True, slots=True)
class Answer:
    """What is known of one name of a document."""

    target: Floats
    """How probable each candidate is to be right; all 0 when none is."""
    hits: NDArray[np.bool_]
    weight: float
    counts: bool
    """Whether the name is scored, and not only learnt from."""


@dataclass(frozen=True, slots=True)
class Winners:
    """The winners of the scored names, NIL left out; one value a winner in each array."""

    raw: Floats
    """Likelihood of the winner's spot."""
    right: Floats
    """1 where it is a hit, else 0."""
    weights: Floats
    """As in training."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """A document to learn from."""

    fold: int
    arrays: CandidateArrays
    answers: tuple[Answer | None, ...]


def lessons_of(
    documents: Iterable[GoldReport], build: ArrayBuilder, *, weight: float, counts: bool = True
) -> list[Lesson]:
    """Return the documents that have candidates to choose from."""
    lessons = []
    for gold in documents:
        places = dict(zip(((m.start, m.end) for m in gold.mentions), gold.places, strict=True))
        arrays = build.arrays(gold.document, gold.sentences, gold.mentions)
        if not len(arrays.owner):
            continue
        answers = tuple(
            answer_of(
                place, places[name.mention.start, name.mention.end], weight, demonym=name.mention.demonym, counts=counts
            )
            if name.is_mention and place.candidates
            else None
            for name, place in zip(arrays.names, arrays.places, strict=True)
        )
        lessons.append(Lesson(zlib.crc32(gold.document.id.encode()) % FOLDS, arrays, answers))
    return lessons


def answer_of(
    place: NamedPlaces, gold: GoldPlace | None, weight: float, *, demonym: bool, counts: bool
) -> Answer | None:
    """Return what the gold place says about a name's candidates.

    Without gold coordinates, "none of these" is right when all candidates are towns and districts: streets and
    neighbourhoods are such. Regions are told by their kind, as gazetteers differ in their coordinates.
    """
    nothing = np.zeros(len(place.candidates))
    if gold is None:
        local = bool(np.isin(place.levels, (SETTLEMENT, ADMIN2)).all())
        return Answer(nothing, nothing > 0, NOWHERE_WEIGHT * weight, counts=False) if local and not demonym else None
    entries = [candidate.entry for candidate in place.candidates]
    hits = np.array([is_hit(entry, gold, blurred=True) for entry in entries])
    target = np.array([float(is_same(entry, gold)) for entry in entries])
    if target.any():
        target[(target == 0) & hits] = 0.1
    elif hits.any():
        level = next((value for code, value in _LEVELS.items() if gold.feature_code.startswith(code)), None)
        fits = np.where((place.levels == level) | (level is None), 1.0, 0.2)
        target = hits * fits / (1 + np.array([apart_km(entry, gold) for entry in entries]) / 15)
    elif gold.feature_code in _REGION_CODES:
        target = np.array([float(entry.feature_code in _REGION_CODES) for entry in entries])
    total = target.sum()
    return Answer(target / total if total else target, hits, weight if total else 0.7 * weight, counts=counts)


def groups_of(lesson: Lesson, likelihood: Floats, chance: Callable[[], float]) -> Groups | None:
    """Return the training rows of a document; ``None`` when it has none."""
    rows, arrays = rows_of(lesson.arrays, likelihood), lesson.arrays
    parts = []
    for index, answer in enumerate(lesson.answers):
        if answer is None:
            continue
        own = slice(arrays.starts[index], arrays.starts[index + 1])
        none = rows[len(arrays.owner) + index]
        found = bool(answer.target.any())
        parts.append(group_of(rows[own], none, answer.target, answer.weight))
        left = ~(answer.hits | (answer.target > 0))
        if found and left.any() and chance() < LEFT_OUT:
            rest = rows[own][left]
            best = none_row(rest[int(likelihood[own][left].argmax())])
            parts.append(group_of(rest, best, np.zeros(len(rest)), 0.5 * answer.weight))
    return joined(parts) if parts else None


def group_of(rows: Floats, none: Floats, target: Floats, weight: float) -> Groups:
    """Return the rows of a name's candidates with that of "none of these", which is right where no other is."""
    return Groups(
        rows=np.concatenate([rows, none[None, :]]),
        target=np.append(target, 0.0 if target.any() else 1.0),
        sizes=np.array([len(rows) + 1]),
        weights=np.array([weight]),
    )


def trained(lessons: Sequence[Lesson], likelihoods: Sequence[Floats], *, rounds: int) -> Trees:
    """Return the ensemble of one pass: the mean of one a seed."""
    chance = np.random.default_rng(SEEDS[0]).random
    parts = [groups_of(lesson, known, chance) for lesson, known in zip(lessons, likelihoods, strict=True)]
    groups = joined([part for part in parts if part])
    return mean_of([fit(groups, rounds=rounds, seed=seed) for seed in SEEDS])


def cross_fitted(
    lessons: Sequence[Lesson], likelihoods: Sequence[Floats], *, rounds: int
) -> list[tuple[Floats, Floats]]:
    """Return the likelihoods of each document's rows by an ensemble that has not seen the document."""
    found: list[tuple[Floats, Floats]] = [(np.zeros(0), np.zeros(0))] * len(lessons)
    for fold in range(FOLDS):
        seen = [index for index, lesson in enumerate(lessons) if lesson.fold != fold]
        trees = trained([lessons[i] for i in seen], [likelihoods[i] for i in seen], rounds=rounds)
        for index, lesson in enumerate(lessons):
            if lesson.fold == fold:
                found[index] = shares(
                    lesson.arrays, scores_of(lesson.arrays, trees, rows_of(lesson.arrays, likelihoods[index]))
                )
    return found


def winners(lessons: Sequence[Lesson], likelihoods: Sequence[tuple[Floats, Floats]]) -> Winners:
    """Return the winners that the likelihoods of rows and of "none of these" make."""
    found = []
    for lesson, (likelihood, none) in zip(lessons, likelihoods, strict=True):
        arrays = lesson.arrays
        decided = decide(arrays, likelihood, none, elsewhere=arrays.fixed[:, _LEVEL_ELSEWHERE] > 0)
        for index, answer in enumerate(lesson.answers):
            rows = decided.left.get(index)
            if answer is not None and answer.counts and rows:
                raw = float(likelihood[rows][same_spot(arrays, rows)].sum())
                found.append((raw, float(answer.hits[rows[0] - arrays.starts[index]]), answer.weight))
    table = np.array(found)
    return Winners(raw=table[:, 0], right=table[:, 1], weights=table[:, 2])


def isotonic(found: Winners, *, least: int = 25) -> tuple[Floats, Floats]:
    """Return a rising curve from likelihoods to shares of right answers: its corners.

    Pools neighbours that fall until none does (Ayer et al., 1955), after pooling ``least`` at a time.
    """
    order = np.argsort(found.raw, kind="stable")
    blocks: list[tuple[float, float, float]] = []
    for chunk in np.array_split(order, max(1, len(order) // least)):
        weights = found.weights[chunk]
        block = (
            float(np.average(found.raw[chunk], weights=weights)),
            float(np.average(found.right[chunk], weights=weights)),
            float(weights.sum()),
        )
        while blocks and blocks[-1][1] >= block[1]:
            x, y, weight = blocks.pop()
            total = weight + block[2]
            block = (
                (x * weight + block[0] * block[2]) / total,
                (y * weight + block[1] * block[2]) / total,
                total,
            )
        blocks.append(block)
    return np.array([block[0] for block in blocks]), np.array([block[1] for block in blocks])


def all_lessons(corpora: Path, gazetteer: SqliteGazetteer) -> list[Lesson]:
    """Return what there is to learn from: the train splits in a folder, then made-up reports that are not scored."""
    build = ArrayBuilder(gazetteer)
    lessons = []
    for name, weight in CORPORA.items():
        gold = gold_reports(corpora / f"{name}.jsonl", gazetteer, split="train")
        documents = tuple(with_false_alarms(gold, gazetteer=str(gazetteer.path)))
        anonymous = (replace(known, document=replace(known.document, source="", url="")) for known in documents)
        lessons += lessons_of(documents, build, weight=(1 - ANONYMOUS) * weight)
        lessons += lessons_of(anonymous, build, weight=ANONYMOUS * weight)
    given = event_reports(corpora / "event_reports.jsonl", gazetteer, split="train")
    lessons += lessons_of(given, build, weight=EVENT_REPORTS_WEIGHT)
    for made, weight in (
        (own_reports, OWN_WEIGHT),
        (told_reports, OWN_WEIGHT),
        (acted_reports, ACTED_WEIGHT),
    ):
        lessons += lessons_of(made(gazetteer, seed=SEEDS[0]), build, weight=weight, counts=False)
    return lessons


def train(corpora: Path, gazetteer: str | None) -> dict[str, object]:
    """Return the contents of a model file trained on the train splits in a folder."""
    with load_gazetteer(gazetteer) as places:
        lessons = all_lessons(corpora, places)
    prior = [first_likelihood(lesson.arrays) for lesson in lessons]
    once = cross_fitted(lessons, prior, rounds=ROUNDS[0])
    known = [known_likelihood(lesson.arrays, *shared) for lesson, shared in zip(lessons, once, strict=True)]
    found = winners(lessons, cross_fitted(lessons, known, rounds=ROUNDS[1]))
    corners = isotonic(found)
    return {
        "features": list(FEATURES),
        "first": trees_to_json(trained(lessons, prior, rounds=ROUNDS[0])),
        "second": trees_to_json(trained(lessons, known, rounds=ROUNDS[1])),
        "raw": np.round(corners[0], 4).tolist(),
        "calibrated": np.round(corners[1], 4).tolist(),
    }


def main() -> int:
    """Train and write the model."""
    parser = argparse.ArgumentParser(prog="python -m geomap.training.resolver", description=__doc__)
    parser.add_argument("corpora", type=Path, help="folder with lgl.jsonl, trnews.jsonl and event_reports.jsonl")
    parser.add_argument("-o", "--output", type=Path, default=MODEL_PATH)
    parser.add_argument("--gazetteer", default=None, help="gazetteer database; the bundled one by default")
    arguments = parser.parse_args()
    model = train(arguments.corpora, arguments.gazetteer)
    arguments.output.write_text(json.dumps(model, separators=(",", ":")) + "\n", encoding="utf-8")
    if arguments.output == MODEL_PATH:
        record_models()
    sys.stderr.write(f"wrote {arguments.output}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
