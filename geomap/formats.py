"""The files that tables go to and come from, in one table: ending → what writes it, what reads it, what it can hold.

Writers and readers are named by module, so that the command line can list the endings without loading any of them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from os import PathLike
from pathlib import Path
from pkgutil import resolve_name
from typing import Any, BinaryIO, Literal, get_args

from geomap.errors import ConfigError

Kind = Literal["mentions", "places", "events", "incidents"]
"""The tables of the program."""
Shape = Literal["acled", "ged"]
"""Other programs' columns that events can be written in."""

KINDS: tuple[Kind, ...] = get_args(Kind)
SHAPES: tuple[Shape, ...] = get_args(Shape)


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A kind of file."""

    ending: str
    """In lower case, with its dot."""
    title: str
    """What it is called, for messages and the command line."""
    use: str
    """What it is good for, in a line."""
    writer: str
    """``module:function``: takes a `geomap.exporters.export.Export` and a file that is open for writing bytes."""
    reader: str
    """``module:function``: takes the path of a file and a `Kind`, gives a table with cells of any type."""
    shapes: bool = False
    """Whether other programs' columns, and tables of any others, fit it, too."""
    streams: bool = False
    """Whether its rows are written as they come; else the file is made of the whole table in memory."""
    several: bool = False
    """Whether it holds all tables of a run."""
    tells: bool = False
    """Whether it has room for how the table was made."""
    needs: tuple[str, ...] = ()
    """Modules that must be installed to write it."""
    extra: str = ""
    """The extra of the package that brings them."""

    def write(self, export: Any, file: BinaryIO) -> None:
        """Write a file of this kind."""
        resolve_name(self.writer)(export, file)

    def read(self, path: Path, kind: Kind) -> Any:
        """Return a table of a file of this kind, with cells of any type."""
        return resolve_name(self.reader)(path, kind)


_FORMATS = (
    Format(
        ending=".csv",
        title="CSV",
        use="spreadsheets, R, pandas; with --excel so that Excel opens it right",
        writer="geomap.exporters.csv_jsonl:write_csv",
        reader="geomap.tables.files:read_csv",
        streams=True,
        shapes=True,
    ),
    Format(
        ending=".jsonl",
        title="JSON Lines",
        use="jq, databases and other programs: one object a row",
        writer="geomap.exporters.csv_jsonl:write_jsonl",
        reader="geomap.tables.files:read_jsonl",
        streams=True,
        shapes=True,
    ),
    Format(
        ending=".parquet",
        title="Parquet",
        use="large tables, with their dtypes and with how they were made",
        writer="geomap.exporters.parquet:write_parquet",
        reader="geomap.tables.files:read_parquet",
        streams=True,
        shapes=True,
        tells=True,
        needs=("pyarrow",),
        extra="parquet",
    ),
    Format(
        ending=".xlsx",
        title="Excel workbook",
        use="Excel and LibreOffice; no cell is a formula",
        writer="geomap.exporters.spreadsheet:write_xlsx",
        reader="geomap.tables.files:read_xlsx",
        shapes=True,
        needs=("openpyxl",),
        extra="xlsx",
    ),
    Format(
        ending=".geojson",
        title="GeoJSON",
        use="QGIS, kepler.gl and maps on the web: one feature a row",
        writer="geomap.exporters.geojson:write_geojson",
        reader="geomap.tables.files:read_geojson",
        streams=True,
    ),
    Format(
        ending=".gpkg",
        title="GeoPackage",
        use="QGIS: all tables of the run as styled layers, with areas as polygons",
        writer="geomap.exporters.geopackage:write_geopackage",
        reader="geomap.tables.files:read_geopackage",
        several=True,
        tells=True,
        needs=("geopandas", "pyogrio"),
        extra="geo",
    ),
    Format(
        ending=".geoparquet",
        title="GeoParquet",
        use="GeoPandas, DuckDB and BigQuery: Parquet with a geometry a row",
        writer="geomap.exporters.parquet:write_geoparquet",
        reader="geomap.tables.files:read_parquet",
        streams=True,
        tells=True,
        needs=("pyarrow",),
        extra="parquet",
    ),
    Format(
        ending=".kml",
        title="KML",
        use="Google Earth: a placemark a row, with time spans for its time slider",
        writer="geomap.exporters.kml:write_kml",
        reader="geomap.tables.files:read_kml",
        streams=True,
    ),
)

FORMATS: Mapping[str, Format] = {one.ending: one for one in _FORMATS}
"""Ending → format."""


def endings(*, shapes: bool = False) -> tuple[str, ...]:
    """Return the endings that a table can be written with; of ``shapes`` those that hold any columns."""
    return tuple(ending for ending, one in FORMATS.items() if one.shapes or not shapes)


def in_words(names: Iterable[str]) -> str:
    """Join endings for a sentence: ".csv, .jsonl or .parquet"."""
    *others, last = names
    return f"{', '.join(others)} or {last}" if others else last


def format_of(path: str | PathLike[str], *, shapes: bool = False) -> Format:
    """Return the format that a file's name asks for, once it is sure that it can be written.

    Parameters
    ----------
    path
        The file.
    shapes
        Whether it is to hold other columns than those of a table of the program.

    Raises
    ------
    ConfigError
        If nothing is written under its ending, or what that needs is not installed.
    """
    ending = check_ending(path, endings(shapes=shapes), "a table" if not shapes else "a table of such columns")
    found = FORMATS[ending]
    missing = [module for module in found.needs if find_spec(module) is None]
    if missing:
        raise ConfigError(
            f"{path}: {found.title} files need {' and '.join(missing)}, which "
            f"{'is' if len(missing) == 1 else 'are'} not installed: pip install 'geomap[{found.extra}]'"
        )
    return found


def check_ending(path: str | PathLike[str], endings: Iterable[str], what: str) -> str:
    """Return the ending of a file's name in lower case, which says what is written there.

    If it is none of those given, a `ConfigError` lists them; ``what`` is how to call what is written, such as "a map".
    """
    ending = Path(path).suffix.lower()
    fitting = tuple(endings)
    if ending not in fitting:
        raise ConfigError(f"{path}: {what} can be written as {', '.join(fitting)}; choose one of these endings")
    return ending
