"""Excel workbooks (.xlsx): one report a row, of every sheet that has a column for the text."""

import datetime
import warnings
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from geomap.errors import ReportError
from geomap.readers.documents import OpenFile, Readings
from geomap.readers.report_rows import Row, header_of, no_text_column
from geomap.readers.survey import read_surveyed
from geomap.readers.zips import opened_zip

_MOST_ROWS = 1_048_576  # and 16,384 columns: Excel's own limits (its specifications); a file can claim any number
_MOST_COLUMNS = 16_384
_LONGEST_SHOWN = 60


def read_workbook(file: OpenFile) -> Readings:
    """Yield a document a row, sheet after sheet; ids without one of their own are ``name/Sheet:ROW``.

    The first row that is not blank names the columns. Cells are taken as they are shown last: of a formula its value.

    Parameters
    ----------
    file
        The file.

    Yields
    ------
        A `Document` a row, or the row's `ReportError`; only errors when no sheet has a column for the text.
    """
    with opened_zip(file) as archive:
        archive.check_parts()
    errors: list[ReportError] = []
    with_text = 0
    for name in _in_words(file, lambda: _opened(file).sheetnames):
        sheet = replace(file, name=f"{file.name}/{name}", path=f"{file.path}/{name}", unit="row")
        problem = _problem(sheet, name)
        if problem:
            errors.append(sheet.error(problem))
        else:
            with_text += 1
            yield from read_surveyed(partial(_rows, sheet, name), sheet)
    if not with_text:
        yield from errors


def _opened(file: OpenFile) -> Any:
    import openpyxl

    file.stream.seek(0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of styles, which say nothing of the text
        return openpyxl.load_workbook(file.stream, read_only=True, data_only=True, keep_links=False)


def _in_words(file: OpenFile, work: Callable[[], Any]) -> Any:
    """Return what some work on a workbook gives, and its errors, of whatever kind, as a `ReportError`."""
    try:
        return work()
    except ReportError:
        raise
    except Exception as error:  # openpyxl lets what a damaged part causes through as it comes
        reason = " ".join(str(error).split())[:_LONGEST_SHOWN] or type(error).__name__
        raise file.error(f"no workbook that can be read ({reason}); save it as .xlsx or .csv again") from None


def _cells(sheet: OpenFile, name: str) -> Iterator[tuple[int, list[Any]]]:
    """Yield number and cells of each row that is not blank."""
    workbook = _in_words(sheet, lambda: _opened(sheet))
    page = workbook[name]
    if not hasattr(page, "iter_rows"):  # a sheet that is a chart
        return
    _in_words(sheet, page.reset_dimensions)
    rows = _in_words(sheet, lambda: iter(page.iter_rows(values_only=True)))
    for number in range(1, _MOST_ROWS + 1):
        row = _in_words(sheet, lambda: next(rows, None))
        if row is None:
            return
        if len(row) > _MOST_COLUMNS:
            raise sheet.error(f"more than {_MOST_COLUMNS:,} columns, as no workbook has; get the file again")
        cells = [_plain(cell) for cell in row]
        if any(cell not in (None, "") for cell in cells):
            yield number, cells


def _plain(cell: Any) -> Any:
    if isinstance(cell, datetime.datetime):
        return cell.isoformat()
    return str(cell) if cell is not None and not isinstance(cell, int | float) else cell


def _problem(sheet: OpenFile, name: str) -> str:
    _, first = next(_cells(sheet, name), (0, []))
    names = ["" if cell is None else str(cell) for cell in first]
    return "" if header_of(names, sheet)[0] else no_text_column(names)


def _rows(sheet: OpenFile, name: str) -> Iterator[Row]:
    header: list[str] = []
    for number, cells in _cells(sheet, name):
        is_report = bool(header)
        if not header:
            header, is_report = header_of(["" if cell is None else str(cell) for cell in cells], sheet)
        if is_report:
            filled = [*cells, *[None] * (len(header) - len(cells))]
            yield Row(line=number, values=dict(zip(reversed(header), reversed(filled[: len(header)]), strict=True)))
