"""What a gazetteer is built from: places with their names, and the tables of ``gazetteer/`` that hold them.

Nothing here needs more than the standard library, for it runs in the isolated environment that builds a wheel.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from geomap.errors import GazetteerError
from geomap.types import GazetteerEntry, NameKind

Name = tuple[str, NameKind]
"""A name and its kind."""

KIND_COLUMNS: Mapping[str, NameKind] = {
    "names": "alternate", "abbreviations": "abbreviation", "demonyms": "demonym", "historic": "historic",
}  # fmt: skip
"""Columns of the hand-written tables that hold names, several of them parted by ``|``."""


# Two to five capitals are codes of airports, states and the like, a dot after a few letters marks an abbreviation
# (those worth having are written down by hand, with their kind), and what holds digits or an address is no name either.
_CODE = re.compile(r"[A-Z]{2,5}|(?:[A-Z][a-z]{0,4}\.)+|.*(?:://|[0-9_@=]).*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An entry with all its names."""

    entry: GazetteerEntry
    """The entry; its own name is not among ``names``."""
    names: tuple[Name, ...] = ()
    """Further names; of two kinds for one name the more telling one counts."""


def read_rows(path: Path, columns: Iterable[str]) -> Iterator[dict[str, str]]:
    """Yield the rows of a tab-separated table by column name.

    Parameters
    ----------
    path
        A UTF-8 file with a header line and without quoting.
    columns
        Names of the columns it must have.

    Raises
    ------
    GazetteerError
        The file cannot be read, lacks a column, or a row has another number of fields than the header.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise GazetteerError(f"{path}: cannot be read ({error}); restore it from the repository") from error
    lines = [line.split("\t") for line in text.splitlines()]
    header = lines[0] if lines else []
    if missing := [column for column in columns if column not in header]:
        raise GazetteerError(f"{path}, line 1: no column {missing[0]!r}; restore the file from the repository")
    for number, fields in enumerate(lines[1:], start=2):
        if len(fields) != len(header):
            raise GazetteerError(
                f"{path}, line {number}: {len(fields)} fields instead of {len(header)}; add or remove tabs"
            )
        yield dict(zip(header, fields, strict=True))


def names_of(row: Mapping[str, str]) -> tuple[Name, ...]:
    """Return the names in the name columns of a row, each with its kind."""
    return tuple(
        (name, kind) for column, kind in KIND_COLUMNS.items() for name in row.get(column, "").split("|") if name
    )


def is_junk(name: str) -> bool:
    """Return whether an alternate name is a code, an abbreviation, an address or a lower-case machine romanisation."""
    return name.isascii() and (name == name.lower() or _CODE.fullmatch(name) is not None)


def point_of(row: Mapping[str, str], path: Path) -> tuple[float, float]:
    """Return latitude and longitude of a row.

    Raises
    ------
    GazetteerError
        One of the two is no number or out of range; the message names the file and the row's first field.
    """
    try:
        latitude, longitude = float(row["latitude"]), float(row["longitude"])
    except ValueError:
        latitude = longitude = float("nan")
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        first = next(iter(row.values()))
        raise GazetteerError(f"{path}: {first!r} has no valid latitude and longitude; give both in degrees")
    return latitude, longitude
