"""How a mention is used."""

import pytest

from geomap.recognizers.roles import role_of
from geomap.recognizers.under_attack import is_attacked


def role(sentence: str, toponym: str) -> str:
    start = sentence.index(toponym)
    return role_of(sentence, (start, start + len(toponym)), (0, len(sentence)))


@pytest.mark.parametrize(
    ("sentence", "toponym"),
    [
        ("Fighting in Kursk went on all night.", "Kursk"),
        ("Shells fell across the Kursk region.", "Kursk"),
        ("Settlements were taken back from Ukraine.", "Ukraine"),
        ("They crossed into Russia’s Belgorod region.", "Russia"),
        ("The Pokrovsk sector is stable.", "Pokrovsk"),
        ("Residents of Sumy told the agency they would stay.", "Sumy"),
        ("Trains to Dnipro now leave twice a day.", "Dnipro"),
        ("Moscow, Russia - Talks resumed.", "Moscow"),
        ("POKROVSK, Ukraine — The road was cut.", "Ukraine"),
        ("Goma fell in January.", "Goma"),
        ("Khartoum lay in ruins.", "Khartoum"),
    ],
)
def test_a_place_where_something_is_or_happens_is_literal(sentence: str, toponym: str) -> None:
    assert role(sentence, toponym) == "literal"


@pytest.mark.parametrize(
    ("sentence", "toponym"),
    [
        ("Kyiv rejected the claims.", "Kyiv"),
        ("The claims were rejected by Kyiv.", "Kyiv"),
        ("Moscow has recaptured most of the territory Kyiv seized in August.", "Moscow"),
        ("Moscow has recaptured most of the territory Kyiv seized in August.", "Kyiv"),
        ("Moscow has been pushing back.", "Moscow"),
        ("Ankara has repeatedly denied the report.", "Ankara"),
        ("It gave them leverage over Moscow in any talks.", "Moscow"),
        ("They signed a deal with Washington.", "Washington"),
        ("Ukraine denied that its men were surrounded.", "Ukraine"),
    ],
)
def test_a_government_that_acts_is_metonymic(sentence: str, toponym: str) -> None:
    assert role(sentence, toponym) == "metonymic"


@pytest.mark.parametrize(
    ("sentence", "toponym"),
    [
        ("Ukraine’s troops held the bridge.", "Ukraine"),
        ("Russia's Prosecutor General's Office opened a case.", "Russia"),
        ("The US president's call came late.", "US"),
        ("A U.S.-brokered truce was agreed.", "U.S."),
        ("Kursk authorities opened shelters.", "Kursk"),
        ("Iran-backed fighters left.", "Iran"),
        ("Israel's top military court ruled.", "Israel"),
    ],
)
def test_a_name_before_those_who_act_is_a_modifier(sentence: str, toponym: str) -> None:
    assert role(sentence, toponym) == "modifier"


@pytest.mark.parametrize(
    ("sentence", "toponym"),
    [
        ("The Moscow Times reported it.", "Moscow"),
        ("He works for the Kyiv Independent.", "Kyiv"),
        ("The Bank of England raised rates.", "England"),
        ("The Paris Police Department said so.", "Paris"),
    ],
)
def test_a_name_inside_an_organisation_is_embedded(sentence: str, toponym: str) -> None:
    assert role(sentence, toponym) == "embedded"


@pytest.mark.parametrize(
    ("sentence", "toponym"),
    [
        ("Mortar fire on Lubero wounded a child.", "Lubero"),
        ("Sloviansk came under heavy shelling.", "Sloviansk"),
        ("Tripoli has since been bombed twice.", "Tripoli"),
        ("Kabul fell to the insurgents.", "Kabul"),
        ("The capture of eastern Aleppo took a month.", "Aleppo"),
        ("Rockets were fired at Ashkelon.", "Ashkelon"),
        ("Ankara shelled the town of Kobani.", "Kobani"),
        ("Beirut is mourning a poet.", "Beirut"),
    ],
)
def test_what_is_attacked_taken_or_in_mourning_is_ground(sentence: str, toponym: str) -> None:
    assert role(sentence, toponym) == "literal"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", " came under fire for its silence."),
        ("Ankara hit ", " with tariffs."),
        ("A verbal attack on ", " followed."),
        ("It was an attack on ", "'s credibility."),
        ("", " has recaptured the town."),
        ("", " fell silent."),
        ("", " fell out with its neighbours."),
        ("", ""),
        ("attack on " * 1_000 + "words against ", " x" * 10_000),
    ],
)
def test_words_money_and_deeds_of_its_own_are_no_attack_on_a_place(before: str, after: str) -> None:
    assert not is_attacked(before, after)


@pytest.mark.parametrize(
    ("text", "toponym"),
    [
        ("A long war against the Jalisco cartel went on.", "Jalisco"),
        ("The leader of the Santa Rosa de Lima gang was arrested.", "Santa Rosa de Lima"),
        ("Near Lobkove the Odesa marine brigade took back a hill.", "Odesa"),
        ("The Donetsk People’s Republic said so.", "Donetsk"),
        ("The daily El Liberal de Popayán reported it.", "Popayán"),
        ("Radio Dabanga lost its transmitter.", "Dabanga"),
        ("According to the Popayán office of the ombudsman, two died.", "Popayán"),
        ("A nurse at the Saravena hospital said so.", "Saravena"),
    ],
)
def test_a_place_inside_the_name_of_a_group_a_paper_or_a_clinic_is_embedded(text: str, toponym: str) -> None:
    start = text.index(toponym)
    assert role_of(text, (start, start + len(toponym)), (0, len(text))) == "embedded"


@pytest.mark.parametrize(
    ("text", "toponym"),
    [
        ("Jets hit the Saravena hospital.", "Saravena"),
        ("The Saravena hospital was bombed.", "Saravena"),
        ("Rebels shelled the Bunia General Hospital from the hills.", "Bunia"),
        ("An explosion at the Dikwa clinic killed two.", "Dikwa"),
        ("Tents burned in the Zamzam camp.", "Zamzam"),
        ("Two houses in Nuseirat Refugee Camp were bombed.", "Nuseirat"),
        ("Shots rang out at Makala prison.", "Makala"),
    ],
)
def test_a_camp_and_a_hospital_in_which_something_happens_are_literal(text: str, toponym: str) -> None:
    start = text.index(toponym)
    assert role_of(text, (start, start + len(toponym)), (0, len(text))) == "literal"


@pytest.mark.parametrize("text", ["Kyiv and Moscow to sign a truce", "Kyiv to send envoys"])
def test_a_headline_of_what_a_government_is_about_to_do_is_metonymic(text: str) -> None:
    assert role_of(text, (0, 4), (0, len(text))) == "metonymic"
