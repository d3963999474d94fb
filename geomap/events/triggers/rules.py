"""What the decisions of ``lexicon.toml`` make of a phrase: the sub-type that the labels around it call for.

The tie rules are those of ACLED: shelling within a battle is a battle, two sides that exchange fire are an armed clash,
a missile or drone brought down is disrupted weapons use, and ground that changes hands without a fight is a
non-violent transfer. Whether the thing happened at all is not asked here.
"""

from dataclasses import dataclass
from functools import cache

from geomap.errors import ConfigError
from geomap.events.triggers.lexicon import Piece, Reading, load_tables
from geomap.events.vocabulary import TYPE_OF
from geomap.language.word_lists import MONTHS, POINTS, SHORT_MONTHS, WEEKDAYS

_NOTHING = "nothing"
"""What a rule gives where the words report no event."""

_SCOPES = {
    "=": "own",
    "<": "before",
    "^": "just_before",
    ">": "after",
    "+": "just_after",
    "@": "actor",
    "~": "sentence",
}
_REACH = 40
_AFTER = 12
_CLOSE_BEFORE = 7
_CLOSE = 5
# "Moscow said its forces had captured …": whose they are is told further back.
_ITS = frozenset({"its", "their", "his"})
_PASSIVE = frozenset({"was", "were", "been", "being", "is", "are", "be"})
_BEFORE_VERB = _PASSIVE | {"has", "have", "had", "also", "again", "then", "later", "since", "finally", "quickly"}
_ACTORS = ("nonstate", "gunmen", "foreign", "invader", "state")
_BEFORE_PLACE = frozenset({"in", "at", "near", "on", "outside"})
_DAYS_AND_MONTHS = frozenset((*WEEKDAYS, *MONTHS, *SHORT_MONTHS, "sept"))
_BEFORE_NAME = frozenset(
    {"the", "of", "part", "parts", "all", "most", "its", "control"}
    | {*POINTS, *(f"{point}ern" for point in POINTS), "central"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One condition of a rule: whether a place in the sentence has one of some labels."""

    asks: tuple[tuple[str, str], ...]
    """Where to look, and for which label; one of them is enough."""
    wanted: bool
    """Whether it is to be there, or not to be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One line of a decision: the sub-type, if all conditions hold."""

    conditions: tuple[Condition, ...]
    """All must hold; none always hold."""
    sub_type: str
    """ACLED sub-type, or "nothing"."""


@cache
def load_rules() -> dict[str, tuple[Rule, ...]]:
    """Return the rules of each label that is a trigger, in order, read from the package on the first call.

    Raises
    ------
    ConfigError
        If a rule names a label or a sub-type that there is not.
    """
    tables = load_tables()
    labels = {*tables["words"], *tables["groups"], "name", "somewhere", "place_taken", "by_government"}
    return {name: tuple(_rule(line, labels) for line in lines) for name, lines in tables["decisions"].items()}


def _rule(line: str, labels: set[str]) -> Rule:
    conditions, sub_type = line.rsplit("->", 1)
    parsed = tuple(_condition(part.strip(), labels) for part in conditions.split("&") if part.strip())
    if sub_type.strip() not in TYPE_OF and sub_type.strip() != _NOTHING:
        raise ConfigError(f"lexicon.toml: there is no sub-type {sub_type.strip()!r} (in {line!r})")
    return Rule(conditions=parsed, sub_type=sub_type.strip())


def _condition(text: str, labels: set[str]) -> Condition:
    """Read "!>a|b": the marks before the first label hold for every one that has none of its own."""
    wanted = not text.startswith("!")
    scope = "clause"
    asks = []
    for part in text.removeprefix("!").split("|"):
        scope = _SCOPES.get(part[:1], scope)
        label = part.lstrip("".join(_SCOPES))
        if label not in labels:
            raise ConfigError(f"lexicon.toml: there is no list of words {label!r} (in {text!r})")
        asks.append((scope, label))
    return Condition(asks=tuple(asks), wanted=wanted)


def decided_by_rules(reading: Reading, piece: Piece) -> str:
    """Return the sub-type that the first rule which holds gives a phrase; empty where that is none, or none holds."""
    clause = reading.clauses[piece.first]
    everywhere: frozenset[str] = frozenset().union(*reading.labels)
    scopes = _scopes(reading, piece, everywhere, placed=clause in _clauses_with_a_place(reading))
    found = (_decide(load_rules()[kind], scopes) for kind in piece.kinds)
    return next((sub_type for sub_type in found if sub_type != _NOTHING), "")


def _decide(rules: tuple[Rule, ...], scopes: dict[str, frozenset[str]]) -> str:
    return next((rule.sub_type for rule in rules if all(_holds(one, scopes) for one in rule.conditions)), _NOTHING)


def _holds(condition: Condition, scopes: dict[str, frozenset[str]]) -> bool:
    return any(label in scopes[scope] for scope, label in condition.asks) == condition.wanted


def _scopes(reading: Reading, piece: Piece, everywhere: frozenset[str], *, placed: bool) -> dict[str, frozenset[str]]:
    """Return the labels that a rule finds in each place it may look."""
    clause = reading.clauses[piece.first]
    first, last = max(0, piece.first - _REACH), min(len(reading.words), piece.last + _REACH)
    while reading.clauses[first] != clause:
        first += 1
    while reading.clauses[last - 1] > clause:
        last -= 1
    extra = {"somewhere"} if placed else set()
    extra |= {"name"} if _name_follows(reading, piece) else set()
    extra |= {"place_taken"} if _is_done_to_place(reading, piece) else set()
    extra |= {"by_government"} if _subject(reading, piece) in reading.governments else set()

    def between(start: int, end: int) -> frozenset[str]:
        return frozenset(extra).union(*reading.labels[max(start, first) : min(end, last)])

    return {
        "own": piece.labels,
        "before": between(first, piece.first),
        "just_before": between(piece.first - _CLOSE_BEFORE, piece.first),
        "after": between(piece.last, piece.last + _AFTER),
        "just_after": between(piece.last, piece.last + _CLOSE),
        "clause": between(first, last) | piece.labels,
        "actor": _actor(reading, piece, (first, last)),
        "sentence": everywhere,
    }


def _name_follows(reading: Reading, piece: Piece) -> bool:
    index = piece.last
    while index < len(reading.words) and reading.words[index] in _BEFORE_NAME:
        index += 1
    # In a headline of capitals a word that the lexicon does not know may be one.
    return reading.is_name(index) or (reading.shouted and index < len(reading.words) and not reading.labels[index])


def _is_done_to_place(reading: Reading, piece: Piece) -> bool:
    """Whether a place is what a trigger is done to: "captured Goma", "Goma was captured", "Goma fell to rebels"."""
    passive = not _PASSIVE.isdisjoint(reading.words[max(0, piece.first - 2) : piece.first])
    if passive or "loses" in piece.labels:
        return _subject(reading, piece) in reading.places
    index = piece.last
    while index < len(reading.words) and (reading.words[index] in _BEFORE_NAME or "settled" in reading.labels[index]):
        index += 1
    return index in reading.places


def _subject(reading: Reading, piece: Piece) -> int:
    """Return the index of the word that a verb follows, auxiliaries and adverbs passed over; -1 at the start."""
    index = piece.first - 1
    while index >= 0 and reading.words[index] in _BEFORE_VERB:
        index -= 1
    return index


def _actor(reading: Reading, piece: Piece, bounds: tuple[int, int]) -> frozenset[str]:
    """Return the labels of the one who acts: the nearest before a verb in the active, after "by" in the passive."""
    passive = not _PASSIVE.isdisjoint(reading.words[max(0, piece.first - 2) : piece.first])
    by = next((i for i in range(piece.last, min(piece.last + 8, bounds[1])) if reading.words[i] == "by"), None)
    order = range(piece.first - 1, bounds[0] - 1, -1)
    if "loses" in piece.labels:
        order = range(piece.last, min(piece.last + 8, bounds[1]))
    elif by is not None and (passive or by == piece.last):
        order = range(by, min(by + 10, bounds[1]))
    elif passive:
        order = range(0)
    somebodys: frozenset[str] = frozenset()
    for index in order:
        who = reading.labels[index].intersection(_ACTORS)
        before = reading.words[index - 1] if index else ""
        if who and before == "and" and index > 1:  # "the army and its allies took": the first of two is named for both
            who = reading.labels[index - 2].intersection(_ACTORS) or who
        if who and before not in _ITS:
            return who
        somebodys = somebodys or who
    return somebodys


def _clauses_with_a_place(reading: Reading) -> set[int]:
    """Return the clauses that name a place of their own: a preposition and a capital letter, not of a day."""
    words = reading.words
    return {
        reading.clauses[index]
        for index, word in enumerate(words)
        if word in _BEFORE_PLACE and reading.is_name(index + 1) and words[index + 1] not in _DAYS_AND_MONTHS
    }
