"""JSON Lines: one object a row, for jq, databases and other programs."""

import json
from typing import TYPE_CHECKING, BinaryIO

import pandas as pd

from geomap.exporters.delimited import rows

if TYPE_CHECKING:
    from geomap.exporters.export import Export

_LISTS = ("alternatives", "sentences")
"""Columns that hold JSON."""


def write_jsonl(export: "Export", file: BinaryIO) -> None:
    """Write a JSON Lines file; a lone surrogate, which has no bytes, becomes "?"."""
    for part in export.parts():
        file.write(to_jsonl(part).encode("utf-8", "replace"))


def to_jsonl(table: pd.DataFrame) -> str:
    """Write a table as JSON Lines.

    Parameters
    ----------
    table
        Any table of the program.

    Returns
    -------
        One object a row with the columns as keys, in order; missing numbers are ``null``, and ``alternatives`` and
        ``sentences`` are real lists. Empty for an empty table.
    """
    names = list(table.columns)
    return "".join(_line(dict(zip(names, row, strict=True))) for row in rows(table))


def _line(row: dict[str, object]) -> str:
    lists = {name: json.loads(text) for name in _LISTS if isinstance(text := row.get(name), str)}
    return json.dumps({**row, **lists}, ensure_ascii=False, allow_nan=False) + "\n"
