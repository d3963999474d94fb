"""Numbers that count no dead: days, years, hours, ages, and the whole of which some died."""

import re
from collections.abc import Iterator

from geomap.events.dates.grammar import find_expressions
from geomap.language.word_classes import classes_of
from geomap.language.word_lists import TO_TWELVE, one_of
from geomap.types import Span

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
