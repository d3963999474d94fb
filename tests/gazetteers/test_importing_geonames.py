"""GeoNames' dumps: what comes of them, what is left out, and what a stopped import leaves."""

import gc
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from geomap.errors import GazetteerError
from geomap.gazetteers import SqliteGazetteer, gazetteer_info, load_gazetteer, verify_gazetteer
from geomap.gazetteers.importing.importing import ImportOptions, import_file
from geomap.gazetteers.installed import half_done, installed, remove_gazetteer
from tests.gazetteers.importing_files import geonames_line, write_dump

KLISHCHIIVKA = geonames_line(705666, "Klishchiyivka", (48.53, 37.96), names="Klishcheevka,Кліщіївка,Клещеевка")
SEVERAL = [
    KLISHCHIIVKA,
    geonames_line(1, "Vesele", (48.0, 37.0), population=20),
    geonames_line(2, "Vesele", (47.0, 36.0), population=3000),
    geonames_line(3, "Vesele", (46.0, 35.0)),
]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GEOMAP_GAZETTEERS", str(tmp_path / "own"))
    return tmp_path / "own"


@pytest.mark.parametrize("name", ["UA.txt", "UA.zip"])
def test_a_country_file_is_found_under_the_spellings_of_the_press(tmp_path: Path, folder: Path, name: str) -> None:
    report = import_file(write_dump(tmp_path / name, SEVERAL))
    assert (report.name, report.entries, report.skipped, report.path) == ("UA", 4, 0, folder / "UA.sqlite")
    gazetteer = SqliteGazetteer(report.path)
    for spelling in ("Klishchiyivka", "Klishchiivka", "Кліщіївка", "Kleshcheyevka"):
        assert [entry.id for entry in gazetteer.lookup(spelling)] == ["geonames:705666"], spelling
    assert [entry.population for entry in gazetteer.lookup("Vesele")] == [3000, 20, 0], "most populous first"
    assert [path.name for path in folder.iterdir()] == ["UA.sqlite"], "nothing else is left"
    verify_gazetteer("UA")


def test_an_import_is_on_top_of_the_bundled_gazetteer_until_it_is_not_wanted(tmp_path: Path, folder: Path) -> None:
    import_file(write_dump(tmp_path / "XX.txt", [geonames_line(99, "Zzyzxville", (48.5, 37.9))]))
    assert [entry.id for entry in load_gazetteer().lookup("Zzyzxville")] == ["geonames:99"]
    assert load_gazetteer("XX").has_name("Kyiv")
    assert not load_gazetteer("bundled").has_name("Zzyzxville")
    with pytest.raises(GazetteerError, match=r"no gazetteer 'YY'.*installed are XX"):
        load_gazetteer("YY")


def test_bad_lines_are_left_out_and_named(tmp_path: Path, folder: Path) -> None:
    bad = [
        geonames_line(10, "Nowhere", (95.0, 195.0)),
        geonames_line(11, "Turned", (137.0, 48.0)),
        "12\tShort\tShort",
        geonames_line(13, "", (48.0, 37.0)),
        geonames_line(14, "Words", (48.0, 37.0)).replace("48.0", "north"),
    ]
    path = write_dump(
        tmp_path / "UA.txt", [*SEVERAL, *bad, *(geonames_line(n, f"Place {n}", (48.0, 37.0)) for n in (20, 21, 22))]
    )
    with path.open("ab") as file:
        file.write(geonames_line(15, "Orléans", (47.9, 1.9)).encode("latin-1") + b"\n")
    report = import_file(path)
    assert (report.entries, report.skipped) == (7, 6)
    assert [line for line, _ in report.problems] == [5, 6, 7, 8, 9, 13]
    words = [what for _, what in report.problems]
    assert "no degrees" in words[0]
    assert "exchanged" in words[1]
    assert words[2] == "3 columns instead of 19"
    assert words[3] == "no name"
    assert "north" in words[4]
    assert "no utf-8 text" in words[5]


def test_of_lines_with_one_id_the_last_counts_and_all_names_lead_to_it(tmp_path: Path, folder: Path) -> None:
    lines = [
        geonames_line(7, "Old Name", (48.0, 37.0), population=50, names="Shared,Older"),
        geonames_line(8, "Other", (49.0, 38.0)),
        geonames_line(7, "New Name", (48.1, 37.1), names="Shared"),
    ]
    report = import_file(write_dump(tmp_path / "UA.txt", lines))
    assert (report.entries, report.doubles) == (2, 1)
    gazetteer = SqliteGazetteer(report.path)
    for name, kind in (
        ("New Name", "primary"),
        ("Old Name", "alternate"),
        ("Older", "alternate"),
        ("Shared", "alternate"),
    ):
        (found,) = gazetteer.candidates(name)
        assert (found.entry.name, found.entry.latitude, found.name_kind) == ("New Name", 48.1, kind)
        assert found.matched_name == name


