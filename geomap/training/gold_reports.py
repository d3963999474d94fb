"""Gold documents as the resolver reads documents: with sentences, and marked names as mentions. For its training."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import get_args

from geomap.evaluation.gold import GoldToponym, read_gold
from geomap.evaluation.hits import GoldPlace, gold_place, overlap
from geomap.gazetteers.database import SqliteGazetteer
from geomap.language.displacement import relation_at
from geomap.recognizers.roles import role_of
from geomap.recognizers.sentences import sentence_spans
from geomap.recognizers.trained import encoder_pipeline
from geomap.types import Document, Mention, Role, Sentence

TOWN_KM = 25.0
"""How far a town of the event reports may be off: their villages have namesakes within `HIT_KM`."""

_LEVELS = {"country": "PCLI", "adm1": "ADM1", "adm2": "ADM2", "place": "PPL"}


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldReport:
    """A document with its gold toponyms as mentions."""

    document: Document
    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...]
    places: tuple[GoldPlace | None, ...]
    """One a mention; ``None`` where the annotators found no coordinates."""


def gold_report(document: Document, toponyms: Iterable[GoldToponym], places: Iterable[GoldPlace | None]) -> GoldReport:
    """Return a document with its gold toponyms and the place of each; none where the text has no sentence."""
    spans = enumerate(sentence_spans(document.text))
    sentences = tuple(Sentence(index=index, start=start, end=end) for index, (start, end) in spans)
    marked = list(zip(toponyms, places, strict=True)) if sentences else []
    return GoldReport(
        document=document,
        sentences=sentences,
        mentions=tuple(gold_mention(document, sentences, toponym) for toponym, _ in marked),
        places=tuple(place for _, place in marked),
    )


def gold_mention(document: Document, sentences: tuple[Sentence, ...], toponym: GoldToponym) -> Mention:
    """Return a gold toponym as a mention, with its role and relation as the rules read them where it has none."""
    start, end, text = toponym.start, toponym.end, document.text
    sentence = max((s for s in sentences if s.start <= start), key=lambda s: s.start)
    around = (sentence.start, max(sentence.end, end))
    given = next((role for role in get_args(Role) if role == toponym.role), None)
    role: Role = given or ("modifier" if toponym.demonym else role_of(text, (start, end), around))
    return Mention(
        document_id=document.id,
        sentence=sentence.index,
        start=start,
        end=end,
        toponym=text[start:end],
        role=role,
        relation=relation_at(text, (start, end), around),
        demonym=toponym.demonym,
    )


def gold_reports(path: Path, gazetteer: SqliteGazetteer, *, split: str) -> list[GoldReport]:
    """Return the documents of a split of a gold corpus, in the order of the file."""
    return [
        gold_report(one.document(given=False), one.toponyms, (gold_place(each, gazetteer) for each in one.toponyms))
        for one in read_gold(path, split=split)
    ]


def event_reports(path: Path, gazetteer: SqliteGazetteer, *, split: str) -> list[GoldReport]:
    """Return the reports of a split of ``event_reports.jsonl``, which tell of a place its level and no entry."""
    return [
        gold_report(one.document(given=False), one.toponyms, (_of_level(each, gazetteer) for each in one.toponyms))
        for one in read_gold(path, split=split)
    ]


def _of_level(toponym: GoldToponym, gazetteer: SqliteGazetteer) -> GoldPlace | None:
    place = gold_place(replace(toponym, feature_code=_LEVELS.get(toponym.level, "")), gazetteer)
    return replace(place, hit_km=TOWN_KM) if place and toponym.level in ("place", "feature") else place


def with_false_alarms(reports: Iterable[GoldReport], *, gazetteer: str | None) -> Iterator[GoldReport]:
    """Yield reports with the recogniser's mentions that overlap no gold toponym added, without a place.

    The resolver has to answer such with NIL. ``gazetteer`` is the one that the recogniser knows names from.
    """
    recognise = encoder_pipeline("", gazetteer=gazetteer, demonyms=False)
    for gold in reports:
        found = recognise(gold.document.text)._.geomap_mentions
        spans = [GoldToponym(start=one.start, end=one.end) for one in unmarked(gold, found)]
        added = [gold_mention(gold.document, gold.sentences, span) for span in spans]
        pairs = [*zip(gold.mentions, gold.places, strict=True), *((mention, None) for mention in added)]
        pairs.sort(key=lambda pair: (pair[0].start, pair[0].end))
        yield replace(gold, mentions=tuple(one for one, _ in pairs), places=tuple(place for _, place in pairs))


def unmarked(gold: GoldReport, found: Iterable[Mention]) -> list[Mention]:
    """Return the mentions that overlap no gold toponym."""
    known = [(one.start, one.end) for one in gold.mentions]
    return [one for one in found if not any(overlap((one.start, one.end), span) for span in known)]
