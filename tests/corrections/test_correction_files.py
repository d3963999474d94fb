"""Files of corrections: written by hand, by programs, by spreadsheets, and cut off in the middle."""

import csv
import subprocess
import sys
import time
import warnings
from pathlib import Path
from typing import Any

import pytest

from geomap.corrections.applying import rules_by_document, rules_of
from geomap.corrections.corrections_file import (
    COLUMNS,
    append_corrections,
    read_correction_rows,
    read_corrections,
)
from geomap.corrections.records import Correction
from geomap.errors import CorrectionsError, OutputError
from tests.by_hand import POKROVSK, parse_by_hand

PLACE = Correction(document="a.txt", words="Kursk", start=10, end=15, verdict="place", entry_id="geonames:538560")


def file(tmp_path: Path, text: str | bytes) -> Path:
    path = tmp_path / "corrections.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


@pytest.mark.parametrize(
    "words",
    ["Kursk", '=HYPERLINK("http://x")', "'=1", "-Sumy", "@x", "a\nb", 'say "so", he', "<b>Kyiv</b>", "Київ 🏳️", "\t="],
)
def test_what_is_added_is_read_again_to_the_letter(words: str, tmp_path: Path) -> None:
    path = tmp_path / "corrections.csv"
    row = Correction(document="=a.txt", words=words, verdict="place", latitude=-1.5, longitude=36.0, who="A", why="+1")
    append_corrections(path, row)
    append_corrections(path, PLACE)
    first, second = read_corrections(path)
    assert (first.document, first.words, first.latitude, first.longitude) == ("=a.txt", words, -1.5, 36.0)
    assert (first.why, second.entry_id, second.start) == ("+1", "geonames:538560", 10)


def test_no_cell_that_is_written_is_a_formula_to_a_spreadsheet(tmp_path: Path) -> None:
    path = tmp_path / "corrections.csv"
    evil = "=cmd|'/c calc'!A1"
    append_corrections(path, Correction(document=evil, words=evil, verdict="not a place", who=evil, why="@SUM(1)"))
    with path.open(encoding="utf-8", newline="") as stream:
        cells = list(csv.reader(stream))[1]
    assert not [cell for cell in cells if cell[:1] in ("=", "+", "-", "@", "\t")]
    assert read_corrections(path)[0].signature == "cmd|'/c calc'!A1"


def test_a_file_written_by_hand_needs_three_columns_in_any_order(tmp_path: Path) -> None:
    path = file(tmp_path, "verdict,Words,document,note\n\nnot a place,March,any,mine\nwrong,shelled,a.txt,\n")
    march, shelled = read_corrections(path)
    assert (march.about, march.document, march.line) == ("mention", "any", 3)
    assert (shelled.about, shelled.line) == ("event", 4)


def test_a_file_saved_by_a_spreadsheet_is_read(tmp_path: Path) -> None:
    text = "\ufeffdocument;words;start;end;verdict;entry_id\r\na.txt;Kursk;10.0;15.0;place;geonames:538560"
    (row,) = read_corrections(file(tmp_path, text))
    assert (row.start, row.end, row.entry_id) == (10, 15, "geonames:538560")
    append_corrections(tmp_path / "corrections.csv", Correction(document="b.txt", words="May", verdict="not a place"))
    assert [one.words for one in read_corrections(tmp_path / "corrections.csv")] == ["Kursk", "May"]


