"""Here, by one worker or by several, with a run folder or without: the same comes out."""

import dataclasses
import datetime
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import geomap
from geomap.errors import ConfigError, GazetteerError, GeomapWarning, ReportError
from geomap.runs.folder import RunFolder
from geomap.runs.many import BATCH, parse_many
from geomap.runs.settings import Settings, origin_of, settings_of
from tests.runs.corpus import QUICK, documents, parts, tables
from tests.runs.processes import workers


@pytest.fixture(scope="module")
def here() -> str:
    return tables(list(parse_many(documents(150), config=QUICK)))


def test_this_process_finds_what_a_geoparser_finds(here: str) -> None:
    geoparser = geomap.Geoparser(recognizer="given", resolver="population")
    assert tables(list(geoparser.parse(documents(150)))) == here


@pytest.mark.parametrize("count", [1, 3])
def test_workers_find_the_same_in_the_same_order(here: str, count: int, tmp_path: Path) -> None:
    run = tmp_path / "run" if count == 3 else None
    assert tables(list(parse_many(documents(150), config=QUICK, workers=count, run=run))) == here


def test_no_more_workers_are_started_than_there_is_work_for() -> None:
    found = parse_many(documents(BATCH + 1), config=QUICK, workers=8)
    next(found)
    assert len(workers(os.getpid())) <= 2
    list(found)


def test_a_second_run_parses_only_what_is_new(tmp_path: Path) -> None:
    first = list(parse_many(documents(100), config=QUICK, run=tmp_path))
    before = parts(tmp_path)
    grown = list(parse_many(documents(110), config=QUICK, run=tmp_path))
    assert tables(grown[:100]) == tables(first)
    new = [json.loads(part.read_bytes().partition(b"\n")[0]) for part in parts(tmp_path) if part not in before]
    assert sum(len(header["keys"]) for header in new) == 10
    assert tables(grown) == tables(list(parse_many(documents(110), config=QUICK)))


def test_the_manifest_says_what_the_results_are_made_with(tmp_path: Path) -> None:
    list(parse_many(documents(3), config=QUICK, run=tmp_path))
    told = json.loads((tmp_path / "manifest.json").read_text("utf-8"))
    assert told["finished"]
    assert told["documents"] == 3
    assert told["set_aside"] == []
    made = told["made_with"]
    assert made["geomap"] == geomap.__version__
    assert made["settings"]["recognizer"] == "given"
    assert len(made["files"]["gazetteer.sqlite"]) == 64


def test_other_settings_share_no_results(tmp_path: Path) -> None:
    list(parse_many(documents(3), config=QUICK, run=tmp_path))
    other = dataclasses.replace(QUICK, demonyms=True)
    list(parse_many(documents(3), config=other, run=tmp_path))
    assert len(parts(tmp_path)) == 2


def test_reports_that_differ_in_their_id_alone_are_parsed_once(tmp_path: Path) -> None:
    one = documents(1)[0]
    copies = [dataclasses.replace(one, id=f"copy {number}") for number in range(BATCH * 2)]
    found = list(parse_many(copies, config=QUICK, run=tmp_path))
    assert [parsed.mentions[0].document_id for parsed in found] == [copy.id for copy in copies]
    [part] = parts(tmp_path)
    assert len(json.loads(part.read_bytes().partition(b"\n")[0])["keys"]) == 1


def test_the_same_text_of_another_day_is_another_report() -> None:
    days = [datetime.date(2024, 9, 6), datetime.date(2024, 9, 14)]
    reports = [dataclasses.replace(documents(1)[0], id=str(day), published=day) for day in days]
    found = [one.events[0].date.start for one in parse_many(reports, config=QUICK)]
    assert found[0] != found[1]


@pytest.mark.parametrize("harm", ["a bit", "its end", "its head", "all"])
def test_a_damaged_part_is_noticed_and_made_again(tmp_path: Path, harm: str) -> None:
    whole = tables(list(parse_many(documents(70), config=QUICK, run=tmp_path)))
    part = max(parts(tmp_path), key=lambda part: part.stat().st_size)
    data = part.read_bytes()
    middle = len(data) * 3 // 4
    harmed = {
        "a bit": data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :],
        "its end": data[:-20],
        "its head": b"{" + data,
        "all": b"",
    }
    part.write_bytes(harmed[harm])
    assert tables(list(parse_many(documents(70), config=QUICK, run=tmp_path))) == whole


