"""CSV and TSV: one report a row, under a header that names the columns."""

import csv
import io
import re
import sys
from collections import deque
from collections.abc import Iterator
from typing import TextIO

from geomap.errors import ReportError
from geomap.readers.documents import OpenFile, Readings
from geomap.readers.encoding import REMEDY, table_encoding, undecodable
from geomap.readers.limits import LONGEST_ROW
from geomap.readers.report_rows import MOST_ABOVE, Row, header_of, no_text_column, read_rows

_LONGEST_FIELD = min(sys.maxsize, 2**31 - 1)  # the csv module keeps it in a C long, which is 32 bits on Windows
_SEPARATORS = ",;\t"
_SEPARATOR_LINE = re.compile(r'"?sep=([^\w\s"]|\t)"?\s*', re.IGNORECASE)
_UNDECODED = re.compile("[\udc80-\udcff]")  # what the error handler "surrogateescape" makes of a byte that is no text
_WIDE = ("utf-16", "utf-32")  # that handler does not know them


def read_tabs(file: OpenFile) -> Readings:
    """Yield a document a row of a table whose separator is a tab; all else as `read_table`."""
    return read_table(file, separator="\t")


def read_table(file: OpenFile, *, separator: str = "") -> Readings:
    """Yield a document a row, in the order of the file, which is read twice: its dates are judged together.

    Fields are quoted with ``"`` and quotes in them doubled (RFC 4180). A first line ``sep=;``, by which Excel is told
    the separator, is understood, and so are a title or notes in the rows above the header. Where a user names columns
    by numbers that the first row does not hold, there is no header, and the columns are called 1, 2, 3 …. A bad byte
    costs its own row. Raises the csv module's limit on the length of a field for the whole process. Without a separator
    it is the most frequent of comma, semicolon and tab in the header.
    """
    csv.field_size_limit(max(csv.field_size_limit(), _LONGEST_FIELD))
    encoding = table_encoding(file)
    errors = "strict" if encoding in _WIDE else "surrogateescape"
    with io.TextIOWrapper(file.stream, encoding=encoding, errors=errors, newline="") as characters:

        def rows() -> Iterator[Row | ReportError]:
            characters.seek(0)
            return _rows(_Lines(characters), file, separator)

        yield from read_rows(rows, file)


class _Lines:
    """The lines of a file for the csv module, with the number of the line and a way back after a stray quote."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._again: deque[str] = deque()
        self._taken: list[str] = []
        self._length = 0
        self.start = 1

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else self._stream.readline(LONGEST_ROW)
        if not line:
            raise StopIteration
        self._taken.append(line)
        self._length += len(line)
        if self._length > LONGEST_ROW:
            raise csv.Error(f"longer than {LONGEST_ROW >> 20} million characters")
        return line

    def begin_row(self) -> None:
        self.start += len(self._taken)
        self._taken.clear()
        self._length = 0

    def give_back(self, *, keep: int) -> None:
        """Let all lines of this row but the first ``keep`` be read again."""
        self._again.extendleft(reversed(self._taken[keep:]))
        del self._taken[keep:]


def _rows(lines: _Lines, file: OpenFile, separator: str) -> Iterator[Row | ReportError]:
    header: list[str] = []
    above: list[ReportError] = []  # why each row above the header is none
    for cells in _cells(lines, file, separator):
        if isinstance(cells, ReportError):
            yield cells
            continue
        is_report = bool(header)
        if not header:
            header, is_report = header_of(cells, file)
        if not header:
            above.append(file.error(no_text_column(cells), line=lines.start))
        elif is_report:
            yield _row(header, cells, file, lines.start)
        if not header and len(above) == MOST_ABOVE:
            break
    if not header:
        yield from above[:1]


def _row(header: list[str], cells: list[str], file: OpenFile, line: int) -> Row | ReportError:
    if len(cells) > len(header):
        problem = f"{len(cells)} fields under {len(header)} columns; quote fields that hold the separator"
        return file.error(problem, line=line)
    if any(map(_UNDECODED.search, cells)):
        return file.error(f"bytes that are no text; {REMEDY}", line=line)
    values = dict(zip(reversed(header), reversed(cells + [""] * (len(header) - len(cells))), strict=True))
    return Row(line=line, values={name: values[name] for name in header})


def _cells(lines: _Lines, file: OpenFile, separator: str) -> Iterator[list[str] | ReportError]:
    """Yield the cells of each row that is not blank; a row that cannot be taken apart costs no other row."""
    reader = None
    while True:
        lines.begin_row()
        try:
            if reader is None:
                reader = csv.reader(lines, delimiter=_separator(lines, separator), strict=True)
            cells = next(reader)
        except StopIteration:
            return
        except UnicodeDecodeError as error:
            yield undecodable(error, file, line=lines.start)
            return
        except csv.Error as error:
            problem = f"malformed row ({error}); quote whole fields and double the quotes in them"
            yield file.error(problem, line=lines.start)
            lines.give_back(keep=1)  # a quote never closed has swallowed the rows below
            continue
        if any(cell.strip() for cell in cells):
            yield cells


def _separator(lines: _Lines, separator: str) -> str:
    """Return what parts the fields: what Excel's first line says, which is taken off, or what is given or frequent."""
    first = next(lines)
    told = _SEPARATOR_LINE.fullmatch(first)
    if told:
        lines.begin_row()
        return told[1]
    lines.give_back(keep=0)
    return separator or max(_SEPARATORS, key=first.count)
