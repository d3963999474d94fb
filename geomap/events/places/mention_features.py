"""What the wording and the syntax say about which of a sentence's mentions an event happened at.

Every mention near a trigger is described by the names of the features it has; `geomap.events.places.choosing` adds up
their trained weights.
"""

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from geomap.events.places.lists import is_inside, level_of
from geomap.events.places.wording import Around, Lead, chain_of, leads_of, wording_of
from geomap.events.telling import Telling
from geomap.language.saying import SAID_PATTERN, SPEAKING
from geomap.language.syntax import VERBS, case_of, path_between
from geomap.language.word_classes import classes_of, lemma_of
from geomap.types import Resolution, Span

WINDOW = 1_200
"""How many characters before and after a trigger are looked at: three times the longest sentence of most reports,
and a bound on the time that a text without full stops can take."""

MOST_MENTIONS = 40
"""How many mentions, nearest first, are looked at: lists of hit villages seldom hold more."""

_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")
_SPEECH = re.compile(rf"\b{SAID_PATTERN}\b", re.IGNORECASE)
_RELATIVE = re.compile(r"\b(?:who|which|whose|where|whom|that)\b", re.IGNORECASE)
_CONJUNCTION = re.compile(
    r"\b(?:after|before|when|while|as|since|because|following|during|amid|until|but|although|though|if)\b",
    re.IGNORECASE,
)

_LISTED = frozenset({"conj", "appos", "flat", "compound"})
_ASIDE = (
    "except", "but not", "not in", "other than", "unlike", "like", "than", "toward", "from", "outside", "direction",
)  # fmt: skip
_ASIDE_REACH = 25


def nearest_mentions(resolutions: Sequence[Resolution], trigger: Span) -> list[Resolution]:
    """Return which of the mentions of one sentence are looked at for a trigger, in text order."""
    near = [
        one for one in resolutions if one.mention.end > trigger[0] - WINDOW and one.mention.start < trigger[1] + WINDOW
    ]
    near.sort(key=lambda one: (_gap(one, trigger), one.mention.start))
    return sorted(near[:MOST_MENTIONS], key=lambda one: (one.mention.start, one.mention.end))


def _gap(resolution: Resolution, trigger: Span) -> int:
    return max(trigger[0] - resolution.mention.end, resolution.mention.start - trigger[1], 0)


def features_of(text: str, sentence: Span, trigger: Span, resolutions: Sequence[Resolution]) -> list[tuple[str, ...]]:
    """Return the names of the features of each of a sentence's mentions, in text order; offsets are the document's."""
    around = Around(
        text=text,
        trigger=trigger,
        left=max(sentence[0], trigger[0] - WINDOW),
        right=min(sentence[1], trigger[1] + WINDOW),
    )
    leads = leads_of(around, resolutions)
    heads = _heads(resolutions, [lead.listed for lead in leads], trigger)
    nearest = _rank_of_each(resolutions, trigger)
    found = []
    for index, resolution in enumerate(resolutions):
        names = [
            *wording_of(around, resolution, leads[index]),
            *_distance(around, heads[index], nearest[index]),
            *_kind(resolution, leads[index], trigger),
            *_nesting(resolutions, index),
            *chain_of(around, resolutions, index),
        ]
        found.append(tuple(dict.fromkeys(names)))
    return found


def _rank_of_each(resolutions: Sequence[Resolution], trigger: Span) -> list[int]:
    order = sorted(range(len(resolutions)), key=lambda i: _gap(resolutions[i], trigger))
    return [rank for _, rank in sorted(zip(order, range(len(order)), strict=True))]


def _heads(resolutions: Sequence[Resolution], listed: Sequence[bool], trigger: Span) -> list[Span]:
    """Return the span that each mention's distance is measured from: in a list, that of the one nearest the trigger."""
    spans = [(one.mention.start, one.mention.end) for one in resolutions]
    for index in range(1, len(spans)):
        if listed[index] and spans[index][0] >= trigger[1] and spans[index - 1][0] >= trigger[1]:
            spans[index] = spans[index - 1]
    for index in range(len(spans) - 1, 0, -1):
        if listed[index] and spans[index][1] <= trigger[0]:
            spans[index - 1] = spans[index]
    return spans


def _distance(around: Around, span: Span, rank: int) -> Iterator[str]:
    (start, end), (first, last) = span, around.trigger
    after = start >= last
    between = around.text[last:start] if after else around.text[end:first]
    side = "after" if after else "before"
    words = len(_WORD.findall(between))
    for bound in (0, 2, 4, 7, 11, 16, 24):
        if words > bound:
            yield f"{side} over {bound} words"
    yield f"rank {min(rank, 4)}"
    commas = min(between.count(","), 3)
    for number in range(1, commas + 1):
        yield f"{side} commas {number}"
    if any(mark in between for mark in ";:—–") or " - " in between or "--" in between:
        yield f"{side} beyond a mark"
    if "\n" in between or ". " in between:
        yield f"{side} beyond a stop"
    for name, pattern in (("speech", _SPEECH), ("relative", _RELATIVE), ("conjunction", _CONJUNCTION)):
        if pattern.search(between):
            yield f"{side} beyond {name}"
    if _SPEECH.search(around.text, end, min(around.right, end + 30)):
        yield "before speech"
    if _SPEECH.search(around.text, max(around.left, start - 40), start):
        yield "after speech"


def _kind(resolution: Resolution, lead: Lead, trigger: Span) -> Iterator[str]:
    mention, level = resolution.mention, level_of(resolution.entry)
    yield f"role {mention.role}"
    yield f"level {level}"
    if lead.kind in ("other", "name", "start", "by", "with"):
        yield f"bare {level}"
        yield f"{'after' if mention.start >= trigger[1] else 'before'} bare {mention.role}"


def _nesting(resolutions: Sequence[Resolution], index: int) -> Iterator[str]:
    own = resolutions[index].entry
    neighbours = [resolutions[i].entry for i in (index - 1, index + 1) if 0 <= i < len(resolutions)]
    if any(is_inside(own, other) for other in neighbours):
        yield "inside neighbour"
    if any(is_inside(other, own) for other in neighbours):
        yield "holds neighbour"
    others = [other.entry for i, other in enumerate(resolutions) if i != index]
    if any(is_inside(own, other) for other in others):
        yield "inside another"
    if any(is_inside(other, own) for other in others):
        yield "holds another"
    if own is not None and any(other is not None and other.id == own.id for other in others):
        yield "named twice"


def dependency_features(telling: Telling, head: Token, mention: Span) -> Iterator[str]:
    """Yield the names of the features of a mention, in offsets of its sentence, and the head of a trigger's words."""
    token = telling.head_of(mention)
    path = None if token is None else path_between(head, token)
    if token is None or path is None:
        yield "no path"
        return
    yield from _path(*path)
    yield from _case(token)
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


def _case(token: Token) -> Iterator[str]:
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
    if lemma_of(verb.tag_, verb.lower_) in SPEAKING:
        return "verb says"
    return "verb is above" if verb in head.ancestors else "verb is other"
