"""GeoJSON (RFC 7946), for QGIS, kepler.gl and other maps: WGS 84, longitude first."""

import json
from typing import TYPE_CHECKING, Any, BinaryIO, Literal

import pandas as pd
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from geomap.bundle import ATTRIBUTION
from geomap.exporters.csv_jsonl import rows
from geomap.exporters.geometry import Shown, drawn_of, plain, shown_of, written_of
from geomap.tables import MENTION_COLUMNS, check_columns, to_places
from geomap.tables.saved import LISTS
from geomap.tables.schema import PCODE_COLUMNS, SCHEMAS, kind_of
from geomap.tables.shown import place_key, place_keys
from geomap.tables.units import UNIT_COLUMNS

if TYPE_CHECKING:
    from geomap.exporters.export import Export

_PLACE_KEYS = (
    *("name", "feature_class", "feature_code", "country_code", "admin1", "admin2"),
    *(*UNIT_COLUMNS, *PCODE_COLUMNS, "population"),
)
_TOLD_KEYS = ("name", "radius_km", "location_basis", "location_words")
_REPEATED = ("entry_id", "latitude", "longitude", *_PLACE_KEYS)
_SPREAD = ("mean_confidence", "max_confidence", "first_published", "last_published", "corrected_by")
_MENTION_KEYS = tuple(name for name in MENTION_COLUMNS if name not in _REPEATED)
_IDS = ("event_id", "incident_id")
_DECIMALS = 6  # a tenth of a metre
_BETWEEN = ",\n"
"""Between two features."""


def write_geojson(export: "Export", file: BinaryIO) -> None:
    """Write a GeoJSON file with a feature a row; a lone surrogate, which has no bytes, becomes "?"."""
    export.placed()
    head, tail = _frame({"attribution": ATTRIBUTION})
    file.write(head.encode())
    begun = False
    for lines in filter(None, map(_lines, export.parts())):
        file.write(f"{_BETWEEN if begun else ''}{_BETWEEN.join(lines)}".encode("utf-8", "replace"))
        begun = True
    file.write(tail.encode())


def _lines(table: pd.DataFrame) -> list[str]:
    own = _own_id(table)
    found = drawn_of(table)
    texts = written_of([one.geometry for one in found], lambda one: _dump(_geometry(one)), nothing="null")
    return [
        _line(shown, geometry, _properties(row), **({"id": row[own]} if own else {}))
        for shown, geometry, row in zip(found, texts, _as_dicts(plain(table)), strict=True)
    ]


def to_geojson(table: pd.DataFrame, *, per: Literal["place", "mention"] = "place") -> dict[str, Any]:
    """Turn a table into a GeoJSON feature collection.

    Parameters
    ----------
    table
        A table of mentions, places, events or incidents.
    per
        Of a mention table, ``place``: one feature a place, most mentioned first, with its mentions as the list property
        ``mentions``; NIL mentions have no place and are left out. ``mention``: one feature a mention, as for all other
        tables: a feature a row in table order, with all columns as properties.

    Returns
    -------
        A ``FeatureCollection`` with ``[longitude, latitude]`` in degrees, six decimals; no features for an empty table.
        A geometry is a point where the location is one, the bundled outline of a country or first-order unit, a circle
        for another area, else ``null``; the property ``extent`` says which, see `geomap.exporters.geometry`. Of
        mentions only points have one: the outline of what a hundred of them name would be there a hundred times.

    Raises
    ------
    TableError
        If columns of the table are missing.
    """
    kind = kind_of(table) or "mentions"
    check_columns(table, SCHEMAS[kind], "the mention table" if kind == "mentions" else f"the table of {kind}")
    by_place = kind == "mentions" and per == "place"
    features = _place_features(table) if by_place else _row_features(table)
    return {"type": "FeatureCollection", "attribution": ATTRIBUTION, "features": features}


def to_geojson_text(collection: dict[str, Any]) -> str:
    """Write a feature collection with one feature a line, so that two versions of a file can be compared."""
    head = {key: value for key, value in collection.items() if key not in ("type", "features")}
    before, after = _frame(head)
    return before + _BETWEEN.join(map(_dump, collection["features"])) + after


def _frame(head: dict[str, Any]) -> tuple[str, str]:
    """Return what stands before the features of a collection, and behind them."""
    return _dump({"type": "FeatureCollection", **head})[:-1] + ',"features":[\n', "\n]}\n"


def _line(shown: Shown, geometry: str, properties: dict[str, Any], **identity: str) -> str:
    """Return a feature as `_dump` writes it, around a geometry that is written already."""
    before, after = (_dump(part)[1:-1] for part in (identity, {"properties": {**properties, "extent": shown.extent}}))
    return f'{{"type":"Feature",{before}{"," if before else ""}"geometry":{geometry},{after}}}'


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _as_dicts(table: pd.DataFrame) -> list[dict[str, Any]]:
    names = list(table.columns)
    return [dict(zip(names, row, strict=True)) for row in rows(table)]


def _place_features(mentions: pd.DataFrame) -> list[dict[str, Any]]:
    by_place: dict[str, list[dict[str, Any]]] = {}
    for key, mention in zip(place_keys(mentions), _as_dicts(mentions), strict=True):
        by_place.setdefault(key, []).append(mention)
    features = []
    places = to_places(mentions)
    for place, shown in zip(_as_dicts(places), shown_of(places), strict=True):
        spot = {name: place[name] for name in ("latitude", "longitude")}
        key = place_key(entry_id=place["entry_id"], name=place["name"], **spot)
        group = by_place[key]
        counts = {f"{name}_count": place[name] for name in ("mentions", "documents", "literal_mentions")}
        spread = {name: place[name] for name in _SPREAD}
        properties = {name: group[0][name] for name in _PLACE_KEYS} | {name: place[name] for name in _TOLD_KEYS}
        properties |= counts | spread
        properties["mentions"] = [_properties({name: mention[name] for name in _MENTION_KEYS}) for mention in group]
        features.append(_feature(shown, properties, id=key))
    return features


def _row_features(table: pd.DataFrame) -> list[dict[str, Any]]:
    pairs = zip(drawn_of(table), _as_dicts(plain(table)), strict=True)
    own = _own_id(table)
    return [_feature(shown, _properties(row), **({"id": row[own]} if own else {})) for shown, row in pairs]


def _own_id(table: pd.DataFrame) -> str:
    """Return the column with the id of each row; empty for none."""
    return next((name for name in _IDS if name in table.columns), "")


def _properties(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, **{name: json.loads(row[name] or "[]") for name in LISTS if name in row}}


def _feature(shown: Shown, properties: dict[str, Any], **identity: str) -> dict[str, Any]:
    geometry = None if shown.geometry is None else _geometry(shown.geometry)
    return {"type": "Feature", **identity, "geometry": geometry, "properties": {**properties, "extent": shown.extent}}


def _geometry(geometry: BaseGeometry) -> dict[str, Any]:
    return {"type": geometry.geom_type, "coordinates": _rounded(mapping(geometry)["coordinates"])}


def _rounded(value: Any) -> Any:
    return [_rounded(one) for one in value] if isinstance(value, tuple | list) else round(value, _DECIMALS)
