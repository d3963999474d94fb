"""Tables of every kind with what files trip over, for tests of what they are written as."""

import dataclasses
import datetime
from collections.abc import Mapping

import pandas as pd

from geomap.formats import Kind
from geomap.tables import to_events, to_incidents, to_mentions, to_places
from geomap.types import Event, EventDate, GazetteerEntry, ParsedDocument
from tests.by_hand import POKROVSK, UGLY, WINDHOEK, entry, parse_by_hand, told_by_hand

RUSSIA = entry(
    "Russia",
    id="geonames:2017370",
    feature_class="A",
    feature_code="PCLI",
    country_code="RU",
    latitude=60,
    longitude=100,
)
DONETSK = entry(
    "Donetsk Oblast",
    id="geonames:709716",
    feature_class="A",
    feature_code="ADM1",
    admin1="05",
    latitude=48.0,
    longitude=37.5,
)
RAION = entry("Taveuni", id="test:raion", feature_class="A", feature_code="ADM2", latitude=-16.9, longitude=179.95)
ASIA = entry("Asia", feature_class="L", feature_code="CONT", country_code="", latitude=29.8, longitude=89.3)

ODD = (
    "=1+1",
    "-2+3 dead",
    "'=quoted",
    "''@x",
    "'said' and '=x",
    "+7 (495)",
    "@handle",
    "\tTab",
    "\rreturn",
    "＝wide",
    "NA",
    "null",
    "1e5",
    "007",
    " spaces ",
    "a\r\nb\rc\nd",
    '"quoted", and; comma',
    "_x0041_ and _x000D_",
    "\x00\x01\x0b\x1f\x7f\x85\u2028\ufffe",
    "شمال غزة",
    "👩‍🚒 𝕏",
    "<b>&amp;</b> ]]> <!-- -->",
    "x" * 40_000,
)
"""Texts that some file or program takes for something else."""


def events_at(text: str, place: GazetteerEntry | None, *, id: str, day: EventDate | None = None) -> ParsedDocument:
    """Return a report of one sentence with one event at a place, or nowhere."""
    toponym = place.name if place else ""
    parsed = parse_by_hand(text, *([(toponym, place)] if place else []), id=id, title=text, source="Herald")
    location = parsed.resolutions[0].location if place else None
    event = Event(
        document_id=id,
        sentence=0,
        start=0,
        end=3,
        event_type="Battles",
        event_sub_type="Armed clash",
        place=parsed.resolutions[0] if place else None,
        latitude=location.latitude if location else None,
        longitude=location.longitude if location else None,
        radius_km=location.radius_km if location else 0.0,
        geo_precision=location.geo_precision if location else None,
        where_precision=location.where_precision if location else None,
        date=day or EventDate(),
        fatalities_low=None if place else 3,
        fatalities_high=None if place else 5,
    )
    return dataclasses.replace(parsed, events=(event,))


def reports() -> list[ParsedDocument]:
    """Return reports on towns, areas, places told and not known, with odd texts in all of their cells."""
    day = EventDate(start=datetime.date(2024, 8, 5), end=datetime.date(2024, 8, 11), precision=2, words="last week")
    odd = [
        events_at(f"{text} fight in Pokrovsk.", POKROVSK, id=f"{number}{text[:9]}", day=day if number % 2 else None)
        for number, text in enumerate(ODD)
    ]
    ugly = parse_by_hand(
        UGLY, ("Windhoek", WINDHOEK), ("Pokrovsk", POKROVSK), ("Nowhere", None), published=datetime.date(2024, 9, 6)
    )
    areas = [
        events_at(f"War in {place.name}, it says.", place, id=f"area{n}", day=day)
        for n, place in enumerate((RUSSIA, DONETSK, RAION, ASIA))
    ]
    return [ugly, *odd, *areas, told_by_hand(), events_at("War is everywhere.", None, id="nowhere")]


def tables() -> Mapping[Kind, pd.DataFrame]:
    """Return a table of each kind."""
    parsed = reports()
    mentions, events = to_mentions(parsed), to_events(parsed)
    return {
        "mentions": mentions,
        "places": to_places(mentions),
        "events": events,
        "incidents": to_incidents(events, unplaced=True),
    }
