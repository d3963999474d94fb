"""The words that English reports say dates with, found in one pass over a sentence.

An own grammar: dateparser 1.5 found and read 7 of 15 such expressions rightly ("overnight into Tuesday", "over the
weekend" and "in early March" among its misses) and took 1 ms a sentence; dateutil reads dates but does not find them.
"""

import re
from dataclasses import dataclass
from functools import cache

from geomap.language.word_lists import (
    MONTHS,
    ORDINALS,
    SHORT_MONTHS,
    SHORT_WEEKDAYS,
    TO_TWELVE,
    WEEKDAYS,
    one_of,
)


def _capital(word: str) -> str:
    """Return the pattern of a name that begins with a capital."""
    return f"(?-i:{word[0].upper()}){word[1:]}"


def _month(name: str) -> str:
    """Return the pattern of a month: "September", "Sept.", "Sep"."""
    short, rest = _capital(name[:3]), name[3:]
    if len(rest) < 2:  # "May", "June" and "July" are seldom cut short, and never with a stop
        return f"{short}{rest}?" if rest else short
    return rf"{short}(?:{rest}|{r't[.]?|' if name == 'september' else ''}[.])?"


# In the patterns a space stands for white space, and a name in angle brackets for one of these parts.
_PARTS = {
    "lead": r"(?:(?P<lead>on|in|during|over|since|from|between|by|at|throughout|through|until|till|before|of) )?",
    "part": r"(?:(?:early|late|later|earlier|overnight|shortly) )?<lead>"
    r"(?:the )?(?:(?:night|morning|evening|afternoon|early hours|small hours) of )?(?:(?:the|early|late) )?",
    "hour": r"(?: (?:early )?(?:morning|afternoon|evening|night|overnight))?",
    "month": rf"(?P<month>{one_of(map(_month, MONTHS))})(?!\w)",
    "weekday": rf"(?P<weekday>{one_of(map(_capital, WEEKDAYS))})\b",
    "short": rf"(?:{one_of(map(_capital, SHORT_WEEKDAYS))}[a-z]{{0,6}}\.?,? \(?(?:the )?)?",
    "number": r"(?P<number>\d{1,4}|an?(?: (?:couple of|few))?|several|couple of|few|" + "|".join(TO_TWELVE) + ")",
    "ordinal": r"(?P<ordinal>\d{1,4}(?:st|nd|rd|th)|last|" + "|".join(ORDINALS) + ")",
    "unit": r"(?P<unit>hour|day|night|week|fortnight|month|year)s?",
    "year": r"(?P<year>[12]\d{3})(?![\d%]|[.,]\d)",
    "season": r"(?P<season>spring|summer|autumn|fall|winter)\b",
    "third": r"(?P<third>early|mid|late|(?:the )?(?:start|beginning|middle|end) of)[- ]",
    "to": r"(?:-|–|—| ?(?:-|–|—) ?| (?:to|and|or|through|until|till) )",
}

# What an expression can begin with: at any other word no kind is tried.
_FIRST = (
    r"(?=\d|on |in |during|over|since|from|between|by |at |through|un?til|before|of |early|earlier|late|mid|start|"
    r"begin|end|last|this|next|past|recent|spring|summer|autumn|fall|winter|the |q[1-4]|new year|christmas|about|"
    r"around|some|an? |several|couple|few|yesterday|tomorrow|today|tonight|overnight|for |within|every |each |per |"
    r"annually|so far|that |days?|nights?|weeks?|shortly|middle|"
    rf"{one_of((*SHORT_MONTHS, *SHORT_WEEKDAYS, *ORDINALS, *TO_TWELVE))})"
)

