"""GeoNames' dumps: country files and allCountries, alternateNamesV2, and the tables of unit names.

Their columns: https://download.geonames.org/export/dump/readme.txt.
"""

from collections.abc import Iterable, Iterator

from geomap.gazetteers.alternates import is_junk
from geomap.gazetteers.file_layout import MOST_DIGITS
from geomap.gazetteers.importing.lines import Skip
from geomap.gazetteers.importing.rows import ALL_PEOPLE, Row, point_problem
from geomap.types import NameKind

PLACE_COLUMNS, NAME_COLUMNS, UNIT_COLUMNS = 19, (8, 10), 4
"""Of a country file, of alternateNamesV2 (with and without its dates) and of admin1CodesASCII and admin2Codes."""

# What alternateNamesV2 files under a language and is no name: addresses, codes of posts, airports and registers.
_CODES = frozenset(
    ["link", "wkdt", "post", "iata", "icao", "faac", "tcid", "unlc", "phon", "piny", "fr_1793"]
)  # fmt: skip


def read_places(lines: Iterable[tuple[int, str]], *, skip: Skip) -> Iterator[Row]:
    """Yield the places of a country file or of allCountries.

    Parameters
    ----------
    lines
        Numbered lines of 19 columns.
    skip
        Is told the lines that are left out: another number of columns, no name, no number, coordinates out of range.
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
            yield Row(
                line, number, name, latitude, longitude, fields[6], fields[7], fields[8],
                "" if fields[10] == "00" else fields[10], fields[11], fields[12],
                population if 0 < population < ALL_PEOPLE else 0, 0.0, 0.0,
                [one for one in others.split(",") if not is_junk(one)] if others and others != name else (),
            )  # fmt: skip


def read_alternates(lines: Iterable[tuple[int, str]], *, skip: Skip) -> Iterator[tuple[int, int, str, NameKind]]:
    """Yield line, GeoNames number, name and kind of each name of alternateNamesV2; codes and addresses are none.

    Parameters
    ----------
    lines
        Numbered lines of 8 or 10 columns.
    skip
        Is told the lines that are left out: another number of columns, or no number.
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


def read_unit_names(lines: Iterable[tuple[int, str]], *, skip: Skip) -> Iterator[tuple[int, int, str, NameKind]]:
    """Yield line, GeoNames number, name and kind of the names in admin1CodesASCII or admin2Codes.

    Parameters
    ----------
    lines
        Numbered lines of 4 columns: code, name, ASCII name, number.
    skip
        Is told the lines that are left out: another number of columns, or no number.
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
