"""The straight line: documents in, documents with sentences, mentions, resolutions and events out."""

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from itertools import islice
from threading import RLock
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from geomap.errors import ReportError
from geomap.events import component as _events  # noqa: F401  (registers the spaCy factory)
from geomap.handed_over import each
from geomap.language.detection import warn_of_languages
from geomap.registry import find
from geomap.resolvers import component  # noqa: F401  (registers the spaCy factory)
from geomap.spacy_docs import make_doc, sentences_of
from geomap.types import Document, ParsedDocument

_FORMS_KEPT = 40_000
"""Forms of words that spaCy may keep from report to report, some 20 MB: making each anew for every report takes as long
as a tenth of what the encoder does. Where there are so many, it forgets those of a report with the report."""

_AT_ONCE = 16
"""Documents that a spaCy pipeline is given together, as its networks read several at once; the bundled ones do not."""


class Geoparser:
    """Finds and resolves the places that documents name, and codes what happened there.

    Inside is a spaCy pipeline, kept in `nlp`; outside are plain values. A pickled one carries its settings and
    loads its models again where it is unpickled; what was changed in `nlp` by hand does not go with it.

    Parameters
    ----------
    recognizer
        ``encoder`` (bundled), ``fast`` (bundled, twice as fast), either with ``:FOLDER`` (as ``geomap train
        recognizer`` left it there), ``given`` (spans marked in the input) or ``spacy:NAME`` (an installed spaCy
        pipeline).
    resolver
        ``ranker`` (trained), ``ranker:FOLDER`` (as ``geomap train resolver`` left it there), or ``population`` (rules
        without training).
    gazetteer
        Path of a gazetteer database; ``None`` is the bundled one.
    demonyms
        Whether "Ukrainian" counts as a mention of Ukraine.
    events
        Whether to code what is said to have happened.
    boundaries
        Path of a GeoJSON file or GeoPackage in WGS 84 degrees: what the text puts into an area of it must lie there.

    Raises
    ------
    ConfigError
        If a name is unknown, or the boundaries cannot be read.
    GazetteerError
        If the gazetteer is missing or damaged.
    ModelNotFoundError
        If the spaCy pipeline is not installed.
    """

    def __init__(
        self,
        *,
        recognizer: str = "encoder",
        resolver: str = "ranker",
        gazetteer: str | os.PathLike[str] | None = None,
        demonyms: bool = False,
        events: bool = True,
        boundaries: str | os.PathLike[str] | None = None,
    ) -> None:
        path = None if gazetteer is None else os.fspath(gazetteer)
        areas = None if boundaries is None else os.fspath(boundaries)
        self._made_by = partial(
            type(self),
            recognizer=recognizer,
            resolver=resolver,
            gazetteer=path,
            demonyms=demonyms,
            events=events,
            boundaries=areas,
        )
        name, _, argument = recognizer.partition(":")
        self.nlp: Language = find("recognizers", name)(argument, gazetteer=path, demonyms=demonyms)
        find("resolvers", resolver.partition(":")[0])
        self.nlp.add_pipe("geomap_resolver", config={"resolver": resolver, "gazetteer": path, "boundaries": areas})
        if events:
            self.nlp.add_pipe("geomap_events")
        self._at_once = _AT_ONCE if name == "spacy" else 1
        self._alone = RLock()

    def __reduce__(self) -> tuple["partial[Geoparser]", tuple[()]]:
        """Pickle as the settings."""
        return self._made_by, ()

    def parse(self, documents: Iterable[Document]) -> Iterator[ParsedDocument]:
        """Parse documents one by one, as they are asked for.

        Parameters
        ----------
        documents
            Such as `read_documents` yields; an empty text gives no sentence and no mention.

        Yields
        ------
            One parsed document a document, in the same order. Those in other languages than English, of which little or
            nothing is understood, are named in one `GeomapWarning` at the end.

        Raises
        ------
        ReportError
            If something is no `Document`, or a text holds half a surrogate pair, which is no character:
            `read_documents` never yields one.
        """
        foreign: list[tuple[str, str]] = []
        coming = each(documents, Document)
        while some := list(islice(coming, self._at_once)):
            for parsed in self._together(some):
                if parsed.document.language != "en":
                    foreign.append((parsed.document.id, parsed.document.language))
                yield parsed
        warn_of_languages(foreign)

    def parse_one(self, document: Document) -> ParsedDocument:
        """Parse one document, as `parse` does, without a word on its language.

        Raises
        ------
        ReportError
            If it is no `Document`, or the text holds half a surrogate pair, which is no character.
        """
        return self._together(list(each([document], Document)))[0]

    def _together(self, documents: Sequence[Document]) -> list[ParsedDocument]:
        """Parse documents; what spaCy stores of words is bounded, or memory grew with every text."""
        with self._alone, self._zone(documents):  # a zone is the vocabulary's, and so is for one thread at a time
            return [_parsed(doc) for doc in self.nlp.pipe(map(self._doc, documents), batch_size=_AT_ONCE)]

    def _zone(self, documents: Sequence[Document]) -> AbstractContextManager[Any]:
        """Return what forgets the words of documents where they might be too many to keep."""
        inside: bool = self.nlp.vocab.in_memory_zone  # type: ignore[attr-defined]  # the stubs leave it out
        coming = sum(len(document.text) for document in documents) // 2  # were each a letter and a space
        are_few = len(self.nlp.vocab.strings) + coming <= _FORMS_KEPT
        return nullcontext() if inside or are_few else self.nlp.memory_zone()

    def _doc(self, document: Document) -> Doc:
        try:
            doc = make_doc(self.nlp, document.text)
        except UnicodeEncodeError:
            problem = "the text holds half a surrogate pair; clean the text and try again"
            raise ReportError(problem, path=document.id) from None
        doc._.geomap_document = document
        return doc


def _parsed(doc: Doc) -> ParsedDocument:
    """Return what the rooms have put on a `Doc` as a plain value."""
    return ParsedDocument(
        document=doc._.geomap_document,
        sentences=sentences_of(doc),
        mentions=doc._.geomap_mentions,
        resolutions=doc._.geomap_resolutions,
        events=doc._.geomap_events,
        relations=doc._.geomap_relations,
    )
