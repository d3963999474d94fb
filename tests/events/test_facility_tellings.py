"""One report says "the Engels air base", the next sentence or the next report "Engels": that is one strike."""

import datetime

import pandas as pd
import pytest

from geomap import Document, Geoparser
from geomap.tables import to_events, to_incidents

BASE = "Ukrainian drones struck the Engels air base overnight, killing three people."


@pytest.fixture(scope="module")
def geoparser() -> Geoparser:
    return Geoparser()


def test_a_base_and_its_town_are_one_occurrence_of_a_report(geoparser: Geoparser) -> None:
    text = f"{BASE}\n\nRussian officials said the strike on Engels killed three servicemen."
    events = to_events(geoparser.parse([Document(id="a", text=text)]))
    assert set(events["name"]) == {"Engels air base", "Engels"}
    assert set(events["occurrence"]) == {1}


def test_a_base_and_its_town_are_one_incident_of_two_reports(geoparser: Geoparser) -> None:
    day = datetime.date(2025, 3, 20)
    told = ((BASE, "One"), ("A drone attack on Engels overnight killed three people.", "Two"))
    reports = [Document(id=outlet, source=outlet, published=day, text=text) for text, outlet in told]
    incidents = to_incidents(to_events(geoparser.parse(reports)))
    assert incidents["sources"].tolist() == [2]


def test_a_base_and_a_namesake_of_its_town_elsewhere_are_two(geoparser: Geoparser) -> None:
    events = to_events(geoparser.parse([Document(id="a", text=BASE)]))
    elsewhere = events.assign(document_id="b", latitude=60.0, feature_class="P", entry_id="geonames:1")
    assert len(to_incidents(pd.concat([events, elsewhere], ignore_index=True))) == 2
