"""Tables of administrative units with p-codes, as OCHA's common operational datasets (COD-AB) give them.

One row a unit of the lowest order, with name and code of each unit that holds it: ``ADM2_EN``, ``ADM2_PCODE`` and so
on, orders 0 to 4, in either case. The codes are kept as the ids of the places: ``pcode:UA1402``.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import get_args

from geomap.gazetteers.database import SqliteGazetteer
from geomap.gazetteers.importing.import_formats import Skip
from geomap.gazetteers.importing.place_rows import PlaceRow, number_of, point_problem
from geomap.types import GazetteerEntry, Level

_CODE = re.compile(r"adm([0-4])_?pcode", re.IGNORECASE)
_NAME = re.compile(r"adm([0-4])(?:_name)?(?:_?alt\d?)?_?(?:name\d?|[a-z]{2,3})?", re.IGNORECASE)
_LATITUDES, _LONGITUDES = ("center_lat", "latitude", "lat", "y"), ("center_lon", "longitude", "lon", "x")
UNITS_A_LINE = 8
"""A line gives a unit of each order; those of one line are numbered as so many lines."""

_BESIDE_KM = 17.0  # gazetteer/README.md: from a unit's middle to nine in ten of the places beside one settlement
_WITHIN_KM: Mapping[int, float] = {1: 250.0, 2: 60.0, 3: 25.0, 4: 25.0}  # where a unit's extent is not known


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitColumns:
    """Where a table has its codes, names and points."""

    codes: Mapping[int, int]
    """Column of the code of each order."""
    names: Mapping[int, Sequence[int]]
    """Columns of the names of each order, English first."""
    point: tuple[int, int] | None
    """Columns of latitude and longitude of the lowest order; ``None`` when there are none."""
    extent: int | None
    """Column of the radius of the lowest order in km; ``None`` when there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Spot:
    """A point for a unit, how far off it may be, and the codes that it takes from a known place."""

    latitude: float
    longitude: float
    accuracy_km: float
    extent_km: float
    admin1: str = ""
    admin2: str = ""


def unit_columns(header: Sequence[str]) -> UnitColumns | None:
    """Return where a header has codes and names of units; ``None`` when it has no code but the country's."""
    codes = {int(match[1]): n for n, one in enumerate(header) if (match := _CODE.fullmatch(one))}
    if not set(codes) - {0}:
        return None
    names: dict[int, list[int]] = {order: [] for order in codes}
    for n, one in enumerate(header):
        match = _NAME.fullmatch(one)
        if match and int(match[1]) in codes and n not in codes.values():
            names[int(match[1])].append(n)
    for columns in names.values():
        columns.sort(key=lambda n: (not header[n].lower().endswith(("_en", "_name")), n))
    lower = [one.lower() for one in header]
    pairs = [
        (lower.index(y), lower.index(x)) for y, x in zip(_LATITUDES, _LONGITUDES, strict=True) if {y, x} <= {*lower}
    ]
    return UnitColumns(codes=codes, names=names, point=pairs[0] if pairs else None,
                       extent=lower.index("extent_km") if "extent_km" in lower else None)  # fmt: skip


def read_pcodes(
    records: Iterable[tuple[int, Sequence[str]]],
    columns: UnitColumns,
    *,
    skip: Skip,
    known: SqliteGazetteer,
    width: int,
) -> Iterator[PlaceRow]:
    """Yield each unit once, the ones that hold others before them.

    A unit without coordinates lies where the gazetteer has one of its name and order in the country; else, from the
    second order on, at the settlement of its name in the unit that holds it; else in the middle of that unit. How far
    off that may be is its ``accuracy_km``. ``skip`` is told the rows and units that are left out: too few columns, no
    code, no name, nothing known of where it is.
    """
    spots: dict[str, _Spot] = {}
    lowest = max(columns.codes)
    for line, fields in records:
        if len(fields) != width:
            skip(line, f"{len(fields)} columns instead of {width}")
            continue
        holder: _Spot | None = None
        for order in sorted(set(columns.codes) - {0}):
            code = fields[columns.codes[order]].strip()
            names = list(dict.fromkeys(name for n in columns.names[order] if (name := fields[n].strip())))
            if code in spots:
                holder = spots[code]
                continue
            if not (code and names):
                skip(line, f"no {'name' if code else 'code'} of order {order}")
                break
            country = code[:2].upper()
            spot = _stated(fields, columns) if order == lowest else None
            spot = _known(names, order, country, holder, known, spot)
            if spot is None:
                skip(line, f"{code} {names[0]}: no coordinates, and no unit that is known holds it")
                break
            spots[code] = holder = spot
            yield PlaceRow(
                line * UNITS_A_LINE + order, f"pcode:{code}", names[0], spot.latitude, spot.longitude, "A",
                f"ADM{order}", country, spot.admin1, spot.admin2, code if order == 3 else "",
                0, spot.accuracy_km, spot.extent_km, names=names[1:],
            )  # fmt: skip


def _stated(fields: Sequence[str], columns: UnitColumns) -> _Spot | None:
    """Return the point that a row gives, and how far the unit reaches from it."""
    point = columns.point
    latitude, longitude = (number_of(fields[n]) for n in point) if point else (float("nan"), float("nan"))
    if point_problem(latitude, longitude):
        return None
    extent = 0.0 if columns.extent is None else number_of(fields[columns.extent])
    return _Spot(latitude=latitude, longitude=longitude, accuracy_km=0.0, extent_km=max(0.0, extent))


def _known(
    names: Sequence[str], order: int, country: str, holder: _Spot | None, known: SqliteGazetteer, stated: _Spot | None
) -> _Spot | None:
    """Return where a unit is: as stated, or by what is known of its name, or in the middle of what holds it."""
    level = next(level for level in get_args(Level) if level == f"admin{order}")
    unit = _named(names, level, country, holder, known)
    if unit is not None:
        own = stated or unit
        return _Spot(latitude=own.latitude, longitude=own.longitude, accuracy_km=own.accuracy_km,
                     extent_km=own.extent_km or unit.extent_km, admin1=unit.admin1, admin2=unit.admin2)  # fmt: skip
    codes = (holder.admin1, holder.admin2) if holder else ("", "")
    if stated is not None:
        return replace(stated, admin1=codes[0], admin2=codes[1])
    town = _named(names, "settlement", country, holder, known) if order > 1 else None
    if town is not None and holder is not None:
        return _Spot(latitude=town.latitude, longitude=town.longitude, accuracy_km=max(_BESIDE_KM, town.accuracy_km),
                     extent_km=0.0, admin1=codes[0] or town.admin1, admin2=codes[1] or town.admin2)  # fmt: skip
    if holder is None:
        return None
    off = holder.extent_km or _WITHIN_KM[order - 1]
    return _Spot(latitude=holder.latitude, longitude=holder.longitude, accuracy_km=max(off, holder.accuracy_km),
                 extent_km=0.0, admin1=codes[0], admin2=codes[1])  # fmt: skip


def _named(
    names: Sequence[str], level: str, country: str, holder: _Spot | None, known: SqliteGazetteer
) -> GazetteerEntry | None:
    """Return the place of a level that bears one of some names in a country, within the unit that holds it."""
    for name in names:
        for entry in known.lookup(name):
            inside = holder is None or not holder.admin1 or holder.admin1 == entry.admin1
            if entry.level == level and entry.country_code == country and inside:
                return entry
    return None
