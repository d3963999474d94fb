"""Who may be counted: the phrases of a sentence that name people, and how many they are."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from spacy.tokens import Doc, Token

from geomap.events.deaths.counting import words
from geomap.events.deaths.numbers import TOKEN, UNKNOWN, read_count
from geomap.language.word_classes import classes_of

_MOST, _REACH = 80, 80  # phrases of a sentence; characters between two items of a list
_SIGNS = frozenset({'"', "“", "”", "«", "»"})
_PEOPLE = frozenset({"person.1", "people.1", "group.1", "social_group.1", "body.1", "body.3", "death.1"})
_INSIDE = frozenset({"compound", "flat", "fixed", "goeswith"})
_COUNTING = frozenset({"nummod", "compound", "amod", "advmod", "det", "flat"})
_DESCRIBING = frozenset({"det", "amod", "compound", "nmod:poss"})
_JOINT = re.compile(
    r"""
    (?: ,?\s* (?:of|aged)? \s* \d+ (?: \s+ and \s+ \d+ )? )?  # somebody's age
    (?: \s+ (?: of | from | in ) \s+ [\w' -]{1,40}? )?
    (?: ,?\s+ (?: and | plus | along\ with | together\ with | as\ well\ as ) | \s*, )
    \s+ (?: [\w'’-]+ \s+ ){0,2}
    """,
    re.IGNORECASE | re.VERBOSE,
)


class Phrase(NamedTuple):
    """People that may have died."""

    low: int
    """The least they may be."""
    high: int
    """The most they may be."""
    head: Token
    """The noun, number or pronoun that names them."""
    kind: str
    """What names them: number, one, plural, pronoun or them."""
    start: int
    """Offset in the sentence of its first character."""
    end: int
    """Offset after its last character."""


def phrases_of(sentence: str, tree: Doc) -> list[Phrase]:
    """Return the phrases of a sentence that may name the dead, in text order, one a head; of very many the first."""
    found: dict[int, Phrase] = {}
    for phrase in _numbers(sentence, tree):
        found.setdefault(phrase.head.i, phrase)
    for token in tree:
        if token.i not in found and (one := _unnumbered(token)):
            found[token.i] = one
    return _with_pronouns(tree, found)[:_MOST]


def word_at(tree: Doc, offset: int) -> int:
    """Return the index of the first word of a tree that begins at an offset or after it."""
    low, high = 0, len(tree)
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if tree[middle].idx < offset else (low, middle)
    return low


def lists_of(sentence: str, phrases: Sequence[Phrase]) -> list[list[int]]:
    """Return the lists that phrases are the items of, each by their indexes: "a mother and three children"."""
    found: list[list[int]] = []
    of: dict[int, list[int]] = {}
    for number, phrase in enumerate(phrases):
        near = range(number - 1, max(-1, number - 5), -1)
        before = next((at for at in near if _joined(sentence, phrases[at], phrase)), None)
        if before is None:
            found.append([])
        of[number] = found[-1] if before is None else of[before]
        of[number].append(number)
    return found


def _joined(sentence: str, one: Phrase, other: Phrase) -> bool:
    """Whether a phrase goes on with the list that another, before it, is an item of."""
    if other.head.dep_ == "conj" and other.head.head.i == one.head.i:
        return True
    gap = (max(one.end, one.head.idx + len(one.head)), other.start)
    return gap[1] - gap[0] < _REACH and bool(_JOINT.fullmatch(sentence[slice(*gap)]))


def _numbers(sentence: str, tree: Doc) -> Iterator[Phrase]:
    found = [word for word in TOKEN.finditer(sentence) if word[0] not in _SIGNS]
    tokens = [word[0].lower() for word in found]
    index = 0
    while index < len(tokens):
        nobody = tokens[index : index + 2] == ["no", "one"]
        count = None if nobody or tokens[index] == "of" else read_count(tokens, index)
        if count is None:
            index += 1 + nobody
            continue
        span = (found[index].start(), found[count.end - 1].end())
        number = _number(tree, span)
        percent = tokens[count.end : count.end + 1] == ["%"]
        if number is not None and not percent:
            yield Phrase(count.low, count.high, _counted(number), "number", *span)
        index = count.end


def _number(tree: Doc, span: tuple[int, int]) -> Token | None:
    """Return the word of a tree that the others of a number hang on, the last of several."""
    inside = [*tree[word_at(tree, span[0]) : word_at(tree, span[1])]]
    indexes = {one.i for one in inside}
    return next((one for one in reversed(inside) if one.head.i == one.i or one.head.i not in indexes), None)


def _counted(number: Token) -> Token:
    """Return the noun that a number counts, or the number itself where it stands alone."""
    if number.dep_ in _COUNTING and number.head.tag_[:2] in ("NN", "JJ") and number.head.i > number.i:
        return number.head
    token = number
    while token.i + 1 < len(token.doc) and token.nbor().tag_[:2] in ("NN", "JJ"):
        token = token.nbor()
    return token


def _unnumbered(token: Token) -> Phrase | None:
    start, end = int(token.idx), int(token.idx) + len(token)
    if token.lower_ in words("one_person"):
        return Phrase(1, 1, token, "pronoun", start, end) if token.dep_ != "nmod:poss" else None
    left = [child for child in token.children if child.i < token.i]
    if (token.dep_ in _INSIDE and not _begins_list(token)) or any(child.lower_ in words("denying") for child in left):
        return None
    classes = classes_of(token.tag_, token.lower_)
    if token.tag_ not in ("NN", "NNS") or (classes and _PEOPLE.isdisjoint(classes)):
        return None
    start = min([start, *(int(child.idx) for child in left if child.dep_ in _DESCRIBING)])
    many = UNKNOWN if token.tag_ == "NNS" else 1 + (token.lower_ == "couple")
    return Phrase(many, many, token, "plural" if token.tag_ == "NNS" else "one", start, end)


def _begins_list(token: Token) -> bool:
    """Whether a list goes on after a word: "a mayor and three men", whose first item parsers take for a compound."""
    return token.i + 1 < len(token.doc) and token.nbor().lower_ in ("and", ",")


def _with_pronouns(tree: Doc, found: Mapping[int, Phrase]) -> list[Phrase]:
    """Return phrases in text order with those of "them", who are as many as the people named last before."""
    result: list[Phrase] = []
    before: Phrase | None = None
    for token in tree:
        phrase = found.get(token.i)
        if phrase is None and before and token.lower_ in words("many_people"):
            phrase = before._replace(head=token, kind="them", start=int(token.idx), end=int(token.idx) + len(token))
        if phrase is not None:
            result.append(phrase)
            if phrase.high > 1 and phrase.head.tag_ in ("NN", "NNS") and phrase.kind in ("number", "plural"):
                before = phrase
    return result
