"""JSON: one report a line, or the list of reports in whatever an interface, a scraper or a chat program wrote.

No vendor has a rule of its own. In a document reports are told by their shape: objects that say something under one of
the usual names (`SYNONYMS`), themselves or one object deeper, as NewsAPI's ``articles``, Guardian's
``response.results`` with ``fields``, ReliefWeb's ``data`` with ``fields``, GDELT's ``articles`` without a text,
Elasticsearch's ``hits.hits`` with ``_source``, JSON Feed's ``items``, JSON-LD's ``@graph`` and the ``messages`` of a
chat.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from typing import Any

from geomap.errors import ReportError
from geomap.readers.documents import OpenFile, Readings
from geomap.readers.encoding import REMEDY, decode, first_mark
from geomap.readers.fragments import plain_text
from geomap.readers.json_values import LongList, read_value
from geomap.readers.limits import LONGEST_ROW
from geomap.readers.report_rows import KNOWN_NAMES, Row, find_columns, plain_name, read_rows

_DEEPEST = 6  # objects and lists around a report
_ONE_A_LINE = re.compile(r"(?<=\n)|,[ \t]*\r?\n")  # what stands behind the first object
_SHORTENED = ("description", "summary", "abstract", "snippet", "excerpt", "trail_text", "standfirst", "lead")
_DAYS = ("original", "published", "publication", "created", "start", "value")  # of a day told in several ways


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """One object that tells a report."""

    values: Mapping[str, Any]
    """Its keys, and those of the objects in it where they are not its own."""
    around: Mapping[str, Any]
    """The object that holds the list it stands in."""


def read_json(file: OpenFile) -> Readings:
    """Yield a document a report of a JSON document: an object, a list, or a list somewhere within objects.

    An empty value counts as none. Without a text its description, summary or title is the text; markup in it is taken
    off; a text in pieces, as chats have it, is joined. Messages without words, such as pictures, are left out.
    """
    try:
        value = read_value(file)
    except json.JSONDecodeError as error:
        if _ONE_A_LINE.match(error.doc, error.pos) and error.msg == "Extra data":  # under another ending
            yield from read_rows(partial(_rows_of_lines, file), file)
            return
        problem = f"malformed JSON ({error.msg}, column {error.colno}); one object a line is .jsonl"
        raise file.error(problem, line=error.lineno) from None
    except ReportError:
        raise
    except (ValueError, RecursionError):
        raise file.error("JSON with a number too long or nesting too deep; simplify it") from None
    if next(_reports(value, file, around={}), None) is None:
        raise file.error(
            "no reports in this JSON: no object has a text or a title under a usual name; name it (text=KEY)"
        )
    found = partial(_reports, value, file, around={})
    yield from read_rows(lambda: _rows(found(), file), replace(file, unit="row", columns=None))


def read_json_lines(file: OpenFile) -> Readings:
    """Yield a document a line, in the order of the file, holding one line in memory at a time.

    The file is read twice: what its columns are, and how its dates are ordered, is known from all of it alone.

    A row may carry ``mentions: [{"start": …, "end": …}]``, places that are already marked; its text is then kept
    exactly as it is. Blank lines are passed over, and so is a comma behind an object. JSON is UTF-8, so a line in
    another encoding is an error of that line. A file that is one JSON document after all is read as `read_json` does.
    """
    if _is_document(file):
        yield from read_json(file)
    else:
        yield from read_rows(partial(_rows_of_lines, file), file)


def _is_document(file: OpenFile) -> bool:
    """Return whether a file is a list, or its first object goes on on the second line."""
    lines = [line for _, line in islice(_numbered_lines(file), 2)]
    if not lines:
        return False
    start = (lines[0] if isinstance(lines[0], str) else lines[0].decode("utf-8", "replace")).lstrip("\ufeff").strip()
    if start.startswith("[") or len(lines) < 2:
        return start.startswith("[")
    return start.startswith("{") and _is_open(start) and isinstance(_parse(lines[1], 2, file), ReportError)


def _is_open(line: str) -> bool:
    """Return whether nothing is wrong with a line but that it ends; a string that does is, since none goes on."""
    try:
        json.loads(line)
    except json.JSONDecodeError as error:
        return error.pos == len(line)
    except (ValueError, RecursionError):
        pass
    return False


def _reports(
    value: Any, file: OpenFile, *, around: Mapping[str, Any], listed: bool = False, depth: int = 0
) -> Iterator[_Found]:
    """Yield the reports in a value, in its order: itself, or those that it holds.

    Parameters
    ----------
    value
        Any JSON.
    file
        The file, for the keys that the user named.
    around
        The object that holds it.
    listed
        Whether it stands in a list, so that a title tells a report: elsewhere it names a site or a chat.
    depth
        How many objects and lists are around it.
    """
    if depth > _DEEPEST:
        return
    if isinstance(value, list | LongList):
        for one in value:
            yield from _reports(one, file, around=around, listed=True, depth=depth + 1)
    elif isinstance(value, dict):
        values = _flat(value)
        own = _Found(values=values, around=around)
        titled = listed and _has_title(values, file)
        has_text = _has_text(values, file)
        if listed and not has_text and _is_message(own) and "text" in find_columns(list(value), file.columns):
            return  # a message without words; what is in it are the answers of a poll and the like
        # A title with a day is a headline; without one it may be a channel's, whose items stand in it.
        if has_text or (titled and "published" in find_columns(list(values), file.columns)):
            yield own
            return
        inner = (one for one in value.values() if isinstance(one, list | LongList | dict))
        found = (each for one in inner for each in _reports(one, file, around=value, depth=depth + 1))
        first = next(found, own if titled else None)
        if first is not None:
            yield first
            yield from found


def _has_text(values: Mapping[str, Any], file: OpenFile) -> bool:
    text = values.get(find_columns(list(values), file.columns).get("text", ""))
    return isinstance(text, str) or _is_pieces(text)


def _has_title(values: Mapping[str, Any], file: OpenFile) -> bool:
    """Return whether an object without a text has a title, and says where or when it came out."""
    fields = find_columns(list(values), file.columns)
    wanted = bool(file.columns and "text" in file.columns)
    title = values.get(fields.get("title", ""))
    return not wanted and isinstance(title, str) and bool({"url", "published"} & set(fields))


def _flat(value: Mapping[str, Any]) -> dict[str, Any]:
    """Return an object's filled values, and behind them those of the objects in it that are no value of ours."""
    own = {key: one for key, one in value.items() if one not in (None, "", [], {})}
    flat = dict(own)
    for key, one in own.items():
        if isinstance(one, dict) and plain_name(key) not in KNOWN_NAMES:
            flat |= {inner: deep for inner, deep in one.items() if inner not in flat and deep not in (None, "", [], {})}
    return flat


