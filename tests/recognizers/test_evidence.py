"""Which of the weak places that a model puts forward are believed."""

import pytest

from geomap.gazetteers import load_gazetteer
from geomap.recognizers.encoder import FoundPlace
from geomap.recognizers.evidence import vouched


@pytest.mark.parametrize(
    ("text", "believed"),
    [
        ("The week.\nTimbuktu. Two soldiers died.", True),
        ("The week.\n• 5 August, Timbuktu. Two soldiers died.", True),
        ("The week.\n08:10 Timbuktu (north): two soldiers died.", True),
        ("The week.\nTimbuktu and two soldiers.", False),
        ("The week. Two soldiers saw Timbuktu. One died.", False),
    ],
)
def test_a_weak_place_that_labels_a_line_is_one_if_the_gazetteer_has_it(text: str, *, believed: bool) -> None:
    start = text.index("Timbuktu")
    weak = FoundPlace(start=start, end=start + 8, is_demonym=False, role="literal", score=0.2, role_score=0.9)
    with load_gazetteer() as gazetteer:
        assert bool(list(vouched(text, [weak], gazetteer))) is believed


def test_a_weak_place_that_labels_a_line_is_none_if_the_gazetteer_does_not_have_it() -> None:
    weak = FoundPlace(start=0, end=7, is_demonym=False, role="literal", score=0.2, role_score=0.9)
    with load_gazetteer() as gazetteer:
        assert not list(vouched("Xyzzyqu. Two soldiers died.", [weak], gazetteer))
