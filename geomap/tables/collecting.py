"""Rows gathered into a table: all of them, or some at a time, so that a table need not fit into memory."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pandas as pd

from geomap.tables.schema import typed

Row = Mapping[str, Any]

ROWS_AT_ONCE = 2048
"""Rows after which a part of a table is full: some 4 MB of a mention table."""


class Rows:
    """The rows of a table that is being made, column by column.

    Parameters
    ----------
    schema
        Column → dtype; cells that a row lacks are missing, others are left out.
    """

    def __init__(self, schema: Mapping[str, Any]) -> None:
        self.schema = schema
        self._columns: dict[str, list[Any]] = {name: [] for name in schema}

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(next(iter(self._columns.values())))

    def add(self, rows: Iterable[Row]) -> None:
        """Add rows behind those that are there."""
        group = list(rows)
        for name, cells in self._columns.items():
            cells += [row.get(name) for row in group]

    def taken(self) -> pd.DataFrame:
        """Return the rows as a table, and begin anew without any."""
        columns, self._columns = self._columns, {name: [] for name in self.schema}
        return typed(columns, self.schema)


def in_parts(groups: Iterable[Iterable[Row]], schema: Mapping[str, Any]) -> Iterator[pd.DataFrame]:
    """Yield groups of rows as tables of some `ROWS_AT_ONCE` rows, as they come; no group is divided."""
    rows = Rows(schema)
    for group in groups:
        rows.add(group)
        if len(rows) >= ROWS_AT_ONCE:
            yield rows.taken()
    if len(rows):
        yield rows.taken()
