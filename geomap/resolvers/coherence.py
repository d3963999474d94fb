"""What the other places of a document say about a candidate: containers first, then countries, units and distances."""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from geomap.gazetteers.distance import haversine_km
from geomap.resolvers.features import is_prominent, with_features
from geomap.resolvers.wording import Wording
from geomap.types import Candidate, GazetteerEntry, Mention

SHARPNESS = 0.8
"""Factor on score differences before they become a confidence; chosen on the same train splits."""

FAR_KM, FAR_SHARE = 1_000.0, 0.4
"""Beyond this distance from all other places, being in their country counts for so much less: Russia is wide."""

ABROAD_KM = 500.0
"""A place in a country that the report does not name is foreign to it only this far from its other places."""

MAX_ANCHORS = 60
"""Toponyms of a document, the most frequent ones, whose distance is looked at: keeps long documents linear."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where the other places of a document lie, weighted by how sure they are."""

    countries: Mapping[str, float]
    admin1s: Mapping[tuple[str, str], float]
    points: tuple[tuple[float, float], ...]


def inside_containers(
    candidates: list[Candidate], containers: Sequence[GazetteerEntry], wording: Wording
) -> list[Candidate]:
    """Reward candidates that lie in the place named as their container, and mark down those that do not.

    Where none lies in it, "X, Y" may be a list: it says nothing then about a country, first-order unit or big city.
    """
    for container in containers:
        verdicts = [_contains(container, candidate.entry) for candidate in candidates]
        doubtful = wording.listed or any(is_prominent(c.entry) for c in candidates)
        if True not in verdicts and doubtful and not wording.strict:
            continue
        candidates = [
            candidate
            if verdict is None
            else with_features(
                candidate, {**candidate.features, "inside_container" if verdict else "outside_container": 1.0}
            )
            for candidate, verdict in zip(candidates, verdicts, strict=True)
        ]
    return candidates


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


def probabilities(ranked: Sequence[Candidate]) -> list[tuple[GazetteerEntry, float]]:
    """Return the entries of scored candidates with the softmax of their scores; empty for no candidates."""
    if not ranked:
        return []
    weights = [math.exp(SHARPNESS * (c.score - ranked[0].score)) for c in ranked]
    total = sum(weights)
    return [(c.entry, weight / total) for c, weight in zip(ranked, weights, strict=True)]


def surroundings_of(mentions: Sequence[Mention], chosen: Sequence[list[Candidate]]) -> Mapping[str, Surroundings]:
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
        name: Surroundings(
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
    for entry, probability in probabilities(ranked):
        countries[entry.country_code] += probability
        admin1s[entry.country_code, entry.admin1] += probability
    return dict(countries), dict(admin1s)


def coherent(candidate: Candidate, around: Surroundings) -> Candidate:
    """Return the candidate with the features that say how well it fits the document."""
    entry = candidate.entry
    features = dict(candidate.features)
    if not features.get("country"):
        share = around.countries.get(entry.country_code, 0.0)
        nearest = _nearest_km(entry, around.points)
        features["same_country"] = share * (FAR_SHARE if around.points and nearest > FAR_KM else 1.0)
        features["same_admin1"] = around.admin1s.get((entry.country_code, entry.admin1), 0.0)
        # 1 for another place within 10 km, falling with the log of the distance to 0 at 10,000 km.
        features["near_others"] = min(1.0, max(0.0, (4.0 - math.log10(max(nearest, 1.0))) / 3.0))
        foreign = (
            sum(around.countries.values()) > 0.2
            and share < 0.02
            and nearest > ABROAD_KM
            and entry.country_code != ""
            and not is_prominent(entry)
        )
        features["foreign_own_name" if features.get("primary_name") else "foreign"] = float(foreign)
    return with_features(candidate, features)


def _nearest_km(entry: GazetteerEntry, points: Sequence[tuple[float, float]]) -> float:
    """Return the distance to the nearest of the points in kilometres; 10,000 when there is none."""
    return min((haversine_km(entry.latitude, entry.longitude, *point) for point in points), default=10_000.0)
