"""Every file that a table can be written to gives the same table back, and is what it says it is."""

import csv
import functools
import json
import re
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import geopandas
import openpyxl
import pandas as pd
import pyarrow.parquet
import pyogrio
import pytest
import shapely
from lxml import etree  # type: ignore[import-untyped]

import geomap
from geomap.errors import TableError
from geomap.exporters.export import Export, content_of, write_table
from geomap.exporters.geojson import to_geojson_text
from geomap.formats import FORMATS, KINDS, Kind
from geomap.tables import to_events, to_mentions
from tests.by_hand import POKROVSK
from tests.tables_by_hand import ODD, events_at, tables

READERS = {
    "mentions": geomap.read_mentions,
    "places": geomap.read_places,
    "events": geomap.read_events,
    "incidents": geomap.read_incidents,
}
WAYS = [(ending, False) for ending in FORMATS] + [(".csv", True)]
TIME = "1980-01-01T00:00:00.000Z"
MAPS = [".geojson", ".geoparquet", ".kml"]


@functools.cache
def table_of(kind: Kind) -> pd.DataFrame:
    return tables()[kind]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("way", WAYS, ids=str)
def test_a_table_comes_back_exactly(way: tuple[str, bool], kind: Kind, tmp_path: Path) -> None:
    table = table_of(kind)
    write_table(table, tmp_path / f"table{way[0]}", excel=way[1])
    pd.testing.assert_frame_equal(READERS[kind](tmp_path / f"table{way[0]}"), table)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("way", WAYS, ids=str)