# Tried in this order at every word; the first that fits wins.
_KINDS = {
    "iso": r"<part>(?P<year>\d{4})(?:-(?P<month>\d{2})-(?P<day>\d{2})|/(?P<month2>\d{2})/(?P<day2>\d{2}))(?!\d)",
    "numeric": r"<part>(?P<first>\d{1,2})(?:\.(?P<second>\d{1,2})\.|/(?P<slashed>\d{1,2})/)(?P<year>\d{4}|"
    r"\d\d)(?!\.?\d)",
    "day_month": r"<part><short>(?P<day>\d{1,2})(?:st|nd|rd|th)?(?:<to>(?P<last>\d{1,2})(?:st|nd|rd|"
    r"th)?)?(?: of)? <month>"
    r"(?:,? <year>)?",
    "month_day": r"<part><short><month> (?P<day>\d{1,2})(?:st|nd|rd|th)?(?!:?\d|%|[.,]\d)"
    r"(?:<to>(?P<last>\d{1,2})(?:st|nd|rd|th)?(?![\d:])(?=,? \d{4}| (?:in|at|near|when|by)\b|\W*$|"
    r"[,.;)]))?(?:,? <year>)?",
    "months": r"(?P<lead>from|between|in) <month>(?: <year>)? (?:to|and|or|until|through) "
    r"(?P<month2>(?-i:[JFMASOND])[a-z]{2,8})\b(?: (?P<year2>[12]\d{3}))?(?!\w)",
    "years": r"(?:(?:from|between|in|of|during) )(?P<year>[12]\d{3})(?: (?:to|and|until|through) |-|"
    r"–)(?P<year2>[12]\d{3})\b",
    "week_of": r"<lead>(?:the )?<ordinal> (?P<unit>week|half) of <month>(?:,? <year>)?",
    "quarter": r"<lead>(?:the )?(?:Q(?P<quarter>[1-4])|<ordinal> (?P<unit>quarter|half))"
    r"(?:(?: of)? <year>| of (?P<which>the|this|last) year\b)",
    "quarter_only": r"in the <ordinal> (?P<unit>quarter)\b(?! of\b)",
    "months_of": r"<lead>(?:the )?(?P<side>first|last) <number> months of (?:(?P<which>the|this|last) year\b|<year>)",
    "yearly": r"(?:every|each|per) (?:year|month)\b|annually",
    "third_year": r"<lead>(?:the )?<third>(?:(?P<which>last|this|the) year|<year>)",
    "third_month": r"<lead>(?:the )?<third>(?:<month>(?:,? (?:of )?<year>)?|(?P<which>last|this|the) month)",
    "last_named": r"<lead>(?P<which>last|this|next|past) (?:<weekday><hour>|<month>|<season>)",
    "month_year": r"<lead><month>,? (?:of )?<year>",
    "month_only": r"(?P<lead>in|during|since|throughout|by|until|through|before) <month>",
    "season_year": r"<lead>(?:the )?<season>(?: of)?(?:,? <year>)",
    "season_only": r"(?P<lead>in|during|since|over|throughout) (?:the )?<season>",
    "decade": r"<lead>the (?P<year>[12]\d\d0)s",
    "year_only": r"(?P<lead>in|during|since|throughout|until|before|by) <year>"
    r"(?! (?:people|men|women|children|civilians|soldiers|troops|villages|towns|homes|houses|cases|drones|shells))",
    "night_to": r"<lead>(?:the )?(?:night|overnight|late [a-z]+day|[a-z]+day (?:night|evening))(?: (?:in)?to|"
    r" [a-z]+day to) "
    r"<weekday><hour>",
    "weekday": r"<part><weekday><hour>(?: (?:of )?(?P<which>last|this) week)?",
    "weekday_short": r"on (?P<weekday>(?-i:Mon|Tues?|Wed|Thur?s?|Fri|Sat|Sun))(?:\.|\b)(?= (?-i:[a-z])|[,;]|$)",
    "feast": r"<lead>(?P<feast>New Year’s (?:Day|Eve)|New Year's (?:Day|Eve)|Christmas(?: (?:Day|"
    r"Eve))?)(?:,? <year>)?",
    "before_yesterday": r"the day before yesterday|the night before last",
    "ago": r"(?:about |around |some )?<number> <unit> ago",
    "yesterday": r"<lead>(?:early |late )?yesterday<hour>",
    "tomorrow": r"tomorrow<hour>",
    "today": r"(?:earlier |late |early )?(?:today|tonight|this (?:morning|afternoon|evening))",
    "night": r"(?:late )?last night|overnight",
    "recent": r"<lead>(?:the )?(?:recent|(?:past|last) few) <unit>",
    "past": r"(?:<lead>the|for the|within the|in) (?:past|last|previous(?= \w+ \w)) (?:<number> )?<unit>\b",
    "weekend": r"(?:(?:over|at|on|during) )?(?:the|(?P<which>last|this|next)) weekend",
    "calendar": r"(?:so far )?<lead>(?:(?:earlier|early|later|late|mid)[- ])?(?P<which>last|this|"
    r"next) (?P<unit>week|month|year)\b",
    "start_of": r"(?P<lead>since) (?:the )?(?:start|beginning) of (?:the|this) (?P<unit>week|month|year)",
    "running": r"for (?:(?:the|an?) )?<ordinal> (?:straight |consecutive |successive )?(?:day|"
    r"night)\b(?: in a row| running)?",
    "day_only": r"(?P<lead>on) the (?P<day>\d{1,2})(?:st|nd|rd|th)(?=[.,;:)]|$| (?:and|at|in|near|when|after|by)\b)",
    "shift": r"(?:on )?(?:the )?(?:<number> )?(?P<unit>day|night|week)s? (?P<way>earlier|later|before|after|"
    r"following)\b|"
    r"(?:on |over |late )?(?:the|that) (?P<way2>previous|preceding|following|next|same) (?:two |three |few )?"
    r"(?P<unit2>day|night|week|morning|afternoon|evening)s?|next (?P<unit4>day|morning)|"
    r"(?:on )?(?P<way3>that) (?P<unit3>day|night)",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Expression:
    """One date expression of a sentence."""

    kind: str
    """Which pattern it fits, such as ``day_month``."""
    start: int
    """Offset of its first character in the sentence."""
    end: int
    """Offset after its last character."""
    words: dict[str, str]
    """Its named parts in lower case, such as ``month`` and ``year``; those that are not said are absent."""


def _written(pattern: str) -> str:
    for _ in range(2):  # parts hold parts once
        pattern = re.sub(r"(?<!\?P)<(\w+)>", lambda match: _PARTS[match[1]], pattern)
    return pattern.replace(" ", r"\s{1,3}")


def _spelled(pattern: str) -> str:
    # A name may stand once in a pattern of one kind; a second one would hide the first.
    return re.sub(r"\(\?P<\w+>", "(?:", pattern)


@cache
def _patterns() -> tuple[re.Pattern[str], dict[str, re.Pattern[str]]]:
    written = {kind: _written(pattern) for kind, pattern in _KINDS.items()}
    one_of = "|".join(f"(?P<{kind}>{_spelled(pattern)})" for kind, pattern in written.items())
    return (
        re.compile(rf"(?<![\w.,/-]){_written(_FIRST)}(?:{one_of})(?:['’]s)?(?!\w)", re.IGNORECASE),
        {kind: re.compile(pattern, re.IGNORECASE) for kind, pattern in written.items()},
    )


def find_expressions(sentence: str) -> list[Expression]:
    """Return the date expressions of a sentence in text order, disjoint; an empty list when there are none.

    Runs in time linear in the length of the sentence: no part of a pattern repeats without a bound.
    """
    any_kind, kinds = _patterns()
    found = []
    for match in any_kind.finditer(sentence):
        kind = match.lastgroup or ""
        parts = kinds[kind].match(sentence, match.start())
        words = {name: value.lower() for name, value in parts.groupdict().items() if value} if parts else {}
        found.append(Expression(kind=kind, start=match.start(), end=match.end(), words=words))
    return found
