"""The reports of a page: their texts, and where in them the sentences and mentions of the table stand."""

import datetime
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from geomap.errors import GeomapWarning
from geomap.exporters.leaflet.escaping import safe_url
from geomap.exporters.leaflet.offsets import sentence_start, utf16_offsets
from geomap.exporters.leaflet.rows import Rows
from geomap.types import Document

Page = dict[str, Any]

_FACTS = ("id", "title", "source", "published", "url", "refused", "language", "excerpt", "sentences")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reports:
    """The columns of the page that come from the reports. Offsets count UTF-16 units."""

    texts: list[str] = field(default_factory=list)
    """The text of each report, or what the table quotes of it."""
    documents: Page = field(default_factory=lambda: {name: [] for name in _FACTS})
    """A column for each fact about the reports; ``sentences`` is how many of the list of sentences are its own."""
    sentences: Page = field(default_factory=lambda: {"index": [], "start": [], "end": []})
    """Sentences of all reports in turn: index in the report, start and end."""
    mentions: Page = field(default_factory=lambda: {"sentence": [], "start": [], "end": []})
    """Columns of the mentions: number of the sentence among those of its report, start and end."""


def reports_of(rows: Rows, documents: Sequence[Document]) -> Reports:
    """Collect the reports of a page.

    A report that is not given, or whose text does not hold the mentions where the table says, is shown as those of its
    sentences that the table quotes; the latter with a `GeomapWarning`.
    """
    given = {document.id: document for document in documents}
    reports = Reports()
    position = 0
    for number, key in enumerate(rows.documents):
        end = position
        while end < len(rows.document) and rows.document[end] == number:
            end += 1
        _add(reports, key, rows, range(position, end), given.get(key))
        position = end
    return reports


def _add(reports: Reports, key: str, rows: Rows, own: range, document: Document | None) -> None:
    """Add a report with the sentences and mentions of its rows."""
    sentences = _sentences(rows, own)
    starts = {index: sentence_start(text, spots) for index, (text, spots) in sorted(sentences.items())}
    if document and not _holds(document.text, rows, own, starts):
        message = f"{key}: the text is not the one the mention table was made from; the map shows quoted sentences only"
        warnings.warn(message, GeomapWarning, stacklevel=2)
        document = None
    if document:
        text, moved = document.text, {index: (start or 0, start or 0) for index, start in starts.items()}
    else:
        text, moved = _excerpt(sentences, starts)
    reports.texts.append(text)
    for name, value in _facts(key, rows, own, document, len(moved)).items():
        reports.documents[name].append(value)
    lengths = [len(sentences[index][0]) for index in moved]
    reports.sentences["index"] += moved
    reports.sentences["start"] += utf16_offsets(text, [new for _, new in moved.values()])
    ends = [new + length for (_, new), length in zip(moved.values(), lengths, strict=True)]
    reports.sentences["end"] += utf16_offsets(text, ends)
    _add_mentions(reports.mentions, text, rows, own, moved)


def _add_mentions(mentions: Page, text: str, rows: Rows, own: range, moved: Mapping[int, tuple[int, int]]) -> None:
    number = {index: n for n, index in enumerate(moved)}
    of_row = rows.whole["sentence_index"][own.start : own.stop]
    mentions["sentence"] += [number[index] for index in of_row]
    for edge in ("start", "end"):
        offsets = zip(rows.whole[edge][own.start : own.stop], map(moved.__getitem__, of_row), strict=True)
        # A mention whose place in its sentence is not known is empty, at the start of the sentence.
        moved_offsets = [offset - old + new if old >= 0 else new for offset, (old, new) in offsets]
        mentions[edge] += utf16_offsets(text, moved_offsets)


def _facts(key: str, rows: Rows, own: range, document: Document | None, sentences: int) -> Page:
    def fact(name: str) -> str:
        return rows.texts[name][own.start] if own else ""

    url = document.url if document else fact("url")
    return {
        "id": key,
        "title": document.title if document else fact("title"),
        "source": document.source if document else fact("source"),
        "published": _day(document.published) if document else fact("published"),
        "url": safe_url(url),
        "refused": "" if safe_url(url) else url,
        "language": document.language if document else "",
        "excerpt": int(document is None),
        "sentences": sentences,
    }


def _sentences(rows: Rows, own: range) -> dict[int, tuple[str, list[tuple[int, str]]]]:
    """Return by its index the text of each sentence, with the offset and toponym of each of its mentions."""
    sentences: dict[int, tuple[str, list[tuple[int, str]]]] = {}
    index, start = rows.whole["sentence_index"], rows.whole["start"]
    sentence, toponym = rows.texts["sentence"], rows.texts["toponym"]
    for row in own:
        if index[row] not in sentences:
            sentences[index[row]] = (sentence[row], [])
        sentences[index[row]][1].append((start[row], toponym[row]))
    return sentences


def _holds(text: str, rows: Rows, own: range, starts: Mapping[int, int | None]) -> bool:
    """Tell whether a text has every sentence and toponym where the table says."""
    for row in own:
        start = starts[rows.whole["sentence_index"][row]]
        if start is None or not text.startswith(rows.texts["sentence"][row], start):
            return False
        if text[rows.whole["start"][row] : rows.whole["end"][row]] != rows.texts["toponym"][row]:
            return False
    return True


def _excerpt(
    sentences: Mapping[int, tuple[str, Any]], starts: Mapping[int, int | None]
) -> tuple[str, dict[int, tuple[int, int]]]:
    """Join the sentences a table quotes; neighbours stay in one paragraph.

    Returns the text and, by sentence index, the old and the new offset of each sentence. A sentence whose offset was
    not found gets -1 as its old one.
    """
    parts: list[str] = []
    moved, length = {}, 0
    for index, start in starts.items():
        gap = "" if not parts else " " if index - 1 in sentences else "\n\n"
        moved[index] = (-1 if start is None else start, length + len(gap))
        parts.append(gap + sentences[index][0])
        length += len(parts[-1])
    return "".join(parts), moved


def _day(published: datetime.date | None) -> str:
    return published.isoformat()[:10] if published else ""
