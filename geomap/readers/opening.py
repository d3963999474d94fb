"""From a name and bytes to the reader that takes them, for files, standard input and what lies in archives alike.

Packed files (.gz, .bz2, .xz, .zst) are unpacked while they are read, never on disk, and as often as they are read.
"""

import bz2
import gzip
import io
import lzma
import os
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, BinaryIO

from geomap.errors import ReportError
from geomap.readers.documents import OpenFile, Readings
from geomap.readers.input_formats import (
    format_of,
    is_packed,
    load_reader,
    names,
    refusal_of,
    require,
    sniffed,
    unpacked_name,
)
from geomap.readers.limits import GRACE, MOST_TIMES, bomb

_HEAD = 512  # bytes by which a format is told
_ZSTD_CHUNK = 1 << 10  # packed bytes at a time: a block of 4 bytes can unpack to 128 KB (RFC 8878, section 3.1.1.2)
_STARTS = {b"\x1f\x8b": "gzip", b"BZh": "bzip2", b"\xfd7zXZ\0": "xz", b"\x28\xb5\x2f\xfd": "zstd"}
_DAMAGE = (EOFError, OSError, lzma.LZMAError, zlib.error, ValueError)


def read_opened(file: OpenFile, *, format_name: str | None, told_by_name: bool = True) -> Readings:
    """Yield what the reader of a file yields, and its one error about the whole file in place of more.

    The format is the one named, or that of its name, or told by its first bytes. The file is closed in the end. Where
    there would be neither documents nor errors, there is an error.
    """
    nothing = True
    try:
        opened = _unpacked(file) if is_packed(file.name) or not told_by_name else file
        name = format_name or _told(opened, told_by_name=told_by_name)
        for reading in load_reader(name, path=file.path)(opened):
            nothing = False
            yield reading
    except ReportError as error:
        yield error
        return
    if nothing:
        yield file.error("the file holds no reports; give it a row a report")


def _told(file: OpenFile, *, told_by_name: bool) -> str:
    if not told_by_name:
        return sniffed(_head(file)).name
    name = unpacked_name(file.name)
    told = format_of(name)
    if told:
        return told.name
    if is_packed(file.name):
        return sniffed(_head(file)).name
    _, dot, suffix = name.rpartition("/")[2].rpartition(".")
    if dot and suffix:
        raise file.error(refusal_of(f".{suffix.lower()}", f"give the format, one of {', '.join(names())}"))
    return "text"


def _head(file: OpenFile) -> bytes:
    file.stream.seek(0)
    head = file.stream.read(_HEAD)
    file.stream.seek(0)
    return head


def _unpacked(file: OpenFile) -> OpenFile:
    """Return a file with its unpacked bytes, if it is packed: seekable, and ending in a `ReportError` where damaged."""
    head = _head(file)
    packing = next((name for start, name in _STARTS.items() if head.startswith(start)), "")
    if not packing:
        return file
    if packing == "zstd":
        require("zstandard", extra="zst", path=file.path)
    size = file.stream.seek(0, os.SEEK_END)
    file.stream.seek(0)
    guarded = Unpacking(_OPENERS[packing](file.stream), packed=size, path=file.path, packing=packing)
    return replace(file, stream=io.BufferedReader(guarded, 1 << 16))


class Unpacking(io.RawIOBase):
    """The unpacked bytes of something, which end in a `ReportError` when they are far more than was packed.

    Parameters
    ----------
    stream
        The unpacked bytes; seekable to its beginning if this is to be.
    packed
        How many bytes they were packed into.
    path
        What errors call it.
    packing
        How they are packed, so that damage becomes a `ReportError`, too; empty to leave it as it is raised.
    """

    def __init__(self, stream: Any, *, packed: int, path: str, packing: str = "") -> None:
        self._stream, self._path, self._packing = stream, path, packing
        self._most = max(GRACE, packed * MOST_TIMES)

    def readable(self) -> bool:  # noqa: D102
        return True

    def seekable(self) -> bool:  # noqa: D102
        return bool(self._stream.seekable())

    def tell(self) -> int:  # noqa: D102
        return int(self._stream.tell())

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:  # noqa: D102
        with self._damage_in_words():
            return int(self._stream.seek(offset, whence))

    def readinto(self, buffer: "memoryview") -> int:  # type: ignore[override]  # noqa: D102
        with self._damage_in_words():
            data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        if data and self._stream.tell() > self._most:
            raise bomb(self._path)
        return len(data)

    def close(self) -> None:  # noqa: D102
        self._stream.close()
        super().close()

    @contextmanager
    def _damage_in_words(self) -> Iterator[None]:
        try:
            yield
        except Exception as error:
            if not self._packing or not (isinstance(error, _DAMAGE) or type(error).__name__ == "ZstdError"):
                raise
            problem = f"damaged {self._packing} data ({error}); get the file again"
            raise ReportError(problem, path=self._path) from None


class _Zstd(io.RawIOBase):
    """The unpacked bytes of zstd frames, begun anew to go back; unlike `zstandard`'s own reader, it tells a cut-off."""

    def __init__(self, packed: BinaryIO) -> None:
        self._packed = packed
        self._begin()

    def _begin(self) -> None:
        self._packed.seek(0)
        self._ready, self._at = io.BytesIO(), 0
        self._frame, self._begun = self._new_frame(), False

    @staticmethod
    def _new_frame() -> Any:
        import zstandard

        # Windows of more than 128 MB are refused, as zstd's own program does without --long.
        return zstandard.ZstdDecompressor(max_window_size=1 << 27).decompressobj()

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        target = offset + (self._at if whence == io.SEEK_CUR else 0)
        if whence == io.SEEK_END:
            raise io.UnsupportedOperation("the end of a packed file is known when it is read")
        if target < self._at:
            self._begin()
        while self._at < target and self.read(min(1 << 16, target - self._at)):
            pass
        return self._at

    def readinto(self, buffer: "memoryview") -> int:  # type: ignore[override]
        while not (data := self._ready.read(len(buffer))):
            packed = b""
            if self._frame.eof:
                packed, self._frame, self._begun = self._frame.unused_data, self._new_frame(), False
            packed = packed or self._packed.read(_ZSTD_CHUNK)
            if not packed and self._begun:
                raise EOFError("it is cut off")
            if not packed:
                return 0
            self._ready, self._begun = io.BytesIO(self._frame.decompress(packed)), True
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)


_OPENERS: Mapping[str, Callable[[BinaryIO], Any]] = {
    "gzip": gzip.open,
    "bzip2": bz2.BZ2File,
    "xz": lzma.LZMAFile,
    "zstd": _Zstd,
}
"""Packing → what opens the packed file; errors are those of the library."""
