"""What the other places of a document say about each candidate.

Nobody knows yet where the other names are either: each counts with all its candidates, by how likely these are, and a
name never speaks for itself, nor do its repetitions. Distances enter as counts within three circles, the scale of a
town's surroundings, of a region and of a country, and as three ranks, of which the nearest finds neighbours and the
quartile and the median find the theatre.

Cross-validated top choice was .878 to .883 on LGL and .945 to .949 on TR-News; without the likelihoods of the pass
before .880 and .940, without the columns that begin with ``maybe`` .874 and .944 (``CARD-resolver.md``, "Tried and
lost").
"""

import math
from collections.abc import Sequence

import numpy as np

from geomap.gazetteers.distance import EARTH_RADIUS_KM
from geomap.resolvers.candidate_arrays import CandidateArrays, km_of, likeliest
from geomap.resolvers.name_features import ADMIN1, ADMIN2, COUNTRY, SETTLEMENT, SPOT, WATER, Floats, Ints

CONTEXT_FEATURES = (
    "in_container", "container_admin", "container_km", "same_country", "same_admin1", "same_admin2", "admin1_places",
    "country_places", "named_country", "named_admin1", "named_admin2", "within_30km", "within_150km", "within_500km",
    "nearest_km", "quartile_km", "median_km", "sentence_country", "sentence_admin1", "previous_country",
    "previous_admin1", "next_country", "next_admin1", "first_country", "first_admin1", "names", "main_country_share",
    "in_main_country", "likelihood", "likelihood_of_name", "maybe_country", "maybe_admin1", "maybe_within_30km",
    "maybe_within_100km",
)  # fmt: skip
"""Features of a candidate that the other places of its document decide; distances are log(1 + km)."""

_TEMPER = 0.3
"""Power of a likelihood where two unlikely namesakes may speak for each other: .001 counts an eighth of .999."""

_FAR = math.log1p(20_000)
"""Half the Earth's circumference, where no other place is."""

_FAITHFUL = 0.2
"""Least likelihood of a place that distances are taken from: one of five namesakes says little of where a report is."""


def context_features(arrays: CandidateArrays, likelihood: Floats) -> Floats:
    """Return one row a row of the arrays, columns as in `CONTEXT_FEATURES`.

    Parameters
    ----------
    arrays
        With at least one row.
    likelihood
        How likely each row is, as far as is known.
    """
    owner, toponym = arrays.owner, arrays.toponym[arrays.owner]
    # How much of the report lies in each unit; then, how much of it is that unit itself by name.
    tables = [_table(arrays, likelihood, order) for order in range(3)]
    others = [_of_others(arrays, table)[toponym, arrays.units[:, order]] for order, table in enumerate(tables)]
    units = [_table(arrays, likelihood * (arrays.levels == order), order) for order in range(3)]
    named = [_of_others(arrays, table)[toponym, arrays.units[:, order]] for order, table in enumerate(units)]
    # Shares of what the others say, not counts: or long reports would differ from short ones.
    weight = np.bincount(arrays.toponym, arrays.weights)
    rest = np.maximum(weight.sum() - weight[toponym], 1.0)
    sure = [_of_others(arrays, table, sure=True)[toponym, arrays.units[:, order]] for order, table in enumerate(tables)]
    # The country of most of the report; column 0 is "in none".
    country_totals = (arrays.weights @ tables[0])[1:]
    main = 1 + int(country_totals.argmax()) if len(country_totals) else 0
    share = country_totals.max(initial=0.0) / weight.sum()
    known = [arrays.units[:, order] > 0 for order in range(3)]
    sentence = _sentence_sums(arrays, tables)
    neighbours = _neighbours(arrays)
    columns = [
        *container_columns(arrays, likelihood),
        *(values / rest * there for values, there in zip(others, known, strict=True)),
        sure[1] * known[1],
        sure[0] * known[0],
        *(np.minimum(values, 1.0) * there for values, there in zip(named, known, strict=True)),
        *_distance_columns(arrays, likelihood),
        *(values * there for values, there in zip(sentence, known[:2], strict=True)),
        *(
            np.where(index[owner] >= 0, tables[order][index[owner], arrays.units[:, order]], 0.0) * known[order]
            for index in neighbours
            for order in (0, 1)
        ),
        np.full(len(owner), math.log1p(len(weight))),
        np.full(len(owner), share),
        (arrays.units[:, 0] == main) & known[0],
        likelihood,
        _likelihood_of_name(arrays, likelihood),
        *_maybe_columns(arrays, likelihood),
    ]
    return np.stack([np.asarray(column, dtype=float) for column in columns], axis=1)


