"""The noun phrases of those who speak: "police and medics", "a spokesman for the army".

The bundled parser is small and often hangs a speaker on something else, above all behind a comma ("killed two people,
police and medics said"). What it says is mended by the parts of speech around the verb, of which it is surer.
"""

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from geomap.language.syntax import case_of, subject_of
from geomap.language.word_lists import WEEKDAYS
from geomap.types import Span

_ENDS = frozenset({"NN", "NNS", "NNP", "NNPS", "PRP", "CD"})
_NOMINAL = _ENDS | {"DT", "JJ", "JJR", "JJS", "POS", "PRP$", "HYPH", "CC", "PDT", "AFX", "FW"}
_OPENS = frozenset({"DT", "PRP", "PRP$", "PDT"})
_JOINS = frozenset({"CC", "IN", "TO", "PDT"})
_WHO = frozenset({"WP", "WDT"})
_FINITE = frozenset({"VBD", "VBP", "VBZ"})
_CARRIES_ON = frozenset({"of", "for", "from", "in", "at", "to", "with"})
_LEFT_OUT = frozenset(
    {"acl:relcl", "advcl", "ccomp", "csubj", "parataxis", "punct", "discourse", "dep", "advmod", "obl", "cop", "aux"}
)
DAYS = frozenset(
    (*WEEKDAYS, "today", "yesterday", "tonight", "morning", "afternoon", "evening", "night", "week", "month", "year")
)
"""Words of a time that no preposition leads to: "police said Friday"."""

_WHICH_DAY = frozenset({"last", "this", "late", "early", "earlier", "later"})
_LONGEST, _BRACKETED = 24, 5
"""The most words that a speaker may take, and that may stand in brackets among them."""


def is_mark(token: Token) -> bool:
    """Whether a word is a mark: of letters and digits it has none."""
    return not any(map(str.isalnum, token.text))


def _is_glued(token: Token) -> bool:
    return token.text == "-" and not token.whitespace_


def subject_phrases(token: Token, *, behind: bool) -> Iterator[Span]:
    """Yield who may say something with a verb.

    Parameters
    ----------
    token
        The verb.
    behind
        Whether they may stand behind it: "…," said the governor.

    Yields
    ------
        The first word of a noun phrase and the one after its last, by their indexes in the tree, the likeliest first:
        the subject of the verb, what stands right behind or before it, the subject that it shares; nothing of nobody.
    """
    spoken = behind and token.lower_ in ("said", "says")  # which have no object
    found = (_inverted(token) if spoken else None, _own_subject(token), _beside(token, behind=behind))
    yield from (one for one in (*found, _shared_subject(token)) if one is not None)


def _own_subject(verb: Token) -> Span | None:
    own = [child for child in verb.children if child.dep_ == "nsubj" and not is_mark(child)]
    if own and own[-1].tag_ in _WHO:
        return _phrase(verb.head) if verb.dep_ == "acl:relcl" else None
    own = [child for child in own if case_of(child) == "-"] or own
    words = _phrase(own[-1]) if own else None
    if words is None:
        return None
    return _mended(verb, words) if case_of(own[-1]) == "-" else _behind_name(verb.doc, words)


def _beside(verb: Token, *, behind: bool) -> Span | None:
    """Return who stands right behind or before a verb in a tense, or before the apposition before it."""
    aided = any(one.dep_ == "aux" for one in verb.children)
    if verb.tag_ not in _FINITE and (verb.tag_ != "VBN" or aided):
        return None
    tree, end = verb.doc, verb.i
    while end > 0 and tree[end - 1].is_space:
        end -= 1
    comma = end > 0 and tree[end - 1].text == ","
    if behind and (words := _inverted(verb)):
        return words
    words = _run_left(tree, end - comma)
    if comma and words and tree[words[0] - 1].text == ",":  # "Khalid Pashtoon, a spokesman, told …"
        return _run_left(tree, words[0] - 1) or words
    return words


def _shared_subject(verb: Token) -> Span | None:
    """Return the subject that a verb shares with that which it joins; "it goes without saying" has none."""
    joins = verb.tag_ not in _FINITE or verb.dep_ in ("conj", "acl:relcl")
    bare = verb.i > 0 and verb.nbor(-1).lower_ == "without"
    subject = subject_of(verb) if joins and not bare else None
    return None if subject is None else _phrase(subject)


def _behind_name(tree: Doc, words: Span) -> Span | None:
    """Return a subject without the name that a preposition before it leads to: "in Goma doctors said"."""
    first = words[0]
    while first < words[1] and (tree[first].tag_ in ("NNP", "NNPS", "CD") or tree[first].lower_ in DAYS):
        first += 1
    return (first, words[1]) if words[0] < first < words[1] else None


def _inverted(verb: Token) -> Span | None:
    """Return who stands behind a verb: "…," said the governor."""
    tree = verb.doc
    if not verb.i or not is_mark(tree[verb.i - 1]) or verb.lower_ in ("told", "tells", "tell"):
        return None
    words = phrase_from(tree, verb.i + 1)
    return None if words and words[1] < len(tree) and tree[words[1]].tag_ in _FINITE | {"MD"} else words


