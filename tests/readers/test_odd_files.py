"""Files as people and programs really make them: what a reader of them sees is read, and nothing else."""

import gzip
import json
import warnings
from pathlib import Path
from typing import Any

import pytest

from geomap.readers import read_documents
from geomap.types import Document
from tests.readers.files_of_every_format import STORY, docx, epub, page, paragraph, record, xlsx


def read(path: Path, data: bytes | str, **how: Any) -> list[Document]:
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return list(read_documents(path, **how))


def test_a_title_above_the_header_of_a_table_is_passed_over(tmp_path: Path) -> None:
    table = "Export of events,,\nas of 1 March,,\n\nid,date,text\n1,2025-03-14,Shells fell.\n"
    assert [(one.id, one.text) for one in read(tmp_path / "a.csv", table)] == [("1", "Shells fell.")]
    rows = [["Export of events"], [], ["id", "text"], ["1", "Shells fell."]]
    assert [(one.id, one.text) for one in read(tmp_path / "a.xlsx", xlsx({"A": rows}))] == [("1", "Shells fell.")]


def test_a_table_without_a_text_names_the_columns_of_its_first_row(tmp_path: Path) -> None:
    errors: list[Exception] = []
    table = "a,b\n" + "".join(f"{n},{n}\n" for n in range(30)) + "text,c\nShells fell.,1\n"
    assert not read(tmp_path / "a.csv", table, on_error=errors.append)
    assert [str(error).partition("a.csv, ")[2][:60] for error in errors] == [
        "line 1: no column for the text; the columns are 'a', 'b': na"
    ]


def test_the_name_of_a_column_may_go_over_two_lines(tmp_path: Path) -> None:
    (one,) = read(
        tmp_path / "a.csv", '"Text of\nreport",date\nShells fell.,2025-03-14\n', columns={"text": "text of report"}
    )
    assert one.text == "Shells fell."


def test_line_ends_of_all_kinds_in_one_table_end_rows(tmp_path: Path) -> None:
    found = read(tmp_path / "a.csv", 'text,date\r\na,2025-03-14\nb,2025-03-15\r"c\r\nd",2025-03-16\r\n')
    assert [one.text for one in found] == ["a", "b", "c\nd"]


def test_the_mark_excels_line_and_commas_in_numbers_go_together(tmp_path: Path) -> None:
    found = read(tmp_path / "a.csv", "\ufeffsep=;\r\ntext;date;lat\r\nShells fell.;14.03.2025;48,5\r\n")
    assert [(one.text, str(one.published)) for one in found] == [("Shells fell.", "2025-03-14")]


def test_a_cell_of_ten_megabytes_costs_no_other(tmp_path: Path) -> None:
    found = read(tmp_path / "a.csv", f'text\na\n"{"x y " * 2_500_000}"\nb\n')
    assert [len(one.text) for one in found] == [1, 10_000_000, 1]


def test_what_stands_in_a_message_without_words_is_no_report(tmp_path: Path) -> None:
    common = {"type": "message", "date": "2025-03-14T09:00:00", "from": "News"}
    messages = [
        {"id": 1, "text": "", "poll": {"question": "Where?", "answers": [{"text": "Kyiv", "voters": 3}]}} | common,
        {"id": 2, "text": "", "media_type": "audio_file", "title": "Song of Lviv", "performer": "A"} | common,
        {"id": 3, "type": "service", "date": "2025-03-14T09:00:00", "action": "pin_message", "text": ""},
        {"id": 4, "text": "Shells hit Sumy.", "edited": "2025-03-15T00:00:00", "reply_to_message_id": 1} | common,
    ]
    found = read(tmp_path / "result.json", json.dumps({"name": "News", "id": 5, "messages": messages}))
    assert [(one.id, one.text, str(one.published)) for one in found] == [
        ("result.json#5/4", "Shells hit Sumy.", "2025-03-14")
    ]


def run(text: str, looks: str = "") -> str:
    return f"<w:r><w:rPr>{looks}</w:rPr><w:t>{text}</w:t></w:r>"


