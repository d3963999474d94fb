"""What a sentence says happened: the words that say so, and the ACLED sub-type they tell of.

Every phrase of the lexicon and every other full verb is weighed by what the syntax, the lexicon and the senses of the
words around it say: first whether it tells of something that happened, then of what. Where the lexicon's rules give a
sub-type, that is it. For ground that changes hands ACLED's rule holds: the country's own forces and those allied with
them regain it ("Government regains territory"); everybody else, a foreign army included, overtakes it ("Non-state actor
overtakes territory").
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from geomap.events.telling import Telling, tell
from geomap.events.triggers.cues import Cue, cues_of, features_of_cue, state_in_sentence, state_of
from geomap.events.triggers.realis import DOUBTS
from geomap.events.vocabulary import OVERTAKES, REGAINS, TERRITORY
from geomap.events.weights import Model, load_model
from geomap.language.peoples import country_of
from geomap.language.syntax import VERBS, is_passive, subject_of
from geomap.language.word_classes import classes_of, lemma_of
from geomap.types import Span

LIKELY = 0.45
"""From which probability a word tells of a happening; by three folds of the marked reports."""

TOGETHER, KNOWN, OPENING = 0.4, 0.25, 0.2
"""From which probability that one or another word of a sentence tells of a happening the likeliest is taken, where none
is likely by itself: "rioters set fire to a hotel" is told by both. Less is asked where the lexicon's rules give it a
sub-type: below .4 others are accidents ("eight miners were killed"). Least is asked of a report's first sentence, which
says what it is about."""

POSSIBLE = 0.05
"""Below which probability a word has no part in that, nor is one that says how many died after an event."""


_ENEMIES = frozenset({"enemy", "occupier", "invader", "occupation", "aggressor"})
_OURS = frozenset({"our", "ours", "we", "us"})
_DESCRIBING = frozenset({"amod", "compound", "nmod", "nmod:poss", "flat"})
_LOSING = frozenset({"lose", "loss", "cede", "surrender", "abandon"})
_REGAINING = frozenset({"reclaim", "recapture", "reconquer", "regain", "retake"})
"""Verbs of those who had the ground before: where it is not said who, the government of the country."""
_UNARMED = frozenset(
    {"vehicle.1", "boat.1", "unfortunate.1", "inhabitant.1", "traveler.1", "people.1", "health_professional.1"}
)
_ARMED = frozenset(
    {"serviceman.1", "military_personnel.1", "combatant.1", "insurgent.1", "organization.1", "military_vehicle.1"}
)
"""Senses of words, as WordNet has them, of those who take no ground and of those who do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """The words of a sentence that say what happened."""

    start: int
    """Offset in the sentence of the first character."""
    end: int
    """Offset in the sentence after the last character."""
    event_sub_type: str
    """ACLED sub-event type."""
    cue: Cue
    """The word or phrase of the sentence's tree."""
    chance: float
    """How likely it is to tell of something that happened, 0 to 1."""
    parts: tuple[Span, ...] = ()
    """Offsets of the other words for it, likeliest first: the "killed" of "attacks killed three in Sumy"."""


def find_triggers(
    sentence: str, *, places: Sequence[Span] = (), governments: Sequence[Span] = (), unlikely: bool = False
) -> tuple[Trigger, ...]:
    """Return what a sentence says happened, in text order.

    Parameters
    ----------
    sentence
        One sentence or headline.
    places, governments
        Offsets of the names in it that are known to be of ground, and of those that are known to stand for a
        government.
    unlikely
        Whether to take, too, what the lexicon's rules give a sub-type and nothing speaks against, however unlikely: for
        telling what a text is about that is known to be news.

    Returns
    -------
        One trigger a happening, with offsets in ``sentence``; empty when it reports none: when nothing violent or
        political is said, or when it is denied, threatened, planned, rehearsed, remembered or a figure of speech.
    """
    return triggers_of(tell([sentence], places=[places], governments=[governments])[0], unlikely=unlikely)


def triggers_of(telling: Telling, *, unlikely: bool = False, goes_on: bool = False) -> tuple[Trigger, ...]:
    """Return what a parsed sentence says happened, in text order; see `find_triggers`.

    With ``goes_on`` it follows upon an event, whose dead it may count: by itself "two died" may be of an accident.
    """
    found: list[Trigger] = []
    spare: list[Trigger] = []
    dead: list[Trigger] = []
    cues = cues_of(telling)
    for cue in [one for one in cues if _is_casualty_line(telling, one)] or cues:
        features = tuple(features_of_cue(telling, cue))
        chance = load_model("happening").chance(features, state_of(telling, cue))
        known = unlikely and bool(cue.decided) and DOUBTS.isdisjoint(features)
        told = chance >= LIKELY or known or _is_casualty_line(telling, cue)
        if not told and (chance < POSSIBLE or not DOUBTS.isdisjoint(features)):
            continue
        sub_type = kind_of(telling, cue, features, load_model("kind"))
        if sub_type in (REGAINS, OVERTAKES) and not _can_take_territory(telling, cue):
            continue
        trigger = Trigger(start=cue.span[0], end=cue.span[1], event_sub_type=sub_type, cue=cue, chance=chance)
        if told:
            found.append(trigger)
        else:
            spare.append(trigger)
            dead += spare[-1:] if goes_on and "own toll" in features else []
    if not found and spare:
        best = max(spare, key=lambda one: (one.chance, -one.start))
        together = 1 - math.prod(1 - one.chance for one in spare)
        least = TOGETHER if not best.cue.decided else OPENING if telling.first else KNOWN
        found = dead[:1] or ([best] if together >= least else [])
    apart = [one for one in found if not any(_is_part(one, other) for other in found)]
    return tuple(_with_parts(one, [*found, *spare]) for one in apart)


