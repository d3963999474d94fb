"""Which entries a mention might refer to: by name, by another spelling of it, and as a last resort by likeness."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Protocol, runtime_checkable

from rapidfuzz import fuzz, process

from geomap.gazetteers.names import normalize, without_article
from geomap.language.word_lists import NAMED_UNITS, SETTLEMENTS
from geomap.resolvers.population import importance
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

LEVEL_WORDS = frozenset((*NAMED_UNITS, "emirate", "republic"))
"""Words that name a unit's level, before or after its name."""

TOWN_WORDS = frozenset((*SETTLEMENTS, "area", "camp", "downtown", "port"))
"""Words that name a settlement's kind, before or after its name."""

_COMPASS = frozenset(
    ["north", "south", "east", "west", "northern", "southern", "eastern", "western", "central", "northeast",
     "northwest", "southeast", "southwest", "northeastern", "northwestern", "southeastern", "southwestern",
     "upper", "lower",
     "greater", "inner", "outer", "downtown", "rural", "old", "mainland", "metropolitan", "metro"]
)  # fmt: skip
_POSTAL = re.compile(r"[A-Z][a-z]\.")
# Each line joins spellings of one sound; longer ones first, so that "shch" is not read as "sh" and "ch".
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in [
        (r"shch|sch", "s"), (r"tch|tsh|ch", "c"), (r"sh", "s"), (r"kh|gh", "h"), (r"zh|dj|dzh", "j"), (r"ts|tz", "c"),
        (r"ph", "f"), (r"th", "t"), (r"dh", "d"), (r"ck|q", "k"), (r"w", "v"), (r"ou|oo|u", "o"),
        (r"ee|ei|ie|ai|ay|ey", "i"),
        (r"(?<=[^aeiou])[iyj](?=[aeo])", ""), (r"[iyj]+", "i"), (r"e", "a"), (r"h\b", ""),
    ]
)  # fmt: skip
_DOUBLED = re.compile(r"(.)\1+")
_VOWELS = {"a": "ae", "e": "aei", "i": "iey", "o": "ou", "u": "uo", "y": "yi"}
_FIRST = {"k": ("k", "q"), "q": ("q", "k"), "y": ("y", "i"), "j": ("j", "y"), "h": ("h", "kh"), "c": ("c", "k")}


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


def variants(toponym: str) -> tuple[tuple[str, str], ...]:
    """Return other names to look a toponym up under, most faithful first.

    Parameters
    ----------
    toponym
        As written, such as "Kursk region", "Ky.", "River Lune", "southern Turkey" or "Long Beach, California".

    Returns
    -------
        Pairs of a name and what was done to get it: ``abbreviation``, ``admin`` (a level word cut off), ``town``,
        ``turned`` ("Lune River"), ``part`` (a compass word or what follows a comma cut off). Empty for a plain name.
    """
    found: list[tuple[str, str]] = []
    bare = re.sub(r"(?:['’]s|['’])$", "", toponym.strip(' \t\n"“”().,;:-–—'))
    dotted = toponym.strip()
    if _POSTAL.fullmatch(dotted):
        found.append((dotted[:2].upper(), "abbreviation"))
    if dotted == "W.Va.":
        found.append(("WV", "abbreviation"))
    head, comma, _ = bare.partition(",")
    if comma and head.strip():
        found.append((head.strip(), "part"))
    found += _without_level(bare.split())
    if bare != toponym and bare:
        found.append((bare, "part"))
    return tuple(dict.fromkeys((name, how) for name, how in found if name and name != toponym))


def _without_level(words: list[str]) -> list[tuple[str, str]]:
    """Return the names left when level, town and compass words are cut off either end."""
    if len(words) < 2:
        return []
    low = [word.lower().strip(".") for word in words]
    found = []
    for vocabulary, how in ((LEVEL_WORDS, "admin"), (TOWN_WORDS, "town")):
        if low[-1] in vocabulary:
            found.append((" ".join(words[:-1]), how))
        if low[0] in vocabulary:
            found.append((" ".join(words[2:] if low[1] == "of" else words[1:]), how))
    if low[0] in _COMPASS:
        found.append((" ".join(words[1:]), "part"))
    if low[0] in ("lake", "river", "mount"):
        found.append((" ".join([*words[1:], words[0]]), "turned"))
    if low[-1] in ("lake", "river", "mountain"):
        found.append((" ".join([words[-1], *words[:-1]]), "turned"))
    return found


@lru_cache(maxsize=16384)
def skeleton(key: str) -> str:
    """Return what the transcriptions of a name share: ``klisciivka`` for Klishchiyivka and Klishchiivka.

    Parameters
    ----------
    key
        A key from `geomap.gazetteers.names.normalize`.
    """
    plain = without_article(key) or key
    for pattern, sound in _SOUNDS:
        plain = pattern.sub(sound, plain)
    return _DOUBLED.sub(r"\1", plain.replace(" ", ""))


def beginnings(key: str) -> tuple[str, ...]:
    """Return the three letters, and their usual alternatives, with which other spellings of a key may begin."""
    plain = without_article(key) or key
    firsts = _FIRST.get(plain[:1], (plain[:1],))
    rest = [_VOWELS.get(letter, letter) for letter in plain[1:3]]
    return tuple(dict.fromkeys(a + b + c for a in firsts for b in rest[0] for c in rest[1])) if len(rest) == 2 else ()


def is_same_name(one: str, other: str) -> bool:
    """Return whether two names are the same but for their transcription: Mykolaiv and Mykolayiv."""
    return one == other or skeleton(normalize(one)) == skeleton(normalize(other))
