"""Mention and event tables of any size, with the reports they would come from, to measure with: made up, always alike.

Places are real ones of the bundled gazetteer, named about as often as Zipf's law has it; sentences are made of pieces
of the sample reports, which compress a little worse than news do.
"""

import json
import re
import sqlite3
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

import geomap
from geomap.tables.schema import EVENT_COLUMNS, MENTION_COLUMNS, typed

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
MENTIONS_A_REPORT = 20
TYPES = (
    ("Battles", "Armed clash"),
    ("Explosions/Remote violence", "Shelling/artillery/missile attack"),
    ("Explosions/Remote violence", "Air/drone strike"),
    ("Violence against civilians", "Attack"),
    ("Protests", "Peaceful protest"),
    ("Riots", "Mob violence"),
    ("Strategic developments", "Change to group/activity"),
)
ROLES = ("literal", "metonymic", "modifier", "embedded")
_PLACES = """
SELECT 'geonames:' || id AS id, name, latitude / 1e5 AS latitude, longitude / 1e5 AS longitude, feature_class,
    feature_code, country_code, admin1, admin2, population
FROM entry
WHERE (feature_class = 'P' AND latitude BETWEEN 44e5 AND 56e5 AND longitude BETWEEN 22e5 AND 42e5)
   OR (feature_code IN ('ADM1', 'PCLI') AND country_code IN ('UA', 'RU', 'BY', 'PL', 'MD', 'RO'))
ORDER BY population DESC, id
"""

Table = pd.DataFrame


