"""A sentence as the models of events see it: its words, their syntax, their labels, and which of them name places."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np
from spacy.tokens import Doc, Token

from geomap.events.deaths.numbers import Toll
from geomap.events.deaths.tolls import tolls_in
from geomap.events.triggers.lexicon import Reading, read_sentence
from geomap.events.weights import Floats, load_model
from geomap.language.lines import LIST_SIGNS, dateline_end
from geomap.language.silent import spoken_text
from geomap.language.syntax import no_tree, parse_sentences, top_of
from geomap.recognizers.encoder import STATE, PlaceEncoder, WordStates
from geomap.recognizers.trained import load_encoder
from geomap.types import ParsedDocument, Sentence, Span

PARSED, KNOWN = 0.1, 0.015
"""From which hint of one of its words a sentence is parsed: one without a phrase of the lexicon, and one with. Of the
2,793 sentences that .08 and 0 would parse in 418 texts of LGL, TR-News and Worldwide newswire, 465 have less; three of
these, of 345 in all, were taken for telling of something. The event reports lose none."""

_CLOSED = re.compile(r"[.!?:…][\"”’»)\]]*$")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Telling:
    """One sentence of a report."""

    text: str
    """As written."""
    tree: Doc
    """Its words and their syntax."""
    reading: Reading | None
    """What the lexicon knows of it; ``None`` where none of its words may be a trigger."""
    labels: tuple[frozenset[str], ...]
    """The labels of the lexicon that each word of the tree has."""
    words: tuple[str, ...] = ()
    """The words of the tree in lower case."""
    nouns: frozenset[str] = frozenset()
    """Those of them that are common nouns."""
    places: frozenset[int] = frozenset()
    """The words of the tree that name ground."""
    governments: frozenset[int] = frozenset()
    """The words of the tree that stand for a government."""
    tolls: tuple[Toll, ...] = ()
    """What it says of deaths."""
    states: Floats = field(default_factory=lambda: np.zeros((0, STATE), np.float32))
    """What the encoder makes of each word of the tree: one row a word."""
    hints: tuple[float, ...] = ()
    """How likely each word of the tree is a trigger by its state alone, 0 to 1."""
    first: bool = False
    """Whether it opens the report."""
    year: int | None = None
    """The year of publication; ``None`` when unknown."""

    @property
    def heading(self) -> bool:
        """Whether it lacks the stop that ends a sentence."""
        return not _CLOSED.search(self.text)

    @property
    def bullet(self) -> bool:
        """Whether it is an item of a bullet list."""
        return self.text.startswith(tuple(LIST_SIGNS))

    def words_in(self, span: Span) -> list[int]:
        """Return the indexes of the words of the tree that a stretch of the text touches, in order."""
        return list(_words_in(self.tree, span))

    def head_of(self, span: Span) -> Token | None:
        """Return the word that the others of a stretch of the text hang on; ``None`` where no word is."""
        top = top_of(self.tree, self.words_in(span))
        return None if top is None else self.tree[top]


def tell(
    texts: Sequence[str],
    *,
    places: Sequence[Sequence[Span]] = (),
    governments: Sequence[Sequence[Span]] = (),
    first: int | None = None,
    year: int | None = None,
    words: Sequence[WordStates] = (),
) -> list[Telling]:
    """Parse and label sentences.

    Parameters
    ----------
    texts
        The sentences.
    places, governments
        For each, the offsets of the names that are known to be of ground, and of those that stand for a government.
    first
        Which of them opens the report.
    year
        The year of publication.
    words
        For each, what the encoder makes of its words; empty has it read each by itself. A sentence is parsed when one
        of its words has a hint of `PARSED` or more, or `KNOWN` beside a phrase of the lexicon; the others tell of
        nothing. Parsing costs more than all else, and most sentences of most news are of no conflict.
    """
    grounds, powers = places or [()] * len(texts), governments or [()] * len(texts)
    readings = [
        read_sentence(text, places=ground, governments=power)
        for text, ground, power in zip(texts, grounds, powers, strict=True)
    ]
    words = words or [read_words(text, [(0, len(text))]) for text in texts]
    hints = [hints_of(one) for one in words]
    parsed = [
        number
        for number, one in enumerate(readings)
        if hints[number].max(initial=0) >= (PARSED if one is None else KNOWN)
    ]
    openings = [dateline_end(texts[number], (0, len(texts[number]))) for number in parsed]
    trees = dict(zip(parsed, parse_sentences([texts[number] for number in parsed], openings), strict=True))
    found = []
    for number, (text, reading) in enumerate(zip(texts, readings, strict=True)):
        tree = trees.get(number, no_tree())
        states, likely = _aligned(tree, words[number], hints[number])
        found.append(
            Telling(
                text=text,
                tree=tree,
                reading=reading,
                labels=_labels(tree, reading),
                words=tuple(token.lower_ for token in tree),
                nouns=frozenset(token.lower_ for token in tree if token.tag_ in ("NN", "NNS")),
                places=frozenset(word for span in grounds[number] for word in _words_in(tree, span)),
                governments=frozenset(word for span in powers[number] for word in _words_in(tree, span)),
                tolls=tuple(tolls_in(text, tree)) if number in trees else (),
                states=states,
                hints=likely,
                first=number == first,
                year=year,
            )
        )
    return found


def _words_in(tree: Doc, span: Span) -> range:
    first = bisect_right(tree, span[0], key=lambda token: int(token.idx) + len(token))
    return range(first, bisect_left(tree, span[1], lo=first, key=lambda token: int(token.idx)))


@cache
def _encoder() -> PlaceEncoder:
    return load_encoder(Path(__file__).resolve().parents[1] / "models" / "encoder.onnx")


def read_words(text: str, sentences: Sequence[Span]) -> WordStates:
    """Return what the default encoder makes of the words of a text, for a recogniser that does not tell."""
    whole = text.encode("utf-8", "replace").decode("utf-8")  # half a surrogate pair is no character
    return _encoder().read(whole, sentences).words


def hints_of(words: WordStates) -> Floats:
    """Return how likely each word is a trigger by its state alone, 0 to 1."""
    return load_model("hint").chance_of_each(words.states.astype(np.float32))


def _aligned(tree: Doc, words: WordStates, hints: Floats) -> tuple[Floats, tuple[float, ...]]:
    """Return the mean state of the encoder's words that touch each word of the tree, and their highest hint."""
    states = np.zeros((len(tree), STATE), np.float32)
    highest = [0.0] * len(tree)
    counts = [0] * len(tree)
    for number, (start, end) in enumerate(words.spans.tolist() if len(tree) else ()):
        for at in _words_in(tree, (start, end)):
            states[at] += words.states[number]
            highest[at] = max(highest[at], float(hints[number]))
            counts[at] += 1
    states /= np.maximum(np.array(counts, np.float32), 1)[:, None]
    return states, tuple(highest)


