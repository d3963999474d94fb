"""Bytes that are UTF-8, something else, or no text at all."""

import gzip
from pathlib import Path

import pytest

from geomap.errors import GeomapWarning, ReportError
from geomap.readers import read_documents

UKRAINIAN = "Російські війська обстріляли Куп’янськ у п’ятницю, повідомив голова області. Загинули двоє людей.\n"
RUSSIAN = "Российские войска обстреляли Купянск в пятницу, сообщил губернатор. Погибли два человека.\n"
ENGLISH = "The governor’s office said “two people” were killed near the café – the third strike this week.\n"
ARABIC = "قصفت القوات المدينة يوم الجمعة وقال المحافظ إن شخصين قتلا في الهجوم على السوق.\n"


def read(folder: Path, data: bytes) -> str:
    path = folder / "report.txt"
    path.write_bytes(data)
    (document,) = read_documents(path)
    return document.text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_is_read_without_its_mark(tmp_path: Path, encoding: str) -> None:
    assert read(tmp_path, UKRAINIAN.encode(encoding)) == UKRAINIAN


@pytest.mark.parametrize("mark", [b"\xff\xfe", b"\xfe\xff"])
def test_utf16_of_either_byte_order_is_read(tmp_path: Path, mark: bytes) -> None:
    codec = "utf-16-le" if mark == b"\xff\xfe" else "utf-16-be"
    assert read(tmp_path, mark + UKRAINIAN.encode(codec)) == UKRAINIAN


@pytest.mark.parametrize(
    ("text", "encoding"), [(ENGLISH, "cp1252"), (RUSSIAN, "cp1251"), (RUSSIAN, "koi8-r"), (ARABIC, "cp1256")]
)
def test_other_encodings_are_guessed_with_a_warning_that_names_file_and_line(
    tmp_path: Path, text: str, encoding: str
) -> None:
    with pytest.warns(GeomapWarning, match=r"report\.txt, line 2: not UTF-8; read as .*, which is a guess"):
        assert read(tmp_path, b"ASCII first\n" + text.encode(encoding)) == "ASCII first\n" + text


def test_one_broken_byte_in_utf8_is_refused_rather_than_read_as_something_else(tmp_path: Path) -> None:
    data = (UKRAINIAN * 3).encode()
    broken = data[:-20] + b"\xff" + data[-20:]
    with pytest.raises(ReportError, match=r"report\.txt, line 3: damaged UTF-8"):
        read(tmp_path, broken)


def test_utf8_cut_off_inside_a_character_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match="damaged UTF-8"):
        read(tmp_path, "Київ".encode()[:-1])


def test_a_broken_byte_across_blocks_is_found_on_its_line(tmp_path: Path) -> None:
    filler = ("ї" * 99 + "\n").encode() * 6000  # more than one block, whose end cuts a character
    with pytest.raises(ReportError, match="line 6001: damaged UTF-8"):
        read(tmp_path, filler + b"a\xffb")
    assert len(read(tmp_path, b"a" + filler)) == 600_001


@pytest.mark.parametrize("data", [b"text \0 text", b"text\n" * 300_000 + b"\0", "Kyiv".encode("utf-16-le")])
def test_nul_bytes_are_refused(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(ReportError, match=r"report\.txt, line \d+: NUL bytes"):
        read(tmp_path, data)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n", "a PDF file"),
        (b"PK\x03\x04", "a ZIP archive or an office document"),
        (b"\x89PNG\r\n", "a picture"),
        (gzip.compress(b"text"), "a gzip archive"),
        (b"{\\rtf1", "an RTF document"),
    ],
)
def test_files_that_are_no_text_are_called_what_they_are(tmp_path: Path, data: bytes, kind: str) -> None:
    with pytest.raises(ReportError, match=f"this is {kind}, not text; save its text as UTF-8"):
        read(tmp_path, data)


def test_bytes_in_no_encoding_are_refused(tmp_path: Path) -> None:
    data = bytes((number * 37) % 255 + 1 for number in range(4000))
    with pytest.raises(ReportError, match=r"report\.txt, line \d+: (not UTF-8, and its encoding|damaged UTF-8)"):
        read(tmp_path, data)


def test_half_a_utf16_character_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match="bytes that are not utf-16"):
        read(tmp_path, UKRAINIAN.encode("utf-16")[:-1])


@pytest.mark.parametrize("name", ["rows.csv", "rows.jsonl", "page.html", "report.md"])
def test_every_format_refuses_binary_and_empty_files(tmp_path: Path, name: str) -> None:
    for data in (b"", b"%PDF-1.7", b"text\n\0\0\0"):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(ReportError, match=name.replace(".", r"\.")):
            list(read_documents(tmp_path / name))
