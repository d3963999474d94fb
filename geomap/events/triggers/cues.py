"""What the words, the syntax and the lexicon say of a word that may tell of a happening, as names of features."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from spacy.tokens import Token

from geomap.events.telling import Telling
from geomap.events.triggers.lexicon import Piece
from geomap.events.triggers.realis import doubts
from geomap.events.triggers.rules import decided_by_rules
from geomap.events.weights import Floats
from geomap.language.syntax import VERBS, clause_of, is_passive, subject_of
from geomap.language.word_classes import classes_of, lemma_of
from geomap.types import Span

UNLIKELY, TELLING = 0.02, 0.2
"""From which hint of the encoder a verb that the lexicon does not know, and any other word, may be a trigger."""

_HELPERS = frozenset({"aux", "aux:pass", "cop", "case", "mark", "amod"})
# Verbs of being, saying and thinking, which tell of what others did.
_EMPTY_VERBS = frozenset(
    {"be", "have", "do", "say", "tell", "state", "report", "accuse", "blame", "believe", "think", "show", "suggest"}
    | {"indicate", "presume", "suspect", "estimate", "expect", "geolocate", "publish", "verify", "describe", "deny"}
    | {"quote", "write", "add", "note", "warn", "fear", "hope", "want", "plan", "recommend", "condemn", "recall"}
    | {"count"}
)
_CONTENT = ("NN", "VB", "JJ")
_NONE = frozenset({"no", "any", "such", "every", "each"})
_PRONOUNS = frozenset({"PRP", "WP", "WDT", "DT"})
_CLAUSES = frozenset({"xcomp", "ccomp", "acl", "advcl", "acl:relcl", "conj"})
_TIMES = ("since", "so far", "this year", "in total", "between", "before", "until")
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_LARGE = re.compile(r"\d,\d{3}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """A word or phrase that may tell of a happening."""

    span: Span
    """Offsets in the sentence."""
    head: Token
    """The word of the tree that the phrase hangs on."""
    piece: Piece | None
    """The phrase of the lexicon; ``None`` for a verb that it does not have."""
    decided: str = ""
    """The sub-type that the lexicon's rules give it; empty when none."""


def cues_of(telling: Telling) -> list[Cue]:
    """Return what may be a trigger in a sentence, in text order: phrases of the lexicon, and every other full verb."""
    found: dict[int, Cue] = {}
    blocked: set[int] = set()
    reading = telling.reading
    for piece, span in reading.phrases() if reading else ():
        blocked.update(telling.words_in(span) if "block" in piece.labels else ())
        verb = next((telling.tree[at] for at in telling.words_in(span) if telling.tree[at].tag_ in VERBS), None)
        head = (verb or telling.head_of(span)) if piece.kinds else None
        if head is not None and head.i not in found:
            decided = decided_by_rules(reading, piece) if reading else ""
            found[head.i] = Cue(span=span, head=head, piece=piece, decided=decided)
    taken = {at for cue in found.values() for at in telling.words_in(cue.span)}
    for token in telling.tree:
        if token.i not in taken and token.i not in blocked and _may_tell(telling, token):
            found[token.i] = Cue(span=(token.idx, token.idx + len(token)), head=token, piece=None)
    return [found[index] for index in sorted(found)]


def _may_tell(telling: Telling, token: Token) -> bool:
    """Whether a word that the lexicon does not know may be a trigger: a full verb, or what the encoder picks out."""
    if telling.hints[token.i] < (UNLIKELY if token.tag_ in VERBS else TELLING):
        return False
    if token.tag_ in VERBS:
        return token.dep_ not in _HELPERS and lemma_of(token.tag_, token.lower_) not in _EMPTY_VERBS
    return token.is_alpha and token.tag_[:2] in _CONTENT and not token.tag_.startswith("NNP")


def state_of(telling: Telling, cue: Cue) -> Floats:
    """Return the state of a cue: the mean over its words."""
    words = telling.words_in(cue.span) or [cue.head.i]
    mean: Floats = telling.states[words].mean(axis=0)
    return mean


def features_of_cue(telling: Telling, cue: Cue) -> Iterator[str]:
    """Yield the names of the features of a cue."""
    token = cue.head
    yield f"tag {token.tag_}"
    yield f"dep {token.dep_}"
    yield "verb" if token.tag_ in VERBS else "noun"
    yield from _meaning("is", token)
    yield from _lexicon(telling, cue)
    passive = is_passive(token)
    if passive:
        yield "passive"
    subject = subject_of(token)
    if subject is None:
        yield "no subject"
    elif subject.i != token.i:
        yield from _person(telling, subject, "undergoer" if passive else "actor")
    for child in token.children:
        yield from _child(telling, child)
    yield from _governor(telling, token)
    for toll in telling.tolls:
        of = "own" if toll.span[0] < cue.span[1] and cue.span[0] < toll.span[1] else "other"
        yield f"{of} toll" if toll.high else f"{of} nobody"
    for label in sorted({label for word in clause_of(token) for label in telling.labels[word.i]}):
        yield f"clause {label}"
    yield from _sentence(telling)


