"""What date expressions mean: those of the calendar, and those said from the day of publication ("two days ago").

The early, mid and late part of a month are its days 1 to 10, 11 to 20 and 21 to the last; those of a year are four
months each.
"""

import datetime
from calendar import monthrange
from dataclasses import replace

from geomap.events.dates.periods import (
    DAY,
    SEASONS,
    Parts,
    Period,
    dated,
    latest,
    month_number,
    months_from,
    number_of,
    on,
    spanning,
    weekday_by,
)

_THIRDS = {"early": 0, "start of": 0, "beginning of": 0, "mid": 1, "middle of": 1, "late": 2, "end of": 2}
_RECENT = {"hour": 1, "day": 7, "night": 7, "week": 31, "fortnight": 62, "month": 183, "year": 1096}
"""Days that "recent" ones may reach back."""


def _iso(parts: Parts) -> Period:
    words = parts.words
    month, day = words.get("month") or words["month2"], words.get("day") or words["day2"]
    return on(datetime.date(int(words["year"]), int(month), int(day)))


def _numeric(parts: Parts) -> Period:
    """Read dots day first, as they are used; slashes only when no other order gives a day, or gives the same."""
    year = int(parts.words["year"])
    year += 0 if len(parts.words["year"]) == 4 else 2000 if year < 70 else 1900
    first = int(parts.words["first"])
    if "second" in parts.words:
        return on(datetime.date(year, int(parts.words["second"]), first))
    second = int(parts.words["slashed"])
    orders = {(first, second), (second, first)}
    days = {
        datetime.date(year, month, day) for month, day in orders if month <= 12 and day <= monthrange(year, month)[1]
    }
    possible = {day for day in days if parts.published is None or day <= parts.published + DAY}
    if len(possible) != 1:
        raise ValueError("either order is possible")
    return on(possible.pop())


def _day_of_month(parts: Parts) -> Period:
    month, first = month_number(parts.words["month"]), parts.number("day")
    last = parts.number("last") if "last" in parts.words else first
    return dated(parts, lambda year: spanning(datetime.date(year, month, first), datetime.date(year, month, last)))


def _day_only(parts: Parts) -> Period:
    day = parts.number("day")
    for back in range(3):
        first = months_from(parts.today.year, parts.today.month - back, 1)
        if day <= first.end.day and first.start.replace(day=day) <= parts.today + DAY:
            return on(first.start.replace(day=day))
    raise ValueError("no such day")


def _month(parts: Parts) -> Period:
    return dated(parts, lambda year: months_from(year, month_number(parts.words["month"]), 1))


def _month_range(parts: Parts) -> Period:
    words = {name.removesuffix("2"): value for name, value in parts.words.items() if name in ("month2", "year2")}
    last = _month(Parts(words=words, published=parts.published))
    first = _month(replace(parts, published=last.start - DAY * 2))
    return spanning(first.start, last.end)


def _year_range(parts: Parts) -> Period:
    return spanning(datetime.date(int(parts.words["year"]), 1, 1), datetime.date(int(parts.words["year2"]), 12, 31))


