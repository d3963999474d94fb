"""Where a correction says that something is."""

from dataclasses import replace

from geomap.corrections.records import Correction
from geomap.resolvers.locating import location_at
from geomap.resolvers.precision import AT
from geomap.types import Gazetteer, GazetteerEntry, Location, Mention, Resolution


class Places:
    """The places that corrections name, each looked up once.

    Parameters
    ----------
    gazetteer
        The gazetteer of the run.
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._entries: dict[str, GazetteerEntry | None] = {}

    def problem(self, row: Correction) -> str:
        """Say why the place of a correction cannot be had; empty when it can, or none is given."""
        if not row.entry_id or self.entry(row.entry_id):
            return ""
        return f"the gazetteer of this run has no entry {row.entry_id}"

    def entry(self, entry_id: str) -> GazetteerEntry | None:
        """Return the entry of an id, or ``None``."""
        if entry_id not in self._entries:
            self._entries[entry_id] = self._gazetteer.entry(entry_id)
        return self._entries[entry_id]

    def in_words(self, row: Correction) -> str:
        """Return where a correction puts something: name and id of its entry, or its point."""
        entry = self.entry(row.entry_id)
        return f"{entry.name} ({entry.id})" if entry else row.entry_id or f"{row.latitude:.5f}, {row.longitude:.5f}"

    def resolution(self, text: str, mention: Mention, row: Correction, before: Resolution | None) -> Resolution:
        """Return where a mention is by a correction: at an entry, at its coordinates, or nobody knows where.

        The candidates that were considered stay, so that the table still tells what was beaten.
        """
        found = before or Resolution(mention=mention, entry=None, confidence=0.0)
        entry = self.entry(row.entry_id) if row.entry_id else None
        location = location_at(text, mention, entry) if entry else point_of(row)
        confidence = 0.0 if location is None else 1.0
        return replace(found, entry=entry, location=location, confidence=confidence, corrected_by=row.signature)


def point_of(row: Correction) -> Location | None:
    """Return the point that a correction gives by its coordinates, exact as a town; ``None`` if it gives none."""
    if row.latitude is None or row.longitude is None:
        return None
    return Location(
        latitude=row.latitude,
        longitude=row.longitude,
        radius_km=0.0,
        geo_precision=AT[0],
        where_precision=AT[1],
        basis="coordinates",
        words="coordinates of a correction",
    )
