"""CSV, for spreadsheets, R and pandas, and JSON Lines, for jq, databases and other programs: a line a row.

Cells of a CSV are written as they are. A sentence that begins with ``=``, ``+``, ``-`` or ``@`` stays as the report had
it, though a spreadsheet may take it for a formula: the table is evidence, and a changed quotation is a wrong one.
Import such a file with the columns set to text, or write one for Excel.

A CSV for Excel begins with a byte order mark, by which Excel knows UTF-8, and text cells that begin with what
spreadsheets take for the start of a formula (OWASP, "CSV Injection") have an apostrophe before it. Cells that have
apostrophes before such a character get one more, so that what is read back is what was written.
"""

import json
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, BinaryIO

import pandas as pd

from geomap.tables.files import FORMULA
from geomap.tables.saved import LISTS

if TYPE_CHECKING:
    from geomap.exporters.export import Export

_QUOTED = re.compile(r'[",\r\n]')
_MARK = "\ufeff"


def write_csv(export: "Export", file: BinaryIO) -> None:
    """Write a CSV file; a lone surrogate, which has no bytes, becomes "?"."""
    for number, part in enumerate(export.parts()):
        text = _lines(part, excel=export.excel) if number else to_csv(part, excel=export.excel)
        file.write(text.encode("utf-8", "replace"))


def to_csv(table: pd.DataFrame, *, excel: bool = False) -> str:
    """Write any table of the program as CSV (RFC 4180, but with LF line ends): a header, and a line a row.

    Missing numbers are empty cells. One for Excel has a byte order mark, and no text cell that a spreadsheet takes for
    a formula.
    """
    return (_MARK if excel else "") + ",".join(_cells(list(table.columns))) + "\n" + _lines(table, excel=excel)


def _lines(table: pd.DataFrame, *, excel: bool) -> str:
    columns = [_cells(column, excel=excel) for column in _columns(table)]
    return "".join(f"{','.join(row)}\n" for row in zip(*columns, strict=True))


def _cells(column: Sequence[Any], *, excel: bool = False) -> list[str]:
    if excel:
        column = [f"'{value}" if isinstance(value, str) and FORMULA.match(value) else value for value in column]
    texts = ["" if value is None else str(value) for value in column]
    # The csv module of Python 3.11 leaves a lone carriage return without quotes when lines end in LF.
    if _QUOTED.search("".join(texts)):
        return ['"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text for text in texts]
    return texts


def write_jsonl(export: "Export", file: BinaryIO) -> None:
    """Write a JSON Lines file; a lone surrogate, which has no bytes, becomes "?"."""
    for part in export.parts():
        file.write(to_jsonl(part).encode("utf-8", "replace"))


def to_jsonl(table: pd.DataFrame) -> str:
    """Write any table of the program as JSON Lines: an object a row with the columns as keys, in order.

    Missing numbers are ``null``, ``alternatives`` and ``sentences`` real lists. Empty for an empty table.
    """
    names = list(table.columns)
    return "".join(_line(dict(zip(names, row, strict=True))) for row in rows(table))


def _line(row: dict[str, object]) -> str:
    lists = {name: json.loads(text) for name in LISTS if isinstance(text := row.get(name), str)}
    return json.dumps({**row, **lists}, ensure_ascii=False, allow_nan=False) + "\n"


def rows(table: pd.DataFrame) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a table as Python values, with ``None`` for what is missing."""
    yield from zip(*_columns(table), strict=True)


def _columns(table: pd.DataFrame) -> list[list[Any]]:
    columns = ((column.tolist(), column.isna()) for _, column in table.items())
    return [
        [None if is_missing else value for value, is_missing in zip(values, missing, strict=True)]
        if missing.any()
        else values
        for values, missing in columns
    ]
