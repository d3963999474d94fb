"""Which of a report's mentions an event happened at.

The mentions of the trigger's own sentence are weighed by what stands around them; where none of them is it, words may
point back to a place named before (see `geomap.events.places.pointing`).
"""

import json
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from geomap.errors import ModelNotFoundError
from geomap.events.places.features import MOST_MENTIONS, features_of, is_inside, nearest_mentions
from geomap.events.places.pointing import REACH, place_pointed_to
from geomap.events.places.wording import dateline_end
from geomap.types import Mention, Resolution, Sentence, Span

MODEL_PATH = Path(__file__).resolve().parents[2] / "models" / "event_place.json"
"""Where the trained weights are."""

NONE = "none"
"""The name of the weight that stands for "at none of these"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceModel:
    """Trained weights: a mention's score is the sum of those of its features."""

    weights: Mapping[str, float]
    """Feature → weight; a feature that is missing weighs nothing."""

    def score(self, features: Sequence[str]) -> float:
        """Return the score of a mention by the names of its features."""
        return sum(self.weights.get(name, 0.0) for name in features)

    @property
    def none(self) -> float:
        """The score that a mention must exceed to be the place of an event."""
        return self.weights.get(NONE, 0.0)


@cache
def load_place_model(path: Path = MODEL_PATH) -> PlaceModel:
    """Return the weights of a model file, read on the first call.

    Raises
    ------
    ModelNotFoundError
        If the file is missing or is no model.
    """
    try:
        weights = json.loads(path.read_text(encoding="utf-8"))["weights"]
        return PlaceModel(weights={name: float(weight) for name, weight in weights.items()})
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        remedy = "reinstall geomap, or run: python -m geomap.training.event_place CORPORA"
        raise ModelNotFoundError(f"{path}: cannot be read as a model ({error}); {remedy}") from error


def event_place(
    text: str,
    sentences: Sequence[Sentence],
    sentence: int,
    trigger: Span,
    resolutions: Sequence[Resolution],
    *,
    earlier: Sequence[tuple[int, Resolution]] = (),
) -> Resolution | None:
    """Return the mention that an event happened at, as far as the wording tells.

    Mentions of the trigger's sentence come first, governments and peoples left out; then one of the `REACH` sentences
    before that the sentence points back to; then the dateline of a sentence that names no other place. Mentions in
    boilerplate count only where there is nothing else.

    Parameters
    ----------
    text
        The document's text.
    sentences
        All of the document's, in text order.
    sentence
        `Sentence.index` of the one that reports the event.
    trigger
        Document offsets of the words that say what happened.
    resolutions
        All of the document's, in text order.
    earlier
        Sentence and place of the events told before, in text order.

    Returns
    -------
        One of ``resolutions``, whose entry may be ``None``; ``None`` when no place is named for the event.
    """
    if not 0 <= sentence < len(sentences):
        return None
    first = bisect_left(resolutions, sentence - REACH, key=lambda one: one.mention.sentence)
    last = bisect_right(resolutions, sentence, key=lambda one: one.mention.sentence)
    around = resolutions[first:last]
    story = [one for one in around if not one.mention.boilerplate] or around
    own = nearest_mentions([one for one in story if one.mention.sentence == sentence], trigger)
    before = [one for one in story if one.mention.sentence < sentence][-MOST_MENTIONS:]
    datelines, own = _parted(text, sentences, own)
    _, before = _parted(text, sentences, before)
    here = sentences[sentence]
    place = _place_in(text, here, trigger, own)
    if place is not None:
        return place
    names_ground = any(_is_literal(one) for one in own)
    pointed = place_pointed_to(
        text,
        (here.start, here.end),
        trigger,
        number=sentence,
        names_ground=names_ground,
        before=before,
        earlier=earlier,
    )
    return pointed or (None if own else _last_place(datelines))


def _parted(
    text: str, sentences: Sequence[Sentence], resolutions: Sequence[Resolution]
) -> tuple[list[Resolution], list[Resolution]]:
    """Return the mentions of datelines, and the others."""
    datelines: list[Resolution] = []
    others: list[Resolution] = []
    for one in resolutions:
        (datelines if in_dateline(text, sentences, one) else others).append(one)
    return datelines, others


def in_dateline(text: str, sentences: Sequence[Sentence], resolution: Resolution) -> bool:
    """Whether a mention is part of the dateline that its sentence opens with."""
    around = sentences[resolution.mention.sentence]
    return resolution.mention.end <= dateline_end(text, (around.start, around.end))


def _place_in(text: str, sentence: Sentence, trigger: Span, resolutions: Sequence[Resolution]) -> Resolution | None:
    """Return the mention of a sentence that scores best, if it beats "none of these"; the earlier one of equals."""
    model = load_place_model()
    scores = [
        model.score(features) for features in features_of(text, (sentence.start, sentence.end), trigger, resolutions)
    ]
    able = [index for index, one in enumerate(resolutions) if _can_be_it(one.mention)]
    best = max(able, key=lambda index: (scores[index], -index), default=None)
    return resolutions[best] if best is not None and scores[best] > model.none else None


def _can_be_it(mention: Mention) -> bool:
    """Whether a mention is of ground, not of a government (3 of 11 that won by score were right) or a people."""
    return mention.role != "metonymic" and not mention.demonym


def _is_literal(resolution: Resolution) -> bool:
    return resolution.mention.role == "literal" and not resolution.mention.demonym


def _last_place(resolutions: Sequence[Resolution]) -> Resolution | None:
    """Return the last literal mention, or the finer place that it says the whereabouts of ("Sudzha, Kursk region")."""
    literal = [one for one in resolutions if _is_literal(one)]
    if not literal:
        return None
    last = literal[-1]
    for before in reversed(literal[:-1]):
        if last.mention.start - before.mention.end > 60 or not is_inside(before.entry, last.entry):
            break
        last = before
    return last
