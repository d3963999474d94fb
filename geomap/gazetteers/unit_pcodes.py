"""The p-codes of the units that a place lies in, from imported tables of OCHA's common operational datasets.

A unit of such a table has its code in its id; those of the units above it are what its code begins with, as far as the
table has them. Any other place lies in the first- and second-order unit that have its GeoNames codes.
"""

from collections.abc import Iterable
from dataclasses import replace

from geomap.gazetteers.database import SqliteGazetteer
from geomap.types import GazetteerEntry

SOURCE = "pcode"
"""What ids of p-codes begin with."""

_ORDERS = ("admin1", "admin2", "admin3", "admin4")
_UNITS = "SELECT id, country_code, admin1, admin2, feature_code FROM entry WHERE id LIKE 'pcode:%' ORDER BY id"


class Pcodes:
    """The codes of the units of some gazetteers, read once.

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
            for id, country, admin1, admin2, feature in gazetteer.connection().execute(_UNITS):
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
        if source == SOURCE and code in self._orders:
            found[self._orders[code] - 1] = code
            for length in range(len(code) - 1, 0, -1):
                if order := self._orders.get(code[:length], 0):
                    found[order - 1] = code[:length]
        return replace(entry, pcodes=tuple(found)) if any(found) else entry

    def _of_unit(self, entry: GazetteerEntry, order: int) -> str:
        """Return the only code of the unit of an order with an entry's GeoNames codes; empty for none or several."""
        if entry.level in ("country", *_ORDERS[: order - 1]):
            return ""
        codes = self._by_unit.get((entry.country_code, entry.admin1, entry.admin2)[: order + 1], ())
        return next(iter(codes)) if len(codes) == 1 else ""
