"""Going on with the bundled ranker on a user's own gold, for ``geomap train resolver``. Needs LightGBM.

The bundled ensembles stay as they are; a few small trees are added to the second, fitted to what is left to explain in
the user's gold. Reports made up from the gazetteer are learnt along, so that what the ranker knew is not unlearnt.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import comb
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language

from geomap.evaluation.gold import GoldDocument, GoldToponym
from geomap.evaluation.hits import GoldPlace, gold_place
from geomap.gazetteers import load_gazetteer
from geomap.gazetteers.database import SqliteGazetteer
from geomap.recognizers.trained import encoder_pipeline
from geomap.resolvers.answering import decide
from geomap.resolvers.name_features import Floats
from geomap.resolvers.ranker_features import FEATURES, first_likelihood, none_row, rows_of
from geomap.resolvers.ranking import ArrayBuilder, known_likelihood, scores_of, shares
from geomap.resolvers.trees import MODEL_PATH, Trees, load_model, trees_to_json
from geomap.training.gold_reports import TOWN_KM, GoldReport, gold_report, unmarked
from geomap.training.held_back import CHANCE, parts_of
from geomap.training.listwise import SETTINGS, Groups, fit, joined
from geomap.training.own_reports import own_reports
from geomap.training.resolver import Answer, Lesson, answer_of, group_of, lessons_of
from geomap.training.told_reports import acted_reports, told_reports
from geomap.types import Mention

ROUNDS = 100
SETTINGS_OF_FEW: Mapping[str, Any] = {**SETTINGS, "num_leaves": 4, "min_data_in_leaf": 10}
"""Fewer and smaller trees than the ranker's own, as a user has hundreds of names rather than thousands."""

LEFT_OUT = 0.5
"""Share of names that are also shown without their right candidates."""

NOWHERE_WEIGHT = 3.0
"""How much more a name counts of which no candidate is right. Learnt from 100 Civil War reports, 366 names of 80 others
gained 10 and lost 1 with this and the share above; with 1 and the ranker's own share of .15 they gained 1 and lost 5:
the added trees answered too much."""

OWN_SHARE = 3
"""Every third of the made-up reports is learnt along, and the next one of three is held back."""

OWN_WEIGHT = 0.2
SEED = 7

_LEVEL_ELSEWHERE = FEATURES.index("level_elsewhere")
_AREAS = ("PCL", "ADM", "RGN", "CONT", "AREA", "SEA", "OCN", "LAKE", "STM", "MTS", "ISL")


@dataclass(frozen=True, slots=True)
class Case:
    """A lesson with what the bundled model makes of it."""

    lesson: Lesson
    rows: Floats
    """Of the second pass."""
    known: Floats
    """What the second pass takes for granted."""
    scores: Floats
    """Of the rows, by the bundled trees and the rules."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many names of parts that were held back went right: the place found, or nothing where no candidate is it."""

    names: int
    before: int
    """Right by the bundled model."""
    after: int
    """Right by models that had not seen the report."""
    gained: int
    """Wrong before and right after."""
    lost: int
    """Right before and wrong after."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tuned:
    """What training on a user's gold gives."""

    model: Mapping[str, Any]
    """The contents of the model file."""
    documents: int
    own: Count
    """On the user's gold, each report by trees that had not seen it."""
    made_up: Count
    """On made-up reports that were not learnt from."""

    @property
    def is_better(self) -> bool:
        """Whether more names went right than chance alone would bring, and of made-up ones lost one in 200 at most."""
        changed = self.own.gained + self.own.lost
        as_many = sum(comb(changed, gained) for gained in range(self.own.gained, changed + 1)) / 2**changed
        return as_many <= CHANCE and self.made_up.before - self.made_up.after <= self.made_up.names / 200


def tune(marked: Iterable[GoldDocument], choice: str | None = None) -> Tuned:
    """Return the bundled ranker with trees added that fit a user's gold, and how it does on reports held back.

    Parameters
    ----------
    marked
        Reports with marked names: what is not marked is read along and says nothing.
    choice
        The gazetteer, as `load_gazetteer` takes it.
    """
    gazetteer = load_gazetteer(choice)
    build, model = ArrayBuilder(gazetteer), load_model()
    recognise = encoder_pipeline("", gazetteer=choice, demonyms=False)
    read = (_read_gold(one, gazetteer, recognise) for one in marked)
    own = [_case(lesson) for lesson in own_lessons(read, build)]
    made = _made_up(gazetteer)
    along, aside = (
        [_case(lesson) for lesson in lessons_of(part, build, weight=OWN_WEIGHT)]
        for part in (made[::OWN_SHARE], made[1::OWN_SHARE])
    )
    pairs: list[tuple[NDArray[np.bool_], NDArray[np.bool_]]] = []
    for part in parts_of(len(own)):
        added = added_trees([*own[: part.start], *own[part.stop :], *along])
        pairs += [_compared(case, added) for case in own[part]]
    added = added_trees(own + along)
    apart = [_compared(case, added) for case in aside]
    second = Trees(
        features=np.concatenate([model.second.features, added.features]),
        thresholds=np.concatenate([model.second.thresholds, added.thresholds]),
        values=np.concatenate([model.second.values, added.values]),
    )
    return Tuned(
        model=_stored(second),
        documents=len(own),
        own=_count(pairs),
        made_up=_count(apart),
    )


