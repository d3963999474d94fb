"""The baseline resolver: the most populous entry, corrected by the words around the mention and by the document.

Every candidate gets a score that is a sum of named features times `WEIGHTS`; the best one wins. Two passes: the first
looks at each mention alone, the second also at where the other places of the document lie.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from geomap.gazetteers.distance import haversine_km
from geomap.resolvers.wording import Wording, wording_of
from geomap.types import Candidate, Document, Gazetteer, GazetteerEntry, Mention, Resolution, Sentence

WEIGHTS: Mapping[str, float] = {
    "population": 1.2,
    "primary_name": 1.5,
    "abbreviation": 1.0,
    "historic_name": -1.0,
    "country": 4.5,
    "capital": 2.0,
    "admin_unit": -1.5,
    "district": -4.0,
    "area": 1.0,
    "level_fits": 3.5,
    "level_differs": -4.0,
    "level_elsewhere": 2.5,
    "too_big": -6.0,
    "metropolis": 2.5,
    "beside_town": 2.0,
    "government": 3.0,
    "inside_container": 8.0,
    "outside_container": -8.0,
    "same_country": 5.0,
    "same_admin1": 6.0,
    "near_others": 4.0,
    "foreign": -4.0,
}
"""Weights of the features: set by hand, adjusted after two random searches on the train splits of LGL and TR-News."""

SHARPNESS = 0.8
"""Factor on score differences before they become a confidence; chosen on the same train splits."""

NIL_SCORE = 4.0
"""Score of "none of these": below it fewer than one best candidate in four was right on the same train splits."""

SAME_SPOT_KM = 25.0
"""Candidates this close to the winner are no doubt about where it is: Moscow the city and Moscow the federal unit."""

MAX_CANDIDATES = 50
"""Candidates kept per name, the most populous ones, primary names first."""

MAX_ANCHORS = 60
"""Toponyms of a document, the most frequent ones, whose distance is looked at: keeps long documents linear."""

# Populations stand in for importance where the gazetteer has none: medians of the units that have one.
_ASSUMED_POPULATION = {"ADM1": 1_000_000, "ADM2": 60_000, "PPLX": 20_000}
_DEFAULT_POPULATION = {"A": 200_000, "P": 300, "L": 300_000, "H": 300_000, "T": 100_000, "S": 1_000_000}


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """Where the other places of a document lie, weighted by how sure they are."""

    countries: Mapping[str, float]
    admin1s: Mapping[tuple[str, str], float]
    points: tuple[tuple[float, float], ...]


class PopulationResolver:
    """Resolves by population, wording and document coherence.

    Parameters
    ----------
    gazetteer
        Where candidates come from.
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer

    def __call__(
        self, document: Document, sentences: Sequence[Sentence], mentions: Iterable[Mention]
    ) -> tuple[Resolution, ...]:
        """Return one resolution a mention, in the same order; NIL where no entry fits."""
        mentions = tuple(mentions)
        wordings = tuple(wording_of(document.text, mentions, index) for index in range(len(mentions)))
        candidates = {name: self._candidates(name) for name in {mention.toponym for mention in mentions}}
        asked = {(m.toponym.casefold(), wording.level) for m, wording in zip(mentions, wordings, strict=True)}
        regional = {name for name, level in asked if level == "admin" and (name, "settlement") not in asked}
        scored = [
            [
                _scored(c, mention, wording, regional=mention.toponym.casefold() in regional)
                for c in candidates[mention.toponym]
            ]
            for mention, wording in zip(mentions, wordings, strict=True)
        ]
        return _second_pass(mentions, wordings, scored)

    def _candidates(self, toponym: str) -> list[Candidate]:
        found = self.gazetteer.candidates(toponym)
        found.sort(key=lambda c: (c.name_kind != "primary", -_importance(c.entry), c.entry.id))
        return found[:MAX_CANDIDATES]


def _importance(entry: GazetteerEntry) -> int:
    if entry.population:
        return entry.population
    return _ASSUMED_POPULATION.get(entry.feature_code, _DEFAULT_POPULATION.get(entry.feature_class, 1_000))


def _level(entry: GazetteerEntry) -> str:
    if entry.feature_class in ("A", "L"):
        return "admin"
    return {"P": "settlement", "H": "water"}.get(entry.feature_class, "spot")


