"""Figures: plain dicts that carry how many cases they stand on."""

from collections.abc import Collection

Figure = dict[str, float | int | None]
"""``{"value": …, "n": …}``; the value is ``None`` where there were no cases."""


def figure(value: float | None, n: int) -> Figure:
    """Return a value and the number of cases behind it; the value is rounded to four decimals."""
    return {"value": None if value is None or n == 0 else round(value, 4), "n": n}


def share(part: int, whole: int) -> Figure:
    """Return which share of ``whole`` cases ``part`` is; the value is ``None`` when there are none."""
    return figure(part / whole if whole else None, whole)


def f1(*, correct: int, predicted: int, gold: int) -> Figure:
    """Return the harmonic mean of precision and recall, over the gold cases.

    ``2 · correct / (predicted + gold)`` is the same, and defined where one of them is not. No case on either side
    gives ``None``.
    """
    total = predicted + gold
    return {"value": round(2 * correct / total, 4) if total else None, "n": gold}


def average(values: Collection[float]) -> float | None:
    """Return the arithmetic mean, or ``None`` of nothing."""
    return sum(values) / len(values) if values else None
