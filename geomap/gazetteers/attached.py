"""The bundled gazetteer with imported ones on top: all are asked, and what is one place is one candidate."""

import json
import sqlite3
import threading
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Self

from geomap.errors import GazetteerError
from geomap.gazetteers.alternates import kind_beside
from geomap.gazetteers.database import _KM_A_DEGREE, SqliteGazetteer
from geomap.gazetteers.distance import km_between
from geomap.gazetteers.names import normalize
from geomap.types import Candidate, GazetteerEntry

_LIVING = frozenset(["country", "admin1", "settlement"])
_UNITS = ("admin1", "admin2")
_SETTLED = frozenset(["settlement", "quarter"])
# Two villages of one name are not next to each other; two sources put one village up to this far apart.
_ONE_KM = 3.0
# A gazetteer of so many places in a country holds its villages; a list of a user's own need not.
_MANY = 1_000
_NAMED_FIRST = frozenset(["country", "admin1", "admin2", "settlement"])
_PCODE = "pcode"  # What ids of OCHA's codes begin with.
_CODED_UNITS = "SELECT id, country_code, admin1, admin2, feature_code FROM entry WHERE id LIKE 'pcode:%' ORDER BY id"


class ImportedGazetteer(SqliteGazetteer):
    """A gazetteer that `geomap.gazetteers.importing` wrote; ``countries`` are those whose villages it holds."""

    def __init__(self, path: Path) -> None:
        try:
            super().__init__(path)
            meta = dict(self.connection().execute("SELECT key, value FROM meta WHERE key IN ('imported', 'reach')"))
            self.at = str(json.loads(meta["imported"])["at"])
            reach = [(str(source), str(country), int(places)) for source, country, places in json.loads(meta["reach"])]
        except (GazetteerError, sqlite3.DatabaseError, KeyError, ValueError, TypeError, RecursionError) as error:
            remedy = f"import it again, or remove it with: geomap gazetteer remove {path.stem}"
            raise GazetteerError(f"{path}: cannot be used as an imported gazetteer; {remedy}") from error
        self.countries: frozenset[str] = frozenset(country for _, country, places in reach if places >= _MANY)
        self._reach = frozenset((source, country) for source, country, _ in reach)

    @property
    def has_pcodes(self) -> bool:
        """Whether it holds units with OCHA's codes."""
        return any(source == _PCODE for source, _ in self._reach)

    def edition(self, entry: GazetteerEntry) -> GazetteerEntry | None:
        """Return what this gazetteer holds under an entry's id, if anything."""
        reached = (entry.id.partition(":")[0], entry.country_code) in self._reach
        return self.entry(entry.id) if reached else None


