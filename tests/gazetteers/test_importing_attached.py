"""Several gazetteers as one: which entry counts where two hold a place, and how they are chosen."""

import pickle
from pathlib import Path

import pytest

from gazetteer.recipe.build import build_gazetteer
from geomap.config import Config
from geomap.errors import GazetteerError
from geomap.gazetteers import load_gazetteer
from geomap.gazetteers.attached import AttachedGazetteer
from geomap.gazetteers.importing.importing import ImportOptions, import_file
from geomap.types import GazetteerEntry
from tests.gazetteers.conftest import CITIES
from tests.gazetteers.importing_files import geonames_line, write_dump


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GEOMAP_GAZETTEERS", str(tmp_path / "own"))
    return tmp_path / "own"


@pytest.fixture
def bundled(sources: Path, tmp_path: Path) -> Path:
    """Six cities, and a village that is known only by its unit."""
    table = sources / "supplement_villages.tsv"
    table.write_text(
        "id\tname\tlatitude\tlongitude\tfeature\tcountry_code\tadmin1\tpopulation\tnames\tabbreviations\tdemonyms\thistoric"
        "\taccuracy_km\n"
        "geomap:vesele\tVesele\t48.0\t37.5\tP.PPL\tUA\t05\t300\tVeseloe\t\t\t\t15\n"
    )
    target = tmp_path / "bundled.sqlite"
    build_gazetteer(target, sources=sources, cities=CITIES)
    return target


def attach(bundled: Path, *lines: str, name: str = "UA") -> AttachedGazetteer:
    report = import_file(write_dump(bundled.with_name(f"{name}.txt"), lines))
    return AttachedGazetteer(bundled, [report.path])


def only(entries: list[GazetteerEntry]) -> GazetteerEntry:
    (entry,) = entries
    return entry


def test_an_imported_entry_takes_the_place_of_the_one_with_its_id_and_is_filled_in_from_it(
    bundled: Path, folder: Path
) -> None:
    old = only([one for one in load_gazetteer(bundled).lookup("Kyiv") if one.level == "settlement"])
    number = int(old.id.partition(":")[2])
    gazetteer = attach(
        bundled, geonames_line(number, "Kyiv", (50.5, 30.6), feature="P.PPLC", unit="UA.", names="Newkyiv")
    )
    new = only([one for one in gazetteer.lookup("Kyiv") if one.level == "settlement"])
    assert (new.id, new.latitude, new.admin1, new.population) == (old.id, 50.5, old.admin1, old.population)
    assert only(gazetteer.lookup("Newkyiv")).id == old.id
    assert gazetteer.entry(old.id) == new
    alternate = load_gazetteer(bundled).connection().execute("SELECT 1 FROM name WHERE name = 'Kiev'").fetchone()
    assert alternate is None or gazetteer.lookup("Kiev") == [new], "under a name that only the bundled one has, too"


@pytest.mark.parametrize("name", ["Vesele", "Veseloe"])
def test_a_surveyed_village_takes_the_place_of_one_that_is_known_by_its_unit(
    bundled: Path, folder: Path, name: str
) -> None:
    far, near = geonames_line(1, "Vesele", (49.5, 37.5)), geonames_line(2, "Vesele", (48.05, 37.55))
    gazetteer = attach(bundled, far, near)
    found = gazetteer.lookup(name)
    assert {entry.id for entry in found} == ({"geonames:1", "geonames:2"} if name == "Vesele" else {"geonames:2"})
    village = next(entry for entry in found if entry.id == "geonames:2")
    assert (village.accuracy_km, village.population, village.latitude) == (0, 300, 48.05)


def test_a_village_far_from_where_it_must_be_is_another_one(bundled: Path, folder: Path) -> None:
    gazetteer = attach(bundled, geonames_line(1, "Vesele", (48.5, 37.5)))
    assert {entry.id for entry in gazetteer.lookup("Vesele")} == {"geonames:1", "geomap:vesele"}


def test_of_one_place_from_two_sources_the_newest_counts(bundled: Path, folder: Path, tmp_path: Path) -> None:
    first = import_file(write_dump(tmp_path / "A.txt", [geonames_line(9, "Newtown", (48.3, 37.3), population=500)]))
    table = tmp_path / "B.csv"
    table.write_text("id,name,lat,lon\n1,Newtown,48.301,37.301\n2,Newtown,48.5,37.9\n", encoding="utf-8")
    second = import_file(table, options=ImportOptions(country="UA"))
    gazetteer = AttachedGazetteer(bundled, [first.path, second.path])
    assert [(entry.id, entry.population) for entry in gazetteer.lookup("Newtown")] == [("B:1", 500), ("B:2", 0)]


