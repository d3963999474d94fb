"""Feeds, mails, web archives, archives, workbooks: many reports a file, each with what the file says of it."""

import gzip
from email.message import EmailMessage
from pathlib import Path

import pytest

from geomap.errors import ReportError
from geomap.readers import read_documents
from geomap.types import Document
from tests.readers.files_of_every_format import (
    OUTLET,
    STORY,
    TITLE,
    URL,
    eml,
    page,
    parquet,
    record,
    rss,
    warc,
    xlsx,
    zipped,
)


def read(path: Path, data: bytes | str, *, columns: dict[str, str] | None = None) -> tuple[list[Document], list[str]]:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    errors: list[ReportError] = []
    documents = list(read_documents(path, columns=columns, on_error=errors.append))
    return documents, [str(error).rpartition(f"{path.name}")[2] for error in errors]


def test_an_atom_feed_gives_entries_with_their_content_day_and_source(tmp_path: Path) -> None:
    feed = (
        '<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>All news</title>'
        '<entry><id>urn:1</id><title type="html">Raid on &lt;b&gt;Sumy&lt;/b&gt;</title>'
        '<link href="https://example.org/1"/>'
        "<updated>2025-03-15T08:00:00Z</updated><published>2025-03-14T23:30:00+02:00</published><summary>Short.</summary>"
        '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>A raid hit Sumy.</p>'
        "<p>Two died.</p></div></content>"
        "<source><title>Example Post</title></source></entry>"
        "<entry><id>urn:2</id><title>Shells hit Kyiv</title><updated>2025-03-15T08:00:00Z</updated></entry></feed>"
    )
    documents, errors = read(tmp_path / "a.atom", feed)
    assert not errors
    assert [(one.id, one.title, one.text, one.url, str(one.published), one.source) for one in documents] == [
        ("a.atom#urn:1", "Raid on Sumy", "A raid hit Sumy.\nTwo died.", "https://example.org/1", "2025-03-14", OUTLET),
        ("a.atom#urn:2", "Shells hit Kyiv", "Shells hit Kyiv", "", "2025-03-15", "All news"),
    ]


def test_the_full_content_of_an_rss_entry_goes_before_its_summary(tmp_path: Path) -> None:
    item = (
        '<item xmlns:content="http://purl.org/rss/1.0/modules/content/"><title>a</title><description>Short.</description>'
        "<content:encoded><![CDATA[<p>Shells fell on Sumy.</p><script>x()</script>]]></content:encoded></item>"
    )
    documents, _ = read(tmp_path / "a.xml", rss(item))
    assert [one.text for one in documents] == ["Shells fell on Sumy."]


def test_an_empty_entry_costs_no_other_and_names_its_number(tmp_path: Path) -> None:
    documents, errors = read(
        tmp_path / "a.rss", rss("<item><guid>1</guid></item>", "<item><title>Shells hit Sumy</title></item>")
    )
    assert [one.id for one in documents] == ["a.rss#2"]
    assert errors == [", entry 1: the report has no text but white space; remove it or fill it in"]


@pytest.mark.parametrize("text", ["<html><body>x</body></html>", "<gpx><wpt/></gpx>", "plain", "<"])
def test_xml_that_is_no_feed_says_so(tmp_path: Path, text: str) -> None:
    _, errors = read(tmp_path / "a.xml", text)
    assert errors == [": no RSS or Atom feed; save its reports as .jsonl, .txt or .html"]


def test_a_feed_in_another_encoding_is_read_as_it_declares(tmp_path: Path) -> None:
    text = rss("<item><title>Обстріл Сум</title></item>").decode().replace("?>", ' encoding="windows-1251"?>', 1)
    documents, _ = read(tmp_path / "a.rss", text.encode("cp1251"))
    assert [one.title for one in documents] == ["Обстріл Сум"]


