"""The yardstick: always the most populous place that bears a name, whatever the report says."""

from collections.abc import Iterable, Sequence

from geomap.resolvers.importance import importance
from geomap.types import Candidate, Document, Gazetteer, Mention, Relation, Resolution, Sentence


class PopulationResolver:
    """Resolves each name to a country, else to the most populous place whose own name it is, else to the most populous.

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
        relations: Sequence[Relation] | None = None,
    ) -> tuple[Resolution, ...]:
        """Return one resolution a mention, in the same order; NIL where no place has the name."""
        return tuple(self._resolution(mention) for mention in mentions)

    def _resolution(self, mention: Mention) -> Resolution:
        ranked = tuple(sorted(self.gazetteer.candidates(mention.toponym), key=_rank))
        share = importance(ranked[0].entry) / sum(importance(c.entry) for c in ranked) if ranked else 0.0
        return Resolution(
            mention=mention,
            entry=ranked[0].entry if ranked else None,
            confidence=round(min(0.99, max(0.01, share)), 2) if ranked else 0.0,
            candidates=ranked,
        )


def _rank(candidate: Candidate) -> tuple[bool, bool, int, str]:
    own = candidate.name_kind == "primary"
    return candidate.entry.level != "country", not own, -importance(candidate.entry), candidate.entry.id
