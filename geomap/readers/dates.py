"""The day a report was published, from whatever way it was written."""

import datetime
import re
import warnings
from itertools import product

from geomap.errors import GeomapWarning

_LONGEST = 64  # no written date is longer; dateutil is not asked to read an essay
_ISO = re.compile(r"(\d{4})([-/]?)(\d{2})\2(\d{2})(?!\d)")
_COMPACT_TIME = re.compile(r"(\d{4})(\d{2})(\d{2})\d{4}(?:\d{2})?$")  # 20250314093000, as GDELT writes it
# Two days that differ in year, month, day and weekday: what dateutil fills in from them was not written.
_DEFAULTS = (datetime.datetime(2001, 1, 1), datetime.datetime(2004, 2, 3))


def parse_published(value: object, *, path: str = "", line: int | None = None) -> datetime.date | None:
    """Return the day that a publication date names.

    The day is taken as written: a time zone does not move it. A date is accepted only when every way of reading it
    gives the same day, so "03/04/2025" (March or April?), "14.03.25" and "March 2025" are not.

    Parameters
    ----------
    value
        ISO 8601 ("2025-03-14", "2025-03-14T09:30:00Z", "20250314"), RFC 2822 or English ("14 March 2025"); ``None`` and
        blank text mean unknown.
    path, line
        Where it stands, for the warning.

    Returns
    -------
        The day, or ``None`` with a `GeomapWarning` when it cannot be read for certain, without one when there is none.
    """
    written = "" if value is None else str(value).strip()
    if not written:
        return None
    day = _read(written) if len(written) <= _LONGEST else None
    if day is None:
        where = f"{path}, line {line}" if line is not None else path
        warnings.warn(
            f"{where}: the publication date {written[:_LONGEST]!r} is ambiguous or unreadable and was left empty; "
            "write it as YYYY-MM-DD",
            GeomapWarning,
            stacklevel=2,
        )
    return day


def _read(written: str) -> datetime.date | None:
    match = _ISO.match(written) or _COMPACT_TIME.match(written)
    if not match:
        return _read_freely(written)
    parts = [part for part in match.groups() if part.isdecimal()]
    try:
        return datetime.date(*map(int, parts))
    except ValueError:
        return None


def _read_freely(written: str) -> datetime.date | None:
    from dateutil import parser  # type: ignore[import-untyped]

    days: set[datetime.date] = set()
    for default, day_first, year_first in product(_DEFAULTS, (False, True), (False, True)):
        try:
            moment = parser.parse(
                written, default=default, dayfirst=day_first, yearfirst=year_first, ignoretz=True, fuzzy=False
            )
        # dateutil lets more than its ParserError (a ValueError) through on odd input.
        except (ValueError, OverflowError, ArithmeticError, TypeError, AttributeError, LookupError):
            return None
        days.add(moment.date())
    return days.pop() if len(days) == 1 else None
