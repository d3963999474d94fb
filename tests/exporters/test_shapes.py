"""Events in the columns of ACLED and UCDP GED, and that the papers say what the program does."""

import importlib.util
import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import typer

import geomap
from geomap.cli.app import app
from geomap.errors import ConfigError
from geomap.exporters.datapackage import datapackage_text, described
from geomap.exporters.export import write_table
from geomap.exporters.shapes import SHAPED, shaped
from geomap.formats import FORMATS, SHAPES, Shape
from geomap.tables import to_events
from tests.by_hand import POKROVSK
from tests.tables_by_hand import DONETSK, RUSSIA, events_at, tables


def row_of(shape: Shape, table: pd.DataFrame, number: int = 0) -> dict[str, Any]:
    return {str(name): value for name, value in shaped(table, shape).iloc[number].items()}


def test_an_event_in_the_columns_of_acled() -> None:
    events = to_events([events_at("War in Pokrovsk.", POKROVSK, id="one")]).assign(
        event_date="2024-08-05/2024-08-11", date_precision=2, fatalities_low=3, fatalities_high=4
    )
    row = row_of("acled", events)
    assert row["event_id_cnty"] == events["event_id"][0]
    assert (row["event_date"], row["year"], row["time_precision"]) == ("2024-08-05", 2024, 2)
    assert (row["disorder_type"], row["event_type"], row["sub_event_type"]) == (
        "Political violence",
        "Battles",
        "Armed clash",
    )
    assert (row["country"], row["admin1"], row["location"]) == ("Ukraine", "Donetsk Oblast", "Pokrovsk")
    assert (row["latitude"], row["longitude"], row["geo_precision"]) == (POKROVSK.latitude, POKROVSK.longitude, 1)
    assert (row["source"], row["notes"], row["fatalities"]) == ("Herald", "War in Pokrovsk.", 3)
    assert {row[name] for name in ("actor1", "actor2", "iso", "region", "tags", "timestamp")} == {None}


def test_an_event_in_the_columns_of_ucdp() -> None:
    events = to_events([events_at("War in Pokrovsk.", POKROVSK, id="one")]).assign(
        event_date="2024-08-05/2024-08-11", fatalities_low=3, fatalities_high=3
    )
    row = row_of("ged", events)
    assert (row["date_start"], row["date_end"], row["date_prec"]) == ("2024-08-05", "2024-08-11", 3)
    assert (row["low"], row["best"], row["high"], row["where_prec"]) == (3, 3, 3, 1)
    assert row["geom_wkt"] == f"POINT ({POKROVSK.longitude} {POKROVSK.latitude})"
    assert row["source_article"] == "Herald, War in Pokrovsk."
    assert row["type_of_violence"] is row["side_a"] is None
    assert row_of("ged", events.assign(fatalities_said="at least"))["best"] is None
    assert row_of("ged", events.assign(fatalities_high=9))["best"] is None


@pytest.mark.parametrize(
    ("days", "acled", "ucdp"),
    [
        ("", None, None),
        ("2024-08-05", 1, 1),
        ("2024-08-05/2024-08-06", 2, 2),
        ("2024-08-05/2024-08-11", 2, 3),
        ("2024-08-01/2024-08-31", 3, 4),
        ("2024-01-01/2024-12-31", 3, 5),
    ],
)
def test_how_exact_a_day_is_follows_from_the_number_of_days(days: str, acled: int | None, ucdp: int | None) -> None:
    events = to_events([events_at("War in Pokrovsk.", POKROVSK, id="one")]).assign(event_date=days)
    assert (row_of("acled", events)["time_precision"], row_of("ged", events)["date_prec"]) == (acled, ucdp)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("place", [RUSSIA, DONETSK])
def test_an_area_has_no_point_in_either(shape: Shape, place: geomap.GazetteerEntry) -> None:
    row = row_of(shape, to_events([events_at(f"War in {place.name}.", place, id="one")]))
    assert row["latitude"] is row["longitude"] is None


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("ending", [".csv", ".jsonl", ".parquet", ".xlsx"])
def test_all_columns_are_there_for_any_table(shape: Shape, ending: str, tmp_path: Path) -> None:
    for table in (tables()["events"], tables()["incidents"], tables()["events"].head(0)):
        assert list(shaped(table, shape).columns) == list(SHAPED[shape])
        assert len(shaped(table, shape)) == len(table)
        write_table(table, tmp_path / f"a{ending}", shape=shape)


def test_other_tables_and_files_have_no_such_columns(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="is for tables of events and incidents"):
        shaped(tables()["mentions"], "acled")
    with pytest.raises(ConfigError, match=r"can be written as \.csv, \.jsonl, \.parquet, \.xlsx;"):
        write_table(tables()["events"], tmp_path / "a.gpkg", shape="ged")


def test_the_help_of_every_verb_lists_the_endings_that_there_are() -> None:
    verbs: Any = typer.main.get_command(app)
    for verb in ("parse", "events", "incidents"):
        (help,) = (one.help for one in verbs.commands[verb].params if one.name == "output")
        assert all(ending in help for ending in FORMATS)


@pytest.mark.parametrize("ending", [ending for ending, one in FORMATS.items() if one.needs])
def test_a_missing_package_is_named_with_its_extra(
    ending: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    find = importlib.util.find_spec
    needed = FORMATS[ending].needs[0]
    monkeypatch.setattr("geomap.formats.find_spec", lambda name: None if name == needed else find(name))
    with pytest.raises(
        ConfigError, match=rf"{needed}, which is not installed: pip install 'geomap\[{FORMATS[ending].extra}\]"
    ):
        write_table(tables()["events"], tmp_path / f"a{ending}")


@pytest.mark.parametrize(
    ("name", "slug"), [("Events of May.csv", "events-of-may"), ("Події.csv", "tables"), ("a_b.1.csv", "a_b.1")]
)
def test_a_data_package_has_a_name_that_one_may_have(name: str, slug: str) -> None:
    package = json.loads(datapackage_text([described(name, b"")], inputs=[], provenance={}))
    assert (package["name"], package["resources"][0]["name"], package["resources"][0]["path"]) == (slug, slug, name)
