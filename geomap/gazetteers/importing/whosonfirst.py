"""Who's On First, one place a line: its own GeoJSON features, or their properties alone."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from geomap.gazetteers.database import SqliteGazetteer
from geomap.gazetteers.file_layout import MOST_DIGITS
from geomap.gazetteers.importing.import_formats import Skip
from geomap.gazetteers.importing.place_rows import PlaceRow, number_of, people_of, point_problem
from geomap.gazetteers.romanise import romanisations

# Placetypes (whosonfirst.org/docs/placetypes) as GeoNames' classes and codes; what is not here is no place of news.
_FEATURES = {
    "country": ("A", "PCLI"), "dependency": ("A", "PCLD"), "region": ("A", "ADM1"), "county": ("A", "ADM2"),
    "localadmin": ("A", "ADM3"), "locality": ("P", "PPL"), "borough": ("P", "PPLX"), "macrohood": ("P", "PPLX"),
    "neighbourhood": ("P", "PPLX"), "microhood": ("P", "PPLX"), "campus": ("S", "BLDG"), "macroregion": ("L", "RGN"),
    "disputed": ("L", "RGN"), "marinearea": ("H", "SEA"), "ocean": ("H", "OCN"),
}  # fmt: skip
_GONE = 0


def read_whosonfirst(lines: Iterable[tuple[int, str]], *, skip: Skip, known: SqliteGazetteer) -> Iterator[PlaceRow]:
    """Yield the places, without those that are superseded or no longer exist, and without addresses and venues.

    A place that Who's On First says GeoNames has too keeps GeoNames' id, so that two imports of one place are one; what
    the bundled gazetteer knows of it stays, but for a point that is only its unit's. ``skip`` is told the lines that
    are left out: no JSON, no name, no coordinates.
    """
    for line, text in lines:
        if not text.strip():
            continue
        try:
            found = json.loads(text)
            properties = found.get("properties", found)
            number = int(_value(properties, "wof:id", "id"))
        except (ValueError, TypeError, AttributeError, OverflowError, RecursionError):
            skip(line, "no JSON object with the id of a place")
            continue
        feature = _FEATURES.get(_text(properties, "wof:placetype", "pt"))
        if feature is None or _is_past(properties):
            continue
        row = _row(line, number, feature, properties, known)
        if isinstance(row, str):
            skip(line, row)
        else:
            yield row


def _row(
    line: int, number: int, feature: tuple[str, str], properties: Mapping[str, Any], known: SqliteGazetteer
) -> PlaceRow | str:
    """Return a place, or what is wrong with it."""
    latitude = number_of(str(_value(properties, "geom:latitude", "lat")))
    longitude = number_of(str(_value(properties, "geom:longitude", "lon")))
    names = list(_names(properties))
    if not names:
        return "no name"
    if problem := point_problem(latitude, longitude):
        return problem
    country = _text(properties, "iso:country", "cc").upper()
    concordances = _value(properties, "wof:concordances", "conc")
    geonames = concordances.get("gn:id") if isinstance(concordances, dict) else None
    id = geonames if type(geonames) is int and 0 < geonames < 10**MOST_DIGITS else f"whosonfirst:{number}"
    entry = known.entry(f"geonames:{id}") if isinstance(id, int) else None
    if entry is not None and not entry.accuracy_km:
        return PlaceRow(
            line, id, entry.name, entry.latitude, entry.longitude, entry.feature_class, entry.feature_code,
            entry.country_code, entry.admin1, entry.admin2, entry.admin3, entry.population,
            extent_km=entry.extent_km, names=names,
        )  # fmt: skip
    name = next(iter(romanisations(names[0], country)), names[0])
    population = people_of(str(_value(properties, "wof:population", "pop")))
    return PlaceRow(line, id, name, latitude, longitude, *feature, country, population=population, names=names)


def _names(properties: Mapping[str, Any]) -> Iterator[str]:
    """Yield all names, the English one first, then the place's own."""
    listed = properties.get("names")
    by_language = listed if isinstance(listed, dict) and listed else {
        key.removeprefix("name:"): value for key, value in properties.items() if key.startswith("name:")
    }  # fmt: skip
    english = _texts(by_language.get("eng_x_preferred"))
    others = [one for key in sorted(by_language) for one in _texts(by_language[key])]
    yield from dict.fromkeys(filter(None, (*english[:1], _text(properties, "wof:name", "name"), *others)))


def _texts(value: Any) -> list[str]:
    """Return the texts of a list, or the one that stands in place of a list."""
    found = value if isinstance(value, list) else [value]
    return [text for one in found if isinstance(one, str) and (text := one.strip())]


def _text(properties: Mapping[str, Any], key: str, short: str) -> str:
    value = _value(properties, key, short)
    return value.strip() if isinstance(value, str) else ""


def _is_past(properties: Mapping[str, Any]) -> bool:
    superseded = _value(properties, "wof:superseded_by", "sup")
    return bool(superseded) or _value(properties, "mz:is_current", "cur") == _GONE


def _value(properties: Mapping[str, Any], key: str, short: str) -> Any:
    return properties.get(key, properties.get(short))
