"""The towns and settlements that a page names: larger towns of whole countries, and all around what it shows."""

import csv
import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from geomap.bundle import bundled_path
from geomap.errors import GazetteerError
from geomap.exporters.leaflet.html.escaping import Page
from geomap.types import GazetteerEntry

Town = tuple[str, float, float, int]
"""Name, latitude, longitude, and the zoom from which it is named."""

# What lies around the countries that are spoken of needs fewer names, and the rest of the world only the largest.
_AROUND_ZOOM = 7
_WORLD_ZOOM = 4

RADIUS_KM = 30.0
"""How far around a place its surroundings are named: half a map of a laptop's width at zoom 10."""

MOST = 8_000
"""The most settlements of a page: about 120 kB of it. Those around the places that are named most often come first."""

STEPS_A_DEGREE = 1_000
"""Coordinates are whole thousandths of a degree, about 100 m."""

# Inhabitants from which a settlement is named at a zoom, continuing the ladder of `gazetteer.recipe.towns`.
_NAMED_FROM = ((9, 5_000), (10, 1_000), (11, 0))
# Parts of a city, and what is abandoned, destroyed or historical, would pass for settlements of their own.
_LEFT_OUT = frozenset(["PPLX", "PPLQ", "PPLW", "PPLH", "PPLCH", "STLMT"])
# Within so much of a place that is shown, an entry of the same name is that place.
_SAME_KM = 3.0
_KM_A_DEGREE = 111.2
_CELL = 0.25  # degrees: places so near to each other have the same surroundings


@cache
def load_towns(path: Path | None = None) -> dict[str, tuple[Town, ...]]:
    """Return the towns by country code, the most important first, of the bundled ``towns.tsv`` or of another file.

    One that is missing or damaged is a `GazetteerError`.
    """
    path = path or bundled_path("towns.tsv")
    towns: dict[str, list[Town]] = {}
    try:
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                town = (row["name"], float(row["latitude"]), float(row["longitude"]), int(row["zoom"]))
                towns.setdefault(row["country_code"], []).append(town)
    except OSError as error:
        raise GazetteerError(f"{path}: no towns to name on a map; reinstall geomap") from error
    except (ValueError, KeyError, TypeError) as error:
        raise GazetteerError(f"{path}: damaged table of towns; reinstall geomap") from error
    return {country: tuple(found) for country, found in towns.items()}


def towns_for(*, detailed: Collection[str], near: Collection[str]) -> list[Town]:
    """Return the towns that one page embeds, by country.

    Of the countries that hold mentions (``detailed``) all, of those around them (``near``) the larger ones, and of all
    others only the largest cities.
    """
    chosen: list[Town] = []
    for country, towns in sorted(load_towns().items()):
        limit = 99 if country in detailed else _AROUND_ZOOM if country in near else _WORLD_ZOOM
        chosen += [town for town in towns if town[3] <= limit]
    return chosen


class Surroundings(Protocol):
    """A gazetteer that can be asked what is around a point."""

    def places_near(self, latitude: float, longitude: float, *, radius_km: float) -> list[GazetteerEntry]:
        """Return the populated places around a point: all within a radius, and some beyond it."""
        ...


def settlements_around(
    places: Sequence[Mapping[str, Any]], weights: Mapping[int, int], *, gazetteer: Surroundings, towns: Iterable[Town]
) -> Page:
    """Return the settlements within `RADIUS_KM` of the dots of a page, without those that are dots themselves.

    Parameters
    ----------
    places
        The places of the page, see `geomap.exporters.leaflet.payload.page_places.places_of`; only those of kind
        ``point`` count.
    weights
        The number of mentions of a place, by its number.
    gazetteer
        What holds the settlements.
    towns
        What the page names anyway, see `towns_for`: such a settlement is left out.

    Returns
    -------
        ``names``, one a line; ``latitudes`` and ``longitudes``, each the difference to the one before, in steps of
        `STEPS_A_DEGREE`; ``levels``, how many are named from which zoom, in that order. Within a level they go from
        south to north. Empty when there are none.
    """
    dots = [(number, place) for number, place in enumerate(places) if place["kind"] == "point"]
    if not dots:
        return {}
    found = _found(_cells(dots, weights), gazetteer)
    shown = {place["entry"] or place["id"] for _, place in dots}
    taken = [(str(place["name"]), place["latitude"], place["longitude"]) for _, place in dots]
    taken += [(name, latitude, longitude) for name, latitude, longitude, _ in towns]
    kept = _without_namesakes([entry for entry in found if entry.id not in shown], taken)
    return _columns(kept) if kept else {}


