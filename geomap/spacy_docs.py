"""What geomap's components keep on a spaCy `Doc`: the hand-over between the rooms, and how a text becomes a `Doc`.

spaCy's tokenizer takes what stands between two spaces apart from its ends inwards and looks at all that is left after
each step: 64 KB of "'s" without a space took it 314 s. `make_doc` takes time that is linear in the length of the text.
"""

import datetime
import re
from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass
from functools import partial
from typing import Any

import srsly
from spacy.language import Language
from spacy.tokens import Doc

from geomap import types
from geomap.types import Document, Sentence, Span

LONGEST = 300
"""Characters without a space that are given to the tokenizer at once: of what is longer, as an address of the web with
all that it carries, some more tokens are made."""

_TOO_LONG = re.compile(rf"\S{{{LONGEST}}}(?=\S)")

_LISTS = ("geomap_sentences", "geomap_mentions", "geomap_relations", "geomap_resolutions", "geomap_events")
_NOUNS: dict[str, Any] = {name: noun for name, noun in vars(types).items() if is_dataclass(noun)}
_MARK = "__geomap__"


def make_doc(nlp: Language, text: str) -> Doc:
    """Return a text as tokens, as ``nlp.make_doc`` does where no more than `LONGEST` characters stand without a space.

    Longer runs are cut there, and the pieces taken apart each for itself. Every character keeps its offset.
    """
    if not _TOO_LONG.search(text):
        return nlp.make_doc(text)
    words: list[str] = []
    spaces: list[bool] = []
    start = 0
    for cut in [*(match.end() for match in _TOO_LONG.finditer(text)), len(text)]:
        for token in nlp.make_doc(text[start:cut]):
            words.append(token.text)
            spaces.append(bool(token.whitespace_))
        start = cut
    return Doc(nlp.vocab, words=words, spaces=spaces)


def add_extensions() -> None:
    """Register what the rooms hand over: a `Doc`'s document, mentions, relations, resolutions and events.

    ``geomap_sentences`` are those of a component that leaves the `Doc`'s own alone.

    From then on they also survive ``Doc.to_bytes``, ``DocBin(store_user_data=True)`` and ``nlp.pipe(n_process=2)``. A
    program that only reads such files calls this first.
    """
    srsly.msgpack_encoders.register("geomap", func=_packed)
    srsly.msgpack_decoders.register("geomap", func=_unpacked)
    Doc.set_extension("geomap_document", default=None, force=True)
    Doc.set_extension("geomap_words", default=None, force=True)  # from the recogniser to the events, which drop it
    for name in _LISTS:  # in a file a tuple is a list: what is kept is made a tuple again when it is asked for
        Doc.set_extension(name, getter=partial(_kept, name=name), setter=partial(_keep, name=name), force=True)


def _kept(doc: Doc, name: str) -> tuple[Any, ...]:
    return tuple(doc.user_data.get(name, ()))


def _keep(doc: Doc, values: Iterable[Any], name: str) -> None:
    doc.user_data[name] = tuple(values)


def _packed(value: Any, chain: Callable[[Any], Any] | None = None) -> Any:
    """Return one of the program's nouns as a mapping that msgpack can write; anything else is for the next in line."""
    name = type(value).__name__
    if _NOUNS.get(name) is not type(value):
        return chain(value) if chain else value
    return {_MARK: name, "fields": {field.name: _date_packed(getattr(value, field.name)) for field in fields(value)}}


def _date_packed(value: Any) -> Any:
    return {_MARK: "date", "fields": value.isoformat()} if isinstance(value, datetime.date) else value


def _unpacked(value: Any, chain: Callable[[Any], Any] | None = None) -> Any:
    """Return the noun that `_packed` made a mapping of."""
    name = value.get(_MARK)
    if name == "date":
        return datetime.date.fromisoformat(value["fields"])
    if name in _NOUNS:
        return _NOUNS[name](**{field: _as_tuple(cell) for field, cell in value["fields"].items()})
    return chain(value) if chain else value


def _as_tuple(value: Any) -> Any:
    return tuple(map(_as_tuple, value)) if isinstance(value, list | tuple) else value


def document_of(doc: Doc) -> Document:
    """Return the `Document` a `Doc` was made from; for a bare `Doc`, one with its text and an empty id."""
    document = doc._.geomap_document
    return document if isinstance(document, Document) else Document(id="", text=doc.text)


def sentences_of(doc: Doc) -> tuple[Sentence, ...]:
    """Return the sentences of a `Doc` whose starts are set, by ``geomap_sentences`` or any other component.

    They are in text order, without surrounding white space, those of white space only left out.
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
