"""The reports of a page: their texts, and where in them the sentences and mentions of the table stand."""

import math
import re
import warnings
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from geomap.errors import GeomapWarning
from geomap.exporters.leaflet.html.escaping import Page, safe_url
from geomap.exporters.leaflet.payload.mention_rows import MentionRows
from geomap.types import Document

Sentences = Mapping[int, tuple[str, int | None]]
"""Text and document offset of each sentence of a report, by its index; ``None`` where the table does not tell."""

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
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
    numbers: list[dict[int, int]] = field(default_factory=list)
    """For each report the numbers of its sentences in the list of sentences, by their index."""


def reports_of(rows: MentionRows, documents: Sequence[Document], quoted: Mapping[str, Sentences]) -> Reports:
    """Collect the reports of a page, with the sentences of their mentions and those of ``quoted``, by report id.

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
        _add(reports, key, rows, range(position, end), given.get(key), quoted.get(key, {}))
        position = end
    return reports


def _add(
    reports: Reports, key: str, rows: MentionRows, own: range, document: Document | None, quoted: Sentences
) -> None:
    """Add a report with the sentences and mentions of its rows, and what else is quoted of it."""
    sentences = _sentences(rows, own)
    if document and (why := _unfit(document.text, rows, own, sentences)):
        warnings.warn(f"{key}: {why}; the map shows quoted sentences only", GeomapWarning, stacklevel=2)
        document = None
    sentences = dict(sorted({**_fitting(quoted, document), **sentences}.items()))
    if document:
        text, starts = document.text, {index: start or 0 for index, (_, start) in sentences.items()}
    else:
        text, starts = _excerpt(sentences)
    reports.texts.append(text)
    for name, value in _facts(key, rows, own, document, len(sentences)).items():
        reports.documents[name].append(value)
    reports.sentences["index"] += sentences
    reports.sentences["start"] += utf16_offsets(text, starts.values())
    ends = [starts[index] + len(sentence) for index, (sentence, _) in sentences.items()]
    reports.sentences["end"] += utf16_offsets(text, ends)
    reports.numbers.append({index: n for n, index in enumerate(sentences)})
    _add_mentions(reports, text, rows, own, sentences, starts)


def _fitting(quoted: Sentences, document: Document | None) -> Sentences:
    """Return those of some sentences that stand in a report where it is said; all of one whose text is not there."""
    if document is None:
        return quoted
    text = document.text
    return {
        index: (sentence, start)
        for index, (sentence, start) in quoted.items()
        if start is not None and text.startswith(sentence, start)
    }


def _add_mentions(
    reports: Reports, text: str, rows: MentionRows, own: range, sentences: Sentences, starts: Mapping[int, int]
) -> None:
    mentions, number = reports.mentions, reports.numbers[-1]
    spans = []
    for row in own:
        index = rows.whole["sentence_index"][row]
        # A mention that the table puts where its sentence does not have it is empty, at the start of the sentence.
        first, last = _in_sentence(rows, row, sentences[index]) or (0, 0)
        mentions["sentence"].append(number[index])
        spans.append((starts[index] + first, starts[index] + last))
    mentions["start"] += utf16_offsets(text, [start for start, _ in spans])
    mentions["end"] += utf16_offsets(text, [end for _, end in spans])


def _facts(key: str, rows: MentionRows, own: range, document: Document | None, sentences: int) -> Page:
    def fact(name: str) -> str:
        return rows.texts[name][own.start] if own else ""

    url = document.url if document else fact("url")
    return {
        "id": key,
        "title": document.title if document else fact("title"),
        "source": document.source if document else fact("source"),
        "published": fact("published") if document is None else str(document.published or "")[:10],
        "url": safe_url(url),
        "refused": "" if safe_url(url) else url,
        "language": document.language if document else "",
        "excerpt": int(document is None),
        "sentences": sentences,
    }


def _sentences(rows: MentionRows, own: range) -> Sentences:
    """Return the sentences of a report in their order."""
    sentences: dict[int, tuple[str, int | None]] = {}
    start = rows.numbers["sentence_start"]
    for row in own:
        known = math.isfinite(start[row]) and start[row] >= 0
        sentences.setdefault(
            rows.whole["sentence_index"][row], (rows.texts["sentence"][row], int(start[row]) if known else None)
        )
    return dict(sorted(sentences.items()))


def _in_sentence(rows: MentionRows, row: int, sentence: tuple[str, int | None]) -> tuple[int, int] | None:
    """Return where in its sentence the mention of a row stands, ``None`` if it does not stand where the table says."""
    text, offset = sentence
    if offset is None:
        return None
    start, end = (rows.whole[edge][row] - offset for edge in ("start", "end"))
    return (start, end) if start >= 0 and text[start:end] == rows.texts["toponym"][row] else None


def _unfit(text: str, rows: MentionRows, own: range, sentences: Sentences) -> str:
    """Say why a text cannot be marked up with the rows of a table; an empty text when it can."""
    if any(start is None for _, start in sentences.values()):
        return "the mention table, of an earlier version, does not tell where all its sentences start"
    stand = all(text.startswith(sentence, start) for sentence, start in sentences.values())
    if stand and all(_in_sentence(rows, row, sentences[rows.whole["sentence_index"][row]]) for row in own):
        return ""
    return "the text is not the one the mention table was made from"


def _excerpt(sentences: Sentences) -> tuple[str, dict[int, int]]:
    """Join the sentences a table quotes; neighbours stay in one paragraph.

    Returns the text and, by sentence index, where each sentence starts in it.
    """
    text, starts = "", {}
    for index, (sentence, _) in sentences.items():
        text += "" if not text else " " if index - 1 in sentences else "\n\n"
        starts[index] = len(text)
        text += sentence
    return text, starts


def utf16_offsets(text: str, offsets: Iterable[int]) -> list[int]:
    """Turn code-point offsets into the UTF-16 offsets that JavaScript strings have.

    Each character above U+FFFF, such as an emoji, counts two there.
    """
    astral = () if text.isascii() else [found.start() for found in _ASTRAL.finditer(text)]
    if not astral:
        return list(offsets)
    return [offset + bisect_left(astral, offset) for offset in offsets]
