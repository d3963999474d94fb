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
_KILLING, _DYING = "kill.1", "die.1"
_RESULTS = frozenset({"dead", "death"})


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


def _together(items: Sequence[Phrase], verbs: Sequence[Token]) -> Dead:
    starts = [*(one.start for one in items), *(int(verb.idx) for verb in verbs)]
    ends = [*(max(one.end, _end(one.head)) for one in items), *map(_end, verbs)]
    return Dead(sum(one.low for one in items), sum(one.high for one in items), (min(starts), max(ends)))


def _end(token: Token) -> int:
    return int(token.idx) + len(token)


def _verbs_of_death(phrase: Phrase) -> Iterator[Token]:
    """Yield the verbs by which the people of a phrase died."""
    classes = classes_of(phrase.head.tag_, phrase.head.lower_)
    if phrase.kind not in ("number", "one", "pronoun", "them") or "time_period.1" in classes:
        return
    if phrase.kind == "one" and "person.1" not in classes:
        return
    for part, verb in _verbs_of(phrase):
        if any(child.lower_ in words("not_real") or child.lower_ in words("nobody") for child in verb.children):
            continue
        senses = classes_of(verb.tag_, verb.lower_)
        undergone = part in _UNDERGOES or (part in ("acl", "amod", "acl:relcl", "nsubj") and is_passive(verb))
        result = any(child.lower_ in _RESULTS for child in verb.children)
        killed = undergone and (result or (_KILLING in senses and lemma_of(verb.tag_, verb.lower_) != "shoot"))
        died = part == "nsubj" and (result or (_DYING in senses and _KILLING not in senses))
        if killed or died:
            yield verb


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
