"""One rule says whether a mention is on the map, and all counts of places and mentions come from it."""

import math
import re
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from geomap.cli.summary import say_mentions
from geomap.errors import GeomapWarning
from geomap.exporters.blurred_points import blurred
from geomap.exporters.export import write_table
from geomap.exporters.geojson import to_geojson
from geomap.exporters.leaflet import to_map
from geomap.exporters.leaflet.payload.page_data import page_data
from geomap.tables import read_mentions, to_events, to_mentions, to_places
from geomap.tables.shown import (
    DOUBT_BELOW,
    WORDS,
    Why,
    count_shown,
    explain_shown,
    is_doubtful,
    place_keys,
    told_words,
    why_hidden,
    whys,
    wrapped,
)
from geomap.types import Event
from tests.browser.war_reports import war_reports
from tests.by_hand import KHARKIV, POINT, told_by_hand

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
    said = capsys.readouterr().err
    assert data["counts"]["doubtful_places"] == found.doubtful_places > 0
    assert f"{found.doubtful_places} of {found.shown_places} dots are doubtful" in said
    numbers = re.findall(r"\d+", said)
    totals = [2, found.mentions, found.placed, found.places, found.hidden["nil"], found.shown, found.shown_places]
    assert [int(number) for number in numbers[:7]] == totals


def test_a_point_without_an_entry_is_a_place_of_its_own() -> None:
    table, _ = war_reports()
    row = table.index[table["toponym"] == "Toretsk"][0]
    bare = {"entry_id": "", "name": "", "latitude": math.nan, "longitude": math.nan, "feature_class": ""}
    table.loc[row, list(bare)] = list(bare.values())
    assert place_keys(table)[row] == "Toretsk@48.4,37.85"
    places = to_places(table)
    assert places.loc[places["entry_id"] == "", ["latitude", "longitude"]].to_numpy().tolist() == [[48.4, 37.85]]
    assert len(to_geojson(table)["features"]) == len(places) == count_shown(table).places


def test_names_that_the_text_alone_places_are_places_and_count_apart(capsys: pytest.CaptureFixture[str]) -> None:
    table = to_mentions([told_by_hand()])
    found = count_shown(table)
    assert (found.mentions, found.places, found.told, found.told_places) == (5, 4, 3, 3)
    assert (found.shown, found.shown_places, found.doubtful_places, dict(found.hidden)) == (4, 4, 0, {"nil": 1})
    counts = page_data(table, [], title="")["counts"]
    assert {"told": 3, "told_places": 3, "doubtful_places": 0, "nil": 1, "shown_places": 4}.items() <= counts.items()
    say_mentions(table, 1)
    said = capsys.readouterr().err
    assert "1 resolved to 1 place, 3 not in the gazetteer but placed by what the text tells, 1 NIL" in said
    assert "doubtful" not in said


def test_the_place_table_and_the_geojson_tell_names_at_one_point_apart_and_say_where_they_are() -> None:
    table = to_mentions([told_by_hand()])
    places = to_places(table).set_index("name")
    assert set(places.index) == {"Kharkiv", "Zelene", "Starytsya", POINT}
    assert places.loc["Zelene", ["radius_km", "location_basis"]].tolist() == [30.0, "relation"]
    assert places.loc["Starytsya", "location_words"] == "named with Kharkiv"
    assert places.loc[POINT, ["entry_id", "radius_km", "location_basis"]].tolist() == ["", 0.0, "coordinates"]
    assert places.loc["Kharkiv", ["radius_km", "location_basis", "location_words"]].tolist() == [0.0, "entry", ""]
    features = {one["properties"]["name"]: one for one in to_geojson(table)["features"]}
    assert features["Zelene"]["id"] == "Zelene@49.98081,36.25272"
    assert features["Zelene"]["geometry"]["coordinates"] == [36.25272, 49.98081]
    assert features["Zelene"]["properties"]["location_words"] == "north-east of <b>Kharkiv</b>"
    mention = to_geojson(table, per="mention")["features"][1]["properties"]
    assert (mention["location_basis"], mention["radius_km"]) == ("relation", 30.0)


