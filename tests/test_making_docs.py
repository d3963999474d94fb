"""Texts that no person wrote are taken apart in time that grows with their length, and leave nothing behind."""

import time

import pytest
import spacy

import geomap
from geomap.recognizers.sentences import LONGEST as LONGEST_SENTENCE
from geomap.recognizers.sentences import sentence_spans
from geomap.spacy_docs import LONGEST, make_doc
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
    assert sentence_spans("." * 80_000) == [
        (start, start + LONGEST_SENTENCE) for start in range(0, 80_000, LONGEST_SENTENCE)
    ]
    assert time.process_time() - begun < 5  # from each stop anew: 64 s


def test_a_run_of_stops_still_ends_a_sentence() -> None:
    text = "They fled... Shelling went on!? “Why?!” Nobody knows."
    found = [text[start:end] for start, end in sentence_spans(text)]
    assert found == ["They fled...", "Shelling went on!?", "“Why?!”", "Nobody knows."]


def made_up(count: int, mark: str) -> list[Document]:
    return [Document(id=f"{n}", text=f"Xyzzy{n}{mark} hit Plugh{n}{mark}.") for n in range(count)]


def test_words_are_kept_from_report_to_report_while_they_are_few_and_then_forgotten_with_each(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    geoparser = geomap.Geoparser(recognizer="given", resolver="population", events=False)
    list(geoparser.parse(made_up(10, "a")))
    known = len(geoparser.nlp.vocab.strings)
    list(geoparser.parse(made_up(10, "a")))
    list(geoparser.parse(made_up(10, "b")))
    kept = len(geoparser.nlp.vocab.strings)
    assert kept >= known + 20
    monkeypatch.setattr("geomap.pipeline._FORMS_KEPT", kept)
    parsed = list(geoparser.parse(made_up(100, "c")))
    assert [one.document for one in parsed] == made_up(100, "c")
    assert len(geoparser.nlp.vocab.strings) == kept


def test_a_long_report_of_new_words_is_forgotten_with_it() -> None:
    geoparser = geomap.Geoparser(recognizer="given", resolver="population", events=False)
    known = len(geoparser.nlp.vocab.strings)
    geoparser.parse_one(Document(id="long", text=" ".join(f"Xyzzy{number}ab" for number in range(30_000))))
    assert len(geoparser.nlp.vocab.strings) <= known + 5
