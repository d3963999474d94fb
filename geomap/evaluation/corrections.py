"""How right the program was where people looked: what it said, beside what corrections say of the same thing.

A correction of one span was looked at; one of all such words of a report, or of every report, is a rule: how often that
finds the program right is counted apart. Of several corrections of one thing only those count that are in force.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

from geomap.corrections.applying import rules_by_document, usable_rules
from geomap.corrections.corrected_events import said_of_events, same_as
from geomap.corrections.corrected_mentions import Places, said_of_mentions
from geomap.corrections.matching import Tally, Thing, is_overruled
from geomap.corrections.records import OF_TWO, Correction, days_of
from geomap.evaluation.figures import share
from geomap.evaluation.hits import SAME_KM
from geomap.gazetteers.distance import haversine_km
from geomap.types import Event, EventDate, Gazetteer, Location, ParsedDocument, Resolution

_NOTHING = "nothing"
_NOT_FOUND = "not found"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One thing that a correction says of a mention or an event, and what the program said."""

    row: Correction
    """The correction."""
    kind: str
    """What it speaks of, such as "mention: place" or "event: day"."""
    was: str
    """What the program said, in words."""
    now: str
    """What the correction says, in words."""
    right: bool
    """Whether that is the same."""


def evaluate_corrections(
    parsed: Iterable[ParsedDocument], tally: Tally, *, corpus: str, gazetteer: Gazetteer
) -> dict[str, Any]:
    """Compare what the program says of reports with what people say.

    Parameters
    ----------
    parsed
        The reports as the program reads them, without the corrections.
    tally
        The corrections; afterwards its `Tally.outcomes` tell which of them match.
    corpus
        What to call the reports.
    gazetteer
        For the entries that the corrections name.

    Returns
    -------
        ``figures``: the share of mentions and events of which the program said what people say, an event being right
        when all that was said of it is; those of rules apart. ``verdicts``: the same by what was said. ``changes``:
        what was changed to what, with how often, the most frequent first. ``errors``: each of them.
    """
    places, rules = Places(gazetteer), rules_by_document(tally.corrections)
    documents, things = 0, list[list[Judged]]()
    for one in parsed:
        documents += 1
        own = usable_rules(one, rules, places, tally)
        things += _of_mentions(one, said_of_mentions(one, own["mention"], tally), places)
        things += _of_events(one, said_of_events(one, own["event"], tally), places)
    every = [judged for thing in things for judged in thing]
    wrong = [judged for judged in every if not judged.right]
    kinds = {kind: [one.right for one in every if one.kind == kind] for kind in sorted({one.kind for one in every})}
    changes = Counter((judged.kind, judged.was, judged.now) for judged in wrong)
    return {
        "task": "corrections",
        "corpus": corpus,
        "split": "all",
        "documents": documents,
        "geomap": version("geomap"),
        "figures": _figures(things),
        "verdicts": {kind: {"right": _share(answers)} for kind, answers in kinds.items()},
        "changes": [
            {"what": kind, "from": was, "to": now, "n": n}
            for (kind, was, now), n in sorted(changes.items(), key=lambda change: (-change[1], change[0]))
        ],
        "error_kinds": dict(sorted(Counter(judged.kind for judged in wrong).items())),
        "errors": list(map(_error, wrong)),
    }


def _figures(things: Sequence[Sequence[Judged]]) -> dict[str, Any]:
    return {
        f"{about}s{suffix}": _share(
            all(judged.right for judged in thing)
            for thing in things
            if thing[0].row.about == about and all(judged.row.start is None for judged in thing) == by_rule
        )
        for about in ("mention", "event")
        for suffix, by_rule in (("", False), ("_by_rule", True))
    }


def _share(answers: Iterable[bool]) -> Any:
    each = list(answers)
    return share(sum(each), len(each))


def _error(judged: Judged) -> dict[str, Any]:
    row = judged.row
    facts = {"document_id": row.document, "words": row.words, "start": row.start, "error": judged.kind}
    return facts | {"from": judged.was, "to": judged.now, "who": row.signature, "why": row.why}