def _scored(candidate: Candidate, mention: Mention, wording: Wording, *, regional: bool) -> Candidate:
    """Return the candidate with the features that need nothing but its own mention."""
    entry = candidate.entry
    features = {
        "population": math.log10(1 + _importance(entry)),
        "primary_name": float(candidate.name_kind == "primary"),
        "abbreviation": float(candidate.name_kind == "abbreviation"),
        "historic_name": float(candidate.name_kind == "historic" or entry.feature_code == "PCLH"),
        "country": float(entry.feature_code.startswith("PCL") and entry.feature_code != "PCLH"),
        "capital": float(entry.feature_code == "PPLC"),
        "admin_unit": float(entry.feature_code == "ADM1"),
        "district": float(entry.feature_code == "ADM2"),
        "area": float(entry.feature_class in "LHT"),
        "level_fits": float(bool(wording.level) and wording.level == _level(entry)),
        "level_differs": float(bool(wording.level) and wording.level != _level(entry)),
        "level_elsewhere": float(
            regional and not wording.level and not mention.relation and entry.feature_code == "ADM1"
        ),
        "too_big": float(wording.small and entry.population > 500_000),
        "metropolis": float(candidate.name_kind == "primary" and entry.population > 5_000_000),
        "beside_town": float(bool(mention.relation) and not wording.level and entry.feature_class == "P"),
        "government": float(
            mention.role in ("metonymic", "modifier") and entry.feature_code in ("PPLC", "PCLI", "PCL", "PCLD")
        ),
    }
    return _with_features(candidate, features)


def _with_features(candidate: Candidate, features: Mapping[str, float]) -> Candidate:
    kept = {name: round(value, 4) for name, value in features.items() if value}
    score = sum(WEIGHTS[name] * value for name, value in kept.items())
    return replace(candidate, features=kept, score=round(score, 4))


def _ranked(candidates: Iterable[Candidate]) -> list[Candidate]:
    return sorted(candidates, key=lambda c: (-c.score, -c.entry.population, c.entry.id))


def _second_pass(
    mentions: Sequence[Mention], wordings: Sequence[Wording], scored: Sequence[list[Candidate]]
) -> tuple[Resolution, ...]:
    """Add what the containers and the rest of the document say, containers first as they anchor the rest."""
    chosen = [_ranked(candidates) for candidates in scored]
    chosen = [
        _ranked(
            _inside(candidates, [chosen[i][0].entry for i in wording.containers if chosen[i]], listed=wording.listed)
        )
        for candidates, wording in zip(chosen, wordings, strict=True)
    ]
    surroundings = _surroundings(mentions, chosen)
    return tuple(
        _resolution(mention, wording, _ranked(_coherent(c, surroundings[mention.toponym]) for c in ranked))
        for mention, wording, ranked in zip(mentions, wordings, chosen, strict=True)
    )


def _inside(candidates: list[Candidate], containers: Sequence[GazetteerEntry], *, listed: bool) -> list[Candidate]:
    """Reward candidates that lie in the place named as their container, and mark down those that do not.

    Where none lies in it, "X, Y" may be a list: it says nothing then about a country, first-order unit or big city.
    """
    for container in containers:
        verdicts = [_contains(container, candidate.entry) for candidate in candidates]
        if True not in verdicts and (listed or any(_is_prominent(c.entry) for c in candidates)):
            continue
        candidates = [
            candidate
            if verdict is None
            else _with_features(
                candidate, {**candidate.features, "inside_container" if verdict else "outside_container": 1.0}
            )
            for candidate, verdict in zip(candidates, verdicts, strict=True)
        ]
    return candidates


def _is_prominent(entry: GazetteerEntry) -> bool:
    return entry.feature_code.startswith(("PCL", "ADM1", "PPLC")) or entry.population >= 500_000


def _contains(container: GazetteerEntry, entry: GazetteerEntry) -> bool | None:
    """Whether ``entry`` lies in ``container``; ``None`` where the gazetteer cannot tell."""
    if container.id == entry.id:
        return None
    if container.feature_code.startswith("PCL"):
        return entry.country_code == container.country_code if entry.country_code else None
    if not entry.admin1 and entry.feature_class != "A":
        return None if entry.country_code in ("", container.country_code) else False
    if container.feature_code == "ADM1":
        return (entry.country_code, entry.admin1) == (container.country_code, container.admin1)
    if container.feature_code == "ADM2" and entry.admin2:
        return (entry.country_code, entry.admin1, entry.admin2) == (
            container.country_code,
            container.admin1,
            container.admin2,
        )
    distance = haversine_km(container.latitude, container.longitude, entry.latitude, entry.longitude)
    return distance < 100 if container.feature_class == "P" else None


