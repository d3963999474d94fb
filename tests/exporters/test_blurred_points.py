import json
import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.errors import ConfigError
from geomap.exporters.blurred_points import _cells, blurred
from geomap.exporters.geojson import to_geojson, to_geojson_text
from geomap.exporters.leaflet.payload.page_data import page_data
from geomap.tables import to_mentions
from geomap.types import ParsedDocument
from tests.by_hand import entry, parse_by_hand


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    (south, west), (north, east) = ([math.radians(value) for value in spot] for spot in (one, other))
    inside = math.sin(south) * math.sin(north) + math.cos(south) * math.cos(north) * math.cos(east - west)
    return 6371.0 * math.acos(max(-1.0, min(1.0, inside)))


@given(st.floats(-90, 90), st.floats(-180, 180), st.sampled_from([0.1, 1, 5, 20, 500]))
def test_a_point_stays_within_half_the_diagonal_of_a_cell(latitude: float, longitude: float, km: float) -> None:
    (north,), (east,) = _cells(pd.Series([latitude]), pd.Series([longitude]), km)
    assert -90 <= north <= 90
    assert -180 <= east <= 180
    assert kilometres((latitude, longitude), (north, east)) <= km / math.sqrt(2) * 1.05 + 0.01


def test_no_exact_coordinate_and_no_id_is_left_in_any_output(parsed: list[ParsedDocument]) -> None:
    exact = to_mentions(parsed)
    table = blurred(exact, 10)
    outputs = [table.to_csv(), to_geojson_text(to_geojson(table)), json.dumps(page_data(table, [], title=""))]
    for output in outputs:
        for told in ("48.28204", "37.1758", "51.48389", "46.10528", "704422", "563464"):
            assert told not in output
        assert "Pokrovsk" in output
    places = exact["entry_id"] != ""
    assert (table.loc[places, "radius_km"] == 7.1).all()
    assert (table["sentence"] == exact["sentence"]).all()
    assert (exact["latitude"].dropna() == to_mentions(parsed)["latitude"].dropna()).all()


def test_the_same_table_is_blurred_alike(parsed: list[ParsedDocument]) -> None:
    assert blurred(to_mentions(parsed), 3).equals(blurred(to_mentions(parsed), 3))


def test_countries_and_nil_and_empty_tables_stay_as_they_are() -> None:
    ukraine = entry("Ukraine", latitude=49.0, longitude=32.0, feature_class="A", feature_code="PCLI")
    table = to_mentions([parse_by_hand("In Ukraine and Nowhere.", ("Ukraine", ukraine), ("Nowhere", None))])
    kept = table.drop(columns="alternatives")
    assert blurred(table, 5).drop(columns="alternatives").equals(kept)
    assert blurred(table.head(0), 5).dtypes.equals(table.dtypes)


def test_candidates_that_cannot_be_read_are_dropped(parsed: list[ParsedDocument]) -> None:
    for broken in ("[", "[1]", '[{"name":"x"}]', "null"):
        assert set(blurred(to_mentions(parsed).assign(alternatives=broken), 5)["alternatives"]) == {"[]"}


@pytest.mark.parametrize("km", [0, -1, 501, float("nan"), float("inf")])
def test_a_blur_that_makes_no_sense_is_refused(km: float, parsed: list[ParsedDocument]) -> None:
    with pytest.raises(ConfigError, match="the blur must be more than 0"):
        blurred(to_mentions(parsed), km)
