"""How many: the numbers and vague words of a sentence, as a least and a greatest count, and those that count no dead.

Vague words are the least that the Armed Conflict Location & Event Data Project codes them as (its guide "Fatalities",
2023: the most conservative estimate, 10 for "tens", 12 for "dozens", 100 for "hundreds"; 3 for "several"), up to the
most that they can mean: 99, 999, and 10 for "several". A plural without a number is 3, the lower of the two values, 3
and 10, that ACLED is said to use for it; the wording of its codebook was not at hand.

Days, years, hours, ages, and the whole of which some died are blanked out before anything is counted.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from geomap.events.dates.grammar import find_expressions
from geomap.language.word_classes import classes_of
from geomap.language.word_lists import TENS, TO_NINETEEN, TO_TWELVE, one_of
from geomap.types import Span

_TOKEN = re.compile(
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
_QUOTES = frozenset({'"', "“", "”", "«", "»"})
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

_CLOCK = re.compile(
    r"""
    \b \d{1,2} [:.] \d{2} \b (?! \s* (?: % | per\b | million | billion | km | k?g\b ) )  # 17:30, and 17.30
    | \b \d{1,4} \s* (?: hours | hrs? | [ap]\.?m\b )  # 7 am, and 1730 hours
    """,
    re.VERBOSE,
)
_ORDINAL = re.compile(r"\b\d{1,3}(?:st|nd|rd|th)\b", re.IGNORECASE)
_AGE = re.compile(
    r"""
    \b (?P<who> [^\W\d_]+ ) (?P<years> ,? [ ] (?: of | aged ) [ ] \d{1,3} ) \b (?! [-,.]? \d )
    (?! [ ] (?! was\b | is\b | has\b ) [^\W\d_]+ s\b )  # "a group of 12 soldiers"
    """,
    re.VERBOSE,
)
"""Somebody's years: "a man of 54", "a woman aged 70"."""
_AGE_ASIDE = re.compile(r"[^\W\d_], \(?(?P<years>\d{1,2}(?: and \d{1,2})?)(?=[,.;)])")
"""Years between commas: "Mehak, 12, was killed", "two sisters, 12 and 15, died"."""
_PARTITIVE = re.compile(
    rf"""
    \b (?: \d{{1,3}} | {one_of(TO_TWELVE)} )
    \s of \s (?: the | its | their | his | her | these | those | [\w'’]+['’]s | \w+s['’] )
    \s (?: [\w'’-]+ \s ){{0,3}}? (?P<whole> \d [\d,.]* ) \b
    (?! (?: \s (?! (?:were|was|had|have|are|is)\b ) \w+ ){{0,2}} \s (?: killed | dead | slain | victims | deaths ) \b )
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""Some of a number, "three of the town's 900"; all of "three of the 12 killed" are dead."""
_GROUPS = frozenset({"people.1", "group.1", "social_group.1"})
_DIGIT, _DIGITS, _DAY = re.compile(r"\d"), re.compile(r"\d+"), re.compile(r"\d(?:st|nd|rd|th)?\b|\d", re.IGNORECASE)


@cache
def words(name: str) -> frozenset[str]:
    """Return a list of ``counting.toml``, which says what each decides, in lower case; `KeyError` for another name."""
    return frozenset(_lists()[name].split())


@cache
def _lists() -> dict[str, str]:
    return tomllib.loads(files("geomap.events.deaths").joinpath("counting.toml").read_text("utf-8"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Toll:
    """Deaths that one phrase says."""

    low: int
    """The least number."""
    high: int
    """The greatest number."""
    span: Span
    """Offsets of the phrase in its sentence."""
    said: str = ""
    """How they are said, see `geomap.types.Event.fatalities_said`."""


class Count(NamedTuple):
    """A count that is said, and where."""

    low: int
    """The least it may be."""
    high: int
    """The greatest it may be."""
    end: int
    """Index after its last token."""


def written_words(sentence: str) -> list[re.Match[str]]:
    """Return the words, numbers and signs of a sentence in text order, without its quotation marks."""
    return [word for word in _TOKEN.finditer(sentence) if word[0] not in _QUOTES]


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


def without_uncounted(sentence: str) -> str:
    """Return a sentence with days, years, hours, ages and the wholes of parts blanked out; offsets stay as they are.

    "On the 20th at 17:30 a man of 54 lay dead" has no number that could be of the dead, "two of its 40 men" has one.
    """
    if not _DIGIT.search(sentence):
        return sentence
    for start, end in _spans(sentence):
        sentence = sentence[:start] + _DAY.sub(_blank, sentence[start:end]) + sentence[end:]
    for match in _PARTITIVE.finditer(sentence):
        start, end = match.span("whole")
        sentence = sentence[:start] + "_" * (end - start) + sentence[end:]
    for match in _AGE_ASIDE.finditer(sentence):
        start, end = match.span("years")
        sentence = sentence[:start] + _DIGITS.sub(_blank, sentence[start:end]) + sentence[end:]
    for match in _AGE.finditer(sentence):
        if _is_one_person(match["who"]):
            start, end = match.span("years")
            sentence = sentence[:start] + "_" * (end - start) + sentence[end:]
    return sentence


def _spans(sentence: str) -> Iterator[Span]:
    for expression in find_expressions(sentence):
        yield expression.start, expression.end
    for pattern in (_CLOCK, _ORDINAL):
        yield from (match.span() for match in pattern.finditer(sentence))


def _blank(match: re.Match[str]) -> str:
    return "_" * len(match[0])


def _is_one_person(word: str) -> bool:
    """Whether a word is of one person, or unknown to WordNet; a "group of 12" are twelve."""
    classes = classes_of("NN", word.lower())
    return not word.endswith("s") and (not classes or "person.1" in classes) and _GROUPS.isdisjoint(classes)
