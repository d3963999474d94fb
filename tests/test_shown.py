"""One rule says whether a mention is on the map, and all counts of places and mentions come from it."""

import math
import re

import pandas as pd
import pytest

from geomap.cli.summary import say_mentions
from geomap.exporters.geojson import to_geojson
from geomap.exporters.leaflet import to_map
from geomap.exporters.leaflet.payload import page_data
from geomap.tables import to_places
from geomap.tables.shown import WORDS, Why, count_shown, explain_shown, place_keys, why_hidden, whys, wrapped
from tests.browser.war_reports import war_reports

FULL = {"entry_id": "geonames:1", "latitude": 48.0, "longitude": 37.0, "boilerplate": False, "role": "literal"}


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ({}, ""),
        ({"role": "an unknown one"}, ""),
        ({"longitude": 190.0}, ""),
        ({"entry_id": ""}, ""),  # a point that the report gives itself
        ({"role": "modifier"}, "modifier"),
        ({"boilerplate": True, "role": "modifier"}, "boilerplate"),
        ({"latitude": 148.2, "boilerplate": True}, "no_point"),
        ({"longitude": math.nan}, "no_point"),
        ({"latitude": math.nan}, "no_point"),
        ({"entry_id": "", "latitude": math.nan, "longitude": math.nan, "role": "metonymic"}, "nil"),
    ],
)
def test_the_first_reason_that_holds_says_why_a_mention_is_not_on_the_map(cells: dict[str, object], why: Why) -> None:
    assert why_hidden(**{**FULL, **cells}) == why
    assert WORDS[why] in explain_shown(why)


def test_a_longitude_counts_on_around_the_earth() -> None:
    assert [wrapped(degrees) for degrees in (190, -190, 180, -180, 37.5, 540)] == [-170, 170, 180, -180, 37.5, -180]


def near_sudzha() -> pd.DataFrame:
    """Return the mentions of two reports, one of them near a place that is also named itself, one with no latitude."""
    table, _ = war_reports()
    first, *_, last = table.index[table["toponym"] == "Sudzha"]
    table.loc[first, ["relation", "radius_km", "point_latitude"]] = ["near", 7.5, 51.25]
    table.loc[last, "point_latitude"] = 151.0
    return table


@pytest.mark.filterwarnings("ignore:the mention table, row")
def test_summary_place_table_geojson_and_page_have_one_number_for_one_thing(capsys: pytest.CaptureFixture[str]) -> None:
    table = near_sudzha()
    found = count_shown(table)
    assert found.hidden["no_point"] == 1
    data = page_data(table, [], title="")
    assert data["counts"] | {"reports": 2} == data["counts"]
    assert {name: data["counts"][name] for name in found.hidden} == dict(found.hidden)
    assert [data["counts"][name] for name in ("mentions", "places", "shown", "shown_places")] == [
        found.mentions,
        found.places,
        found.shown,
        found.shown_places,
    ]
    assert len(data["places"]) == found.places + 1  # near a place is another dot of it
    places = to_places(table)
    assert len(places) == found.places == len(to_geojson(table)["features"])
    assert (places["literal_mentions"] > 0).sum() == found.shown_places
    assert places["literal_mentions"].sum() == found.shown == whys(table).count("")
    assert repr(to_map(table)).startswith(f"<GeoMap: {found.mentions} mentions of {found.places} places in 2 reports")
    say_mentions(table, 2)
    numbers = re.findall(r"\d+", capsys.readouterr().err)
    totals = [2, found.mentions, found.placed, found.places, found.hidden["nil"], found.shown, found.shown_places]
    assert [int(number) for number in numbers[:7]] == totals


def test_a_point_without_an_entry_is_a_place_of_its_own() -> None:
    table, _ = war_reports()
    row = table.index[table["toponym"] == "Toretsk"][0]
    bare = {"entry_id": "", "name": "", "latitude": math.nan, "longitude": math.nan, "feature_class": ""}
    table.loc[row, list(bare)] = list(bare.values())
    assert place_keys(table)[row] == "@48.4,37.85"
    places = to_places(table)
    assert places.loc[places["entry_id"] == "", ["latitude", "longitude"]].to_numpy().tolist() == [[48.4, 37.85]]
    assert len(to_geojson(table)["features"]) == len(places) == count_shown(table).places
