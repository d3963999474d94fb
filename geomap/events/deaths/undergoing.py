"""Who died, by the syntax and the senses of words: what people undergo, or are the subject of, is killing or dying."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from spacy.tokens import Doc, Token

from geomap.events.deaths.counting import words
from geomap.events.deaths.people import Phrase, lists_of, phrases_of
from geomap.language.syntax import is_passive
from geomap.language.word_classes import classes_of, lemma_of
from geomap.types import Span

_DEEPEST = 6  # nouns that one hangs on
_NOMINAL = frozenset({"appos", "conj", "nummod", "compound", "flat", "list"})
_UNDERGOES = frozenset({"obj", "nsubj:pass", "iobj"})
_SHARING = frozenset({"conj", "advcl", "ccomp"})
_PARTICLES = frozenset({"compound:prt", "advmod", "xcomp"})
_KILLING, _DYING = "kill.1", "die.1"
_RESULTS = frozenset({"dead", "death", "fatally"})
NOT_ON_THE_BODY = frozenset({"declare.1", "stimulate.3"})
"""Senses of verbs that do nothing to a body: who is sentenced or scared to death lives."""


class Dead(NamedTuple):
    """People of one list that died."""

    low: int
    """The least they are."""
    high: int
    """The most they are."""
    span: Span
    """Offsets in the sentence, from the first of their phrases and the verb that tells of them to the last."""


def dead_in(sentence: str, tree: Doc) -> list[Dead]:
    """Return who died by the syntax of a sentence, one a list of people, in text order.

    They undergo a verb of killing ("the butchered herders"), are the subject of one of dying, or of either of those
    with the result "dead" or "to death" ("hacked two men to death", "turned up dead"). What may come, is wanted or is
    denied does not count. Only where people are counted, alone or a pronoun: a bare plural is told of too loosely.
    """
    phrases = phrases_of(sentence, tree)
    verbs = [next(_verbs_of_death(one), None) for one in phrases]
    lists = ([index for index in indexes if verbs[index]] for indexes in lists_of(sentence, phrases))
    return [_together([phrases[at] for at in one], [verb for at in one if (verb := verbs[at])]) for one in lists if one]


def people_joined(sentence: str, tree: Doc) -> list[Dead]:
    """Return the lists of people joined by "and", each with a number or article, that a sentence names."""
    phrases = phrases_of(sentence, tree)
    found = []
    for indexes in lists_of(sentence, phrases):
        items = [
            phrases[at] for at in indexes if phrases[at].kind in ("number", "one") and _is_person(phrases[at].head)
        ]
        joined = len(items) > 1 and sentence[max(0, items[-1].start - 5) : items[-1].start].rstrip().endswith(" and")
        if joined and all(one.start < one.head.idx for one in items):
            found.append(_together(items, []))
    return found


def _is_person(token: Token) -> bool:
    """Whether a word is of people, or of what WordNet does not know; a number or pronoun may always be."""
    classes = classes_of(token.tag_, token.lower_)
    if token.lower_ in words("things"):
        return False
    return not classes or "person.1" in classes or "people.1" in classes


def _together(items: Sequence[Phrase], verbs: Sequence[Token]) -> Dead:
    starts = [*(one.start for one in items), *(int(verb.idx) for verb in verbs)]
    ends = [*(max(one.end, _end(one.head)) for one in items), *map(_end, verbs)]
    return Dead(sum(one.low for one in items), sum(one.high for one in items), (min(starts), max(ends)))


def _end(token: Token) -> int:
    return int(token.idx) + len(token)


def _verbs_of_death(phrase: Phrase) -> Iterator[Token]:
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


def _verbs_of(phrase: Phrase) -> Iterator[tuple[str, Token]]:
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
