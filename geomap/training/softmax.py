"""Softmax regression on named features, with a ridge penalty: same rows, same weights."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, sparse  # type: ignore[import-untyped]

from geomap.events.weights import BIAS

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Row:
    """Something to learn from."""

    features: tuple[str, ...]
    label: str
    weight: float = 1.0


def fit(
    rows: Sequence[Row], classes: Sequence[str], *, penalty: float, least: int = 3
) -> dict[str, list[int] | dict[str, list[int]] | list[str]]:
    """Return a model as `geomap.events.weights` reads it: the hundredths of each feature's weight in each class.

    Parameters
    ----------
    rows
        What to learn from.
    classes
        What the labels are told apart into; of a yes-or-no question ``("no", "yes")``, which gives one weight each.
    penalty
        Of the squared weights, against the summed weight of the rows.
    least
        A feature is learnt when this many rows have it.
    """
    counts = Counter(name for row in rows for name in set(row.features))
    names = sorted(name for name, count in counts.items() if count >= least)
    columns = {name: column for column, name in enumerate(names, start=1)}
    cells = [[0, *sorted({columns[name] for name in row.features if name in columns})] for row in rows]
    matrix = sparse.csr_matrix(
        (
            np.ones(sum(map(len, cells))),
            np.concatenate([np.array(one) for one in cells]),
            np.cumsum([0, *map(len, cells)]),
        ),
        shape=(len(rows), len(names) + 1),
    )
    target = np.array([list(classes).index(row.label) for row in rows])
    weights = np.array([row.weight for row in rows])
    found = _minimum(matrix, target, weights, len(classes), penalty)
    binary = tuple(classes) == ("no", "yes")
    found = (found[:, 1:] - found[:, :1]) if binary else found - found.mean(axis=1, keepdims=True)
    hundredths = np.rint(found * 100).astype(int)
    return {
        "classes": ["yes"] if binary else list(classes),
        "weights": {
            name: row.tolist()
            for name, row in zip((BIAS, *names), hundredths, strict=True)
            if name == BIAS or row.any()
        },
    }


def _minimum(
    matrix: sparse.csr_matrix, target: NDArray[np.int64], weights: Floats, size: int, penalty: float
) -> Floats:
    gold = np.zeros((len(target), size))
    gold[np.arange(len(target)), target] = 1.0
    free = np.ones((matrix.shape[1], 1))
    free[0] = 0.0  # the bias is not held down

    def loss(flat: Floats) -> tuple[float, Floats]:
        found = flat.reshape(-1, size)
        scores = matrix @ found
        scores -= scores.max(axis=1, keepdims=True)
        odds = np.exp(scores)
        total = odds.sum(axis=1, keepdims=True)
        value = -(weights * (scores[np.arange(len(target)), target] - np.log(total[:, 0]))).sum()
        slope = matrix.T @ ((odds / total - gold) * weights[:, None]) + penalty * free * found
        return value + penalty / 2 * float((free * found**2).sum()), slope.ravel()

    start = np.zeros(matrix.shape[1] * size)
    found: Floats = optimize.minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 120}).x
    return found.reshape(-1, size)
