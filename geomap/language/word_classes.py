"""What kinds of thing words mean: the more general senses above those of a word, after WordNet 3.0.

"Plundered" is a looting and a taking, "gunmen" are killers and criminals: what is learnt of one word then holds for
others of its kind. The table holds the classes that the models of `geomap.events` look at.
"""

import json
from collections.abc import Container, Mapping
from functools import cache, lru_cache

from geomap.bundle import MODELS, check_model
from geomap.language.syntax import VERBS

_SUFFIXES = {
    "v": (
        ("ies", "y"), ("es", "e"), ("es", ""), ("s", ""), ("ied", "y"), ("ed", "e"), ("ed", ""), ("ing", "e"),
        ("ing", ""),
    ),
    "n": (("ses", "s"), ("xes", "x"), ("ches", "ch"), ("shes", "sh"), ("men", "man"), ("ies", "y"), ("s", "")),
}  # fmt: skip
"""Endings of inflected words and what takes their place, as WordNet's own morphology has them."""


_WORDS = 16_384  # remembered: reports bring new words without end


@cache
def _table() -> dict[str, dict[str, str]]:
    path = MODELS / "word_classes.json"
    check_model(path)
    found: dict[str, dict[str, str]] = json.loads(path.read_text("utf-8"))
    return found


@lru_cache(maxsize=_WORDS)
def lemma_of(tag: str, word: str) -> str:
    """Return the dictionary form of a word.

    Parameters
    ----------
    tag
        Its Penn Treebank tag: a verb's, or any other for a noun.
    word
        In lower case.

    Returns
    -------
        The word itself where the table has no form of it.
    """
    kind = "v" if tag in VERBS else "n"
    return lemma_among(_table()[kind], word, kind=kind, irregular=_table()[f"{kind} irregular"])


def lemma_among(known: Container[str], word: str, *, kind: str, irregular: Mapping[str, str]) -> str:
    """Return the form of a word, in lower case, that is one of some lemmas; the word itself where none is.

    Parameters
    ----------
    known
        The lemmas.
    word
        In lower case.
    kind
        ``v`` of verbs, ``n`` of nouns.
    irregular
        Forms whose lemma no ending tells.
    """
    if word in irregular:
        return irregular[word]
    if word in known and not (kind == "v" and word.endswith(("ing", "ed"))):
        return word
    for ending, instead in _SUFFIXES[kind]:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            stem = word[: -len(ending)] + instead
            if stem in known:
                return stem
            if len(stem) > 3 and stem[-1] == stem[-2] and stem[:-1] in known:
                return stem[:-1]
    return word


@lru_cache(maxsize=_WORDS)
def classes_of(tag: str, word: str) -> tuple[str, ...]:
    """Return the classes of a noun or verb by its tag and its form in lower case, sorted; none of any other word."""
    if tag not in VERBS and tag not in ("NN", "NNS"):
        return ()
    found = _table()["v" if tag in VERBS else "n"].get(lemma_of(tag, word), "")
    return tuple(found.split())
