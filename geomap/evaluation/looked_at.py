"""What people have looked at, as gold: reports with the names and events that corrections of one span speak of.

The rows are those of `geomap.evaluation.gold` and, for events, those that `geomap.training` learns from. What is
not marked was not looked at: such gold tells whether marked names are resolved, not whether all names were found.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from geomap.corrections.applying import rules_by_document, usable_rules
from geomap.corrections.corrected_events import corrected_events, said_of_events
from geomap.corrections.corrected_mentions import Places, corrected_mentions, said_of_mentions
from geomap.corrections.matching import Rule, Tally, Thing
from geomap.corrections.records import Correction
from geomap.types import Event, Gazetteer, ParsedDocument, Resolution, Span

Row = dict[str, Any]

_GEONAMES = "geonames:"


def gold_rows(parsed: Iterable[ParsedDocument], tally: Tally, *, gazetteer: Gazetteer) -> Iterator[Row]:
    """Yield a row for each report in which people have looked at a mention or an event.

    Parameters
    ----------
    parsed
        The reports as the program reads them, without the corrections.
    tally
        The corrections; afterwards its `Tally.outcomes` tell which of them match.
    gazetteer
        For the entries that the corrections name.

    Yields
    ------
        ``doc_id``, ``title``, ``url``, ``source``, ``date``, ``split`` (train) and ``text`` of a report; its
        ``toponyms``, those of its events among them, ``lat`` and ``lon`` being null where nobody knows where they are;
        ``not_places``, spans that are none; its ``events``, with all that is told of them, and ``traps``, spans that
        look like an event and are none. All in text order. Rules for every such word of a report, or of every report,
        are applied and not exported: nobody looked at each.
    """
    places, rules = Places(gazetteer), rules_by_document(tally.corrections)
    for one in parsed:
        own = usable_rules(one, rules, places, tally)
        names = corrected_mentions(one, own["mention"], places, tally)
        told = corrected_events(names, own["event"], places, tally)
        events, traps = _of_events(names, told, own["event"])
        found = _of_mentions(one, names, own["mention"], [event.place for event in events if event.place])
        found |= {"events": list(_event_rows(names, events)), "traps": traps}
        if any(found.values()):
            document = one.document
            yield {
                "doc_id": document.id,
                "title": document.title,
                "url": document.url,
                "source": document.source,
                "date": document.published.isoformat() if document.published else None,
                "split": "train",
                "text": document.text,
                **found,
            }


def _looked_at(said: Mapping[Thing, Sequence[Correction]]) -> dict[Thing, Correction]:
    """Return the last word on each thing that somebody has looked at by itself."""
    return {thing: rows[-1] for thing, rows in said.items() if any(row.start is not None for row in rows)}


def _marked(text: str, spans: Iterable[Span]) -> list[Row]:
    return [{"start": start, "end": end, "text": text[start:end]} for start, end in sorted(set(spans))]


def _of_mentions(
    before: ParsedDocument, after: ParsedDocument, rules: Sequence[Rule], event_places: Sequence[Resolution]
) -> Row:
    seen = _looked_at(said_of_mentions(before, rules, Tally(corrections=())))
    spans = {_span(before, thing): row for thing, row in seen.items()}
    at_events = {one.mention for one in event_places}
    kept = [
        one for one in after.resolutions if (one.mention.start, one.mention.end) in spans or one.mention in at_events
    ]
    none = [span for span, row in spans.items() if row.verdict == "not a place"]
    return {"toponyms": list(map(_toponym, kept)), "not_places": _marked(before.document.text, none)}


def _span(parsed: ParsedDocument, thing: Thing) -> Span:
    return (parsed.mentions[thing].start, parsed.mentions[thing].end) if isinstance(thing, int) else thing


def _toponym(one: Resolution) -> Row:
    spot = one.entry or one.location
    entry_id = one.entry.id if one.entry else ""
    number = entry_id.removeprefix(_GEONAMES) if entry_id.startswith(_GEONAMES) else None
    return {
        "start": one.mention.start,
        "end": one.mention.end,
        "text": one.mention.toponym,
        "lat": spot.latitude if spot else None,
        "lon": spot.longitude if spot else None,
        "geonameid": number,
        "entry_id": entry_id,
        "fcode": one.entry.feature_code if one.entry else "",
        "country": one.entry.country_code if one.entry else "",
    }


def _of_events(names: ParsedDocument, told: Sequence[Event], rules: Sequence[Rule]) -> tuple[list[Event], list[Row]]:
    """Return the events that somebody looked at, as corrected, and the spans of those that are none."""
    said = said_of_events(names, rules, Tally(corrections=()))
    wrong = {n for n, rows in said.items() if rows[-1].verdict == "wrong"}
    left = [n for n in range(len(names.events)) if n not in wrong]  # in the order of `told`
    seen = _looked_at(said)
    kept = [event for n, event in zip(left, told, strict=True) if n in seen]
    spans = [
        (names.events[n].start, names.events[n].end) if isinstance(n, int) else n
        for n in seen
        if n in wrong or isinstance(n, tuple)
    ]
    return kept, _marked(names.document.text, spans)


def _event_rows(parsed: ParsedDocument, events: Sequence[Event]) -> Iterator[Row]:
    sentences = {one.index: one for one in parsed.sentences}
    first: dict[int, str] = {}
    for number, event in enumerate(events, start=1):
        name, told = f"e{number}", event.occurrence
        sentence, mention = sentences[event.sentence], event.place.mention if event.place else None
        days = [day.isoformat() for day in (event.date.start, event.date.end) if day]
        yield {
            "id": name,
            "start": event.start,
            "end": event.end,
            "trigger": parsed.document.text[event.start : event.end],
            "sentence_start": sentence.start,
            "sentence_end": sentence.end,
            "type": event.event_type,
            "sub_type": event.event_sub_type,
            "place_start": mention.start if mention and mention.end > mention.start else None,
            "place_end": mention.end if mention and mention.end > mention.start else None,
            "date": days or None,
            "fatalities_low": event.fatalities_low,
            "fatalities_high": event.fatalities_high,
            "retells": first.get(told) if told else None,
        }
        first.setdefault(told, name)
