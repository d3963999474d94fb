"""The words that move a point off the place that is named."""

import pytest

from geomap.language.displacement import relation_at, relation_before


@pytest.mark.parametrize(
    ("before", "relation"),
    [
        ("Fighting raged 20 km south of ", "20 km south of"),
        ("about 15 kilometres (9 miles) south-west of ", "about 15 kilometres (9 miles) south-west of"),
        ("some 20km (12 miles) south of ", "some 20km (12 miles) south of"),
        ("a few kilometers from ", "a few kilometers from"),
        ("It fell less than a kilometre from ", "less than a kilometre from"),
        ("at a point fifty-five miles from ", "fifty-five miles from"),
        ("They came to within 25 km of ", "within 25 km of"),
        ("3,000 km east of the capital ", "3,000 km east of"),
        ("It was hit 12 nautical miles off the coast of ", "12 nautical miles off the coast of"),
        ("a two-hour drive south of ", "a two-hour drive south of"),
        ("A drone fell near the town of ", "near"),
        ("in a village close to the Syrian city of ", "close to"),
        ("close to the city of ", "close to"),
        ("on the southern outskirts of ", "on the southern outskirts of"),
        ("They reached the outskirts of ", "the outskirts of"),
        ("at the edge of ", "at the edge of"),
        ("in the suburbs of ", "in the suburbs of"),
        ("The dam upstream of ", "upstream of"),
        ("The boat sank off the coast of ", "off the coast of"),
        ("in waters off ", "off"),
        ("20 kilometres from the border with ", "20 kilometres from the border with"),
        ("near the border with ", "near the border with"),
        ("to the north of the village of ", "to the north of"),
        ("in areas south and east of ", "south and east of"),
        ("a short way just north of ", "just north of"),
        ("just outside ", "just outside"),
        ("The hills between ", "between"),
        ("halfway between the towns of Tyre and ", "between"),
    ],
)
def test_the_relation_is_what_moves_the_point_off_the_place(before: str, relation: str) -> None:
    assert relation_before(before) == relation


@pytest.mark.parametrize(
    "before",
    [
        "Shells fell in ",
        "He came from ",
        "the linear ",
        "",
        "A warehouse in the east of ",
        "in the south-west of ",
        "The far north of ",
        "in the eastern part of ",
        "in northern ",
        "They seized 20 square kilometres of ",
        "The town was cut off ",
        "talks between Kyiv and ",
        "The war between ",
        "Camp Douglas, near Salt Lake City, ",
        "in the Cairns suburbs of ",
    ],
)
def test_words_that_stay_inside_a_place_or_name_no_place_are_no_relation(before: str) -> None:
    assert relation_before(before) == ""


@pytest.mark.parametrize(
    ("sentence", "toponym", "relation"),
    [
        ("Shells hit Kharkiv's outskirts.", "Kharkiv", "outskirts"),
        ("Residents left the Kharkiv suburbs overnight.", "Kharkiv", "suburbs"),
        ("A drone fell near the Moldova border on Friday.", "Moldova", "near … border"),
        ("The camp lies 30 km from the Sudan border.", "Sudan", "30 km from … border"),
        ("A tanker burnt off Yemen’s coast.", "Yemen", "off … coast"),
        ("Villages on Libya's coast were shelled.", "Libya", ""),
        ("Lebanon border guards fired back.", "Lebanon", ""),
        ("Sudan", "Sudan", ""),
    ],
)
def test_words_after_the_name_move_the_point_too(sentence: str, toponym: str, relation: str) -> None:
    start = sentence.index(toponym)
    assert relation_at(sentence, (start, start + len(toponym)), (0, len(sentence))) == relation


def test_an_amount_is_not_cut_in_two_where_the_window_begins() -> None:
    for filler in range(80, 120):
        sentence = f"{'x ' * 9}{'y' * filler} 120 km south of Goma"
        start = sentence.index("Goma")
        assert relation_at(sentence, (start, len(sentence)), (0, len(sentence))) == "120 km south of"


@pytest.mark.parametrize(
    "word", ["city of ", "a ", "1 ", "the ", "hundred and ", "north ", "between a and ", "\u00a0", "of"]
)
def test_a_long_run_of_one_word_is_read_and_moves_nothing_far(word: str) -> None:
    sentence = word * 20_000 + "Goma"
    start = len(sentence) - 4
    relation = relation_at(sentence, (start, len(sentence)), (0, len(sentence)))
    assert relation in ("", "between")


def test_only_the_sentence_of_the_mention_is_looked_at() -> None:
    text = "They camp near\nGoma fell."
    start = text.index("Goma")
    assert relation_at(text, (start, start + 4), (start, len(text))) == ""
