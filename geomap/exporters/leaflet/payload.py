"""The mention table as the page wants it: reports, places, and mentions as columns of numbers."""

import datetime
import itertools
import json
import math
import warnings
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from geomap.errors import GeomapWarning
from geomap.exporters.leaflet.escaping import safe_url
from geomap.exporters.leaflet.kinds import place_kind
from geomap.exporters.leaflet.offsets import sentence_start, utf16_offsets
from geomap.tables.schema import check_columns
from geomap.types import Document

COLUMNS = (
    "document_id",
    "title",
    "url",
    "source",
    "published",
    "sentence_index",
    "sentence",
    "start",
    "end",
    "toponym",
    "role",
    "relation",
    "boilerplate",
    "entry_id",
    "name",
    "latitude",
    "longitude",
    "point_latitude",
    "point_longitude",
    "radius_km",
    "feature_class",
    "feature_code",
    "country_code",
    "admin1",
    "population",
    "confidence",
    "alternatives",
    "event_type",
    "event_sub_type",
    "is_event_place",
    "event_date",
    "date_precision",
    "geo_precision",
    "where_precision",
)
"""The columns of the mention table that the map reads."""

ROLES = ("literal", "metonymic", "modifier", "embedded")
"""The roles in the order of their numbers in the page."""

Row = Mapping[Any, Any]
Page = dict[str, Any]


def page_data(mentions: pd.DataFrame, documents: Iterable[Document], *, title: str) -> Page:
    """Turn a mention table and the reports it came from into what the page draws.

    Parameters
    ----------
    mentions
        The mention table, one row a mention. An empty one gives a page without places.
    documents
        Reports for the reading pane. A report that is not given, or whose text does not hold the mentions where the
        table says, is shown as those of its sentences that the table quotes.
    title
        Heading of the page.

    Returns
    -------
        JSON-ready values. Offsets count UTF-16 units, confidences whole per cents; a mention's ``place`` is -1 when
        it has no entry.
    """
    rows = _rows(mentions)
    by_document = {key: list(group) for key, group in itertools.groupby(rows, key=lambda row: str(row["document_id"]))}
    given = {document.id: document for document in documents}
    order = [*given, *(key for key in by_document if key not in given)]
    reports = [_report(key, by_document.get(key, []), given.get(key)) for key in order]
    rows = [row for key in order for row in by_document.get(key, [])]
    places, place_of = _places(rows)
    numbers, alternatives = _alternatives(rows)
    relations = ["", *sorted({_text(row["relation"]) for row in rows} - {""})]
    events = [("", ""), *sorted({_event(row) for row in rows} - {("", "")})]
    dates = ["", *sorted({_text(row["event_date"]) for row in rows} - {""})]
    return {
        "version": 2,
        "title": title,
        "documents": [report for report, _ in reports],
        "places": places,
        "relations": relations,
        "events": events,
        "dates": dates,
        "mentions": {
            "document": [n for n, key in enumerate(order) for _ in by_document.get(key, [])],
            **_joined([columns for _, columns in reports]),
            "place": place_of,
            "alternatives": numbers,
            "confidence": [_percent(row["confidence"]) for row in rows],
            "role": [ROLES.index(row["role"]) if row["role"] in ROLES else 0 for row in rows],
            "relation": [relations.index(_text(row["relation"])) for row in rows],
            "boilerplate": [int(row["boilerplate"] is True or row["boilerplate"] == 1) for row in rows],
            "event": [events.index(_event(row)) for row in rows],
            "at": [int(row["is_event_place"] is True or row["is_event_place"] == 1) for row in rows],
            "date": [dates.index(_text(row["event_date"])) for row in rows],
            "date_precision": [int(_number(row["date_precision"]) or 0) for row in rows],
            "geo_precision": [int(_number(row["geo_precision"]) or 0) for row in rows],
            "where_precision": [int(_number(row["where_precision"]) or 0) for row in rows],
        },
        "alternatives": alternatives,
    }


