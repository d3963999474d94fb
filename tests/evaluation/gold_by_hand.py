"""Gold and parsed documents written with marks, for tests of the metrics."""

import re
from typing import Any

from geomap.evaluation.gold import GoldDocument, GoldToponym
from geomap.types import Document, Mention, ParsedDocument, Sentence

_MARK = re.compile(r"\[([^]]+)\]")


def plain(marked: str) -> tuple[str, list[tuple[int, int]]]:
    """Return a text without its square brackets, and the spans that stood in them."""
    spans, shift = [], 0
    for match in _MARK.finditer(marked):
        start = match.start() - shift
        spans.append((start, start + len(match.group(1))))
        shift += 2
    return _MARK.sub(r"\1", marked), spans


def gold(marked: str, *facts: dict[str, Any], **about: Any) -> GoldDocument:
    """Return a gold document; the nth dict tells more about the nth toponym."""
    text, spans = plain(marked)
    more = [*facts, *({} for _ in spans)]
    toponyms = tuple(GoldToponym(start=s, end=e, **fact) for (s, e), fact in zip(spans, more, strict=False))
    return GoldDocument(id="d", text=text, toponyms=toponyms, **about)


def parsed(marked: str, *facts: dict[str, Any]) -> ParsedDocument:
    """Return a parsed document with mentions and no resolutions."""
    text, spans = plain(marked)
    more = [*facts, *({} for _ in spans)]
    mentions = tuple(
        Mention(document_id="d", sentence=0, start=s, end=e, toponym=text[s:e], **fact)
        for (s, e), fact in zip(spans, more, strict=False)
    )
    sentences = (Sentence(index=0, start=0, end=len(text)),)
    return ParsedDocument(document=Document(id="d", text=text), sentences=sentences, mentions=mentions, resolutions=())
