"""Apply corrections to parsed documents, and keep account of which of them still match.

The narrowest counts: what is said of one span over what is said of a document, and that over what is said of every
document; of two alike the later. Facts about an event add up, so that one row may give its day and another its toll.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from geomap.corrections.events import corrected_events
from geomap.corrections.matching import Rule
from geomap.corrections.mentions import corrected_mentions
from geomap.corrections.places import Places
from geomap.corrections.records import ANY, Correction
from geomap.corrections.tally import Tally
from geomap.types import Gazetteer, ParsedDocument


def corrected(parsed: Iterable[ParsedDocument], tally: Tally, *, gazetteer: Gazetteer) -> Iterator[ParsedDocument]:
    """Apply corrections to parsed documents, one by one as they are asked for.

    A name that is no place is no mention any more, and what happened there has no place; an event that is none is left
    out; a span that nobody had found becomes a mention. Whatever was changed or confirmed says in ``corrected_by`` by
    whom.

    Parameters
    ----------
    parsed
        Such as `Geoparser.parse` yields.
    tally
        The corrections; afterwards its `Tally.outcomes` tell which of them match.
    gazetteer
        For the entries that the corrections name.

    Yields
    ------
        One document a document, in the same order.
    """
    rules = rules_by_document(tally.corrections)
    places = Places(gazetteer)
    for one in parsed:
        tally.saw(one.document.id)
        own = rules_of(one, rules)
        yield _corrected(one, own, places, tally) if own else one


Rules = Mapping[tuple[str, str], Sequence[Rule]]
"""Corrections by document and, of those of any document, by words."""


def rules_by_document(rows: Iterable[Correction]) -> Rules:
    """Return corrections so that `rules_of` finds those of a document among many."""
    rules: Mapping[tuple[str, str], list[Rule]] = defaultdict(list)
    for number, row in enumerate(rows):
        rules[row.document, row.words if row.document == ANY else ""].append((number, row))
    return rules


def rules_of(parsed: ParsedDocument, rules: Rules) -> list[Rule]:
    """Return the corrections that may speak of a document, the narrowest and latest last."""
    text = parsed.document.text
    words = {one.toponym for one in parsed.mentions} | {text[one.start : one.end] for one in parsed.events}
    found = [rule for name in words for rule in rules.get((ANY, name), ())]
    return sorted((*found, *rules.get((parsed.document.id, ""), ())), key=lambda rule: (-rule[1].breadth, rule[0]))


def _corrected(parsed: ParsedDocument, rules: Sequence[Rule], places: Places, tally: Tally) -> ParsedDocument:
    usable = []
    for number, row in rules:
        problem = places.problem(row)
        if problem:
            tally.lost(number, problem)
        else:
            usable.append((number, row))
    parsed = corrected_mentions(parsed, [rule for rule in usable if rule[1].about == "mention"], places, tally)
    events = corrected_events(parsed, [rule for rule in usable if rule[1].about == "event"], places, tally)
    return replace(parsed, events=events)
