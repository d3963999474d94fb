"""Where reports are: a file, a folder or standard input; which reader each takes, and ids unique in a run."""

import io
import os
import sys
import warnings
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from functools import partial
from itertools import chain, count
from pathlib import Path
from typing import BinaryIO

from geomap.errors import ConfigError, GeomapWarning, ReportError
from geomap.readers.documents import Reading, Readings, Source
from geomap.readers.folders import SUFFIXES, Listing, list_reports, printable_path, refusal_of
from geomap.readers.html import read_html
from geomap.readers.jsonlines import read_json_lines
from geomap.readers.rows import check_columns
from geomap.readers.tables import read_table
from geomap.readers.text import read_text
from geomap.types import Document

FORMATS = ("text", "html", "jsonl", "csv", "tsv")
"""Names that ``format`` may have."""

_MOST_SHOWN = 20


def read_documents(
    path: str | os.PathLike[str],
    *,
    columns: Mapping[str, str] | None = None,
    format: str | None = None,
    on_error: Callable[[ReportError], None] | None = None,
    on_passed_over: Callable[[ReportError], None] | None = None,
) -> Iterator[Document]:
    r"""Read news reports, one after the other.

    A folder is read with all below it, sorted by path: .txt, .md, .html, .htm, .jsonl, .ndjson, .csv and .tsv files;
    hidden files and folders and files called README are left alone, and files of other kinds, pipes and devices are
    passed over by name. Encodings other than UTF-8 are recognised or refused. Line ends become ``\n``, and words broken
    at a line's end are joined where the whole is known and no mentions are given; nothing else in a text changes. Lines
    that are not the story are marked in `Document.boilerplate`, and the language is told in `Document.language`.

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
    check_columns(columns)
    if format is not None and format not in FORMATS:
        raise ConfigError(f"no format {format!r}; formats are {', '.join(FORMATS)}")
    readings = _read_path(os.fspath(path), format, columns, on_passed_over)
    return _raise_or_hand_on(readings, on_error)


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


def _read_path(
    path: str,
    format_name: str | None,
    columns: Mapping[str, str] | None,
    on_passed_over: Callable[[ReportError], None] | None,
) -> Generator[tuple[str, Reading]]:
    """Yield each reading with the name of its file."""
    if path == "-":
        yield from _named("stdin", _read_stdin(format_name, columns))
    elif os.path.isdir(path):  # noqa: PTH112 - pathlib raises on names that are too long
        listing = list_reports(path, any_suffix=format_name is not None)
        _pass_over(listing.passed_over, path, on_passed_over)
        yield from _read_folder(path, listing, format_name, columns)
    else:
        name = printable_path(Path(path).name)
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


def _read_folder(
    folder: str, listing: Listing, format_name: str | None, columns: Mapping[str, str] | None
) -> Iterator[tuple[str, Reading]]:
    for error in listing.unreadable:
        yield "", _unopened(error, printable_path(str(error.filename)))
    for name in listing.reports:
        printable = printable_path(name)
        yield from _named(printable, _read_file(os.path.join(folder, name), printable, format_name, columns))  # noqa: PTH118
    if not listing.reports and not listing.unreadable:
        kinds = ", ".join(SUFFIXES)
        problem = f"the folder holds no reports; put files ending in {kinds} there"
        if listing.passed_over:
            problem += f" ({len(listing.passed_over):,} others were passed over, the first: {listing.passed_over[0]})"
        yield "", ReportError(problem, path=printable_path(folder))


def _read_file(path: str, name: str, format_name: str | None, columns: Mapping[str, str] | None) -> Readings:
    shown = printable_path(path)
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
    if suffix and suffix not in SUFFIXES and os.path.isfile(path):  # noqa: PTH113 - as above
        raise ReportError(refusal_of(suffix, f"give the format, one of {', '.join(FORMATS)}"), path=shown)
    return SUFFIXES.get(suffix, "text")


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
