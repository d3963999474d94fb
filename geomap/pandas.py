"""Reports in a DataFrame: ``import geomap.pandas`` gives every DataFrame and Series the accessor ``.geomap``.

::

    import pandas as pd
    import geomap.pandas

    reports = pd.DataFrame({"body": ["Shelling hit Pokrovsk on Friday."], "day": ["2024-09-07"]})
    mentions = reports.geomap.parse(text="body", published="day")  # carries the index of reports
    reports.join(mentions, rsuffix="_of_mention")
"""

import io
import math
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Unpack, cast

import pandas as pd

from geomap.errors import ConfigError, ReportError, did_you_mean
from geomap.exporters.leaflet import GeoMap, to_map
from geomap.kept_parsers import Settings, parse_kept
from geomap.readers.dates import date_order
from geomap.readers.documents import OpenFile, make_document
from geomap.readers.report_rows import find_columns, name_columns
from geomap.tables import to_events, to_mentions
from geomap.types import Document, ParsedDocument

_LONGEST_SHOWN = 60
_FIELDS = ("text", "published", "title", "url", "source", "id")
_BY_NAME = ("text", "published", "title", "url", "source")
"""Fields whose usual names are understood without being told; a column "id" may count anything."""


class Options(Settings, total=False):
    """The columns of a report's facts, beside its text, and the settings of `Geoparser`."""

    published: str | None
    title: str | None
    url: str | None
    source: str | None
    id: str | None


@pd.api.extensions.register_dataframe_accessor("geomap")
class GeomapFrame:
    """What geomap does with a DataFrame that holds a report a row.

    Each method takes the names of the columns: ``text``, ``published``, ``title``, ``url``, ``source`` and ``id``. What
    is not named is found by its usual names, as in a CSV file, but for ``id``: without it a report has its row's label
    as its id. Cells without a text (NaN, None, white space) give no rows. ``published`` may hold days, times or texts.
    Other keywords are the settings of `geomap.Geoparser`; the parser is kept between calls.

    Raises
    ------
    ConfigError
        If there is no such column or setting, or two rows have one label.
    ReportError
        If a cell cannot be read; the message names its row and what to do.
    """

    def __init__(self, frame: pd.DataFrame) -> None:
        self._frame = frame

    def documents(self, text: str | None = None, **columns: str | None) -> list[Document]:
        """Return the rows that have a text as documents, in order; offsets will count the cell's own text."""
        return [document for _, document in self._placed({"text": text, **columns})]

    def parse(self, text: str | None = None, **options: Unpack[Options]) -> pd.DataFrame:
        """Return the mention table, each row under the label of the row that its report stands in."""
        return self._table(to_mentions, text, options)

    def events(self, text: str | None = None, **options: Unpack[Options]) -> pd.DataFrame:
        """Return the event table, each row under the label of the row that its report stands in."""
        return self._table(to_events, text, options)

    def map(self, text: str | None = None, **options: Unpack[Options]) -> GeoMap:
        """Return the map, with the reports beside it; `geomap.to_map` draws a table with more options."""
        columns, settings = _sorted_out(text, options)
        documents = [document for _, document in self._placed(columns)]
        return to_map(to_mentions(parse_kept(documents, **settings)), documents=documents)

    def _table(
        self, collect: Callable[[Iterator[ParsedDocument]], pd.DataFrame], text: str | None, options: Options
    ) -> pd.DataFrame:
        columns, settings = _sorted_out(text, options)
        placed = self._placed(columns)
        table = collect(parse_kept((document for _, document in placed), **settings))
        positions = {document.id: position for position, document in placed}
        return table.set_axis(self._frame.index.take([positions[one] for one in table["document_id"]]), axis=0)

    def _placed(self, columns: dict[str, str | None]) -> list[tuple[int, Document]]:
        """Return the documents with the positions of their rows."""
        found = self._columns(columns)
        cells = {field: self._frame[name].tolist() for field, name in found.items()}
        ids = self._ids(cells.get("id"))
        order = date_order(str(day) for day in cells.get("published", ()) if not _is_missing(day))
        placed, seen = [], dict[str, int]()
        for position, text in enumerate(cells["text"]):
            where = _row(position, self._frame.index)
            if _is_missing(text) or (isinstance(text, str) and not text.strip()):
                continue
            row = {field: _text_of(cells[field][position], found[field], where) for field in cells if field != "text"}
            row["id"] = ids[position]
            if (first := seen.setdefault(row["id"], position)) != position:
                again = f"the id {row['id'][:_LONGEST_SHOWN]!r} stands in row {first + 1:,} too; give each its own"
                raise ReportError(f"{again}, or leave id= out", path=where)
            placed.append((position, _document(text, row, found["text"], where, day_first=order.day_first)))
        return placed

    def _columns(self, wanted: dict[str, str | None]) -> dict[str, Any]:
        """Return field → column."""
        names = list(self._frame.columns)
        there = name_columns(map(str, names))
        for field, name in wanted.items():
            if field not in _FIELDS:
                raise ConfigError(f"no field named {field!r}; fields are {', '.join(_FIELDS)}")
            if name is not None and (count := sum(1 for one in names if one == name)) != 1:
                problem = "has no column" if not count else f"has {count} columns named"
                raise ConfigError(f"the DataFrame {problem} {name!r}; its columns are {there}")
        told = {field: name for field, name in wanted.items() if name is not None}
        usual = find_columns([name for name in names if isinstance(name, str) and names.count(name) == 1], None)
        found = {field: usual[field] for field in _BY_NAME if field in usual} | told
        if "text" not in found:
            raise ConfigError(f"which column holds the texts? The columns are {there}: give text=COLUMN")
        return found

    def _ids(self, given: Sequence[Any] | None) -> list[str]:
        """Return the ids of all rows, given or else their labels."""
        if given is not None:
            return ["" if _is_missing(one) else str(one) for one in given]
        index = self._frame.index
        if not index.is_unique:
            twice = index[index.duplicated()].tolist()[0]
            raise ConfigError(f"two rows are labelled {twice!r}; call reset_index(drop=True) first, or give id=COLUMN")
        return [_label(one) for one in index]


