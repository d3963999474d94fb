import gzip
import sqlite3
import tomllib
from pathlib import Path

import pytest

from geomap.bundle import bundled_path
from geomap.errors import GazetteerError
from geomap.gazetteers import gazetteer_info, load_gazetteer, verify_gazetteer

TABLES = bundled_path("gazetteer.sqlite").parent


def test_info_counts_places_and_names_the_sources(small_gazetteer: Path) -> None:
    info = gazetteer_info(small_gazetteer)
    assert info["entries"] == 16
    assert info["sources"] == {"sample": "sample, 1, 2025-01-01, CC BY 4.0"}
    assert "GeoNames" in str(info["attribution"])
    assert info["bytes"] == small_gazetteer.stat().st_size


def test_a_whole_gazetteer_is_verified(small_gazetteer: Path) -> None:
    assert verify_gazetteer(small_gazetteer) == gazetteer_info(small_gazetteer)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE entry SET latitude = latitude + 1 WHERE n = 3",
        "UPDATE name SET kind = 1 WHERE key = 'kyiv'",
        "DELETE FROM name WHERE key = 'kyiv'",
    ],
)
def test_a_changed_row_is_noticed(small_gazetteer: Path, change: str) -> None:
    with sqlite3.connect(small_gazetteer) as connection:
        connection.execute(change)
    connection.close()
    with pytest.raises(GazetteerError, match="does not match its checksum"):
        verify_gazetteer(small_gazetteer)


def test_an_overwritten_page_is_noticed(small_gazetteer: Path) -> None:
    data = bytearray(small_gazetteer.read_bytes())
    data[8192:12288] = bytes(4096)
    small_gazetteer.write_bytes(data)
    with pytest.raises(GazetteerError, match="is damaged"):
        verify_gazetteer(small_gazetteer)


def test_a_damaged_page_met_in_a_lookup_is_an_error_of_ours(small_gazetteer: Path) -> None:
    data = bytearray(small_gazetteer.read_bytes())
    for start in range(4096, len(data), 4096):
        data[start : start + 4096] = b"\xff" * 4096
    small_gazetteer.write_bytes(data)
    with pytest.raises(GazetteerError, match="is damaged"):
        load_gazetteer(small_gazetteer).lookup("Kyiv")


def test_a_gazetteer_without_its_facts_is_damaged(small_gazetteer: Path) -> None:
    with sqlite3.connect(small_gazetteer) as connection:
        connection.execute("DELETE FROM meta")
    connection.close()
    with pytest.raises(GazetteerError, match="is damaged"):
        gazetteer_info(small_gazetteer)


def test_the_bundled_gazetteer_tells_its_sources() -> None:
    info = gazetteer_info()
    assert set(info["sources"]) == set(tomllib.loads((TABLES / "SOURCES.toml").read_text(encoding="utf-8")))  # type: ignore[call-overload]
    assert int(str(info["entries"])) > 300_000


def test_each_table_has_the_rows_that_its_source_states() -> None:
    sources = tomllib.loads((TABLES / "SOURCES.toml").read_text(encoding="utf-8"))
    stated = {name: rows for source in sources.values() for name, rows in source.get("tables", {}).items()}
    assert stated == {name: _data_rows(TABLES / name) for name in stated}


def _data_rows(path: Path) -> int:
    if path.suffix == ".gz":
        return gzip.decompress(path.read_bytes()).count(b"\n")
    return path.read_bytes().count(b"\n") - 1


@pytest.mark.parametrize("cut", [1, 4096, 8192])
def test_a_gazetteer_that_was_copied_in_part_is_refused_when_it_is_opened(small_gazetteer: Path, cut: int) -> None:
    small_gazetteer.write_bytes(small_gazetteer.read_bytes()[:-cut])
    with pytest.raises(GazetteerError, match="is damaged"):
        load_gazetteer(small_gazetteer)


def test_a_gazetteer_whose_places_are_computed_is_refused(small_gazetteer: Path) -> None:
    with sqlite3.connect(small_gazetteer) as connection:
        connection.executescript(
            "ALTER TABLE name RENAME TO other; CREATE VIEW name AS WITH RECURSIVE n(i) AS "
            "(SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT key, i AS n, kind, name FROM other, n;"
        )
    connection.close()
    with pytest.raises(GazetteerError, match="name is computed, and could take for ever"):
        load_gazetteer(small_gazetteer)
