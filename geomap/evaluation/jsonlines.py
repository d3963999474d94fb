"""Gold corpora as JSON Lines.

A row has ``text`` and ``toponyms``, and may have ``doc_id`` (or ``id``), ``title``, ``url``, ``source``, ``split`` and
``class``. A toponym has ``start`` and ``end`` in code points, and may have ``text`` (checked against the offsets),
``lat`` and ``lon``, ``geonameid``, ``fcode``, ``country``, ``type``, ``role``, ``relation`` and ``demonym_form``. A
``type`` that names a role ("literal", "metonymic", "mixed" …) is the role; "demonym" marks a demonym.
"""

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from geomap.errors import ReportError
from geomap.evaluation.gold import GoldDocument, GoldToponym

_ROLES = frozenset({"literal", "metonymic", "modifier", "embedded", "mix", "mixed"})
_EXAMPLE = '{"text": "…", "toponyms": [{"start": 0, "end": 4}]}'


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in a file something is, for the error about it."""

    path: str
    line: int

    def error(self, message: str) -> ReportError:
        return ReportError(message, path=self.path, line=self.line)


def read_json_lines(data: bytes, *, path: str) -> Iterator[tuple[int, GoldDocument]]:
    """Yield line number and document of every line that is not blank.

    Parameters
    ----------
    data
        The file, UTF-8.
    path
        What to call it in errors.

    Raises
    ------
    ReportError
        If a line is no such row; the message names the line and what is wrong in it.
    """
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        if line.strip():
            yield number, _document(_parsed(line, _Place(path, number)), _Place(path, number))


def _parsed(line: bytes, where: _Place) -> Mapping[str, Any]:
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


def _document(row: Mapping[str, Any], where: _Place) -> GoldDocument:
    text, toponyms = row.get("text"), row.get("toponyms")
    if not isinstance(text, str):
        raise where.error(f'no "text" in the row, or not a string; give {_EXAMPLE}')
    if not isinstance(toponyms, list):
        raise where.error(f'no "toponyms" in the row, or not a list; give {_EXAMPLE}')
    found = [_toponym(item, text, number, where) for number, item in enumerate(toponyms, start=1)]
    name = _text(row, "doc_id") or _text(row, "id") or f"line-{where.line}"
    return GoldDocument(
        id=name,
        text=text,
        toponyms=tuple(sorted(found, key=lambda toponym: (toponym.start, toponym.end))),
        title=_text(row, "title"),
        url=_text(row, "url"),
        source=_text(row, "source"),
        split=_text(row, "split") or None,
        group=_text(row, "class"),
    )


def _toponym(item: object, text: str, number: int, where: _Place) -> GoldToponym:
    if not isinstance(item, dict):
        raise where.error(f'toponym {number} is not an object; give {{"start": 0, "end": 4}}')
    start, end = _offsets(item, text, number, where)
    kind, role = _text(item, "type").lower(), _text(item, "role").lower()
    latitude, longitude = _coordinates(item, number, where)
    return GoldToponym(
        start=start,
        end=end,
        latitude=latitude,
        longitude=longitude,
        entry_id=_entry_id(item),
        feature_code=_text(item, "fcode") or _text(item, "feature_code"),
        country=_text(item, "country") or _text(item, "country_code"),
        kind="" if kind in _ROLES else kind,
        role=role or (kind if kind in _ROLES else ""),
        relation=_text(item, "relation") if "relation" in item else None,
        demonym=kind == "demonym" or bool(item.get("demonym_form")),
    )


def _offsets(item: Mapping[str, Any], text: str, number: int, where: _Place) -> tuple[int, int]:
    start, end = item.get("start"), item.get("end")
    if not (isinstance(start, int) and isinstance(end, int)):
        raise where.error(f'toponym {number} has no whole numbers "start" and "end"; count code points from 0')
    if not 0 <= start < end <= len(text):
        raise where.error(
            f"toponym {number} is at {start} to {end}, outside the text of {len(text)} characters; "
            "count code points from 0, the end exclusive"
        )
    written = item.get("text")
    if isinstance(written, str) and written != text[start:end]:
        raise where.error(
            f"toponym {number} says {written[:60]!r} where the text has {text[start:end][:60]!r}; "
            "count code points from 0, the end exclusive"
        )
    return start, end


def _coordinates(item: Mapping[str, Any], number: int, where: _Place) -> tuple[float | None, float | None]:
    pair = [item.get(short, item.get(long)) for short, long in (("lat", "latitude"), ("lon", "longitude"))]
    if pair == [None, None]:
        return None, None
    numbers = [float(value) if isinstance(value, int | float) else math.nan for value in pair]
    if not (abs(numbers[0]) <= 90 and abs(numbers[1]) <= 180):
        raise where.error(
            f'toponym {number} has "lat" {pair[0]!r} and "lon" {pair[1]!r}; give degrees as numbers, or neither'
        )
    return numbers[0], numbers[1]


def _entry_id(item: Mapping[str, Any]) -> str:
    number = _text(item, "geonameid")
    return f"geonames:{number}" if number else _text(item, "entry_id")


def _text(row: Mapping[str, Any], key: str) -> str:
    """Return a value as text; empty when it is missing or null."""
    value = row.get(key)
    return value if isinstance(value, str) else "" if value is None else str(value)
