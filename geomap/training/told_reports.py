"""Short reports made up from the gazetteer in which the text says where a place lies, or names actors from far away.

They teach what the corpora seldom hold: a village is where its anchor says, whatever larger place has its name; and who
acts or speaks somewhere says little about where that is.
"""

import math
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence

from geomap.gazetteers.database import SqliteGazetteer
from geomap.gazetteers.distance import haversine_km
from geomap.training.gold_reports import GoldReport
from geomap.training.own_reports import entries_where, report_of
from geomap.types import GazetteerEntry, Role

TOLD = 400
"""Reports that tell villages from a town."""

ACTED = 900
"""Reports that name actors from other countries."""

_REACH_KM = 45.0
_POINTS = ("north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest")
_TOLD = (
    "Troops attacked {point} of {town} near {a}, {b} and {c} on Friday.",
    "On the {town} axis, soldiers repelled assaults near {a} and {b} and toward {c}.",
    "{a}, a village {km} km {point} of {town}, was shelled. Later {b} was hit, too.",
    "They had taken {a} and {b}, both {point} of {town}, by the evening.",
    "Clashes went on near {a}, close to {town}. Residents of {b} and {c} fled.",
    "{point_} of {town}, fighters burned houses in {a} and {b}.",
    "Gunmen raided {a}, {b} and {c} in {unit} region, and drove to {town}.",
    "{town}\n\nThree people were killed in {a}. Drones hit {b} and {c} overnight.",
)
_ACTED = (
    "{x} and {y} delegations met in {town} on Thursday.",
    "{X}-made missiles hit a depot in {town}, killing two.",
    "The {x} embassy in {town} was closed after the blast.",
    "{X} and {Y} said that their envoys would fly to {town} for talks.",
    "A {x}-owned factory in {town} was hit, and {Y} condemned the attack.",
    "{X} said on Monday that its ambassador in {town} was safe.",
    "Protesters gathered in {town} and {town2}.",
    "Flights from {town} to {town2} were cancelled on Friday.",
    "Talks in {town} and {town2} failed, {X} said.",
)


def told_reports(gazetteer: SqliteGazetteer, *, seed: int) -> Iterator[GoldReport]:
    """Yield the reports, the same for the same gazetteer and seed.

    Parameters
    ----------
    gazetteer
        Where places are drawn from.
    seed
        Of the draw.
    """
    draw = random.Random(seed)  # noqa: S311  (no secret)
    towns = entries_where(gazetteer, "feature_class = 'P' AND population >= 4000")
    units = {(e.country_code, e.admin1): e for e in entries_where(gazetteer, "feature_code = 'ADM1'")}
    by_cell = defaultdict(list)
    for place in entries_where(gazetteer, "feature_class = 'P' AND population < 30000"):
        by_cell[math.floor(place.latitude), math.floor(place.longitude)].append(place)
    made = 0
    while made < TOLD:
        town = draw.choice(towns)
        around = _around(town, by_cell)
        if len(around) >= 6 and (town.country_code != "US" or draw.random() < 0.2):
            yield _told(f"told-{made}", draw, town, around, units.get((town.country_code, town.admin1)))
            made += 1


def acted_reports(gazetteer: SqliteGazetteer, *, seed: int) -> Iterator[GoldReport]:
    """Yield short reports of what actors from two countries do in a city elsewhere, drawn by its people.

    Parameters
    ----------
    gazetteer, seed
        As for `told_reports`.
    """
    draw = random.Random(seed)  # noqa: S311  (no secret)
    cities = entries_where(gazetteer, "feature_class = 'P' AND population >= 80000")
    countries = [e for e in entries_where(gazetteer, "feature_code = 'PCLI'") if e.population > 3_000_000]
    weights = [city.population**0.6 for city in cities]
    for number in range(ACTED):
        yield _acted(f"acted-{number}", draw, draw.choices(cities, weights, k=2), draw.sample(countries, 2))


def _around(
    town: GazetteerEntry, by_cell: dict[tuple[int, int], list[GazetteerEntry]]
) -> list[tuple[GazetteerEntry, float]]:
    """Return the small places of the same country near a town, with their distances."""
    row, column = math.floor(town.latitude), math.floor(town.longitude)
    near = (place for i in (-1, 0, 1) for j in (-1, 0, 1) for place in by_cell.get((row + i, column + j), ()))
    found = []
    for place in near:
        km = haversine_km(town.latitude, town.longitude, place.latitude, place.longitude)
        if place.country_code == town.country_code and place.id != town.id and 3 < km < _REACH_KM:
            found.append((place, km))
    return sorted(found, key=lambda pair: pair[0].id)


def _told(
    name: str,
    draw: random.Random,
    town: GazetteerEntry,
    around: Sequence[tuple[GazetteerEntry, float]],
    unit: GazetteerEntry | None,
) -> GoldReport:
    chosen = [place for place, _ in draw.sample(list(around), min(len(around), 12))]
    point = _point(town, chosen[0])
    same = [place for place in chosen if _point(town, place) == point]
    # What is said of a direction must hold of all that it is said of.
    template = draw.choice([t for t in _TOLD if ("{point" not in t or len(same) >= 3) and (unit or "{unit}" not in t)])
    villages = (same if "{point" in template else chosen)[:3]
    km = round(haversine_km(town.latitude, town.longitude, villages[0].latitude, villages[0].longitude))
    template = template.replace("{km}", str(km)).replace("{point}", point).replace("{point_}", point.capitalize())
    entries = {"town": town, "a": villages[0], "b": villages[1], "c": villages[2], "unit": unit}
    return report_of(name, template, entries, {})


def _point(town: GazetteerEntry, place: GazetteerEntry) -> str:
    """Return the point of the compass in which a place lies from a town."""
    north = place.latitude - town.latitude
    east = (place.longitude - town.longitude) * math.cos(math.radians(town.latitude))
    return _POINTS[round(math.degrees(math.atan2(east, north)) / 45) % 8]


def _acted(
    name: str, draw: random.Random, cities: Sequence[GazetteerEntry], actors: Sequence[GazetteerEntry]
) -> GoldReport:
    roles: dict[str, Role] = {"x": "modifier", "y": "modifier", "X": "metonymic", "Y": "metonymic"}
    x, y = actors
    entries = {"town": cities[0], "town2": cities[1], "x": x, "y": y, "X": x, "Y": y}
    return report_of(name, draw.choice(_ACTED), entries, roles)
