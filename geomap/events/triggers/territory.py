"""Who takes ground from whom: ACLED's rule for territory that changes hands in fighting.

The country's own forces and those allied with them regain it ("Government regains territory"); everybody else, a
foreign army included, overtakes it ("Non-state actor overtakes territory").
"""

from collections.abc import Iterator

from spacy.tokens import Token

from geomap.events.telling import Telling
from geomap.events.triggers.cues import Cue
from geomap.events.vocabulary import OVERTAKES, REGAINS, TERRITORY
from geomap.language.peoples import country_of
from geomap.language.syntax import is_passive, subject_of
from geomap.language.word_classes import classes_of, lemma_of

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


def who_took_territory(telling: Telling, cue: Cue, country: str) -> str:
    """Return the sub-type of a cue that tells of ground taken; `TERRITORY` where it is not said who took it.

    Parameters
    ----------
    telling, cue
        What tells of it.
    country
        ISO 3166-1 alpha-2 code of the country that the ground lies in; empty when unknown.
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


def can_take_territory(telling: Telling, cue: Cue) -> bool:
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
