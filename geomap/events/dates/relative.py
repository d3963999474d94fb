"""What the dates said from the day of publication mean: "on Friday", "last week", "two days ago"."""

from geomap.events.dates.periods import (
    DAY,
    SEASONS,
    Parts,
    Period,
    latest,
    month_number,
    months_from,
    number_of,
    on,
    spanning,
    weekday_by,
)

_RECENT = {"hour": 1, "day": 7, "night": 7, "week": 31, "fortnight": 62, "month": 183, "year": 1096}
"""Days that "recent" ones may reach back."""


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


RELATIVE_DATES = {
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
