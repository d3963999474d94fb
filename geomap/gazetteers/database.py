"""The bundled gazetteer, read from its SQLite file."""

import math
import operator
import os
import re
import sqlite3
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from itertools import repeat
from operator import call
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from geomap.errors import GazetteerError
from geomap.gazetteers.file_layout import (
    APPLICATION_ID,
    FORMAT_VERSION,
    KINDS,
    LEVELS,
    MOST_DIGITS,
    SCALE,
    VARIANTS,
    cell_of,
)
from geomap.gazetteers.installed import remedy_for
from geomap.gazetteers.names import ARABIC_ARTICLE_COUNTRIES, lookup_keys, without_article
from geomap.gazetteers.remembered import Remembered
from geomap.types import Candidate, GazetteerEntry, NameKind

_Noun = TypeVar("_Noun")
_COLUMNS = (
    "e.id, e.name, e.latitude, e.longitude, e.feature_class, e.feature_code, "
    "e.country_code, e.admin1, e.admin2, e.admin3, e.population, e.level, e.accuracy_km, e.extent_km"
)
_BY_KEY = f"SELECT {_COLUMNS}, m.kind, m.name FROM name m JOIN entry e USING (n) WHERE m.key = ? ORDER BY m.n"  # noqa: S608
_BY_ID = f"SELECT {_COLUMNS} FROM entry e WHERE e.id = ?"  # noqa: S608
_BY_UNIT = f"""SELECT {_COLUMNS} FROM entry e
    WHERE e.country_code = ? AND e.admin1 = ? AND e.feature_code = ? AND e.feature_code IN ('PCLI', 'ADM1')"""  # noqa: S608
_BY_CELLS = f"SELECT {_COLUMNS} FROM cell c JOIN entry e USING (n) WHERE c.cell BETWEEN ? AND ? ORDER BY c.n"  # noqa: S608
_KEYS_LIKE = "SELECT DISTINCT key FROM name WHERE key >= ? AND key < ? AND length(key) BETWEEN ? AND ? ORDER BY key"
_FOREIGN = """SELECT m.name FROM sqlite_master m, pragma_table_xinfo(m.name) c
    WHERE c.hidden OR m.type NOT IN ('table', 'index')"""  # views, and columns that are made of others
_KM_A_DEGREE = 110.5  # a degree of latitude where it is shortest, at the equator
_MAPPED_BYTES = 256 * 1024 * 1024  # pages are read in place: a tenth faster than copying them, and no memory of our own
MOST_REMEMBERED = 24_000
"""Candidates of names that are remembered: some 12 MB; see "Memory" in docs/scale.md for what it costs and saves."""
_NO_FEATURES: Mapping[str, float] = {}
_ABBREVIATION = KINDS.index("abbreviation")
_ENTRY_SLOTS, _CANDIDATE_SLOTS = (
    [getattr(noun, field.name).__set__ for field in fields(noun)] for noun in (GazetteerEntry, Candidate)
)
_INITIALS = re.compile(r"[A-Z](?:\.[A-Z])+\.?(?:['’]s)?")


