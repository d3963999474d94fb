"""Saved tables that somebody has changed: refused with row and column, or read with one meaning everywhere."""

import json
import math
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import geomap
from geomap.errors import GeomapWarning, TableError
from geomap.exporters.blurred_points import blurred
from geomap.exporters.export import write_table
from geomap.exporters.geojson import to_geojson
from geomap.exporters.leaflet.payload.page_data import page_data
from geomap.tables import MENTION_COLUMNS, read_events, read_mentions, to_events, to_mentions, to_places
from geomap.types import ParsedDocument
from tests.by_hand import POKROVSK, parse_by_hand
from tests.cli.test_verbs import Result

SEEDS = Path(__file__).parents[1] / "seeds"


def edited(path: Path, row: int, cells: Mapping[str, Any]) -> Path:
    """Write the table of two reports with the cells of one row changed as in an editor of text, rows from 1."""
    table = to_mentions(
        [parse_by_hand("Shelling hit Pokrovsk. Pokrovsk fell.", ("Pokrovsk", POKROVSK), id=name) for name in "ab"]
    )
    table = table.astype(object)
    for column, value in cells.items():
        table.loc[row - 1, column] = value
    write_table(table, path)
    return path


@pytest.mark.parametrize(
    ("column", "value"),
    [
        *((name, value) for name in ("latitude", "point_latitude") for value in ("inf", "nan", "95", "-90.1", "1e400")),
        *((name, value) for name in ("longitude", "point_longitude") for value in ("-inf", "361", "12,5", "0x10")),
        *((name, value) for name in ("start", "end", "sentence_index") for value in ("1e300", "-1", "1.5", "", "1_0")),
        *(("population", value) for value in ("1e300", "-1", "9" * 5000, "many")),
        *(("radius_km", value) for value in ("inf", "-1", "1e9")),
        *(("confidence", value) for value in ("1.01", "-0.1", "99%")),
        *(("geo_precision", value) for value in ("0", "4")),
        *(("where_precision", value) for value in ("0", "8", "1.5")),
        *(("date_precision", value) for value in ("0", "4")),
        *(("published", value) for value in ("8/6/2024", "2024-06-31", "20240806", "2024-08-05/2024-08-06", "today")),
        *(("event_date", value) for value in ("2024-08-05/", "/", "2024-08-06/2024-08-05", "2024-13-01", "Aug 5")),
        *(("boilerplate", value) for value in ("", "maybe")),
        *(("alternatives", value) for value in ("not json", "{}", "[1]", "[" * 100_000, '[{"score":NaN}]')),
        *(("alternatives", value) for value in ('[{"latitude":1e999}]', '[{"latitude":91}]', '[{"longitude":"x"}]')),
    ],
)
def test_a_cell_that_does_not_fit_names_its_row_and_column(column: str, value: str, tmp_path: Path) -> None:
    path = edited(tmp_path / "table.csv", 2, {column: value})
    with pytest.raises(TableError, match=rf"table\.csv, row 2: .* for the column {column}, which holds ") as error:
        read_mentions(path)
    assert "\n" not in str(error.value)
    assert len(str(error.value)) < 400


def test_a_number_that_json_can_hold_and_a_table_cannot_is_refused(tmp_path: Path) -> None:
    path = edited(tmp_path / "table.jsonl", 1, {"end": 10**400})
    with pytest.raises(TableError, match=r"row 1: .* for the column end"):
        read_mentions(path)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("latitude", " 48.2 "),
        ("confidence", "1"),
        ("start", "13.0"),
        ("boilerplate", "TRUE"),
        ("published", ""),
        ("event_date", "2024-08-05/2024-08-11"),
        ("alternatives", ""),
        ("alternatives", "[]"),
        ("where_precision", ""),
    ],
)
@pytest.mark.filterwarnings("ignore::geomap.errors.GeomapWarning")
def test_a_cell_as_a_spreadsheet_may_write_it_is_read(column: str, value: str, tmp_path: Path) -> None:
    assert len(read_mentions(edited(tmp_path / "table.csv", 1, {column: value}))) == 2


def test_half_a_pair_of_coordinates_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="row 2: longitude without latitude; fill in both"):
        read_mentions(edited(tmp_path / "table.csv", 2, {"latitude": ""}))
    with pytest.raises(TableError, match="row 1: point_latitude without point_longitude"):
        read_mentions(edited(tmp_path / "table.csv", 1, {"point_longitude": ""}))
    with pytest.raises(TableError, match="row 1: end 3 is before start 13"):
        read_mentions(edited(tmp_path / "table.csv", 1, {"end": "3"}))


def spots(mentions: pd.DataFrame) -> list[set[tuple[float, float]]]:
    """Return where the page, the GeoJSON by place and by mention, and the place table have the mentions."""
    collections = [to_geojson(mentions, per="place"), to_geojson(mentions, per="mention")]
    return [
        {(place["latitude"], place["longitude"]) for place in page_data(mentions, [], title="")["places"]},
        *({tuple(one["geometry"]["coordinates"][::-1]) for one in found["features"]} for found in collections),
        set(to_places(mentions)[["latitude", "longitude"]].itertuples(index=False, name=None)),
    ]