def _rows(mentions: pd.DataFrame) -> list[Row]:
    check_columns(mentions, dict.fromkeys(COLUMNS), "the mention table")
    rows: list[Row] = list(mentions[list(COLUMNS)].to_dict("records"))
    order = {key: n for n, key in enumerate(mentions["document_id"].unique())}
    return sorted(rows, key=lambda row: (order[row["document_id"]], row["start"], row["end"]))


def _report(key: str, rows: Sequence[Row], document: Document | None) -> tuple[Page, Page]:
    """Return a report and the columns of its mentions: sentence number, start and end in its text."""
    starts = _sentence_starts(rows)
    if document and not _holds(document.text, rows, starts):
        message = f"{key}: the text is not the one the mention table was made from; the map shows quoted sentences only"
        warnings.warn(message, GeomapWarning, stacklevel=2)
        document = None
    if document:
        text, moved = document.text, {index: (start or 0, start or 0) for index, start in starts.items()}
    else:
        text, moved = _excerpt(rows, starts)
    first: Row = rows[0] if rows else {}
    number = {index: n for n, index in enumerate(moved)}
    lengths = {int(row["sentence_index"]): len(_text(row["sentence"])) for row in rows}
    spans = [_moved_span(row, *moved[int(row["sentence_index"])]) for row in rows]
    url = document.url if document else _text(first.get("url"))
    report = {
        "id": key,
        "title": document.title if document else _text(first.get("title")),
        "source": document.source if document else _text(first.get("source")),
        "published": _date(document.published if document else first.get("published")),
        "url": safe_url(url),
        "refused": "" if safe_url(url) else url,
        "language": document.language if document else "",
        "excerpt": document is None,
        "text": text,
        "sentences": {
            "index": list(moved),
            "start": utf16_offsets(text, (new for _, new in moved.values())),
            "end": utf16_offsets(text, (new + lengths[index] for index, (_, new) in moved.items())),
        },
    }
    columns = {
        "sentence": [number[int(row["sentence_index"])] for row in rows],
        "start": utf16_offsets(text, (start for start, _ in spans)),
        "end": utf16_offsets(text, (end for _, end in spans)),
    }
    return report, columns


def _sentence_starts(rows: Sequence[Row]) -> dict[int, int | None]:
    """Return the document offset of each sentence by its index, in text order."""
    groups: dict[int, list[Row]] = {}
    for row in rows:
        groups.setdefault(int(row["sentence_index"]), []).append(row)
    return {
        index: sentence_start(
            _text(group[0]["sentence"]), [(int(row["start"]), _text(row["toponym"])) for row in group]
        )
        for index, group in sorted(groups.items())
    }


def _holds(text: str, rows: Sequence[Row], starts: Mapping[int, int | None]) -> bool:
    """Tell whether a text has every sentence and toponym where the table says."""
    for row in rows:
        start = starts[int(row["sentence_index"])]
        if start is None or not text.startswith(_text(row["sentence"]), start):
            return False
        if text[int(row["start"]) : int(row["end"])] != row["toponym"]:
            return False
    return True


def _excerpt(rows: Sequence[Row], starts: Mapping[int, int | None]) -> tuple[str, dict[int, tuple[int, int]]]:
    """Join the sentences a table quotes; neighbours stay in one paragraph.

    Returns the text and, by sentence index, the old and the new offset of each sentence. A sentence whose offset was
    not found gets -1 as its old one.
    """
    sentences = {int(row["sentence_index"]): _text(row["sentence"]) for row in rows}
    text, moved = "", {}
    for index, start in starts.items():
        if text:
            text += " " if index - 1 in sentences else "\n\n"
        moved[index] = (-1 if start is None else start, len(text))
        text += sentences[index]
    return text, moved


