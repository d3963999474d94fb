"""How well the use of a name is told: its role, and the relation that moves it off the place."""

from collections import Counter
from collections.abc import Sequence

from geomap.evaluation.figures import average, f1, figure, share
from geomap.evaluation.gold import GoldDocument, GoldToponym
from geomap.evaluation.spans import mention_at
from geomap.types import Mention, ParsedDocument

ROLES = ("literal", "metonymic", "modifier", "embedded")
"""The roles there are; a gold toponym with any other ("mix") is left out."""


def score_roles(pairs: Sequence[tuple[GoldDocument, ParsedDocument]]) -> dict[str, object]:
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


def score_relations(pairs: Sequence[tuple[GoldDocument, ParsedDocument]]) -> dict[str, object]:
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