def _with_parts(trigger: Trigger, found: Sequence[Trigger]) -> Trigger:
    parts = sorted((one for one in found if _hangs(one, trigger)), key=lambda one: (-one.chance, one.start))
    return replace(trigger, parts=tuple((one.start, one.end) for one in parts))


def _is_casualty_line(telling: Telling, cue: Cue) -> bool:
    """Whether a cue is the dead of a line that says but a place and its casualties: "- Donetsk region: 3 killed"."""
    toll = next((one for one in telling.tolls if one.high and one.span[0] < cue.span[1] <= one.span[1]), None)
    before = telling.text[: toll.span[0]].rpartition("\n")[2] if toll and telling.heading else ""
    return before.rstrip().endswith(":") and before.count(":") == 1 and bool(telling.places)


def _is_part(one: Trigger, other: Trigger) -> bool:
    """Whether a trigger is the subject, object or aside of a likelier one of its kind: "a rocket fell"."""
    return one.event_sub_type == other.event_sub_type and one.chance <= other.chance and _hangs(one, other)


def _hangs(one: Trigger, other: Trigger) -> bool:
    """Whether a trigger and another are verb and subject, object or aside, or verbs joined that say nothing apart."""
    low, high = one.cue.head, other.cue.head
    if low.tag_ == "VBG" and low.i > high.i and low.nbor(-1).text == ",":
        return True  # "struck a school in Sumy, killing two people", which parsers hang on any verb
    return any(
        below.head.i == above.i and below.i != above.i and _adds_nothing(below)
        for below, above in ((low, high), (high, low))
    )


def _adds_nothing(below: Token) -> bool:
    """Whether a word hangs on one of its kind as a part, or as a second verb that names neither who nor where anew."""
    if below.dep_ == "conj" and below.tag_ in VERBS:
        own = any(child.dep_.startswith("nsubj") for child in below.children)
        return not own and not any(token.tag_.startswith("NNP") for token in below.subtree)
    return below.dep_ not in ("conj", "parataxis", "ccomp")


def kind_of(telling: Telling, cue: Cue, features: Sequence[str], model: Model) -> str:
    """Return the sub-type of a cue that tells of a happening, by its features and a model of the kinds."""
    if cue.decided and cue.decided not in (REGAINS, OVERTAKES):
        return cue.decided
    if not cue.decided:
        chances = model.chances(features, state_in_sentence(telling, cue))
        likeliest = max(chances, key=lambda name: (chances[name], name))
        if likeliest != TERRITORY:
            return likeliest
    taken = who_took_territory(telling, cue, "")
    return OVERTAKES if taken == TERRITORY else taken


def who_took_territory(telling: Telling, cue: Cue, country: str) -> str:
    """Return the sub-type of a cue that tells of ground taken; `TERRITORY` where it is not said who took it.

    The country that the ground lies in is given by its ISO 3166-1 alpha-2 code; empty when unknown.
    """
    taker = _taker(cue.head)
    own = None if taker is None else _is_own(telling, taker, country)
    tag = "VBN" if cue.head.tag_ == "JJ" else cue.head.tag_  # "declared Sudzha retaken"
    lemma = lemma_of(tag, cue.head.lower_)
    if own is None:
        return cue.decided or (REGAINS if lemma in _REGAINING else TERRITORY)
    if lemma in _LOSING:
        own = not own
    return REGAINS if own else OVERTAKES


def _can_take_territory(telling: Telling, cue: Cue) -> bool:
    """Whether who is said to move may have taken ground: not boats or survivors, nor a town that takes something in."""
    taker = _taker(cue.head)
    if taker is None:
        return True
    if taker.i in telling.places:
        given = [child for child in cue.head.children if child.dep_ == "obj"]
        return all(child.i in telling.places for child in given)
    classes = set(classes_of(taker.tag_, taker.lower_))
    return classes.isdisjoint(_UNARMED) or not classes.isdisjoint(_ARMED)


def _taker(head: Token) -> Token | None:
    """Return who took it: the subject, or after "by" in the passive, or whom it fell to."""
    for child in head.children:
        case = next((one.lower_ for one in child.children if one.dep_ == "case"), "")
        if (
            case in ("by", "to")
            and child.dep_ in ("obl:agent", "obl", "nmod")
            and (case == "by" or head.lower_[:4] == "fall")
        ):
            return child
    return None if is_passive(head) else subject_of(head)


def _is_own(telling: Telling, taker: Token, country: str) -> bool | None:
    """Whether a force is of the country whose ground it is, or is allied with it; ``None`` when it is not said."""
    words = list(_names(taker))
    if any(word.lower_ in _OURS for word in words):
        return True
    if any(lemma_of(word.tag_, word.lower_) in _ENEMIES for word in words):
        return False
    labels = frozenset().union(*(telling.labels[word.i] for word in words))
    codes = {code for word in words if (code := country_of(word.text))}
    if codes and country and not labels & {"nonstate", "gunmen"}:
        return country in codes
    if labels & {"nonstate", "gunmen"} and "state" not in telling.labels[taker.i]:
        return False
    return True if labels & {"state", "police"} else None


def _names(taker: Token) -> Iterator[Token]:
    """Yield a noun and what describes it, "forces" and "Russian"; of "its troops" also the one who says so."""
    waiting = [taker]
    while waiting:
        noun = waiting.pop(0)
        yield noun
        waiting += [child for child in noun.children if child.dep_ in _DESCRIBING]
        if noun.lower_ in ("its", "their", "his"):
            speaker = next((one for one in taker.ancestors if one.dep_ in ("ROOT", "conj")), None)
            subject = subject_of(speaker) if speaker is not None else None
            if subject is not None and subject.i != taker.i:
                waiting.append(subject)
