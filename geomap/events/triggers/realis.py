"""Whether a trigger is said to have happened: not denied, threatened, rehearsed, remembered or played."""

import re
from collections.abc import Iterator

from geomap.events.triggers.lexicon import Piece, Reading
from geomap.language.word_lists import MONTHS

_NEGATION_REACH = 6
_MODAL_REACH = 3
_UNREAL_REACH = 8
_UNDONE_REACH = 4
_OLD_BEFORE = 12
_OLD_AFTER = 8
_YEAR = re.compile(r"1[5-9]\d\ds?")
_MADE = frozenset({"built", "founded", "born", "established", "created", "opened", "independence", "dating", "dates"})
_BEFORE_YEAR = frozenset(
    {"in", "since", "of", "from", "during", "until", "to", "between", "and", "the", "by", "early", "late"} | {*MONTHS}
)


def doubts(reading: Reading, trigger: Piece) -> Iterator[str]:
    """Yield which of `DOUBTS` speak against a trigger having happened.

    Signs, not verdicts: a protest is held "to" demand, and on anniversaries. "game" is yielded for a sentence of sport.
    """
    yield from (name for name, holds in _CHECKS.items() if holds(reading, trigger))


def _is_game(reading: Reading, _: Piece) -> bool:
    """Whether a sentence is about sport: one sure word, or two that may be, and nobody who is armed or protests."""
    labels: set[str] = set().union(*reading.labels)
    if not labels.isdisjoint({"armed", "crowd"}):
        return False
    games = {reading.words[piece.first] for piece in reading.pieces if "game" in piece.labels}
    return "sport" in labels or len(games) > 1


def _is_old_year(reading: Reading, index: int) -> bool:
    """Whether a word is a year before 2000, and not one in which a thing was merely made: "a mosque built in 1913"."""
    words = reading.words
    if not index or words[index - 1] not in _BEFORE_YEAR or not _YEAR.fullmatch(words[index]):
        return False
    return _MADE.isdisjoint(words[max(0, index - 4) : index])


def _is_background(reading: Reading, trigger: Piece) -> bool:
    return reading.clauses[trigger.first] in reading.background


def _is_old(reading: Reading, trigger: Piece) -> bool:
    """Whether a word near a trigger says that something was long ago."""
    near = range(max(0, trigger.first - _OLD_BEFORE), min(len(reading.words), trigger.last + _OLD_AFTER))
    return any("past" in reading.labels[index] or _is_old_year(reading, index) for index in near)


def _is_remembered(reading: Reading, trigger: Piece) -> bool:
    """Whether it is what people remember: "the anniversary of the bombing", not "on the anniversary, bombs fell"."""
    if "past_topic" in _look_back(reading, trigger, _OLD_BEFORE, halts=(), commas=True):
        return True
    after = reading.labels[trigger.last : trigger.last + _UNDONE_REACH]
    return any("past_topic" in labels for labels in after)


def _look_back(reading: Reading, trigger: Piece, reach: int, *, halts: tuple[str, ...], commas: bool) -> set[str]:
    """Return the labels before a trigger in its clause, up to a word that starts another thought."""
    found: set[str] = set()
    for index in range(trigger.first - 1, max(-1, trigger.first - 1 - reach), -1):
        marks = reading.labels[index]
        if reading.clauses[index] != reading.clauses[trigger.first] or not marks.isdisjoint(halts):
            break
        if commas and "," in reading.text[reading.spans[index][1] : reading.spans[index + 1][0]]:
            break
        if reading.words[index] != "not" or reading.words[index + 1] != "only":
            found |= marks
    return found


def _is_denied(reading: Reading, trigger: Piece) -> bool:
    # "denied responsibility for the attack", "nobody was hurt in the shelling": the attack and the shelling were.
    halts = ("halt", "halt_denial")
    return "negation" in _look_back(reading, trigger, _NEGATION_REACH, halts=halts, commas=True)


def _is_unreal(reading: Reading, trigger: Piece) -> bool:
    # "must lay down their arms and surrender": a second verb is further from its "must".
    second = trigger.first > 0 and reading.words[trigger.first - 1] in ("and", "or")
    reach = _UNREAL_REACH if second else _MODAL_REACH
    if "modal" in _look_back(reading, trigger, reach, halts=("halt",), commas=True):
        return True
    return "unreal" in _look_back(reading, trigger, _UNREAL_REACH, halts=("halt",), commas=True)


def _is_goal(reading: Reading, trigger: Piece) -> bool:
    """Whether a trigger is what somebody is only out to do: "in order to retake", not "used drones to attack"."""
    word, before = reading.words[trigger.first], reading.words[max(0, trigger.first - 7) : trigger.first]
    if not before or word.endswith(("s", "ed", "ing")):
        return False
    if before[-1] != "to" and (before[-1] not in ("and", "or") or "to" not in before):
        return False
    return "factual_to" not in _look_back(reading, trigger, _UNREAL_REACH, halts=(), commas=False)


def _is_undone(reading: Reading, trigger: Piece) -> bool:
    if trigger.last < len(reading.labels) and "compound" in reading.labels[trigger.last]:
        return True
    return any(
        "undone" in reading.labels[index] and reading.clauses[index] == reading.clauses[trigger.first]
        for index in range(trigger.last, min(trigger.last + _UNDONE_REACH, len(reading.labels)))
    )


_CHECKS = {
    "denied": _is_denied,
    "unreal": _is_unreal,
    "undone": _is_undone,
    "old": _is_old,
    "goal": _is_goal,
    "remembered": _is_remembered,
    "game": _is_game,
    "background": _is_background,
}
DOUBTS = frozenset(_CHECKS)
"""What `doubts` may yield."""
