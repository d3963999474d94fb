"""How well each candidate agrees with what the text says of where its name lies against the names around it.

For each pair of names that a relation or the sentence joins, a candidate of one is held against all candidates of the
other, weighed by how likely these are: so that two names each of which has a namesake in one corner find each other,
and an anchor that is beyond doubt decides alone.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from geomap.language.relations import UNDER
from geomap.resolvers.candidate_arrays import CandidateArrays, km_of
from geomap.resolvers.name_features import ADMIN1, ADMIN2, COUNTRY, Floats, Ints
from geomap.resolvers.thresholds import AGREEMENT_KM
from geomap.types import Relation

NEARBY_FEATURES = ("told", "has_told", "listed_with", "has_list", "under", "neighbour")
"""Features of a candidate: how well it agrees, from 0 to 1, with what is told of it against an anchor (the least of
several), with a name of its list (the best), with the heading it stands under (the best) and with the names before and
after it in its sentence (the mean); and whether there is such an anchor and such a list."""

_LIKELY = 0.02
"""Candidates less likely than that are not held against: for speed, as their weight is below what moves a tree."""

_NEIGHBOUR, _BESIDE, _TOLD, _UNDER = range(4)

_Pair = tuple[int, int, int, Relation | None]
"""A class, a name, the name that it is held against, and what is told of the one."""


def nearby_features(arrays: CandidateArrays, likelihood: Floats) -> Floats:
    """Return one row a row of the arrays, columns as in `NEARBY_FEATURES`.

    Parameters
    ----------
    arrays
        With at least one row.
    likelihood
        How likely each row is, as far as is known.
    """
    columns = np.zeros((len(arrays.owner), len(NEARBY_FEATURES)))
    pairs = _pairs(arrays)
    if not pairs:
        return columns
    # Of several anchors the one that fits least counts; of the names of a list, the one that fits best.
    pair, row, value = _agreement(arrays, likelihood, pairs)
    kind = np.array([kind for kind, *_ in pairs])[pair]
    told = np.full(len(arrays.owner), np.inf)
    np.minimum.at(told, row[kind == _TOLD], value[kind == _TOLD])
    has = np.isfinite(told)
    columns[has, 0], columns[:, 1] = told[has], has
    for column, which in ((2, _BESIDE), (4, _UNDER)):
        np.maximum.at(columns[:, column], row[kind == which], value[kind == which])
    columns[row[kind == _BESIDE], 3] = 1.0
    beside = kind == _NEIGHBOUR
    total = np.bincount(row[beside], value[beside], len(arrays.owner))
    columns[:, 5] = total / np.maximum(np.bincount(row[beside], minlength=len(arrays.owner)), 1)
    return columns


def _pairs(arrays: CandidateArrays) -> list[_Pair]:
    """Return the pairs of names to be held against each other."""
    pairs: list[_Pair] = []
    for relation in arrays.relations:
        one, other = relation.subject, relation.anchor
        if one is None or arrays.toponym[one] == arrays.toponym[other]:
            continue
        if relation.kind == "beside":
            pairs.append((_BESIDE, one, other, None))
        elif relation.kind in ("near", "direction"):
            pairs += [(_TOLD, one, other, relation), (_TOLD, other, one, _turned(relation))]
        elif relation.words == UNDER:
            pairs.append((_UNDER, one, other, relation))
    last: int | None = None
    for index, name in enumerate(arrays.names):
        if name.mention.role != "literal" or name.in_outlet:
            continue
        if (
            last is not None
            and arrays.names[last].mention.sentence == name.mention.sentence
            and arrays.toponym[last] != arrays.toponym[index]
        ):
            pairs += [(_NEIGHBOUR, last, index, None), (_NEIGHBOUR, index, last, None)]
        last = index
    return pairs


def _turned(relation: Relation) -> Relation:
    """Return a relation as seen from its anchor: what lies north of it has it to the south."""
    bearing = None if relation.bearing is None else (relation.bearing + 180) % 360
    assert relation.subject is not None  # noqa: S101  (those without a subject make no pair)
    return Relation(
        kind=relation.kind, subject=relation.anchor, anchor=relation.subject, bearing=bearing, km=relation.km
    )


def _agreement(arrays: CandidateArrays, likelihood: Floats, pairs: Sequence[_Pair]) -> tuple[Ints, Ints, Floats]:
    """Return for each pair and each row of its first name how well the row agrees with the second."""
    first, second = (np.array([pair[side] for pair in pairs], dtype=np.int64) for side in (1, 2))
    # All pairs of names at once: a cell for each candidate of the one against each likely candidate of the other.
    likely = np.flatnonzero(likelihood >= _LIKELY)
    begins = np.searchsorted(likely, arrays.starts)
    sizes, others = np.diff(arrays.starts)[first], np.diff(begins)[second]
    cells = sizes * others
    pair = np.repeat(np.arange(len(pairs)), cells)
    within = np.arange(len(pair)) - np.repeat(np.cumsum(cells) - cells, cells)
    row = arrays.starts[first][pair] + within // np.maximum(others[pair], 1)
    other = likely[begins[second][pair] + within % np.maximum(others[pair], 1)]
    fits = _fits(arrays, pairs, pair, row, other)
    key, inverse = np.unique(np.stack([pair, row]), axis=1, return_inverse=True)
    values: Floats = np.asarray(np.bincount(inverse.ravel(), fits * likelihood[other], key.shape[1]), dtype=np.float64)
    return key[0], key[1], values


def _fits(arrays: CandidateArrays, pairs: Sequence[_Pair], pair: Ints, row: Ints, other: Ints) -> Floats:
    """Return how well rows fit what is said of them against other rows, from 0 to 1."""
    relations = [relation for *_, relation in pairs]
    scale = np.array([_scale(kind, relation) for kind, _, _, relation in pairs])[pair]
    stated = np.array([relation.km if relation and relation.km is not None else 0.0 for relation in relations])[pair]
    bearing = np.array(
        [np.nan if relation is None or relation.bearing is None else relation.bearing for relation in relations]
    )[pair]
    km = km_of((arrays.points[row] * arrays.points[other]).sum(axis=1))
    slack = arrays.accuracy[row] + arrays.accuracy[other]
    off = np.maximum(np.abs(km - stated) - slack, 0.0)
    # A heavy tail: a village 100 km off is still likelier than one 1,000 km off.
    fit: Floats = np.asarray(1.0 / (1.0 + (off / scale) ** 2), dtype=np.float64)
    aside = ~np.isnan(bearing)
    aside &= km > np.maximum(5.0, slack)  # next door, directions say nothing
    if aside.any():
        turn = _bearings(arrays.points[other[aside]], arrays.points[row[aside]]) - bearing[aside]
        # Full agreement straight on, a tenth of it on the opposite side.
        fit[aside] *= 0.55 + 0.45 * np.cos(np.radians(turn))
    under = np.array([kind == _UNDER for kind, *_ in pairs])[pair]
    units = under & np.isin(arrays.levels[other], (COUNTRY, ADMIN1, ADMIN2))
    for level, order in ((COUNTRY, 0), (ADMIN1, 1), (ADMIN2, 2)):
        here = units & (arrays.levels[other] == level)
        fit[here] = arrays.units[row[here], order] == arrays.units[other[here], order]
    return fit


def _scale(kind: int, relation: Relation | None) -> float:
    """Return the distance at which agreement has fallen to one half, in kilometres."""
    if kind == _UNDER:
        return AGREEMENT_KM[UNDER]
    if relation is None:
        return AGREEMENT_KM["beside"]
    if relation.km is not None:
        return max(8.0, 0.35 * relation.km)
    return AGREEMENT_KM["near" if relation.bearing is None else "direction"]


def _bearings(start: Floats, end: Floats) -> NDArray[np.float64]:
    """Return the initial bearings from unit vectors to others, row by row, in degrees clockwise from north."""
    east = start[:, 0] * end[:, 1] - start[:, 1] * end[:, 0]
    north = end[:, 2] * (start[:, 0] ** 2 + start[:, 1] ** 2) - start[:, 2] * (
        start[:, 0] * end[:, 0] + start[:, 1] * end[:, 1]
    )
    degrees: Floats = np.degrees(np.arctan2(east, north)) % 360
    return degrees
