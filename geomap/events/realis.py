"""Whether a trigger is said to have happened: not denied, threatened, rehearsed, remembered or played."""

import re

from geomap.events.clauses import Piece, Reading

_NEGATION_REACH = 6
_MODAL_REACH = 3
_UNREAL_REACH = 8
_UNDONE_REACH = 4
_YEAR = re.compile(r"1[5-9]\d\d")
_BEFORE_YEAR = frozenset(
    {"in", "since", "of", "from", "during", "until", "to", "between", "and", "the", "by", "early", "late"}
    | {"january", "february", "march", "april", "may", "june", "july", "august", "september", "october"}
    | {"november", "december"}
)


def told_of_now(reading: Reading) -> bool:
    """Whether a sentence is about the present war: neither history nor sport."""
    labels: set[str] = set().union(*(piece.labels for piece in reading.pieces))
    if "past" in labels or any(
        _YEAR.fullmatch(word) and reading.words[index - 1] in _BEFORE_YEAR
        for index, word in enumerate(reading.words)
        if index and len(word) == 4
    ):
        return False
    if labels & {"state", "nonstate", "police", "crowd", "gunmen"}:
        return True
    games = {reading.words[piece.first] for piece in reading.pieces if "game" in piece.labels}
    return "sport" not in labels and len(games) < 2


def labels_by_word(reading: Reading) -> list[frozenset[str]]:
    """Return the labels of each word: those of the phrase that it is in."""
    labels: list[frozenset[str]] = [frozenset()] * len(reading.words)
    for piece in reading.pieces:
        for index in range(piece.first, piece.last):
            labels[index] |= piece.labels
    return labels


def happened(reading: Reading, trigger: Piece, labels: list[frozenset[str]]) -> bool:
    """Whether the words around a trigger let it stand as something that happened."""
    return not (
        _is_month(reading, trigger)
        or _is_denied(reading, trigger, labels)
        or _is_unreal(reading, trigger, labels)
        or _is_goal(reading, trigger, labels)
        or _is_undone(reading, trigger, labels)
    )


def _is_month(reading: Reading, trigger: Piece) -> bool:
    """Whether "March" is the month: "in March", "March 3"."""
    if reading.words[trigger.first] != "march" or not reading.text[reading.spans[trigger.first][0]].isupper():
        return False
    before = reading.words[trigger.first - 1] if trigger.first else ""
    after = reading.words[trigger.last] if trigger.last < len(reading.words) else ""
    months = {"in", "on", "of", "since", "last", "until", "late", "early", "mid", "from", "by", "this", "next", "and"}
    return before in months or before[:1].isdigit() or after[:1].isdigit()


def _look_back(reading: Reading, trigger: Piece, labels: list[frozenset[str]], reach: int, *, commas: bool) -> set[str]:
    """Return the labels before a trigger in its clause, up to a word that starts another thought."""
    found: set[str] = set()
    for index in range(trigger.first - 1, max(-1, trigger.first - 1 - reach), -1):
        if reading.clauses[index] != reading.clauses[trigger.first] or "halt" in labels[index]:
            break
        between = reading.text[reading.spans[index][1] : reading.spans[index + 1][0]]
        if commas and "," in between:
            break
        if reading.words[index] == "not" and reading.words[index + 1] == "only":
            continue
        found |= labels[index]
    return found


def _is_denied(reading: Reading, trigger: Piece, labels: list[frozenset[str]]) -> bool:
    return "negation" in _look_back(reading, trigger, labels, _NEGATION_REACH, commas=True)


def _is_unreal(reading: Reading, trigger: Piece, labels: list[frozenset[str]]) -> bool:
    if "modal" in _look_back(reading, trigger, labels, _MODAL_REACH, commas=True):
        return True
    return "unreal" in _look_back(reading, trigger, labels, _UNREAL_REACH, commas=True)


def _is_goal(reading: Reading, trigger: Piece, labels: list[frozenset[str]]) -> bool:
    """Whether a trigger is what somebody is only out to do: "in order to retake", not "used drones to attack"."""
    word = reading.words[trigger.first]
    if not trigger.first or reading.words[trigger.first - 1] != "to" or word.endswith(("s", "ed", "ing")):
        return False
    return "factual_to" not in _look_back(reading, trigger, labels, _UNREAL_REACH, commas=False)


def _is_undone(reading: Reading, trigger: Piece, labels: list[frozenset[str]]) -> bool:
    if trigger.last < len(labels) and "compound" in labels[trigger.last]:
        return True
    return any(
        "undone" in labels[index] and reading.clauses[index] == reading.clauses[trigger.first]
        for index in range(trigger.last, min(trigger.last + _UNDONE_REACH, len(labels)))
    )
