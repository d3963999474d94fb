"""The tables of ``gazetteer/`` that a gazetteer is built from: their rows, names and points.

Nothing here needs more than the standard library, for it runs in the isolated environment that builds a wheel.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from geomap.errors import GazetteerError
from geomap.gazetteers.alternates import Name
from geomap.types import NameKind

KIND_COLUMNS: Mapping[str, NameKind] = {
    "names": "alternate", "abbreviations": "abbreviation", "demonyms": "demonym", "historic": "historic",
}  # fmt: skip
"""Columns of the hand-written tables that hold names, several of them parted by ``|``."""


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
