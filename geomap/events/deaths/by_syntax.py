"""Who died, by the syntax and the senses of words: what people undergo, or are the subject of, is killing or dying.

The phrases of a sentence that name people are found first, with how many each names; of a list all are counted.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from spacy.tokens import Doc, Token

from geomap.events.deaths.numbers import UNKNOWN, Toll, read_count, words, written_words
from geomap.language.syntax import is_passive, top_of
from geomap.language.word_classes import classes_of, lemma_of

_MOST, _REACH = 80, 80  # phrases of a sentence; characters between two items of a list
_DEEPEST = 6  # nouns that one hangs on
_PEOPLE = frozenset({"person.1", "people.1", "group.1", "social_group.1", "body.1", "body.3", "death.1"})
_INSIDE = frozenset({"compound", "flat", "fixed", "goeswith"})
_COUNTING = frozenset({"nummod", "compound", "amod", "advmod", "det", "flat"})
_DESCRIBING = frozenset({"det", "amod", "compound", "nmod:poss"})
_NOMINAL = frozenset({"appos", "conj", "nummod", "compound", "flat", "list"})
_UNDERGOES = frozenset({"obj", "nsubj:pass", "iobj"})
_SHARING = frozenset({"conj", "advcl", "ccomp"})
_PARTICLES = frozenset({"compound:prt", "advmod", "xcomp"})
_KILLING, _DYING = "kill.1", "die.1"
_RESULTS = frozenset({"dead", "death", "fatally"})
NOT_ON_THE_BODY = frozenset({"declare.1", "stimulate.3"})
"""Senses of verbs that do nothing to a body: who is sentenced or scared to death lives."""
_JOINT = re.compile(
    r"""
    (?: ,?\s* (?:of|aged)? \s* \d+ (?: \s+ and \s+ \d+ )? )?  # somebody's age
    (?: \s+ (?: of | from | in ) \s+ [\w' -]{1,40}? )?
    (?: ,?\s+ (?: and | plus | along\ with | together\ with | as\ well\ as ) | \s*, )
    \s+ (?: [\w'’-]+ \s+ ){0,2}
    """,
    re.IGNORECASE | re.VERBOSE,
)


class _Phrase(NamedTuple):
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


def dead_in(sentence: str, tree: Doc) -> list[Toll]:
    """Return who died by the syntax of a sentence, one toll a list of people, in text order.

    They undergo a verb of killing ("the butchered herders"), are the subject of one of dying, or of either of those
    with the result "dead" or "to death" ("hacked two men to death", "turned up dead"). What may come, is wanted or is
    denied does not count. Only where people are counted, alone or a pronoun: a bare plural is told of too loosely.
    """
    phrases = _phrases_of(sentence, tree)
    verbs = [next(_verbs_of_death(one), None) for one in phrases]
    lists = ([index for index in indexes if verbs[index]] for indexes in _lists_of(sentence, phrases))
    return [_together([phrases[at] for at in one], [verb for at in one if (verb := verbs[at])]) for one in lists if one]


def people_joined(sentence: str, tree: Doc) -> list[Toll]:
    """Return the lists of people joined by "and", each with a number or article, that a sentence names."""
    phrases = _phrases_of(sentence, tree)
    found = []
    for indexes in _lists_of(sentence, phrases):
        items = [
            phrases[at] for at in indexes if phrases[at].kind in ("number", "one") and _is_person(phrases[at].head)
        ]
        joined = len(items) > 1 and sentence[max(0, items[-1].start - 5) : items[-1].start].rstrip().endswith(" and")
        if joined and all(one.start < one.head.idx for one in items):
            found.append(_together(items, []))
    return found


def _together(items: Sequence[_Phrase], verbs: Sequence[Token]) -> Toll:
    """Return the sum of a list's items, from the first of their phrases and the verbs that tell of them to the last."""
    starts = [*(one.start for one in items), *(int(verb.idx) for verb in verbs)]
    ends = [*(max(one.end, _end(one.head)) for one in items), *map(_end, verbs)]
    span = (min(starts), max(ends))
    return Toll(low=sum(one.low for one in items), high=sum(one.high for one in items), span=span)


def _end(token: Token) -> int:
    return int(token.idx) + len(token)


def _phrases_of(sentence: str, tree: Doc) -> list[_Phrase]:
    """Return the phrases of a sentence that may name the dead, in text order, one a head; of very many the first."""
    found: dict[int, _Phrase] = {}
    for phrase in _numbers(sentence, tree):
        found.setdefault(phrase.head.i, phrase)
    for token in tree:
        if token.i not in found and (one := _unnumbered(token)):
            found[token.i] = one
    return _with_pronouns(tree, found)[:_MOST]


def _numbers(sentence: str, tree: Doc) -> Iterator[_Phrase]:
    found = written_words(sentence)
    tokens = [word[0].lower() for word in found]
    index = 0
    while index < len(tokens):
        nobody = tokens[index : index + 2] == ["no", "one"]
        count = None if nobody or tokens[index] == "of" else read_count(tokens, index)
        if count is None:
            index += 1 + nobody
            continue
        span = (found[index].start(), found[count.end - 1].end())
        first, last = (bisect_left(tree, offset, key=lambda one: int(one.idx)) for offset in span)
        number = top_of(tree, range(first, last))
        percent = tokens[count.end : count.end + 1] == ["%"]
        if number is not None and not percent:
            yield _Phrase(count.low, count.high, _counted(tree[number]), "number", *span)
        index = count.end


def _counted(number: Token) -> Token:
    """Return the noun that a number counts, or the number itself where it stands alone."""
    if number.dep_ in _COUNTING and number.head.tag_[:2] in ("NN", "JJ") and number.head.i > number.i:
        return number.head
    token = number
    while token.i + 1 < len(token.doc) and token.nbor().tag_[:2] in ("NN", "JJ"):
        token = token.nbor()
    return token


def _unnumbered(token: Token) -> _Phrase | None:
    start, end = int(token.idx), _end(token)
    if token.lower_ in words("one_person"):
        return _Phrase(1, 1, token, "pronoun", start, end) if token.dep_ != "nmod:poss" else None
    left = [child for child in token.children if child.i < token.i]
    if (token.dep_ in _INSIDE and not _begins_list(token)) or any(child.lower_ in words("denying") for child in left):
        return None
    classes = classes_of(token.tag_, token.lower_)
    if token.tag_ not in ("NN", "NNS") or (classes and _PEOPLE.isdisjoint(classes)):
        return None
    start = min([start, *(int(child.idx) for child in left if child.dep_ in _DESCRIBING)])
    many = UNKNOWN if token.tag_ == "NNS" else 1 + (token.lower_ == "couple")
    return _Phrase(many, many, token, "plural" if token.tag_ == "NNS" else "one", start, end)


def _begins_list(token: Token) -> bool:
    """Whether a list goes on after a word: "a mayor and three men", whose first item parsers take for a compound."""
    return token.i + 1 < len(token.doc) and token.nbor().lower_ in ("and", ",")


def _with_pronouns(tree: Doc, found: Mapping[int, _Phrase]) -> list[_Phrase]:
    """Return phrases in text order with those of "them", who are as many as the people named last before."""
    result: list[_Phrase] = []
    before: _Phrase | None = None
    for token in tree:
        phrase = found.get(token.i)
        if phrase is None and before and token.lower_ in words("many_people"):
            phrase = before._replace(head=token, kind="them", start=int(token.idx), end=_end(token))
        if phrase is not None:
            result.append(phrase)
            if phrase.high > 1 and phrase.head.tag_ in ("NN", "NNS") and phrase.kind in ("number", "plural"):
                before = phrase
    return result


def _lists_of(sentence: str, phrases: Sequence[_Phrase]) -> list[list[int]]:
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


def _joined(sentence: str, one: _Phrase, other: _Phrase) -> bool:
    """Whether a phrase goes on with the list that another, before it, is an item of."""
    if other.head.dep_ == "conj" and other.head.head.i == one.head.i:
        return True
    gap = (max(one.end, _end(one.head)), other.start)
    return gap[1] - gap[0] < _REACH and bool(_JOINT.fullmatch(sentence[slice(*gap)]))


def _is_person(token: Token) -> bool:
    """Whether a word is of people, or of what WordNet does not know; a number or pronoun may always be."""
    classes = classes_of(token.tag_, token.lower_)
    if token.lower_ in words("things"):
        return False
    return not classes or "person.1" in classes or "people.1" in classes


def _verbs_of_death(phrase: _Phrase) -> Iterator[Token]:
    """Yield the verbs by which the people of a phrase died."""
    if phrase.kind in ("number", "one", "pronoun", "them") and _is_person(phrase.head):
        described = {child.lower_ for child in phrase.head.children}  # parsers hang "to death" on the people, too
        yield from (verb for part, verb in _verbs_of(phrase) if _tells_of_death(part, verb, described & _RESULTS))


def _tells_of_death(part: str, verb: Token, described: set[str]) -> bool:
    """Whether a verb says that those died who have a part in it."""
    around = {child.lower_ for child in verb.children}
    lemma = lemma_of(verb.tag_, verb.lower_)
    denied = not around.isdisjoint(words("denying"))
    if part == "nsubj" and denied and lemma in words("living"):
        return True
    if denied or not around.isdisjoint(words("not_real")):
        return False
    senses = classes_of(verb.tag_, verb.lower_)
    with_particle = {f"{lemma}_{child.lower_}" for child in verb.children if child.dep_ in _PARTICLES}
    results = described | (around & _RESULTS)
    result = bool(results if NOT_ON_THE_BODY.isdisjoint(senses) else results - {"death"})
    if part in _UNDERGOES or (part in ("acl", "amod", "acl:relcl", "nsubj") and is_passive(verb)):
        shot = lemma == "shoot"  # who is shot may live
        return result or not with_particle.isdisjoint(words("killing_with")) or (_KILLING in senses and not shot)
    if part != "nsubj":
        return False
    alone = not any(child.dep_ == "obj" for child in verb.children)  # "lay dead", not "beat him to death"
    dying = _DYING in senses and _KILLING not in senses
    return dying or (result and alone) or not with_particle.isdisjoint(words("dying_with"))


def _verbs_of(phrase: _Phrase) -> Iterator[tuple[str, Token]]:
    """Yield the verbs that tell of the people of a phrase, each with the part that they have in it."""
    last = phrase.head
    for _ in range(_DEEPEST):
        if last.dep_ not in _NOMINAL:
            break
        last = last.head
    yield last.dep_, last.head
    for child in last.head.children:
        if child.dep_ == "xcomp" or (child.dep_ in _SHARING and last.dep_.startswith("nsubj") and not _own(child)):
            yield last.dep_, child
    for child in phrase.head.children:
        if child.dep_ in ("acl", "acl:relcl", "amod"):
            yield child.dep_, child


def _own(verb: Token) -> bool:
    return any(child.dep_.startswith("nsubj") for child in verb.children)
