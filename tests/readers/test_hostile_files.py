"""Files made to do harm are refused in words, soon and in bounded memory."""

import resource
import time
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest

from geomap.errors import ReportError
from geomap.readers import read_documents
from tests.readers.files_of_every_format import W, docx, epub, paragraph, pdf, rss, warc, xlsx, zipped

BOMB = b"a " * (20 << 20)  # 40 MB of two characters pack to 40 KB
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "{}"><!ENTITY c "{}">]>'.format("&a;" * 10, "&b;" * 10)
FILE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.fixture(autouse=True)
def bounds() -> Iterator[None]:
    """Hold every test to 10 seconds of computing and 400 MB more than before."""
    start, before = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    yield
    assert time.process_time() - start < 10
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 400_000


def refused(path: Path, data: bytes) -> str:
    path.write_bytes(data)
    errors: list[ReportError] = []
    documents = list(read_documents(path, on_error=errors.append, on_passed_over=lambda error: None))
    assert not documents
    assert len(errors) == 1
    return str(errors[0])


def link() -> zipfile.ZipInfo:
    info = zipfile.ZipInfo("link.txt")
    info.create_system, info.external_attr = 3, 0o120777 << 16
    return info


def with_link() -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(link(), "/etc/passwd")
    return file.getvalue()


def encrypted() -> bytes:
    data = bytearray(zipped({"a.txt": "Shells fell."}))
    data[6] |= 1  # the flag in the file's header, and in the directory
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def claiming_less() -> bytes:
    """Return an archive whose directory says that its bomb unpacks to 10 bytes."""
    data = bytearray(zipped({"a.txt": BOMB}))
    at = data.index(b"PK\x01\x02") + 24
    data[at : at + 4] = (10).to_bytes(4, "little")
    return bytes(data)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: zipped({"a.txt": BOMB}), "unpacks to more than 300 times its size"),
        (lambda: zipped({f"{n}.txt": BOMB[: 6 << 20] for n in range(4)}), "unpacks to more than 300 times its size"),
        (claiming_less, "damaged ZIP data"),
        (lambda: zipped({"inner.zip": zipped({"a.txt": "Shells fell."})}), "an archive in an archive"),
        (lambda: zipped({"../../a.txt": "Shells fell."}), "its name leads out of the archive"),
        (lambda: zipped({"/etc/a.txt": "Shells fell."}), "its name leads out of the archive"),
        (lambda: zipped({"..\\a.txt": "Shells fell."}), "its name leads out of the archive"),
        (lambda: zipped({"C:\\a.txt": "Shells fell."}), "its name leads out of the archive"),
        (with_link, "a link, not a file"),
        (encrypted, "it is encrypted"),
        (lambda: b"PK\x03\x04" + b"\0" * 100, "cannot be opened as what its name says"),
        (lambda: zipped({}), "the file holds no reports"),
    ],
)
def test_hostile_archives(tmp_path: Path, make: Callable[[], bytes], words: str) -> None:
    said = refused_archive(tmp_path / "a.zip", make())
    assert words in said


def refused_archive(path: Path, data: bytes) -> str:
    path.write_bytes(data)
    errors: list[ReportError] = []
    documents = list(read_documents(path, on_error=errors.append, on_passed_over=lambda error: None))
    assert errors
    assert len(documents) < 3  # the first parts of a bomb are no bomb yet
    return str(errors[-1])


def document(body: str, *, before: str = "") -> bytes:
    return zipped(
        {"word/document.xml": f'<?xml version="1.0"?>{before}<w:document {W}><w:body>{body}</w:body></w:document>'}
    )


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: document(paragraph("&c;"), before=LAUGHS), "declares entities"),
        (lambda: document(paragraph("&a;"), before=FILE), "declares entities"),
        (lambda: zipped({"word/document.xml": BOMB}), "unpacks to more than 300 times its size"),
        (lambda: document("<w:tbl>" * 100_000), "nested deeper than 256 levels"),
        (lambda: document("<w:p>"), "malformed XML"),
        (lambda: zipped({"word/document.xml": b"\xff\xfe\0"}), "malformed XML"),
        (lambda: zipped({"a.txt": "x"}), "no Word document"),
        (lambda: docx(""), "no text but white space"),
        (lambda: b"PK", "cannot be opened as what its name says"),
        (lambda: b"", "the file is empty"),
    ],
)
def test_hostile_word_documents(tmp_path: Path, make: Callable[[], bytes], words: str) -> None:
    assert words in refused(tmp_path / "a.docx", make())


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: zipped({"META-INF/container.xml": LAUGHS + "<x>&c;</x>"}), "declares entities"),
        (lambda: epub({"../../etc/passwd": "x"}, spine=["../../../../etc/passwd"]), "no text but white space"),
        (lambda: epub({}, spine=["https://example.org/a.xhtml"]), "no text but white space"),
        (lambda: epub({"a.xhtml": BOMB.decode()}), "unpacks to more than 300 times its size"),
        (lambda: zipped({"a.txt": "x"}), "no e-book"),
    ],
)
def test_hostile_books(tmp_path: Path, make: Callable[[], bytes], words: str) -> None:
    assert words in refused(tmp_path / "a.epub", make())