def _table(arrays: CandidateArrays, likelihood: Floats, order: int) -> Floats:
    """Return how likely each name lies in each unit of an order: one row a name, one column a unit."""
    width = arrays.counts[order]
    cells = np.bincount(arrays.owner * width + arrays.units[:, order], likelihood, len(arrays.names) * width)
    table: Floats = np.asarray(cells, dtype=np.float64).reshape(len(arrays.names), width)
    return table


def _of_others(arrays: CandidateArrays, table: Floats, *, sure: bool = False) -> Floats:
    """Return for each toponym the weighted sum of a table over the names of all other toponyms.

    With ``sure``, toponyms are counted that are more likely than not in the unit.
    """
    own: Floats = np.zeros((int(arrays.toponym.max()) + 1, table.shape[1]))
    np.add.at(own, arrays.toponym, table * arrays.weights[:, None])
    if sure:
        half = 0.5 * np.bincount(arrays.toponym, arrays.weights)[:, None]
        own = np.greater(own, half).astype(np.float64)
    # All names but one's own: the sum less its part, in one step for all.
    others: Floats = own.sum(axis=0) - own
    return others


def container_columns(arrays: CandidateArrays, likelihood: Floats) -> tuple[Floats, Floats, Floats]:
    """Return how likely a row is inside a container named with it, how likely that is a unit, and how far it is."""
    inside, admin, far = np.zeros(len(arrays.owner)), np.zeros(len(arrays.owner)), np.full(len(arrays.owner), _FAR)
    for index, name in enumerate(arrays.names):
        rows = slice(arrays.starts[index], arrays.starts[index + 1])
        for container in name.wording.containers:
            holders = slice(arrays.starts[container], arrays.starts[container + 1])
            chance, levels = likelihood[holders], arrays.levels[holders]
            if not len(chance) or rows.start == rows.stop:
                continue
            for order in (COUNTRY, ADMIN1, ADMIN2):
                there = np.bincount(arrays.units[holders, order], chance * (levels == order), arrays.counts[order])
                there[0] = 0.0  # what lies in no unit is inside of none
                admin[rows] += chance[levels == order].sum()
                inside[rows] += there[arrays.units[rows, order]] * (arrays.levels[rows] != order)
            best = holders.start + int(chance.argmax())
            far[rows] = np.minimum(far[rows], _log_km(arrays.points[rows] @ arrays.points[best]))
    return inside, admin, far


