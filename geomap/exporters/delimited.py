"""CSV, for spreadsheets, R and pandas.

Cells are written as they are. A sentence that begins with ``=``, ``+``, ``-`` or ``@`` stays as the report had it,
though a spreadsheet may take it for a formula: the table is evidence, and a changed quotation is a wrong one. Import
such a file with the columns set to text.
"""

import re
from collections.abc import Iterator
from typing import Any

import pandas as pd

_QUOTED = re.compile(r'[",\r\n]')


def to_csv(table: pd.DataFrame) -> str:
    """Write a table as CSV (RFC 4180, but with LF line ends).

    Parameters
    ----------
    table
        Any table of the program.

    Returns
    -------
        A header line and a line a row; missing numbers are empty cells. Only the header for an empty table.
    """
    lines = (",".join(map(_cell, row)) for row in rows(table))
    return "".join(f"{line}\n" for line in (",".join(table.columns), *lines))


def _cell(value: Any) -> str:
    # The csv module of Python 3.11 leaves a lone carriage return without quotes when lines end in LF.
    text = "" if value is None else str(value)
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text


def rows(table: pd.DataFrame) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a table as Python values, with ``None`` for what is missing."""
    columns = [
        [None if missing else value for value, missing in zip(table[name].tolist(), table[name].isna(), strict=True)]
        for name in table.columns
    ]
    yield from zip(*columns, strict=True)
