"""Corrections of mentions: what a name means and where that is, that it is none, or that one was missed."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace

from geomap.corrections.matching import SHOWN, Rule, Tally, Thing, matched
from geomap.corrections.records import Correction
from geomap.resolvers.locating import location_at
from geomap.resolvers.precision import AT
from geomap.types import (
    Event,
    Gazetteer,
    GazetteerEntry,
    Location,
    Mention,
    ParsedDocument,
    Relation,
    Resolution,
)


class Places:
    """The places that corrections name, each looked up once in the gazetteer of the run."""

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


def corrected_mentions(parsed: ParsedDocument, rules: Sequence[Rule], places: Places, tally: Tally) -> ParsedDocument:
    """Return a document with what corrections say of its mentions.

    The rules are the corrections of mentions that speak of it, the narrowest and latest last; the tally is told for how
    many mentions each holds, or why it does not match.
    """
    said = said_of_mentions(parsed, rules, tally)
    if not said:
        return parsed
    after: dict[Mention, Resolution | None] = {}
    for n, before in enumerate(parsed.resolutions):
        row = said[n][-1] if n in said else None
        if row is None or row.verdict == "not a place":
            after[before.mention] = before if row is None else None
        else:
            after[before.mention] = places.resolution(parsed.document.text, before.mention, row, before)
    last = [rows[-1] for thing, rows in said.items() if isinstance(thing, tuple)]
    added = [_added(parsed, row, places) for row in last if row.verdict != "not a place"]
    for mention in after:
        if any(mention.start < one.mention.end and one.mention.start < mention.end for one in added):
            after[mention] = None  # a person has said where the name begins and ends
    kept = [one for one in after.values() if one is not None] + added
    resolutions = tuple(sorted(kept, key=lambda one: (one.mention.start, one.mention.end)))
    return replace(
        parsed,
        mentions=tuple(one.mention for one in resolutions),
        resolutions=resolutions,
        relations=_relations(parsed, resolutions),
        events=tuple(_moved(event, after) for event in parsed.events),
    )


def said_of_mentions(parsed: ParsedDocument, rules: Sequence[Rule], tally: Tally) -> Mapping[Thing, list[Correction]]:
    """Return what corrections say of each mention, by its number or, where it was missed, its span."""
    if not rules:
        return {}

    def find(row: Correction) -> list[int]:
        return [n for n, one in enumerate(parsed.mentions) if _fits(row, one)]

    return matched(parsed, rules, tally, find=find, unclear=lambda row, found: "" if found else _taken(parsed, row))


def _fits(row: Correction, mention: Mention) -> bool:
    at = row.start is None or (mention.start, mention.end) == (row.start, row.end)
    return at and mention.toponym == row.words


def _taken(parsed: ParsedDocument, row: Correction) -> str:
    """Say that a name is part of another one now, of which it was not said that it is no place."""
    if row.verdict != "not a place" or row.start is None or row.end is None:
        return ""
    over = [one for one in parsed.mentions if one.start < row.end and row.start < one.end]
    return f"the name found there is now {over[0].toponym[:SHOWN]!r}" if over else ""


def _added(parsed: ParsedDocument, row: Correction, places: Places) -> Resolution:
    """Return the resolution of a mention that was missed."""
    assert row.start is not None and row.end is not None  # noqa: S101, PT018  (it has a span)
    document = parsed.document
    starts = [sentence.start for sentence in parsed.sentences]
    sentence = parsed.sentences[max(bisect_right(starts, row.start) - 1, 0)]
    mention = Mention(
        document_id=document.id,
        sentence=sentence.index,
        start=row.start,
        end=row.end,
        toponym=row.words,
        boilerplate=any(first < row.end and row.start < last for first, last in document.boilerplate),
    )
    return places.resolution(document.text, mention, row, None)


def _relations(parsed: ParsedDocument, resolutions: Sequence[Resolution]) -> tuple[Relation, ...]:
    """Return the relations of a document by the new numbers of its mentions; those to a lost one are lost, too."""
    number = {one.mention: n for n, one in enumerate(resolutions)}
    new = [number.get(mention) for mention in parsed.mentions]
    kept = []
    for one in parsed.relations:
        subject = None if one.subject is None else new[one.subject]
        anchor = new[one.anchor]
        if anchor is not None and (one.subject is None or subject is not None):
            kept.append(replace(one, subject=subject, anchor=anchor))
    return tuple(kept)


def _moved(event: Event, after: Mapping[Mention, Resolution | None]) -> Event:
    """Return an event at its place as corrected."""
    if event.place is None or after.get(event.place.mention, event.place) == event.place:
        return event
    return at_place(event, after[event.place.mention])


def at_place(event: Event, place: Resolution | None) -> Event:
    """Return an event at another place, at the point that this has, or at none."""
    point = place.location if place else None
    return replace(
        event,
        place=place,
        latitude=point.latitude if point else None,
        longitude=point.longitude if point else None,
        radius_km=point.radius_km if point else 0.0,
        geo_precision=point.geo_precision if point else None,
        where_precision=point.where_precision if point else None,
    )