def sheet(xml: str) -> bytes:
    whole = xlsx({"A": [["text"], ["Shells fell."]]})
    with zipfile.ZipFile(BytesIO(whole)) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    head = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    return zipped(parts | {"xl/worksheets/sheet1.xml": f"{head}{xml}</sheetData></worksheet>"})


@pytest.mark.parametrize(
    "make",
    [
        lambda: zipped({"xl/workbook.xml": BOMB}),
        lambda: sheet('<row r="1"><c r="ZZZZZZ1" t="inlineStr"><is><t>text</t></is></c></row>'),
        lambda: sheet('<row r="99999999999"><c r="A99999999999" t="inlineStr"><is><t>text</t></is></c></row>'),
        lambda: sheet('<row r="-5"><c r="A-5" t="s"><v>99999</v></c></row>'),
        lambda: sheet("".join(f'<row r="{row}"><c/></row>' for row in range(1, 9)) + "<row"),
        lambda: zipped({"a.txt": "x"}),
    ],
)
def test_hostile_workbooks(tmp_path: Path, make: Callable[[], bytes]) -> None:
    assert refused(tmp_path / "a.xlsx", make())


@pytest.mark.parametrize("before", [LAUGHS, FILE, LAUGHS.replace("ENTITY", "entity")])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_feed_that_declares_entities(tmp_path: Path, before: str, encoding: str) -> None:
    text = before + rss("<item><title>&c;&a;</title></item>").decode().partition("?>")[2]
    assert "declares entities" in refused(tmp_path / "a.rss", text.encode(encoding))


def test_a_feed_without_end_of_levels(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(b"<rss><channel>" + b"<item>" * 3 + b"<b>" * 20_000)
    with pytest.raises(ReportError):
        list(read_documents(tmp_path / "a.xml"))


@pytest.mark.parametrize(
    "data", [b"[" * 1_000_000, b'{"a":' * 1_000_000, b"9" * 5_000, b'[{"text": "a"}', b"null", b"3"]
)
def test_hostile_json(tmp_path: Path, data: bytes) -> None:
    assert refused(tmp_path / "a.json", data)


def test_a_million_columns(tmp_path: Path) -> None:
    assert "no column for the text" in refused(tmp_path / "a.csv", b"a," * 1_000_000 + b"\n1\n")


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: pdf(["Shells fell."], encrypt="secret"), "encrypted with a password"),
        (lambda: pdf([]), "pages without text, as of a scan"),
        (lambda: b"%PDF-1.7\n" + b"1 0 obj <<" * 50_000, "cannot be read"),
        (lambda: b"%PDF-1.7\ntrailer << /Root 1 0 R /Prev 9 >>\nstartxref\n9\n%%EOF", "cannot be read"),
        (lambda: b"no PDF at all", "cannot be read"),
        (lambda: b"", "the file is empty"),
    ],
)
def test_hostile_pdf_files(tmp_path: Path, make: Callable[[], bytes], words: str) -> None:
    assert words in refused(tmp_path / "a.pdf", make())


@pytest.mark.parametrize("times", [1 << 20, 8 << 20])
def test_a_bomb_in_a_pdf_file(tmp_path: Path, times: int) -> None:
    import zlib

    packed = zlib.compress(b"BT (a) Tj ET " * times, 1)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed),
    ]
    body, at = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, start=1):
        at.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % one for one in at)
    end = b"trailer << /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % len(body)
    assert refused(tmp_path / "a.pdf", body + table + end)


def test_a_bomb_in_a_web_archive(tmp_path: Path) -> None:
    import gzip

    data = warc({"https://example.org/": gzip.compress(BOMB * 2)}, headers="Content-Encoding: gzip\r\n")
    assert "more than 64 MB" in refused(tmp_path / "a.warc", data)


@pytest.mark.parametrize(
    "data", [b"", b"\n\n", b"no header\n", b"Subject: a\n\n", b"Content-Type: multipart/mixed\n\n"]
)
def test_odd_mails(tmp_path: Path, data: bytes) -> None:
    assert refused(tmp_path / "a.eml", data)


def test_a_mail_in_a_mail_without_end(tmp_path: Path) -> None:
    refused(tmp_path / "a.eml", b"Content-Type: message/rfc822\n\n" * 20_000)
