"""The whole program as one spaCy component, registered as the factory ``geomap``.

::

    nlp = spacy.load("en_core_web_sm")  # or any other, spacy.blank("en") too
    nlp.add_pipe("geomap")
    for span in nlp("Shelling hit Pokrovsk.").spans["places"]:
        span._.place.name, span._.place.latitude

It reads the text by itself: the pipeline's tokens, sentences and entities are neither asked for nor changed.
"""

import hashlib
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from geomap.errors import ConfigError
from geomap.language.detection import language_of
from geomap.pipeline import Geoparser
from geomap.spacy_docs import add_extensions
from geomap.types import Document, GazetteerEntry, Level, ParsedDocument, Resolution, Role

_SETTINGS: dict[str, Any] = {
    "recognizer": "encoder",
    "resolver": "ranker",
    "gazetteer": None,
    "demonyms": False,
    "events": True,
    "boundaries": None,
    "spans_key": "places",
    "set_ents": False,
}
_GPE: frozenset[Level] = frozenset({"country", "admin1", "admin2", "admin3", "admin4", "settlement"})
_KEPT = ("sentences", "mentions", "relations", "resolutions", "events")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What a span means, for those who need no more: the place, the point, and how sure that is."""

    name: str
    """The entry's primary name; empty for NIL."""
    entry_id: str
    """Such as ``geonames:704422``; empty for NIL."""
    level: Level | None
    """What kind of place the entry is; ``None`` for NIL."""
    country_code: str
    """ISO 3166-1 alpha-2; empty for NIL and for what belongs to no one country."""
    latitude: float | None
    """Of the point that the words mean, WGS 84 degrees: "20 km south of" moves it; ``None`` where no point is told."""
    longitude: float | None
    """Of the same point."""
    radius_km: float | None
    """How far around that point it may be; ``None`` without one."""
    confidence: float
    """How sure, 0 to 1; 0 for NIL."""
    role: Role
    """How the name is used."""
    resolution: Resolution = field(repr=False)
    """All that is known: the mention with its exact offsets, the entry, the location, and what it beat."""

    @property
    def is_nil(self) -> bool:
        """Whether no entry fits; the text may tell a point all the same."""
        return not self.entry_id


def place_of(resolution: Resolution) -> Place:
    """Return a resolution as a `Place`."""
    entry, location = resolution.entry, resolution.location
    return Place(
        name=entry.name if entry else "",
        entry_id=entry.id if entry else "",
        level=entry.level if entry else None,
        country_code=entry.country_code if entry else "",
        latitude=location.latitude if location else None,
        longitude=location.longitude if location else None,
        radius_km=location.radius_km if location else None,
        confidence=resolution.confidence,
        role=resolution.mention.role,
        resolution=resolution,
    )


@Language.factory(
    "geomap",
    default_config=_SETTINGS,
    assigns=["doc.spans", "doc._.geomap", "doc._.geomap_events", "span._.place"],
)
def _create(  # spaCy looks at the names of the parameters and their types
    nlp: Language,
    name: str,
    recognizer: str,
    resolver: str,
    gazetteer: str | None,
    demonyms: bool,  # noqa: FBT001
    events: bool,  # noqa: FBT001
    boundaries: str | None,
    spans_key: str,
    set_ents: bool,  # noqa: FBT001
) -> "PlaceSpans":
    return PlaceSpans(
        recognizer=recognizer,
        resolver=resolver,
        gazetteer=gazetteer,
        demonyms=demonyms,
        events=events,
        boundaries=boundaries,
        spans_key=spans_key,
        set_ents=set_ents,
    )


