"""A sentence as the rules for events see it: its words, the labels that the lexicon gives them, and its clauses."""

import re
from dataclasses import dataclass

from geomap.events.lexicon import Lexicon

_WORD = re.compile(r"[^\W_]+(?:[’'ʼ][^\W_]+)*")
# A new thing is said after these: "X was shelled, and in Y …". A bare "and" joins too much that belongs together.
_TURNS = frozenset({"while", "whereas", "meanwhile"})
_TURNS_AFTER_COMMA = frozenset({"and", "as", "but"})
_BEFORE_MONTH = frozenset(
    {"in", "on", "of", "since", "last", "until", "late", "early", "mid", "from", "by", "this", "next", "and"}
)
_GAP = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One phrase of the lexicon, found in a sentence."""

    first: int
    """Index of its first word."""
    last: int
    """Index after its last word."""
    labels: frozenset[str]
    """What it may be a sign of."""


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

    def is_name(self, index: int) -> bool:
        """Whether the word at an index is written like a name."""
        return index < len(self.spans) and not self.shouted and self.text[self.spans[index][0]].isupper()


def read_sentence(sentence: str, lexicon: Lexicon) -> Reading:
    """Return a sentence cut into words, labelled and divided into clauses; linear in its length."""
    found = list(_WORD.finditer(sentence))
    words = tuple(_plain(match.group()) for match in found)
    spans = tuple(match.span() for match in found)
    shouted = sentence.isupper()
    pieces = tuple(
        piece
        for piece in _pieces(words, lexicon)
        if not (words[piece.first] in ("march", "may") and _is_month(sentence, words, spans, piece, shouted=shouted))
    )
    labels = _labels(len(words), pieces)
    clauses, background = _clauses(sentence, words, spans, labels)
    return Reading(
        text=sentence,
        words=words,
        spans=spans,
        pieces=pieces,
        labels=labels,
        clauses=clauses,
        background=background,
        shouted=shouted,
    )


def _plain(word: str) -> str:
    return word.lower().replace("’", "'").replace("ʼ", "'")


def _pieces(words: tuple[str, ...], lexicon: Lexicon) -> list[Piece]:
    pieces = []
    position = 0
    while position < len(words):
        word = words[position]
        step = 1
        for phrase in lexicon.phrases.get(word) or lexicon.phrases.get(word.removesuffix("'s"), ()):
            last = _match(words, position, phrase.words)
            if last:
                pieces.append(Piece(first=position, last=last, labels=phrase.labels))
                step = 1 if "*" in phrase.words else last - position
                break
        position += step
    return pieces


def _match(words: tuple[str, ...], start: int, phrase: tuple[str, ...]) -> int:
    """Return the index after a phrase that begins at ``start``; 0 where it does not."""
    if "*" not in phrase:
        end = start + len(phrase)
        matched = words[start + 1 : end - 1] == phrase[1:-1] and (
            len(phrase) == 1 or (end <= len(words) and words[end - 1].removesuffix("'s") == phrase[-1])
        )
        return end if matched else 0
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
    return words[piece.first] == "may" and piece.first > 0 and not shouted


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
