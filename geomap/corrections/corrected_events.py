"""Corrections of events: that one is none, is right, is one told elsewhere too or is not, or what is right of it.

Two that are said to be the same become one occurrence with all tellings of either, so that its dead count once; of two
reports, one incident. One that is said to be apart from another becomes an occurrence of its own, and no incident holds
both.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from geomap.corrections.corrected_mentions import Places, at_place
from geomap.corrections.matching import Rule, Tally, Thing, matched
from geomap.corrections.records import OF_TWO, Correction, days_of
from geomap.events.vocabulary import TYPE_OF
from geomap.types import Event, EventDate, Mention, ParsedDocument, Resolution

_WEEK = 7
"""Most days of an interval that ACLED's time precision calls a week."""


def corrected_events(parsed: ParsedDocument, rules: Sequence[Rule], places: Places, tally: Tally) -> tuple[Event, ...]:
    """Return the events of a document, its mentions corrected, with what corrections say of them.

    The rules are the corrections of events that speak of it, the narrowest and latest last; the tally is told for how
    many events each holds, or why it does not match.
    """
    said = said_of_events(parsed, rules, tally)
    now = list(parsed.events)
    for n, row in ((n, row) for n, rows in said.items() if isinstance(n, int) for row in rows):
        now[n] = _changed(parsed, now[n], row, places)
    now = _told_apart(parsed, now, said, {row: number for number, row in rules})
    return tuple(event for n, event in enumerate(now) if n not in said or said[n][-1].verdict != "wrong")


def said_of_events(parsed: ParsedDocument, rules: Sequence[Rule], tally: Tally) -> Mapping[Thing, list[Correction]]:
    """Return what corrections say of each event, by its number or, where there is none any more, its span."""
    if not rules:
        return {}
    return matched(
        parsed,
        rules,
        tally,
        find=lambda row: _found(parsed, row),
        unclear=lambda row, found: _unclear(row, found) or _other_unclear(parsed, row),
    )


def same_as(parsed: ParsedDocument, row: Correction) -> list[int]:
    """Return the numbers of the events that a row says to be its own, or not; of several, those at its place."""
    events = parsed.events
    others = [n for n in _told_at(events, row.same_start, row.same_mention_start) if n not in _found(parsed, row)]
    here = {_place_id(events[n]) for n in _found(parsed, row)}
    return [n for n in others if _place_id(events[n]) in here] or others if len(others) > 1 else others


def _found(parsed: ParsedDocument, row: Correction) -> list[int]:
    """Return the numbers of the events that a correction speaks of.

    With a span, those whose trigger it is; where none has this very one, those of the one trigger that it touches.
    """
    events = parsed.events
    if row.start is None or row.end is None:
        text = parsed.document.text
        return [n for n, event in enumerate(events) if text[event.start : event.end] == row.words]
    numbers = [n for n in _told_at(events, row.start, None) if events[n].end == row.end]
    if not numbers:
        numbers = [n for n, event in enumerate(events) if event.start < row.end and row.start < event.end]
        numbers = numbers if len({(events[n].start, events[n].end) for n in numbers}) == 1 else []
    return [n for n in numbers if row.mention_start is None or row.mention_start == _mention_start(events[n])]


def _told_at(events: Sequence[Event], start: int | None, mention_start: int | None) -> list[int]:
    """Return the numbers of the events whose trigger begins at an offset, all of them or the one at a mention."""
    at = [n for n, event in enumerate(events) if event.start == start]
    return [n for n in at if mention_start is None or _mention_start(events[n]) == mention_start]


def _mention_start(event: Event) -> int | None:
    return event.place.mention.start if event.place else None


def _place_id(event: Event) -> str:
    entry = event.place.entry if event.place else None
    return entry.id if entry else event.place.mention.toponym if event.place else ""


