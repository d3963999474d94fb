"""Softmax regression on named features and the states of words, with ridge penalties: same rows, same weights."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, sparse  # type: ignore[import-untyped]

from geomap.events.weights import BIAS, Model

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Row:
    """Something to learn from."""

    features: tuple[str, ...]
    label: str
    weight: float = 1.0
    state: NDArray[np.floating[Any]] | None = None
    """Of its word; all rows of a fit have one, or none has."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """What was learnt."""

    named: dict[str, list[int] | dict[str, list[int]] | list[str]]
    """As `geomap.events.weights` reads it: the hundredths of each feature's weight in each class."""
    dense: Floats | None
    """Of states: one row for the bias and one a number, one column a class; ``None`` where rows had none."""

    @property
    def model(self) -> Model:
        """The model as the program uses it."""
        weights: Any = self.named["weights"]
        return Model(
            classes=tuple(map(str, self.named["classes"])),
            weights={BIAS: (0.0,)} | {name: tuple(one / 100 for one in row) for name, row in weights.items()},
            dense=None if self.dense is None else self.dense.astype(np.float32),
        )


def fit(rows: Sequence[Row], classes: Sequence[str], *, penalty: float, least: int = 3, scale: float = 0.15) -> Fitted:
    """Return a model.

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
    scale
        How large a standard deviation of a state's number is beside a feature: less holds states down more.
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
    states, mean, spread = _standard(rows, scale)
    found = _minimum(matrix, states, target, weights, len(classes), penalty)
    binary = tuple(classes) == ("no", "yes")
    found = (found[:, 1:] - found[:, :1]) if binary else found - found.mean(axis=1, keepdims=True)
    dense = found[matrix.shape[1] :] / spread[:, None]
    hundredths = np.rint(found[: matrix.shape[1]] * 100).astype(int)
    named: dict[str, list[int] | dict[str, list[int]] | list[str]] = {
        "classes": ["yes"] if binary else list(classes),
        "weights": {
            name: row.tolist()
            for name, row in zip((BIAS, *names), hundredths, strict=True)
            if name == BIAS or row.any()
        },
    }
    return Fitted(named, np.vstack([-(mean @ dense), dense]) if len(mean) else None)


def _standard(rows: Sequence[Row], scale: float) -> tuple[Floats, Floats, Floats]:
    """Return the states of rows about their mean, ``scale`` a standard deviation; the mean; and what to divide by."""
    if rows[0].state is None:
        return np.zeros((len(rows), 0)), np.zeros(0), np.zeros(0)
    states = np.array([row.state for row in rows], np.float64)
    mean, spread = states.mean(axis=0), (states.std(axis=0) + 1e-6) / scale
    return (states - mean) / spread, mean, spread


def _minimum(
    matrix: sparse.csr_matrix, states: Floats, target: NDArray[np.int64], weights: Floats, size: int, penalty: float
) -> Floats:
    """Return the weights of features, and below them those of states, at which the loss is least."""
    gold = np.zeros((len(target), size))
    gold[np.arange(len(target)), target] = 1.0
    columns = matrix.shape[1]
    free = np.ones((columns + states.shape[1], 1))
    free[0] = 0.0  # the bias is not held down

    def loss(flat: Floats) -> tuple[float, Floats]:
        found = flat.reshape(-1, size)
        scores = matrix @ found[:columns] + states @ found[columns:]
        scores -= scores.max(axis=1, keepdims=True)
        odds = np.exp(scores)
        total = odds.sum(axis=1, keepdims=True)
        value = -(weights * (scores[np.arange(len(target)), target] - np.log(total[:, 0]))).sum()
        wrong = (odds / total - gold) * weights[:, None]
        slope = np.vstack([matrix.T @ wrong, states.T @ wrong]) + penalty * free * found
        return value + penalty / 2 * float((free * found**2).sum()), slope.ravel()

    start = np.zeros(len(free) * size)
    found: Floats = optimize.minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 120}).x
    return found.reshape(-1, size)
