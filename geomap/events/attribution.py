"""Who is said to say that an event happened.

Somebody says so with a verb of saying that governs the clause of the event ("the army said it had shelled …"), or that
stands beside it ("…, police and medics said"), or as the source that a preposition names ("according to …").
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, takewhile

from spacy.tokens import Doc, Token
from spacy.tokens import Span as TreeSpan

from geomap.events.speakers import DAYS, is_mark, phrase_from, subject_phrases
from geomap.language.saying import SAYING
from geomap.language.syntax import VERBS, case_of, top_of
from geomap.language.word_classes import lemma_of
from geomap.types import Span

_HOLDS = frozenset({"believe", "find"})
"""Verbs with which somebody does so where a clause follows: "police believe he was shot"."""

_BLAMES = frozenset({"accuse", "blame"})
_PASSED_ON = frozenset({"announce", "claim", "confirm", "document", "record", "report"})
_QUOTES = frozenset({"citing", "quoting"})
_TURNS = frozenset({";", "but", "whereas"})
_WHEN = frozenset({"after", "as", "before", "once", "since", "when"})
_OPENING, _CLOSING = frozenset("“«"), frozenset("”»")
_THIRD = frozenset({"he", "it", "she", "they"})
_NOBODY = frozenset({"no", "nobody", "none"})
_REACH, _NEAR, _DEEPEST = 120, 12, 60
"""How many words around a trigger are looked at, behind a verb for "that", and how far up the tree of a trigger."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Speaker:
    """Somebody who says something."""

    words: Span
    """The first word and the one after the last, by their indexes in the tree."""
    verb: int
    """The word of saying."""
    governs: bool
    """Whether the clause of the trigger hangs on that word, and does not stand beside it."""


def attribution(tree: Doc, trigger: Span) -> str:
    """Return who is said to say that the event of a trigger happened.

    Parameters
    ----------
    tree
        One sentence and its syntax.
    trigger
        The words that say what happened, in offsets of the sentence.

    Returns
    -------
        The noun phrase as written, without appositions, clauses and dates: "the Russian defence ministry", "he". Empty
        when the report says it itself, also where it says so by hearsay ("reportedly"). Of several speakers the one
        whose words hold the least, and rather one with a name than "he".
    """
    touched = [token.i for token in tree if token.idx < trigger[1] and trigger[0] < token.idx + len(token)]
    top = top_of(tree, touched)
    if top is None:
        return ""
    below = _below_each(tree[top])
    near = tree[max(0, top - _REACH) : top + _REACH]
    others = [token for token in near if token.i not in touched]
    found = [one for token in others for one in _speakers(token, tree[top], below.get(token.i))]
    if not found:
        return ""

    def order(one: _Speaker) -> tuple[bool, bool, int, int]:
        return _words(tree, one.words).lower() in _THIRD, not one.governs, abs(one.verb - top), one.verb

    return _words(tree, min(found, key=order).words)


def speaker_before(trees: Iterable[Doc], pronoun: str) -> str:
    """Return whom the pronoun of a speaker stands for: the last who says something before.

    Parameters
    ----------
    trees
        The sentence and those before with their syntax, the nearest first.
    pronoun
        The answer of `attribution`.

    Returns
    -------
        The noun phrase as written; the answer itself when it is no "he", "she", "it" or "they", or nobody agrees.
    """
    if pronoun.lower() not in _THIRD:
        return pronoun
    for tree in trees:
        for token in reversed(tree[-_REACH:]):
            words = _speaks(token)
            if words is not None and _agrees(tree[words[0] : words[1]], pronoun.lower()):
                return _words(tree, words)
    return pronoun


def _words(tree: Doc, words: Span) -> str:
    return str(tree[words[0] : words[1]].text)


def _speaks(token: Token) -> Span | None:
    """Return who speaks with a word, of whatever."""
    if token.lower_ == "according":
        return phrase_from(token.doc, token.i + 2)
    if token.tag_ not in VERBS or lemma_of(token.tag_, token.lower_) not in SAYING or _is_passive(token):
        return None
    return next(subject_phrases(token, behind=True), None)


