"""Where sentences begin and end."""

from itertools import pairwise

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from geomap.recognizers.sentences import LONGEST, sentence_spans
from geomap.spacy_docs import sentences_of


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    "sentence",
    [
        "The U.S. President called on Gen. Mark Hollis and Mr. Petrenko to meet Lt. Col. J. R. Stone.",
        "Reactor No. 5 was shut down on Aug. 6 near St. Petersburg.",
        "It left Washington, D.C. on Monday.",
        "The U.N. Security Council met at 9 a.m. on Friday.",
        "Shares of Foo Inc. fell in Cambridge, Mass. on Friday.",
        "The front moved 1.5 km west.",
        "“Why here?” she asked.",
        "Trump…we emphasise this.",
    ],
)
def test_abbreviations_and_numbers_do_not_end_a_sentence(sentence: str) -> None:
    assert split(sentence) == [sentence]


@pytest.mark.parametrize(
    "sentences",
    [
        ["It happened in the U.S.", "The president left."],
        ["They left at 5 p.m.", "No one stayed."],
        ["“Stop.”", "He did."],
        ["Is it over?", "Yes!", "It is."],
        ["Fighting went on (see map).", "«Тут тихо», said one man."],
        ["He was from Kursk.", "– Another man spoke."],
    ],
)
def test_a_stop_before_an_opening_word_ends_a_sentence(sentences: list[str]) -> None:
    assert split(" ".join(sentences)) == sentences


def test_a_line_break_ends_a_sentence_without_a_stop() -> None:
    assert split("A headline without a stop\nThe story begins.\n\nAnd goes on.") == [
        "A headline without a stop",
        "The story begins.",
        "And goes on.",
    ]


def test_lines_wrapped_at_a_fixed_width_stay_one_sentence() -> None:
    wrapped = (
        "Fighting went on through the night along the river, where both\narmies had dug in, and did not stop at dawn."
    )
    assert split(wrapped) == [wrapped]


def test_a_line_broken_in_the_middle_of_a_sentence_goes_on_whatever_its_length() -> None:
    assert split("A drone struck a petrol\nstation near Oktyabrskoye.\nThen it was quiet.") == [
        "A drone struck a petrol\nstation near Oktyabrskoye.",
        "Then it was quiet.",
    ]
    assert split("Attacks by kind\nair strikes\nmines and other explosives:\nnone so far") == [
        "Attacks by kind",
        "air strikes",
        "mines and other explosives:",
        "none so far",
    ]


@pytest.mark.parametrize("text", ["", " \n\t ", "\n\n\n"])
def test_a_text_without_words_has_no_sentence(text: str) -> None:
    assert split(text) == []


@given(st.text(alphabet="Ab1 .!?\n\"'’U.S", max_size=200))
def test_sentences_are_ordered_trimmed_and_lose_only_white_space(text: str) -> None:
    spans = sentence_spans(text)
    assert all(text[start:end].strip() == text[start:end] != "" for start, end in spans)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))
    kept = "".join(text[start:end] for start, end in spans)
    assert "".join(kept.split()) == "".join(text.split())


def test_a_spacy_doc_gets_the_same_sentences() -> None:
    text = "  The U.S. said so.\n\nGen. Stone left No. 5.  He is in Lviv.\n"
    nlp = spacy.blank("en")
    nlp.add_pipe("geomap_sentences")
    found = sentences_of(nlp(text))
    assert [(sentence.start, sentence.end) for sentence in found] == sentence_spans(text)
    assert [sentence.index for sentence in found] == [0, 1, 2]


def test_a_stop_before_a_footnote_mark_ends_a_sentence_and_an_address_ends_none() -> None:
    assert split("Troops took Terny.[47] They left Torske.[48][49] He said so.") == [
        "Troops took Terny.[47]",
        "They left Torske.[48][49]",
        "He said so.",
    ]
    assert split("It is at https://example.org/a?b. Then he left.") == [
        "It is at https://example.org/a?b.",
        "Then he left.",
    ]


@pytest.mark.parametrize("unit", ["shelling hit Kyiv and ", "“Kyiv fell” said ", "(Kyiv ", "x" * 700 + " "])
def test_what_goes_on_for_too_long_is_cut_between_words(unit: str) -> None:
    text = unit * 3000
    parts = split(text)
    assert max(map(len, parts)) <= LONGEST
    assert " ".join(parts) == text.strip()


def test_what_has_no_blank_for_too_long_is_cut_where_it_must_be() -> None:
    text = "Shelling hit " + "x" * 9000
    assert "".join(split(text)) == text.replace(" x", "x")
    assert max(map(len, split(text))) <= LONGEST
