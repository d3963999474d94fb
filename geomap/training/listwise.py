"""Fitting an ensemble so that the softmax of its scores is the likelihood of each row of a group. Needs LightGBM."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import lightgbm
import numpy as np

from geomap.resolvers.name_features import Floats, Ints
from geomap.resolvers.ranker_features import FEATURES
from geomap.resolvers.trees import Trees

RISING = frozenset(
    ["own_name", "name_likeness", "in_container", "same_country", "same_admin1", "same_admin2", "named_country",
     "named_admin1", "named_admin2", "within_30km", "within_150km", "within_500km", "sentence_country",
     "sentence_admin1", "likelihood", "likelihood_of_name", "level_fits", "maybe_country", "maybe_admin1",
     "maybe_within_30km", "maybe_within_100km", "told", "listed_with", "under", "neighbour",
     "population", "known_population", "capital", "seat", "at_home"]
)  # fmt: skip
"""Features of which more never counts against a candidate, whatever the corpora hold."""

FALLING = frozenset(
    [
        "population_gap",
        "rank",
        "national_gap",
        "national_rank",
        "own_name_gap",
        "cut",
        "respelt",
        "unlike",
        "level_differs",
        "nearest_km",
        "container_km",
        "abroad",
    ]
)
"""Features of which more never counts for a candidate; those that end in ``_behind`` are such too."""

MAX_DEPTH = 4
SETTINGS: Mapping[str, Any] = {
    "num_leaves": 8,
    "max_depth": MAX_DEPTH,
    "learning_rate": 0.08,
    "min_data_in_leaf": 15,
    "feature_fraction": 0.5,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 5.0,
    "max_bin": 127,
    "monotone_constraints": [
        1 if name in RISING else -1 if name in FALLING or name.endswith("_behind") else 0 for name in FEATURES
    ],
    "verbose": -1,
    "num_threads": 1,
    "deterministic": True,
    "force_row_wise": True,
}
"""LightGBM's parameters; what else was tried stands in the model's card."""


@dataclass(frozen=True, slots=True)
class Groups:
    """Training rows, group by group."""

    rows: Floats
    target: Floats
    """How probable each row is to be right; sums to 1 in each group."""
    sizes: Ints
    weights: Floats
    """One a group."""


def joined(parts: Sequence[Groups]) -> Groups:
    """Return several sets of groups as one."""
    return Groups(
        rows=np.concatenate([part.rows for part in parts]),
        target=np.concatenate([part.target for part in parts]),
        sizes=np.concatenate([part.sizes for part in parts]),
        weights=np.concatenate([part.weights for part in parts]),
    )


def fit(
    groups: Groups, *, rounds: int, seed: int, start: Floats | None = None, settings: Mapping[str, Any] = SETTINGS
) -> Trees:
    """Return an ensemble that minimises the cross-entropy of the softmax within groups and the target.

    Parameters
    ----------
    groups
        What to learn from.
    rounds
        Number of trees.
    seed
        Of the draws.
    start
        Scores of the rows that those of the ensemble are added to; ``None`` for none.
    settings
        LightGBM's parameters.
    """
    settings = {**settings, "seed": seed, "objective": _softmax_loss(groups, start)}
    data = lightgbm.Dataset(groups.rows, label=groups.target)
    return _exported(lightgbm.train(settings, data, num_boost_round=rounds))


def _softmax_loss(groups: Groups, start: Floats | None) -> Callable[[Floats, object], tuple[Floats, Floats]]:
    """Return LightGBM's gradient and Hessian of the listwise loss (Cao et al., "Learning to rank", ICML 2007)."""
    starts = np.concatenate([[0], np.cumsum(groups.sizes)[:-1]])
    group = np.repeat(np.arange(len(groups.sizes)), groups.sizes)
    weights = groups.weights[group]

    def loss(added: Floats, _: object) -> tuple[Floats, Floats]:
        scores = added if start is None else start + added
        exponents = np.exp(scores - np.maximum.reduceat(scores, starts)[group])
        chance = exponents / np.add.reduceat(exponents, starts)[group]
        return (chance - groups.target) * weights, np.maximum(chance * (1 - chance), 0.02) * weights

    return loss


def _exported(booster: lightgbm.Booster) -> Trees:
    """Return a LightGBM ensemble as complete trees."""
    trees = [tree["tree_structure"] for tree in booster.dump_model()["tree_info"]]
    shape = len(trees), 2 ** (MAX_DEPTH + 1) - 1
    features, thresholds, values = np.zeros(shape, dtype=np.int64), np.full(shape, np.inf), np.zeros(shape)
    for index, tree in enumerate(trees):
        _write(tree, 0, features[index], thresholds[index], values[index])
    return Trees(features=features, thresholds=thresholds, values=values)


def _write(node: dict[str, Any], at: int, features: Ints, thresholds: Floats, values: Floats) -> None:
    """Write a node and all below it; a leaf fills its place down to the lowest level."""
    leaf = "leaf_value" in node
    values[at] = node["leaf_value"] if leaf else node["internal_value"]
    if at >= len(values) // 2:
        return
    if not leaf:
        features[at], thresholds[at] = node["split_feature"], node["threshold"]
    for side, child in (("left_child", 2 * at + 1), ("right_child", 2 * at + 2)):
        _write(node if leaf else node[side], child, features, thresholds, values)