def _agrees(words: TreeSpan, pronoun: str) -> bool:
    """Whether a pronoun may stand for a noun phrase, which is no pronoun itself."""
    if len(words) == 1 and words[0].tag_ == "PRP":
        return False
    many = any(one.tag_ in ("NNS", "NNPS") and one.dep_ in ("nsubj", "obl", "obj", "conj") for one in words)
    many = many or any(one.lower_ == "and" for one in words)
    return pronoun == "they" or not many


def _below_each(token: Token) -> dict[int, Token]:
    """Return what a token hangs on, by the index, each with the last word on the way up to it."""
    above = list(islice(token.ancestors, _DEEPEST - 1))
    return {one.i: below for one, below in zip(above, [token, *above], strict=False)}


def _speakers(token: Token, trigger: Token, came: Token | None) -> Iterator[_Speaker]:
    """Yield who speaks with a word, if that is of what happened; ``came`` leads from the word to the trigger."""
    word, lemma = token.lower_, lemma_of(token.tag_, token.lower_) if token.tag_ in VERBS else ""
    start = _source(token, lemma, trigger)
    if start and not _turns(trigger, token):
        words, governs = phrase_from(token.doc, start), False
    elif lemma in SAYING | _HOLDS | _BLAMES and word not in _QUOTES and not _is_passive(token):
        phrases = subject_phrases(token, behind=trigger.i < token.i)
        words = next((one for one in phrases if not _is_of(one, token, trigger)), None)
        governs = words is not None and _governs(token, lemma, trigger, came, words)
        if words and not governs and not _is_beside(token, lemma, trigger, words):
            words = None
    else:
        return
    if words and not _is_of(words, token, trigger) and token.doc[words[0]].lower_ not in _NOBODY:
        yield _Speaker(words=words, verb=token.i, governs=governs)


def _is_of(words: Span, verb: Token, trigger: Token) -> bool:
    """Whether a trigger tells of a speaker: "…, said Mr Mukoko, who broke a leg"."""
    below = takewhile(lambda one: one.i != verb.i, (trigger, *trigger.ancestors))
    described = [one.head.i for one in below if one.dep_ == "acl:relcl"]
    return any(words[0] <= one < words[1] for one in (trigger.i, *described))


def _source(token: Token, lemma: str, trigger: Token) -> int:
    """Return where those start whom a word names as the source; 0 where it names none.

    "according to", "as per", "citing"; "by" behind a participle of the event or of its clause.
    """
    follows = token.nbor().lower_ if token.i + 1 < len(token.doc) else ""
    if token.lower_ == "according" and follows == "to":
        return int(token.i) + 2
    if token.lower_ in _QUOTES or (token.lower_ == "per" and token.i and token.nbor(-1).lower_ == "as"):
        return int(token.i) + 1
    passed_on = lemma in _PASSED_ON and token.tag_ == "VBN" and follows == "by"
    marked = any(one.dep_ == "aux:pass" or one.lower_ == "as" for one in token.children)
    return int(token.i) + 2 if passed_on and (marked or token.head == trigger) else 0


def _is_passive(token: Token) -> bool:
    """Whether a word of saying is a participle of what is said: "said to be", "a toll reported by", "was announced"."""
    if token.tag_ != "VBN" or any(one.dep_ == "aux:pass" for one in token.children):
        return token.tag_ == "VBN"
    after = token.nbor() if token.i + 1 < len(token.doc) else None
    ends = after is None or is_mark(after) or _is_that(after)
    return (token.dep_ == "acl" and not ends) or (after is not None and after.tag_ == "TO")


def _turns(one: Token, other: Token) -> bool:
    """Whether the sentence turns to something else between two words."""
    low, high = sorted((one.i, other.i))
    return any(token.lower_ in _TURNS for token in one.doc[low:high])


