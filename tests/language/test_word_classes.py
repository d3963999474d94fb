import pytest

from geomap.language.peoples import country_of
from geomap.language.word_classes import classes_of, lemma_of


@pytest.mark.parametrize(
    ("tag", "word", "lemma"),
    [
        ("VBD", "plundered", "plunder"),
        ("VBD", "took", "take"),
        ("VBG", "hitting", "hit"),
        ("VBD", "fled", "flee"),
        ("NNS", "militiamen", "militiaman"),
        ("NNS", "soldiers", "soldier"),
        ("NN", "qwertz", "qwertz"),
    ],
)
def test_words_are_put_back_to_their_dictionary_form(tag: str, word: str, lemma: str) -> None:
    assert lemma_of(tag, word) == lemma


def test_words_of_a_kind_share_a_class_and_others_have_none() -> None:
    assert set(classes_of("VBD", "killed")) & set(classes_of("VBD", "murdered"))
    assert classes_of("JJ", "red") == ()
    assert classes_of("NN", "qwertz") == ()


@pytest.mark.parametrize(
    ("word", "country"), [("Russian", "RU"), ("Moscow's", "RU"), ("KYIV", "UA"), ("green", ""), ("", "")]
)
def test_peoples_and_capitals_stand_for_their_country(word: str, country: str) -> None:
    assert country_of(word) == country
