"""Files, folders, standard input, and ids."""

import io
import os
import socket
import sys
from pathlib import Path
from typing import Any

import pytest

from geomap.errors import ConfigError, GeomapWarning, ReportError
from geomap.readers import read_documents


def feed(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


def put(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"Text of {name}")


def ids(path: Path) -> list[str]:
    return [document.id for document in read_documents(path)]


def test_a_folder_is_read_sorted_with_all_below_it(tmp_path: Path) -> None:
    put(tmp_path, "b.txt", "a/z.md", "a/c/d.TXT", "a-b/x.txt", "ä.txt", "B.txt")
    assert ids(tmp_path) == ["B.txt", "a/c/d.TXT", "a/z.md", "a-b/x.txt", "b.txt", "ä.txt"]


def test_a_folder_leaves_alone_what_is_hidden_and_its_readmes(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", ".b.txt", ".c/d.txt", "README.md", "readme.txt", "x/ReadMe", ".DS_Store")
    assert ids(tmp_path) == ["a.txt"]


def test_a_folder_passes_over_other_files_by_name_with_the_reason(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", "picture.png", "noext", "x/ReadMe_first.txt", "old.doc", "a.tar", "b.xls")
    passed: list[ReportError] = []
    assert [document.id for document in read_documents(tmp_path, on_passed_over=passed.append)] == ["a.txt"]
    reasons = {Path(one.path).relative_to(tmp_path).as_posix(): str(one).partition(": ")[2] for one in passed}
    assert list(reasons) == ["a.tar", "b.xls", "noext", "old.doc", "picture.png", "x/ReadMe_first.txt"]
    assert reasons["b.xls"] == "files ending in .xls are not read; save it as .xlsx or .csv"
    assert "without an ending" in reasons["noext"]
    assert "rename it if it is a report" in reasons["x/ReadMe_first.txt"]
    with pytest.warns(GeomapWarning, match=r"files passed over, 6: .*a\.tar: .*b\.xls"):
        assert ids(tmp_path) == ["a.txt"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
@pytest.mark.parametrize("format_name", [None, "text"])
def test_a_pipe_a_socket_and_a_device_in_a_folder_are_not_waited_for(tmp_path: Path, format_name: str | None) -> None:
    put(tmp_path, "a.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "zero.txt").symlink_to("/dev/zero")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(os.path.relpath(tmp_path / "s.txt"))
        passed: list[ReportError] = []
        documents = list(read_documents(tmp_path, format=format_name, on_passed_over=passed.append))
    assert [document.id for document in documents] == ["a.txt"]
    assert [str(one).rpartition("/")[2].partition(",")[0] for one in passed] == [
        "pipe.txt: a named pipe",
        "s.txt: a socket",
        "zero.txt: a device",
    ]


def test_a_folder_without_reports_is_an_error(tmp_path: Path) -> None:
    put(tmp_path, "picture.png")
    with (
        pytest.warns(GeomapWarning, match="passed over"),
        pytest.raises(ReportError, match=r"holds no reports; put files ending in \.txt.*\(1 others? .*picture"),
    ):
        ids(tmp_path)


def test_a_hidden_folder_or_readme_named_outright_is_read(tmp_path: Path) -> None:
    put(tmp_path, ".hidden/a.txt", "README.md")
    assert ids(tmp_path / ".hidden") == ["a.txt"]
    assert ids(tmp_path / "README.md") == ["README.md"]


@pytest.mark.parametrize("given", [["a.txt", "b.txt"], None, 3, b"a.txt"])
def test_what_is_no_path_is_refused(given: Any) -> None:
    with pytest.raises(ReportError, match=r"^a \w+ is no path; give one file or folder, and read several in turn$"):
        read_documents(given)


def test_a_missing_file_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match=r"nowhere\.txt: no such file or folder; check the spelling$"):
        ids(tmp_path / "nowhere.txt")


@pytest.mark.parametrize("path", ["a\0b.txt", "", "x" * 5000])
def test_an_impossible_path_is_a_report_error(path: str) -> None:
    with pytest.raises(ReportError):
        list(read_documents(path))


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")
def test_a_file_that_may_not_be_read_stops_no_other(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", "c.txt")
    (tmp_path / "b.txt").symlink_to(tmp_path / "gone")  # as unreadable for root as for anyone
    errors: list[ReportError] = []
    documents = list(read_documents(tmp_path, on_error=errors.append))
    assert [document.id for document in documents] == ["a.txt", "c.txt"]
    assert [Path(error.path).name for error in errors] == ["b.txt"]


def test_one_bad_file_of_each_kind_stops_no_other(tmp_path: Path) -> None:
    put(tmp_path, "good.txt", "z.txt")
    (tmp_path / "empty.txt").touch()
    (tmp_path / "binary.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    (tmp_path / "bad.html").write_text("<p>")
    (tmp_path / "bad.csv").write_text("a,b\n1,2\n")
    (tmp_path / "bad.jsonl").write_text("{")
    errors: list[ReportError] = []
    documents = list(read_documents(tmp_path, on_error=errors.append))
    assert [document.id for document in documents] == ["good.txt", "z.txt"]
    assert [Path(error.path).name for error in errors] == [
        "bad.csv",
        "bad.html",
        "bad.jsonl",
        "binary.txt",
        "empty.txt",
    ]


def test_links_that_lead_in_circles_are_not_followed(tmp_path: Path) -> None:
    put(tmp_path, "a/b.txt")
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    assert ids(tmp_path) == ["a/b.txt"]


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("a.tar", r"pack it as \.zip"),
        ("a.doc", r"save it as \.docx"),
        ("a.xyz", "give the format, one of text, html"),
    ],
)
def test_a_file_of_another_kind_named_outright_is_refused_with_a_remedy(tmp_path: Path, name: str, remedy: str) -> None:
    put(tmp_path, name)
    with pytest.raises(ReportError, match=remedy):
        ids(tmp_path / name)


def test_a_file_without_a_suffix_is_text_and_a_format_overrules_the_suffix(tmp_path: Path) -> None:
    put(tmp_path, "report")
    assert ids(tmp_path / "report") == ["report"]
    (tmp_path / "rows.txt").write_text('{"text": "a", "id": "row"}')
    assert [document.id for document in read_documents(tmp_path / "rows.txt", format="jsonl")] == ["row"]


def test_a_format_given_for_a_folder_reads_all_its_files(tmp_path: Path) -> None:
    put(tmp_path, "a.log", "README.md", ".b.log")
    assert [document.id for document in read_documents(tmp_path, format="text")] == ["a.log"]


def test_an_unknown_format_is_refused_at_once() -> None:
    with pytest.raises(ConfigError, match=r"no format 'poem'; formats are text, html, jsonl, .*zip"):
        read_documents("any", format="poem")


def test_an_id_used_by_two_files_is_told_apart_by_the_later_ones_name(tmp_path: Path) -> None:
    for name in ("a.jsonl", "b.jsonl", "c/b.jsonl"):
        put(tmp_path, name)
        (tmp_path / name).write_text('{"id": "1", "text": "x"}\n{"id": "2", "text": "y"}')
    assert ids(tmp_path) == ["1", "2", "1 (b.jsonl)", "2 (b.jsonl)", "1 (c/b.jsonl)", "2 (c/b.jsonl)"]


@pytest.mark.skipif(sys.platform != "linux", reason="file names are bytes on Linux alone")
def test_a_file_name_that_is_not_utf8_gives_an_id_that_can_be_written(tmp_path: Path) -> None:
    with open(os.path.join(os.fsencode(tmp_path), b"k\xffn.txt"), "w") as file:  # noqa: PTH118, PTH123
        file.write("Text")
    assert ids(tmp_path) == ["k\ufffdn.txt"]


@pytest.mark.parametrize(
    ("data", "ids"),
    [
        (b"Title: A\n\nText", ["stdin"]),
        (b'\n {"text": "a"}\n{"text": "b"}', ["stdin:2", "stdin:3"]),
        (b'\xef\xbb\xbf{"text": "a"}', ["stdin:1"]),
        (b"<!DOCTYPE html><p>" + b"Shells fell on the mill in the night. " * 20, ["stdin"]),
    ],
)
def test_standard_input_is_told_by_its_first_character(
    monkeypatch: pytest.MonkeyPatch, data: bytes, ids: list[str]
) -> None:
    feed(monkeypatch, data)
    assert [document.id for document in read_documents("-")] == ids


def test_standard_input_takes_a_format(monkeypatch: pytest.MonkeyPatch) -> None:
    feed(monkeypatch, b"text\nShells fell.\n")
    assert [document.text for document in read_documents("-", format="csv")] == ["Shells fell."]


def test_empty_standard_input_is_an_error_that_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    feed(monkeypatch, b"")
    with pytest.raises(ReportError, match="<stdin>: the file is empty"):
        list(read_documents("-"))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_read_though_it_cannot_be_wound_back(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.write(writing, b"text\nShells fell.\n")
    os.close(writing)
    try:
        documents = list(read_documents(f"/dev/fd/{reading}", format="csv"))
    finally:
        os.close(reading)
    assert [document.text for document in documents] == ["Shells fell."]


def test_importing_the_readers_loads_nothing_heavy() -> None:
    import subprocess

    code = (
        "import sys, geomap.readers; "
        "sys.exit(bool({'trafilatura', 'pandas', 'dateutil', 'charset_normalizer'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
