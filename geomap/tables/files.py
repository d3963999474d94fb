"""Tables as files hold them, read with cells of any type: what is in a cell is checked later, for all files alike."""

import json
import re
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from geomap.errors import TableError
from geomap.formats import Kind
from geomap.tables.escapes import unescaped
from geomap.tables.schema import SCHEMAS

_MARK = b"\xef\xbb\xbf"
NEUTRALISED = re.compile(r"'(?='*[=+\-@\t\r\n\0＝＋－＠])")
"""The apostrophe before a cell that a spreadsheet would take for a formula; see `geomap.exporters.delimited`."""
_LONGEST_HEADER = 100_000
_MOST_BYTES = 2_000_000_000
"""How much a workbook may unpack to; more is no table that fits into memory."""
_DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, EOFError, SyntaxError, LookupError, AttributeError, TypeError),
    *(NotImplementedError, ArithmeticError, RecursionError, AssertionError, RuntimeError),
)
"""What a library says of a damaged workbook; a SyntaxError is one of XML, a RuntimeError one of encryption."""
_SPILLED = re.compile(r"(?P<name>.+) \(\d+\)")


def read_csv(path: Path, kind: Kind) -> pd.DataFrame:
    """Read a CSV; of one that was written for Excel, which begins with a byte order mark, without its apostrophes.

    Where lists are separated by semicolons, Excel saves it with these: what the header has most of is taken.
    """
    # na_filter off: an empty cell is an empty text, and "NA" is Namibia.
    table = pd.read_csv(path, dtype=str, na_filter=False, encoding="utf-8-sig", sep=_separator(path))
    with path.open("rb") as file:
        for_excel = file.read(len(_MARK)) == _MARK
    return table.map(_as_written) if for_excel else table


def _separator(path: Path) -> str:
    with path.open("rb") as file:
        header = file.readline(_LONGEST_HEADER)
    return max((",", ";", "\t"), key=lambda one: header.count(one.encode()))


def _as_written(cell: str) -> str:
    return cell[1:] if NEUTRALISED.match(cell) else cell


def read_jsonl(path: Path, kind: Kind) -> pd.DataFrame:
    """Read JSON Lines."""
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
        rows.append(row)
    return from_rows(rows, kind)


def from_rows(rows: Sequence[Mapping[str, Any]], kind: Kind) -> pd.DataFrame:
    """Return a table from its rows as JSON has them; with the columns of its kind when there is none."""
    as_cells = [{name: _cell(value) for name, value in row.items()} for row in rows]
    return pd.DataFrame(as_cells, columns=None if rows else list(SCHEMAS[kind]), dtype=object)


def _cell(value: Any) -> Any:
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return value


def read_parquet(path: Path, kind: Kind) -> pd.DataFrame:
    """Read Parquet, with a geometry a row or without."""
    from pyarrow import ArrowException

    try:
        table = pd.read_parquet(path, engine="pyarrow").drop(columns=["geometry", "extent"], errors="ignore")
        return table.astype(object)  # texts are looked at only now
    except (ArrowException, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError) as error:
        raise ValueError(f"not Parquet: {error}") from None  # what it says of damaged metadata and texts


def read_xlsx(path: Path, kind: Kind) -> pd.DataFrame:
    """Read the sheet of a workbook that is called by the kind of the table, else its first."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        _check_size(path)
        with path.open("rb") as file:
            book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
            sheet = book[kind] if kind in book.sheetnames else book.worksheets[0]
            header, *rows = list(sheet.iter_rows(values_only=True)) or [()]
    except (*_DAMAGE, InvalidFileException) as error:
        raise ValueError(f"not a workbook: {error}") from None
    names = ["" if name is None else str(name) for name in header]
    filled = [row for row in rows if any(cell is not None for cell in row)]
    found = [_unspilled(dict(zip(names, row, strict=False))) for row in filled]
    whole = [name for name in names if not _SPILLED.fullmatch(name)]
    return pd.DataFrame(found, columns=whole, dtype=object)


def _check_size(path: Path) -> None:
    with zipfile.ZipFile(path) as book:
        if sum(info.file_size for info in book.infolist()) > _MOST_BYTES:
            raise ValueError(f"it unpacks to more than {_MOST_BYTES // 10**9} GB")


def _unspilled(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row whose long texts, which go on in columns such as "sentences (2)", are whole again."""
    whole: dict[str, Any] = {}
    for name, value in row.items():
        if (found := _SPILLED.fullmatch(name)) and value is not None:
            whole[found["name"]] = f"{whole.get(found['name']) or ''}{value}"
        elif not found:
            whole[name] = value
    return {name: unescaped(value) if isinstance(value, str) else value for name, value in whole.items()}