def test_a_mail_of_a_page_alone_gives_its_text(tmp_path: Path) -> None:
    body = "<p>Shells fell on Sumy.</p><table><tr><td>Kharkiv</td><td>2</td></tr></table><style>p{}</style>"
    documents, _ = read(tmp_path / "a.eml", eml(body=body, kind="html"))
    assert documents[0].text == "Shells fell on Sumy.\nKharkiv; 2"


def test_attachments_of_a_mail_are_left_out(tmp_path: Path) -> None:
    mail = EmailMessage()
    mail["Subject"], mail["From"] = "=?utf-8?b?0KHRg9C80Lg=?=", "news@example.org"
    mail.set_content("Shells fell on Sumy.\r\n")
    mail.add_attachment(b"Kyiv", maintype="text", subtype="plain", filename="a.txt")
    documents, _ = read(tmp_path / "a.eml", mail.as_bytes())
    assert [(one.title, one.text.strip(), one.source) for one in documents] == [
        ("Суми", "Shells fell on Sumy.", "example.org")
    ]


def test_pages_of_a_web_archive_are_reports_and_all_else_is_not(tmp_path: Path) -> None:
    undated = (
        f"<html><head><title>a</title></head><body><article><p>{'</p><p>'.join(STORY)}</p></article></body></html>"
    )
    archive = (
        record("warcinfo", "", b"software: x\r\n", content="application/warc-fields")
        + warc({"https://example.org/gone": b"x"}, status="404 Not Found")
        + warc({"https://example.org/a.png": b"\x89PNG"}, kind="image/png")
        + warc({URL: page().encode()}, kind="text/html; charset=utf-8")
        + warc({"https://example.org/2": gzip.compress(undated.encode())}, headers="Content-Encoding: gzip\r\n")
        + record("conversion", "https://example.org/3", b"Shells fell on Sumy.", content="text/plain")
    )
    documents, errors = read(tmp_path / "a.warc", archive)
    assert not errors
    assert [(one.id, one.url, str(one.published), one.source) for one in documents] == [
        (f"a.warc#{URL}", URL, "2025-03-14", OUTLET),
        ("a.warc#https://example.org/2", "https://example.org/2", "2025-03-20", "example.org"),
        ("a.warc#https://example.org/3", "https://example.org/3", "2025-03-20", "example.org"),
    ]


def test_a_packed_web_archive_of_many_members_is_read_and_a_page_without_text_costs_no_other(tmp_path: Path) -> None:
    parts = [warc({"https://example.org/empty": b"<html></html>"}), warc({URL: page().encode()})]
    documents, errors = read(tmp_path / "a.warc.gz", b"".join(map(gzip.compress, parts)))
    assert [one.id for one in documents] == [f"a.warc.gz#{URL}"]
    assert errors == ["#https://example.org/empty: no running text found in this page; save the story as plain text"]


def test_a_web_archive_without_pages_says_so(tmp_path: Path) -> None:
    _, errors = read(tmp_path / "a.warc", record("warcinfo", "", b"x: y\r\n", content="application/warc-fields"))
    assert errors == [": no pages in this web archive; give one with responses of text/html"]


def test_files_of_an_archive_are_read_like_those_of_a_folder(tmp_path: Path) -> None:
    parts = {
        "b/rows.csv": 'text,date\n"Shells, Sumy",2025-03-14\n',
        "a.txt": "Kyiv.",
        "empty.txt": "",
        ".x.txt": "x",
        "p.png": "x",
    }
    (tmp_path / "a.zip").write_bytes(zipped({**parts, "c.csv.gz": gzip.compress(b"text\nOdesa\n")}))
    errors: list[ReportError] = []
    passed: list[ReportError] = []
    documents = list(read_documents(tmp_path / "a.zip", on_error=errors.append, on_passed_over=passed.append))
    assert [(one.id, one.text) for one in documents] == [
        ("a.zip/a.txt", "Kyiv."),
        ("a.zip/b/rows.csv:2", "Shells, Sumy"),
        ("a.zip/c.csv.gz:2", "Odesa"),
    ]
    assert [Path(one.path).name for one in errors] == ["empty.txt"]
    assert [Path(one.path).name for one in passed] == ["p.png"]


