"""The towns that a page names for orientation."""

from pathlib import Path

import pytest

from geomap.errors import GazetteerError
from geomap.exporters.leaflet.basemap.towns import load_towns, towns_for


def test_a_page_holds_the_towns_of_its_countries_and_fewer_of_those_around() -> None:
    towns = {(name, zoom) for name, _, _, zoom in towns_for(detailed={"UA"}, near={"RU"})}
    assert {("Melitopol", 8), ("Kursk", 6), ("Tokyo", 4)} <= towns
    names = {name for name, _ in towns}
    assert not names & {"Lyon", "Obninsk"}
    assert len(towns) < 500


def test_an_unknown_country_adds_nothing() -> None:
    assert towns_for(detailed={"QQ"}, near=set()) == towns_for(detailed=set(), near=set())


@pytest.mark.parametrize("text", ["", "name\tlatitude\n\x00\tnorth\n", "name\tlatitude\tlongitude\tzoom\nA\tx\t1\t1\n"])
def test_a_missing_or_damaged_table_is_said(tmp_path: Path, text: str) -> None:
    (tmp_path / "towns.tsv").write_text(text, encoding="utf-8")
    with pytest.raises(GazetteerError, match="reinstall"):
        load_towns(tmp_path / "missing.tsv")
    if text:
        with pytest.raises(GazetteerError, match="damaged"):
            load_towns(tmp_path / "towns.tsv")
