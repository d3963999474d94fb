"""Which of Natural Earth's units make up a present-day ADM1 of GeoNames."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from shapely import STRtree, points

from gazetteer.recipe.naturalearth import Unit, own_code
from gazetteer.recipe.unit_names import all_names, bare

# Natural Earth's own code stands if half of the unit's cities bear it out, a code that only the cities name if three
# fifths do. An ADM1 counts as drawn if its units hold three quarters of its cities; where Natural Earth names the code,
# two fifths are enough, and nothing is asked of an ADM1 with under twenty cities (suburbs lie across rough lines).
# All set by looking at the units that failed, with GeoNames' table of ADM1 ids as a check: it bears out every GeoNames
# id given to an ADM1, a dozen only through the exceptions in admin1.py. Merged areas have no such check.
_OWN_CODE_SHARE = 0.5
_LEAST_SHARE = 0.3
_CITY_CODE_SHARE = 0.6
_COVERED_SHARE = 0.75
_COVERED_SHARE_OF_NAMED = 0.4
_MANY_CITIES = 20


def assign(
    units: Sequence[Unit], cities: Sequence[tuple[float, float, str]], admin1_names: Mapping[str, str]
) -> list[tuple[str, list[Unit]]]:
    """Put units together.

    Parameters
    ----------
    units
        All of them, each named once.
    cities
        ``(longitude, latitude, "CC.code")``.
    admin1_names
        English name of each ``"CC.code"`` in use today.

    Returns
    -------
        ``(code, units)``; the code is empty for a single unit that is no part of a present-day ADM1.
    """
    votes = _votes(units, cities)
    inside = Counter(code for counter in votes.values() for code in counter.elements())
    claimed = {own_code(unit) for unit in units}
    groups: dict[str, list[Unit]] = defaultdict(list)
    for unit in units:
        if "#" in unit.code:
            groups[""].append(unit)
            continue
        own = own_code(unit)
        certain = own in admin1_names and _agrees(unit, own, votes[unit.code], admin1_names[own], claimed)
        groups[own if certain else _voted_code(votes[unit.code])].append(unit)
    single = [("", [unit]) for unit in groups.pop("", [])]
    result = []
    for code, found in groups.items():
        members, divided = _apart(found)
        single.extend(("", [unit]) for unit in divided)
        named = any(own_code(unit) == code for unit in members)
        share = _COVERED_SHARE if not named else _COVERED_SHARE_OF_NAMED if inside[code] >= _MANY_CITIES else 0.0
        if sum(votes[unit.code][code] for unit in members) >= share * inside[code]:
            result.append((code, members))
        else:
            single.extend(("", [unit]) for unit in members)
    return _absorb(single, result, admin1_names)


def _absorb(
    single: Sequence[tuple[str, list[Unit]]],
    areas: Sequence[tuple[str, list[Unit]]],
    admin1_names: Mapping[str, str],
) -> list[tuple[str, list[Unit]]]:
    """Join a leftover small unit to the area of many that it has the longest border with (Bournemouth to England).

    Only where Natural Earth is finer than GeoNames all round: a unit that GeoNames may know under its own code stays.
    """
    finer = {code: list(members) for code, members in areas if len(members) > 1}
    rest = []
    for _, (unit,) in single:
        free = own_code(unit) not in admin1_names and "#" not in unit.code
        touched = {
            code: sum(unit.geometry.intersection(member.geometry).length for member in members)
            for code, members in finer.items()
            if free and code.startswith(f"{unit.country_code}.") and _is_on_one_side([unit, *members])
        }
        code = max(touched, key=lambda code: (touched[code], code), default="")
        if code and touched[code] > 0 and _all_finer(unit, code, finer[code]):
            finer[code].append(unit)
        else:
            rest.append(("", [unit]))
    return rest + [(code, finer.get(code, members)) for code, members in areas]


def _is_on_one_side(units: Sequence[Unit]) -> bool:
    return len({_is_disputed(unit) for unit in units}) == 1


def _is_disputed(unit: Unit) -> bool:
    """Tell whether a line of control divides a unit from the rest of its country; in Kosovo or Taiwan it does not."""
    return unit.override is not None and unit.override.disputed and "*" not in unit.override.unit


def _all_finer(unit: Unit, code: str, members: Sequence[Unit]) -> bool:
    return len(members) > 2 and all(own_code(member) != code for member in members) and unit.geometry.area < 1.0


def _apart(members: Sequence[Unit]) -> tuple[list[Unit], list[Unit]]:
    """Part the units of an ADM1 that a line of control divides: those that make it up, and those beyond the line."""
    disputed = [unit for unit in members if _is_disputed(unit)]
    others = [unit for unit in members if not _is_disputed(unit)]
    return (others, disputed) if others else (disputed, [])


def _agrees(unit: Unit, own: str, votes: Counter[str], name: str, claimed: set[str]) -> bool:
    """Tell whether the cities bear out Natural Earth's code.

    Cities of a code that another unit claims are border towns on the wrong side of a generalised line. Cities of a
    code that no unit claims show that the area has been divided since.
    """
    newer = sum(count for code, count in votes.items() if code not in claimed)
    if votes[own]:
        if votes.total() >= _MANY_CITIES / 2 and votes[own] < _LEAST_SHARE * votes.total():
            return False
        return votes[own] >= _OWN_CODE_SHARE * (votes[own] + newer)
    return not newer and bare(name) in {bare(text) for text in all_names(unit)}


def _votes(units: Sequence[Unit], cities: Sequence[tuple[float, float, str]]) -> dict[str, Counter[str]]:
    """Count the ADM1 codes of the cities in each unit, leaving out those of another country (border towns)."""
    votes: dict[str, Counter[str]] = {unit.code: Counter() for unit in units}
    tree = STRtree([unit.geometry for unit in units])
    located = points([[longitude, latitude] for longitude, latitude, _ in cities])
    for city, unit in zip(*tree.query(located, predicate="intersects").tolist(), strict=True):
        code = cities[city][2]
        if code.startswith(units[unit].country_code):
            votes[units[unit].code][code] += 1
    return votes


def _voted_code(votes: Counter[str]) -> str:
    top, count = max(votes.items(), key=lambda item: (item[1], item[0]), default=("", 0))
    return top if votes and count >= _CITY_CODE_SHARE * votes.total() else ""
