"""A document's names and their candidates as arrays: what the ranker's features are computed from."""

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geomap.gazetteers.distance import EARTH_RADIUS_KM
from geomap.gazetteers.names import normalize
from geomap.resolvers.containment import Containment
from geomap.resolvers.name_features import (
    ADMIN1,
    ADMIN2,
    AREA,
    COUNTRY,
    NAME_FEATURES,
    SETTLEMENT,
    WATER,
    Floats,
    Ints,
    NamedPlaces,
)
from geomap.resolvers.names_in_text import NameInText
from geomap.resolvers.outlet import Outlet
from geomap.types import Candidate, GazetteerEntry, Relation

WORDING_FEATURES = (
    "level_asked", "level_fits", "level_differs", "small", "listed", "role", "beside", "demonym", "capitals",
    "mentions_of_name", "level_elsewhere", "position", "has_container", "municipal", "municipal_name", "local_cues",
    "american", "telephone", "strict", "outlet_name", "at_home", "abroad", "surname", "street",
)  # fmt: skip
"""Features of a candidate that the words around its mention and the document's outlet decide."""

_AMERICAN = ("US", "CA")
_COLUMN = {name: len(NAME_FEATURES) + index for index, name in enumerate(WORDING_FEATURES)}

_SPOKEN_WEIGHT = 0.5

_LEVELS_ASKED = {"": 0.0, "admin": 1.0, "settlement": 2.0, "water": 3.0}

_LEVELS_FITTING = {"admin": (COUNTRY, ADMIN1, ADMIN2, AREA), "settlement": (SETTLEMENT,), "water": (WATER,)}

_ACTOR_WEIGHT = 0.15
"""What a name that is no place here says about where its document is set, beside one that is: an actor may be far from
home."""

_ROLES = {"literal": 0.0, "metonymic": 1.0, "modifier": 2.0, "embedded": 3.0}


@dataclass(frozen=True, slots=True)
class CandidateArrays:
    """A document's names and their candidates as arrays; rows are in the order of the names, then the candidates."""

    names: tuple[NameInText, ...]
    places: tuple[NamedPlaces, ...]
    """The candidates of each name."""
    starts: Ints
    """First row of each name, and after the last the number of rows."""
    owner: Ints
    """For each row, which of `names` it belongs to."""
    toponym: Ints
    """For each of `names`, the number of its toponym: equal toponyms, equal numbers."""
    fixed: Floats
    """Features that do not depend on the other places: `NAME_FEATURES`, then `WORDING_FEATURES`."""
    units: Ints
    """For each row, columns of the country, first- and second-order unit in a table of those that occur."""
    counts: tuple[int, int, int]
    """How many countries, first- and second-order units occur, the one for "none", 0, included."""
    levels: Ints
    points: Floats
    weights: Floats
    """For each of `names`, its share in what its toponym says about the document."""
    says: Floats
    """For each of `names`, how much a name so used says about where the document is set."""
    prior: Floats
    """Log-likelihood of each row before other places are looked at."""
    accuracy: Floats
    """How far the point of each row may be off, in kilometres."""
    relations: tuple[Relation, ...]
    """What the text says of where the names lie; indices are those of `names`."""
    containment: Containment
    """What areas of the user's own say of places in a container."""

    def candidate(self, row: int) -> Candidate:
        """Return the candidate of a row."""
        index = int(self.owner[row])
        return self.places[index].candidates[row - int(self.starts[index])]

    def entry(self, row: int) -> GazetteerEntry:
        """Return the entry of a row."""
        return self.candidate(row).entry

    def within(self, rows: Sequence[int] | Ints, row: int, *, km: float) -> NDArray[np.bool_]:
        """Return which of some rows lie within so many kilometres of another."""
        near: NDArray[np.bool_] = self.points[rows] @ self.points[row] >= math.cos(km / EARTH_RADIUS_KM)
        return near


