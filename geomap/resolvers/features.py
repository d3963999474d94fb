"""What is looked at in a candidate, and how much each thing counts: the baseline resolver's features.

A score is the sum of named features times `WEIGHTS`. The features here need nothing but the mention itself.
"""

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache

from geomap.gazetteers.names import normalize
from geomap.resolvers.wording import Wording
from geomap.types import Candidate, GazetteerEntry, Mention

WEIGHTS: Mapping[str, float] = {
    "population": 1.2,
    "primary_name": 1.5,
    "abbreviation": 1.0,
    "historic_name": -5.0,
    "country": 6.5,
    "capital": 2.0,
    "admin_unit": -0.5,
    "district": -4.0,
    "area": 1.0,
    "level_fits": 3.5,
    "level_differs": -4.0,
    "level_elsewhere": 3.0,
    "too_big": -6.0,
    "metropolis": 3.5,
    "beside_town": 2.0,
    "government": 3.0,
    "inside_container": 8.0,
    "outside_container": -8.0,
    "same_country": 5.0,
    "same_admin1": 6.0,
    "near_others": 4.0,
    "foreign": -4.0,
    "foreign_own_name": -2.0,
}
"""Weights of the features: set by hand, adjusted after two random searches on the train splits of LGL and TR-News."""

_GLIDES = re.compile(r"[iyj]+")
_DOUBLED = re.compile(r"(.)\1")
# Populations stand in for importance where the gazetteer has none: medians of the units that have one.
_ASSUMED_POPULATION = {"ADM1": 1_000_000, "ADM2": 60_000, "PPLX": 20_000}
_DEFAULT_POPULATION = {"A": 200_000, "P": 300, "L": 300_000, "H": 300_000, "T": 100_000, "S": 1_000_000}


def scored(candidate: Candidate, mention: Mention, wording: Wording, *, regional: bool) -> Candidate:
    """Return the candidate with the features that need nothing but its own mention."""
    entry = candidate.entry
    features = {
        "population": math.log10(1 + importance(entry)),
        "primary_name": float(entry.feature_code != "ADM1" and _is_own_name(candidate)),
        "abbreviation": float(candidate.name_kind == "abbreviation"),
        "historic_name": float(candidate.name_kind == "historic" or entry.feature_code == "PCLH"),
        "country": float(entry.feature_code.startswith("PCL") and entry.feature_code != "PCLH"),
        "capital": float(entry.feature_code == "PPLC" and _is_own_name(candidate)),
        "admin_unit": float(entry.feature_code == "ADM1"),
        "district": float(entry.feature_code == "ADM2"),
        "area": float(entry.feature_class in "LHT"),
        "level_fits": float(bool(wording.level) and wording.level == _level(entry)),
        "level_differs": float(bool(wording.level) and wording.level != _level(entry)),
        "level_elsewhere": float(
            regional and not wording.level and not mention.relation and entry.feature_code == "ADM1"
        ),
        "too_big": float(wording.small and entry.population > 500_000),
        "metropolis": float(_is_own_name(candidate) and entry.feature_class == "P" and entry.population > 5_000_000),
        "beside_town": float(bool(mention.relation) and not wording.level and entry.feature_class == "P"),
        "government": float(
            mention.role in ("metonymic", "modifier") and entry.feature_code in ("PPLC", "PCLI", "PCL", "PCLD")
        ),
    }
    return with_features(candidate, features)


def with_features(candidate: Candidate, features: Mapping[str, float]) -> Candidate:
    """Return the candidate with these features and the score they make, zeros left out."""
    kept = {name: round(value, 4) for name, value in features.items() if value}
    score = sum(WEIGHTS[name] * value for name, value in kept.items())
    return replace(candidate, features=kept, score=round(score, 4))


def ranked_candidates(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return candidates best first; ties go to the more populous, then to the smaller id."""
    return sorted(candidates, key=lambda c: (-c.score, -c.entry.population, c.entry.id))


def importance(entry: GazetteerEntry) -> int:
    """Return the population, or what stands in for it where the gazetteer has none."""
    if entry.population:
        return entry.population
    return _ASSUMED_POPULATION.get(entry.feature_code, _DEFAULT_POPULATION.get(entry.feature_class, 1_000))


def _is_own_name(candidate: Candidate) -> bool:
    """Whether the name is the primary one, or the same but for its transcription: Mykolaiv for Mykolayiv."""
    return candidate.name_kind == "primary" or (
        candidate.name_kind == "alternate" and _skeleton(candidate.matched_name) == _skeleton(candidate.entry.name)
    )


@lru_cache(maxsize=4096)
def _skeleton(name: str) -> str:
    plain = _GLIDES.sub("i", normalize(name).removesuffix(" city").replace("kh", "h"))
    return _DOUBLED.sub(r"\1", plain)


def _level(entry: GazetteerEntry) -> str:
    if entry.feature_class in ("A", "L"):
        return "admin"
    return {"P": "settlement", "H": "water"}.get(entry.feature_class, "spot")


def is_prominent(entry: GazetteerEntry) -> bool:
    """Whether the entry is known beyond its country: a country, first-order unit, capital or big city."""
    return entry.feature_code.startswith(("PCL", "ADM1", "PPLC")) or entry.population >= 500_000
