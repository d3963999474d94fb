"""The recogniser ``given``, which finds nothing of its own: mentions are those the input marked.

Its component is registered as the spaCy factory ``geomap_given``.
"""

from spacy.language import Language
from spacy.tokens import Doc

from geomap.errors import ConfigError
from geomap.recognizers.found_spans import FoundSpan, write_mentions
from geomap.recognizers.sentences import blank_pipeline
from geomap.spacy_docs import add_extensions, document_of


def given_pipeline(argument: str, *, gazetteer: str | None, demonyms: bool) -> Language:
    """Return the pipeline that takes the mentions the input marked."""
    if argument:
        raise ConfigError(f"the recogniser 'given' takes nothing behind a colon, got {argument!r}")
    nlp = blank_pipeline()
    nlp.add_pipe("geomap_given")
    return nlp


@Language.factory("geomap_given")
def _create(nlp: Language, name: str) -> "GivenMentions":
    return GivenMentions()


class GivenMentions:
    """A spaCy component that takes over `Document.given_mentions`; a document without any has no mentions."""

    def __init__(self) -> None:
        add_extensions()

    def __call__(self, doc: Doc) -> Doc:
        """Store the given mentions of a `Doc` on it."""
        given = document_of(doc).given_mentions or ()
        return write_mentions(doc, (FoundSpan(start=start, end=end) for start, end in given))