def _probabilities(ranked: Sequence[Candidate]) -> list[tuple[GazetteerEntry, float]]:
    if not ranked:
        return []
    weights = [math.exp(SHARPNESS * (c.score - ranked[0].score)) for c in ranked]
    total = sum(weights)
    return [(c.entry, weight / total) for c, weight in zip(ranked, weights, strict=True)]


def _surroundings(mentions: Sequence[Mention], chosen: Sequence[list[Candidate]]) -> Mapping[str, _Surroundings]:
    """Return for each toponym where the places of the other toponyms lie, as shares of those toponyms."""
    first = {m.toponym: ranked for m, ranked in zip(reversed(mentions), reversed(chosen), strict=True) if ranked}
    shares = {name: _shares(ranked) for name, ranked in first.items()}
    countries: Counter[str] = Counter()
    admin1s: Counter[tuple[str, str]] = Counter()
    for by_country, by_admin1 in shares.values():
        countries.update(by_country)
        admin1s.update(by_admin1)
    frequent = Counter(mention.toponym for mention in mentions if mention.toponym in first).most_common(MAX_ANCHORS)
    anchors = {name: first[name][0].entry for name, _ in frequent}
    others = max(1, len(first) - 1)
    return {
        name: _Surroundings(
            countries={code: (weight - own[0].get(code, 0.0)) / others for code, weight in countries.items() if code},
            admin1s={key: (weight - own[1].get(key, 0.0)) / others for key, weight in admin1s.items() if key[1]},
            points=tuple((e.latitude, e.longitude) for other, e in anchors.items() if other != name and _is_local(e)),
        )
        for name in {mention.toponym for mention in mentions}
        for own in [shares.get(name, ({}, {}))]
    }


def _is_local(entry: GazetteerEntry) -> bool:
    """Whether the entry's point says where it is: that of a country, continent or region does not."""
    return not entry.feature_code.startswith(("PCL", "CONT", "RGN"))


def _shares(ranked: Sequence[Candidate]) -> tuple[dict[str, float], dict[tuple[str, str], float]]:
    """Return how probable it is that a toponym lies in each country and each ADM1."""
    countries: defaultdict[str, float] = defaultdict(float)
    admin1s: defaultdict[tuple[str, str], float] = defaultdict(float)
    for entry, probability in _probabilities(ranked):
        countries[entry.country_code] += probability
        admin1s[entry.country_code, entry.admin1] += probability
    return dict(countries), dict(admin1s)


def _coherent(candidate: Candidate, around: _Surroundings) -> Candidate:
    entry = candidate.entry
    features = dict(candidate.features)
    if not features.get("country"):
        features["same_country"] = around.countries.get(entry.country_code, 0.0)
        features["same_admin1"] = around.admin1s.get((entry.country_code, entry.admin1), 0.0)
        features["near_others"] = _nearness(entry, around.points)
        features["foreign"] = float(
            sum(around.countries.values()) > 0.3
            and features["same_country"] < 0.02
            and entry.country_code != ""
            and not _is_prominent(entry)
        )
    return _with_features(candidate, features)


def _nearness(entry: GazetteerEntry, points: Sequence[tuple[float, float]]) -> float:
    """Return 1 for another place of the document within 10 km, falling with the log of the distance to 0 at 10,000."""
    nearest = min((haversine_km(entry.latitude, entry.longitude, *point) for point in points), default=10_000.0)
    return min(1.0, max(0.0, (4.0 - math.log10(max(nearest, 1.0))) / 3.0))


def _resolution(mention: Mention, wording: Wording, ranked: list[Candidate]) -> Resolution:
    contradicted = bool(ranked and wording.containers and ranked[0].features.get("outside_container"))
    if not ranked or contradicted or ranked[0].score < NIL_SCORE:
        return Resolution(mention=mention, entry=None, confidence=0.0, candidates=tuple(ranked))
    confidence = round(min(0.99, max(0.01, _confidence(ranked))), 2)
    return Resolution(mention=mention, entry=ranked[0].entry, confidence=confidence, candidates=tuple(ranked))


def _confidence(ranked: Sequence[Candidate]) -> float:
    """Return the probability of the winner's spot: that of the city and of the unit of its name around it together."""
    winner = ranked[0].entry
    weights = [math.exp(SHARPNESS * (c.score - ranked[0].score)) for c in ranked]
    here = sum(
        weight
        for c, weight in zip(ranked, weights, strict=True)
        if haversine_km(winner.latitude, winner.longitude, c.entry.latitude, c.entry.longitude) <= SAME_SPOT_KM
    )
    return here / (sum(weights) + math.exp(SHARPNESS * (NIL_SCORE - ranked[0].score)))
