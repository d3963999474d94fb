"""Split news text into sentences without breaking "U.S.", "Gen.", "Mr." and "No. 5".

The one place that decides where sentences begin. Registered as the spaCy factory ``geomap_sentences``.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator

import numpy as np
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from geomap.language.silent import spoken_text
from geomap.recognizers.word_sets import load_words
from geomap.spacy_docs import add_extensions, document_of, trimmed_span
from geomap.types import Span

# A stop, any closing quotes or brackets, white space, then something that can open a sentence. It begins where a run of
# stops does: from each of 80,000 dots, looking for the end of the run takes a minute.
_STOP = re.compile(r"(?<![.!?…])[.!?…]+[\"'”’»)\]]*\s+(?=[\"'“‘«(\[—–-]?\s?[^\W_])")
_LAST_WORD = re.compile(r"[^\s(\[\"“‘«]+$")
_NEXT_WORD = re.compile(r"[\"'“‘«(\[—–-]*\s?([^\s,.;:!?]+)")
_SHORTEST = 20  # characters of a broken line: a shorter one is a heading or an item of a list
LONGEST = 2000
"""Characters of a sentence at most: of 67,000 in corpora of news and reports the longest has 1,530. What weighs words
of a sentence against each other, as the rooms behind do, then takes time that grows with the text alone."""
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]?$")


def sentence_spans(text: str) -> list[Span]:
    """Return the sentences of a text.

    Line breaks end a sentence, except inside paragraphs that are wrapped at a fixed width, and where a line ends in the
    middle of a sentence and the next begins with a small letter; so does a stop before a footnote mark. What goes on
    for more than `LONGEST` characters is cut there, between words if it can be. Linear in the length.

    Returns
    -------
        Half-open spans in order, without surrounding white space; empty for a text of white space only.
    """
    spans = []
    spoken = spoken_text(text)
    for start, end in _paragraphs(text):
        begin = start
        for match in _STOP.finditer(spoken, start, end):
            if _ends_sentence(spoken, begin, match.start(), match.end()):
                spans.append((begin, match.end()))
                begin = match.end()
        spans.append((begin, end))
    trimmed = (trimmed_span(text, part) for span in spans for part in _parts(text, *trimmed_span(text, span)))
    return [span for span in trimmed if span[0] < span[1]]


def _parts(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield a sentence in parts that are not too long."""
    while end - start > LONGEST:
        blank = text.rfind(" ", start, start + LONGEST)
        cut = blank + 1 if blank > start else start + LONGEST
        yield start, cut
        start = cut
    yield start, end


def _paragraphs(text: str) -> Iterator[Span]:
    """Yield stretches that no sentence crosses: lines, or blocks of lines that are wrapped at a fixed width."""
    start = 0
    block: list[int] = []
    for line in text.splitlines(keepends=True):
        end = start + len(line)
        if not block or not _continues(text[block[-1] : start], line):
            if block:
                yield block[0], start
            block = []
        block.append(start)
        start = end
    if block:
        yield block[0], start


def _continues(line: str, following: str) -> bool:
    """Whether ``following`` carries on the paragraph of ``line``.

    Typewritten lines are 50 to 100 characters long; one of another length goes on in the middle of a sentence only.
    """
    before, after = line.rstrip(), following.strip()
    if not after or not 50 <= len(before) <= 100:
        return after[:1].islower() and len(before) >= _SHORTEST and before[-1] not in ".!?…:;"
    return before[-1] not in ".!?…:\"'”’»" or after[0].islower()


def _ends_sentence(text: str, begin: int, stop: int, after: int) -> bool:
    """Decide whether the stop at ``stop`` ends the sentence that began at ``begin``."""
    following = _NEXT_WORD.match(text, after, after + 80)
    next_word = following.group(1) if following else ""
    if next_word[:1].islower():
        return text[stop] in "!?" and text[stop + 1 : stop + 2] not in "\"'”’»"
    if text[stop] != ".":
        return True
    last = _LAST_WORD.search(text, max(begin, stop - 40), stop)
    word = last.group().lower() if last else ""
    words = load_words()
    if word in words.bound:
        return False
    if word == "no" and next_word[:1].isdigit():
        return False
    if word in words.loose or _INITIALS.fullmatch(word + "."):
        return next_word.lower() in words.openers and not (len(word) == 1 and next_word == "A")
    return True


@Language.factory("geomap_sentences")
def _create(nlp: Language, name: str) -> "SentenceSplitter":
    add_extensions()
    return SentenceSplitter()


class SentenceSplitter:
    """A spaCy component that sets the sentence starts of a `Doc` from `sentence_spans`."""

    def __call__(self, doc: Doc) -> Doc:
        """Mark the first token of every sentence, and every other token as not."""
        starts = [start for start, _ in sentence_spans(document_of(doc).text)]
        marks = np.full(len(doc), -1, dtype=np.int64)
        current = 0
        for position, offset in enumerate(doc.to_array("IDX").tolist()):
            index = bisect_right(starts, offset)
            if position == 0 or index > current:
                marks[position] = 1
            current = max(current, index)
        # All at once: spaCy looks through the whole Doc each time one token's mark is set.
        doc.from_array(["SENT_START"], marks.astype(np.uint64).reshape(-1, 1))  # type: ignore[arg-type]
        return doc


def blank_pipeline() -> Language:
    """Return a spaCy pipeline that splits English text into sentences and does nothing else."""
    nlp = spacy.blank("en")
    nlp.max_length = 1_000_000_000  # the limit protects parsers, and there is none here
    nlp.add_pipe("geomap_sentences")
    return nlp
