"""How sure the ranker's winners are to be right: fitted to documents that the ranker has not seen."""

from dataclasses import dataclass

import numpy as np

from geomap.resolvers.name_features import Floats


@dataclass(frozen=True, slots=True)
class Winners:
    """The winners of the scored names, NIL left out; one value a winner in each array."""

    raw: Floats
    """Likelihood of the winner's spot."""
    right: Floats
    """1 where it is a hit, else 0."""
    weights: Floats
    """As in training."""


def isotonic(found: Winners, *, least: int = 25) -> tuple[Floats, Floats]:
    """Return a rising curve from likelihoods to shares of right answers: its corners.

    Pools neighbours that fall until none does (Ayer et al., 1955), after pooling ``least`` at a time.
    """
    order = np.argsort(found.raw, kind="stable")
    blocks: list[tuple[float, float, float]] = []
    for chunk in np.array_split(order, max(1, len(order) // least)):
        weights = found.weights[chunk]
        block = (
            float(np.average(found.raw[chunk], weights=weights)),
            float(np.average(found.right[chunk], weights=weights)),
            float(weights.sum()),
        )
        while blocks and blocks[-1][1] >= block[1]:
            x, y, weight = blocks.pop()
            total = weight + block[2]
            block = (
                (x * weight + block[0] * block[2]) / total,
                (y * weight + block[1] * block[2]) / total,
                total,
            )
        blocks.append(block)
    return np.array([block[0] for block in blocks]), np.array([block[1] for block in blocks])
