"""JSON of any size: values as `json.loads` gives them, of which a long list stays in the file and is read piecewise.

The standard library's own decoder takes each value apart, so that numbers, keys given twice and the words of errors are
the same at any size. (ijson, which reads piecewise, too, refuses NaN and large whole numbers, and replaces half
surrogate pairs; its errors have no line.)
"""

import codecs
import json
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NoReturn

from geomap.readers.documents import OpenFile
from geomap.readers.encoding import codec_of, undecodable
from geomap.readers.limits import LARGEST_WHOLE, LONGEST_ROW, too_large

LONG = 4 << 20
"""Characters of a list or an object that are held at once. A chat program's export is 100 MB, its messages 4 KB."""

_CHUNK = 1 << 20  # bytes
_LONGEST_CUT = 16  # characters before an error that may be due to what was not read yet, as of "-Infinity"
_SPACE = " \t\n\r"
_DECODER = json.JSONDecoder()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mark:
    """A place in a file at which reading can begin: where a chunk was read."""

    byte: int = 0
    state: tuple[bytes, int] | None = None
    """Of the decoder."""
    line: int = 0
    """How many line ends stand before."""
    column: int = 0
    """How many characters stand before on its line."""
    skipped: int = 0
    """How many characters of the chunk stand before the place itself."""


class LongList:
    """A list that stays in its file: each iteration reads it anew, some elements in memory at a time."""

    def __init__(self, file: OpenFile, codec: str, mark: _Mark, *, closed: bool) -> None:
        self._file, self._codec, self._mark, self._closed = file, codec, mark, closed

    def __iter__(self) -> Iterator[Any]:
        """Yield the elements; a `json.JSONDecodeError` where one is none."""
        cursor = _Cursor(self._file, self._codec, self._mark)
        return cursor.elements() if self._closed else cursor.values()


def read_value(file: OpenFile) -> Any:
    """Return the one value of a JSON document, or a list of all, where objects or lists follow one after the other.

    It is what `json.loads` gives, but for lists longer than `LONG`: they become `LongList`, which needs the file open.

    Raises
    ------
    json.JSONDecodeError
        It is malformed; line and column are those in the file.
    ReportError
        It is empty, in no known encoding, or cannot be held: an object of more than `LARGEST_WHOLE`.
    """
    codec = codec_of(file)
    begin = _Mark()
    cursor = _Cursor(file, codec, begin)
    value = cursor.value()
    if cursor.at_end():
        return value
    if isinstance(value, dict | list | LongList) and not cursor.is_line_by_line() and cursor.peek() in "[{":
        every = LongList(file, codec, begin, closed=False)
        for _ in every:  # what is wrong with one is said before any is given
            pass
        return every
    cursor.look_ahead()
    cursor.fail("Extra data")