def test_files_of_names_go_with_the_places_beside_them(tmp_path: Path, folder: Path) -> None:
    places = write_dump(tmp_path / "UA.txt", SEVERAL)
    alternates = tmp_path / "alternateNamesV2.txt"
    rows = ("1\t705666\ten\tKlishchiyivka Village", "2\t705666\tuk\tСтара Назва\t\t\t\t1", "3\t705666\tlink\thttps://x.org",
            "4\t424242\ten\tSomewhere Else", "5\t705666\tabbr\tK.V.")  # fmt: skip
    alternates.write_text("".join(row + "\t" * (9 - row.count("\t")) + "\n" for row in rows), encoding="utf-8")
    units = tmp_path / "admin1CodesASCII.txt"
    units.write_text("UA.05\tDonechchyna\tDonechchyna\t3\n", encoding="utf-8")
    report = import_file(places, options=ImportOptions(names=(alternates, units)))
    gazetteer = SqliteGazetteer(report.path)
    assert gazetteer.kinds("Klishchiyivka Village") == {"alternate"}
    assert gazetteer.kinds("Stara Nazva") == gazetteer.kinds("Стара Назва") == {"historic"}
    assert gazetteer.kinds("K.V.") == {"abbreviation"}
    assert [entry.id for entry in gazetteer.lookup("Donechchyna")] == ["geonames:3"]
    assert not gazetteer.has_name("Somewhere Else")


def test_names_alone_are_further_names_of_the_bundled_places(tmp_path: Path, folder: Path) -> None:
    path = tmp_path / "alternateNamesV2.txt"
    path.write_text(
        "1\t703448\txx\tKyivville\t\t\t\t\t\t\n2\t703448\txx\tKyivton\t\t\t\t\t\t\n3\t5\txx\tNo\t\t\t\t\t\t\n", "utf-8"
    )
    assert import_file(path).entries == 1
    kyiv = load_gazetteer("bundled").entry("geonames:703448")
    for name in ("Kyivville", "Kyivton"):
        assert load_gazetteer().lookup(name) == [kyiv]


def test_unit_names_alone_may_give_two_names_a_line(tmp_path: Path, folder: Path) -> None:
    path = tmp_path / "admin1CodesASCII.txt"
    path.write_text("UA.12\tKyívville\tKyivton\t703448\nUA.13\tNo\tNo\t5\n", "utf-8")
    assert import_file(path).entries == 1
    for name in ("Kyívville", "Kyivton"):
        assert [entry.id for entry in load_gazetteer().lookup(name)] == ["geonames:703448"]


def test_numbers_beyond_all_places_and_people_are_none(tmp_path: Path, folder: Path) -> None:
    lines = [geonames_line(n, f"Zzplace {n}", (48.0, 37.0)) for n in range(1, 4)]
    lines += [geonames_line(10**25, "Zzfar", (48.0, 37.0)), geonames_line(4, "Zzfull", (48.0, 37.0), population=10**15)]
    alternates = tmp_path / "alternateNamesV2.txt"
    alternates.write_text(f"1\t4\t\tZzcrowd{chr(9) * 4}\n2\t{10**25}\t\tZznowhere{chr(9) * 4}\n", "utf-8")
    report = import_file(write_dump(tmp_path / "UA.txt", lines), options=ImportOptions(names=(alternates,)))
    assert [line for line, _ in report.problems] == [2, 4]
    gazetteer = load_gazetteer()
    assert [entry.population for entry in gazetteer.lookup("Zzcrowd")] == [0]
    assert gazetteer.entry(f"geonames:{10**25}") is gazetteer.entry(f"geonames:{'9' * 5000}") is None
    assert gazetteer.entry("geonames:\ud800") is None
    assert not gazetteer.has_name("Zz\ud800")


def test_a_removed_gazetteer_leaves_nothing_behind(tmp_path: Path, folder: Path) -> None:
    import_file(write_dump(tmp_path / "UA.txt", SEVERAL))
    for left in (".UA.part", ".UA.importing", ".UA.importing-journal"):
        (folder / left).write_bytes(b"of a killed import")
    remove_gazetteer("UA")
    assert not list(folder.iterdir())


