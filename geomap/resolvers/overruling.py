"""The text's own words bind: candidates that contradict them are out, and an unknown name is where they say.

The trees weigh what is told of a name against everything else; here what leaves no other reading decides. A candidate
outside the reach of its anchor, or of the container named with it, is struck out whatever its population; a name whose
candidates are all struck out, or that has none, gets a location from its anchors. A candidate that is only spelt alike
must lie where the report is anyway.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from geomap.language.relations import PART_OF, UNDER
from geomap.resolvers.candidate_arrays import CandidateArrays, km_of
from geomap.resolvers.locating import extent_km, location_off
from geomap.resolvers.name_features import ADMIN1, ADMIN2, COUNTRY, NAME_FEATURES, SETTLEMENT, SPOT, WATER, Floats
from geomap.resolvers.thresholds import (
    ALIKE_KM,
    BEYOND_DOUBT,
    DOUBTED_POPULATION,
    INSIDE_KM,
    PEOPLE_POPULATION,
    PROMINENT,
    REACH_KM,
    SAME_SENTENCE_KM,
    STRANGER_KM,
    STRANGER_POPULATION,
    SURE_ANCHOR,
    VAGUE_KM,
)
from geomap.types import GazetteerEntry, Location, Relation

_KNOWN_POPULATION = NAME_FEATURES.index("known_population")


@dataclass(slots=True)
class _Bound:
    """What is settled so far of a document."""

    arrays: CandidateArrays
    likelihood: Floats
    orders: dict[int, list[int]]
    """Rows of each name that is asked for and has candidates, the best first; empty where none is left."""
    locations: dict[int, Location] = field(default_factory=dict)
    told: dict[int, list[Relation]] = field(default_factory=dict)
    settled: set[int] = field(default_factory=set)


def bind(
    arrays: CandidateArrays, likelihood: Floats, orders: Mapping[int, list[int]]
) -> tuple[dict[int, list[int]], dict[int, Location]]:
    """Strike out what the text contradicts, and locate the names that are left without an entry.

    Parameters
    ----------
    arrays, likelihood
        The document, and how likely each row is.
    orders
        For each name that has candidates, its rows, the best first; empty where none of them fits anyway.

    Returns
    -------
        The orders that are left, empty for NIL; and the locations of names without an entry, as far as the
        text tells.
    """
    bound = _Bound(arrays, likelihood, {i: list(order) for i, order in orders.items()})
    for relation in arrays.relations:
        if relation.subject is not None:
            bound.told.setdefault(relation.subject, []).append(relation)
    _strike_out_alike(bound)
    _strike_out_strangers(bound)
    asked = [index for index, name in enumerate(arrays.names) if name.is_mention]
    for index in asked:
        _settle(bound, index)
    _follow(bound, asked)
    return bound.orders, bound.locations


def _follow(bound: _Bound, asked: Sequence[int]) -> None:
    """Give a name that nothing is told of the place of its namesake before, or else after, that something is told of.

    What is told once holds for the whole report: "near Makiivka, southwest of Svatove. … In Makiivka, …".
    """
    sure = {index for index in asked if any(relation.sure for relation in bound.told.get(index, ()))}
    for index in asked:
        if (
            index in sure
            or bound.arrays.names[index].wording.level
            or bound.arrays.names[index].mention.role == "embedded"
        ):
            continue
        same = [other for other in sure if bound.arrays.toponym[other] == bound.arrays.toponym[index]]
        if not same or index not in bound.orders:
            continue
        other = min(same, key=lambda one: (one > index, abs(one - index)))
        shift = int(bound.arrays.starts[index] - bound.arrays.starts[other])
        bound.orders[index] = [row + shift for row in bound.orders.get(other, ())]
        bound.locations.pop(index, None)
        if other in bound.locations:
            bound.locations[index] = bound.locations[other]


def _strike_out_alike(bound: _Bound) -> None:
    """Strike out candidates that are only spelt alike and lie away from all that the report is sure of."""
    arrays = bound.arrays
    alike = {index: [row for row in order if _is_alike(arrays, row)] for index, order in bound.orders.items()}
    if not any(alike.values()):
        return
    sure = [
        order[0]
        for index, order in bound.orders.items()
        if order and not alike[index] and bound.likelihood[order[0]] >= SURE_ANCHOR
    ]
    points = np.array([row for row in sure if arrays.levels[row] != COUNTRY], dtype=np.int64)
    countries = {int(arrays.units[row, 0]) for row in sure}
    for index, rows in alike.items():
        for row in rows:
            near = not len(points) or arrays.within(points, row, km=ALIKE_KM).any()
            if int(arrays.units[row, 0]) not in countries or not near:
                bound.orders[index].remove(row)


def _strike_out_strangers(bound: _Bound) -> None:
    """Leave the names without an entry whose likeliest is alone in its country, far from all that the report names.

    "Naga and Kuki groups" in a report about Manipur are no towns of the Philippines and of Japan.
    """
    arrays = bound.arrays
    sure = {int(arrays.toponym[index]): row for index in bound.orders if (row := _anchor_row(bound, index)) is not None}
    rows = np.array(list(sure.values()), dtype=np.int64)
    toponyms, countries = np.array(list(sure), dtype=np.int64), arrays.units[rows, 0]
    home = Counter(int(arrays.units[row, 0]) for row in sure.values() if not _is_little_known(arrays, row))
    if max(home.values(), default=0) < 2:
        return
    for index, order in bound.orders.items():
        if not order or not _may_be_stranger(bound, order[0]):
            continue
        others = toponyms != arrays.toponym[index]
        kin = (countries == arrays.units[order[0], 0]) | arrays.within(rows, order[0], km=STRANGER_KM)
        if not (others & kin).any():
            bound.orders[index] = []
            if arrays.names[index].wording.of_people:
                bound.settled.add(index)  # a people is nowhere in particular


def _may_be_stranger(bound: _Bound, row: int) -> bool:
    doubted = bound.likelihood[row] < BEYOND_DOUBT and _people(bound.arrays, row) < DOUBTED_POPULATION
    city = bound.arrays.levels[row] == SETTLEMENT and bound.arrays.entry(row).feature_code != "PPLC"
    return city and bool(doubted or _is_little_known(bound.arrays, row))


def _is_little_known(arrays: CandidateArrays, row: int) -> bool:
    """Whether a row is a settlement too small to be named abroad, or one whose name is that of people."""
    of_people = arrays.names[int(arrays.owner[row])].wording.of_people
    limit = PEOPLE_POPULATION if of_people else STRANGER_POPULATION
    return bool(arrays.levels[row] == SETTLEMENT and _people(arrays, row) < limit)


def _people(arrays: CandidateArrays, row: int) -> float:
    return float(10 ** arrays.fixed[row, _KNOWN_POPULATION] - 1)


def _is_alike(arrays: CandidateArrays, row: int) -> bool:
    features = arrays.candidate(row).features
    return bool(features.get("unlike") or features.get("respelt"))


def _settle(bound: _Bound, index: int) -> None:
    """Strike out a name's candidates that its anchors contradict, anchors first; locate it if none is left."""
    if index in bound.settled:
        return
    bound.settled.add(index)
    told = bound.told.get(index, ())
    for relation in told:
        _settle(bound, relation.anchor)
    left = bound.orders.get(index, [])
    for relation in told:
        if relation.sure and left:
            fitting = [row for row in left if _fits(bound, relation, row)]
            left = bound.orders[index] = fitting if fitting or not _outweighs(bound, relation, left[0]) else left
    if bound.arrays.names[index].mention.role == "embedded":
        return
    if not left or _is_vague(bound.arrays.entry(left[0])):
        location = _told_location(bound, told) or _sentence_location(bound, index)
        if location:
            bound.locations[index] = location