class PlaceSpans:
    """A spaCy component that finds and resolves the places of a `Doc` and codes what happened there.

    It gives ``doc.spans["places"]``, each span with the role as its label, the id of the entry as its ``kb_id_`` ("NIL"
    without one) and a `Place` as ``span._.place``; ``doc._.geomap_events``; and ``doc._.geomap``, the `ParsedDocument`
    that `to_mentions` and the like take. ``span._.place`` also answers for any other span, such as an entity: with the
    place that it overlaps most, ``None`` where there is none.

    A `Document` put into ``doc._.geomap_document`` before tells what a text does not: its id, its day and its outlet.
    Without one the id is made of the text.

    Parameters
    ----------
    recognizer, resolver, gazetteer, demonyms, events, boundaries
        As in `Geoparser`.
    spans_key
        Where in ``doc.spans`` the places go.
    set_ents
        Whether the places also become entities (GPE, FAC, LOC) where the pipeline has found none.

    Raises
    ------
    ConfigError
        If a setting makes no sense, or another program has an extension ``place`` of its own.
    GazetteerError
        If the gazetteer is missing or damaged.
    ModelNotFoundError
        If a model is missing.
    """

    def __init__(self, *, spans_key: str = "places", set_ents: bool = False, **settings: Any) -> None:
        _add_place()
        self.spans_key = spans_key
        self.set_ents = set_ents
        self._settings = settings
        self.parser = Geoparser(**settings)

    def __reduce__(self) -> tuple["partial[PlaceSpans]", tuple[()]]:
        """Pickle as the settings; the models are loaded again."""
        made = partial(type(self), spans_key=self.spans_key, set_ents=self.set_ents, **self._settings)
        return made, ()

    def __call__(self, doc: Doc) -> Doc:
        """Store what the text of a `Doc` tells on it; its tokens, sentences and entities stay."""
        document = doc._.geomap_document
        if not isinstance(document, Document):
            document = document_from(doc.text)
        parsed = self.parser.parse_one(document)
        doc._.geomap_document = document
        for name in _KEPT:
            setattr(doc._, f"geomap_{name}", getattr(parsed, name))
        doc.spans[self.spans_key] = [
            span for one in parsed.resolutions for span in _span(doc, one, label=one.mention.role)
        ]
        if self.set_ents:
            _add_entities(doc, parsed.resolutions)
        return doc


def document_from(text: str) -> Document:
    """Return a text of which nothing else is known as a document, its id made of the text."""
    name = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return Document(id=f"text:{name}", text=text, language=language_of(text))


def _span(doc: Doc, one: Resolution, *, label: str) -> Iterator[Span]:
    """Yield the whole tokens of a mention; nothing where it lies in none."""
    knowledge = one.entry.id if one.entry else "NIL"
    start, end = one.mention.start, one.mention.end
    span = doc.char_span(start, end, label=label, kb_id=knowledge, alignment_mode="expand")
    if span is not None and len(span):
        yield span


def _add_entities(doc: Doc, resolutions: Sequence[Resolution]) -> None:
    """Make entities of the mentions, but for those that overlap an entity or each other."""
    taken = {token.i for entity in doc.ents for token in entity}
    found = [span for one in resolutions for span in _span(doc, one, label=_entity_label(one.entry))]
    free = [span for span in found if not taken.intersection(range(span.start, span.end))]
    doc.set_ents(filter_spans(free), default="unmodified")


def _entity_label(entry: GazetteerEntry | None) -> str:
    if entry is None:
        return "LOC"
    return "GPE" if entry.level in _GPE else "FAC" if entry.level == "facility" else "LOC"


def _add_place() -> None:
    """Register ``span._.place`` and ``doc._.geomap``; refuse to take the name from somebody else."""
    add_extensions()
    if Span.has_extension("place") and Span.get_extension("place")[2] is not _place:
        raise ConfigError('span._.place belongs to another program; remove it with Span.remove_extension("place")')
    Span.set_extension("place", getter=_place, force=True)
    Doc.set_extension("geomap", getter=_parsed, force=True)


def _place(span: Span) -> Place | None:
    """Return the place that a span is linked to or else, of those it overlaps, the one that it shares most with."""
    start, end, linked = span.start_char, span.end_char, span.kb_id_
    resolutions: Sequence[Resolution] = span.doc._.geomap_resolutions
    first = bisect_right(resolutions, start, key=lambda one: one.mention.end)
    best = (False, 0)
    found = None
    for one in resolutions[first:]:
        if one.mention.start >= end:
            break
        shared = min(end, one.mention.end) - max(start, one.mention.start)
        rank = ((one.entry.id if one.entry else "NIL") == linked, shared)
        if rank > best:
            best, found = rank, one
    return place_of(found) if found else None


def _parsed(doc: Doc) -> ParsedDocument:
    """Return a `Doc` as the value that the tables are made of; with nothing found if no component has read it."""
    document = doc._.geomap_document
    return ParsedDocument(
        document=document if isinstance(document, Document) else document_from(doc.text),
        **{name: getattr(doc._, f"geomap_{name}") for name in _KEPT},
    )
