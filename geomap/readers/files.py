"""Where reports are: a file, a folder or standard input; which reader each takes, and ids unique in a run."""

import io
import os
import sys
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from functools import partial
from itertools import chain, count
from pathlib import Path
from typing import BinaryIO

from geomap.errors import ConfigError, ReportError
from geomap.readers.documents import Reading, Readings, Source
from geomap.readers.html import read_html
from geomap.readers.jsonlines import read_json_lines
from geomap.readers.rows import check_columns
from geomap.readers.tables import read_table
from geomap.readers.text import read_text
from geomap.types import Document

FORMATS = ("text", "html", "jsonl", "csv", "tsv")
"""Names that ``format`` may have."""

_SUFFIXES = {
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    ".markdown": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "tsv",
}
_REMEDIES = {
    ".json": "write one object a line into a .jsonl file",
    ".pdf": "save its text as .txt",
    ".doc": "save its text as .txt",
    ".docx": "save its text as .txt",
    ".rtf": "save its text as .txt",
    ".xlsx": "save it as .csv",
    ".xls": "save it as .csv",
    ".gz": "unpack it first",
    ".zip": "unpack it first",
}


def read_documents(
    path: str | os.PathLike[str],
    *,
    columns: Mapping[str, str] | None = None,
    format: str | None = None,
    on_error: Callable[[ReportError], None] | None = None,
) -> Iterator[Document]:
    r"""Read news reports, one after the other.

    A folder is read with all below it, sorted by path: .txt, .md, .html, .htm, .jsonl, .ndjson, .csv and .tsv files;
    hidden files and folders, files called README and files of other kinds are passed over. Encodings other than UTF-8
    are recognised or refused. Line ends become ``\n``; nothing else in a text changes. Lines that are not the story are
    marked in `Document.boilerplate`.

    Parameters
    ----------
    path
        A file, a folder, or ``-`` for standard input.
    columns
        For CSV, TSV and JSON Lines: field → column, as in ``{"text": "body"}``. Fields are id, text, title, url,
        published, source and mentions; without it the usual column names are understood.
    format
        One of `FORMATS`; ``None`` to go by the suffix, and on standard input by the first character. With a format
        given, all files in a folder but hidden ones and READMEs are read as that.
    on_error
        Is handed each `ReportError`, and reading goes on with the next report; ``None`` to raise the first.

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
    check_columns(columns)
    if format is not None and format not in FORMATS:
        raise ConfigError(f"no format {format!r}; formats are {', '.join(FORMATS)}")
    return _raise_or_hand_on(_read_path(os.fspath(path), format, columns), on_error)


def _raise_or_hand_on(
    readings: Generator[tuple[str, Reading]], on_error: Callable[[ReportError], None] | None
) -> Iterator[Document]:
    taken: set[str] = set()
    with closing(readings):  # an error raised here must not keep the file open
        for name, reading in readings:
            if not isinstance(reading, ReportError):
                document_id = _unused_id(reading.id, name, taken)
                taken.add(document_id)
                yield reading if document_id == reading.id else replace(reading, id=document_id)
            elif on_error is None:
                raise reading
            else:
                on_error(reading)


def _unused_id(wanted: str, name: str, taken: set[str]) -> str:
    """Return the id, followed where two files share it by the later file's name, which joins back to its rows."""
    if wanted not in taken:
        return wanted
    choices = chain([f"{wanted} ({name})"], (f"{wanted} ({name}, {number})" for number in count(2)))
    return next(choice for choice in choices if choice not in taken)


def _read_path(path: str, format_name: str | None, columns: Mapping[str, str] | None) -> Generator[tuple[str, Reading]]:
    """Yield each reading with the name of its file."""
    if path == "-":
        yield from _named("stdin", _read_stdin(format_name, columns))
    elif os.path.isdir(path):  # noqa: PTH112 - pathlib raises on names that are too long
        yield from _read_folder(path, format_name, columns)
    else:
        name = _printable(Path(path).name)
        yield from _named(name, _read_file(path, name, format_name, columns))


def _named(name: str, readings: Readings) -> Iterator[tuple[str, Reading]]:
    return ((name, reading) for reading in readings)


