"""The day a report was published, from whatever way it was written."""

import datetime
import re
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product

from geomap.errors import GeomapWarning

_LONGEST = 64  # no written date is longer; dateutil is not asked to read an essay
_ISO = re.compile(r"(\d{4})([-/]?)(\d{2})\2(\d{2})(?!\d)")
_COMPACT_TIME = re.compile(r"(\d{4})(\d{2})(\d{2})\d{4}(?:\d{2})?$")  # 20250314093000, as GDELT writes it
_DAY_AND_MONTH = re.compile(r"(\d{1,2})([-/. ])(\d{1,2})\2\d{4}(?!\d)")  # which is which depends on the writer
_FIRST_YEAR = 1900  # news that is mapped is no older; a smaller year is a slip of a key or a program's zero
# Two days that differ in year, month, day and weekday: what dateutil fills in from them was not written.
_DEFAULTS = (datetime.datetime(2001, 1, 1), datetime.datetime(2004, 2, 3))


@dataclass(frozen=True, slots=True, kw_only=True)
class DateOrder:
    """In which order the dates of one column name day and month."""

    day_first: bool | None = None
    """``True`` for 25/03/2025, ``False`` for 03/25/2025; ``None`` when the column does not tell, or tells both."""
    proof: str = ""
    """The first date that can be read in this order alone."""
    doubtful: int = 0
    """How many dates of the column can be read in both."""


def date_order(written: Iterable[str]) -> DateOrder:
    """Return how a column of dates orders day and month, from those of its dates that can be read in one way only."""
    proofs: dict[bool, str] = {}
    doubtful = 0
    for one in written:
        match = _DAY_AND_MONTH.match(one.strip())
        if match is None:
            continue
        first, second = int(match[1]), int(match[3])
        if first > 12 >= second or second > 12 >= first:
            proofs.setdefault(first > 12, one.strip()[:_LONGEST])
        elif first != second:
            doubtful += 1
    if len(proofs) != 1:
        return DateOrder(doubtful=doubtful)
    ((day_first, proof),) = proofs.items()
    return DateOrder(day_first=day_first, proof=proof, doubtful=doubtful)


def parse_published(
    value: object, *, path: str = "", line: int | None = None, day_first: bool | None = None
) -> datetime.date | None:
    """Return the day that a publication date names.

    The day is taken as written: a time zone does not move it. A date is accepted only when every way of reading it
    gives the same day, so "03/04/2025" (March or April?), "14.03.25" and "March 2025" are not, unless ``day_first``
    says which is which; and only from 1900 to the end of next year.

    Parameters
    ----------
    value
        ISO 8601 ("2025-03-14", "2025-03-14T09:30:00Z", "20250314"), RFC 2822 or English ("14 March 2025"); ``None`` and
        blank text mean unknown.
    path, line
        Where it stands, for the warning.
    day_first
        How the other dates of its column are ordered; ``None`` when that is unknown.

    Returns
    -------
        The day, or ``None`` with a `GeomapWarning` when it cannot be read for certain, without one when there is none.
    """
    written = "" if value is None else str(value).strip()
    if not written:
        return None
    day = read_day(written, day_first=day_first)
    problem = "is ambiguous or unreadable" if day is None else _year_problem(day)
    if problem:
        where = f"{path}, line {line}" if line is not None else path
        warnings.warn(
            f"{where}: the publication date {written[:_LONGEST]!r} {problem} and was left empty; "
            "write it as YYYY-MM-DD",
            GeomapWarning,
            stacklevel=2,
        )
        return None
    return day


def read_day(written: str, *, day_first: bool | None = None) -> datetime.date | None:
    """Return the one day that a text without surrounding white space can mean, in any year; else ``None``."""
    if len(written) > _LONGEST:
        return None
    match = _ISO.match(written) or _COMPACT_TIME.match(written)
    if not match:
        return _read_freely(written, day_first=day_first if has_day_and_month(written) else None)
    parts = [part for part in match.groups() if part.isdecimal()]
    try:
        return datetime.date(*map(int, parts))
    except ValueError:
        return None


def has_day_and_month(written: str) -> bool:
    """Return whether a text begins with day, month and year in numbers, the year last, as 25/03/2025."""
    return _DAY_AND_MONTH.match(written) is not None


def looks_like_day(written: str) -> bool:
    """Return whether a text without surrounding white space is a date of our times, in whatever order."""
    if len(written) > _LONGEST:
        return False
    day = read_day(written)
    return has_day_and_month(written) or (day is not None and not _year_problem(day))


def _year_problem(day: datetime.date) -> str:
    if day.year < _FIRST_YEAR:
        return f"lies before {_FIRST_YEAR}"
    return "lies after next year" if day.year > datetime.datetime.now(tz=datetime.UTC).year + 1 else ""


def _read_freely(written: str, *, day_first: bool | None) -> datetime.date | None:
    from dateutil import parser  # type: ignore[import-untyped]

    days: set[datetime.date] = set()
    orders = (False, True) if day_first is None else (day_first,)
    for default, order, year_first in product(_DEFAULTS, orders, (False, True)):
        try:
            moment = parser.parse(
                written, default=default, dayfirst=order, yearfirst=year_first, ignoretz=True, fuzzy=False
            )
        # dateutil lets more than its ParserError (a ValueError) through on odd input.
        except (ValueError, OverflowError, ArithmeticError, TypeError, AttributeError, LookupError):
            return None
        days.add(moment.date())
    return days.pop() if len(days) == 1 else None
