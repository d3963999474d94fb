"""How many: the numbers and vague words of a sentence, as a least and a greatest count.

Vague words are the least that the Armed Conflict Location & Event Data Project codes them as (its guide "Fatalities",
2023: the most conservative estimate, 10 for "tens", 12 for "dozens", 100 for "hundreds"; 3 for "several"), up to the
most that they can mean: 99, 999, and 10 for "several". A plural without a number is 3, the lower of the two values, 3
and 10, that ACLED is said to use for it; the wording of its codebook was not at hand.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from geomap.events.deaths.counting import words
from geomap.language.word_lists import TENS, TO_NINETEEN

TOKEN = re.compile(
    r"""
      [^\W_]+- (?: years? | months? | weeks? ) -olds?
    | \d+ (?:[,.]\d{3})* (?![\d])
    | \d+
    | [^\W\d_]+ (?:['’-][^\W\d_]+)* (?:['’] (?!\w))?
    | [^\w\s]
    """,
    re.VERBOSE,
)
"""A word, a number with its thousands, an age, or a sign."""
UNKNOWN = 3
"""The count of a plural without a number."""
_SMALL = {"zero": 0, **TO_NINETEEN}
_LARGE = {"hundred": 100, "thousand": 1000, "million": 1_000_000, "dozen": 12, "score": 20}
_VAGUE = {
    "several": (3, 10), "many": (3, 10), "few": (3, 10), "multiple": (3, 10), "numerous": (3, 10), "number": (3, 10),
    "countless": (3, 10), "both": (2, 2), "couple": (2, 2), "pair": (2, 2), "tens": (10, 99), "dozens": (12, 99),
    "scores": (20, 99), "hundreds": (100, 999), "thousands": (1000, 9999),
}  # fmt: skip
_LONGEST_PREFIX = 5
_BELOW = (("up", "to"), ("as", "many", "as"), ("at", "most"), ("no", "more", "than"), ("a", "maximum", "of"))
_UNDER = (("fewer", "than"), ("less", "than"), ("under",))


_SAID = {
    "up to": (*_BELOW, *_UNDER),
    "at least": (("at", "least"), ("more", "than"), ("no", "fewer", "than"), ("no", "less", "than"), ("over",)),
    "about": (("about",), ("around",), ("approximately",), ("roughly",), ("nearly",), ("almost",), ("close", "to"),
              ("some",), ("estimated",)),
}  # fmt: skip
"""How a number is said → the words before it that say so, of which the longest count: "no more than" is "up to"."""


class Count(NamedTuple):
    """A count that is said, and where."""

    low: int
    """The least it may be."""
    high: int
    """The greatest it may be."""
    end: int
    """Index after its last token."""


def read_number(tokens: Sequence[str], index: int) -> tuple[int, int] | None:
    """Return the exact number at an index and the index after it, or ``None``; tokens are in lower case."""
    total, current, at = 0, -1, index
    while at < len(tokens) and at < index + 9:
        parts = [_part(part) for part in tokens[at].split("-")]
        if None not in parts and parts:
            current = max(0, current) + sum(part or 0 for part in parts)
        elif tokens[at] in _LARGE and (current > 0 or (tokens[at - 1 : at] == ["a"] and at == index + 1)):
            current = max(1, current) * _LARGE[tokens[at]]
            if tokens[at] in ("thousand", "million"):
                total, current = total + current, 0
        elif not (tokens[at] == "a" and at == index) and not (tokens[at] == "and" and _goes_on(tokens, at, current)):
            break
        at += 1
        if at - index == 1 and tokens[index][:1].isdecimal() and (at == len(tokens) or tokens[at] not in _LARGE):
            break
    return (total + max(0, current), at) if current >= 0 else None


def _goes_on(tokens: Sequence[str], at: int, current: int) -> bool:
    """Say whether "and" stands inside of a number, as in "one hundred and twenty"."""
    after = tokens[at + 1].split("-")[0] if at + 1 < len(tokens) else ""
    return current >= 100 and current % 100 == 0 and (after in _SMALL or after in TENS)


def _part(word: str) -> int | None:
    digits = word.replace(",", "").replace(".", "") if len(word) > 4 else word
    if digits.isdecimal() and len(digits) < 10:
        return int(digits)
    return _SMALL.get(word, TENS.get(word))


def read_count(tokens: Sequence[str], index: int) -> Count | None:
    """Return the count that begins at an index, words such as "at least" included, or ``None``."""
    at = index
    if tokens[max(0, index - 1) : index] == [":"] and tokens[max(0, index - 2)].isdecimal():
        return None  # "at 21:30"
    while at < len(tokens) and at < index + _LONGEST_PREFIX:
        found = _vague(tokens, at) or _range(tokens, at)
        if found:
            return _bounded(tokens[index:at], found)
        if tokens[at] not in words("around"):
            return None
        at += 1
    return None


def _bounded(prefix: Sequence[str], count: Count) -> Count:
    for below in _BELOW:
        if tuple(prefix[-len(below) :]) == below:
            return count._replace(low=min(1, count.high))
    for under in _UNDER:
        if tuple(prefix[-len(under) :]) == under and (len(prefix) < 3 or prefix[-3] != "no"):
            return count._replace(low=1, high=max(1, count.high - 1))
    return count


def how_said(tokens: Sequence[str], start: int, end: int) -> str:
    """Return how the first number of a phrase is said.

    Parameters
    ----------
    tokens
        A sentence in lower case.
    start, end
        Indexes of the phrase. Words that bound its number may stand before it ("at least").

    Returns
    -------
        "at least", "up to" or "about", "" for just so many or between two numbers, "some" where there is no number.
        What a vague word can mean ("dozens") is about so many.
    """
    for at in range(start, end):
        count = _vague(tokens, at) or _range(tokens, at)
        if count:
            return _said_before(tokens, at) or ("about" if tokens[at] in _VAGUE and count.low < count.high else "")
    return "some"


def _said_before(tokens: Sequence[str], at: int) -> str:
    """Return what the words before a number say of it; "some of the 14" are not about so many."""
    first = at
    while first > max(0, at - _LONGEST_PREFIX) and tokens[first - 1] in words("around"):
        first -= 1
    before = f" {' '.join(tokens[first:at])} ".replace(" some of ", " ")
    found = [(len(one), said) for said, phrases in _SAID.items() for one in phrases if f" {' '.join(one)} " in before]
    return max(found)[1] if found else ""


def _range(tokens: Sequence[str], at: int) -> Count | None:
    first = read_number(tokens, at)
    if first is None:
        return None
    value, end = first
    joint = tokens[end] if end < len(tokens) else ""
    joined = joint in ("to", "or", "-", "–", "—") or (joint == "and" and at > 0 and tokens[at - 1] == "between")
    second = read_number(tokens, end + 1) if joined else None
    if second and second[0] > value:
        return Count(value, second[0], second[1])
    return Count(value, value, end)


def _vague(tokens: Sequence[str], at: int) -> Count | None:
    word = tokens[at]
    after = tokens[at + 1 : at + 3]
    if word == "half" and after == ["a", "dozen"]:
        return Count(6, 6, at + 3)
    if word not in _VAGUE or (word == "number" and words("sizes").isdisjoint(tokens[max(0, at - 1) : at])):
        return None
    if word == "many" and after[:1] == ["as"]:
        return None  # "as many as 20"
    (low, high), end = _VAGUE[word], at + 1
    if after[:1] and after[0] in _LARGE:
        low, high, end = _LARGE[after[0]], max(99, 10 * _LARGE[after[0]] - 1), at + 2
    elif after[:1] == ["of"] and after[1:] and after[1] in ("thousands", "hundreds"):
        times = _VAGUE[after[1]]
        low, high, end = low * times[0], high * times[1], at + 3
    return Count(low, high, end)
