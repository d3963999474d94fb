"""The formats of files that people open, in one table: ending → what writes it."""

import io
import os
from collections.abc import Callable, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

import pandas as pd

from geomap.errors import ConfigError
from geomap.exporters.delimited import to_csv
from geomap.exporters.geojson import to_geojson, to_geojson_text
from geomap.exporters.jsonlines import to_jsonl
from geomap.writing import write_file

TABLES = (".csv", ".jsonl", ".parquet")
"""Endings that any table of the program can be written with."""
PAGES = (".html", ".htm")
"""Endings of a map."""
BESIDE_A_MAP = (".csv", ".geojson")
"""Endings of what is written beside a map: the mention table, and its places."""


def write_table(table: pd.DataFrame, path: str | os.PathLike[str]) -> None:
    """Write a table in the format that the file name asks for.

    Parameters
    ----------
    table
        A mention table or any other table of the program.
    path
        Ends in ``.csv``, ``.jsonl`` or ``.parquet``; the last needs the extra ``geomap[parquet]``.

    Raises
    ------
    ConfigError
        If the ending is another one, or pyarrow is not installed.
    OutputError
        If the file cannot be written.
    """
    write_file(path, table_format(path)(table))


def table_format(path: str | os.PathLike[str], endings: Sequence[str] = TABLES) -> Callable[[pd.DataFrame], bytes]:
    """Return the function that turns a table into the bytes of a file of this name.

    Worth calling before a long run, so that a wrong ending or a missing pyarrow is found out at its start.

    Raises
    ------
    ConfigError
        If the ending is none of those given, or pyarrow is needed and not installed.
    """
    ending = check_ending(path, endings, "a table")
    if ending == ".parquet" and find_spec("pyarrow") is None:
        raise ConfigError("Parquet files need pyarrow, which is not installed: pip install 'geomap[parquet]'")
    return _WRITERS[ending]


def check_ending(path: str | os.PathLike[str], endings: Sequence[str], what: str) -> str:
    """Return the ending of a file's name in lower case, which says what is written there.

    Parameters
    ----------
    path
        The file.
    endings
        Those that fit.
    what
        How to call what is written, such as "a map".

    Raises
    ------
    ConfigError
        If it is none of those; the message lists them.
    """
    ending = Path(path).suffix.lower()
    if ending not in endings:
        raise ConfigError(f"{path}: {what} can be written as {', '.join(endings)}; choose one of these endings")
    return ending


def _to_parquet(table: pd.DataFrame) -> bytes:
    out = io.BytesIO()
    table.to_parquet(out, engine="pyarrow", index=False)
    return out.getvalue()


_WRITERS: Mapping[str, Callable[[pd.DataFrame], bytes]] = {
    ".csv": lambda table: to_csv(table).encode("utf-8", "replace"),
    ".jsonl": lambda table: to_jsonl(table).encode("utf-8", "replace"),
    ".parquet": _to_parquet,
    ".geojson": lambda mentions: to_geojson_text(to_geojson(mentions)).encode("utf-8", "replace"),
}
