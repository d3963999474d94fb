import gzip
from pathlib import Path

import pytest

from gazetteer.recipe.matching import match
from gazetteer.recipe.register import Listed, read_register
from gazetteer.recipe.ukraine import with_ukraine
from geomap.errors import GazetteerError
from geomap.gazetteers import load_gazetteer
from geomap.gazetteers.alternates import Place
from geomap.gazetteers.romanise import russian_form, ukrainian_spellings
from tests.by_hand import entry

ROWS = """\
UA14000000000091971	O	Донецька
UA14160000000032453	P	Покровський
UA14160210000010001	H	Покровська
UA14160210010010002	M	Покровськ
UA14160210010110003	B	Центральний
UA14160210030010004	C	Піщане
UA14160210050010005	C	Звірове
UA14160230000010006	H	Гродівська
UA14160230010010007	X	Гродівка
UA14160230030010008	C	Піщане
"""


def rows(text: str = ROWS) -> list[Listed]:
    fields = [line.split("\t") for line in text.splitlines()]
    return [Listed(code=code, category=category, name=name) for code, category, name in fields]


def town(name: str, id: int, point: tuple[float, float], population: int = 0, admin2: str = "1416") -> Place:
    codes = {"admin1": "05", "admin2": admin2}
    return Place(
        entry=entry(name, id=f"geonames:{id}", latitude=point[0], longitude=point[1], population=population, **codes)
    )


RAION = Place(
    entry=entry("Pokrovs’ka Mis’krada", id="geonames-admin2:UA.05.1416", feature_class="A", feature_code="ADM2",
                admin1="05", admin2="1416", latitude=48.2, longitude=37.1)
)  # fmt: skip
POKROVSK = town("Pokrovs'k", 704422, (48.28, 37.18), 60127)
NEAR, FAR = town("Pishchane", 1, (48.25, 37.2)), town("Pishchane", 2, (48.2, 37.5))
QUARTER = town("Shakhtobud", 3, (48.3, 37.2), 4000)


def joined(*places: Place) -> dict[str, Place]:
    return {place.entry.id: place for place in with_ukraine([RAION, *places], rows())}


def test_every_settlement_becomes_an_entry_that_knows_its_units() -> None:
    places = joined(POKROVSK)
    village = places["katottg:UA14160210050010005"].entry
    assert (village.name, village.level, village.country_code) == ("Zvirove", "settlement", "UA")
    assert (village.admin1, village.admin2, village.admin3) == ("05", "1416", "UA14160210000010001")
    assert (village.latitude, village.longitude, village.accuracy_km) == (48.28, 37.18, 9.0)


def test_a_place_that_is_known_keeps_its_point_and_gains_name_and_units() -> None:
    place = joined(POKROVSK)["geonames:704422"]
    assert "katottg:UA14160210010010002" not in joined(POKROVSK)
    assert (place.entry.name, place.entry.admin3) == ("Pokrovsk", "UA14160210000010001")
    assert (place.entry.latitude, place.entry.accuracy_km) == (48.28, 0.0)
    assert ("Pokrovs'k", "alternate") in place.names


def test_a_community_without_a_known_place_lies_in_its_raion_and_less_exactly() -> None:
    hrodivka = joined(POKROVSK)["katottg:UA14160230010010007"].entry
    assert (hrodivka.latitude, hrodivka.longitude, hrodivka.accuracy_km) == (48.28, 37.18, 60.0)


def test_a_city_district_is_a_quarter_at_its_city() -> None:
    quarter = joined(POKROVSK)["katottg:UA14160210010110003"]
    assert (quarter.entry.name, quarter.entry.level, quarter.entry.latitude) == ("Tsentralnyi", "quarter", 48.28)
    assert 2 < quarter.entry.accuracy_km < 3
    assert ("Tsentralnyi District", "alternate") in quarter.names


def test_a_place_beside_a_city_that_the_register_does_not_list_is_a_quarter() -> None:
    places = joined(POKROVSK, QUARTER, NEAR)
    assert places["geonames:3"].entry.level == "quarter"
    assert places["geonames:1"].entry.level == "settlement"