def _of_mentions(
    parsed: ParsedDocument, said: Mapping[Thing, Sequence[Correction]], places: Places
) -> Iterator[list[Judged]]:
    for thing, rows in said.items():
        found = parsed.resolutions[thing] if isinstance(thing, int) else None
        yield [_of_mention(found, rows[-1], places)]


def _of_mention(found: Resolution | None, row: Correction, places: Places) -> Judged:
    if found is None or row.verdict == "not a place":
        right = found is None and row.verdict == "not a place"
    else:
        right = _is_there(found, row) if row.has_place else found.location is None
    was = _NOTHING if found is None else _place_in_words(found)
    now = places.in_words(row) if row.has_place else row.verdict
    return Judged(row=row, kind=f"mention: {row.verdict}", was=was, now=now, right=right)


def _of_events(
    parsed: ParsedDocument, said: Mapping[Thing, Sequence[Correction]], places: Places
) -> Iterator[list[Judged]]:
    for thing, rows in said.items():
        count = [row for at, row in enumerate(rows) if not is_overruled(row, rows[at + 1 :])]
        if isinstance(thing, int):
            judged = [judged for row in count for judged in _of_event(parsed, thing, row, places)]
            yield from [judged] if judged else []
        else:  # of what is not told, only that it is wrong can be said
            yield [Judged(row=row, kind="event: wrong", was=_NOTHING, now=row.verdict, right=True) for row in count]


def _of_event(parsed: ParsedDocument, number: int, row: Correction, places: Places) -> Iterator[Judged]:
    event = parsed.events[number]
    if row.verdict in ("wrong", "verified"):
        right = row.verdict == "verified"
        yield Judged(row=row, kind=f"event: {row.verdict}", was=event.event_sub_type, now=row.verdict, right=right)
    if row.verdict in OF_TWO and not row.same_document:  # what reports tell alike, the program says in incidents alone
        other = parsed.events[same_as(parsed, row)[0]]
        was = "the same" if event.occurrence == other.occurrence != 0 else "another"
        now = "the same" if row.verdict == "same" else "another"
        yield Judged(row=row, kind=f"event: {row.verdict}", was=was, now=now, right=was == now)
    for fact, was, now, right in _facts(event, row, places):
        yield Judged(row=row, kind=f"event: {fact}", was=was or _NOTHING, now=now, right=right)


def _facts(event: Event, row: Correction, places: Places) -> Iterator[tuple[str, str, str, bool]]:
    """Yield what a correction gives of an event: what it is of, what was said, what is right, and whether it agrees."""
    if row.event_sub_type:
        yield "type", event.event_sub_type, row.event_sub_type, event.event_sub_type == row.event_sub_type
    if row.event_date:
        days = (event.date.start, event.date.end)
        yield "day", _days_in_words(event.date), row.event_date, days == days_of(row.event_date)
    if row.fatalities_low is not None and row.fatalities_high is not None:
        toll, right = (event.fatalities_low, event.fatalities_high), (row.fatalities_low, row.fatalities_high)
        yield "toll", _toll_in_words(*toll), _toll_in_words(*right), toll == right
    if row.has_place:
        there = event.place is not None and _is_there(event.place, row)
        yield "place", _place_in_words(event.place) if event.place else "", places.in_words(row), there


def _is_there(found: Resolution, row: Correction) -> bool:
    """Whether the program puts something where a correction does: at its entry, or within `SAME_KM` of its point."""
    if row.entry_id:
        return found.entry is not None and found.entry.id == row.entry_id
    assert row.latitude is not None and row.longitude is not None  # noqa: S101, PT018  (a place has one or the other)
    spot: Location | None = found.location
    return spot is not None and haversine_km(spot.latitude, spot.longitude, row.latitude, row.longitude) <= SAME_KM


def _place_in_words(found: Resolution) -> str:
    if found.entry is not None:
        return f"{found.entry.name} ({found.entry.id})"
    spot = found.location
    return _NOT_FOUND if spot is None else f"{spot.latitude:.5f}, {spot.longitude:.5f}"


def _days_in_words(date: EventDate) -> str:
    days = [day.isoformat() for day in (date.start, date.end) if day]
    return "/".join(dict.fromkeys(days))


def _toll_in_words(low: int | None, high: int | None) -> str:
    return "" if low is None else str(low) if low == high else f"{low} to {high}"
