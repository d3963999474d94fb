"""Excel workbooks (.xlsx): one report a row, of every sheet that has a column for the text.

Cells are taken as openpyxl takes them, but the rows are walked by lxml and once: of 57,000 rows of 14 columns the first
report came after 83 s through openpyxl's own rows, each of them parsed by a callback in Python, twice. (python-calamine
reads them in 2 s, but reserves memory for every cell between the first and the last: two cells in far corners, which
are a file of 5 KB, end the process.)
"""

import datetime
import json
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice
from typing import IO, Any

from geomap.errors import ReportError
from geomap.readers.documents import OpenFile, Readings
from geomap.readers.report_rows import MOST_ABOVE, Row, header_of, no_text_column, read_rows
from geomap.readers.zips import opened_zip

_MOST_ROWS = 1_048_576  # and 16,384 columns: Excel's own limits (its specifications); a file can claim any number
_MOST_COLUMNS = 16_384
_MOST_IN_MEMORY = 16 << 20  # bytes of rows
_LONGEST_SHOWN = 60
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def read_workbook(file: OpenFile) -> Readings:
    """Yield a document a row, sheet after sheet; ids without one of their own are ``name/Sheet:ROW``.

    The first of ten rows that has a column for the text names the columns; above it stands a title or the like. Cells
    are taken as they are shown last: of a formula its value. Where no sheet has a column for the text there are only
    errors.
    """
    with opened_zip(file) as archive:
        archive.check_parts()
    errors: list[ReportError] = []
    with_text = 0
    workbook: _Workbook = _in_words(file, lambda: _opened(file))
    for name, part in workbook.sheets.items():
        sheet = replace(file, name=f"{file.name}/{name}", path=f"{file.path}/{name}", unit="row")
        problem = _problem(workbook, part, sheet)
        if problem:
            errors.append(sheet.error(problem))
            continue
        with_text += 1
        with tempfile.SpooledTemporaryFile(max_size=_MOST_IN_MEMORY, mode="w+", encoding="utf-8") as kept:
            walks = iter((_keeping(_rows(workbook, part, sheet), kept), _kept(kept)))
            yield from read_rows(lambda walks=walks: next(walks), sheet)  # type: ignore[misc]
    if not with_text:
        yield from errors


@dataclass(frozen=True, slots=True, kw_only=True)
class _Workbook:
    """An open workbook."""

    sheets: dict[str, str]
    """Name → part of the archive; charts are none."""
    open_part: Callable[[str], IO[bytes]]
    parser: Callable[[], Any]
    """Makes what takes the cells of one sheet apart."""


