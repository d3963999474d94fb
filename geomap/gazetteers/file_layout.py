"""The layout of a gazetteer file, and what a place is: what its writer, its reader and its check agree on."""

import hashlib
import math
import sqlite3
from collections.abc import Iterable, Iterator, Sequence

from geomap.types import Level, NameKind

FORMAT_VERSION = 2
"""``PRAGMA user_version`` of the file; another number is another layout."""

KINDS: tuple[NameKind, ...] = ("primary", "alternate", "abbreviation", "demonym", "historic")
"""Name kinds by the number they are stored as; SQLite keeps the two frequent ones, 0 and 1, in no space at all."""

LEVELS: tuple[Level, ...] = (
    "settlement", "country", "admin1", "admin2", "admin3", "admin4", "quarter", "water", "area", "facility"
)  # fmt: skip
"""Levels by the number they are stored as."""

_UNITS: dict[str, Level] = {"ADM1": "admin1", "ADM2": "admin2", "ADM3": "admin3", "ADM4": "admin4", "ADM5": "admin4"}
_CLASSES: dict[str, Level] = {"P": "settlement", "H": "water", "U": "water", "S": "facility"}
# Land that GeoNames files under parks and areas, but that is a site with a fence.
_SITES = frozenset({"MILB", "INDS", "PRT"})

SCALE = 100_000
"""Coordinates are stored as whole hundred-thousandths of a degree, in half the space of a float."""

MOST_DIGITS = 18
"""Of GeoNames' numbers: a longer one is none, and more than SQLite holds."""

VARIANTS = "|"
"""Stands between the spellings of one abbreviation that share a key: "KY|Ky."."""

APPLICATION_ID = 0x67656F6D
"""``PRAGMA application_id`` of the file: "geom"."""

# A name that is the entry's own is stored as NULL, and one that is its key with capitals as an empty text: together
# they are most of all names.
SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE entry (
    n INTEGER PRIMARY KEY, id NOT NULL, name TEXT NOT NULL, latitude INTEGER NOT NULL, longitude INTEGER NOT NULL,
    feature_class TEXT NOT NULL, feature_code TEXT NOT NULL, country_code TEXT NOT NULL, admin1 TEXT NOT NULL,
    admin2 TEXT NOT NULL, admin3 TEXT NOT NULL, population INTEGER NOT NULL, level INTEGER NOT NULL,
    accuracy_km NUMERIC NOT NULL, extent_km NUMERIC NOT NULL
);
CREATE TABLE name (
    key TEXT NOT NULL, n INTEGER NOT NULL, kind INTEGER NOT NULL, name TEXT, PRIMARY KEY (key, n)
) WITHOUT ROWID;
CREATE TABLE cell (cell INTEGER NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (cell, n)) WITHOUT ROWID;
"""
INDEXES = (
    "CREATE UNIQUE INDEX entry_id ON entry (id)",
    "CREATE INDEX entry_unit ON entry (country_code, admin1) WHERE feature_code IN ('PCLI', 'ADM1')",
)


def level_of(feature_class: str, feature_code: str) -> Level:
    """Return the level of a place.

    Parameters
    ----------
    feature_class, feature_code
        GeoNames' class and code. What is neither a country (of today or not), a unit of today, a settlement, a water
        nor a site is an area: former and special divisions, regions, ranges, islands, forests, roads, and what has no
        class.
    """
    if feature_code.startswith("PCL") or feature_code == "TERR":
        return "country"
    if feature_class == "P" and feature_code == "PPLX":
        return "quarter"
    if feature_class == "L" and feature_code in _SITES:
        return "facility"
    return _UNITS.get(feature_code, _CLASSES.get(feature_class, "area"))


def stored_name(name: str, *, key: str, entry_name: str) -> str | None:
    """Return a name as it is stored beside its key."""
    if name == entry_name:
        return None
    return "" if name == key.title() else name


def cell_of(latitude: float, longitude: float) -> int:
    """Return the number of the one-degree cell that holds a point, counted eastwards from the south-west."""
    return (min(math.floor(latitude), 89) + 90) * 360 + (math.floor(longitude) + 180) % 360


def content_digest(rows: Iterable[Sequence[object]]) -> str:
    """Return the SHA-256 of rows in their order, in hexadecimal."""
    digest = hashlib.sha256()
    for row in rows:
        digest.update(repr(tuple(row)).encode())
    return digest.hexdigest()


def content_rows(connection: sqlite3.Connection) -> Iterator[Sequence[object]]:
    """Yield all rows that matter to an answer, in a fixed order."""
    yield from connection.execute("SELECT * FROM entry ORDER BY n")
    yield from connection.execute("SELECT * FROM name ORDER BY key, n")