class AttachedGazetteer(SqliteGazetteer):
    """The bundled gazetteer with imported ones on top; implements `geomap.types.Gazetteer`.

    Of entries with one id that of the newest import counts. An imported settlement takes the place of an entry that is
    known only by its unit, where both bear the name and it lies within that entry's accuracy, and of a settlement of
    the name and country less than three kilometres off. What it does not say is filled in from the entry that it
    replaces. A facility that bears the bare name of a settlement or unit is left out, for a report means that.
    Where one holds OCHA's p-codes, every entry has those of its units.

    Parameters
    ----------
    path
        The bundled file.
    imported
        Files of imported gazetteers.

    Raises
    ------
    GazetteerError
        One of the files is missing, damaged or of another format.
    """

    def __init__(self, path: Path, imported: Sequence[Path]) -> None:
        super().__init__(path)
        self._bundled = SqliteGazetteer(path)
        opened = [ImportedGazetteer(one) for one in imported]
        self.imported = tuple(sorted(opened, key=lambda one: (one.at, one.path.stem), reverse=True))
        self._coded = [one for one in self.imported if one.has_pcodes]
        self._pcodes: Pcodes | None = None
        self._reading = threading.Lock()

    def __reduce__(self) -> tuple[type[Self], tuple[Path, list[Path]]]:  # type: ignore[override]
        """Pickle as the paths."""
        return type(self), (self.path, list(self.imported_files))

    @property
    def imported_files(self) -> tuple[Path, ...]:
        """Files of the imported gazetteers, the newest first."""
        return tuple(one.path for one in self.imported)

    def close(self) -> None:
        """Close all files; the next question opens them again."""
        super().close()
        for one in (*self.imported, self._bundled):
            one.close()

    def entry(self, entry_id: str) -> GazetteerEntry | None:
        """Return the entry of an id, from the newest gazetteer that has it, or ``None``."""
        found: GazetteerEntry | None = None
        for gazetteer in (*self.imported, self._bundled):
            older = gazetteer.entry(entry_id)
            found = _filled(found, older) if found and older else found or older
        return self._with_pcodes([found])[0] if found else None

    def country(self, code: str) -> GazetteerEntry | None:
        """Return the country or dependency of an ISO 3166-1 alpha-2 code, or ``None``."""
        return self._bundled.country(code) or next(filter(None, (one.country(code) for one in self.imported)), None)

    def admin1(self, country_code: str, code: str) -> GazetteerEntry | None:
        """Return the first-order division of a GeoNames code, such as ``"UA", "05"``, or ``None``."""
        found = (one.admin1(country_code, code) for one in self.imported)
        return self._bundled.admin1(country_code, code) or next(filter(None, found), None)

    def places_near(self, latitude: float, longitude: float, *, radius_km: float) -> list[GazetteerEntry]:
        """Return the populated places around a point, as `SqliteGazetteer.places_near` does, one an id."""
        found: dict[str, GazetteerEntry] = {}
        for gazetteer in (*self.imported, self._bundled):
            for entry in gazetteer.places_near(latitude, longitude, radius_km=radius_km):
                found.setdefault(entry.id, entry)
        return list(found.values())

    def keys_like(self, beginning: str, *, shortest: int, longest: int) -> list[str]:
        """Return the keys that begin with some letters and have a length between two bounds, in alphabetical order."""
        keys = {
            key
            for gazetteer in (*self.imported, self._bundled)
            for key in gazetteer.keys_like(beginning, shortest=shortest, longest=longest)
        }
        return sorted(keys)

    def _find(self, name: str) -> tuple[Candidate, ...]:
        """Return the candidates of a name, uncached."""
        found: dict[str, Candidate] = {}
        for depth, gazetteer in enumerate(self.imported):
            self._take(found, gazetteer._find(name), self.imported[:depth])
        merged = self._merged(found, self._bundled._find(name), normalize(name))
        if not self._coded:
            return merged
        coded = self._with_pcodes([one.entry for one in merged])
        return tuple(replace(one, entry=entry) for one, entry in zip(merged, coded, strict=True))

    def _with_pcodes(self, entries: list[GazetteerEntry]) -> list[GazetteerEntry]:
        """Return the entries with the p-codes of their units; as they are where no import has such."""
        if not self._coded:
            return entries
        with self._reading:
            self._pcodes = self._pcodes or Pcodes(self._coded)
        return [self._pcodes.of(entry) for entry in entries]

    def _merged(self, found: dict[str, Candidate], bundled: Sequence[Candidate], key: str) -> tuple[Candidate, ...]:
        """Return the candidates of all gazetteers, most populous first; ``found`` holds those of the imported ones."""
        for one in bundled:  # under another name of theirs, the imported ones need not be known
            if one.entry.accuracy_km and one.entry.level in _SETTLED and normalize(one.entry.name) != key:
                for imported in self._surveyed(one.entry):
                    if imported.id not in found:
                        found[imported.id] = replace(one, entry=imported)
        _without_namesakes(found, bundled, key)
        facilities = [id for id, one in found.items() if one.entry.level == "facility"]
        self._take(found, bundled, self.imported)
        if facilities and any(one.entry.level in _NAMED_FIRST for one in found.values()):
            for id in facilities:
                del found[id]
        return tuple(sorted(found.values(), key=lambda one: -one.entry.population))

    def _surveyed(self, entry: GazetteerEntry) -> list[GazetteerEntry]:
        """Return the imported settlements that bear an entry's own name where it must be."""
        return [
            one.entry
            for gazetteer in self.imported
            for one in gazetteer.candidates(entry.name)
            if _is_one(one.entry, entry)
        ]

    def _take(
        self, found: dict[str, Candidate], older: Iterable[Candidate], newer: Sequence[ImportedGazetteer]
    ) -> None:
        """Add the candidates of an older gazetteer, or let them fill in what a newer one holds of the same place."""
        free = list(found.values())
        for one in older:
            entry = one.entry
            held = found.get(entry.id) or _nearest(free, entry)
            if held is None:
                edition = next(filter(None, (gazetteer.edition(entry) for gazetteer in newer)), None)
                found[entry.id] = replace(one, entry=_filled(edition, entry)) if edition else one
                continue
            free = [other for other in free if other is not held]
            filled = _filled(held.entry, entry)
            if filled is not held.entry:
                found[filled.id] = replace(held, entry=filled)