def test_a_file_that_is_cut_off_or_of_another_kind_is_refused_and_the_older_one_stays(
    tmp_path: Path, folder: Path
) -> None:
    import_file(write_dump(tmp_path / "UA.zip", SEVERAL))
    before = (folder / "UA.sqlite").read_bytes()
    whole = (tmp_path / "UA.zip").read_bytes()
    (tmp_path / "UA.zip").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(GazetteerError, match=r"UA\.zip: is cut off or damaged .*fetch it again"):
        import_file(tmp_path / "UA.zip")
    at = whole.index(b"UA.txt") + 60
    (tmp_path / "UA.zip").write_bytes(whole[:at] + b"\0\0\0\0" + whole[at + 4 :])
    with pytest.raises(GazetteerError, match="cut off or damaged"):
        import_file(tmp_path / "UA.zip")
    (tmp_path / "UA.txt").write_text("1\t2\t3\n4\t5\t6\n", encoding="utf-8")
    with pytest.raises(GazetteerError, match="line 1: has 3 columns and no header"):
        import_file(tmp_path / "UA.txt")
    write_dump(tmp_path / "UA.txt", [KLISHCHIIVKA, *(line.replace("48.0", "x") for line in ("1", "2", "3"))])
    with pytest.raises(GazetteerError, match=r"3 lines could not be read and 1 could.*line 2: 1 columns instead of 19"):
        import_file(tmp_path / "UA.txt")
    assert [path.name for path in folder.iterdir()] == ["UA.sqlite"]
    assert (folder / "UA.sqlite").read_bytes() == before


def test_a_changed_file_is_not_whole(tmp_path: Path, folder: Path) -> None:
    report = import_file(write_dump(tmp_path / "UA.txt", SEVERAL))
    data = report.path.read_bytes()
    report.path.write_bytes(data.replace(b"Klishchiyivka", b"Klishchiyivkb", 1))
    with pytest.raises(GazetteerError, match="its content does not match its checksum"):
        verify_gazetteer("UA")
    report.path.write_bytes(b"SQLite format 3\0 no more")
    with pytest.raises(GazetteerError, match=r"geomap gazetteer remove UA"):
        load_gazetteer()


def test_a_killed_import_leaves_the_old_state_and_goes_on_where_it_was(tmp_path: Path, folder: Path) -> None:
    import_file(write_dump(tmp_path / "UA.txt", SEVERAL))
    many = [geonames_line(1_000 + n, f"Village {n}", (48.0, 37.0 + n / 1e6)) for n in range(120_000)]
    path = write_dump(tmp_path / "UA.txt", [*many[:5], "12\tShort\tShort", *many[5:]])
    program = [sys.executable, "-m", "geomap", "gazetteer", "import", str(path)]
    importing = subprocess.Popen(program, stderr=subprocess.DEVNULL)
    journal = folder / ".UA.importing"
    end = time.monotonic() + 60
    while time.monotonic() < end and (not journal.exists() or journal.stat().st_size < 3_000_000):
        time.sleep(0.005)
    importing.send_signal(signal.SIGKILL)
    importing.wait()
    assert set(installed()) == {"UA"}
    assert gazetteer_info("UA")["entries"] == 4, "the older one is in use"
    done = half_done()["UA"]
    assert 0 < done < 120_001
    report = import_file(path)
    assert (report.begun_at, report.entries, report.skipped) == (done, 120_000, 1)
    assert [one.name for one in folder.iterdir()] == ["UA.sqlite"]
    with SqliteGazetteer(report.path) as gazetteer:
        assert all(gazetteer.has_name(f"Village {n}") for n in (0, done - 2, done - 1, done, done + 1, 119_999))
    assert report.path.stat().st_size == gazetteer_info("UA")["bytes"]


def test_the_garbage_collector_is_as_it_was_after_an_import_and_after_one_that_fails(tmp_path: Path) -> None:
    before = gc.isenabled()
    for lines in (
        [geonames_line(1, "Vesele", (48.0, 37.5))],
        ["nothing", "of", "the kind", geonames_line(1, "", (0, 0))],
    ):
        with suppress(GazetteerError):
            import_file(write_dump(tmp_path / "UA.txt", lines), folder=tmp_path)
        assert gc.isenabled() is before
