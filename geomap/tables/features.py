"""Tables as files of maps hold them. The cells are read and nothing else: coordinates are columns, too.

So no geometry of a file from elsewhere is looked at, no external entity of an XML file is resolved, and a GeoPackage is
read as the SQLite file that it is.
"""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pandas as pd

from geomap.errors import TableError
from geomap.formats import Kind
from geomap.tables.escapes import unescaped
from geomap.tables.files import from_rows

_KML = "{http://www.opengis.net/kml/2.2}"


def read_geojson(path: Path, kind: Kind) -> pd.DataFrame:
    """Read the properties of the features of a GeoJSON file."""
    try:
        found = json.loads(path.read_bytes())
        rows = [feature["properties"] for feature in found["features"]]
        return from_rows([dict(row) for row in rows], kind)
    except (KeyError, TypeError, RecursionError) as error:
        raise ValueError(f"no feature collection: {error}") from None


def read_geopackage(path: Path, kind: Kind) -> pd.DataFrame:
    """Read the layer of a GeoPackage that is called by the kind of the table."""
    if not path.is_file():
        raise FileNotFoundError(path)
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            connection.execute("PRAGMA trusted_schema = OFF")
            layers = [name for (name,) in connection.execute("SELECT table_name FROM gpkg_contents ORDER BY 1")]
            if kind not in layers:
                raise TableError(f"{path}: has no layer {kind}, only {', '.join(layers) or 'none'}; give another file")
            (stored,) = connection.execute("SELECT type FROM sqlite_master WHERE name = ?", (kind,)).fetchone() or ("",)
            if stored != "table":  # a view could take for ever
                raise TableError(f"{path}: {kind} is no layer of its own, but made from others; save it as one")
            found = connection.execute(f'SELECT * FROM "{kind}" ORDER BY fid')  # noqa: S608  (one of four names)
            names = [column[0] for column in found.description]
            rows = [{name: _text(cell) for name, cell in zip(names, row, strict=True)} for row in found]
    except sqlite3.Error as error:
        raise ValueError(f"not a GeoPackage: {error}") from None
    return pd.DataFrame(rows, columns=names, dtype=object)


def read_kml(path: Path, kind: Kind) -> pd.DataFrame:
    """Read the data of the placemarks of a KML file, by the schema that it begins with."""
    from lxml import etree  # type: ignore[import-untyped]  # lxml has no type hints

    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, remove_comments=True)
    try:
        root = etree.fromstring(path.read_bytes(), parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(f"not KML: {error}") from None
    names = [field.get("name") for field in root.iter(f"{_KML}SimpleField")]
    rows = [
        {one.get("name"): unescaped(one.text or "") for one in placemark.iter(f"{_KML}SimpleData")}
        for placemark in root.iter(f"{_KML}Placemark")
    ]
    return pd.DataFrame(rows, columns=names, dtype=object)


def _text(cell: Any) -> Any:
    return unescaped(cell) if isinstance(cell, str) else cell
