"""What a text says of where places lie against each other, read once, as data: who, from whom, how far, which way.

Read are containers ("Kuriga, Kaduna State", "Al Kalakla (Jebel Awlia, Khartoum)"), nearness, directions and distances
("Synkivka, northeast of Kupiansk"), anchors that a list hangs on ("northeast of Kharkiv near Vovchansk and Lyptsi", "on
the Lyman axis … near Nove"), headings, and lists. Anchors are told from the words between two names, of which nearly
all must be words that join names: a verb between them ends an anchor's reach.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from geomap.language.distances import Offset, offset_in
from geomap.language.lines import opens_line
from geomap.language.saying import is_where_one_speaks
from geomap.language.word_lists import NAMED_UNIT, NAMED_UNIT_OR_MORE, POINT_OF_EIGHT, SETTLEMENT, SETTLEMENT_WORDS
from geomap.types import Mention, Relation, Sentence, Span

_WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*|[,;:()/&.–—-]")
_JOINING = frozenset(
    ["and", "or", "as", "well", "the", "to", "toward", "towards", "near", "in", "at", "around", "of", "both", "also",
     "nearby", "neighbouring", "neighboring", "along", "with", "plus", "direction", "directions", "outside", "close",
     "area", "areas", "vicinity", "community", "communities", "district", "districts", "against", "on", "outskirts",
     "from", "into", "further", "farther", "then", ",", "/", "&", *SETTLEMENT_WORDS]
)  # fmt: skip
"""Words that may stand between an anchor and the names that hang on it, and between the names of a list."""

_SEPARATING = frozenset(["and", "or", ",", "/", "&", "plus", "well"])
_DESCRIBING = frozenset(
    ["a", "an", "the", "all", "both", "some", "about", "located", "situated", "lies", "lie", "lying", "which", "that",
     "is", "are", "just", "small", "border", "area", "areas", ",", "(", "–", "—", "roughly", "approximately", "only",
     "around", "well", "far", "one", *SETTLEMENT_WORDS]
)  # fmt: skip
"""Words that may stand between a name and the words that say where it lies: "Nove and Ridkodub, all some"."""

_AXIS_AFTER = re.compile(
    r"\s+(?:city\s+)?(?:axis|axes|directions?|sectors?|front|area|salient|pocket|bridgehead)\b", re.I
)
_PRONOUN = re.compile(
    rf"""
    (?P<words>(?:[\w.,]+\s+ (?: km | kilomet (?: er | re ) s | miles ) \s+)? {POINT_OF_EIGHT} \s+of) \s+
    (?: it | there | here | them | the\s+ {SETTLEMENT} ) \b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_BRACKET = re.compile(r"\s+\(")
_LEVELS = re.compile(rf"(?:[\s,;/]|\b(?:the|in|{NAMED_UNIT_OR_MORE})\b)*", re.IGNORECASE)
_UNIT_AFTER = re.compile(rf"\s+(?:autonomous\s+)?{NAMED_UNIT_OR_MORE}\b", re.IGNORECASE)
_PART_OF = re.compile(
    r"\s+(?:neighbou?rhood|quarter|suburb|district|area|commune|municipality)s?\s+of\s+(?:the\s+)?(?:\w+ern\s+)?",
    re.IGNORECASE,
)
_INSIDE = re.compile(
    rf"""
    (?:\s+ (?: {NAMED_UNIT} | {SETTLEMENT} ))? (?:
          ,
        | ,?\s+in\s+ (?:the\s+)? (?:\w+\s+){{0,2}}
        | ,\s+ (?: a | the ) \s+ (?:[\w-]+\s+){{1,4}} (?: in | of ) \s+ (?:the\s+)?
    ) \s* (?:the\s+)?
    """,
    re.IGNORECASE | re.VERBOSE,
)
_OWNING = re.compile(
    rf"""
      [’']s\s+ (?:\w+[\s-]){{0,3}}
    | \s+ (?:region\s+)? (?: {SETTLEMENT} | district ) [ ]of\s+
    | \s+{NAMED_UNIT}\s+ (?: near | at | around | outside ) \s+
    """,
    re.IGNORECASE | re.VERBOSE,
)
_LIST_GOES_ON = re.compile(rf",?\s+(?:and|or)\s|,\s+[A-Z]|\s+(?!{NAMED_UNIT})[a-z]")
_BEFORE_ALL = re.compile(
    r"^\W*(?:in|across|over)\s+(?:the\s+)?(?:\w+ern\s+)?(?:[\w ]{2,30}[’']s\s+)?(?:\w+ern\s+)?$", re.IGNORECASE
)
_HEADING_WORDS = 9
"""Most words of a line that heads others, as front-line updates and situation reports have them."""

