"""Linear models over named features, added up in plain Python: what `geomap.training.event_models` learnt.

One file holds all of them. A model has one score, or one for each of several classes; a score is the sum of the weights
of the features that a thing has, and a feature that the model does not know weighs nothing.
"""

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from geomap.errors import ModelNotFoundError

MODEL_PATH = Path(__file__).resolve().parents[1] / "models" / "events.json"
"""Where the trained weights are."""

BIAS = ""
"""The name of the weight that everything has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A linear model."""

    classes: tuple[str, ...]
    """What it tells apart; a single one for a yes-or-no question."""
    weights: Mapping[str, Sequence[float]]
    """Feature → one weight a class."""

    def scores(self, features: Iterable[str]) -> list[float]:
        """Return the score of each class of a thing, by the names of its features, each counted once."""
        found = list(self.weights[BIAS])
        for name in set(features):
            for column, weight in enumerate(self.weights.get(name, ())):
                found[column] += weight
        return found

    def chance(self, features: Iterable[str]) -> float:
        """Return the probability, 0 to 1, that a yes-or-no question is to be answered with yes."""
        return 1 / (1 + math.exp(-max(-40.0, min(40.0, self.scores(features)[0]))))

    def chances(self, features: Iterable[str]) -> dict[str, float]:
        """Return the probability of each class; together they are 1."""
        scores = self.scores(features)
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
        return Model(classes=tuple(found["classes"]), weights={BIAS: (0.0,) * len(found["classes"])} | weights)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        remedy = "reinstall geomap, or run: python -m geomap.training.event_models CORPORA"
        raise ModelNotFoundError(f"{path}: cannot be read as a model ({error}); {remedy}") from error


@cache
def _file(path: Path) -> dict[str, dict[str, dict[str, list[int]]]]:
    found: dict[str, dict[str, dict[str, list[int]]]] = json.loads(path.read_text(encoding="utf-8"))
    return found