def _distance_columns(arrays: CandidateArrays, likelihood: Floats) -> tuple[Floats, ...]:
    """Return how many places of other toponyms lie within 30, 150 and 500 km, and how far off they are."""
    anchors = _anchors(arrays, likelihood)
    if not len(anchors):
        return (*(np.zeros(len(arrays.owner)) for _ in range(3)), *(np.full(len(arrays.owner), _FAR) for _ in range(3)))
    # One row a candidate, one column an anchor; those of the same toponym are pushed to the far end and never counted.
    other = arrays.toponym[arrays.owner][:, None] != arrays.toponym[arrays.owner[anchors]][None, :]
    far = np.where(other, _log_km(arrays.points @ arrays.points[anchors].T), _FAR)
    within = [((far < math.log1p(km)) & other) @ likelihood[anchors] for km in (30, 150, 500)]
    far.sort(axis=1)
    count = np.maximum(other.sum(axis=1) - 1, 0)
    rows = np.arange(len(far))
    return (*within, far[:, 0], far[rows, count // 4], far[rows, count // 2])


def _anchors(arrays: CandidateArrays, likelihood: Floats) -> Ints:
    """Return the likeliest row of each toponym, where that has a point that says where it is."""
    best = likeliest(likelihood, arrays.toponym[arrays.owner])
    # Of a country the point says nothing: Canada's lies in the tundra.
    usable = (likelihood[best] >= _FAITHFUL) & np.isin(arrays.levels[best], (ADMIN1, ADMIN2, SETTLEMENT, SPOT, WATER))
    anchors: Ints = best[usable]
    return anchors


def _log_km(cosines: Floats) -> Floats:
    far: Floats = np.log1p(km_of(cosines))
    return far


def _maybe_columns(arrays: CandidateArrays, likelihood: Floats) -> tuple[Floats, ...]:
    """Return how many other toponyms may be in a row's country and first-order unit, within 30 and within 100 km.

    Unlikely candidates count nearly as much as likely ones: two names that both have a namesake in one corner speak for
    each other, however small they are there.
    """
    toponym = arrays.toponym[arrays.owner]
    chance = likelihood**_TEMPER * arrays.says[arrays.owner]
    units = [
        _of_others(arrays, np.minimum(_table(arrays, chance, order), 1.0))[toponym, arrays.units[:, order]]
        * (arrays.units[:, order] > 0)
        for order in (0, 1)
    ]
    # Each toponym once: a report that names a town twenty times gives no twenty votes.
    once = np.unique(arrays.toponym, return_index=True)[1]
    columns = np.flatnonzero(np.isin(arrays.owner, once) & (arrays.levels != COUNTRY))
    cosines = arrays.points @ arrays.points[columns].T
    cosines[toponym[:, None] == toponym[columns][None, :]] = -1.0
    near = [(cosines > math.cos(km / EARTH_RADIUS_KM)) @ chance[columns] for km in (30, 100)]
    return *units, *near


def _sentence_sums(arrays: CandidateArrays, tables: Sequence[Floats]) -> list[Floats]:
    """Return how many other names of the same sentence lie in a row's country and first-order unit."""
    sentences = np.array([name.mention.sentence for name in arrays.names])
    sums = []
    for order in (0, 1):
        said = tables[order] * arrays.says[:, None]
        total = np.zeros((sentences.max() + 1, tables[order].shape[1]))
        np.add.at(total, sentences, said)
        others = total[sentences] - said
        sums.append(others[arrays.owner, arrays.units[:, order]])
    return sums


def _neighbours(arrays: CandidateArrays) -> tuple[Ints, Ints, Ints]:
    """Return for each name the one before, the one after and the first one, of another toponym; -1 for none.

    Names that are no places here, such as those of actors, are passed over as neighbours.
    """
    count = len(arrays.names)
    before, after = np.full(count, -1), np.full(count, -1)
    for index in range(1, count):
        same = arrays.toponym[index] == arrays.toponym[index - 1] or arrays.says[index - 1] < 1
        before[index] = before[index - 1] if same else index - 1
    for index in range(count - 2, -1, -1):
        same = arrays.toponym[index] == arrays.toponym[index + 1] or arrays.says[index + 1] < 1
        after[index] = after[index + 1] if same else index + 1
    return before, after, np.where(arrays.toponym == arrays.toponym[0], -1, 0)


def _likelihood_of_name(arrays: CandidateArrays, likelihood: Floats) -> Floats:
    """Return the mean likelihood of a row's candidate over all mentions of its toponym that have it."""
    place = np.arange(len(arrays.owner)) - arrays.starts[arrays.owner]
    keys = arrays.toponym[arrays.owner] * (int(place.max()) + 1) + place
    mean: Floats = (np.bincount(keys, likelihood) / np.maximum(np.bincount(keys), 1))[keys]
    return mean
