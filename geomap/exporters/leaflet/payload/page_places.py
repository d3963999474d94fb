"""The places of a page and the candidates that lost to them: each once, and mentions refer to them by number."""

import json
import math
import warnings
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from geomap.errors import GeomapWarning
from geomap.exporters.blurred_points import is_blurred
from geomap.exporters.leaflet.html.escaping import Page
from geomap.exporters.leaflet.payload.incident_rows import Incident
from geomap.exporters.leaflet.payload.mention_rows import MentionRows
from geomap.tables.shown import NEVER, TOLD, Why, place_key, place_kind

NIL, NO_POINT = -1, -2
"""What stands for the number of a place where a mention has none: not found, or with coordinates that are none."""


def places_of(rows: MentionRows, whys: Sequence[Why]) -> tuple[list[Page], list[int]]:
    """Return the places in order of appearance, and the number of the place of each row, `NIL` or `NO_POINT` for none.

    An entry at its own point and what is "near" it are two of them, with one ``entry``, since the map has a dot for
    each; but "near" a country or another area is that area, which has no point. What the gazetteer does not have is a
    place by its name, its point and the words that tell of it: ``basis`` and ``words`` are empty for an entry. Of rows
    with a latitude that is none a `GeomapWarning` tells; longitudes are brought between -180 and 180 degrees.
    """
    latitudes, longitudes = rows.numbers["point_latitude"], rows.numbers["point_longitude"]
    _warn_of_impossible(rows)
    longitudes = np.where(np.abs(longitudes) <= 180, longitudes, (longitudes + 180) % 360 - 180)
    known: dict[Any, int] = {}
    numbers: dict[str, int] = {}
    places: list[Page] = []
    place_of: list[int] = []
    names = [name or toponym for name, toponym in zip(rows.texts["name"], rows.texts["toponym"], strict=True)]
    columns = (rows.texts["entry_id"], names, latitudes.tolist(), longitudes.tolist(), _words_of(rows))
    radii = np.nan_to_num(rows.numbers["radius_km"]).tolist()
    for row, spot in enumerate(zip(*columns, rows.texts["location_basis"], radii, strict=True)):
        if whys[row] in NEVER:
            place_of.append(NO_POINT if whys[row] == "no_point" else NIL)
            continue
        if spot not in known:
            place = _place(rows, row, *spot)
            if place["id"] not in numbers:
                numbers[place["id"]] = len(places)
                places.append(place)
            known[spot] = numbers[place["id"]]
        place_of.append(known[spot])
    return places, place_of


def places_given(incidents: Sequence[Incident], places: Sequence[Page]) -> list[Page]:
    """Return the places of incidents that no mention of the page has: somebody said that it happened there.

    An incident whose place a correction gives has the point of that; of others it is that of a mention. Where the
    places of the mentions are blurred, an exact place would undo it, and is left out.
    """
    known = {place["id"] for place in places}
    blurred = any(is_blurred(place["id"]) for place in places)
    found: dict[str, Page] = {}
    for incident in incidents:
        key = key_of(incident)
        if key and incident.corrected_by and key not in known and (is_blurred(key) or not blurred):
            found.setdefault(key, _place_given(incident, key))
    return list(found.values())


def key_of(incident: Incident) -> str:
    """Return what the place of an incident is known by; "" for none."""
    if incident.point is None:
        return ""
    latitude, longitude = incident.point
    return place_key(entry_id=incident.entry_id, name=incident.name, latitude=latitude, longitude=longitude)


def _place_given(incident: Incident, key: str) -> Page:
    latitude, longitude = incident.point or (math.nan, math.nan)
    return {
        "id": key,
        "entry": key,
        "name": incident.name,
        "kind": place_kind(*incident.feature),
        "code": incident.feature[1],
        "country": incident.country_code,
        "admin1": incident.admin1,
        "population": 0,
        "latitude": latitude,
        "longitude": longitude,
        "relation": "",
        "radius_km": incident.radius_km,
        "basis": "" if incident.entry_id else "coordinates",
        "words": "",
    }


