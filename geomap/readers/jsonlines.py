"""JSON Lines: one report a line, its fields named like the columns of a table."""

import json
from collections.abc import Iterable, Iterator, Mapping

from geomap.errors import ReportError
from geomap.readers.documents import Readings, Source
from geomap.readers.encoding import byte_order_mark, decode, refuse_empty_and_binary
from geomap.readers.rows import Row, read_rows
from geomap.readers.survey import survey


def read_json_lines(source: Source, *, columns: Mapping[str, str] | None = None) -> Readings:
    """Yield a document a line, in the order of the file, holding one line in memory at a time.

    The file is read twice: what its columns are, and how its dates are ordered, is known from all of it alone.

    A row may carry ``mentions: [{"start": …, "end": …}]``, places that are already marked; its text is then kept
    exactly as it is. Blank lines are passed over. JSON is UTF-8, so a line in another encoding is an error of that
    line.

    Parameters
    ----------
    source
        The file.
    columns
        Our field → the file's key, as in ``{"text": "body"}``.

    Yields
    ------
        A `Document` a row, or the row's `ReportError`.
    """
    day_first = survey(_rows(source), source, columns=columns)
    yield from read_rows(_rows(source), source, columns=columns, day_first=day_first)


def _rows(source: Source) -> Iterator[Row | ReportError]:
    return (_parse(line, number, path=source.path) for number, line in _numbered_lines(source))


def _numbered_lines(source: Source) -> Iterator[tuple[int, bytes | str]]:
    source.stream.seek(0)
    head = source.stream.read(16)
    refuse_empty_and_binary(head, path=source.path)
    mark = byte_order_mark(head)
    source.stream.seek(3 if mark == "utf-8-sig" else 0)
    lines: Iterable[bytes | str] = (
        source.stream if mark in ("", "utf-8-sig") else decode(source.stream, path=source.path).split("\n")
    )
    return ((number, line) for number, line in enumerate(lines, start=1) if line.strip())


def _parse(line: bytes | str, number: int, *, path: str) -> Row | ReportError:
    try:
        value = json.loads(line.decode() if isinstance(line, bytes) else line)
    except UnicodeDecodeError:
        return ReportError("bytes that are not UTF-8; convert the file to UTF-8", path=path, line=number)
    except json.JSONDecodeError as error:
        return ReportError(
            f"malformed JSON ({error.msg}, column {error.colno}); give one whole object a line", path=path, line=number
        )
    except (ValueError, RecursionError):
        return ReportError("JSON with a number too long or nesting too deep; simplify it", path=path, line=number)
    if not isinstance(value, dict):
        return ReportError('not a JSON object; give one a line, as {"text": "…"}', path=path, line=number)
    return Row(line=number, values=value)
