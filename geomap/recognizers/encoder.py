"""Finds places with a small encoder: word pieces to windows, windows through ONNX, tags to spans with roles.

It runs one window at a time: int8 activations are scaled by all that is in a run, so in a batch a window's answer would
depend on its neighbours. Windows are cut from the document alone: the same text gives the same places, whatever is read
beside it.
"""

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from geomap.bundle import check_model
from geomap.recognizers.own_tags import OwnTags
from geomap.recognizers.pieces import Ints, KnownNames, Pieces, load_tokenizer, stretches, to_pieces, windows
from geomap.recognizers.spans import (
    Floats,
    best_tags,
    grown,
    in_lists,
    is_generic,
    joined_by_known_names,
    spans_of,
    tidied,
    weak_spans,
)
from geomap.types import Role

ROLES: tuple[Role, ...] = ("literal", "metonymic", "modifier", "embedded")
"""What the second head says of a place, read at its first word."""
STATE = 384
"""Numbers of a word's state."""

PEOPLE = re.compile(
    r"""
      (?:['’]s)? [ ] (?:
          police | officials? | officers? | forces? | troops | soldiers | government | army | military | authorities
          | residents? | lawmakers? | president | prime | minister | ambassador | embassy | mayor | governor
          | senators? | voters? | rebels | militants | regime | parliament
      ) \b
    | [-–] (?: led | backed | held | controlled | occupied | born | made | funded | trained | allied | aligned ) \b
    """,
    re.VERBOSE,
)
"""What follows a place that is a modifier: those who belong to it, or what it does."""
HIDING_TYPES = (2, 4)
"""Outer types, see `geomap.training.corpora.TYPES`, in which a place is embedded: organisations and other names."""


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """A span that the encoder takes for a place or a demonym."""

    start: int
    """Offset of its first character."""
    end: int
    """Offset after its last character."""
    is_demonym: bool
    """Whether it is a demonym ("Ukrainian") rather than a name."""
    role: Role
    """One of `ROLES`; a demonym is always a modifier."""
    score: float
    """How sure the encoder is that this is a place, 0 to 1: the mean over its words, marks and "the" left out."""
    role_score: float
    """How sure it is of the role, 0 to 1."""


@dataclass(frozen=True, slots=True, eq=False)
class WordStates:
    """What the encoder makes of each word of a text in its middle layer, before meaning is that of names."""

    spans: Ints
    """Offsets of each word, in text order: one row a word, start and end."""
    states: npt.NDArray[np.float16]
    """One row a word, the mean over its pieces; 384 columns."""

    def within(self, start: int, end: int) -> "WordStates":
        """Return the words that begin in a stretch of the text, with offsets from its start."""
        first, last = np.searchsorted(self.spans[:, 0], (start, end))
        return WordStates(self.spans[first:last] - start, self.states[first:last])


