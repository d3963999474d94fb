"""Words that were broken at the end of a line, as in text taken from a PDF, put together again."""

import json
import re
from collections.abc import Callable
from functools import cache
from importlib.resources import files

_WORD = r"[^\W\d_]{1,40}(?:['’ʼ-][^\W\d_]{1,40}){0,4}"
_BROKEN = re.compile(
    rf"""
    (?<![\w'’ʼ-])
    (?P<before>{_WORD}[ ])?       # the word before, for names of two words
    (?P<head>{_WORD})[-\u2010\xad]\n[ \t]*
    (?P<tail>{_WORD})
    """,
    re.VERBOSE,
)
_ENDINGS = re.compile(r"(?:ings?|e?s|ed|ers?|ly|ments?|ness)$")
_SHORTEST_STEM = 4


def join_broken_words(text: str) -> str:
    r"""Return a text in which words broken with a hyphen at a line's end are whole, where the whole is known.

    Known is what stands elsewhere in the text, is a place of the gazetteer (alone, or behind the word before it), or is
    an English word. The line goes on behind it. All else stays: "well-\nknown" keeps its hyphen.

    Parameters
    ----------
    text
        Its lines end with ``\n``.
    """
    if not re.search(r"\w[-\u2010\xad]\n", text):
        return text
    written = frozenset(re.findall(_WORD, text))
    from geomap.gazetteers import load_gazetteer

    with load_gazetteer() as gazetteer:
        return _BROKEN.sub(lambda match: _joined(match, written, gazetteer.has_name), text)


def _joined(match: re.Match[str], written: frozenset[str], is_name: Callable[[str], bool]) -> str:
    """Return what stands in place of a broken word: the whole, or what was there."""
    before, head, tail = match["before"] or "", match["head"], match["tail"]
    if tail[0].isupper() and not head.isupper():
        whole = f"{head}-{tail}"  # Guinea-Bissau
        known = whole in written or is_name(whole)
    else:
        whole = head + tail
        named = head[0].isupper() and (is_name(whole) or bool(before and is_name(before + whole)))
        known = named or whole in written or is_word(whole.rpartition("-")[2])
    return f"{before}{whole}" if known else match[0]


def is_word(text: str) -> bool:
    """Return whether a text is an English word: one that the recogniser's vocabulary holds, or one formed from it."""
    word = text.lower()
    stem = _ENDINGS.sub("", word)
    return word in _vocabulary() or (stem != word and len(stem) >= _SHORTEST_STEM and stem in _vocabulary())


@cache
def _vocabulary() -> frozenset[str]:
    pieces = json.loads(files("geomap.models").joinpath("tokenizer.json").read_text("utf-8"))["model"]["vocab"]
    return frozenset(piece for piece in pieces if piece.isalpha())
