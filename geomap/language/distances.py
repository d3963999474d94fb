"""Distances and directions in words: "about 15 miles north-west of" is 24 km at 315 degrees."""

import re
from dataclasses import dataclass

from geomap.language.word_lists import POINT, TENS, TO_NINETEEN

MOST_KM = 20_004.0
"""Half the way round the Earth over the poles (WGS 84): what is said to be farther off is no distance."""

LONGEST = 200
"""Characters of a relation that are read: more than `geomap.language.displacement.REACH` and a rim."""

_KM = {"k": 1.0, "mi": 1.609344, "n": 1.852, "m": 0.001, "y": 0.0009144, "f": 0.0003048}
"""Kilometres in a unit, by how its name begins: the longest beginning that fits counts."""

_WORDS: dict[str, float] = {
    **TO_NINETEEN, **TENS, "a": 1, "an": 1, "couple": 2, "few": 3, "several": 5, "tens": 30, "dozens": 36, "scores": 60,
    "hundreds": 300, "thousands": 3000,
}  # fmt: skip
"""What a number word counts; vague ones ("a few", "dozens of") as three, "several" as five, of what they name."""

_SCALES = {"dozen": 12.0, "hundred": 100.0, "thousand": 1000.0}
_PARTS = {"half": 0.5, "quarter": 0.25}
_SPEED = {"drive": 60.0, "walk": 5.0, "flight": 600.0}
"""Kilometres an hour: roads in the country, a person, a jet with its climb."""

_NUMBER = r"\d[\d.,]*|[a-z]+(?:[\s-]+[a-z]+)*?"
_AMOUNT = re.compile(
    rf"""
    (?:(?P<low>{_NUMBER}) (?:\s* (?: - | – | to | or ) \s* (?P<high>\d[\d.,]*))? [\s-]*)? \b (?P<unit>
        (?:nautical\s+)? miles? | kms? | kilomet (?: er | re ) s? | mi | met (?: er | re ) s? | m | yards? | feet | ft
    ) \b
    """,
    re.VERBOSE,
)
_JOINED_UNIT = re.compile(r"(?<=\d)(?=[a-z])")
_JOURNEY = re.compile(r"(?P<number>an?|\d+|[a-z]+)[\s-]+(?P<unit>hour|minute)s?(?:[’']s?)?\s+(?P<by>drive|walk|flight)")
_POINT = re.compile(
    rf"""
    \b ({POINT}) (?: [-\s]? ({POINT}) )? (?: [-\s]? (east|west) )? (?:ern)? \b
    (?= .*\b (?: of | from ) \b )
    """,
    re.VERBOSE,
)
_BEARINGS = {"north": 0.0, "east": 90.0, "south": 180.0, "west": 270.0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Offset:
    """How far from a place, and in which direction."""

    km: float | None
    """Kilometres; ``None`` when not said."""
    bearing: float | None
    """Degrees clockwise from north; ``None`` when not said."""
    points: int = 8
    """How many directions the wording tells apart: 8, or 16 for "south-southwest"."""


def offset_in(relation: str) -> Offset:
    """Return the distance and direction that the words of a relation give.

    Parameters
    ----------
    relation
        Such as "about 15 kilometres (9 miles) south-west of"; of several units the first counts.

    Returns
    -------
        Both ``None`` for words without either, such as "near". Distances over `MOST_KM` count as not said.
    """
    words = _JOINED_UNIT.sub(" ", relation[:LONGEST].lower())
    bearing, points = _bearing(words)
    km = _journey_km(words) or _amount_km(words)
    return Offset(km=km if km is not None and km <= MOST_KM else None, bearing=bearing, points=points)


def _bearing(words: str) -> tuple[float | None, int]:
    """Return the mean of the compass points that are named, and how many the finest of them tells apart."""
    found = [[part for part in match.groups() if part] for match in _POINT.finditer(words)]
    if not found:
        return None, 8
    bearings = [_degrees(parts) for parts in found]
    mean = bearings[0]
    for other in bearings[1:]:
        mean += ((other - mean + 180) % 360 - 180) / 2
    return mean % 360, 16 if len(found[0]) == 3 else 8


def _degrees(parts: list[str]) -> float:
    """Return the degrees of "south", "south", "west": half way from each point to the one that the rest names."""
    if len(parts) == 1:
        return _BEARINGS[parts[0]]
    first, rest = _BEARINGS[parts[0]], _degrees(parts[1:])
    return (first + ((rest - first + 180) % 360 - 180) / 2) % 360


def _journey_km(words: str) -> float | None:
    found = _JOURNEY.search(words)
    if found is None:
        return None
    number = _count(found.group("number"))
    hours = number if found.group("unit") == "hour" else (number or 0) / 60
    return None if hours is None else hours * _SPEED[found.group("by")]


def _amount_km(words: str) -> float | None:
    """Return the kilometres of an amount; the mean of two ("15 to 20 km")."""
    found = _AMOUNT.search(words)
    if found is None:
        return None
    numbers = [_count(found.group(name)) for name in ("low", "high") if found.group(name)]
    known = [number for number in numbers if number is not None]
    unit = found.group("unit")
    scale = _KM[next(start for start in sorted(_KM, key=len, reverse=True) if unit.startswith(start))]
    # "kilometres from" without a number is a few of them.
    return (sum(known) / len(known) if known else _WORDS["few"]) * scale


def _count(words: str) -> float | None:
    """Return the number that words name: "2,500", "two and a half", "a few hundred"; ``None`` when they name none."""
    if words[:1].isdigit():
        return _digits(words)
    named = re.findall(r"[a-z]+", words)
    part = next((_PARTS[word] for word in named if word in _PARTS), 0.0)
    if part and "and" not in named:
        return part  # "half a kilometre", "a quarter of a mile"
    if part:
        named = named[: named.index("and")]
    numbers = [word for word in named if word in _WORDS or word in _SCALES]
    if len(numbers) > 1:
        numbers = [word for word in numbers if word not in ("a", "an")]
    total = 0.0
    for word in numbers:
        total = (total or 1.0) * _SCALES[word] if word in _SCALES else total + _WORDS[word]
    return total + part if numbers else None


def _digits(words: str) -> float | None:
    """Return a number in digits: a comma before three of them parts thousands, any other is a decimal point."""
    plain = re.sub(r",(?=\d{3}(?:\D|$))", "", words.rstrip(".,")).replace(",", ".")
    try:
        return float(plain[:20])
    except ValueError:
        return None
