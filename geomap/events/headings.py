"""Lines of a report that tell of nothing by themselves: orders of battle, captions, bare headings.

"Air strikes" above a list of them is no air strike. Unlike what is silent (`geomap.language.silent`) they may well name
places, and where a bare heading does, it may be a headline: "Shelling in Nikopol".
"""

import re

from geomap.language.word_lists import TO_TWELVE, WEEKDAYS, one_of
from geomap.types import Sentence, Span

_ROSTER = re.compile(r"\border of battle\b", re.IGNORECASE)
_LABEL = re.compile(r"\s*[:–—]|\s-")
_CAPTION = re.compile(
    r"\W*(?:annex|appendix|box|chart|fig(?:ure)?|graph|map|table)\.?\s+(?:\d+|[A-Z])\s*[:.–—-]", re.IGNORECASE
)
_ENUMERATION = re.compile(r"(?:[#>*•·–-]+\s+|\(?(?:[A-Za-z]|[IVXivx]+|\d+)[.)]\s+|\d+(?:\.\d+)+[.)]?\s+)")
_STOP = re.compile(r"[.!?…;,][\"'”’»)\]]*$")
# What a sentence has and a bare heading has not: an article, a pronoun, an auxiliary, a number, a day.
_OF_SENTENCES = re.compile(
    rf"""
      \d
    | \b (?:
          an? | the | this | that | these | those | i | we | you | he | she | it | they | his | her | its | their
          | our | us | them | who | which | what | there | here | is | are | was | were | be | been | being | has
          | have | had | do | does | did | will | would | can | could | may | might | must | shall | should | not
          | no | {one_of(TO_TWELVE)} | dozens?
          | hundreds? | thousands? | scores | several | many
          | {one_of(WEEKDAYS)} | today | yesterday | tonight | overnight
          | morning | evening | night | again | still
      ) \b
    """,
    re.IGNORECASE | re.VERBOSE,
)
MOST_WORDS = 8
"""Words of the longest bare heading."""
_REACH = 40
"""Lines looked back for the heading of an order of battle: a bound for texts of very many lines."""


def tells_nothing(text: str, sentence: Sentence) -> bool:
    """Whether a sentence is an order of battle or the caption of a table or figure: who stands where, what is drawn.

    Parameters
    ----------
    text
        The document's text. A line "Order of Battle" is a heading: so is what stands below it, to the next bare line.
    sentence
        One of its sentences.
    """
    start, end = _line(text, sentence)
    label = _ROSTER.search(text, start, sentence.end)
    if label and (_LABEL.match(text, label.end()) or not text[label.end() : end].strip()):
        return True
    return _CAPTION.match(text, sentence.start, sentence.end) is not None or _is_under_roster(text, start)


def is_bare_heading(text: str, sentence: Sentence) -> bool:
    """Whether a sentence is a line of a few words that are no sentence: "B. Air strikes", "Violence against civilians".

    The first line of a text never is: it may be its headline.
    """
    start, end = _line(text, sentence)
    return bool(text[:start].strip()) and is_bare_line(text[start:end])


def _line(text: str, sentence: Sentence) -> Span:
    """Return the line that a sentence begins in, to the end of the one that it ends in."""
    end = text.find("\n", sentence.end)
    return text.rfind("\n", 0, sentence.start) + 1, len(text) if end < 0 else end


def is_bare_line(line: str) -> bool:
    """Whether a line is a few words that are no sentence, after signs of a list or its number."""
    words = _ENUMERATION.sub("", line.strip(), count=1)
    if not words or len(words) > 100 or len(words.split()) > MOST_WORDS:
        return False
    return not _STOP.search(words) and not _OF_SENTENCES.search(words)


def _is_under_roster(text: str, start: int) -> bool:
    """Whether the nearest bare line above is "Order of Battle"."""
    at = start - 1
    for _ in range(_REACH):
        if at <= 0:
            return False
        above = text.rfind("\n", 0, at) + 1
        line = text[above:at]
        if line.strip() and is_bare_line(line):
            return _ROSTER.search(line) is not None
        at = above - 1
    return False