def test_two_runs_in_one_folder_are_refused_in_words(tmp_path: Path) -> None:
    held = RunFolder(tmp_path / "run", origin_of(settings_of(QUICK)))
    with pytest.raises(ConfigError, match="another run is at work in it"):
        list(parse_many(documents(1), config=QUICK, run=tmp_path / "run"))
    held.close()
    assert list(parse_many(documents(1), config=QUICK, run=tmp_path / "run"))


def test_a_folder_with_other_things_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_text("mine")
    with pytest.raises(ConfigError, match="holds other things than a run"):
        list(parse_many(documents(1), config=QUICK, run=tmp_path))
    (tmp_path / "manifest.json").write_text('{"format": 99}')
    with pytest.raises(ConfigError, match="another version"):
        list(parse_many(documents(1), config=QUICK, run=tmp_path))


def test_what_is_wrong_with_the_run_stops_it() -> None:
    missing = dataclasses.replace(QUICK, gazetteer="no-such-file.sqlite")
    for count in (0, 1):
        with pytest.raises(GazetteerError, match=r"no-such-file\.sqlite"):
            list(parse_many(documents(3), config=missing, workers=count))
    with pytest.raises(ConfigError, match="not both"):
        list(parse_many([], workers=1, cluster="tcp://127.0.0.1:1"))


def test_a_report_that_cannot_be_parsed_does_not_take_the_others_along() -> None:
    reports = documents(5)
    reports[2] = dataclasses.replace(reports[2], text="half a character: \ud800", given_mentions=())
    aside: list[ReportError] = []
    found = list(parse_many(reports, config=QUICK, on_set_aside=aside.append))
    assert [one.document.id for one in found] == [f"report {number}" for number in (0, 1, 3, 4)]
    assert [error.path for error in aside] == ["report 2"]
    with pytest.warns(GeomapWarning, match=r"set aside 1 of 5 documents: report 2 \("):
        list(parse_many(reports, config=QUICK))


def test_documents_are_parsed_as_they_are_asked_for() -> None:
    read: list[str] = []
    found = parse_many((read.append(one.id) or one for one in documents(9)), config=QUICK)  # type: ignore[func-returns-value]
    next(found)
    assert len(read) == 1


def test_no_more_is_read_than_a_bounded_number_ahead() -> None:
    read: list[str] = []
    coming = (read.append(one.id) or one for one in documents(2_000))  # type: ignore[func-returns-value]
    found = parse_many(coming, config=QUICK, workers=1)
    next(found)
    assert len(read) <= 10 * BATCH
    found.close()  # type: ignore[attr-defined]


def test_a_run_of_the_program_goes_on_with_other_workers(tmp_path: Path) -> None:
    reports = tmp_path / "reports.jsonl"
    rows = [{"id": one.id, "text": one.text} for one in documents(8)]
    reports.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    written = []
    for number, more in enumerate(([], ["--run", "run", "--workers", "2"], ["--run", "run"])):
        command = [sys.executable, "-m", "geomap", "parse", str(reports), "-o", f"{number}.csv", "--recognizer", "fast"]
        subprocess.run([*command, *more], check=True, cwd=tmp_path, capture_output=True)
        written.append((tmp_path / f"{number}.csv").read_bytes())
    assert written[0] == written[1] == written[2]


def test_a_run_folder_among_the_reports_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Shelling hit Kyiv.")
    command = [sys.executable, "-m", "geomap", "parse", str(tmp_path), "--run", str(tmp_path / "run")]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 1
    assert "choose another folder with --run" in done.stderr
    assert not (tmp_path / "run").exists()


def test_a_gazetteer_with_one_other_byte_is_another_one_for_a_run_folder(tmp_path: Path) -> None:
    places = tmp_path / "places.sqlite"
    digests = set()
    for content in (b"some places", b"same places", b"some places"):
        places.write_bytes(content)
        digests.add(origin_of(Settings(gazetteer=str(places))).digest())
    assert len(digests) == 2
