"""Reports with their places and events marked in the text."""

import re
from pathlib import Path

import pytest

from geomap.evaluation.rows import rows_of
from geomap.training.event_reports import marked_rows
from geomap.training.marked_reports import read_marked_reports

ROOT = Path(__file__).resolve().parents[2]
MARKED = ROOT / "geomap" / "training" / "marked"
HEAD = "=== t1 | 2024-05-03 | wire | Gulf Courier | A title\n"


def read(tmp_path: Path, marked: str) -> dict[str, object]:
    path = tmp_path / "reports.txt"
    path.write_text(HEAD + marked, "utf-8")
    (row,) = read_marked_reports(path)
    return row


def test_a_list_is_a_row_a_place_and_its_toll_stands_on_the_first(tmp_path: Path) -> None:
    row = read(tmp_path, "Jets [hit|e1 AIR @p1,p2 d=2024-05-02/2024-05-03 k=3] {Taiz|p1} and {Ibb|p2}.\n")
    assert row["text"] == "Jets hit Taiz and Ibb."
    found = [(one["place_start"], one["date"], one["fatalities_low"]) for one in row["events"]]  # type: ignore[attr-defined]
    assert found == [(9, ["2024-05-02", "2024-05-03"], 3), (18, ["2024-05-02", "2024-05-03"], None)]


def test_each_place_may_have_a_toll_of_its_own(tmp_path: Path) -> None:
    row = read(tmp_path, "Shells [killed|e1 SHELL @p1:k2,p2:k3-10] two in {Taiz|p1}, several in {Ibb|p2}.\n")
    found = [(one["fatalities_low"], one["fatalities_high"]) for one in row["events"]]  # type: ignore[attr-defined]
    assert found == [(2, 2), (3, 10)]


@pytest.mark.parametrize(
    ("marked", "problem"),
    [
        ("[hit|e1 BOOM @p1] {Taiz|p1}", "cannot be read"),
        ("[hit|e1 AIR @p2] {Taiz|p1}", "not marked"),
        ("[raid|e2 AIR ~e1] there", "not marked before it"),
        ("{Taiz|p1} and {Ibb|p1}", "two places"),
        ("[hit|e1 AIR d=2024-13-41] it", "month"),
        ("[hit|e1 AIR\nit", "cannot be read"),
    ],
)
def test_a_mark_that_cannot_be_read_is_named(tmp_path: Path, marked: str, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        read(tmp_path, marked)


def test_the_projects_own_reports_are_read_whole() -> None:
    rows = read_marked_reports(MARKED / "reports.txt")
    assert len({row["doc_id"] for row in rows}) == len(rows) == 85
    assert sum(len(row["events"]) for row in rows) == 1355
    assert not [row["doc_id"] for row in rows if re.search(r"[\[\]{}|]", row["text"])]


def test_what_is_marked_in_corpora_holds_none_of_their_text() -> None:
    allowed = {"corpus", "doc_id", "split", "title", "source", "style", "date", "span", "toponyms", "events", "traps"}
    rows = rows_of(MARKED / "news.jsonl")
    assert len(rows) == 160
    assert {name for row in rows for name in row} == allowed
    assert {name for row in rows for one in row["events"] for name in one} & {"text", "trigger"} == set()
    assert {row["title"] for row in rows} == {""}


def test_marked_texts_are_put_together_from_the_corpora(tmp_path: Path) -> None:
    texts = {row["doc_id"].split("/", 1)[1]: row for row in rows_of(MARKED / "news.jsonl")}
    for corpus in ("lgl", "trnews", "ner_re3d", "ner_worldwide"):
        rows = [name for name, row in texts.items() if row["corpus"] == corpus]
        lines = "".join(f'{{"doc_id": "{name}", "text": "{"x" * 6000}"}}\n' for name in rows)
        (tmp_path / f"{corpus}.jsonl").write_text(lines, "utf-8")
    (tmp_path / "event_reports.jsonl").write_text('{"split": "dev"}\n', "utf-8")
    rows = marked_rows(tmp_path)
    assert len(rows) == 85 + 160
    assert all(len(one["text"]) == one["end"] - one["start"] for row in rows[85:] for one in row["events"])
