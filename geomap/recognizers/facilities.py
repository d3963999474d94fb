"""Whether a place inside the name of a hospital, a camp or a prison is where something happens.

"Jets hit the Saravena hospital" tells of Saravena; a nurse at the Saravena hospital may speak from anywhere, and a
clinic called al-Quds may stand in Aleppo.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from geomap.language.word_lists import SETTLEMENT, UNIT
from geomap.recognizers.under_attack import is_attacked
from geomap.recognizers.word_sets import load_words
from geomap.types import Gazetteer, GazetteerEntry, Role

_WORD = re.compile(r"[ \u00a0-]?([^\W_]+(?:[’'ʼ][^\W_]+)*)")
_CAMPS = frozenset({"camp", "camps"})
_MEDICAL = frozenset({"clinic", "hospital", "hospitals", "infirmary", "medical", "morgue", "polyclinic"})
_MOST_WORDS = 4
# What happens at, in or near a place, a few words at most between: "an explosion in the eastern part of".
_HAPPENS = re.compile(
    r"""
    \b (?:
        ambush | assault | attack | battle | blast | bomb | bombing | clash | clashes | explosions? | fighting | fire
        | gunfight | gunfire | killings? | massacre | mutiny | protests? | raids? | riots? | shooting | shootout
        | shots | strikes?
    ) \b[^.;]{0,30}\b (?: at | in | inside | near | on | outside ) \s+ (?:the\s+)? $
    """,
    re.IGNORECASE | re.VERBOSE,
)
_AT = re.compile(r"\b(?:at|in|inside|near|outside|around)\s+(?:the\s+)?$", re.IGNORECASE)
_BY = re.compile(r"\b(?:inside|near|outside|around)\s+(?:the\s+)?$", re.IGNORECASE)
_ELSEWHERE = re.compile(
    rf"""
    ,?[ ]in[ ] (?:the[ ])?
    (?:(?:\w+[ ])? (?: {SETTLEMENT} | {UNIT} ) [ ]of[ ])?
    ((?:[A-Z][\w’'-]*) (?:[ ][A-Z][\w’'-]*)*)
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facility:
    """A noun of facilities that a place stands before: "Goma Airport", "Saravena hospital"."""

    noun: str
    """In lower case: "hospital"."""
    end: int
    """Offset after it in the text behind the place."""
    is_capitalised: bool
    """Whether it is written as part of a name."""


def facility_after(after: str) -> Facility | None:
    """Return the facility whose name a place begins, with up to three words between that are capitals or adjectives."""
    words, found, at = load_words(), None, 0
    for _ in range(_MOST_WORDS):
        match = _WORD.match(after, at)
        if match is None or (match.start(1) == 0):
            break
        word, at = match.group(1), match.end()
        noun = word.lower()
        if noun in words.facilities:
            found = Facility(noun=noun, end=at, is_capitalised=word[0].isupper())
        elif not word[0].isupper() and noun not in words.adjectives and noun != "refugee":
            break
    return found


def role_in_facility(before: str, after: str) -> Role | None:
    """Return the role of a place inside the name of a facility; ``None`` where it is in none, or nothing tells.

    A camp is a place to live in: literal. What is attacked, or where something happens, is literal; other hospitals and
    other names in capitals are names.

    Parameters
    ----------
    before, after
        What stands before and after the place in its sentence.
    """
    facility = facility_after(after)
    if facility is None:
        return None
    if facility.noun in _CAMPS or is_attacked(before, after[facility.end :]) or _HAPPENS.search(before):
        return "literal"
    if (_BY if facility.noun in _MEDICAL else _AT).search(before):
        return "literal"
    return "embedded" if facility.is_capitalised or facility.noun in _MEDICAL else None


def stands_elsewhere(after: str, entries: Sequence[GazetteerEntry], gazetteer: Gazetteer) -> bool:
    """Whether a facility is said to stand in another place than the one it is named after: "al-Quds clinic in Aleppo".

    Parameters
    ----------
    after
        What stands after the place in its sentence.
    entries
        The gazetteer's entries of the place: a unit or country around one of them is no other place.
    """
    facility = facility_after(after)
    told = _ELSEWHERE.match(after, facility.end) if facility and facility.noun not in _CAMPS else None
    if told is None:
        return False
    around = [one for one in gazetteer.lookup(told.group(1)) if one.feature_class == "A"]
    return not any(
        unit.country_code == entry.country_code and unit.admin1 in ("", entry.admin1)
        for unit in around
        for entry in entries
    )
