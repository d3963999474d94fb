"""One correction: what somebody knows better about a name or an event of a report, or of every report."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from geomap.errors import CorrectionsError
from geomap.events.vocabulary import TYPE_OF

About = Literal["mention", "event"]
"""What a correction speaks of."""

ANY = "any"
"""Stands for every document: "always, in this corpus"."""

VERDICTS: Mapping[About, tuple[str, ...]] = {
    "mention": ("place", "not a place", "unknown place", "undo"),
    "event": ("event", "wrong", "verified", "same", "apart", "undo"),
}
"""What may be said of each. "place" and "event" come with what is right; an "unknown place" is one, but nobody knows
where; "same" says that another event tells the same occurrence, "apart" that it does not; "undo" takes back the last
row about the same thing that still stands."""

OF_TWO = ("same", "apart")
"""Verdicts on two events."""

_JOINT = {"same": "as", "apart": "from"}
_SHOWN = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One row of a file of corrections.

    Raises
    ------
    CorrectionsError
        If the cells do not fit each other; the message says which and what would fit.
    """

    document: str
    """`Document.id` of the report, or ``any``."""
    about: About = "mention"
    """A mention or an event."""
    words: str
    """The toponym, or the trigger words of the event, exactly as written."""
    start: int | None = None
    """Document offset of their first character; ``None`` for all such mentions or events of the document."""
    end: int | None = None
    """Document offset after their last character; ``None`` with ``start``."""
    mention_start: int | None = None
    """Of an event, offset of the mention it was said to be at: tells events of one trigger apart."""
    verdict: str
    """One of `VERDICTS`."""
    entry_id: str = ""
    """The right gazetteer entry; empty when coordinates are given, or the place is not spoken of."""
    latitude: float | None = None
    """WGS 84 degrees, north positive, of the right point; ``None`` when an entry is given."""
    longitude: float | None = None
    """WGS 84 degrees, east positive, of the same point."""
    event_sub_type: str = ""
    """The right sub-event type, as ACLED writes it; empty when it is not spoken of."""
    event_date: str = ""
    """The right day or interval as ISO 8601 writes it: 2024-08-06, 2024-08-05/2024-08-11; empty likewise."""
    fatalities_low: int | None = None
    """The right least number of deaths; ``None`` likewise."""
    fatalities_high: int | None = None
    """The right greatest number of deaths; ``None`` likewise."""
    same_start: int | None = None
    """Where the trigger of the event begins that is, or is not, the same occurrence; ``None`` likewise."""
    same_mention_start: int | None = None
    """Where the place of that event is named, if other events have its trigger; ``None`` likewise."""
    same_document: str = ""
    """The report of that event; empty for the same report."""
    same_words: str = ""
    """The trigger words of that event, where it is of another report."""
    who: str = ""
    """Who says so."""
    when: str = ""
    """When it was said, as ISO 8601 writes it; not interpreted."""
    why: str = ""
    """On what grounds."""
    line: int | None = None
    """Line of the file where the row begins, counted from 1."""

    def __post_init__(self) -> None:  # noqa: D105  (the class docstring says what it refuses)
        _check_target(self)
        if self.verdict not in VERDICTS[self.about]:
            known = "; ".join(f"on {one}s {', '.join(map(repr, names))}" for one, names in VERDICTS.items())
            raise CorrectionsError(f"{self.verdict!r} is no verdict on {self.about}s; there are {known}")
        _check_place(self)
        _check_event(self)

    @property
    def target(self) -> tuple[object, ...]:
        """What the row speaks of: rows with one target come after each other."""
        return self.document, self.about, self.words, self.start, self.end, self.mention_start

    @property
    def has_place(self) -> bool:
        """Whether it says where something is."""
        return bool(self.entry_id) or self.latitude is not None

    @property
    def facts(self) -> frozenset[object]:
        """What is said, without how: a later row of the same thing overrules one that says nothing else."""
        if self.about == "mention":
            return frozenset()
        if self.verdict in OF_TWO:  # the later of both verdicts on two events counts
            return frozenset({("same", self.same_document, self.same_start, self.same_mention_start)})
        if self.verdict != "event":
            return frozenset({self.verdict})
        said = {
            "place": self.has_place,
            "type": self.event_sub_type,
            "day": self.event_date,
            "toll": self.fatalities_low is not None,
        }
        return frozenset(name for name, given in said.items() if given)

    def mirrored(self) -> "Correction":
        """Return what a row on events of two reports says, from the other's side."""
        assert self.same_start is not None  # noqa: S101  (such a row has it)
        return replace(
            self,
            document=self.same_document,
            words=self.same_words,
            start=self.same_start,
            end=self.same_start + len(self.same_words),
            mention_start=self.same_mention_start,
            same_document=self.document,
            same_words=self.words,
            same_start=self.start,
            same_mention_start=self.mention_start,
        )

    @property
    def breadth(self) -> int:
        """How much it speaks of: 0 one span, 1 a document, 2 every document. What is narrower counts."""
        return 2 if self.document == ANY else 1 if self.start is None else 0

    @property
    def signature(self) -> str:
        """Who said it, for the column ``corrected_by``: without what a spreadsheet or a terminal would obey."""
        return (
            "".join(char for char in self.who if char.isprintable()).lstrip("=+-@ ").replace("; ", ", ").strip()
            or "unnamed"
        )

    def in_words(self) -> str:
        """Say in a line what is corrected, how, by whom and why."""
        where = "in any report" if self.document == ANY else f"in {self.document}"
        at = "" if self.start is None else f" at {self.start:,}"
        what = f"{self.words[:_SHOWN]!r} {where}{at}: {'; '.join([self.verdict, *self._facts()])}"
        said = ", ".join(filter(None, (self.signature, self.when)))
        return f"{what} ({said}{': ' if self.why else ''}{self.why})"

    def _facts(self) -> list[str]:
        point = "" if self.latitude is None else f"{self.latitude}, {self.longitude}"
        low, high = self.fatalities_low, self.fatalities_high
        deaths = "" if low is None else f"{low} killed" if low == high else f"{low} to {high} killed"
        other = f"{self.same_words[:_SHOWN]!r} in {self.same_document}" if self.same_document else "the one told"
        same = "" if self.same_start is None else f"{_JOINT[self.verdict]} {other} at {self.same_start:,}"
        return [fact for fact in (self.entry_id, point, self.event_sub_type, self.event_date, deaths, same) if fact]