def _without_namesakes(found: dict[str, Candidate], bundled: Sequence[Candidate], key: str) -> None:
    """Leave out imported alternate names that mean a country or a greater place elsewhere, as the bundled one does."""
    living = [one.entry for one in bundled if one.name_kind == "primary" and one.entry.level in _LIVING]
    if not (living and key.isascii()):
        return
    for id, one in list(found.items()):
        if one.name_kind == "alternate" and one.entry.level in _SETTLED:
            kind = kind_beside(one.entry, key, [entry for entry in living if entry.id != id])
            if kind is None:
                del found[id]
            elif kind != "alternate":
                found[id] = replace(one, name_kind=kind)


def _nearest(imported: Iterable[Candidate], entry: GazetteerEntry) -> Candidate | None:
    """Return the imported candidate that is an entry under another id, if there is one; the nearest of several."""
    same = [one for one in imported if _is_one(one.entry, entry)]
    return min(same, key=lambda one: km_between(one.entry, entry)) if same else None


def _is_one(imported: GazetteerEntry, entry: GazetteerEntry) -> bool:
    """Return whether two entries under one name are one settlement, or one unit by its codes."""
    if imported.level == entry.level in _UNITS:
        return _codes(imported) == _codes(entry) and all(_codes(entry)[: _UNITS.index(entry.level) + 2])
    if imported.level not in _SETTLED or entry.level not in _SETTLED or imported.country_code != entry.country_code:
        return False
    within = entry.accuracy_km or _ONE_KM
    if imported.accuracy_km or abs(imported.latitude - entry.latitude) * _KM_A_DEGREE > within:
        return False
    return km_between(imported, entry) <= within


def _codes(entry: GazetteerEntry) -> tuple[str, str, str]:
    return entry.country_code, entry.admin1, "" if entry.level == "admin1" else entry.admin2


def _filled(newer: GazetteerEntry, older: GazetteerEntry) -> GazetteerEntry:
    """Return an entry with what it does not say itself from an older one of the same place."""
    if newer.admin1 in ("", older.admin1) and newer.country_code == older.country_code:
        newer = _with(newer, admin1=older.admin1, admin2=older.admin2, admin3=older.admin3)
    return _with(newer, population=older.population, extent_km=older.extent_km)


def _with(entry: GazetteerEntry, **known: Any) -> GazetteerEntry:
    """Return an entry with those of some values that it lacks and that are known."""
    lacking = {name: value for name, value in known.items() if value and not getattr(entry, name)}
    return replace(entry, **lacking) if lacking else entry


class Pcodes:
    """The p-codes of units, from imported tables of OCHA's common operational datasets, read once.

    A unit of such a table has its code in its id; those of the units above it are what its code begins with, as far as
    the table has them. Any other place lies in the first- and second-order unit that have its GeoNames codes.

    Parameters
    ----------
    gazetteers
        Those that have units with p-codes, the newest first.
    """

    def __init__(self, gazetteers: Iterable[SqliteGazetteer]) -> None:
        self._orders: dict[str, int] = {}
        self._by_unit: dict[tuple[str, ...], set[str]] = {}
        for gazetteer in gazetteers:
            known = set(self._orders)
            for id, country, admin1, admin2, feature in gazetteer.connection().execute(_CODED_UNITS):
                code, order = id.partition(":")[2], int(feature[3:])
                if code in known:
                    continue
                self._orders[code] = order
                unit = (country, admin1, admin2)[: order + 1]
                if order <= 2 and all(unit):
                    self._by_unit.setdefault(unit, set()).add(code)

    def of(self, entry: GazetteerEntry) -> GazetteerEntry:
        """Return an entry with the codes of the units that it lies in or is, as far as they are known."""
        found = [self._of_unit(entry, order) for order in (1, 2)] + ["", ""]
        source, _, code = entry.id.partition(":")
        if source == _PCODE and code in self._orders:
            found[self._orders[code] - 1] = code
            for length in range(len(code) - 1, 0, -1):
                if order := self._orders.get(code[:length], 0):
                    found[order - 1] = code[:length]
        return replace(entry, pcodes=tuple(found)) if any(found) else entry

    def _of_unit(self, entry: GazetteerEntry, order: int) -> str:
        """Return the only code of the unit of an order with an entry's GeoNames codes; empty for none or several."""
        if entry.level in ("country", *_UNITS[: order - 1]):
            return ""
        codes = self._by_unit.get((entry.country_code, entry.admin1, entry.admin2)[: order + 1], ())
        return next(iter(codes)) if len(codes) == 1 else ""
