"""How a mention hangs on a trigger in the syntax of their sentence, as names of features."""

from collections.abc import Iterator

from spacy.tokens import Token

from geomap.events.telling import Telling
from geomap.language.syntax import VERBS, case_of, path_between
from geomap.language.word_classes import classes_of, lemma_of
from geomap.types import Span

_SAYING = frozenset(
    {"say", "tell", "report", "announce", "add", "accord", "confirm", "quote", "claim", "state", "warn", "accuse"}
    | {"speak", "insist"}
)
_LISTED = frozenset({"conj", "appos", "flat", "compound"})
_ASIDE = (
    "except",
    "but not",
    "not in",
    "other than",
    "unlike",
    "like",
    "than",
    "toward",
    "from",
    "outside",
    "direction",
)
_ASIDE_REACH = 25


def dependency_features(telling: Telling, head: Token, mention: Span) -> Iterator[str]:
    """Yield the names of the features of a mention and a trigger.

    Parameters
    ----------
    telling
        Their sentence.
    head
        The word of the tree that the trigger's words hang on.
    mention
        Offsets of the mention in the sentence.
    """
    token = telling.head_of(mention)
    path = None if token is None else path_between(head, token)
    if token is None or path is None:
        yield "no path"
        return
    yield from _path(*path)
    yield from _lead(token)
    yield from _governor(telling, head, token)
    before = telling.text[max(0, mention[0] - _ASIDE_REACH) : mention[0]].lower()
    yield from (f"near word {word}" for word in _ASIDE if word in before)


def _path(up: list[str], down: list[str]) -> Iterator[str]:
    straight = [one for one in down if one not in _LISTED]
    if len(up) + len(straight) <= 4:
        yield "path " + "/".join(f"^{one}" for one in up) + "|" + "/".join(straight)
    yield f"up {len(up)} down {min(4, len(straight))}"
    yield f"up {min(3, len(up))}"
    yield from (f"over {one}" for one in up)
    yield from (f"through {one}" for one in straight)


def _lead(token: Token) -> Iterator[str]:
    case = case_of(token)
    yield f"case {case}"
    top = token
    while top.dep_ in ("conj", "appos", "compound", "flat", "nmod", "nmod:poss") and not _has_case(top):
        top = top.head
    yield f"case {case} {top.dep_}"


def _has_case(token: Token) -> bool:
    return any(child.dep_ == "case" for child in token.children)


def _governor(telling: Telling, head: Token, token: Token) -> Iterator[str]:
    first = token
    while first.dep_ in ("conj", "appos") and first.head.i != first.i:
        first = first.head
    above = first.head
    kind = "verb" if above.tag_ in VERBS else "noun"
    yield "hangs on trigger" if above.i == head.i else f"hangs on {kind}"
    verb = next((one for one in token.ancestors if one.tag_ in VERBS), None)
    if verb is not None:
        yield _which(verb, head)
        if verb.i != head.i:
            yield from (f"verb {label}" for label in sorted(telling.labels[verb.i]))
    yield from (f"on {label}" for label in sorted(telling.labels[above.i]))
    yield from (f"on {name}" for name in classes_of(above.tag_, above.lower_))


def _which(verb: Token, head: Token) -> str:
    if verb.i == head.i:
        return "verb is trigger"
    if lemma_of(verb.tag_, verb.lower_) in _SAYING:
        return "verb says"
    return "verb is above" if verb in head.ancestors else "verb is other"
