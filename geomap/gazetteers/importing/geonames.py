"""GeoNames' dumps: country files and allCountries, and files of further names: alternateNamesV2, tables of unit names.

Their columns: https://download.geonames.org/export/dump/readme.txt.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from geomap.errors import GazetteerError
from geomap.gazetteers.alternates import is_junk
from geomap.gazetteers.database import SqliteGazetteer
from geomap.gazetteers.file_layout import MOST_DIGITS
from geomap.gazetteers.importing.import_formats import (
    NAME_COLUMNS,
    PLACE_COLUMNS,
    UNIT_COLUMNS,
    Format,
    Skip,
    format_of,
    read_lines,
)
from geomap.gazetteers.importing.place_rows import ALL_PEOPLE, PlaceRow, point_problem
from geomap.gazetteers.importing.staging import Staging
from geomap.types import NameKind

_ENTRY = "SELECT n, name, country_code FROM entry WHERE id = ?"
# What alternateNamesV2 files under a language and is no name: addresses, codes of posts, airports and registers.
_CODES = frozenset(
    ["link", "wkdt", "post", "iata", "icao", "faac", "tcid", "unlc", "phon", "piny", "fr_1793"]
)  # fmt: skip


def read_places(lines: Iterable[tuple[int, str]], *, skip: Skip) -> Iterator[PlaceRow]:
    """Yield the places of a country file or of allCountries, by its numbered lines of 19 columns.

    ``skip`` is told those left out: another number of columns, no name, no number, coordinates out of range.
    """
    for line, text in lines:
        fields = text.split("\t")
        if len(fields) != PLACE_COLUMNS:
            skip(line, f"{len(fields)} columns instead of {PLACE_COLUMNS}")
            continue
        try:
            number, latitude, longitude = int(fields[0]), float(fields[4]), float(fields[5])
            population = int(fields[14] or 0)
        except ValueError as error:
            skip(line, str(error))
            continue
        name = fields[1]
        if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
            skip(line, point_problem(latitude, longitude))
        elif not name or not 0 < number < 10**MOST_DIGITS:
            skip(line, "no name" if not name else "no id")
        else:
            others = fields[3]
            yield PlaceRow(
                line, number, name, latitude, longitude, fields[6], fields[7], fields[8],
                "" if fields[10] == "00" else fields[10], fields[11], fields[12],
                population if 0 < population < ALL_PEOPLE else 0, 0.0, 0.0,
                [one for one in others.split(",") if not is_junk(one)] if others and others != name else (),
            )  # fmt: skip


def add_names(staging: Staging, files: Sequence[Path]) -> None:
    """Give the places of a half-done import further names; files whose names it has are not read again.

    The files are alternateNamesV2, admin1CodesASCII or admin2Codes, any other is a `GazetteerError`. Numbers of places
    that are not there are passed over.
    """
    staging.connection.execute("CREATE INDEX IF NOT EXISTS staged_id ON entry (id)")
    for path in files:
        if not staging.state(f"names {path.name}"):
            staging.add_names(_further(staging, path))
            staging.mark(f"names {path.name}")


def read_named(path: Path, kind: Format, *, skip: Skip, known: SqliteGazetteer, after: int) -> Iterator[PlaceRow]:
    """Yield the known places that a file of names names, once a line: they become one by their id.

    What the bundled gazetteer does not hold has no point, and is passed over, as are the first lines (``after``).
    """
    found = _names(path, kind, skip=skip, after=after)
    for (line, number), of_line in groupby(found, key=itemgetter(0, 1)):
        entry = known.entry(f"geonames:{number}")
        if entry is not None:
            names = [(name, name_kind) for _, _, name, name_kind in of_line]
            yield PlaceRow(
                line, number, entry.name, entry.latitude, entry.longitude, entry.feature_class, entry.feature_code,
                entry.country_code, entry.admin1, entry.admin2, entry.admin3, entry.population, entry.accuracy_km,
                entry.extent_km, *_as_names(names),
            )  # fmt: skip


def _further(staging: Staging, path: Path) -> Iterator[tuple[int, PlaceRow]]:
    """Yield the number of a place with a row that holds its name and one more."""

    def skip(line: int, what: str) -> None:
        staging.skip(line, f"{path.name}: {what}")

    for _, number, name, kind in _names(path, format_of(path), skip=skip):
        for n, own, country in staging.connection.execute(_ENTRY, (number,)).fetchall():
            names, kinds = _as_names([(name, kind)])
            yield n, PlaceRow(0, number, own, 0.0, 0.0, country_code=country, names=names, kinds=kinds)


def _names(path: Path, kind: Format, *, skip: Skip, after: int = 0) -> Iterator[tuple[int, int, str, NameKind]]:
    """Return line, number, name and kind of the names in a file."""
    lines = read_lines(path, skip=skip, after=after)
    if kind == "names":
        return _alternates(lines, skip=skip)
    if kind == "unit names":
        return _unit_names(lines, skip=skip)
    raise GazetteerError(f"{path}: holds no further names of GeoNames' places; import it by itself")


def _as_names(names: Sequence[tuple[str, NameKind]]) -> tuple[list[str], list[tuple[str, NameKind]]]:
    """Return alternate names, and those of another kind."""
    return [name for name, kind in names if kind == "alternate"], [one for one in names if one[1] != "alternate"]


def _alternates(lines: Iterable[tuple[int, str]], *, skip: Skip) -> Iterator[tuple[int, int, str, NameKind]]:
    """Yield line, GeoNames number, name and kind of each name of alternateNamesV2; codes and addresses are none.

    ``skip`` is told the lines that are left out: not of 8 or 10 columns, or no number.
    """
    for line, text in lines:
        fields = text.split("\t")
        if len(fields) not in NAME_COLUMNS:
            skip(line, f"{len(fields)} columns instead of {NAME_COLUMNS[1]}")
        elif not _is_number(fields[1]):
            skip(line, f"{fields[1]!r} is no id of a place")
        elif fields[2] not in _CODES and fields[3]:
            short = fields[2] == "abbr"
            kind: NameKind = "abbreviation" if short else "historic" if fields[7] == "1" else "alternate"
            if short or not is_junk(fields[3]):
                yield line, int(fields[1]), fields[3], kind


def _unit_names(lines: Iterable[tuple[int, str]], *, skip: Skip) -> Iterator[tuple[int, int, str, NameKind]]:
    """Yield line, GeoNames number, name and kind of the names in admin1CodesASCII or admin2Codes.

    Their columns: code, name, ASCII name, number; ``skip`` is told the lines that have others.
    """
    for line, text in lines:
        fields = text.split("\t")
        if len(fields) != UNIT_COLUMNS or not _is_number(fields[3]):
            skip(line, f"no line of {UNIT_COLUMNS} columns with an id in the last")
            continue
        for name in dict.fromkeys(fields[1:3]):
            if name:
                yield line, int(fields[3]), name, "alternate"


def _is_number(text: str) -> bool:
    return text.isdecimal() and len(text) <= MOST_DIGITS
