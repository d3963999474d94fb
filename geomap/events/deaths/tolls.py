"""How many deaths a sentence says its event cost."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from geomap.events.breaks import find_breaks
from geomap.events.deaths.counting import words
from geomap.events.deaths.numbers import TOKEN
from geomap.events.deaths.victims import Victims, subject, victims_before, victims_from
from geomap.types import Span

_LOST_LIVES = frozenset({"life", "lives"})
_NONE = re.compile(
    r"\b(?:(?:no|without(?: causing| any| causing any)?|did not cause(?: any)?|caused no) (?:casualties|deaths|"
    r"fatalities|victims|loss of life)|(?:no[ -]one|nobody|none)(?: of \w+)? (?:was |were |has been |is |"
    r"had )?(?:\w+ly )?(?:killed|dead|died|harmed|hurt|injured)|(?:killed|killing|hurt|hurting) (?:no[ -]one|"
    r"nobody)|(?:left|leaving) (?:no[ -]one|nobody) dead)\b",
    re.IGNORECASE,
)
_TAKING = frozenset({"claimed", "claiming", "took", "taking", "cost", "costing"})
_TOLL_VALUE = frozenset({"to", "at", "of", "is", "was", "reached", "passed", "hit", "exceeded", "exceeds", ":"})
_SO_FAR = re.compile(
    r"\b(?:since (?!(?:mon|tues|wednes|thurs|fri|satur|sun)day|yesterday|dawn|midnight|overnight)|so far (?:this|in)|"
    r"this year|(?:over|in|during) the (?:past|last) (?:\w+ )?(?:months?|years?|decades?)|years? of war)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Toll:
    """Deaths that one phrase says."""

    low: int
    high: int
    span: Span


def fatalities(sentence: str, trigger: Span) -> tuple[int, int] | None:
    """Return the least and greatest number of deaths that a sentence says of the event of a trigger.

    As reported, not as judged: "at least 12" and "more than 12" are 12, "up to 20" is 1 to 20, a death toll counts as
    said. Wounded and missing people do not count, nor do those that are among others ("six, including two children").
    Words without a number count as ACLED codes them; see `geomap.events.deaths.numbers`. Where a sentence reports
    several tolls, the nearest to the trigger counts, and none but "nobody" across "while", "but" or a
    semicolon.

    Parameters
    ----------
    sentence
        One sentence.
    trigger
        The words that say what happened, in offsets of the sentence.

    Returns
    -------
        ``(0, 0)`` when it says that nobody died; ``None`` when it says nothing of it, speaks of what may come ("could
        kill"), counts dead and wounded together, or sums up a war ("41,000 since October") instead of an event.
    """
    tolls = [toll for toll in _tolls(sentence) if not _sums_up(sentence, toll.span)]
    if not tolls:
        return None
    breaks = find_breaks(sentence)

    def rank(toll: _Toll) -> tuple[float, Span]:
        low, high = sorted((trigger, toll.span))
        gap = max(0, high[0] - low[1])
        return (breaks.between(low[1], high[0]) + gap / 500 if gap else 0.0), toll.span

    nearest = min(tolls, key=rank)
    low, high = sorted((trigger, nearest.span))
    severed = nearest.high and low[1] < high[0] and breaks.severed(low[1], high[0])
    return None if severed else (nearest.low, nearest.high)


def _tolls(sentence: str) -> Iterator[_Toll]:
    for match in _NONE.finditer(sentence):
        yield _Toll(low=0, high=0, span=match.span())
    found_words = list(TOKEN.finditer(sentence))
    written = [word[0] for word in found_words]
    tokens = [word.lower().replace("’", "'") for word in written]
    for index in range(len(tokens)):
        found = _toll_at(tokens, written, index)
        if found and found.high:
            first, last = min(index, found.start), max(index, found.end - 1)
            yield _Toll(low=found.low, high=found.high, span=(found_words[first].start(), found_words[last].end()))


def _toll_at(tokens: Sequence[str], written: Sequence[str], index: int) -> Victims | None:
    """Return whom the word at an index says to have died, or ``None``."""
    word = tokens[index]
    if word in ("dead", "killed") and tokens[max(0, index - 1)] in ("of", "feared", "number"):
        return None
    if word == "dead" and tokens[max(0, index - 2) : index] in (["put", "the"], ["puts", "the"], ["putting", "the"]):
        return _rising(tokens, written, index)
    if word == "dead" or word in words("killing"):
        return _killed(tokens, written, index)
    if word in words("dying") or (word in _LOST_LIVES and tokens[max(0, index - 2)] == "lost"):
        verb = index if word in words("dying") else index - 2
        return None if _unreal(tokens, verb) else subject(tokens, written, verb, plural=False)
    if word in ("deaths", "fatalities", "bodies", "dead:", "corpses"):
        return _of(tokens, written, index) or victims_before(tokens, written, index, noun=True)
    if word == "lives" and not _TAKING.isdisjoint(tokens[max(0, index - 4) : index]):
        return _of(tokens, written, index) or victims_before(tokens, written, index, noun=True)
    if word in ("death", "killing", "lives", "murder", "assassination", "body"):
        return _of(tokens, written, index)
    return _rising(tokens, written, index) if word in ("toll", "number") else None


def _unreal(tokens: Sequence[str], index: int) -> bool:
    return not words("not_real").isdisjoint(tokens[max(0, index - 3) : index])


def _killed(tokens: Sequence[str], written: Sequence[str], index: int) -> Victims | None:
    joint, other = (*tokens[index + 1 : index + 3], "", "")[:2]
    if joint in ("or", "and") and other.startswith(("wound", "injur", "captur", "miss")):
        return None  # "killed or wounded 30"
    if _unreal(tokens, index):
        return None
    verb = _passive(tokens, index)
    if verb is not None:
        return subject(tokens, written, verb, plural=tokens[verb] in ("were", "are"))
    shot = tokens[index - 1 : index] == ["shot"]
    active = victims_from(tokens, written, index + 1) if tokens[index] != "dead" or shot else None
    if tokens[index] == "gunned":
        active = victims_from(tokens, written, index + 2)
    return active or victims_before(tokens, written, index - shot, noun=False)


def _passive(tokens: Sequence[str], index: int) -> int | None:
    """Return the index of the "was" or "were" of a passive verb, or ``None``."""
    for at in range(index - 1, max(-1, index - 5), -1):
        if tokens[at] in words("be"):
            return at
        if tokens[at] not in words("between_be") and not tokens[at].endswith("ly"):
            return None
    return None


def _of(tokens: Sequence[str], written: Sequence[str], index: int) -> Victims | None:
    if tokens[index + 1 : index + 2] != ["of"]:
        return None
    return victims_from(tokens, written, index + 2)


def _rising(tokens: Sequence[str], written: Sequence[str], index: int) -> Victims | None:
    """Read "the death toll from the strike rose to 31", "put the number of dead at 31" and "put the dead at 31"."""
    start = index + 1
    if tokens[index] == "number":
        if tokens[start : start + 1] not in (["of"], ["killed"]) or not {
            "dead",
            "killed",
            "deaths",
            "fatalities",
        } & set(tokens[start : start + 4]):
            return None
        start += 2
    elif not {"death", "put", "the"} & set(tokens[max(0, index - 2) : index]):
        return None
    for at in range(start, min(index + 14, len(tokens) - 1)):
        if tokens[at] in (",", ";", "."):
            return None
        if tokens[at] in _TOLL_VALUE:
            found = victims_from(tokens, written, at + 1, numbers_only=True)
            if found:
                return found
    return None


def _sums_up(sentence: str, span: Span) -> bool:
    """Say whether a toll is one of a war or a year rather than of an event."""
    after = sentence[span[0] : span[1] + 60]
    end = re.search(r";|\b(?:while|but)\b", after)
    return bool(_SO_FAR.search(after[: end.start()] if end else after))
