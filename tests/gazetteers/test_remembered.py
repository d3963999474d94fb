"""Answers are remembered by how much they hold, so that memory does not depend on which names come."""

import pytest

from geomap.gazetteers import load_gazetteer
from geomap.gazetteers.database import MOST_REMEMBERED
from geomap.gazetteers.remembered import Remembered


def asked(*, most: int) -> tuple[Remembered[int, str], list[int]]:
    calls: list[int] = []

    def answer(key: int) -> str:
        calls.append(key)
        return "x" * key

    return Remembered(answer, size=len, most=most), calls


def test_what_was_asked_for_lately_is_not_asked_again() -> None:
    remembered, calls = asked(most=40)
    assert [remembered(key) for key in (3, 3, 4, 3)] == ["xxx", "xxx", "xxxx", "xxx"]
    assert calls == [3, 4]


@pytest.mark.parametrize("keys", [range(2_000), [9] * 300, [0] * 300, [30, 1, 30, 2, 30, 3] * 50])
def test_all_answers_together_hold_no_more_than_they_may(keys: "list[int] | range") -> None:
    remembered, _ = asked(most=100)
    for key in keys:
        assert remembered(key % 40) == "x" * (key % 40)
        assert remembered.held() <= 100


def test_an_answer_in_use_outlives_those_that_are_not() -> None:
    remembered, calls = asked(most=40)
    for key in range(100):
        remembered(5)
        remembered(key % 7 + 6)
    assert calls.count(5) == 1
    assert calls.count(6) > 1


def test_an_answer_as_large_as_all_may_be_is_given_and_the_next_takes_its_place() -> None:
    remembered, calls = asked(most=40)
    assert len(remembered(1_000)) == 1_000
    remembered(1)
    remembered(30)
    assert remembered.held() <= 40
    assert calls == [1_000, 1, 30]


def test_a_gazetteer_holds_no_more_of_common_names_than_of_rare_ones() -> None:
    with load_gazetteer("bundled") as gazetteer:
        names = [key for letters in ("sa", "ma") for key in gazetteer.keys_like(letters, shortest=4, longest=9)]
        for name in names:
            gazetteer.has_name(name)
            gazetteer.has_name(f"no {name}")
        assert sum(1 + len(gazetteer.lookup(name)) for name in names) > MOST_REMEMBERED / 2
        assert gazetteer._cached.held() <= MOST_REMEMBERED
