"""What a sentence says happened: the words that say so, and the ACLED sub-type they tell of.

Every phrase of the lexicon and every other full verb is weighed by what the syntax, the lexicon and the senses of the
words around it say: first whether it tells of something that happened, then of what. Where the lexicon's rules give a
sub-type, that is it; ACLED's rules for ground that changes hands stand in `geomap.events.triggers.ground`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from geomap.events.telling import Telling, tell
from geomap.events.triggers.features import Cue, cues_of, features_of_cue
from geomap.events.triggers.ground import GROUND, who_took
from geomap.events.vocabulary import TYPE_OF
from geomap.events.weights import load_model
from geomap.types import Span

LIKELY = 0.42
"""From which probability a word counts as telling of a happening; by two folds of the training reports."""

CRITICAL = 0.12
"""How likely a sub-type of the lexicon's rules must be by the model to be taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """The words of a sentence that say what happened."""

    start: int
    """Offset in the sentence of the first character."""
    end: int
    """Offset in the sentence after the last character."""
    event_type: str
    """ACLED event type."""
    event_sub_type: str
    """ACLED sub-event type."""
    head: int
    """Index in the sentence's tree of the word that the others hang on."""
    chance: float
    """How likely it is to tell of something that happened, 0 to 1."""


def find_triggers(
    sentence: str, *, places: Sequence[Span] = (), governments: Sequence[Span] = ()
) -> tuple[Trigger, ...]:
    """Return what a sentence says happened, in text order.

    Parameters
    ----------
    sentence
        One sentence or headline.
    places, governments
        Offsets of the names in it that are known to be of ground, and of those that are known to stand for a
        government.

    Returns
    -------
        One trigger a happening, with offsets in ``sentence``; empty when it reports none: when nothing violent or
        political is said, or when it is denied, threatened, planned, rehearsed, remembered or a figure of speech.
    """
    return triggers_of(tell([sentence], places=[places], governments=[governments])[0])


def triggers_of(telling: Telling) -> tuple[Trigger, ...]:
    """Return what a parsed sentence says happened, in text order; see `find_triggers`."""
    found = []
    for cue in cues_of(telling):
        features = tuple(features_of_cue(telling, cue))
        chance = load_model("happening").chance(features)
        if chance >= LIKELY:
            sub_type = sub_type_of(telling, cue, features)
            found.append(
                Trigger(
                    start=cue.span[0],
                    end=cue.span[1],
                    event_type=TYPE_OF[sub_type],
                    event_sub_type=sub_type,
                    head=cue.head.i,
                    chance=chance,
                )
            )
    return tuple(found)


def sub_type_of(telling: Telling, cue: Cue, features: Sequence[str]) -> str:
    """Return the sub-type of a cue that tells of a happening."""
    chances = load_model("kind").chances(features)
    by_rules = GROUND if cue.decided in TAKEN else cue.decided
    likeliest = max(chances, key=lambda name: (chances[name], name))
    kind = by_rules if by_rules and chances.get(by_rules, 0.0) >= CRITICAL else likeliest
    return who_took(telling, cue) if kind == GROUND else kind


TAKEN = frozenset({"Government regains territory", "Non-state actor overtakes territory"})
"""The sub-types that only differ in who takes the ground."""
