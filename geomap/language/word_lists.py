"""The closed lists of English that several rooms read by: months, weekdays, numbers, points of the compass.

English has no more of them, so nobody adds to these lists. What a room chooses for a decision of its own, such as the
nouns of what is not a place, stays in that room.
"""

from collections.abc import Iterable
from types import MappingProxyType

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
"""In order."""

SHORT_MONTHS = tuple(month[:3] for month in MONTHS)
"""Their first three letters, in order."""

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
"""In order, Monday first, as `datetime.date.weekday` counts."""

SHORT_WEEKDAYS = tuple(day[:3] for day in WEEKDAYS)
"""Their first three letters, in order."""

_ONES = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")

TO_TWELVE = _ONES[:12]
"""The numbers that English newspapers write out, from one."""

TO_NINETEEN = MappingProxyType({word: number for number, word in enumerate(_ONES, start=1)})
"""Number words of one part → what they count."""

TENS = MappingProxyType({word: 10 * number for number, word in enumerate(_TENS, start=2)})
"""Number words that one of the first nine may follow → what they count."""

ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
"""The ordinals that are written out, from the first."""

POINTS = ("north", "south", "east", "west")
"""The points of the compass that the others are named after."""

POINT = "(?:" + "|".join(POINTS) + ")"
"""A pattern that fits any of them, or the beginning of what is named after them."""

POINT_OF_EIGHT = rf"{POINT}(?:[-\s]?(?:east|west))?"
"""A pattern of the points of the compass: "north", "north-east", "south west", "southeast"."""


def one_of(words: Iterable[str]) -> str:
    """Return a pattern that fits any one of some words, for use inside a larger one."""
    return "(?:" + "|".join(words) + ")"
