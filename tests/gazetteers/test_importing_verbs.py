"""``geomap gazetteer``: what it says of imports, and what it shows, checks and removes."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from geomap.cli.app import app
from geomap.gazetteers import load_gazetteer
from geomap.gazetteers.importing.importing import import_file
from tests.gazetteers.importing_files import geonames_line, run, write_dump


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GEOMAP_GAZETTEERS", str(tmp_path / "own"))
    return tmp_path / "own"


def test_an_import_is_said_listed_described_checked_and_removed(tmp_path: Path) -> None:
    lines = [geonames_line(n, f"Village {n}", (48.0, 37.0)) for n in range(1, 30)]
    dump = write_dump(tmp_path / "UA.txt", [*lines, *["1\t2\t3"] * 21, lines[0]])
    code, _, words = run("import", str(dump))
    assert code == 0, words
    assert "left out 21 lines" in words
    assert "line 30: 3 columns instead of 19" in words
    assert "and 1 more" in words
    assert "1 line gave a place that a later line gave again" in words
    assert "UA: 29 entries" in words
    assert "until: geomap gazetteer remove UA" in words
    code, listed, _ = run("list")
    assert (code, listed.startswith("UA: 29 entries, from UA.txt of ")) == (0, True)
    assert "CC BY 4.0" in listed
    code, shown, _ = run("info", "UA")
    assert "source UA: GeoNames (geonames.org) UA.txt" in shown
    assert "left out: 21 lines" in shown
    assert run("verify", "UA")[2].endswith("UA.sqlite is whole\n")
    code, _, words = run("verify")
    assert (code, words.count("is whole")) == (0, 2)
    assert run("remove", "UA")[0] == 0
    assert not load_gazetteer().has_name("Village 3")
    assert run("remove", "UA")[0] == 1
    assert "none is imported" in run("list")[2]


def test_files_of_names_go_with_all_places_and_a_name_is_for_one_file(tmp_path: Path) -> None:
    first = write_dump(tmp_path / "AA.txt", [geonames_line(1, "Aaa", (48.0, 37.0))])
    second = write_dump(tmp_path / "BB.txt", [geonames_line(2, "Bbb", (48.0, 37.0))])
    names = tmp_path / "admin2Codes.txt"
    names.write_text("UA.05.1\tAya\tAya\t1\nUA.05.2\tBya\tBya\t2\n", encoding="utf-8")
    assert run("import", str(first), str(names), str(second))[0] == 0
    assert [load_gazetteer().has_name(name) for name in ("Aya", "Bya")] == [True, True]
    assert run("import", str(first), str(second), "--name", "both")[0] == 2
    assert run("import", str(first), "--name", "../up")[0] == 1
    assert run("import", str(first), "--name", "own")[0] == 0
    assert run("list")[1].count("\n") == 3


def test_a_table_takes_its_columns_from_the_command(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text("Ort,B,L\nZzdorf,48,37\n", encoding="utf-8")
    assert "no column for the name" in run("import", str(table))[2]
    given = [f"--column={pair}" for pair in ("name=Ort", "latitude=B", "longitude=L")]
    assert run("import", str(table), *given, "--country", "UA", "--licence", "own work")[0] == 0
    assert load_gazetteer().lookup("Zzdorf")[0].country_code == "UA"
    assert "own work" in run("list")[1]


def test_another_folder_is_used_when_it_is_said(tmp_path: Path) -> None:
    dump = write_dump(tmp_path / "UA.txt", [geonames_line(1, "Aaa", (48.0, 37.0))])
    assert run("import", str(dump), "--folder", str(tmp_path / "other"))[0] == 0
    assert run("list", "--folder", str(tmp_path / "other"))[1].startswith("UA: 1 entry")
    assert not load_gazetteer().has_name("Aaa")


def test_the_first_run_with_an_import_says_that_it_reads_the_names(tmp_path: Path) -> None:
    import_file(write_dump(tmp_path / "UA.txt", [geonames_line(1, "Wqetfa", (48.0, 37.5))]))
    (tmp_path / "one.txt").write_text("Shelling hit Wqetfa.")
    report = ["parse", str(tmp_path / "one.txt"), "-o", str(tmp_path / "out.csv")]
    said = [CliRunner().invoke(app, [*report, *how]).stderr for how in (["--recognizer", "given"], [], [])]
    assert ["UA: reading its names" in words for words in said] == [False, True, False]


def test_one_damaged_import_does_not_hide_the_others(tmp_path: Path) -> None:
    dump = write_dump(tmp_path / "UA.txt", [geonames_line(n, f"Zzplace {n}", (48.0, 37.0)) for n in range(1, 2000)])
    for name in ("bad", "good"):
        assert run("import", str(dump), "--name", name)[0] == 0
    for rest in (b"", b"no database", (tmp_path / "own" / "bad.sqlite").read_bytes()[:9000]):
        (tmp_path / "own" / "bad.sqlite").write_bytes(rest)
        code, listed, _ = run("list")
        assert code == 0
        told = [line.partition(",")[0] for line in listed.splitlines()]
        assert told == ["bad: cannot be used; import it again", "good: 1"]
        code, _, words = run("verify", "bad")
        assert (code, "remove it with: geomap gazetteer remove bad" in words) == (1, True), words
    assert run("remove", "bad")[0] == 0
