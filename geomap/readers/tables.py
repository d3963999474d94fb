"""CSV and TSV: one report a row, under a header that names the columns."""

import csv
import io
import sys
from collections import deque
from collections.abc import Iterator, Mapping

from geomap.errors import ReportError
from geomap.readers.documents import Readings, Source
from geomap.readers.encoding import detect_encoding, undecodable
from geomap.readers.rows import Row, find_columns, name_columns, read_rows
from geomap.readers.survey import survey

_LONGEST_FIELD = min(sys.maxsize, 2**31 - 1)  # the csv module keeps it in a C long, which is 32 bits on Windows
_SEPARATORS = ",;\t"


def read_table(source: Source, *, columns: Mapping[str, str] | None = None, separator: str = "") -> Readings:
    r"""Yield a document a row, in the order of the file, which is read twice: its dates are judged together.

    Fields are quoted with ``"`` and quotes in them doubled (RFC 4180). Raises the csv module's limit on the length of a
    field for the whole process.

    Parameters
    ----------
    source
        The file.
    columns
        Our field → the file's column, as in ``{"text": "body"}``.
    separator
        ``\t`` for TSV; empty to take the most frequent of comma, semicolon and tab in the header.

    Yields
    ------
        A `Document` a row, or the row's `ReportError`; only the error when there is no column for the text.
    """
    csv.field_size_limit(max(csv.field_size_limit(), _LONGEST_FIELD))
    encoding = detect_encoding(source.stream, path=source.path)
    with io.TextIOWrapper(source.stream, encoding=encoding, newline="") as characters:
        day_first = survey(_rows(_Lines(characters), source, columns, separator), source, columns=columns)
        characters.seek(0)
        rows = _rows(_Lines(characters), source, columns, separator)
        yield from read_rows(rows, source, columns=columns, day_first=day_first)


class _Lines:
    """The lines of a file for the csv module, with the number of the line and a way back after a stray quote."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._again: deque[str] = deque()
        self._taken: list[str] = []
        self.start = 1

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else next(self._lines)
        self._taken.append(line)
        return line

    def begin_row(self) -> None:
        self.start += len(self._taken)
        self._taken.clear()

    def give_back(self, *, keep: int) -> None:
        """Let all lines of this row but the first ``keep`` be read again."""
        self._again.extendleft(reversed(self._taken[keep:]))
        del self._taken[keep:]


def _rows(
    lines: _Lines, source: Source, columns: Mapping[str, str] | None, separator: str
) -> Iterator[Row | ReportError]:
    header: list[str] = []
    for cells in _cells(lines, source, separator):
        if isinstance(cells, ReportError):
            yield cells
        elif header and len(cells) > len(header):
            problem = f"{len(cells)} fields under {len(header)} columns; quote fields that hold the separator"
            yield ReportError(problem, path=source.path, line=lines.start)
        elif header:
            values = dict(zip(reversed(header), reversed(cells + [""] * (len(header) - len(cells))), strict=True))
            yield Row(line=lines.start, values={name: values[name] for name in header})
        elif "text" not in find_columns(cells, columns):
            names = name_columns(cells)
            problem = f"no column for the text; the columns are {names}: name the one that holds it (text=COLUMN)"
            yield ReportError(problem, path=source.path, line=lines.start)
            return
        else:
            # A cell is text and no list of spans: a column of that name is someone's own.
            header = ["" if cell.strip().casefold() == "mentions" else cell for cell in cells]


def _cells(lines: _Lines, source: Source, separator: str) -> Iterator[list[str] | ReportError]:
    """Yield the cells of each row that is not blank; a row that cannot be taken apart costs no other row."""
    reader = None
    while True:
        lines.begin_row()
        try:
            if reader is None:
                reader = csv.reader(lines, delimiter=separator or _most_frequent(lines), strict=True)
            cells = next(reader)
        except StopIteration:
            return
        except UnicodeDecodeError as error:
            yield undecodable(error, path=source.path, line=lines.start)
            return
        except csv.Error as error:
            yield ReportError(
                f"malformed row ({error}); quote whole fields and double the quotes in them",
                path=source.path,
                line=lines.start,
            )
            lines.give_back(keep=1)  # a quote never closed has swallowed the rows below
            continue
        if any(cell.strip() for cell in cells):
            yield cells


def _most_frequent(lines: _Lines) -> str:
    header = next(lines)
    lines.give_back(keep=0)
    return max(_SEPARATORS, key=header.count)
