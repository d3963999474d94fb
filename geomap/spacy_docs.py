"""What geomap's components keep on a spaCy `Doc`: the hand-over between the rooms."""

from spacy.tokens import Doc

from geomap.types import Document, Sentence, Span


def add_extensions() -> None:
    """Register what the rooms hand over: a `Doc`'s document, mentions, relations, resolutions and events."""
    Doc.set_extension("geomap_document", default=None, force=True)
    Doc.set_extension("geomap_mentions", default=(), force=True)
    Doc.set_extension("geomap_relations", default=(), force=True)
    Doc.set_extension("geomap_resolutions", default=(), force=True)
    Doc.set_extension("geomap_events", default=(), force=True)


def document_of(doc: Doc) -> Document:
    """Return the `Document` a `Doc` was made from; for a bare `Doc`, one with its text and an empty id."""
    document = doc._.geomap_document
    return document if isinstance(document, Document) else Document(id="", text=doc.text)


def sentences_of(doc: Doc) -> tuple[Sentence, ...]:
    """Return the sentences of a `Doc` whose starts are set.

    Parameters
    ----------
    doc
        Split by ``geomap_sentences`` or by any other component.

    Returns
    -------
        In text order, without surrounding white space, those of white space only left out.
    """
    text = document_of(doc).text  # spaCy puts its own together anew each time
    spans = (trimmed_span(text, (sent.start_char, sent.end_char)) for sent in doc.sents)
    kept = [span for span in spans if span[0] < span[1]]
    return tuple(Sentence(index=index, start=start, end=end) for index, (start, end) in enumerate(kept))


def trimmed_span(text: str, span: Span) -> Span:
    """Return a span without the white space at its ends; empty at its start when there is nothing else."""
    piece = text[span[0] : span[1]]
    start = span[0] + len(piece) - len(piece.lstrip())
    return start, max(start, span[0] + len(piece.rstrip()))
