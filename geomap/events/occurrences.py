"""Retellings: which happenings of a report are one that it has told before.

A report tells its main event in the headline, the lead and again where it goes into detail. Each happening is compared
with those told before it; the likeliest one, if it is likely enough, is the same occurrence.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from geomap.events.incidents import alike
from geomap.events.places.lists import is_inside
from geomap.events.telling import Telling
from geomap.events.triggers.finding import Trigger
from geomap.events.vocabulary import TYPE_OF
from geomap.events.weights import load_model
from geomap.language.syntax import VERBS
from geomap.types import EventDate, Resolution

LIKELY = 0.5
"""From which probability a happening is one told before; by two folds of the training reports."""

REACH = 25
"""How many of the happenings told before are looked at."""

_CONSEQUENCES = frozenset({"Looting/property destruction", "Other"})
"""Sub-types that are what came of others, where both are told of one thing."""

_DEFINITE = frozenset({"the", "this", "that", "these", "those", "his", "her", "its", "their"})
_ANEW = frozenset(
    {"another", "second", "third", "also", "again", "later", "separately", "elsewhere", "meanwhile", "other"}
)
_OUTCOMES = frozenset({"killed", "kill", "murder"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """What one trigger of a report tells, as far as its own sentence says."""

    sentence: int
    """`Sentence.index`."""
    paragraph: int
    """Number of the paragraph, counted from 0."""
    telling: Telling
    """The sentence."""
    trigger: Trigger
    """The words that say so."""
    places: tuple[Resolution, ...]
    """Where, as its own sentence says."""
    date: EventDate
    """When, as its own sentence says."""
    carried: EventDate = field(default_factory=EventDate)
    """The day that holds where it stands, for when its own sentence says none."""


def told_before(happenings: Sequence[Happening]) -> list[int | None]:
    """Return for each happening of a report, in text order, the earlier one that it tells again, or ``None``."""
    model = load_model("again")
    found: list[int | None] = []
    for number, later in enumerate(happenings):
        first = max(0, number - REACH)
        chances = [
            (model.chance(features_of_pair(earlier, later)), index)
            for index, earlier in enumerate(happenings[first:number], start=first)
        ]
        best = max(chances, default=(0.0, 0))
        found.append(best[1] if best[0] >= LIKELY else None)
    return found


def without_parts(happenings: Sequence[Happening]) -> list[Happening]:
    """Return what a sentence tells without what is part of another.

    Of a verb and its subject, object or aside at the same places ("the attack left ten dead") the likelier one stands
    for both, but what did it before what came of it ("shelling set two houses on fire").
    """
    dropped: set[int] = set()
    for number, one in enumerate(happenings):
        for index, other in enumerate(happenings[:number]):
            if {number, index}.isdisjoint(dropped) and _is_part(one, other):
                dropped.add(number if _weight(one) <= _weight(other) else index)
    return [one for number, one in enumerate(happenings) if number not in dropped]


def _weight(happening: Happening) -> tuple[bool, float]:
    """Return what decides which of two words for one thing stands: that it is no mere outcome, and how likely it is."""
    return happening.trigger.event_sub_type not in _CONSEQUENCES, happening.trigger.chance


def _is_part(one: Happening, other: Happening) -> bool:
    """Whether one trigger hangs right on the other, at the same places, and not as another clause joined by "and"."""
    if {*map(name_of, one.places)} != {*map(name_of, other.places)}:
        return False
    heads = (one.trigger.cue.head, other.trigger.cue.head)
    return any(
        low.head.i == high.i and low.dep_ not in ("conj", "parataxis", "ccomp") for low, high in (heads, heads[::-1])
    )


def features_of_pair(earlier: Happening, later: Happening) -> Iterator[str]:
    """Yield the names of the features of two happenings of a report, the earlier one first."""
    one, other = earlier.trigger.event_sub_type, later.trigger.event_sub_type
    kinds = (
        "same"
        if one == other
        else "alike"
        if alike(one, other)
        else "type"
        if TYPE_OF[one] == TYPE_OF[other]
        else "else"
    )
    place, day = _places(earlier, later), _days(earlier.date, later.date)
    form = _form(later)
    back = later.sentence - earlier.sentence
    distance = "0" if back == 0 else "1" if back == 1 else "2" if back <= 3 else "4" if back <= 8 else "9"
    beside = "same paragraph" if earlier.paragraph == later.paragraph else "other paragraph"
    yield from (f"kinds {kinds}", f"place {place}", f"day {day}", f"form {form}", f"back {distance}", beside)
    yield from (f"{kinds} {place}", f"{place} {form}", f"{kinds} {form}", f"{kinds} {place} {form}", f"{place} {day}")
    yield f"{distance} {form}"
    yield f"{distance} {place}"
    if earlier.sentence <= 1:
        yield "of the lead"
        yield f"of the lead {kinds} {place}"
    if not _ANEW.isdisjoint(later.telling.words[: later.trigger.cue.head.i + 1]):
        yield "anew"
    shared = len(earlier.telling.nouns & later.telling.nouns)
    yield f"shared nouns {min(3, shared)}"


def _places(earlier: Happening, later: Happening) -> str:
    if not later.places or not earlier.places:
        return "none later" if not later.places else "none earlier"
    if any(_is_same(one, other) for one in earlier.places for other in later.places):
        return "same"
    pairs = [(one.entry, other.entry) for one in earlier.places for other in later.places]
    if any(is_inside(other, one) or is_inside(one, other) for one, other in pairs):
        return "inside"
    return "other"


def _is_same(one: Resolution, other: Resolution) -> bool:
    """Whether two places are one, also where one telling says "Engels air base" and the other "Engels"."""
    if name_of(one) == name_of(other):
        return True
    is_facility = "facility" in {place.entry.level for place in (one, other) if place.entry}
    return is_facility and one.mention.toponym.casefold() == other.mention.toponym.casefold()


def name_of(resolution: Resolution) -> str:
    """Return what tells a place from others: its entry, or its toponym where it has none."""
    return resolution.entry.id if resolution.entry else resolution.mention.toponym.casefold()


def _days(earlier: EventDate, later: EventDate) -> str:
    if later.start is None or later.end is None:
        return "none later"
    if earlier.start is None or earlier.end is None:
        return "none earlier"
    return "same" if earlier.start <= later.end and later.start <= earlier.end else "other"


def _form(later: Happening) -> str:
    """Tell "the attack" and "that raid" from "an attack", "were killed" from "attacked"."""
    head = later.trigger.cue.head
    labels = later.telling.labels[head.i]
    if head.tag_ not in VERBS:
        definite = any(child.lower_ in _DEFINITE or child.dep_ == "nmod:poss" for child in head.children)
        return "definite" if definite else "noun"
    if not _OUTCOMES.isdisjoint(labels):
        return "outcome"
    return "verb"
