"""The trained model: ensembles of small regression trees, evaluated with numpy, so that no tree library is needed.

Every tree is stored as a complete binary tree: node ``i`` has the children ``2 i + 1`` and ``2 i + 2``, and a row goes
to the right where its feature exceeds the node's threshold. Where the trained tree is shallower, the thresholds are
infinite and the values below are the leaf's.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from geomap.bundle import MODELS, check_model
from geomap.errors import ModelNotFoundError
from geomap.resolvers.name_features import Floats, Ints
from geomap.resolvers.ranker_features import FEATURES

MODEL_PATH = MODELS / "resolver.json"

_ROWS_AT_ONCE = 32  # What is in flight then fits a core's cache: three times as fast as all rows at once.


@dataclass(frozen=True, slots=True)
class Trees:
    """An ensemble: its score is the sum of its trees' leaves."""

    features: Ints
    """One row a tree, one column a node: the column of the matrix it looks at; leaves look at none."""
    thresholds: Floats
    """Same shape: the highest value that goes to the left."""
    values: Floats
    """Same shape: the mean score of the training rows that came by."""

    @property
    def depth(self) -> int:
        """How many questions lead to a leaf."""
        return int(self.values.shape[1] + 1).bit_length() - 2

    def scores(self, rows: Floats) -> Floats:
        """Return the score of each row of a matrix; an empty array for no row."""
        scores = np.zeros(len(rows))
        for begin in range(0, len(rows), _ROWS_AT_ONCE):
            some = rows[begin : begin + _ROWS_AT_ONCE]
            nodes = self._roots(len(some))
            for _ in range(self.depth):
                _, nodes = self._step(some, nodes)
            scores[begin : begin + _ROWS_AT_ONCE] = self.values.ravel()[nodes].sum(axis=1)
        return scores

    def contributions(self, rows: Floats) -> Floats:
        """Return how much each feature moved each row's score: one row a row, one column a feature.

        Along its way down a tree, a row's expected score changes at each node: the change is put down to the feature
        asked there (A. Saabas, "Interpreting random forests", 2014). With the mean score of all trees, `offset`, the
        changes add up to the score.
        """
        total = np.zeros(rows.shape)
        for begin in range(0, len(rows), _ROWS_AT_ONCE):
            self._contribute(rows[begin : begin + _ROWS_AT_ONCE], total[begin : begin + _ROWS_AT_ONCE])
        return total

    def _contribute(self, rows: Floats, total: Floats) -> None:
        """Add the contributions of a few rows to their totals."""
        values = self.values.ravel()
        nodes = self._roots(len(rows))
        for _ in range(self.depth):
            asked, children = self._step(rows, nodes)
            change = values[children] - values[nodes]
            total += np.bincount(asked.ravel(), change.ravel(), rows.size).reshape(rows.shape)
            nodes = children

    @property
    def offset(self) -> float:
        """The mean score of the training rows."""
        return float(self.values[:, 0].sum())

    def _roots(self, count: int) -> Ints:
        """Return the root of each tree for each of some rows, as indices into the flat table of all nodes."""
        return np.tile(np.arange(len(self.values)) * self.values.shape[1], (count, 1))

    def _step(self, rows: Floats, nodes: Ints) -> tuple[Ints, Ints]:
        """Return the cells of the matrix that are asked at nodes, and the children that the rows go to."""
        cells = self.features.ravel()[nodes]
        cells += np.arange(len(rows))[:, None] * rows.shape[1]
        right = rows.ravel()[cells] > self.thresholds.ravel()[nodes]
        children = 2 * nodes
        children += 1 - np.arange(len(self.values)) * self.values.shape[1]
        children += right
        return cells, children


def mean_of(ensembles: Sequence[Trees]) -> Trees:
    """Return the ensemble whose score is the mean of the scores of several of one depth."""
    return Trees(
        features=np.concatenate([trees.features for trees in ensembles]),
        thresholds=np.concatenate([trees.thresholds for trees in ensembles]),
        values=np.concatenate([trees.values for trees in ensembles]) / len(ensembles),
    )


def trees_from_json(stored: Mapping[str, Any]) -> Trees:
    """Return the ensemble that `trees_to_json` stored."""
    values = np.array(stored["values"], dtype=float)
    inner = values.shape[1] // 2
    features, thresholds = np.zeros(values.shape, dtype=np.int64), np.full(values.shape, np.inf)
    features[:, :inner] = stored["features"]
    thresholds[:, :inner] = [[np.inf if value is None else value for value in tree] for tree in stored["thresholds"]]
    return Trees(features=features, thresholds=thresholds, values=values)


def trees_to_json(trees: Trees) -> dict[str, list[list[float | None]]]:
    """Return an ensemble as lists: thresholds with eight significant digits, values with five decimals."""
    inner = trees.values.shape[1] // 2
    return {
        "features": trees.features[:, :inner].tolist(),
        "thresholds": [
            [None if np.isinf(value) else float(f"{value:.8g}") for value in tree]
            for tree in trees.thresholds[:, :inner]
        ],
        "values": np.round(trees.values, 5).tolist(),
    }


@dataclass(frozen=True, slots=True)
class Model:
    """What training leaves: two ensembles and how sure their winners are to be right."""

    first: Trees
    second: Trees
    raw: Floats
    """Likelihoods of winners, ascending."""
    calibrated: Floats
    """The share of winners of each of these likelihoods that are right, ascending."""


def model_file(place: Path) -> Path:
    """Return the file of a model: the one in a folder, or the file itself."""
    return place / MODEL_PATH.name if place.is_dir() else place


def load_model(path: Path = MODEL_PATH) -> Model:
    """Return a trained model, read once for each version of its file.

    Raises
    ------
    ModelNotFoundError
        If the file is missing, damaged, or made for other features than the program computes.
    """
    return _loaded(path, path.stat().st_mtime_ns if path.exists() else 0)


@lru_cache(maxsize=4)
def _loaded(path: Path, changed: int) -> Model:
    own = "train it again with this version: geomap train resolver --on GOLD -o FOLDER"
    bundled = "install geomap again: pip install --force-reinstall --no-deps geomap"
    remedy = bundled if path == MODEL_PATH else own
    check_model(path)
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise ModelNotFoundError(f"{path}: cannot be read as a model ({error}); {remedy}") from error
    if not isinstance(stored, dict) or not {"first", "second", "raw", "calibrated"} <= set(stored):
        raise ModelNotFoundError(f"{path}: holds no model of a resolver; {remedy}")
    if stored.get("features") != list(FEATURES):
        raise ModelNotFoundError(f"{path}: was trained on other features than this version has; {remedy}")
    try:
        return Model(
            first=trees_from_json(stored["first"]),
            second=trees_from_json(stored["second"]),
            raw=np.array(stored["raw"], dtype=float),
            calibrated=np.array(stored["calibrated"], dtype=float),
        )
    except (LookupError, TypeError, ValueError, ArithmeticError, AttributeError) as error:
        raise ModelNotFoundError(f"{path}: is damaged ({error}); {remedy}") from error
