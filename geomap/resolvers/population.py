"""How much is likely to be said of a place before any report is read, and the yardstick that looks at nothing else."""

from collections.abc import Iterable, Sequence

from geomap.types import Candidate, Document, Gazetteer, GazetteerEntry, Mention, Relation, Resolution, Sentence

# Populations stand in for importance where the gazetteer has none: medians of the units that have one.
_ASSUMED_POPULATION = {"ADM1": 1_000_000, "ADM2": 60_000, "PPLX": 20_000}
_DEFAULT_POPULATION = {"A": 200_000, "P": 300, "L": 300_000, "H": 300_000, "T": 100_000, "S": 1_000_000}


def importance(entry: GazetteerEntry) -> int:
    """Return the population, or what stands in for it where the gazetteer has none."""
    if entry.population:
        return entry.population
    return _ASSUMED_POPULATION.get(entry.feature_code, _DEFAULT_POPULATION.get(entry.feature_class, 1_000))


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