def state_in_sentence(telling: Telling, cue: Cue) -> Floats:
    """Return the state of a cue, and after it the mean over the sentence's nouns, verbs and adjectives.

    They name the means and the victims: a "strike" is told from a "strike" by the drone or the pickets beside it.
    """
    others = [token.i for token in telling.tree if token.tag_[:2] in _CONTENT and not token.tag_.startswith("NNP")] or [
        cue.head.i
    ]
    both: Floats = np.concatenate([state_of(telling, cue), telling.states[others].mean(axis=0)])
    return both


def _meaning(role: str, token: Token) -> Iterator[str]:
    yield f"{role} {lemma_of(token.tag_, token.lower_)}"
    for name in classes_of(token.tag_, token.lower_):
        yield f"{role} {name}"


def _lexicon(telling: Telling, cue: Cue) -> Iterator[str]:
    if cue.piece is None or telling.reading is None:
        yield "unknown"
        return
    yield "known"
    for label in sorted(cue.piece.labels):
        yield f"label {label}"
    if cue.decided:
        yield "decided"
        yield f"lexicon {cue.decided}"
    yield from doubts(telling.reading, cue.piece)


def _person(telling: Telling, token: Token, role: str) -> Iterator[str]:
    """Describe who acts or is acted upon: what the lexicon and WordNet call it, how it is counted and described."""
    yield role
    if token.i in telling.places:
        yield f"{role} place"
    elif token.tag_.startswith("NNP") and not (token.i == 0 and classes_of("NN", token.lower_)):
        yield f"{role} name"  # taggers take the first word of a sentence for one: "Drones hit …"
    if token.i in telling.governments:
        yield f"{role} government"
    for label in sorted(telling.labels[token.i]):
        yield f"{role} is {label}"
    if token.tag_ in _PRONOUNS:
        yield f"{role} {token.lower_}"
    else:
        yield from _meaning(role, token)
    for child in token.children:
        if child.dep_ in ("compound", "amod", "nmod", "nummod", "flat"):
            for label in sorted(telling.labels[child.i]):
                yield f"{role} of {label}"
        if child.dep_ == "nummod":
            yield f"{role} counted"
        elif child.dep_ == "det" and child.lower_ in _NONE:
            yield f"{role} {child.lower_}"


def _child(telling: Telling, child: Token) -> Iterator[str]:
    match child.dep_:
        case "obj" | "iobj":
            yield from _person(telling, child, "undergoer")
        case "obl:agent":
            yield from _person(telling, child, "actor")
        case "obl" | "nmod":
            case = next((one.lower_ for one in child.children if one.dep_ == "case"), "-")
            yield f"oblique {case}"
            if child.i in telling.places:
                yield f"{case} place"
            else:
                yield from _person(telling, child, "oblique")
        case "aux" | "mark" | "advmod" | "det" | "compound:prt":
            yield f"{child.dep_} {child.lower_}"
        case "amod" | "compound":
            for label in sorted(telling.labels[child.i]):
                yield f"modified {label}"
        case "nummod":
            yield "counted"
        case dep if dep in _CLAUSES:
            yield f"has {dep}"
            for label in sorted(telling.labels[child.i]):
                yield f"has {dep} {label}"


def _governor(telling: Telling, token: Token) -> Iterator[str]:
    above = token.head
    if above.i == token.i:
        return
    yield f"under {token.dep_} {'verb' if above.tag_ in VERBS else 'noun'}"
    yield f"under {token.dep_} {lemma_of(above.tag_, above.lower_)}"
    yield from _meaning("under", above)
    for label in sorted(telling.labels[above.i]):
        yield f"under is {label}"
    for child in above.children:
        if child.dep_ == "aux" and token.dep_ in ("conj", "xcomp", "ccomp"):
            yield f"above aux {child.lower_}"
        elif child.dep_ == "advmod" and child.lower_ in ("not", "never", "n't"):
            yield "above negated"


def _sentence(telling: Telling) -> Iterator[str]:
    for label in sorted(frozenset().union(*telling.labels)):
        yield f"sentence {label}"
    text = telling.text
    low = text.lower()
    yield from (f"says {word}" for word in _TIMES if word in low)
    years = [int(year) for year in _YEAR.findall(text)]
    if years:
        yield "says a year"
        if telling.year is not None and min(years) < telling.year:
            yield "says an old year"
    if _LARGE.search(text):
        yield "large number"
    yield f"places {min(2, len(telling.places))}"
    for name, is_so in (("first", telling.first), ("heading", telling.heading), ("bullet", telling.bullet)):
        if is_so:
            yield name
    if text[:1] in "\"“'‘":
        yield "quoted"