class SqliteGazetteer:
    """A gazetteer in one read-only SQLite file; implements `geomap.types.Gazetteer`.

    Safe to share between threads. A copy made by pickling, or used after a fork, opens the file again by itself.

    Parameters
    ----------
    path
        A file that `gazetteer.recipe.build.build_gazetteer` wrote.

    Raises
    ------
    GazetteerError
        The file is missing, is no gazetteer, or has another format version.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = Path(path).absolute()
        self._local = threading.local()
        self._open: list[sqlite3.Connection] = []
        self._lock = threading.Lock()
        self._cached = Remembered(self._find, size=len, most=MOST_REMEMBERED)
        self._check()

    def __reduce__(self) -> tuple[type[Self], tuple[str]]:
        """Pickle as the path, so that a worker process opens the file itself."""
        return type(self), (str(self.path),)

    def __enter__(self) -> Self:
        """Return the gazetteer."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file."""
        self.close()

    def __repr__(self) -> str:
        """Return the call that opens this file."""
        return f"{type(self).__name__}({str(self.path)!r})"

    @property
    def imported_files(self) -> tuple[Path, ...]:
        """Files of the imported gazetteers on top of this one, the newest first."""
        return ()

    def close(self) -> None:
        """Close the file; the next question opens it again."""
        with self._lock:
            for connection in self._open:
                connection.close()
            self._open.clear()
            self._local = threading.local()
            self._cached.forget()

    def lookup(self, name: str) -> list[GazetteerEntry]:
        """Return the entries of a name, most populous first; an empty list when there is none."""
        return [candidate.entry for candidate in self._cached(name)]

    def candidates(self, toponym: str) -> list[Candidate]:
        """Return the entries of a name with the name and kind that matched, most populous first.

        The spelling as given counts before the one without a possessive; the one without an Arabic article counts too
        unless a populated place is spelt as given (see `geomap.gazetteers.names`). An abbreviation counts only in its
        own capitals: "us" is no country, "US" is.
        """
        return list(self._cached(toponym))

    def entry(self, entry_id: str) -> GazetteerEntry | None:
        """Return the entry of an id, or ``None``."""
        source, _, number = entry_id.partition(":")
        numbered = source == "geonames" and number.isascii() and number.isdigit() and len(number) <= MOST_DIGITS
        stored = int(number) if numbered else entry_id
        return self._first(_BY_ID, (stored,))

    def country(self, code: str) -> GazetteerEntry | None:
        """Return the country or dependency of an ISO 3166-1 alpha-2 code, or ``None``."""
        return self._first(_BY_UNIT, (code, "", "PCLI"))

    def admin1(self, country_code: str, code: str) -> GazetteerEntry | None:
        """Return the first-order division of a GeoNames code, such as ``"UA", "05"``, or ``None``."""
        return self._first(_BY_UNIT, (country_code, code, "ADM1"))

    def has_name(self, name: str) -> bool:
        """Return whether any entry has a name; as strict about abbreviations as `candidates`."""
        return bool(self._cached(name))

    def kinds(self, name: str) -> frozenset[NameKind]:
        """Return the kinds under which entries have a name; empty when none has it."""
        return frozenset(candidate.name_kind for candidate in self._cached(name))

    def places_near(self, latitude: float, longitude: float, *, radius_km: float) -> list[GazetteerEntry]:
        """Return the populated places around a point: all within a radius, and some beyond it.

        Parameters
        ----------
        latitude, longitude
            WGS 84 degrees.
        radius_km
            Kilometres.
        """
        south, north = max(latitude - radius_km / _KM_A_DEGREE, -90), min(latitude + radius_km / _KM_A_DEGREE, 90)
        widest = math.cos(math.radians(max(abs(south), abs(north))))
        half = radius_km / _KM_A_DEGREE / widest if widest > 0.001 else 180.0
        found: list[GazetteerEntry] = []
        for row in range(math.floor(south), math.floor(north) + 1):
            for west, east in _spans(longitude, half):
                cells = cell_of(row, west), cell_of(row, east)
                found += map(self._read, self._rows(_BY_CELLS, cells))
        return found

    def _find(self, name: str) -> tuple[Candidate, ...]:
        """Return the candidates of a name, uncached."""
        keys = lookup_keys(name)
        found: tuple[Candidate, ...] = ()
        for key in keys:
            if found := self._with_key(key, name):
                break
        bare = without_article(keys[-1]) if keys else ""
        if not bare or any(candidate.entry.feature_class == "P" for candidate in found):
            return found
        known = {candidate.entry.id for candidate in found}
        arabic = [c for c in self._with_key(bare, name) if c.entry.country_code in ARABIC_ARTICLE_COUNTRIES]
        both = (*found, *(candidate for candidate in arabic if candidate.entry.id not in known))
        return tuple(sorted(both, key=lambda candidate: -candidate.entry.population))

    def _with_key(self, key: str, name: str) -> tuple[Candidate, ...]:
        """Return the candidates of a key, without abbreviations that are capitalised otherwise than ``name``.

        Beside an abbreviation that is, and for initials, a name in other capitals is another word: "U.S." is not Us.
        """
        found = []
        strict = "." in name and _INITIALS.fullmatch(name) is not None
        for row in self._rows(_BY_KEY, (key,)):
            entry = self._read(row)
            kind, stored = row[-2:]
            if type(kind) is not int or not 0 <= kind < len(KINDS) or not (stored is None or type(stored) is str):
                raise self._damaged("a name is no text or of no kind")
            matched = entry.name if stored is None else stored or key.title()
            if kind == _ABBREVIATION:
                matched = next((short for short in matched.split(VARIANTS) if _same_capitals(short, name)), "")
                strict = strict or bool(matched)
            if matched:
                found.append(_made(Candidate, _CANDIDATE_SLOTS, (entry, matched, KINDS[kind], 0.0, _NO_FEATURES)))
        if strict:
            found = [one for one in found if one.name_kind == "abbreviation" or _same_capitals(one.matched_name, name)]
        return tuple(found)

    def keys_like(self, beginning: str, *, shortest: int, longest: int) -> list[str]:
        """Return the keys that begin with some letters and have a length between two bounds, in alphabetical order."""
        rows = self._rows(_KEYS_LIKE, (beginning, beginning + "\U0010ffff", shortest, longest))
        return [key for (key,) in rows]

    def _first(self, query: str, values: tuple[object, ...]) -> GazetteerEntry | None:
        """Return the first entry that a query finds."""
        return next(map(self._read, self._rows(query, values)), None)

    def _read(self, row: Sequence[Any]) -> GazetteerEntry:
        """Return the entry of a row that begins with `_COLUMNS`."""
        try:
            return _entry(row)
        except (TypeError, ValueError, LookupError) as error:  # SQLite holds any type in any column
            raise self._damaged(f"a cell is none of its column: {error}") from error

    def _damaged(self, what: object) -> GazetteerError:
        return GazetteerError(f"{self.path}: is damaged ({' '.join(str(what).split())}); {remedy_for(self.path)}")

    def _rows(self, query: str, values: tuple[object, ...]) -> list[Any]:
        """Return the rows of a query."""
        try:
            return self.connection().execute(query, values).fetchall()
        except UnicodeEncodeError:  # half a character, which no name has
            return []
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:  # also what it says of itself may be no text
            raise self._damaged(error) from error

    def connection(self) -> sqlite3.Connection:
        """Return this thread's connection to the file; a new one after a fork, which SQLite's must not outlive."""
        local = self._local
        if getattr(local, "pid", None) != os.getpid():
            local.connection, local.pid = _connect(self.path), os.getpid()
            with self._lock:
                self._open.append(local.connection)
        connection: sqlite3.Connection = local.connection
        return connection

    def _check(self) -> None:
        """Refuse a file that is not a gazetteer of this format."""
        if not self.path.is_file():
            raise GazetteerError(f"{self.path}: there is no gazetteer; {remedy_for(self.path)}")
        try:
            version = self.connection().execute("PRAGMA user_version").fetchone()[0]
            application = self.connection().execute("PRAGMA application_id").fetchone()[0]
            pages = self.connection().execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
            size = pages.fetchone()[0]
            foreign = self.connection().execute(_FOREIGN).fetchone()
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            raise self._damaged(error) from error
        if application != APPLICATION_ID:
            raise GazetteerError(f"{self.path}: is not a gazetteer of geomap; {remedy_for(self.path)}")
        if version != FORMAT_VERSION:
            raise GazetteerError(f"{self.path}: has format {version}, not {FORMAT_VERSION}; {remedy_for(self.path)}")
        if size != self.path.stat().st_size:
            raise self._damaged("its end is missing")
        if foreign:
            raise self._damaged(f"{foreign[0]} is computed, and could take for ever")


