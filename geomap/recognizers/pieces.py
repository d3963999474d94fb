"""A text as the encoder reads it: word pieces, how they are written, whether the gazetteer knows them, and windows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from geomap.bundle import check_model

Ints = npt.NDArray[np.int64]

NAME_KINDS = 12
"""How many kinds of known name there are, see `KnownNames.kinds`; 0 is none."""
LONGEST_NAME = 8
"""Pieces of the longest name that is looked up: 99 % of gazetteer names are shorter."""
WINDOW = 200
"""Pieces of a window: whole sentences are packed up to this length, longer sentences are cut."""
STRETCH = 20_000
"""Characters after which, at the next end of a sentence, a text is read on from fresh: memory does not grow with it."""
_APOSTROPHES = {ord(sign): "'" for sign in "’‘ʼ"}
_PRIME = np.uint64(1_000_003)
_MIX = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, slots=True)
class KnownNames:
    """Hashes of the gazetteer's names, as word pieces: a set of 400,000 names in 2 MB."""

    hashes: npt.NDArray[np.uint32]
    """Sorted, unique. A stranger hits one of them once in 10,000 look-ups, which as evidence is harmless."""
    kinds: npt.NDArray[np.uint8]
    """What each name can be, 1 to 11: 1 to 4 a town by population (up to 5, 50, 500 thousand, more), 5 country or
    continent, 6 first-order unit, 7 second-order unit, 8 demonym, 9 or 10 only an alternate name of a small or large
    town, 11 other."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """A text as word pieces; parallel arrays, in text order, empty for an empty text."""

    ids: Ints
    """Vocabulary ids."""
    starts: Ints
    """Offset of each piece's first character."""
    ends: Ints
    """Offset after each piece's last character."""
    is_word_start: npt.NDArray[np.bool_]
    """Whether a word begins here; words are split at spaces and punctuation."""
    case: Ints
    """How its word is written: 0 lower, 1 title, 2 upper, 3 mixed, 4 without letters, 5 a single capital."""
    gap: Ints
    """What stands before its word: 0 nothing, 1 a space, 2 a line break or the beginning."""
    known: Ints
    """0, or ``2 * kind - 1`` at the beginning and ``2 * kind`` inside a known name."""


def load_tokenizer(vocabulary: Path) -> Any:
    """Return the `tokenizers.Tokenizer` of a ``tokenizer.json`` that neither fills up nor cuts off.

    Raises
    ------
    OSError
        The file is missing or damaged.
    """
    from tokenizers import Tokenizer

    check_model(vocabulary)
    try:
        tokenizer = Tokenizer.from_file(str(vocabulary))
    except Exception as error:  # the library raises bare Exceptions
        raise OSError(f"no usable vocabulary in {vocabulary}: {error}") from error
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def hash_names(ids: Ints) -> Iterator[npt.NDArray[np.uint32]]:
    """Yield, for n = 1, 2, …, the hash of the n pieces from each position on; near the end, of pieces and filling."""
    rolling = np.zeros(len(ids), np.uint64)
    padded = np.concatenate([ids.astype(np.uint64) + np.uint64(1), np.zeros(LONGEST_NAME, np.uint64)])
    for n in range(LONGEST_NAME):
        rolling = _rolled(rolling, padded[n : n + len(ids)])
        yield _mixed(rolling)


def hash_of_each(names: Sequence[Sequence[int]]) -> npt.NDArray[np.uint32]:
    """Return the hash of each name, given as at most `LONGEST_NAME` pieces: that which `hash_names` finds in a text."""
    lengths = np.array([len(ids) for ids in names], np.intp)
    padded = np.zeros((len(names), LONGEST_NAME), np.uint64)
    padded[np.arange(LONGEST_NAME) < lengths[:, None]] = [1 + one for ids in names for one in ids]
    rolling = np.zeros(len(names), np.uint64)
    for n in range(LONGEST_NAME):
        rolling = np.where(n < lengths, _rolled(rolling, padded[:, n]), rolling)
    return _mixed(rolling)


