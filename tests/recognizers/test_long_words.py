"""Texts that no person wrote are taken apart in time that grows with their length, and leave nothing behind."""

import time

import pytest
import spacy

import geomap
from geomap.recognizers.long_words import LONGEST, make_doc
from geomap.recognizers.sentences import sentence_spans
from geomap.types import Document


def test_a_text_of_words_is_taken_apart_as_spacy_does() -> None:
    nlp = spacy.blank("en")
    text = "The U.S. didn't strike Kyiv's\n\nport (see https://example.org/a?b=c), it's said."
    assert [token.text for token in make_doc(nlp, text)] == [token.text for token in nlp.make_doc(text)]


@pytest.mark.parametrize("piece", ["'s", ".", '"', "(", "A", "Kyiv-", "1,", "🇺🇦", "é"])
def test_a_run_without_a_space_keeps_every_offset(piece: str) -> None:
    text = f"Shelling hit {piece * 900} near Kyiv. "
    doc = make_doc(spacy.blank("en"), text)
    assert doc.text == text
    assert all(text[token.idx :].startswith(token.text) for token in doc)
    assert max(len(token.text) for token in doc) <= LONGEST


def test_64_kb_of_one_ending_take_seconds_not_minutes() -> None:
    nlp = spacy.blank("en")
    begun = time.process_time()
    make_doc(nlp, "'s" * 32_768)
    assert time.process_time() - begun < 10  # spaCy alone: 314 s


def test_a_long_run_of_stops_is_looked_through_once() -> None:
    begun = time.process_time()
    assert sentence_spans("." * 80_000) == [(0, 80_000)]
    assert time.process_time() - begun < 5  # from each stop anew: 64 s


def test_a_run_of_stops_still_ends_a_sentence() -> None:
    text = "They fled... Shelling went on!? “Why?!” Nobody knows."
    found = [text[start:end] for start, end in sentence_spans(text)]
    assert found == ["They fled...", "Shelling went on!?", "“Why?!”", "Nobody knows."]


def test_the_words_of_a_text_are_forgotten_with_it() -> None:
    geoparser = geomap.Geoparser(recognizer="given", resolver="population", events=False)
    texts = [f"Xyzzy{number}ab hit Plugh{number}cd." for number in range(200)]
    list(geoparser.parse([Document(id="first", text=texts[0])]))
    known = len(geoparser.nlp.vocab.strings)
    parsed = list(geoparser.parse(Document(id=text, text=text) for text in texts))
    assert [one.document.text for one in parsed] == texts
    assert len(geoparser.nlp.vocab.strings) <= known + 5
