"""What the other places of a document say about each candidate."""

import math
from collections.abc import Sequence

import numpy as np

from geomap.gazetteers.distance import EARTH_RADIUS_KM
from geomap.resolvers.ranker.names import ADMIN1, ADMIN2, COUNTRY, SETTLEMENT, SPOT, WATER, Floats, Ints
from geomap.resolvers.ranker.scene import Scene

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

_FAR = math.log1p(20_000)

_FAITHFUL = 0.2  # Least likelihood of a place that distances are taken from.


def context_features(scene: Scene, likelihood: Floats) -> Floats:
    """Return one row a row of the scene, columns as in `CONTEXT_FEATURES`.

    Parameters
    ----------
    scene
        With at least one row.
    likelihood
        How likely each row is, as far as is known.
    """
    owner, toponym = scene.owner, scene.toponym[scene.owner]
    tables = [_table(scene, likelihood, order) for order in range(3)]
    others = [_of_others(scene, table)[toponym, scene.units[:, order]] for order, table in enumerate(tables)]
    named = [
        _of_others(scene, _table(scene, likelihood * (scene.levels == order), order))[toponym, scene.units[:, order]]
        for order in range(3)
    ]
    weight = np.bincount(scene.toponym, scene.weights)
    rest = np.maximum(weight.sum() - weight[toponym], 1.0)
    sure = [_of_others(scene, table, sure=True)[toponym, scene.units[:, order]] for order, table in enumerate(tables)]
    country_totals = (scene.weights @ tables[0])[1:]
    main = 1 + int(country_totals.argmax()) if len(country_totals) else 0
    share = country_totals.max(initial=0.0) / weight.sum()
    known = [scene.units[:, order] > 0 for order in range(3)]
    sentence = _sentence_sums(scene, tables)
    neighbours = _neighbours(scene)
    columns = [
        *container_columns(scene, likelihood),
        *(values / rest * there for values, there in zip(others, known, strict=True)),
        sure[1] * known[1],
        sure[0] * known[0],
        *(np.minimum(values, 1.0) * there for values, there in zip(named, known, strict=True)),
        *_distance_columns(scene, likelihood),
        *(values * there for values, there in zip(sentence, known[:2], strict=True)),
        *(
            np.where(index[owner] >= 0, tables[order][index[owner], scene.units[:, order]], 0.0) * known[order]
            for index in neighbours
            for order in (0, 1)
        ),
        np.full(len(owner), math.log1p(len(weight))),
        np.full(len(owner), share),
        (scene.units[:, 0] == main) & known[0],
        likelihood,
        _likelihood_of_name(scene, likelihood),
        *_maybe_columns(scene, likelihood),
    ]
    return np.stack([np.asarray(column, dtype=float) for column in columns], axis=1)


def _table(scene: Scene, likelihood: Floats, order: int) -> Floats:
    """Return how likely each name lies in each unit of an order: one row a name, one column a unit."""
    width = scene.counts[order]
    cells = np.bincount(scene.owner * width + scene.units[:, order], likelihood, len(scene.spoken) * width)
    table: Floats = np.asarray(cells, dtype=np.float64).reshape(len(scene.spoken), width)
    return table


def _of_others(scene: Scene, table: Floats, *, sure: bool = False) -> Floats:
    """Return for each toponym the weighted sum of a table over the names of all other toponyms.

    With ``sure``, toponyms are counted that are more likely than not in the unit.
    """
    own: Floats = np.zeros((int(scene.toponym.max()) + 1, table.shape[1]))
    np.add.at(own, scene.toponym, table * scene.weights[:, None])
    if sure:
        half = 0.5 * np.bincount(scene.toponym, scene.weights)[:, None]
        own = np.greater(own, half).astype(np.float64)
    others: Floats = own.sum(axis=0) - own
    return others


def container_columns(scene: Scene, likelihood: Floats) -> tuple[Floats, Floats, Floats]:
    """Return how likely a row is inside a container named with it, how likely that is a unit, and how far it is."""
    inside, admin, far = np.zeros(len(scene.owner)), np.zeros(len(scene.owner)), np.full(len(scene.owner), _FAR)
    for index, name in enumerate(scene.spoken):
        rows = slice(scene.starts[index], scene.starts[index + 1])
        for container in name.wording.containers:
            holders = slice(scene.starts[container], scene.starts[container + 1])
            chance, levels = likelihood[holders], scene.levels[holders]
            if not len(chance) or rows.start == rows.stop:
                continue
            for order in (COUNTRY, ADMIN1, ADMIN2):
                there = np.bincount(scene.units[holders, order], chance * (levels == order), scene.counts[order])
                there[0] = 0.0
                admin[rows] += chance[levels == order].sum()
                inside[rows] += there[scene.units[rows, order]] * (scene.levels[rows] != order)
            best = holders.start + int(chance.argmax())
            far[rows] = np.minimum(far[rows], _log_km(scene.points[rows] @ scene.points[best]))
    return inside, admin, far


