"""CSV and TSV."""

import datetime
from pathlib import Path

import pytest

from geomap.errors import GeomapWarning, ReportError
from geomap.readers import read_documents
from geomap.types import Document


def read_table(
    folder: Path, text: str | bytes, *, name: str = "rows.csv", columns: dict[str, str] | None = None
) -> tuple[list[Document], list[ReportError]]:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    errors: list[ReportError] = []
    return list(read_documents(path, columns=columns, on_error=errors.append)), errors


def test_usual_column_names_are_understood_whatever_their_case(tmp_path: Path) -> None:
    documents, errors = read_table(
        tmp_path,
        "ID,Headline,Body,Link,Published At,Outlet\n7,Title,Shells fell.,https://example.org,2025-03-14,Wire\n",
    )
    assert not errors
    assert documents == [
        Document(
            id="7",
            text="Shells fell.",
            title="Title",
            url="https://example.org",
            published=datetime.date(2025, 3, 14),
            source="Wire",
        )
    ]


@pytest.mark.parametrize(
    ("name", "separator"), [("rows.csv", ","), ("rows.csv", ";"), ("rows.csv", "\t"), ("rows.tsv", "\t")]
)
def test_quoted_fields_hold_separators_quotes_and_lines(tmp_path: Path, name: str, separator: str) -> None:
    text = f'id{separator}text\n1{separator}"He said ""no""{separator} then\r\nleft."\n'
    documents, _ = read_table(tmp_path, text, name=name)
    assert [document.text for document in documents] == [f'He said "no"{separator} then\nleft.']


def test_a_csv_without_a_text_column_names_the_columns_it_has(tmp_path: Path) -> None:
    documents, errors = read_table(tmp_path, "id,story\n1,a\n2,b\n")
    assert not documents
    assert len(errors) == 1
    assert "rows.csv, line 1: no column for the text; the columns are 'id', 'story': name the one" in str(errors[0])


def test_columns_map_our_fields_to_theirs(tmp_path: Path) -> None:
    documents, _ = read_table(tmp_path, "text,story\na,b\n", columns={"text": "story"})
    assert [document.text for document in documents] == ["b"]


def test_a_mapped_column_that_is_not_there_does_not_fall_back(tmp_path: Path) -> None:
    documents, errors = read_table(tmp_path, "text,story\na,b\n", columns={"text": "body"})
    assert not documents
    assert "'text', 'story'" in str(errors[0])


def test_line_numbers_count_the_lines_inside_fields(tmp_path: Path) -> None:
    documents, errors = read_table(tmp_path, 'text,title\n"a\nb\nc",x\n,no text\n\nd,y\n')
    assert [document.id for document in documents] == ["rows.csv:2", "rows.csv:7"]
    assert [error.line for error in errors] == [5]


def test_a_quote_never_closed_costs_only_its_own_row(tmp_path: Path) -> None:
    documents, errors = read_table(tmp_path, 'id,text\n1,a\n2,"never closed\n3,c\n4,"d ""e"""\n5,f\n')
    assert [document.id for document in documents] == ["1", "3", "4", "5"]
    assert [error.line for error in errors] == [3]
    assert "quotes" in str(errors[0])


def test_a_row_with_too_many_fields_is_refused_and_one_with_too_few_is_filled_up(tmp_path: Path) -> None:
    documents, errors = read_table(tmp_path, "text,title,url\na, b, c, d\ne\nf,g\n")
    assert [(document.text, document.title) for document in documents] == [("e", ""), ("f", "g")]
    assert [error.line for error in errors] == [2]


def test_an_id_given_twice_names_both_lines(tmp_path: Path) -> None:
    documents, errors = read_table(tmp_path, "id,text\n1,a\n1,b\n")
    assert len(documents) == 1
    assert "line 3: the id '1' already stands on line 2" in str(errors[0])


def test_a_mentions_column_of_a_table_is_left_alone(tmp_path: Path) -> None:
    documents, _ = read_table(tmp_path, "text,Mentions\nKyiv,0-4\n")
    assert documents[0].given_mentions is None


def test_a_field_longer_than_the_csv_modules_limit_is_read(tmp_path: Path) -> None:
    documents, errors = read_table(tmp_path, f"text\n{'a' * 1_000_000}\nb\n")
    assert [len(document.text) for document in documents] == [1_000_000, 1]
    assert not errors


@pytest.mark.parametrize("text", ["id,text\n", "id,text", "\n\n"])
def test_a_table_without_rows_holds_no_reports(tmp_path: Path, text: str) -> None:
    documents, errors = read_table(tmp_path, text)
    assert not documents
    assert "rows.csv: the file holds no reports" in str(errors[0])


def test_a_table_in_a_western_code_page_is_read_with_a_warning(tmp_path: Path) -> None:
    text = "id,text\n1,The governor said “nobody’s home” in the café.\n"
    with pytest.warns(GeomapWarning, match=r"rows\.csv, line 2: not UTF-8; read as cp1252, which is a guess"):
        documents, _ = read_table(tmp_path, text.encode("cp1252"))
    assert documents[0].text == "The governor said “nobody’s home” in the café."


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_tables_saved_by_spreadsheets_are_read(tmp_path: Path, encoding: str) -> None:
    documents, _ = read_table(tmp_path, "text;id\r\nКиїв;1\r\n".encode(encoding))
    assert [(document.id, document.text) for document in documents] == [("1", "Київ")]


def test_utf16_cut_in_half_keeps_what_was_read(tmp_path: Path) -> None:
    _, errors = read_table(tmp_path, "text\nКиїв\n".encode("utf-16")[:-1])
    assert "not utf-16" in str(errors[-1])
