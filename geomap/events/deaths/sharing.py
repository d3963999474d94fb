"""Which happening of a sentence, and which of its places, each number of deaths belongs to.

A number counts once. It goes to the happening that stands nearest, clauses counted before words, and of one that is
told of several places to the place in its own clause ("two men were killed in Blida"), or else to the first, as
ACLED's coders enter a toll that is not broken down. Where each place of a list has its number ("three in X, two in Y
and one in Z"), each gets its own.
"""

import re
from collections.abc import Collection, Sequence

from geomap.events.clause_boundaries import Boundaries, find_boundaries
from geomap.events.deaths.numbers import Toll, how_said, read_count, without_uncounted, written_words
from geomap.types import Span

Deaths = tuple[int, int, str]
"""The least and the greatest number, and how they are said, see `geomap.types.Event.fatalities_said`."""

_IN = re.compile(r"\b(?:in|at|near|around|outside)\s+(?:the\s+)?(?:[\w-]+\s+){0,3}$", re.IGNORECASE)
_FAR = 60
_BLOODLESS = 100.0  # more than any two words of a sentence are apart


def share_tolls(
    sentence: str,
    tolls: Sequence[Toll],
    triggers: Sequence[Span],
    places: Sequence[Sequence[Span | None]],
    *,
    bloodless: Collection[int] = (),
) -> list[list[Deaths | None]]:
    """Return the deaths of each happening of a sentence at each of its places.

    Parameters
    ----------
    sentence
        One sentence.
    tolls
        What it says of deaths.
    triggers
        Offsets of the words that tell of each happening.
    places
        For each, the offsets of the one or more places it is told of; ``None`` for one in another sentence.
    bloodless
        The happenings of a kind that has no deaths, such as an arrest: they get what is told of no other.

    Returns
    -------
        One list a happening, as long as its places; ``None`` where the sentence says nothing of it, ``(0, 0, "")``
        where it says that nobody died.
    """
    found: list[list[Deaths | None]] = [[None] * len(one) for one in places]
    breaks = find_boundaries(sentence)
    claimed: dict[tuple[int, int], tuple[float, Toll]] = {}
    for toll in tolls if triggers else ():
        costs = [
            _cost(breaks, toll, trigger) + _BLOODLESS * (number in bloodless) for number, trigger in enumerate(triggers)
        ]
        number = min(range(len(triggers)), key=lambda index: (costs[index], index))
        if costs[number] == float("inf"):
            continue
        shares = _broken_down(sentence, toll, places[number])
        if shares:
            for place, deaths in shares.items():
                found[number][place] = deaths
            claimed[number, -1] = (costs[number], toll)
            continue
        key = (number, _place_of(sentence, breaks, toll, places[number]))
        if (number, -1) not in claimed and (key not in claimed or costs[number] < claimed[key][0]):
            claimed[key] = (costs[number], toll)
            found[number][key[1]] = (toll.low, toll.high, toll.said)
    return found


def _cost(breaks: Boundaries, toll: Toll, trigger: Span) -> float:
    """Return how far a number is from a trigger; infinite where a trigger after it begins another statement."""
    low, high = sorted((trigger, toll.span))
    gap = max(0, high[0] - low[1])
    if not gap:
        return 0.0
    if toll.high and breaks.severed(low[1], high[0]) and trigger[0] > toll.span[1]:
        return float("inf")
    return breaks.distance(low, high)


def _place_of(sentence: str, breaks: Boundaries, toll: Toll, places: Sequence[Span | None]) -> int:
    """Return the index of the place that stands in the clause of a number, else 0."""
    for index, place in enumerate(places):
        near = place and len(places) > 1 and toll.span[1] <= place[0] <= toll.span[1] + _FAR
        if (
            place
            and near
            and _IN.search(sentence[toll.span[1] : place[0]])
            and breaks.between(toll.span[1], place[0]) == 0
        ):
            return index
    return 0


def _broken_down(sentence: str, toll: Toll, places: Sequence[Span | None]) -> dict[int, Deaths]:
    """Return the deaths at each place of a list where each has its number; empty where they have not."""
    spans = [(place, index) for index, place in enumerate(places) if place]
    if len(spans) < 2 or spans[0][0][0] < toll.span[0]:
        return {}
    found: dict[int, Deaths] = {}
    start = toll.span[0]
    for (first, last), index in spans:
        tokens = [word[0].lower() for word in written_words(without_uncounted(sentence[start:first]))]
        counts = [(count, at) for at in range(len(tokens)) if (count := read_count(tokens, at))]
        if counts:
            count, at = counts[-1]
            found[index] = (count.low, count.high, how_said(tokens, at, count.end))
        start = last
    return found if len(found) == len(spans) else {}