def _read_stdin(format_name: str | None, columns: Mapping[str, str] | None) -> Readings:
    if sys.stdin is None:
        yield ReportError("standard input is closed; pipe a report in, or name a file", path="<stdin>")
        return
    data = sys.stdin.buffer.read()
    source = Source(name="stdin", path="<stdin>", stream=io.BytesIO(data))
    yield from _read(source, format_name or _sniff(data), columns)


def _sniff(data: bytes) -> str:
    start = data[:512].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return "html"
    return "jsonl" if start.startswith(b"{") and not start.startswith(b"{\\rtf") else "text"


def _read_folder(
    folder: str, format_name: str | None, columns: Mapping[str, str] | None
) -> Iterator[tuple[str, Reading]]:
    unreadable: list[OSError] = []
    names = _files_below(folder, unreadable, any_suffix=format_name is not None)
    for error in unreadable:
        yield "", _unopened(error, _printable(str(error.filename)))
    for name in names:
        printable = _printable(name)
        yield from _named(printable, _read_file(os.path.join(folder, name), printable, format_name, columns))  # noqa: PTH118
    if not names and not unreadable:
        kinds = ", ".join(_SUFFIXES)
        yield (
            "",
            ReportError(f"the folder holds no reports; put files ending in {kinds} there", path=_printable(folder)),
        )


def _files_below(folder: str, unreadable: list[OSError], *, any_suffix: bool) -> list[str]:
    """Return the paths of reports relative to the folder, with forward slashes, sorted part by part."""
    found = []
    for parent, folders, files in os.walk(folder, onerror=unreadable.append):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [
            (Path(parent) / name).relative_to(folder)
            for name in files
            if not name.startswith(".")
            and not name.casefold().startswith("readme")
            and (any_suffix or Path(name).suffix.lower() in _SUFFIXES)
        ]
    return [path.as_posix() for path in sorted(found, key=lambda path: path.parts)]


def _read_file(path: str, name: str, format_name: str | None, columns: Mapping[str, str] | None) -> Readings:
    shown = _printable(path)
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - the path is shown and opened as it was given
            # A pipe, such as a shell's <(command), cannot be wound back.
            stream: BinaryIO = file if file.seekable() else io.BytesIO(file.read())
            source = Source(name=name, path=shown, stream=stream)
            yield from _read(source, format_name or _format_of(path, shown), columns)
    except ReportError as error:
        yield error
    except (OSError, ValueError) as error:  # ValueError: a path with a NUL in it
        yield _unopened(error, shown)


def _format_of(path: str, shown: str) -> str:
    suffix = Path(path).suffix.lower()
    if suffix and suffix not in _SUFFIXES and os.path.isfile(path):  # noqa: PTH113 - as above
        remedy = _REMEDIES.get(suffix, f"give the format, one of {', '.join(FORMATS)}")
        raise ReportError(f"files ending in {suffix} are not read; {remedy}", path=shown)
    return _SUFFIXES.get(suffix, "text")


def _read(source: Source, format_name: str, columns: Mapping[str, str] | None) -> Readings:
    """Yield what the format's reader yields, and its one error about the whole file in place of more."""
    nothing = True
    try:
        for reading in _reader(format_name, columns)(source):
            nothing = False
            yield reading
    except ReportError as error:
        yield error
        return
    if nothing:
        yield ReportError("the file holds no reports; give it a row a report", path=source.path)


def _reader(format_name: str, columns: Mapping[str, str] | None) -> Callable[[Source], Readings]:
    readers: dict[str, Callable[[Source], Readings]] = {
        "text": read_text,
        "html": read_html,
        "jsonl": partial(read_json_lines, columns=columns),
        "csv": partial(read_table, columns=columns),
        "tsv": partial(read_table, columns=columns, separator="\t"),
    }
    return readers[format_name]


def _unopened(error: Exception, shown: str) -> ReportError:
    if isinstance(error, FileNotFoundError):
        return ReportError("no such file or folder; check the spelling", path=shown)
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return ReportError(f"cannot be opened ({reason}); check its name and permissions", path=shown)


def _printable(path: str) -> str:
    """Return a path that any output can carry: bytes of a file name that are not UTF-8 become replacement signs."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace").replace("\n", " ").replace("\r", " ")
