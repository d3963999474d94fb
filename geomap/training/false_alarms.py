"""The default recogniser's false alarms in gold documents: names that the resolver has to answer with NIL."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from geomap.recognizers.pipelines import encoder_pipeline
from geomap.training.gold import GoldDocument, gold_mention
from geomap.types import Span


def with_false_alarms(documents: Sequence[GoldDocument], *, gazetteer: str | None) -> Iterator[GoldDocument]:
    """Yield gold documents with the recogniser's mentions that overlap no gold toponym added, without a place.

    Parameters
    ----------
    documents
        To recognise places in.
    gazetteer
        Path of the gazetteer that the recogniser knows names from; ``None`` is the bundled one.
    """
    recognise = encoder_pipeline("", gazetteer=gazetteer, demonyms=False)
    texts = (gold.document.text for gold in documents)
    for gold, doc in zip(documents, recognise.pipe(texts, batch_size=16), strict=True):
        known = [(mention.start, mention.end) for mention in gold.mentions]
        spans = [(mention.start, mention.end) for mention in doc._.geomap_mentions]
        yield _with_mentions(gold, [span for span in spans if not any(_overlap(span, other) for other in known)])


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _with_mentions(gold: GoldDocument, spans: Sequence[Span]) -> GoldDocument:
    """Return a gold document with further mentions that have no place."""
    added = [gold_mention(gold.document, gold.sentences, {"start": start, "end": end}) for start, end in spans]
    pairs = [*zip(gold.mentions, gold.places, strict=True), *((mention, None) for mention in added)]
    pairs.sort(key=lambda pair: (pair[0].start, pair[0].end))
    return replace(gold, mentions=tuple(mention for mention, _ in pairs), places=tuple(place for _, place in pairs))