NOT_HIDDEN = '<w:vanish w:val="0"/>'
DELETED_END = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"
CELL = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (f"<w:p>{run('Shells fell.')}{run(' Not shown.', '<w:vanish/>')}</w:p>", "Shells fell."),
        (f"<w:p>{run('Shells fell.', NOT_HIDDEN)}</w:p>", "Shells fell."),
        (f"<w:p>{DELETED_END}{run('Shells hit')}</w:p><w:p>{run(' Sumy.')}</w:p>", "Shells hit Sumy."),
        (f"<w:p>{DELETED_END}{run('Shells fell.')}</w:p>", "Shells fell."),
        (
            f"<w:tbl><w:tr>{CELL.format('Sumy')}</w:tr>"
            f"<w:tr><w:trPr><w:del/></w:trPr>{CELL.format('Kyiv')}</w:tr></w:tbl>",
            "Sumy",
        ),
        (
            f"<w:p><w:r><w:pict><w:txbxContent>{paragraph('In a box: Kherson.')}</w:txbxContent></w:pict></w:r>"
            f"{run('Shells fell.')}</w:p>",
            "Shells fell.\n\nIn a box: Kherson.",
        ),
        (
            f"<w:p><w:ruby><w:rt>{run('Sumi')}</w:rt><w:rubyBase>{run('Sumy')}</w:rubyBase></w:ruby>"
            f"{run(' fell.')}</w:p>",
            "Sumy fell.",
        ),
    ],
    ids=["hidden", "not hidden", "joined", "joined to nothing", "deleted row", "box", "ruby"],
)
def test_of_a_word_document_what_is_seen_is_read(tmp_path: Path, body: str, text: str) -> None:
    (one,) = read(tmp_path / "a.docx", docx(body))
    assert one.text == text


@pytest.mark.parametrize(
    "number",
    [
        '<a epub:type="noteref" href="#n">1</a>',
        '<a role="doc-noteref" href="#n">1</a>',
        '<sup><a href="#n">1</a></sup>',
        '<sup> <a href="#n">[1]</a> </sup>',
    ],
)
def test_the_number_of_a_note_does_not_go_on_with_a_name(tmp_path: Path, number: str) -> None:
    (one,) = read(tmp_path / "a.epub", epub({"a.xhtml": f"<p>Shells hit Sumy{number} on 5 m<sup>2</sup>.</p>"}))
    assert one.text == "Shells hit Sumy on 5 m2."


def test_a_mail_that_is_attached_is_a_report_with_its_own_day(tmp_path: Path) -> None:
    mail = (
        "From: Bob <b@example.org>\nSubject: Fwd\nDate: Fri, 14 Mar 2025 09:30:00 +0200\nMIME-Version: 1.0\n"
        "Content-Type: multipart/mixed; boundary=B\n\n--B\nContent-Type: text/plain\n\nSee below.\n\n--B\n"
        "Content-Type: message/rfc822\n\nFrom: Ann <a@example.org>\nSubject: Shells\n"
        "Date: Wed, 12 Mar 2025 09:30:00 +0200\nContent-Type: text/plain\n\nShelling hit Sumy today.\n--B--\n"
    )
    found = read(tmp_path / "a.eml", mail)
    assert [(one.id, one.title, str(one.published), one.source, one.text.strip()) for one in found] == [
        ("a.eml", "Fwd", "2025-03-14", "Bob", "See below."),
        ("a.eml#2", "Shells", "2025-03-12", "Ann", "Shelling hit Sumy today."),
    ]


def test_a_page_in_a_web_archive_is_in_the_encoding_that_its_server_named(tmp_path: Path) -> None:
    text = "Обстрел города Сумы в пятницу, сообщили власти области: двое погибли и трое ранены."
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=windows-1251\r\n\r\n"
    body = f"<html><body><article><p>{text}</p><p>{text[::-1]}</p></article></body></html>".encode("cp1251")
    kind = "application/http; msgtype=response"
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # what is told is no guess
        (one,) = read(tmp_path / "a.warc", record("response", "https://example.org/a", head + body, content=kind))
    assert text in one.text


def test_a_page_that_a_web_archive_holds_in_packed_chunks_is_read_and_a_revisit_is_none(tmp_path: Path) -> None:
    packed = gzip.compress(page().encode())
    chunks = b"".join(
        b"%x\r\n%s\r\n" % (len(packed[n : n + 90]), packed[n : n + 90]) for n in range(0, len(packed), 90)
    )
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
    coded = head + b"Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks + b"0\r\n\r\n"
    kind = "application/http; msgtype=response"
    first = record("response", "https://example.org/a", coded, content=kind)
    again = record("revisit", "https://example.org/a", head + b"\r\n", content=kind)
    (one,) = read(tmp_path / "a.warc", first + again)
    assert STORY[0] in one.text
