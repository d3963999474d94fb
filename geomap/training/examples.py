"""Labelled documents as numbers: word pieces with the tags they may have, cut into windows and put into batches."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from tokenizers import Tokenizer

from geomap.recognizers.encoder import ROLES
from geomap.recognizers.pieces import Ints, KnownNames, Pieces, known_name_feature, to_pieces
from geomap.recognizers.spans import TAGS
from geomap.training.corpora import DEMONYM, DEMONYM_OR_OUTSIDE, NOT_IF_UNKNOWN, OPEN, PLACE, STYLES, TYPES, Labelled
from geomap.training.weak_roles import role_by_rule

ANY = (1 << len(TAGS)) - 1
BEGIN = {PLACE: 2, DEMONYM: 8, DEMONYM_OR_OUTSIDE: 1 | 8, OPEN: ANY}
INSIDE = {PLACE: 4, DEMONYM: 16, DEMONYM_OR_OUTSIDE: 1 | 8 | 16, OPEN: ANY}
"""Bit sets of the tags that the first and the other words of a span may have."""
NAMES_THAT_COUNT = 8
"""Kinds of `KnownNames.kinds` up to this leave a word in an organisation's name open; alternate names are mostly
noise."""


@dataclass(slots=True)
class Example:
    """A document as numbers; arrays parallel to the pieces."""

    pieces: Pieces
    style: int
    allowed: Ints
    types: Ints
    roles: Ints
    role_weights: npt.NDArray[np.float32]
    cuts: Ints
    """Pieces at which a sentence begins."""


def encode(document: Labelled, tokenizer: Tokenizer, names: KnownNames, demonyms: frozenset[str]) -> Example:
    """Return the document as numbers; only first pieces of words carry labels."""
    pieces = to_pieces(document.text, tokenizer, names)
    words = np.flatnonzero(pieces.is_word_start)
    count = len(pieces.ids)
    word_starts = pieces.starts[words]
    word_ends = np.append(pieces.ends[words[1:] - 1], pieces.ends[-1:]) if count else word_starts
    allowed = np.zeros(count, np.int64)
    has_capital = (pieces.case[words] != 0) & (pieces.case[words] != 4)
    allowed[words] = np.where(has_capital, ANY if document.rest == OPEN else 1, 1)
    types = np.full(count, -100, np.int64)
    if document.has_types:
        types[words] = 0
        for start, end, kind in reversed(document.types):
            types[words[(word_starts < end) & (word_ends > start)]] = TYPES.index(kind)
    if document.style == "geoparsing":
        for word, start, end in zip(words, word_starts, word_ends, strict=True):
            if document.text[start:end] in demonyms:
                allowed[word] |= 1 | 8
    first_words: dict[int, int] = {}
    for start, end, kind in document.spans:
        inside = words[(word_starts < end) & (word_ends > start)]
        if not len(inside):
            continue
        if kind == NOT_IF_UNKNOWN:
            kinds = (pieces.known[inside] + 1) // 2
            allowed[inside] = np.where((kinds > 0) & (kinds <= NAMES_THAT_COUNT), ANY, 1)
        else:
            allowed[inside] = INSIDE.get(kind, 1)
            allowed[inside[0]] = BEGIN.get(kind, 1)
            first_words[start] = int(inside[0])
    roles = np.full(count, -100, np.int64)
    weights = np.zeros(count, np.float32)
    if document.may_rules_speak:
        for start, end, kind in document.spans:
            role = role_by_rule(document.text, start, end) if kind == PLACE else None
            if role and start in first_words:
                roles[first_words[start]], weights[first_words[start]] = ROLES.index(role), 0.4
    for start, _end, role in document.roles:
        if start in first_words:
            roles[first_words[start]], weights[first_words[start]] = ROLES.index(role), 1.0
    return Example(
        pieces, STYLES.index(document.style), allowed, types, roles, weights, sentence_cuts(document.text, pieces)
    )


def sentence_cuts(text: str, pieces: Pieces) -> Ints:
    """Return the pieces at which sentences begin, roughly: enough to cut windows."""
    offsets = [m.end() for m in re.finditer(r"(?:[.!?][\"'”’)]*\s+(?=[\"'“‘(]?[A-Z0-9])|\n\s*)", text)]
    return np.unique(np.searchsorted(pieces.starts, np.array([0, *offsets], np.int64)))


def windows(example: Example, length: int) -> Iterator[tuple[int, int]]:
    """Yield the piece ranges of windows of whole sentences up to a length."""
    count = len(example.pieces.ids)
    start = 0
    while start < count:
        end = min(start + length, count)
        if end < count:
            inner = example.cuts[(example.cuts > start) & (example.cuts <= end)]
            if len(inner):
                end = int(inner[-1])
        yield start, end
        start = end


FIELDS = ("ids", "case", "gap", "known", "mask", "allowed", "types", "roles", "role_weights")


def row_of(example: Example, start: int, end: int, spelling: str, names: KnownNames) -> dict[str, Any]:
    """Return one window between its two marks; ``spelling``, one of `SPELLINGS`, changes it."""
    pieces = example.pieces
    case, known = pieces.case[start:end], pieces.known[start:end]
    letters = case != 4
    if spelling == "lower":
        case, known = np.where(letters, 0, 4), np.zeros_like(known)
    elif spelling in ("upper", "title"):
        case = np.where(letters, 2 if spelling == "upper" else 1, 4)
        known = known_name_feature(pieces.ids[start:end], pieces.is_word_start[start:end], case, names)
    elif spelling == "nameless":
        known = np.zeros_like(known)

    def framed(values: npt.NDArray[Any], first: float, last: float) -> npt.NDArray[Any]:
        return np.concatenate([[first], values, [last]])

    return {
        "ids": framed(pieces.ids[start:end], 101, 102),
        "case": framed(case, 4, 4),
        "gap": framed(pieces.gap[start:end], 0, 0),
        "known": framed(known, 0, 0),
        "mask": np.ones(end - start + 2, np.int64),
        "allowed": framed(example.allowed[start:end], 0, 0),
        "types": framed(example.types[start:end], -100, -100),
        "roles": framed(example.roles[start:end], -100, -100),
        "role_weights": framed(example.role_weights[start:end], 0, 0),
        "style": example.style,
    }


def batches(rows: list[dict[str, Any]], size: int, chance: random.Random) -> Iterator[dict[str, torch.Tensor]]:
    """Yield shuffled batches of like-long windows, about ``size`` pieces each."""
    rows = sorted(rows, key=lambda row: len(row["ids"]) + 12 * chance.random(), reverse=True)
    groups: list[list[dict[str, Any]]] = []
    while rows:
        longest = max(len(row["ids"]) for row in rows[:100])
        count = max(1, size // (-(-longest // 16) * 16))
        groups.append(rows[:count])
        rows = rows[count:]
    chance.shuffle(groups)
    fill = {"case": 4, "types": -100, "roles": -100}
    for group in groups:
        # Few different shapes: every new one costs the CPU's matrix library a compilation.
        length = -(-max(len(row["ids"]) for row in group) // 16) * 16
        batch = {}
        for name in FIELDS:
            values = np.full(
                (len(group), length), fill.get(name, 0), np.float32 if name == "role_weights" else np.int64
            )
            for i, row in enumerate(group):
                values[i, : len(row[name])] = row[name]
            batch[name] = torch.from_numpy(values)
        batch["style"] = torch.tensor([row["style"] for row in group])
        yield batch


SPELLINGS = ("", "lower", "upper", "title", "nameless")
SPELLING_ODDS = (82, 4, 4, 3, 7)


def epoch_rows(
    examples: dict[str, list[Example]], shares: dict[str, float], names: KnownNames, chance: random.Random
) -> list[dict[str, Any]]:
    """Return an epoch's windows: each corpus as often as its share says, cut and re-cased anew."""
    rows = []
    for corpus, documents in examples.items():
        share = shares.get(corpus, 0.0)
        for example in documents:
            times = int(share) + (chance.random() < share % 1)
            for _ in range(times):
                length = chance.choice((96, 140, 180, 200, 200, 220))
                for start, end in windows(example, length):
                    part = example.allowed[start:end]
                    is_empty = not ((part > 1) & (part < ANY)).any() and not (example.types[start:end] > 0).any()
                    if is_empty and end - start < 60 and chance.random() > 0.3:
                        continue
                    rows.append(row_of(example, start, end, chance.choices(SPELLINGS, SPELLING_ODDS)[0], names))
    return rows


def demonyms_of(documents: dict[str, list[Labelled]]) -> frozenset[str]:
    """Return the one-word demonyms that any corpus labels."""
    forms = {d.text[s:e] for found in documents.values() for d in found for s, e, kind in d.spans if kind == DEMONYM}
    return frozenset(form for form in forms if form.isalpha() and form[0].isupper() and not form.isupper())
