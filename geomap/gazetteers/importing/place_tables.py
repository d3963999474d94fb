"""Tables of places with a header: which column is what, by flag or by its usual names."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from geomap.errors import GazetteerError
from geomap.gazetteers.file_layout import MOST_DIGITS
from geomap.gazetteers.importing.import_formats import LONGEST, Skip
from geomap.gazetteers.importing.place_rows import PlaceRow, number_of, people_of, point_problem

USUAL: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "geonameid", "code", "pcode", "place_id", "fid"),
    "name": ("name", "name_en", "toponym", "place", "place_name", "settlement", "village", "shapename"),
    "latitude": ("latitude", "lat", "y", "point_y"),
    "longitude": ("longitude", "lon", "lng", "long", "x", "point_x"),
    "names": ("names", "alternate_names", "alternatenames", "aliases", "other_names", "alt_name"),
    "country": ("country_code", "country", "iso2", "iso_a2", "cc", "adm0_pcode"),
    "admin1": ("admin1", "admin1_code", "adm1"),
    "admin2": ("admin2", "admin2_code", "adm2"),
    "population": ("population", "pop"),
    "feature": ("feature", "feature_code", "fcode"),
    "accuracy_km": ("accuracy_km",),
    "extent_km": ("extent_km",),
}  # fmt: skip
"""What a place has, and the names that columns of it go by, in lower case."""

NEEDED = ("name", "latitude", "longitude")
"""What every place must have."""


def read_records(
    lines: Iterable[tuple[int, str]], path: Path, *, skip: Skip, after: int = 0
) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    """Return the header of a table, and its rows with the numbers of the lines that end them.

    Between columns stands a tab, semicolon or comma, whichever the header has most of. Rows that end up to the line
    ``after`` are passed over. ``skip`` is told the lines that are left out: those that an open quotation mark joins to
    a row of another width or to a cell that holds rows, and those in which another kind of line ends stands. That there
    is no first line with the names of the columns is a `GazetteerError`.
    """
    csv.field_size_limit(LONGEST)
    numbered = iter(lines)
    number, first = next(numbered, (0, ""))
    delimiter = max("\t;,", key=first.count)
    header = _header(number, first, delimiter, path)
    return header, _rows(numbered, delimiter, len(header), skip=skip, after=after)


def _header(number: int, first: str, delimiter: str, path: Path) -> list[str]:
    """Return the names of the columns."""
    if number > 1:
        raise GazetteerError(f"{path}, line 1: is no text in this encoding; save the file as UTF-8, or give --encoding")
    if not first.strip():
        raise GazetteerError(f"{path}, line 1: is empty; a table begins with the names of its columns")
    if "\r" in first:
        raise GazetteerError(f"{path}, line 1: has line ends of old Macintoshes; save the file as CSV in UTF-8")
    return [one.strip() for one in next(csv.reader([first], delimiter=delimiter), [])]


def _rows(
    numbered: Iterator[tuple[int, str]], delimiter: str, width: int, *, skip: Skip, after: int
) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows under a header, none of them blank."""
    own: list[int] = []  # the lines of one row

    def texts() -> Iterator[str]:
        for line, text in numbered:
            own.append(line)
            yield text + "\n"

    reader = csv.reader(texts(), delimiter=delimiter)
    while True:
        own.clear()
        try:
            fields = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            fields, problem = [], f"cannot be read as a row ({str(error).partition(' - ')[0]})"
        else:
            joined = f"lines {own[0]:,} to {own[-1]:,} are one row of {len(fields)} columns; is a quotation mark open?"
            problem = joined if len(own) > 1 and _swallows(fields, delimiter, width) else ""
        if problem and own[-1] > after:
            for line in own:
                skip(line, problem)
        elif fields and own[-1] > after:
            yield own[-1], fields


def _swallows(fields: Sequence[str], delimiter: str, width: int) -> bool:
    """Tell whether a row of several lines holds other rows: it has another width, or a line of a cell is as wide."""
    lines = (line for field in fields if "\n" in field for line in field.split("\n"))
    return len(fields) != width or any(line.count(delimiter) >= width - 1 for line in lines)


def columns_of(header: Sequence[str], given: Mapping[str, str], path: Path) -> dict[str, int]:
    """Return which column holds what, by position: as given, else by its usual names.

    One that was given, or is `NEEDED`, and is not there is a `GazetteerError`.
    """
    lower = [one.lower() for one in header]
    found = {}
    for field, usual in USUAL.items():
        named = given.get(field)
        if named is not None and named not in header:
            raise GazetteerError(f"{path}, line 1: no column {named!r}; there are {', '.join(header)}")
        wanted = header.index(named) if named is not None else next((lower.index(u) for u in usual if u in lower), None)
        if wanted is not None:
            found[field] = wanted
    for field in NEEDED:
        if field not in found:
            raise GazetteerError(
                f"{path}, line 1: no column for the {field}; name it with --column {field}=COLUMN: "
                f"there are {', '.join(header)}"
            )
    return found


def read_table(
    records: Iterable[tuple[int, Sequence[str]]],
    columns: Mapping[str, int],
    *,
    skip: Skip,
    gazetteer: str,
    country: str = "",
    width: int,
) -> Iterator[PlaceRow]:
    """Yield the places of a table, by its rows with the numbers of their lines and the position of each field.

    ``skip`` is told the rows that are left out: not of so many columns (``width``), no name, coordinates that are none.
    The name of the gazetteer goes before ids, and makes them with the number of the line where the table has none; the
    country is that of all places without one.
    """
    for line, fields in records:
        if len(fields) != width:
            skip(line, f"{len(fields)} columns instead of {width}")
            continue
        of = {field: fields[n].strip() for field, n in columns.items()}
        latitude, longitude = number_of(of["latitude"]), number_of(of["longitude"])
        problem = point_problem(latitude, longitude) if of["name"] else "no name"
        if problem:
            skip(line, problem)
            continue
        feature_class, feature_code = feature_of(of.get("feature", ""))
        code = of.get("country", "")
        yield PlaceRow(
            line, place_id(gazetteer, of.get("id") or str(line)), of["name"], latitude, longitude,
            feature_class, feature_code, code.upper() if len(code) == 2 else country,
            of.get("admin1", ""), of.get("admin2", ""), "", people_of(of.get("population", "")),
            _km(of.get("accuracy_km", "")), _km(of.get("extent_km", "")),
            names=other_names(of.get("names", "")),
        )  # fmt: skip


def place_id(gazetteer: str, id: str) -> int | str:
    """Return an id with its gazetteer; that of GeoNames as a number."""
    prefix, _, number = id.partition(":")
    if prefix == "geonames" and number.isdecimal() and len(number) <= MOST_DIGITS:
        return int(number)
    return id if number and prefix else f"{gazetteer}:{id}"


def other_names(text: str) -> list[str]:
    """Return the names in a cell, parted by ``|`` or ``;``, or, where neither is there, by commas."""
    separator = next((one for one in "|;," if one in text), "|")
    return [name for part in text.split(separator) if (name := part.strip())]


def feature_of(text: str) -> tuple[str, str]:
    """Return GeoNames' class and code as a cell gives them ("P.PPL", "PPLA", "ADM2"); a populated place by default."""
    before, dot, code = text.upper().rpartition(".")
    if dot:
        return before[:1], code
    classes = {"ADM": "A", "PCL": "A", "PPL": "P"}
    return classes.get(code[:3], "P"), code if code[:3] in classes else "PPL"


def _km(text: str) -> float:
    number = number_of(text)
    return number if 0 <= number < float("inf") else 0.0
