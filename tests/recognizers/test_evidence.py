"""Which of the weak places that a model puts forward are believed."""

import pytest

from geomap.gazetteers import load_gazetteer
from geomap.recognizers.encoder import FoundPlace
from geomap.recognizers.evidence import is_other_thing, vouched, with_labels

GAZETTEER = load_gazetteer()


@pytest.mark.parametrize(
    ("text", "believed"),
    [
        ("The week.\nTimbuktu. Two soldiers died.", True),
        ("The week.\n• 5 August, Timbuktu. Two soldiers died.", True),
        ("The week.\n08:10 Timbuktu (north): two soldiers died.", True),
        ("The week.\nTimbuktu and two soldiers.", False),
        ("The week. Two soldiers saw Timbuktu. One died.", False),
        ("The week.\nXyzzyquu. Two soldiers died.", False),
    ],
)
def test_a_weak_place_that_labels_a_line_is_one_if_the_gazetteer_has_it(text: str, *, believed: bool) -> None:
    start = text.index("Xyzzyquu") if "Xyzzyquu" in text else text.index("Timbuktu")
    weak = FoundPlace(start=start, end=start + 8, is_demonym=False, role="literal", score=0.2, role_score=0.9)
    found = with_labels(text, [weak], GAZETTEER, is_plain=lambda _: False)
    assert bool(list(vouched(text, found, GAZETTEER))) is believed


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("Calm.\n\nGuyevo. Mortars at work all afternoon.", ["Guyevo"]),
        ("Basivka (Sumy region). Attacked six times, not a metre gained.", ["Basivka"]),
        ("• 10 August, Kibati. The M23 came after a night of rain.", ["Kibati"]),
        ("08:10 Kazachya Loknya. Quiet.", ["Kazachya Loknya"]),
        ("Outlook. An offensive is unlikely.", []),
        ("Guyevo: he denied it.", []),
        ("He lives in\nGuyevo, they said.", []),
        ("Xyzzyplugh. Nothing is known of it.", []),
        ("", []),
    ],
)
def test_a_name_of_the_gazetteer_that_labels_a_line_is_a_place(text: str, labels: list[str]) -> None:
    found = with_labels(text, [], GAZETTEER, is_plain=lambda word: word == "Outlook")
    assert [text[one.start : one.end] for one in found] == labels


def test_a_label_gives_way_to_a_sure_place_and_takes_the_place_of_a_weak_one() -> None:
    text = "Kazachya Loknya. Quiet."
    sure, weak = (
        FoundPlace(start=0, end=8, is_demonym=False, role="literal", score=score, role_score=1.0)
        for score in (0.9, 0.2)
    )
    assert with_labels(text, [sure], GAZETTEER, is_plain=lambda _: False) == [sure]
    assert [one.end for one in with_labels(text, [weak], GAZETTEER, is_plain=lambda _: False)] == [15]


@pytest.mark.parametrize(
    ("text", "name", "other"),
    [
        ("Two houses in An Nuseirat were hit.", "Nuseirat", False),
        ("An Abrams was hit near Rafah.", "Abrams", True),
        ("They hit an Abrams near Rafah.", "Abrams", True),
        ("It burned. An Abrams was hit.", "Abrams", True),
    ],
)
def test_an_arabic_article_is_no_english_one(text: str, name: str, *, other: bool) -> None:
    start = text.index(name)
    assert is_other_thing(text, (start, start + len(name)), []) is other
