"""What a sentence says happened."""

import pytest

from geomap.events.triggers.finding import find_triggers
from geomap.events.vocabulary import OVERTAKES, REGAINS


def told(sentence: str) -> list[tuple[str, str]]:
    return [(sentence[one.start : one.end], one.event_sub_type) for one in find_triggers(sentence)]


def test_a_trigger_is_the_words_that_say_it_with_its_sub_type() -> None:
    sentence = "In the night, shelling killed three people in Kherson."
    (first,) = find_triggers(sentence)
    assert sentence[first.start : first.end] in ("shelling", "killed")
    assert first.event_sub_type == "Shelling/artillery/missile attack"


def test_several_happenings_come_in_text_order_and_words_for_one_are_one() -> None:
    sentence = "Ukraine shot down 12 drones over Odesa, and a missile struck a school in Sumy, killing two people."
    assert told(sentence) == [
        ("shot down", "Disrupted weapons use"),
        ("struck", "Shelling/artillery/missile attack"),
    ]


def test_the_same_kind_twice_is_two_where_each_has_its_place() -> None:
    sentence = "Shelling hit a market in Nikopol, and artillery fire wounded two people in Marhanets."
    assert [sub_type for _, sub_type in told(sentence)] == ["Shelling/artillery/missile attack"] * 2


@pytest.mark.parametrize(
    ("sentence", "sub_type"),
    [
        ("Rebels and soldiers fought with mortars and rifles as shelling shook Lubero.", "Armed clash"),
        ("India and Pakistan exchanged artillery fire across the line in Poonch.", "Armed clash"),
        ("Air defences intercepted four ballistic missiles over Haifa.", "Disrupted weapons use"),
        ("Rebels entered Ariha without a fight after the army withdrew.", "Non-violent transfer of territory"),
    ],
)
def test_ties_are_settled_as_the_codebook_does(sentence: str, sub_type: str) -> None:
    assert [one for _, one in told(sentence)] == [sub_type]


@pytest.mark.parametrize(
    "sentence",
    [
        "",
        " ",
        "\n",
        "…",
        "👩‍👩‍👧",
        "\u200f\u202e",
        "İİİ",
        "a" * 100_000,
        "— – ; ,, ,",
        "\ud800",
        "٣ ٤ ٥",
        "_" * 50,
        "'’ʼ",
    ],
)
def test_odd_text_reports_nothing(sentence: str) -> None:
    assert find_triggers(sentence) == ()


def test_offsets_are_code_points_behind_emoji_and_letters_that_grow_in_lower_case() -> None:
    sentence = "🔴 İzmir İ: rockets hit a market in Kherson on Friday"
    assert ("hit", "Shelling/artillery/missile attack") in told(sentence)


@pytest.mark.parametrize("count", [200, 3_000])
def test_very_long_sentences_are_read_to_their_end(count: int) -> None:
    filler = "the pale grey water lay still " * (count // 6)
    assert all(
        sub_type == "Shelling/artillery/missile attack" for _, sub_type in told(filler + "until shells hit Sumy")
    )
    assert find_triggers("Shelling hit Sumy, and " * (count // 4))


def of_names(sentence: str, *, place: str = "", government: str = "") -> list[str]:
    def spans(name: str) -> list[tuple[int, int]]:
        return [(sentence.index(name), sentence.index(name) + len(name))] if name else []

    found = find_triggers(sentence, places=spans(place), governments=spans(government))
    return [one.event_sub_type for one in found]


@pytest.mark.parametrize(
    ("sentence", "place", "sub_types"),
    [
        ("Palma fell to insurgents on Saturday.", "Palma", ["Non-state actor overtakes territory"]),
        ("Kalehe was captured by rebels.", "Kalehe", ["Non-state actor overtakes territory"]),
        ("Sudzha was seized by Ukrainian troops.", "Sudzha", ["Non-state actor overtakes territory"]),
        ("Palmyra has since been retaken by the army.", "Palmyra", ["Government regains territory"]),
        ("The army captured Manbij, its commander said.", "Manbij", ["Government regains territory"]),
        ("The army captured the commander in Manbij.", "Manbij", ["Arrests"]),
        ("Kunduz", "Kunduz", []),
    ],
)
def test_a_known_place_that_is_taken_changes_hands(sentence: str, place: str, sub_types: list[str]) -> None:
    assert of_names(sentence, place=place) == sub_types


def test_a_government_that_protests_is_no_demonstration() -> None:
    sentence = "London held a conference, and Khartoum has protested."
    assert "Attack" not in of_names(sentence, government="Khartoum")
    assert of_names("Thousands have protested in Khartoum.", place="Khartoum") == ["Peaceful protest"]


@pytest.mark.parametrize(
    ("sentence", "sub_types"),
    [
        ("Two shells fell in the market.", ["Shelling/artillery/missile attack"]),
        ("A rocket fell near the school in Sderot.", ["Shelling/artillery/missile attack"]),
        ("Prices fell in the capital.", []),
        ("Snow fell near the base.", []),
    ],
)
def test_shells_that_fall_are_shelling(sentence: str, sub_types: list[str]) -> None:
    assert [sub_type for _, sub_type in told(sentence)] == sub_types


def test_a_deal_to_pause_the_fighting_is_no_fighting() -> None:
    assert told("The army has not accepted a deal to pause fighting.") == []


def test_those_who_flee_do_not_hide_what_killed_them() -> None:
    sentence = "Forty people were killed by drones near Maungdaw as the families tried to flee."
    assert "Air/drone strike" in [sub_type for _, sub_type in told(sentence)]


def test_a_sentence_that_tells_of_nothing_likelier_keeps_what_the_rules_know() -> None:
    assert told("Clashes erupted in the capital of Mali on Tuesday, the army said.")
    assert told("The army denied that clashes had erupted in the capital.") == []


def takes_ground(sentence: str) -> bool:
    place = (len(sentence) - 8, len(sentence) - 1)
    return any(one.event_sub_type in (REGAINS, OVERTAKES) for one in find_triggers(sentence, places=[place]))


def test_who_is_not_armed_takes_no_ground() -> None:
    entered = {
        who: takes_ground(f"{who} entered Kherson.") for who in ("Troops", "Rebels", "Survivors", "Rescue boats")
    }
    assert entered == {"Troops": True, "Rebels": True, "Survivors": False, "Rescue boats": False}


def test_a_town_that_takes_people_in_takes_no_ground() -> None:
    sentence = "Mykolaiv took in evacuees who came by train."
    assert find_triggers(sentence, places=[(0, 8)]) == ()


def test_ground_declared_retaken_is_the_governments_again_unless_others_took_it() -> None:
    (trigger,) = find_triggers("The defence ministry declared Sudzha retaken on March 13.", places=[(30, 36)])
    assert trigger.event_sub_type == REGAINS
    (trigger,) = find_triggers("Rebels retook Goma on March 13.", places=[(14, 18)])
    assert trigger.event_sub_type == OVERTAKES
