"""``df.geomap``: reports in DataFrames and Series."""

import datetime
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import geomap
import geomap.pandas

ROOT = Path(__file__).parents[1]
FAST: Any = {"recognizer": "fast"}
TEXT = "Shelling hit Pokrovsk on Friday, killing three."


def frame(**columns: Any) -> Any:
    return pd.DataFrame({"body": [TEXT, None, "Kyiv and Sumy were quiet."], **columns}, index=["a", "b", "c"])


def test_a_frame_gives_the_mention_table_with_its_own_labels() -> None:
    mentions = frame(day="2024-09-07").geomap.parse(text="body", published="day", **FAST)
    assert list(mentions.columns) == list(geomap.to_mentions([]).columns)
    assert mentions["name"].tolist() == ["Pokrovsk", "Kyiv", "Sumy"]
    assert mentions.index.tolist() == ["a", "c", "c"]
    assert mentions["document_id"].tolist() == ["a", "c", "c"]
    assert mentions["event_date"].iloc[0] == "2024-09-06"


def test_the_table_joins_the_frame() -> None:
    reports = frame(day="2024-09-07", topic=["war", "", "peace"])
    joined = reports.join(reports.geomap.parse("body", **FAST)[["name"]])
    assert joined[["topic", "name"]].fillna("-").values.tolist() == [
        ["war", "Pokrovsk"],
        ["", "-"],
        ["peace", "Kyiv"],
        ["peace", "Sumy"],
    ]


def test_offsets_count_the_text_of_the_cell() -> None:
    texts = ["Line one\r\nAvdi-\nivka fell. 🙂 Shelling hit Sumy."]
    mentions = pd.DataFrame({"text": texts}).geomap.parse(**FAST)
    assert [texts[0][a:b] for a, b in zip(mentions["start"], mentions["end"], strict=True)] == mentions[
        "toponym"
    ].tolist()
    assert "Sumy" in mentions["toponym"].tolist()


def test_the_index_keeps_its_kind_and_names() -> None:
    index = pd.MultiIndex.from_tuples([("x", 1), ("x", 2)], names=["outlet", "n"])
    mentions = pd.DataFrame({"text": ["Sumy fell.", "Kyiv fell."]}, index=index).geomap.parse(**FAST)
    assert mentions.index.names == ["outlet", "n"]
    assert mentions["document_id"].tolist() == ["x/1", "x/2"]
    days = pd.DataFrame({"text": ["Sumy fell."]}, index=pd.DatetimeIndex(["2024-01-01"]))
    assert days.geomap.parse(**FAST).index.equals(days.index)


def test_a_series_gives_tables_and_a_map() -> None:
    texts: Any = pd.Series([TEXT, np.nan, pd.NaT, pd.NA, "", "  "], index=list("uvwxyz"), dtype=object)
    assert texts.geomap.parse(**FAST).index.tolist() == ["u"]
    assert texts.geomap.events(**FAST)["fatalities_low"].to_dict() == {"u": 3}
    assert "Pokrovsk" in texts.geomap.map(**FAST).to_html()
    assert [one.id for one in texts.geomap.documents()] == ["u"]
    assert "Pokrovsk" in geomap.to_map(texts.geomap.parse(**FAST)).to_html()


@pytest.mark.parametrize(
    "texts",
    [
        pd.Series([TEXT, None], dtype="string"),
        pd.Series([TEXT, None], dtype="category"),
        pd.Series([TEXT, None], dtype=object),
        pd.Series([TEXT, None], dtype="str"),
    ],
    ids=lambda texts: str(texts.dtype),
)
def test_texts_may_be_of_any_dtype(texts: Any) -> None:
    assert texts.geomap.parse(**FAST)["name"].tolist() == ["Pokrovsk"]


def test_a_frame_without_rows_or_texts_gives_an_empty_table() -> None:
    for nothing in (frame()[:0], frame(body=None), pd.DataFrame({"body": pd.Series([], dtype=float)})):
        mentions = nothing.geomap.parse("body", **FAST)
        assert mentions.dtypes.equals(geomap.to_mentions([]).dtypes)
        assert mentions.empty


DAY = datetime.date(2024, 9, 7)


