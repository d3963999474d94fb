"""Places beside each other: which are told of together in a list, and which only says what another lies in."""

import re
from collections.abc import Sequence

from geomap.events.deaths.numbers import read_count
from geomap.language.word_lists import POINT_OF_EIGHT, SETTLEMENT, SETTLEMENT_OR_MORE, UNIT, UNIT_OR_MORE
from geomap.types import GazetteerEntry, Resolution, Span

_OFF = rf"{POINT_OF_EIGHT}\s+of\s+"
_JOINT = re.compile(
    rf"""
    (?: \s+ {UNIT} )?
    \s* (?: , \s* (?:and|or)? | ; \s* (?:and)? | and | or | / | & | as\ well\ as ) \s*
    (?: (?: also | then ) \s+ )?
    (?:
        {_OFF} [\w'’-]+ (?: \s+ [\w'’-]+ ){{0,2}}? \s+ (?= near \b )  # "south of it near"
        | (?P<count> (?: [\w-]+ \s+ ){{1,4}}? (?= (?:in|at|near) \b ) )
    )?
    (?: (?: in | at | near | toward | towards | around | outside | in\ the\ direction\ of | in\ the\ areas?\ of ) \s+ )?
    (?: the \s+ )? (?: (?: {SETTLEMENT_OR_MORE} | {UNIT_OR_MORE} ) \ of \s+ )?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_EXCEPT = re.compile(
    rf"""
    \b (?:
        except (?:ing)? (?:\s+for)? | excluding | other\s+than | apart\s+from | aside\s+from
        | with\s+the\s+exception\s+of | but\s+not
    ) \s+ (?:(?: in | at | on | near | around ) \s+)? (?:the\s+)?
    (?:(?: {SETTLEMENT} | {UNIT} ) \s+of\s+)? $
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""The prepositions that leave something out, which English has no more of."""
_ASIDE = re.compile(rf"{_OFF}(?:the\s+{SETTLEMENT}\s+of\s+)?$", re.IGNORECASE)
_NEAR = re.compile(r"\s+near\b")
_AND = re.compile(r"\b(?:and|or|as well as)\b|&|/", re.IGNORECASE)
_LARGE = frozenset({"country", "region", "district"})
_FINENESS = {"country": 0, "region": 1, "district": 2, "area": 2, "town": 3, "quarter": 4, "spot": 4}


def is_literal(resolution: Resolution) -> bool:
    """Whether a mention is of ground, and stands for no government, people or other thing."""
    return resolution.mention.role == "literal" and not resolution.mention.demonym


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


def listed_together(text: str, resolutions: Sequence[Resolution]) -> list[Span]:
    """Return the runs of mentions that a list joins, as half-open index ranges; a mention by itself is a run of one.

    The mentions are of one sentence, in text order. "X, Y and Z" is a run of three; "X, Y" without an "and" is a place
    and what it lies in: two runs.
    """
    runs: list[Span] = []
    first = 0
    for index in range(1, len(resolutions) + 1):
        if index < len(resolutions) and _joint(text, resolutions, index):
            continue
        links = [text[slice(*_between(resolutions, at))] for at in range(first + 1, index)]
        if any(_AND.search(link) for link in links):
            runs.append((first, index))
        else:
            runs += [(at, at + 1) for at in range(first, index)]
        first = index
    return runs


def is_counted(text: str, resolutions: Sequence[Resolution]) -> bool:
    """Whether the items of a list each have a number of their own: "three in X, two in Y and one in Z"."""
    joints = [_joint(text, resolutions, index) for index in range(1, len(resolutions))]
    return bool(joints) and all(one is not None and one["count"] for one in joints)


def told_from(text: str, resolutions: Sequence[Resolution]) -> set[int]:
    """Return the indexes of the mentions that only say on which side of them the next lie: "north of X near Y"."""
    return {
        number
        for number, one in enumerate(resolutions[:-1])
        if _NEAR.match(text, one.mention.end) and _ASIDE.search(text, max(0, one.mention.start - 20), one.mention.start)
    }


def excepted(text: str, resolutions: Sequence[Resolution]) -> set[int]:
    """Return the indexes of the mentions that the wording leaves out: "except for X and Y"."""
    found: set[int] = set()
    for first, last in listed_together(text, resolutions):
        start = resolutions[first].mention.start
        if _EXCEPT.search(text, max(0, start - 50), start):
            found.update(range(first, last))
    return found


def _joint(text: str, resolutions: Sequence[Resolution], index: int) -> re.Match[str] | None:
    """Return what joins a mention to the one before it in a list, if it does."""
    joint = _JOINT.fullmatch(text, *_between(resolutions, index))
    if joint and joint["count"] and read_count(joint["count"].lower().split(), 0) is None:
        return None
    return joint


def _between(resolutions: Sequence[Resolution], index: int) -> Span:
    start, end = resolutions[index - 1].mention.end, resolutions[index].mention.start
    return min(start, end), end


def without_containers(text: str, resolutions: Sequence[Resolution]) -> list[Resolution]:
    """Return mentions without those that only say what another lies in: "Bule, in Djugu territory", "Timba, Cauca".

    Where some are towns or smaller, units and countries are left out. Of two that only a comma stands between, the
    second is left out, unless they are items of a longer list.
    """
    small = [one for one in resolutions if level_of(one.entry) not in _LARGE]
    kept = list(resolutions)
    if small and len(small) < len(kept):
        kept = [one for one in kept if level_of(one.entry) not in _LARGE or _is_item(text, one, kept)]
    runs = listed_together(text, kept)
    found: list[Resolution] = []
    for first, last in runs:
        one = kept[first]
        if last - first == 1 and found and _follows(text, found[-1], one):
            continue
        found += kept[first:last]
    return [one for one in found if not any(is_inside(other.entry, one.entry) for other in found)] or found


def _is_item(text: str, one: Resolution, others: Sequence[Resolution]) -> bool:
    """Whether a unit is joined to another place by "and"."""
    for other in others:
        left, right = sorted((one.mention, other.mention), key=lambda mention: mention.start)
        between = text[left.end : right.start] if left.end <= right.start <= left.end + 40 else ""
        if other is not one and _AND.search(between) and _JOINT.fullmatch(between):
            return True
    return False


def _follows(text: str, before: Resolution, one: Resolution) -> bool:
    """Whether a mention comes right after another, with no more than a comma, or "in" and an article, between."""
    between = text[before.mention.end : one.mention.start]
    return re.fullmatch(r"\s*(?:,\s*(?:in\s+|near\s+)?(?:the\s+)?|\s+in\s+(?:the\s+)?|\s*\()", between) is not None
