import json
import math
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geomap.errors import GeomapWarning, TableError
from geomap.exporters.export import write_table
from geomap.tables import MENTION_COLUMNS, PLACE_COLUMNS, read_mentions, to_mentions, to_places
from geomap.tables.older import only_start
from geomap.types import Candidate, ParsedDocument, Resolution
from tests.by_hand import ENGELS, POKROVSK, UGLY, WINDHOEK, entry, parse_by_hand

SUFFIXES = [".csv", ".jsonl", ".parquet"]


def dtypes(table: pd.DataFrame) -> dict[str, str]:
    return {str(name): str(dtype) for name, dtype in table.dtypes.items()}


def test_the_table_has_one_row_a_mention_in_document_and_text_order(parsed: list[ParsedDocument]) -> None:
    table = to_mentions(parsed)
    assert table["toponym"].tolist() == ["Pokrovsk", "Windhoek", "Nowhere", "Pokrovsk"]
    assert table["document_id"].tolist() == ["report.txt"] * 3 + ["b.txt"]
    for row in table.head(3).itertuples():
        assert UGLY[row.start : row.end] == row.toponym
        assert UGLY.startswith(row.sentence, row.sentence_start)
    assert table["published"].tolist() == ["2024-09-06"] * 3 + [""]
    assert table["sentence"][0] == UGLY


@pytest.mark.parametrize("documents", [[], [parse_by_hand("Nothing here.")]])
def test_an_empty_table_has_the_same_columns_and_dtypes(documents: list[ParsedDocument]) -> None:
    empty = to_mentions(documents)
    assert len(empty) == 0
    assert dtypes(empty) == {name: str(dtype) for name, dtype in MENTION_COLUMNS.items()}
    assert dtypes(to_places(empty)) == {name: str(dtype) for name, dtype in PLACE_COLUMNS.items()}


def test_a_full_table_has_the_stated_dtypes(parsed: list[ParsedDocument]) -> None:
    table = to_mentions(parsed)
    assert dtypes(table) == {name: str(dtype) for name, dtype in MENTION_COLUMNS.items()}
    assert dtypes(to_places(table)) == {name: str(dtype) for name, dtype in PLACE_COLUMNS.items()}


def test_a_nil_mention_keeps_its_row_with_empty_coordinates(parsed: list[ParsedDocument]) -> None:
    nil = to_mentions(parsed).iloc[2]
    assert nil["entry_id"] == ""
    assert math.isnan(nil["latitude"])
    assert nil["population"] is pd.NA
    assert nil["confidence"] == 0
    assert nil["alternatives"] == "[]"


def test_confidence_has_two_decimals_and_alternatives_leave_the_winner_out(parsed: list[ParsedDocument]) -> None:
    row = to_mentions(parsed).iloc[0]
    assert row["confidence"] == 0.88
    assert json.loads(row["alternatives"]) == [
        {
            "entry_id": ENGELS.id,
            "name": "Engel’s",
            "latitude": 51.48389,
            "longitude": 46.10528,
            "country_code": "RU",
            "admin1": "67",
            "score": 1.346,
        }
    ]


def test_at_most_five_alternatives_are_kept() -> None:
    one = parse_by_hand("In Pokrovsk.", ("Pokrovsk", POKROVSK))
    many = tuple(Candidate(entry=entry(f"P{n}"), matched_name="Pokrovsk", score=-n) for n in range(9))
    resolution = Resolution(mention=one.mentions[0], entry=None, confidence=0.0, candidates=many)
    parsed = ParsedDocument(
        document=one.document, sentences=one.sentences, mentions=one.mentions, resolutions=(resolution,)
    )
    names = [found["name"] for found in json.loads(to_mentions([parsed])["alternatives"][0])]
    assert names == ["P0", "P1", "P2", "P3", "P4"]


def test_places_are_counted_most_mentioned_first_and_without_nil(parsed: list[ParsedDocument]) -> None:
    places = to_places(to_mentions(parsed))
    assert places["entry_id"].tolist() == [POKROVSK.id, WINDHOEK.id]
    assert places["mentions"].tolist() == [2, 1]
    assert places["documents"].tolist() == [2, 1]
    assert places["literal_mentions"].tolist() == [2, 1]
    assert places["country_code"].tolist() == ["UA", "NA"]
    assert places["first_published"].tolist() == ["2024-09-06", "2024-09-06"]


def test_counting_a_table_without_columns_names_them() -> None:
    with pytest.raises(TableError, match="lacks the columns document_id, title"):
        to_places(pd.DataFrame({"entry_id": []}))


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_saved_table_comes_back_exactly(suffix: str, parsed: list[ParsedDocument], tmp_path: Path) -> None:
    table = to_mentions(parsed)
    write_table(table, tmp_path / f"table{suffix}")
    back = read_mentions(tmp_path / f"table{suffix}")
    pd.testing.assert_frame_equal(back, table)
    assert back["country_code"].tolist() == ["UA", "NA", "", "UA"]
    assert back["sentence"][0] == UGLY


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_an_empty_table_comes_back_empty(suffix: str, tmp_path: Path) -> None:
    write_table(to_mentions([]), tmp_path / f"table{suffix}")
    pd.testing.assert_frame_equal(read_mentions(tmp_path / f"table{suffix}"), to_mentions([]))


