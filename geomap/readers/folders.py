"""What lies in a folder of reports: the files to read, and those that are passed over, with the reason."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from geomap.errors import ReportError
from geomap.readers.input_formats import is_read

_REMEDIES = {
    ".doc": "save it as .docx",
    ".rtf": "save it as .docx, or its text as .txt",
    ".odt": "save it as .docx",
    ".xls": "save it as .xlsx or .csv",
    ".ods": "save it as .xlsx or .csv",
    ".msg": "save it as .eml",
    ".7z": "unpack it, or pack it as .zip",
    ".rar": "unpack it, or pack it as .zip",
    ".tar": "unpack it, or pack it as .zip",
    ".tgz": "unpack it, or pack it as .zip",
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


def is_left_alone(name: str) -> bool:
    """Return whether a file or folder of a name is hidden, a README, or what macOS adds to an archive."""
    hidden = name.startswith(".") and name != ".."
    return hidden or Path(name).stem.casefold() == "readme" or name == "__MACOSX"


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
    suffix = path.suffix.lower()
    if any_suffix or is_read(path.name):
        return ""
    return refusal_of(suffix, "name it by its format, or leave it") if suffix else "a file without an ending; add .txt"
