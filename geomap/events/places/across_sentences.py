"""Where the happenings of a report took place, where their own sentences do not say it or say less than others."""

from collections.abc import Sequence

from geomap.events.attribution import attribution
from geomap.events.occurrences import Happening
from geomap.events.places.anaphora import REACH
from geomap.events.places.choosing import in_dateline, place_before
from geomap.events.places.features import is_inside
from geomap.events.places.labels import label_places
from geomap.language.speaking import is_where_one_speaks
from geomap.types import Resolution, Sentence


def places_of_happenings(
    text: str,
    sentences: Sequence[Sentence],
    resolutions: Sequence[Resolution],
    happenings: Sequence[Happening],
    again: Sequence[int | None],
) -> list[tuple[Resolution, ...]]:
    """Return the places of each happening: its own, of what it tells again, or what its sentence points back to.

    Parameters
    ----------
    text
        The document's text.
    sentences, resolutions
        All of the document's, in text order.
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
        if places and all(in_dateline(text, sentences, one) for one in told):
            told = ()  # a dateline holds only until a place is named
        if told and (not places or _is_coarser(places, told)):
            places = told
        if before is None and number and _is_said_from(text, sentences, happening, places):
            places = _just_told(happenings[number - 1], found[-1], happening) or places
        if not places:
            sentence = sentences[happening.sentence]
            span = (sentence.start + happening.trigger.start, sentence.start + happening.trigger.end)
            place = place_before(text, sentences, happening.sentence, span, resolutions, earlier=earlier)
            places = (place,) if place else label_places(text, sentences, happening.sentence, resolutions)
        found.append(places)
        earlier += [(happening.sentence, place) for place in places]
        if before is not None and places and (not told or _is_coarser(told, places)):
            found[before] = places
    return found


def _is_said_from(text: str, sentences: Sequence[Sentence], happening: Happening, places: Sequence[Resolution]) -> bool:
    """Whether the only place is that of who is named behind what happened: "… were killed, a source in Mueda said"."""
    if len(places) != 1 or places[0].mention.sentence != happening.sentence:
        return False
    mention, trigger = places[0].mention, happening.trigger
    if mention.start < sentences[happening.sentence].start + trigger.end:
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
