"""Packed files (.gz, .bz2, .xz, .zst), unpacked while they are read, never on disk, and as often as they are read."""

import bz2
import gzip
import io
import lzma
import os
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO

from geomap.errors import ReportError
from geomap.readers.input_formats import require
from geomap.readers.limits import Unpacking

_ZSTD_CHUNK = 1 << 10  # packed bytes at a time: a block of 4 bytes can unpack to 128 KB (RFC 8878, section 3.1.1.2)
_STARTS = {b"\x1f\x8b": "gzip", b"BZh": "bzip2", b"\xfd7zXZ\0": "xz", b"\x28\xb5\x2f\xfd": "zstd"}


def packing_of(head: bytes) -> str:
    """Return how a file is packed that begins so; empty when it is not."""
    return next((name for start, name in _STARTS.items() if head.startswith(start)), "")


def unpacked(stream: BinaryIO, packing: str, *, path: str) -> BinaryIO:
    """Return the unpacked bytes of a packed file: seekable, and ending in a `ReportError` where they are damaged.

    Parameters
    ----------
    stream
        The packed file; seekable.
    packing
        As `packing_of` names it.
    path
        What errors call it.
    """
    size = stream.seek(0, os.SEEK_END)
    stream.seek(0)
    opened: object
    if packing == "zstd":
        require("zstandard", extra="zst", path=path)
        opened = _Rewinding(lambda: _Zstd(stream))
    else:
        open_packed: dict[str, Callable[[BinaryIO], object]] = {
            "gzip": lambda file: gzip.GzipFile(fileobj=file, mode="rb"),
            "bzip2": bz2.BZ2File,
            "xz": lzma.LZMAFile,
        }
        opened = open_packed[packing](stream)
    guarded = Unpacking(_Checked(opened, packing, path), packed=size, path=path)  # type: ignore[arg-type]
    return io.BufferedReader(guarded, 1 << 16)


class _Zstd:
    """The unpacked bytes of zstd frames, forward alone; unlike `zstandard`'s own reader, it tells a cut-off file."""

    def __init__(self, stream: BinaryIO) -> None:
        stream.seek(0)
        self._stream, self._ready = stream, io.BytesIO()
        self._frame, self._begun = self._new(), False

    @staticmethod
    def _new() -> Any:
        import zstandard

        # Windows of more than 128 MB are refused, as zstd's own program does without --long.
        return zstandard.ZstdDecompressor(max_window_size=1 << 27).decompressobj()

    def read(self, size: int) -> bytes:
        while not (data := self._ready.read(size)):
            packed = b""
            if self._frame.eof:
                packed, self._frame, self._begun = self._frame.unused_data, self._new(), False
            packed = packed or self._stream.read(_ZSTD_CHUNK)
            if not packed and self._begun:
                raise EOFError("it is cut off")
            if not packed:
                return b""
            self._ready, self._begun = io.BytesIO(self._frame.decompress(packed)), True
        return data


class _Rewinding(io.RawIOBase):
    """A stream that can only be read forward, started anew to go back to its beginning."""

    def __init__(self, start: Callable[[], _Zstd]) -> None:
        self._start, self._stream, self._at = start, start(), 0

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
            self._stream, self._at = self._start(), 0
        while self._at < target and self.read(min(1 << 16, target - self._at)):
            pass
        return self._at

    def readinto(self, buffer: "memoryview") -> int:  # type: ignore[override]
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)


class _Checked:
    """A packed stream whose own errors are `ReportError`s."""

    def __init__(self, stream: BinaryIO, packing: str, path: str) -> None:
        self._stream, self._packing, self._path = stream, packing, path

    def read(self, size: int) -> bytes:
        with self._in_words():
            return self._stream.read(size)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        with self._in_words():
            return self._stream.seek(offset, whence)

    @contextmanager
    def _in_words(self) -> Iterator[None]:
        try:
            yield
        except Exception as error:
            if not _is_damage(error):
                raise
            problem = f"damaged {self._packing} data ({error}); get the file again"
            raise ReportError(problem, path=self._path) from None

    def tell(self) -> int:
        return self._stream.tell()

    def seekable(self) -> bool:
        return True

    def close(self) -> None:
        self._stream.close()


def _is_damage(error: Exception) -> bool:
    damage = (EOFError, OSError, lzma.LZMAError, zlib.error, ValueError)
    return isinstance(error, damage) or type(error).__name__ == "ZstdError"