def _opened(file: OpenFile) -> _Workbook:
    from openpyxl.reader.excel import ExcelReader
    from openpyxl.styles.stylesheet import apply_stylesheet
    from openpyxl.worksheet._reader import WorkSheetParser

    file.stream.seek(0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of styles, which say nothing of the text
        # As `openpyxl.load_workbook`, but for its look through each sheet for the last cell.
        reader = ExcelReader(file.stream, read_only=True, data_only=True, keep_links=False)
        reader.read_manifest()
        reader.read_strings()
        reader.read_workbook()
        apply_stylesheet(reader.archive, reader.wb)
        found = [(sheet.name, link) for sheet, link in reader.parser.find_sheets()]
    book = reader.wb
    return _Workbook(
        sheets={
            name: link.target for name, link in found if link.target in reader.valid_files and "chart" not in link.Type
        },
        open_part=reader.archive.open,
        parser=lambda: WorkSheetParser(
            None,
            reader.shared_strings,
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        ),
    )


def _in_words(file: OpenFile, work: Callable[[], Any]) -> Any:
    """Return what some work on a workbook gives, and its errors, of whatever kind, as a `ReportError`."""
    try:
        return work()
    except ReportError:
        raise
    except Exception as error:  # openpyxl lets what a damaged part causes through as it comes
        reason = " ".join(str(error).split())[:_LONGEST_SHOWN] or type(error).__name__
        raise file.error(f"no workbook that can be read ({reason}); save it as .xlsx or .csv again") from None


def _cells(workbook: _Workbook, part: str, sheet: OpenFile) -> Iterator[tuple[int, list[Any]]]:
    """Yield number and cells of each row that is not blank."""
    rows = _in_words(sheet, lambda: _walked(workbook, part, sheet))
    last = 0
    with closing(rows):
        while (row := _in_words(sheet, lambda: _quietly(rows))) is not None:
            number, found = row
            if number > _MOST_ROWS:
                return
            if number <= last:  # as openpyxl: rows go down
                continue
            last = number
            if any(cell not in (None, "") for cell in found.values()):
                yield number, [_plain(found.get(column)) for column in range(1, max(found) + 1)]


def _quietly(rows: Iterator[Any]) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of days outside the calendar, which become the sign of an error
        return next(rows, None)


def _walked(workbook: _Workbook, part: str, sheet: OpenFile) -> Iterator[tuple[int, dict[int, Any]]]:
    """Yield number and cells by number of column of each row of a sheet."""
    from lxml import etree  # type: ignore[import-untyped]

    parser, number = workbook.parser(), 0
    guards = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
    with workbook.open_part(part) as stream:
        for _, row in etree.iterparse(stream, tag=f"{_MAIN}row", remove_comments=True, remove_pis=True, **guards):
            if row.getroottree().docinfo.internalDTD is not None:
                raise sheet.error("its XML declares entities, as files made to do harm do; save it again without them")
            given = row.get("r")
            number = int(float(given)) if given is not None else number + 1
            parser.row_counter, parser.col_counter = number, 0
            yield number, dict(_values(row, parser, sheet))
            row.clear()
            while row.getprevious() is not None:
                del row.getparent()[0]


def _values(row: Any, parser: Any, sheet: OpenFile) -> Iterator[tuple[int, Any]]:
    for element in row:
        text = _inline(element)
        at = _column(element.get("r", "").rstrip("0123456789")) if text is not None else 0
        if at:
            parser.col_counter = at
            yield at, text
            continue
        cell = parser.parse_cell(element)
        if cell["column"] > _MOST_COLUMNS:
            raise sheet.error(f"more than {_MOST_COLUMNS:,} columns, as no workbook has; get the file again")
        yield cell["column"], cell["value"]


def _inline(element: Any) -> str | None:
    """Return the text of a cell that holds nothing else; ``None`` for any other cell."""
    if element.get("t") != "inlineStr" or len(element) != 1 or len(element[0]) != 1:
        return None
    text = element[0][0]
    return (text.text or "") if text.tag == f"{_MAIN}t" else None


@cache
def _column(letters: str) -> int:
    """Return the number of a column of Excel; 0 for what is none."""
    from openpyxl.utils import column_index_from_string

    try:
        number = column_index_from_string(letters) if letters.isupper() else 0
    except ValueError:
        return 0
    return number if number <= _MOST_COLUMNS else 0


def _plain(cell: Any) -> Any:
    if isinstance(cell, datetime.datetime):
        return cell.isoformat()
    return str(cell) if cell is not None and not isinstance(cell, int | float) else cell


def _problem(workbook: _Workbook, part: str, sheet: OpenFile) -> str:
    first = [_names(cells) for _, cells in islice(_cells(workbook, part, sheet), MOST_ABOVE)] or [[]]
    return "" if any(header_of(names, sheet)[0] for names in first) else no_text_column(first[0])


def _names(cells: list[Any]) -> list[str]:
    return ["" if cell is None else str(cell) for cell in cells]


def _rows(workbook: _Workbook, part: str, sheet: OpenFile) -> Iterator[Row]:
    header: list[str] = []
    for number, cells in _cells(workbook, part, sheet):
        is_report = bool(header)
        if not header:
            header, is_report = header_of(_names(cells), sheet)
        if is_report:
            filled = [*cells, *[None] * (len(header) - len(cells))]
            yield Row(line=number, values=dict(zip(reversed(header), reversed(filled[: len(header)]), strict=True)))


def _keeping(rows: Iterator[Row], kept: IO[str]) -> Iterator[Row]:
    """Yield rows, each of which is written down: to take a sheet apart is slow, and rows are looked at twice."""
    for row in rows:
        kept.write(json.dumps([row.line, row.values]) + "\n")
        yield row


def _kept(kept: IO[str]) -> Iterator[Row]:
    kept.seek(0)
    for line in kept:
        number, values = json.loads(line)
        yield Row(line=number, values=values)
