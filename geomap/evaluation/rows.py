"""Rows of marked corpora: the one reader of JSON Lines for all that is evaluated and learnt from.

What a row holds is told by what takes it: `geomap.evaluation.gold` (marked names), `geomap.evaluation.events` and
`geomap.evaluation.event_places`. XML in the format of LGL and TR-News gives rows of marked names, too.
"""

import json
import os
import sys
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geomap.errors import ReportError
from geomap.evaluation.xml import rows_of_xml

Row = dict[str, Any]

_EXAMPLE = '{"text": "…", "toponyms": [{"start": 0, "end": 4}]}'


@dataclass(frozen=True, slots=True)
class Where:
    """Where in a corpus a row is, for the error about it."""

    path: str
    line: int

    def error(self, message: str) -> ReportError:
        """Return the error that names file and line."""
        return ReportError(message, path=self.path, line=self.line)


def read_rows(path: str | os.PathLike[str]) -> Iterator[tuple[Where, Row]]:
    """Yield each row of a corpus with where it is, in the order of the file.

    Parameters
    ----------
    path
        JSON Lines, UTF-8, one object a line, blank lines apart; or, where it begins with ``<``, XML (see
        `geomap.evaluation.xml`). ``-`` is standard input.

    Raises
    ------
    ReportError
        If the file is missing, cannot be read or holds nothing, or a line is no object; the message names the line.
    """
    name = "<stdin>" if os.fspath(path) == "-" else os.fspath(path)
    data = _bytes(path).removeprefix(b"\xef\xbb\xbf")
    if not data.strip():
        raise ReportError("the corpus is empty; give JSON Lines with one document a line", path=name)
    if data.lstrip().startswith(b"<"):
        yield from ((Where(name, line), row) for line, row in rows_of_xml(data, path=name))
        return
    for number, line in enumerate(data.split(b"\n"), start=1):
        if line.strip():
            where = Where(name, number)
            yield where, _parsed(line, where)


def rows_of(path: Path, splits: Collection[str | None] | None = None) -> list[Row]:
    """Return the rows of a corpus, or those whose ``split`` is one of some; ``None`` stands for a row without one."""
    return [row for _, row in read_rows(path) if splits is None or row.get("split") in splits]


def _bytes(path: str | os.PathLike[str]) -> bytes:
    if os.fspath(path) == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(path).read_bytes()
    except FileNotFoundError:
        raise ReportError("there is no such corpus; check the path", path=os.fspath(path)) from None
    except OSError as error:
        raise ReportError(f"cannot be read ({error.strerror}); give one file", path=os.fspath(path)) from error


def _parsed(line: bytes, where: Where) -> Row:
    try:
        row = json.loads(line.decode())
    except UnicodeDecodeError:
        raise where.error("bytes that are not UTF-8; convert the corpus to UTF-8") from None
    except json.JSONDecodeError as error:
        message = f"malformed JSON ({error.msg}, column {error.colno}); give one whole object a line"
        raise where.error(message) from None
    except (ValueError, RecursionError):
        raise where.error("JSON with a number too long or nesting too deep; simplify it") from None
    if not isinstance(row, dict):
        raise where.error(f"not a JSON object; give one a line, as {_EXAMPLE}")
    return row


def text_of(row: Row, key: str) -> str:
    """Return a value as text; empty when it is missing or null."""
    value = row.get(key)
    return value if isinstance(value, str) else "" if value is None else str(value)
