"""Read saved tables back. People edit tables and spreadsheets save them anew, so each cell is checked."""

import datetime
import json
import math
import re
from collections.abc import Callable, Mapping
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from geomap.errors import TableError
from geomap.formats import FORMATS, Kind, endings
from geomap.tables.edited import settled
from geomap.tables.older import with_added_columns, with_following_cells, with_sentence_starts
from geomap.tables.schema import SCHEMAS, VERBS, check_columns, typed

_NAMES: dict[Kind, str] = {"mentions": "toponym", "events": "trigger"}
"""The column with the words that stand at ``start``."""


def read_mentions(path: str | Path) -> pd.DataFrame:
    """Read a mention table back from a file, with its exact dtypes.

    Needs neither spaCy nor a gazetteer. "NA" in ``country_code`` is Namibia, not a missing value.

    Parameters
    ----------
    path
        A file that `write_table` wrote, with any ending of `geomap.formats.FORMATS`. Further columns are left out, and
        geometries are not looked at: the coordinates are columns. A table of an earlier version may lack some columns,
        see `geomap.tables.older`.

    Returns
    -------
        The mention table, row by row as it was written; of one that was edited, see `geomap.tables.edited`.

    Raises
    ------
    TableError
        If the file is missing or damaged, has an unknown ending, lacks columns, or holds a cell that does not fit: the
        message names its row and column.
    """
    return _read(Path(path), "mentions")


def read_places(path: str | Path) -> pd.DataFrame:
    """Read a place table back from a file; parameters and errors as `read_mentions`."""
    return _read(Path(path), "places")


def read_events(path: str | Path) -> pd.DataFrame:
    """Read an event table back from a file; parameters and errors as `read_mentions`."""
    return _read(Path(path), "events")


def read_incidents(path: str | Path) -> pd.DataFrame:
    """Read an incident table back from a file; parameters and errors as `read_mentions`."""
    return _read(Path(path), "incidents")


def _read(path: Path, kind: Kind) -> pd.DataFrame:
    schema, what = SCHEMAS[kind], str(path)
    raw = _raw(path, kind)
    lacking = set(schema) - set(raw.columns)
    if kind in _NAMES:
        raw = with_sentence_starts(raw, names=_NAMES[kind], what=what)
    raw = with_added_columns(raw, kind)
    check_columns(raw, schema, what)
    columns = {name: _cells(raw[name], str(schema[name]), path) for name in schema}
    return typed(with_following_cells(settled(columns, what=what), lacking=lacking), schema)


def _raw(path: Path, kind: Kind) -> pd.DataFrame:
    """Return the table of a file with cells of any type."""
    found = FORMATS.get(path.suffix.lower())
    if found is None:
        raise TableError(f"{path}: a table ends in {', '.join(endings())}; rename the file or convert it")
    again = f"write it again with geomap {VERBS[kind]}"
    try:
        table: pd.DataFrame = found.read(path, kind)
    except TableError:
        raise
    except FileNotFoundError:
        raise TableError(f"{path}: no such file; give a table that geomap {VERBS[kind]} wrote") from None
    except ImportError as error:
        needed = f"needs {error.name}: pip install 'geomap[{found.extra}]'"
        raise TableError(f"{path}: reading {found.title} {needed}") from None
    except (OSError, ValueError) as error:  # pandas, pyarrow and json errors are ValueErrors
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise TableError(f"{path}: cannot be read as a table ({reason}); {again}") from None
    return table


def _cells(column: pd.Series, dtype: str, path: Path) -> list[Any]:
    check = check_of(str(column.name), dtype)
    read_once, cells = cache(check.read), list[Any]()  # most texts of a column stand in others of its cells, too
    try:
        for value in column.tolist():
            cells.append(read_once(value) if type(value) is str else check.read(value))
    except (ValueError, TypeError, KeyError, OverflowError):
        raise TableError(
            f"{path}, row {len(cells) + 1}: {str(value)[:40]!r} is no value for the column {column.name}, which holds "
            f"{check.fitting}; correct the cell"
        ) from None
    return cells


_MOST = 2**53 - 1
"""The largest whole number that every program which reads the outputs holds exactly."""

_RANGES: Mapping[str, tuple[float, float]] = {
    "latitude": (-90, 90),
    "longitude": (-360, 360),
    "point_latitude": (-90, 90),
    "point_longitude": (-360, 360),
    "radius_km": (0, 20_040),
    **dict.fromkeys(("confidence", "mean_confidence", "max_confidence"), (0, 1)),
    "date_precision": (1, 3),
    "geo_precision": (1, 3),
    "where_precision": (1, 7),
}
"""Column → least and greatest number. A longitude may count on around the Earth; half way around it are 20,040 km. A
whole number of any other column is an offset or a count, and at least 0."""

