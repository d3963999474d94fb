"""Which of a report's mentions an event happened at.

The mentions of the trigger's own sentence are weighed by what stands around them; where none of them is it, words may
point back to a place named before (see `geomap.events.places.anaphora`).
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from geomap.events.places.anaphora import REACH, place_pointed_to, speaks_of_unnamed
from geomap.events.places.lists import (
    excepted,
    is_counted,
    is_inside,
    is_literal,
    level_of,
    listed_together,
    told_from,
    without_containers,
)
from geomap.events.places.mention_features import MOST_MENTIONS, dependency_features, features_of, nearest_mentions
from geomap.events.telling import Telling, tell
from geomap.events.weights import load_model
from geomap.language.lines import dateline_end
from geomap.types import Mention, ParsedDocument, Resolution, Sentence, Span

LIKELY = 0.5
"""From which probability a mention is a place of an event; by two folds of the training reports."""

LISTED = 0.3
"""How likely the items of a list have to be on the whole, or one of them if each has a number of its own, for all to be
places."""

OF_COUNTRY, POSSIBLE = 0.1, 0.05
"""From which probability the best mention of a sentence is its place, where none is likely; at .3 twice as many of the
marked events of news had none, and no more of those of reports were right. A country asks for more: it says least."""


def event_places(
    parsed: ParsedDocument, sentence: int, trigger: Span, telling: Telling, *, parts: Sequence[Span] = ()
) -> list[Resolution]:
    """Return the mentions of its own sentence that an event happened at, as far as the wording tells.

    Governments, peoples, parts of other names, the dateline and what is excepted are left out. Mentions in boilerplate
    count only where there is nothing else.

    Parameters
    ----------
    parsed
        The document, with its resolutions.
    sentence
        `Sentence.index` of the one that reports the event.
    trigger
        Document offsets of the words that say what happened.
    telling
        The sentence.
    parts
        Document offsets of other words for the same thing: where no mention is likely by the trigger, theirs are.

    Returns
    -------
        One or more resolutions, each of which may have no entry: several where the event is told of each place of a
        list. Empty when the sentence names no place for it.
    """
    own, chances = _weighed(parsed, sentence, trigger, telling)
    likely = _likely_among(parsed.document.text, own, chances)
    for span in parts if not likely else ():
        likely = likely or _likely_among(parsed.document.text, *_weighed(parsed, sentence, span, telling))
    best = _best(own, chances)
    return likely or ([] if best is None else [best])


def event_place(
    parsed: ParsedDocument, sentence: int, trigger: Span, *, earlier: Sequence[tuple[int, Resolution]] = ()
) -> Resolution | None:
    """Return the one mention that an event most likely happened at: of its own sentence, or else told before.

    Takes what `event_places` and `place_before` take; ``None`` when no place is named for the event, or there is no
    such sentence.
    """
    if not 0 <= sentence < len(parsed.sentences):
        return None
    here = parsed.sentences[sentence]
    (telling,) = tell([parsed.document.text[here.start : here.end]])
    return _best(*_weighed(parsed, sentence, trigger, telling)) or place_before(
        parsed, sentence, trigger, earlier=earlier
    )


def place_before(
    parsed: ParsedDocument, sentence: int, trigger: Span, *, earlier: Sequence[tuple[int, Resolution]]
) -> Resolution | None:
    """Return the place of an event whose own sentence names none for it.

    One of the `REACH` sentences before that the sentence points back to, or else the dateline of a sentence that names
    no other place, nor speaks of one that it leaves unnamed. Takes what `event_places` takes, and sentence and place of
    the events told before, in text order.
    """
    datelines, own = _near(parsed, sentence, trigger)
    first = bisect_left(parsed.resolutions, sentence - REACH, key=lambda one: one.mention.sentence)
    around = [one for one in parsed.resolutions[first:] if one.mention.sentence < sentence]
    story = [one for one in around if not one.mention.boilerplate] or around
    _, before = _parted(parsed, story[-MOST_MENTIONS:])
    here = (parsed.sentences[sentence].start, parsed.sentences[sentence].end)
    pointed = place_pointed_to(
        parsed.document.text,
        here,
        trigger,
        number=sentence,
        names_ground=any(map(is_literal, own)),
        before=before,
        earlier=earlier,
    )
    if pointed or own or speaks_of_unnamed(parsed.document.text, here):
        return pointed
    return _last_place(datelines)


def mentions_near(parsed: ParsedDocument, sentence: int, trigger: Span) -> list[Resolution]:
    """Return the mentions of a sentence that are near a trigger, in text order, without those of its dateline."""
    return _near(parsed, sentence, trigger)[1]


def _near(parsed: ParsedDocument, sentence: int, trigger: Span) -> tuple[list[Resolution], list[Resolution]]:
    """Return the mentions of a sentence's dateline, and its others that are near a trigger."""
    here = resolutions_of(parsed, sentence)
    story = [one for one in here if not one.mention.boilerplate] or here
    return _parted(parsed, nearest_mentions(story, trigger))