def test_a_mention_below_the_bar_is_doubtful_and_what_the_text_tells_is_not() -> None:
    assert is_doubtful(basis="entry", confidence=DOUBT_BELOW - 0.01)
    assert not is_doubtful(basis="entry", confidence=DOUBT_BELOW)
    assert is_doubtful(basis="", confidence=math.nan)
    assert not is_doubtful(basis="relation", confidence=0.0)
    assert "less than 85% sure" in explain_shown("", doubtful=True)
    assert explain_shown("nil", doubtful=True) == "not on the map: not found in the gazetteer"


def test_a_place_is_doubtful_only_if_all_its_mentions_on_the_map_are() -> None:
    doubt, sure = (to_mentions([told_by_hand(id=id, sure=at)]) for id, at in (("a", 0.6), ("b", 0.9)))
    assert count_shown(doubt).doubtful_places == 1
    assert count_shown(pd.concat([doubt, sure], ignore_index=True)).doubtful_places == 0
    outside = pd.concat([doubt, sure.assign(boilerplate=True)], ignore_index=True)
    assert count_shown(outside).doubtful_places == 1


def test_where_a_place_without_an_entry_is_told_in_words() -> None:
    near = told_words(basis="relation", words="near Kupiansk", radius_km=30.0)
    assert explain_shown("", told=near) == "on the map as told: near Kupiansk, within 30 km"
    assert told_words(basis="coordinates", words="", radius_km=0.0) == "coordinates given in the text"
    assert told_words(basis="entry", words="near", radius_km=7.0) == ""


def test_a_blurred_map_moves_what_is_told_from_a_place_and_leaves_coordinates_of_the_text() -> None:
    table = blurred(to_mentions([told_by_hand()]), 20)
    exact = [point == KHARKIV.latitude for point in table["point_latitude"][:4]]
    assert exact == [False, False, False, True]
    assert table["radius_km"].tolist()[:4] == [14.1, 44.1, 44.1, 0.0]
    assert table.loc[1:3, "entry_id"].tolist() == ["", "", ""]


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".parquet"])
def test_where_a_place_is_told_is_saved_and_older_tables_without_it_are_read(tmp_path: Path, suffix: str) -> None:
    table = to_mentions([told_by_hand()])
    write_table(table, tmp_path / f"new{suffix}")
    pd.testing.assert_frame_equal(read_mentions(tmp_path / f"new{suffix}"), table)
    write_table(table.drop(columns=["location_basis", "location_words"]), tmp_path / f"old{suffix}")
    old = read_mentions(tmp_path / f"old{suffix}")
    assert old["location_words"].tolist() == old["location_basis"].tolist() == [""] * 5
    assert count_shown(old).places == 4


def test_who_writes_in_where_a_told_place_is_has_said_so(tmp_path: Path) -> None:
    table = to_mentions([told_by_hand()])
    table.loc[1, ["latitude", "longitude", "name"]] = [50.2, 36.8, "Zelene"]
    write_table(table, tmp_path / "edited.csv")
    with pytest.warns(GeomapWarning, match="the point is not at latitude"):
        row = read_mentions(tmp_path / "edited.csv").loc[1]
    assert (row["point_latitude"], row["radius_km"], row["location_basis"], row["location_words"]) == (
        50.2,
        0.0,
        "entry",
        "",
    )


def test_the_event_table_says_where_an_event_is_told_to_be() -> None:
    parsed = told_by_hand()
    event = Event(
        document_id=parsed.document.id,
        sentence=0,
        start=7,
        end=13,
        event_type="Battles",
        event_sub_type="Armed clash",
        place=parsed.resolutions[1],
        latitude=KHARKIV.latitude,
        longitude=KHARKIV.longitude,
        radius_km=30.0,
    )
    (row,) = to_events([replace(parsed, events=(event,))]).to_dict("records")
    assert (row["radius_km"], row["location_basis"]) == (30.0, "relation")
    assert row["location_words"] == "north-east of <b>Kharkiv</b>"
