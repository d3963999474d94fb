"""Which mentions or events of a report corrections speak of, which of several count, and an account of each.

The account says which hold and for how much, which are overruled, and which match nothing any more.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from geomap.corrections.records import ANY, Correction
from geomap.types import ParsedDocument, Span

Rule = tuple[int, Correction]
"""A correction and its number."""

Thing = int | Span
"""The number of a mention or event; its span where the program found none."""

SHOWN = 40
"""Characters of a report that a message quotes at most."""

_LISTED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one correction."""

    correction: Correction
    """The row."""
    times: int
    """For how many mentions or events it holds."""
    overruled: int = 0
    """For how many others a narrower or later row says something else, or the same again."""
    problem: str = ""
    """Why it no longer matches; empty when it does, or its report was not read."""

    def in_words(self) -> str:
        """Say what became of it; empty when its report was not read."""
        by = "overruled by a narrower or later one"
        if self.problem or not self.overruled:
            return self.problem or (f"holds for {self.times:,}" if self.times else "")
        return f"holds for {self.times:,}, {by} for {self.overruled:,}" if self.times else by


@dataclass(slots=True, kw_only=True)
class Tally:
    """Corrections, and how often each was found to hold; filled while `geomap.corrections.applying.corrected` runs."""

    corrections: Sequence[Correction]
    """In the order of their file."""
    _times: Counter[int] = field(default_factory=Counter)
    _overruled: Counter[int] = field(default_factory=Counter)
    _problems: dict[int, str] = field(default_factory=dict)
    _seen: set[str] = field(default_factory=set)

    def outcomes(self) -> list[Outcome]:
        """Return what became of each so far, in their order."""
        return [
            Outcome(
                correction=row,
                times=self._times[number],
                overruled=self._overruled[number],
                problem=self._problem(number, row),
            )
            for number, row in enumerate(self.corrections)
        ]

    def _problem(self, number: int, row: Correction) -> str:
        matched = self._times[number] or self._overruled[number]
        if number in self._problems or matched or (row.document != ANY and row.document not in self._seen):
            return self._problems.get(number, "")
        return f"no {row.about} of these words was found"

    def matched(self, number: int, *, holds: bool) -> None:
        """Write down that a correction speaks of one more mention or event, and whether it counts there."""
        (self._times if holds else self._overruled)[number] += 1

    def lost(self, number: int, why: str) -> None:
        """Write down why a correction does not match."""
        self._problems[number] = why

    def saw(self, document: str) -> None:
        """Write down that a document was read."""
        self._seen.add(document)


def matched(
    parsed: ParsedDocument,
    rules: Iterable[Rule],
    tally: Tally,
    *,
    find: Callable[[Correction], Sequence[int]],
    unclear: Callable[[Correction, Sequence[int]], str],
) -> Mapping[Thing, list[Correction]]:
    """Return what is said of each mention or event, and write down in the tally which corrections count.

    Parameters
    ----------
    rules
        Corrections that speak of the document, the narrowest and latest last.
    find
        Gives the numbers of the mentions or events that a correction speaks of.
    unclear
        Says why a correction does not match what was found; empty when it does.

    Returns
    -------
        The rows of each thing in the order of the rules. What a row gives the span of, and nobody found, stands under
        that span.
    """
    said: defaultdict[Thing, list[Rule]] = defaultdict(list)
    for number, row in rules:
        found = find(row)
        problem = _text_problem(parsed.document.text, row) or unclear(row, found)
        if problem:
            tally.lost(number, problem)
            continue
        for n in found:
            said[n].append((number, row))
        if not found and row.start is not None and row.end is not None:
            said[row.start, row.end].append((number, row))
    for of_one in said.values():
        for at, (number, row) in enumerate(of_one):
            tally.matched(number, holds=not is_overruled(row, [later for _, later in of_one[at + 1 :]]))
    return {thing: [row for _, row in of_one] for thing, of_one in said.items()}


def is_overruled(row: Correction, later: Sequence[Correction]) -> bool:
    """Whether nothing is left of a correction by what narrower or later ones say of the same thing.

    That an event is none, or is one after all, overrules everything before it; other facts about it add up.
    """
    turned = any((one.verdict == "wrong") != (row.verdict == "wrong") for one in later if one.about == "event")
    return turned or (bool(later) and row.facts <= frozenset[object]().union(*(one.facts for one in later)))


def _text_problem(text: str, row: Correction) -> str:
    """Say why the words of a correction do not stand where it says; empty when they do, or it does not say where."""
    if row.start is None or text[row.start : row.end] == row.words:
        return ""
    there = text[row.start : row.end]
    now = _starts(text, row.words)
    listed = ", ".join(f"{start:,}" for start in now[:_LISTED]) + (" and further on" if len(now) > _LISTED else "")
    return f"the text has changed: at {row.start:,} stands {there[:SHOWN]!r}, " + (
        f"the words now begin at {listed}" if now else "and the words are nowhere in it"
    )


def _starts(text: str, words: str) -> list[int]:
    starts: list[int] = []
    at = text.find(words)
    while at >= 0 and len(starts) <= _LISTED:
        starts.append(at)
        at = text.find(words, at + 1)
    return starts