def resolutions_of(parsed: ParsedDocument, sentence: int) -> Sequence[Resolution]:
    """Return the resolutions of one sentence, in text order."""
    first, last = (
        cut(parsed.resolutions, sentence, key=lambda one: one.mention.sentence) for cut in (bisect_left, bisect_right)
    )
    return parsed.resolutions[first:last]


def _parted(parsed: ParsedDocument, resolutions: Sequence[Resolution]) -> tuple[list[Resolution], list[Resolution]]:
    """Return the mentions of datelines, and the others."""
    datelines: list[Resolution] = []
    others: list[Resolution] = []
    for one in resolutions:
        (datelines if in_dateline(parsed, one) else others).append(one)
    return datelines, others


def in_dateline(parsed: ParsedDocument, resolution: Resolution) -> bool:
    """Whether a mention is part of the dateline that its sentence opens with."""
    around = parsed.sentences[resolution.mention.sentence]
    return resolution.mention.end <= dateline_end(parsed.document.text, (around.start, around.end))


def features_of_mentions(
    text: str, sentence: Sentence, telling: Telling, trigger: Span, resolutions: Sequence[Resolution]
) -> list[tuple[str, ...]]:
    """Return the names of the features of each of a sentence's mentions, for a trigger in document offsets."""
    span = (sentence.start, sentence.end)
    head = telling.head_of((trigger[0] - sentence.start, trigger[1] - sentence.start))
    found = []
    for one, names in zip(resolutions, features_of(text, span, trigger, resolutions), strict=True):
        mention = (one.mention.start - sentence.start, one.mention.end - sentence.start)
        hanging = dependency_features(telling, head, mention) if head is not None else ()
        found.append((*names, *hanging, f"n {min(4, len(resolutions))}"))
    return found


def _weighed(
    parsed: ParsedDocument, sentence: int, trigger: Span, telling: Telling
) -> tuple[list[Resolution], list[float]]:
    """Return the mentions of a sentence near a trigger, and how likely it happened at each; 0 for what cannot be."""
    own = mentions_near(parsed, sentence, trigger)
    if not any(_can_be_it(one.mention) for one in own):
        return own, [0.0] * len(own)
    model, left_out = load_model("place"), excepted(parsed.document.text, own)
    features = features_of_mentions(parsed.document.text, parsed.sentences[sentence], telling, trigger, own)
    return own, [
        model.chance(names) if _can_be_it(one.mention) and number not in left_out else 0.0
        for number, (one, names) in enumerate(zip(own, features, strict=True))
    ]


def _best(resolutions: Sequence[Resolution], chances: Sequence[float]) -> Resolution | None:
    """Return the likeliest mention, the first of equals, if it is possible; of a country more is asked."""
    best = max(range(len(chances)), key=lambda index: (chances[index], -index), default=None)
    if best is None:
        return None
    least = OF_COUNTRY if level_of(resolutions[best].entry) == "country" else POSSIBLE
    return None if chances[best] < least else resolutions[best]


def _likely_among(text: str, resolutions: Sequence[Resolution], chances: Sequence[float]) -> list[Resolution]:
    """Return the mentions of a sentence that are likely its places, without what holds others of them."""
    likely: list[Resolution] = []
    aside = told_from(text, resolutions)
    chances = [chance for number, chance in enumerate(chances) if number not in aside]
    resolutions = [one for number, one in enumerate(resolutions) if number not in aside]
    for first, last in listed_together(text, resolutions):
        mean = sum(chances[first:last]) / (last - first)
        best = max(chances[first:last])
        counted = is_counted(text, resolutions[first:last])
        together = (counted and best >= LISTED) or (last - first > 2 and best >= LIKELY and mean >= LISTED)
        likely += [
            one
            for one, chance in zip(resolutions[first:last], chances[first:last], strict=True)
            if chance >= LIKELY or (together and chance > 0.0)
        ]
    return without_containers(text, likely)


def _can_be_it(mention: Mention) -> bool:
    """Whether a mention may be of ground, not of a government (3 of 11 that won by score were right) or a people.

    Nor part of the name of what is elsewhere ("the Jalisco cartel"); one that describes may be: "their Miami home".
    """
    return mention.role in ("literal", "modifier") and not mention.demonym


def _last_place(resolutions: Sequence[Resolution]) -> Resolution | None:
    """Return the last literal mention, or the finer place that it says the whereabouts of ("Sudzha, Kursk region")."""
    literal = [one for one in resolutions if is_literal(one)]
    if not literal:
        return None
    last = literal[-1]
    for before in reversed(literal[:-1]):
        if last.mention.start - before.mention.end > 60 or not is_inside(before.entry, last.entry):
            break
        last = before
    return last
