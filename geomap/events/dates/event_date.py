"""The day of an event: which date expression of its sentence is its own, and what that means."""

import datetime
import re
from dataclasses import dataclass, replace

from geomap.events.clause_boundaries import Boundaries, find_boundaries
from geomap.events.dates.grammar import Expression, find_expressions
from geomap.events.dates.meanings import READINGS
from geomap.events.dates.periods import DAY, Parts, Period, number_of, spanning
from geomap.language.lines import dateline_end
from geomap.types import EventDate, Span

_ENDS_OF_RANGES = {"iso", "numeric", "day_month", "month_day", "weekday", "month_year", "month_only"}
_TO = re.compile(r"\s{0,3}(?:-|–|—|to|and|or|through|until|till)?\s{0,3}", re.IGNORECASE)
_REACH = 80  # characters before a date in which another deed may own it

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
        will | would | shall | (?-i:may) | might | could | should | must | to[ ]be | going[ ]to
        | (?: plans? | planned | set | expected | due | scheduled | threatened | vowed | wants? | hopes? ) [ ]to
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Date:
    """A date expression, or a range of two."""

    first: Expression
    last: Expression

    @property
    def span(self) -> Span:
        return self.first.start, self.last.end


def event_date(
    sentence: str,
    trigger: Span,
    published: datetime.date | None,
    *,
    anchor: EventDate | None = None,
    told: datetime.date | None = None,
) -> EventDate:
    """Return when the event of a trigger happened, as far as its sentence says.

    The date that stands nearest is taken, the clauses between counted before the characters. Dates of other things are
    left out: of another deed ("elected in 2019"), of a record ("the largest since 2022"), of a habit ("every Friday"),
    of publication, and those of what has not happened yet ("will attack on Friday"). That of the saying ("said on
    Friday") is taken: in the marked reports it is the day of the event more often than not. "Next Friday" and
    "tomorrow" are read, and lie after the day of publication; no other period reaches beyond it.

    Parameters
    ----------
    sentence
        One sentence.
    trigger
        The words that say what happened, in offsets of the sentence.
    published
        Day of publication; without it, what needs it keeps its words and has no days.
    anchor
        What the report told of before: "the same day" and "two days later" are counted from it.
    told
        The day of the heading or line that the sentence stands under, if there is one: "yesterday" and "on Monday" are
        counted from it.

    Returns
    -------
        The words and days; all empty when the sentence dates nothing. Impossible days ("31 February") and numeric dates
        that could be read in two orders ("03/02/2025") keep their words and have no days.
        Precision is ACLED's (codebook, "Time precision"): 1 up to two days, a night being one occasion; 2 a weekend, a
        week or a part of a month; 3 a month or longer.
    """
    expressions = find_expressions(sentence)
    if not expressions:
        return EventDate()
    dates = _ranges(sentence, expressions)
    breaks = find_boundaries(sentence, [date.span for date in dates])
    rivals = [date for date in dates if not _of_something_else(sentence, date, trigger, breaks)]
    if not rivals:
        return EventDate()
    date = min(rivals, key=lambda one: (_distance(one, trigger, breaks), one.span))
    words, days = sentence[slice(*date.span)], Parts(published=published, told=told)
    if "(" in words and ")" not in words and sentence[date.span[1] :][:1] == ")":
        words += ")"
    try:
        shifts = date.first.kind == "shift"
        period = _shifted(sentence, date, trigger, dates, days, anchor) if shifts else _period(date, days)
    except (LookupError, ValueError, OverflowError):
        return EventDate(words=words)
    return EventDate(words=words, start=period.start, end=period.end, precision=period.precision)


def _ranges(sentence: str, expressions: list[Expression]) -> list[_Date]:
    """Join "from 3 May" and "to 5 June", "Monday" and "and Tuesday"."""
    dates: list[_Date] = []
    for expression in expressions:
        before = dates[-1] if dates else None
        if before and before.first is before.last and _joined(sentence, before.first, expression):
            dates[-1] = _Date(first=before.first, last=expression)
        else:
            dates.append(_Date(first=expression, last=expression))
    return dates


def _joined(sentence: str, first: Expression, last: Expression) -> bool:
    if {first.kind, last.kind} - _ENDS_OF_RANGES or not _TO.fullmatch(sentence, first.end, last.start):
        return False
    said = sentence[first.end : last.start].strip() or last.words.get("lead", "") in ("through", "until", "till")
    return bool(said) and first.words.get("lead") != "since"


