"""The baseline resolver: the most populous entry, corrected by the words around the mention and by the document.

Two passes: the first looks at each mention alone, the second also at where the other places of the document lie.
"""

import math
from collections.abc import Iterable, Sequence

from geomap.gazetteers.distance import haversine_km
from geomap.resolvers.coherence import SHARPNESS, coherent, inside_containers, surroundings_of
from geomap.resolvers.features import importance, ranked_candidates, scored
from geomap.resolvers.wording import Wording, wording_of
from geomap.types import Candidate, Document, Gazetteer, Mention, Relation, Resolution, Sentence

NIL_SCORE = 4.0
"""Score of "none of these": below it fewer than one best candidate in four was right on the same train splits."""

SAME_SPOT_KM = 25.0
"""Candidates this close to the winner are no doubt about where it is: Moscow the city and Moscow the federal unit."""

MAX_CANDIDATES = 50
"""Candidates kept per name, the most populous ones, primary names first."""


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
        self,
        document: Document,
        sentences: Sequence[Sentence],
        mentions: Iterable[Mention],
        relations: Sequence[Relation] = (),
    ) -> tuple[Resolution, ...]:
        """Return one resolution a mention, in the same order; NIL where no entry fits."""
        mentions = tuple(mentions)
        wordings = tuple(wording_of(document.text, mentions, index) for index in range(len(mentions)))
        names = {mention.toponym for mention in mentions}
        rivers = {m.toponym for m, wording in zip(mentions, wordings, strict=True) if wording.level == "water"}
        candidates = {name: self._candidates(name) for name in names}
        candidates |= {name: [*candidates[name], *self._candidates(f"{name} River")] for name in rivers}
        asked = {(m.toponym.casefold(), wording.level) for m, wording in zip(mentions, wordings, strict=True)}
        regional = {name for name, level in asked if level == "admin" and (name, "settlement") not in asked}
        first = [
            [
                scored(c, mention, wording, regional=mention.toponym.casefold() in regional)
                for c in candidates[mention.toponym]
            ]
            for mention, wording in zip(mentions, wordings, strict=True)
        ]
        return _second_pass(mentions, wordings, first)

    def _candidates(self, toponym: str) -> list[Candidate]:
        found = self.gazetteer.candidates(toponym)
        found.sort(key=lambda c: (c.name_kind != "primary", -importance(c.entry), c.entry.id))
        return found[:MAX_CANDIDATES]


def _second_pass(
    mentions: Sequence[Mention], wordings: Sequence[Wording], first: Sequence[list[Candidate]]
) -> tuple[Resolution, ...]:
    """Add what the containers and the rest of the document say, containers first as they anchor the rest."""
    chosen = [ranked_candidates(candidates) for candidates in first]
    chosen = [
        ranked_candidates(
            inside_containers(candidates, [chosen[i][0].entry for i in wording.containers if chosen[i]], wording)
        )
        for candidates, wording in zip(chosen, wordings, strict=True)
    ]
    surroundings = surroundings_of(mentions, chosen)
    return tuple(
        _resolution(mention, wording, ranked_candidates(coherent(c, surroundings[mention.toponym]) for c in ranked))
        for mention, wording, ranked in zip(mentions, wordings, chosen, strict=True)
    )


def _resolution(mention: Mention, wording: Wording, ranked: list[Candidate]) -> Resolution:
    contradicted = bool(ranked and wording.containers and ranked[0].features.get("outside_container"))
    contradicted |= bool(ranked and wording.level == "water" and ranked[0].features.get("level_differs"))
    if not ranked or contradicted or ranked[0].score < NIL_SCORE:
        return Resolution(mention=mention, entry=None, confidence=0.0, candidates=tuple(ranked))
    confidence = round(min(0.99, max(0.01, _confidence(ranked))), 2)
    return Resolution(mention=mention, entry=ranked[0].entry, confidence=confidence, candidates=tuple(ranked))


def _confidence(ranked: Sequence[Candidate]) -> float:
    """Return the probability of the winner, for a town together with the unit of its name around it."""
    winner = ranked[0].entry
    reach = SAME_SPOT_KM if winner.feature_class == "P" else 0.0
    weights = [math.exp(SHARPNESS * (c.score - ranked[0].score)) for c in ranked]
    here = sum(
        weight
        for c, weight in zip(ranked, weights, strict=True)
        if haversine_km(winner.latitude, winner.longitude, c.entry.latitude, c.entry.longitude) <= reach
    )
    return here / (sum(weights) + math.exp(SHARPNESS * (NIL_SCORE - ranked[0].score)))
