"""Names of units beside their codes, and ids that stay, also in tables of earlier versions."""

import csv
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

import geomap
from geomap.bundle import bundled_path
from geomap.tables.units import UNIT_COLUMNS, unit_cells
from tests.tables_by_hand import tables

READERS = {
    "mentions": geomap.read_mentions,
    "places": geomap.read_places,
    "events": geomap.read_events,
    "incidents": geomap.read_incidents,
}
ADDED = {
    "mentions": UNIT_COLUMNS,
    "places": UNIT_COLUMNS,
    "events": ("event_id", *UNIT_COLUMNS),
    "incidents": UNIT_COLUMNS,
}


def test_codes_have_the_names_of_their_units() -> None:
    assert unit_cells("UA", "05", "") == {
        "country_name": "Ukraine",
        "adm1_name": "Donetsk Oblast",
        "iso_3166_2": "UA-14",
        "adm2_name": "",
    }
    assert unit_cells("UA", "05", "1408")["adm2_name"] == "Donetsk Raion"
    assert set(unit_cells("", "", "").values()) == set(unit_cells("ZZ", "99", "99").values()) == {""}
    assert unit_cells("NA", "", "")["country_name"] == "Namibia"


def test_iso_codes_are_those_of_one_unit_of_today_each() -> None:
    with (Path(__file__).parents[1] / "gazetteer" / "admin1.tsv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if row["iso_3166_2"]]
    times = Counter(row["iso_3166_2"] for row in rows if row["admin1"])
    fitting = sorted(
        "\t".join((row["country_code"], row["admin1"], row["iso_3166_2"]))
        for row in rows
        if row["admin1"] and times[row["iso_3166_2"]] == 1 and row["iso_3166_2"].startswith(row["country_code"])
    )
    assert bundled_path("iso_3166_2.tsv").read_text("utf-8").splitlines()[1:] == fitting


@pytest.mark.parametrize("kind", list(READERS))
@pytest.mark.parametrize("ending", [".csv", ".jsonl", ".parquet"])
def test_a_table_of_an_earlier_version_gets_names_and_ids(kind: str, ending: str, tmp_path: Path) -> None:
    table = {str(name): one for name, one in tables().items()}[kind]
    geomap.write_table(table.drop(columns=list(ADDED[kind])), tmp_path / f"old{ending}")
    pd.testing.assert_frame_equal(READERS[kind](tmp_path / f"old{ending}"), table)


def test_edited_names_stay_as_they_were_edited(tmp_path: Path) -> None:
    table = tables()["events"].assign(
        adm1_name=pd.Series("mine", index=tables()["events"].index, dtype="string[python]")
    )
    geomap.write_table(table, tmp_path / "a.csv")
    assert set(geomap.read_events(tmp_path / "a.csv")["adm1_name"]) == {"mine"}
