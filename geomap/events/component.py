"""The events of a document as a spaCy component, registered as the factory ``geomap_events``."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from spacy.language import Language
from spacy.tokens import Doc

from geomap.events.attribution import attribution
from geomap.events.dates.reading import event_date
from geomap.events.deaths.tolls import fatalities
from geomap.events.headings import is_bare_heading, tells_nothing
from geomap.events.places.choosing import event_place
from geomap.events.triggers.finding import Trigger, find_triggers
from geomap.language.silent import spoken_text
from geomap.spacy_docs import add_extensions, document_of, sentences_of
from geomap.types import Document, Event, Resolution, Sentence, Span


@Language.factory("geomap_events")
def _create(nlp: Language, name: str) -> "EventCoder":
    return EventCoder()


class EventCoder:
    """Codes the conflict events that the sentences of a `Doc` report."""

    def __init__(self) -> None:
        add_extensions()

    def __call__(self, doc: Doc) -> Doc:
        """Store the events in ``doc._.geomap_events``, in text order; none where no resolutions were stored."""
        found = find_events(document_of(doc), sentences_of(doc), doc._.geomap_resolutions)
        doc._.geomap_events = tuple(found)
        return doc


def find_events(
    document: Document, sentences: Sequence[Sentence], resolutions: Sequence[Resolution]
) -> Iterator[Event]:
    """Find what is said to have happened, where and when.

    Parameters
    ----------
    document
        The report.
    sentences
        Its sentences, in text order.
    resolutions
        One a mention, in text order.

    Yields
    ------
        Events in text order; nothing for a report of no conflict.
    """
    earlier: list[tuple[int, Resolution]] = []
    spoken = spoken_text(document.text)
    for sentence in sentences:
        words = spoken[sentence.start : sentence.end]
        places, governments = _named(sentence, resolutions)
        if tells_nothing(document.text, sentence) or (not places and is_bare_heading(document.text, sentence)):
            continue
        for trigger in find_triggers(words, places=places, governments=governments):
            span = (sentence.start + trigger.start, sentence.start + trigger.end)
            place = event_place(document.text, sentences, sentence.index, span, resolutions, earlier=earlier)
            if place is not None:
                earlier.append((sentence.index, place))
            yield _event(document, sentence, words, trigger, place)


def _named(sentence: Sentence, resolutions: Sequence[Resolution]) -> tuple[list[Span], list[Span]]:
    """Return where a sentence names ground and where governments, in offsets of the sentence."""
    first = bisect_left(resolutions, sentence.index, key=lambda one: one.mention.sentence)
    last = bisect_right(resolutions, sentence.index, key=lambda one: one.mention.sentence)
    spans: dict[str, list[Span]] = {"literal": [], "metonymic": []}
    for one in resolutions[first:last]:
        if one.mention.role in spans and not one.mention.demonym:
            spans[one.mention.role].append((one.mention.start - sentence.start, one.mention.end - sentence.start))
    return spans["literal"], spans["metonymic"]


def _event(document: Document, sentence: Sentence, words: str, trigger: Trigger, place: Resolution | None) -> Event:
    span = (trigger.start, trigger.end)
    start, end = sentence.start + trigger.start, sentence.start + trigger.end
    point = place.location if place else None
    low, high = fatalities(words, span) or (None, None)
    return Event(
        document_id=document.id,
        sentence=sentence.index,
        start=start,
        end=end,
        event_type=trigger.event_type,
        event_sub_type=trigger.event_sub_type,
        place=place,
        latitude=point.latitude if point else None,
        longitude=point.longitude if point else None,
        radius_km=point.radius_km if point else 0.0,
        geo_precision=point.geo_precision if point else None,
        where_precision=point.where_precision if point else None,
        date=event_date(words, span, document.published),
        fatalities_low=low,
        fatalities_high=high,
        attribution=attribution(words, span),
        boilerplate=any(first < end and start < last for first, last in document.boilerplate),
    )
