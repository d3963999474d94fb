"""The larger towns that maps name for orientation."""

import csv
from pathlib import Path

import pytest

from gazetteer.recipe.towns import COLUMNS, build_towns
from geomap.bundle import bundled_path
from geomap.errors import GazetteerError, OutputError


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


TOWNS = read(bundled_path("towns.tsv"))


def zoom_of(name: str, country: str) -> int:
    (zoom,) = [int(town["zoom"]) for town in TOWNS if (town["name"], town["country_code"]) == (name, country)]
    return zoom


def test_larger_towns_are_named_earlier() -> None:
    assert zoom_of("Moscow", "RU") < zoom_of("Kharkiv", "UA") < zoom_of("Sumy", "UA") < zoom_of("Melitopol", "UA")


def test_parts_of_a_city_are_not_towns() -> None:
    names = {town["name"] for town in TOWNS if town["country_code"] == "UA"}
    assert "Mariupol" in names
    assert not names & {"Saltivka", "Obolon", "Pravyi Bereh", "Darnytsya"}


def test_the_table_is_the_one_that_the_gazetteer_gives_and_small(tmp_path: Path) -> None:
    number = build_towns(tmp_path / "towns.tsv")
    assert (tmp_path / "towns.tsv").read_bytes() == bundled_path("towns.tsv").read_bytes()
    assert number == len(TOWNS)
    assert tuple(TOWNS[0]) == COLUMNS
    assert bundled_path("towns.tsv").stat().st_size < 200_000


def test_what_is_no_gazetteer_and_what_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "empty.sqlite").write_bytes(b"")
    for name in ("missing.sqlite", "empty.sqlite"):
        with pytest.raises(GazetteerError, match="make gazetteer"):
            build_towns(tmp_path / "towns.tsv", gazetteer=tmp_path / name)
    with pytest.raises(OutputError, match="does not exist"):
        build_towns(tmp_path / "no" / "towns.tsv")