def _connect(path: Path) -> sqlite3.Connection:
    """Open a file for reading only, without locks and without looking for a journal."""
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
    connection.execute(f"PRAGMA mmap_size = {_MAPPED_BYTES}")
    return connection


def _entry(row: Sequence[Any]) -> GazetteerEntry:
    """Return the entry of a row that begins with `_COLUMNS`."""
    id, name, latitude, longitude, kind, code, country, admin1, admin2, admin3, people, level, off, extent = row[:14]
    if isinstance(id, int):
        id = f"geonames:{id}"
    unit = country, admin1, admin2, admin3
    "".join((name, kind, code, *unit))  # the quickest check that all are texts
    point, reach = (latitude / SCALE, longitude / SCALE), (float(off), float(extent))
    values = (id, name, *point, kind, code, LEVELS[level], *unit, operator.index(people), *reach, ())
    return _made(GazetteerEntry, _ENTRY_SLOTS, values)


def _made(noun: type[_Noun], slots: Sequence[Callable[[object, Any], None]], values: Sequence[Any]) -> _Noun:
    """Return a frozen value from the values of its fields in order, in half of the time that it takes to make itself.

    A gazetteer makes two for each candidate of each name, which is a third of what a lookup takes.
    """
    made = object.__new__(noun)
    for _ in map(call, slots, repeat(made), values):
        pass
    return made


def _same_capitals(abbreviation: str, name: str) -> bool:
    """Return whether a name is an abbreviation as written: "Miss." is Mississippi, "Miss" and "MISS" are not.

    Dots may be added ("U.S." for "US") but not left out, and a possessive may follow.
    """
    plain = name[:-2] if name.endswith(("'s", "’s")) else name
    return abbreviation in (plain, plain.replace(".", ""))


def _spans(longitude: float, half: float) -> list[tuple[float, float]]:
    """Return the spans of longitude within ``half`` degrees of one; two where the antimeridian lies between."""
    west, east = longitude - half, longitude + half
    if half >= 180:
        return [(-180, 179.9)]
    if west < -180:
        return [(west + 360, 179.9), (-180, east)]
    if east >= 180:
        return [(west, 179.9), (-180, east - 360)]
    return [(west, east)]