def arrays_of(
    names: Sequence[NameInText],
    places: Sequence[NamedPlaces],
    relations: tuple[Relation, ...],
    *,
    outlet: Outlet,
    containment: Containment,
) -> CandidateArrays:
    """Return the arrays of a document.

    Parameters
    ----------
    names, places
        The names of the document in text order, and the candidates of each.
    relations
        What the text says of where they lie.
    outlet
        What is known about who published it.
    containment
        What areas of the user's own say of places in a container.
    """
    sizes = [len(place.candidates) for place in places]
    starts = np.concatenate([[0], np.cumsum(sizes, dtype=np.int64)]).astype(np.int64)
    owner = np.repeat(np.arange(len(names)), sizes)
    keys = [place.key for place in places]
    numbers = {key: number for number, key in enumerate(dict.fromkeys(keys))}
    toponym = np.array([numbers[key] for key in keys], dtype=np.int64)
    wording = _wording_features(names, keys, outlet)
    levels = np.concatenate([place.levels for place in places])
    fits = _level_fits(wording[owner, 0], levels)
    fixed = np.concatenate([np.concatenate([place.features for place in places]), wording[owner]], axis=1)
    asked = wording[owner, 0] > 0
    fixed[:, _COLUMN["level_fits"]] = asked & fits
    fixed[:, _COLUMN["level_differs"]] = asked & ~fits & (np.bincount(owner, fits, len(names))[owner] > 0)
    countries = np.concatenate([place.countries for place in places])
    american = np.isin(countries, _AMERICAN)
    fixed[:, _COLUMN["american"]] = outlet.local * american
    of_country = np.bincount(owner, levels == COUNTRY, len(names)) > 0
    fixed[:, _COLUMN["telephone"]] = outlet.telephone * american * ~of_country[owner]
    if outlet.country:
        fixed[:, _COLUMN["at_home"]] = countries == outlet.country
        fixed[:, _COLUMN["abroad"]] = (countries != outlet.country) & (countries != "")
    asked_for = np.array([name.is_mention for name in names])
    literal = {key for key, name in zip(keys, names, strict=True) if name.mention.role == "literal"}
    actors = 0.0 if len(literal) == 1 else 1.0  # of the only place of a report, who acts there says nothing
    says = np.array([1.0 if name.mention.role == "literal" else actors * _ACTOR_WEIGHT for name in names])
    units, counts = _local_units(np.concatenate([place.units for place in places]))
    return CandidateArrays(
        names=tuple(names),
        places=tuple(places),
        starts=starts,
        owner=owner,
        toponym=toponym,
        fixed=fixed,
        units=units,
        counts=counts,
        levels=levels,
        points=np.concatenate([place.points for place in places]),
        weights=says * np.where(asked_for, 1.0, _SPOKEN_WEIGHT) / np.bincount(toponym)[toponym],
        says=says,
        prior=np.concatenate([place.prior for place in places]) + 2.5 * (asked & fits) - 2.5 * (asked & ~fits),
        accuracy=np.concatenate([place.accuracy for place in places]),
        relations=relations,
        containment=containment,
    )


def _wording_features(names: Sequence[NameInText], keys: Sequence[Hashable], outlet: Outlet) -> Floats:
    """Return one row a name, columns as in `WORDING_FEATURES`; what depends on the candidate is left 0."""
    named = set(map(normalize, outlet.names))
    asked = {(key, name.wording.level) for key, name in zip(keys, names, strict=True)}
    regional = {key for key, level in asked if level == "admin" and (key, "settlement") not in asked}
    municipal = {key for key, name in zip(keys, names, strict=True) if name.wording.municipal}
    rows = [
        (
            _LEVELS_ASKED[name.wording.level],
            0.0,
            0.0,
            name.wording.small,
            name.wording.listed,
            _ROLES[name.mention.role],
            bool(name.mention.relation),
            name.mention.demonym,
            name.mention.toponym.isupper(),
            math.log1p(keys.count(key)),
            key in regional and not name.wording.level and not name.mention.relation,
            math.log1p(name.mention.start),
            len(name.wording.containers),
            name.wording.municipal,
            key in municipal,
            outlet.local,
            0.0,
            0.0,
            name.wording.strict,
            normalize(name.mention.toponym) in named,
            0.0,
            0.0,
            name.surname,
            name.wording.street,
        )
        for key, name in zip(keys, names, strict=True)
    ]
    return np.array(rows, dtype=float).reshape(-1, len(WORDING_FEATURES))


def _level_fits(asked: Floats, levels: Ints) -> NDArray[np.bool_]:
    fits = np.zeros(len(levels), dtype=bool)
    for level, fitting in _LEVELS_FITTING.items():
        fits |= (asked == _LEVELS_ASKED[level]) & np.isin(levels, fitting)
    return fits


def _local_units(units: NDArray[np.str_]) -> tuple[Ints, tuple[int, int, int]]:
    """Return units numbered from 1 in the order of their codes, 0 for none, and how many numbers each order has.

    The order decides in which sequence shares are summed, and so their last digits: it may rest on this document alone.
    """
    columns, counts = [], []
    for order in range(3):
        known, numbers = np.unique(np.append(units[:, order], ""), return_inverse=True)
        columns.append(numbers[:-1])
        counts.append(len(known))
    return np.stack(columns, axis=1), (counts[0], counts[1], counts[2])


def km_of(cosines: Floats) -> Floats:
    """Return the distances in kilometres of points whose unit vectors have these products."""
    far: Floats = EARTH_RADIUS_KM * np.arccos(np.clip(cosines, -1.0, 1.0))
    return far


def likeliest(likelihood: Floats, groups: Ints) -> Ints:
    """Return the likeliest row of each group, the first of equals, in the order of the groups' numbers."""
    order = np.lexsort((np.arange(len(likelihood)), -likelihood, groups))
    rows: Ints = order[np.diff(groups[order], prepend=-1) > 0]
    return rows


def likelihoods(arrays: CandidateArrays, scores: Floats) -> Floats:
    """Return the softmax of the rows' scores within each name."""
    best = np.full(len(arrays.names), -np.inf)
    np.maximum.at(best, arrays.owner, scores)
    weights = np.exp(scores - best[arrays.owner])
    shares: Floats = weights / np.bincount(arrays.owner, weights, len(arrays.names))[arrays.owner]
    return shares
