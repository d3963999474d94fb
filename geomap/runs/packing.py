"""What was found in documents as compact JSON, and back: how it travels between processes and lies in a run folder.

Only what was found is written, not the report: whoever reads it has the report at hand, and of a mention or an event
the id and the words follow from it. Places are written once. What comes back is checked cell by cell, since a folder
may have been in other hands; nothing in it is ever run.
"""

import datetime
import json
import types as python
import typing
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from functools import cache
from itertools import repeat
from operator import attrgetter, call
from typing import Any, TypeAlias

from geomap.types import Candidate, Document, Event, GazetteerEntry, Mention, ParsedDocument

_DERIVED: Mapping[type, tuple[str, ...]] = {
    Mention: ("document_id", "toponym"),
    Event: ("document_id",),
    Candidate: ("features",),
    ParsedDocument: ("document",),
}
"""Fields that are not written: what follows from the report, and what no table is made of."""

_PLAIN = (str, int, float, bool, type(None))

Row: TypeAlias = Sequence[Any]
_Reader: TypeAlias = Callable[[Any, "_Context"], Any]
_Writer: TypeAlias = Callable[[Any, "_Context"], Any]


class _Context:
    """The report that is read or written, and the places named so far."""

    def __init__(self, document: Document, places: Sequence[GazetteerEntry] = ()) -> None:
        self.document = document
        self.places = list(places)
        self.numbers: dict[GazetteerEntry, int] = {}


def pack(parsed: ParsedDocument) -> str:
    """Return what was found in a document as a line of JSON, but for `Candidate.features`, of which no table is made.

    Floats keep every digit: the same tables are made of what `unpack` returns.
    """
    context = _Context(parsed.document)
    found = _row_writer(ParsedDocument)(parsed, context)
    write = _row_writer(GazetteerEntry)
    places = [write(place, context) for place in context.numbers]
    return json.dumps([places, found], ensure_ascii=False, separators=(",", ":"))


def unpack(line: str, document: Document) -> ParsedDocument:
    """Return what `pack` wrote of a document with the same text; it may have another id.

    Raises a ValueError if it is anything else than `pack` writes.
    """
    try:
        places, found = json.loads(line)
        read = _row_reader(GazetteerEntry)
        context = _Context(document)
        context.places = [read(place, context) for place in places]
        parsed = _reader(ParsedDocument)(found, context)
    except (TypeError, IndexError, KeyError, RecursionError, OverflowError) as error:
        raise ValueError(f"not what was found in a document: {error}") from error
    if not isinstance(parsed, ParsedDocument) or len(parsed.resolutions) != len(parsed.mentions):
        raise ValueError("not what was found in a document")
    return parsed


@cache
def _written_fields(noun: type) -> tuple[tuple[str, Any], ...]:
    """Return the fields of a noun that are written, in order, with their types."""
    hints = typing.get_type_hints(noun)
    return tuple((one.name, hints[one.name]) for one in fields(noun) if one.name not in _DERIVED.get(noun, ()))


@cache
def _writer(kind: Any) -> _Writer | None:
    """Return what makes JSON of a value of a type; ``None`` where the value is JSON already."""
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if kind is GazetteerEntry:
        return lambda place, context: context.numbers.setdefault(place, len(context.numbers))
    if is_dataclass(kind):
        return _row_writer(kind)  # type: ignore[arg-type]
    if kind is datetime.date:
        return lambda day, _: day.isoformat()
    if origin is tuple:
        write = _writer(arguments[0])
        return None if write is None else _list_writer(write)
    if origin in (typing.Union, python.UnionType):
        write = next((found for one in arguments if (found := _writer(one))), None)
        return None if write is None else _optional_writer(write)
    return None


def _list_writer(write: _Writer) -> _Writer:
    return lambda values, context: [write(value, context) for value in values]


def _optional_writer(write: _Writer) -> _Writer:
    return lambda value, context: None if value is None else write(value, context)


