"""The one table of what can be read: names, endings and first bytes of formats, who reads them, and what that needs.

Also what a file's name says: its format, that it is packed or left alone, or what to do with a file that is not read.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import PurePath
from typing import TYPE_CHECKING

from geomap.errors import ReportError

if TYPE_CHECKING:
    from geomap.readers.documents import OpenFile, Readings


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One format of files."""

    name: str
    """What ``--format`` calls it."""
    suffixes: tuple[str, ...]
    """Endings of file names, in lower case."""
    reader: str
    """``module:function``, of `geomap.readers`; imported on first use."""
    help: str
    """What a file gives, in one line."""
    needs: str = ""
    """Module that must be installed; empty for none beyond geomap's own."""
    extra: str = ""
    """The extra of geomap that brings it."""
    starts: tuple[bytes, ...] = ()
    """First bytes by which it is told without a name."""


FORMATS: tuple[Format, ...] = (
    Format(
        name="text",
        suffixes=(".txt", ".text", ".md", ".markdown"),
        reader="text_files:read_text",
        help="one report, with header lines or YAML front matter on top",
    ),
    Format(
        name="html",
        suffixes=(".html", ".htm", ".xhtml"),
        reader="html:read_html",
        help="the story of a page; of a live blog, each post",
        starts=(b"<!doctype html", b"<html"),
    ),
    Format(
        name="jsonl",
        suffixes=(".jsonl", ".ndjson"),
        reader="json_reports:read_json_lines",
        help="one report a line",
        starts=(b"{",),
    ),
    Format(
        name="json",
        suffixes=(".json",),
        reader="json_reports:read_json",
        help="reports in any list, one an object",
        starts=(b"[",),
    ),
    Format(name="csv", suffixes=(".csv",), reader="csv_files:read_table", help="one report a row"),
    Format(name="tsv", suffixes=(".tsv", ".tab"), reader="csv_files:read_tabs", help="one report a row"),
    Format(
        name="xlsx",
        suffixes=(".xlsx", ".xlsm"),
        reader="spreadsheets:read_workbook",
        help="one report a row of each sheet with a column for the text",
        needs="openpyxl",
        extra="xlsx",
    ),
    Format(
        name="parquet",
        suffixes=(".parquet", ".pq"),
        reader="parquet_files:read_parquet",
        help="one report a row",
        needs="pyarrow",
        extra="parquet",
        starts=(b"par1",),
    ),
    Format(
        name="feed",
        suffixes=(".rss", ".atom", ".xml"),
        reader="feeds:read_feed",
        help="RSS and Atom: one report an entry",
        needs="feedparser",
        extra="feeds",
        starts=(b"<rss", b"<feed", b"<?xml"),
    ),
    Format(
        name="eml",
        suffixes=(".eml",),
        reader="mail:read_mail",
        help="the mail's text; mails attached to it are further reports",
    ),
    Format(name="mhtml", suffixes=(".mhtml", ".mht"), reader="mail:read_mhtml", help="a page saved by a browser"),
    Format(
        name="warc",
        suffixes=(".warc", ".wet"),
        reader="warc:read_warc",
        help="web archives: one report a page",
        needs="warcio",
        extra="warc",
        starts=(b"warc/",),
    ),
    Format(
        name="pdf",
        suffixes=(".pdf",),
        reader="pdf:read_pdf",
        help="the text of a PDF file; scans have none",
        needs="pypdf",
        extra="pdf",
        starts=(b"%pdf",),
    ),
    Format(name="docx", suffixes=(".docx",), reader="docx:read_docx", help="a Word document"),
    Format(name="epub", suffixes=(".epub",), reader="epub:read_epub", help="a book, one report"),
    Format(
        name="zip",
        suffixes=(".zip",),
        reader="zips:read_zip",
        help="an archive of any of these",
        starts=(b"pk\x03\x04",),
    ),
)
"""In the order in which help and guide show them."""

PACKED: tuple[str, ...] = (".gz", ".bz2", ".xz", ".zst")
"""Endings of packed files, which are unpacked while they are read: ``reports.csv.gz`` is a CSV."""

_REMEDIES = {
    ".doc": "save it as .docx",
    ".rtf": "save it as .docx, or its text as .txt",
    ".odt": "save it as .docx",
    ".xls": "save it as .xlsx or .csv",
    ".ods": "save it as .xlsx or .csv",
    ".msg": "save it as .eml",
    **dict.fromkeys((".7z", ".rar", ".tar", ".tgz"), "unpack it, or pack it as .zip"),
}
_BY_NAME = {one.name: one for one in FORMATS}
_BY_SUFFIX = {suffix: one for one in FORMATS for suffix in one.suffixes}


def names() -> tuple[str, ...]:
    """Return the names of all formats."""
    return tuple(_BY_NAME)


def suffixes() -> tuple[str, ...]:
    """Return the endings of all formats, without those of packed files."""
    return tuple(_BY_SUFFIX)


def format_of(name: str) -> Format | None:
    """Return the format that a file's name tells; ``None`` for no ending, or one that is not read."""
    return _BY_SUFFIX.get(PurePath(unpacked_name(name)).suffix.lower())


def is_read(name: str) -> bool:
    """Return whether a file of a folder is read by its name: it tells a format, or only that it is packed."""
    return format_of(name) is not None or (is_packed(name) and not PurePath(unpacked_name(name)).suffix)


def is_left_alone(name: str) -> bool:
    """Return whether a file or folder of a name is hidden, a README, or what macOS adds to an archive."""
    hidden = name.startswith(".") and name != ".."
    return hidden or PurePath(name).stem.casefold() == "readme" or name == "__MACOSX"


def reason_against(name: str) -> str:
    """Return why a file of a folder or an archive is not read by its name; empty for one that is."""
    if is_read(name):
        return ""
    suffix = PurePath(name).suffix.lower()
    return refusal_of(suffix, "name it by its format, or leave it") if suffix else "a file without an ending; add .txt"


def refusal_of(suffix: str, remedy: str) -> str:
    """Return why files with an ending are not read, and what to do; ``remedy`` is for endings that have none."""
    return f"files ending in {suffix} are not read; {_REMEDIES.get(suffix, remedy)}"


def unpacked_name(name: str) -> str:
    """Return a file's name without the ending of a packed file."""
    return name[: -len(PurePath(name).suffix)] if is_packed(name) else name


def is_packed(name: str) -> bool:
    """Return whether a file's name ends like a packed file's."""
    return PurePath(name).suffix.lower() in PACKED


def sniffed(head: bytes) -> Format:
    """Return the format of a file without a telling name, by its first bytes: plain text where they say nothing."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    told = (one for one in FORMATS for begin in one.starts if start.startswith(begin))
    return next(told, _BY_NAME["text"]) if not start.startswith(b"{\\rtf") else _BY_NAME["text"]


def load_reader(format_name: str, *, path: str) -> Callable[["OpenFile"], "Readings"]:
    """Return the reader of a format; a `ReportError` with the command that installs it where a module is missing."""
    one = _BY_NAME[format_name]
    require(one.needs, extra=one.extra, path=path)
    module, _, function = one.reader.partition(":")
    reader: Callable[[OpenFile], Readings] = getattr(import_module(f"geomap.readers.{module}"), function)
    return reader


def require(module: str, *, extra: str, path: str) -> None:
    """Raise a `ReportError` with the command that installs an extra, when its module is missing."""
    if module and find_spec(module) is None:
        raise ReportError(
            f"reading this needs {module}, which is not installed; run: pip install 'geomap[{extra}]'", path=path
        )
