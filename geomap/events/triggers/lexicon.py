"""The words of events, read from ``lexicon.toml``, which says how they are written, and sentences as they label them.

A sentence is cut into words, labelled with what the lexicon knows of them, and divided into clauses.
"""

import re
import tomllib
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from geomap.language.word_lists import SETTLEMENT_WORDS, UNITS, plural_of
from geomap.types import Span

_WORD = re.compile(r"[^\W_]+(?:[’'ʼ][^\W_]+)*")
# A new thing is said after these: "X was shelled, and in Y …". A bare "and" joins too much that belongs together.
_TURNS = frozenset({"while", "whereas", "meanwhile"})
_TURNS_AFTER_COMMA = frozenset({"and", "as", "but"})
_BEFORE_MONTH = frozenset(
    {"in", "on", "of", "since", "last", "until", "late", "early", "mid", "from", "by", "this", "next", "and"}
)
_GAP = 5
_SETTLED = ("area", "areas", *SETTLEMENT_WORDS, *UNITS, *map(plural_of, UNITS))
"""The label that needs no list of its own: nouns of settlements and units."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """One phrase of the lexicon."""

    words: tuple[str, ...]
    """Lower case; ``*`` stands for up to five other words."""
    labels: frozenset[str]
    """What it may be a sign of."""
    kinds: tuple[str, ...]
    """Those of its labels that are triggers, in the order of the decisions; none for words to be passed over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One phrase of the lexicon, found in a sentence."""

    first: int
    """Index of its first word."""
    last: int
    """Index after its last word."""
    labels: frozenset[str]
    """What it may be a sign of."""
    kinds: tuple[str, ...]
    """Those of its labels that are triggers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The words of a sentence and what the lexicon knows of them."""

    text: str
    """The sentence."""
    words: tuple[str, ...]
    """In lower case, possessive endings and case marks removed."""
    spans: tuple[tuple[int, int], ...]
    """Where each word is in the text."""
    pieces: tuple[Piece, ...]
    """The phrases found, in order, disjoint but for the words that a gap leaves open."""
    labels: tuple[frozenset[str], ...]
    """The labels of each word: those of the phrases that it is in."""
    clauses: tuple[int, ...]
    """The clause that each word belongs to, counted from 0."""
    background: frozenset[int]
    """The clauses that tell what a crowd is out for: "marched to mourn those killed in the raid"."""
    shouted: bool
    """Whether it is written in capitals throughout, so that a capital tells nothing."""
    places: frozenset[int] = frozenset()
    """The words that are known to name ground."""
    governments: frozenset[int] = frozenset()
    """The words that are known to name a place and to stand for its government."""

    def phrases(self) -> list[tuple[Piece, Span]]:
        """Return the phrases found with their offsets in the text."""
        return [(piece, (self.spans[piece.first][0], self.spans[piece.last - 1][1])) for piece in self.pieces]

    def is_name(self, index: int) -> bool:
        """Whether the word at an index is written like a name."""
        return index < len(self.spans) and not self.shouted and self.text[self.spans[index][0]].isupper()


@cache
def load_tables() -> dict[str, dict[str, Any]]:
    """Return ``words``, ``groups`` and ``decisions`` as ``lexicon.toml`` has them, read on the first call."""
    tables = tomllib.loads(files("geomap.events.triggers").joinpath("lexicon.toml").read_text("utf-8"))
    return tables | {"words": tables["words"] | {"settled": " ".join(_SETTLED)}}


@cache
def load_phrases() -> dict[str, tuple[Phrase, ...]]:
    """Return the phrases of the lexicon by their first word, longest first."""
    labels: dict[tuple[str, ...], set[str]] = defaultdict(set)
    tables = load_tables()
    for label, text in tables["words"].items():
        groups = {group for group, members in tables["groups"].items() if label in members.split()}
        for entry in text.split():
            for form in _forms(entry):
                labels[tuple(form.split("_"))] |= {label, *groups}
    by_first: dict[str, list[Phrase]] = defaultdict(list)
    for words in sorted(labels, key=lambda words: (-len(words), words)):
        own = labels[words]
        kinds = tuple(kind for kind in tables["decisions"] if kind in own and "block" not in own)
        by_first[words[0]].append(Phrase(words=words, labels=frozenset(own), kinds=kinds))
    return {first: tuple(found) for first, found in by_first.items()}


def _forms(entry: str) -> tuple[str, ...]:
    """Return an entry, or the regular forms of one that ends with a plus sign."""
    if not entry.endswith("+"):
        return (entry,)
    stem = entry[:-1]
    if stem.endswith("e"):
        return stem, stem + "s", stem + "d", stem[:-1] + "ing"
    return stem, stem + ("es" if stem.endswith(("sh", "ch", "ss", "x")) else "s"), stem + "ed", stem + "ing"


def read_sentence(sentence: str, *, places: Sequence[Span] = (), governments: Sequence[Span] = ()) -> Reading | None:
    """Return a sentence cut into words, labelled and divided into clauses; ``None`` where no word may be a trigger.

    Linear in the length of the sentence.

    Parameters
    ----------
    sentence
        What to read.
    places, governments
        Offsets of the names that are known to be of ground, and to stand for a government.
    """
    found = [(match.group(), match.span()) for match in _WORD.finditer(_plain(sentence))]
    words = tuple(word for word, _ in found)
    pieces = _pieces(words)
    if not any(piece.kinds for piece in pieces):
        return None
    spans = tuple(span for _, span in found)
    shouted = sentence.isupper()
    kept = tuple(
        piece
        for piece in pieces
        if not (words[piece.first] in ("march", "may") and _is_month(sentence, words, spans, piece, shouted=shouted))
    )
    labels = _labels(len(words), kept)
    clauses, background = _clauses(sentence, words, spans, labels)
    return Reading(
        text=sentence,
        words=words,
        spans=spans,
        pieces=kept,
        labels=labels,
        clauses=clauses,
        background=background,
        shouted=shouted,
        places=_words_in(spans, places),
        governments=_words_in(spans, governments),
    )


def _words_in(spans: Sequence[Span], names: Sequence[Span]) -> frozenset[int]:
    """Return the indexes of the words that names are made of; both in text order."""
    found: set[int] = set()
    for start, end in names:
        first = bisect_right(spans, start, key=lambda span: span[1])
        found.update(range(first, bisect_left(spans, end, lo=first, key=lambda span: span[0])))
    return frozenset(found)


def _plain(sentence: str) -> str:
    """Return a sentence in lower case with straight apostrophes, every character where it was."""
    lower = sentence.lower()
    if len(lower) != len(sentence):  # a capital that has two characters in lower case, such as the Turkish dotted I
        lower = "".join(small if len(small := character.lower()) == 1 else character for character in sentence)
    return lower.replace("’", "'").replace("ʼ", "'")


def _pieces(words: tuple[str, ...]) -> list[Piece]:
    pieces = []
    position = 0
    for start, word in enumerate(words):
        if start < position:
            continue
        known = load_phrases().get(word)
        if known is None and word.endswith("'s"):
            known = load_phrases().get(word[:-2])
        for phrase in known or ():
            last = _match(words, start, phrase.words)
            if last:
                pieces.append(Piece(first=start, last=last, labels=phrase.labels, kinds=phrase.kinds))
                position = start + 1 if "*" in phrase.words else last
                break
    return pieces


def _match(words: tuple[str, ...], start: int, phrase: tuple[str, ...]) -> int:
    """Return the index after a phrase that begins at ``start``; 0 where it does not."""
    if len(phrase) == 1:
        return start + 1
    if "*" not in phrase:
        end = start + len(phrase)
        matched = words[start + 1 : end - 1] == phrase[1:-1] and end <= len(words)
        return end if matched and words[end - 1].removesuffix("'s") == phrase[-1] else 0
    gap = phrase.index("*")
    head, tail = phrase[:gap], phrase[gap + 1 :]
    if words[start : start + gap] != head:
        return 0
    for begin in range(start + gap, start + gap + _GAP + 1):
        if words[begin : begin + len(tail)] == tail:
            return begin + len(tail)
    return 0


def _is_month(
    sentence: str, words: tuple[str, ...], spans: tuple[tuple[int, int], ...], piece: Piece, *, shouted: bool
) -> bool:
    """Whether "March" or "May" is the month: "in March", "May 3"."""
    if not sentence[spans[piece.first][0]].isupper():
        return False
    before = words[piece.first - 1] if piece.first else ""
    after = words[piece.last] if piece.last < len(words) else ""
    if before in _BEFORE_MONTH or before[:1].isdigit() or after[:1].isdigit():
        return True
    return piece.first > 0 and not shouted


def _labels(count: int, pieces: tuple[Piece, ...]) -> tuple[frozenset[str], ...]:
    labels: list[frozenset[str]] = [frozenset()] * count
    for piece in pieces:
        for index in range(piece.first, piece.last):
            labels[index] |= piece.labels
    return tuple(labels)


def _clauses(
    sentence: str, words: tuple[str, ...], spans: tuple[tuple[int, int], ...], labels: tuple[frozenset[str], ...]
) -> tuple[tuple[int, ...], frozenset[int]]:
    """Return the clause of each word, and the clauses that say what a crowd is out for."""
    clauses: list[int] = []
    background: set[int] = set()
    clause, end, crowd = 0, 0, False
    for word, (start, after), marks in zip(words, spans, labels, strict=True):
        if _turns(word, sentence[end:start]) or (clause in background and "back_to_now" in marks):
            clause, crowd = clause + 1, False
        elif crowd and "cause" in marks and clause not in background:
            clause += 1
            background.add(clause)
        crowd = crowd or "crowd" in marks
        clauses.append(clause)
        end = after
    return tuple(clauses), frozenset(background)


def _turns(word: str, between: str) -> bool:
    """Whether a clause begins at a word, given what stands before it."""
    if ";" in between or " – " in between or " — " in between or word in _TURNS:
        return True
    return "," in between and word in _TURNS_AFTER_COMMA
