"""Corrections of mentions: what a name means, that it is none, or that one was missed."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace

from geomap.corrections.corrected_events import at_place
from geomap.corrections.corrected_places import Places
from geomap.corrections.matching import SHOWN, Rule, Thing, matched
from geomap.corrections.records import Correction
from geomap.corrections.tally import Tally
from geomap.types import Event, Mention, ParsedDocument, Relation, Resolution


def corrected_mentions(parsed: ParsedDocument, rules: Sequence[Rule], places: Places, tally: Tally) -> ParsedDocument:
    """Return a document with what corrections say of its mentions.

    Parameters
    ----------
    parsed
        The document.
    rules
        Corrections of mentions that speak of it, the narrowest and latest last.
    places
        Their places.
    tally
        Is told for how many mentions each holds, or why it does not match.
    """
    said = said_of_mentions(parsed, rules, tally)
    if not said:
        return parsed
    after: dict[Mention, Resolution | None] = {}
    for n, before in enumerate(parsed.resolutions):
        after[before.mention] = _resolution(parsed.document.text, before, said[n][-1], places) if n in said else before
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


def _resolution(text: str, before: Resolution, row: Correction, places: Places) -> Resolution | None:
    return None if row.verdict == "not a place" else places.resolution(text, before.mention, row, before)


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
