"""Protocol 1: how well place names are found, and how well the use of each is told.

Spans count as equal when they are after a leading "the" and a trailing "'s" are trimmed on both sides. Demonyms are
neither required nor punished: a gold demonym is not asked for, and a prediction that is one, or overlaps a gold one, is
not counted unless it is exactly a name that is asked for.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from geomap.evaluation.figures import Figure, average, f1, figure, share
from geomap.evaluation.gold import GoldDocument, GoldToponym
from geomap.evaluation.hits import compared, mention_at, overlap
from geomap.types import Mention, ParsedDocument, Span

Pair = tuple[GoldDocument, ParsedDocument]
"""A document as people marked it and as the program parsed it."""

ROLES = ("literal", "metonymic", "modifier", "embedded")
"""The roles there are; a gold toponym with any other ("mix") is left out."""


@dataclass(slots=True)
class _Tally:
    """Counts over a set of documents."""

    correct: int = 0
    predicted: int = 0
    gold: int = 0
    overlapped: int = 0

    def add(self, other: "_Tally") -> None:
        self.correct += other.correct
        self.predicted += other.predicted
        self.gold += other.gold
        self.overlapped += other.overlapped

    def figures(self) -> dict[str, Figure]:
        return {
            "precision": share(self.correct, self.predicted),
            "recall": share(self.correct, self.gold),
            "f1": f1(correct=self.correct, predicted=self.predicted, gold=self.gold),
            "recall_by_overlap": share(self.overlapped, self.gold),
        }


@dataclass(slots=True)
class _Score:
    """All that is counted on the way."""

    whole: _Tally = field(default_factory=_Tally)
    groups: defaultdict[str, _Tally] = field(default_factory=lambda: defaultdict(_Tally))
    kinds: defaultdict[str, _Tally] = field(default_factory=lambda: defaultdict(_Tally))
    errors: list[dict[str, object]] = field(default_factory=list)


def score_recognition(pairs: Iterable[Pair]) -> dict[str, object]:
    """Score mentions against gold spans.

    Parameters
    ----------
    pairs
        Gold and parsed document.

    Returns
    -------
        ``figures`` (precision, recall and F1 of exact spans, recall by overlap), the same per ``classes`` of documents,
        recall per ``kinds`` of toponyms and per role where the gold names them, how well ``roles`` and ``relations``
        are told (see `score_roles` and `score_relations`), and ``errors``, one a missed or needless span in text order.
    """
    score, kept = _Score(), []
    for gold, parsed in pairs:
        _count(score, gold, parsed)
        if any(toponym.role or toponym.relation is not None for toponym in gold.toponyms):
            kept.append((gold, parsed))
    return {
        "figures": score.whole.figures(),
        "classes": {group: tally.figures() for group, tally in sorted(score.groups.items())},
        "kinds": {kind: _recalls(tally) for kind, tally in sorted(score.kinds.items())},
        "roles": score_roles(kept),
        "relations": score_relations(kept),
        "error_kinds": dict(sorted(Counter(str(error["kind"]) for error in score.errors).items())),
        "errors": score.errors,
    }


def _recalls(tally: _Tally) -> dict[str, Figure]:
    return {"recall": share(tally.correct, tally.gold), "recall_by_overlap": share(tally.overlapped, tally.gold)}


def _count(score: _Score, gold: GoldDocument, parsed: ParsedDocument) -> None:
    wanted, spans = compared(gold.text, gold.toponyms, parsed.mentions)
    tally = _Tally(predicted=len(spans))
    for span, toponym in wanted.items():
        one = _Tally(correct=int(span in spans), gold=1, overlapped=int(any(overlap(span, other) for other in spans)))
        tally.add(one)
        for kind in {toponym.kind, toponym.role} - {""}:
            score.kinds[kind].add(one)
    score.whole.add(tally)
    if gold.group:
        score.groups[gold.group].add(tally)
    score.errors += _errors(gold, sorted(wanted), sorted(spans))


def _errors(gold: GoldDocument, wanted: Sequence[Span], spans: Sequence[Span]) -> Iterator[dict[str, object]]:
    rows = [(span, "missed" if not any(overlap(span, other) for other in spans) else "other bounds")
            for span in wanted if span not in spans]  # fmt: skip
    rows += [(span, "needless") for span in spans if not any(overlap(span, other) for other in wanted)]
    for (start, end), kind in sorted(rows):
        yield {"document": gold.id, "start": start, "end": end, "toponym": gold.text[start:end], "kind": kind}


def score_roles(pairs: Sequence[Pair]) -> dict[str, object]:
    """Score the roles of gold toponyms that were found, literal versus not.

    Corpora differ in which roles they tell apart, so the headline is the one distinction all make: whether something
    is said of the place itself. Which of the other roles a mention has is shown in ``confusion``.

    Returns
    -------
        ``literal`` and ``not_literal`` F1, their mean ``macro_f1``, ``accuracy``, ``found`` (the share of the gold that
        could be scored) and ``confusion``, gold role → predicted role → count; empty when the gold names no roles.
    """
    asked = [toponym for gold, _ in pairs for toponym in gold.toponyms if toponym.role in ROLES]
    if not asked:
        return {}
    told: list[tuple[str, str]] = [
        (toponym.role, mention.role)
        for gold, parsed in pairs
        for toponym, mention in _found(gold.toponyms, parsed.mentions)
        if toponym.role in ROLES
    ]
    table = Counter(told)
    literal = _f1(Counter((gold == "literal", role == "literal") for gold, role in told), of=True)
    other = _f1(Counter((gold == "literal", role == "literal") for gold, role in told), of=False)
    both = [value for value in (literal["value"], other["value"]) if value is not None]
    return {
        "literal_f1": literal,
        "not_literal_f1": other,
        "macro_f1": figure(average(both), len(told)),
        "accuracy": share(sum((a == "literal") == (b == "literal") for a, b in told), len(told)),
        "same_role": share(sum(a == b for a, b in told), len(told)),
        "found": share(len(told), len(asked)),
        "confusion": {
            gold: {role: table[gold, role] for role in ROLES} for gold in ROLES if any(t[0] == gold for t in table)
        },
    }


def _f1(counts: Counter[tuple[bool, bool]], *, of: bool) -> dict[str, float | int | None]:
    """Return the F1 of one of two classes from counts of (gold, predicted)."""
    gold = counts[of, of] + counts[of, not of]
    return f1(correct=counts[of, of], predicted=counts[of, of] + counts[not of, of], gold=gold)


def score_relations(pairs: Sequence[Pair]) -> dict[str, object]:
    """Score the words that move a point off the place ("near", "20 km south of") of gold toponyms that were found.

    Returns
    -------
        ``same`` (the relation is as in the gold, white space made single), and of those that have one ``with_relation``
        and of those that have none ``without_relation``; empty when the gold does not say.
    """
    told = [
        (" ".join(toponym.relation.split()).lower(), mention.relation.lower())
        for gold, parsed in pairs
        for toponym, mention in _found(gold.toponyms, parsed.mentions)
        if toponym.relation is not None
    ]
    if not told:
        return {}
    moved, still = [pair for pair in told if pair[0]], [pair for pair in told if not pair[0]]
    return {
        "same": share(sum(a == b for a, b in told), len(told)),
        "with_relation": share(sum(a == b for a, b in moved), len(moved)),
        "without_relation": share(sum(a == b for a, b in still), len(still)),
    }


def _found(toponyms: Sequence[GoldToponym], mentions: Sequence[Mention]) -> list[tuple[GoldToponym, Mention]]:
    pairs = [(toponym, mention_at(toponym, mentions)) for toponym in toponyms]
    return [(toponym, mention) for toponym, mention in pairs if mention is not None]