@pd.api.extensions.register_series_accessor("geomap")
class GeomapSeries:
    """What geomap does with a Series of texts; the keywords are the settings of `geomap.Geoparser`.

    For days, titles and outlets beside the texts, use a DataFrame: see `GeomapFrame`, which also says what is raised.
    """

    def __init__(self, texts: "pd.Series[Any]") -> None:
        self._frame = GeomapFrame(texts.to_frame("text"))

    def documents(self) -> list[Document]:
        """Return the texts as documents, in order."""
        return self._frame.documents("text")

    def parse(self, **settings: Unpack[Settings]) -> pd.DataFrame:
        """Return the mention table, each row under the label of its text."""
        return self._frame.parse("text", **settings)

    def events(self, **settings: Unpack[Settings]) -> pd.DataFrame:
        """Return the event table, each row under the label of its text."""
        return self._frame.events("text", **settings)

    def map(self, **settings: Unpack[Settings]) -> GeoMap:
        """Return the map, with the texts beside it."""
        return self._frame.map("text", **settings)


def _sorted_out(text: str | None, options: Options) -> tuple[dict[str, str | None], Settings]:
    """Return the columns and the settings among keywords; one that is neither may be a field misspelt as well."""
    known = (*_FIELDS, *Settings.__annotations__)
    for name in options:
        if name not in known:
            hint = did_you_mean(name, known, otherwise=f"fields and settings are {', '.join(known)}")
            raise ConfigError(f"no field or setting named {name!r}; {hint}")
    columns = {name: value for name, value in options.items() if name in _FIELDS}
    settings = {name: value for name, value in options.items() if name not in _FIELDS}
    return {"text": text, **cast("dict[str, str | None]", columns)}, cast("Settings", settings)


def _document(text: Any, row: dict[str, str], column: str, where: str, *, day_first: bool | None) -> Document:
    if not isinstance(text, str):
        cure = "decode it first" if isinstance(text, bytes) else "give texts, or leave the row out"
        raise ReportError(f"the column {column!r} holds {_shown(text)}, which is no text; {cure}", path=where)
    if not row["id"]:
        raise ReportError("it has no id; fill it in, or leave id= out", path=where)
    file = OpenFile(name="", path=where, stream=io.BytesIO())
    reading = make_document(
        file,
        id=row["id"],
        text=text,
        title=row.get("title", ""),
        url=row.get("url", ""),
        published=row.get("published"),
        day_first=day_first,
        outlet=row.get("source", ""),
        as_is=True,
    )
    if isinstance(reading, ReportError):
        raise reading
    return reading


def _text_of(cell: Any, column: str, where: str) -> str:
    """Return a cell that is not the text as text; empty where it is missing."""
    if _is_missing(cell):
        return ""
    if isinstance(cell, bytes | list | tuple | set | dict):
        raise ReportError(
            f"the column {column!r} holds {_shown(cell)}; give a text, a number, a day or nothing", path=where
        )
    return str(cell)


def _is_missing(cell: Any) -> bool:
    return cell is None or cell is pd.NA or cell is pd.NaT or (isinstance(cell, float) and math.isnan(cell))


def _shown(cell: Any) -> str:
    words = repr(cell)
    return f"{type(cell).__name__} {words if len(words) <= _LONGEST_SHOWN else words[:_LONGEST_SHOWN] + '…'}"


def _row(position: int, index: "pd.Index[Any]") -> str:
    return f"row {position + 1:,} of the DataFrame, labelled {index[position : position + 1].tolist()[0]!r}"


def _label(label: Any) -> str:
    return "/".join(map(str, label)) if isinstance(label, tuple) else str(label)