def test_a_unit_with_the_codes_of_a_known_one_is_that_unit(bundled: Path, folder: Path) -> None:
    line = geonames_line(5, "Donetsk", (48.2, 37.9), feature="A.ADM1", unit="UA.05")
    units = [one.id for one in attach(bundled, line).lookup("Donetsk") if one.level == "admin1"]
    assert units == ["geonames:5"]


def test_a_station_with_the_bare_name_of_a_town_is_not_asked_for(bundled: Path, folder: Path) -> None:
    station = geonames_line(5, "Kyiv", (40.0, 10.0), feature="S.RSTN", unit="IT.01", names="Kyiv Station")
    gazetteer = attach(bundled, station)
    assert "geonames:5" not in {entry.id for entry in gazetteer.lookup("Kyiv")}
    assert only(gazetteer.lookup("Kyiv Station")).id == "geonames:5"


def test_all_questions_are_answered_by_all(bundled: Path, folder: Path) -> None:
    gazetteer = attach(
        bundled,
        geonames_line(1, "Zzyzx", (35.1, -116.1), unit="US.CA"),
        geonames_line(2, "Republic of Zed", (35.0, -116.0), feature="A.PCLI", unit="ZZ."),
        geonames_line(3, "Zed Province", (35.0, -116.0), feature="A.ADM1", unit="ZZ.01"),
    )
    assert "zzyzx" in gazetteer.keys_like("zzy", shortest=3, longest=8)
    assert "kyiv" in gazetteer.keys_like("ky", shortest=3, longest=8)
    assert "Zzyzx" in {entry.name for entry in gazetteer.places_near(35.1, -116.1, radius_km=10)}
    assert [gazetteer.country(code) is None for code in ("ZZ", "UA", "QQ")] == [False, False, True]
    assert [gazetteer.admin1(*unit) is None for unit in (("ZZ", "01"), ("UA", "05"), ("ZZ", "9"))] == [
        False,
        False,
        True,
    ]
    assert gazetteer.has_name("Zzyzx")
    assert gazetteer.kinds("Ukrainian") == {"demonym"}
    assert gazetteer.entry("geonames:1") is not None
    again = pickle.loads(pickle.dumps(gazetteer))
    assert again.lookup("Zzyzx") == gazetteer.lookup("Zzyzx")
    with gazetteer:
        pass
    assert gazetteer.has_name("Zzyzx"), "the files open again"


def test_the_environment_and_the_settings_choose(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for n, name in enumerate(("AA", "BB"), start=1):
        import_file(write_dump(tmp_path / f"{name}.txt", [geonames_line(n, f"Only{name}", (48.0, 37.0))]))
    monkeypatch.setenv("GEOMAP_GAZETTEER", "BB")
    assert [load_gazetteer().has_name(name) for name in ("OnlyAA", "OnlyBB", "Kyiv")] == [False, True, True]
    assert load_gazetteer("AA+BB").has_name("OnlyAA")
    settings = tmp_path / "geomap.toml"
    settings.write_text('gazetteer = "AA"\n', encoding="utf-8")
    assert load_gazetteer(Config.from_toml(settings).gazetteer).has_name("OnlyAA")
    monkeypatch.setenv("GEOMAP_GAZETTEER", "CC")
    with pytest.raises(GazetteerError, match=r"no gazetteer 'CC'.*AA, BB"):
        load_gazetteer()


def test_an_alternate_name_that_is_a_country_or_a_greater_place_elsewhere_is_left_out(
    bundled: Path, folder: Path
) -> None:
    gazetteer = attach(
        bundled,
        geonames_line(1, "Kotel", (42.9, 26.4), unit="BG.01", names="Syria,Kyiv"),
        geonames_line(2, "Dolne Sioło", (48.2, 37.5), names="Pokrovsk"),
        geonames_line(3, "Kyivets", (49.0, 24.0), unit="PL.01", names="Kyiv"),
    )
    assert "geonames:1" not in {entry.id for name in ("Syria", "Kyiv") for entry in gazetteer.lookup(name)}
    assert "geonames:3" in {entry.id for entry in gazetteer.lookup("Kyiv")}, "a name alike is a respelling"
    kinds = {one.entry.id: one.name_kind for one in gazetteer.candidates("Pokrovsk")}
    assert kinds["geonames:2"] == "historic", "a neighbour of today bears it"
