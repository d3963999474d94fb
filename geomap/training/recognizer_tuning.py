"""Going on with a bundled recogniser on a user's own gold, for ``geomap train recognizer``. Needs SciPy.

The encoder stays as it is, and so do its heads. A linear model is fitted to what it makes of each word (the scores of
its three heads, and the state of the word in its fourth layer where it gives one), and what that says is added to the
scores of the word's tags: a softmax regression whose ridge penalty pulls it towards the bundled recogniser. States of
the last layer did no better, alone or beside these.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray
from scipy import optimize  # type: ignore[import-untyped]

from geomap.evaluation.gold import GoldDocument, GoldToponym
from geomap.evaluation.hits import compared, overlap
from geomap.gazetteers import load_gazetteer
from geomap.gazetteers.database import SqliteGazetteer
from geomap.language.silent import spoken_text
from geomap.recognizers.encoder import Window
from geomap.recognizers.own_tags import OwnTags
from geomap.recognizers.sentences import sentence_spans
from geomap.recognizers.spans import TAGS
from geomap.recognizers.trained import TrainedRecognizer
from geomap.training.held_back import CHANCE, by_chance, parts_of
from geomap.training.own_reports import own_reports
from geomap.training.told_reports import acted_reports, told_reports
from geomap.types import Span

Floats = NDArray[np.float64]

PENALTY = 30.0
"""Of the squared weights, against the summed weight of the words. Learnt from 20 and from 120 Civil War reports, F1 on
150 others was .851 and .867 with 3, .850 and .861 with 30, .832 and .850 with 100 (.789 before); from 20 and from 60
articles of newswire on 60 others .766 and .766, .773 and .787, .779 and .789 (.765 before)."""

SPREAD = 0.15
"""How large a standard deviation of a feature is to the penalty."""

SURE = 0.999
"""Likelihood of "no place" from which on words that are none teach little."""

ONE_OF_SURE = 10
"""One in so many of these is learnt from, and counts for as many: they are nine words in ten."""

UNSEEN_WEIGHT = 0.1
"""Weight of a word that nobody looked at: it teaches what the bundled recogniser says of it."""

MADE_UP_WEIGHT = 0.2
MADE_UP_EVERY = 6
"""One in so many of the made-up reports is read; of these every other is learnt along, and the rest held back."""

SEED = 7
DECIMALS = 5
"""Of the weights, so that the last bits of the arithmetic do not matter."""

_NONE = np.array([tag == "O" or tag.endswith("DEMONYM") for tag in TAGS])
"""The tags of a word that is no place: demonyms are neither asked for nor punished."""


@dataclass(frozen=True, slots=True, eq=False)
class Read:
    """A marked report with what the bundled recogniser makes of it."""

    gold: GoldDocument
    text: str
    """As it is read: without what says nothing of its own."""
    sentences: Sequence[Span]
    windows: Sequence[Window]


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """Words to learn from."""

    features: Floats
    scores: Floats
    """Of the tags, by the bundled recogniser."""
    allowed: NDArray[np.bool_]
    """Which tags each may have."""
    weights: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """How the spans found in a report compare with the gold; of one that is marked in part, marked words alone."""

    wanted: int
    right: int
    needless: int

    @property
    def errors(self) -> int:
        """Names missed or with other bounds, and needless ones."""
        return self.wanted - self.right + self.needless

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; 0 of nothing."""
        return 2 * self.right / max(1, self.wanted + self.right + self.needless)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What was found before and now, a pair a report."""

    pairs: Sequence[tuple[Found, Found]]

    @property
    def names(self) -> int:
        """How many were asked for."""
        return sum(before.wanted for before, _ in self.pairs)

    def total(self, *, now: bool) -> Found:
        """Return the sums of all reports."""
        each = [pair[now] for pair in self.pairs]
        return Found(
            wanted=sum(one.wanted for one in each),
            right=sum(one.right for one in each),
            needless=sum(one.needless for one in each),
        )

    @property
    def chance(self) -> float:
        """How probable so much gain is by chance alone."""
        return by_chance([before.errors - now.errors for before, now in self.pairs])


@dataclass(frozen=True, slots=True, kw_only=True)
class Tuned:
    """What training on a user's gold gives."""

    tags: OwnTags
    own: Change
    """On the user's gold, each report by weights that had not seen it."""
    made_up: Change
    """On made-up reports that were not learnt from."""

    @property
    def is_better(self) -> bool:
        """Whether chance does not explain the gain, and made-up reports have one error in 200 names more at most."""
        before, now = (self.made_up.total(now=now).errors for now in (False, True))
        return self.own.chance <= CHANCE and now - before <= self.made_up.names / 200


def tune(marked: Iterable[GoldDocument], *, model: str = "encoder", gazetteer: str | None = None) -> Tuned:
    """Return what to add to a bundled recogniser to fit a user's gold, and how it does on reports held back.

    Parameters
    ----------
    marked
        Reports with marked names. Where `GoldDocument.not_places` is ``None`` all other words are no places; where it
        is given, they are not known.
    model
        ``encoder`` or ``fast``.
    gazetteer
        As `load_gazetteer` takes it.
    """
    places = load_gazetteer(gazetteer)
    recogniser = TrainedRecognizer(places, model=model)
    own = [_read(one, recogniser) for one in marked]
    made = [_read(one, recogniser) for one in _made_up(places)]
    along, aside = made[::2], made[1::2]
    kept = [words_of(one, MADE_UP_WEIGHT) for one in along]
    taught = [words_of(one) for one in own]
    pairs = []
    for part in parts_of(len(own)):
        others = [*taught[: part.start], *taught[part.stop :]]
        tags = fitted([*others, *kept])
        pairs += [_compared(one, recogniser, tags) for one in own[part]]
    tags = fitted([*taught, *kept])
    apart = [_compared(one, recogniser, tags) for one in aside]
    return Tuned(tags=tags, own=Change(pairs=pairs), made_up=Change(pairs=apart))


