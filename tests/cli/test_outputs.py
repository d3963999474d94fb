"""Where the verbs write: never to what they read, by whatever name, and only under an ending that fits."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.test_verbs import TEXT, Result

ROW = '{"text": "Shelling hit Pokrovsk."}\n'
WRITING = [("parse", ".csv"), ("parse", ".jsonl"), ("events", ".csv"), ("incidents", ".jsonl"), ("map", ".html")]
"""Verbs that read reports and write files, each with an ending that it can read and write."""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def report(ending: str) -> str:
    """Return a report as a file of this ending holds it."""
    page = f"<html><body><article><p>{TEXT}</p></article></body></html>"
    return {".csv": "text\nShelling hit Pokrovsk.\n", ".jsonl": ROW, ".html": page}[ending]


@pytest.mark.parametrize("way", ["path", "dots", "symlink", "hard link"])
@pytest.mark.parametrize(("verb", "ending"), WRITING)
def test_a_verb_never_writes_to_its_report(verb: str, ending: str, way: str, here: Path) -> None:
    source = here / f"in{ending}"
    source.write_text(report(ending))
    output = here / f"out{ending}"
    if way == "path":
        output = source
    elif way == "dots":
        (here / "sub").mkdir()
        output = here / "sub" / ".." / source.name
    elif way == "symlink":
        output.symlink_to(source)
    else:
        output.hardlink_to(source)
    result = Result(verb, source.name, "-o", str(output))
    assert result.code == 1
    assert f"is the same file as in{ending}, which is read" in result.words
    assert source.read_text() == report(ending)


@pytest.mark.parametrize("way", ["path", "symlink", "hard link", "new"])
@pytest.mark.parametrize(("verb", "ending"), WRITING)
def test_a_verb_never_writes_among_its_reports(verb: str, ending: str, way: str, here: Path) -> None:
    source = here / "reports" / "deep" / f"in{ending}"
    source.parent.mkdir(parents=True)
    source.write_text(report(ending))
    (here / "also").symlink_to("reports")
    output = here / f"out{ending}"
    if way == "path":
        output = here / "also" / "deep" / source.name
    elif way == "symlink":
        output.symlink_to(source)
    elif way == "hard link":
        output.hardlink_to(source)
    else:
        output = here / "reports" / f"new{ending}"
    result = Result(verb, "reports", "-o", str(output))
    assert result.code == 1
    assert "lies where the reports are" in result.words or "is the same file as reports/deep/in" in result.words
    assert source.read_text() == report(ending)
    assert way != "new" or not output.exists()


def test_a_report_that_a_folder_only_links_to_is_safe(here: Path) -> None:
    (here / "reports").mkdir()
    (here / "real.jsonl").write_text(ROW)
    (here / "reports" / "linked.jsonl").symlink_to("../real.jsonl")
    assert "is the same file as reports/linked.jsonl" in Result("parse", "reports", "-o", "real.jsonl").words
    assert (here / "real.jsonl").read_text() == ROW


def test_no_table_is_written_beside_a_map_over_a_report(here: Path) -> None:
    (here / "in.jsonl").write_text(ROW)
    (here / "out.csv").hardlink_to(here / "in.jsonl")
    result = Result("map", "in.jsonl", "-o", "out.html")
    assert "out.csv is the same file as in.jsonl" in result.words
    assert (here / "in.jsonl").read_text() == ROW
    assert not (here / "out.html").exists()


def test_a_mapped_table_keeps_its_bytes_under_any_name(here: Path) -> None:
    (here / "in.jsonl").write_text(ROW)
    Result("parse", "in.jsonl", "-o", "table.csv")
    (here / "out.csv").symlink_to("table.csv")
    before = (here / "table.csv").read_bytes()
    assert Result("map", "--table", "table.csv", "-o", "out.html").words.endswith("wrote out.html, out.geojson\n")
    assert (here / "table.csv").read_bytes() == before
    assert (here / "out.csv").is_symlink()


def test_incidents_never_replace_their_events_nor_a_map_its_boundaries(here: Path) -> None:
    (here / "in.jsonl").write_text(ROW)
    Result("events", "in.jsonl", "-o", "events.csv")
    before = (here / "events.csv").read_bytes()
    assert "is the same file as events.csv" in Result("incidents", "--table", "events.csv", "-o", "./events.csv").words
    assert (here / "events.csv").read_bytes() == before
    lines = '{"type":"LineString","coordinates":[[1,1],[2,2]]}'
    (here / "out.geojson").write_text(lines)
    result = Result("map", "in.jsonl", "-o", "out.html", "--boundaries", "out.geojson")
    assert "is the same file as out.geojson" in result.words
    assert (here / "out.geojson").read_text() == lines


@pytest.mark.parametrize("shell", ["parse in.csv >> in.csv", "parse - -o in.csv < in.csv", "events . >> new.csv"])
def test_a_redirection_is_seen_through(shell: str, here: Path) -> None:
    (here / "in.csv").write_text(report(".csv"))
    root = str(Path(__file__).parents[2])
    command = ["/bin/sh", "-c", f'"$0" -m geomap {shell}', sys.executable]
    done = subprocess.run(command, env={**os.environ, "PYTHONPATH": root}, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "is the same file as" in done.stderr
    assert (here / "in.csv").read_text() == report(".csv")


@pytest.mark.parametrize(
    ("words", "fitting"),
    [
        ("map in.jsonl", ".html, .htm"),
        ("parse in.jsonl", ".csv, .jsonl, .parquet"),
        ("events in.jsonl", ".csv, .jsonl, .parquet"),
        ("incidents in.jsonl", ".csv, .jsonl, .parquet"),
    ],
)
@pytest.mark.parametrize("output", ["x.kml", "x", "/dev/stdout"])
def test_an_ending_that_does_not_fit_is_an_error_with_those_that_do(
    words: str, fitting: str, output: str, here: Path
) -> None:
    (here / "in.jsonl").write_text(ROW)
    result = Result(*words.split(), "-o", output)
    assert result.code == 1
    assert result.words.startswith(f"error: {output}: ")
    assert f"can be written as {fitting}; choose one of these endings" in result.words
    assert [file.name for file in here.iterdir()] == ["in.jsonl"]


def test_an_ending_in_capitals_fits(here: Path) -> None:
    (here / "in.jsonl").write_text(ROW)
    assert Result("map", "in.jsonl", "-o", "OUT.HTML").code == 0
    assert sorted(file.name for file in here.iterdir()) == ["OUT.HTML", "OUT.csv", "OUT.geojson", "in.jsonl"]
