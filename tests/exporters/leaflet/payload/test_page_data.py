import dataclasses
import json
import re
from typing import Any

import pandas as pd
import pytest

from geomap.errors import ConfigError, TableError
from geomap.exporters.blurred_points import blurred
from geomap.exporters.leaflet import to_map
from geomap.exporters.leaflet.basemap.tiles import tile_layer
from geomap.exporters.leaflet.payload.method import about_run
from geomap.exporters.leaflet.payload.page_data import page_data
from geomap.tables import INCIDENT_COLUMNS, to_mentions
from geomap.types import ParsedDocument
from tests.by_hand import UGLY

PARTS = {"document_id": "report.txt", "sentence_index": 0, "sentence": UGLY, "source": 1}


def incident(**facts: Any) -> pd.DataFrame:
    row = {
        "incident_id": "incident:1",
        "entry_id": "geonames:704422",
        "name": "Pokrovsk",
        "latitude": 48.28,
        "longitude": 37.18,
        "event_type": "Battles",
        "event_sub_type": "Armed clash",
        "first_date": "2024-08-12",
        "last_date": "2024-08-13",
        "reports": 2,
        "sources": 1,
        "fatalities_low": None,
        "fatalities_high": 3,
        "sentences": "[]",
    }
    return pd.DataFrame([{**row, **facts}])


def first_of(data: dict[str, Any]) -> dict[str, Any]:
    return {name: column[0] for name, column in data["incidents"].items()}


def test_an_incident_points_at_its_place_and_at_what_tells_of_it(parsed: list[ParsedDocument]) -> None:
    table = to_mentions(parsed)
    told = [
        {**PARTS, "mention_start": UGLY.index("Pokrovsk"), "attribution": "the governor", "fatalities_low": 2},
        {**PARTS, "document_id": "b.txt", "mention_start": None, "source": 2},
        {**PARTS, "document_id": "gone.txt", "mention_start": 3, "fatalities_said": "<b>"},
    ]
    told[0]["fatalities_said"] = "at least"
    data = page_data(table, [], title="", incidents=incident(sentences=json.dumps(told)))
    found, tellings = first_of(data), data["tellings"]
    assert found["place"] == data["mentions"]["place"][0]
    assert (found["tellings"], tellings["mention"], tellings["source"]) == (3, [0, 3, -1], [1, 2, 1])
    assert (tellings["document"], tellings["sentence"]) == ([0, 1, -1], [0, 0, -1])
    assert [data["told"]["said_by"][n] for n in tellings["said_by"]] == ["the governor", "", ""]
    assert [data["told"]["quote"][n] for n in tellings["quote"]] == ["", "", UGLY]
    assert (tellings["low"], tellings["said"]) == ([2, None, None], [1, 0, 0])
    assert data["events"][found["event"]] == ("Battles", "Armed clash")
    assert (found["reports"], found["sources"]) == (2, 1)
    assert (found["low"], found["high"], found["said"]) == (None, 3, 0)
    assert (found["first"], found["last"]) == (19947, 19948)


def test_an_incident_whose_sentences_are_not_here_stands_at_its_entry_or_nowhere(parsed: list[ParsedDocument]) -> None:
    table = to_mentions(parsed)
    assert first_of(page_data(table, [], title="", incidents=incident()))["place"] == 0
    nowhere = page_data(table, [], title="", incidents=incident(entry_id="x", first_date="some day"))
    assert first_of(nowhere)["place"] == -1
    assert nowhere["told"]["name"][first_of(nowhere)["name"]] == "Pokrovsk"
    assert first_of(nowhere)["first"] is None


