"""Every format gives the same report, says what it needs, and is refused in words when it is broken."""

import importlib.util
import io
import sys
import warnings
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geomap.errors import GeomapWarning, ReportError
from geomap.readers import read_documents
from geomap.readers.input_formats import FORMATS, Format
from geomap.types import Document
from tests.readers.files_of_every_format import DAY, KNOWN, MAKE, OUTLET, STORY, TITLE, URL, made


def read(path: Path) -> tuple[list[Document], list[ReportError]]:
    errors: list[ReportError] = []
    return list(read_documents(path, on_error=errors.append, on_passed_over=lambda error: None)), errors


def test_every_format_of_the_table_has_a_file_here() -> None:
    suffixes = {Path(name).suffix for name in MAKE}
    assert not [one.name for one in FORMATS if not suffixes & set(one.suffixes)]


@pytest.mark.parametrize("name", MAKE)
def test_the_same_report_comes_out_of_every_format(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(made(name))
    documents, errors = read(tmp_path / name)
    assert not errors
    assert len(documents) == 1
    one = documents[0]
    words = " ".join(one.text.split())
    assert all(paragraph in words for paragraph in STORY)
    told = {"title": one.title, "url": one.url, "published": one.published, "source": one.source}
    known = KNOWN.get(name, set(told))
    right = {"title": TITLE, "url": URL, "published": DAY, "source": OUTLET}
    assert told == {
        field: right[field] if field in known else type(right[field])() if field != "published" else None
        for field in told
    }


@pytest.mark.parametrize("name", MAKE)
def test_ids_stay_and_name_the_file(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(made(name))
    ids = [document.id for document in read(tmp_path / name)[0]]
    expected = {"feed.rss": "feed.rss#a1", "crawl.warc": f"crawl.warc#{URL}", "many.zip": "many.zip/in/page.html"}
    assert ids == [expected.get(name, "a1" if name.startswith("rows") else name)]


@pytest.mark.parametrize("one", [one for one in FORMATS if one.needs], ids=lambda one: one.name)
def test_without_its_library_a_format_names_the_extra_and_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, one: Format
) -> None:
    name = next(name for name in MAKE if Path(name).suffix in one.suffixes)
    (tmp_path / name).write_bytes(made(name))
    find = importlib.util.find_spec
    monkeypatch.setattr(
        "geomap.readers.input_formats.find_spec", lambda name: None if name == one.needs else find(name)
    )
    with pytest.raises(ReportError, match=rf"needs {one.needs}, .*: pip install 'geomap\[{one.extra}\]'"):
        list(read_documents(tmp_path / name))


@pytest.mark.parametrize("one", [one for one in FORMATS if one.needs], ids=lambda one: one.name)
def test_the_extras_of_the_table_are_those_of_the_project(one: Format) -> None:
    import tomllib

    extras = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text())["project"][
        "optional-dependencies"
    ]
    assert len(extras[one.extra]) == 1
    assert one.extra in extras["all"][0]


@pytest.mark.parametrize("one", FORMATS, ids=lambda one: one.name)
def test_the_guide_shows_every_format_with_its_endings(one: Format) -> None:
    guide = (Path(__file__).parents[2] / "docs" / "reference" / "input.md").read_text(encoding="utf-8")
    row = next((line for line in guide.splitlines() if line.startswith(f"| `{one.name}` |")), "")
    assert all(f"`{suffix}`" in row for suffix in one.suffixes)
    assert one.help in row
    assert not one.extra or f"`{one.extra}`" in row


@pytest.mark.parametrize("name", MAKE)
@given(data=st.data())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_spoilt_file_of_any_format_is_read_or_refused_in_words(
    tmp_path: Path, name: str, data: st.DataObject
) -> None:
    whole = bytearray(made(name))
    for _ in range(data.draw(st.integers(0, 6))):
        at = data.draw(st.integers(0, len(whole)))
        whole[at : at + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=20))
    path = tmp_path / name
    path.write_bytes(whole[: data.draw(st.integers(0, len(whole)) | st.just(len(whole)))])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", GeomapWarning)
        documents, errors = read(path)
    assert documents or errors
    for document in documents:
        assert document.text.strip()
        "".join((document.id, document.text, document.title, document.url, document.source)).encode()
    assert all(len(str(error).splitlines()) == 1 for error in errors)


@pytest.mark.parametrize("name", ["paper.pdf", "feed.rss", "rows.parquet", "many.zip", "rows.json", "crawl.warc"])
def test_standard_input_is_told_by_its_first_bytes(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(made(name))))
    documents = list(read_documents("-", on_passed_over=lambda error: None))
    assert [STORY[0] in " ".join(document.text.split()) for document in documents] == [True]


@pytest.mark.parametrize("name", MAKE)
def test_nothing_is_written_to_the_terminal_whatever_a_file_holds(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], name: str
) -> None:
    whole = made(name)
    for at in range(0, len(whole), max(1, len(whole) // 12)):
        (tmp_path / name).write_bytes(whole[:at] + b"\x1b[2J\r\n" + whole[at + 3 :])
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", GeomapWarning)
            read(tmp_path / name)
    assert capfd.readouterr() == ("", "")
