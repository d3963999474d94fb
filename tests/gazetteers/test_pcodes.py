"""P-codes of imported tables are given back with every place in their units."""

from pathlib import Path

import pytest

import geomap
from geomap.gazetteers import load_gazetteer
from geomap.gazetteers.importing.importing import import_file
from geomap.tables import read_mentions, to_events, to_incidents, to_mentions, to_places
from geomap.tables.schema import PCODE_COLUMNS

HEADER = "ADM3_EN,ADM3_PCODE,ADM2_EN,ADM2_PCODE,ADM1_EN,ADM1_PCODE,ADM0_EN,ADM0_PCODE\n"
ALEPPO = "Zznahiya,SY020501,Manbij,SY0205,Aleppo,SY02,Syrian Arab Republic,SY\n"


@pytest.fixture
def coded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GEOMAP_GAZETTEERS", str(tmp_path / "own"))
    (tmp_path / "cod.csv").write_text(HEADER + ALEPPO, "utf-8")
    return import_file(tmp_path / "cod.csv").path


def codes(name: str, level: str) -> tuple[str, ...]:
    with load_gazetteer() as gazetteer:
        return next(one.pcodes for one in gazetteer.lookup(name) if one.level == level and one.country_code == "SY")


def test_a_unit_has_its_own_code_and_those_above(coded: Path) -> None:
    assert codes("Aleppo", "admin1") == ("SY02", "", "", "")
    assert codes("Zznahiya", "admin3") == ("SY02", "SY0205", "SY020501", "")


def test_a_town_has_those_of_the_units_whose_codes_it_has(coded: Path) -> None:
    assert codes("Aleppo", "settlement")[:1] == ("SY02",)
    with load_gazetteer() as gazetteer:
        town = next(one for one in gazetteer.lookup("Aleppo") if one.level == "settlement")
        assert gazetteer.entry(town.id) == town
        assert not any(one.pcodes for one in gazetteer.lookup("Homs") if one.level != "country")
        assert gazetteer.lookup("Syria")[0].pcodes == ()


def test_a_code_that_two_units_share_is_none(coded: Path) -> None:
    other = HEADER + ALEPPO + "Zznahiya,SY990501,Zzdistrict,SY9905,Aleppo,SY99,Syrian Arab Republic,SY\n"
    source = coded.parent.parent / "other.csv"
    source.write_text(other, "utf-8")
    import_file(source)
    assert not codes("Aleppo", "settlement")


def test_without_such_a_table_there_is_no_code(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("GEOMAP_GAZETTEERS", str(tmp_path))
    assert codes("Aleppo", "settlement") == ()


def test_every_table_gives_them_back(coded: Path, tmp_path: Path) -> None:
    report = geomap.Document(id="x", text="Shelling killed three people in Aleppo, Syria, on Friday.")
    parsed = list(geomap.Geoparser().parse([report]))
    mentions, events = to_mentions(parsed), to_events(parsed)
    assert mentions[list(PCODE_COLUMNS)].to_numpy().tolist() == [["SY02", "", "", ""], ["", "", "", ""]]
    assert to_places(mentions).set_index("name").loc["Aleppo", "adm1_pcode"] == "SY02"
    assert events["adm1_pcode"].tolist() == ["SY02"]
    assert to_incidents(events)["adm1_pcode"].tolist() == ["SY02"]
    places = [one["properties"] for one in geomap.to_geojson(mentions)["features"]]
    assert {one["name"]: one["adm1_pcode"] for one in places} == {"Aleppo": "SY02", "Syria": ""}
    older = mentions.drop(columns=list(PCODE_COLUMNS))
    older.to_csv(tmp_path / "older.csv", index=False)
    assert set(read_mentions(tmp_path / "older.csv")["adm1_pcode"]) == {""}
