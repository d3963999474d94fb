"""How every recogniser stores its mentions on a spaCy `Doc`.

Mentions carry exact character offsets and live in ``doc._.geomap_mentions``; for spaCy's own tools the same spans,
widened to whole tokens and labelled with their role, are in ``doc.spans["geomap"]``.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Doc

from geomap.language.coordinates import coordinate_spans
from geomap.language.displacement import relation_at
from geomap.language.relations import relations_of
from geomap.recognizers.roles import role_of
from geomap.spacy_docs import document_of, sentences_of
from geomap.types import Document, Mention, Role, Sentence

SPANS_KEY = "geomap"
"""Key of the mention spans in ``doc.spans``."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class FoundSpan:
    """What a recogniser found."""

    start: int
    """Document offset of its first character."""
    end: int
    """Document offset after its last character."""
    demonym: bool = False
    """Whether it is a demonym."""
    role: Role | Literal[""] = ""
    """How it is used; empty leaves that to the rules of `geomap.recognizers.roles`."""
    certainty: float = 1.0
    """As in `Mention.certainty`."""


def write_mentions(doc: Doc, spans: Iterable[FoundSpan]) -> Doc:
    """Turn spans into mentions with sentence, role and boilerplate mark, and store them and their relations.

    Parameters
    ----------
    doc
        With sentence starts set.
    spans
        In any order.
    """
    document, sentences = document_of(doc), sentences_of(doc)
    mentions = tuple(_mention(document, sentences, span) for span in sorted(_with_coordinates(document.text, spans)))
    doc._.geomap_mentions = mentions
    doc._.geomap_relations = relations_of(document.text, sentences, mentions)
    tokens = [doc.char_span(m.start, m.end, label=m.role, alignment_mode="expand") for m in mentions]
    doc.spans[SPANS_KEY] = [span for span in tokens if span is not None]
    return doc


def _with_coordinates(text: str, spans: Iterable[FoundSpan]) -> set[FoundSpan]:
    """Return spans with those of written coordinates, which take the place of what was found in them."""
    written = [FoundSpan(start=start, end=end, role="literal") for start, end in coordinate_spans(text)]
    kept = {s for s in spans if not any(s.start < other.end and other.start < s.end for other in written)}
    return kept | set(written)


def _mention(document: Document, sentences: tuple[Sentence, ...], span: FoundSpan) -> Mention:
    start, end = span.start, span.end
    index = max(0, bisect_right(sentences, start, key=lambda sentence: sentence.start) - 1)
    bounds = (sentences[index].start, sentences[index].end) if sentences else (0, len(document.text))
    role = span.role or ("modifier" if span.demonym else role_of(document.text, (start, end), bounds))
    relation = relation_at(document.text, (start, end), bounds)
    return Mention(
        document_id=document.id,
        sentence=index,
        start=start,
        end=end,
        toponym=document.text[start:end],
        role=role,
        relation=relation if relation != "between" or role == "literal" else "",  # "talks between Kyiv and Moscow"
        boilerplate=any(left < end and start < right for left, right in document.boilerplate),
        demonym=span.demonym,
        certainty=span.certainty,
    )
