"""From likelihoods to answers: the best candidate of each name, none of them, or a place without an entry."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geomap.gazetteers.distance import EARTH_RADIUS_KM
from geomap.gazetteers.names import normalize
from geomap.language.relations import UNDER
from geomap.resolvers.ranker.binding import bind
from geomap.resolvers.ranker.names import ADMIN1, ADMIN2, SETTLEMENT, Floats
from geomap.resolvers.ranker.scene import Scene
from geomap.types import Location

SAME_SPOT_KM = 25.0
"""Candidates this close to a winning town are no doubt about where it is: Moscow the city and the federal unit."""

NIL_MARGIN = 2.5
"""How many times likelier than the best candidate "none of these" must be for NIL: chosen by cross-validation."""

UNIT_RADIUS_KM, TOWN_SHARE = 100.0, 0.4
"""A bare name is the town rather than the unit around it, if the town is this near to its point, or inside it, and this
likely beside the unit."""


TOWN_SHARE_IN_LIST = 0.1
"""The same where the list that it stands in goes on with a town."""


UNIT_SHARE = 0.02
"""How likely a unit must be beside a town inside it that is called "X City"."""

_METROPOLIS = 5_000_000  # "New York" is New York City.


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """What is answered for the names of a scene, by their numbers."""

    orders: Mapping[int, list[int]]
    """All rows of a name that has candidates, the answer first."""
    left: Mapping[int, list[int]]
    """The rows that the text leaves to it, the answer first; empty for NIL."""
    locations: Mapping[int, Location]
    """Where names without an answer lie, as far as the text tells."""


def decide(scene: Scene, likelihood: Floats, none: Floats, *, elsewhere: NDArray[np.bool_]) -> Decisions:
    """Return what is answered for each name that is asked for.

    Parameters
    ----------
    scene
        The document.
    likelihood, none
        Of each row, and of "none of these" for each name.
    elsewhere
        For each row, whether the report speaks of the unit of this name elsewhere.
    """
    orders = {
        index: _best_first(scene, index, likelihood)
        for index, name in enumerate(scene.spoken)
        if name.is_mention and scene.starts[index] < scene.starts[index + 1]
    }
    # A bare name above a section is as often a region's as a town's.
    heads = {relation.anchor for relation in scene.relations if relation.words == UNDER}
    towns = {
        relation.subject
        for relation in scene.relations
        if relation.kind == "beside" and relation.anchor in orders
        if scene.levels[orders[relation.anchor][0]] == SETTLEMENT
    }
    orders = {
        index: order
        if index in heads or scene.spoken[index].wording.level
        else _town_or_unit(scene, index, order, likelihood, elsewhere, in_list=index in towns)
        for index, order in orders.items()
    }
    nil = {index: bool(none[index] > NIL_MARGIN * likelihood[order[0]]) for index, order in orders.items()}
    left, locations = bind(scene, likelihood, orders, nil)
    return Decisions(
        orders={i: [*left[i], *(row for row in order if row not in left[i])] for i, order in orders.items()},
        left=left,
        locations=locations,
    )


def _best_first(scene: Scene, index: int, likelihood: Floats) -> list[int]:
    """Return the rows of a name, the likeliest first; ties go to the more populous, then to the smaller id."""
    start, places = int(scene.starts[index]), scene.places[index].candidates
    keys = [
        (-round(float(likelihood[start + i]), 6), -c.entry.population, c.entry.id, start + i)
        for i, c in enumerate(places)
    ]
    return [key[-1] for key in sorted(keys)]


def _town_or_unit(
    scene: Scene, index: int, order: list[int], likelihood: Floats, elsewhere: NDArray[np.bool_], *, in_list: bool
) -> list[int]:
    """Return the rows of a bare name with the town or the unit around it first, as such a name is mostly meant."""
    if scene.levels[order[0]] == SETTLEMENT:
        return _unit_first(scene, index, order, likelihood)
    return _town_first(scene, order, likelihood, elsewhere, share=TOWN_SHARE_IN_LIST if in_list else TOWN_SHARE)


def _unit_first(scene: Scene, index: int, order: list[int], likelihood: Floats) -> list[int]:
    """Return the rows with the unit before a town that is called "X City", so that bare "X" is not its name: Gaza."""
    best, places = order[0], scene.places[index].candidates
    town = places[best - int(scene.starts[index])].entry
    if (
        normalize(town.name) != f"{normalize(scene.spoken[index].mention.toponym)} city"
        or town.population > _METROPOLIS
    ):
        return order
    for row in order[1:]:
        inside = scene.units[row, 1] == scene.units[best, 1] > 0
        if scene.levels[row] == ADMIN1 and inside and likelihood[row] >= UNIT_SHARE * likelihood[best]:
            return [row, *(other for other in order if other != row)]
    return order


def _town_first(
    scene: Scene, order: list[int], likelihood: Floats, elsewhere: NDArray[np.bool_], *, share: float
) -> list[int]:
    """Return the rows with the town before the unit around it, where a bare name may be either: "in Tel Aviv".

    Not where the report speaks of the unit elsewhere, nor of a town that is much less likely.
    """
    best = order[0]
    if scene.levels[best] not in (ADMIN1, ADMIN2) or elsewhere[best]:
        return order
    near = scene.points[order] @ scene.points[best] >= math.cos(UNIT_RADIUS_KM / EARTH_RADIUS_KM)
    if scene.levels[best] == ADMIN1:
        near |= (scene.units[order, 1] == scene.units[best, 1]) & (scene.units[best, 1] > 0)
    for row, is_near in zip(order[1:], near[1:].tolist(), strict=True):
        if is_near and scene.levels[row] == SETTLEMENT and likelihood[row] >= share * likelihood[best]:
            return [row, *(other for other in order if other != row)]
    return order


def is_alone(scene: Scene) -> bool:
    """Return whether the mentions of a scene are all of one toponym."""
    asked = [name.is_mention for name in scene.spoken]
    return len(set(scene.toponym[asked].tolist())) == 1


def same_spot(scene: Scene, order: Sequence[int]) -> NDArray[np.bool_]:
    """Return which rows of a name lie where its best one does: within `SAME_SPOT_KM` of a town, else itself alone."""
    if scene.levels[order[0]] != SETTLEMENT:
        only: NDArray[np.bool_] = np.arange(len(order)) == 0
        return only
    near: NDArray[np.bool_] = scene.points[order] @ scene.points[order[0]] >= math.cos(SAME_SPOT_KM / EARTH_RADIUS_KM)
    return near