@settings(deadline=None)  # files are slow at times
@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=40), suffix=st.sampled_from([".csv", ".jsonl"]))
def test_any_sentence_survives_a_file(text: str, suffix: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    table = to_mentions([parse_by_hand(text + "Pokrovsk", ("Pokrovsk", POKROVSK), title=text)])
    path = tmp_path_factory.mktemp("any") / f"table{suffix}"
    write_table(table, path)
    pd.testing.assert_frame_equal(read_mentions(path), table)


def test_a_sentence_of_a_megabyte_survives_a_csv(tmp_path: Path) -> None:
    table = to_mentions([parse_by_hand("x, " * 350_000 + "Pokrovsk", ("Pokrovsk", POKROVSK))])
    write_table(table, tmp_path / "long.csv")
    pd.testing.assert_frame_equal(read_mentions(tmp_path / "long.csv"), table)


def test_a_csv_that_a_spreadsheet_saved_with_a_byte_order_mark_is_read(
    parsed: list[ParsedDocument], tmp_path: Path
) -> None:
    path = tmp_path / "table.csv"
    write_table(to_mentions(parsed), path)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert len(read_mentions(path)) == 4


def test_missing_columns_are_named(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("document_id,title\na,b\n")
    with pytest.raises(TableError, match=r"table\.csv lacks the columns url, source, published"):
        read_mentions(path)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("table.csv", b"", "cannot be read as a table"),
        ("table.csv", b"\xff\xfe\x00a", "cannot be read as a table"),
        ("table.parquet", b"not parquet", "cannot be read as a table"),
        ("table.jsonl", b"[1]\n", "line 1: not a JSON object"),
        ("table.jsonl", b'{"title": \n', "line 1: not JSON"),
        ("table.xlsx", b"not a workbook", "cannot be read as a table"),
        ("table.xlsx", b"PK\x05\x06" + b"\0" * 18, "cannot be read as a table"),
        ("table.geojson", b'{"type": "Feature"}', "cannot be read as a table"),
        ("table.geojson", b'{"features": [[]]}', "cannot be read as a table"),
        ("table.gpkg", b"not a GeoPackage", "cannot be read as a table"),
        ("table.kml", b"<kml>", "cannot be read as a table"),
        ("table.docx", b"", r"ends in \.csv, \.jsonl, \.parquet"),
    ],
)
def test_a_damaged_table_is_refused_in_one_line(name: str, content: bytes, message: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(TableError, match=message) as error:
        read_mentions(path)
    assert "\n" not in str(error.value)


def test_a_missing_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="no such file"):
        read_mentions(tmp_path / "table.csv")


def test_a_cell_of_the_wrong_type_names_row_and_column(parsed: list[ParsedDocument], tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    table = to_mentions(parsed).astype({"start": object})
    table.loc[1, "start"] = "twelve"
    write_table(table, path)
    with pytest.raises(TableError, match="row 2: 'twelve' is no value for the column start"):
        read_mentions(path)


@pytest.mark.parametrize(
    ("sentence", "spots", "start"),
    [
        ("Shells hit Pokrovsk.", [(111, "Pokrovsk")], 100),
        ("Russian jets flew out of Russia.", [(125, "Russia")], 100),  # not inside "Russian"
        ("From Kursk, past Kursk, to Sudzha.", [(117, "Kursk"), (127, "Sudzha")], 100),
        ("In Kursk.", [(1, "Kursk")], None),  # it cannot start before its document
        ("Kursk and Kursk.", [(50, "Kursk")], None),
        ("Nothing here.", [(5, "Kursk")], None),
        ("", [(5, "Kursk")], None),
    ],
)
def test_where_a_sentence_of_an_older_table_starts_is_told_when_there_is_one_answer(
    sentence: str, spots: list[tuple[int, str]], start: int | None
) -> None:
    assert only_start(sentence, spots) == start


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_table_saved_without_the_starts_of_sentences_is_still_read(suffix: str, tmp_path: Path) -> None:
    table = to_mentions([parse_by_hand("In 🏳️ Pokrovsk.", ("Pokrovsk", POKROVSK))])
    write_table(table.drop(columns="sentence_start"), tmp_path / f"older{suffix}")
    pd.testing.assert_frame_equal(read_mentions(tmp_path / f"older{suffix}"), table)
    twice = to_mentions([parse_by_hand("Kursk and Kursk.", ("Kursk", POKROVSK))])
    twice[["start", "end"]] += 100
    write_table(twice.drop(columns="sentence_start"), tmp_path / f"twice{suffix}")
    with pytest.warns(GeomapWarning, match=r"twice\.\w+: made by an earlier version, .* 1 of its 1 sentences"):
        back = read_mentions(tmp_path / f"twice{suffix}")
    assert back["sentence_start"].isna().all()
