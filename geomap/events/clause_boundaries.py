"""Where a sentence breaks, so that a date, a toll or a speaker can be given to the deed it belongs to.

There is no parser here: clauses are told by the words and signs that open them, in time linear in the sentence.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from geomap.types import Span

_BREAKS = re.compile(
    r"""
      (?P<relative>\b (?: who | whom | whose | where | which | since ) \b)
    | (?P<strong> ; | \s[–—-]{1,2}\s | — | [.!?][\"”’)]?\s | \b (?: but | while | whereas | although | though ) \b )
    | (?P<clause>\b (?: after | before | as | when | because | amid ) \b)
    | (?P<comma> , (?= \s | [\"”’] ) | :\s )
    | (?P<joint>\band\b)
    | (?P<complement>\bthat\b)
    """,
    re.IGNORECASE | re.VERBOSE,
)
_WEIGHTS = {"relative": 2.0, "strong": 3.0, "clause": 1.5, "comma": 1.0, "joint": 0.5, "complement": 0.2}


@dataclass(frozen=True, slots=True)
class Boundaries:
    """The breaks of one sentence, in text order."""

    starts: list[int]
    """Where each break begins."""
    ends: list[int]
    """Where the text after each break begins."""
    sums: list[float]
    """The weights of the breaks before each, and of all."""
    turns: list[int]
    """How many strong breaks, which begin another statement, there are before each, and in all."""

    def between(self, first: int, second: int) -> float:
        """Return the weight of the breaks between two offsets: 0 within one clause."""
        low, high = min(first, second), max(first, second)
        return max(0.0, self.sums[bisect_right(self.starts, high - 1)] - self.sums[bisect_left(self.starts, low)])

    def severed(self, first: int, second: int) -> bool:
        """Say whether a strong break stands between two offsets."""
        low, high = min(first, second), max(first, second)
        return self.turns[bisect_right(self.starts, high - 1)] > self.turns[bisect_left(self.starts, low)]

    def opening(self, offset: int) -> int:
        """Return where the clause that an offset lies in begins."""
        index = bisect_right(self.ends, offset) - 1
        return self.ends[index] if index >= 0 else 0

    def distance(self, one: Span, other: Span) -> float:
        """Return how far two disjoint spans are apart: the breaks between them, and a little for each character."""
        low, high = sorted((one, other))
        return self.between(low[1], high[0]) + max(0, high[0] - low[1]) / 500


def find_boundaries(sentence: str, leave: Sequence[Span] = ()) -> Boundaries:
    """Return the breaks of a sentence, without those inside the spans to leave whole (sorted, disjoint)."""
    inside = [start for start, _ in leave]
    found = []
    for match in _BREAKS.finditer(sentence):
        index = bisect_right(inside, match.start()) - 1
        if index < 0 or match.start() >= leave[index][1]:
            found.append((match.start(), match.end(), match.lastgroup or ""))
    weights = accumulate((_WEIGHTS[kind] for _, _, kind in found), initial=0.0)
    turns = accumulate((kind == "strong" for _, _, kind in found), initial=0)
    return Boundaries(
        [start for start, _, _ in found],
        [end for _, end, _ in found],
        [*weights],
        [*turns],
    )
