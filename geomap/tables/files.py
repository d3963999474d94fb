"""Tables as files hold them, read with cells of any type: what is in a cell is checked later, for all files alike.

Of maps the cells are read and nothing else: coordinates are columns, too. So no geometry of a file from elsewhere is
looked at, no external entity of an XML file is resolved, and a GeoPackage is read as the SQLite file that it is.

Characters that some files cannot hold are written by number: ``_x000B_``, as workbooks have them (ECMA-376,
ST_Xstring). A text that has such a number of its own gets its underscore by number, so that what is read is what was
written.
"""

import json
import re
import sqlite3
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pandas as pd

from geomap.errors import TableError
from geomap.formats import Kind
from geomap.tables.schema import SCHEMAS

_MARK = b"\xef\xbb\xbf"
FORMULA = re.compile(r"'*[=+\-@\t\r\n\0＝＋－＠]")
"""The beginning of a cell that a CSV for Excel has behind one more apostrophe; see `geomap.exporters.csv_jsonl`."""
_LONGEST_HEADER = 100_000
_MOST_BYTES = 2_000_000_000
"""How much a workbook may unpack to; more is no table that fits into memory."""
_DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, EOFError, SyntaxError, LookupError, AttributeError, TypeError),
    *(NotImplementedError, ArithmeticError, RecursionError, AssertionError, RuntimeError),
)
"""What a library says of a damaged workbook; a SyntaxError is one of XML, a RuntimeError one of encryption."""
_SPILLED = re.compile(r"(?P<name>.+) \(\d+\)")
_KML = "{http://www.opengis.net/kml/2.2}"

NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
"""What XML 1.0 has no way to write."""
NO_SHEET = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
"""The same for workbooks, where a carriage return would come back as a line feed."""
NO_C = re.compile("\x00|_(?=x[0-9A-Fa-f]{4}_)")
"""What ends a text for libraries in C."""

_NUMBERED = re.compile("_x([0-9A-Fa-f]{4})_")


def escaped(text: str, unfit: re.Pattern[str]) -> str:
    """Return a text without the characters of a pattern; a lone surrogate, which has no bytes, becomes "?"."""
    whole = text.encode("utf-8", "replace").decode("utf-8")
    return unfit.sub(lambda found: f"_x{ord(found[0]):04X}_", whole)


def unescaped(text: str) -> str:
    """Return a text as it was before `escaped`."""
    return _NUMBERED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def read_csv(path: Path, kind: Kind) -> pd.DataFrame:
    """Read a CSV; of one that was written for Excel, which begins with a byte order mark, without its apostrophes.

    Where lists are separated by semicolons, Excel saves it with these: what the header has most of is taken.
    """
    # na_filter off: an empty cell is an empty text, and "NA" is Namibia.
    table = pd.read_csv(path, dtype=str, na_filter=False, encoding="utf-8-sig", sep=_separator(path))
    with path.open("rb") as file:
        for_excel = file.read(len(_MARK)) == _MARK
    return table.map(_as_written) if for_excel else table


def _separator(path: Path) -> str:
    with path.open("rb") as file:
        header = file.readline(_LONGEST_HEADER)
    return max((",", ";", "\t"), key=lambda one: header.count(one.encode()))


def _as_written(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell) else cell


def read_jsonl(path: Path, kind: Kind) -> pd.DataFrame:
    """Read JSON Lines."""
    rows = []
    for number, line in enumerate(path.read_bytes().splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise TableError(f"{path}, line {number}: not JSON ({error}); write the table again") from None
        if not isinstance(row, dict):
            raise TableError(f"{path}, line {number}: not a JSON object; write the table again")
        rows.append(row)
    return from_rows(rows, kind)


def from_rows(rows: Sequence[Mapping[str, Any]], kind: Kind) -> pd.DataFrame:
    """Return a table from its rows as JSON has them; with the columns of its kind when there is none."""
    as_cells = [{name: _cell(value) for name, value in row.items()} for row in rows]
    return pd.DataFrame(as_cells, columns=None if rows else list(SCHEMAS[kind]), dtype=object)


def _cell(value: Any) -> Any:
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return value


def read_parquet(path: Path, kind: Kind) -> pd.DataFrame:
    """Read Parquet, with a geometry a row or without."""
    from pyarrow import ArrowException

    try:
        table = pd.read_parquet(path, engine="pyarrow").drop(columns=["geometry", "extent"], errors="ignore")
        return table.astype(object)  # texts are looked at only now
    except (ArrowException, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError) as error:
        raise ValueError(f"not Parquet: {error}") from None  # what it says of damaged metadata and texts


def read_xlsx(path: Path, kind: Kind) -> pd.DataFrame:
    """Read the sheet of a workbook that is called by the kind of the table, else its first."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        _check_size(path)
        with path.open("rb") as file:
            book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
            sheet = book[kind] if kind in book.sheetnames else book.worksheets[0]
            header, *rows = list(sheet.iter_rows(values_only=True)) or [()]
    except (*_DAMAGE, InvalidFileException) as error:
        raise ValueError(f"not a workbook: {error}") from None
    names = ["" if name is None else str(name) for name in header]
    filled = [row for row in rows if any(cell is not None for cell in row)]
    found = [_unspilled(dict(zip(names, row, strict=False))) for row in filled]
    whole = [name for name in names if not _SPILLED.fullmatch(name)]
    return pd.DataFrame(found, columns=whole, dtype=object)


def _check_size(path: Path) -> None:
    with zipfile.ZipFile(path) as book:
        if sum(info.file_size for info in book.infolist()) > _MOST_BYTES:
            raise ValueError(f"it unpacks to more than {_MOST_BYTES // 10**9} GB")


def _unspilled(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row whose long texts, which go on in columns such as "sentences (2)", are whole again."""
    whole: dict[str, Any] = {}
    for name, value in row.items():
        if (found := _SPILLED.fullmatch(name)) and value is not None:
            whole[found["name"]] = f"{whole.get(found['name']) or ''}{value}"
        elif not found:
            whole[name] = value
    return {name: _unescaped(value) for name, value in whole.items()}


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
            rows = [{name: _unescaped(cell) for name, cell in zip(names, row, strict=True)} for row in found]
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


def _unescaped(cell: Any) -> Any:
    return unescaped(cell) if isinstance(cell, str) else cell
