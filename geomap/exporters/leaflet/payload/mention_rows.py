"""The mention table as lists: read once, checked, and sorted by report and place in the text."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from geomap.errors import TableError
from geomap.tables.schema import MENTION_COLUMNS, check_columns

TEXTS = (
    *("title", "url", "source", "published", "sentence", "toponym", "role", "relation"),
    *("location_basis", "location_words", "entry_id", "name", "feature_class", "feature_code"),
    *("country_code", "admin1", "alternatives", "event_type", "event_sub_type", "event_date"),
)
"""The columns that the map reads as text; a cell that holds none, such as the NaN of an empty CSV cell, is empty."""

WHOLE = ("sentence_index", "start", "end")
"""The columns that say where a mention is: without a number in each of them it cannot be shown."""

NUMBERS = (
    *("sentence_start", "latitude", "longitude", "point_latitude", "point_longitude", "radius_km"),
    *("population", "confidence", "date_precision", "geo_precision", "where_precision"),
)
"""The columns that the map reads as numbers; NaN where there is none."""

FLAGS = ("boilerplate", "is_event_place")
"""The columns that the map reads as true or false; what is neither is false."""

COLUMNS = tuple(name for name in MENTION_COLUMNS if name in {"document_id", *TEXTS, *WHOLE, *NUMBERS, *FLAGS})
"""The columns of the mention table that the map reads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MentionRows:
    """A mention table, column by column, sorted by report, start and end."""

    documents: Sequence[str]
    """Ids of all reports, those given first, in the order of their numbers."""
    document: Sequence[int]
    """The number of the report of each row."""
    texts: Mapping[str, Sequence[str]]
    """The columns of `TEXTS`."""
    whole: Mapping[str, Sequence[int]]
    """The columns of `WHOLE`."""
    numbers: Mapping[str, np.ndarray]
    """The columns of `NUMBERS`."""
    flags: Mapping[str, Sequence[int]]
    """The columns of `FLAGS` as 0 and 1."""
    given: np.ndarray
    """The position in the table of each row, from 0."""

    @property
    def columns(self) -> Mapping[str, Sequence[Any]]:
        """Texts, numbers and flags by the names of their columns."""
        numbers = {name: values.tolist() for name, values in self.numbers.items()}
        return {**self.texts, **numbers, **self.flags}


def sorted_rows(mentions: pd.DataFrame, given: Iterable[str]) -> MentionRows:
    """Read a mention table; the reports of the ids that are given come first, whether the table knows them or not.

    That columns are missing, or a row lacks its document or its place in it, is a `TableError`, which names the row.
    """
    check_columns(mentions, dict.fromkeys(COLUMNS), "the mention table")
    ids = _document_ids(mentions["document_id"])
    number = {key: n for n, key in enumerate(dict.fromkeys([*given, *ids]))}
    documents = np.fromiter((number[key] for key in ids), dtype=np.int64, count=len(ids))
    whole = {name: _whole_numbers(mentions[name], name) for name in WHOLE}
    order = np.lexsort((whole["end"], whole["start"], documents))
    return MentionRows(
        documents=list(number),
        document=documents[order].tolist(),
        texts={name: _texts(mentions[name], order) for name in TEXTS},
        whole={name: values[order].tolist() for name, values in whole.items()},
        numbers={name: _numbers(mentions[name])[order] for name in NUMBERS},
        flags={name: [int(value is True or value == 1) for value in _cells(mentions[name], order)] for name in FLAGS},
        given=order,
    )


def coded(values: Sequence[Any], *, first: Any = "") -> tuple[list[int], list[Any]]:
    """Return the number of each value in the list of different ones, and that list: ``first``, then the rest sorted."""
    different = [first, *sorted(set(values) - {first})]
    number = {value: n for n, value in enumerate(different)}
    return [number[value] for value in values], different


def _document_ids(column: pd.Series) -> list[str]:
    values = column.tolist()
    for row, value in enumerate(values, start=1):
        if not isinstance(value, str) and pd.isna(value):
            raise TableError(_what_is_missing(row, "document_id"))
    return list(map(str, values))


def _whole_numbers(column: pd.Series, name: str) -> np.ndarray:
    values = _numbers(column)
    missing = np.flatnonzero(np.isnan(values))
    if len(missing):
        raise TableError(_what_is_missing(int(missing[0]) + 1, name))
    return values.astype(np.int64)


def _what_is_missing(row: int, name: str) -> str:
    return (
        f"the mention table, row {row}: the column {name} is empty; fill the cell in, or leave such rows out with "
        f"mentions.dropna(subset=[{name!r}])"
    )


def _cells(column: pd.Series, order: np.ndarray) -> list[Any]:
    values = column.tolist()
    return [values[row] for row in order.tolist()]


def _texts(column: pd.Series, order: np.ndarray) -> list[str]:
    if isinstance(column.dtype, pd.StringDtype):  # nothing but text and missing values: ten times as quick
        values: list[str] = column.to_numpy(dtype=object, na_value="")[order].tolist()
        return values
    return [value if isinstance(value, str) else "" for value in _cells(column, order)]


def _numbers(column: pd.Series) -> np.ndarray:
    values = pd.to_numeric(column, errors="coerce").to_numpy(dtype=float, na_value=np.nan)
    return np.where(np.isfinite(values), values, np.nan)
