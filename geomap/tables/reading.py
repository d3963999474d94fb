"""Read saved tables back."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from geomap.errors import TableError
from geomap.tables.cells import check_of
from geomap.tables.edited import settled
from geomap.tables.older import with_added_columns, with_sentence_starts
from geomap.tables.schema import EVENT_COLUMNS, MENTION_COLUMNS, check_columns, typed


def read_mentions(path: str | Path) -> pd.DataFrame:
    """Read a mention table back from a file, with its exact dtypes.

    Needs neither spaCy nor a gazetteer. "NA" in ``country_code`` is Namibia, not a missing value.

    Parameters
    ----------
    path
        A ``.csv``, ``.jsonl`` or ``.parquet`` file written by `write_table`. Further columns are left out. A table of
        an earlier version may lack some, see `geomap.tables.older`.

    Returns
    -------
        The mention table, row by row as it was written; of one that was edited, see `geomap.tables.edited`.

    Raises
    ------
    TableError
        If the file is missing or damaged, has an unknown suffix, lacks columns, or holds a cell that does not fit: the
        message names its row and column.
    """
    return _read(Path(path), MENTION_COLUMNS, "parse", names="toponym")


def read_events(path: str | Path) -> pd.DataFrame:
    """Read an event table back from a file, as `read_mentions` does a mention table.

    Raises
    ------
    TableError
        As `read_mentions` does.
    """
    return _read(Path(path), EVENT_COLUMNS, "events", names="trigger")


def _read(path: Path, schema: Mapping[str, Any], verb: str, *, names: str) -> pd.DataFrame:
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise TableError(f"{path}: a table ends in {', '.join(_READERS)}; rename the file or convert it")
    try:
        raw = reader(path)
    except TableError:
        raise
    except FileNotFoundError:
        raise TableError(f"{path}: no such file; give a table that geomap {verb} wrote") from None
    except ImportError:
        raise TableError(f"{path}: reading Parquet needs pyarrow: pip install 'geomap[parquet]'") from None
    except (OSError, ValueError) as error:  # pandas, pyarrow and json errors are ValueErrors
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise TableError(f"{path}: cannot be read as a table ({reason}); write it again with geomap {verb}") from None
    raw = with_added_columns(with_sentence_starts(raw, names=names, what=str(path)))
    check_columns(raw, schema, str(path))
    columns = {name: _cells(raw[name], str(schema[name]), path) for name in schema}
    return typed(settled(columns, what=str(path)), schema)


def _read_csv(path: Path) -> pd.DataFrame:
    # na_filter off: an empty cell is an empty text, and "NA" is Namibia.
    return pd.read_csv(path, dtype=str, na_filter=False, encoding="utf-8-sig")


def _read_jsonl(path: Path) -> pd.DataFrame:
    rows = []
    for number, line in enumerate(path.read_bytes().splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise TableError(f"{path}, line {number}: not JSON ({error}); write the table again") from None
        if not isinstance(row, dict):
            raise TableError(f"{path}, line {number}: not a JSON object; write the table again")
        rows.append({**row, "alternatives": _as_json(row.get("alternatives", []))})
    empty = list({**MENTION_COLUMNS, **EVENT_COLUMNS})
    return pd.DataFrame(rows, columns=None if rows else empty, dtype=object)


def _as_json(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _read_parquet(path: Path) -> pd.DataFrame:
    return pd.read_parquet(path, engine="pyarrow")


_READERS: Mapping[str, Callable[[Path], pd.DataFrame]] = {
    ".csv": _read_csv,
    ".jsonl": _read_jsonl,
    ".parquet": _read_parquet,
}


def _cells(column: pd.Series, dtype: str, path: Path) -> list[Any]:
    check = check_of(str(column.name), dtype)
    cells = []
    for number, value in enumerate(column, start=1):
        try:
            cells.append(check.read(value))
        except (ValueError, TypeError, KeyError, OverflowError):
            raise TableError(
                f"{path}, row {number}: {str(value)[:40]!r} is no value for the column {column.name}, which holds "
                f"{check.fitting}; correct the cell"
            ) from None
    return cells
