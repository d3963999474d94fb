"""JSON that is longer than is held at once: the same values, errors and reports as of JSON that is read whole."""

import io
import json
import math
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from geomap.errors import ReportError
from geomap.readers import json_values, read_documents
from geomap.readers.documents import OpenFile
from geomap.readers.json_values import LongList, read_value
from geomap.types import Document

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**30), 10**30) | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=6) | st.dictionaries(st.text(max_size=5), inner, max_size=5),
    max_leaves=25,
)
LAYOUTS = st.sampled_from([{}, {"indent": 1}, {"separators": (",", ":")}, {"ensure_ascii": False}])


@pytest.fixture(autouse=True)
def _little_is_long(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.function is not test_a_long_document_is_not_held:
        monkeypatch.setattr(json_values, "LONG", 24)
        monkeypatch.setattr(json_values, "_CHUNK", 7)


def held(value: Any) -> Any:
    """Return a value with its long lists held, and what is no number by its name, since it is not equal to itself."""
    if isinstance(value, list | LongList):
        return [held(one) for one in value]
    if isinstance(value, dict):
        return {key: held(one) for key, one in value.items()}
    return "NaN" if isinstance(value, float) and math.isnan(value) else value


def opened(data: bytes) -> OpenFile:
    return OpenFile(name="a.json", path="a.json", stream=io.BytesIO(data))


def outcome(read: Any) -> Any:
    try:
        return held(read())
    except json.JSONDecodeError as error:
        return error.msg, error.lineno, error.colno


@given(value=VALUES, layout=LAYOUTS, data=st.data())
@example(value=[[1, 2.5, -0.0, 1e400, "ж" * 9] * 9], layout={}, data=None)
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_json_whole_or_spoilt_is_what_the_standard_library_says(
    value: Any, layout: dict[str, Any], data: st.DataObject | None
) -> None:
    text = json.dumps(value, **layout).encode("utf-8", "replace").decode()
    if data is not None and data.draw(st.booleans()):
        at = data.draw(st.integers(0, len(text)))
        text = (
            text[:at]
            + data.draw(st.sampled_from(["", ",", "]", "}", '"', "\\", "\n", "1", "nul", "\x01"]))
            + text[at + 1 :]
        )
    if not text.strip():
        return
    expected = outcome(lambda: json.loads(text))
    if isinstance(expected, tuple) and expected[0] == "Extra data":
        return  # values one after the other are read; see below
    assert outcome(lambda: read_value(opened(text.encode()))) == expected


def test_of_a_key_given_twice_the_last_counts_at_any_size() -> None:
    text = f'{{"a": 1, "b": [{"1, " * 40}2], "a": {{"a": 3, "a": 4}}}}'
    assert held(read_value(opened(text.encode()))) == json.loads(text)


def test_long_lists_in_long_lists_can_be_walked_side_by_side() -> None:
    value = [[[n, m] for m in range(20)] for n in range(20)]
    rows = read_value(opened(json.dumps(value).encode()))
    assert isinstance(rows, LongList)
    assert [[held(one), held(two)] for one, two in zip(rows, rows, strict=True)] == [[row, row] for row in value]


def read(path: Path, text: str) -> tuple[list[Document], list[ReportError]]:
    path.write_text(text, encoding="utf-8")
    errors: list[ReportError] = []
    return list(read_documents(path, on_error=errors.append)), errors


MANY = [{"id": f"n{n}", "title": f"Report {n}", "text": f"Shells hit Sumy, {n} hurt."} for n in range(60)]


@pytest.mark.parametrize(
    "value",
    [MANY, {"articles": MANY}, {"a": {"b": {"results": MANY}}, "status": "ok"}, {"status": "ok", "data": [MANY]}],
    ids=["a list", "articles", "deep", "a list in a list"],
)
def test_the_reports_of_a_long_document_are_those_of_a_short_one(tmp_path: Path, value: Any) -> None:
    documents, errors = read(tmp_path / "a.json", json.dumps(value))
    assert not errors
    assert [(one.id, one.title, one.text) for one in documents] == [tuple(one.values()) for one in MANY]


def test_messages_of_a_long_export_know_their_chat_even_if_it_is_named_behind_them(tmp_path: Path) -> None:
    messages = [{"id": n, "date": "2025-03-14T09:00:00", "text": "Shells hit Sumy."} for n in range(40)]
    chats = {"chats": {"list": [{"messages": messages, "name": name, "id": id} for name, id in (("A", 5), ("B", 6))]}}
    documents, errors = read(tmp_path / "result.json", json.dumps(chats))
    assert not errors
    assert {one.source for one in documents} == {"A", "B"}
    assert len({one.id for one in documents}) == 80


def test_an_error_late_in_a_long_document_names_its_line_and_no_report_is_given(tmp_path: Path) -> None:
    text = json.dumps(MANY, indent=0).replace('"n50"', "n50")
    documents, errors = read(tmp_path / "a.json", text)
    assert not documents
    line = text[: text.index("n50")].count("\n") + 1
    assert f"a.json, line {line}: malformed JSON (Expecting value, column 7)" in str(errors[0])


@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
@pytest.mark.parametrize("indent", [None, 1])
def test_objects_that_follow_one_after_the_other_are_read(tmp_path: Path, name: str, indent: int | None) -> None:
    text = "\n".join(json.dumps(one, indent=indent) for one in MANY)
    documents, errors = read(tmp_path / name, text)
    assert not errors
    assert [one.id for one in documents] == [one["id"] for one in MANY]


def test_objects_on_one_line_of_a_json_file_are_read(tmp_path: Path) -> None:
    documents, errors = read(tmp_path / "a.json", "".join(map(json.dumps, MANY)))
    assert not errors
    assert len(documents) == len(MANY)


@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
def test_lines_that_end_with_a_comma_are_read(tmp_path: Path, name: str) -> None:
    documents, errors = read(tmp_path / name, ",\n".join(map(json.dumps, MANY)) + ",\r\n")
    assert not errors
    assert [one.id for one in documents] == [one["id"] for one in MANY]


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("value", [MANY, {"articles": MANY}], ids=["list", "object"])
def test_a_json_document_that_ends_like_json_lines_is_read_as_one(
    tmp_path: Path, value: Any, indent: int | None
) -> None:
    if indent is None and isinstance(value, dict):
        return  # one line that holds no text is a row without one
    documents, errors = read(tmp_path / "a.jsonl", json.dumps(value, indent=indent))
    assert not errors
    assert len(documents) == len(MANY)


def test_a_first_line_that_is_cut_off_costs_no_other(tmp_path: Path) -> None:
    documents, errors = read(tmp_path / "a.jsonl", '{"text": "cut\n{"text": "b"}\n{"text": "c"}\n')
    assert [one.text for one in documents] == ["b", "c"]
    assert [error.line for error in errors] == [1]


def test_reports_can_be_more_than_may_be_held_but_not_what_is_around_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(json_values, "LARGEST_WHOLE", 1_000)
    assert len(read(tmp_path / "a.json", json.dumps({"status": "ok", "articles": MANY}))[0]) == len(MANY)
    _, errors = read(tmp_path / "a.json", json.dumps({str(n): one for n, one in enumerate(MANY)}))
    assert "in one piece; split it" in str(errors[0])


def test_a_long_document_is_not_held(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    with path.open("w") as file:
        file.write('{"status": "ok", "articles": [')
        for number in range(8_000):
            text = f"Shells hit Sumy on day {number} and hurt several people. " * 60
            file.write(json.dumps({"id": number, "text": text}) + ",\n")
        file.write('{"id": "last", "text": "Shells hit Sumy."}]}')
    with path.open("rb") as stream:
        tracemalloc.start()
        rows = read_value(OpenFile(name="a", path="a", stream=stream))["articles"]
        assert sum(1 for _ in rows) == 8_001
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peak < path.stat().st_size
