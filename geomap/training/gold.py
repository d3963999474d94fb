"""The gold corpora that the resolver learns from: what their rows say, and what counts as a hit."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from geomap.gazetteers.distance import haversine_km
from geomap.language.displacement import relation_at
from geomap.recognizers.roles import role_of
from geomap.recognizers.sentences import sentence_spans
from geomap.types import Document, GazetteerEntry, Mention, Sentence

HIT_KM = 161.0
"""A place within 100 miles of the gold place is a hit, as in the literature."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldPlace:
    """Where a gold toponym is."""

    id: str
    """``geonames:…``; empty when the corpus gives none."""
    latitude: float
    longitude: float
    feature_code: str
    country_code: str
    """Of a country; empty for all other places."""
    hit_km: float = HIT_KM
    """How far an entry may be off to be a hit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldDocument:
    """A document with its gold toponyms as mentions."""

    document: Document
    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...]
    places: tuple[GoldPlace | None, ...]
    """One a mention; ``None`` where the annotators found no coordinates."""


def read_gold(path: Path, *, split: str, countries: dict[str, str]) -> Iterator[GoldDocument]:
    """Yield the documents of a split of a JSON Lines corpus, in the order of the file.

    Parameters
    ----------
    path
        Rows with ``doc_id``, ``text``, ``split`` and ``toponyms``: ``start``, ``end``, ``lat``, ``lon``, ``geonameid``.
    split
        ``train`` or ``dev``.
    countries
        GeoNames id → ISO code of the countries.
    """
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row.get("split") == split:
                yield _gold_document(row, countries)


TOWN_KM = 25.0
"""How far a town of the event reports may be off: their villages have namesakes within `HIT_KM`."""

_EVENT_LEVELS = {"country": "PCLI", "adm1": "ADM1", "adm2": "ADM2", "place": "PPL"}


def read_event_reports(path: Path, *, split: str) -> Iterator[GoldDocument]:
    """Yield the reports of a split of ``event_reports.jsonl`` with their toponyms, roles and points."""
    with path.open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if row["split"] == split:
                yield _event_report(row)


def _event_report(row: dict[str, Any]) -> GoldDocument:
    document = Document(id=row["doc_id"], text=row["text"], title=row["title"], source=row["source"])
    sentences = tuple(
        Sentence(index=index, start=start, end=end) for index, (start, end) in enumerate(sentence_spans(document.text))
    )
    toponyms = sorted(row["toponyms"], key=lambda toponym: (toponym["start"], toponym["end"]))
    mentions = (replace(gold_mention(document, sentences, toponym), role=toponym["type"]) for toponym in toponyms)
    return GoldDocument(
        document=document, sentences=sentences, mentions=tuple(mentions), places=tuple(map(_event_place, toponyms))
    )


def _event_place(toponym: dict[str, Any]) -> GoldPlace | None:
    if toponym["lat"] is None:
        return None
    country = toponym["level"] == "country"
    return GoldPlace(
        id="",
        latitude=toponym["lat"],
        longitude=toponym["lon"],
        feature_code=_EVENT_LEVELS.get(toponym["level"], ""),
        country_code=toponym["country_code"] if country else "",
        hit_km=TOWN_KM if toponym["level"] in ("place", "feature") else HIT_KM,
    )


def _gold_document(row: dict[str, Any], countries: dict[str, str]) -> GoldDocument:
    text = row["text"]
    document = Document(
        id=row["doc_id"], text=text, title=row.get("title", ""), url=row.get("url", ""), source=row.get("source", "")
    )
    sentences = tuple(
        Sentence(index=index, start=start, end=end) for index, (start, end) in enumerate(sentence_spans(text))
    )
    toponyms = sorted(row["toponyms"], key=lambda toponym: (toponym["start"], toponym["end"]))
    return GoldDocument(
        document=document,
        sentences=sentences,
        mentions=tuple(gold_mention(document, sentences, toponym) for toponym in toponyms),
        places=tuple(_place(toponym, countries) for toponym in toponyms),
    )


def gold_mention(document: Document, sentences: tuple[Sentence, ...], toponym: dict[str, Any]) -> Mention:
    """Return a gold toponym as a mention: a row with ``start``, ``end`` and, if it is one, ``demonym_form``."""
    start, end, text = toponym["start"], toponym["end"], document.text
    demonym = bool(toponym.get("demonym_form"))
    sentence = max((s for s in sentences if s.start <= start), key=lambda s: s.start)
    around = (sentence.start, max(sentence.end, end))
    return Mention(
        document_id=document.id,
        sentence=sentence.index,
        start=start,
        end=end,
        toponym=text[start:end],
        role="modifier" if demonym else role_of(text, (start, end), around),
        relation=relation_at(text, (start, end), around),
        demonym=demonym,
    )


def _place(toponym: dict[str, Any], countries: dict[str, str]) -> GoldPlace | None:
    if toponym["lat"] is None:
        return None
    place_id = f"geonames:{toponym['geonameid']}" if toponym.get("geonameid") else ""
    return GoldPlace(
        id=place_id,
        latitude=toponym["lat"],
        longitude=toponym["lon"],
        feature_code=toponym.get("fcode") or "",
        country_code=countries.get(place_id, ""),
    )


def is_same(entry: GazetteerEntry, place: GoldPlace) -> bool:
    """Return whether an entry is the gold place: the same id or, for countries, the same country."""
    if entry.id == place.id:
        return True
    return entry.feature_code.startswith("PCL") and entry.country_code == place.country_code != ""


def gold_km(entry: GazetteerEntry, place: GoldPlace) -> float:
    """Return the distance of an entry from the gold place in kilometres."""
    return haversine_km(entry.latitude, entry.longitude, place.latitude, place.longitude)


def is_hit(entry: GazetteerEntry, place: GoldPlace) -> bool:
    """Return whether an entry is the gold place or within its ``hit_km``, and what its own point may be off, of it."""
    return is_same(entry, place) or gold_km(entry, place) <= place.hit_km + entry.accuracy_km