def _governs(token: Token, lemma: str, trigger: Token, came: Token | None, words: Span) -> bool:
    """Whether the clause of a trigger is what is said, by the syntax or by a "that" or a quote after the verb."""
    if any(one.lower_ == "responsibility" and one.dep_ == "obj" for one in token.children):
        return came is not None or (
            trigger.i < token.i and any(one.tag_ == "WDT" and one.dep_ != "nsubj" for one in token.children)
        )
    if came is not None and came.dep_ == "ccomp":
        return not _is_aside(token, trigger, words)
    if trigger.i < token.i or lemma in _HOLDS or _is_aside(token, trigger, words):
        return False
    between = token.doc[token.i + 1 : trigger.i]
    if lemma in _BLAMES:
        return came is not None and not _turns(token, trigger) and not any(one.lower_ in _WHEN for one in between)
    if trigger.i == token.i + 1 and trigger.tag_ in VERBS:
        return True  # "a strike that the army said hit …"
    return _opens_speech(token, trigger) if came is None else _reaches(token, trigger, came)


def _reaches(token: Token, trigger: Token, came: Token) -> bool:
    """Whether what hangs on a verb of saying otherwise than as a clause is what is said: "announced the arrest"."""
    if came.dep_ in ("advcl", "conj", "parataxis"):
        joined = came.dep_ != "conj" or any(one.dep_ == "cc" for one in came.children)
        between = token.doc[token.i + 1 : trigger.i]
        told = any(map(_is_that, came.children)) or any(one.text == ":" for one in between) or _is_quoted(between)
        return not _turns(token, trigger) and (told or not joined)
    return came.dep_ in ("dep", "nsubj", "obj", "xcomp") or _opens_speech(token, trigger)


def _is_aside(token: Token, trigger: Token, words: Span) -> bool:
    """Whether a verb stands in a clause that a comma ends before a trigger: "after he announced it, crowds met"."""
    first = token.i if token.tag_ == "VBG" else words[0]
    back = first > 0 and token.doc[first - 1].lower_ in _WHEN
    return (back or token.dep_ == "acl:relcl") and any(one.text == "," for one in token.doc[token.i : trigger.i])


def _opens_speech(token: Token, trigger: Token) -> bool:
    """Whether a "that", a colon or a quote stands between a verb and a trigger, and the sentence goes on as one."""
    between = token.doc[token.i + 1 : trigger.i]
    if _turns(token, trigger):
        return False
    if any(_is_that(one) or one.text == ":" for one in between[:_NEAR]):
        return True
    return _is_quoted(between)


def _is_quoted(words: TreeSpan) -> bool:
    """Whether a quote that opens among some words is still open after them."""
    quotes = [one.text for one in words if one.text in _OPENING | _CLOSING]
    straight = sum(one.text == '"' for one in words)
    return straight % 2 == 1 or (bool(quotes) and quotes[-1] in _OPENING)


def _is_that(token: Token) -> bool:
    return token.lower_ == "that" and (token.tag_ == "IN" or token.dep_ == "mark")


def _is_beside(token: Token, lemma: str, trigger: Token, words: Span) -> bool:
    """Whether a verb and its speaker stand beside the clause of a trigger, set off from it: "…, the ministry said"."""
    if lemma in _BLAMES or _turns(token, trigger) or _has_content(token, lemma, words):
        return False
    tree = token.doc
    first, last = min(words[0], token.i), max(words[1], token.i + 1)
    as_they_say = first > 0 and tree[first - 1].lower_ == "as"
    opened = as_they_say or (first > 0 and is_mark(tree[first - 1]))
    if trigger.i < first:
        return opened
    return opened and last <= trigger.i and is_mark(tree[last])


def _has_content(token: Token, lemma: str, words: Span) -> bool:
    """Whether what is said follows a verb: "said that …", "said nothing"."""
    tree = token.doc
    at = max(words[1], token.i + 1)
    while at < len(tree) and tree[at].lower_ in DAYS:
        at += 1
    if at >= len(tree) or tree[at].text in (",", ":"):
        return at < len(tree) and tree[at].text == ":"
    behind = {child.dep_ for child in token.children if child.i >= at and case_of(child) == "-" and not is_mark(child)}
    if not behind.isdisjoint({"ccomp", "xcomp"}):
        return True
    if "obj" in behind:
        return lemma != "tell"
    return any(_is_that(one) for one in takewhile(lambda one: not is_mark(one), tree[at:]))