_OPENING_WORDS = 7
"""Most words before an anchor that opens its sentence: "About 20 kilometres south-east of the town of"."""

_REACH = 60
"""Most characters between two names that are told together: the longest such gap in the reports of the tests is 44."""


LISTED, PART_OF, UNDER = "in a list", "part of", "under"
"""What `Relation.words` says of containers that may be none ("Mali, Niger and Chad"), that leave no doubt ("the San
Francisco district of Caracas"), and that head a passage."""


@dataclass(frozen=True, slots=True)
class _Anchor:
    """A name that what follows is told from."""

    index: int
    offset: Offset
    words: str
    governs: bool = False
    """Whether it governs its whole sentence: "On the Lyman axis, …", "West of Kreminna, …"."""


def relations_of(text: str, sentences: Sequence[Sentence], mentions: Sequence[Mention]) -> tuple[Relation, ...]:
    """Return what a text says of where the places lie that it names.

    Parameters
    ----------
    text
        The document's text.
    sentences
        In text order.
    mentions
        In text order; relations refer to them by their indices.

    Returns
    -------
        Sorted by subject, those without one first, then by anchor; empty when the text names fewer than two places and
        moves no point off one.
    """
    groups: dict[int, list[int]] = {}
    for index, mention in enumerate(mentions):
        if not mention.demonym:
            groups.setdefault(mention.sentence, []).append(index)
    found: list[Relation] = []
    for group in groups.values():
        found += _containers(text, mentions, group)
        found += _anchored(text, sentences, mentions, [i for i in group if mentions[i].role != "embedded"])
    found += _under_headings(text, sentences, mentions, groups)
    kept = {(r.subject, r.anchor, r.kind): r for r in sorted(found, key=lambda r: r.sure)}
    return tuple(sorted(kept.values(), key=lambda r: (-1 if r.subject is None else r.subject, r.anchor, r.kind)))


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]


def _joins(words: Sequence[str]) -> bool:
    """Whether words between two names only join them."""
    return all(word in _JOINING for word in words)


def _is_list(words: Sequence[str]) -> bool:
    """Whether the names on either side of some words stand in one list."""
    return bool(words) and _joins(words) and not _SEPARATING.isdisjoint(words)