def _made_up(gazetteer: SqliteGazetteer) -> Iterator[GoldDocument]:
    for make in (own_reports, told_reports, acted_reports):
        for made in islice(make(gazetteer, seed=SEED), None, None, MADE_UP_EVERY):
            toponyms = (GoldToponym(start=one.start, end=one.end) for one in made.mentions)
            yield GoldDocument(id=made.document.id, text=made.document.text, toponyms=tuple(toponyms))


def _read(gold: GoldDocument, recogniser: TrainedRecognizer) -> Read:
    text, sentences = spoken_text(gold.text), sentence_spans(gold.text)
    return Read(gold, text, sentences, list(recogniser.encoder.windows(text, sentences)))


def words_of(read: Read, weight: float = 1.0) -> list[Words]:
    """Return the words of a report to learn from, window by window, with the tags that each may have."""
    return [_words(window, read.gold, weight) for window in read.windows]


def _words(window: Window, gold: GoldDocument, weight: float) -> Words:
    starts, ends = (window.spans + window.offset).T
    scores = window.tags.astype(np.float64)
    whole = gold.not_places is None
    own = np.where(_NONE[scores.argmax(1)], 0, scores.argmax(1))  # what the bundled recogniser says
    tags = np.where(whole, 0, own)
    weights = np.full(len(tags), 1.0 if whole else UNSEEN_WEIGHT)
    for start, end in gold.not_places or ():
        inside = (starts < end) & (ends > start)
        tags[inside], weights[inside] = 0, 1.0
    for toponym in gold.toponyms:
        inside = np.flatnonzero((starts < toponym.end) & (ends > toponym.start))
        if len(inside):
            begin, goes_on = (0, 0) if toponym.demonym else (TAGS.index("B-PLACE"), TAGS.index("I-PLACE"))
            tags[inside], tags[inside[0]], weights[inside] = goes_on, begin, 1.0
    odds = np.exp(scores - scores.max(1, keepdims=True))
    sure = (tags == 0) & (odds[:, _NONE].sum(1) > SURE * odds.sum(1))
    drawn = np.flatnonzero(~sure | (np.arange(len(tags)) % ONE_OF_SURE == 0))
    allowed = np.where((tags == 0)[:, None], _NONE, np.arange(len(TAGS)) == tags[:, None])
    weights = weight * np.where(sure, ONE_OF_SURE, 1.0) * weights
    return Words(window.features[drawn].astype(np.float64), scores[drawn], allowed[drawn], weights[drawn])


def fitted(taught: Iterable[Sequence[Words]]) -> OwnTags:
    """Return the weights at which what is taught is likeliest, beside what they cost; zeros where nothing is taught."""
    words = [one for report in taught for one in report]
    features, scores, allowed, weights = (
        np.concatenate([getattr(one, name) for one in words]) for name in ("features", "scores", "allowed", "weights")
    )
    mean, spread = features.mean(axis=0), (features.std(axis=0) + 1e-6) / SPREAD
    rows = np.hstack([np.ones((len(features), 1)), (features - mean) / spread])

    def loss(flat: Floats) -> tuple[float, Floats]:
        found = flat.reshape(-1, len(TAGS))
        total = scores + rows @ found
        raised = np.exp(total - total.max(axis=1, keepdims=True))
        right = raised * allowed
        value = -(weights * np.log(right.sum(axis=1) / raised.sum(axis=1))).sum()
        wrong = raised / raised.sum(axis=1, keepdims=True) - right / right.sum(axis=1, keepdims=True)
        slope = rows.T @ (wrong * weights[:, None]) + PENALTY * found
        return value + PENALTY / 2 * float((found**2).sum()), slope.ravel()

    start = np.zeros(rows.shape[1] * len(TAGS))
    found = optimize.minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 100}).x
    found = found.reshape(-1, len(TAGS))
    found[1:] /= spread[:, None]
    found[0] -= mean @ found[1:]
    return OwnTags(np.round(found, DECIMALS).astype(np.float32))


def _compared(read: Read, recogniser: TrainedRecognizer, tags: OwnTags) -> tuple[Found, Found]:
    """Return what is found by the bundled recogniser alone, and with its tags changed."""
    return _found(read, recogniser, None), _found(read, recogniser, tags)


def _found(read: Read, recogniser: TrainedRecognizer, tags: OwnTags | None) -> Found:
    gold, encoder = read.gold, recogniser.encoder
    places = [place for window in read.windows for place in encoder.places(window, tags)]
    spans = list(recogniser.settled(read.text, read.sentences, places)) if read.sentences else []
    wanted, counted = compared(gold.text, gold.toponyms, spans)
    needless = counted - wanted.keys()
    if gold.not_places is not None:
        looked_at = (*wanted, *gold.not_places)
        needless = {span for span in needless if any(overlap(span, other) for other in looked_at)}
    return Found(wanted=len(wanted), right=len(counted & wanted.keys()), needless=len(needless))
