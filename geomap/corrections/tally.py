"""Account of corrections: which hold and for how much, which are overruled, and which match nothing any more."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from geomap.corrections.records import ANY, Correction


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
