"""What place a sentence points back to that names none for its event: "the town", "there", "the strike".

A wrong dot harms more than a missing one. A report's last place is taken only where words point to it, or where the
sentence before, or one of its paragraph, told of an event and no other ground has been named since.
"""

import re
from collections.abc import Sequence

from geomap.events.places.lists import level_of
from geomap.language.saying import SAID_PATTERN
from geomap.language.word_lists import SETTLEMENT, SETTLEMENT_OR_MORE, UNIT, UNIT_OR_MORE
from geomap.types import Resolution, Span

REACH = 3
"""How many sentences back a place still holds. In the train split of TR-News, the place named last is the same as, or
within 50 km of, one that the next sentence with a place names in .75, .69 and .78 of cases when that is one, two and
three sentences on (n = 144, 62, 36), and in .54 and .48 four and five on (n = 28, 21)."""

WINDOW = 400
"""How many characters before and after a trigger words that point back are looked for."""

_MOST_EVENTS = 20
_THE = r"\b(?:the|this|that)\s+(?:(?-i:[a-z][a-z-]+)\s+){0,2}?"
# None before a name: "the town of Goma", "the Kursk region" say themselves which.
_NOT_NAMED = r"(?!\s+of\b|\s+(?-i:[A-Z])|[’']s\s+(?-i:[A-Z])|\s+and\s+(?-i:[A-Z]))"
_TOWN = re.compile(_THE + rf"(?:{SETTLEMENT}|camp|port)\b" + _NOT_NAMED, re.IGNORECASE)
_UNNAMED = re.compile(
    rf"""
    \b (?: an? | another | one | two | several ) \s+ (?:(?-i:[a-z][a-z-]+) \s+){{0,3}}? (?:
        {SETTLEMENT_OR_MORE} | {UNIT_OR_MORE} | ports? | islands?
    ) \b{_NOT_NAMED}
    """,
    re.IGNORECASE | re.VERBOSE,
)
_FACILITY = re.compile(
    rf"""
    {_THE} (?P<noun>
        dam | bridge | plant | airport | airfield | base | outpost | refinery | hospital | market | school | prison
        | mosque | church
    ) \b{_NOT_NAMED}
    """,
    re.IGNORECASE | re.VERBOSE,
)
_REGION = re.compile(_THE + rf"{UNIT}\b" + _NOT_NAMED, re.IGNORECASE)
_GROUND = re.compile(
    rf"""
      {_THE} (?: peninsula | valley | enclave | strip | area | corridor | exclave | zone ) \b{_NOT_NAMED}
    | \bthere\b (?!
          \s+ (?:
              is | are | was | were | will | would | could | may | might | can | should | remain
              | (?: has | have | had ) \s+been
          ) \w*\b
      )
    | \b (?: offensive | fighting | forces | troops | attacks? | clashes | strikes? | situation | army | war )
      \s+there\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_EVENT = re.compile(
    r"""
    \b (?: the | this | that | these ) \s+ (?:(?: latest | same | air | drone | missile | two-day | deadly ) \s+)? (?:
        (?:air)? strikes? | attacks? | raids? | assault | ambush | shelling | bombing | bombardment | blasts?
        | explosions? | clash (?:es)? | siege | massacre | killings? | shooting | fighting | battle | scene | incident
    ) \b (?!\s+ (?: on | in | at | near | of | against ) \b)
    """,
    re.IGNORECASE | re.VERBOSE,
)
_OF_SPEECH = re.compile(
    rf"""
      \b (?:
          {SAID_PATTERN} | reporters | conference | statement | remarks | interview | talks
          | summit | meeting | speech
      ) \b[^.;,]{{0,30}}\b (?: in | from | at ) \s+ (?:the\s+)? $
    | ^[^.;,]{{0,3}}\bSpeaking[ ] (?: in | from | at ) \s+$
    """,
    re.IGNORECASE | re.VERBOSE,
)
_ISLAND = re.compile(_THE + r"(?:island|islet)\b" + _NOT_NAMED, re.IGNORECASE)
_SITES = frozenset({"town", "quarter", "spot", "nil"})
_REGIONS = frozenset({"region", "district"})


def place_pointed_to(
    text: str,
    sentence: Span,
    trigger: Span,
    *,
    number: int,
    names_ground: bool,
    before: Sequence[Resolution],
    earlier: Sequence[tuple[int, Resolution]],
) -> Resolution | None:
    """Return the earlier place that a sentence goes on about.

    Parameters
    ----------
    text
        The document's text.
    sentence, trigger
        Offsets of the sentence, and of its words that say what happened.
    number
        `Sentence.index` of the sentence.
    names_ground
        Whether it names ground of its own, none of which the event happened at.
    before
        The mentions of the `REACH` sentences before, in text order.
    earlier
        Sentence and place of the events told before, in text order.

    Returns
    -------
        One of ``before`` or ``earlier``; ``None`` where nothing points back.
    """
    known = [
        (index, one)
        for index, one in earlier[-_MOST_EVENTS:]
        if index >= number - REACH and one.mention.sentence >= number - REACH
    ]
    start, end = max(sentence[0], trigger[0] - WINDOW), min(sentence[1], trigger[1] + WINDOW)
    ground = [one for one in before if _is_ground(text, one)]
    if _TOWN.search(text, start, end):
        return _latest(known, ground, _SITES)
    if _REGION.search(text, start, end):
        return _latest(known, ground, _REGIONS)
    if _ISLAND.search(text, start, end):
        return next((one for one in reversed(ground) if _is_island(one)), None)
    if _GROUND.search(text, start, end):
        return _latest(known, ground, None)
    facility = _FACILITY.search(text, start, end)
    place = _place_of(text, facility.group("noun"), before) if facility else None
    if place is not None:
        return place
    still = known[-1] if known and not _named_since(known[-1], ground) else None
    if facility and still:
        return still[1]
    if names_ground:
        return None
    if _EVENT.search(text, start, end):
        return _latest(known, ground, None)
    return still[1] if still and (still[0] == number - 1 or _goes_on(text, still[1], sentence, ground)) else None


def _goes_on(text: str, place: Resolution, sentence: Span, ground: Sequence[Resolution]) -> bool:
    """Whether a sentence stands in the paragraph that named the place of an event, and no other ground since."""
    if "\n" in text[place.mention.end : sentence[0]]:
        return False
    return not any(one.mention.start > place.mention.end for one in ground)


def speaks_of_unnamed(text: str, sentence: Span) -> bool:
    """Whether a sentence speaks of ground without its name: "an eastern city", not "the city" nor "a town of Kursk"."""
    return _UNNAMED.search(text, *sentence) is not None


def _is_island(resolution: Resolution) -> bool:
    entry = resolution.entry
    return "island" in resolution.mention.toponym.lower() or (
        entry is not None and entry.feature_code.startswith("ISL")
    )


def _is_ground(text: str, resolution: Resolution) -> bool:
    """Whether a mention is of ground that something else may be said of, not of where somebody spoke."""
    mention = resolution.mention
    if mention.role != "literal" or mention.demonym or mention.relation:
        return False
    return not _OF_SPEECH.search(text[max(0, mention.start - 60) : mention.start])


def _place_of(text: str, noun: str, before: Sequence[Resolution]) -> Resolution | None:
    """Return the place that a facility was last named with: "the dam at Nova Kakhovka", "the Kakhovka dam"."""
    leads = re.compile(rf"\b{noun}s?\s+(?:at|in|near|of|on|outside|over)\s+(?:the\s+)?$", re.IGNORECASE)
    follows = re.compile(rf"\s+{noun}\b", re.IGNORECASE)
    for one in reversed(before):
        first, last = one.mention.start, one.mention.end
        if (
            leads.search(text, max(0, first - 40), first)
            or follows.match(text, last)
            or one.mention.toponym.lower().endswith(f" {noun.lower()}")
        ):
            return one
    return None


def _latest(
    known: Sequence[tuple[int, Resolution]], ground: Sequence[Resolution], levels: frozenset[str] | None
) -> Resolution | None:
    """Return the place of the last event, or what has been named in a sentence since; only of some levels, if given."""
    events = [(index, 1, one) for index, one in known]
    named = [(one.mention.sentence, 0, one) for one in ground]
    fitting = [one for one in (*named, *events) if levels is None or level_of(one[2].entry) in levels]
    return max(fitting, key=lambda one: (one[0], one[1], one[2].mention.start))[2] if fitting else None


def _named_since(told: tuple[int, Resolution], ground: Sequence[Resolution]) -> bool:
    """Whether other ground has been named after the sentence of an event, or after its place in that sentence."""
    index, place = told
    return any(
        one.mention.sentence >= index
        and one.mention.start > place.mention.end + 60
        and (one.entry is None or place.entry is None or one.entry.id != place.entry.id)
        for one in ground
    )
