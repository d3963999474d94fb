"""The days that the layout of a report gives: dated headings, lines that begin with a date, posts with clock times.

Timelines, situation reports and live blogs say a day once, above or before what happened on it.
"""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from geomap.events.dates.reading import first_date
from geomap.events.headings import MOST_WORDS, is_bare_line
from geomap.language.word_lists import MONTHS, one_of
from geomap.types import EventDate

Kind = Literal["heading", "label", "post", "section", "line"]
"""What a line is: a date alone, a date and what happened then, a clock time, a heading without a date, or any other."""

_OPENING = re.compile(r"[\s#*_>•·▪●–—-]*(?:\(?\d{1,2}(?:\.\d{1,2})*[.)]\s+)?[*_\[]*")
_SEEN = 80
"""Characters of a line in which its date is looked for."""
_CLOCK = re.compile(r"\(?\d{1,2}[:.h]\d{2}\b(?![.,:/]\d)(?:\s?(?:[ap]\.?m\b\.?|hrs|GMT|UTC))?")
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
    kind: Kind
    """What it is."""
    date: EventDate = EventDate()  # noqa: RUF009 - frozen
    """The day of a heading or label."""


def marks_of(text: str, published: datetime.date | None) -> Iterator[Mark]:
    """Yield the lines of a text that are not blank, in order, each with what it says of the day of what follows.

    Parameters
    ----------
    text
        The document's text.
    published
        Day of publication, for dates without a year.
    """
    start, first = 0, True
    for line in text.split("\n"):
        if line.strip():
            yield _mark(line, start, published, first=first)
            first = False
        start += len(line) + 1


def _mark(line: str, start: int, published: datetime.date | None, *, first: bool) -> Mark:
    opening = _OPENING.match(line)
    body = line[opening.end() if opening else 0 :][:_SEEN]
    if _MONTH.fullmatch(body):
        body = f"in {body}"
    date, span = first_date(body, published)
    if date.start is not None:
        ended = body.rstrip(" .*_") if span[0] == 0 else body
        if _ENDS_HEADING.match(ended, span[1]) and len(body.split()) <= MOST_WORDS:
            return Mark(start=start, kind="heading", date=date)
        if span[0] == 0 and body.split()[0].lower() not in _OPENERS and _ENDS_LABEL.match(body, span[1]):
            return Mark(start=start, kind="label", date=date)
    if _CLOCK.match(body):
        return Mark(start=start, kind="post")
    return Mark(start=start, kind="section" if not first and is_bare_line(line) else "line")
