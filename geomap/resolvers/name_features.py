"""The candidates of one toponym as arrays, with all that does not depend on a document: made once a toponym."""

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from geomap.gazetteers.names import normalize
from geomap.resolvers.candidates import is_same_name
from geomap.resolvers.population import importance
from geomap.resolvers.thresholds import METROPOLIS
from geomap.types import Candidate, GazetteerEntry

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

COUNTRY, ADMIN1, ADMIN2, SETTLEMENT, AREA, WATER, SPOT = range(7)
"""Levels of an entry, as numbers that a tree can split on."""

NAME_FEATURES = (
    "population", "known_population", "population_gap", "rank", "namesakes", "name_kind", "own_name", "level",
    "capital", "seat", "cut", "respelt", "unlike", "national_gap", "national_rank", "own_name_gap", "extra_words",
    "words", "dependency", "name_likeness", "metropolis_of_unit",
)  # fmt: skip
"""Features of a candidate that its toponym alone decides; populations and gaps are log10."""

_KINDS = {"primary": 0.0, "alternate": 1.0, "abbreviation": 2.0, "demonym": 3.0, "historic": 4.0}
_CLASS_LEVELS = {"P": SETTLEMENT, "A": AREA, "L": AREA, "H": WATER}


@dataclass(frozen=True, slots=True)
class NamedPlaces:
    """The candidates of one toponym, as arrays of one length."""

    key: Hashable
    """Equal for toponyms that have the same candidates, as "Sumy" and "SUMY" have."""
    candidates: tuple[Candidate, ...]
    features: Floats
    """One row a candidate, columns as in `NAME_FEATURES`."""
    units: NDArray[np.str_]
    """Three columns: codes of the country, first- and second-order unit; empty where there is none."""
    levels: Ints
    points: Floats
    """Unit vectors from the centre of the Earth."""
    accuracy: Floats
    """How far each point may be off, in kilometres."""
    countries: NDArray[np.str_]
    """ISO codes; empty for what belongs to no one country."""
    prior: Floats
    """Log of how likely a candidate is before its document is looked at, but for a constant."""

    def __len__(self) -> int:
        """Return how many candidates there are."""
        return len(self.candidates)


def units_of(entry: GazetteerEntry) -> tuple[str, str, str]:
    """Return the codes of an entry's country, first- and second-order unit, each with those above it: "UA.05"."""
    country, admin1, admin2 = entry.country_code, entry.admin1, entry.admin2
    if not country:
        return "", "", ""
    known = bool(admin1) and admin1 != "00"
    first = f"{country}.{admin1}" if known else ""
    return country, first, f"{first}.{admin2}" if known and admin2 else ""


def named_places(toponym: str, candidates: Sequence[Candidate]) -> NamedPlaces:
    """Return the candidates of a toponym as arrays; arrays of no row for no candidate."""
    entries = [candidate.entry for candidate in candidates]
    levels = np.array([tree_level(entry) for entry in entries], dtype=np.int64)
    features = _name_features(toponym, candidates, levels)
    latitudes, longitudes = (
        np.radians(np.array([getattr(entry, axis) for entry in entries], dtype=float))
        for axis in ("latitude", "longitude")
    )
    points = np.stack(
        [np.cos(latitudes) * np.cos(longitudes), np.cos(latitudes) * np.sin(longitudes), np.sin(latitudes)], axis=1
    )
    return NamedPlaces(
        key=tuple(entry.id for entry in entries) or normalize(toponym),
        candidates=tuple(candidates),
        features=features,
        units=np.array([units_of(entry) for entry in entries], dtype=np.str_).reshape(-1, 3),
        levels=levels,
        points=points,
        accuracy=np.array([entry.accuracy_km for entry in entries], dtype=float),
        countries=np.array([entry.country_code for entry in entries], dtype="U2"),
        prior=_prior(features),
    )


def tree_level(entry: GazetteerEntry) -> int:
    """Return the level of an entry."""
    code = entry.feature_code
    if code.startswith("PCL") and code != "PCLH":
        return COUNTRY
    if code in ("ADM1", "ADM2"):
        return ADMIN1 if code == "ADM1" else ADMIN2
    return _CLASS_LEVELS.get(entry.feature_class, SPOT)


def _name_features(toponym: str, candidates: Sequence[Candidate], levels: Ints) -> Floats:
    """Return one row a candidate, columns as in `NAME_FEATURES`."""
    population = np.array([math.log10(1 + importance(c.entry)) for c in candidates], dtype=float)
    key = normalize(toponym)
    own = np.array([_is_own_name(c) for c in candidates], dtype=float)
    countries = np.array([c.entry.country_code for c in candidates], dtype="U2")
    national = countries[:, None] == countries[None, :] if len(candidates) else np.zeros((0, 0), dtype=bool)
    ahead = population[None, :] > population[:, None]
    # A name that is a country's, too, is "Mexico", not the metropolis.
    units = {(c.entry.country_code, c.entry.admin1) for c in candidates if c.entry.level == "admin1"}
    units = set() if COUNTRY in levels else units
    best_own = population[own > 0].max(initial=0.0)
    columns = [
        population,
        [math.log10(1 + c.entry.population) for c in candidates],
        population.max(initial=0.0) - population,
        ahead.sum(axis=1),
        np.full(len(candidates), float(len(candidates))),
        [_KINDS[c.name_kind] for c in candidates],
        own,
        levels,
        [c.entry.feature_code == "PPLC" for c in candidates],
        [c.entry.feature_code.startswith("PPLA") for c in candidates],
        *([c.features.get(name, 0.0) for c in candidates] for name in ("cut", "respelt", "unlike")),
        np.where(national, population[None, :], 0.0).max(axis=1, initial=0.0) - population,
        (ahead & national).sum(axis=1),
        best_own - population,
        [len(c.entry.name.split()) - len(toponym.split()) for c in candidates],
        np.full(len(candidates), float(len(toponym.split()))),
        [c.entry.feature_code in ("PCLD", "PCLS", "PCLH", "TERR") for c in candidates],
        [fuzz.ratio(key, normalize(c.entry.name)) / 100 for c in candidates],
        [
            c.entry.level == "settlement"
            and c.entry.population > METROPOLIS
            and (c.entry.country_code, c.entry.admin1) in units
            for c in candidates
        ],
    ]
    return np.stack([np.asarray(column, dtype=float) for column in columns], axis=1)


def _is_own_name(candidate: Candidate) -> bool:
    if candidate.features.get("unlike"):
        return False
    if candidate.name_kind == "primary":
        return True
    name, entry = candidate.matched_name, candidate.entry
    plain = entry.name.removesuffix(" City") if entry.level == "settlement" else entry.name
    return candidate.name_kind == "alternate" and is_same_name(name, plain)


# What a candidate's own features count before its document is looked at; the baseline resolver's weights.
_PRIOR = {"population": 1.0, "own_name": 1.2, "capital": 1.6, "cut": -1.0, "respelt": -1.0, "unlike": -20.0}
_LEVEL_PRIOR = np.array([5.2, 0.4, -3.2, 0.0, 0.8, 0.0, 0.0])


def _prior(features: Floats) -> Floats:
    column = {name: features[:, index] for index, name in enumerate(NAME_FEATURES)}
    base = sum((weight * column[name] for name, weight in _PRIOR.items()), np.zeros(len(features)))
    prior: Floats = base + _LEVEL_PRIOR[column["level"].astype(int)]
    return prior
