import importlib.util
import json
import os
import stat
import threading
from pathlib import Path

import pandas as pd
import pytest

import geomap
from geomap.errors import ConfigError, OutputError
from geomap.exporters.export import write_table
from geomap.formats import format_of
from geomap.tables import to_mentions
from geomap.types import ParsedDocument
from geomap.writing import check_output, write_file, write_files


@pytest.fixture
def table(parsed: list[ParsedDocument]) -> pd.DataFrame:
    return to_mentions(parsed)


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".parquet"])
def test_the_same_table_gives_the_same_bytes(suffix: str, table: pd.DataFrame, tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_table(table, tmp_path / f"{name}{suffix}")
    assert (tmp_path / f"a{suffix}").read_bytes() == (tmp_path / f"b{suffix}").read_bytes()


def test_cells_are_written_as_they_are_even_where_a_spreadsheet_sees_a_formula(
    table: pd.DataFrame, tmp_path: Path
) -> None:
    write_table(table, tmp_path / "a.csv")
    assert '"=HYPERLINK(""x"")\r\nin 🏳️ Pokrovsk' in (tmp_path / "a.csv").read_bytes().decode()


def test_a_jsonl_row_holds_its_alternatives_as_a_list_and_null_where_nothing_is_known(
    table: pd.DataFrame, tmp_path: Path
) -> None:
    write_table(table, tmp_path / "a.jsonl")
    rows = [json.loads(line) for line in (tmp_path / "a.jsonl").read_text(encoding="utf-8").split("\n")[:-1]]
    assert rows[0]["alternatives"][0]["name"] == "Engel’s"
    assert rows[2]["latitude"] is None
    assert rows[2]["population"] is None


def test_an_unknown_suffix_names_the_known_ones(table: pd.DataFrame, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"\.csv, \.jsonl, \.parquet"):
        write_table(table, tmp_path / "a.docx")


def test_parquet_without_pyarrow_gives_the_install_command(monkeypatch: pytest.MonkeyPatch) -> None:
    find = importlib.util.find_spec
    monkeypatch.setattr("geomap.formats.find_spec", lambda name: None if name == "pyarrow" else find(name))
    with pytest.raises(ConfigError, match=r"pip install 'geomap\[parquet\]'"):
        format_of("a.parquet")


def test_a_missing_folder_is_named_with_the_command_that_makes_it(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"the folder .*nowhere does not exist; make it with: mkdir -p"):
        write_file(tmp_path / "nowhere" / "map.html", "x")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="is a folder"):
        write_file(tmp_path, "x")


@pytest.mark.skipif(not Path("/sys/kernel").is_dir(), reason="needs a folder that not even root can write to")
def test_an_unwritable_place_is_an_output_error() -> None:
    with pytest.raises(OutputError, match=r"cannot be written|no permission"):
        write_file("/sys/kernel/map.html", "x")


def test_an_unwritable_folder_is_found_out_before_the_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: False)  # root may write anywhere
    with pytest.raises(OutputError, match="no permission"):
        check_output(tmp_path / "map.html")


def test_a_file_is_replaced_whole_and_nothing_else_is_left(tmp_path: Path) -> None:
    target = tmp_path / "map.html"
    target.write_text("old")
    write_file(target, "new")
    assert target.read_text() == "new"
    assert [file.name for file in tmp_path.iterdir()] == ["map.html"]


def test_a_failed_write_keeps_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "map.html"
    target.write_text("old")

    def fail(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OutputError, match="No space left on device"):
        write_file(target, "new")
    assert target.read_text() == "old"
    assert [file.name for file in tmp_path.iterdir()] == ["map.html"]


def test_a_link_is_followed_and_kept(tmp_path: Path) -> None:
    (tmp_path / "real.html").write_text("old")
    (tmp_path / "link.html").symlink_to("real.html")
    write_file(tmp_path / "link.html", "new")
    assert (tmp_path / "link.html").is_symlink()
    assert (tmp_path / "real.html").read_text() == "new"


def test_the_mode_of_a_new_file_follows_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_file(tmp_path / "map.html", "x")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "map.html").stat().st_mode) == 0o640


def test_a_device_is_written_to_and_not_replaced() -> None:
    write_file("/dev/null", "x")
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


def test_a_lone_surrogate_does_not_stop_the_file(tmp_path: Path) -> None:
    write_file(tmp_path / "map.html", "a\ud800b")
    assert (tmp_path / "map.html").read_text() == "a?b"


def test_a_set_appears_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.html").write_text("old")
    contents = [(tmp_path / name, "new") for name in ("a.html", "b.csv", "c.geojson")]
    replace = Path.replace

    def fail(draft: Path, target: Path) -> Path:
        if target.name == "c.geojson":
            raise OSError(1, "Operation not permitted")
        return replace(draft, target)

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OutputError, match=r"Operation not permitted"):
        write_files(contents)
    assert {file.name: file.read_text() for file in tmp_path.iterdir()} == {"a.html": "old"}
    monkeypatch.undo()
    write_files(contents)
    assert {file.name: file.read_text() for file in tmp_path.iterdir()} == dict.fromkeys(
        ("a.html", "b.csv", "c.geojson"), "new"
    )


def test_nothing_of_a_set_is_written_where_one_file_cannot_be(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="does not exist"):
        write_files([(tmp_path / "a.html", "new"), (tmp_path / "nowhere" / "b.csv", "new")])
    assert not list(tmp_path.iterdir())


def test_leftovers_and_another_process_of_the_same_number_never_block(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "getpid", lambda: 1)  # as every process in a container
    for name in (".map.html.1.part", "map.html.partial"):
        (tmp_path / name).write_text("left over")
    failed: list[Exception] = []

    def write_often(content: str) -> None:
        try:
            for _ in range(30):
                write_file(tmp_path / "map.html", content)
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=write_often, args=(letter * 10_000,)) for letter in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    assert set((tmp_path / "map.html").read_text()) < set("ab")
    assert len(list(tmp_path.iterdir())) == 3


def test_a_long_name_in_any_script_can_be_written(tmp_path: Path) -> None:
    write_file(tmp_path / f"{'я' * 125}.csv", "x")


def test_a_map_is_saved_as_a_page_alone(table: pd.DataFrame, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"x\.kml: a map can be written as \.html, \.htm; choose one"):
        geomap.to_map(table).save(tmp_path / "x.kml")
    assert not list(tmp_path.iterdir())
