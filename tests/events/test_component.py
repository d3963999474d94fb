import datetime

import pytest
import spacy

from geomap.events.component import EventCoder
from geomap.events.report import find_events
from geomap.resolvers.locating import location_at
from geomap.types import Document, Event, GazetteerEntry, Mention, Resolution, Sentence
from tests.by_hand import POKROVSK, entry

PUBLISHED = datetime.date(2024, 9, 6)  # a Friday
OBLAST = entry("Donetsk Oblast", id="geonames:709716", feature_class="A", feature_code="ADM1", admin1="05")


def events_in(
    text: str, *places: tuple[str, GazetteerEntry | None], relation: str = "", boilerplate: bool = False
) -> list[Event]:
    """Return the events of a report of one sentence whose toponyms are resolved as told."""
    resolutions = []
    for toponym, place in places:
        start = text.index(toponym)
        mention = Mention(
            document_id="r", sentence=0, start=start, end=start + len(toponym), toponym=toponym, relation=relation
        )
        location = location_at(text, mention, place) if place else None
        resolutions.append(
            Resolution(mention=mention, entry=place, confidence=0.9 if place else 0.0, location=location)
        )
    spans = ((0, len(text)),) if boilerplate else ()
    document = Document(id="r", text=text, published=PUBLISHED, boilerplate=spans)
    return list(find_events(document, [Sentence(index=0, start=0, end=len(text))], resolutions))


def test_an_event_says_what_where_when_how_many_died_and_who_says_so() -> None:
    text = "Shelling killed three people in Pokrovsk on Tuesday, the governor said."
    (event,) = events_in(text, ("Pokrovsk", POKROVSK))
    assert event.event_sub_type == "Shelling/artillery/missile attack"
    assert event.place is not None
    assert event.place.entry == POKROVSK
    assert (event.latitude, event.longitude, event.radius_km) == (POKROVSK.latitude, POKROVSK.longitude, 0.0)
    assert (event.geo_precision, event.where_precision) == (1, 1)
    assert (event.date.start, event.date.precision) == (datetime.date(2024, 9, 3), 1)
    assert (event.fatalities_low, event.fatalities_high) == (3, 3)
    assert "governor" in event.attribution
    assert not event.boilerplate


def test_a_place_off_a_town_moves_the_point_and_widens_the_circle() -> None:
    text = "Shelling hit a farm 20 km south of Pokrovsk."
    (event,) = events_in(text, ("Pokrovsk", POKROVSK), relation="20 km south of")
    assert event.latitude is not None
    assert event.latitude == pytest.approx(POKROVSK.latitude - 0.18, abs=0.02)
    assert event.radius_km > 0
    assert (event.geo_precision, event.where_precision) == (2, 2)


def test_part_of_a_region_is_less_exact_than_the_region() -> None:
    (whole,) = events_in("Shelling went on across Donetsk region.", ("Donetsk", OBLAST))
    assert (whole.geo_precision, whole.where_precision) == (3, 4)


def test_a_place_that_is_not_in_the_gazetteer_is_still_the_place() -> None:
    (event,) = events_in("Shelling killed two people in Qwertyville.", ("Qwertyville", None))
    assert event.place is not None
    assert event.place.entry is None
    assert (event.latitude, event.geo_precision, event.where_precision) == (None, None, None)


@pytest.mark.parametrize("text", ["", "   ", "The council discussed the harvest.", "They denied that shelling hit it."])
def test_a_report_of_no_conflict_gives_no_event(text: str) -> None:
    assert events_in(text) == []


def test_an_event_outside_the_story_says_so() -> None:
    (event,) = events_in("Read more: artillery shelled Pokrovsk", ("Pokrovsk", POKROVSK), boilerplate=True)
    assert event.boilerplate


def test_a_doc_without_resolutions_gets_events_without_a_place() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    doc = EventCoder()(nlp("Shelling killed two people. It rained."))
    (event,) = doc._.geomap_events
    assert event.place is None
    assert event.date.words == ""
