"""Corrections of mentions: what a name means, that it is none, or that one was missed."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace

from geomap.corrections.events import at_place
from geomap.corrections.places import Note, Places, Rule
from geomap.corrections.records import Correction
from geomap.corrections.spans import SHOWN, text_problem
from geomap.types import Event, Mention, ParsedDocument, Relation, Resolution


def corrected_mentions(parsed: ParsedDocument, rules: Sequence[Rule], places: Places, note: Note) -> ParsedDocument:
    """Return a document with what corrections say of its mentions.

    Parameters
    ----------
    parsed
        The document.
    rules
        Corrections of mentions that speak of it, the narrowest and latest last.
    places
        Their places.
    note
        Is told for how many mentions each holds, or why it does not match.
    """
    if not rules:
        return parsed
    verdicts, missed = _verdicts(parsed, rules, note)
    text = parsed.document.text
    after: dict[Mention, Resolution | None] = {}
    for before in parsed.resolutions:
        row = verdicts.get(before.mention)
        after[before.mention] = before if row is None else _resolution(text, before, row, places)
    added = [_added(parsed, row, places) for row in missed]
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


def _verdicts(
    parsed: ParsedDocument, rules: Sequence[Rule], note: Note
) -> tuple[Mapping[Mention, Correction], list[Correction]]:
    """Return the correction that counts for each mention, and those of names that were not found."""
    verdicts: dict[Mention, Correction] = {}
    missed: dict[tuple[int | None, int | None], Correction] = {}
    for number, row in rules:
        span = (row.start, row.end)
        found = [one.mention for one in parsed.resolutions if _fits(row, one.mention)]
        verdicts |= dict.fromkeys(found, row)
        problem = "" if found or row.start is None else text_problem(parsed, row) or _taken(parsed, row)
        if problem:
            note(number, problem)
        elif found or row.start is None:
            note(number, len(found))
        else:  # a "not a place" that is no mention any more holds, too
            note(number, 1)
            missed.pop(span, None)
            missed |= {span: row} if row.verdict != "not a place" else {}
    return verdicts, list(missed.values())


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
    assert row.start is not None and row.end is not None  # noqa: S101, PT018  (`_verdicts` keeps no others)
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
