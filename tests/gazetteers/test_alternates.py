import pytest

from geomap.gazetteers import load_gazetteer
from geomap.gazetteers.alternates import Name, Place, without_namesakes
from tests.by_hand import entry

COUNTRIES = {"iraq": "IQ", "benin": "BJ", "ukraine": "UA", "kuwait": "KW"}
LIVING = (
    Place(entry=entry("Oleksandrivka", id="x:village", population=1301)),
    Place(entry=entry("Kazan", country_code="RU", population=1_243_500)),
    Place(entry=entry("Hanover", country_code="JM", feature_class="A", feature_code="ADM1", population=60_000_000)),
    Place(entry=entry("Vienna", country_code="AT", feature_class="A", feature_code="ADM1", population=1_700_000)),
    Place(entry=entry("Homs", country_code="SY", population=775_000)),
)


@pytest.mark.parametrize(
    ("own", "country", "population", "name", "kept"),
    [
        ("Arāk", "IR", 503_647, "Iraq", []),
        ("Lucena", "ES", 42_000, "Ukraine", []),
        ("Benin City", "NG", 1_782_000, "Benin", [("Benin", "alternate")]),
        ("Jahra", "KW", 400_000, "Kuwait", [("Kuwait", "alternate")]),
        ("Kotel", "BG", 6_421, "Kazan", []),
        ("Calhoun", "US", 15_650, "Vienna", []),
        ("Donetsk", "UA", 901_645, "Oleksandrivka", [("Oleksandrivka", "historic")]),
        ("Oleksandriia", "UA", 76_097, "Oleksandrivka", [("Oleksandrivka", "alternate")]),
        ("Nova Oleksandrivka", "UA", 500, "Oleksandrivka", [("Oleksandrivka", "alternate")]),
        ("Hannover", "DE", 515_140, "Hanover", [("Hanover", "alternate")]),
        ("Al Khums", "LY", 201_943, "Homs", [("Homs", "alternate")]),
        ("Donetsk", "UA", 901_645, "Stalino", [("Stalino", "alternate")]),
        ("Arāk", "IR", 503_647, "العراق", [("العراق", "alternate")]),
    ],
)
def test_a_name_that_means_another_place_is_left_out_or_of_the_past(
    own: str, country: str, population: int, name: str, kept: list[Name]
) -> None:
    place = Place(entry=entry(own, country_code=country, population=population), names=((name, "alternate"),))
    assert list(without_namesakes([*LIVING, place], countries=COUNTRIES)[-1].names) == kept


def test_names_of_units_and_names_with_a_kind_are_left_alone() -> None:
    unit = Place(entry=entry("Area", feature_class="A", feature_code="ADM1"), names=(("Iraq", "alternate"),))
    town = Place(entry=entry("Arāk", country_code="IR"), names=(("Iraq", "abbreviation"),))
    assert without_namesakes([unit, town], countries=COUNTRIES) == [unit, town]


@pytest.mark.parametrize(
    ("name", "expected"), [("Iraq", {"country"}), ("Ukraine", {"country"}), ("U.S.", {"country"}), ("U.K", {"country"})]
)
def test_the_bundled_gazetteer_knows_a_country_and_no_far_town_by_its_name(name: str, expected: set[str]) -> None:
    assert {one.level for one in load_gazetteer().lookup(name)} == expected


def test_a_village_outranks_the_city_that_was_once_called_so() -> None:
    kinds = {(one.entry.name, one.name_kind) for one in load_gazetteer().candidates("Oleksandrivka")}
    assert ("Donetsk", "historic") in kinds
    assert ("Oleksandrivka", "primary") in kinds
