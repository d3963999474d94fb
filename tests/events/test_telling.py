"""Which sentences of a report are parsed, and what the encoder's states say of their words."""

import numpy as np
import pytest

from geomap import Document, Geoparser
from geomap.events.report import find_events
from geomap.events.telling import hints_of, read_words, tell
from geomap.language.silent import spoken_text

REPORT = (
    "Gunmen sprayed a tea stall in Bunia with bullets on Monday.\n\n"
    "The baker of the town sold his oven. At Komanda a bus trod on something buried, and two farmers never came home."
)


def test_a_sentence_of_everyday_things_is_not_parsed_and_tells_of_no_toll() -> None:
    told, aside = tell(["Rebels shelled Goma.", "The loaf was warm and sweet."])
    assert len(told.tree)
    assert not len(aside.tree)
    assert aside.tolls == aside.labels == aside.words == aside.hints == ()


def test_a_phrase_of_the_lexicon_that_the_encoder_takes_for_nothing_is_not_parsed() -> None:
    told, form = tell(
        [
            "Kenya and Somalia signed a peace deal.",
            "Agreement forms are available from the office, which is open from 9 to 5.",
        ]
    )
    assert told.reading is not None
    assert form.reading is not None
    assert len(told.tree)
    assert not len(form.tree)


def test_a_word_that_the_lexicon_does_not_know_is_looked_at_where_the_encoder_takes_it_for_a_trigger() -> None:
    (one,) = tell(["They crept into Kiwanja at dawn and cut down eleven men."])
    down = next(token.i for token in one.tree if token.text == "cut")
    assert one.hints[down] > 0.2


def test_each_word_of_a_tree_has_the_state_of_the_encoders_words_that_touch_it() -> None:
    text = "Rebels shelled Al-Bab's outskirts."
    (one,) = tell([text])
    words = read_words(text, [(0, len(text))])
    assert one.states.shape == (len(one.tree), words.states.shape[1])
    shelled = next(token for token in one.tree if token.text == "shelled")
    known = words.spans[:, 0].tolist().index(shelled.idx)
    assert np.allclose(one.states[shelled.i], words.states[known].astype(np.float32))
    assert one.hints[shelled.i] == pytest.approx(float(hints_of(words)[known]))


def test_words_within_a_stretch_have_its_offsets() -> None:
    words = read_words(REPORT, [(0, 60), (60, len(REPORT))])
    start = REPORT.index("The baker")
    inside = words.within(start, start + 10)
    assert [REPORT[start:][slice(*span)] for span in inside.spans.tolist()] == ["The", "baker"]
    assert words.within(0, 0).states.shape == (0, words.states.shape[1])


def test_an_empty_text_and_one_of_blanks_have_no_words() -> None:
    for text in ("", " \n\n "):
        words = read_words(text, [(0, len(text))])
        assert words.spans.shape == (0, 2)
        assert not len(hints_of(words))


@pytest.mark.parametrize("recognizer", ["fast", "encoder"])
def test_the_same_events_are_read_whichever_recogniser_hands_over_its_words(recognizer: str) -> None:
    (parsed,) = Geoparser(recognizer=recognizer).parse([Document(id="a", text=REPORT)])
    told = [(one.start, one.end, one.event_sub_type) for one in parsed.events]
    (alone,) = Geoparser(recognizer=recognizer, events=False).parse([Document(id="a", text=REPORT)])
    again = find_events(alone.document, alone.sentences, alone.resolutions)
    assert told == [(one.start, one.end, one.event_sub_type) for one in again]
    assert told


def test_words_are_dropped_once_events_are_read() -> None:
    doc = Geoparser().nlp(spoken_text(REPORT))
    assert doc._.geomap_events
    assert doc._.geomap_words is None
