"""Whether the words of a correction still stand where it says."""

from geomap.corrections.records import Correction
from geomap.types import ParsedDocument

SHOWN = 40
"""Characters of a report that a message quotes at most."""

_LISTED = 5


def text_problem(parsed: ParsedDocument, row: Correction) -> str:
    """Say why the words of a correction do not stand where it says; empty when they do, or it does not say where."""
    text = parsed.document.text
    if row.start is None or text[row.start : row.end] == row.words:
        return ""
    there = text[row.start : row.end]
    now = _starts(text, row.words)
    listed = ", ".join(f"{start:,}" for start in now[:_LISTED]) + (" and further on" if len(now) > _LISTED else "")
    return f"the text has changed: at {row.start:,} stands {there[:SHOWN]!r}, " + (
        f"the words now begin at {listed}" if now else "and the words are nowhere in it"
    )


def _starts(text: str, words: str) -> list[int]:
    starts: list[int] = []
    at = text.find(words)
    while at >= 0 and len(starts) <= _LISTED:
        starts.append(at)
        at = text.find(words, at + 1)
    return starts
