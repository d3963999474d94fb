"""Rows of a table, a feed or JSON → documents: which column is what, ids, and mentions that are already marked.

All rows of a file are looked at before they are read: its columns, the order of its dates and garbled characters show
in all of them together.
"""

import difflib
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import Any

from geomap.errors import ConfigError, GeomapWarning, ReportError
from geomap.readers.dates import date_order, has_day_and_month, looks_like_day
from geomap.readers.documents import OpenFile, Reading, Readings, make_document, unify_line_ends
from geomap.readers.encoding import warn_of_double_encoding
from geomap.types import Span

SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "document_id", "doc_id"),
    "text": (
        *("text", "body", "content", "article", "article_body", "body_text", "main_text", "full_text"),
        *("content_text", "content_html", "body_html"),
    ),
    "title": ("title", "headline", "web_title"),
    "url": ("url", "link", "web_url", "permalink"),
    "published": (
        *("published", "date", "published_at", "publish_date", "published_date", "publication_date"),
        *("date_published", "pub_date", "seendate", "event_date", "day", "created_at", "timestamp"),
        *("date_publish", "web_publication_date"),
    ),
    "source": ("source", "outlet", "publisher", "media_name", "site_name", "source_domain", "domain"),
    "mentions": ("mentions",),
}
"""Field → column names understood without being told, the first one present wins; case, blanks, hyphens and low lines
do not count, so that "publishedAt" is "published_at"."""

_PLAIN = str.maketrans("", "", " -_\n\r\t")
_MOST_SHOWN = 20
_LONGEST_SHOWN = 60
_TRIED = 50  # rows in which a column of dates is looked for
_LEAST_SHARE = 0.8  # of its values that look like a day; the rest may be "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a file."""

    line: int
    """Line in the file where it begins, or its number among the `OpenFile.unit` of the file, counted from 1."""
    values: Mapping[str, Any]
    """Value by column."""


def check_columns(columns: Mapping[str, str] | None) -> None:
    """Raise a `ConfigError` when ``columns`` maps a field that does not exist."""
    unknown = sorted(set(columns or ()) - set(SYNONYMS))
    if unknown:
        raise ConfigError(f"no field named {', '.join(map(repr, unknown))}; fields are {', '.join(SYNONYMS)}")


def find_columns(names: Sequence[str], columns: Mapping[str, str] | None) -> dict[str, str]:
    """Return field → column for the fields that the columns ``names`` hold; a mapped field never falls back."""
    plain = {plain_name(name): name for name in reversed(names)}
    found = {}
    for ours in SYNONYMS:
        wanted = (plain_name(columns[ours]),) if columns and ours in columns else _PLAIN_SYNONYMS[ours]
        column = next((plain[name] for name in wanted if name in plain), None)
        if column is not None:
            found[ours] = column
    return found


def name_columns(names: Iterable[str]) -> str:
    """Return the first columns of a file for a message of one line."""
    shown = [repr(name[:_LONGEST_SHOWN]) for name in islice(names, _MOST_SHOWN + 1)]
    return ", ".join(shown[:_MOST_SHOWN] + ["…"] * (len(shown) > _MOST_SHOWN)) or "no columns at all"


def header_of(cells: Sequence[str], file: OpenFile) -> tuple[list[str], bool]:
    """Return what the columns of a table are called whose first row is given, and whether it is a report.

    There are no names when no column can hold the text. They are 1, 2, 3 … where the user named columns by numbers that
    the first row does not hold: there is no header then. A column called "mentions" is someone's own, since a cell is
    text and no list of spans.
    """
    numbers = [column for column in (file.columns or {}).values() if column.isascii() and column.isdigit()]
    if numbers and not set(numbers) & {cell.strip() for cell in cells}:
        return [str(number) for number, _ in enumerate(cells, start=1)], True
    if "text" not in find_columns(cells, file.columns):
        return [], False
    return ["" if cell.strip().casefold() == "mentions" else cell for cell in cells], False


MOST_ABOVE = 10
"""Rows among which the one that names the columns is looked for: exports begin with a title or a line of notes."""


