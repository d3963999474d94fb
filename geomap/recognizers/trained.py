"""The trained recognisers as a spaCy component, registered as the factory ``geomap_recognizer``."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from geomap.errors import ModelNotFoundError
from geomap.gazetteers import load_gazetteer
from geomap.language.silent import spoken_text
from geomap.recognizers.encoder import FoundPlace, PlaceEncoder
from geomap.recognizers.evidence import (
    SURE,
    is_demonym,
    is_no_place,
    is_prominent,
    nested_name,
    opens_sentence,
    settled_role,
    whole_name,
)
from geomap.recognizers.mentions import FoundSpan, write_mentions
from geomap.spacy_docs import add_extensions, document_of, sentences_of
from geomap.types import Gazetteer, Span


@Language.factory("geomap_recognizer", default_config={"model": "encoder", "gazetteer": None, "demonyms": False})
def _create(nlp: Language, name: str, model: str, gazetteer: str | None, demonyms: bool) -> "TrainedRecognizer":  # noqa: FBT001
    return TrainedRecognizer(load_gazetteer(gazetteer), model=model, demonyms=demonyms)


class TrainedRecognizer:
    """A spaCy component that finds places, and how each is used, with a bundled model.

    Parameters
    ----------
    gazetteer
        Asked for whole names, and for which names are governments.
    model
        Name of a model in ``geomap/models``: ``encoder`` or ``fast``.
    demonyms
        Whether "Ukrainian" counts as a mention of Ukraine, with the role ``modifier``.

    Raises
    ------
    ModelNotFoundError
        If a file of the model is missing or damaged.
    """

    def __init__(self, gazetteer: Gazetteer, *, model: str = "encoder", demonyms: bool = False) -> None:
        self.gazetteer = gazetteer
        self.model = model
        self.demonyms = demonyms
        self.encoder = load_encoder(Path(str(files("geomap.models"))) / f"{model}.onnx")
        add_extensions()

    def __reduce__(self) -> tuple[Any, tuple[Gazetteer]]:
        """Pickle without the model, which is loaded again."""
        return partial(type(self), model=self.model, demonyms=self.demonyms), (self.gazetteer,)

    def __call__(self, doc: Doc) -> Doc:
        """Find the mentions of a `Doc` with sentence starts set, and store them on it."""
        text = spoken_text(document_of(doc).text)
        sentences = [(sentence.start, sentence.end) for sentence in sentences_of(doc)]
        return write_mentions(doc, self._settled(text, sentences, self.encoder.find(text, sentences)))

    def _settled(self, text: str, sentences: Sequence[Span], found: Iterable[FoundPlace]) -> Iterator[FoundSpan]:
        """Yield the places with whole names and settled roles; one that a longer name has taken in is left out."""
        read_to = 0
        starts = [start for start, _ in sentences]
        for place in found:
            if place.start < read_to:
                continue
            if is_no_place(text, (place.start, place.end), score=place.score):
                continue
            name = text[place.start : place.end]
            if place.is_demonym or (place.score < SURE and is_demonym(name, self.gazetteer)):
                if self.demonyms:
                    yield FoundSpan(start=place.start, end=place.end, demonym=True, certainty=round(place.score, 3))
                continue
            whole = whole_name(text, (place.start, place.end), self.gazetteer)
            entries = self.gazetteer.lookup(text[slice(*whole)])
            span = whole if entries else nested_name(text, whole, self.gazetteer)
            if span != whole:
                entries = self.gazetteer.lookup(text[slice(*span)])
            sentence = sentences[max(0, bisect_right(starts, span[0]) - 1)]
            read_to = whole[1]
            doubtful = opens_sentence(text, span[0], sentence[0]) and not is_prominent(entries)
            if not doubtful or not self.encoder.is_plain_word(text[slice(*span)]):
                role = "embedded" if span != whole else settled_role(text, span, sentence, place, entries)
                yield FoundSpan(start=span[0], end=span[1], role=role, certainty=round(place.score, 3))


def load_encoder(model: Path) -> PlaceEncoder:
    """Return the encoder of a model file.

    Raises
    ------
    ModelNotFoundError
        If a file is missing or damaged; the message gives the command that brings it back.
    """
    try:
        return PlaceEncoder(model)
    except OSError as error:
        remedy = "install geomap again: pip install --force-reinstall --no-deps geomap"
        raise ModelNotFoundError(f"the recogniser {model.name} is missing or damaged ({error}); {remedy}") from error
