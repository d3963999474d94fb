"""What the words around a mention say about the place meant: its level, what it lies in, whether it is one at all."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from geomap.language.lines import is_in_dateline, opens_line
from geomap.language.relations import LISTED, PART_OF, UNDER
from geomap.language.saying import is_where_one_speaks
from geomap.language.word_lists import NAMED_UNIT_OR_MORE, NAMED_UNITS_ONLY, SETTLEMENT, SETTLEMENTS, one_of
from geomap.types import Mention, Relation

Level = str
"""``admin`` for a region or district, ``settlement`` for a city or village, ``water`` for a river or sea, or empty."""

_ADMIN_AFTER = re.compile(
    rf"""
    \s+ (?:autonomous\s+)? {NAMED_UNIT_OR_MORE} \b (?!
        \s+ (?: of | department | capital | police | court | duma | administration | hospital )
    )
    """,
    re.IGNORECASE | re.VERBOSE,
)
_ADMIN_BEFORE = re.compile(rf"\b{NAMED_UNIT_OR_MORE} of\s+$", re.IGNORECASE)
_MANY_AFTER = re.compile(rf"\s+(?:autonomous\s+)?{NAMED_UNITS_ONLY}\b", re.IGNORECASE)
_MANY_BEFORE = re.compile(rf"\b{NAMED_UNITS_ONLY} of\s+$", re.IGNORECASE)
_SETTLEMENT_AFTER = re.compile(
    rf"""
      \s+ (?: {SETTLEMENT} | axis | axes ) \b (?![ ]of)
    | \s+directions?\b
    | ,\s+an?\s+ (?:[\w-]+\s+){{0,3}} {SETTLEMENT} \b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_SMALL = one_of(noun for noun in SETTLEMENTS if noun != "city")
_SMALL_AFTER = re.compile(rf"\s+{_SMALL}\b|,\s+an?\s+(?:[\w-]+\s+){{0,3}}{_SMALL}\b", re.IGNORECASE)
_SETTLEMENT_BEFORE = re.compile(
    rf"""
    \b (?:
          (?: {SETTLEMENT} | capital | hub | port | resort | streets | stronghold ) [ ]of
        | {SETTLEMENT}
    ) \s+$
    """,
    re.IGNORECASE | re.VERBOSE,
)
_PEOPLE_AFTER = re.compile(
    r"""
    (?: [ ]and[ ][A-Z]\w+ )? (?: [ ][a-z]+ )? [ ] (?:
        clans? | communit (?: y | ies ) | elders | families | fighters | forces | groups? | gunmen | herders | men
        | militia (?: s | men )? | mobs? | officials | people | police | rebels | soldiers | tribes? | tribesmen
        | troops | villagers | villages? | women | youths?
    ) \b
    """,
    re.VERBOSE,
)
_WATER_AFTER = re.compile(r"\s+(?:river|lake|reservoir|canal|sea|gulf|bay|strait|dam)\b", re.IGNORECASE)
_WATER_NAME = re.compile(r"\b(?:sea|ocean|gulf|strait|river|lake|canal|channel)$", re.IGNORECASE)
_WATER_BEFORE = re.compile(r"\b(?:river|lake|the banks? of the)\s+$", re.IGNORECASE)
_MUNICIPAL = re.compile(
    r"""
    (?:[’']s)? [ ] (?:[A-Z]\w+[ ])? (?:
          (?i:
              city[ ] (?: council | hall | manager | commission ) | police[ ] (?: department | chief | officer )
              | fire | school | high | elementary | middle | junior | independent | township | mayor | residents?
              | public[ ] (?: library | schools ) | chamber | community | sheriff | council | town | downtown | woman
              | man | city
          ) \b
        | Police\b
    )
    """,
    re.VERBOSE,
)
_STREET = re.compile(
    r"""
    (?:[ ]and[ ]\w+)? [ ] (?i:
        (?:
            street | avenue | road | drive | lane | boulevard | highway | parkway | bridge | hotel | mall | apartment
            | hall | church | cemetery | farm | st | ave | rd | blvd | dr
        ) s?
    ) \b
    """,
    re.VERBOSE,
)


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
    many: bool = False
    """Whether the words ask it of a whole list: "Kharkiv and Luhansk regions"."""
    listed: bool = False
    """Whether what looks like a container may be none: "Mali, Niger and Chad", "in The Hague, Sudan accused"."""
    municipal: bool = False
    """Whether words follow that are said of towns and counties, not of countries: "Lebanon High School"."""
    street: bool = False
    """Whether it is said of a street or a building: "Dublin Road", "Baker and Main streets"."""
    of_people: bool = False
    """Whether people are called by it, who may be a people: "clashes between Naga and Kuki groups"."""
    on_the_ground: bool = True
    """Whether it is a place that the sentence speaks of: no actor, and not where a report or a speaker is."""


def wording_around(text: str, mention: Mention, relations: Sequence[Relation]) -> Wording:
    """Return what the words around a mention ask for.

    Parameters
    ----------
    text, mention
        The document's text, and the mention.
    relations
        Those that speak of the mention.
    """
    before, after = text[max(0, mention.start - 40) : mention.start], text[mention.end : mention.end + 40]
    filed = opens_line(text, mention.start) and is_in_dateline(text, mention.start, mention.end)
    level = "settlement" if filed else _level(before, after)  # reports are filed from towns: "SUMY, Ukraine —"
    if not level and _WATER_NAME.search(mention.toponym):
        level = "water"
    inside = [relation for relation in relations if relation.kind == "in" and relation.words != UNDER]
    containers = tuple(relation.anchor for relation in inside)
    strict = any(relation.words == PART_OF for relation in inside)
    return Wording(
        level="" if strict else level,
        containers=containers,
        strict=strict,
        small=bool(_SMALL_AFTER.match(after)),
        of_people=bool(_PEOPLE_AFTER.match(after)),
        many=bool(_MANY_AFTER.match(after) or _MANY_BEFORE.search(before)),
        listed=bool(inside) and inside[0].words == LISTED,
        municipal=_MUNICIPAL.match(text, mention.end) is not None,
        street=_STREET.match(text, mention.end) is not None,
        on_the_ground=mention.role == "literal" and not is_where_one_speaks(text, mention),
    )


def _level(before: str, after: str) -> Level:
    if _ADMIN_AFTER.match(after) or _ADMIN_BEFORE.search(before):
        return "admin"
    if _WATER_AFTER.match(after) or _WATER_BEFORE.search(before):
        return "water"
    if _SETTLEMENT_AFTER.match(after) or _SETTLEMENT_BEFORE.search(before):
        return "settlement"
    return ""


_RIVER_BEFORE = re.compile(r"\bthe\s+$")
_BANK_BEFORE = re.compile(r"\b(?:along|across|bank of|banks of|crossed|crossing|cross|forded|down|up)\s+the\s+$")
_RIVER_AFTER = re.compile(
    r"\s*(?:[.,;:)]|$|\s(?:and|or|at|by|from|in|into|near|on|to|toward|towards|with|was|is|had|has)\b)"
)


def may_be_river(text: str, mention: Mention) -> bool:
    """Return whether a name stands with an article and no noun after it, as rivers do: "crossed the Dnipro near"."""
    before, after = text[max(0, mention.start - 20) : mention.start], text[mention.end : mention.end + 12]
    article = _RIVER_BEFORE.search(before) and _RIVER_AFTER.match(after)
    return mention.role == "literal" and bool(article or _BANK_BEFORE.search(before))
