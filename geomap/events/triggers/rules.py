"""What the rules of the lexicon make of a phrase: the sub-type that the labels around it call for.

The tie rules are those of ACLED: shelling within a battle is a battle, two sides that exchange fire are an armed clash,
a missile or drone brought down is disrupted weapons use, and ground that changes hands without a fight is a
non-violent transfer. Whether the thing happened at all is not asked here.
"""

from geomap.events.triggers.clauses import Piece, Reading
from geomap.events.triggers.lexicon import NOTHING, Condition, Lexicon, Rule
from geomap.language.word_lists import MONTHS, POINTS, SHORT_MONTHS, WEEKDAYS

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


def decided_by_rules(reading: Reading, piece: Piece, lexicon: Lexicon) -> str:
    """Return the sub-type that the first rule which holds gives a phrase; `NOTHING` where none does, or none is."""
    clause = reading.clauses[piece.first]
    everywhere: frozenset[str] = frozenset().union(*reading.labels)
    scopes = _scopes(reading, piece, everywhere, placed=clause in _clauses_with_a_place(reading))
    found = (_decide(lexicon.decisions[kind], scopes) for kind in piece.kinds)
    return next((sub_type for sub_type in found if sub_type != NOTHING), NOTHING)


def _decide(rules: tuple[Rule, ...], scopes: dict[str, frozenset[str]]) -> str:
    return next((rule.sub_type for rule in rules if all(_holds(one, scopes) for one in rule.conditions)), NOTHING)


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
