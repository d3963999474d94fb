"""Where reports are: a file, a folder or standard input; which files of a folder are read, and ids unique in a run."""

import codecs
import os
import shutil
import stat
import sys
import tempfile
import warnings
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field, replace
from itertools import chain, count
from pathlib import Path
from typing import BinaryIO, cast

from geomap.errors import ConfigError, GeomapWarning, ReportError
from geomap.readers.documents import OpenFile, PassedOver, Reading, Readings, printable_path
from geomap.readers.input_formats import is_left_alone, names, reason_against, suffixes
from geomap.readers.opening import read_opened
from geomap.readers.report_rows import check_columns
from geomap.types import Document

_MOST_SHOWN = 20
_MOST_IN_MEMORY = 16 << 20  # bytes of a pipe
_SPECIAL = {
    stat.S_IFIFO: "a named pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    """How files are to be read."""

    format_name: str | None
    columns: Mapping[str, str] | None
    encoding: str


def read_documents(
    path: str | os.PathLike[str],
    *,
    columns: Mapping[str, str] | None = None,
    format: str | None = None,
    encoding: str = "",
    on_error: Callable[[ReportError], None] | None = None,
    on_passed_over: Callable[[ReportError], None] | None = None,
) -> Iterator[Document]:
    r"""Read news reports, one after the other.

    A folder is read with all below it, sorted by path: the files with endings that
    `geomap.readers.input_formats.FORMATS` lists, packed or not; hidden files and folders and files called README are
    left alone, and files of other kinds, pipes and devices are passed over by name. Encodings other than UTF-8 are
    recognised or refused. Line ends become ``\n``, and words broken at a line's end are joined where the whole is known
    and no mentions are given; nothing else in a text changes. Lines that are not the story are marked in
    `Document.boilerplate`, and the language is told in `Document.language`.

    Parameters
    ----------
    path
        A file, a folder, or ``-`` for standard input.
    columns
        For CSV, TSV and JSON Lines: field → column, as in ``{"text": "body"}``. Fields are id, text, title, url,
        published, source and mentions; without it the usual column names are understood.
    format
        Name in `geomap.readers.input_formats.FORMATS`; ``None`` to go by the suffix, and on standard input by the first
        bytes. With one given, all files in a folder but hidden ones and READMEs are read as that.
    encoding
        Codec of all files that are plain characters (text, tables, JSON, pages), such as ``cp1251``; a byte order mark
        overrules it. Empty to find it out.
    on_error
        Is handed each `ReportError`, and reading goes on with the next report; ``None`` to raise the first.
    on_passed_over
        Is handed name and reason of each file of a folder that is passed over; ``None`` for one `GeomapWarning`.

    Returns
    -------
        The documents, read as they are asked for. An id is the path of the file below the folder, or the file's name,
        or the row's id, or else ``name:LINE``. An id that another file has used already is followed by its own file's
        name in brackets.

    Raises
    ------
    ConfigError
        An unknown format, or a field in ``columns`` that does not exist.
    ReportError
        A report that cannot be read: missing, empty, binary, in an unknown encoding, malformed, without text, or with
        an id that stands twice in one file. So is a folder that holds no reports.
    """
    if not isinstance(path, str | os.PathLike):
        raise ReportError(f"a {type(path).__name__} is no path; give one file or folder, and read several in turn")
    check_columns(columns)
    if format is not None and format not in names():
        raise ConfigError(f"no format {format!r}; formats are {', '.join(names())}")
    wanted = _Wanted(format_name=format, columns=columns, encoding=_codec(encoding))
    readings = _read_path(os.fspath(path), wanted, on_passed_over)
    return _raise_or_hand_on(readings, os.fspath(path), on_error, on_passed_over)


def _codec(encoding: str) -> str:
    """Return the name that Python has for an encoding of text; empty for none."""
    if not encoding:
        return ""
    try:
        "".encode(encoding)
        b"".decode(encoding)
        return codecs.lookup(encoding).name
    except (LookupError, UnicodeError, ValueError):
        problem = f"no encoding {encoding[:60]!r}; give one that Python knows, such as utf-8, cp1251 or latin-1"
        raise ConfigError(problem) from None


def _raise_or_hand_on(
    readings: Generator[tuple[str, Reading]],
    path: str,
    on_error: Callable[[ReportError], None] | None,
    on_passed_over: Callable[[ReportError], None] | None,
) -> Iterator[Document]:
    taken: set[str] = set()
    passed_over: list[ReportError] = []
    with closing(readings):  # an error raised here must not keep the file open
        for name, reading in readings:
            if isinstance(reading, PassedOver):
                passed_over.append(reading)
            elif not isinstance(reading, ReportError):
                document_id = _unused_id(reading.id, name, taken)
                taken.add(document_id)
                yield reading if document_id == reading.id else replace(reading, id=document_id)
            elif on_error is None:
                raise reading
            else:
                on_error(reading)
    _pass_over(passed_over, path, on_passed_over)


def _unused_id(wanted: str, name: str, taken: set[str]) -> str:
    """Return the id, followed where two files share it by the later file's name, which joins back to its rows."""
    if wanted not in taken:
        return wanted
    choices = chain([f"{wanted} ({name})"], (f"{wanted} ({name}, {number})" for number in count(2)))
    return next(choice for choice in choices if choice not in taken)


def _read_path(
    path: str, wanted: _Wanted, on_passed_over: Callable[[ReportError], None] | None
) -> Generator[tuple[str, Reading]]:
    """Yield each reading with the name of its file."""
    if path == "-":
        yield from _named("stdin", _read_stdin(wanted))
    elif os.path.isdir(path):  # noqa: PTH112 - pathlib raises on names that are too long
        listing = _listed(path, any_suffix=wanted.format_name is not None)
        _pass_over(listing.passed_over, path, on_passed_over)
        yield from _read_folder(path, listing, wanted)
    else:
        name = printable_path(Path(path).name)
        yield from _named(name, _read_file(path, name, wanted))


def _named(name: str, readings: Readings) -> Iterator[tuple[str, Reading]]:
    return ((name, reading) for reading in readings)


def _read_stdin(wanted: _Wanted) -> Readings:
    if sys.stdin is None:
        yield ReportError("standard input is closed; pipe a report in, or name a file", path="<stdin>")
        return
    with _spooled(sys.stdin.buffer) as stream:
        file = OpenFile(name="stdin", path="<stdin>", stream=stream, columns=wanted.columns, encoding=wanted.encoding)
        yield from read_opened(file, format_name=wanted.format_name, told_by_name=False)


def _spooled(stream: BinaryIO) -> BinaryIO:
    """Return what a pipe gives as a file that can be wound back: small in memory, large on disk, without a name.

    A table is read twice, since its dates are judged together; so the bytes have to stay somewhere.
    """
    file = tempfile.SpooledTemporaryFile(max_size=_MOST_IN_MEMORY)  # noqa: SIM115 - the caller closes it
    shutil.copyfileobj(stream, file)
    file.seek(0)
    return cast(BinaryIO, file)


def _pass_over(
    passed_over: Sequence[ReportError], folder: str, on_passed_over: Callable[[ReportError], None] | None
) -> None:
    """Hand on what is passed over, or warn of it."""
    if on_passed_over is not None:
        for one in passed_over:
            on_passed_over(one)
    elif passed_over:
        shown = " | ".join(map(str, passed_over[:_MOST_SHOWN]))
        more = f" | and {len(passed_over) - _MOST_SHOWN:,} more" if len(passed_over) > _MOST_SHOWN else ""
        problem = f"{printable_path(folder)}: files passed over, {len(passed_over):,}: {shown}{more}"
        warnings.warn(problem, GeomapWarning, stacklevel=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Listing:
    """What was found in a folder and below it."""

    reports: list[str] = field(default_factory=list)
    """Paths of the files to read, relative to the folder, with forward slashes, sorted part by part."""
    passed_over: list[ReportError] = field(default_factory=list)
    """The files that are not read, with the reason, in the same order."""
    unreadable: list[OSError] = field(default_factory=list)
    """Folders that could not be looked into."""


def _listed(folder: str, *, any_suffix: bool) -> _Listing:
    """Return what lies in a folder and below it; files of any name are read where their format was given."""
    listing = _Listing()
    for path in sorted(_visible(folder, listing.unreadable), key=lambda path: path.parts):
        whole = Path(folder) / path
        reason = _reason_against(whole, any_suffix=any_suffix)
        if reason:
            listing.passed_over.append(ReportError(reason, path=printable_path(str(whole))))
        else:
            listing.reports.append(path.as_posix())
    return listing


def _visible(folder: str, unreadable: list[OSError]) -> Iterator[Path]:
    for parent, folders, files in os.walk(folder, onerror=unreadable.append):
        folders[:] = [name for name in folders if not is_left_alone(name)]
        for name in files:
            if not is_left_alone(name):
                yield (Path(parent) / name).relative_to(folder)


def _reason_against(path: Path, *, any_suffix: bool) -> str:
    """Return why a file in a folder is not read; empty for one that is."""
    try:
        special = _SPECIAL.get(stat.S_IFMT(path.stat().st_mode), "")
    except OSError:
        special = ""  # opening it says what is wrong
    if special:
        return f"{special}, for which nothing waits; save its reports in a file"
    if path.name.casefold().startswith("readme"):
        return "taken for a note on the folder by its name; rename it if it is a report"
    return "" if any_suffix else reason_against(path.name)


def _read_folder(folder: str, listing: _Listing, wanted: _Wanted) -> Iterator[tuple[str, Reading]]:
    for error in listing.unreadable:
        yield "", _unopened(error, printable_path(str(error.filename)))
    for name in listing.reports:
        printable = printable_path(name)
        yield from _named(printable, _read_file(os.path.join(folder, name), printable, wanted))  # noqa: PTH118
    if not listing.reports and not listing.unreadable:
        kinds = ", ".join(suffixes())
        problem = f"the folder holds no reports; put files ending in {kinds} there"
        if listing.passed_over:
            problem += f" ({len(listing.passed_over):,} others were passed over, the first: {listing.passed_over[0]})"
        yield "", ReportError(problem, path=printable_path(folder))


def _read_file(path: str, name: str, wanted: _Wanted) -> Readings:
    shown = printable_path(path)
    try:
        with ExitStack() as opened:
            on_disk = opened.enter_context(open(path, "rb"))  # noqa: PTH123 - the path is shown and opened as it was given
            # A pipe, such as a shell's <(command), cannot be wound back.
            stream: BinaryIO = on_disk if on_disk.seekable() else opened.enter_context(_spooled(on_disk))
            file = OpenFile(name=name, path=shown, stream=stream, columns=wanted.columns, encoding=wanted.encoding)
            yield from read_opened(file, format_name=wanted.format_name, told_by_name=stream is on_disk)
    except ReportError as error:
        yield error
    except (OSError, ValueError) as error:  # ValueError: a path with a NUL in it
        yield _unopened(error, shown)


def _unopened(error: Exception, shown: str) -> ReportError:
    if isinstance(error, FileNotFoundError):
        return ReportError("no such file or folder; check the spelling", path=shown)
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return ReportError(f"cannot be opened ({reason}); check its name and permissions", path=shown)