def _is_vague(entry: GazetteerEntry) -> bool:
    """Whether an entry says less of where something is than the names around it: a river, or known by its state."""
    if entry.level == "water":
        return extent_km(entry) > VAGUE_KM
    return entry.level in ("settlement", "quarter", "facility") and entry.accuracy_km > VAGUE_KM


def _anchor_row(bound: _Bound, anchor: int) -> int | None:
    """Return the row of an anchor, where it is beyond doubt enough to be told from."""
    order = bound.orders.get(anchor)
    if not order:
        return None
    return order[0] if bound.likelihood[order[0]] >= SURE_ANCHOR * bound.likelihood[order].sum() else None


def _outweighs(bound: _Bound, relation: Relation, row: int) -> bool:
    """Whether a prominent place is likelier than the anchor that contradicts it.

    A country by another name than its own is not: "in Filipinas, Arauquita", "Holland, Michigan" are no countries.
    """
    anchor = _anchor_row(bound, relation.anchor)
    if bound.arrays.levels[row] == COUNTRY and bound.arrays.candidate(row).name_kind == "alternate":
        return False
    people = _people(bound.arrays, row)
    big = bound.arrays.levels[row] in (COUNTRY, ADMIN1) or people >= PROMINENT
    return anchor is not None and bool(big) and bound.likelihood[row] > bound.likelihood[anchor]