def _unclear(row: Correction, found: Sequence[int]) -> str:
    """Say why it is not clear which event is meant; where a wrong one is not told any more, the correction holds."""
    if row.start is None:
        return ""
    if not found and row.verdict != "wrong":
        return "no event is told by these words any more"
    several = (row.has_place or row.verdict in OF_TWO) and len(found) > 1
    return f"{len(found)} events have this trigger; say in mention_start which of them is meant" if several else ""


def _other_unclear(parsed: ParsedDocument, row: Correction) -> str:
    """Say why it is not clear which other event one is said to be the same as, or not."""
    if row.verdict not in OF_TWO or row.same_document:
        return ""
    others = same_as(parsed, row)
    if not others:
        return f"no other event is told at {row.same_start:,} any more"
    several = f"{len(others)} events are told at {row.same_start:,}; say in same_mention_start which of them is meant"
    return several if len(others) > 1 else ""


def _told_apart(
    parsed: ParsedDocument, events: list[Event], said: Mapping[Thing, list[Correction]], order: Mapping[Correction, int]
) -> list[Event]:
    """Return events with those of one occurrence that are said to be the same, and those of two that are not.

    Of several that are one, the occurrence is that of the first.
    """
    told = list(events)
    for n, other, row in sorted(_pairs(parsed, said), key=lambda pair: order[pair[2]]):
        for one in (n, other):
            if not told[one].occurrence:  # not told apart so far
                told[one] = replace(told[one], occurrence=_unused(told))
        first, second = sorted((told[n].occurrence, told[other].occurrence))
        if row.verdict == "same":
            told = [replace(one, occurrence=first) if one.occurrence == second else one for one in told]
        elif first == second:
            told[n] = replace(told[n], occurrence=_unused(told))
        for one in (n, other):
            told[one] = replace(told[one], apart_from=_keys(told[one].apart_from, row, kept=row.verdict == "apart"))
        told[other] = replace(told[other], corrected_by=_signed(told[other].corrected_by, row.signature))
    return told


def _unused(events: Sequence[Event]) -> int:
    return 1 + max(event.occurrence for event in events)


def _pairs(parsed: ParsedDocument, said: Mapping[Thing, list[Correction]]) -> Iterator[tuple[int, int, Correction]]:
    for n, rows in said.items():
        for row in rows:
            if isinstance(n, int) and row.verdict in OF_TWO and not row.same_document:
                yield n, same_as(parsed, row)[0], row


def _changed(parsed: ParsedDocument, event: Event, row: Correction, places: Places) -> Event:
    changes: dict[str, Any] = {"corrected_by": _signed(event.corrected_by, row.signature)}
    if row.event_sub_type:
        changes |= {"event_type": TYPE_OF[row.event_sub_type], "event_sub_type": row.event_sub_type}
    if row.event_date:
        changes |= {"date": _date(row.event_date)}
    if row.fatalities_low is not None:
        toll = {"fatalities_low": row.fatalities_low, "fatalities_high": row.fatalities_high}
        changes |= {**toll, "fatalities_said": ""}
    if row.same_document:
        changes |= {"same_as": _keys(event.same_as, row, kept=row.verdict == "same")}
        changes |= {"apart_from": _keys(event.apart_from, row, kept=row.verdict == "apart")}
    changed = replace(event, **changes)
    return at_place(changed, _place(parsed, event, row, places)) if row.has_place else changed


def _keys(keys: Sequence[str], row: Correction, *, kept: bool) -> tuple[str, ...]:
    """Return an event's keys with the one that it shares with another as a row says, or without it."""
    key = _key_of(row)
    return (*(one for one in keys if one != key), *([key] if kept else []))


def _key_of(row: Correction) -> str:
    """Return what two events share of which somebody says that they are the same, or not: the same from both sides."""
    here = (row.document, row.start, row.mention_start)
    there = (row.same_document or row.document, row.same_start, row.same_mention_start)
    return f"pair:{hashlib.sha256(json.dumps(sorted(map(str, (here, there)))).encode()).hexdigest()[:12]}"


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