@cache
def _row_writer(noun: type) -> _Writer:
    written = _written_fields(noun)
    cells = attrgetter(*(name for name, _ in written))
    special = [(index, write) for index, (_, kind) in enumerate(written) if (write := _writer(kind))]

    def write_row(value: Any, context: _Context) -> list[Any]:
        row = list(cells(value))
        for index, write in special:
            row[index] = write(row[index], context)
        return row

    return write_row


@cache
def _reader(kind: Any) -> _Reader:
    """Return what makes a value of a type of JSON, or raises a TypeError where it is of another."""
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if kind is GazetteerEntry:
        return lambda number, context: context.places[_checked(number, (int,))]
    if is_dataclass(kind):
        return _row_reader(kind)  # type: ignore[arg-type]
    if kind is datetime.date:
        return lambda text, _: datetime.date.fromisoformat(text)
    if origin is tuple:
        read = _reader(arguments[0])
        if len(arguments) == 2 and arguments[1] is not Ellipsis:
            return lambda values, context: _of_length(tuple(read(value, context) for value in values), len(arguments))
        return lambda values, context: tuple(read(value, context) for value in _checked(values, (list,)))
    if origin in (typing.Union, python.UnionType):
        read = next(_reader(one) for one in arguments if one is not type(None))
        return lambda value, context: None if value is None else read(value, context)
    if origin is typing.Literal:
        return lambda value, _: _one_of(value, arguments)
    if kind not in _PLAIN:
        raise TypeError(f"{kind} cannot be read")  # a new kind of field: give it a reader
    allowed = _allowed(kind)
    return lambda value, _: _checked(value, allowed)


def _allowed(kind: Any) -> tuple[type, ...]:
    """Return the types of a value that JSON has as it is; none for any other kind."""
    return ((float, int) if kind is float else (kind,)) if kind in _PLAIN else ()


@cache
def _row_reader(noun: type) -> _Reader:
    """Return what makes a noun of a row, slot by slot, as `geomap.gazetteers.database` does: in half of the time."""
    written = _written_fields(noun)
    plain = [(index, _allowed(kind)) for index, (_, kind) in enumerate(written) if kind in _PLAIN]
    special = [(index, _reader(kind)) for index, (_, kind) in enumerate(written) if kind not in _PLAIN]
    derived = _deriver(noun, [name for name, _ in written])
    fitting = set[tuple[type, ...]]()  # types of rows that were found to fit
    slots = [getattr(noun, name).__set__ for name in (*dict(written), *_DERIVED.get(noun, ()))]

    def read_row(row: Any, context: _Context) -> Any:
        cells = list(row)
        if len(cells) != len(written):
            raise TypeError(f"{len(cells)} cells in a row of {noun.__name__}")
        types = tuple(map(type, cells))
        if types not in fitting:
            for index, allowed in plain:
                _checked(cells[index], allowed)
            fitting.add(types)
        for index, read in special:
            cells[index] = read(cells[index], context)
        made: Any = object.__new__(noun)
        for _ in map(call, slots, repeat(made), (*cells, *derived(cells, context.document))):
            pass
        return made

    return read_row


def _deriver(noun: type, names: Sequence[str]) -> Callable[[Row, Document], Row]:
    """Return what gives the fields of `_DERIVED`, from those that are written and the report."""
    if noun is Mention:
        start, end = names.index("start"), names.index("end")
        return lambda cells, document: (document.id, document.text[cells[start] : cells[end]])
    if noun is Candidate:
        return lambda cells, document: ({},)
    if noun is Event:
        return lambda cells, document: (document.id,)
    return (lambda cells, document: (document,)) if noun is ParsedDocument else (lambda cells, document: ())


def _checked(value: Any, allowed: tuple[type, ...]) -> Any:
    if type(value) not in allowed:
        raise TypeError(f"{value!r:.40} is none of {allowed}")
    return value


def _one_of(value: Any, allowed: Sequence[Any]) -> Any:
    if value not in allowed:
        raise TypeError(f"{value!r:.40} is none of {allowed}")
    return value


def _of_length(values: tuple[Any, ...], length: int) -> tuple[Any, ...]:
    if len(values) != length:
        raise TypeError(f"{len(values)} values for {length}")
    return values