def no_text_column(cells: Sequence[str]) -> str:
    """Return what is wrong with a table whose first row names no column for the text."""
    return (
        f"no column for the text; the columns are {name_columns(cells)}: name the one that holds it (text=COLUMN), or "
        "its number if there is no header (text=2)"
    )


def read_rows(rows: Callable[[], Iterable[Row | ReportError]], file: OpenFile) -> Readings:
    """Yield a document a row, or the row's error, after a first look at all of them: ``rows`` gives them twice.

    An id given twice in one file is the later row's error.

    Raises
    ------
    ReportError
        A column that the user named stands in no row; the columns that there are are listed.
    """
    day_first = _survey(rows(), file)
    lines: dict[str, int] = {}
    for row in rows():
        if isinstance(row, ReportError):
            yield row
            continue
        try:
            found = find_columns(list(row.values), file.columns)
            yield _read_row(row, file, found, lines, day_first=day_first.get(found.get("published", "")))
        except ReportError as error:
            yield file.error(str(error), line=row.line)


def _read_row(
    row: Row, file: OpenFile, found: Mapping[str, str], lines: dict[str, int], *, day_first: bool | None
) -> Reading:
    """Return the document of a row; raises a `ReportError` that says what is wrong with it, but not where."""
    values = {field: row.values[column] for field, column in found.items()}
    text = values.get("text")
    if "text" in values and not isinstance(text, str):
        raise ReportError("the text is missing or is no string; fill it in, or leave the row out")
    if not isinstance(text, str):
        keys = name_columns(row.values)
        raise ReportError(f"no text; the row has {keys}: name the one that holds it (text=COLUMN)")
    mentions = _given_mentions(values.get("mentions"), len(text))
    given_id = _plain_value("id", values.get("id")).strip()
    if given_id and given_id in lines:
        before = f"{file.unit} {lines[given_id]}"
        raise ReportError(f"the id {given_id[:_LONGEST_SHOWN]!r} already stands on {before}; give each row its own")
    reading = make_document(
        file,
        id=given_id or f"{file.name}:{row.line}",
        text=text if mentions is not None else unify_line_ends(text),
        title=_plain_value("title", values.get("title")),
        url=_plain_value("url", values.get("url")),
        published=_plain_value("published", values.get("published")),
        day_first=day_first,
        outlet=_plain_value("source", _name_of(values.get("source"))),
        given_mentions=mentions,
        line=row.line,
    )
    if given_id and not isinstance(reading, ReportError):
        lines[given_id] = row.line
    return reading


@lru_cache(1 << 12)
def plain_name(name: str) -> str:
    """Return the name of a column as it is compared: "Published At", "published-at" and "publishedAt" are one."""
    return name.strip().casefold().translate(_PLAIN)


_PLAIN_SYNONYMS = {field: tuple(map(plain_name, names)) for field, names in SYNONYMS.items()}
KNOWN_NAMES = frozenset(name for names in _PLAIN_SYNONYMS.values() for name in names)
"""All names of `SYNONYMS`, as `plain_name` gives them."""


def _name_of(outlet: object) -> object:
    """Return the name of an outlet that is an object with one, as NewsAPI and schema.org write it."""
    return outlet["name"] if isinstance(outlet, dict) and "name" in outlet else outlet


def _plain_value(field: str, value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise ReportError(f"the {field} is neither text nor a number; give it as text or leave it out")
    return str(value)


def _given_mentions(value: object, length: int) -> tuple[Span, ...] | None:
    if value is None:
        return None
    if not isinstance(value, list):
        raise ReportError('mentions must be a list, as [{"start": 0, "end": 4}]')
    return tuple(sorted({_span(mention, length) for mention in value}))


def _span(mention: object, length: int) -> Span:
    start, end = (mention.get("start"), mention.get("end")) if isinstance(mention, dict) else (None, None)
    if type(start) is not int or type(end) is not int:  # bool is an int, but no offset
        raise ReportError("a mention needs whole numbers as start and end")
    if not 0 <= start < end <= length:
        raise ReportError(
            f"a mention from {start} to {end} lies outside the text or is empty; the text has {length} characters, "
            "counted as Unicode code points"
        )
    return start, end


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
