"""Apply corrections to parsed documents, and keep account of which of them still match.

The narrowest counts: what is said of one span over what is said of a document, and that over what is said of every
document; of two alike the later. Facts about an event add up, so that one row may give its day and another its toll.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from geomap.corrections.events import corrected_events
from geomap.corrections.mentions import corrected_mentions
from geomap.corrections.places import Places
from geomap.corrections.records import ANY, Correction
from geomap.types import Gazetteer, ParsedDocument


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one correction."""

    correction: Correction
    """The row."""
    times: int
    """For how many mentions or events it holds."""
    problem: str = ""
    """Why it no longer matches; empty when it holds, or its report was not read."""


@dataclass(slots=True, kw_only=True)
class Tally:
    """Corrections, and how often each was found to hold; filled while `corrected` runs."""

    corrections: Sequence[Correction]
    """In the order of their file."""
    _times: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    _problems: dict[int, str] = field(default_factory=dict)
    _seen: set[str] = field(default_factory=set)

    def outcomes(self) -> list[Outcome]:
        """Return what became of each so far, in their order."""
        return [
            Outcome(correction=row, times=self._times.get(number, 0), problem=self._problem(number, row))
            for number, row in enumerate(self.corrections)
        ]

    def _problem(self, number: int, row: Correction) -> str:
        if number in self._problems:
            return self._problems[number]
        if self._times.get(number) or (row.document != ANY and row.document not in self._seen):
            return ""
        return f"no {row.about} of these words was found"

    def note(self, number: int, found: int | str) -> None:
        """Write down for how many mentions or events a correction holds, or why it does not match."""
        if isinstance(found, str):
            self._problems[number] = found
        else:
            self._times[number] += found

    def saw(self, document: str) -> None:
        """Write down that a document was read."""
        self._seen.add(document)


def corrected(parsed: Iterable[ParsedDocument], tally: Tally, *, gazetteer: Gazetteer) -> Iterator[ParsedDocument]:
    """Apply corrections to parsed documents, one by one as they are asked for.

    A name that is no place is no mention any more, and what happened there has no place; an event that is none is left
    out; a span that nobody had found becomes a mention. Whatever was changed or confirmed says in ``corrected_by`` by
    whom.

    Parameters
    ----------
    parsed
        Such as `Geoparser.parse` yields.
    tally
        The corrections; afterwards its `Tally.outcomes` tell which of them match.
    gazetteer
        For the entries that the corrections name.

    Yields
    ------
        One document a document, in the same order.
    """
    numbers: Mapping[str, list[int]] = defaultdict(list)
    for number, row in enumerate(tally.corrections):
        numbers[row.document].append(number)
    places = Places(gazetteer)
    for one in parsed:
        tally.saw(one.document.id)
        rules = [(number, tally.corrections[number]) for number in (*numbers[ANY], *numbers[one.document.id])]
        rules.sort(key=lambda rule: (-rule[1].breadth, rule[0]))
        yield _corrected(one, rules, places, tally) if rules else one


def _corrected(
    parsed: ParsedDocument, rules: Sequence[tuple[int, Correction]], places: Places, tally: Tally
) -> ParsedDocument:
    usable = []
    for number, row in rules:
        problem = places.problem(row)
        if problem:
            tally.note(number, problem)
        else:
            usable.append((number, row))
    parsed = corrected_mentions(parsed, [rule for rule in usable if rule[1].about == "mention"], places, tally.note)
    return replace(
        parsed,
        events=corrected_events(parsed, [rule for rule in usable if rule[1].about == "event"], places, tally.note),
    )
