"""Corrections of events: that one is none, that one is right, or what is right of its type, place, day and toll."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from geomap.corrections.places import Note, Places, Rule
from geomap.corrections.records import Correction, days_of
from geomap.corrections.spans import text_problem
from geomap.events.vocabulary import TYPE_OF
from geomap.types import Event, EventDate, Mention, ParsedDocument, Resolution

_WEEK = 7
"""Most days of an interval that ACLED's time precision calls a week."""


def corrected_events(parsed: ParsedDocument, rules: Sequence[Rule], places: Places, note: Note) -> tuple[Event, ...]:
    """Return the events of a document with what corrections say of them.

    Parameters
    ----------
    parsed
        The document, its mentions corrected.
    rules
        Corrections of events that speak of it, the narrowest and latest last.
    places
        Their places.
    note
        Is told for how many events each holds, or why it does not match.
    """
    if not rules:
        return parsed.events
    now: list[Event] = list(parsed.events)
    wrong: set[int] = set()
    for number, row in rules:
        found = _found(parsed, row)
        problem = text_problem(parsed, row) or _unclear(row, found)
        if problem:
            note(number, problem)
            continue
        note(number, len(found) or int(row.start is not None))
        for n in found:
            wrong = wrong | {n} if row.verdict == "wrong" else wrong - {n}
            now[n] = _changed(parsed, now[n], row, places)
    return tuple(event for n, event in enumerate(now) if n not in wrong)


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


def _found(parsed: ParsedDocument, row: Correction) -> list[int]:
    """Return the numbers of the events that a correction speaks of.

    With a span, those whose trigger it is; where none has this very one, those of the one trigger that it touches.
    """
    events = parsed.events
    if row.start is None or row.end is None:
        text = parsed.document.text
        numbers = [n for n, event in enumerate(events) if text[event.start : event.end] == row.words]
    else:
        numbers = [n for n, event in enumerate(events) if (event.start, event.end) == (row.start, row.end)]
        if not numbers:
            numbers = [n for n, event in enumerate(events) if event.start < row.end and row.start < event.end]
            numbers = numbers if len({(events[n].start, events[n].end) for n in numbers}) == 1 else []
    return [n for n in numbers if row.mention_start is None or row.mention_start == _mention_start(events[n])]


def _mention_start(event: Event) -> int | None:
    return event.place.mention.start if event.place else None


def _unclear(row: Correction, found: Sequence[int]) -> str:
    """Say why it is not clear which event is meant; where a wrong one is not told any more, the correction holds."""
    if row.start is None:
        return ""
    if not found and row.verdict != "wrong":
        return "no event is told by these words any more"
    several = row.has_place and len(found) > 1
    return f"{len(found)} events have this trigger; say in mention_start which of them is meant" if several else ""


def _changed(parsed: ParsedDocument, event: Event, row: Correction, places: Places) -> Event:
    changes: dict[str, Any] = {"corrected_by": _signed(event.corrected_by, row.signature)}
    if row.event_sub_type:
        changes |= {"event_type": TYPE_OF[row.event_sub_type], "event_sub_type": row.event_sub_type}
    if row.event_date:
        changes |= {"date": _date(row.event_date)}
    if row.fatalities_low is not None:
        changes |= {"fatalities_low": row.fatalities_low, "fatalities_high": row.fatalities_high}
    changed = replace(event, **changes)
    return at_place(changed, _place(parsed, event, row, places)) if row.has_place else changed


def _signed(before: str, name: str) -> str:
    """Return who corrected something, one more of them; each once."""
    return "; ".join(dict.fromkeys(filter(None, (*before.split("; "), name))))


def _date(text: str) -> EventDate:
    start, end = days_of(text)
    days = (end - start).days + 1
    return EventDate(start=start, end=end, precision=1 if days == 1 else 2 if days <= _WEEK else 3)


def _place(parsed: ParsedDocument, event: Event, row: Correction, places: Places) -> Resolution:
    """Return where an event was: at the nearest mention of the right entry, or at one that the report does not name."""
    named = [one for one in parsed.resolutions if row.entry_id and one.entry and one.entry.id == row.entry_id]
    if named:
        return min(
            named, key=lambda one: (abs(one.mention.sentence - event.sentence), abs(one.mention.start - event.start))
        )
    entry = places.entry(row.entry_id) if row.entry_id else None
    nowhere = Mention(
        document_id=event.document_id,
        sentence=event.sentence,
        start=event.start,
        end=event.start,
        toponym=entry.name if entry else f"{row.latitude}, {row.longitude}",
    )
    return places.resolution("", nowhere, row, None)


def _distance(mention: Mention, event: Event) -> tuple[int, int]:
    return abs(mention.sentence - event.sentence), abs(mention.start - event.start)
