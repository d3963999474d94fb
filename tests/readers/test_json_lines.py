"""JSON Lines."""

import datetime
import json
from pathlib import Path

import pytest

from geomap.errors import ConfigError, GeomapWarning, ReportError
from geomap.readers import read_documents
from geomap.types import Document


def read_lines(
    folder: Path, *lines: object, columns: dict[str, str] | None = None
) -> tuple[list[Document], list[ReportError]]:
    path = folder / "rows.jsonl"
    path.write_bytes(b"\n".join(as_line(line) for line in lines))
    errors: list[ReportError] = []
    return list(read_documents(path, columns=columns, on_error=errors.append)), errors


def as_line(line: object) -> bytes:
    return line if isinstance(line, bytes) else json.dumps(line).encode()


def test_rows_become_documents_with_their_fields(tmp_path: Path) -> None:
    row = {
        "id": 17,
        "text": "Shells fell.",
        "headline": " Two\n lines ",
        "link": "https://example.org",
        "date": "14 March 2025",
        "outlet": "Wire",
    }
    (document,), errors = read_lines(tmp_path, row)
    assert not errors
    assert document == Document(
        id="17",
        text="Shells fell.",
        title="Two lines",
        url="https://example.org",
        published=datetime.date(2025, 3, 14),
        source="Wire",
    )


def test_a_row_without_an_id_is_called_by_its_line(tmp_path: Path) -> None:
    documents, _ = read_lines(tmp_path, {"text": "a"}, b"", {"text": "b", "id": ""}, {"text": "c", "id": None})
    assert [document.id for document in documents] == ["rows.jsonl:1", "rows.jsonl:3", "rows.jsonl:4"]


@pytest.mark.parametrize(
    "bad",
    [
        b'{"text": "cut off',
        b"[1, 2]",
        b'"text"',
        b"null",
        b'{"text": null}',
        b'{"text": 5}',
        b'{"text": ""}',
        b'{"text": " \\n "}',
        b'{"title": "no text"}',
        b"{}",
        b'{"text": "\xff\xfe"}',
        b'{"text": "raw \x00 nul"}',
        b'{"text": "escaped \\u0000 nul"}',
        b'{"text": "half \\ud83d pair"}',
        b'{"text": "a", "title": "half \\ud83d pair"}',
        b'{"text": "a", "id": [1]}',
        b'{"text": "a", "id": true}',
        b'{"text": "a", "title": {"en": "b"}}',
        b'{"text": "a", "id": ' + b"9" * 5000 + b"}",
        b'{"text": ' + b"[" * 100_000,
        b'{"text": "a"} {"text": "b"}',
        b"plain words",
    ],
)
def test_one_bad_row_on_line_7_names_it_and_stops_no_other(tmp_path: Path, bad: bytes) -> None:
    documents, errors = read_lines(tmp_path, *({"text": f"Row {number}"} for number in range(6)), bad, {"text": "Last"})
    assert [document.text for document in documents] == [f"Row {number}" for number in range(6)] + ["Last"]
    assert [error.line for error in errors] == [7]
    assert "rows.jsonl, line 7: " in str(errors[0])
    assert "\n" not in str(errors[0])
    assert len(str(errors[0])) < 400