def test_an_empty_file_holds_no_correction_and_can_be_added_to(tmp_path: Path) -> None:
    path = file(tmp_path, "")
    assert read_corrections(path) == ()
    append_corrections(path, PLACE)
    assert path.read_text().splitlines()[0] == ",".join(COLUMNS)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("document,words\na.txt,Kursk\n", "no column verdict; the first line names the columns"),
        ("<html>\n", "no column document, words, verdict"),
        (
            "document,words,verdict\na.txt,Kursk,nonsense\n",
            "line 2: 'nonsense' is no verdict on mentions; there are on mentions 'place',",
        ),
        ("document,words,verdict\n\na.txt,Kursk,place\n", "line 3: the verdict is place, and none is given"),
        ("document,words,verdict\n,Kursk,not a place\n", "line 2: the document is empty"),
        ("document,words,verdict\na.txt,,not a place\n", "line 2: words is empty"),
        ("document,words,verdict\na.txt,Kur", "line 2: 2 cells under 3 columns; complete the row or delete it"),
        ('document,words,verdict\na.txt,"Kursk,place\nb,c,d\n', "line 2: unexpected end of data"),
        ("document,words,verdict,start\na,K,not a place,3\n", "line 2: start without end"),
        ("document,words,verdict,start,end\na,Kursk,not a place,3,5\n", "words has 5 characters and the span 3 to 5"),
        ("document,words,verdict,start,end\nany,K,not a place,3,4\n", "offsets make no sense in any report"),
        ("document,words,verdict,start,end\na,K,not a place,-3,1e3\n", "start is '-3'; give a whole number from 0"),
        ("document,words,verdict,latitude\na,K,place,1\n", "latitude without longitude"),
        ("document,words,verdict,latitude,longitude\na,K,place,91,1\n", "91.0, 1.0 is no point on Earth"),
        ("document,words,verdict,latitude,longitude\na,K,place,nan,1\n", "latitude is 'nan'; give degrees"),
        ('document,words,verdict,latitude,longitude\na,K,place,"1,048,2",1\n', "latitude is '1,048,2'; give degrees"),
        ("document,words,who,verdict,who\na,K,A,not a place,B\n", "two columns who; leave one of them"),
        ("document,words,verdict,start,end\na,K,same,0,1\n", "same_start, where the other event's trigger begins"),
        ("document,words,verdict,same_start\na,K,wrong,3\n", "same_start, where the other event's trigger begins"),
        ("document,words,verdict,same_start\na,K,same,3\n", "is on one event; give its start and end"),
        ("document,words,verdict,start,end,same_start\na,K,same,3,4,3\n", "same_start is the event's own start"),
        ("document,words,verdict,start,end,same_start,same_document\na,K,same,3,4,3,b\n", "goes with same_words"),
        ("document,words,verdict,same_document,same_words\na,K,wrong,b,K\n", "same_words without same_start"),
        ("document,words,verdict,latitude,longitude,entry_id\na,K,place,1,2,x:1\n", "both an entry_id and coordinates"),
        ("document,words,verdict,entry_id\na,K,not a place,x:1\n", "a place does not go with 'not a place'"),
        (
            "document,words,verdict,event_sub_type\na,K,event,Bombing\n",
            "there is no event_sub_type 'Bombing'; ACLED has",
        ),
        ("document,words,verdict,event_date\na,K,event,2024-02-30\n", "event_date is '2024-02-30'; give a day"),
        ("document,words,verdict,event_date\na,K,event,2024-02-03/2024-02-01\n", "give a day"),
        ("document,words,verdict,event_date\nany,K,event,2024-02-03\n", "cannot be that of events in any report"),
        ("document,words,verdict,fatalities_low,fatalities_high\na,K,event,5,3\n", "the least and the greatest number"),
        ("document,words,verdict\na,K,undo\n", "line 2: undo of 'K', of which nothing stands"),
        (b"document,words,verdict\na,K\xfcln,not a place\n", "line 2: is not UTF-8; save the file as CSV in UTF-8"),
    ],
)
def test_a_row_that_makes_no_sense_is_named_with_its_line(text: str | bytes, why: str, tmp_path: Path) -> None:
    path = file(tmp_path, text)
    with pytest.raises(CorrectionsError) as refused:
        read_corrections(path)
    assert str(refused.value).startswith(str(path))
    assert why in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(CorrectionsError, match="no such file; geomap correct makes one"):
        read_corrections(tmp_path / "none.csv")
    with pytest.raises(CorrectionsError, match="cannot be read"):
        read_corrections(tmp_path)
    with pytest.raises(OutputError, match="is a folder"):
        append_corrections(tmp_path, PLACE)


def test_undo_takes_back_the_last_row_of_the_same_words_and_no_other(tmp_path: Path) -> None:
    path = tmp_path / "corrections.csv"
    other = Correction(document="a.txt", words="Kursk", start=20, end=25, verdict="not a place")
    later = Correction(document="a.txt", words="Kursk", start=10, end=15, verdict="unknown place")
    undo = Correction(document="a.txt", words="Kursk", start=10, end=15, verdict="undo")
    for row in (PLACE, other, later, undo):
        append_corrections(path, row)
    assert [(row.start, row.verdict) for row in read_corrections(path)] == [(10, "place"), (20, "not a place")]
    append_corrections(path, undo)
    assert [row.start for row in read_corrections(path)] == [20]
    assert len(read_correction_rows(path)) == 5


