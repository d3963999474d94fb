"""The trained recognisers ``encoder`` and ``fast``; their component is the spaCy factory ``geomap_recognizer``."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from geomap.bundle import bundled_path, own_model
from geomap.errors import ModelNotFoundError
from geomap.gazetteers import shared_gazetteer
from geomap.gazetteers.database import SqliteGazetteer
from geomap.language.silent import spoken_text
from geomap.recognizers.encoder import FoundPlace, PlaceEncoder
from geomap.recognizers.evidence import (
    SURE,
    defined_initials,
    is_demonym,
    is_no_place,
    is_other_thing,
    is_prominent,
    is_surname,
    opens_sentence,
    surnames,
    vouched,
    with_labels,
)
from geomap.recognizers.found_spans import FoundSpan, write_mentions
from geomap.recognizers.known_names import known_names, with_imported
from geomap.recognizers.own_tags import load_own_tags
from geomap.recognizers.roles import settled_role
from geomap.recognizers.sentences import blank_pipeline
from geomap.recognizers.whole_names import ends_of_roads, nested_name, one_by_hyphen, whole_name, with_state
from geomap.recognizers.word_sets import load_words
from geomap.spacy_docs import add_extensions, document_of, sentences_of
from geomap.types import Span


def encoder_pipeline(argument: str, *, gazetteer: str | None, demonyms: bool) -> Language:
    """Return the default pipeline: sentences, then the trained encoder."""
    return _pipeline("encoder", argument, gazetteer=gazetteer, demonyms=demonyms)


def fast_pipeline(argument: str, *, gazetteer: str | None, demonyms: bool) -> Language:
    """Return the pipeline for large collections: sentences, then the encoder distilled from the default one."""
    return _pipeline("fast", argument, gazetteer=gazetteer, demonyms=demonyms)


def _pipeline(model: str, argument: str, *, gazetteer: str | None, demonyms: bool) -> Language:
    """Return a pipeline with a bundled model; the argument is a folder of ``geomap train recognizer``, or empty."""
    nlp = blank_pipeline()
    own = own_model(f"{model}:{argument}")
    config = {"model": model, "own": str(own) if own else None, "gazetteer": gazetteer, "demonyms": demonyms}
    nlp.add_pipe("geomap_recognizer", config=config)
    return nlp


@Language.factory(
    "geomap_recognizer", default_config={"model": "encoder", "own": None, "gazetteer": None, "demonyms": False}
)
def _create(
    nlp: Language,
    name: str,
    model: str,
    own: str | None,
    gazetteer: str | None,
    demonyms: bool,  # noqa: FBT001
) -> "TrainedRecognizer":
    return TrainedRecognizer(
        shared_gazetteer(gazetteer), model=model, own=Path(own) if own else None, demonyms=demonyms
    )


class TrainedRecognizer:
    """A spaCy component that finds places, and how each is used, with a bundled model.

    Parameters
    ----------
    gazetteer
        Asked for whole names, and for which names are governments.
    model
        Name of a model in ``geomap/models``: ``encoder`` or ``fast``.
    own
        The file of what ``geomap train recognizer`` left; ``None`` for the bundled model alone.
    demonyms
        Whether "Ukrainian" counts as a mention of Ukraine, with the role ``modifier``.

    Raises
    ------
    ModelNotFoundError
        If a file of the model is missing or damaged.
    """

    def __init__(
        self, gazetteer: SqliteGazetteer, *, model: str = "encoder", own: Path | None = None, demonyms: bool = False
    ) -> None:
        self.gazetteer = gazetteer
        self.model = model
        self.own = own
        self.demonyms = demonyms
        self.encoder = load_encoder(model_file(model), imported=gazetteer.imported_files, own=own)
        add_extensions()

    def __reduce__(self) -> tuple[Any, tuple[SqliteGazetteer]]:
        """Pickle without the model, which is loaded again."""
        return partial(type(self), model=self.model, own=self.own, demonyms=self.demonyms), (self.gazetteer,)

    def __call__(self, doc: Doc) -> Doc:
        """Find the mentions of a `Doc` with sentence starts set, and store them on it."""
        text = spoken_text(document_of(doc).text)
        sentences = [(sentence.start, sentence.end) for sentence in sentences_of(doc)]
        reading = self.encoder.read(text, sentences)
        if len(reading.words.spans):
            doc._.geomap_words = (reading.words.spans, reading.words.states)
        spans = list(self.settled(text, sentences, reading.places))
        return write_mentions(doc, literal_in_bare_lists(text, sentences, spans))

    def settled(self, text: str, sentences: Sequence[Span], found: Iterable[FoundPlace]) -> Iterator[FoundSpan]:
        """Yield the places with whole names and settled roles; one that a longer name has taken in is left out."""
        read_to = 0
        starts = [start for start, _ in sentences]
        initials, persons = defined_initials(text, self.gazetteer), surnames(text)
        inside = within_sentences(text, sentences, found)
        pieces = ends_of_roads(text, one_by_hyphen(text, inside, self.gazetteer), self.gazetteer)
        named = with_labels(text, list(pieces), self.gazetteer, is_plain=self.encoder.is_plain_word)
        for place in vouched(text, named, self.gazetteer):
            if place.start < read_to or is_no_place(text, (place.start, place.end), score=place.score):
                continue
            name = text[place.start : place.end]
            known = self.gazetteer.candidates(name)
            if name in initials or is_other_thing(text, (place.start, place.end), known):
                continue
            if name in persons and is_surname(text, (place.start, place.end), known):
                continue
            if place.is_demonym or (place.score < SURE and is_demonym(name, self.gazetteer)):
                if self.demonyms:
                    yield FoundSpan(start=place.start, end=place.end, demonym=True, certainty=round(place.score, 3))
                continue
            sentence = sentences[max(0, bisect_right(starts, place.start) - 1)]
            whole = whole_name(text, (place.start, place.end), self.gazetteer)
            for span in self._named(text, sentence, whole, place):
                read_to = max(whole[1], span.end)
                yield span

    def _named(self, text: str, sentence: Span, whole: Span, place: FoundPlace) -> Iterator[FoundSpan]:
        """Yield the mention in a whole name, and that of a state's code behind it; none for an everyday word."""
        entries, state, span = self.gazetteer.lookup(text[slice(*whole)]), None, whole
        if not entries:
            whole, state = with_state(text, whole, self.gazetteer)
            span = nested_name(text, whole, self.gazetteer)
            entries = self.gazetteer.lookup(text[slice(*span)])
        doubtful = opens_sentence(text, span[0], sentence[0]) and not is_prominent(entries)
        if doubtful and self.encoder.is_plain_word(text[slice(*span)]):
            return
        role = settled_role(text, span, sentence, place, entries, self.gazetteer)
        if span != whole and role != "literal":
            role = "embedded"
        for start, end in filter(None, (span, state)):
            yield FoundSpan(start=start, end=end, role=role, certainty=round(place.score, 3))