def _distance_columns(scene: Scene, likelihood: Floats) -> tuple[Floats, ...]:
    """Return how many places of other toponyms lie within 30, 150 and 500 km, and how far off they are."""
    anchors = _anchors(scene, likelihood)
    if not len(anchors):
        return (*(np.zeros(len(scene.owner)) for _ in range(3)), *(np.full(len(scene.owner), _FAR) for _ in range(3)))
    other = scene.toponym[scene.owner][:, None] != scene.toponym[scene.owner[anchors]][None, :]
    far = np.where(other, _log_km(scene.points @ scene.points[anchors].T), _FAR)
    within = [((far < math.log1p(km)) & other) @ likelihood[anchors] for km in (30, 150, 500)]
    far.sort(axis=1)
    count = np.maximum(other.sum(axis=1) - 1, 0)
    rows = np.arange(len(far))
    return (*within, far[:, 0], far[rows, count // 4], far[rows, count // 2])


def _anchors(scene: Scene, likelihood: Floats) -> Ints:
    """Return the likeliest row of each toponym, where that has a point that says where it is."""
    order = np.lexsort((np.arange(len(likelihood)), -likelihood, scene.toponym[scene.owner]))
    toponyms = scene.toponym[scene.owner][order]
    best = order[np.concatenate([[True], toponyms[1:] != toponyms[:-1]])]
    usable = (likelihood[best] >= _FAITHFUL) & np.isin(scene.levels[best], (ADMIN1, ADMIN2, SETTLEMENT, SPOT, WATER))
    anchors: Ints = best[usable]
    return anchors


def _log_km(cosines: Floats) -> Floats:
    far: Floats = np.log1p(EARTH_RADIUS_KM * np.arccos(np.clip(cosines, -1.0, 1.0)))
    return far


def _maybe_columns(scene: Scene, likelihood: Floats) -> tuple[Floats, ...]:
    """Return how many other toponyms may be in a row's country and first-order unit, within 30 and within 100 km.

    Unlikely candidates count nearly as much as likely ones: two names that both have a namesake in one corner speak for
    each other, however small they are there.
    """
    toponym = scene.toponym[scene.owner]
    chance = likelihood**_TEMPER * scene.says[scene.owner]
    units = [
        _of_others(scene, np.minimum(_table(scene, chance, order), 1.0))[toponym, scene.units[:, order]]
        * (scene.units[:, order] > 0)
        for order in (0, 1)
    ]
    once = np.unique(scene.toponym, return_index=True)[1]
    columns = np.flatnonzero(np.isin(scene.owner, once) & (scene.levels != COUNTRY))
    cosines = scene.points @ scene.points[columns].T
    cosines[toponym[:, None] == toponym[columns][None, :]] = -1.0
    near = [(cosines > math.cos(km / EARTH_RADIUS_KM)) @ chance[columns] for km in (30, 100)]
    return *units, *near


def _sentence_sums(scene: Scene, tables: Sequence[Floats]) -> list[Floats]:
    """Return how many other names of the same sentence lie in a row's country and first-order unit."""
    sentences = np.array([name.mention.sentence for name in scene.spoken])
    sums = []
    for order in (0, 1):
        said = tables[order] * scene.says[:, None]
        total = np.zeros((sentences.max() + 1, tables[order].shape[1]))
        np.add.at(total, sentences, said)
        others = total[sentences] - said
        sums.append(others[scene.owner, scene.units[:, order]])
    return sums


def _neighbours(scene: Scene) -> tuple[Ints, Ints, Ints]:
    """Return for each name the one before, the one after and the first one, of another toponym; -1 for none.

    Names that are no places here, such as those of actors, are passed over as neighbours.
    """
    count = len(scene.spoken)
    before, after = np.full(count, -1), np.full(count, -1)
    for index in range(1, count):
        same = scene.toponym[index] == scene.toponym[index - 1] or scene.says[index - 1] < 1
        before[index] = before[index - 1] if same else index - 1
    for index in range(count - 2, -1, -1):
        same = scene.toponym[index] == scene.toponym[index + 1] or scene.says[index + 1] < 1
        after[index] = after[index + 1] if same else index + 1
    return before, after, np.where(scene.toponym == scene.toponym[0], -1, 0)


def _likelihood_of_name(scene: Scene, likelihood: Floats) -> Floats:
    """Return the mean likelihood of a row's candidate over all mentions of its toponym that have it."""
    place = np.arange(len(scene.owner)) - scene.starts[scene.owner]
    keys = scene.toponym[scene.owner] * (int(place.max()) + 1) + place
    mean: Floats = (np.bincount(keys, likelihood) / np.maximum(np.bincount(keys), 1))[keys]
    return mean
