"""How well the place of an event is told among the places that its sentence names.

A corpus is JSON Lines; a row has ``doc_id``, ``text``, ``verbs`` (the words that say what happened) and ``locations``
(where it happened; none when nowhere named), both as lists of objects with ``start`` and ``end`` in code points.
"""

import os
import re
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from geomap.errors import ReportError
from geomap.evaluation.figures import share
from geomap.evaluation.gold import offsets
from geomap.evaluation.rows import Row, Where, read_rows, text_of
from geomap.events.places.choosing import event_place
from geomap.pipeline import Geoparser
from geomap.types import Document, ParsedDocument, Resolution, Span

HELD_BACK = 5
"""One document in this many is held back from training."""

_ARTICLE = re.compile(r"[A-Z]{3}_[A-Z]{3}_\d+\.\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedEvent:
    """One event whose place people have marked."""

    document_id: str
    """Of the article it is from, as far as the corpus tells articles apart."""
    text: str
    """A sentence or a few, exactly as the offsets count them."""
    trigger: Span
    """Offsets of the words that say what happened."""
    places: tuple[Span, ...]
    """Offsets of where it happened, in text order; empty when the text names no such place."""
    source: str = ""
    """Where the corpus has it from."""

    @property
    def held_back(self) -> bool:
        """Whether its document is kept out of training: one in `HELD_BACK`, by the CRC-32 of its id."""
        return zlib.crc32(self.document_id.encode()) % HELD_BACK == 0


def read_marked_events(path: str | os.PathLike[str]) -> list[MarkedEvent]:
    """Return the rows of a corpus that mark words that say what happened.

    Raises
    ------
    ReportError
        If the file cannot be read or a line is no such row.
    """
    return [event for where, row in read_rows(path) for event in _events(row, where)]


def _events(row: Row, where: Where) -> Iterator[MarkedEvent]:
    """Yield the first of a row's verbs as an event; a row without verbs has none."""
    text, verbs, places = row.get("text"), row.get("verbs"), row.get("locations")
    if not (isinstance(text, str) and isinstance(verbs, list) and isinstance(places, list)):
        raise where.error('no "text", "verbs" and "locations" in the row; see geomap.evaluation.event_places')
    name = text_of(row, "doc_id").strip()
    article = _ARTICLE.match(name)
    where_it_is = tuple(sorted(_span(place, text, "locations", where) for place in places))
    for verb in verbs[:1]:
        yield MarkedEvent(
            document_id=article.group() if article else name,
            text=text,
            trigger=_span(verb, text, "verbs", where),
            places=where_it_is,
            source=text_of(row, "source"),
        )


def _span(item: object, text: str, name: str, where: Where) -> Span:
    """Return marked offsets; what the corpus repeats of the text beside them is not compared."""
    return offsets({**item, "text": None} if isinstance(item, dict) else item, text, f"one of {name}", where)


def evaluate_event_places(
    corpus: str | os.PathLike[str],
    *,
    split: str = "dev",
    limit: int | None = None,
    watch: Callable[[Iterable[ParsedDocument], int], Iterable[ParsedDocument]] | None = None,
    **rooms: Any,
) -> dict[str, Any]:
    """Score the choice of an event's place.

    Parameters
    ----------
    corpus
        JSON Lines, see `geomap.evaluation.event_places`.
    split
        ``dev`` for the documents held back from training; ``all`` for every row.
    limit
        Score at most this many rows, the first ones.
    watch
        Passes the parsed rows on, for a progress bar.
    rooms
        ``recognizer``, ``resolver`` and ``gazetteer``, as `Geoparser` takes them.

    Returns
    -------
        What was scored, and the figures with the number of cases behind each: ``right``, for rows with a marked place
        whose sentence names one or more, and ``right_of_several``, for two or more; the same for the mention nearest
        the trigger; ``right_none``, for rows without a marked place whose sentence names one; ``right_of_all``, for
        all of these.

    Raises
    ------
    ReportError
        If the corpus cannot be read or has no row in the split.
    """
    events = [event for event in read_marked_events(corpus) if split == "all" or event.held_back][:limit]
    if not events:
        raise ReportError(f"no row is in the split {split!r}; give --split all", path=os.fspath(corpus))
    parsed = parse_events(events, Geoparser(**rooms))
    parsed = watch(parsed, len(events)) if watch else parsed
    rows = [row for event, one in zip(events, parsed, strict=True) if (row := _scored(event, one))]
    wrong = Counter(row["answer"] for row in rows if not row["right"])
    return {
        "task": "event-place",
        "corpus": Path(corpus).name,
        "split": split,
        "documents": len(events),
        "recognizer": rooms.get("recognizer", "encoder"),
        "resolver": rooms.get("resolver", "ranker"),
        "geomap": version("geomap"),
        "figures": _figures(rows),
        "error_kinds": dict(sorted(wrong.items())),
        "errors": [row for row in rows if not row["right"]],
    }


def parse_events(events: Sequence[MarkedEvent], geoparser: Geoparser) -> Iterable[ParsedDocument]:
    """Yield the parsed text of each event."""
    return geoparser.parse(Document(id=str(number), text=event.text) for number, event in enumerate(events))


def sentence_of(parsed: ParsedDocument, trigger: Span) -> int:
    """Return the index of the sentence that a trigger starts in, or the last one before it; 0 for a text of none."""
    return max((one.index for one in parsed.sentences if one.start <= trigger[0]), default=0)


def is_marked(resolution: Resolution, event: MarkedEvent) -> bool:
    """Whether a mention overlaps a marked place."""
    return any(start < resolution.mention.end and resolution.mention.start < end for start, end in event.places)


def _scored(event: MarkedEvent, parsed: ParsedDocument) -> dict[str, Any] | None:
    """Return what was chosen for an event; ``None`` when its sentence names no place."""
    sentence = sentence_of(parsed, event.trigger)
    named = [one for one in parsed.resolutions if one.mention.sentence == sentence]
    if not named:
        return None
    chosen = event_place(parsed, sentence, event.trigger)
    nearest = min(named, key=lambda one: max(event.trigger[0] - one.mention.end, one.mention.start - event.trigger[1]))
    right = is_marked(chosen, event) if chosen else not event.places
    return {
        "text": event.text,
        "trigger": event.text[slice(*event.trigger)],
        "marked": [event.text[start:end] for start, end in event.places],
        "chosen": chosen.mention.toponym if chosen else None,
        "named": len(named),
        "right": right,
        "nearest_right": is_marked(nearest, event),
        "answer": "no place given" if chosen is None else "another place given" if event.places else "a place given",
    }


def _figures(rows: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    marked = [row for row in rows if row["marked"]]
    several = [row for row in marked if row["named"] > 1]
    unmarked = [row for row in rows if not row["marked"]]
    return {
        "right": share(sum(row["right"] for row in marked), len(marked)),
        "right_of_several": share(sum(row["right"] for row in several), len(several)),
        "nearest_right": share(sum(row["nearest_right"] for row in marked), len(marked)),
        "nearest_right_of_several": share(sum(row["nearest_right"] for row in several), len(several)),
        "right_none": share(sum(row["right"] for row in unmarked), len(unmarked)),
        "right_of_all": share(sum(row["right"] for row in [*marked, *unmarked]), len(marked) + len(unmarked)),
    }
