"""When a predicted span is a gold one."""

import re
from collections.abc import Sequence

from geomap.evaluation.gold import GoldToponym
from geomap.types import Mention, Span

_ARTICLE = re.compile(r"the\s+(?=\S)", re.IGNORECASE)
_POSSESSIVE = re.compile(r"(?<=\S)[’']s$", re.IGNORECASE)


def trimmed(text: str, span: Span) -> Span:
    """Return a span without a leading "the" and a trailing "'s"."""
    start, end = span
    article = _ARTICLE.match(text, start, end)
    start = article.end() if article else start
    possessive = _POSSESSIVE.search(text[start:end])
    return start, start + possessive.start() if possessive else end


def overlap(span: Span, other: Span) -> bool:
    """Return whether two half-open spans share a character."""
    return span[0] < other[1] and other[0] < span[1]


def mention_at(toponym: GoldToponym, mentions: Sequence[Mention]) -> Mention | None:
    """Return the mention that overlaps a gold toponym most, the earlier one when equal; ``None`` when none does."""
    found = [mention for mention in mentions if overlap((toponym.start, toponym.end), (mention.start, mention.end))]
    shared = [min(mention.end, toponym.end) - max(mention.start, toponym.start) for mention in found]
    return found[shared.index(max(shared))] if found else None