def test_a_raion_is_known_by_its_seat_and_a_hromada_by_its_own() -> None:
    places = joined(POKROVSK)
    assert {("Pokrovsk Raion", "alternate"), ("Pokrovsk District", "alternate")} <= set(places[RAION.entry.id].names)
    community = places["katottg:UA14160210000010001"]
    assert (community.entry.name, community.entry.level) == ("Pokrovsk Hromada", "admin3")
    assert ("Pokrovska Hromada", "alternate") in community.names


@pytest.mark.parametrize("towns", [(NEAR, FAR), (FAR, NEAR)])
def test_namesakes_of_one_raion_are_told_apart_by_what_is_near(towns: tuple[Place, ...]) -> None:
    hrodivka = town("Hrodivka", 4, (48.21, 37.49))
    settlements = [row for row in rows() if row.category in "MXC"]
    pairs = {
        row.code: place.entry.id for row, place in match(settlements, [POKROVSK, hrodivka, *towns], {"UA14": "05"})
    }
    assert pairs["UA14160210030010004"] == "geonames:1"
    assert pairs["UA14160230030010008"] == "geonames:2"


def test_a_namesake_in_another_raion_is_another_place() -> None:
    other = town("Zvirove", 5, (48.0, 37.0), admin2="1402")
    assert match(rows(), [other], {"UA14": "05"}) == []


def test_a_place_elsewhere_is_left_as_it_is() -> None:
    engels = Place(entry=entry("Engels", id="geonames:563464", country_code="RU", admin1="67"))
    assert joined(engels)["geonames:563464"] is engels


def test_a_register_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    path = tmp_path / "ukraine.tsv.gz"
    for content in (b"no gzip", gzip.compress(b"two\tfields\n"), gzip.compress(b"\xff")):
        path.write_bytes(content)
        with pytest.raises(GazetteerError, match=r"ukraine\.tsv\.gz: cannot be read"):
            read_register(path)


@pytest.mark.parametrize(
    ("name", "spellings"),
    [
        ("Авдіївка", {"Avdiivka", "Avdiyivka", "Avdeyevka", "Avdeevka"}),
        ("Ківка", {"Kivka"}),
        ("Новий Мир", {"Novyi Myr", "Novyy Myr", "Novyy Mir", "Novy Mir", "Novyi Mir"}),
        ("Розгін", {"Rozghin", "Rozhin"}),
        ("Слов’янськ", {"Sloviansk", "Slovyansk"}),
    ],
)
def test_a_ukrainian_name_is_spelt_as_the_government_bgn_and_the_russian_press_do(
    name: str, spellings: set[str]
) -> None:
    assert spellings <= set(ukrainian_spellings(name))


@pytest.mark.parametrize(
    ("ukrainian", "russian"),
    [
        ("Олександрівка", "александровка"),
        ("Миколаївка", "николаевка"),
        ("Нововолинськ", "нововолинск"),
        ("Нова Іванівка", "новая ивановка"),
        ("Бердичів", "бердичев"),
        ("Зелене", "зеленое"),
        ("Роботине", "роботино"),
        ("Піски", "пески"),
        ("Кам’янка", "каменка"),
        ("", ""),
    ],
)
def test_a_ukrainian_name_has_a_russian_form(ukrainian: str, russian: str) -> None:
    assert russian_form(ukrainian) == russian


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("Klishchiivka", "UA.05.1402"),
        ("Kivsharivka", "UA.07.6308"),
        ("Synkivka", "UA.07.6308"),
        ("Borivska Andriivka", "UA.07.6304"),
        ("Robotyne", "UA.26.2310"),
        ("Ocheretyne", "UA.05.1416"),
        ("Kleshcheevka", "UA.05.1402"),
        ("Saltivskyi District", "UA.07.6312"),
    ],
)
def test_the_bundled_gazetteer_knows_villages_of_the_front_by_their_raion(name: str, unit: str) -> None:
    units = {f"{one.country_code}.{one.admin1}.{one.admin2}" for one in load_gazetteer().lookup(name)}
    assert unit in units
