"""The events of a document as a spaCy component, registered as the factory ``geomap_events``."""

from spacy.language import Language
from spacy.tokens import Doc

from geomap.events.report import find_events
from geomap.recognizers.encoder import WordStates
from geomap.spacy_docs import add_extensions, document_of, sentences_of


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
