"""Areas of control and front lines of a file of boundaries: whose, in what colours, and from when to when.

Properties, by name in any case: ``side``, ``name``; ``fill`` and ``stroke`` as in simplestyle-spec 1.1, ``#rgb`` or
``#rrggbb`` with or without the sign; ``valid_from`` and ``valid_to``, both inclusive, either may be missing; or
``date``, for a file of snapshots: each holds until the day before the next date of the file.
"""

import datetime
import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from shapely.geometry.base import BaseGeometry

from geomap.boundaries import Feature, is_zone, name_of
from geomap.errors import ConfigError
from geomap.exporters.leaflet.html.escaping import Page

MOST_SIGNS = 40
"""The most different signs of a page: no reader tells more of them apart."""

# Okabe and Ito's colours, which colour-blind readers tell apart, without black and yellow.
_COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9")
_COLOUR = re.compile(r"#?([0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
_DATE = re.compile(
    r"""(?P<year>\d{4}) (?P<mark>[-/]) (?P<month>\d{2}) (?P=mark) (?P<day>\d{2})  # 2024-08-09 or 2024/08/09
    (?: [T ] \d{2}:\d{2} \S* )?                                                   # a time of day is left out""",
    re.VERBOSE,
)
_EPOCH = datetime.date(1970, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """An area or a line that someone holds or claims for some time."""

    shape: BaseGeometry
    """WGS 84 degrees, longitude first."""
    name: str
    """Its own name; may be empty."""
    side: str
    """Who holds it; may be empty."""
    fill: str
    """``#rrggbb``; empty when the file gives none."""
    stroke: str
    """``#rrggbb``; empty when the file gives none."""
    first: int | None
    """The first day on which it holds, as days since 1970-01-01; ``None`` for always."""
    last: int | None
    """The last day on which it holds; ``None`` for no end."""
    snapshot: bool
    """Whether it shows how things stood on its first day, until the file shows another day."""


def read_zones(path: Path, features: Sequence[Feature]) -> list[Zone]:
    """Return those features of a file that have a side, a colour or dates, in its order.

    One whose date or colour cannot be read, or whose dates contradict each other, is a `ConfigError`, which names the
    file, the feature and the remedy.
    """
    zones = [
        _zone(f"{path}, feature {number}", *feature)
        for number, feature in enumerate(features, start=1)
        if is_zone(feature[1])
    ]
    days = sorted({zone.first for zone in zones if zone.snapshot and zone.first is not None})
    return [_until_next(zone, days) for zone in zones]


def _zone(where: str, shape: BaseGeometry, facts: Mapping[str, Any]) -> Zone:
    date, first, last = (_day(where, name, facts.get(name)) for name in ("date", "valid_from", "valid_to"))
    if date is not None and (first, last) != (None, None):
        raise ConfigError(f"{where}: has a date and valid_from or valid_to; give either the one or the others")
    if first is not None and last is not None and last < first:
        raise ConfigError(f"{where}: valid_to is before valid_from; put the later day into valid_to")
    return Zone(
        shape=shape,
        name=name_of(facts),
        side=_words(facts.get("side")),
        fill=_colour(where, "fill", facts.get("fill")),
        stroke=_colour(where, "stroke", facts.get("stroke")),
        first=first if date is None else date,
        last=last,
        snapshot=date is not None,
    )


def _until_next(zone: Zone, days: Sequence[int]) -> Zone:
    """Let a snapshot end on the day before the next one."""
    if not zone.snapshot or zone.first is None:
        return zone
    after = bisect_right(days, zone.first)
    return replace(zone, last=days[after] - 1) if after < len(days) else zone


def _words(value: Any) -> str:
    return "" if value is None else " ".join(str(value).split())


def _day(where: str, name: str, value: Any) -> int | None:
    """Return a day as days since 1970-01-01; ``None`` where none is given."""
    words = _words(value)
    if not words:
        return None
    found = _DATE.fullmatch(words)
    try:
        if found is None:
            raise ValueError(words)
        day = datetime.date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        raise ConfigError(f"{where}: {name} {words!r} is no date; write it like 2024-08-09") from None
    return (day - _EPOCH).days


def _colour(where: str, name: str, value: Any) -> str:
    words = _words(value)
    if not words:
        return ""
    found = _COLOUR.fullmatch(words)
    if found is None:
        raise ConfigError(f"{where}: {name} {words!r} is no colour; write it like #0072b2")
    digits = found[1].lower()
    return "#" + (digits if len(digits) == 6 else "".join(2 * digit for digit in digits))


def signs_of(path: Path, zones: Sequence[Zone]) -> tuple[list[Page], list[int]]:
    """Return the signs of a key, and the number of the sign of each zone; over `MOST_SIGNS` are a `ConfigError`.

    Signs are in the order of the file: ``words``, the side or else the name; ``fill`` and ``stroke``; ``area``, false
    for lines; ``hatch``, one number for all signs of the same words, so that none depends on its colour alone.
    """
    numbers: dict[str, int] = {}
    known: dict[tuple[str, str, str, bool], int] = {}
    signs: list[Page] = []
    number_of = []
    for zone in zones:
        words = zone.side or zone.name
        hatch = numbers.setdefault(words, len(numbers))
        own = zone.fill or zone.stroke or _COLOURS[hatch % len(_COLOURS)]
        colours = (own, zone.stroke or own)
        key = (words, *colours, "Polygon" in zone.shape.geom_type)
        if key not in known:
            known[key] = len(signs)
            signs.append(dict(zip(("words", "fill", "stroke", "area"), key, strict=True)) | {"hatch": hatch})
        number_of.append(known[key])
    if len(signs) > MOST_SIGNS:
        raise ConfigError(
            f"{path}: has {len(signs)} sides, names and colours to tell apart, of which a key holds {MOST_SIGNS}; give "
            "features of one side the same side and colours"
        )
    return signs, number_of
