"""What the words around a mention say about the place meant: its level, and what it lies in."""

import re
from dataclasses import dataclass

from geomap.types import Mention

Level = str
"""``admin`` for a region or district, ``settlement`` for a city or village, ``water`` for a river or sea, or empty."""

_ADMIN_AFTER = re.compile(
    r"\s+(?:autonomous\s+)?(?:region|oblast|province|governorate|state|county|district|raion|prefecture|department|"
    r"parish|division|krai|territory|voivodeship|canton)s?\b(?!\s+(?:of|department|capital|police|court|duma|administration|hospital))",
    re.IGNORECASE,
)
_ADMIN_BEFORE = re.compile(r"\b(?:province|state|county|district|region|governorate|oblast|department) of\s+$", re.I)
_SETTLEMENT_AFTER = re.compile(
    r"\s+(?:city|town|village)\b(?! of)|,\s+an?\s+(?:[\w-]+\s+){0,3}(?:city|town|village|settlement)\b", re.IGNORECASE
)
_SMALL_AFTER = re.compile(
    r"\s+(?:town|village)\b|,\s+an?\s+(?:[\w-]+\s+){0,3}(?:town|village|settlement)\b", re.IGNORECASE
)
_SETTLEMENT_BEFORE = re.compile(
    r"\b(?:(?:city|town|village|suburb|neighbou?rhood|port|settlement|hamlet|hub|stronghold|township|resort|capital|"
    r"streets) of"
    r"|(?:port|border|mining|front-?line|rail|railway|garrison|eastern|western|northern|southern) "
    r"(?:city|town|village)"
    r"|(?:city|town|village|settlement))\s+$",
    re.IGNORECASE,
)
_WATER_AFTER = re.compile(r"\s+(?:river|lake|reservoir|canal|sea|gulf|bay|strait|dam)\b", re.IGNORECASE)
_WATER_NAME = re.compile(r"\b(?:sea|ocean|gulf|strait|river|lake|canal|channel)$", re.IGNORECASE)
_WATER_BEFORE = re.compile(r"\b(?:river|lake|the banks? of the)\s+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Wording:
    """What the text around one mention asks for."""

    level: Level = ""
    """The level asked for; empty when the words do not say."""
    containers: tuple[int, ...] = ()
    """Indices of the mentions that the place is said to lie in."""
    strict: bool = False
    """Whether the container is beyond doubt: "the San Francisco district of Caracas"."""
    small: bool = False
    """Whether the words say that it is no city: "a town just south of"."""
    listed: bool = False
    """Whether what looks like a container may be none: "Mali, Niger and Chad", "in The Hague, Sudan accused"."""


def wording_of(text: str, mentions: tuple[Mention, ...], index: int) -> Wording:
    """Return what the words around ``mentions[index]`` ask for.

    Containers are read from "Sudzha, Kursk region", "Sudzha (Russia)", "Sudzha in the Kursk region", "Russia's Kursk
    region" and "the Kursk town of Sudzha".
    """
    mention = mentions[index]
    before, after = text[max(0, mention.start - 40) : mention.start], text[mention.end : mention.end + 40]
    level = "settlement" if mention.toponym.isupper() and _DATELINE_AFTER.match(after) else _level(before, after)
    if not level and _WATER_NAME.search(mention.toponym):
        level = "water"
    containers = _containers(text, mentions, index)
    strict = bool(_PART_OF.match(text, mention.end)) and bool(containers)
    return Wording(
        level="" if strict else level,
        containers=containers,
        strict=strict,
        small=bool(_SMALL_AFTER.match(after)),
        listed=bool(containers) and not strict and bool(_LIST_GOES_ON.match(text, mentions[containers[0]].end)),
    )


# Reports are filed from towns: "SUMY, Ukraine —".
_DATELINE_AFTER = re.compile(r"(?:, [A-Z][\w ]+)?(?: \([^()]{2,30}\))? ?(?:/[A-Z]|[—–]| - |, [A-Z][a-z]+\.? \d)")


def _level(before: str, after: str) -> Level:
    if _ADMIN_AFTER.match(after) or _ADMIN_BEFORE.search(before):
        return "admin"
    if _WATER_AFTER.match(after) or _WATER_BEFORE.search(before):
        return "water"
    if _SETTLEMENT_AFTER.match(after) or _SETTLEMENT_BEFORE.search(before):
        return "settlement"
    return ""


_INSIDE = re.compile(
    r"(?:\s+(?:region|oblast|province|district|raion|county|city|town|village))?"
    r"(?:,|\s+\(|,?\s+in\s+(?:the\s+)?(?:\w+\s+){0,2}|,\s+(?:a|the)\s+(?:\w+\s+){1,3}(?:in|of)\s+(?:the\s+)?)\s*(?:the\s+)?$|^,\s*$",
    re.IGNORECASE,
)
_PART_OF = re.compile(
    r"\s+(?:neighbou?rhood|quarter|suburb|district|area|commune|municipality)\s+of\s+(?:the\s+)?", re.IGNORECASE
)
_OWNING = re.compile(
    r"(?:[’']s\s+(?:\w+[\s-]){0,3}|\s+(?:region\s+)?(?:city|town|village|district) of\s+"
    r"|\s+(?:region|oblast|province|governorate|district)\s+(?:near|at|around|outside)\s+)$",
    re.IGNORECASE,
)

_LIST_GOES_ON = re.compile(
    r",?\s+(?:and|or)\s|,\s+[A-Z]|\s+(?!region|oblast|province|district|governorate|state|county)[a-z]"
)


def _containers(text: str, mentions: tuple[Mention, ...], index: int) -> tuple[int, ...]:
    found = []
    mention = mentions[index]
    if index + 1 < len(mentions) and mentions[index + 1].sentence == mention.sentence:
        gap = text[mention.end : mentions[index + 1].start]
        if len(gap) <= 40 and (_INSIDE.fullmatch(gap) or _PART_OF.fullmatch(gap)):
            found.append(index + 1)
    if index and mentions[index - 1].sentence == mention.sentence:
        gap = text[mentions[index - 1].end : mention.start]
        if len(gap) <= 40 and _OWNING.fullmatch(gap):
            found.append(index - 1)
    return tuple(found)