@dataclass(frozen=True, slots=True, eq=False)
class Window:
    """What the encoder makes of one window; a row a word."""

    text: str
    """The stretch of the text that the window is cut from."""
    offset: int
    """Where in the text that begins."""
    spans: Ints
    """Offsets of the words in the stretch, start and end."""
    known: Ints
    """`Pieces.known` of the words."""
    tags: Floats
    """Scores of `TAGS`."""
    types: Floats
    """Scores of the outer types."""
    roles: Floats
    """Scores of `ROLES`."""
    states: npt.NDArray[np.float16]
    """As in `WordStates`; no columns where the model gives none."""

    @property
    def features(self) -> Floats:
        """What `OwnTags` goes by: all scores and the states."""
        return np.concatenate([self.tags, self.types, self.roles, self.states.astype(np.float32)], axis=1)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the encoder reads in a text."""

    places: list[FoundPlace]
    """In text order."""
    words: WordStates
    """Every word."""


def load_onnxruntime() -> Any:
    """Return the module ``onnxruntime``, which then neither sends telemetry nor keeps a queue of it.

    From version 1.29 on it does both unless told otherwise: it makes a device id and a database of events below the
    user's cache folder and looks up its maker's collector. It reads the variable when it is imported; for a program
    that imported it before, the call stops what can still be stopped. No other module imports it; a test holds that.

    Raises
    ------
    ImportError
        If it is not installed.
    """
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime

    onnxruntime.disable_telemetry_events()
    return onnxruntime


class PlaceEncoder:
    """The encoder, its vocabulary and its known names, ready to read texts.

    Parameters
    ----------
    model
        The ONNX file; ``tokenizer.json`` lies beside it.
    names
        What counts as a known name.

    Raises
    ------
    OSError
        A file is missing or broken.
    ModelNotFoundError
        A file is another than was recorded beside it.
    """

    own: OwnTags | None = None
    """What is added to the scores of tags for a user."""

    def __init__(self, model: Path, *, names: KnownNames) -> None:
        check_model(model)
        onnxruntime = load_onnxruntime()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        try:
            self._session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
        except Exception as error:  # the library raises bare Exceptions for missing and broken files
            raise OSError(f"no usable recogniser in {model}: {error}") from error
        self._tokenizer = load_tokenizer(model.parent / "tokenizer.json")
        self._names = names
        self._first = self._tokenizer.token_to_id("[CLS]")
        self._last = self._tokenizer.token_to_id("[SEP]")

    def is_plain_word(self, text: str) -> bool:
        """Return whether a text is one word that the vocabulary holds whole, as everyday words are and villages not."""
        return len(self._tokenizer.encode(text, add_special_tokens=False).ids) == 1

    def read(self, text: str, sentences: Sequence[tuple[int, int]]) -> Reading:
        """Return the places and the words of a text.

        Parameters
        ----------
        text
            Of any length: it is read in stretches of about 20,000 characters.
        sentences
            Offsets of its sentences, in order. They only decide where windows are cut.

        Returns
        -------
            No words where the model gives no states, as the fast one does.
        """
        found: list[FoundPlace] = []
        spans, states = [np.zeros((0, 2), np.int64)], [np.zeros((0, STATE), np.float16)]
        for window in self.windows(text, sentences):
            found += self.places(window, self.own)
            if window.states.shape[1]:
                spans.append(window.spans + window.offset)
                states.append(window.states)
        return Reading(found, WordStates(np.concatenate(spans), np.concatenate(states)))

    def windows(self, text: str, sentences: Sequence[tuple[int, int]]) -> Iterator[Window]:
        """Yield what the encoder makes of each window of a text; see `read`."""
        for start, end, starts in stretches(text, sentences):
            stretch = text[start:end]
            pieces = to_pieces(stretch, self._tokenizer, self._names)
            cuts = np.searchsorted(pieces.starts, np.array(starts, np.int64) - start)
            for first, last in windows(pieces.is_word_start, cuts):
                yield self._run(pieces, first, last, stretch, start)

    def _run(self, pieces: Pieces, first: int, last: int, text: str, offset: int) -> Window:
        """Return the scores of the words of one window, read with the marks around it, and their states."""
        inside = slice(first, last)
        inputs = {"ids": (self._first, self._last), "case": (4, 4), "gap": (0, 0), "known": (0, 0)}
        tags, types, roles, *states = self._session.run(
            None, {name: np.concatenate([[a], getattr(pieces, name)[inside], [b]]) for name, (a, b) in inputs.items()}
        )
        words = np.flatnonzero(pieces.is_word_start[inside])
        lasts = np.append(words[1:], last - first)
        means = np.zeros((len(words), 0))
        if states and len(words):
            means = np.add.reduceat(states[0][1:-1], words, axis=0) / (lasts - words)[:, None]
        return Window(
            text=text,
            offset=offset,
            spans=np.stack([pieces.starts[inside][words], pieces.ends[inside][lasts - 1]], axis=1),
            known=pieces.known[inside][words],
            tags=tags[1:-1][words],
            types=types[1:-1][words],
            roles=roles[1:-1][words],
            states=means.astype(np.float16),
        )

    def places(self, window: Window, own: OwnTags | None) -> Iterator[FoundPlace]:
        """Yield the places of one window, with their offsets in the whole text."""
        text, known, (starts, ends) = window.text, window.known, window.spans.T
        odds = _softmax(window.tags if own is None else window.tags + own.added(window.features))
        counts = np.array([text[a].isalnum() and text[a:b].lower() != "the" for a, b in zip(starts, ends, strict=True)])
        best = grown(best_tags(odds), odds, known, text, starts, ends)
        best = joined_by_known_names(best, known, [text[a:b] for a, b in zip(starts, ends, strict=True)])
        spans = sorted([*spans_of(best), *weak_spans(best, odds, text, starts, ends)])
        role_odds = in_lists(spans, text, starts, ends, _softmax(window.roles))
        is_name = np.isin(window.types.argmax(1), HIDING_TYPES)
        read_to = 0
        for (begin, stop, is_demonym), role_odd in zip(spans, role_odds, strict=True):
            start, end = tidied(text, int(starts[begin]), int(ends[stop - 1]), is_known=bool(known[stop - 1]))
            if start >= end or start < read_to or is_generic(text, start, end):
                continue
            read_to = end
            kind = 3 if is_demonym else 1
            score = float(np.average(odds[begin:stop, kind : kind + 2].sum(1), weights=counts[begin:stop] + 1e-9))
            role, sure = ROLES[int(role_odd.argmax())], float(role_odd.max())
            if is_demonym:
                role, sure = "modifier", score
            elif is_name[begin] and (is_name[stop : stop + 1].any() or is_name[max(0, begin - 1) : begin].any()):
                role, sure = "embedded", 1.0
            elif role == "literal" and PEOPLE.match(text, end):
                role = "modifier"
            yield FoundPlace(start + window.offset, end + window.offset, is_demonym, role, score, sure)


def _softmax(scores: Floats) -> Floats:
    """Return the rows as shares of 1."""
    raised = np.exp(scores - scores.max(1, keepdims=True))
    shares: Floats = raised / raised.sum(1, keepdims=True)
    return shares