@pytest.mark.parametrize(
    ("cells", "days"),
    [
        (pd.DatetimeIndex(["2024-09-07 23:30", "NaT"]), [DAY, None]),
        (pd.DatetimeIndex(["2024-09-07 23:30", "NaT"]).tz_localize("Asia/Tokyo"), [DAY, None]),
        ([DAY, None], [DAY, None]),
        ([datetime.datetime(2024, 9, 7, 1, 2), pd.NaT], [DAY, None]),
        ([np.datetime64("2024-09-07"), np.datetime64("NaT")], [DAY, None]),
        (["7 September 2024", ""], [DAY, None]),
        (["25/03/2024", "07/09/2024"], [datetime.date(2024, 3, 25), DAY]),
        (pd.Categorical(["2024-09-07", None]), [DAY, None]),
        ([20240907, np.nan], [DAY, None]),
        (pd.PeriodIndex(["2024-09-07", "NaT"], freq="D"), [DAY, None]),
    ],
    ids=[
        "datetime64",
        "zoned",
        "dates",
        "datetimes",
        "numpy",
        "texts",
        "day first",
        "categories",
        "numbers",
        "periods",
    ],
)
def test_days_are_read_however_they_are_kept(cells: Any, days: list[datetime.date | None]) -> None:
    reports: Any = pd.DataFrame({"text": [TEXT, TEXT], "when": cells})
    assert [one.published for one in reports.geomap.documents(published="when")] == days


def test_a_day_that_cannot_be_read_is_named_with_its_row() -> None:
    with pytest.warns(geomap.GeomapWarning, match=r"row 1 of the DataFrame, labelled 'a': the publication date 'soon'"):
        frame(day=["soon", "", ""]).geomap.documents("body", published="day")


def test_columns_are_found_by_their_usual_names() -> None:
    reports: Any = pd.DataFrame({"Headline": ["On war"], "content": [TEXT], "outlet": ["The Sun"], "id": [7], 3: [1]})
    (one,) = reports.geomap.documents()
    assert (one.title, one.source, one.text, one.id) == ("On war", "The Sun", TEXT, "0")
    assert reports.geomap.documents(id="id")[0].id == "7"


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        (3.5, r"row 2 of the DataFrame, labelled 'b': the column 'body' holds float 3.5, which is no text; give texts"),
        (b"Kyiv", r"row 2 .*holds bytes b'Kyiv', which is no text; decode it first"),
        (["Kyiv"], r"row 2 .*holds list \['Kyiv'\]"),
        ("Kyiv \ud800", r"row 2 .*half a surrogate pair; clean the text"),
        ("Kyiv \0", r"row 2 .*NUL character"),
    ],
    ids=["number", "bytes", "list", "surrogate", "NUL"],
)
def test_a_cell_that_is_no_text_is_named_with_its_row_and_the_cure(cell: Any, message: str) -> None:
    with pytest.raises(geomap.ReportError, match=message):
        frame(body=pd.Series([TEXT, cell, TEXT], list("abc"), dtype=object)).geomap.parse("body")


def test_other_odd_cells_are_named_with_their_row() -> None:
    with pytest.raises(geomap.ReportError, match=r"row 1 .*the column 'headline' holds dict"):
        frame(headline=[{}, {}, {}]).geomap.parse("body")
    with pytest.raises(geomap.ReportError, match=r"row 3 .*the id 'x' stands in row 1 too"):
        frame(key=["x", "y", "x"]).geomap.parse("body", id="key")
    with pytest.raises(geomap.ReportError, match=r"row 3 .*it has no id; fill it in"):
        frame(key=["x", "y", None]).geomap.parse("body", id="key")


def test_labels_that_come_twice_are_refused_unless_there_is_an_id() -> None:
    twice: Any = pd.DataFrame({"text": ["Sumy fell.", "Kyiv fell."], "key": ["x", "y"]}, index=[5, 5])
    with pytest.raises(geomap.ConfigError, match=r"two rows are labelled 5; call reset_index"):
        twice.geomap.parse()
    assert twice.geomap.parse(id="key", **FAST).index.tolist() == [5, 5]


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"text": "bdy"}, r"has no column 'bdy'; its columns are 'body'"),
        ({"text": "body", "published": "day"}, r"has no column 'day'"),
        ({}, r"which column holds the texts\? The columns are 'words'"),
        ({"text": "words", "recogniser": "fast"}, r"no field or setting named 'recogniser'; did you mean 'recognizer'"),
        ({"text": "words", "publshed": "day"}, r"no field or setting named 'publshed'; did you mean 'published'"),
        ({"text": "words", "zzz": 1}, r"no field or setting named 'zzz'; .* text, published, .*, recognizer, "),
        ({"text": "words", "recognizer": "slow"}, r"no recogniser called 'slow'"),
    ],
)
def test_a_column_or_setting_that_is_not_there_is_named(columns: dict[str, str], message: str) -> None:
    reports: Any = frame() if columns.get("text") in ("bdy", "body") else pd.DataFrame({"words": ["a"]})
    with pytest.raises(geomap.ConfigError, match=message):
        reports.geomap.parse(**columns)


def test_two_columns_of_one_name_are_refused() -> None:
    reports: Any = pd.DataFrame([["a", "b"]], columns=["text", "text"])
    with pytest.raises(geomap.ConfigError, match="has 2 columns named 'text'"):
        reports.geomap.parse("text")


def test_geomap_alone_registers_nothing() -> None:
    program = "import geomap, pandas; assert not hasattr(pandas.Series, 'geomap')"
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True)
