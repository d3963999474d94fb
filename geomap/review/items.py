"""What a person is asked about: doubtful and unresolved mentions, and events, in the order of the reports."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from geomap.corrections.records import About
from geomap.tables.shown import is_doubtful
from geomap.types import Document, Event, ParsedDocument, Resolution, Sentence, Span

_MOST_PLACES = 9
"""Places offered for one item: as many as there are digits to choose them by."""


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
    return nearest[:_MOST_PLACES]


def _context(sentences: tuple[Sentence, ...], index: int) -> Span:
    at = next(n for n, one in enumerate(sentences) if one.index == index)
    around = sentences[max(at - 1, 0) : at + 2]
    return around[0].start, around[-1].end
