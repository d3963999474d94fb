"""Where the verbs write: never to what they read, by whatever name, and only under an ending that fits."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import geomap
from geomap.exporters.shapes import SHAPED
from geomap.formats import FORMATS, Shape
from geomap.tables import EVENT_COLUMNS
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
        ("parse in.jsonl", ", ".join(FORMATS)),
        ("events in.jsonl", ", ".join(FORMATS)),
        ("incidents in.jsonl", ", ".join(FORMATS)),
        ("events in.jsonl --shape acled", ".csv, .jsonl, .parquet, .xlsx"),
        ("gold in.jsonl --corrections mine.csv", ".jsonl"),
    ],
)
@pytest.mark.parametrize("output", ["x.docx", "x", "/dev/stdout"])
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


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("verb", ["parse", "events", "incidents"])
def test_every_verb_writes_every_ending_and_it_reads_back(verb: str, ending: str, here: Path) -> None:
    (here / "in.jsonl").write_text(ROW)
    kind = {"parse": "mentions"}.get(verb, verb)
    result = Result(verb, "in.jsonl", "-o", f"out{ending}")
    assert (result.code, result.out) == (0, "")
    assert result.words.endswith(f"wrote out{ending}\n")
    read = {"mentions": geomap.read_mentions, "events": geomap.read_events, "incidents": geomap.read_incidents}[kind]
    assert read(f"out{ending}")["name"].tolist() == ["Pokrovsk"]


def test_a_saved_table_of_any_ending_is_mapped_and_grouped_again(here: Path) -> None:
    (here / "in.jsonl").write_text(ROW)
    Result("events", "in.jsonl", "-o", "all.gpkg")
    assert Result("map", "--table", "all.gpkg", "-o", "out.html").code == 0
    assert Result("incidents", "--table", "all.gpkg", "-o", "again.kml").code == 0
    assert geomap.read_incidents("again.kml").equals(geomap.read_incidents("all.gpkg"))
    Result("incidents", "--table", "all.gpkg", "-o", "again.csv", "--datapackage")
    package = json.loads((here / "datapackage.json").read_text())
    assert [one["title"] for one in package["sources"]] == ["all.gpkg"]
    assert package["geomap"]["settings"] == package["geomap"]["gazetteers"] == {}  # nobody knows of the table's


def test_a_data_package_says_what_was_made_from_what(here: Path) -> None:
    (here / "reports").mkdir()
    (here / "reports" / "in.jsonl").write_text(ROW)
    (here / "out").mkdir()
    for _ in range(2):
        result = Result("events", "reports", "-o", "out/events.csv", "--datapackage")
        assert result.words.endswith("wrote out/events.csv, out/datapackage.json\n")
        text = (here / "out" / "datapackage.json").read_text()
    package = json.loads(text)
    (resource,) = package["resources"]
    assert resource["hash"] == f"sha256:{hashlib.sha256((here / 'out' / 'events.csv').read_bytes()).hexdigest()}"
    assert [field["name"] for field in resource["schema"]["fields"]] == list(EVENT_COLUMNS)
    assert resource["schema"]["primaryKey"] == ["event_id"]
    assert package["sources"] == [{"title": "in.jsonl", "hash": f"sha256:{hashlib.sha256(ROW.encode()).hexdigest()}"}]
    assert package["geomap"]["settings"]["recognizer"] == "encoder"
    assert set(package["geomap"]["gazetteers"]) == {"bundled"}
    assert str(here) not in text
    assert package["prov"]["wasGeneratedBy"] == [{"prov:entity": "output:events.csv", "prov:activity": "run"}]


def test_a_map_has_a_data_package_of_all_its_files(here: Path) -> None:
    (here / "in.jsonl").write_text(ROW)
    result = Result("map", "in.jsonl", "-o", "out.html", "--datapackage")
    assert result.words.endswith("wrote out.html, out.csv, out.geojson, datapackage.json\n")
    resources = json.loads((here / "datapackage.json").read_text())["resources"]
    assert [one["path"] for one in resources] == ["out.html", "out.csv", "out.geojson"]
    for one in resources:
        assert one["hash"] == f"sha256:{hashlib.sha256((here / one['path']).read_bytes()).hexdigest()}"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("map in.jsonl -o - --datapackage", "a data package describes files; give one with -o"),
        ("parse in.jsonl --datapackage", "a data package describes files; give one with -o"),
        ("parse in.jsonl -o a.xlsx --excel", "--excel is for .csv"),
    ],
)
def test_options_that_do_not_fit_the_output_are_refused(words: str, message: str, here: Path) -> None:
    (here / "in.jsonl").write_text(ROW)
    result = Result(*words.split())
    assert result.code in (1, 2)
    assert message in result.words


def test_a_data_package_of_the_reports_is_not_replaced(here: Path) -> None:
    (here / "datapackage.json").write_text("{}")
    (here / "in.jsonl").write_text(ROW)
    result = Result("parse", "datapackage.json", "-o", "out.csv", "--datapackage")
    assert "datapackage.json is the same file as datapackage.json, which is read" in result.words


@pytest.mark.parametrize("shape", ["acled", "ged"])
def test_events_are_written_in_the_columns_of_others(shape: Shape, here: Path) -> None:
    (here / "in.jsonl").write_text(ROW)
    assert Result("events", "in.jsonl", "-o", "out.csv", "--shape", shape).code == 0
    assert (here / "out.csv").read_text().splitlines()[0].split(",") == list(SHAPED[shape])


def test_csv_for_excel_also_goes_to_standard_output(here: Path) -> None:
    (here / "in.jsonl").write_text('{"text": "= Shelling hit Pokrovsk."}')
    out = Result("parse", "in.jsonl", "--excel").out
    assert out.startswith("\ufeffdocument_id")
    assert "'= Shelling hit" in out