def _rolled(rolling: npt.NDArray[np.uint64], more: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    with np.errstate(over="ignore"):
        return rolling * _PRIME + more


def _mixed(rolling: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint32]:
    with np.errstate(over="ignore"):
        return (((rolling ^ (rolling >> np.uint64(29))) * _MIX) >> np.uint64(32)).astype(np.uint32)


def known_name_feature(ids: Ints, is_word_start: npt.NDArray[np.bool_], case: Ints, names: KnownNames) -> Ints:
    """Return `Pieces.known`: the longest known names from left to right that begin with a capital or a digit."""
    count = len(ids)
    feature = np.zeros(count, np.int64)
    if not count or not len(names.hashes):
        return feature
    boundary = np.append(is_word_start, True)
    candidates = np.flatnonzero(is_word_start & (case != 0) & (case != 4))
    best_length = np.zeros(count, np.int64)
    best_kind = np.zeros(count, np.int64)
    for n, hashes in enumerate(hash_names(ids), start=1):
        here = candidates[candidates + n <= count]
        here = here[boundary[here + n]]
        wanted = hashes[here]
        at = np.minimum(np.searchsorted(names.hashes, wanted), len(names.hashes) - 1)
        hit = names.hashes[at] == wanted
        best_length[here[hit]] = n
        best_kind[here[hit]] = names.kinds[at[hit]]
    free_from = 0
    for start in np.flatnonzero(best_length):
        if start >= free_from:
            free_from = start + best_length[start]
            feature[start] = 2 * best_kind[start] - 1
            feature[start + 1 : free_from] = 2 * best_kind[start]
    return feature


def to_pieces(text: str, tokenizer: Any, names: KnownNames) -> Pieces:
    """Return the word pieces of a text with all features; ``tokenizer`` is a `tokenizers.Tokenizer`."""
    encoding = tokenizer.encode(text.translate(_APOSTROPHES), add_special_tokens=False)
    ids = np.array(encoding.ids, np.int64)
    offsets = np.array(encoding.offsets, np.int64).reshape(-1, 2)
    words = np.array(encoding.word_ids, np.int64)
    starts, ends = offsets[:, 0], offsets[:, 1]
    is_word_start = np.diff(words, prepend=-1) != 0
    first = np.flatnonzero(is_word_start)
    last = np.append(first[1:], len(ids)) - 1 if len(first) else first
    word_of_piece = np.cumsum(is_word_start) - 1
    case, gap = _written_form(text, starts[first], ends[last] if len(first) else ends)
    case, gap = case[word_of_piece], gap[word_of_piece]
    return Pieces(ids, starts, ends, is_word_start, case, gap, known_name_feature(ids, is_word_start, case, names))


def _written_form(text: str, starts: Ints, ends: Ints) -> tuple[Ints, Ints]:
    """Return case and gap of each word."""
    case = np.zeros(len(starts), np.int64)
    gap = np.zeros(len(starts), np.int64)
    before = 0
    for i, (start, end) in enumerate(zip(starts.tolist(), ends.tolist(), strict=True)):
        word = text[start:end]
        if word.islower():
            pass
        elif not word[:1].isalpha() and word.upper() == word.lower():
            case[i] = 4
        elif word.isupper():
            case[i] = 2 if len(word) > 1 else 5
        else:
            case[i] = 1 if word.istitle() else 3
        if start > before:
            gap[i] = 2 if "\n" in text[before:start] else 1
        elif not before:
            gap[i] = 2
        before = end
    return case, gap


def windows(is_word_start: npt.NDArray[np.bool_], cuts: Ints) -> Iterator[tuple[int, int]]:
    """Yield the piece ranges of windows: whole sentences up to `WINDOW`; a longer sentence is cut between words.

    Parameters
    ----------
    is_word_start
        `Pieces.is_word_start`.
    cuts
        Pieces at which sentences begin, ascending.
    """
    count = len(is_word_start)
    start = 0
    while start < count:
        end = min(start + WINDOW, count)
        if end < count:
            inner = cuts[np.searchsorted(cuts, start, side="right") : np.searchsorted(cuts, end, side="right")]
            between = np.flatnonzero(is_word_start[start + 1 : end + 1])
            if len(inner):
                end = int(inner[-1])
            elif len(between):
                end = start + 1 + int(between[-1])
        yield start, end
        start = end


def stretches(text: str, sentences: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, list[int]]]:
    """Yield start, end and sentence starts of stretches of whole sentences, one beginning where the other ended."""
    start, starts = 0, []
    for begin, end in sentences:
        starts.append(begin)
        if end - start >= STRETCH:
            yield start, end, starts
            start, starts = end, []
    if start < len(text):
        yield start, len(text), starts
