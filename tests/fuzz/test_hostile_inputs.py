"""Whatever a file or a text holds, the answer is a value or a `GeomapError`: no traceback, no signal, no hang.

A few inputs a target, always the same ones, in every run; ``make fuzz`` gives 100,000 to each, others each time.
"""

import os
import sqlite3
import struct
import tempfile
import time
from pathlib import Path

import pytest
import shapely
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import geomap
from geomap.boundaries import read_features
from geomap.errors import GeomapError
from geomap.gazetteers.importing.importing import import_file
from geomap.runs.parsing import Budget
from geomap.types import Document

GIVEN = os.environ.get("INPUTS")
limits = settings(
    max_examples=int(GIVEN or 15),
    deadline=None,
    derandomize=GIVEN is None,
    database=None,
    suppress_health_check=list(HealthCheck),
)

pytestmark = pytest.mark.filterwarnings("ignore::geomap.errors.GeomapWarning")

SPICE = [
    *(b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", "\u202e".encode(), "🇺🇦".encode(), "\u2028".encode()),
    *(b'"', b"'s" * 40, b"..." * 40, b"(" * 60, b"[" * 1_200, b'{"a":' * 1_200, b"\r\n\r\n", b"\t", b",,,,", b"=1+1"),
    *(b"<", b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>&b;", b"<div>" * 500, b"&#xD800;", b"---\n"),
    *(b"NaN", b"1e999", b"-1", b"999999999999999999999", b"null", b"0000-00-00", b"Kyiv, Lviv and ", b" U.S. Gen. "),
]
"""Pieces that have tripped up readers."""


@st.composite
def harmed(draw: st.DrawFn, samples: list[bytes]) -> bytes:
    """Return a sample with some of its bytes cut out and others put in."""
    data = draw(st.sampled_from(samples))
    for _ in range(draw(st.integers(0, 5))):
        start = draw(st.integers(0, len(data)))
        end = draw(st.integers(start, min(len(data), start + 60)))
        data = data[:start] + draw(st.sampled_from(SPICE) | st.binary(max_size=8)) + data[end:]
    return data


REPORTS = {
    ".txt": [b"---\ntitle: Shelling\ndate: 2024-09-06\n---\nShelling hit Pokrovsk on Friday.\n"],
    ".html": [b"<html><head><title>A</title></head><body><article><p>Shelling hit Kyiv.</p></article></body></html>"],
    ".csv": [b'id,date,text\n1,2024-09-06,Shelling hit Pokrovsk.\n2,,"Kyiv, too"\n', b"sep=;\nid;text\n1;Kyiv\n"],
    ".tsv": [b"id\ttext\n1\tShelling hit Pokrovsk.\n"],
    ".jsonl": [b'{"id": "1", "text": "Shelling hit Kyiv.", "date": "2024-09-06"}\n{"id": "2", "text": "Calm."}\n'],
}
CORRECTIONS = [
    b"document,words,verdict,entry_id,by\na.txt,Kyiv,right,,me\n*,Odesa,no place,,me\n",
    b"document,start,end,words,verdict\na.txt,0,4,Kyiv,wrong\n",
]
GEOJSON = [
    b'{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"A","side":"b"},"geometry":'
    b'{"type":"Polygon","coordinates":[[[30,50],[31,50],[31,51],[30,50]]]}}]}',
    b'{"type":"LineString","coordinates":[[30,50],[31,51]]}',
]
GAZETTEERS = {
    ".csv": [b"id,name,latitude,longitude,kind\n1,Nowhere-on-Sea,50.1,30.2,PPL\n2,Elsewhere,50.3,30.1,PPL\n"],
    ".geojson": [
        b'{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"Nowhere"},'
        b'"geometry":{"type":"Point","coordinates":[30.5,50.5]}}]}'
    ],
}


def geopackage(folder: Path, wkb: bytes) -> bytes:
    """Return the bytes of a GeoPackage with one geometry."""
    path = folder / "made.gpkg"
    path.unlink(missing_ok=True)
    connection = sqlite3.connect(path)
    connection.executescript(
        "CREATE TABLE gpkg_spatial_ref_sys (srs_id INTEGER, organization_coordsys_id INTEGER);"
        "INSERT INTO gpkg_spatial_ref_sys VALUES (4326, 4326);"
        "CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, srs_id INTEGER);"
        "INSERT INTO gpkg_geometry_columns VALUES ('areas', 'geom', 4326); CREATE TABLE areas (name TEXT, geom BLOB);"
    )
    connection.execute("INSERT INTO areas VALUES ('A', ?)", (b"GP\0\1" + struct.pack("<i", 4326) + wkb,))
    connection.commit()
    connection.close()
    return path.read_bytes()


def answers(call: object, *given: object) -> None:
    """Call something; refusals of the program's own are an answer, anything else is not."""
    assert callable(call)
    try:
        call(*given)
    except GeomapError as error:
        words = str(error)
    else:
        return
    assert "\n" not in words


@limits
@given(data=st.data(), ending=st.sampled_from(sorted(REPORTS)))
def test_reports(data: st.DataObject, ending: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"report{ending}"
        path.write_bytes(data.draw(harmed(REPORTS[ending])))
        answers(lambda: list(geomap.read_documents(path, on_error=lambda error: None)))


@pytest.fixture(scope="module")
def geoparser() -> geomap.Geoparser:
    return geomap.Geoparser(recognizer="fast")


TEXTS = [b"Shelling hit Pokrovsk, Donetsk, on Friday and killed two, Gen. Hrynko said. Kyiv rejected it.", b""]


@limits
@given(raw=harmed(TEXTS), times=st.sampled_from([1, 1, 1, 4]))
@example(raw=b"'s", times=600)
@example(raw=b'"', times=400)
@example(raw=b".", times=2_000)
def test_texts(geoparser: geomap.Geoparser, raw: bytes, times: int) -> None:
    document = Document(id="a", text=(raw * times).decode("utf-8", "replace"))
    begun = time.process_time()
    parsed = geoparser.parse_one(document)
    assert time.process_time() - begun < Budget().seconds_for(document)
    geomap.to_mentions([parsed])
    geomap.to_events([parsed])


@limits
@given(raw=harmed(CORRECTIONS))
def test_corrections(raw: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "corrections.csv"
        path.write_bytes(raw)
        answers(geomap.read_corrections, path)


@limits
@given(raw=harmed(GEOJSON))
@example(raw=b'{"type":"GeometryCollection","geometries":[' * 400 + b"]}" * 400)
def test_boundaries_as_geojson(raw: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "areas.geojson"
        path.write_bytes(raw)
        answers(read_features, path)


AREA = shapely.to_wkb(shapely.box(30, 50, 31, 51))


@limits
@given(wkb=harmed([AREA, shapely.to_wkb(shapely.MultiPolygon([shapely.box(30, 50, 31, 51)]))]))
@example(wkb=(b"\x01" + struct.pack("<II", 7, 1)) * 50_000 + AREA)
@example(wkb=b"\x01\x06\0\0\0\xff\xff\xff\xff")
def test_boundaries_as_geopackage(wkb: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        geopackage(Path(folder), wkb)
        answers(read_features, Path(folder) / "made.gpkg")


@limits
@given(data=st.data())
def test_damaged_geopackages(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        raw = data.draw(harmed([geopackage(Path(folder), AREA)]))
        (Path(folder) / "made.gpkg").write_bytes(raw)
        answers(read_features, Path(folder) / "made.gpkg")


@limits
@given(data=st.data(), ending=st.sampled_from(sorted(GAZETTEERS)))
def test_gazetteers_to_import(data: st.DataObject, ending: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"villages{ending}"
        path.write_bytes(data.draw(harmed(GAZETTEERS[ending])))
        answers(lambda: import_file(path, name="V", folder=Path(folder) / "imported"))
