"""What the wording says about which of a sentence's mentions an event happened at.

Every mention near a trigger is described by the names of the features it has; `geomap.events.places` adds up their
trained weights.
"""

import re
from collections.abc import Iterator, Sequence

from geomap.events.places.wording import Around, Lead, chain_of, leads_of, wording_of
from geomap.types import GazetteerEntry, Resolution, Span

WINDOW = 1_200
"""How many characters before and after a trigger are looked at: three times the longest sentence of most reports,
and a bound on the time that a text without full stops can take."""

MOST_MENTIONS = 40
"""How many mentions, nearest first, are looked at: lists of hit villages seldom hold more."""

_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")
_SPEECH = re.compile(
    r"""
    \b (?:
        said | says | say | saying | told | tells | reported | reports | announced | added | according | confirmed
        | quoted | claimed | stated
    ) \b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_RELATIVE = re.compile(r"\b(?:who|which|whose|where|whom|that)\b", re.IGNORECASE)
_CONJUNCTION = re.compile(
    r"\b(?:after|before|when|while|as|since|because|following|during|amid|until|but|although|though|if)\b",
    re.IGNORECASE,
)


def nearest_mentions(resolutions: Sequence[Resolution], trigger: Span) -> list[Resolution]:
    """Return the mentions that are looked at, in text order.

    Parameters
    ----------
    resolutions
        Of one sentence, in text order.
    trigger
        Offsets of the words that say what happened.
    """
    near = [
        one for one in resolutions if one.mention.end > trigger[0] - WINDOW and one.mention.start < trigger[1] + WINDOW
    ]
    near.sort(key=lambda one: (_gap(one, trigger), one.mention.start))
    return sorted(near[:MOST_MENTIONS], key=lambda one: (one.mention.start, one.mention.end))


def _gap(resolution: Resolution, trigger: Span) -> int:
    return max(trigger[0] - resolution.mention.end, resolution.mention.start - trigger[1], 0)


def features_of(text: str, sentence: Span, trigger: Span, resolutions: Sequence[Resolution]) -> list[tuple[str, ...]]:
    """Return the names of the features of each of a sentence's mentions.

    Parameters
    ----------
    text
        The document's text.
    sentence
        Offsets of the sentence.
    trigger
        Offsets of the words that say what happened.
    resolutions
        Of the mentions to describe, in text order; an empty sequence gives an empty list.
    """
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


def level_of(entry: GazetteerEntry | None) -> str:
    """Return how large a place is, in one word: "country", "region", "district", "area", "town", "quarter" or "spot".

    A continent or a sea counts as a country, a river or a mountain as an area; no place is "nil".
    """
    if entry is None:
        return "nil"
    code = entry.feature_code
    if code.startswith(("PCL", "TERR")) or code in ("CONT", "RGN", "OCN", "SEA"):
        return "country"
    if entry.feature_class == "A":
        return "region" if code.startswith("ADM1") else "district"
    if entry.feature_class == "P":
        return "quarter" if code == "PPLX" else "town"
    return "spot" if entry.feature_class in ("S", "R") else "area"


def _kind(resolution: Resolution, lead: Lead, trigger: Span) -> Iterator[str]:
    mention, level = resolution.mention, level_of(resolution.entry)
    yield f"role {mention.role}"
    yield f"level {level}"
    if lead.kind in ("other", "name", "start", "by", "with"):
        yield f"bare {level}"
        yield f"{'after' if mention.start >= trigger[1] else 'before'} bare {mention.role}"
    if mention.demonym:
        yield "demonym"


_FINENESS = {"country": 0, "region": 1, "district": 2, "area": 2, "town": 3, "quarter": 4, "spot": 4}


def is_inside(inner: GazetteerEntry | None, outer: GazetteerEntry | None) -> bool:
    """Whether one place is a finer one of the other's country and, for regions, of its first-level division."""
    if inner is None or outer is None or not inner.country_code or inner.country_code != outer.country_code:
        return False
    inner_level, outer_level = level_of(inner), level_of(outer)
    if _FINENESS[inner_level] <= _FINENESS[outer_level]:
        return False
    if outer_level == "country":
        return True
    if not inner.admin1 or inner.admin1 != outer.admin1:
        return False
    return outer_level == "region" or (bool(outer.admin2) and inner.admin2 == outer.admin2)


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
