"""The half-done file of an import: rows in the order of their lines, saved as they come, so that it can go on later."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from geomap.errors import GazetteerError, OutputError
from geomap.gazetteers.file_layout import KINDS, LEVELS, SCALE, level_of, stored_name
from geomap.gazetteers.importing.place_rows import PlaceRow
from geomap.gazetteers.names import ARABIC_ARTICLE_COUNTRIES, normalize, without_article
from geomap.gazetteers.romanise import romanisations

Progress = Callable[[int], None]
"""Takes the number of lines done."""

LINE_BITS = 26
"""Places are numbered by their line, less a multiple of their population: so is the most populous one the first."""

_BATCH = 20_000
_UNFIT = (OverflowError, UnicodeError, sqlite3.InterfaceError, sqlite3.ProgrammingError)
"""What SQLite says to a value that it cannot hold: a number beyond 64 bits, half a character."""
_SAVED_PROBLEMS = 1_000
_ROMANISED = frozenset(["UA", "RU"])
_SPELT_OTHERWISE = _ROMANISED | ARABIC_ARTICLE_COUNTRIES
_SCHEMA = """
CREATE TABLE IF NOT EXISTS entry (
    n INTEGER PRIMARY KEY, id NOT NULL, name TEXT NOT NULL, latitude INTEGER NOT NULL, longitude INTEGER NOT NULL,
    feature_class TEXT NOT NULL, feature_code TEXT NOT NULL, country_code TEXT NOT NULL, admin1 TEXT NOT NULL,
    admin2 TEXT NOT NULL, admin3 TEXT NOT NULL, population INTEGER NOT NULL, level INTEGER NOT NULL,
    accuracy_km NUMERIC NOT NULL, extent_km NUMERIC NOT NULL
);
CREATE TABLE IF NOT EXISTS name (key TEXT NOT NULL, n INTEGER NOT NULL, kind INTEGER NOT NULL, name TEXT);
CREATE TABLE IF NOT EXISTS problem (line INTEGER NOT NULL, what TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS state (key TEXT PRIMARY KEY, value NOT NULL);
"""
_ENTRY = "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_NAME = "INSERT INTO name VALUES (?, ?, ?, ?)"


class Staging:
    """The file in which the rows of one import gather; only one program at a time may have it.

    Rows are saved twenty thousand at a time: whoever stops the program, even by force, loses no more, and the next one
    with the same ``input`` goes on there; a half-done file of another input is begun anew. That another program is at
    it is a `GazetteerError`, that it cannot be written an `OutputError`.
    """

    def __init__(self, path: Path, *, input: str) -> None:
        self.path = path
        try:
            self.connection = self._opened(input)
        except sqlite3.DatabaseError as error:
            if "locked" in str(error):
                raise GazetteerError(f"{path}: another import is writing it; wait until it is done") from error
            discard(path)
            self.connection = self._opened(input)
        self.skipped = self.state("skipped")
        self.lines = self.state("lines")
        self.rows = self.state("rows")

    def __enter__(self) -> Self:
        """Return the staging."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file; what was saved stays."""
        self.connection.close()

    def state(self, key: str) -> int:
        """Return the number that was saved under a key, 0 where none was."""
        found = self.connection.execute("SELECT value FROM state WHERE key = ?", (key,)).fetchone()
        return int(found[0]) if found else 0

    def skip(self, line: int, what: str) -> None:
        """Note that a line is left out, and why."""
        if self.skipped < _SAVED_PROBLEMS:
            self.connection.execute("INSERT INTO problem VALUES (?, ?)", (line, what))
        self.skipped += 1

    def add(self, rows: Iterable[PlaceRow], *, progress: Progress | None = None) -> None:
        """Take places in, in the order of their lines, with all spellings of their names.

        ``progress`` is told the lines done after each batch.
        A line of a greater number than there is room for, 67 million, is a `GazetteerError`, a full disk an
        `OutputError`.
        """
        unread = iter(rows)
        while batch := list(islice(unread, _BATCH)):
            if (last := batch[-1].line) >> LINE_BITS:
                raise GazetteerError(f"line {last:,} is more than an import can hold; cut the file in two")
            self._take(batch)
            self.save(last)
            if progress:
                progress(last)

    def _take(self, batch: Sequence[PlaceRow]) -> None:
        """Write places, or of several of which one cannot be written all others."""
        entries, names = [], []
        for row in batch:
            (line, id, name, latitude, longitude, kind, code, country, admin1, admin2, admin3, population, accuracy,
             extent, _, _) = row  # fmt: skip
            n = line - (population << LINE_BITS)
            entries.append(
                (n, id, name, round(latitude * SCALE), round(longitude * SCALE), kind, code, country, admin1,
                 admin2, admin3, population, _level(kind, code), accuracy, extent)
            )  # fmt: skip
            for key, (name_kind, spelt) in keyed_names(row).items():
                names.append((key, n, name_kind, stored_name(spelt, key=key, entry_name=name)))
        self.connection.execute("SAVEPOINT batch")
        try:
            self._write(((_ENTRY, entries), (_NAME, names)))
            self.rows += len(batch)
        except _UNFIT as error:
            self.connection.execute("ROLLBACK TO batch")
            if len(batch) == 1:
                what = (
                    "a number of more than 64 bits"
                    if isinstance(error, OverflowError)
                    else "a text with half a character"
                )
                self.skip(batch[0].line, f"cannot be kept: {what}")
            else:
                for row in batch:
                    self._take([row])
        self.connection.execute("RELEASE batch")

    def add_names(self, rows: Iterable[tuple[int, PlaceRow]]) -> None:
        """Take further names in: each row comes with the number of its place, whose own name it holds too."""
        unread = iter(rows)
        while batch := list(islice(unread, _BATCH)):
            names = [
                (key, n, kind, stored_name(name, key=key, entry_name=row.name))
                for n, row in batch
                for key, (kind, name) in keyed_names(row).items()
                if kind
            ]
            self._write(((_NAME, names),))

    def mark(self, key: str) -> None:
        """Save that something is done."""
        self._write((("INSERT OR REPLACE INTO state VALUES (?, 1)", [(key,)]),))
        self.save(self.lines)

    def save(self, line: int) -> None:
        """Save how far the reading is."""
        self.lines = max(line, self.lines)
        rows = [("lines", self.lines), ("rows", self.rows), ("skipped", self.skipped)]
        self._write((("INSERT OR REPLACE INTO state VALUES (?, ?)", rows),))
        self.connection.execute("COMMIT")
        self.connection.execute("BEGIN")

    def _write(self, statements: Iterable[tuple[str, list[Any]]]) -> None:
        try:
            for statement, values in statements:
                self.connection.executemany(statement, values)
        except sqlite3.OperationalError as error:
            raise OutputError(f"{self.path}: cannot be written ({error}); free some space and run it again") from error

    def _opened(self, input: str) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, isolation_level=None, timeout=0)
        # New pages need no journal, so that a save costs next to nothing; a power cut may cost the half-done file.
        for pragma in (
            "locking_mode = EXCLUSIVE",
            "journal_mode = TRUNCATE",
            "synchronous = OFF",
            "cache_size = -32000",
        ):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("BEGIN EXCLUSIVE")
        connection.executescript(_SCHEMA)
        found = connection.execute("SELECT value FROM state WHERE key = 'source'").fetchone()
        if found and found[0] != input:
            connection.executescript("DELETE FROM entry; DELETE FROM name; DELETE FROM problem; DELETE FROM state;")
        connection.execute("INSERT OR REPLACE INTO state VALUES ('source', ?)", (input,))
        connection.execute("BEGIN")
        return connection