def _cells(
    dots: Sequence[tuple[int, Mapping[str, Any]]], weights: Mapping[int, int]
) -> list[list[tuple[float, float]]]:
    """Return the points in groups that lie close together, those with the most mentions first."""
    groups: dict[tuple[int, int], list[tuple[float, float]]] = {}
    heavy: Counter[tuple[int, int]] = Counter()
    for number, place in dots:
        point = (place["latitude"], place["longitude"])
        cell = (math.floor(point[0] / _CELL), math.floor(point[1] / _CELL))
        groups.setdefault(cell, []).append(point)
        heavy[cell] += weights.get(number, 0)
    return [groups[cell] for cell in sorted(groups, key=lambda cell: (-heavy[cell], cell))]


def _found(groups: Iterable[Sequence[tuple[float, float]]], gazetteer: Surroundings) -> list[GazetteerEntry]:
    """Return the settlements around groups of points, until there are enough."""
    found: dict[str, GazetteerEntry] = {}
    for points in groups:
        middle = np.mean(points, axis=0)
        reach = RADIUS_KM + max(_km(points, middle[0], middle[1]))
        around = gazetteer.places_near(float(middle[0]), float(middle[1]), radius_km=reach)
        fresh = [entry for entry in around if entry.id not in found and entry.feature_code not in _LEFT_OUT]
        near = [entry for entry in fresh if min(_km(points, entry.latitude, entry.longitude)) <= RADIUS_KM]
        found |= {entry.id: entry for entry in near}
        if len(found) >= MOST:
            break
    return list(found.values())[:MOST]


def _km(points: Sequence[tuple[float, float]], latitude: float, longitude: float) -> list[float]:
    """Return roughly how far points are from one that is not far away."""
    east = math.cos(math.radians(latitude))
    return [_KM_A_DEGREE * math.hypot(y - latitude, ((x - longitude + 180) % 360 - 180) * east) for y, x in points]


def _without_namesakes(
    entries: Iterable[GazetteerEntry], taken: Iterable[tuple[str, float, float]]
) -> list[GazetteerEntry]:
    """Leave out entries that lie where one of the same name was seen: a place that two sources have is one."""
    spots: dict[str, list[tuple[float, float]]] = {}
    for name, latitude, longitude in taken:
        spots.setdefault(name, []).append((latitude, longitude))
    kept = []
    for entry in sorted(entries, key=lambda entry: (-entry.population, entry.id)):
        same = spots.setdefault(entry.name, [])
        if not same or min(_km(same, entry.latitude, entry.longitude)) > _SAME_KM:
            kept.append(entry)
            same.append((entry.latitude, entry.longitude))
    return kept


def _columns(entries: Iterable[GazetteerEntry]) -> Page:
    rows = sorted(
        (
            next(zoom for zoom, least in _NAMED_FROM if entry.population >= least),
            round(entry.latitude * STEPS_A_DEGREE),
            round(entry.longitude * STEPS_A_DEGREE),
            " ".join(entry.name.split()),
            entry.id,
        )
        for entry in entries
    )
    levels = Counter(zoom for zoom, *_ in rows)
    return {
        "names": "\n".join(name for *_, name, _ in rows),
        "latitudes": _differences(latitude for _, latitude, *_ in rows),
        "longitudes": _differences(longitude for _, _, longitude, *_ in rows),
        "levels": sorted([zoom, count] for zoom, count in levels.items()),
    }


def _differences(values: Iterable[int]) -> list[int]:
    numbers = list(values)
    return [number - before for number, before in zip(numbers, [0, *numbers], strict=False)]
