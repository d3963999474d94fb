"""What the columns of a table or of JSON Lines are taken for, and what is said about them."""

import datetime
import json
import warnings
from pathlib import Path

import pytest

from geomap.errors import GeomapWarning, ReportError
from geomap.readers import read_documents
from geomap.readers.input_formats import names
from geomap.types import Document

MARCH = [datetime.date(2025, 3, day) for day in (1, 25, 5, 31)]


def write(folder: Path, name: str, rows: list[dict[str, object]]) -> Path:
    path = folder / name
    if path.suffix == ".jsonl":
        path.write_text("\n".join(map(json.dumps, rows)))
    else:
        lines = [",".join(rows[0]), *(",".join(map(str, row.values())) for row in rows)]
        path.write_text("\n".join(lines))
    return path


def read(folder: Path, name: str, rows: list[dict[str, object]], **columns: str) -> list[Document]:
    return list(read_documents(write(folder, name, rows), columns=columns or None))


@pytest.mark.parametrize("name", ["rows.csv", "rows.jsonl"])
@pytest.mark.parametrize(
    "column",
    [
        *("publishedAt", "datePublished", "pubDate", "created_at", "event_date", "date_published", "seendate"),
        *("timestamp", "day", "Publication Date", "published-at", "DATE"),
    ],
)
def test_the_usual_names_of_a_date_are_understood(name: str, column: str, tmp_path: Path) -> None:
    (document,) = read(tmp_path, name, [{"content": "Shelling hit Sumy.", column: "2025-03-14T09:30:00Z"}])
    assert document.published == datetime.date(2025, 3, 14)


@pytest.mark.parametrize("name", ["rows.csv", "rows.jsonl"])
def test_a_misspelt_column_is_an_error_that_lists_those_there_are(name: str, tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [{"text": "Shelling hit Sumy.", "event_date": "2025-03-14"}]
    message = (
        rf"{name}: no column 'event_dat' for the published; the columns are 'text', 'event_date': "
        "did you mean 'event_date'"
    )
    with pytest.raises(ReportError, match=message):
        read(tmp_path, name, rows, published="event_dat")
    with pytest.raises(ReportError, match=r"the columns are 'text', 'event_date': name the one that holds it \(url="):
        read(tmp_path, name, rows, url="zzz")


def test_a_column_that_only_some_rows_of_json_lines_have_is_there(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [{"text": "Shelling hit Sumy."}, {"text": "And Kyiv.", "when": "2025-03-14"}]
    assert [bool(document.published) for document in read(tmp_path, "rows.jsonl", rows, published="when")] == [0, 1]


@pytest.mark.parametrize("name", ["rows.csv", "rows.jsonl"])
def test_a_column_that_looks_like_the_date_is_pointed_out(name: str, tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [
        {"text": "Shelling hit Sumy.", "nr": "17", "reported": "14/03/2025"},
        {"text": "Shelling hit Kyiv.", "nr": "18", "reported": "2 March 2025"},
    ]
    with pytest.warns(GeomapWarning, match=r"no column of publication dates was found, but 'reported' looks like one"):
        documents = read(tmp_path, name, rows)
    assert [document.published for document in documents] == [None, None]


def test_columns_of_numbers_and_words_look_like_no_date(tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert read(tmp_path, "rows.csv", [{"text": "Shelling hit Sumy.", "n": 12, "time": "10:30", "where": "May"}])


@pytest.mark.parametrize("name", ["rows.csv", "rows.jsonl"])
def test_a_column_with_dates_that_can_only_be_day_first_is_read_so_and_says_it(name: str, tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [
        {"text": f"Shelling hit Sumy and killed {day.day}.", "date": day.strftime("%d/%m/%Y")} for day in MARCH
    ]
    with pytest.warns(GeomapWarning, match="the dates of the column 'date' are all read day first, as '25/03/2025'"):
        documents = read(tmp_path, name, rows)
    assert [document.published for document in documents] == MARCH


def test_a_column_that_mixes_both_orders_keeps_its_doubtful_dates_empty(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [
        {"text": "Shelling hit Sumy.", "date": day} for day in ("25/03/2025", "03/25/2025", "04/03/2025")
    ]
    with pytest.warns(GeomapWarning, match="line 4: the publication date '04/03/2025' is ambiguous"):
        documents = read(tmp_path, "rows.csv", rows)
    assert [document.published for document in documents] == [MARCH[1], MARCH[1], None]


def test_an_outlet_that_is_an_object_gives_its_name(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [
        {"source": {"id": None, "name": "Example Post"}, "content": "Shelling hit Pokrovsk."},
        {"source": {"id": None, "name": None}, "content": "Shelling hit Sumy."},
    ]
    assert [document.source for document in read(tmp_path, "rows.jsonl", rows)] == ["Example Post", ""]


def test_formats_that_have_no_columns_take_no_notice_of_them(tmp_path: Path) -> None:
    assert {"text", "html"} < set(names())
    (tmp_path / "a.txt").write_text("Shelling hit Sumy.")
    assert len(list(read_documents(tmp_path, columns={"text": "body"}))) == 1
