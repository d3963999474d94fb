"""Periods of days: how they are built from the calendar, and what an expression says of one.

An event is taken to lie in the past: a bare weekday is the latest one up to the day of publication, and a month or a
day of a month without a year the latest one that began by the day after it, since a report written east of the reader
may carry the date of the day before.
"""

import datetime
from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from geomap.language.word_lists import ORDINALS, SHORT_MONTHS, SHORT_WEEKDAYS, TO_TWELVE

DAY = datetime.timedelta(days=1)
_NIGHT, _WEEK = 2, 11
"""The longest periods that still count as a day (a night belongs to two) and as a week (the last third of a month)."""
SEASONS = {"winter": 12, "spring": 3, "summer": 6, "autumn": 9, "fall": 9}
"""The month that a season begins with: the meteorological ones of the northern hemisphere."""


class Period(NamedTuple):
    """The days that an expression may mean, and how closely it says so."""

    start: datetime.date
    """The first day."""
    end: datetime.date
    """The last day, itself included."""
    precision: int
    """ACLED time precision, 1 to 3."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What an expression says and the day it is read from."""

    words: Mapping[str, str] = field(default_factory=dict)
    """Its named parts."""
    published: datetime.date | None
    """Day of publication; ``None`` when unknown."""
    told: datetime.date | None = None
    """The day that a heading or the opening of the line gives, from which "yesterday" and "Monday" are counted."""

    @property
    def written(self) -> datetime.date:
        """The day of publication; `LookupError` when it is unknown."""
        if self.published is None:
            raise LookupError("no day of publication")
        return self.published

    @property
    def today(self) -> datetime.date:
        """The day that what is told counts from: the one that the layout gives, else that of publication."""
        return self.told or self.written

    def number(self, name: str) -> int:
        """Return the number that a part says, in digits of any script or in words."""
        return number_of(self.words[name])


def number_of(word: str) -> int:
    """Return a cardinal or ordinal number up to twelve in words or any in digits; `ValueError` for another word."""
    digits = word.rstrip("stndrh")
    if digits.isdecimal():
        return int(digits)
    if word in ORDINALS:
        return ORDINALS.index(word) + 1
    if "couple" in word:
        return 2
    return 1 if word in ("a", "an") else TO_TWELVE.index(word) + 1


def spanning(start: datetime.date, end: datetime.date) -> Period:
    """Return the period of two days, as precise as its length; `ValueError` when they are the wrong way round."""
    if end < start:
        raise ValueError("ends before it starts")
    days = (end - start).days + 1
    return Period(start, end, 1 if days <= _NIGHT else 2 if days <= _WEEK else 3)


def on(day: datetime.date) -> Period:
    """Return the period of one day."""
    return Period(day, day, 1)


def months_from(year: int, month: int, count: int) -> Period:
    """Return ``count`` months from one on; a month below 1 or above 12 lies in another year."""
    first = datetime.date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)
    last = month + count - 1
    end_year, end_month = year + (last - 1) // 12, (last - 1) % 12 + 1
    return Period(first, datetime.date(end_year, end_month, monthrange(end_year, end_month)[1]), 3)


def month_number(name: str) -> int:
    """Return the number of a month by the first three letters of its name, in lower case."""
    return SHORT_MONTHS.index(name[:3]) + 1


def latest(build: Callable[[int], Period], limit: datetime.date) -> Period:
    """Return the period of the latest year that begins by a day; a leap day may be seven years back."""
    for year in range(limit.year, limit.year - 9, -1):
        try:
            period = build(year)
        except ValueError:
            continue
        if period.start <= limit:
            return period
    raise ValueError("no such day in the last years")


def dated(parts: Parts, build: Callable[[int], Period]) -> Period:
    """Return the period of the year that is said, or else of the latest year that fits."""
    if "year" in parts.words:
        return build(int(parts.words["year"]))
    return latest(build, parts.written + DAY)


def weekday_by(day: datetime.date, name: str) -> datetime.date:
    """Return the latest such weekday up to and with a day."""
    return day - DAY * ((day.weekday() - SHORT_WEEKDAYS.index(name[:3])) % 7)
