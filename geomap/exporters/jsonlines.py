"""JSON Lines: one object a row, for jq, databases and other programs."""

import json

import pandas as pd

from geomap.exporters.delimited import rows


def to_jsonl(table: pd.DataFrame) -> str:
    """Write a table as JSON Lines.

    Parameters
    ----------
    table
        Any table of the program.

    Returns
    -------
        One object a row with the columns as keys, in order; missing numbers are ``null`` and ``alternatives`` is a real
        list. Empty for an empty table.
    """
    names = list(table.columns)
    return "".join(_line(dict(zip(names, row, strict=True))) for row in rows(table))


def _line(row: dict[str, object]) -> str:
    if isinstance(alternatives := row.get("alternatives"), str):
        row = {**row, "alternatives": json.loads(alternatives)}
    return json.dumps(row, ensure_ascii=False, allow_nan=False) + "\n"
