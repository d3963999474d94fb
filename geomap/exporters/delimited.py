"""CSV, for spreadsheets, R and pandas.

Cells are written as they are. A sentence that begins with ``=``, ``+``, ``-`` or ``@`` stays as the report had it,
though a spreadsheet may take it for a formula: the table is evidence, and a changed quotation is a wrong one. Import
such a file with the columns set to text.
"""

import csv
import io
from collections.abc import Iterator
from typing import Any

import pandas as pd


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
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows(rows(table))
    return out.getvalue()


def rows(table: pd.DataFrame) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a table as Python values, with ``None`` for what is missing."""
    columns = [
        [None if missing else value for value, missing in zip(table[name].tolist(), table[name].isna(), strict=True)]
        for name in table.columns
    ]
    yield from zip(*columns, strict=True)