def test_an_empty_table_comes_back_empty(way: tuple[str, bool], kind: Kind, tmp_path: Path) -> None:
    empty = table_of(kind).head(0)
    write_table(empty, tmp_path / f"table{way[0]}", excel=way[1])
    pd.testing.assert_frame_equal(READERS[kind](tmp_path / f"table{way[0]}"), empty)


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_half_a_character_becomes_a_question_mark(way: tuple[str, bool], tmp_path: Path) -> None:
    table = table_of("mentions").head(1).assign(title=pd.Series(["half \ud83d"], dtype=pd.StringDtype("python")))
    write_table(table, tmp_path / f"table{way[0]}", excel=way[1])
    assert geomap.read_mentions(tmp_path / f"table{way[0]}")["title"].tolist() == ["half ?"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("ending", list(FORMATS))
def test_the_same_table_gives_the_same_bytes(kind: Kind, ending: str) -> None:
    export = Export(table=table_of(kind))
    assert content_of(export, f"a{ending}") == content_of(export, f"b{ending}")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("ending", MAPS)
def test_gdal_reads_what_is_written_for_maps(kind: Kind, ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"table{ending}"
    table = table_of(kind)
    write_table(table, path)
    found = geopandas.read_parquet(path) if ending == ".geoparquet" else pyogrio.read_dataframe(path)
    ours = geomap.to_geodataframe(table)
    if kind == "mentions":  # outlines once each, with the places
        ours.loc[ours["extent"] != "point", "geometry"] = None
    assert len(found) == len(table)
    assert found.crs is None or found.crs.to_epsg() in (4326, None)
    placed = ours.geometry.notna().to_numpy()
    assert (found.geometry.notna().to_numpy() == placed).all()
    for one, other in zip(found.geometry[placed], ours.geometry[placed], strict=True):
        assert shapely.force_2d(one).equals_exact(other, tolerance=1e-6)


def test_russia_is_an_outline_on_both_sides_of_the_antimeridian_and_no_point() -> None:
    found = geomap.to_geodataframe(table_of("places")).set_index("name")
    russia = found.loc["Russia"]
    assert russia["extent"] == "outline"
    assert isinstance(russia.geometry, shapely.MultiPolygon)
    assert russia.geometry.is_valid
    west, _, east, _ = russia.geometry.bounds
    assert (west, east) == (-180, 180)
    assert russia.geometry.area < 3500  # square degrees, not a band around the Earth
    assert found.loc["Donetsk Oblast", "extent"] == "outline"
    assert found.loc["Donetsk Oblast", "geometry"].contains(shapely.Point(37.8, 48.0))
    assert found.loc["Asia", "extent"] == ""
    assert found.loc["Pokrovsk", "extent"] == "point"


def test_an_area_without_an_outline_is_a_circle_that_is_cut_at_the_antimeridian() -> None:
    found = geomap.to_geodataframe(table_of("places")).set_index("name").loc["Taveuni"]
    assert (found["extent"], found["radius_km"]) == ("circle", 40.0)
    assert found.geometry.is_valid
    assert len(found.geometry.geoms) == 2
    assert found.geometry.area == pytest.approx(3.1416 * (40 / 111.2) ** 2 / 0.957, rel=0.02)


@pytest.mark.parametrize("kind", ["mentions", "events"])
def test_a_feature_of_a_file_is_that_of_the_collection(kind: Kind) -> None:
    text = content_of(Export(table=table_of(kind)), "a.geojson").decode()
    assert text == to_geojson_text(geomap.to_geojson(table_of(kind), per="mention"))


@pytest.mark.parametrize("per", ["mentions", "events", "incidents"])
def test_no_row_of_an_area_has_a_point(per: Kind) -> None:
    found = geomap.to_geodataframe(table_of(per))
    areas = found[found["name"].isin(["Russia", "Donetsk Oblast", "Taveuni", "Asia"])]
    assert len(areas) >= 4
    assert not any(isinstance(one, shapely.Point) for one in areas.geometry)


def test_a_geopackage_has_all_tables_of_a_run_as_styled_layers(tmp_path: Path) -> None:
    path = tmp_path / "all.gpkg"
    path.write_bytes(content_of(Export(table=table_of("events"), beside=dict(tables()), provenance={"a": 1}), path))
    layers = dict(pyogrio.list_layers(path))
    points, areas = dict.fromkeys(KINDS, "Point"), ("places_areas", "events_areas", "incidents_areas")
    assert layers == {**points, **dict.fromkeys(areas, "MultiPolygon"), "layer_styles": None}
    styles = pyogrio.read_dataframe(path, layer="layer_styles", read_geometry=False)
    assert sorted(styles["f_table_name"]) == sorted([*points, *areas])
    assert set(styles["useAsDefault"]) <= {True}
    for style in styles["styleQML"]:
        root = etree.fromstring(style)
        assert root.tag == "qgis"
        symbols = {one.get("name") for one in root.iter("symbol")}
        assert {one.get("symbol") for one in root.iter("category")} <= symbols
    for kind in KINDS:
        pd.testing.assert_frame_equal(READERS[kind](path), table_of(kind))
    shown = pyogrio.read_dataframe(path, layer="events_areas")
    assert {"Russia", "Donetsk Oblast", "Taveuni"} == set(shown["name"])
    assert shown.geometry.is_valid.all()
    assert pyogrio.read_info(path, layer="events")["layer_metadata"] == {"geomap": '{"a": 1}'}
    with closing(sqlite3.connect(path)) as connection:
        assert set(connection.execute("SELECT last_change FROM gpkg_contents")) == {(TIME,)}
        assert set(connection.execute("SELECT timestamp FROM gpkg_metadata_reference")) == {(TIME,)}


def test_no_cell_of_a_workbook_or_of_a_csv_for_excel_is_a_formula(tmp_path: Path) -> None:
    texts = to_mentions([events_at(f"{text} Pokrovsk", POKROVSK, id=text) for text in ODD])
    write_table(texts, tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    cells = [cell for row in book["mentions"].iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "b"}
    assert all(cell.quotePrefix for cell in cells if cell.data_type == "s")
    write_table(texts, tmp_path / "a.csv", excel=True)
    data = (tmp_path / "a.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    for line in pd.read_csv(tmp_path / "a.csv", dtype=str, na_filter=False, encoding="utf-8-sig")["title"]:
        assert line[:1] not in ("=", "+", "-", "@", "\t", "\r", "\n", "\0")


def test_a_workbook_says_nothing_of_when_it_was_made(tmp_path: Path) -> None:
    write_table(table_of("places"), tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as book:
        assert {info.date_time for info in book.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"1980-01-01T00:00:00Z" in book.read("docProps/core.xml")


def test_parquet_files_say_how_they_were_made(tmp_path: Path) -> None:
    for ending in (".parquet", ".geoparquet"):
        write_table(table_of("events"), tmp_path / f"a{ending}", provenance={"settings": {"recognizer": "fast"}})
        facts = pyarrow.parquet.read_schema(tmp_path / f"a{ending}").metadata
        assert json.loads(facts[b"geomap"]) == {"table": "events", "settings": {"recognizer": "fast"}}


def test_a_geodataframe_goes_to_a_geoparquet_file_by_itself(tmp_path: Path) -> None:
    frame = geomap.to_geodataframe(table_of("events"))
    write_table(frame, tmp_path / "a.parquet")
    assert geopandas.read_parquet(tmp_path / "a.parquet").geometry.notna().sum() == frame.geometry.notna().sum()
    pd.testing.assert_frame_equal(geomap.read_events(tmp_path / "a.parquet"), table_of("events"))


def test_placemarks_have_the_days_of_their_events(tmp_path: Path) -> None:
    write_table(table_of("events"), tmp_path / "a.kml")
    root = etree.parse(tmp_path / "a.kml")
    spans = [[one.text for one in span] for span in root.iter("{*}TimeSpan")]
    dated = [cell for cell in table_of("events")["event_date"] if cell]
    assert spans == [cell.split("/") for cell in dated]
    assert not [one for one in root.iter("{*}description") if "<b>" in (one.text or "").replace("<blockquote>", "")]


def test_ids_stay_when_more_is_told() -> None:
    alone = to_events([events_at("War in Pokrovsk.", POKROVSK, id="one")])
    more = to_events([events_at("Lull.", None, id="zero"), events_at("War in Pokrovsk.", POKROVSK, id="one")])
    assert more["event_id"].tolist()[1:] == alone["event_id"].tolist()
    assert re.fullmatch("event:[0-9a-f]{12}", alone["event_id"][0])
    assert table_of("events")["event_id"].is_unique
    assert table_of("incidents")["incident_id"].is_unique


@pytest.mark.parametrize("separator", [";", "\t"])
def test_a_csv_that_excel_saved_with_its_own_separator_is_read(separator: str, tmp_path: Path) -> None:
    table = table_of("events")
    write_table(table, tmp_path / "a.csv", excel=True)
    again = pd.read_csv(tmp_path / "a.csv", dtype=str, na_filter=False, encoding="utf-8-sig")
    again.to_csv(tmp_path / "b.csv", sep=separator, index=False, encoding="utf-8-sig", quoting=csv.QUOTE_ALL)
    pd.testing.assert_frame_equal(geomap.read_events(tmp_path / "b.csv"), table)


def test_empty_lines_of_a_workbook_are_no_rows(tmp_path: Path) -> None:
    write_table(table_of("places"), tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    book["places"].insert_rows(3)
    book["places"].append([None, None])
    book.save(tmp_path / "b.xlsx")
    pd.testing.assert_frame_equal(geomap.read_places(tmp_path / "b.xlsx"), table_of("places"))


def test_what_a_hostile_file_asks_for_is_not_done(tmp_path: Path) -> None:
    write_table(table_of("places").head(1), tmp_path / "a.kml")
    (tmp_path / "secret").write_text("secret")
    entities = f'<!DOCTYPE kml [<!ENTITY a "{"ha" * 99}"><!ENTITY b SYSTEM "{(tmp_path / "secret").as_uri()}">]>'
    text = (tmp_path / "a.kml").read_text("utf-8").replace("<kml", f"{entities}<kml")
    text = text.replace('<SimpleData name="name">', '<SimpleData name="name">&b;', 1)
    (tmp_path / "b.kml").write_text(text, "utf-8")
    assert "secret" not in geomap.read_places(tmp_path / "b.kml")["name"][0]

    write_table(table_of("places"), tmp_path / "a.gpkg")
    with closing(sqlite3.connect(tmp_path / "a.gpkg")) as connection:
        connection.execute("DROP TABLE places")
        endless = "WITH RECURSIVE n(fid) AS (SELECT 1 UNION ALL SELECT fid + 1 FROM n) SELECT * FROM n"
        connection.execute(f"CREATE VIEW places AS {endless}")
        connection.commit()
    with pytest.raises(TableError, match="places is no layer of its own"):
        geomap.read_places(tmp_path / "a.gpkg")
    with pytest.raises(TableError, match="has no layer events, only layer_styles, places, places_areas"):
        geomap.read_events(tmp_path / "a.gpkg")
