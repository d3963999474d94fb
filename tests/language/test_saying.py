"""Verbs of saying, and where somebody speaks."""

import pytest

from geomap.language.saying import SAID, SAYS, SPEAKING, is_where_one_speaks
from geomap.language.word_classes import lemma_of
from geomap.types import Mention


@pytest.mark.parametrize("form", sorted(SAYS))
def test_every_form_leads_back_to_its_verb(form: str) -> None:
    assert lemma_of("VBD" if form.endswith("ed") else "VBZ", form) in SPEAKING


def test_nouns_of_the_same_letters_are_no_saying_by_themselves() -> None:
    assert not {"report", "reports", "claim", "claims", "state", "states", "post", "posts", "note", "notes"} & SAID
    assert "accords" not in SAYS  # "the Minsk accords"
    assert {"said", "says", "told", "wrote", "reported", "testified", "admitted"} <= SAID


@pytest.mark.parametrize(
    ("text", "speaks"),
    [
        ("Officials in [Niamey] said that two soldiers died.", True),
        ("A spokesman in [Kyiv] told reporters of the strike.", True),
        ("The ministry said in [Kyiv] that a depot burned.", True),
        ("Shelling in [Goma] was reported on Monday.", False),
        ("Rockets hit [Sderot] and the army said so.", False),
        ("Three people died in [Bule] an estimated two hours later.", False),
        ("[SUMY], Ukraine (AP) — A drone fell.", True),
        ("[SUMY]\nA drone fell.", False),
    ],
)
def test_a_place_is_where_one_speaks_only_by_a_dateline_or_an_active_verb(text: str, *, speaks: bool) -> None:
    start, plain = text.index("["), text.replace("[", "").replace("]", "")
    end = text.index("]") - 1
    mention = Mention(document_id="d", sentence=0, start=start, end=end, toponym=plain[start:end])
    assert is_where_one_speaks(plain, mention) is speaks
