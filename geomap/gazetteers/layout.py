"""The layout of a gazetteer file: what its writer, its reader and its check agree on."""

import hashlib
import math
import sqlite3
from collections.abc import Iterable, Iterator, Sequence

from geomap.types import NameKind

FORMAT_VERSION = 1
"""``PRAGMA user_version`` of the file; another number is another layout."""

KINDS: tuple[NameKind, ...] = ("primary", "abbreviation", "demonym", "historic", "alternate")
"""Name kinds by the number they are stored as; of two kinds of one name the lower number counts."""

APPLICATION_ID = 0x67656F6D
"""``PRAGMA application_id`` of the file: "geom"."""

SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE entry (
    n INTEGER PRIMARY KEY, id NOT NULL, name TEXT NOT NULL, latitude REAL NOT NULL, longitude REAL NOT NULL,
    feature_class TEXT NOT NULL, feature_code TEXT NOT NULL, country_code TEXT NOT NULL, admin1 TEXT NOT NULL,
    admin2 TEXT NOT NULL, population INTEGER NOT NULL
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
