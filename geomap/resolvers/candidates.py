"""Which entries a mention might refer to: by name, by another spelling of it, and as a last resort by likeness."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Protocol, runtime_checkable

from rapidfuzz import fuzz, process

from geomap.gazetteers.names import normalize
from geomap.resolvers.population import importance
from geomap.resolvers.spelling import beginnings, skeleton, variants
from geomap.types import Candidate, Gazetteer

Lookup = Callable[[str], Sequence[Candidate]]
"""Gives what a gazetteer has under a name."""

MAX_CANDIDATES = 150
"""Candidates kept per name: the place's own name first, then the more populous."""

MIN_LIKENESS = 84.0
"""Least rapidfuzz ratio, of 100, of a name that is only like the toponym: see the experiments in the model's card."""

_MIN_FUZZY_LETTERS = 5
_FUZZY_KEYS = 12
_WANTED = {"admin": "A", "town": "P"}  # What is looked for under a name without its level word.


@runtime_checkable
class KeyedGazetteer(Protocol):
    """A gazetteer that can list its keys, so that misspelt names are found."""

    def keys_like(self, beginning: str, *, shortest: int, longest: int) -> list[str]:
        """Return the keys that begin with some letters and have a length between two bounds."""
        ...


class CandidateFinder:
    """Finds the candidates of a toponym, at most `MAX_CANDIDATES`.

    Each candidate's ``features`` say how its name was found: ``cut`` (a level, town or compass word was cut off),
    ``respelt`` (same skeleton), ``unlike`` (0 for the same letters, up to 1 for a name that is only alike).

    Parameters
    ----------
    gazetteer
        Where names are looked up. Only a `KeyedGazetteer` is searched for names that are alike.
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer

    def find(self, toponym: str) -> tuple[Candidate, ...]:
        """Return the candidates of a toponym, own names first, then by population; empty when nothing is alike."""
        found = {candidate.entry.id: candidate for candidate in self.gazetteer.candidates(toponym)}
        exact = bool(found)
        for name, how in variants(toponym):
            if exact and how == "part":
                continue
            wanted, cut = _WANTED.get(how, ""), {} if how == "abbreviation" else {"cut": 2.0 if how == "part" else 1.0}
            for candidate in self.gazetteer.candidates(name):
                entry = candidate.entry
                if exact and wanted and (entry.feature_class != wanted or entry.feature_code.startswith("PCL")):
                    continue
                found.setdefault(entry.id, replace(candidate, features=cut))
        candidates = list(found.values()) or list(self._alike(toponym))
        candidates.sort(key=lambda c: (c.name_kind != "primary", -importance(c.entry), c.entry.id))
        return tuple(candidates[:MAX_CANDIDATES])

    def _alike(self, toponym: str) -> Iterator[Candidate]:
        """Yield the candidates whose names are spelt nearly like the toponym, the likest names first."""
        key = normalize(toponym)
        if not isinstance(self.gazetteer, KeyedGazetteer) or len(key) < _MIN_FUZZY_LETTERS or not key[0].isalpha():
            return
        seen = set()
        for name, likeness in like_keys(self.gazetteer, key):
            for candidate in self.gazetteer.candidates(name):
                if candidate.entry.id not in seen and candidate.name_kind in ("primary", "alternate"):
                    seen.add(candidate.entry.id)
                    features = {"respelt": 1.0} if likeness == 100 else {"unlike": round(1 - likeness / 100, 3)}
                    yield replace(candidate, features=features)


def like_keys(gazetteer: KeyedGazetteer, key: str) -> list[tuple[str, float]]:
    """Return the keys of a gazetteer that are spelt nearly like a key, with their likeness up to 100, likest first.

    Where keys have the same skeleton, nothing else is returned.
    """
    shape = skeleton(key)
    bounds = {"shortest": max(3, len(key) - 3), "longest": len(key) + 5}
    keys = sorted({k for beginning in beginnings(key) for k in gazetteer.keys_like(beginning, **bounds)})
    shapes = [k for k, _, _ in process.extract(key, keys, scorer=fuzz.ratio, score_cutoff=65, limit=200)]
    same = [k for k in shapes if skeleton(k) == shape]
    if same:
        return [(k, 100.0) for k in sorted(same)[:_FUZZY_KEYS]]
    alike = process.extract(key, keys, scorer=fuzz.ratio, score_cutoff=MIN_LIKENESS, limit=_FUZZY_KEYS)
    return sorted(((k, float(likeness)) for k, likeness, _ in alike), key=lambda pair: (-pair[1], pair[0]))
