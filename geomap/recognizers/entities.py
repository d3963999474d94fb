"""The recogniser behind ``spacy:NAME``: place entities of any spaCy pipeline.

Its component is registered as the spaCy factory ``geomap_entities``, to stand behind an entity recogniser.
"""

import re

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from geomap.errors import ConfigError, ModelNotFoundError
from geomap.language.silent import spoken_text
from geomap.recognizers import sentences  # noqa: F401  (registers the spaCy factory)
from geomap.recognizers.found_spans import FoundSpan, write_mentions
from geomap.spacy_docs import add_extensions, document_of

PLACE_LABELS = frozenset({"GPE", "LOC", "FAC", "PLACE", "LOCATION"})
"""Entity labels taken as places: OntoNotes (GPE, LOC, FAC) and CoNLL/WikiNER (LOC) schemes, and plain words."""

_ARTICLE = re.compile(r"the\s+", re.IGNORECASE)
_POSSESSIVE = re.compile(r"[’']s?$")


def installed_pipeline(argument: str, *, gazetteer: str | None, demonyms: bool) -> Language:
    """Return an installed spaCy pipeline, its place entities turned into mentions.

    Parameters
    ----------
    argument
        Name of an installed package, such as ``en_core_web_trf``, or the path of a pipeline.

    Raises
    ------
    ModelNotFoundError
        If it is not installed; the message gives the command.
    """
    if not argument:
        raise ConfigError("name the spaCy pipeline behind a colon, as in spacy:en_core_web_sm")
    try:
        nlp = spacy.load(argument)
    except OSError as error:
        command = f"python -m spacy download {argument}"
        raise ModelNotFoundError(f"the spaCy pipeline {argument!r} is not installed; run: {command}") from error
    if "ner" not in nlp.pipe_names and "entity_ruler" not in nlp.pipe_names:
        raise ConfigError(f"the spaCy pipeline {argument!r} finds no entities; use one with a 'ner' component")
    nlp.add_pipe("geomap_sentences", first=True)
    nlp.add_pipe("geomap_entities", config={"demonyms": demonyms})
    return nlp


@Language.factory("geomap_entities", default_config={"demonyms": False})
def _create(nlp: Language, name: str, demonyms: bool) -> "PlaceEntities":  # noqa: FBT001
    return PlaceEntities(demonyms=demonyms)


class PlaceEntities:
    """A spaCy component that turns place entities into mentions.

    Parameters
    ----------
    demonyms
        Whether entities labelled NORP ("Ukrainian") count, as demonyms.
    """

    def __init__(self, *, demonyms: bool = False) -> None:
        self.demonyms = demonyms
        add_extensions()

    def __call__(self, doc: Doc) -> Doc:
        """Store the place entities of a `Doc` on it, "the" and "'s" trimmed off, those in silent parts left out."""
        spoken = spoken_text(document_of(doc).text)
        spans = [_trimmed(entity) for entity in doc.ents if self._wanted(entity.label_)]
        return write_mentions(doc, (span for span in spans if spoken[span.start : span.end].strip()))

    def _wanted(self, label: str) -> bool:
        return label in PLACE_LABELS or (self.demonyms and label == "NORP")


def _trimmed(entity: Span) -> FoundSpan:
    text = entity.text
    article, possessive = _ARTICLE.match(text), _POSSESSIVE.search(text)
    start = article.end() if article else 0
    end = possessive.start() if possessive else len(text)
    return FoundSpan(start=entity.start_char + start, end=entity.start_char + end, demonym=entity.label_ == "NORP")
