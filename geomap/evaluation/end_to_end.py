"""Protocol 3: how well places are found and resolved, from raw text. This is what users feel.

A gold toponym is found only if a predicted span overlaps it and that span's place is a hit. Demonyms are neither
required nor punished, as in recognition. An emitted place is right only where it is a hit of a gold toponym that it
overlaps; so one at a gold toponym without coordinates is wrong here, and ``precision_of_judged`` leaves those out.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from geomap.evaluation.figures import Figure, figure, share
from geomap.evaluation.gold import GoldDocument, GoldToponym
from geomap.evaluation.hits import gold_place, is_hit, overlap
from geomap.gazetteers import SqliteGazetteer
from geomap.types import ParsedDocument, Resolution


@dataclass(slots=True)
class _Tally:
    """Counts over a corpus."""

    wanted: int = 0
    found: int = 0
    emitted: int = 0
    right: int = 0
    unjudged: int = 0
    errors: list[dict[str, object]] = field(default_factory=list)


def score_end_to_end(
    pairs: Iterable[tuple[GoldDocument, ParsedDocument]], gazetteer: SqliteGazetteer
) -> dict[str, object]:
    """Score resolutions of predicted mentions against gold toponyms.

    Parameters
    ----------
    pairs
        Gold and parsed document.
    gazetteer
        The one that was resolved against.

    Returns
    -------
        ``figures``: ``accuracy_161km`` over the gold with coordinates, ``precision`` over the emitted places and their
        ``f1``; ``error_kinds`` and ``errors``.
    """
    tally = _Tally()
    for gold, parsed in pairs:
        _count(tally, gold, [r for r in parsed.resolutions if r.entry is not None], parsed.resolutions, gazetteer)
    kinds = Counter(str(error["kind"]) for error in tally.errors)
    return {"figures": _figures(tally), "error_kinds": dict(sorted(kinds.items())), "errors": tally.errors}


def _figures(tally: _Tally) -> dict[str, Figure]:
    precision = tally.right / tally.emitted if tally.emitted else 0.0
    recall = tally.found / tally.wanted if tally.wanted else 0.0
    harmonic = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {
        "accuracy_161km": share(tally.found, tally.wanted),
        "precision": share(tally.right, tally.emitted),
        "precision_of_judged": share(tally.right, tally.emitted - tally.unjudged),
        "f1": figure(harmonic, tally.wanted),
    }


def _count(
    tally: _Tally,
    gold: GoldDocument,
    emitted: Sequence[Resolution],
    every: Sequence[Resolution],
    gazetteer: SqliteGazetteer,
) -> None:
    for toponym in gold.toponyms:
        if toponym.resolved and not toponym.demonym:
            place = gold_place(toponym, gazetteer)
            there = [resolution for resolution in every if _at(resolution, toponym)]
            found = any(is_hit(resolution.entry, place) for resolution in there)
            tally.wanted += 1
            tally.found += found
            if not found:
                tally.errors.append(_missed(gold, toponym, there))
    for resolution in emitted:
        _judge(tally, gold, resolution, gazetteer)


def _judge(tally: _Tally, gold: GoldDocument, resolution: Resolution, gazetteer: SqliteGazetteer) -> None:
    """Count one emitted place: right, wrong, or at a demonym and not counted."""
    there = [toponym for toponym in gold.toponyms if _at(resolution, toponym)]
    places = (gold_place(toponym, gazetteer) for toponym in there if not toponym.demonym)
    right = any(is_hit(resolution.entry, place) for place in places)
    if not right and (resolution.mention.demonym or any(toponym.demonym for toponym in there)):
        return
    tally.emitted += 1
    tally.right += right
    if not right and there and not any(toponym.resolved for toponym in there):
        tally.unjudged += 1
    if not there:
        answer = resolution.entry.id if resolution.entry else ""
        tally.errors.append(_row(gold, resolution.mention.start, resolution.mention.end, "needless", answer))


def _missed(gold: GoldDocument, toponym: GoldToponym, there: Sequence[Resolution]) -> dict[str, object]:
    entry = next((resolution.entry for resolution in there if resolution.entry is not None), None)
    kind = "not recognised" if not there else "NIL" if entry is None else "wrong place"
    return _row(gold, toponym.start, toponym.end, kind, entry.id if entry else "")


def _row(gold: GoldDocument, start: int, end: int, kind: str, answer: str) -> dict[str, object]:
    name = gold.text[start:end]
    return {"document": gold.id, "start": start, "end": end, "toponym": name, "kind": kind, "answer": answer}


def _at(resolution: Resolution, toponym: GoldToponym) -> bool:
    mention = resolution.mention
    return overlap((mention.start, mention.end), (toponym.start, toponym.end))
