"""How far two people agree who corrected the same reports, and where they do not.

Compared is what both spoke of: the same words at the same place of the same report, or in every report. Krippendorff's
alpha (Krippendorff, Content Analysis, 2004, chapter 11; nominal scale) is 1 for full agreement and 0 for what chance
alone would give.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import krippendorff

from geomap.corrections.matching import is_overruled
from geomap.corrections.records import Correction
from geomap.evaluation.figures import figure, share
from geomap.evaluation.hits import SAME_KM
from geomap.gazetteers.distance import haversine_km

_TOLD = ("event_sub_type", "event_date", "fatalities_low", "fatalities_high")


def agreement(first: Iterable[Correction], second: Iterable[Correction]) -> dict[str, Any]:
    """Compare two people's corrections.

    Parameters
    ----------
    first, second
        The corrections that stand, in the order of their files.

    Returns
    -------
        ``figures``: ``agreed``, the share of what both spoke of, and ``alpha``, ``None`` where all answers are one and
        the same, or there is none. ``only_first`` and ``only_second`` count what one alone spoke of. ``differences``
        lists what they did not agree on, as both put it, in the order of the first file.
    """
    left, right = _answers(first), _answers(second)
    pairs = [(row, right[target]) for target, row in left.items() if target in right]
    answers = [_pair(one, other) for one, other in pairs]
    different = [pair for pair, (one, other) in zip(pairs, answers, strict=True) if one != other]
    return {
        "figures": {
            "agreed": share(len(pairs) - len(different), len(pairs)),
            "alpha": figure(_alpha(answers), len(pairs)),
        },
        "only_first": len(left.keys() - right.keys()),
        "only_second": len(right.keys() - left.keys()),
        "differences": [{"first": _in_words(one), "second": _in_words(other)} for one, other in different],
    }


def _answers(rows: Iterable[Correction]) -> dict[tuple[object, ...], list[Correction]]:
    """Return the rows on each thing that nothing later overrules: what is said of an event adds up."""
    said: defaultdict[tuple[object, ...], list[Correction]] = defaultdict(list)
    for row in rows:
        said[row.target].append(row)
    return {
        target: [row for at, row in enumerate(of_one) if not is_overruled(row, of_one[at + 1 :])]
        for target, of_one in said.items()
    }


def _in_words(rows: Sequence[Correction]) -> str:
    return " and ".join(row.in_words() for row in rows)


def _pair(one: Sequence[Correction], other: Sequence[Correction]) -> tuple[tuple[object, ...], tuple[object, ...]]:
    """Return two answers so that they are equal where they agree."""
    mine, theirs = _answer(one), _answer(other)
    if mine[:-1] == theirs[:-1] and None not in (*mine[-1], *theirs[-1]):
        theirs = mine if haversine_km(*mine[-1], *theirs[-1]) <= SAME_KM else theirs
    return mine, theirs


def _answer(rows: Sequence[Correction]) -> tuple[Any, ...]:
    """Return what somebody says of one thing, without who, when and why; the coordinates come last.

    Who puts an event right confirms it; and of a place the last one given counts.
    """
    verdicts = {row.verdict for row in rows}
    verdicts -= {"verified"} if len(verdicts) > 1 else set()
    others = (row for row in rows if row.same_start is not None)
    same = sorted((row.same_document, row.same_start, row.same_mention_start or 0) for row in others)
    told = {name: value for row in rows for name in _TOLD if (value := getattr(row, name)) not in (None, "")}
    places = [row for row in rows if row.has_place] or rows
    spot = (places[-1].latitude, places[-1].longitude)
    return (rows[-1].about, *sorted(verdicts), *same, tuple(sorted(told.items())), places[-1].entry_id, spot)


def _alpha(answers: Sequence[tuple[tuple[object, ...], tuple[object, ...]]]) -> float | None:
    number = {answer: n for n, answer in enumerate(dict.fromkeys(answer for pair in answers for answer in pair))}
    if len(number) < 2:
        return None
    codes = [[number[one] for one, _ in answers], [number[other] for _, other in answers]]
    return float(krippendorff.alpha(reliability_data=codes, level_of_measurement="nominal"))
