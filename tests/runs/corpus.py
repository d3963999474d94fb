"""Small corpora, and settings that load in a second: places are marked in the input, and the most populous ones win."""

from collections.abc import Sequence
from pathlib import Path

import geomap
from geomap.types import Document, ParsedDocument

QUICK = geomap.Config(recognizer="given", resolver="population")
_PLACES = ("Kyiv", "Pokrovsk", "Kharkiv", "Nowhere-on-Sea", "Paris", "Odesa")


def documents(count: int, *, first: int = 0) -> list[Document]:
    """Return short reports, each with its number, two of its places marked, and an event."""
    made = []
    for number in range(first, first + count):
        places = [_PLACES[(number + step) % len(_PLACES)] for step in (0, 2)]
        text = f"Shelling hit {places[0]} on Friday and killed {number + 2} people. Officials left {places[1]}."
        starts = (text.index(places[0]), text.rindex(places[1]))
        spans = tuple((start, start + len(place)) for start, place in zip(starts, places, strict=True))
        made.append(Document(id=f"report {number}", text=text, given_mentions=spans))
    return made


def tables(parsed: Sequence[ParsedDocument]) -> str:
    """Return both tables that are made of parsed documents as one text."""
    return geomap.to_mentions(parsed).to_csv() + geomap.to_events(parsed).to_csv()


def parts(run: Path) -> list[Path]:
    """Return the files of finished batches in a run folder; drafts of others are none."""
    return sorted(run.glob("parts/*/[0-9a-f]*.part"))
