"""What the page is told of an item: plain values for JSON, every text as it stands in the report."""

import math
from collections.abc import Sequence
from typing import Any

from geomap.corrections.records import Correction
from geomap.events.vocabulary import EVENT_TYPES
from geomap.exporters.leaflet.html.escaping import safe_url
from geomap.gazetteers import SqliteGazetteer
from geomap.resolvers.reasons import explain_resolution
from geomap.review.items import Item
from geomap.tables.events import iso_interval
from geomap.types import Event, GazetteerEntry

MOST_CANDIDATES = 9
"""Candidates of a mention that are offered: as many as there are digits to choose them by."""

_MOST_FOUND = 20
_LONGEST_QUERY = 200
_AROUND = 90
"""Characters before and after a trigger that tell one event from another."""

Page = dict[str, Any]


def shown_list(items: Sequence[Item], decisions: Sequence[Correction | None]) -> list[Page]:
    """Return the items in short: words, report and what was decided."""
    return [
        {
            "about": item.about,
            "words": item.words,
            "document": item.document.id,
            "guess": _guess(item),
            "decision": _decided(decision),
        }
        for item, decision in zip(items, decisions, strict=True)
    ]


def shown_item(item: Item, decision: Correction | None, gazetteer: SqliteGazetteer) -> Page:
    """Return all that a person needs to decide on an item."""
    document, (first, last) = item.document, item.context
    chosen = item.resolution.entry if item.resolution else None
    point = item.resolution.location if item.resolution else None
    return {
        "about": item.about,
        "document": document.id,
        "title": document.title,
        "source": document.source,
        "published": document.published.isoformat() if document.published else "",
        "url": safe_url(document.url),
        "before": document.text[first : item.start],
        "words": item.words,
        "after": document.text[item.end : last],
        "confidence": item.resolution.confidence if item.resolution else 0.0,
        "chosen": chosen.id if chosen else "",
        "point": [point.latitude, point.longitude] if point else None,
        "reasons": explain_resolution(item.resolution) if item.resolution else ["no place was found for it"],
        "candidates": [shown_entry(entry, gazetteer) for entry in _candidates(item)],
        "event": _event(item.event) if item.event else None,
        "decision": _decided(decision),
    }


def shown_others(item: Item, items: Sequence[Item]) -> list[Page]:
    """Return the events that one may be the same as; none of a mention.

    Those of its own report come first, the nearest before the others; then those of other reports at its place, the
    nearest in time first.
    """
    events = [one for one in items if one.event and item.event and one is not item]
    place = item.resolution.entry if item.resolution else None
    own = [one for one in events if one.document.id == item.document.id]
    there = [one for one in events if one.document.id != item.document.id]
    there = [one for one in there if place and one.resolution and one.resolution.entry == place]
    own.sort(key=lambda one: abs(one.start - item.start))
    there.sort(key=lambda one: _days_apart(one, item))
    return [
        {
            "document": "" if one.document.id == item.document.id else one.document.id,
            "start": one.start,
            "mention_start": one.mention_start,
            "words": one.words,
            "guess": _guess(one),
            "before": one.document.text[max(one.context[0], one.start - _AROUND) : one.start],
            "after": one.document.text[one.end : min(one.context[1], one.end + _AROUND)],
            "event": _event(one.event) if one.event else None,
        }
        for one in (*own, *there[:_MOST_FOUND])
    ]


def _days_apart(one: Item, other: Item) -> float:
    """Return how many days lie between two events; without end where one has none."""
    first, second = (item.event.date.start if item.event else None for item in (one, other))
    return abs((first - second).days) if first and second else math.inf


def found_entries(query: str, gazetteer: SqliteGazetteer) -> list[Page]:
    """Return the places of a name, those first whose own it is, or else of names that begin so; none for nothing."""
    from geomap.gazetteers.names import lookup_keys

    name = query.strip()[:_LONGEST_QUERY]
    entries = list(gazetteer.lookup(name)) if name else []
    if not entries and len(name) > 2:
        key = lookup_keys(name)[0] if lookup_keys(name) else ""
        for longer in gazetteer.keys_like(key, shortest=len(key), longest=len(key) + 12)[:_MOST_FOUND] if key else []:
            entries += gazetteer.lookup(longer)
    entries.sort(key=lambda entry: entry.name.casefold() != name.casefold())
    each = list({entry.id: entry for entry in entries}.values())
    return [shown_entry(entry, gazetteer) for entry in each[:_MOST_FOUND]]


def shown_entry(entry: GazetteerEntry, gazetteer: SqliteGazetteer) -> Page:
    """Return what tells one place from another of its name."""
    unit = gazetteer.admin1(entry.country_code, entry.admin1) if entry.admin1 else None
    country = gazetteer.country(entry.country_code) if entry.country_code else None
    return {
        "id": entry.id,
        "name": entry.name,
        "level": entry.level,
        "admin1": unit.name if unit and unit.id != entry.id else "",
        "country": country.name if country and country.id != entry.id else "",
        "population": entry.population,
        "latitude": entry.latitude,
        "longitude": entry.longitude,
    }


def sub_types() -> Page:
    """Return the sub-event types by event type."""
    return {name: list(sub) for name, sub in EVENT_TYPES.items()}


def _candidates(item: Item) -> list[GazetteerEntry]:
    if item.about == "event":
        return [one.entry for one in item.places if one.entry]
    candidates = item.resolution.candidates if item.resolution else ()
    return [one.entry for one in candidates[:MOST_CANDIDATES]]


def _guess(item: Item) -> str:
    entry = item.resolution.entry if item.resolution else None
    name = entry.name if entry else ""
    return f"{item.event.event_sub_type}{' at ' if name else ''}{name}" if item.event else name or "not found"


def _event(event: Event) -> Page:
    return {
        "type": event.event_type,
        "sub_type": event.event_sub_type,
        "date": iso_interval(event.date),
        "low": event.fatalities_low,
        "high": event.fatalities_high,
        "attribution": event.attribution,
    }


def _decided(row: Correction | None) -> Page | None:
    if row is None:
        return None
    return {"verdict": row.verdict, "in_words": row.in_words(), "always": row.breadth == 2, "entry_id": row.entry_id}
