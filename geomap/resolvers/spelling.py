"""Other spellings under which a gazetteer may know a toponym, and how alike two spellings are."""

import re
from functools import lru_cache

from geomap.gazetteers.names import normalize, without_article
from geomap.language.word_lists import NAMED_UNITS, SETTLEMENTS

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


_VOWELS = {"a": "ae", "e": "aei", "i": "iey", "o": "ou", "u": "uo", "y": "yi"}
_FIRST = {"k": ("k", "q"), "q": ("q", "k"), "y": ("y", "i"), "j": ("j", "y"), "h": ("h", "kh"), "c": ("c", "k")}


def beginnings(key: str) -> tuple[str, ...]:
    """Return the three letters, and their usual alternatives, with which other spellings of a key may begin."""
    plain = without_article(key) or key
    firsts = _FIRST.get(plain[:1], (plain[:1],))
    rest = [_VOWELS.get(letter, letter) for letter in plain[1:3]]
    return tuple(dict.fromkeys(a + b + c for a in firsts for b in rest[0] for c in rest[1])) if len(rest) == 2 else ()


def is_same_name(one: str, other: str) -> bool:
    """Return whether two names are the same but for their transcription: Mykolaiv and Mykolayiv."""
    return one == other or skeleton(normalize(one)) == skeleton(normalize(other))