def _rows(found: Iterable[_Found], file: OpenFile) -> Iterator[Row]:
    for number, one in enumerate(found, start=1):
        values = _plain(one, file)
        if values:
            yield Row(line=number, values=values)


def _plain(one: _Found, file: OpenFile) -> dict[str, Any]:
    """Return the values of a report under our own names; none for a message without words."""
    fields = find_columns(list(one.values), file.columns)
    values: dict[str, Any] = {field: one.values[column] for field, column in fields.items()}
    pieces = _is_pieces(values.get("text"))
    text = _joined(values.get("text"))
    title = plain_text(_joined(values.get("title")))
    if not text.strip():
        if "text" in values and _is_message(one):
            return {}
        text = _shortened(one.values) or title
    chat = one.around.get("name") if _is_message(one) else None
    return {
        "id": _id_of(one, values, file),
        "text": text if pieces else plain_text(text),
        "title": title,
        "url": _first(values.get("url"), ("url", "href")),
        "published": _first(values.get("published"), _DAYS),
        "source": one.values.get("forwarded_from") or _first(values.get("source"), ("name", "title")) or chat,
        "mentions": values.get("mentions"),
    }


def _shortened(values: Mapping[str, Any]) -> str:
    names = {plain_name(name): value for name, value in values.items()}
    texts = (names.get(plain_name(name)) for name in _SHORTENED)
    return next((text for text in texts if isinstance(text, str) and text.strip()), "")


def _is_message(one: _Found) -> bool:
    """Return whether a report is a message of a chat, which says who wrote it and stands in the chat's list."""
    return "messages" in one.around and "date" in one.values


def _is_pieces(text: object) -> bool:
    """Return whether a value is a text in pieces: strings and objects with a text, as chats mark words."""
    return isinstance(text, list) and all(
        isinstance(piece, str) or (isinstance(piece, dict) and isinstance(piece.get("text"), str)) for piece in text
    )


def _joined(text: object) -> str:
    if isinstance(text, list) and _is_pieces(text):
        return "".join(piece if isinstance(piece, str) else piece["text"] for piece in text)
    return text if isinstance(text, str) else ""


def _id_of(one: _Found, values: Mapping[str, Any], file: OpenFile) -> Any:
    given = values.get("id")
    if not _is_message(one) or given is None:
        return given
    # Messages are counted from 1 in every chat, and a file can hold several.
    return f"{file.name}#{one.around.get('id', '')}/{given}"


def _first(value: object, names: tuple[str, ...]) -> Any:
    """Return a value that is text or number, or the first such under some names of an object or of a list's objects."""
    if isinstance(value, list):
        return next((found for one in value if (found := _first(one, names))), None)
    if isinstance(value, dict):
        return next((value[name] for name in names if isinstance(value.get(name), str | int)), None)
    return value


def _rows_of_lines(file: OpenFile) -> Iterator[Row | ReportError]:
    return (_parse(line, number, file) for number, line in _numbered_lines(file))


def _numbered_lines(file: OpenFile) -> Iterator[tuple[int, bytes | str]]:
    mark = first_mark(file)
    file.stream.seek(3 if mark == "utf-8-sig" else 0)
    lines: Iterable[bytes | str] = _lines(file) if mark in ("", "utf-8-sig") else decode(file).split("\n")
    return ((number, line) for number, line in enumerate(lines, start=1) if line.strip())


def _lines(file: OpenFile) -> Iterator[bytes]:
    while line := file.stream.readline(LONGEST_ROW):
        yield line
        while len(line) == LONGEST_ROW and not line.endswith(b"\n"):  # the rest of it; its beginning is no whole JSON
            line = file.stream.readline(LONGEST_ROW)


def _parse(line: bytes | str, number: int, file: OpenFile) -> Row | ReportError:
    codec = file.encoding or "utf-8"
    try:
        text = (line.decode(codec) if isinstance(line, bytes) else line).rstrip()
        value = json.loads(text.removesuffix(",") if text.startswith("{") else text)
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
