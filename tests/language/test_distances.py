"""Distances and directions in words."""

import pytest

from geomap.language.distances import MOST_KM, offset_in


@pytest.mark.parametrize(
    ("relation", "km"),
    [
        ("20 km south of", 20.0),
        ("about 15 miles north-west of", 24.14),
        ("some 20km (12 miles) south of", 20.0),
        ("1,200 km east of", 1200.0),
        ("2.5 kilometres from", 2.5),
        ("2,5 km west of", 2.5),
        ("15 to 20 km from", 17.5),
        ("10-15 km north of", 12.5),
        ("half a kilometre from", 0.5),
        ("a quarter of a mile from", 0.402),
        ("two and a half kilometres from", 2.5),
        ("thirty-five miles from", 56.327),
        ("two dozen miles from", 38.624),
        ("a hundred and fifty miles from", 241.402),
        ("a few hundred metres from", 0.3),
        ("less than a kilometre from", 1.0),
        ("dozens of kilometres from", 36.0),
        ("just kilometres from the border with", 3.0),
        ("12 nautical miles off the coast of", 22.224),
        ("a two-hour drive south of", 120.0),
        ("30 minutes' drive from", 30.0),
        ("30 km from … border", 30.0),
    ],
)
def test_a_distance_is_read_in_kilometres(relation: str, km: float) -> None:
    assert offset_in(relation).km == pytest.approx(km, abs=0.001)


@pytest.mark.parametrize(
    "relation",
    ["", "near", "south of", "within sight of", "on the outskirts of", "9999999 km south of", f"{MOST_KM + 1} km from"],
)
def test_words_without_a_distance_and_distances_beyond_the_earth_give_none(relation: str) -> None:
    assert offset_in(relation).km is None


@pytest.mark.parametrize("digits", ["9" * 400, ".,.,", "1" + ",000" * 90, "0" * 300, "1.2.3"])
def test_numbers_that_are_none_do_no_harm(digits: str) -> None:
    km = offset_in(f"{digits} km south of").km
    assert km is None or 0 <= km <= MOST_KM


@pytest.mark.parametrize(
    ("relation", "bearing"),
    [
        ("north of", 0.0),
        ("to the east of", 90.0),
        ("just south of", 180.0),
        ("west from", 270.0),
        ("north-east of", 45.0),
        ("southeast of", 135.0),
        ("south west of", 225.0),
        ("northwestern of", 315.0),
        ("south-southwest of", 202.5),
        ("west-northwest of", 292.5),
        ("south and east of", 135.0),
        ("north and west of", 315.0),
        ("near", None),
        ("in the direction of", None),
    ],
)
def test_a_direction_is_read_in_degrees_from_north(relation: str, bearing: float | None) -> None:
    assert offset_in(relation).bearing == bearing


def test_a_direction_of_three_words_is_twice_as_exact() -> None:
    assert (offset_in("south-southwest of").points, offset_in("southwest of").points) == (16, 8)


@pytest.mark.parametrize("word", ["a ", "hundred and ", "1", "north ", "half ", "-", "km ", "\u00a0"])
def test_a_long_relation_is_read_as_far_as_one_can_be(word: str) -> None:
    offset_in(word * 50_000)