def days_of(text: str) -> tuple[datetime.date, datetime.date]:
    """Read a day or an interval; a `ValueError` if it is neither, or ends before it begins."""
    first, _, last = text.partition("/")
    days = datetime.date.fromisoformat(first), datetime.date.fromisoformat(last or first)
    if days[1] < days[0]:
        raise ValueError(text)
    return days


def _check_target(row: Correction) -> None:
    if row.about not in VERDICTS:
        raise CorrectionsError(f"about is {row.about!r}; give mention or event")
    if not row.document:
        raise CorrectionsError(f"the document is empty; give the id of a report, or {ANY}")
    if not row.words:
        raise CorrectionsError("words is empty; give the name, or the words that tell of the event, as written")
    if (row.start is None) != (row.end is None):
        raise CorrectionsError("start without end, or end without start; give both, or neither")
    if row.start is not None and row.end is not None and row.end - row.start != len(row.words):
        raise CorrectionsError(
            f"words has {len(row.words)} characters and the span {row.start} to {row.end} has {row.end - row.start}; "
            "offsets count Unicode code points"
        )
    if row.document == ANY and (row.start is not None or row.mention_start is not None):
        raise CorrectionsError(f"offsets make no sense in {ANY} report; leave them empty, or name the document")
    if row.mention_start is not None and row.about == "mention":
        raise CorrectionsError("mention_start is for events; leave it empty")
    _check_same(row)


def _check_same(row: Correction) -> None:
    if (row.same_start is None) == (row.verdict in OF_TWO):
        raise CorrectionsError("same_start, where the other event's trigger begins, goes with verdict same or apart")
    if row.same_start is None and row.same_mention_start is not None:
        raise CorrectionsError("same_mention_start without same_start; give both, or leave it empty")
    if row.same_start is None and (row.same_document or row.same_words):
        raise CorrectionsError("same_document or same_words without same_start; give it, too, or leave them empty")
    if row.same_document in (ANY, row.document) or bool(row.same_document) != bool(row.same_words):
        raise CorrectionsError("same_document is another report, and goes with same_words, the trigger words there")
    if row.verdict in OF_TWO and row.start is None:
        raise CorrectionsError(f"the verdict {row.verdict} is on one event; give its start and end")
    target = (row.document, row.start, row.mention_start)
    if row.start is not None and target == (row.same_document or row.document, row.same_start, row.same_mention_start):
        raise CorrectionsError("same_start is the event's own start; give that of the other event")


def _check_place(row: Correction) -> None:
    if (row.latitude is None) != (row.longitude is None):
        raise CorrectionsError("latitude without longitude, or longitude without latitude; give both, or neither")
    if row.latitude is not None and row.longitude is not None:
        if not (abs(row.latitude) <= 90 and abs(row.longitude) <= 180):  # also refuses NaN
            raise CorrectionsError(
                f"{row.latitude}, {row.longitude} is no point on Earth; give degrees, the latitude first"
            )
        if row.entry_id:
            raise CorrectionsError("both an entry_id and coordinates; give one of them")
    if row.verdict == "place" and not row.has_place:
        raise CorrectionsError("the verdict is place, and none is given; give an entry_id, or latitude and longitude")
    if row.has_place and row.verdict not in ("place", "event"):
        raise CorrectionsError(f"a place does not go with {row.verdict!r}; leave it out, or give the verdict place")


def _check_event(row: Correction) -> None:
    told = (row.event_sub_type, row.event_date, row.fatalities_low is not None or row.fatalities_high is not None)
    if any(told) and row.verdict != "event":
        raise CorrectionsError("a type, day or toll goes with the verdict event alone; leave it out")
    if row.verdict == "event" and not (any(told) or row.has_place):
        raise CorrectionsError("the verdict is event, and nothing is given; give its type, place, day or toll")
    if row.document == ANY and row.verdict == "event" and (any(told[1:]) or row.has_place):
        raise CorrectionsError(f"a place, day or toll cannot be that of events in {ANY} report; name the document")
    if row.event_sub_type and row.event_sub_type not in TYPE_OF:
        known = ", ".join(TYPE_OF)
        raise CorrectionsError(f"there is no event_sub_type {row.event_sub_type!r}; ACLED has {known}")
    if row.event_date:
        try:
            days_of(row.event_date)
        except ValueError:
            example = "2024-08-06, or an interval such as 2024-08-05/2024-08-11"
            raise CorrectionsError(f"event_date is {row.event_date!r}; give a day such as {example}") from None
    low, high = row.fatalities_low, row.fatalities_high
    if (low is None) != (high is None) or not 0 <= (low or 0) <= (high or 0):
        raise CorrectionsError("fatalities_low and fatalities_high are the least and the greatest number; give both")
