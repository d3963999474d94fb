"""What a sentence says happened: the words that say so, and the ACLED sub-type they tell of.

A lexicon labels the words, rules choose a sub-type by the labels around a trigger, and what belongs to one happening
is made one. The tie rules are those of ACLED: shelling within a battle is a battle, two sides that exchange fire are an
armed clash, a missile or drone brought down is disrupted weapons use, and ground that changes hands without a fight is
a non-violent transfer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from geomap.events.triggers.clauses import Piece, Reading, read_sentence
from geomap.events.triggers.lexicon import NOTHING, Condition, Lexicon, Rule, load_lexicon
from geomap.events.triggers.realis import happened, is_game, old_times
from geomap.events.vocabulary import TYPE_OF
from geomap.types import Span

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
_DAYS_AND_MONTHS = frozenset(
    {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march"}
    | {"april", "may", "june", "july", "august", "september", "october", "november", "december", "jan", "feb", "mar"}
    | {"apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec"}
)
_BEFORE_NAME = frozenset(
    {"the", "of", "part", "parts", "all", "most", "its", "control"}
    | {"north", "south", "east", "west", "northern", "southern", "eastern", "western", "central"}
)
_OF_CROWDS = frozenset({"protest", "riot", "disperse"})
_GROUND_TAKEN = frozenset({"Government regains territory", "Non-state actor overtakes territory"})
# In a demonstration the worst that happened names the event.
_DEMONSTRATIONS = (
    "Peaceful protest",
    "Protest with intervention",
    "Violent demonstration",
    "Excessive force against protesters",
)


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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Finding:
    """A trigger with what is needed to tell whether it repeats another."""

    piece: Piece
    kind: str
    sub_type: str
    clause: int


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
        government. They settle who or what was "captured", and who "protested"; without them capitals and words do.

    Returns
    -------
        One trigger a happening, with offsets in ``sentence``; empty when it reports none: when nothing violent or
        political is said, or when it is denied, threatened, planned, rehearsed, remembered or a figure of speech.
    """
    lexicon = load_lexicon()
    reading = read_sentence(sentence, lexicon, places=places, governments=governments)
    if reading is None or is_game(reading):
        return ()
    findings = _one_a_happening(reading, _findings(reading, lexicon))
    return tuple(
        Trigger(
            start=reading.spans[finding.piece.first][0],
            end=reading.spans[finding.piece.last - 1][1],
            event_type=TYPE_OF[finding.sub_type],
            event_sub_type=finding.sub_type,
        )
        for finding in findings
    )


def _findings(reading: Reading, lexicon: Lexicon) -> list[_Finding]:
    everywhere: frozenset[str] = frozenset().union(*reading.labels)
    old = old_times(reading)
    placed = _clauses_with_a_place(reading)
    findings = []
    for piece in reading.pieces:
        clause = reading.clauses[piece.first]
        kinds = piece.kinds
        if clause in reading.background:
            kinds = tuple(kind for kind in kinds if kind in _OF_CROWDS)
        if not kinds:
            continue
        if not happened(reading, piece, old=old, crowd=not _OF_CROWDS.isdisjoint(kinds)):
            continue
        scopes = _scopes(reading, piece, everywhere, placed=clause in placed)
        for kind in kinds:
            sub_type = _decide(lexicon.decisions[kind], scopes)
            if sub_type != NOTHING:
                findings.append(_Finding(piece=piece, kind=kind, sub_type=sub_type, clause=clause))
                break
    return findings


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


def _one_a_happening(reading: Reading, findings: list[_Finding]) -> list[_Finding]:
    """Return one finding a happening, in text order."""
    findings = _without_outcomes(findings)
    if any(finding.sub_type in _GROUND_TAKEN for finding in findings):
        findings = [finding for finding in findings if finding.sub_type != "Armed clash"]
    findings = _worst_of_a_demonstration(_without_echoes(findings))
    places = _clauses_with_a_place(reading)
    kept: list[_Finding] = []
    told: set[str] = set()
    for clause, group in groupby(findings, key=lambda finding: finding.clause):
        seen: set[str] = set()
        for finding in group:
            if finding.sub_type not in seen and (finding.sub_type not in told or clause in places):
                kept.append(finding)
            seen.add(finding.sub_type)
        told |= seen
    return kept


def _without_outcomes(findings: list[_Finding]) -> list[_Finding]:
    """Leave out deaths and damage beside what caused them; a weapon that killed in a clause of its own is told."""
    causes = [one for one in findings if one.kind not in ("kill", "other")]  # nobody dies of flight or a coup
    if not causes:
        return findings
    clauses, sub_types = {one.clause for one in causes}, {one.sub_type for one in causes}
    return [
        one
        for one in findings
        if one.kind != "kill"
        or (
            TYPE_OF[one.sub_type] == "Explosions/Remote violence"
            and one.clause not in clauses
            and one.sub_type not in sub_types
        )
    ]


def _without_echoes(findings: list[_Finding]) -> list[_Finding]:
    """Leave out what is only the other side of what stands beside it: fires that a strike set, launches shot down."""
    by_clause: dict[int, set[str]] = {}
    for one in findings:
        by_clause.setdefault(one.clause, set()).add(one.sub_type)

    anywhere = {one.sub_type for one in findings}
    riot = any(TYPE_OF[sub_type] == "Riots" for sub_type in anywhere)

    def echoes(one: _Finding) -> bool:
        beside = by_clause[one.clause]
        if one.sub_type == "Looting/property destruction":
            return riot or any(TYPE_OF[other] in ("Battles", "Explosions/Remote violence") for other in beside)
        if one.sub_type == "Change to group/activity":
            return one.kind == "withdraw" and "Non-violent transfer of territory" in anywhere
        if one.sub_type == "Remote explosive/landmine/IED":
            return "Suicide bomb" in anywhere
        if "hit_word" in one.piece.labels and one.sub_type in ("Attack", "Armed clash"):
            return any(TYPE_OF[other] == "Explosions/Remote violence" for other in beside)
        return "falls" in one.piece.labels and "Disrupted weapons use" in beside

    return [one for one in findings if not echoes(one)]


def _worst_of_a_demonstration(findings: list[_Finding]) -> list[_Finding]:
    ranks = [_DEMONSTRATIONS.index(one.sub_type) for one in findings if one.sub_type in _DEMONSTRATIONS]
    if not ranks:
        return findings
    worst = _DEMONSTRATIONS[max(ranks)]
    return [one for one in findings if one.sub_type not in _DEMONSTRATIONS or one.sub_type == worst]


def _clauses_with_a_place(reading: Reading) -> set[int]:
    """Return the clauses that name a place of their own: a preposition and a capital letter, not of a day."""
    words = reading.words
    return {
        reading.clauses[index]
        for index, word in enumerate(words)
        if word in _BEFORE_PLACE and reading.is_name(index + 1) and words[index + 1] not in _DAYS_AND_MONTHS
    }
