"""The events of a document as a spaCy component, registered as the factory ``geomap_events``."""

from collections.abc import Iterator, Sequence

from spacy.language import Language
from spacy.tokens import Doc

from geomap.events.report import events_of_report
from geomap.recognizers.encoder import WordStates
from geomap.spacy_docs import add_extensions, document_of, sentences_of
from geomap.types import Document, Event, Resolution, Sentence


@Language.factory("geomap_events")
def _create(nlp: Language, name: str) -> "EventCoder":
    return EventCoder()


class EventCoder:
    """Codes the conflict events that the sentences of a `Doc` report."""

    def __init__(self) -> None:
        add_extensions()

    def __call__(self, doc: Doc) -> Doc:
        """Store the events in ``doc._.geomap_events``, in text order; none where no resolutions were stored."""
        found = find_events(document_of(doc), sentences_of(doc), doc._.geomap_resolutions, words=_words_of(doc))
        doc._.geomap_words = None  # large, and of no use to anyone else
        doc._.geomap_events = tuple(found)
        return doc


def _words_of(doc: Doc) -> WordStates | None:
    """Return what the recogniser's encoder made of the words, if it told."""
    return WordStates(*doc._.geomap_words) if doc._.geomap_words is not None else None


def find_events(
    document: Document,
    sentences: Sequence[Sentence],
    resolutions: Sequence[Resolution],
    *,
    words: WordStates | None = None,
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
    words
        What the default encoder made of the words of the text; ``None`` has it read them.

    Yields
    ------
        Events in text order, one a place of a list; nothing for a report of no conflict.
    """
    yield from events_of_report(document, sentences, resolutions, words)
