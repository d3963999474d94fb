"""ZIP archives: the reports in them, and the guarded way to their parts, which office documents and e-books take too.

Nothing is unpacked to disk, so a name such as ``../x`` could not reach anything; it is refused all the same, as are
links, which are no reports, and archives in archives, in which bombs are nested. XML is taken without entities, without
documents that it refers to and without endless nesting.
"""

import io
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import PurePosixPath
from xml.etree.ElementTree import Element  # the type alone: defusedxml parses

from geomap.errors import ReportError
from geomap.readers.documents import OpenFile, PassedOver, Readings, printable_path
from geomap.readers.input_formats import format_of, is_left_alone, reason_against
from geomap.readers.limits import DEEPEST, GRACE, LARGEST_PART, MOST_TIMES, bomb, take_whole
from geomap.readers.opening import Unpacking, read_opened

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


def read_zip(file: OpenFile) -> Readings:
    """Yield the reports of the files in an archive, sorted by their names, as those of a folder.

    Hidden files, what macOS adds, and files called README are left alone; files of other kinds are passed over by name.
    Ids begin with the name of the archive.
    """
    with opened_zip(file) as archive:
        for name in sorted(archive.names(), key=lambda name: PurePosixPath(name).parts):
            shown = printable_path(f"{file.path}/{name}")
            problem = archive.problem(name)
            if problem:
                yield ReportError(problem, path=shown)
            elif reason := reason_against(name):
                yield PassedOver(reason, path=shown)
            else:
                inner = replace(file, name=printable_path(f"{file.name}/{name}"), path=shown)
                yield from archive.read_inner(name, inner)


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
            return "an archive in an archive, which is not opened; unpack the outer one"
        return "it is encrypted; pack it again without a password" if info.flag_bits & 1 else ""

    def read_inner(self, name: str, file: OpenFile) -> Readings:
        """Yield what the reader of a file in it yields; ``file`` is what it is called."""
        info = self._counted(name)
        try:
            with self._stream(info, file.path) as stream:
                yield from read_opened(replace(file, stream=stream), format_name=None)
        except ReportError as error:
            yield error

    def part(self, name: str) -> bytes:
        """Return a part of an office document; ``KeyError`` when it has none of that name.

        Raises a `ReportError` where it is too large, encrypted or damaged.
        """
        path = f"{self._path}/{printable_path(name)}"
        problem = self.problem(self._file.getinfo(name).filename)
        if problem:
            raise ReportError(problem, path=path)
        with self._stream(self._counted(name), path) as stream:
            return take_whole(stream, path=path, most=LARGEST_PART)

    def xml(self, name: str) -> Element:
        """Return the root of a part that is XML; ``KeyError`` when there is none of that name.

        Raises a `ReportError` as `part` does, and where it is not well formed, declares entities (with which a few
        bytes become gigabytes, or a file of this machine becomes part of a report), or nests deeper than `DEEPEST`.
        """
        return _xml_root(self.part(name), self._path)

    def check_parts(self) -> None:
        """Unpack all parts and keep none, so that a program that trusts the archive can be given it."""
        for info in self._file.infolist():
            path = f"{self._path}/{printable_path(info.filename)}"
            with self._stream(self._counted(info.filename), path) as stream:
                while stream.read(_CHUNK):
                    pass

    def _counted(self, name: str) -> zipfile.ZipInfo:
        """Return what is to be unpacked next; a `ReportError` where all that was comes to more than text can."""
        info = self._file.getinfo(name)
        self._left -= info.file_size
        if self._left < 0:
            raise bomb(self._path)
        return info

    @contextmanager
    def _stream(self, info: zipfile.ZipInfo, path: str) -> Iterator[io.BufferedReader]:
        packed = min(info.compress_size, self._size)
        try:
            with self._file.open(info) as file:
                yield io.BufferedReader(Unpacking(file, packed=packed, path=path), 1 << 16)
        except ReportError:
            raise
        except _DAMAGE as error:
            raise ReportError(f"damaged ZIP data ({error}); get the file again", path=path) from None


def _parts(name: str) -> tuple[str, ...]:
    return PurePosixPath(name.replace("\\", "/")).parts


@contextmanager
def opened_zip(file: OpenFile) -> Iterator[Archive]:
    """Open a file as a ZIP archive; a `ReportError` where it is none, or damaged."""
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


def _xml_root(data: bytes, path: str) -> Element:
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import ParseError, iterparse

    root: Element | None = None
    depth = 0
    try:
        for event, element in iterparse(io.BytesIO(data), events=("start", "end")):
            root = element if root is None else root
            depth += 1 if event == "start" else -1
            if depth > DEEPEST:
                problem = f"XML nested deeper than {DEEPEST} levels, as no document is; get the file again"
                raise ReportError(problem, path=path)
    except DefusedXmlException:
        problem = "its XML declares entities, as files made to do harm do; save it again without them"
        raise ReportError(problem, path=path) from None
    except ReportError:
        raise
    except (ParseError, LookupError, ValueError) as error:
        raise ReportError(f"malformed XML ({error}); get the file again", path=path) from None
    if root is None:
        raise ReportError("no XML in it; get the file again", path=path)
    return root


def local_name(element: Element) -> str:
    """Return the name of an element without its namespace; empty for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def first_text(root: Element, name: str) -> str:
    """Return the text of the first element of a local name that has one, on one line; else an empty string."""
    found = (" ".join((element.text or "").split()) for element in root.iter() if local_name(element) == name)
    return next(filter(None, found), "")
