"""A town before "airport" is the airport, where the gazetteer has one there."""

from collections.abc import Sequence

import pytest

from geomap.resolvers.airports import at_facility
from geomap.resolvers.thresholds import ONLY_FACILITY
from geomap.types import Candidate, GazetteerEntry, Mention, Resolution
from tests.by_hand import entry

TOWN = entry("Engel’s", latitude=51.48, longitude=46.11, country_code="RU", admin1="67")
UNIT = entry("Hatay", latitude=36.4, longitude=36.2, country_code="TR", admin1="31", feature_class="A",
             feature_code="ADM1")  # fmt: skip
HATAY = entry("Hatay Airport", latitude=36.36, longitude=36.28, country_code="TR", admin1="31", feature_class="S",
              feature_code="AIRP")  # fmt: skip
BASE = entry("Engels air base", latitude=51.48, longitude=46.21, country_code="RU", feature_class="S",
             feature_code="AIRB")  # fmt: skip
ELSEWHERE = entry("Engels Airport", latitude=1.0, longitude=2.0, country_code="US", feature_class="S",
                  feature_code="AIRP")  # fmt: skip


class Named:
    """A gazetteer of a few names."""

    def __init__(self, *entries: GazetteerEntry) -> None:
        self.entries = entries

    def candidates(self, toponym: str) -> list[Candidate]:
        return [Candidate(entry=e, matched_name=e.name) for e in self.entries if e.name.lower() == toponym.lower()]

    def lookup(self, name: str) -> Sequence[GazetteerEntry]:
        return [one.entry for one in self.candidates(name)]

    def entry(self, entry_id: str) -> GazetteerEntry | None:
        return None


def answer(text: str, toponym: str, place: GazetteerEntry | None, *known: GazetteerEntry) -> Resolution:
    start = text.index(toponym)
    mention = Mention(document_id="x", sentence=0, start=start, end=start + len(toponym), toponym=toponym)
    candidates = (Candidate(entry=place, matched_name=toponym, score=0.8),) if place else ()
    asked = Resolution(mention=mention, entry=place, confidence=0.9 if place else 0.0, candidates=candidates)
    return at_facility(text, asked, Named(*known))  # type: ignore[arg-type]  # it lists what is asked


def test_a_base_near_its_town_takes_the_towns_place_and_keeps_it_among_the_candidates() -> None:
    found = answer("Drones hit the Engels air base.", "Engels", TOWN, BASE)
    assert found.entry == BASE
    assert [one.entry for one in found.candidates] == [BASE, TOWN]
    assert found.confidence == 0.9


@pytest.mark.parametrize(
    "words", ["airbase", "air base", "Air Force Base", "airfield", "military airfield", "aerodrome"]
)
def test_other_words_for_a_base_lead_to_it(words: str) -> None:
    assert answer(f"Drones hit Engels {words}.", "Engels", TOWN, BASE).entry == BASE


def test_an_airport_inside_the_unit_takes_the_units_place() -> None:
    assert answer("Shelling hit Hatay airport.", "Hatay", UNIT, HATAY).entry == HATAY


@pytest.mark.parametrize(
    "text",
    ["Drones hit Engels.", "Drones hit the airport in Engels.", "Drones hit Engels airport.", "Saratov/Engels air base",
     "Drones hit Engels; air bases are shut."],
)  # fmt: skip
def test_nothing_else_moves_a_town(text: str) -> None:
    assert answer(text, "Engels", TOWN, BASE, ELSEWHERE).entry == TOWN


def test_the_only_facility_of_a_name_that_is_no_town_is_doubtful() -> None:
    found = answer("Drones hit Engels air base.", "Engels", None, BASE)
    assert (found.entry, found.confidence) == (BASE, ONLY_FACILITY)
    assert answer("Drones hit Engels air base.", "Engels", None, BASE, BASE).entry is None
