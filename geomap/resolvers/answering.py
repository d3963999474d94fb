"""From likelihoods to answers: the best candidate of each name, none of them, or a place without an entry."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geomap.gazetteers.names import normalize
from geomap.resolvers.candidate_arrays import CandidateArrays
from geomap.resolvers.name_features import ADMIN1, ADMIN2, SETTLEMENT, Floats
from geomap.resolvers.overruling import bind
from geomap.resolvers.thresholds import (
    METROPOLIS,
    NIL_MARGIN,
    TOWN_SHARE,
    TOWN_SHARE_IN_LIST,
    UNIT_RADIUS_KM,
    UNIT_SHARE,
)
from geomap.types import Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """What is answered for the names of a document, by their numbers."""

    orders: Mapping[int, list[int]]
    """All rows of a name that has candidates, the answer first."""
    left: Mapping[int, list[int]]
    """The rows that the text leaves to it, the answer first; empty for NIL."""
    locations: Mapping[int, Location]
    """Where names without an answer lie, as far as the text tells."""


def decide(arrays: CandidateArrays, likelihood: Floats, none: Floats, *, elsewhere: NDArray[np.bool_]) -> Decisions:
    """Return what is answered for each name that is asked for.

    Parameters
    ----------
    arrays
        The document.
    likelihood, none
        Of each row, and of "none of these" for each name.
    elsewhere
        For each row, whether the report speaks of the unit of this name elsewhere.
    """
    orders = {
        index: _best_first(arrays, index, likelihood)
        for index, name in enumerate(arrays.names)
        if name.is_mention and arrays.starts[index] < arrays.starts[index + 1]
    }
    towns = {
        relation.subject
        for relation in arrays.relations
        if relation.kind == "beside" and relation.anchor in orders
        if arrays.levels[orders[relation.anchor][0]] == SETTLEMENT
    }
    for index, order in orders.items():  # a bare name may be a town's or that of the unit around it
        if arrays.names[index].wording.level:
            continue
        if arrays.levels[order[0]] == SETTLEMENT:
            orders[index] = _unit_first(arrays, index, order, likelihood)
        else:
            share = TOWN_SHARE_IN_LIST if index in towns else TOWN_SHARE
            orders[index] = _town_first(arrays, order, likelihood, elsewhere, share=share)
    left, locations = bind(
        arrays,
        likelihood,
        {i: [] if none[i] > NIL_MARGIN * likelihood[order[0]] else order for i, order in orders.items()},
    )
    return Decisions(
        orders={i: [*left[i], *(row for row in order if row not in left[i])] for i, order in orders.items()},
        left=left,
        locations=locations,
    )


def _best_first(arrays: CandidateArrays, index: int, likelihood: Floats) -> list[int]:
    """Return the rows of a name, the likeliest first; ties go to the more populous, then to the smaller id."""
    start, places = int(arrays.starts[index]), arrays.places[index].candidates
    keys = [
        (-round(float(likelihood[start + i]), 6), -c.entry.population, c.entry.id, start + i)
        for i, c in enumerate(places)
    ]
    return [key[-1] for key in sorted(keys)]


def _unit_first(arrays: CandidateArrays, index: int, order: list[int], likelihood: Floats) -> list[int]:
    """Return the rows with the unit before a town that is called "X City", so that bare "X" is not its name: Gaza."""
    best, toponym = order[0], normalize(arrays.names[index].mention.toponym)
    town = arrays.entry(best)
    if normalize(town.name) != f"{toponym} city" or town.population > METROPOLIS:
        return order
    for row in order[1:]:
        inside = arrays.units[row, 1] == arrays.units[best, 1] > 0
        if arrays.levels[row] == ADMIN1 and inside and likelihood[row] >= UNIT_SHARE * likelihood[best]:
            return [row, *(other for other in order if other != row)]
    return order


def _town_first(
    arrays: CandidateArrays, order: list[int], likelihood: Floats, elsewhere: NDArray[np.bool_], *, share: float
) -> list[int]:
    """Return the rows with the town before the unit around it, where a bare name may be either: "in Tel Aviv".

    Not where the report speaks of the unit elsewhere, nor of a town that is much less likely.
    """
    best = order[0]
    if arrays.levels[best] not in (ADMIN1, ADMIN2) or elsewhere[best]:
        return order
    near = arrays.within(order, best, km=UNIT_RADIUS_KM)
    if arrays.levels[best] == ADMIN1:
        near |= (arrays.units[order, 1] == arrays.units[best, 1]) & (arrays.units[best, 1] > 0)
    for row, is_near in zip(order[1:], near[1:].tolist(), strict=True):
        if is_near and arrays.levels[row] == SETTLEMENT and likelihood[row] >= share * likelihood[best]:
            return [row, *(other for other in order if other != row)]
    return order