class _Cursor:
    """A place in the text of a file, which goes forward from a mark."""

    def __init__(self, file: OpenFile, codec: str, mark: _Mark) -> None:
        self._file, self._codec = file, codec
        self._decoder = codecs.getincrementaldecoder(codec)()
        if mark.state is not None:
            self._decoder.setstate(mark.state)
        self._byte, self._line, self._column = mark.byte, mark.line, mark.column
        self._text, self._at, self._ended = "", 0, False
        self._chunks: deque[tuple[int, _Mark]] = deque()  # where in the text each begins
        self._held = 0
        while self._at + mark.skipped > len(self._text) and not self._ended:
            self._more()
        self._at = mark.skipped
        if not mark.byte and not mark.skipped and self.peek() == "\ufeff":
            self._at += 1

    def peek(self) -> str:
        """Return the next character; empty at the end."""
        while self._at >= len(self._text) and not self._ended:
            self._more()
        return self._text[self._at : self._at + 1]

    def look_ahead(self) -> None:
        """Read on, so that the error that follows shows what stands behind it, too."""
        if not self._ended:
            self._more()

    def at_end(self) -> bool:
        """Return whether nothing but white space follows, which is passed over."""
        self._skip_space()
        return not self.peek()

    def is_line_by_line(self) -> bool:
        """Return whether the cursor is at the beginning of the second line that is not blank."""
        before = self._text[: self._at]
        return self._line == 0 and before.endswith("\n") and "\n" not in before.strip()

    def fail(self, problem: str, at: int | None = None) -> NoReturn:
        """Raise a `json.JSONDecodeError` with the line and column in the file."""
        position = self._at if at is None else at
        error = json.JSONDecodeError(problem, self._text, position)
        error.colno += self._column if error.lineno == 1 else 0
        error.lineno += self._line
        raise error

    def values(self) -> Iterator[Any]:
        """Yield values that follow one after the other."""
        while not self.at_end():
            yield self._element()

    def elements(self) -> Iterator[Any]:
        """Yield the elements of a list whose bracket comes next."""
        self._at += 1
        self._skip_space()
        if self.peek() == "]":
            self._at += 1
            return
        while True:
            yield self._element()
            self._skip_space()
            sign = self.peek()
            if sign not in (",", "]"):
                self.fail("Expecting ',' delimiter")
            self._at += 1
            if sign == "]":
                return

    def _element(self) -> Any:
        """Return the next value, which is not held longer than the caller does."""
        held = self._held
        value = self.value()
        self._held = held
        self._forget()
        return value

    def value(self) -> Any:
        """Return the next value; of a long one the skeleton, in which long lists are `LongList`."""
        self._skip_space()
        while True:
            whole = self._decoded()
            if whole is not None:
                value, end = whole
                self._hold(end - self._at)
                self._at = end
                return value
            length = len(self._text) - self._at
            if length > LONG and self._text[self._at] in "[{":
                return self._long_list() if self._text[self._at] == "[" else self._long_object()
            if length > LONGEST_ROW:
                raise too_large(LONGEST_ROW, path=self._file.path)
            self._more()

    def _decoded(self) -> tuple[Any, int] | None:
        """Return the next value and where it ends; ``None`` if more of the file must be read to tell."""
        try:
            value, end = _DECODER.raw_decode(self._text, self._at)
        except json.JSONDecodeError as error:
            cut = error.msg.startswith("Unterminated string") or error.pos >= len(self._text) - _LONGEST_CUT
            if cut and not self._ended:
                return None
            self.fail(error.msg, error.pos)
        unread = self._text[end : end + 3]  # "1", "1.", "1e", "1e+": the number may go on
        may_go_on = isinstance(value, int | float) and len(unread) < 3 and not unread.strip("eE+-.")
        return None if may_go_on and not self._ended else (value, end)

    def _long_list(self) -> LongList:
        found = LongList(self._file, self._codec, self._mark(), closed=True)
        for _ in self.elements():
            pass
        return found

    def _long_object(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        self._at += 1
        self._skip_space()
        while self.peek() == '"':
            key = self.value()
            self._skip_space()
            if self.peek() != ":":
                self.fail("Expecting ':' delimiter")
            self._at += 1
            found[key] = self.value()
            self._forget()
            self._skip_space()
            sign = self.peek()
            if sign not in (",", "}"):
                self.fail("Expecting ',' delimiter")
            self._at += 1
            if sign == "}":
                return found
            self._skip_space()
        self.fail("Expecting property name enclosed in double quotes")

    def _hold(self, length: int) -> None:
        self._held += length
        if self._held > LARGEST_WHOLE:
            raise too_large(LARGEST_WHOLE, path=self._file.path)

    def _skip_space(self) -> None:
        while (char := self.peek()) and char in _SPACE:
            self._at += 1

    def _mark(self) -> _Mark:
        start, mark = next(one for one in reversed(self._chunks) if one[0] <= self._at)
        return _Mark(byte=mark.byte, state=mark.state, line=mark.line, column=mark.column, skipped=self._at - start)

    def _more(self) -> None:
        """Read a chunk more. Other cursors may have moved the stream."""
        line, column = _moved(self._line, self._column, self._text)
        mark = _Mark(byte=self._byte, state=self._decoder.getstate(), line=line, column=column)
        self._chunks.append((len(self._text), mark))
        self._file.stream.seek(self._byte)
        data = self._file.stream.read(_CHUNK)
        self._byte += len(data)
        try:
            self._text += self._decoder.decode(data, final=not data)
        except UnicodeDecodeError as error:
            raise undecodable(error, self._file) from error
        self._ended = not data

    def _forget(self) -> None:
        """Drop what was read of the chunks that are done with."""
        while len(self._chunks) > 1 and self._chunks[1][0] <= self._at:
            self._chunks.popleft()
        first, mark = self._chunks[0]
        if first:
            self._line, self._column = mark.line, mark.column
            self._text, self._at = self._text[first:], self._at - first
            self._chunks = deque((start - first, one) for start, one in self._chunks)


def _moved(line: int, column: int, text: str) -> tuple[int, int]:
    """Return line and column behind a text that begins at some."""
    ends = text.count("\n")
    return line + ends, len(text) - text.rfind("\n") - 1 if ends else column + len(text)
