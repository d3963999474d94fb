"""Linear models over named features and the states of words: what `geomap.training.event_models` learnt.

A model has one score, or one for each of several classes; a score is the sum of the weights of the features that a
thing has, and a feature that the model does not know weighs nothing. Some models add what a word's state weighs. The
weights of features stand in one JSON file, those of states in an array beside it.
"""

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from geomap.bundle import check_model
from geomap.errors import ModelNotFoundError

MODEL_PATH = Path(__file__).resolve().parents[1] / "models" / "events.json"
"""Where the trained weights are."""

DENSE_PATH = MODEL_PATH.with_name("events.npz")
"""Where the trained weights of states are."""

Floats = npt.NDArray[np.float32]

BIAS = ""
"""The name of the weight that everything has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A linear model."""

    classes: tuple[str, ...]
    """What it tells apart; a single one for a yes-or-no question."""
    weights: Mapping[str, Sequence[float]]
    """Feature → one weight a class."""
    dense: Floats | None = None
    """One row for the bias and one a number of a state, one column a class; ``None`` for a model without states."""

    def scores(self, features: Iterable[str], state: Floats | None = None) -> list[float]:
        """Return the score of each class of a thing, by the names of its features, each counted once, and a state."""
        found = list(self.weights[BIAS])
        if state is not None and self.dense is not None:
            found = [
                one + float(other) for one, other in zip(found, self.dense[0] + state @ self.dense[1:], strict=True)
            ]
        for name in sorted(set(features)):  # in one order: sums of floats depend on it
            for column, weight in enumerate(self.weights.get(name, ())):
                found[column] += weight
        return found

    def chance(self, features: Iterable[str], state: Floats | None = None) -> float:
        """Return the probability, 0 to 1, that a yes-or-no question is to be answered with yes."""
        return 1 / (1 + math.exp(-max(-40.0, min(40.0, self.scores(features, state)[0]))))

    def chance_of_each(self, states: Floats) -> Floats:
        """Return the probability of a yes, 0 to 1, for each of several states by itself, one a row."""
        if self.dense is None:
            raise ValueError("a model without states cannot be asked by them")
        scores = states @ self.dense[1:, 0] + (self.dense[0, 0] + self.weights[BIAS][0])
        found: Floats = 1 / (1 + np.exp(-np.clip(scores, -40, 40)))
        return found

    def chances(self, features: Iterable[str], state: Floats | None = None) -> dict[str, float]:
        """Return the probability of each class; together they are 1."""
        scores = self.scores(features, state)
        top = max(scores)
        odds = [math.exp(score - top) for score in scores]
        return {name: one / sum(odds) for name, one in zip(self.classes, odds, strict=True)}


@cache
def load_model(name: str, path: Path = MODEL_PATH) -> Model:
    """Return one of the models of a file, by its name.

    Raises
    ------
    ModelNotFoundError
        If the file is missing, is no model, or has none of that name.
    """
    try:
        found = _file(path)[name]
        weights = {feature: tuple(one / 100 for one in row) for feature, row in found["weights"].items()}
        weights = {BIAS: (0.0,) * len(found["classes"])} | weights
        return Model(classes=tuple(found["classes"]), dense=_arrays(DENSE_PATH).get(name), weights=weights)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        remedy = "reinstall geomap, or run in a checkout: python -m geomap.training.event_models CORPORA"
        raise ModelNotFoundError(f"{path}: cannot be read as a model ({error}); {remedy}") from error


@cache
def _arrays(path: Path) -> dict[str, Floats]:
    check_model(path)
    with np.load(path) as found:
        return {name: found[name].astype(np.float32) for name in found.files}


@cache
def _file(path: Path) -> dict[str, dict[str, dict[str, list[int]]]]:
    check_model(path)
    found: dict[str, dict[str, dict[str, list[int]]]] = json.loads(path.read_text(encoding="utf-8"))
    return found


def forget() -> None:
    """Have the files read again: they have been written anew."""
    for kept in (load_model, _file, _arrays):
        kept.cache_clear()
