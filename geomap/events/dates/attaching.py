"""Which date expression of a sentence says when the event of a trigger happened.

The nearest of the trigger's clause, clauses counted before characters, but none that dates something else: the saying,
another deed, a record, a habit, the publication, or what has not happened yet.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from geomap.events.breaks import Breaks, find_breaks
from geomap.events.dates.grammar import Expression
from geomap.types import Span

_REACH = 80  # characters before a date in which another deed may own it

_SAYING = re.compile(
    r"""
    \b (?:
        said | says | saying | told | (?<!was[ ]) (?<!were[ ]) (?<!been[ ]) reported | wrote | announced | claimed
        | confirmed | stated | added | declared | acknowledged | admitted | posted | noted | warned | insisted
        | tweeted | urged | vowed | statement | interview | remarks | speech
    ) \b (.*) $
    """,
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
_BESIDE_SAYING = re.compile(
    r"""
    (?:
          \W
        | \b (?:
              reporters | journalists | media | in | an? | the | its | his | her | statement | on | telegram
              | facebook | x | twitter | post | television | tv | televised | address | video | late | early | by
              | phone | briefing | press | news | conference | at | to | interview
          ) \b
        | (?-i:[A-Z]) \w+
    )*+
    """,
    re.IGNORECASE | re.VERBOSE,
)
_DEED = re.compile(
    r"""
    \b (?:
        elected | appointed | born | founded | established | sworn | inaugurated | adopted | signed | agreed
        | reached | brokered | annexed | conquered | overran | overrun | imposed | introduced | seized | captured
        | invaded | launched | began | started | built | opened | jailed | sentenced | convicted | joined | retired
        | fled | moved | married | graduated | formed | created | passed | approved | due | scheduled | planned
        | expected | slated | upcoming | will | won | lost | ousted | overthrown | independence | election
        | elections | vote | referendum | war | revolution | uprising | coup | deal | accord | accords | agreement
        | treaty | invasion
    ) \b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_STARTED = re.compile(r"launched|began|started", re.IGNORECASE)
_FIGHTING = re.compile(
    r"seized|captured|conquered|overran|overrun|invaded|launched|began|started|opened", re.IGNORECASE
)
_SAME_TIME = re.compile(r"\b(?:when|after|as)\s?$", re.IGNORECASE)
_DEED_AFTER = re.compile(
    r"""
    \s (?:\w+\s){0,2} (?:
        election | vote | summit | meeting | talks | ceasefire | truce | agreement | deal | statement | speech
        | accord
    ) \w*\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_NOT_YET = re.compile(
    r"""
    \b (?:
          will
        | would
        | shall
        | (?-i:may)
        | might
        | could
        | should
        | must
        | to[ ]be
        | going[ ]to
        | (?:
              plan | plans | planned | set | expected | due | scheduled | threatened | vowed | want | wants | hope
              | hopes
          ) [ ]to
    ) (?:\s\w+){0,2} \s$
    """,
    re.IGNORECASE | re.VERBOSE,
)
_RECORD = re.compile(r"\b(?:\w{2,}est|first|most|unseen|not seen|never|only)\b[^,;]{0,60}$", re.IGNORECASE)
_HABIT = re.compile(r"\b(?:every|each|good|black|bloody|palm|ash|easter)\s$", re.IGNORECASE)
_NAMED = re.compile(r"\bthe [a-z]+$", re.IGNORECASE)  # "The Sunday" before "Times"
_PUBLISHED = re.compile(
    r"(?:\b(?:published|updated|posted|modified|copyright|issued)|©)[\s:|]{0,3}(?:on\s)?$", re.IGNORECASE
)
_DATELINE = re.compile(r"\s?(?:\([^()]{1,40}\)\s?)?[-–—]{1,2}\s")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A date expression, or a range of two."""

    first: Expression
    """The expression, or that which begins the range."""
    last: Expression
    """The expression, or that which ends the range."""

    @property
    def span(self) -> Span:
        """Its offsets in the sentence."""
        return self.first.start, self.last.end


def date_of(sentence: str, trigger: Span, dates: Sequence[Said]) -> Said | None:
    """Return the date of a trigger, of those of its sentence in text order; ``None`` where none of them is its own."""
    breaks = find_breaks(sentence, [date.span for date in dates])
    rivals = [date for date in dates if not _of_something_else(sentence, date, trigger, breaks)]
    ranked = [(_distance(sentence, date, trigger, breaks), date.span, date) for date in rivals]
    best = min((rank for rank in ranked if rank[0] is not None), default=None, key=lambda rank: rank[:2])
    return best[2] if best else None


def _of_something_else(sentence: str, date: Said, trigger: Span, breaks: Breaks) -> bool:
    start, end = date.span
    before = sentence[max(0, start - _REACH) : start]
    if _HABIT.search(before) or _PUBLISHED.search(before):
        return True
    if start < _REACH and before.isupper() | before.rstrip(", ").isupper() and _DATELINE.match(sentence, end):
        return True
    if _NAMED.search(sentence, max(0, start - 4), end) and sentence[end : end + 2].strip()[:1].isupper():
        return True
    if date.first.words.get("lead") == "since" and _RECORD.search(before):
        return True
    if _DEED_AFTER.match(sentence, end) and not start <= trigger[0] < end + 40:
        return True
    return _governed(sentence, date, trigger, breaks)


def _governed(sentence: str, date: Said, trigger: Span, breaks: Breaks) -> bool:
    """Say whether another word than the trigger takes the date, looking left within its clause."""
    start = date.span[0]
    low = max(breaks.opening(start), start - _REACH)
    if date.first.words.get("which") != "next" and date.first.kind != "tomorrow":
        opening = max(breaks.opening(trigger[0]), trigger[0] - _REACH)
        if _NOT_YET.search(sentence[opening : trigger[0]]):
            return True
    if low <= trigger[0] < start:
        low = min(trigger[1], start)
    before = sentence[low:start]
    saying = _SAYING.search(before)
    if saying and _BESIDE_SAYING.fullmatch(saying[1]):
        return True
    # "killed when gunmen launched an attack on Friday": both were on Friday.
    same_time = _SAME_TIME.search(sentence, max(0, low - 7), low)
    joined = trigger[0] < low and sentence.endswith("and", 0, low)  # "captured the hill and annexed it in 1967"
    for deed in _DEED.finditer(before):
        if (deed.start() <= 1 and joined) or (same_time and _FIGHTING.fullmatch(deed[0])):
            continue
        started = _STARTED.fullmatch(deed[0]) and low + deed.start() - trigger[1] <= 6  # "the incursion (has) begun on"
        if not started and len(before[deed.end() :].split()) <= 5:
            return True
    return False


def _distance(sentence: str, date: Said, trigger: Span, breaks: Breaks) -> float | None:
    """Return how far a date is from the trigger, or ``None`` when it cannot belong to it."""
    start, end = date.span
    length = len(sentence)
    own, its = breaks.relative(start, length), breaks.relative(trigger[0], length)
    if own and own != its and not 0 <= own[0] - trigger[1] <= 2:
        return None
    if its and its != own and sentence[its[0] : its[0] + 5].lower() != "which":
        return None
    cost = breaks.between(end, trigger[0]) if end <= trigger[0] else breaks.between(trigger[1], start)
    gap = trigger[0] - end if end <= trigger[0] else start - trigger[1]
    if date.first.kind == "shift" and date.first.words.get("way") in ("before", "after", "following"):
        cost = 0.5
    # "for a third day" says less than a date beside it.
    return cost + max(0, gap) / 500 + 2 * (date.first.kind == "running")