@cache
def _level(feature_class: str, feature_code: str) -> int:
    """Return the level of a place as it is stored."""
    return LEVELS.index(level_of(feature_class, feature_code))


def discard(path: Path) -> None:
    """Remove a half-done file and its journal, if they are there."""
    for file in (path, path.with_name(f"{path.name}-journal")):
        file.unlink(missing_ok=True)


def keyed_names(row: PlaceRow) -> dict[str, tuple[int, str]]:
    """Return the kind, as it is stored, and the name of each key of a place."""
    own = normalize(row.name)
    keyed = {own: (0, row.name)}
    names, kinds = row.names, row.kinds
    if not names and not kinds and row.country_code not in _SPELT_OTHERWISE and own and own[-2:] != "'s":
        return keyed  # most places by far
    if row.country_code in _ROMANISED:
        names = _spelt((row.name, *names), row.country_code)
        kinds = [(spelt, kind) for name, kind in kinds for spelt in _spelt((name,), row.country_code)]
    for name in names:
        keyed.setdefault(normalize(name), (1, name))
    for name, other in kinds:
        key = normalize(name)
        if keyed.get(key, (1,))[0]:
            keyed[key] = KINDS.index(other), name
    if row.country_code in ARABIC_ARTICLE_COUNTRIES:
        for key, (kind, name) in list(keyed.items()):
            if bare := without_article(key):
                keyed.setdefault(bare, (kind or 1, name))
    for key in [key for key in keyed if key.endswith("'s")]:
        keyed.setdefault(key[:-2] + "s", (keyed[key][0] or 1, keyed[key][1]))
    keyed.pop("", None)
    return keyed


def _spelt(names: Iterable[str], country_code: str) -> Iterator[str]:
    """Yield names and the Latin spellings of the Cyrillic ones."""
    for name in names:
        yield name
        yield from romanisations(name, country_code)
