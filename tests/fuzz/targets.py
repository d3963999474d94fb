"""Every part that reads what others wrote: small real files of each kind, and what reads them."""

import json
import struct
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio.raw
import shapely

import geomap
from geomap.boundaries import read_untried
from geomap.evaluation.event_places import read_marked_events
from geomap.evaluation.events import read_snippets
from geomap.evaluation.gold import read_gold
from geomap.exporters.export import Export, content_of
from geomap.exporters.leaflet.basemap.tiles import read_tiles
from geomap.exporters.leaflet.payload.story import read_story
from geomap.formats import FORMATS as TABLES
from geomap.formats import Kind
from geomap.gazetteers.importing.importing import import_file
from geomap.gazetteers.inspection import verify_gazetteer
from geomap.resolvers.ranking import RankerResolver
from geomap.resolvers.trees import MODEL_PATH
from geomap.runs.folder import RunFolder, key_of
from geomap.runs.packing import unpack
from geomap.runs.parsing import parse_batch
from geomap.runs.settings import Origin, settings_of
from geomap.types import Document
from tests.fuzz.mutation import PACKERS, Change, bytes_changed, change_of, either, overwritten, packed
from tests.gazetteers.importing_files import geonames_line, whosonfirst_line
from tests.readers.files_of_every_format import CSV, TEXT, TITLE, URL, made, zipped
from tests.runs.corpus import QUICK, documents, parts
from tests.tables_by_hand import tables