def test_without_on_error_a_bad_row_is_raised_after_the_rows_before_it(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text('{"text": "a"}\n{"text": \n')
    documents = read_documents(path)
    assert next(documents).text == "a"
    with pytest.raises(ReportError, match="line 2: malformed JSON"):
        next(documents)


def test_columns_name_the_keys(tmp_path: Path) -> None:
    documents, errors = read_lines(
        tmp_path,
        {"text": "summary", "Full-Text": "story", "n": 1},
        {"text": "x"},
        columns={"text": "full-text", "id": "n"},
    )
    assert [(document.id, document.text) for document in documents] == [("1", "story")]
    assert [error.line for error in errors] == [2]  # what was mapped never falls back on another key


def test_a_field_that_does_not_exist_cannot_be_mapped() -> None:
    with pytest.raises(ConfigError, match="no field named 'txt'; fields are id, text"):
        read_documents("any", columns={"txt": "body"})


def test_an_id_given_twice_names_both_lines(tmp_path: Path) -> None:
    documents, errors = read_lines(
        tmp_path, {"id": "a", "text": "1"}, {"id": "b", "text": "2"}, {"id": "a", "text": "3"}
    )
    assert [document.text for document in documents] == ["1", "2"]
    assert "line 3: the id 'a' already stands on line 1" in str(errors[0])


def test_given_mentions_are_kept_and_their_text_is_not_touched(tmp_path: Path) -> None:
    text = " \r\nKyiv 🔴 and\rSumy "
    row = {"text": text, "mentions": [{"start": 12, "end": 16}, {"start": 3, "end": 7, "kind": "city"}]}
    (document,), _ = read_lines(tmp_path, row)
    assert document.text == text
    assert document.given_mentions == ((3, 7), (12, 16))


@pytest.mark.parametrize(("value", "expected"), [(None, None), ([], ())])
def test_no_list_of_mentions_differs_from_an_empty_one(tmp_path: Path, value: object, expected: object) -> None:
    (document,), _ = read_lines(tmp_path, {"text": "Kyiv", "mentions": value})
    assert document.given_mentions == expected


@pytest.mark.parametrize(
    "mentions",
    [
        {"start": 0, "end": 4},
        "0-4",
        [{"start": 0}],
        [[0, 4]],
        [{"start": "0", "end": 4}],
        [{"start": 0.0, "end": 4}],
        [{"start": False, "end": True}],
        [{"start": -1, "end": 2}],
        [{"start": 4, "end": 4}],
        [{"start": 3, "end": 2}],
        [{"start": 0, "end": 5}],
        [{"start": 0, "end": 4}, None],
    ],
)
def test_mentions_that_are_no_spans_of_the_text_are_refused_with_the_line(tmp_path: Path, mentions: object) -> None:
    documents, errors = read_lines(tmp_path, {"text": "Kyiv", "mentions": mentions})
    assert not documents
    assert "line 1: " in str(errors[0])
    assert "mention" in str(errors[0])


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_byte_order_marks_are_understood(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "rows.ndjson"
    path.write_text('{"text": "Київ"}\n{"text": "Суми"}\n', encoding=encoding)
    assert [document.text for document in read_documents(path)] == ["Київ", "Суми"]


@pytest.mark.parametrize("data", [b"\n\n", b" "])
def test_a_file_of_blank_lines_holds_no_reports(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_bytes(data)
    with pytest.raises(ReportError, match="holds no reports"):
        list(read_documents(path))


def test_an_odd_date_warns_with_the_line(tmp_path: Path) -> None:
    with pytest.warns(GeomapWarning, match=r"rows\.jsonl, line 2: the publication date 'soon'"):
        documents, _ = read_lines(tmp_path, {"text": "a"}, {"text": "b", "date": "soon"})
    assert documents[1].published is None


def test_a_fifty_megabyte_row_stops_no_other(tmp_path: Path) -> None:
    documents, errors = read_lines(tmp_path, {"text": "x " * 25_000_000}, {"text": "b"})
    assert [len(document.text) for document in documents] == [50_000_000, 1]
    assert not errors


def test_a_text_that_is_no_string_is_not_taken_for_a_missing_key(tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_text('{"text": 5}\n{"text": null}\n')
    errors: list[ReportError] = []
    assert list(read_documents(file, on_error=errors.append)) == []
    assert [error.line for error in errors] == [1, 2]
    assert all("is no string" in str(error) for error in errors)


def test_two_malformed_lines_on_top_cost_no_other(tmp_path: Path) -> None:
    lines = [b'{"text": "a', b'{"text": b}', b'{"text": "c", "source": ', {"text": "d"}]
    documents, errors = read_lines(tmp_path, *lines)
    assert [document.text for document in documents] == ["d"]
    assert [error.line for error in errors] == [1, 2, 3]