DAYS: Mapping[str, int] = {
    **dict.fromkeys(("published", "first_published", "last_published", "first_date", "last_date"), 1),
    "event_date": 2,
}
"""Column → how many days it holds at most, the first and the last of an interval."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_NUMBER = re.compile(r"\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\s*", re.ASCII)
_TRUTH = {"true": True, "1": True, "false": False, "0": False}


class Check(NamedTuple):
    """How a column is read."""

    read: Callable[[Any], Any]
    """Returns the value of a cell; raises ValueError, TypeError, KeyError or OverflowError for one that is none."""
    fitting: str
    """What fits, for the message: "a number from 0 to 1"."""


def check_of(column: str, dtype: str) -> Check:
    """Return how the cells of a column are read and checked, by its name and its dtype in the schema, as text."""
    if column in DAYS:
        days = DAYS[column]
        words = "a day such as 2024-08-06" + (", an interval such as 2024-08-05/2024-08-11" if days > 1 else "")
        return Check(partial(_dates, most=days), f"{words}, or nothing")
    if column in LISTS:
        return Check(LISTS[column], "a JSON list of objects with finite numbers")
    if dtype == "string":
        return Check(_text, "a text")
    if dtype == "bool":
        return Check(lambda value: _TRUTH[str(value).strip().lower()], "true or false")
    whole = dtype in ("int64", "Int64")
    low, high = _RANGES.get(column, (0, _MOST) if whole else (-math.inf, math.inf))
    empty = {"int64": None, "Int64": [None], "float64": [math.nan]}[dtype]
    read = partial(_number, low=low, high=high, whole=whole, empty=empty)
    fitting = f"{'a whole number' if whole else 'a number'} from {low:,} to {high:,}"
    return Check(read, fitting + (", or nothing" if empty else ""))


def _is_empty(value: object) -> bool:
    return value is None or value is pd.NA or value == "" or (isinstance(value, float) and math.isnan(value))


def _text(value: object) -> str:
    return "" if _is_empty(value) else str(value)


def _number(value: Any, *, low: float, high: float, whole: bool, empty: list[Any] | None) -> Any:
    """Return a number in its bounds, or what stands for an empty cell where the column may have one."""
    if empty and _is_empty(value):
        return empty[0]
    if isinstance(value, str) and not _NUMBER.fullmatch(value):  # float() would take "inf", "nan" and "1_000"
        raise ValueError(value)
    number = float(value)
    if not (low <= number <= high) or (whole and not number.is_integer()):
        raise ValueError(value)
    return int(number) if whole else number


def _dates(value: object, *, most: int) -> str:
    """Return a cell that holds at most so many days, the earlier first, as it is."""
    text = _text(value).strip()
    days = text.split("/") if text else []
    if len(days) > most or not all(map(_DAY.fullmatch, days)):
        raise ValueError(value)
    read = list(map(datetime.date.fromisoformat, days))  # the 31st of June is none
    if read != sorted(read):
        raise ValueError(value)
    return text


@lru_cache(maxsize=4096)
def _alternatives(text: str) -> str:
    """Return a cell that holds a list of candidates as JSON, as it is; "[]" for an empty one."""
    for axis in ("latitude", "longitude"):
        for one in _parsed(text):
            _number(one.get(axis), low=_RANGES[axis][0], high=_RANGES[axis][1], whole=False, empty=[math.nan])
    return "[]" if _is_empty(text) else text


def _sentences(text: str) -> str:
    """Return a cell that holds the events of an incident as JSON, as it is; "[]" for an empty one."""
    _parsed(text)
    return "[]" if _is_empty(text) else text


def _parsed(text: str) -> list[dict[str, Any]]:
    try:
        found = json.loads(text, parse_constant=_refused, parse_float=_finite) if not _is_empty(text) else []
    except RecursionError:
        raise ValueError(text) from None
    if not (isinstance(found, list) and all(isinstance(one, dict) for one in found)):
        raise ValueError(text)
    return found


def _refused(name: str) -> float:
    raise ValueError(name)


def _finite(text: str) -> float:
    number = float(text)
    return number if math.isfinite(number) else _refused(text)


LISTS: Mapping[str, Callable[[Any], str]] = {"alternatives": _alternatives, "sentences": _sentences}
"""Columns that hold JSON → what reads them."""
