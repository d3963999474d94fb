"""What the lines of a report are: orders of battle, captions and bare headings tell of nothing, others give a day.

"Air strikes" above a list of them is no air strike. Unlike what is silent (`geomap.language.silent`) such lines may
well name places, and where a bare heading does, it may be a headline: "Shelling in Nikopol". Timelines, situation
reports and live blogs say a day once, above or before what happened on it: in a heading, a line's opening, a post.
"""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from geomap.events.dates.event_date import first_date
from geomap.language.lines import CLOCK, words_start
from geomap.language.word_lists import MONTHS, TO_TWELVE, WEEKDAYS, one_of
from geomap.types import EventDate, Sentence, Span

_ROSTER = re.compile(r"\border of battle\b", re.IGNORECASE)
_LABEL = re.compile(r"\s*[:–—]|\s-")
_CAPTION = re.compile(
    r"\W*(?:annex|appendix|box|chart|fig(?:ure)?|graph|map|table)\.?\s+(?:\d+|[A-Z])\s*[:.–—-]", re.IGNORECASE
)
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
_MOST_WORDS = 8
"""Words of the longest bare heading."""
_REACH = 40
"""Lines looked back for the heading of an order of battle: a bound for texts of very many lines."""

_Kind = Literal["heading", "label", "post", "section", "line"]
"""What a line is: a date alone, a date and what happened then, a clock time, a heading without a date, or any other."""

_SEEN = 80
"""Characters of a line in which its date is looked for."""
_CLOCK = re.compile(CLOCK)
_ENDS_LABEL = re.compile(
    r"""
    [*_\]]* \s* (?:
        [:.–—|] [*_]* (?:\s|$)        # "Jan. 16: A bomb", "Monday 14 July. Columns"
        | - \s                        # "13 January - Gendarmes"
        | ,? \s* \(? \d{1,2} [:.] \d{2} \b  # "16 May, 09:20"
    )
    | , \s (?= [^\W\d_] (?<=[^a-z]) ) # "5 August, Ndimo"
    """,
    re.VERBOSE,
)
_ENDS_HEADING = re.compile(r"[\s*_:,–—|()\]#=-]*\Z")
_MONTH = re.compile(one_of(map(str.capitalize, MONTHS)) + r"\W*")
_OPENERS = frozenset({"on", "in", "during", "over", "since", "from", "between", "by", "at", "throughout", "through"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A line that begins."""

    start: int
    """Offset of its first character in the text."""
    kind: _Kind
    """What it is."""
    date: EventDate = EventDate()  # noqa: RUF009 - frozen
    """The day of a heading or label."""


def tells_nothing(text: str, sentence: Sentence) -> bool:
    """Whether a sentence is an order of battle or the caption of a table or figure: who stands where, what is drawn.

    A line "Order of Battle" is a heading: so is what stands below it, to the next bare line.
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
    return bool(text[:start].strip()) and _is_bare_line(text[start:end])


def _line(text: str, sentence: Sentence) -> Span:
    """Return the line that a sentence begins in, to the end of the one that it ends in."""
    end = text.find("\n", sentence.end)
    return text.rfind("\n", 0, sentence.start) + 1, len(text) if end < 0 else end


def _is_bare_line(line: str) -> bool:
    """Whether a line is a few words that are no sentence, after signs of a list or its number."""
    words = line[words_start(line) :].strip()
    if not words or len(words) > 100 or len(words.split()) > _MOST_WORDS:
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
        if line.strip() and _is_bare_line(line):
            return _ROSTER.search(line) is not None
        at = above - 1
    return False


def marks_of(text: str, published: datetime.date | None) -> Iterator[Mark]:
    """Yield the lines of a text that are not blank, in order, each with what it says of the day of what follows.

    Dates without a year count from the day of publication.
    """
    start, first = 0, True
    for line in text.split("\n"):
        if line.strip():
            yield _mark(line, start, published, first=first)
            first = False
        start += len(line) + 1


def _mark(line: str, start: int, published: datetime.date | None, *, first: bool) -> Mark:
    body = line[words_start(line) :][:_SEEN]
    if _MONTH.fullmatch(body):
        body = f"in {body}"
    date, span = first_date(body, published)
    if date.start is not None:
        ended = body.rstrip(" .*_") if span[0] == 0 else body
        if _ENDS_HEADING.match(ended, span[1]) and len(body.split()) <= _MOST_WORDS:
            return Mark(start=start, kind="heading", date=date)
        if span[0] == 0 and body.split()[0].lower() not in _OPENERS and _ENDS_LABEL.match(body, span[1]):
            return Mark(start=start, kind="label", date=date)
    if _CLOCK.match(body):
        return Mark(start=start, kind="post")
    return Mark(start=start, kind="section" if not first and _is_bare_line(line) else "line")
