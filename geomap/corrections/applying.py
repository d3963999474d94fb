"""Apply corrections to parsed documents, and keep account of which of them still match.

The narrowest counts: what is said of one span over what is said of a document, and that over what is said of every
document; of two alike the later. Facts about an event add up, so that one row may give its day and another its toll.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from geomap.corrections.corrected_events import corrected_events
from geomap.corrections.corrected_mentions import Places, corrected_mentions
from geomap.corrections.matching import Rule, Tally
from geomap.corrections.records import ANY, About, Correction
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
        own = usable_rules(one, rules, places, tally)
        yield _corrected(one, own, places, tally) if any(own.values()) else one


Rules = Mapping[tuple[str, str], Sequence[Rule]]
"""Corrections by document and, of those of any document, by words."""


def rules_by_document(rows: Iterable[Correction]) -> Rules:
    """Return corrections so that `rules_of` finds those of a document among many."""
    rules: Mapping[tuple[str, str], list[Rule]] = defaultdict(list)
    for number, row in enumerate(rows):
        rules[row.document, row.words if row.document == ANY else ""].append((number, row))
        if row.same_document:
            rules[row.same_document, ""].append((number, row.mirrored()))
    return rules


def rules_of(parsed: ParsedDocument, rules: Rules) -> list[Rule]:
    """Return the corrections that may speak of a document, the narrowest and latest last."""
    text = parsed.document.text
    words = {one.toponym for one in parsed.mentions} | {text[one.start : one.end] for one in parsed.events}
    found = [rule for name in words for rule in rules.get((ANY, name), ())]
    return sorted((*found, *rules.get((parsed.document.id, ""), ())), key=lambda rule: (-rule[1].breadth, rule[0]))


def usable_rules(parsed: ParsedDocument, rules: Rules, places: Places, tally: Tally) -> Mapping[About, Sequence[Rule]]:
    """Return the corrections of mentions and of events that may speak of a document, as `rules_of` orders them.

    Those whose place the gazetteer does not have are left out, and written down as lost.
    """
    tally.saw(parsed.document.id)
    usable: dict[About, list[Rule]] = {"mention": [], "event": []}
    for number, row in rules_of(parsed, rules):
        problem = places.problem(row)
        if problem:
            tally.lost(number, problem)
        else:
            usable[row.about].append((number, row))
    return usable


def _corrected(
    parsed: ParsedDocument, rules: Mapping[About, Sequence[Rule]], places: Places, tally: Tally
) -> ParsedDocument:
    parsed = corrected_mentions(parsed, rules["mention"], places, tally)
    return replace(parsed, events=corrected_events(parsed, rules["event"], places, tally))