def within_sentences(text: str, sentences: Sequence[Span], found: Iterable[FoundPlace]) -> Iterator[FoundPlace]:
    """Yield the places, each cut where its sentence ends: "near Qazigund. Windows broken"."""
    starts = [start for start, _ in sentences]
    for place in found:
        end = sentences[max(0, bisect_right(starts, place.start) - 1)][1] if sentences else len(text)
        if place.end <= end:
            yield place
        elif name := text[place.start : end].rstrip(" \t\n.!?…"):
            yield replace(place, end=place.start + len(name))


def literal_in_bare_lists(text: str, sentences: Sequence[Span], spans: Sequence[FoundSpan]) -> Iterator[FoundSpan]:
    """Yield the spans, those literal whose sentence is nothing but names: "North Waziristan and South Waziristan".

    Beside the names it may hold "and", articles, parts of the compass, words such as "region" and numbers.
    """
    at = 0
    for start, end in sentences:
        first = at
        while at < len(spans) and spans[at].start < end:
            at += 1
        here = spans[first:at]
        if here and all(span.role in ("literal", "") for span in here):
            yield from here
            continue
        edges = [start, *(edge for span in here for edge in (span.start, span.end)), end]
        between = " ".join(text[left:right] for left, right in zip(edges[::2], edges[1::2], strict=True))
        bare = bool(here) and all(_may_stand_in_list(word) for word in _WORDS.findall(between))
        yield from (replace(span, role="literal") if bare and not span.demonym else span for span in here)


_WORDS = re.compile(r"[^\W_]+")
_IN_LISTS = re.compile(
    r"\d+|[a-z]|and|or|the|of|(?:north|south|east|west)\w*|central|upper|lower|border", re.IGNORECASE
)


def _may_stand_in_list(word: str) -> bool:
    return bool(_IN_LISTS.fullmatch(word)) or word.lower() in load_words().levels


def model_file(model: str) -> Path:
    """Return the file of a bundled model."""
    return Path(str(files("geomap.models"))) / f"{model}.onnx"


def load_encoder(model: Path, *, imported: Iterable[Path] = (), own: Path | None = None) -> PlaceEncoder:
    """Return the encoder of a model file, which knows the names of the bundled gazetteer and of imported ones.

    ``own`` is the file of what ``geomap train recognizer`` left to add to it.

    Raises
    ------
    GazetteerError
        A gazetteer is missing or damaged.
    ModelNotFoundError
        If a file of the model is missing or damaged; the message gives the command that brings it back.
    """
    vocabulary = model.parent / "tokenizer.json"
    try:
        names = known_names(bundled_path("gazetteer.sqlite"), vocabulary)
        names = with_imported(names, (known_names(one, vocabulary) for one in imported))
        encoder = PlaceEncoder(model, names=names)
    except OSError as error:
        remedy = "install geomap again: pip install --force-reinstall --no-deps geomap"
        raise ModelNotFoundError(f"the recogniser {model.name} is missing or damaged ({error}); {remedy}") from error
    if own:
        encoder.own = load_own_tags(own, model)
    return encoder
