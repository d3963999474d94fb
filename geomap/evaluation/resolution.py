"""Protocol 2: how well marked names are resolved.

Every gold toponym with coordinates counts, and no answer is a miss. Beside the resolver stand the population baseline
(the most populous entry of the name) and the gazetteer's oracle (any entry of the name is right). Beware of comparing
``accuracy_given_candidate`` with the others: it leaves out what could not be answered.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from geomap.evaluation.figures import Figure, average, figure, share
from geomap.evaluation.gold import GoldDocument, GoldToponym
from geomap.evaluation.hits import HIT_KM, NO_ANSWER_KM, distance_km, gold_place, is_hit
from geomap.gazetteers import SqliteGazetteer
from geomap.types import GazetteerEntry, ParsedDocument, Resolution

ERROR_KINDS = ("no candidate", "NIL", "wrong country", "wrong level", "homonym in the same country", "other")
"""Why a resolution is wrong, the first that fits: the right place was not among the candidates; it was, and nothing was
chosen; the chosen place is in another country; in the same one but of another level (country, ADM1, ADM2, populated
place, other); of the same level; or the right candidate was right by distance only and lies in no country."""

THRESHOLDS = (0.5, 0.7, 0.8, 0.9, 0.95)
"""Confidences from which on `kept` keeps answers."""

BINS = 10
"""Number of bins of the reliability table, of equal width."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One gold toponym with the answer to it."""

    document_id: str
    """The document it is in."""
    name: str
    """The toponym as written."""
    toponym: GoldToponym
    """The gold."""
    resolution: Resolution
    """The answer."""
    km: float
    """How far off the answer is."""
    right: GazetteerEntry | None
    """The best right candidate of the resolver; ``None`` when it had none."""
    baseline_km: float
    """How far off the most populous entry of the name is."""
    in_gazetteer: bool
    """Whether any entry of the name is right."""
    answerable: bool
    """Whether the gazetteer holds the right place under any name, as far as its id tells."""

    @property
    def hit(self) -> bool:
        """Whether the answer is right."""
        return self.km <= HIT_KM


def score_resolution(
    pairs: Iterable[tuple[GoldDocument, ParsedDocument]], gazetteer: SqliteGazetteer
) -> dict[str, object]:
    """Score resolutions of gold spans.

    Parameters
    ----------
    pairs
        Gold and parsed document, parsed with the gold spans as mentions.
    gazetteer
        The one that was resolved against.

    Returns
    -------
        ``figures``, ``kinds`` of toponyms where the gold names them, ``reliability`` and ``kept`` (see the functions
        of that name), ``error_kinds`` and ``errors``.
    """
    cases = [case for gold, parsed in pairs for case in _cases(gold, parsed, gazetteer)]
    wrong = [case for case in cases if not case.hit]
    counts = Counter(map(error_kind, wrong))
    answered = [(case.resolution.confidence, case.hit) for case in cases if case.resolution.entry is not None]
    return {
        "figures": _figures(cases) | {"calibration_error": calibration_error(answered)},
        "kinds": dict(_by_kind(cases)),
        "reliability": reliability(answered),
        "kept": kept(answered),
        "error_kinds": {kind: counts[kind] for kind in ERROR_KINDS if counts[kind]},
        "errors": [_error(case) for case in wrong],
    }


def _cases(gold: GoldDocument, parsed: ParsedDocument, gazetteer: SqliteGazetteer) -> Iterator[Case]:
    at = {(resolution.mention.start, resolution.mention.end): resolution for resolution in parsed.resolutions}
    for toponym in gold.toponyms:
        if not toponym.resolved:
            continue
        resolution = at[toponym.start, toponym.end]
        name = gold.text[toponym.start : toponym.end]
        place, entries = gold_place(toponym, gazetteer), gazetteer.lookup(name)
        named = any(is_hit(entry, place) for entry in entries)
        right = next((c.entry for c in resolution.candidates if is_hit(c.entry, place)), None)
        known = bool(toponym.entry_id) and gazetteer.entry(toponym.entry_id) is not None
        yield Case(
            document_id=gold.id,
            name=name,
            toponym=toponym,
            resolution=resolution,
            km=distance_km(resolution.entry, place),
            right=right,
            baseline_km=distance_km(entries[0] if entries else None, place),
            in_gazetteer=named,
            answerable=known or named or right is not None,
        )


def _figures(cases: Sequence[Case]) -> dict[str, Figure]:
    n, km = len(cases), [case.km for case in cases]
    retrieved = [case for case in cases if case.right is not None]
    answerable = [case for case in cases if case.answerable]
    plain = [case for case in cases if not case.toponym.demonym]
    emitted = [case for case in cases if case.resolution.entry is not None]
    return {
        "accuracy_161km": share(sum(case.hit for case in cases), n),
        "accuracy_161km_without_demonyms": share(sum(case.hit for case in plain), len(plain)),
        "accuracy_given_candidate": share(sum(case.hit for case in retrieved), len(retrieved)),
        "precision_of_answers": share(sum(case.hit for case in emitted), len(emitted)),
        "mean_km": figure(average(km), n),
        "median_km": figure(median(km) if km else None, n),
        "auc": figure(auc(km), n),
        "population_baseline_161km": share(sum(case.baseline_km <= HIT_KM for case in cases), n),
        "gazetteer_oracle_161km": share(sum(case.in_gazetteer for case in cases), n),
        "right_among_candidates": share(len(retrieved), n),
        "right_among_candidates_if_answerable": share(sum(c.right is not None for c in answerable), len(answerable)),
    }


