"""Further names from GeoNames' files of names, for the places that are there by GeoNames' number."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from geomap.errors import GazetteerError
from geomap.gazetteers.database import SqliteGazetteer
from geomap.gazetteers.importing.formats import Format, format_of
from geomap.gazetteers.importing.geonames import read_alternates, read_unit_names
from geomap.gazetteers.importing.lines import Skip, read_lines
from geomap.gazetteers.importing.rows import Row
from geomap.gazetteers.importing.staging import Staging
from geomap.types import NameKind

_ENTRY = "SELECT n, name, country_code FROM entry WHERE id = ?"


def add_names(staging: Staging, files: Sequence[Path]) -> None:
    """Give the places of a half-done import their names from files of names; numbers of other places are passed over.

    Parameters
    ----------
    staging
        The import; files whose names it has are not read again.
    files
        alternateNamesV2, admin1CodesASCII or admin2Codes.

    Raises
    ------
    GazetteerError
        A file is none of those.
    """
    staging.connection.execute("CREATE INDEX IF NOT EXISTS staged_id ON entry (id)")
    for path in files:
        if not staging.state(f"names {path.name}", 0):
            staging.add_names(_further(staging, path))
            staging.mark(f"names {path.name}")


def read_named(path: Path, kind: Format, *, skip: Skip, known: SqliteGazetteer, after: int) -> Iterator[Row]:
    """Yield the known places that a file of names names, once a line: they become one by their id.

    Parameters
    ----------
    path
        alternateNamesV2, admin1CodesASCII or admin2Codes.
    kind
        Which of them.
    skip
        Is told the lines that are left out.
    known
        The bundled gazetteer; what it does not hold has no point, and is passed over.
    after
        How many lines to pass over.
    """
    found = _names(path, kind, skip=skip, after=after)
    for (line, number), of_line in groupby(found, key=itemgetter(0, 1)):
        entry = known.entry(f"geonames:{number}")
        if entry is not None:
            names = [(name, name_kind) for _, _, name, name_kind in of_line]
            yield Row(
                line, number, entry.name, entry.latitude, entry.longitude, entry.feature_class, entry.feature_code,
                entry.country_code, entry.admin1, entry.admin2, entry.admin3, entry.population, entry.accuracy_km,
                entry.extent_km, *_as_names(names),
            )  # fmt: skip


def _further(staging: Staging, path: Path) -> Iterator[tuple[int, Row]]:
    """Yield the number of a place with a row that holds its name and one more."""

    def skip(line: int, what: str) -> None:
        staging.skip(line, f"{path.name}: {what}")

    for _, number, name, kind in _names(path, format_of(path), skip=skip):
        for n, own, country in staging.connection.execute(_ENTRY, (number,)).fetchall():
            names, kinds = _as_names([(name, kind)])
            yield n, Row(0, number, own, 0.0, 0.0, country_code=country, names=names, kinds=kinds)


def _names(path: Path, kind: Format, *, skip: Skip, after: int = 0) -> Iterator[tuple[int, int, str, NameKind]]:
    """Return line, number, name and kind of the names in a file."""
    lines = read_lines(path, skip=skip, after=after)
    if kind == "names":
        return read_alternates(lines, skip=skip)
    if kind == "unit names":
        return read_unit_names(lines, skip=skip)
    raise GazetteerError(f"{path}: holds no further names of GeoNames' places; import it by itself")


def _as_names(names: Sequence[tuple[str, NameKind]]) -> tuple[list[str], list[tuple[str, NameKind]]]:
    """Return alternate names, and those of another kind."""
    return [name for name, kind in names if kind == "alternate"], [one for one in names if one[1] != "alternate"]