def _moved_span(row: Row, old: int, new: int) -> tuple[int, int]:
    """Return a mention's span in the text of the page: empty at its sentence's start when its place is not known."""
    if old < 0:
        return new, new
    return int(row["start"]) - old + new, int(row["end"]) - old + new


def _event(row: Row) -> tuple[str, str]:
    return _text(row["event_type"]), _text(row["event_sub_type"])


def _places(rows: Sequence[Row]) -> tuple[list[Page], list[int]]:
    """Return the places in order of appearance, and the number of the place of each row, -1 for none."""
    numbers: dict[str, int] = {}
    places: list[Page] = []
    place_of: list[int] = []
    for row in rows:
        latitude, longitude = _number(row["point_latitude"]), _number(row["point_longitude"])
        if latitude is None or longitude is None or abs(latitude) > 90:
            place_of.append(-1)
            continue
        key = _text(row["entry_id"]) or f"{_text(row['name'])}@{latitude},{longitude}"
        radius = _number(row["radius_km"]) or 0.0
        relation = _text(row["relation"]) if radius else ""
        key += f"@{relation}" if relation else ""
        if key not in numbers:
            numbers[key] = len(places)
            places.append(_place(key, row, latitude, longitude) | {"relation": relation, "radius_km": radius})
        place_of.append(numbers[key])
    return places, place_of


def _place(key: str, row: Row, latitude: float, longitude: float) -> Page:
    return {
        "id": key,
        "name": _text(row["name"]) or _text(row["toponym"]),
        "kind": place_kind(_text(row["feature_class"]), _text(row["feature_code"])),
        "code": _text(row["feature_code"]),
        "country": _text(row["country_code"]),
        "admin1": _text(row["admin1"]),
        "population": int(_number(row["population"]) or 0),
        "latitude": latitude,
        "longitude": longitude,
    }


def _alternatives(rows: Sequence[Row]) -> tuple[list[int], list[list[Page]]]:
    """Return the number of each row's list of beaten candidates, and the lists; list 0 is empty."""
    numbers: dict[tuple[str, str], int] = {}
    lists: list[list[Page]] = [[]]
    of_row = []
    for row in rows:
        key = (_text(row["alternatives"]), _text(row["entry_id"]))
        if key not in numbers:
            found = _beaten(*key)
            numbers[key] = len(lists) if found else 0
            lists += [found] if found else []
        of_row.append(numbers[key])
    return of_row, lists


def _beaten(listed: str, chosen: str) -> list[Page]:
    """Return the candidates that lost, as far as they can be read."""
    try:
        others = json.loads(listed or "[]")
    except json.JSONDecodeError:
        return []
    return [
        {
            "name": _text(other.get("name")),
            "latitude": latitude,
            "longitude": longitude,
            "admin1": _text(other.get("admin1")),
            "admin1_name": _text(other.get("admin1_name")),
            "country": _text(other.get("country_code")),
        }
        for other in (others if isinstance(others, list) else [])
        if isinstance(other, dict) and (not chosen or other.get("entry_id") != chosen)
        if (latitude := _number(other.get("latitude"))) is not None
        if (longitude := _number(other.get("longitude"))) is not None
    ]


def _joined(columns: Sequence[Page]) -> Page:
    return {name: [value for part in columns for value in part[name]] for name in ("sentence", "start", "end")}


def _text(value: Any) -> str:
    """Return a text as it is, and anything else, such as the NaN of an empty CSV cell, as an empty one."""
    return value if isinstance(value, str) else ""


def _number(value: Any) -> float | None:
    try:
        number = float(value)
    except (TypeError, ValueError):  # pandas.NA, None or text
        return None
    return number if math.isfinite(number) else None


def _percent(value: Any) -> int:
    return round(100 * min(1.0, max(0.0, _number(value) or 0.0)))


def _date(value: Any) -> str:
    return value.isoformat()[:10] if isinstance(value, datetime.date) else _text(value)
