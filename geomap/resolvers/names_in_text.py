"""Places that a text speaks of beside its mentions: they tell where a report is set, but are never answers."""

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from geomap.gazetteers.names import normalize
from geomap.resolvers.candidates import Lookup
from geomap.resolvers.words_around import Wording, may_be_river, wording_around
from geomap.types import Candidate, Document, Mention, Relation, Sentence

MAX_SPOKEN = 40
"""Places read from the text of a document beside its mentions; the first ones."""

_MAX_READINGS = 4
_RUN = re.compile(r"[^\W\d_a-z][\w’'-]*\.?(?: (?:(?:of|de|la|del|da|do) )?[^\W\d_a-z][\w’'-]*)*")
_OPENERS = frozenset(
    ["the", "in", "at", "on", "from", "for", "near", "of", "to", "and", "but", "by", "with", "as", "it", "its", "he",
     "she", "they", "this", "that", "after", "before", "while", "when", "since", "under", "over", "between", "both",
     "a", "an", "today", "then", "there", "his", "her", "their", "is", "was", "are", "were", "also",
     "most", "many", "some"]
)  # fmt: skip
_TWO_NAMES = re.compile(r"(?=\b([A-Z][a-z’']+|[A-Z][a-z]{1,3}\.) (?:[A-Z]\. )?([A-Z][\w’'-]+))")


def surnames_of(text: str) -> frozenset[str]:
    """Return the capitalised words that stand behind another one somewhere in a text, such as surnames."""
    return frozenset(m[2] for m in _TWO_NAMES.finditer(text) if m[1].lower() not in _OPENERS)


@dataclass(frozen=True, slots=True)
class NameInText:
    """A name in a text, with what the words around it ask for."""

    mention: Mention
    wording: Wording
    is_mention: bool
    """Whether an answer is asked for."""
    surname: bool = False
    """Whether the text has it behind another name or a title somewhere: "Ms. Burbank"."""
    in_outlet: bool = False
    """Whether it stands in the name of the outlet, not in the text."""


def names_in_text(
    document: Document,
    sentences: Sequence[Sentence],
    mentions: Sequence[Mention],
    relations: Sequence[Relation],
    lookup: Lookup,
    *,
    outlet: Sequence[str],
) -> tuple[tuple[NameInText, ...], tuple[Relation, ...]]:
    """Return the mentions of a document and the other places that its text speaks of, and what it says of how they lie.

    Parameters
    ----------
    document, sentences, mentions, relations
        As given to a resolver.
    lookup
        Candidates of a name.
    outlet
        Place names in the name of the outlet: they come last, as if in a sentence of their own.
    """
    others = _others(document, sentences, mentions, lookup)
    both = sorted([*((m, True) for m in mentions), *((m, False) for m in others)], key=lambda pair: pair[0].start)
    together = tuple(mention for mention, _ in both)
    place = {id(mention): index for index, (mention, _) in enumerate(both)}
    moved = [place[id(mention)] for mention in mentions]
    relations = tuple(
        replace(r, subject=None if r.subject is None else moved[r.subject], anchor=moved[r.anchor]) for r in relations
    )
    by_subject: dict[int | None, list[Relation]] = {}
    for relation in relations:
        by_subject.setdefault(relation.subject, []).append(relation)
    surnames = surnames_of(document.text)
    wordings = _wordings(document.text, together, by_subject, lookup)
    in_text = (
        NameInText(mention, wording, is_mention, surname=mention.toponym in surnames)
        for (mention, is_mention), wording in zip(both, wordings, strict=True)
    )
    named = {normalize(mention.toponym) for mention in together}
    return (*in_text, *_in_outlet(document, len(sentences), outlet, named)), relations


