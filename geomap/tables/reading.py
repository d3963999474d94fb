"""Read saved tables back."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

from geomap.errors import TableError
from geomap.formats import FORMATS, Kind, endings
from geomap.tables.cells import check_of
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
    """Read a place table back from a file, as `read_mentions` does a mention table.

    Raises
    ------
    TableError
        As `read_mentions` does.
    """
    return _read(Path(path), "places")


def read_events(path: str | Path) -> pd.DataFrame:
    """Read an event table back from a file, as `read_mentions` does a mention table.

    Raises
    ------
    TableError
        As `read_mentions` does.
    """
    return _read(Path(path), "events")


def read_incidents(path: str | Path) -> pd.DataFrame:
    """Read an incident table back from a file, as `read_mentions` does a mention table.

    Raises
    ------
    TableError
        As `read_mentions` does.
    """
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


class _Texts(dict[str, Any]):
    """Texts → what is read of them, each read once: most cells of a column are as another one is."""

    def __init__(self, read: Callable[[Any], Any]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, text: str) -> Any:
        found = self[text] = self._read(text)
        return found


def _cells(column: pd.Series, dtype: str, path: Path) -> list[Any]:
    check = check_of(str(column.name), dtype)
    texts, cells = _Texts(check.read), list[Any]()
    try:
        for value in column.tolist():
            cells.append(texts[value] if type(value) is str else check.read(value))
    except (ValueError, TypeError, KeyError, OverflowError):
        raise TableError(
            f"{path}, row {len(cells) + 1}: {str(value)[:40]!r} is no value for the column {column.name}, which holds "
            f"{check.fitting}; correct the cell"
        ) from None
    return cells
