"""What the codes of units stand for: their names, and the codes of ISO 3166-2 beside those of GeoNames.

A table says in which units a place lies by codes alone, which no reader knows by heart. Their names are looked up once
a run in the gazetteer that comes with the program, so that a saved table gets them, too; units that only an imported
gazetteer has stay without.
"""

import csv
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from functools import cache

from geomap.bundle import bundled_path

UNIT_COLUMNS = ("country_name", "adm1_name", "iso_3166_2", "adm2_name")
"""Columns that follow from ``country_code``, ``admin1`` and ``admin2``."""

_UPPER = "SELECT country_code, admin1, name FROM entry WHERE feature_code = ? AND feature_code IN ('PCLI', 'ADM1')"
_SECOND = "SELECT country_code, admin1, admin2, name FROM entry WHERE feature_code = ?"

Names = Mapping[tuple[str, ...], str]


def unit_cells(country_code: str, admin1: str, admin2: str) -> dict[str, str]:
    """Return the cells of `UNIT_COLUMNS` for GeoNames codes; an empty text where a code is empty or not known."""
    unit = (country_code, admin1)
    return {
        "country_name": _names("PCLI").get((country_code, ""), "") if country_code else "",
        "adm1_name": _names("ADM1").get(unit, "") if admin1 else "",
        "iso_3166_2": _iso_codes().get(unit, "") if admin1 else "",
        "adm2_name": _names("ADM2").get((*unit, admin2), "") if admin2 else "",
    }


def unit_columns(codes: Sequence[Sequence[str]]) -> dict[str, list[str]]:
    """Return `UNIT_COLUMNS` for the columns ``country_code``, ``admin1`` and ``admin2`` of a table."""
    cells = [unit_cells(*row) for row in zip(*codes, strict=True)]
    return {name: [one[name] for one in cells] for name in UNIT_COLUMNS}


@cache
def _names(feature_code: str) -> Names:
    """Return the names of all units of a kind in the bundled gazetteer by their codes; none where it is not built."""
    path = bundled_path("gazetteer.sqlite")
    if not path.is_file():
        return {}
    query = _SECOND if feature_code == "ADM2" else _UPPER
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
        return {tuple(codes): name for *codes, name in connection.execute(query, (feature_code,))}


@cache
def _iso_codes() -> Names:
    """Return the codes of ISO 3166-2 by GeoNames codes.

    Natural Earth has them for its units (``gazetteer/admin1.tsv``). Left out are those that it has for several units
    of today, which are codes of the larger units that these were part of, and those of another country than GeoNames'.
    """
    path = bundled_path("iso_3166_2.tsv")
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {(row["country_code"], row["admin1"]): row["iso_3166_2"] for row in rows}
