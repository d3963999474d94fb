"""Whatever a file or a text holds, the answer is a value or a `GeomapError` of one line: no traceback, signal or hang.

In every run each part is given a few changed files, always the same ones; ``make fuzz`` gives 100,000 to each, others
each time, and says how many were refused and how long that took.
"""

import io
import json
import os
import secrets
import sqlite3
import struct
import time
import zipfile
import zlib
from contextlib import closing
from pathlib import Path

import pytest

from geomap.errors import ConfigError, GeomapError
from geomap.resolvers.trees import MODEL_PATH
from geomap.runs.parsing import Budget
from geomap.types import Document
from tests.fuzz import hammer
from tests.fuzz.targets import AREA, GOLD_XML, TARGETS, TILES, areas, gazetteer, geoparser
from tests.readers.files_of_every_format import made, zipped

GIVEN = os.environ.get("INPUTS")
INPUTS = int(GIVEN or 40)
SECONDS = 1e9 if GIVEN else 0.5
SEED = int(os.environ.get("SEED", secrets.randbits(24) if GIVEN else 15))

pytestmark = pytest.mark.filterwarnings("ignore::geomap.errors.GeomapWarning")


@pytest.mark.parametrize("name", TARGETS)
def test_what_is_changed_is_good_before_that(name: str, tmp_path: Path) -> None:
    target = TARGETS[name]
    for sample in target.samples():
        path = tmp_path / f"a{target.ending}"
        path.write_bytes(sample)
        if not target.packs:
            target.read(path)


def test_changed_files_are_read_or_refused_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    faults = []
    for name, outcome in hammer.hammered(TARGETS, seed=SEED, inputs=INPUTS, seconds=SECONDS):
        faults += [f"{name}: {fault}; see it with: {again}" for fault, again in outcome.faults.items()]
        if GIVEN:
            with capsys.disabled():
                print(outcome.in_words(name), flush=True)  # noqa: T201
    assert not faults, "\n".join(faults)


DEEP = 100_000
NAMELESS = zipped({"a.txt": b"Kyiv"}).replace(b"a.txt", b"\x00.txt")


def changed(database: bytes, statement: str) -> bytes:
    with closing(sqlite3.connect(":memory:")) as base:
        base.deserialize(database)
        base.execute(statement)
        base.commit()
        return base.serialize()


def with_metadata(data: bytes) -> bytes:
    head = bytearray(TILES[0][:127])
    struct.pack_into("<QQ", head, 24, 127, len(data))
    head[97] = 2
    return bytes(head) + data


def of_version(data: bytes) -> bytes:
    """Return an archive that asks for a version that there is not."""
    at = data.rindex(b"PK\x01\x02")
    return data[: at + 6] + b"\xff\x00" + data[at + 8 :]


def with_damaged_sheet() -> bytes:
    data = bytearray(made("rows.xlsx"))
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        info = book.getinfo("xl/worksheets/sheet1.xml")
    start = info.header_offset + 30 + len(info.filename)
    data[start + 8 : start + 40] = b"\xff" * 32
    return bytes(data)


def with_one_feature(number: int) -> bytes:
    model = json.loads(MODEL_PATH.read_bytes())
    model["first"]["features"][0][0] = number
    return json.dumps(model).encode()


def made_table(ending: str) -> bytes:
    (sample,) = TARGETS[f"mentions {ending}"].samples()
    return sample


HARD = [
    ("reports .zip", NAMELESS),
    ("mentions .xlsx", with_damaged_sheet()),
    ("gold of events' places", b'{"text": ' + b"[" * DEEP),
    ("gold of events", b'{"text": ' + b"[" * DEEP),
    ("the manifest of a run", b'{"format": ' + b"[" * DEEP),
    ("a resolver's model", b'{"first": ' + b"[" * DEEP),
    ("a resolver's model", with_one_feature(10**30)),
    ("settings", b"columns = " + b"[" * 5_000),
    ("settings", b'gazetteer = "' + b"U" * 5_000 + b'"\ncolumns = 1'),
    ("gold in XML", GOLD_XML[0].replace(b"<start>13", b"<start>" + b"9" * 5_000)),
    ("stories", b"title = " + b"[" * 5_000),
    ("tiles", TILES[0][:24] + b"\xff" * 8 + TILES[0][32:]),
    ("tiles", with_metadata(b"[" * DEEP)),
    ("import .zip", of_version(zipped({"UA.txt": b"1\tA"}))),
    ("a gazetteer", changed(gazetteer(), "UPDATE name SET kind = 'odd'")),
    ("a gazetteer", changed(gazetteer(), "UPDATE name SET name = 7")),
    ("a gazetteer", changed(gazetteer(), "UPDATE entry SET level = 99")),
    ("a gazetteer", changed(gazetteer(), "UPDATE entry SET admin1 = x'ff'")),
    ("a gazetteer", changed(gazetteer(), "UPDATE meta SET value = 5 WHERE key = 'sources'")),
    ("import .prj", b'GEOGCS["A",DATUM["D",SPHEROID["W",'),
    ("import .gpkg", changed(areas(), "DELETE FROM gpkg_geometry_columns")),
    ("boundaries .gpkg", changed(areas(), "UPDATE gpkg_geometry_columns SET table_name = x'ff'")),
    ("boundaries .gpkg", areas().replace(b"UPDATE gpkg_ogr_contents SET", b'UPDATE gpkg_ogr_contents "\n\n')),
    ("boundaries .geojson", b'{"type":"GeometryCollection","geometries":[' * 400 + b"]}" * 400),
    ("boundaries' geometry", (b"\x01" + struct.pack("<II", 7, 1)) * 50_000 + AREA),
    ("boundaries' geometry", AREA[:1] + struct.pack("<I", 10) + AREA[5:]),
    ("mentions .parquet", made_table(".parquet").replace(b"Pokrovsk", b"Pokro\xffsk")),
    ("boundaries' geometry", b"\x01\x06\0\0\0\xff\xff\xff\xff"),
]
"""Files that once led to a traceback or ended the program."""


@pytest.mark.parametrize(("name", "data"), HARD, ids=[f"{name} {number}" for number, (name, _) in enumerate(HARD)])
def test_what_once_led_to_a_traceback_is_refused_in_words(name: str, data: bytes, tmp_path: Path) -> None:
    path = tmp_path / f"a{TARGETS[name].ending}"
    path.write_bytes(data)
    if name == "reports .zip":
        TARGETS[name].read(path)
        return
    with pytest.raises(GeomapError) as refused:
        TARGETS[name].read(path)
    assert "\n" not in str(refused.value)


def test_metadata_of_tiles_that_unpack_to_far_more_are_not_unpacked_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.pmtiles"
    pack = zlib.compressobj(wbits=31)
    path.write_bytes(with_metadata(pack.compress(b" " * 1_000_000_000) + pack.flush()))
    with pytest.raises(ConfigError, match="damaged metadata"):
        TARGETS["tiles"].read(path)


@pytest.mark.parametrize("text", ["'s" * 600, '"' * 400, "." * 2_000, "[" * 1_200])
def test_texts_of_signs_alone_are_parsed_in_their_time(text: str) -> None:
    document = Document(id="a", text=text)
    begun = time.process_time()
    geoparser().parse_one(document)
    assert time.process_time() - begun < Budget().seconds_for(document)
