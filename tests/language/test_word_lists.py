"""The closed lists of English, and what is built from them."""

import re

import pytest

from geomap.language.word_lists import (
    MONTHS,
    NAMED_UNIT_OR_MORE,
    NAMED_UNITS,
    POINT_OF_EIGHT,
    SHORT_MONTHS,
    TENS,
    TO_NINETEEN,
    UNIT_OR_MORE,
    UNITS,
    WEEKDAYS,
    one_of,
    plural_of,
)


def test_number_words_count_what_they_say() -> None:
    assert (TO_NINETEEN["one"], TO_NINETEEN["nineteen"], TENS["twenty"], TENS["ninety"]) == (1, 19, 20, 90)


def test_months_and_days_stand_in_order() -> None:
    assert (MONTHS.index("september"), SHORT_MONTHS.index("sep"), WEEKDAYS.index("sunday")) == (8, 8, 6)


def test_one_of_several_words_is_a_group_of_its_own() -> None:
    assert re.fullmatch(one_of(["mon", "tues"]) + "day", "tuesday")
    assert not re.fullmatch(one_of(["mon", "tues"]) + "day", "mon")


def test_a_point_of_the_compass_may_be_one_word_or_two() -> None:
    assert all(re.fullmatch(POINT_OF_EIGHT, point) for point in ("north", "north-east", "south west", "southeast"))
    assert not re.fullmatch(POINT_OF_EIGHT, "eastnorth")


@pytest.mark.parametrize(
    ("noun", "more"), [("city", "cities"), ("parish", "parishes"), ("oblast", "oblasts"), ("territory", "territories")]
)
def test_nouns_of_settlements_and_units_have_their_plural(noun: str, more: str) -> None:
    assert plural_of(noun) == more


def test_an_office_and_troops_are_units_only_beside_a_name() -> None:
    assert set(NAMED_UNITS) - set(UNITS) == {"department", "division"}
    assert re.fullmatch(NAMED_UNIT_OR_MORE, "departments")
    assert not re.fullmatch(UNIT_OR_MORE, "departments")