def _labels(tree: Doc, reading: Reading | None) -> tuple[frozenset[str], ...]:
    labels: list[frozenset[str]] = [frozenset()] * len(tree)
    for span, marks in zip(reading.spans, reading.labels, strict=True) if reading else ():
        for word in _words_in(tree, span) if marks else ():
            labels[word] |= marks
    return tuple(labels)


def tell_report(
    parsed: ParsedDocument, sentences: Sequence[Sentence], words: WordStates | None = None
) -> dict[int, Telling]:
    """Return sentences of a report by their index, with what is silent left out.

    Parameters
    ----------
    parsed
        The report, with its resolutions.
    sentences
        Those to return.
    words
        What the encoder made of the words of the text; ``None`` has it read them.
    """
    spoken, published = spoken_text(parsed.document.text), parsed.document.published
    words = words or read_words(spoken, [(one.start, one.end) for one in sentences])
    spans: dict[tuple[int, str], list[Span]] = {}
    for one in parsed.resolutions:
        if not one.mention.demonym:
            spans.setdefault((one.mention.sentence, one.mention.role), []).append((one.mention.start, one.mention.end))
    found = tell(
        [spoken[one.start : one.end] for one in sentences],
        places=[_moved(spans.get((one.index, "literal"), ()), one.start) for one in sentences],
        governments=[_moved(spans.get((one.index, "metonymic"), ()), one.start) for one in sentences],
        first=0 if sentences and sentences[0].index == 0 else None,
        year=published.year if published else None,
        words=[words.within(one.start, one.end) for one in sentences],
    )
    return {sentence.index: telling for sentence, telling in zip(sentences, found, strict=True)}


def _moved(spans: Sequence[Span], start: int) -> list[Span]:
    return [(first - start, last - start) for first, last in spans]
