"""What a person is asked about: doubtful and unresolved mentions, and events, in the order of the reports.

What the page is told of an item are plain values for JSON, every text as it stands in the report.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from geomap.corrections.records import About, Correction
from geomap.events.vocabulary import EVENT_TYPES
from geomap.exporters.leaflet.html.escaping import Page, safe_url
from geomap.gazetteers import SqliteGazetteer
from geomap.resolvers.reasons import explain_resolution
from geomap.tables.events import iso_interval
from geomap.tables.shown import is_doubtful
from geomap.types import Document, Event, GazetteerEntry, ParsedDocument, Resolution, Sentence, Span

MOST_PLACES = 9
"""Places that are offered for one item: as many as there are digits to choose them by."""

_MOST_FOUND = 20
_LONGEST_QUERY = 200
_AROUND = 90
"""Characters before and after a trigger that tell one event from another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One question, whether something is right."""

    about: About
    """A mention or an event."""
    document: Document
    """The report."""
    start: int
    """Document offset of the toponym or trigger."""
    end: int
    """Document offset after it."""
    context: Span
    """Document offsets of its sentence, with the one before and the one after."""
    resolution: Resolution | None
    """What the mention, or the place of the event, was taken for; ``None`` for an event without a place."""
    event: Event | None = None
    """The event; ``None`` for a mention."""
    mention_start: int | None = None
    """Where the place of the event is named, if other events have the same trigger."""
    places: tuple[Resolution, ...] = ()
    """Of an event, the places that the report names, the nearest first, each once."""

    @property
    def words(self) -> str:
        """The toponym, or the trigger words."""
        return self.document.text[self.start : self.end]


def items_of(parsed: Iterable[ParsedDocument], *, everything: bool = False) -> list[Item]:
    """Return what is to be looked at.

    Parameters
    ----------
    parsed
        Parsed documents, without corrections.
    everything
        Whether to ask about sure mentions, too, and about what stands outside the story or names no ground.

    Returns
    -------
        Mentions that were not found or are drawn as doubtful, and all events, in the order of their reports and in
        text order; an event comes after the mentions of its trigger.
    """
    found = [item for one in parsed for item in (*_mentions(one, everything=everything), *_events(one, everything))]
    order = {id(item): n for n, item in enumerate(found)}
    documents = {name: n for n, name in enumerate(dict.fromkeys(item.document.id for item in found))}
    return sorted(found, key=lambda item: (documents[item.document.id], item.start, order[id(item)]))


def _mentions(parsed: ParsedDocument, *, everything: bool) -> Iterator[Item]:
    for one in parsed.resolutions:
        if everything or (_is_shown(one) and _is_unsure(one)):
            span = (one.mention.start, one.mention.end)
            context = _context(parsed.sentences, one.mention.sentence)
            yield Item(
                about="mention", document=parsed.document, start=span[0], end=span[1], context=context, resolution=one
            )


def _is_shown(one: Resolution) -> bool:
    return one.mention.role == "literal" and not one.mention.boilerplate


def _is_unsure(one: Resolution) -> bool:
    basis = one.location.basis if one.location else ""
    return one.entry is None or is_doubtful(basis=basis, confidence=one.confidence)


def _events(parsed: ParsedDocument, everything: bool) -> Iterator[Item]:  # noqa: FBT001
    triggers = Counter((event.start, event.end) for event in parsed.events)
    for event in parsed.events:
        if everything or not event.boilerplate:
            shared = triggers[event.start, event.end] > 1
            yield Item(
                about="event",
                document=parsed.document,
                start=event.start,
                end=event.end,
                context=_context(parsed.sentences, event.sentence),
                resolution=event.place,
                event=event,
                mention_start=event.place.mention.start if shared and event.place else None,
                places=tuple(_nearest(parsed, event)),
            )


def _nearest(parsed: ParsedDocument, event: Event) -> list[Resolution]:
    """Return the places that a report names, those nearest to an event first, each entry once."""
    named = [one for one in parsed.resolutions if one.entry is not None]
    named.sort(key=lambda one: (abs(one.mention.sentence - event.sentence), abs(one.mention.start - event.start)))
    each = {one.entry.id: one for one in reversed(named) if one.entry}
    nearest = sorted(each.values(), key=named.index)
    return nearest[:MOST_PLACES]


def _context(sentences: tuple[Sentence, ...], index: int) -> Span:
    at = next(n for n, one in enumerate(sentences) if one.index == index)
    around = sentences[max(at - 1, 0) : at + 2]
    return around[0].start, around[-1].end


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
    return [one.entry for one in candidates[:MOST_PLACES]]


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
