"""The lists of English that several rooms read by: months, weekdays, numbers, the compass, settlements, units.

They are closed: English has no more of them, or, of the units, the states of the world. What a room chooses for a
decision of its own, such as the nouns of what is not a place, stays in that room.
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


SETTLEMENTS = (
    "borough", "city", "hamlet", "neighborhood", "neighbourhood", "settlement", "suburb", "town", "township", "village",
)  # fmt: skip
"""What places that people live in are called, from parts of a city to cities."""

UNITS = (
    "canton", "county", "district", "governorate", "hromada", "krai", "locality", "municipality", "oblast", "okrug",
    "parish", "prefecture", "province", "raion", "rayon", "region", "state", "territory", "voivodeship",
)  # fmt: skip
"""What the divisions of countries are called in English reports, at any level."""

NAMED_UNITS = (*UNITS, "department", "division")
"""What they are called beside their names; "the department" alone is an office, "the division" troops."""


def one_of(words: Iterable[str]) -> str:
    """Return a pattern that fits any one of some words, for use inside a larger one."""
    return "(?:" + "|".join(words) + ")"


def plural_of(noun: str) -> str:
    """Return the plural of a noun of these lists: "cities", "parishes", "towns"."""
    if noun.endswith("y"):
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith("sh") else "s")


SETTLEMENT = one_of(SETTLEMENTS)
"""A pattern of what one is called."""

SETTLEMENT_WORDS = (*SETTLEMENTS, *map(plural_of, SETTLEMENTS))
"""What one or more are called."""

SETTLEMENT_OR_MORE = one_of(SETTLEMENT_WORDS)
"""A pattern of what one or more are called."""

UNIT = one_of(UNITS)
"""A pattern of what one is called."""

UNIT_OR_MORE = one_of((*UNITS, *map(plural_of, UNITS)))
"""A pattern of what one or more are called."""

NAMED_UNIT = one_of(NAMED_UNITS)
"""A pattern of what one is called beside its name."""

NAMED_UNITS_ONLY = one_of(map(plural_of, NAMED_UNITS))
"""A pattern of what more than one are called beside their names."""

NAMED_UNIT_OR_MORE = one_of((NAMED_UNIT, NAMED_UNITS_ONLY))
"""A pattern of either."""
