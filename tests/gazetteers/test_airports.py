"""Which airports of airportsdata become places, and under what names."""

from typing import Any

import pytest

from gazetteer.recipe.airports import read_airports
from gazetteer.recipe.build import build_gazetteer
from geomap.gazetteers import load_gazetteer
from geomap.gazetteers.alternates import Place
from tests.by_hand import entry

SIMFEROPOL = Place(
    entry=entry("Simferopol", latitude=44.96, longitude=34.11, admin1="11", admin2="x", population=336_000)
)
HAYS = Place(entry=entry("Hays", country_code="US", latitude=38.88, longitude=-99.33, admin1="KS", population=20_000))
LONDON = Place(entry=entry("London", country_code="GB", latitude=51.5, longitude=-0.1, population=9_000_000))
LONDON_KY = Place(entry=entry("London", country_code="US", latitude=37.13, longitude=-84.08, population=8_000))


def record(name: str, city: str, country: str, point: tuple[float, float], iata: str = "") -> dict[str, Any]:
    return {"name": name, "city": city, "country": country, "lat": point[0], "lon": point[1], "iata": iata}


UKFF = record("Simferopol International Airport", "Simferopol", "UA", (45.0522, 33.9751), "SIP")


def read(records: dict[str, dict[str, Any]], *written: Place) -> dict[str, Place]:
    listed = [SIMFEROPOL, HAYS, LONDON, LONDON_KY]
    return {place.entry.id: place for place in read_airports(records, listed, written)}


def names(place: Place) -> set[str]:
    return {place.entry.name, *(name for name, _ in place.names)}


def test_an_airport_has_its_name_and_its_units_but_neither_code_nor_bare_name() -> None:
    (place,) = read({"UKFF": UKFF}).values()
    assert names(place) == {"Simferopol International Airport", "Simferopol Airport"}
    assert (place.entry.id, place.entry.feature_code, place.entry.level) == ("airportsdata:UKFF", "AIRP", "facility")
    assert (place.entry.admin1, place.entry.admin2) == ("11", "x")


def test_the_only_airport_of_a_city_bears_the_name_of_the_city_too() -> None:
    named_after_a_poet = record("Shevchenko International Airport", "Simferopol", "UA", (45.0, 34.0), "AAA")
    second = record("Zavodske Airport", "Simferopol", "UA", (44.9, 34.1), "BBB")
    third = record("Gagarin International Airport", "Simferopol", "UA", (44.8, 34.1), "CCC")
    assert "Simferopol Airport" in names(read({"A": named_after_a_poet})["airportsdata:A"])
    assert "Simferopol Airport" in names(read({"A": named_after_a_poet, "B": second})["airportsdata:A"])
    assert not any("Simferopol Airport" in names(p) for p in read({"A": named_after_a_poet, "C": third}).values())


@pytest.mark.parametrize("name", ["John F Kennedy", "Kursk", "Airport", "Smith Field", "Fazenda Boa Vista"])
def test_a_name_without_a_word_for_an_airport_is_left_out(name: str) -> None:
    assert not read({"X": record(name, "Simferopol", "UA", (45.0, 34.0), "XXX")})


def test_an_air_base_is_one_in_one_word_and_in_two() -> None:
    (place,) = read({"X": record("Gvardeyskoye Military Air Base", "", "UA", (45.1, 34.0))}).values()
    assert place.entry.feature_code == "AIRB"
    assert {"Gvardeyskoye Air Base", "Gvardeyskoye Airbase"} <= names(place)


def test_private_strips_are_left_out_where_the_list_is_full_of_them() -> None:
    strips = {f"K{n}": record(f"Strip {n} Airport", "Hays", "US", (38.9, -99.3)) for n in range(1_001)}
    hays, smith = (
        record("Hays Airport", "Hays", "US", (38.9, -99.3)),
        record("Smith Airport", "Hays", "US", (38.9, -99)),
    )
    assert set(read({**strips, "H": hays, "S": smith})) == {"airportsdata:H"}
    assert set(read({"S": smith})) == {"airportsdata:S"}


def test_a_name_that_means_a_greater_place_elsewhere_is_none() -> None:
    assert not read({"K": record("London Airport", "London", "US", (37.1, -84.1), "LOZ")})
    corbin = read({"K": record("Magee Airport", "London", "US", (37.1, -84.1), "LOZ")})
    assert names(corbin["airportsdata:K"]) == {"Magee Airport"}


def test_a_site_that_is_written_down_by_hand_keeps_its_id_and_gets_the_point() -> None:
    site = entry("Simferopol airport", id="geomap:x", latitude=45.04, longitude=33.97, feature_class="S",
                 feature_code="AIRP", accuracy_km=2.0)  # fmt: skip
    (place,) = read({"UKFF": UKFF}, Place(entry=site)).values()
    assert (place.entry.id, place.entry.name) == ("geomap:x", "Simferopol airport")
    assert (place.entry.latitude, place.entry.accuracy_km) == (45.0522, 0.0)


def test_airports_are_built_into_the_gazetteer(sources: Any, cities: Any) -> None:
    target = sources / "with_airports.sqlite"
    build_gazetteer(target, sources=sources, cities=cities, airports={"UKFF": UKFF})
    with load_gazetteer(target) as gazetteer:
        assert [one.id for one in gazetteer.lookup("Simferopol airport")] == ["airportsdata:UKFF"]
        assert not gazetteer.lookup("UKFF")
        assert not gazetteer.lookup("SIP")
