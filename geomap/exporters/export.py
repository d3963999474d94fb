"""Write tables in the format that a file's name asks for; `geomap.formats` lists them."""

import dataclasses
import io
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO

import pandas as pd

from geomap.errors import ConfigError
from geomap.formats import Kind, Shape, check_ending, format_of
from geomap.tables.schema import kind_of
from geomap.writing import write_file

PAGES = (".html", ".htm")
"""Endings of a map."""
BESIDE_A_MAP = (".csv", ".geojson")
"""Endings of what is written beside a map: the mention table, and its places."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """What goes into a file."""

    table: pd.DataFrame
    """The table that the file is about, or its first rows: an empty table at least, with all columns."""
    more: Iterable[pd.DataFrame] = ()
    """Its other rows, some at a time, each with the same columns and dtypes; they are gone through once."""
    beside: Mapping[Kind, pd.DataFrame] = field(default_factory=dict)
    """Further tables of the same run, for files that hold several."""
    provenance: Mapping[str, Any] = field(default_factory=dict)
    """How the table was made, for files that can say so; see `geomap.exporters.datapackage`."""
    excel: bool = False
    """Whether a CSV is for Excel."""

    @property
    def kind(self) -> Kind | None:
        """Which of the program's tables it is; ``None`` for any other."""
        return kind_of(self.table)

    def parts(self) -> Iterator[pd.DataFrame]:
        """Yield the table some rows at a time, in order; at least once."""
        yield self.table
        yield from self.more

    def whole(self) -> pd.DataFrame:
        """Return the whole table."""
        first, *others = self.parts()
        return pd.concat([first, *others], ignore_index=True) if others else first

    def placed(self) -> Kind:
        """Return the kind of a table that has places; any other than the program's is a `ConfigError`."""
        if self.kind is None:
            raise ConfigError("only tables of mentions, places, events and incidents have places; write another as CSV")
        return self.kind


def write_table(
    table: pd.DataFrame,
    path: str | os.PathLike[str],
    *,
    excel: bool = False,
    shape: Shape | None = None,
    provenance: Mapping[str, Any] | None = None,
) -> None:
    """Write a table in the format that the file name asks for.

    Parameters
    ----------
    table
        A mention table or any other table of the program, or what `to_geodataframe` made of one. Files without
        geometries take any other table, too.
    path
        Ends in one of `geomap.formats.FORMATS`: ``.csv``, ``.jsonl``, ``.parquet``, ``.xlsx``, ``.geojson``,
        ``.gpkg``, ``.geoparquet`` or ``.kml``. Some need an extra of the package; the error says which.
    excel
        Write a CSV that Excel opens right; see `geomap.exporters.csv_jsonl`.
    shape
        Write an event table in the columns of ``acled`` or ``ged``; see `geomap.exporters.shapes`.
    provenance
        How the table was made, for Parquet files; see `geomap.exporters.datapackage`.

    Raises
    ------
    ConfigError
        If the ending is another one or does not fit, or a package is not installed.
    OutputError
        If the file cannot be written.
    """
    export = Export(table=table, excel=excel, provenance=provenance or {})
    write_file(path, content_of(export, path, shape=shape))


def content_of(export: Export, path: str | os.PathLike[str], *, shape: Shape | None = None) -> bytes:
    """Return the bytes of a file of this name; errors as `write_table`."""
    out = io.BytesIO()
    write_export(export, path, out, shape=shape)
    return out.getvalue()


def write_export(export: Export, path: str | os.PathLike[str], file: BinaryIO, *, shape: Shape | None = None) -> None:
    """Write into an open file what belongs under a name, row by row where the format can; errors as `write_table`."""
    found = format_of(path, shapes=shape is not None or export.kind is None)
    if export.excel and found.ending != ".csv":
        raise ConfigError(f"{path}: a table for Excel is a .csv; an .xlsx is one by itself")
    if shape is not None:
        from geomap.exporters.shapes import shaped

        more = (shaped(part, shape) for part in export.more)
        export = dataclasses.replace(export, table=shaped(export.table, shape), more=more, beside={})
    found.write(export, file)


def beside_a_map(mentions: pd.DataFrame, path: str | os.PathLike[str]) -> bytes:
    """Return the bytes of what lies beside a map under one of `BESIDE_A_MAP`: its mentions, or its places."""
    if check_ending(path, BESIDE_A_MAP, "what lies beside a map") == ".csv":
        return content_of(Export(table=mentions), path)
    from geomap.exporters.geojson import to_geojson, to_geojson_text

    return to_geojson_text(to_geojson(mentions)).encode("utf-8", "replace")