def _wordings(
    text: str, mentions: Sequence[Mention], told: Mapping[int | None, Sequence[Relation]], lookup: Lookup
) -> list[Wording]:
    """Return what is asked for each name; what is asked of a list is asked of all its names."""
    found = [wording_around(text, mention, told.get(index, ())) for index, mention in enumerate(mentions)]
    for index, wording in enumerate(found):
        if wording.many:
            for other in _list_of(index, told):
                found[other] = found[other] if found[other].level else replace(found[other], level=wording.level)
        elif not wording.level and may_be_river(text, mentions[index]) and _is_river(mentions[index].toponym, lookup):
            found[index] = replace(wording, level="water")
    return found


def _list_of(index: int, told: Mapping[int | None, Sequence[Relation]]) -> set[int]:
    """Return the other names of the list that a name stands in."""
    seen, reached = {index}, [index]
    while reached:
        for relation in told.get(reached.pop(), ()):
            if relation.kind == "beside" and relation.anchor not in seen:
                seen.add(relation.anchor)
                reached.append(relation.anchor)
    return seen - {index}


def _is_river(toponym: str, lookup: Lookup) -> bool:
    """Whether a name is that of a river and of no country: "the Congo" may be either."""
    known = (*lookup(toponym), *lookup(f"{toponym} River"))
    return any(c.entry.level == "water" for c in known) and not any(c.entry.level == "country" for c in known)


def _in_outlet(document: Document, sentence: int, outlet: Sequence[str], known: Set[str]) -> Iterator[NameInText]:
    """Yield the places in the name of the outlet that the text does not name."""
    end = len(document.text)
    for name in outlet:
        if normalize(name) not in known:
            mention = Mention(document_id=document.id, sentence=sentence, start=end, end=end, toponym=name)
            yield NameInText(mention, Wording(), is_mention=False, in_outlet=True)


def _others(
    document: Document, sentences: Sequence[Sentence], mentions: Sequence[Mention], lookup: Lookup
) -> list[Mention]:
    """Return the capitalised names of prominent places that are no mentions."""
    taken = [(mention.start, mention.end) for mention in mentions]
    asked = {normalize(mention.toponym) for mention in mentions}
    found: list[Mention] = []
    sentence = 0
    for match in _RUN.finditer(document.text):
        start, end = _without_openers(match)
        while sentence + 1 < len(sentences) and sentences[sentence + 1].start <= start:
            sentence += 1
        name = document.text[start:end]
        if len(name) < 2 or any(left < end and start < right for left, right in taken) or normalize(name) in asked:
            continue
        if readings(name, lookup):
            found.append(Mention(document_id=document.id, sentence=sentence, start=start, end=end, toponym=name))
        if len(found) == MAX_SPOKEN:
            break
    return found


def _without_openers(match: re.Match[str]) -> tuple[int, int]:
    """Return the span of a run of capitalised words without "In the" at its beginning and the stop at its end."""
    start, end = match.span()
    words = match.group().split(" ")
    while words and words[0].lower() in _OPENERS:
        start += len(words.pop(0)) + 1
    if words and len(words[-1]) > 4:
        end -= words[-1].endswith(".")
    text = match.string[start:end]
    return (start, end - 2) if text.endswith(("'s", "’s")) else (start, end)


def readings(name: str, lookup: Lookup) -> tuple[Candidate, ...]:
    """Return what a name that is no mention may refer to: prominent places only, the most prominent first."""
    several = " " in name
    kept = [c for c in lookup(name) if _is_telling(c, several=several)]
    kept.sort(key=lambda c: (not c.entry.feature_code.startswith("PCL"), -c.entry.population, c.entry.id))
    return tuple(kept[:_MAX_READINGS])


def _is_telling(candidate: Candidate, *, several: bool) -> bool:
    """Whether a name in capitals is likely to be this place: people and firms have small places' names."""
    entry = candidate.entry
    if candidate.name_kind in ("historic", "demonym"):
        return candidate.name_kind == "demonym"
    if entry.feature_code.startswith("PCL") or entry.feature_code == "ADM1":
        return True
    if entry.feature_code == "ADM2":
        return several and candidate.name_kind == "primary"
    return entry.feature_class == "P" and entry.population >= (20_000 if several else 100_000)
