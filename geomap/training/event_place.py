"""Train the choice of an event's place: ``python -m geomap.training.event_place CORPORA``.

Writes ``geomap/models/event_place.json``: the weights of a conditional logit model (McFadden, 1974) over the mentions
of a sentence and "none of these". Full-batch gradient descent without chance: same corpus, same bytes.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from geomap.evaluation.event_places import MarkedEvent, is_marked, parse_events, read_marked_events, sentence_of
from geomap.events.places.choosing import MODEL_PATH, NONE, in_dateline
from geomap.events.places.features import features_of, nearest_mentions
from geomap.pipeline import Geoparser
from geomap.types import ParsedDocument

CORPUS = "event_location_train.jsonl"
LEAST = 8
"""A feature is learnt when this many mentions have it."""
PENALTY = 3.0
"""Of the squared weights (ridge); .3, 1 and 3 were tried, by five folds."""
NONE_WEIGHT = 0.3
"""Weight of a sentence without a marked place: most of a sample of 45 that name one had been overlooked."""
OVERLOOKED = "Masdar"
"""Sources that begin so mark no place in four sentences of five, and are learnt from only where they do."""
STEPS, RATE = 400, 0.05

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Choice:
    """A sentence to learn from."""

    mentions: tuple[tuple[str, ...], ...]
    """The features of each mention."""
    right: tuple[bool, ...]
    """Whether each is the place; all false when none is."""
    weight: float


def choices_of(events: Iterable[tuple[MarkedEvent, ParsedDocument]]) -> list[Choice]:
    """Return what there is to learn from sentences that name places."""
    found = []
    for event, parsed in events:
        index = sentence_of(parsed, event.trigger)
        named = [
            one
            for one in parsed.resolutions
            if one.mention.sentence == index and not in_dateline(event.text, parsed.sentences, one)
        ]
        near = nearest_mentions(named, event.trigger)
        right = tuple(is_marked(one, event) for one in near)
        if not near or (not any(right) and (event.places or event.source.startswith(OVERLOOKED))):
            continue
        sentence = parsed.sentences[index]
        features = features_of(event.text, (sentence.start, sentence.end), event.trigger, near)
        found.append(Choice(tuple(features), right, 1.0 if any(right) else NONE_WEIGHT))
    return found


def fit(choices: Sequence[Choice]) -> dict[str, float]:
    """Return the weights that make the right mentions most likely, by the softmax of scores within a sentence."""
    counts = Counter(name for choice in choices for mention in choice.mentions for name in mention)
    names = [NONE, *sorted(name for name, count in counts.items() if count >= LEAST)]
    columns = {name: column for column, name in enumerate(names)}
    cells: list[tuple[int, int]] = []
    target: list[float] = []
    group: list[int] = []
    for number, choice in enumerate(choices):
        for mention, right in zip((*choice.mentions, (NONE,)), (*choice.right, not any(choice.right)), strict=True):
            cells += [(len(target), columns[name]) for name in mention if name in columns]
            target.append(right / max(1, sum(choice.right)))
            group.append(number)
    weights = np.array([choice.weight for choice in choices])[group]
    found = _descend(np.array(cells), np.array(target), np.array(group), weights, len(names))
    return {name: round(float(weight), 4) for name, weight in zip(names, found, strict=True)}


def _descend(cells: NDArray[np.int64], target: Floats, group: NDArray[np.int64], weights: Floats, size: int) -> Floats:
    """Return the minimum of the cross-entropy with a ridge penalty, by Adam (Kingma and Ba, 2015) on all rows."""
    rows, columns = cells.T
    starts = np.searchsorted(group, np.arange(group[-1] + 1))
    found, mean, square = np.zeros(size), np.zeros(size), np.zeros(size)
    for step in range(1, STEPS + 1):
        scores = np.bincount(rows, found[columns], len(target))
        odds = np.exp(scores - np.maximum.reduceat(scores, starts)[group])
        chance = odds / np.add.reduceat(odds, starts)[group]
        slope = np.bincount(columns, ((chance - target) * weights)[rows], size) + PENALTY * found
        mean, square = 0.9 * mean + 0.1 * slope, 0.99 * square + 0.01 * slope**2
        rate = RATE * (1 - step / STEPS) ** 0.5
        found = found - rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    return found


def kept_for_training(events: Iterable[MarkedEvent]) -> list[MarkedEvent]:
    """Return the events of documents that are not held back, without those whose text a held-back one has too."""
    events = list(events)
    seen = {_bare(event.text) for event in events if event.held_back}
    return [event for event in events if not event.held_back and _bare(event.text) not in seen]


def _bare(text: str) -> str:
    return " ".join(text.split()).lower()


def main() -> int:
    """Train and write the model."""
    parser = argparse.ArgumentParser(prog="python -m geomap.training.event_place", description=__doc__)
    parser.add_argument("corpora", type=Path, help=f"folder with {CORPUS}")
    parser.add_argument("-o", "--output", type=Path, default=MODEL_PATH)
    arguments = parser.parse_args()
    events = kept_for_training(read_marked_events(arguments.corpora / CORPUS))
    choices = choices_of(zip(events, parse_events(events, Geoparser()), strict=True))
    weights = fit(choices)
    arguments.output.write_text(json.dumps({"weights": weights}, indent=1) + "\n", encoding="utf-8")
    sys.stderr.write(f"learnt from {len(choices):,} sentences; wrote {arguments.output}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
