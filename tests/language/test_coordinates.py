"""Coordinates that a report writes out are exact places."""

import pytest

from geomap import Geoparser, to_mentions
from geomap.language.coordinates import coordinate_spans, point_of
from geomap.types import Document


@pytest.mark.parametrize(
    ("written", "point"),
    [
        ("48.5132, 37.7081", (48.5132, 37.7081)),
        ("48.5132° N, 37.7081° E", (48.5132, 37.7081)),
        ("48.5132N 37.7081E", (48.5132, 37.7081)),
        ("-12.3456, -77.0312", (-12.3456, -77.0312)),
        ("\u221212.3456, \u221277.0312", (-12.3456, -77.0312)),
        ("12.3456 S, 77.0312 W", (-12.3456, -77.0312)),
        ("48°30'47\"N 37°42'29\"E", (48.513056, 37.708056)),
        ("48°30\u203247\u2033N, 37°42\u203229\u2033E", (48.513056, 37.708056)),
        ("37U DQ 12345 67890", (49.357421, 37.792919)),
        ("37UDQ1234567890", (49.357421, 37.792919)),
    ],
)
def test_coordinates_in_writing_mean_a_point(written: str, point: tuple[float, float]) -> None:
    text = f"A drone fell at {written} on Tuesday."
    assert [text[start:end] for start, end in coordinate_spans(text)] == [written]
    assert point_of(written) == pytest.approx(point, abs=1e-5)


@pytest.mark.parametrize(
    "text",
    [
        "It rose from 12.5, 13.25 to 14.",
        "Shares fell 12.345, 13.5 percent.",
        "The server 10.123.45.678, 1.2.3.4 was hit.",
        "At 95.1234, 12.1234 there is nothing.",
        "At 45.1234, 192.1234 there is nothing.",
        "The 37U DQ 123 4567 grid has odd digits.",
        "",
    ],
)
def test_other_numbers_are_no_coordinates(text: str) -> None:
    assert list(coordinate_spans(text)) == []


def test_a_mention_of_coordinates_has_a_location_and_no_entry() -> None:
    text = "The drone crashed at 48.5132, 37.7081 on Tuesday, killing two soldiers."
    row = to_mentions(Geoparser().parse([Document(id="d", text=text)])).iloc[0]
    assert (row["toponym"], row["role"], row["entry_id"]) == ("48.5132, 37.7081", "literal", "")
    assert (row["point_latitude"], row["point_longitude"], row["radius_km"]) == (48.5132, 37.7081, 0.0)
    assert (row["geo_precision"], row["where_precision"]) == (1, 1)