def _words_of(rows: MentionRows) -> list[str]:
    """Return for each row the words that lead to its point: from its entry, or without one."""
    cells = (rows.texts[name] for name in ("location_basis", "location_words", "relation"))
    return [words if basis in TOLD else relation for basis, words, relation in zip(*cells, strict=True)]


def _warn_of_impossible(rows: MentionRows) -> None:
    impossible = np.flatnonzero(np.abs(rows.numbers["point_latitude"]) > 90)
    if len(impossible):
        first = int(rows.given[impossible].min()) + 1
        message = (
            f"the mention table, row {first}: point_latitude is outside -90 to 90 degrees, here and in "
            f"{len(impossible) - 1:,} other rows; they are not on the map. Are latitude and longitude swapped?"
        )
        warnings.warn(message, GeomapWarning, stacklevel=2)


def _place(
    rows: MentionRows,
    row: int,
    entry: str,
    name: str,
    latitude: float,
    longitude: float,
    words: str,
    basis: str,
    radius: float,
) -> Page:
    code = rows.texts["feature_code"][row]
    kind = place_kind(rows.texts["feature_class"][row], code)
    basis = basis if basis in TOLD else ""
    relation = words if radius and kind == "point" and not basis else ""
    told = words if basis else ""
    if kind != "point":
        latitude, longitude = _own_point(rows, row) or (latitude, longitude)
    key = place_key(entry_id=entry, name=name, latitude=latitude, longitude=longitude)
    population = rows.numbers["population"][row]
    return {
        "id": f"{key}@{relation or told}" if relation or told else key,
        "entry": key,
        "name": name,
        "kind": kind,
        "code": code,
        "country": rows.texts["country_code"][row],
        "admin1": rows.texts["admin1"][row],
        "population": 0 if math.isnan(population) else int(population),
        "latitude": latitude,
        "longitude": longitude,
        "relation": relation,
        "radius_km": radius,
        "basis": basis,
        "words": told,
    }


def _own_point(rows: MentionRows, row: int) -> tuple[float, float] | None:
    """Return the point of the entry itself, whatever the text says of the way from there."""
    latitude, longitude = (float(rows.numbers[name][row]) for name in ("latitude", "longitude"))
    return (latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None


def alternatives_of(rows: MentionRows) -> tuple[list[int], list[list[int]], list[Page]]:
    """Return for each row the number of its list of beaten candidates, the lists, and the candidates by number.

    List 0 is empty. Candidates that cannot be read are left out.
    """
    numbers: dict[tuple[str, str], int] = {}
    lists: list[list[int]] = [[]]
    candidates: dict[tuple[Any, ...], int] = {}
    of_row = []
    for key in zip(rows.texts["alternatives"], rows.texts["entry_id"], strict=True):
        if key not in numbers:
            found = [candidates.setdefault(tuple(one.items()), len(candidates)) for one in _beaten(*key)]
            numbers[key] = len(lists) if found else 0
            lists += [found] if found else []
        of_row.append(numbers[key])
    return of_row, lists, [dict(one) for one in candidates]


def _beaten(listed: str, chosen: str) -> list[Page]:
    try:
        others = json.loads(listed or "[]")
    except (json.JSONDecodeError, RecursionError):
        return []
    return [
        {
            "id": _text(other, "entry_id"),
            "name": _text(other, "name"),
            "latitude": latitude,
            "longitude": longitude,
            "admin1": _text(other, "admin1"),
            "admin1_name": _text(other, "admin1_name"),
            "country": _text(other, "country_code"),
        }
        for other in (others if isinstance(others, list) else [])
        if isinstance(other, dict) and (not chosen or other.get("entry_id") != chosen)
        if (latitude := _number(other, "latitude")) is not None and abs(latitude) <= 90
        if (longitude := _number(other, "longitude")) is not None
    ]


def _text(other: Mapping[str, Any], key: str) -> str:
    value = other.get(key)
    return value if isinstance(value, str) else ""


def _number(other: Mapping[str, Any], key: str) -> float | None:
    try:
        number = float(other.get(key))  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return None
    return number if math.isfinite(number) else None
