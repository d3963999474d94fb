"""What lies in a folder of reports: the files to read, and those that are passed over, with the reason."""

import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from geomap.errors import ReportError

SUFFIXES: Mapping[str, str] = {
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
"""Ending of a file's name → format."""

_REMEDIES = {
    ".json": "write one object a line into a .jsonl file",
    ".xml": "save its reports as .jsonl or .txt",
    ".eml": "save its text as .txt",
    ".pdf": "save its text as .txt",
    ".doc": "save its text as .txt",
    ".docx": "save its text as .txt",
    ".rtf": "save its text as .txt",
    ".xlsx": "save it as .csv",
    ".xls": "save it as .csv",
    ".gz": "unpack it first",
    ".zip": "unpack it first",
}
_SPECIAL = {
    stat.S_IFIFO: "a named pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What was found in a folder and below it."""

    reports: list[str] = field(default_factory=list)
    """Paths of the files to read, relative to the folder, with forward slashes, sorted part by part."""
    passed_over: list[ReportError] = field(default_factory=list)
    """The files that are not read, with the reason, in the same order."""
    unreadable: list[OSError] = field(default_factory=list)
    """Folders that could not be looked into."""


def list_reports(folder: str, *, any_suffix: bool) -> Listing:
    """Return what lies in a folder and below it, without what is hidden and files called README.

    Parameters
    ----------
    folder
        An existing folder.
    any_suffix
        Whether files of any name are read, because their format was given.
    """
    listing = Listing()
    for path in sorted(_visible(folder, listing.unreadable), key=lambda path: path.parts):
        reason = _reason_against(Path(folder) / path, any_suffix=any_suffix)
        if reason:
            listing.passed_over.append(ReportError(reason, path=printable_path(str(Path(folder) / path))))
        else:
            listing.reports.append(path.as_posix())
    return listing


def refusal_of(suffix: str, remedy: str) -> str:
    """Return why files with an ending are not read, and what to do; ``remedy`` is for endings that have none."""
    return f"files ending in {suffix} are not read; {_REMEDIES.get(suffix, remedy)}"


def printable_path(path: str) -> str:
    """Return a path that any output can carry: bytes of a file name that are not UTF-8 become replacement signs."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace").replace("\n", " ").replace("\r", " ")


def _visible(folder: str, unreadable: list[OSError]) -> Iterator[Path]:
    for parent, folders, files in os.walk(folder, onerror=unreadable.append):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            if not name.startswith(".") and Path(name).stem.casefold() != "readme":
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
    suffix = path.suffix.lower()
    if any_suffix or suffix in SUFFIXES:
        return ""
    return refusal_of(suffix, "name it by its format, or leave it") if suffix else "a file without an ending; add .txt"
