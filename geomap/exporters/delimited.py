"""CSV, for spreadsheets, R and pandas.

Cells are written as they are. A sentence that begins with ``=``, ``+``, ``-`` or ``@`` stays as the report had it,
though a spreadsheet may take it for a formula: the table is evidence, and a changed quotation is a wrong one. Import
such a file with the columns set to text, or write one for Excel.

A CSV for Excel begins with a byte order mark, by which Excel knows UTF-8, and text cells that begin with what
spreadsheets take for the start of a formula (OWASP, "CSV Injection") have an apostrophe before it. Cells that have
apostrophes before such a character get one more, so that what is read back is what was written.
"""

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, BinaryIO

import pandas as pd

if TYPE_CHECKING:
    from geomap.exporters.export import Export

_QUOTED = re.compile(r'[",\r\n]')
_FORMULA = re.compile(r"'*[=+\-@\t\r\n\0＝＋－＠]")
_MARK = "\ufeff"


def write_csv(export: "Export", file: BinaryIO) -> None:
    """Write a CSV file; a lone surrogate, which has no bytes, becomes "?"."""
    for number, part in enumerate(export.parts()):
        text = _lines(part, excel=export.excel) if number else to_csv(part, excel=export.excel)
        file.write(text.encode("utf-8", "replace"))


def to_csv(table: pd.DataFrame, *, excel: bool = False) -> str:
    """Write a table as CSV (RFC 4180, but with LF line ends).

    Parameters
    ----------
    table
        Any table of the program.
    excel
        Whether it is for Excel: with a byte order mark, and no text cell that a spreadsheet takes for a formula.

    Returns
    -------
        A header line and a line a row; missing numbers are empty cells. Only the header for an empty table.
    """
    return (_MARK if excel else "") + _line(table.columns, _cell) + _lines(table, excel=excel)


def _lines(table: pd.DataFrame, *, excel: bool) -> str:
    cell = _neutral_cell if excel else _cell
    return "".join(_line(row, cell) for row in rows(table))


def _line(row: Any, cell: Callable[[Any], str]) -> str:
    return ",".join(map(cell, row)) + "\n"


def _cell(value: Any) -> str:
    # The csv module of Python 3.11 leaves a lone carriage return without quotes when lines end in LF.
    text = "" if value is None else str(value)
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text


def _neutral_cell(value: Any) -> str:
    return _cell(f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value)


def rows(table: pd.DataFrame) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a table as Python values, with ``None`` for what is missing."""
    columns = [
        [None if missing else value for value, missing in zip(table[name].tolist(), table[name].isna(), strict=True)]
        for name in table.columns
    ]
    yield from zip(*columns, strict=True)
