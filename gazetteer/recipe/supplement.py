"""The hand-written tables: places that no package holds, and names that are missing from the others."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import cast, get_args

from gazetteer.recipe.containers import NEAR_KM, Containers
from gazetteer.recipe.sources import names_of, point_of, read_rows
from geomap.errors import GazetteerError
from geomap.gazetteers.alternates import Place
from geomap.gazetteers.distance import haversine_km, km_between
from geomap.gazetteers.file_layout import level_of
from geomap.types import GazetteerEntry, NameKind

_COLUMNS = ("id", "name", "latitude", "longitude", "feature", "country_code", "admin1", "population", "names")


def read_supplement(folder: Path, containers: Containers) -> Iterator[Place]:
    """Yield continents, regions, waters, buildings and other places that are written down by hand.

    Parameters
    ----------
    folder
        Holds ``supplement.tsv`` and may hold more of its kind, ``supplement_*.tsv``: id, name, point, feature
        ("H.SEA"), country and ADM1 where one holds it, population, names; optionally how far off the point may be
        (``accuracy_km``), the radius of an area (``extent_km``), and what the place lies in (``within``: a code such as
        ``RU.41`` or ``UA.07.13`` or an id, which ``near=`` and the name of a settlement there may follow).
    containers
        The places of the other tables. A row without a point lies in the middle of what it lies in, or at what it lies
        near; if a place of its name and level is known there, the row's names go to that one. A row with a point gives
        it to the place of its name and level that is known by its unit alone.

    Raises
    ------
    GazetteerError
        A row has no valid point, or lies in nothing that is known.
    """
    for path in sorted(folder.glob("supplement*.tsv")) or [folder / "supplement.tsv"]:
        for line, row in enumerate(read_rows(path, _COLUMNS), start=2):
            yield _place_of(row, containers, path=path, where=f"{path}, line {line}")


def _place_of(row: Mapping[str, str], containers: Containers, *, path: Path, where: str) -> Place:
    """Return the place of a row."""
    feature_class, _, feature_code = row["feature"].partition(".")
    level = level_of(feature_class, feature_code)
    within = row.get("within", "")
    unit, near = _container(within, containers, where) if within else (None, None)
    accuracy_km, extent_km = (_km(row, column, where) for column in ("accuracy_km", "extent_km"))
    if unit and not row["latitude"] and not row["longitude"]:
        known = _known(containers.named(unit, row["name"], level=level), near)
        if known:
            return Place(entry=known, names=names_of(row))
        middle = containers.middle(unit)
        latitude, longitude = (near or middle).latitude, (near or middle).longitude
        accuracy_km = accuracy_km or (NEAR_KM if near else middle.accuracy_km)
    else:
        latitude, longitude = point_of(row, path)
        country = containers.unit(row["country_code"] or (unit.country_code if unit else ""))
        vague = _vague(containers.named(country, row["name"], level=level) if country else (), (latitude, longitude))
        if vague and vague.accuracy_km > accuracy_km:
            placed = replace(
                vague, latitude=latitude, longitude=longitude, accuracy_km=accuracy_km, extent_km=extent_km
            )
            return Place(entry=placed, names=names_of(row))
    entry = GazetteerEntry(
        id=row["id"],
        name=row["name"],
        latitude=latitude,
        longitude=longitude,
        feature_class=feature_class,
        feature_code=feature_code,
        level=level,
        country_code=row["country_code"] or (unit.country_code if unit else ""),
        admin1=row["admin1"] or (unit.admin1 if unit else ""),
        admin2=unit.admin2 if unit else "",
        admin3=unit.admin3 if unit else "",
        population=int(row["population"] or 0),
        accuracy_km=accuracy_km,
        extent_km=extent_km,
    )
    return Place(entry=entry, names=names_of(row))


def _container(within: str, containers: Containers, where: str) -> tuple[GazetteerEntry, GazetteerEntry | None]:
    """Return what a row lies in, and the settlement that it lies near, if it says one."""
    code, _, name = within.partition("near=")
    code, name = code.strip(" ;,"), name.strip()
    unit = containers.unit(code)
    if unit is None:
        raise GazetteerError(f"{where}: nothing has the code or id {code!r}; write within as RU.41, UA.07.13 or an id")
    if not name:
        return unit, None
    found = containers.named(unit, name)
    if not found:
        raise GazetteerError(f"{where}: no settlement of {code} has the name {name!r}; correct it or leave near= out")
    return unit, found[0]


def _known(found: Sequence[GazetteerEntry], near: GazetteerEntry | None) -> GazetteerEntry | None:
    """Return the one that a row means among known places of its name: the only one, or the one it lies near."""
    if near is None:
        return found[0] if len(found) == 1 else None
    pairs = [(km_between(near, one), one) for one in found]
    closest = min(pairs, key=lambda pair: (pair[0], pair[1].id), default=None)
    return closest[1] if closest and closest[0] <= 2 * NEAR_KM else None


def _vague(found: Sequence[GazetteerEntry], point: tuple[float, float]) -> GazetteerEntry | None:
    """Return the one place of those known by their unit alone that may be at a point; ``None`` for none or several."""
    fitting = [one for one in found if haversine_km(*point, one.latitude, one.longitude) <= 1.5 * one.accuracy_km]
    return fitting[0] if len(fitting) == 1 else None


def _km(row: Mapping[str, str], column: str, where: str) -> float:
    """Return a distance of a row, 0 when it is left empty."""
    try:
        km = float(row.get(column, "") or 0)
    except ValueError:
        km = -1.0
    if not 0 <= km < 20_000:
        raise GazetteerError(f"{where}: {column} {row[column]!r} is no distance; give kilometres or nothing")
    return km


def with_aliases(places: Iterable[Place], path: Path) -> list[Place]:
    """Return the places with the names of ``aliases.tsv`` added.

    Parameters
    ----------
    places
        All places.
    path
        Rows of place, kind and name. A place is an id, or ``country:UA``, or ``admin1:UA.05``. The kind ``primary``
        renames it.

    Raises
    ------
    GazetteerError
        A row has an unknown kind, or names a place that is not there.
    """
    listed = list(places)
    known = {place.entry.id: number for number, place in enumerate(listed)} | _addresses(listed)
    added: dict[int, list[tuple[str, NameKind]]] = {}
    for line, row in enumerate(read_rows(path, ("place", "kind", "name")), start=2):
        if row["kind"] not in get_args(NameKind):
            raise GazetteerError(
                f"{path}, line {line}: kind {row['kind']!r} is none of {', '.join(get_args(NameKind))}"
            )
        if row["place"] in known:
            added.setdefault(known[row["place"]], []).append((row["name"], cast(NameKind, row["kind"])))
        elif not row["place"].startswith("geonames:"):
            raise GazetteerError(f"{path}, line {line}: there is no place {row['place']!r}; correct the id")
    for number, names in added.items():
        listed[number] = _with_names(listed[number], names)
    return listed


def _with_names(place: Place, names: Iterable[tuple[str, NameKind]]) -> Place:
    """Return the place with more names; a primary one takes the place of its name, which stays as an alternate."""
    for name, kind in names:
        if kind == "primary":
            old: tuple[str, NameKind] = (place.entry.name, "alternate")
            place = replace(place, entry=replace(place.entry, name=name), names=(old, *place.names))
        else:
            place = replace(place, names=(*place.names, (name, kind)))
    return place


def _addresses(places: Iterable[Place]) -> dict[str, int]:
    """Return the number of each country and ADM1 by ``country:UA`` and ``admin1:UA.05``."""
    numbers: dict[str, int] = {}
    for number, place in enumerate(places):
        entry = place.entry
        if entry.feature_code == "PCLI":
            numbers[f"country:{entry.country_code}"] = number
        elif entry.feature_code == "ADM1":
            numbers[f"admin1:{entry.country_code}.{entry.admin1}"] = number
    return numbers