def _mended(verb: Token, words: Span) -> Span:
    """Return a subject with what the parser has hung elsewhere: what joins it, or stands between it and the verb."""
    tree = verb.doc
    run = _run_left(tree, verb.i)
    if run is None or run[1] < words[1]:
        return words
    before = tree[words[0] - 1].tag_
    whole = run[0] > 0 and is_mark(tree[run[0] - 1])
    named = before in _ENDS and tree[words[0]].tag_.startswith("NNP")
    return run if run[0] >= words[1] or before == "CC" or whole or named else (words[0], run[1])


def _phrase(head: Token) -> Span | None:
    """Return the noun phrase of a word without appositions, clauses and dates."""
    tree, kept, waiting = head.doc, {head.i}, [head]
    while waiting:
        for child in waiting.pop().children:
            if _belongs(child):
                kept.add(child.i)
                waiting.append(child)
    first = last = head.i
    while (step := _next_kept(tree, first, kept, -1)) is not None:
        first = step
    while (step := _next_kept(tree, last, kept, 1)) is not None:
        last = step
    comma = next((one.i for one in tree[head.i : last + 1] if one.text == ","), None)
    if comma is not None and not any(one.tag_ == "CC" for one in tree[comma : last + 1]):
        last = comma - 1
    return _trimmed(tree, first, last + 1)


def _trimmed(tree: Doc, first: int, end: int) -> Span | None:
    """Return a phrase without marks and joining words before it; ``None`` of too long a one."""
    while first < end and (is_mark(tree[first]) or tree[first].tag_ in ("CC", "IN")):
        first += 1
    while first < end and is_mark(tree[end - 1]) and tree[end - 1].text != ")":
        end -= 1
    return (first, end) if 0 < end - first <= _LONGEST else None


def _next_kept(tree: Doc, at: int, kept: set[int], way: int) -> int | None:
    """Return the next word of a phrase on one side, behind a mark or what stands in brackets too; or ``None``."""
    if at + way in kept:
        return at + way
    for far in range(at + way, at + way * (_BRACKETED + 2), way):
        if far in kept:
            between = tree[min(at, far) + 1 : max(at, far)]
            alone = len(between) == 1 and between[0].is_punct
            return far if alone or (between[0].text, between[-1].text) == ("(", ")") else None
    return None


def _belongs(child: Token) -> bool:
    """Whether a word under a noun is part of the name of who speaks."""
    tree, edge = child.doc, child.left_edge.i
    apart = child.i > child.head.i and (is_mark(tree[edge]) or tree[edge - 1].text in (",", "(", "–", "—"))
    if child.lower_ in DAYS and child.i > child.head.i:
        return False
    if child.dep_ in _LEFT_OUT:
        leads = child.dep_ == "advmod" and child.i < child.head.i
        return leads or (child.dep_ == "obl" and child.head.dep_ == "acl")
    if child.dep_ == "acl":
        return child.tag_ == "VBN" and not apart
    if child.dep_ == "conj":
        return child.tag_ in _NOMINAL and all(one.dep_ not in ("nsubj", "cop") for one in child.children)
    return not (apart and child.dep_ in ("appos", "nmod", "amod"))


def phrase_from(tree: Doc, start: int) -> Span | None:
    """Return the noun phrase that starts at a word, as `subject_phrases` does; ``None`` where none does."""
    end = start
    while end < min(len(tree), start + _LONGEST) and (tree[end].tag_ in _NOMINAL or _leads_on(tree, start, end)):
        after = end > start and tree[end - 1].tag_ not in _JOINS
        day = tree[end].lower_ in DAYS and (end == start or tree[end - 1].tag_.startswith("NN"))
        if day or (after and tree[end].tag_ in _OPENS):
            break
        end += 1
    while end > start and tree[end - 1].tag_ in ("CC", "DT", "IN", "HYPH", "PRP$"):
        end -= 1
    return _trimmed(tree, start, end) if any(one.tag_ in _ENDS for one in tree[start:end]) else None


def _leads_on(tree: Doc, start: int, at: int) -> bool:
    """Whether a preposition carries a noun phrase on: "a spokesman for the army", not "the mayor on Telegram"."""
    if at == start or at + 1 >= len(tree) or tree[at].lower_ not in _CARRIES_ON:
        return False
    if tree[at].lower_ in ("in", "at") and tree[at - 1].tag_.startswith("NNP"):
        return False
    return tree[at + 1].lower_ not in {"a", "an", "his", "her", "its", "their"} | DAYS


def _run_left(tree: Doc, end: int) -> Span | None:
    """Return the noun phrase that ends before a word, or before its auxiliaries, and begins after a mark."""
    while end > 0 and (tree[end - 1].dep_ in ("aux", "advmod") or tree[end - 1].lower_ in DAYS | _WHICH_DAY):
        end -= 1
    start = end
    while start > max(0, end - _LONGEST):
        if tree[start - 1].text == ")":
            opens = next((one.i for one in tree[max(0, start - _BRACKETED) : start] if one.text == "("), start)
            if opens == start:
                break
            start = opens
        elif _is_glued(tree[start - 1]) or tree[start - 1].tag_ in _NOMINAL or tree[start - 1].lower_ in _CARRIES_ON:
            start -= 1
        else:
            break
    if start > 0 and not is_mark(tree[start - 1]):  # "… denied it and the police said"
        start = next((one.i for one in tree[start:end] if one.tag_ == "CC"), end)
    if start == end or tree[end - 1].tag_ not in _ENDS | {"-RRB-"}:
        return None
    return _trimmed(tree, start, end)