def test_where_somebody_says_it_happened_is_a_place_also_where_no_report_names_it(parsed: list[ParsedDocument]) -> None:
    table = to_mentions(parsed)
    region = {"entry_id": "geonames:1", "name": "Far Oblast", "feature_class": "A", "feature_code": "ADM1"}
    spot = {"entry_id": "", "name": "50.5, 36.2", "latitude": 50.5, "longitude": 36.2}
    rows = [
        incident(**{**spot, "corrected_by": "Anna"}),
        incident(**{**spot, "corrected_by": "Anna", "incident_id": "incident:2"}),
        incident(**{**region, "corrected_by": "Anna", "country_code": "UA", "admin1": "05"}),
        incident(**{**spot, "latitude": 60.0}),  # nobody said so
        incident(**{**spot, "latitude": 95.0, "corrected_by": "Anna"}),
    ]
    told = pd.concat(rows, ignore_index=True)
    before = len(page_data(table, [], title="")["places"])
    data = page_data(table, [], title="", incidents=told)
    assert data["incidents"]["place"] == [before, before, before + 1, -1, -1]
    given = [(one["name"], one["kind"], one["basis"]) for one in data["places"][before:]]
    assert given == [("50.5, 36.2", "point", "coordinates"), ("Far Oblast", "adm1", "")]


def test_a_blurred_page_has_no_exact_point_of_what_somebody_said(parsed: list[ParsedDocument]) -> None:
    mentions = blurred(to_mentions(parsed), 20)
    facts = {"entry_id": "geonames:1", "name": "Far", "latitude": 50.51234, "longitude": 36.21234, "corrected_by": "A"}
    told = incident(**facts, feature_class="P", feature_code="PPL").reindex(columns=list(INCIDENT_COLUMNS))
    exact = page_data(mentions, [], title="", incidents=told)
    assert exact["incidents"]["place"] == [-1]
    assert "50.51" not in json.dumps(exact)
    moved = page_data(mentions, [], title="", incidents=blurred(told, 20))
    place = moved["places"][moved["incidents"]["place"][0]]
    assert 0 < abs(place["latitude"] - 50.51234) < 0.2
    assert (place["radius_km"], place["id"].startswith("blurred:Far@")) == (14.1, True)
    assert "geonames:1" not in json.dumps(moved)


def test_an_event_without_a_place_is_quoted_where_it_stands_in_its_report(parsed: list[ParsedDocument]) -> None:
    table = to_mentions(parsed)
    report = parsed[0].document
    more = dataclasses.replace(report, text=f"{report.text} Nine more died.")
    start = len(report.text) + 1
    told = {**PARTS, "sentence_index": 9, "sentence": "Nine more died.", "mention_start": None, "attribution": ""}
    for given, known, fits in ((start, [more], True), (start + 1, [more], False), (start, [], True)):
        row = incident(name="", entry_id="", sentences=json.dumps([{**told, "sentence_start": given}]))
        data = page_data(table, known, title="", incidents=row)
        assert first_of(data)["place"] == data["tellings"]["mention"][0] == -1
        number = data["tellings"]["sentence"][0]
        assert (number >= 0) is fits
        if fits:
            span = slice(data["sentences"]["start"][number], data["sentences"]["end"][number])
            text = data["texts"][0].encode("utf-16-le")[2 * span.start : 2 * span.stop].decode("utf-16-le")
            assert text == "Nine more died."


def test_without_an_incident_table_each_mention_that_an_event_happened_at_is_an_incident(
    parsed: list[ParsedDocument],
) -> None:
    table = to_mentions(parsed)
    assert page_data(table, [], title="")["incidents"]["id"] == []
    table["event_type"], table["event_sub_type"] = "Battles", "Armed clash"
    table.loc[[0, 3], "is_event_place"] = True
    table.loc[3, ["event_date", "corrected_by"]] = ["2024-08-12/2024-08-13", "Anna"]
    data = page_data(table, [], title="")
    assert data["tellings"]["mention"] == [0, 3]
    assert (data["incidents"]["first"], data["incidents"]["last"]) == ([None, 19947], [None, 19948])
    assert [data["told"]["by"][n] for n in data["incidents"]["by"]] == ["", "Anna"]
    turned = page_data(table.iloc[::-1], [], title="")
    assert sorted(turned["incidents"]["id"]) == sorted(data["incidents"]["id"])


