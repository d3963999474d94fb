from hypothesis import given
from hypothesis import strategies as st

from geomap.exporters.leaflet.offsets import sentence_start, utf16_offsets


def test_an_emoji_counts_two_and_the_rest_one() -> None:
    assert utf16_offsets("a🎖b é", [0, 1, 2, 3, 5]) == [0, 1, 3, 4, 6]
    assert utf16_offsets("plain", [0, 5]) == [0, 5]
    assert utf16_offsets("", [0]) == [0]


@given(st.text(st.characters(exclude_categories=["Cs"])), st.data())
def test_offsets_agree_with_the_encoding(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    assert utf16_offsets(text, [offset]) == [len(text[:offset].encode("utf-16-le")) // 2]


def test_a_sentence_starts_where_its_mention_puts_it() -> None:
    assert sentence_start("Shells hit Pokrovsk.", [(111, "Pokrovsk")]) == 100


def test_several_mentions_decide_together_where_one_could_not() -> None:
    sentence = "From Kursk, past Kursk, to Sudzha."
    assert sentence_start(sentence, [(117, "Kursk"), (127, "Sudzha")]) == 100
    assert sentence_start(sentence, [(105, "Kursk"), (117, "Kursk")]) == 100


def test_alone_a_repeated_name_is_taken_for_its_first_occurrence() -> None:
    assert sentence_start("Kursk and Kursk.", [(50, "Kursk")]) == 50


def test_a_sentence_cannot_start_before_its_document() -> None:
    assert sentence_start("In Kursk.", [(1, "Kursk")]) is None


def test_a_name_that_is_not_in_the_sentence_has_no_start() -> None:
    assert sentence_start("Nothing here.", [(5, "Kursk")]) is None
    assert sentence_start("", [(5, "Kursk")]) is None


@given(st.text("ab ", max_size=8), st.text("ab ", max_size=20), st.text("ab", min_size=1, max_size=2))
def test_the_start_found_always_fits(before: str, sentence: str, name: str) -> None:
    spots = [n for n in range(len(sentence)) if sentence.startswith(name, n)]
    if spots:
        found = sentence_start(sentence, [(len(before) + n, name) for n in spots])
        assert found is not None
        assert all(sentence.startswith(name, len(before) + n - found) for n in spots)