def _by_kind(cases: Sequence[Case]) -> Iterator[tuple[str, dict[str, Figure]]]:
    for kind in sorted({case.toponym.kind for case in cases} - {""}):
        some = [case for case in cases if case.toponym.kind == kind]
        yield kind, {"accuracy_161km": share(sum(case.hit for case in some), len(some))}


def auc(distances: Sequence[float]) -> float | None:
    """Return the area under the curve of sorted error distances: 0 is perfect, 1 the worst, ``None`` no distance.

    The trapezium rule over ln(d + 1), divided by ln 20039 and by the number of intervals, as in Gritta et al., "What's
    missing in geographical parsing?" (2018). One distance is its own area.
    """
    if not distances:
        return None
    heights = [math.log(distance + 1) / math.log(NO_ANSWER_KM) for distance in sorted(distances)]
    if len(heights) == 1:
        return heights[0]
    return sum((left + right) / 2 for left, right in pairwise(heights)) / (len(heights) - 1)


def kept(answered: Sequence[tuple[float, bool]]) -> list[dict[str, float]]:
    """Return what is gained and lost by keeping only the answers from some confidence on.

    Parameters
    ----------
    answered
        Confidence and whether it was right, of every mention that was resolved.

    Returns
    -------
        A row for each of `THRESHOLDS` that some answer reaches: ``confidence``, ``kept`` (a share), ``accuracy``, n.
    """
    rows = []
    for threshold in THRESHOLDS:
        some = [right for confidence, right in answered if confidence >= threshold]
        if some:
            share, accuracy = len(some) / len(answered), sum(some) / len(some)
            rows.append({"confidence": threshold, "kept": share, "accuracy": accuracy, "n": len(some)})
    return rows


def reliability(answered: Sequence[tuple[float, bool]]) -> list[dict[str, object]]:
    """Return in ten bins how sure the resolver was and how often it was right.

    Parameters
    ----------
    answered
        Confidence and whether it was right, of every mention that was resolved; NIL makes no claim.

    Returns
    -------
        A row a bin that is not empty: ``from`` and ``to`` (the bin holds its lower bound, the last one both),
        mean ``confidence`` and ``accuracy``, each with n.
    """
    rows = []
    for index in range(BINS):
        some = [pair for pair in answered if _bin(pair[0]) == index]
        if some:
            rows.append(
                {
                    "from": index / BINS,
                    "to": (index + 1) / BINS,
                    "confidence": figure(average([confidence for confidence, _ in some]), len(some)),
                    "accuracy": share(sum(hit for _, hit in some), len(some)),
                }
            )
    return rows


def _bin(confidence: float) -> int:
    return min(BINS - 1, round(confidence * 100) * BINS // 100)  # confidences have two decimals; 0.29 * 10 has more


def calibration_error(answered: Sequence[tuple[float, bool]]) -> Figure:
    """Return the expected calibration error: over ten bins, the mean gap of confidence and accuracy, weighted by n.

    After Naeini, Cooper and Hauskrecht (2015). No answer gives ``None``.
    """
    gaps = []
    for index in range(BINS):
        some = [pair for pair in answered if _bin(pair[0]) == index]
        gaps.append(abs(sum(confidence for confidence, _ in some) - sum(hit for _, hit in some)))
    return figure(sum(gaps) / len(answered) if answered else None, len(answered))


def error_kind(case: Case) -> str:
    """Return why a case is wrong; see `ERROR_KINDS`."""
    answer, right = case.resolution.entry, case.right
    if right is None:
        return "no candidate"
    if answer is None:
        return "NIL"
    if answer.country_code != right.country_code:
        return "wrong country"
    if _level(answer) != _level(right):
        return "wrong level"
    return "homonym in the same country" if right.country_code else "other"


def _level(entry: GazetteerEntry) -> str:
    if entry.feature_code.startswith("PCL"):
        return "country"
    if entry.feature_code in ("ADM1", "ADM2"):
        return entry.feature_code
    return "place" if entry.feature_class == "P" else "other"


def _error(case: Case) -> dict[str, object]:
    answer = case.resolution.entry
    return {
        "document": case.document_id,
        "start": case.toponym.start,
        "end": case.toponym.end,
        "toponym": case.name,
        "kind": error_kind(case),
        "answer": answer.id if answer else "",
        "right": case.right.id if case.right else case.toponym.entry_id,
        "km": round(case.km, 1),
    }
