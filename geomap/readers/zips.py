"""ZIP archives: the reports in them, and the guarded way to their parts, which office documents and e-books take too.

Nothing is unpacked to disk, so a name such as ``../x`` could not reach anything; it is refused all the same, as are
links, which are no reports, and archives in archives, in which bombs are nested.
"""

import io
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import PurePosixPath

from geomap.errors import ReportError
from geomap.readers.documents import OpenFile, PassedOver, Readings
from geomap.readers.folders import is_left_alone, printable_path, refusal_of
from geomap.readers.input_formats import format_of, is_read
from geomap.readers.limits import GRACE, LARGEST_PART, MOST_TIMES, Unpacking, bomb, take_whole
from geomap.readers.opening import read_opened

_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    LookupError,
)
_CHUNK = 1 << 20
_NO_ARCHIVES = "an archive in an archive, which is not opened; unpack the outer one"


def read_zip(file: OpenFile) -> Readings:
    """Yield the reports of the files in an archive, sorted by their names, as those of a folder.

    Hidden files, what macOS adds, and files called README are left alone; files of other kinds are passed over by name.

    Parameters
    ----------
    file
        The file.

    Yields
    ------
        What the readers of the files in it yield; their ids begin with the name of the archive.
    """
    with opened_zip(file) as archive:
        for name in sorted(archive.names(), key=lambda name: PurePosixPath(name).parts):
            shown = printable_path(f"{file.path}/{name}")
            problem = archive.problem(name)
            if problem:
                yield ReportError(problem, path=shown)
            elif not is_read(name):
                yield PassedOver(_reason_against(name), path=shown)
            else:
                inner = replace(file, name=printable_path(f"{file.name}/{name}"), path=shown, stream=io.BytesIO())
                yield from archive.read_inner(name, inner)


def _reason_against(name: str) -> str:
    suffix = PurePosixPath(name).suffix.lower()
    return refusal_of(suffix, "name it by its format, or leave it") if suffix else "a file without an ending; add .txt"


class Archive:
    """An open ZIP archive, of which no more is unpacked than text can come to."""

    def __init__(self, file: zipfile.ZipFile, *, size: int, path: str) -> None:
        self._file, self._path = file, path
        self._size = size
        self._left = max(GRACE, size * MOST_TIMES)

    def names(self) -> list[str]:
        """Return the names of the files in it that are not left alone, each once."""
        infos = {info.filename: info for info in self._file.infolist() if info.filename and not info.is_dir()}
        return [name for name in infos if not any(map(is_left_alone, _parts(name)))]

    def problem(self, name: str) -> str:
        """Return why a file in it is not opened; empty for one that is."""
        info = self._file.getinfo(name)
        parts = _parts(name)
        if ".." in parts or parts[:1] == ("/",) or ":" in parts[0]:
            return "its name leads out of the archive; pack it again"
        if stat.S_ISLNK(info.external_attr >> 16):
            return "a link, not a file; pack the file itself"
        told = format_of(name)
        if told is not None and told.name == "zip":
            return _NO_ARCHIVES
        return "it is encrypted; pack it again without a password" if info.flag_bits & 1 else ""

    def read_inner(self, name: str, file: OpenFile) -> Readings:
        """Yield what the reader of a file in it yields; ``file`` is what it is called."""
        try:
            with self._stream(name, file.path) as stream:
                yield from read_opened(replace(file, stream=stream), format_name=None)
        except _DAMAGE as error:
            if isinstance(error, ReportError):
                raise
            yield ReportError(_damaged(error), path=file.path)

    def part(self, name: str) -> bytes:
        """Return a part of an office document; ``KeyError`` when it has none of that name.

        Raises
        ------
        ReportError
            It is too large, encrypted or damaged.
        """
        path = f"{self._path}/{printable_path(name)}"
        problem = self.problem(self._file.getinfo(name).filename)
        if problem:
            raise ReportError(problem, path=path)
        try:
            with self._stream(name, path) as stream:
                return take_whole(stream, path=path, most=LARGEST_PART)
        except _DAMAGE as error:
            if isinstance(error, ReportError):
                raise
            raise ReportError(_damaged(error), path=path) from None

    def check_parts(self) -> None:
        """Unpack all parts and keep none, so that a program that trusts the archive can be given it."""
        for info in self._file.infolist():
            path = f"{self._path}/{printable_path(info.filename)}"
            try:
                with self._stream(info.filename, path) as stream:
                    while stream.read(_CHUNK):
                        pass
            except _DAMAGE as error:
                if isinstance(error, ReportError):
                    raise
                raise ReportError(_damaged(error), path=path) from None

    @contextmanager
    def _stream(self, name: str, path: str) -> Iterator[io.BufferedReader]:
        info = self._file.getinfo(name)
        self._left -= info.file_size
        if self._left < 0:
            raise bomb(self._path)
        packed = min(info.compress_size, self._size)
        with self._file.open(info) as file:
            yield io.BufferedReader(Unpacking(file, packed=packed, path=path), 1 << 16)  # type: ignore[arg-type]


def _parts(name: str) -> tuple[str, ...]:
    return PurePosixPath(name.replace("\\", "/")).parts


def _damaged(error: Exception) -> str:
    return f"damaged ZIP data ({error}); get the file again"


@contextmanager
def opened_zip(file: OpenFile) -> Iterator[Archive]:
    """Open a file as a ZIP archive.

    Raises
    ------
    ReportError
        It is none, or damaged.
    """
    size = file.stream.seek(0, io.SEEK_END)
    file.stream.seek(0)
    if not size:
        raise file.error("the file is empty; remove it or fill it in")
    try:
        archive = zipfile.ZipFile(file.stream)
    except _DAMAGE as error:
        raise file.error(f"it cannot be opened as what its name says ({error}); get the file again") from None
    with archive:
        yield Archive(archive, size=size, path=file.path)
