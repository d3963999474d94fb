"""GeoJSON (RFC 7946), for QGIS, kepler.gl and other maps: WGS 84, longitude first."""

import json
from typing import Any, Literal

import pandas as pd

from geomap.bundle import ATTRIBUTION
from geomap.exporters.delimited import rows
from geomap.tables import MENTION_COLUMNS, check_columns, to_places
from geomap.tables.schema import PCODE_COLUMNS
from geomap.tables.shown import place_key, place_keys, wrapped

_PLACE_KEYS = (
    "name",
    "feature_class",
    "feature_code",
    "country_code",
    "admin1",
    "admin2",
    *PCODE_COLUMNS,
    "population",
)
_TOLD_KEYS = ("name", "radius_km", "location_basis", "location_words")
_REPEATED = ("entry_id", "latitude", "longitude", *_PLACE_KEYS)
_SPREAD = ("mean_confidence", "max_confidence", "first_published", "last_published", "corrected_by")
_MENTION_KEYS = tuple(name for name in MENTION_COLUMNS if name not in _REPEATED)


def to_geojson(mentions: pd.DataFrame, *, per: Literal["place", "mention"] = "place") -> dict[str, Any]:
    """Turn a mention table into a GeoJSON feature collection.

    Parameters
    ----------
    mentions
        A mention table.
    per
        ``place``: one feature a place, at the place, most mentioned first, with its mentions as the list property
        ``mentions``; NIL mentions have no place and are left out. ``mention``: one feature a mention in table order, at
        the point meant, all columns as properties; NIL mentions have a ``null`` geometry.

    Returns
    -------
        A ``FeatureCollection`` with ``[longitude, latitude]`` in degrees, six decimals; no features for an empty table.

    Raises
    ------
    TableError
        If columns of the mention table are missing.
    """
    check_columns(mentions, MENTION_COLUMNS, "the mention table")
    features = _place_features(mentions) if per == "place" else _mention_features(mentions)
    return {"type": "FeatureCollection", "attribution": ATTRIBUTION, "features": features}


def to_geojson_text(collection: dict[str, Any]) -> str:
    """Write a feature collection with one feature a line, so that two versions of a file can be compared."""
    head = {key: value for key, value in collection.items() if key != "features"}
    lines = ",\n".join(_dump(feature) for feature in collection["features"])
    return _dump(head)[:-1] + f',"features":[\n{lines}\n]}}\n'


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _point(latitude: float | None, longitude: float | None) -> dict[str, Any] | None:
    if latitude is None or longitude is None:
        return None
    return {"type": "Point", "coordinates": [round(wrapped(longitude), 6), round(latitude, 6)]}


def _as_dicts(table: pd.DataFrame) -> list[dict[str, Any]]:
    names = list(table.columns)
    return [dict(zip(names, row, strict=True)) for row in rows(table)]


def _place_features(mentions: pd.DataFrame) -> list[dict[str, Any]]:
    by_place: dict[str, list[dict[str, Any]]] = {}
    for key, mention in zip(place_keys(mentions), _as_dicts(mentions), strict=True):
        by_place.setdefault(key, []).append(mention)
    features = []
    for place in _as_dicts(to_places(mentions)):
        spot = {name: place[name] for name in ("latitude", "longitude")}
        key = place_key(entry_id=place["entry_id"], name=place["name"], **spot)
        group = by_place[key]
        counts = {f"{name}_count": place[name] for name in ("mentions", "documents", "literal_mentions")}
        spread = {name: place[name] for name in _SPREAD}
        properties = {name: group[0][name] for name in _PLACE_KEYS} | {name: place[name] for name in _TOLD_KEYS}
        properties |= counts | spread
        properties["mentions"] = [_properties({name: mention[name] for name in _MENTION_KEYS}) for mention in group]
        features.append(_feature(place, properties, id=key))
    return features


def _mention_features(mentions: pd.DataFrame) -> list[dict[str, Any]]:
    return [
        _feature({name: row[f"point_{name}"] for name in ("latitude", "longitude")}, _properties(row))
        for row in _as_dicts(mentions)
    ]


def _properties(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "alternatives": json.loads(row["alternatives"] or "[]")}


def _feature(row: dict[str, Any], properties: dict[str, Any], **identity: str) -> dict[str, Any]:
    geometry = _point(row["latitude"], row["longitude"])
    return {"type": "Feature", **identity, "geometry": geometry, "properties": properties}