def test_who_moves_a_place_moves_it_everywhere(tmp_path: Path) -> None:
    path = edited(tmp_path / "table.csv", 2, {"latitude": "37.9", "longitude": "95", "entry_id": "mine:1"})
    with pytest.warns(GeomapWarning, match=r"row 2: the point is not at latitude and longitude"):
        mentions = read_mentions(path)
    assert spots(mentions) == [{(37.9, 95.0), (POKROVSK.latitude, POKROVSK.longitude)}] * 4


def test_a_point_is_moved_off_its_place_by_words_alone(tmp_path: Path) -> None:
    moved = {"point_latitude": "48", "point_longitude": "37", "entry_id": "mine:1"}
    with pytest.warns(GeomapWarning, match="write into relation by what"):
        mentions = read_mentions(edited(tmp_path / "table.csv", 2, moved))
    assert mentions["point_latitude"].tolist() == mentions["latitude"].tolist()
    mentions = read_mentions(edited(tmp_path / "table.csv", 2, {**moved, "relation": "near"}))
    assert mentions["point_latitude"].tolist() == [POKROVSK.latitude, 48.0]


def test_a_place_written_in_by_hand_is_on_the_map(tmp_path: Path) -> None:
    cells = {"latitude": "10", "longitude": "20", "point_latitude": "", "point_longitude": "", "entry_id": ""}
    mentions = read_mentions(edited(tmp_path / "table.csv", 2, cells))
    assert spots(mentions) == [{(10.0, 20.0), (POKROVSK.latitude, POKROVSK.longitude)}] * 4


def test_a_place_moved_in_one_of_its_rows_is_told(tmp_path: Path) -> None:
    cells = {"latitude": "10", "longitude": "20", "point_latitude": "10", "point_longitude": "20"}
    with pytest.warns(GeomapWarning, match=r"row 2: latitude and longitude are not those that earlier rows have"):
        read_mentions(edited(tmp_path / "table.csv", 2, cells))


def test_a_longitude_that_counts_on_around_the_earth_is_brought_back(tmp_path: Path) -> None:
    cells = {"latitude": "-17", "longitude": "181", "point_latitude": "-17", "point_longitude": "-179"}
    mentions = read_mentions(edited(tmp_path / "table.csv", 1, cells | {"entry_id": "mine:1"}))
    assert mentions["longitude"][0] == mentions["point_longitude"][0] == -179


@pytest.fixture(scope="module")
def told() -> list[ParsedDocument]:
    return list(geomap.Geoparser().parse(geomap.read_documents(SEEDS)))


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".parquet"])
def test_a_table_that_nobody_changed_is_read_as_it_was(suffix: str, told: list[ParsedDocument], tmp_path: Path) -> None:
    mentions, events = to_mentions(told), to_events(told)
    for table in (mentions, blurred(mentions, 20)):
        write_table(table, tmp_path / f"mentions{suffix}")
        pd.testing.assert_frame_equal(read_mentions(tmp_path / f"mentions{suffix}"), table)
    write_table(events, tmp_path / f"events{suffix}")
    pd.testing.assert_frame_equal(read_events(tmp_path / f"events{suffix}"), events)


def test_an_event_table_is_checked_alike(told: list[ParsedDocument], tmp_path: Path) -> None:
    for column, value in [("latitude", "95"), ("fatalities_low", "-1"), ("event_date", "2024-08-05/"), ("end", "inf")]:
        events = to_events(told).astype(object)
        events.loc[2, column] = value
        write_table(events, tmp_path / "events.csv")
        with pytest.raises(TableError, match=f"row 3: .* for the column {column}"):
            read_events(tmp_path / "events.csv")


@settings(deadline=None, max_examples=60)
@given(column=st.sampled_from(list(MENTION_COLUMNS)), data=st.data())
def test_an_edited_cell_is_refused_or_mapped_and_never_a_traceback(
    column: str, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    odd = ["inf", "-1", "1e300", "[]", "{}", "[{}]", "null", "2024-08-05/", "=1+1", "\x00", "0", "true", "9" * 400]
    value = data.draw(st.sampled_from(odd) | st.text(st.characters(exclude_categories=["Cs"]), max_size=8))
    path = edited(tmp_path_factory.mktemp("any") / "table.csv", 1, {column: value})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", GeomapWarning)
        try:
            mentions = read_mentions(path)
        except TableError:
            return
        json.dumps(page_data(mentions, [], title=""), allow_nan=False)
        json.dumps(to_geojson(mentions), allow_nan=False)
    assert not any(map(math.isinf, mentions["latitude"]))


def test_a_table_that_is_refused_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    edited(tmp_path / "table.csv", 2, {"alternatives": "not json"})
    result = Result("map", "--table", "table.csv", "-o", "out.html")
    assert result.code == 1
    assert result.words.startswith("error: table.csv, row 2: ")
    assert [file.name for file in tmp_path.iterdir()] == ["table.csv"]
