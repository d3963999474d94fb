"""What a line opens with before its words: signs of a list, a number, a dateline."""

import re

from geomap.language.word_lists import SHORT_MONTHS, one_of
from geomap.types import Span

LIST_SIGNS = "#*_>•·▪●–—-"
"""Signs that stand before the items of a list, before headings, and around what is set in bold."""

_OPENING = re.compile(
    rf"""
    [\s{LIST_SIGNS}]*
    (?:
        (?:
              \(? (?: [A-Za-z] | [IVXivx]+ | \d{{1,2}} (?:\.\d{{1,2}})* ) [.)]  # "B.", "(iv)", "2.", "3.1)"
            | \d{{1,2}} (?: \.\d (?!\d) )+  # "1.2", but no clock: "16.05"
        ) \s+
    )?
    [*_\[]*
    """,
    re.VERBOSE,
)
CLOCK = r"\(?\d{1,2}[:.h]\d{2}\b(?![.,:/]\d)(?:\s?(?:[ap]\.?m\b\.?|hrs|GMT|UTC))?"
"""A pattern of a time of day."""

_MONTH = one_of(map(str.capitalize, SHORT_MONTHS)) + r"[a-z]*\.?"
DAY = rf"(?:{_MONTH}\s+\d{{1,2}}|\d{{1,2}}\s+{_MONTH})\b"
"""A pattern of a day with its month's name, without a year."""

# "KYIV, Ukraine (AP) —", "Kyiv, Aug 6 —", "Damascus, Syria (9:50 A.M.) –", "KYIV (Reuters)".
_DATELINE = re.compile(
    rf"""
    (?!(?: After | As | At | But | For | From | In | Near | On | The | To ) \b) [A-Z][\w.’'-]*
    (?:[ -][A-Z][\w.’'-]*){{0,3}} (?:[,/]\s*[A-Z][\w.’'-]* (?:\s[A-Z][\w.’'-]*){{0,3}}){{0,2}}
    (?:,?\s+ {DAY} (?:,?\s+\d{{4}})?)?
    (?: \s*\([^()\n]{{2,40}}\) (?: \s*[-–—:_]+\s+ | \s+ ) | \s* (?: [–—] | -- ) \s+ | \s[-_]\s+ | \s{{4,}} )
    (?=[A-Z\d“\"‘'])
    """,
    re.VERBOSE,
)


def words_start(text: str, line: int = 0) -> int:
    """Return where the words of a line begin that starts at an offset, behind signs of a list and its number."""
    found = _OPENING.match(text, line)
    return found.end() if found else line


def opens_line(text: str, start: int) -> bool:
    """Whether what starts at an offset is the first word of its line, or what stands before that."""
    return words_start(text, text.rfind("\n", 0, start) + 1) >= start


def dateline_end(text: str, sentence: Span) -> int:
    """Return where the dateline that a sentence opens with ends ("KYIV, Aug 6 (Reuters) —"); its start without one."""
    found = _DATELINE.match(text, sentence[0], min(sentence[1], sentence[0] + 120))
    return found.end() if found else sentence[0]


def is_in_dateline(text: str, start: int, end: int) -> bool:
    """Whether a span is in the dateline that its line opens with."""
    line = text.rfind("\n", 0, start) + 1
    return end <= dateline_end(text, (words_start(text, line), len(text)))