READERS: Mapping[Kind, Callable[[Path], Any]] = {
    "mentions": geomap.read_mentions,
    "places": geomap.read_places,
    "events": geomap.read_events,
    "incidents": geomap.read_incidents,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A part of the program and the files that it is given."""

    ending: str
    """Of the file's name."""
    samples: Callable[[], Sequence[bytes]]
    """Makes good files, once."""
    read: Callable[[Path], object]
    """Reads a file; a `GeomapError` is an answer."""
    change: Change | None = None
    """Changes a file; ``None`` for what its ending suggests."""
    packs: bool = False
    """Whether that packs it, too: the samples are not packed."""

    def changes(self) -> Change:
        """Return what changes a file."""
        return self.change or change_of(f"a{self.ending}")


def read_reports(path: Path) -> None:
    """Read reports to the end."""
    errors: list[geomap.ReportError] = []
    for one in geomap.read_documents(path, on_error=errors.append, on_passed_over=lambda error: None):
        str(one).encode("utf-8", "backslashreplace")
    assert not [error for error in errors if "\n" in str(error)]


TELEGRAM = {
    "name": "Example channel",
    "type": "public_channel",
    "id": 1234,
    "messages": [
        {"id": 1, "type": "service", "date": "2025-03-14T09:00:00", "actor": "A", "text": ""},
        {"id": 2, "type": "message", "date": "2025-03-14T09:30:00", "date_unixtime": "1741944600", "from": "A",
         "text": [TEXT, {"type": "link", "text": URL}], "text_entities": [{"type": "plain", "text": TEXT}]},
    ],
}  # fmt: skip
JSON = [
    [{"title": TITLE, "text": TEXT, "date": "2025-03-14"}],
    {"status": "ok", "articles": [{"source": {"id": None, "name": "Post"}, "title": TITLE, "url": URL, "content": TEXT,
                                   "description": "Short.", "publishedAt": "2025-03-14T09:30:00Z"}]},
    {"articles": [{"url": URL, "title": TEXT, "seendate": "20250314T093000Z", "domain": "example.org"}]},
    {"response": {"results": [{"id": "w/1", "webUrl": URL, "webTitle": TITLE,
                               "webPublicationDate": "2025-03-14T09:30:00Z",
                               "fields": {"bodyText": TEXT, "headline": TITLE}}]}},
    {"data": [{"id": "1", "fields": {"title": TITLE, "body": TEXT, "date": {"created": "2025-03-14T09:30:00+00:00"},
                                     "source": [{"name": "Post"}], "url": URL}}]},
    TELEGRAM,
]  # fmt: skip
ATOM = (
    f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Post</title><entry><title>{TITLE}</title>'
    f'<id>a1</id><link href="{URL}"/><updated>2025-03-14T09:30:00Z</updated><content type="html">{TEXT}</content>'
    "</entry></feed>"
).encode()
LIVE = (
    "<html><body><article>"
    + "".join(
        f'<div class="block" id="b{n}"><time datetime="2025-03-14T0{n}:00:00Z"></time><p>{TEXT}</p></div>'
        for n in range(4)
    )
    + "<table><tr><th>Town</th><th>Dead</th></tr><tr><td>Sumy</td><td>3</td></tr></table></article></body></html>"
).encode()

_MADE: Mapping[str, tuple[str, ...]] = {
    ".txt": ("report.txt",), ".html": ("page.html",), ".csv": ("rows.csv",), ".tsv": ("rows.tsv",),
    ".jsonl": ("rows.jsonl",), ".json": ("rows.json",), ".xlsx": ("rows.xlsx",), ".parquet": ("rows.parquet",),
    ".rss": ("feed.rss",), ".eml": ("mail.eml",), ".mhtml": ("page.mhtml",), ".warc": ("crawl.warc",),
    ".pdf": ("paper.pdf",), ".docx": ("paper.docx",), ".epub": ("book.epub",), ".zip": ("many.zip",),
}  # fmt: skip
_MORE: Mapping[str, list[bytes]] = {
    ".txt": [b"---\ntitle: Shelling\ndate: 2024-09-06\n---\nShelling hit Pokrovsk on Friday.\n"],
    ".html": [LIVE],
    ".csv": [b"sep=;\nid;text\n1;Kyiv\n", b'id,date,text\n1,2024-09-06,Shelling hit Pokrovsk.\n2,,"Kyiv, too"\n'],
    ".jsonl": [b'{"id": "1", "text": "Shelling hit Kyiv.", "date": "2024-09-06"}\n{"id": "2", "text": "Calm."}\n'],
    ".json": [json.dumps(shape).encode() for shape in JSON],
    ".rss": [ATOM],
}


def _reports(ending: str) -> Target:
    return Target(
        ending=ending,
        samples=lambda: [*map(made, _MADE[ending]), *_MORE.get(ending, ())],
        read=read_reports,
    )


def _packed_reports(ending: str) -> Target:
    inner = CSV.encode()
    change = packed(PACKERS[ending])
    return Target(ending=f".csv{ending}", samples=lambda: [inner], read=read_reports, change=change, packs=True)


def _tables(ending: str, kind: Kind) -> Target:
    return Target(
        ending=ending,
        samples=lambda: [content_of(Export(table=tables()[kind]), f"a{ending}")],
        read=READERS[kind],
    )


CORRECTIONS = [
    b"document,words,verdict,entry_id,by\na.txt,Kyiv,place,geonames:703448,me\n*,Odesa,not a place,,me\n",
    b"document,start,end,words,verdict\na.txt,0,4,Kyiv,wrong\n",
]
GOLD = [
    b'{"doc_id": "a", "text": "Shelling hit Kyiv.", "split": "train", "toponyms": [{"start": 13, "end": 17, "text": '
    b'"Kyiv", "lat": 50.45, "lon": 30.52, "geonameid": 703448, "type": "literal"}]}\n'
    b'{"text": "Calm.", "toponyms": []}\n'
]
GOLD_XML = [
    b"<articles><article docid='1'><feedid>2</feedid><title>A</title><domain>example.org</domain><text>Shelling hit "
    b"Kyiv.</text><toponyms><toponym><start>13</start><end>17</end><phrase>Kyiv</phrase><gaztag geonameid='703448'>"
    b"<name>Kyiv</name><fclass>P</fclass><fcode>PPLC</fcode><lat>50.45</lat><lon>30.52</lon><country>UA</country>"
    b"</gaztag></toponym></toponyms></article></articles>"
]
MARKED = [
    b'{"doc_id": "a", "text": "Shelling hit Kyiv.", "verbs": [{"start": 0, "end": 8}], '
    b'"locations": [{"start": 13, "end": 17}]}\n'
]
SNIPPETS = [b'{"text": "Shelling hit Kyiv.", "label": "Shelling/artillery/missile attack", "split": "a"}\n']
CONFIG = [
    b'recognizer = "fast"\non_error = "skip"\ndemonyms = true\ngazetteer = "UA+RU"\ncorrections = "c.csv"\n[columns]\n'
    b'text = "body"\n'
]
STORY = [b'title = "A"\n[[step]]\naddress = "#map=5/50/30&docs=a"\ncaption = """Shelling\nhit."""\nheading = "B"\n']
GEOJSON = [
    b'{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"A","side":"b"},"geometry":'
    b'{"type":"Polygon","coordinates":[[[30,50],[31,50],[31,51],[30,50]]]}}]}',
    b'{"type":"LineString","coordinates":[[30,50],[31,51]]}',
]
POINTS = [
    b'{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"Nowhere"},'
    b'"geometry":{"type":"Point","coordinates":[30.5,50.5]}}]}',
]
VILLAGES = [b"id,name,latitude,longitude,kind\n1,Nowhere-on-Sea,50.1,30.2,PPL\n2,Elsewhere,50.3,30.1,PPL\n"]
GEONAMES = [
    "\n".join(
        geonames_line(n, name, (50.1, 30.2 + n), population=n * 9, names="A,B")
        for n, name in enumerate(("Nowhere", "Elsewhere", "Kyiv"))
    ).encode()
]
WHOSONFIRST = [
    "\n".join(
        whosonfirst_line(n, f"Village {n}", (50.1, 30.2), pop=5, names={"ukr_x_preferred": ["Село"]}, conc={"gn:id": 7})
        for n in range(3)
    ).encode()
]


def _imported(path: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        import_file(path, name="V", folder=Path(folder))


def _import(ending: str, samples: Sequence[bytes]) -> Target:
    return Target(ending=ending, samples=lambda: samples, read=_imported)


@cache
def geopackage() -> bytes:
    """Return a GeoPackage with a point, a line and two areas."""
    shapes = [shapely.Point(30, 50), shapely.LineString([(30, 50), (31, 51)]), shapely.box(30, 50, 31, 51)]
    return _written(".gpkg", shapes, "Unknown")


@cache
def areas() -> bytes:
    """Return a GeoPackage with areas alone."""
    return _written(".gpkg", [shapely.box(30, 50, 31, 51), shapely.box(31, 50, 32, 51)], "Polygon")


def _written(ending: str, shapes: Sequence[Any], kind: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"a{ending}"
        names = np.array([f"Area {n}" for n, _ in enumerate(shapes)], dtype=object)
        wkb = np.array([shapely.to_wkb(one) for one in shapes], dtype=object)
        pyogrio.raw.write(path, wkb, [names], ["name"], geometry_type=kind, crs="EPSG:4326")
        return path.read_bytes()


SHAPE = ("shp", "shx", "dbf", "prj")


@cache
def shapefile() -> Mapping[str, bytes]:
    """Return the files of a shapefile with an area by their endings."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.shp"
        wkb = np.array([shapely.to_wkb(shapely.box(30, 50, 31, 51))], dtype=object)
        names = np.array(["Area"], dtype=object)
        pyogrio.raw.write(path, wkb, [names], ["name"], geometry_type="Polygon", crs="EPSG:4326")
        return {one: path.with_suffix(f".{one}").read_bytes() for one in SHAPE}


def _of_shape(ending: str) -> list[bytes]:
    return [shapefile()[ending]]


def _import_shape(path: Path) -> None:
    """Import a shapefile, one of whose files is changed."""
    with tempfile.TemporaryDirectory() as name:
        for ending, data in (shapefile() | {path.suffix[1:]: path.read_bytes()}).items():
            (Path(name) / f"a.{ending}").write_bytes(data)
        import_file(Path(name) / "a.shp", name="V", folder=Path(name))


AREA = shapely.to_wkb(shapely.box(30, 50, 31, 51))
MANY = shapely.to_wkb(shapely.MultiPolygon([shapely.box(30, 50, 31, 51), shapely.box(32, 50, 33, 51)]))


def with_geometry(wkb: bytes) -> bytes:
    """Return a GeoPackage with one geometry, as it is given."""
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(
            "CREATE TABLE gpkg_spatial_ref_sys (srs_id INTEGER, organization_coordsys_id INTEGER);"
            "INSERT INTO gpkg_spatial_ref_sys VALUES (4326, 4326);"
            "CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, srs_id INTEGER);"
            "INSERT INTO gpkg_geometry_columns VALUES ('areas', 'geom', 4326);"
            "CREATE TABLE areas (name TEXT, geom BLOB);"
        )
        connection.execute("INSERT INTO areas VALUES ('A', ?)", (b"GP\0\1" + struct.pack("<i", 4326) + wkb,))
        connection.commit()
        return connection.serialize()


def _read_geometry(path: Path) -> None:
    package = path.with_suffix(".gpkg")
    package.write_bytes(with_geometry(path.read_bytes()))
    read_untried(package)


@cache
def gazetteer() -> bytes:
    """Return a small gazetteer."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "UA.txt"
        path.write_bytes(GEONAMES[0])
        return import_file(path, name="V", folder=Path(folder)).path.read_bytes()


def _look_up(path: Path) -> None:
    with geomap.load_gazetteer(path) as opened:  # type: ignore[attr-defined]
        for name in ("Kyiv", "Nowhere", "the Nowhere", "A"):
            opened.candidates(name)
        opened.entry("geonames:1")
        opened.country("UA")
        opened.places_near(50.1, 30.2, radius_km=30)
    verify_gazetteer(path)


_KEPT = documents(3)
_ORIGIN = Origin(geomap="1", program="", libraries={}, settings={}, files={})


@cache
def _part() -> bytes:
    """Return a file of a run folder."""
    with tempfile.TemporaryDirectory() as name:
        folder = RunFolder(Path(name), _ORIGIN)
        folder.add([key_of(one, "") for one in _KEPT], parse_batch(settings_of(QUICK), _KEPT))
        folder.close()
        (part,) = parts(Path(name))
        return part.read_bytes()


def _read_run(path: Path) -> None:
    """Open a run folder with a part that is changed, named by its own digest as a stranger would, or as it was."""
    import hashlib

    data = path.read_bytes()
    with tempfile.TemporaryDirectory() as name:
        digest = hashlib.sha256(data if data[-1:] > b"\x20" else _part()).hexdigest()[:32]
        part = Path(name) / "parts" / digest[:2] / f"{digest}.part"
        part.parent.mkdir(parents=True)
        part.write_bytes(data)
        folder = RunFolder(Path(name), _ORIGIN)
        with suppress(ValueError, LookupError, TypeError, RecursionError):  # where there are no keys to ask for
            keys = [bytes.fromhex(key) for key in json.loads(data.partition(b"\n")[0])["keys"]]
            for key in keys:
                folder.get(key)
        folder.get(key_of(_KEPT[0], ""))
        folder.close()


@cache
def _lines() -> list[bytes]:
    import zlib

    return zlib.decompress(_part().partition(b"\n")[2]).split(b"\n")


def _unpack(path: Path) -> None:
    with suppress(ValueError):  # what it says to anything else than its own
        unpack(path.read_bytes().decode("utf-8", "replace"), _KEPT[0])


MANIFEST = [b'{"format": 1, "finished": true, "documents": 3, "set_aside": []}']


def _manifest(path: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "manifest.json").write_bytes(path.read_bytes())
        RunFolder(Path(folder), _ORIGIN).close()


@cache
def _resolver() -> list[bytes]:
    """Return the resolver's model."""
    return [MODEL_PATH.read_bytes()]


def _load_resolver(path: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "resolver.json").write_bytes(path.read_bytes())
        RankerResolver(_bundled(), model=Path(folder))


@cache
def _bundled() -> Any:
    return geomap.load_gazetteer()


TILES = [
    b"PMTiles\x03" + struct.pack("<QQQQQQQQQQQ", 127, 1, 128, 40, 168, 0, 168, 10, 1, 1, 1) + bytes([1, 1, 1, 1, 0, 5])
    + struct.pack("<4i", 300_000_000, 500_000_000, 310_000_000, 510_000_000) + bytes(9) + b"\x00"
    + b'{"attribution": "<a href=x>Example</a>"}' + b"tiles....."
]  # fmt: skip


@cache
def geoparser() -> geomap.Geoparser:
    """Return the quickest geoparser that finds names by itself."""
    return geomap.Geoparser(recognizer="fast")


TEXTS = [
    b"Shelling hit Pokrovsk, Donetsk, on Friday and killed two, Gen. Hrynko said. Kyiv rejected it.",
    TEXT.encode(),
]


def _parse(path: Path) -> None:
    document = Document(id="a", text=path.read_bytes().decode("utf-8", "replace"))
    parsed = geoparser().parse_one(document)
    geomap.to_mentions([parsed])
    geomap.to_events([parsed])


TARGETS: Mapping[str, Target] = {
    **{f"reports {ending}": _reports(ending) for ending in _MADE},
    **{f"reports {ending}": _packed_reports(ending) for ending in PACKERS},
    **{f"{kind} {ending}": _tables(ending, kind) for ending in TABLES for kind in ("mentions", "events")},
    "places .csv": _tables(".csv", "places"),
    "incidents .geojson": _tables(".geojson", "incidents"),
    "corrections": Target(ending=".csv", samples=lambda: CORRECTIONS, read=geomap.read_corrections),
    "gold": Target(ending=".jsonl", samples=lambda: GOLD, read=read_gold),
    "gold in XML": Target(ending=".xml", samples=lambda: GOLD_XML, read=read_gold),
    "gold of events' places": Target(ending=".jsonl", samples=lambda: MARKED, read=read_marked_events),
    "gold of events": Target(ending=".jsonl", samples=lambda: SNIPPETS, read=read_snippets),
    "settings": Target(ending=".toml", samples=lambda: CONFIG, read=geomap.Config.from_toml),
    "stories": Target(ending=".toml", samples=lambda: STORY, read=read_story),
    "tiles": Target(ending=".pmtiles", samples=lambda: TILES, read=read_tiles, change=overwritten),
    "boundaries .geojson": Target(ending=".geojson", samples=lambda: GEOJSON, read=read_untried),
    "boundaries .gpkg": Target(ending=".gpkg", samples=lambda: [areas()], read=read_untried),
    "boundaries' geometry": Target(ending=".wkb", samples=lambda: [AREA, MANY], read=_read_geometry),
    "import GeoNames": _import(".txt", GEONAMES),
    "import Who's On First": _import(".jsonl", WHOSONFIRST),
    "import .csv": _import(".csv", VILLAGES),
    "import .zip": _import(".zip", [zipped({"UA.txt": GEONAMES[0], "readme.txt": b"x"})]),
    "import .geojson": _import(".geojson", [GEOJSON[0], *POINTS]),
    "import .gpkg": Target(ending=".gpkg", samples=lambda: [geopackage()], read=_imported),
    **{
        f"import .{ending}": Target(
            ending=f".{ending}",
            samples=partial(_of_shape, ending),
            read=_import_shape,
            change=either(bytes_changed, overwritten),
        )
        for ending in SHAPE
    },
    "a gazetteer": Target(ending=".sqlite", samples=lambda: [gazetteer()], read=_look_up),
    "a part of a run": Target(ending=".part", samples=lambda: [_part()], read=_read_run),
    "what a part holds": Target(ending=".json", samples=lambda: _lines(), read=_unpack),
    "the manifest of a run": Target(ending=".json", samples=lambda: MANIFEST, read=_manifest),
    "a resolver's model": Target(ending=".json", samples=_resolver, read=_load_resolver),
    "texts": Target(ending=".txt", samples=lambda: TEXTS, read=_parse),
}  # fmt: skip
"""Name → what is tried."""
