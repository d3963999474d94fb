"""The default resolver: a trained ranker over the gazetteer's candidates that looks at the whole document.

Two passes. The first ranks each mention's candidates, and "none of these", by name, wording and what the other places
may be; the second does so again, knowing what the first made of them. A candidate's likelihood is the softmax of the
scores; that of the winner's spot becomes the confidence by way of a table fitted to documents held back in training.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Self

import numpy as np

from geomap.gazetteers.remembered import Remembered
from geomap.language.relations import relations_of
from geomap.resolvers.answering import decide
from geomap.resolvers.candidate_arrays import CandidateArrays, arrays_of
from geomap.resolvers.candidates import CandidateFinder
from geomap.resolvers.confidence import confidence_of
from geomap.resolvers.containment import Containment
from geomap.resolvers.name_features import Floats, NamedPlaces, named_places
from geomap.resolvers.names_in_text import names_in_text, readings
from geomap.resolvers.outlet import outlet_of
from geomap.resolvers.ranker_features import FEATURES, first_likelihood, rows_of, rules_of
from geomap.resolvers.reasons import reasons_of_rows
from geomap.resolvers.trees import MODEL_PATH, Trees, load_model, model_file
from geomap.types import Document, Gazetteer, Mention, Relation, Resolution, Sentence

MOST_REMEMBERED = 16_000
"""Candidates, with their arrays, of names that are remembered: some 20 MB."""

MENTIONS_AT_ONCE = 500
"""Mentions looked at together: a longer document is read in parts, so that memory does not grow with it."""

EXPLAINED = 4
"""Candidates of a mention, the best ones, whose score is taken apart."""

_LEVEL_ELSEWHERE = FEATURES.index("level_elsewhere")


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
        self.builder = ArrayBuilder(gazetteer, Containment(boundaries))

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
        arrays = self.builder.arrays(document, sentences, mentions, relations)
        if not len(arrays.owner):
            return tuple(Resolution(mention=mention, entry=None, confidence=0.0) for mention in mentions)
        chosen = {id(resolution.mention): resolution for resolution in self._resolutions(arrays)}
        return tuple(chosen[id(mention)] for mention in mentions)

    def _resolutions(self, arrays: CandidateArrays) -> list[Resolution]:
        """Return the resolutions of the mentions of a document, in text order."""
        first_rows = rows_of(arrays, first_likelihood(arrays))
        first = shares(arrays, scores_of(arrays, self.model.first, first_rows))
        second_rows = rows_of(arrays, known_likelihood(arrays, *first))
        likelihood, none = shares(arrays, scores_of(arrays, self.model.second, second_rows))
        decided = decide(arrays, likelihood, none, elsewhere=second_rows[:, _LEVEL_ELSEWHERE] > 0)
        orders = decided.orders
        explained = self._reasons(arrays, orders, first_rows, second_rows)

        def sure(rows: list[int], mention: Mention) -> float:
            calibration = self.model.raw, self.model.calibrated
            return confidence_of(arrays, likelihood, rows, calibration=calibration, certainty=mention.certainty)

        found = []
        for index, name in enumerate(arrays.names):
            if not name.is_mention:
                continue
            order = orders.get(index, [])
            candidates = tuple(
                replace(arrays.candidate(row), score=round(float(likelihood[row]), 4), features=explained.get(row, {}))
                for row in order
            )
            left = decided.left.get(index, [])
            found.append(
                Resolution(
                    mention=name.mention,
                    entry=candidates[0].entry if left else None,
                    confidence=sure(left, name.mention) if left else 0.0,
                    candidates=candidates,
                    location=decided.locations.get(index),
                )
            )
        return found

    def _reasons(
        self, arrays: CandidateArrays, orders: Mapping[int, list[int]], first_rows: Floats, second_rows: Floats
    ) -> dict[int, dict[str, float]]:
        """Return what moved the scores of the best rows of each name."""
        shown = np.array([row for order in orders.values() for row in order[:EXPLAINED]], dtype=np.int64)
        reasons = reasons_of_rows(
            (self.model.first, first_rows[shown], rules_of(arrays, first_rows)[shown]),
            (self.model.second, second_rows[shown], rules_of(arrays, second_rows)[shown]),
        )
        return dict(zip(shown.tolist(), reasons, strict=True))


class ArrayBuilder:
    """Turns documents into arrays, and remembers the places of names.

    Parameters
    ----------
    gazetteer
        Where candidates come from.
    containment
        What areas of the user's own say; ``None`` for none.
    """

    def __init__(self, gazetteer: Gazetteer, containment: Containment | None = None) -> None:
        self._containment = containment or Containment()
        self._finder = CandidateFinder(gazetteer)
        self._lookup = gazetteer.candidates
        self._places = Remembered(self._named_places, size=len, most=MOST_REMEMBERED)

    def __reduce__(self) -> tuple[type[Self], tuple[Gazetteer, Containment]]:
        """Pickle as the gazetteer and the areas: what was remembered is found again."""
        return type(self), (self._finder.gazetteer, self._containment)

    def arrays(
        self,
        document: Document,
        sentences: Sequence[Sentence],
        mentions: Sequence[Mention],
        relations: Sequence[Relation] | None = None,
    ) -> CandidateArrays:
        """Return the arrays of a document's mentions and of the other places that its text speaks of.

        Without ``relations``, those between the mentions are read from the text.
        """
        if relations is None:
            relations = relations_of(document.text, sentences, mentions)
        outlet = outlet_of(document, self._lookup)
        names, told = names_in_text(document, sentences, mentions, relations, self._lookup, outlet=outlet.names)
        places = [
            self._places((name.mention.toponym, name.is_mention or name.in_outlet, name.wording.level == "water"))
            for name in names
        ]
        return arrays_of(names, places, told, outlet=outlet, containment=self._containment)

    def _named_places(self, asked: tuple[str, bool, bool]) -> NamedPlaces:
        toponym, every, water = asked
        found = self._finder.find(toponym) if every else readings(toponym, self._lookup)
        if water:
            rivers = [c for c in self._lookup(f"{toponym} River") if c.entry.feature_class == "H"]
            found = tuple({c.entry.id: c for c in (*found, *rivers)}.values())
        return named_places(toponym, found)


def scores_of(arrays: CandidateArrays, trees: Trees, rows: Floats) -> Floats:
    """Return the scores of rows: what an ensemble says, and what the rules add."""
    scores: Floats = trees.scores(rows) + rules_of(arrays, rows).sum(axis=1)
    return scores


def shares(arrays: CandidateArrays, scores: Floats) -> tuple[Floats, Floats]:
    """Return the likelihood of each candidate's row, and of "none of these" for each name.

    Parameters
    ----------
    arrays
        The document.
    scores
        Of the rows of `rows_of`: the candidates', then the names'.
    """
    candidates, none = scores[: len(arrays.owner)], scores[len(arrays.owner) :]
    best = none.copy()
    np.maximum.at(best, arrays.owner, candidates)
    weights, rest = np.exp(candidates - best[arrays.owner]), np.exp(none - best)
    total = np.bincount(arrays.owner, weights, len(arrays.names)) + rest
    return weights / total[arrays.owner], rest / total


def known_likelihood(arrays: CandidateArrays, likelihood: Floats, none: Floats) -> Floats:
    """Return what the second pass takes for granted: likelihoods among a name's candidates, lower if none may fit."""
    total = np.bincount(arrays.owner, likelihood, len(arrays.names))
    known: Floats = likelihood / np.maximum(total, 1e-9)[arrays.owner] * (1 - 0.5 * none[arrays.owner])
    return known