def _anchored(
    text: str, sentences: Sequence[Sentence], mentions: Sequence[Mention], group: Sequence[int]
) -> Iterator[Relation]:
    """Yield what the names of a sentence say of each other: nearness, directions, axes and lists."""
    anchor: _Anchor | None = None
    lists: dict[int, list[int]] = {}
    anchored: set[int] = set()
    previous: int | None = None
    for index in group:
        mention = mentions[index]
        start = mentions[previous].end if previous is not None else sentences[mention.sentence].start
        gap = text[start : mention.start]
        words = _words(gap) if len(gap) <= _REACH * 2 else ["…"]
        pronoun = _PRONOUN.search(gap)
        offset = offset_in(mention.relation)
        directed = offset.bearing is not None or (offset.km is not None and mention.relation != "between")
        if previous is not None and not pronoun and not directed and _is_list(words):
            lists[index] = lists.get(previous, [previous])
            lists[index].append(index)
            lists.setdefault(previous, lists[index])
            yield Relation(kind="beside", subject=index, anchor=previous, words="with")
            yield Relation(kind="beside", subject=previous, anchor=index, words="with")
        if pronoun and anchor is not None:
            anchor = replace(anchor, offset=offset_in(pronoun["words"]), words=pronoun["words"])
            words = _words(gap[pronoun.end() :])
        elif mention.relation and previous is not None and previous not in anchored:
            open_anchor = anchor is not None and anchor.index == previous and not directed and _joins(words)
            if not open_anchor and _told_before(text, mentions[previous], mention):
                subjects = lists.get(previous, [previous])
                yield from (_relation(s, _Anchor(index, offset, mention.relation)) for s in subjects)
                anchored.update(subjects)
                previous = index
                continue
        if _AXIS_AFTER.match(text, mention.end):
            anchor = _Anchor(index, Offset(km=None, bearing=None), "around", governs=True)
        elif directed and mention.role == "literal":
            opens = previous is None and text.startswith(",", mention.end) and _opens(gap, mention.relation)
            anchor = _Anchor(index, offset, mention.relation, governs=opens)
            yield _relation(None, anchor)
        elif anchor is not None and mention.role == "literal" and not is_where_one_speaks(text, mention):
            if anchor.governs or _joins(words):
                yield _relation(index, anchor)
                anchored.add(index)
            else:
                anchor = None
        previous = index


def _opens(gap: str, relation: str) -> bool:
    """Whether the words up to an anchor tell but where: "About 20 km south-east of", not "Troops stood south of"."""
    position = gap.lower().replace("\n", " ").find(relation.split("…")[0].strip().lower())
    words = _words(gap[: max(0, position)])
    return len(_words(gap)) <= _OPENING_WORDS and all(word in _DESCRIBING or word in _JOINING for word in words)


def _told_before(text: str, subject: Mention, anchor: Mention) -> bool:
    """Whether the words that lead to an anchor are said of the name right before them: "Synkivka, northeast of"."""
    gap = text[subject.end : anchor.start]
    position = gap.lower().replace("\n", " ").find(anchor.relation.split("…")[0].strip().lower())
    if position < 0 or len(gap) > _REACH:
        return False
    between = _words(gap[:position])
    return all(word in _DESCRIBING for word in between)


def _relation(subject: int | None, anchor: _Anchor) -> Relation:
    offset = anchor.offset
    kind = "near" if offset.bearing is None else "direction"
    if anchor.words == "between":
        kind = "between"
    return Relation(
        kind=kind,  # type: ignore[arg-type]
        subject=subject,
        anchor=anchor.index,
        bearing=offset.bearing,
        km=offset.km,
        sure=kind != "between",
        words=anchor.words,
    )


def _containers(text: str, mentions: Sequence[Mention], group: Sequence[int]) -> Iterator[Relation]:
    """Yield which names are said to lie in which: "Sudzha, Kursk region", "Russia's Kursk", "In Kursk region, …"."""
    for one, two in pairwise(group):
        gap = text[mentions[one].end : mentions[two].start]
        if len(gap) > _REACH:
            continue
        if _PART_OF.fullmatch(gap):
            yield Relation(kind="in", subject=one, anchor=two, sure=True, words=PART_OF)
        elif _INSIDE.fullmatch(gap) and not is_where_one_speaks(text, mentions[two]):
            listed = bool(_LIST_GOES_ON.match(text, mentions[two].end)) and not gap.strip(" ,")
            yield Relation(kind="in", subject=one, anchor=two, sure=not listed, words=LISTED if listed else "in")
            if not listed and gap.strip(" ,"):
                yield from (
                    Relation(kind="in", subject=other, anchor=two, words="in")
                    for other in _list_before(text, mentions, group, one)
                )
        elif _OWNING.fullmatch(gap):
            yield Relation(kind="in", subject=two, anchor=one, sure=False, words="of")
    yield from _in_brackets(text, mentions, group)
    first = group[0]
    line = text.rfind("\n", 0, mentions[first].start) + 1
    stop = text.rfind(". ", line, mentions[first].start)
    stop = line if stop < 0 else stop + 1
    for place, index in enumerate(group[:2]):
        opens = _BEFORE_ALL.match(text[stop : mentions[index].start])
        if opens and _UNIT_AFTER.match(text, mentions[index].end):
            yield from (Relation(kind="in", subject=other, anchor=index, words="in") for other in group[place + 1 :])


