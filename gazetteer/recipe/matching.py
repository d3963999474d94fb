"""Which place of GeoNames a row of Ukraine's register is: of the same unit and name, and of several the nearest."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from statistics import median

from gazetteer.recipe.register import Listed
from geomap.gazetteers.alternates import Place
from geomap.gazetteers.distance import haversine_km
from geomap.gazetteers.names import normalize
from geomap.gazetteers.romanise import ukrainian_spellings

Point = tuple[float, float]
"""Latitude and longitude."""

Pair = tuple[Listed, Place]
"""A row and the place that it is, or may be."""

_FAR_KM = 40.0
"""Farther than this from the middle of what is known of a hromada a namesake is another place; more than the 95 % of
2,000 villages that lie within 23 km, less than the distance of most namesakes."""


def match(rows: Iterable[Listed], towns: Iterable[Place], admin1: Mapping[str, str]) -> list[Pair]:
    """Return the pairs of a settlement and a place that are one.

    Both share the oblast, the raion where the place's is known, and a name: in the first rounds the place's own, then
    any other. A city is the most populous place of its name; for the rest what is alone on both sides counts first,
    then what is nearest to the middle of what was found in the hromada.

    Parameters
    ----------
    rows
        Settlements of the register.
    towns
        Populated places.
    admin1
        GeoNames' ADM1 code of each oblast.
    """
    rows, towns = list(rows), list(towns)
    pairs: list[Pair] = []
    for keys in (_own_keys, _all_keys):
        for choose in (_greatest, _alone, _nearest):
            known_rows, known_towns = {row.code for row, _ in pairs}, {town.entry.id for _, town in pairs}
            free = [town for town in towns if town.entry.id not in known_towns]
            pairs += choose(_options([row for row in rows if row.code not in known_rows], free, keys, admin1), pairs)
    return pairs


def middles(pairs: Iterable[tuple[Listed, Point]]) -> dict[str, Point]:
    """Return the median point of the known settlements of each hromada, raion and oblast, by how its codes begin.

    Parameters
    ----------
    pairs
        Settlements with their points.
    """
    inside: dict[str, list[Point]] = defaultdict(list)
    for row, point in pairs:
        for unit in (row.community, row.raion, row.oblast):
            inside[unit].append(point)
    return {unit: (median(lat for lat, _ in found), median(lon for _, lon in found)) for unit, found in inside.items()}


def point_of_town(town: Place) -> Point:
    """Return the point of a place."""
    return town.entry.latitude, town.entry.longitude


def units_of(town: Place) -> tuple[str, ...]:
    """Return the ADM1 codes under which a place may be listed: villages round Sevastopol are in Crimea since 2020."""
    return (town.entry.admin1, "11") if town.entry.admin1 == "20" else (town.entry.admin1,)


def _own_keys(town: Place) -> set[str]:
    """Return the key of a place's own name."""
    return {normalize(town.entry.name)}


def _all_keys(town: Place) -> set[str]:
    """Return the keys of all names of a place."""
    return _own_keys(town) | {normalize(name) for name, _ in town.names}


def row_keys(row: Listed) -> list[str]:
    """Return the keys of a row's name in Ukrainian and in the two usual romanisations."""
    return list(dict.fromkeys(map(normalize, (row.name, *ukrainian_spellings(row.name)[:2]))))


def _options(
    rows: Iterable[Listed], towns: Iterable[Place], keys: Callable[[Place], set[str]], admin1: Mapping[str, str]
) -> list[Pair]:
    """Return the pairs of one unit and name, in the order of the rows."""
    by_key: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for town in towns:
        for key in keys(town):
            for unit in units_of(town):
                by_key[unit, key].append(town)
    found = []
    for row in rows:
        unit = admin1.get(row.oblast, "")
        same = {town.entry.id: town for key in row_keys(row) for town in by_key.get((unit, key), ())}
        found += [(row, town) for town in same.values() if town.entry.admin2 in ("", row.admin2) or not row.admin2]
    return found


def _greatest(options: Sequence[Pair], _: Sequence[Pair]) -> list[Pair]:
    """Return each city with the most populous place that it may be."""
    best: dict[str, Pair] = {}
    for row, town in options:
        if row.category in "MK" and (
            row.code not in best or town.entry.population > best[row.code][1].entry.population
        ):
            best[row.code] = row, town
    return _alone(list(best.values()), ())


def _alone(options: Sequence[Pair], _: Sequence[Pair]) -> list[Pair]:
    """Return the pairs whose row and place may be nothing else."""
    rows, towns = Counter(row.code for row, _ in options), Counter(town.entry.id for _, town in options)
    return [(row, town) for row, town in options if rows[row.code] == 1 == towns[town.entry.id]]


def _nearest(options: Sequence[Pair], known: Sequence[Pair]) -> list[Pair]:
    """Return pairs, the nearest to the middle of the row's hromada first, each row and place once."""
    middle = middles((row, point_of_town(town)) for row, town in known)
    ranked = []
    for row, town in options:
        if row.community in middle:
            km = haversine_km(*middle[row.community], *point_of_town(town))
            ranked.append((km, row.code, town.entry.id, (row, town)))
    taken: set[str] = set()
    found = []
    for km, code, town_id, pair in sorted(ranked, key=lambda option: option[:3]):
        if km <= _FAR_KM and not taken & {code, town_id}:
            taken |= {code, town_id}
            found.append(pair)
    return found