def _of_something_else(sentence: str, date: _Date, trigger: Span, breaks: Boundaries) -> bool:
    start, end = date.span
    before = sentence[max(0, start - _REACH) : start]
    if _HABIT.search(before) or _PUBLISHED.search(before):
        return True
    if end <= dateline_end(sentence, (0, len(sentence))):
        return True
    if _NAMED.search(sentence, max(0, start - 4), end) and sentence[end : end + 2].strip()[:1].isupper():
        return True
    if date.first.words.get("lead") == "since" and _RECORD.search(before):
        return True
    if _DEED_AFTER.match(sentence, end) and not start <= trigger[0] < end + 40:
        return True
    return _governed(sentence, date, trigger, breaks)


def _governed(sentence: str, date: _Date, trigger: Span, breaks: Boundaries) -> bool:
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


def _distance(date: _Date, trigger: Span, breaks: Boundaries) -> float:
    """Return how far a date is from a trigger; "for a third day" says less than a date beside it."""
    low, high = sorted((date.span, trigger))
    counted = date.first.kind == "shift" and date.first.words.get("way") in ("before", "after", "following")
    cost = breaks.between(low[1], high[0])
    cost = min(0.5, cost) if counted else cost
    return cost + max(0, high[0] - low[1]) / 500 + 2 * (date.first.kind == "running")


def _period(date: _Date, days: Parts) -> Period:
    last, published = _read(date.last, days), days.published
    if date.first is not date.last:
        first = _read(date.first, Parts(published=last.start))
        return _until(spanning(first.start, last.end), published)
    lead = date.first.words.get("lead")
    if lead in ("until", "till", "before"):
        raise ValueError("its beginning is not said")
    if lead in ("since", "from") and date.first.kind not in ("months", "years") and "last" not in date.first.words:
        if published is None:
            raise LookupError("its end is not said")
        return spanning(last.start, published)
    return _until(last, published)


def _read(expression: Expression, days: Parts) -> Period:
    return READINGS[expression.kind](replace(days, words=expression.words))


def _until(period: Period, published: datetime.date | None) -> Period:
    """Cut off what lies after publication, unless all of it does."""
    if published is None or period.start > published:
        return period
    return period._replace(end=min(period.end, published))


def _shifted(
    sentence: str, date: _Date, trigger: Span, dates: list[_Date], days: Parts, anchor: EventDate | None
) -> Period:
    """Read "a day earlier" and "two days after …" from the nearest day of the sentence, or what was told before it."""
    words = date.first.words
    way = words.get("way") or words.get("way2") or words.get("way3") or "next"
    unit = words.get("unit") or words.get("unit2") or words.get("unit3") or "day"
    count = number_of(words["number"]) if "number" in words else 1
    sign = {"earlier": -1, "before": -1, "previous": -1, "preceding": -1, "same": 0, "that": 0}.get(way, 1)
    start, end = date.span
    others = [other for other in dates if other.first.kind != "shift" and other.span[0] < start] or [
        other for other in dates if other.first.kind != "shift" and way in ("before", "after", "following")
    ]
    clause = next((match.start() for match in re.finditer(r",\s|;", sentence[end:])), len(sentence)) + end
    if words.get("way") in ("before", "after", "following") and end <= trigger[0] < clause:
        # The trigger stands in "two days after …" itself: what that is counted from is in the main clause.
        sign = -sign
    period = _period(min(others, key=lambda other: abs(other.span[0] - start)), days) if others else _told(anchor)
    step = DAY * count * sign * (7 if unit == "week" else 1)
    night = DAY if unit == "night" and sign == 0 and period.start == period.end else DAY * 0
    first = period.start + step
    if days.published is not None and first > days.published:
        raise LookupError("what it is counted from is another day than it seems")
    return Period(first, period.end + step + night, period.precision)


def _told(anchor: EventDate | None) -> Period:
    """Return the days of what was told before; `LookupError` when they are not known."""
    if anchor is None or anchor.start is None or anchor.end is None or anchor.precision is None:
        raise LookupError("nothing to count from")
    return Period(anchor.start, anchor.end, anchor.precision)


def first_date(line: str, published: datetime.date | None) -> tuple[EventDate, Span]:
    """Return the first date, or range of two, of a line, and its offsets: "10–15 February", "Jan. 16: A bomb".

    A date without days if there is none, or one whose days cannot be read.
    """
    dates = _ranges(line, find_expressions(line))
    if not dates or dates[0].first.kind == "shift":
        return EventDate(), (0, 0)
    try:
        period = _period(dates[0], Parts(published=published))
    except (LookupError, ValueError, OverflowError):
        return EventDate(), (0, 0)
    return EventDate(start=period.start, end=period.end, precision=period.precision), dates[0].span
