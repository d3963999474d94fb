"""JSON Lines: one report a line, its fields named like the columns of a table."""

import json
from collections.abc import Iterable, Iterator
from functools import partial

from geomap.errors import ReportError
from geomap.readers.documents import OpenFile, Readings
from geomap.readers.encoding import REMEDY, byte_order_mark, decode, refuse_empty_and_binary
from geomap.readers.limits import LONGEST_ROW
from geomap.readers.report_rows import Row
from geomap.readers.survey import read_surveyed


def read_json_lines(file: OpenFile) -> Readings:
    """Yield a document a line, in the order of the file, holding one line in memory at a time.

    The file is read twice: what its columns are, and how its dates are ordered, is known from all of it alone.

    A row may carry ``mentions: [{"start": …, "end": …}]``, places that are already marked; its text is then kept
    exactly as it is. Blank lines are passed over. JSON is UTF-8, so a line in another encoding is an error of that
    line.

    Parameters
    ----------
    file
        The file.

    Yields
    ------
        A `Document` a row, or the row's `ReportError`.
    """
    yield from read_surveyed(partial(_rows, file), file)


def _rows(file: OpenFile) -> Iterator[Row | ReportError]:
    return (_parse(line, number, file) for number, line in _numbered_lines(file))


def _numbered_lines(file: OpenFile) -> Iterator[tuple[int, bytes | str]]:
    file.stream.seek(0)
    head = file.stream.read(16)
    refuse_empty_and_binary(head, path=file.path)
    mark = byte_order_mark(head)
    file.stream.seek(3 if mark == "utf-8-sig" else 0)
    lines: Iterable[bytes | str] = (
        _lines(file)
        if mark in ("", "utf-8-sig")
        else decode(file.stream, path=file.path, given=file.encoding).split("\n")
    )
    return ((number, line) for number, line in enumerate(lines, start=1) if line.strip())


def _lines(file: OpenFile) -> Iterator[bytes]:
    while line := file.stream.readline(LONGEST_ROW):
        yield line
        while len(line) == LONGEST_ROW and not line.endswith(b"\n"):  # the rest of it; its beginning is no whole JSON
            line = file.stream.readline(LONGEST_ROW)


def _parse(line: bytes | str, number: int, file: OpenFile) -> Row | ReportError:
    codec = file.encoding or "utf-8"
    try:
        value = json.loads(line.decode(codec) if isinstance(line, bytes) else line)
    except UnicodeDecodeError:
        return file.error(f"bytes that are not {codec.upper()}; {REMEDY}", line=number)
    except json.JSONDecodeError as error:
        problem = f"malformed JSON ({error.msg}, column {error.colno}); give one whole object a line"
        return file.error(problem, line=number)
    except (ValueError, RecursionError):
        return file.error("JSON with a number too long or nesting too deep; simplify it", line=number)
    if not isinstance(value, dict):
        return file.error('not a JSON object; give one a line, as {"text": "…"}', line=number)
    return Row(line=number, values=value)
