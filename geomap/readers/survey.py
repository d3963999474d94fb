"""A look at all rows of a file before they are read: its columns, the order of its dates, garbled characters."""

import difflib
import warnings
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from geomap.errors import GeomapWarning, ReportError
from geomap.readers.dates import date_order, has_day_and_month, looks_like_day
from geomap.readers.documents import OpenFile, Readings
from geomap.readers.encoding import warn_of_double_encoding
from geomap.readers.report_rows import Row, find_columns, name_columns, plain_name, read_rows

_TRIED = 50  # rows in which a column of dates is looked for
_LEAST_SHARE = 0.8  # of its values that look like a day; the rest may be "unknown"


@dataclass(slots=True)
class _Columns:
    """What the rows of a file hold."""

    names: dict[str, None] = field(default_factory=dict)
    """All columns, in order of appearance."""
    published: dict[str, dict[str, None]] = field(default_factory=dict)
    """Column of the publication date → its distinct values of day, month and year in numbers, in order of appearance;
    JSON Lines may have it under several names."""
    days: Counter[str] = field(default_factory=Counter)
    """Column → how many of its first values look like a day."""
    filled: Counter[str] = field(default_factory=Counter)
    """Column → how many of its first values there are."""
    garbled: bool = False
    """Whether a text that looks doubly encoded was met, and said so."""


def read_surveyed(rows: Callable[[], Iterable[Row | ReportError]], file: OpenFile) -> Readings:
    """Yield a document a row, or the row's error, after a first look at all of them.

    Parameters
    ----------
    rows
        Gives the rows of the file from its beginning, as often as it is called.
    file
        The file.

    Raises
    ------
    ReportError
        A column that the user named stands in no row; the columns that there are are listed.
    """
    day_first = _survey(rows(), file)
    yield from read_rows(rows(), file, day_first=day_first)


def _survey(rows: Iterable[Row | ReportError], file: OpenFile) -> dict[str, bool | None]:
    """Look at all rows of a file that can be read, and warn once of what is odd about its dates and its characters.

    Returns
    -------
        Column of dates → whether its dates name the day first; ``None`` when each is to be read by itself.
    """
    seen = _Columns()
    for number, row in enumerate(row for row in rows if isinstance(row, Row)):
        found = find_columns(list(row.values), file.columns)
        _take_in(row, seen, found.get("published"), tried=number < _TRIED)
        text = row.values.get(found.get("text", ""))
        if not seen.garbled and isinstance(text, str):
            seen.garbled = warn_of_double_encoding(text, path=file.path, line=row.line)
    if seen.names:
        _require_columns(seen.names, file)
    if not seen.published:
        _warn_of_unused_dates(seen, file)
    return {column: _order(column, values, file) for column, values in seen.published.items()}


def _take_in(row: Row, seen: _Columns, published: str | None, *, tried: bool) -> None:
    seen.names.update(dict.fromkeys(row.values))
    if published is not None:
        day = _words(row.values[published])
        seen.published.setdefault(published, {}).update({day: None} if has_day_and_month(day) else {})
    elif tried:
        for name, value in row.values.items():
            seen.filled[name] += value not in (None, "")
            seen.days[name] += looks_like_day(_words(value))


def _words(value: object) -> str:
    return str(value).strip() if isinstance(value, str | int) else ""


def _require_columns(names: Iterable[str], file: OpenFile) -> None:
    present = {plain_name(name): name for name in names}
    for our_field, column in (file.columns or {}).items():
        if plain_name(column) not in present:
            near = difflib.get_close_matches(plain_name(column), present, n=1)
            hint = f"did you mean {present[near[0]]!r}?" if near else f"name the one that holds it ({our_field}=COLUMN)"
            problem = f"no column {column!r} for the {our_field}; the columns are {name_columns(names)}: {hint}"
            raise ReportError(problem, path=file.path)


def _warn_of_unused_dates(seen: _Columns, file: OpenFile) -> None:
    likely = [name for name, number in seen.days.items() if number and number >= _LEAST_SHARE * seen.filled[name]]
    if likely:
        warnings.warn(
            f"{file.path}: no column of publication dates was found, but {likely[0]!r} looks like one; if it is, say "
            f"published={likely[0]}",
            GeomapWarning,
            stacklevel=2,
        )


def _order(column: str, values: Iterable[str], file: OpenFile) -> bool | None:
    order = date_order(values)
    if order.day_first is not None and order.doubtful:
        first, second = ("day", "month") if order.day_first else ("month", "day")
        warnings.warn(
            f"{file.path}: the dates of the column {column!r} are all read {first} first, as {order.proof!r} must be"
            f"; write them as YYYY-MM-DD if some begin with the {second}",
            GeomapWarning,
            stacklevel=2,
        )
    return order.day_first