def synthetic(mentions: int, *, places: int | None = None) -> tuple[Table, list[geomap.Document]]:
    """Return a mention table and its reports.

    Parameters
    ----------
    mentions
        How many rows; one report for every twenty.
    places
        How many places to name; as the square root of the mentions grows when not given: 3,700 of 100,000.
    """
    random = np.random.default_rng(2024)
    entries = _entries(places or min(int(11.7 * mentions**0.5), mentions))
    weights = 1 / np.arange(1, len(entries) + 1) ** 0.9
    chosen = random.choice(len(entries), size=mentions, p=weights / weights.sum())
    texts = _sentences(mentions, random)
    columns: dict[str, list[Any]] = {name: [] for name in MENTION_COLUMNS}
    documents = []
    facts = _facts(mentions, random)
    for first in range(0, mentions, MENTIONS_A_REPORT):
        rows = range(first, min(first + MENTIONS_A_REPORT, mentions))
        named = [entries[chosen[row]] for row in rows]
        document, added = _report(first // MENTIONS_A_REPORT, rows, texts, named, facts)
        documents.append(document)
        for name, values in columns.items():
            values += [row.get(name, "") for row in added]
    return typed(columns, MENTION_COLUMNS), documents


def synthetic_events(events: int) -> Table:
    """Return an event table: at every place of `synthetic` that something happened at, one row in six told again.

    What is told again stands in another report, a day later or on the same, with one word changed.
    """
    random = np.random.default_rng(2025)
    mentions, _ = synthetic(2 * events + MENTIONS_A_REPORT)
    rows = mentions[mentions["event_type"] != ""].to_dict("records")[:events]
    again = np.flatnonzero(random.random(len(rows)) < 1 / 6)
    for number, back in zip(again.tolist(), random.integers(1, 2000, size=len(again)).tolist(), strict=True):
        told, own = rows[max(0, number - back)], rows[number]
        words = told["sentence"].split()
        words[int(random.integers(len(words)))] = "reportedly"
        copied = {key: told[key] for key in told if key not in ("document_id", "title", "url", "source", "published")}
        late = int(random.integers(0, 2)) + np.datetime64(told["published"])
        rows[number] = own | copied | {"sentence": " ".join(words), "published": str(late)}
    columns: dict[str, list[Any]] = {name: [] for name in EVENT_COLUMNS}
    for row in rows:
        told = row | _event(row)
        for name, values in columns.items():
            values.append(told.get(name, ""))
    return typed(columns, EVENT_COLUMNS)


def _event(row: dict[str, Any]) -> dict[str, Any]:
    """Return what an event's row has beside that of the mention it happened at."""
    return {
        "mention_start": row["start"],
        "trigger": "hit",
        "latitude": row["point_latitude"],
        "longitude": row["point_longitude"],
        "date_words": "on Friday",
        "fatalities_low": None,
        "fatalities_high": None,
        "occurrence": None,
    }


@cache
def _entries(count: int) -> list[dict[str, Any]]:
    """Return so many places, each with the columns that it gives a row and two candidates that lost to it."""
    connection = sqlite3.connect(f"{geomap.load_gazetteer().path.as_uri()}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    found = [dict(row) for row in connection.execute(_PLACES)]
    connection.close()
    found = [found[n * len(found) // count] for n in range(count)]
    for number, one in enumerate(found):
        others = [found[(number * step) % count] for step in (7, 11)]
        beaten = [
            {"entry_id": other["id"], "score": 0.1}
            | {key: other[key] for key in ("name", "latitude", "longitude", "country_code", "admin1")}
            for other in others
            if other is not one
        ]
        one["alternatives"] = json.dumps(beaten, ensure_ascii=False, separators=(",", ":"))
    return [{("entry_id" if key == "id" else key): value for key, value in one.items()} for one in found]


def _sentences(count: int, random: np.random.Generator) -> list[tuple[str, str]]:
    """Return what stands before and after the place in each sentence: about 120 characters with it."""
    words = re.findall(r"[a-z]{2,}", " ".join(document.text for document in geomap.read_documents(SEEDS)))
    pieces = [words[start : start + 3] for start in range(len(words) - 3)]
    numbers = random.integers(0, len(pieces), size=(count, 6)).tolist()
    before = random.integers(2, 12, size=count).tolist()
    lines = [[word for number in row for word in pieces[number]] for row in numbers]
    return [
        (" ".join(line[:cut]).capitalize(), " ".join(line[cut:]) + ".") for line, cut in zip(lines, before, strict=True)
    ]


def _facts(count: int, random: np.random.Generator) -> dict[str, np.ndarray]:
    return {
        "role": random.choice(4, size=count, p=[0.8, 0.1, 0.08, 0.02]),
        "nil": random.random(count) < 0.05,
        "boilerplate": random.random(count) < 0.03,
        "confidence": np.round(1 - random.random(count) ** 3 * 0.8, 2),
        "event": random.integers(-6, len(TYPES), size=count),
        "day": random.integers(0, 700, size=count // MENTIONS_A_REPORT + 1),
        "earlier": random.integers(0, 8, size=count),
    }


def _report(
    number: int, rows: range, texts: list[tuple[str, str]], places: list[dict[str, Any]], facts: dict[str, np.ndarray]
) -> tuple[geomap.Document, list[dict[str, Any]]]:
    published = np.datetime64("2024-01-01") + int(facts["day"][number])
    about = {
        "document_id": f"report-{number:05}",
        "title": " ".join(texts[rows.start][1].split()[:7]).rstrip("."),
        "url": f"https://www.example.org/{published}/report-{number:05}",
        "source": f"Example {number % 40} News",
        "published": str(published),
    }
    text, added = "", []
    for index, (row, place) in enumerate(zip(rows, places, strict=True)):
        before, after = texts[row]
        sentence = f"{before} {place['name']} {after}"
        text += ("\n\n" if index % 4 == 0 else " ") * bool(text)
        start = len(text) + len(before) + 1
        quoted = {"sentence_index": index, "sentence_start": len(text), "sentence": sentence}
        span = quoted | {"start": start, "end": start + len(place["name"])}
        added.append(about | span | _row(row, place, facts, published))
        text += sentence
    return _document(about, text), added


def _document(about: dict[str, str], text: str) -> geomap.Document:
    facts = {key: value for key, value in about.items() if key not in {"document_id", "published"}}
    published = np.datetime64(about["published"]).astype(object)
    return geomap.Document(id=about["document_id"], text=text, published=published, **facts)


def _row(row: int, place: dict[str, Any], facts: dict[str, np.ndarray], published: np.datetime64) -> dict[str, Any]:
    nil, event = facts["nil"][row], int(facts["event"][row])
    gone = {"entry_id": "", "name": "", "feature_class": "", "feature_code": "", "country_code": "", "admin1": ""}
    gone |= {"admin2": "", "population": None, "alternatives": "[]"}
    gone |= {"latitude": float("nan"), "longitude": float("nan")}
    found = {key: gone[key] if nil else place[key] for key in gone}
    happened = event >= 0 and not nil
    return found | {
        "toponym": place["name"],
        "role": ROLES[facts["role"][row]],
        "relation": "",
        "boilerplate": bool(facts["boilerplate"][row]),
        "point_latitude": found["latitude"],
        "point_longitude": found["longitude"],
        "radius_km": float("nan") if nil else 0.0,
        "location_basis": "" if nil else "entry",
        "location_words": "",
        "confidence": 0.0 if nil else float(facts["confidence"][row]),
        "event_type": TYPES[event][0] if happened else "",
        "event_sub_type": TYPES[event][1] if happened else "",
        "is_event_place": happened and facts["role"][row] == 0,
        "event_date": str(published - int(facts["earlier"][row])) if happened else "",
        "date_precision": 1 if happened else None,
        "geo_precision": None if nil else 1,
        "where_precision": None if nil else 1,
    }