def _fits(bound: _Bound, relation: Relation, row: int) -> bool:
    """Whether a row may lie where a relation says; true where that cannot be told."""
    anchor, arrays = _anchor_row(bound, relation.anchor), bound.arrays
    if anchor is None or relation.kind not in ("in", "near", "direction"):
        return True
    km = float(km_of(arrays.points[row] @ arrays.points[anchor]))
    slack = float(arrays.accuracy[row] + arrays.accuracy[anchor])
    if arrays.levels[row] == WATER:
        return True  # a river is near what lies far from its middle
    if arrays.levels[row] not in (SETTLEMENT, SPOT):
        slack += extent_km(arrays.entry(row))
    if relation.kind == "in":
        toponym = arrays.names[relation.anchor].mention.toponym
        told = arrays.containment.told(arrays.entry(anchor), toponym, arrays.entry(row), slack_km=slack)
        return _is_inside(arrays, row, anchor, relation, km - slack) if told is None else told
    if arrays.levels[anchor] == COUNTRY:
        return True
    slack += extent_km(arrays.entry(anchor))
    reach = REACH_KM["around" if relation.words == "around" else relation.kind]
    if relation.km is not None:
        return abs(km - relation.km) <= max(12.0, 0.5 * relation.km) + slack
    return km <= reach + slack


def _is_inside(arrays: CandidateArrays, row: int, anchor: int, relation: Relation, km: float) -> bool:
    """Whether a row lies inside a container, by units where there are such, else by distance."""
    units, level = arrays.units, int(arrays.levels[anchor])
    if level == arrays.levels[row] != SETTLEMENT:
        return level == ADMIN2
    order = {COUNTRY: 0, ADMIN1: 1, ADMIN2: 2}.get(level)
    reach = max(INSIDE_KM[PART_OF if relation.words == PART_OF else "in"], 1.5 * extent_km(arrays.entry(anchor)))
    if order is None:
        return km <= reach
    if units[row, order] == 0 or units[anchor, order] == 0:
        return bool(units[row, 0] == units[anchor, 0] or units[row, 0] == 0) and (order == 0 or km <= reach)
    return bool(units[row, order] == units[anchor, order]) or (order == 2 and km <= 25.0)


def _may_be_unit(bound: _Bound, index: int) -> bool:
    """Whether a name is that of a unit, too: above a section it is then as likely to mean that.

    Without this, six more places of the event reports are right and two wrong, but villages are drawn under a heading
    where their events belong to another: place F1 of events falls from .832 to .820 on train, from .752 to .730 on dev.
    """
    return bool(np.isin(bound.arrays.levels[bound.orders[index]], (ADMIN1, ADMIN2)).any())


def _sentence_location(bound: _Bound, index: int) -> Location | None:
    """Return a wide circle around the towns that the same sentence names, if these lie together."""
    names, arrays = bound.arrays.names, bound.arrays
    sentence, found = names[index].mention.sentence, []
    for other in range(len(names)):
        one = names[other]
        if one.mention.sentence == sentence and one.is_mention and one.wording.on_the_ground and other != index:
            row = _anchor_row(bound, other)
            if row is not None and arrays.levels[row] == SETTLEMENT:
                found.append((abs(other - index), other, row))
    rows = [row for *_, row in found]
    if not rows or not all(arrays.within(rows, row, km=SAME_SENTENCE_KM).all() for row in rows):
        return None
    _, other, row = min(found)
    relation = Relation(kind="beside", subject=index, anchor=other)
    return location_off(relation, arrays.entry(row), names[other].mention.toponym)


def _told_location(bound: _Bound, told: Sequence[Relation]) -> Location | None:
    """Return where a name without an entry lies, from what is told of it: the narrowest circle."""
    found = []
    for relation in told:
        row = _anchor_row(bound, relation.anchor)
        if row is not None and not (relation.words == UNDER and _may_be_unit(bound, relation.anchor)):
            toponym = bound.arrays.names[relation.anchor].mention.toponym
            found.append(location_off(relation, bound.arrays.entry(row), toponym))
    known = [location for location in found if location]
    return min(known, key=lambda location: (location.radius_km, location.latitude, location.longitude), default=None)
