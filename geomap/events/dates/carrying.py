"""The day of an event whose own sentence says none: carried from what the report told before, or from its heading.

A day holds until another is told: for the rest of a paragraph, and from the lead on for the report. What happened
before ("had taken the town in May") is told aside and carries nothing. Where the report has named no day yet, the first
that its opening names holds, else the day of publication: an account of today's fighting does not say "today". Where
its layout gives days (`geomap.events.layout`), these hold instead for what stands below or behind them.
"""

import datetime
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field

from spacy.tokens import Token

from geomap.events.dates.event_date import event_date
from geomap.events.dates.grammar import find_expressions
from geomap.events.layout import Mark, marks_of
from geomap.events.telling import Telling
from geomap.types import EventDate

LONGEST = 10
"""Days of a period that is carried: a longer one ("in 2022") tells of the past."""

MONTH = 31
"""Days of the longest period in which a number of dead is one of an event."""


@dataclass(slots=True, kw_only=True)
class Calendar:
    """The days that a report has told of so far."""

    published: datetime.date | None
    """Day of publication; ``None`` when unknown."""
    opening: EventDate
    """The day that the opening names."""
    last: EventDate = EventDate()  # noqa: RUF009 - frozen
    """The last day told that holds for what follows; without days when there is none."""
    heading: EventDate = EventDate()  # noqa: RUF009
    """The day of the heading above, or of the posts; without days when there is none."""
    label: EventDate = EventDate()  # noqa: RUF009
    """The day that the line, or the last one that has one, begins with."""
    marks: deque[Mark] = field(default_factory=deque)
    """The lines that are still to come."""

    def move_to(self, start: int) -> None:
        """Take in what the lines up to an offset say of the days of what follows them."""
        while self.marks and self.marks[0].start <= start:
            self._take(self.marks.popleft())

    def _take(self, mark: Mark) -> None:
        if mark.kind == "line" and self.layout.start is None:
            return  # in prose a day holds from one paragraph to the next
        self.last = EventDate()
        if mark.kind != "line":
            self.label = mark.date if mark.kind == "label" else EventDate()
        if mark.kind == "heading":
            self.heading = mark.date
        elif mark.kind == "post" and self.heading.start is None and self.published is not None:
            self.heading = EventDate(start=self.published, end=self.published, precision=1)

    @property
    def layout(self) -> EventDate:
        """The day that the line or the heading above it gives; without days when neither does."""
        return self.label if self.label.start is not None else self.heading

    def read(self, telling: Telling, trigger: tuple[int, int]) -> EventDate:
        """Return what a sentence says of the day of its trigger, counted from the day told before where it says so."""
        return event_date(telling.text, trigger, self.published, anchor=self.current, told=self.layout.end)

    @property
    def today(self) -> EventDate:
        """The day of what goes on: that of the layout, else of the opening, else of publication."""
        if self.layout.start is not None:
            return self.layout
        if self.opening.start is not None:
            return self.opening
        if self.published is None:
            return EventDate()
        return EventDate(start=self.published, end=self.published, precision=1)

    @property
    def current(self) -> EventDate:
        """The day that holds for an event that says none: the last one told, else that of what goes on."""
        return self.last if self.last.start is not None else self.today

    def note(self, date: EventDate) -> None:
        """Take in a day that is told and holds for what follows; nothing where it is none, or too long a time."""
        if _is_short(date):
            self.last = date


def _is_short(date: EventDate) -> bool:
    return date.start is not None and date.end is not None and (date.end - date.start).days < LONGEST


def is_long(date: EventDate) -> bool:
    """Whether a date is a period of more than a month: what is counted in it is a total, or long past."""
    return date.start is not None and date.end is not None and (date.end - date.start).days > MONTH


def open_calendar(text: str, tellings: Sequence[Telling], published: datetime.date | None) -> Calendar:
    """Return the calendar of a report before its first event; the opening is its first two sentences or headings."""
    told = (
        event_date(telling.text, (expression.end, expression.end), published)
        for telling in tellings[:2]
        for expression in find_expressions(telling.text)
    )
    opening = next(filter(_is_short, told), EventDate())
    return Calendar(published=published, opening=opening, marks=deque(marks_of(text, published)))


def is_aside(head: Token) -> bool:
    """Whether a verb tells of what had happened before: "had taken"."""
    return any(child.dep_ == "aux" and child.lower_ == "had" for child in head.children)


def is_now(head: Token) -> bool:
    """Whether a verb, or that of its subject, tells of the day of the report: "have retaken", "fighting goes on"."""
    verb = head.head if head.dep_ == "nsubj" else head
    auxiliaries = {child.lower_ for child in verb.children if child.dep_ == "aux"}
    if auxiliaries:
        return not {"has", "have", "'ve", "’ve", "is", "are", "'re", "’re"}.isdisjoint(auxiliaries)
    return verb.tag_ in ("VBZ", "VBP")
