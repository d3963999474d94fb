"""A table is decoded row by row: a bad byte costs its own row, never the file."""

from pathlib import Path

import pytest

from geomap.errors import ConfigError, GeomapWarning, ReportError
from geomap.readers import read_documents
from geomap.types import Document

ROWS = [f'{number},"Shelling hit the café on street {number}."' for number in range(1, 101)]


def read(
    path: Path, data: bytes, *, encoding: str = "", columns: dict[str, str] | None = None
) -> tuple[list[Document], list[ReportError]]:
    path.write_bytes(data)
    errors: list[ReportError] = []
    return list(read_documents(path, encoding=encoding, columns=columns, on_error=errors.append)), errors


@pytest.mark.parametrize("number", [1, 37, 100])
def test_one_bad_byte_costs_its_own_row_and_names_it(tmp_path: Path, number: int) -> None:
    lines = [b"id,text", *(row.encode() for row in ROWS)]
    lines[number] = lines[number].replace(b"street", b"str\xffet")
    documents, errors = read(tmp_path / "rows.csv", b"\n".join(lines))
    assert [document.id for document in documents] == [str(one) for one in range(1, 101) if one != number]
    assert [str(error).rpartition("/")[2] for error in errors] == [
        f"rows.csv, line {number + 1}: bytes that are no text; convert the file to UTF-8, or name its encoding "
        "(--encoding cp1251)"
    ]


def test_a_bad_byte_in_a_quoted_field_of_several_lines_costs_that_row(tmp_path: Path) -> None:
    documents, errors = read(tmp_path / "rows.csv", 'id,text\n1,"é\nb\nc"\n2,é\n'.encode().replace(b"b", b"\xfe"))
    assert [document.id for document in documents] == ["2"]
    assert [error.line for error in errors] == [2]


def test_a_nul_byte_costs_its_own_row(tmp_path: Path) -> None:
    data = "\n".join(["id,text", *ROWS]).encode().replace(b"street 7.", b"street \0.")
    documents, errors = read(tmp_path / "rows.csv", data)
    assert len(documents) == 99
    assert [error.line for error in errors] == [8]


def test_a_table_all_in_another_encoding_is_guessed_as_a_whole(tmp_path: Path) -> None:
    data = "\n".join(["id,text", *ROWS]).encode("cp1252")
    with pytest.warns(GeomapWarning, match=r"rows\.csv, line 2: not UTF-8; read as cp1252, which is a guess"):
        documents, errors = read(tmp_path / "rows.csv", data)
    assert (len(documents), errors) == (100, [])
    assert "café" in documents[0].text


@pytest.mark.parametrize("name", ["rows.csv", "rows.jsonl", "report.txt", "page.html"])
def test_a_named_encoding_is_taken_at_its_word(tmp_path: Path, name: str) -> None:
    story = "Обстріл Покровська тривав усю ніч, поранено двох мешканців, повідомила адміністрація області."
    bodies = {
        "rows.csv": f'id,text\n1,"{story}"\n',
        "rows.jsonl": f'{{"text": "{story}"}}\n',
        "report.txt": story,
        "page.html": f"<html><body><article><p>{story}</p><p>{story[:-1]} і міста.</p></article></body></html>",
    }
    documents, errors = read(tmp_path / name, bodies[name].encode("koi8-u"), encoding="KOI8-U")
    assert not errors
    assert story in documents[0].text


@pytest.mark.parametrize("encoding", ["klingon", "rot13", "hex", "a\0b"])
def test_an_encoding_that_python_does_not_know_is_refused_at_once(encoding: str) -> None:
    with pytest.raises(ConfigError, match=r"no encoding .*; give one that Python knows"):
        read_documents("any", encoding=encoding)


@pytest.mark.parametrize("first", ["sep=;\r\n", "SEP=;\n", '"sep=;"\n', "\ufeffsep=;\n"])
def test_the_first_line_by_which_excel_is_told_the_separator_is_understood(tmp_path: Path, first: str) -> None:
    text = first + "id;text\n1;a, b, c, d\n2;\n"
    documents, errors = read(tmp_path / "rows.csv", text.encode())
    assert [(document.id, document.text) for document in documents] == [("1", "a, b, c, d")]
    assert [error.line for error in errors] == [4]


def test_a_table_without_header_is_read_by_the_numbers_of_its_columns(tmp_path: Path) -> None:
    documents, errors = read(
        tmp_path / "rows.tsv",
        b"2025-03-14\tShells fell.\n2025-03-15\tA raid.\n",
        columns={"text": "2", "published": "1"},
    )
    assert not errors
    assert [(one.id, one.text, str(one.published)) for one in documents] == [
        ("rows.tsv:1", "Shells fell.", "2025-03-14"),
        ("rows.tsv:2", "A raid.", "2025-03-15"),
    ]


def test_a_number_names_a_column_that_is_called_so(tmp_path: Path) -> None:
    documents, _ = read(tmp_path / "rows.csv", b"1,2\na,b\n", columns={"text": "2"})
    assert [document.text for document in documents] == ["b"]


def test_a_number_beyond_the_last_column_names_those_there_are(tmp_path: Path) -> None:
    documents, errors = read(tmp_path / "rows.csv", b"a,b\nc,d\n", columns={"text": "3"})
    assert not documents
    assert "no column '3' for the text; the columns are '1', '2'" in str(errors[0])


def test_a_table_without_header_says_that_columns_can_be_given_by_number(tmp_path: Path) -> None:
    _, errors = read(tmp_path / "rows.csv", b"2025-03-14,Shells fell.\n")
    assert "or its number if there is no header (text=2)" in str(errors[0])