def test_every_sheet_with_a_column_for_the_text_is_read(tmp_path: Path) -> None:
    sheets = {
        "Notes": [["Made by", "Ann"]],
        "March": [
            [None],
            ["text", "day", "n"],
            ["Shells fell.", "2025-03-14", 1],
            [None, None, None],
            ["", "2025-03-15", 2],
        ],
        "April": [["Body", "id"], ["A raid.", 7]],
    }
    documents, errors = read(tmp_path / "a.xlsx", xlsx(sheets))
    assert [(one.id, one.text, str(one.published)) for one in documents] == [
        ("a.xlsx/March:3", "Shells fell.", "2025-03-14"),
        ("7", "A raid.", "None"),
    ]
    assert errors == ["/March, row 5: the text is missing or is no string; fill it in, or leave the row out"]


def test_a_workbook_without_such_a_column_names_those_of_each_sheet(tmp_path: Path) -> None:
    _, errors = read(tmp_path / "a.xlsx", xlsx({"A": [["x", "y"]], "B": [["z"]]}))
    assert [error.partition(":")[0] for error in errors] == ["/A", "/B"]
    assert "the columns are 'x', 'y'" in errors[0]


def test_a_workbook_without_header_is_read_by_numbers(tmp_path: Path) -> None:
    documents, _ = read(
        tmp_path / "a.xlsx", xlsx({"A": [["x", "Shells fell."], ["y", "A raid."]]}), columns={"text": "2"}
    )
    assert [one.id for one in documents] == ["a.xlsx/A:1", "a.xlsx/A:2"]


def test_a_parquet_file_without_a_text_names_its_columns_and_an_empty_row_its_number(tmp_path: Path) -> None:
    _, errors = read(tmp_path / "a.parquet", parquet({"story": ["x"]}))
    assert "the columns are 'story'" in errors[0]
    documents, errors = read(tmp_path / "a.parquet", parquet({"text": ["a", None, "b"], "id": [1, 2, 3]}))
    assert [one.id for one in documents] == ["1", "3"]
    assert errors == [", row 2: the text is missing or is no string; fill it in, or leave the row out"]


def test_a_mail_that_only_forwards_another_is_that(tmp_path: Path) -> None:
    forwarded = b"Subject: Fwd\r\nMIME-Version: 1.0\r\nContent-Type: message/rfc822\r\n\r\n" + eml()
    documents, _ = read(tmp_path / "a.eml", forwarded)
    assert [(one.title, STORY[0] in " ".join(one.text.split())) for one in documents] == [(TITLE, True)]


@pytest.mark.parametrize(
    ("written", "text"),
    [("Sumy &amp;amp; Kyiv", "Sumy & Kyiv"), ("Sumy &amp;#8211; Kyiv", "Sumy – Kyiv")],
)
def test_signs_written_by_name_in_a_feed_become_themselves(tmp_path: Path, written: str, text: str) -> None:
    documents, _ = read(tmp_path / "a.rss", rss(f"<item><description>{written}</description></item>"))
    assert [one.text for one in documents] == [text]


def test_an_rss_1_feed_is_read(tmp_path: Path) -> None:
    feed = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="u"><title>Example Post</title></channel>'
        '<item rdf:about="https://example.org/1"><title>a</title><link>https://example.org/1</link>'
        "<description>Shells fell.</description><dc:date>2025-03-14T00:00:00Z</dc:date></item></rdf:RDF>"
    )
    documents, _ = read(tmp_path / "a.xml", feed)
    assert [(one.text, str(one.published), one.source) for one in documents] == [("Shells fell.", "2025-03-14", OUTLET)]
