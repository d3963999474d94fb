"""The hand-written tables: places that no package holds, and names that are missing from the others."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import cast, get_args

from geomap.errors import GazetteerError
from geomap.gazetteers.levels import level_of
from geomap.gazetteers.sources import Place, names_of, point_of, read_rows
from geomap.types import GazetteerEntry, NameKind


def read_supplement(path: Path) -> Iterator[Place]:
    """Yield continents, regions, waters, buildings and other places that are written down by hand.

    Parameters
    ----------
    path
        ``supplement.tsv``: id, name, point, feature ("H.SEA"), country and ADM1 where one holds it, population, names.
    """
    columns = ("id", "name", "latitude", "longitude", "feature", "country_code", "admin1", "population", "names")
    for row in read_rows(path, columns):
        latitude, longitude = point_of(row, path)
        feature_class, _, feature_code = row["feature"].partition(".")
        entry = GazetteerEntry(
            id=row["id"],
            name=row["name"],
            latitude=latitude,
            longitude=longitude,
            feature_class=feature_class,
            feature_code=feature_code,
            level=level_of(feature_class, feature_code),
            country_code=row["country_code"],
            admin1=row["admin1"],
            population=int(row["population"] or 0),
        )
        yield Place(entry=entry, names=names_of(row))


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