def _week_of(parts: Parts) -> Period:
    """Count weeks from the first of the month in sevens; the last week is its last seven days."""
    month = _month(parts)
    start, ordinal = month.start, parts.words["ordinal"]
    if parts.words["unit"] == "half":
        middle = start + DAY * (month.end.day // 2 - 1)
        return spanning(start, middle) if ordinal == "first" else spanning(middle + DAY, month.end)
    if ordinal == "last":
        return spanning(month.end - DAY * 6, month.end)
    first = start + DAY * 7 * (parts.number("ordinal") - 1)
    if first > month.end:
        raise ValueError("no such week")
    return spanning(first, min(first + DAY * 6, month.end))


def _quarter(parts: Parts) -> Period:
    length = 6 if parts.words.get("unit") == "half" else 3
    last = parts.words.get("ordinal") == "last"
    number = 12 // length if last else parts.number("quarter" if "quarter" in parts.words else "ordinal")
    if number * length > 12:
        raise ValueError("no such part of a year")
    if "year" in parts.words or "which" in parts.words:
        return months_from(_said_year(parts), (number - 1) * length + 1, length)
    return latest(lambda year: months_from(year, (number - 1) * length + 1, length), parts.today)


def _first_or_last_months(parts: Parts) -> Period:
    count = parts.number("number")
    if not 1 <= count <= 12:
        raise ValueError("no such part of a year")
    return months_from(_said_year(parts), 1 if parts.words["side"] == "first" else 13 - count, count)


def _yearly(parts: Parts) -> Period:
    """Read a rate, "200 a month are killed each year": it holds of a year, not of a day in it."""
    return spanning(parts.today - DAY * 365, parts.today)


def _said_year(parts: Parts) -> int:
    return int(parts.words["year"]) if "year" in parts.words else parts.today.year - (parts.words["which"] == "last")


def _which_third(parts: Parts) -> int:
    return _THIRDS[parts.words["third"].removeprefix("the ").strip()]


def _third_of_year(parts: Parts) -> Period:
    return months_from(_said_year(parts), _which_third(parts) * 4 + 1, 4)


def _third_of_month(parts: Parts) -> Period:
    third = _which_third(parts)
    if "month" in parts.words:
        return dated(parts, lambda year: _third(months_from(year, month_number(parts.words["month"]), 1), third))
    return _third(months_from(parts.today.year, parts.today.month - (parts.words["which"] == "last"), 1), third)


def _third(month: Period, third: int) -> Period:
    start = month.start + DAY * 10 * third
    return spanning(start, month.end if third == 2 else start + DAY * 9)


def _season(parts: Parts) -> Period:
    return dated(parts, lambda year: months_from(year, SEASONS[parts.words["season"]], 3))


def _feast(parts: Parts) -> Period:
    name = parts.words["feast"].replace("’", "'")
    month, day = {"new year's day": (1, 1), "new year's eve": (12, 31), "christmas eve": (12, 24)}.get(name, (12, 25))
    return dated(parts, lambda year: on(datetime.date(year, month, day)))


def _weekday(parts: Parts) -> Period:
    if "which" not in parts.words:
        return on(weekday_by(parts.today, parts.words["weekday"]))
    sunday = parts.today + DAY * (6 - parts.today.weekday())
    return on(weekday_by(sunday - DAY * 7 * (parts.words["which"] == "last"), parts.words["weekday"]))


def _named(parts: Parts) -> Period:
    """Read "last Friday" as the latest whole one before today, "this" as the latest, "next" as the first to come."""
    which, today = parts.words["which"], parts.today
    if "weekday" in parts.words:
        steps = {"last": -1, "past": -1, "this": 0, "next": 7}[which]
        return on(weekday_by(today + DAY * steps, parts.words["weekday"]))
    month, count = (
        (month_number(parts.words["month"]), 1) if "month" in parts.words else (SEASONS[parts.words["season"]], 3)
    )
    recent = latest(lambda year: months_from(year, month, count), today)
    back = which in ("last", "past") and recent.end >= today
    return months_from(recent.start.year + (which == "next") - back, month, count)


def _night_to(parts: Parts) -> Period:
    morning = weekday_by(parts.today, parts.words["weekday"])
    return spanning(morning - DAY, morning)


def _ago(parts: Parts) -> Period:
    """Read days exactly, weeks three days about, months and years as those of the calendar; "a few" as 2 to 7."""
    unit, today = parts.words["unit"], parts.today
    if parts.words["number"] in ("a few", "few", "several"):
        return spanning(today - DAY * _RECENT[unit], today - DAY * (2 if unit == "day" else 0))
    count = parts.number("number")
    if unit == "month":
        return months_from(today.year, today.month - count, 1)
    if unit == "year":
        return months_from(today.year - count, 1, 12)
    if unit == "hour":
        return spanning(today - DAY * -(-count // 24), today)
    if unit in ("week", "fortnight"):
        middle = today - DAY * count * (7 if unit == "week" else 14)
        return spanning(middle - DAY * 3, middle + DAY * 3)
    return on(today - DAY * count)


def _past(parts: Parts) -> Period:
    if parts.words.get("lead") in ("on", "at", "by", "before", "until", "till"):
        raise ValueError("the last of something")
    unit, count = parts.words["unit"], parts.words.get("number", "one")
    if count in ("a few", "few", "several"):
        return spanning(parts.today - DAY * _RECENT[unit], parts.today)
    days = {"hour": 1 / 24, "week": 7, "fortnight": 14, "month": 30.44, "year": 365.25}.get(unit, 1) * number_of(count)
    return spanning(parts.today - DAY * max(1, round(days + 0.49)), parts.today)


def _recent(parts: Parts) -> Period:
    return spanning(parts.today - DAY * _RECENT[parts.words["unit"]], parts.today)


def _weekend(parts: Parts) -> Period:
    which, today = parts.words.get("which"), parts.today
    sunday = weekday_by(today - DAY, "sun") if which == "last" else weekday_by(today, "sat") + DAY
    sunday += DAY * 7 * (which == "next")
    return Period(sunday - DAY, sunday, 2)


def _calendar(parts: Parts) -> Period:
    """Read weeks from Monday to Sunday."""
    today, unit = parts.today, parts.words["unit"]
    step = {"last": -1, "this": 0, "next": 1}[parts.words.get("which", "this")]
    if unit == "week":
        monday = weekday_by(today, "mon") + DAY * 7 * step
        return spanning(monday, monday + DAY * 6)
    return months_from(today.year, today.month + step, 1) if unit == "month" else months_from(today.year + step, 1, 12)


def _running(parts: Parts) -> Period:
    return spanning(parts.today - DAY * (parts.number("ordinal") - 1), parts.today)


READINGS = {
    "iso": _iso,
    "numeric": _numeric,
    "day_month": _day_of_month,
    "month_day": _day_of_month,
    "months": _month_range,
    "years": _year_range,
    "week_of": _week_of,
    "quarter": _quarter,
    "quarter_only": _quarter,
    "months_of": _first_or_last_months,
    "yearly": _yearly,
    "third_year": _third_of_year,
    "third_month": _third_of_month,
    "month_year": _month,
    "month_only": _month,
    "season_year": _season,
    "season_only": _season,
    "decade": lambda parts: months_from(int(parts.words["year"]), 1, 120),
    "year_only": lambda parts: months_from(int(parts.words["year"]), 1, 12),
    "feast": _feast,
    "day_only": _day_only,
    "last_named": _named,
    "night_to": _night_to,
    "weekday": _weekday,
    "weekday_short": _weekday,
    "before_yesterday": lambda parts: on(parts.today - DAY * 2),
    "ago": _ago,
    "yesterday": lambda parts: on(parts.today - DAY),
    "tomorrow": lambda parts: on(parts.today + DAY),
    "today": lambda parts: on(parts.today),
    "night": lambda parts: spanning(parts.today - DAY, parts.today),
    "recent": _recent,
    "past": _past,
    "weekend": _weekend,
    "calendar": _calendar,
    "start_of": _calendar,
    "running": _running,
}
"""Kind of expression → how it is read; all raise `LookupError` or `ValueError` when they cannot be."""
