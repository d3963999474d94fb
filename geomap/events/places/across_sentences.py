"""Where the happenings of a report took place, where their own sentences do not say it or say less than others.

What is told again happened where any of its tellings says. A paragraph may open with a place and no more, such as
"Basivka (Sumy region)." or "• 5 August, Ndimo.": what it goes on to tell without a place of its own happened there.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence

from geomap.events.attribution import attribution
from geomap.events.occurrences import Happening
from geomap.events.places.anaphora import REACH
from geomap.events.places.choosing import in_dateline, place_before, resolutions_of
from geomap.events.places.lists import is_inside, is_literal, without_containers
from geomap.language.saying import is_where_one_speaks
from geomap.language.word_lists import MONTHS, POINT_OF_EIGHT, SETTLEMENT, SHORT_MONTHS, UNIT, WEEKDAYS, one_of
from geomap.types import ParsedDocument, Resolution

_BESIDE = re.compile(
    rf"""
    \b (?:
          {one_of(WEEKDAYS)} | {one_of(MONTHS)} | {one_of(SHORT_MONTHS)} | {POINT_OF_EIGHT} (?:ern)?
        | the | and | in | of | near | on
        | {SETTLEMENT} | {UNIT}
    ) \b
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""Words that may stand beside the names of a label: days, sides, levels."""
_LETTER = re.compile(r"[^\W\d_]")
_LONGEST = 90
"""Characters of the longest label."""


def places_of_happenings(
    parsed: ParsedDocument, happenings: Sequence[Happening], again: Sequence[int | None]
) -> list[tuple[Resolution, ...]]:
    """Return the places of each happening: its own, of what it tells again, or what its sentence points back to.

    Parameters
    ----------
    parsed
        The document, with its resolutions.
    happenings
        In text order, each with the places that its own sentence gives.
    again
        For each, the number of the happening that it tells again; ``None`` for what is told first.

    Returns
    -------
        One tuple a happening; empty where the report names no place for it.
    """
    found: list[tuple[Resolution, ...]] = []
    earlier: list[tuple[int, Resolution]] = []
    for number, happening in enumerate(happenings):
        places, before = happening.places, again[number]
        told = found[before] if before is not None else ()
        if places and all(in_dateline(parsed, one) for one in told):
            told = ()  # a dateline holds only until a place is named
        if told and (not places or _is_coarser(places, told)):
            places = told
        start = parsed.sentences[happening.sentence].start
        span = (start + happening.trigger.start, start + happening.trigger.end)
        if before is None and number and _is_said_from(parsed.document.text, span[1], happening, places):
            places = _just_told(happenings[number - 1], found[-1], happening) or places
        if not places:
            place = place_before(parsed, happening.sentence, span, earlier=earlier)
            places = (place,) if place else _label_places(parsed, happening.sentence)
        found.append(places)
        earlier += [(happening.sentence, place) for place in places]
        if before is not None and places and (not told or _is_coarser(told, places)):
            found[before] = places
    return found


def _is_said_from(text: str, end: int, happening: Happening, places: Sequence[Resolution]) -> bool:
    """Whether the only place is that of who is named behind what happened: "… were killed, a source in Mueda said"."""
    if len(places) != 1 or places[0].mention.sentence != happening.sentence:
        return False
    mention, trigger = places[0].mention, happening.trigger
    if mention.start < end:
        return False  # "The mayor of Donetsk said a rocket hit the city"
    if is_where_one_speaks(text, mention):
        return True
    return mention.toponym in attribution(happening.telling.tree, (trigger.start, trigger.end))


def _just_told(last: Happening, places: tuple[Resolution, ...], happening: Happening) -> tuple[Resolution, ...]:
    """Return where the last thing happened that the same paragraph told, a few sentences before at most; else nothing.

    A speaker's town gives way to it: three of three in the training reports move from a wrong place to the right one.
    """
    near = last.paragraph == happening.paragraph and happening.sentence - last.sentence <= REACH
    return places if near else ()


def _is_coarser(one: Sequence[Resolution], other: Sequence[Resolution]) -> bool:
    """Whether the only place of one telling holds the only place of another."""
    return len(one) == 1 and len(other) == 1 and is_inside(other[0].entry, one[0].entry)


def _label_places(parsed: ParsedDocument, sentence: int) -> tuple[Resolution, ...]:
    """Return the places that label the paragraph of a sentence; none where it opens with anything else."""
    text, sentences = parsed.document.text, parsed.sentences
    line = text.rfind("\n", 0, sentences[sentence].start) + 1
    first = bisect_left(sentences, line, hi=sentence, key=lambda one: one.start)
    opening = sentences[first]
    if first == sentence or opening.end - opening.start > _LONGEST:
        return ()
    literal = [one for one in resolutions_of(parsed, first) if is_literal(one)]
    bounds = [opening.start, *(bound for one in literal for bound in (one.mention.start, one.mention.end)), opening.end]
    beside = " ".join(text[start:end] for start, end in zip(bounds[::2], bounds[1::2], strict=True))
    if _LETTER.search(_BESIDE.sub("", beside)):
        return ()
    return tuple(without_containers(text, literal))