def own_lessons(read: Iterable[tuple[GoldReport, Sequence[Mention]]], build: ArrayBuilder) -> Iterator[Lesson]:
    """Yield what the user's reports teach: the marked names, each among all that the recogniser finds."""
    for gold, others in read:
        taught = dict(zip(((m.start, m.end) for m in gold.mentions), gold.places, strict=True))
        mentions = sorted((*gold.mentions, *others), key=lambda mention: (mention.start, mention.end))
        if not taught:
            continue
        arrays = build.arrays(gold.document, gold.sentences, mentions)
        answers: list[Answer | None] = []
        for name, place in zip(arrays.names, arrays.places, strict=True):
            mention = name.mention
            asked = name.is_mention and (mention.start, mention.end) in taught and bool(place.candidates)
            told = taught[mention.start, mention.end] if asked else None
            answer = answer_of(place, told, 1.0, demonym=mention.demonym, counts=True) if asked else None
            answers.append(_weighed(answer) if answer else None)
        if any(answers):
            yield Lesson(0, arrays, tuple(answers))


def _weighed(answer: Answer) -> Answer:
    return answer if answer.target.any() else replace(answer, weight=NOWHERE_WEIGHT * answer.weight)


def _read_gold(one: GoldDocument, gazetteer: SqliteGazetteer, recognise: Language) -> tuple[GoldReport, list[Mention]]:
    """Return a user's report with its marked names, and what else the recogniser finds in it."""
    gold = _gold(one, gazetteer)
    return gold, unmarked(gold, recognise(one.text)._.geomap_mentions)


def _gold(one: GoldDocument, gazetteer: SqliteGazetteer) -> GoldReport:
    return gold_report(one.document(given=False), one.toponyms, (_place(each, gazetteer) for each in one.toponyms))


def _place(toponym: GoldToponym, gazetteer: SqliteGazetteer) -> GoldPlace | None:
    place, entry = gold_place(toponym, gazetteer), gazetteer.entry(toponym.entry_id) if toponym.entry_id else None
    if place is None:
        return None
    code = entry.feature_code if entry else toponym.feature_code
    is_town = bool(code) and not code.startswith(_AREAS)
    return replace(place, feature_code=code, hit_km=TOWN_KM if is_town else place.hit_km)


def _made_up(gazetteer: SqliteGazetteer) -> list[GoldReport]:
    return [one for made in (own_reports, told_reports, acted_reports) for one in made(gazetteer, seed=SEED)]


def _case(lesson: Lesson) -> Case:
    model, arrays = load_model(), lesson.arrays
    first = shares(arrays, scores_of(arrays, model.first, rows_of(arrays, first_likelihood(arrays))))
    known = known_likelihood(arrays, *first)
    rows = rows_of(arrays, known)
    return Case(lesson, rows, known, scores_of(arrays, model.second, rows))


def added_trees(cases: Sequence[Case]) -> Trees:
    """Return the trees that explain what the bundled ones leave."""
    chance = np.random.default_rng(SEED).random
    taught = [part for case in cases for part in _taught(case, chance)]
    start = np.concatenate([scores for _, scores in taught])
    return fit(joined([group for group, _ in taught]), rounds=ROUNDS, seed=SEED, start=start, settings=SETTINGS_OF_FEW)


def _taught(case: Case, chance: Callable[[], float]) -> Iterator[tuple[Groups, Floats]]:
    """Yield a group of rows a name with the scores that it starts from: its candidates, then "none of these".

    As in the ranker's own training some names come again without their right candidates, to learn when none fits.
    """
    arrays = case.lesson.arrays
    for index, answer in enumerate(case.lesson.answers):
        if answer is None:
            continue
        own, none = slice(arrays.starts[index], arrays.starts[index + 1]), len(arrays.owner) + index
        rows, scores = case.rows[own], case.scores[own]
        yield group_of(rows, case.rows[none], answer.target, answer.weight), np.append(scores, case.scores[none])
        left = ~(answer.hits | (answer.target > 0))
        if answer.target.any() and left.any() and chance() < LEFT_OUT:
            best = none_row(rows[left][int(case.known[own][left].argmax())])
            without = group_of(rows[left], best, np.zeros(int(left.sum())), 0.5 * answer.weight)
            yield without, np.append(scores[left], load_model().second.scores(best[None, :]))


def right(case: Case, scores: Floats) -> NDArray[np.bool_]:
    """Return for each name with a place whether the scores choose it, or choose nothing where no candidate is it."""
    arrays = case.lesson.arrays
    likelihood, none = shares(arrays, scores)
    decided = decide(arrays, likelihood, none, elsewhere=case.rows[:, _LEVEL_ELSEWHERE] > 0)
    found = []
    for index, answer in enumerate(case.lesson.answers):
        if answer is not None and answer.counts:
            rows = decided.left.get(index, [])
            hits = answer.hits
            found.append(bool(hits[rows[0] - arrays.starts[index]]) if rows else not hits.any())
    return np.array(found, dtype=bool)


def _compared(case: Case, added: Trees) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return what goes right by the bundled trees, and with the added ones."""
    return right(case, case.scores), right(case, case.scores + added.scores(case.rows))


def _count(pairs: Sequence[tuple[NDArray[np.bool_], NDArray[np.bool_]]]) -> Count:
    before, after = (np.concatenate([pair[side] for pair in pairs] or [np.zeros(0, dtype=bool)]) for side in (0, 1))
    return Count(
        names=len(before),
        before=int(before.sum()),
        after=int(after.sum()),
        gained=int((after & ~before).sum()),
        lost=int((before & ~after).sum()),
    )


def _stored(second: Trees) -> dict[str, Any]:
    """Return the contents of the bundled model's file with another second ensemble."""
    data = MODEL_PATH.read_bytes()
    bundled = json.loads(data)
    kept = {name: bundled[name] for name in ("features", "first", "raw", "calibrated")}
    return {**kept, "second": trees_to_json(second), "tuned_from": hashlib.sha256(data).hexdigest()}