def _list_before(text: str, mentions: Sequence[Mention], group: Sequence[int], last: int) -> Iterator[int]:
    """Yield the names of the list that ends with a name, from the last but one backwards."""
    position = group.index(last)
    for one, two in zip(reversed(group[:position]), reversed(group[1 : position + 1]), strict=True):
        if not _is_list(_words(text[mentions[one].end : mentions[two].start])):
            return
        yield one


def _in_brackets(text: str, mentions: Sequence[Mention], group: Sequence[int]) -> Iterator[Relation]:
    """Yield the containers in brackets after a name, each inside those that follow: "(Jebel Awlia, Khartoum)"."""
    for place, subject in enumerate(group):
        opened = _BRACKET.match(text, mentions[subject].end)
        closed = text.find(")", mentions[subject].end, mentions[subject].end + _REACH * 2) if opened else -1
        inside = [index for index in group[place + 1 :] if mentions[index].end <= closed]
        names = [mentions[index] for index in inside]
        if opened is None or not _holds_names_alone(text, (opened.end(), closed), names):
            continue
        for position, one in enumerate([subject, *inside]):
            yield from (
                Relation(kind="in", subject=one, anchor=two, sure=True, words="in")
                for two in inside[position:]
                if two != one
            )


def _holds_names_alone(text: str, span: Span, names: Sequence[Mention]) -> bool:
    """Whether a bracket holds nothing but names with their levels: not "(Bakhmut to its Moscow-appointed mayor)"."""
    if not names or span[1] < span[0] or any(name.role == "embedded" for name in names):
        return False
    bounds = [span[0], *(bound for name in names for bound in (name.start, name.end)), span[1]]
    between = (text[start:end] for start, end in zip(bounds[::2], bounds[1::2], strict=True))
    return all(_LEVELS.fullmatch(piece) for piece in between)


def _under_headings(
    text: str, sentences: Sequence[Sentence], mentions: Sequence[Mention], groups: dict[int, list[int]]
) -> Iterator[Relation]:
    """Yield for the names under a heading that they lie in, or near, the places that it names."""
    heads: list[int] = []
    for sentence in sentences:
        group = groups.get(sentence.index, [])
        if _is_heading(text, sentence, mentions, group):
            heads = group
            continue
        for index in group:
            others = [head for head in heads if mentions[head].toponym != mentions[index].toponym]
            if mentions[index].role == "literal":
                yield from (Relation(kind="in", subject=index, anchor=head, words=UNDER) for head in others)


def _is_heading(text: str, sentence: Sentence, mentions: Sequence[Mention], group: Sequence[int]) -> bool:
    """Whether a sentence is a line of its own that heads what follows, or a name and a stop: "Cauca."."""
    words = text[sentence.start : sentence.end]
    begins = opens_line(text, sentence.start)
    if begins and len(group) == 1 and not _words(words[: mentions[group[0]].start - sentence.start]):
        rest = _words(_UNIT_AFTER.sub("", text[mentions[group[0]].end : sentence.end]))
        if all(word in (".", ":", "city", "–", "—") for word in rest):
            return True
    alone = begins and (sentence.end >= len(text) or text[sentence.end :].lstrip(" :").startswith("\n"))
    return alone and not words.endswith((".", "!", "?", ";", ",")) and len(words.split()) <= _HEADING_WORDS
