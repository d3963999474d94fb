"""Workbooks for Excel and LibreOffice: a table a sheet, its texts as texts."""

import io
import re
import zipfile
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, BinaryIO

from geomap.errors import ConfigError
from geomap.exporters.csv_jsonl import rows
from geomap.tables.files import NO_SHEET, escaped

if TYPE_CHECKING:
    from geomap.exporters.export import Export

_LONGEST = 32_767
"""Characters that a cell holds, in UTF-16 units (Excel specifications and limits)."""
_MOST_ROWS = 1_048_576
_EPOCH = (1980, 1, 1, 0, 0, 0)
_MADE = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def write_xlsx(export: "Export", file: BinaryIO) -> None:
    """Write a workbook with one sheet, called by the kind of the table; the same bytes for the same table.

    Texts are cells of text, also those that begin with "=", and keep an apostrophe's mark in Excel, so that none
    becomes a formula when it is edited. What is too long for a cell goes on in columns such as "sentences (2)".

    Raises
    ------
    ConfigError
        If the table has more rows than a sheet.
    """
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    table = export.whole()
    if len(table) >= _MOST_ROWS:
        raise ConfigError(f"a sheet holds {_MOST_ROWS - 1:,} rows; write {len(table):,} as .csv or .parquet")
    book = Workbook(write_only=True)
    sheet = book.create_sheet(export.kind or "table")
    sheet.freeze_panes = "A2"
    header, lines = _spilled([str(name) for name in table.columns], list(rows(table)))

    def cell(value: Any) -> Any:
        if not isinstance(value, str):
            return value
        made = WriteOnlyCell(sheet)
        made.value, made.data_type, made.quotePrefix = "text", "s", True
        made._value = value  # the setter would take "=" for a formula, and refuse what is escaped already
        return made

    for line in (header, *lines):
        sheet.append([cell(value) for value in line])
    out = io.BytesIO()
    book.save(out)
    _write_timeless(out, file)


def _spilled(header: Sequence[str], lines: Sequence[Sequence[Any]]) -> tuple[list[str], list[list[Any]]]:
    """Return the columns with as many for each as its longest text needs, and an empty text as an empty cell."""
    pieces = [[_pieces(value) for value in line] for line in lines]
    widths = [max((len(line[n]) for line in pieces), default=1) for n in range(len(header))]
    names = [
        name if n == 0 else f"{name} ({n + 1})"
        for name, width in zip(header, widths, strict=True)
        for n in range(width)
    ]
    filled = [
        [cell for found, width in zip(line, widths, strict=True) for cell in (*found, *[None] * (width - len(found)))]
        for line in pieces
    ]
    return names, filled


def _pieces(value: Any) -> list[Any]:
    if not isinstance(value, str):
        return [value]
    text = escaped(value, NO_SHEET)
    if len(text.encode("utf-16-le")) <= 2 * _LONGEST:
        return [text or None]
    half = _LONGEST // 2
    return [text[at : at + half] for at in range(0, len(text), half)]


def _write_timeless(book: BinaryIO, file: BinaryIO) -> None:
    """Write a workbook so that it says it was made in 1980, and the same table gives the same bytes."""
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = _MADE.sub(rb"\g<1>1980-01-01T00:00:00Z", content)
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, content)