def test_nothing_is_added_to_what_is_no_file_of_corrections(tmp_path: Path) -> None:
    for text in ("id,text\n1,a\n", "document,words,verdict\na.txt,Kur"):
        path = file(tmp_path, text)
        with pytest.raises(CorrectionsError):
            append_corrections(path, PLACE)
        assert path.read_text() == text


@pytest.mark.parametrize("start", ["", "\ufeff"])
def test_a_file_with_fewer_columns_gets_those_that_a_new_row_needs(start: str, tmp_path: Path) -> None:
    path = file(tmp_path, f'{start}Verdict;words;document\r\nNot a place;"a;b";Any\r\n')
    before = read_corrections(path)
    append_corrections(path, PLACE)
    append_corrections(path, PLACE)
    rows = read_corrections(path)
    assert (rows[0], before[0].document, before[0].verdict) == (before[0], "any", "not a place")
    assert [(row.entry_id, row.start) for row in rows[1:]] == [(PLACE.entry_id, 10)] * 2
    first = "verdict;words;document;start;end;entry_id"
    assert path.read_text("utf-8").splitlines()[0] == start + first


@pytest.mark.parametrize(
    "cells",
    [
        {"start": 10**10, "end": 10**10 + 5, "verdict": "not a place"},
        {"about": "event", "verdict": "event", "fatalities_low": 1, "fatalities_high": 10**12},
        {"verdict": "not a place", "why": "x" * (1 << 21)},
        {"about": "event", "verdict": "event", "fatalities_low": 0.5, "fatalities_high": 0.5},
    ],
)
def test_a_row_that_could_not_be_read_again_is_not_written(cells: dict[str, Any], tmp_path: Path) -> None:
    path = file(tmp_path, "document,words,verdict\n")
    with pytest.raises(CorrectionsError, match="the new row, line 1"):
        append_corrections(path, Correction(document="a.txt", words="Kursk", **cells))
    assert path.read_text() == "document,words,verdict\n"


def test_a_comma_in_a_number_is_that_of_a_spreadsheet(tmp_path: Path) -> None:
    path = file(tmp_path, "document;words;verdict;latitude;longitude\na;K;place;48,25;-1,5\n")
    assert [(row.latitude, row.longitude) for row in read_corrections(path)] == [(48.25, -1.5)]


def test_ten_thousand_rows_are_read_and_applied_in_a_moment(tmp_path: Path) -> None:
    lines = [f"{'any' if n % 2 else 'a.txt'},name {n},not a place\n" for n in range(10_000)]
    began = time.perf_counter()
    rows = read_corrections(file(tmp_path, "document,words,verdict\n" + "".join(lines)))
    append_corrections(tmp_path / "copy.csv", *rows)
    assert [row.words for row in read_corrections(tmp_path / "copy.csv")] == [row.words for row in rows]
    assert time.perf_counter() - began < 10
    rules = rules_by_document(rows)
    reports = [parse_by_hand(f"Name {n} name 9 fell.", ("name 9", POKROVSK), id=f"{n}.txt") for n in range(1000)]
    began = time.perf_counter()
    assert [[number for number, _ in rules_of(one, rules)] for one in reports] == [[9]] * 1000
    assert time.perf_counter() - began < 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
def test_a_full_disk_is_an_error_of_one_line() -> None:
    with pytest.raises(OutputError, match=r"cannot be written .*; make room, or choose another file"):
        append_corrections("/dev/full", PLACE)


def test_several_programs_may_add_to_one_file_at_once(tmp_path: Path) -> None:
    path = tmp_path / "corrections.csv"
    append_corrections(path, PLACE)
    code = (
        "import sys; from geomap.corrections.corrections_file import append_corrections; "
        "from geomap.corrections.records import Correction\n"
        "for n in range(50): append_corrections(sys.argv[1], Correction(document=sys.argv[2], words=f'w{n}', "
        "verdict='not a place', why='x' * 300))"
    )
    running = [subprocess.Popen([sys.executable, "-c", code, str(path), name]) for name in ("a", "b")]
    assert [one.wait() for one in running] == [0, 0]
    rows = read_corrections(path)
    assert len(rows) == 101
    assert [row.words for row in rows if row.document == "a"] == [f"w{n}" for n in range(50)]


def test_reading_warns_of_nothing(tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        append_corrections(tmp_path / "corrections.csv", PLACE)
        read_corrections(tmp_path / "corrections.csv")
