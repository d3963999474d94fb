"""The default resolver: a trained ranker over the gazetteer's candidates that looks at the whole document.

Two passes. The first ranks each mention's candidates, and "none of these", by name, wording and what the other places
may be; the second does so again, knowing what the first made of them. A candidate's likelihood is the softmax of the
scores; that of the winner's spot becomes the confidence by way of a table fitted to documents held back in training.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Self

import numpy as np

from geomap.errors import ModelNotFoundError
from geomap.gazetteers.remembered import Remembered
from geomap.language.relations import relations_of
from geomap.resolvers.candidates import CandidateFinder
from geomap.resolvers.containment import Containment
from geomap.resolvers.ranker.deciding import decide, is_alone, same_spot
from geomap.resolvers.ranker.features import FEATURES, first_likelihood, rows_of, rules_of
from geomap.resolvers.ranker.names import Floats, NamedPlaces, named_places
from geomap.resolvers.ranker.outlet import outlet_of
from geomap.resolvers.ranker.reasons import features_of
from geomap.resolvers.ranker.scene import Scene, scene_of
from geomap.resolvers.ranker.text import gives_telephone, local_cues, places_spoken_of, readings
from geomap.resolvers.ranker.trees import Trees, read_model, trees_from_json
from geomap.types import Candidate, Document, Gazetteer, Mention, Relation, Resolution, Sentence

MODEL_PATH = Path(__file__).resolve().parents[2] / "models" / "resolver.json"

ALONE_POWER = 2.0
"""A likelihood is raised to it where the document names nothing else: half of such winners on train were right (n 161)
where the likelihoods alone would have said three in four."""

EXACT_KM = 25.0
"""Confidence is that of being right to this distance: a place whose point may be off by more gets that much less."""

MOST_REMEMBERED = 16_000
"""Candidates, with their arrays, of names that are remembered: some 20 MB."""

MENTIONS_AT_ONCE = 500
"""Mentions of one scene: a longer document is read in parts, so that memory does not grow with it."""

EXPLAINED = 4
"""Candidates of a mention, the best ones, whose score is taken apart."""

_LEVEL_ELSEWHERE = FEATURES.index("level_elsewhere")


@dataclass(frozen=True, slots=True)
class Model:
    """What training leaves: two ensembles and how sure their winners are to be right."""

    first: Trees
    second: Trees
    raw: Floats
    """Likelihoods of winners, ascending."""
    calibrated: Floats
    """The share of winners of each of these likelihoods that are right, ascending."""


def load_model(path: Path = MODEL_PATH) -> Model:
    """Return a trained model, read once for each version of its file.

    Raises
    ------
    ModelNotFoundError
        If the file is missing, damaged, or made for other features than the program computes.
    """
    return _loaded(path, path.stat().st_mtime_ns if path.exists() else 0)


@lru_cache(maxsize=4)
def _loaded(path: Path, changed: int) -> Model:
    own = "train it again with this version: geomap train resolver --on GOLD -o FOLDER"
    bundled = "install geomap again: pip install --force-reinstall --no-deps geomap"
    remedy = bundled if path == MODEL_PATH else own
    stored = read_model(path, features=FEATURES, remedy=remedy)
    try:
        return Model(
            first=trees_from_json(stored["first"]),
            second=trees_from_json(stored["second"]),
            raw=np.array(stored["raw"], dtype=float),
            calibrated=np.array(stored["calibrated"], dtype=float),
        )
    except (LookupError, TypeError, ValueError) as error:
        raise ModelNotFoundError(f"{path}: is damaged ({error}); {remedy}") from error


class RankerResolver:
    """Resolves with a trained ranker.

    Parameters
    ----------
    gazetteer
        Where candidates come from.
    model
        A file that ``python -m geomap.training.resolver`` wrote, or a folder of ``geomap train resolver``; ``None`` is
        the bundled one.
    boundaries
        A file with areas of the user's own, which decide what lies in a container of their name.

    Raises
    ------
    ConfigError
        If the boundaries cannot be read.
    ModelNotFoundError
        If the model is missing or damaged.
    """

    def __init__(self, gazetteer: Gazetteer, *, model: Path | None = None, boundaries: Path | None = None) -> None:
        self.model = load_model(model_file(model) if model else MODEL_PATH)
        self.scenes = SceneBuilder(gazetteer, Containment(boundaries))

    def __call__(
        self,
        document: Document,
        sentences: Sequence[Sentence],
        mentions: Iterable[Mention],
        relations: Sequence[Relation] | None = None,
    ) -> tuple[Resolution, ...]:
        """Return one resolution a mention, in the same order; NIL where no entry fits."""
        mentions = tuple(mentions)
        if len(mentions) <= MENTIONS_AT_ONCE or not sentences:
            return self._resolved(document, sentences, mentions, relations)
        parts = (mentions[i : i + MENTIONS_AT_ONCE] for i in range(0, len(mentions), MENTIONS_AT_ONCE))
        return tuple(resolution for part in parts for resolution in self._resolved_alone(document, sentences, part))

    def _resolved_alone(
        self, document: Document, sentences: Sequence[Sentence], part: tuple[Mention, ...]
    ) -> Iterator[Resolution]:
        """Yield the resolutions of some mentions that follow each other, read as a document of their own."""
        first, last = part[0].sentence, part[-1].sentence
        start, end = sentences[first].start, max(sentences[last].end, part[-1].end)
        moved = tuple(replace(m, sentence=m.sentence - first, start=m.start - start, end=m.end - start) for m in part)
        inner = [
            replace(s, index=s.index - first, start=s.start - start, end=s.end - start)
            for s in sentences[first : last + 1]
        ]
        found = self._resolved(replace(document, text=document.text[start:end]), inner, moved, None)
        yield from (replace(resolution, mention=m) for resolution, m in zip(found, part, strict=True))

    def _resolved(
        self,
        document: Document,
        sentences: Sequence[Sentence],
        mentions: tuple[Mention, ...],
        relations: Sequence[Relation] | None,
    ) -> tuple[Resolution, ...]:
        if not mentions:
            return ()
        scene = self.scenes.scene(document, sentences, mentions, relations)
        chosen = {id(mention): Resolution(mention=mention, entry=None, confidence=0.0) for mention in mentions}
        if len(scene.owner):
            chosen.update((id(r.mention), r) for r in self._resolutions(scene))
        return tuple(chosen[id(mention)] for mention in mentions)

    def _resolutions(self, scene: Scene) -> list[Resolution]:
        """Return the resolutions of the mentions of a scene that have candidates."""
        first_rows = rows_of(scene, first_likelihood(scene))
        first = shares(scene, scores_of(scene, self.model.first, first_rows))
        second_rows = rows_of(scene, known_likelihood(scene, *first))
        likelihood, none = shares(scene, scores_of(scene, self.model.second, second_rows))
        decided = decide(scene, likelihood, none, elsewhere=second_rows[:, _LEVEL_ELSEWHERE] > 0)
        orders = decided.orders
        explained = self._reasons(scene, orders, first_rows, second_rows)
        found = []
        for index, name in enumerate(scene.spoken):
            if not name.is_mention:
                continue
            order = orders.get(index, [])
            candidates = tuple(
                _scored(scene, index, row, float(likelihood[row]), explained.get(row, {})) for row in order
            )
            left = decided.left.get(index, [])
            found.append(
                Resolution(
                    mention=name.mention,
                    entry=candidates[0].entry if left else None,
                    confidence=self._confidence_of(scene, likelihood, left, name.mention) if left else 0.0,
                    candidates=candidates,
                    location=decided.locations.get(index),
                )
            )
        return found

    def _reasons(
        self, scene: Scene, orders: Mapping[int, list[int]], first_rows: Floats, second_rows: Floats
    ) -> dict[int, dict[str, float]]:
        """Return what moved the scores of the best rows of each name."""
        shown = np.array([row for order in orders.values() for row in order[:EXPLAINED]], dtype=np.int64)
        reasons = features_of(
            (self.model.first, first_rows[shown], rules_of(scene, first_rows)[shown]),
            (self.model.second, second_rows[shown], rules_of(scene, second_rows)[shown]),
        )
        return dict(zip(shown.tolist(), reasons, strict=True))

    def _confidence_of(self, scene: Scene, likelihood: Floats, order: list[int], mention: Mention) -> float:
        """Return how sure the best of the rows is that the text leaves to a name, and that it is a place at all.

        The recogniser's own score is about right as a chance: on parts of the train splits of LGL and TR-News, spans of
        .5 to .6, .7 to .8 and .9 to .95 overlap a gold toponym in .52, .71 and .93 of all cases (n 23, 49, 107).
        """
        raw = float(likelihood[order][same_spot(scene, order)].sum())
        exact = min(1.0, EXACT_KM / scene.accuracy[order[0]]) if scene.accuracy[order[0]] else 1.0
        return self._confidence(raw ** (ALONE_POWER if is_alone(scene) else 1.0), share=exact * mention.certainty)

    def _confidence(self, raw: float, *, share: float) -> float:
        """Return the calibrated confidence of a winner, between 0.01 and 0.99, times a share."""
        sure = share * float(np.interp(raw, self.model.raw, self.model.calibrated))
        return round(min(0.99, max(0.01, sure)), 2)


def model_file(place: Path) -> Path:
    """Return the file of a model: the one in a folder, or the file itself."""
    return place / MODEL_PATH.name if place.is_dir() else place


class SceneBuilder:
    """Turns documents into scenes, and remembers the places of names.

    Parameters
    ----------
    gazetteer
        Where candidates come from.
    containment
        What drawn areas say; ``None`` for the program's outlines alone.
    """

    def __init__(self, gazetteer: Gazetteer, containment: Containment | None = None) -> None:
        self._containment = containment or Containment()
        self._finder = CandidateFinder(gazetteer)
        self._lookup = gazetteer.candidates
        self._places = Remembered(self._named_places, size=len, most=MOST_REMEMBERED)

    def __reduce__(self) -> tuple[type[Self], tuple[Gazetteer, Containment]]:
        """Pickle as the gazetteer and the areas: what was remembered is found again."""
        return type(self), (self._finder.gazetteer, self._containment)

    def scene(
        self,
        document: Document,
        sentences: Sequence[Sentence],
        mentions: Sequence[Mention],
        relations: Sequence[Relation] | None = None,
    ) -> Scene:
        """Return the scene of a document's mentions and of the other places that its text speaks of.

        Without ``relations``, those between the mentions are read from the text.
        """
        if relations is None:
            relations = relations_of(document.text, sentences, mentions)
        outlet = outlet_of(document, self._lookup)
        spoken, told = places_spoken_of(document, sentences, mentions, relations, self._lookup, outlet=outlet.names)
        places = [
            self._places((name.mention.toponym, name.is_mention or name.in_outlet, name.wording.level == "water"))
            for name in spoken
        ]
        text = document.text
        return scene_of(
            spoken,
            places,
            told,
            local=local_cues(text),
            telephone=gives_telephone(text),
            outlet=outlet,
            containment=self._containment,
        )

    def _named_places(self, asked: tuple[str, bool, bool]) -> NamedPlaces:
        toponym, every, water = asked
        found = self._finder.find(toponym) if every else readings(toponym, self._lookup)
        if water:
            rivers = [c for c in self._lookup(f"{toponym} River") if c.entry.feature_class == "H"]
            found = tuple({c.entry.id: c for c in (*found, *rivers)}.values())
        return named_places(toponym, found)


def scores_of(scene: Scene, trees: Trees, rows: Floats) -> Floats:
    """Return the scores of rows: what an ensemble says, and what the rules add."""
    scores: Floats = trees.scores(rows) + rules_of(scene, rows).sum(axis=1)
    return scores


def shares(scene: Scene, scores: Floats) -> tuple[Floats, Floats]:
    """Return the likelihood of each candidate's row, and of "none of these" for each name.

    Parameters
    ----------
    scene
        The document.
    scores
        Of the rows of `rows_of`: the candidates', then the names'.
    """
    candidates, none = scores[: len(scene.owner)], scores[len(scene.owner) :]
    best = none.copy()
    np.maximum.at(best, scene.owner, candidates)
    weights, rest = np.exp(candidates - best[scene.owner]), np.exp(none - best)
    total = np.bincount(scene.owner, weights, len(scene.spoken)) + rest
    return weights / total[scene.owner], rest / total


def known_likelihood(scene: Scene, likelihood: Floats, none: Floats) -> Floats:
    """Return what the second pass takes for granted: likelihoods among a name's candidates, lower if none may fit."""
    total = np.bincount(scene.owner, likelihood, len(scene.spoken))
    known: Floats = likelihood / np.maximum(total, 1e-9)[scene.owner] * (1 - 0.5 * none[scene.owner])
    return known


def _scored(scene: Scene, index: int, row: int, likelihood: float, features: dict[str, float]) -> Candidate:
    candidate = scene.places[index].candidates[row - int(scene.starts[index])]
    return Candidate(
        entry=candidate.entry,
        matched_name=candidate.matched_name,
        name_kind=candidate.name_kind,
        score=round(likelihood, 4),
        features=features,
    )