@pytest.mark.parametrize("broken", ["[", "[1]", "{}x", '[{"document_id":"b.txt"}]'])
def test_an_incident_with_unreadable_sentences_is_named(broken: str, parsed: list[ParsedDocument]) -> None:
    with pytest.raises(TableError, match="the incident table, row 1: the column sentences"):
        to_map(to_mentions(parsed), incidents=incident(sentences=broken))
    with pytest.raises(TableError, match=r"the incident table lacks the columns? .*sentences"):
        to_map(to_mentions(parsed), incidents=pd.DataFrame({"incident_id": ["1"]}))


def test_a_page_says_what_it_was_made_of_and_what_it_leaves_out(parsed: list[ParsedDocument]) -> None:
    table = to_mentions(parsed)
    table.loc[3, "boilerplate"] = True
    shown = to_map(table, about={"recognizer": "encoder"}, blur_km=5)
    (layer,) = [child for child in shown._children.values() if hasattr(child, "data")]
    about = layer.data["about"]
    assert re.match(r"geomap \d", about["program"])
    assert about["recognizer"] == "encoder"
    assert about["blur_km"] == "5"
    shown = {"shown": 2, "shown_places": 2, "told": 0, "told_places": 0, "doubtful_places": 0}
    assert layer.data["counts"] == shown | {"mentions": 4, "places": 2, "reports": 2, "nil": 1, "boilerplate": 1}


def test_a_run_names_its_data_with_date_and_licence_unless_the_gazetteer_is_anothers() -> None:
    facts = about_run(recognizer="encoder", resolver="ranker", gazetteer="")
    assert "CC BY 4.0" in facts["gazetteer_cities_json"]
    assert "supplement" in facts["corrections_by_hand"]
    own = about_run(recognizer="encoder", resolver="ranker", gazetteer="own.sqlite")
    assert own == {"recognizer": "encoder", "resolver": "ranker", "gazetteer": "own.sqlite"}


def test_an_online_background_is_found_by_name_and_the_page_may_ask_its_hosts_alone(
    parsed: list[ParsedDocument],
) -> None:
    layer = tile_layer("opentopomap")
    assert layer["name"] == "OpenTopoMap"
    assert layer["url"] == "https://{s}.tile.opentopomap.org/{z}/{x}/{y}.png"
    assert layer["hosts"] == [f"https://{letter}.tile.opentopomap.org" for letter in "abc"]
    table = to_mentions(parsed)
    plain, more = (to_map(table, tiles=names).to_html() for names in ((), ("OpenTopoMap",)))
    images = [set(re.search("img-src ([^;]*);", page)[1].split()) for page in (plain, more)]  # type: ignore[index]
    assert images[1] - images[0] == set(layer["hosts"])


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("Esri.WorldImagry", "did you mean Esri.WorldImagery"),
        ("", "no online map is called ''"),
        ("MapBox", "asks for a key"),
        ("Thunderforest.Landscape", "asks for a key"),
    ],
)
def test_a_background_that_cannot_be_had_is_refused(name: str, why: str) -> None:
    with pytest.raises(ConfigError, match=re.escape(why)):
        tile_layer(name)


def test_an_area_is_one_place_however_the_text_leads_away_from_it(parsed: list[ParsedDocument]) -> None:
    table = (
        to_mentions(parsed)
        .iloc[[0, 0, 0]]
        .assign(
            start=[0, 1, 2],
            relation=["", "near the border with", "east of"],
            radius_km=[440.0, 470.0, 100.0],
            point_longitude=[20.0, 20.0, 22.0],
            latitude=10.0,
            longitude=20.0,
            point_latitude=10.0,
        )
    )
    area = page_data(table.assign(feature_class="A", feature_code="PCLI"), [], title="")
    assert [(place["latitude"], place["longitude"]) for place in area["places"]] == [(10.0, 20.0)]
    assert area["mentions"]["place"] == [0, 0, 0]
    assert len(page_data(table.assign(feature_class="P", feature_code="PPL"), [], title="")["places"]) == 3
