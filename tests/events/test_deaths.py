import json
from pathlib import Path

import pytest

from geomap.events.deaths.numbers import without_uncounted
from geomap.events.deaths.sharing import share_tolls
from geomap.events.deaths.tolls import tolls_in
from geomap.events.telling import tell
from geomap.language.syntax import parse_sentences

GOLD = Path(__file__).with_name("deaths.jsonl")
BLIND = Path(__file__).with_name("deaths_blind.jsonl")


def fatalities(sentence: str, trigger: tuple[int, int]) -> tuple[int, int] | None:
    """Return the deaths of a sentence's only trigger."""
    found = share_tolls(sentence, tell([sentence])[0].tolls, [trigger], [[None]])[0][0]
    return found and found[:2]


def share_right(path: Path) -> float:
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    hits = 0
    for row in rows:
        found = fatalities(row["sentence"], tuple(row["trigger"]))
        hits += found == (row["deaths"] and tuple(row["deaths"]))
    return hits / len(rows)


def test_the_deaths_of_the_hand_made_sentences_are_counted() -> None:
    assert share_right(GOLD) >= 0.97


def test_the_deaths_of_sentences_written_after_tuning_are_counted() -> None:
    assert share_right(BLIND) >= 0.96


@pytest.mark.parametrize(
    ("sentence", "seen"),
    [
        ("On the 20th he lay dead.", "On the ____ he lay dead."),
        ("17:30 Four men died.", "_____ Four men died."),
        ("In June 2019 they killed 30.", "In June ____ they killed 30."),
        ("A tapper of 54 lay dead.", "A tapper______ lay dead."),
        ("A group of 12 was killed.", "A group of 12 was killed."),
        (
            "Three of the town's 900 remaining people were killed.",
            "Three of the town's ___ remaining people were killed.",
        ),
        ("One of its 40 men died.", "One of its __ men died."),
        ("Three of the 12 people killed were children.", "Three of the 12 people killed were children."),
        ("Four of the 12 dead were soldiers.", "Four of the 12 dead were soldiers."),
        ("On 6 May 12 recruits of 18 villages died.", "On _ May 12 recruits of 18 villages died."),
    ],
)
def test_days_years_hours_ages_and_wholes_count_no_dead(sentence: str, seen: str) -> None:
    assert without_uncounted(sentence).replace("__:__", "_____") == seen


def test_the_toll_of_a_war_is_not_that_of_an_event() -> None:
    assert fatalities("The strikes have killed 41,000 people since October.", (4, 11)) is None
    assert fatalities("The strikes have killed 41 people since Monday.", (4, 11)) == (41, 41)
    assert fatalities("Since the coup over 1,600 people were killed.", (37, 43)) is None
    assert fatalities("Since Monday over 16 people were killed.", (33, 39)) == (16, 16)
    assert fatalities("The police count 36 people killed in the first half of the year.", (27, 33)) is None


@pytest.mark.parametrize(
    ("sentence", "count"),
    [
        ("Olha Marchenko, 65, and daughter Iryna, 12, were killed at home.", 2),
        ("Thirty one sailors and officers of the fleet were killed.", 31),
        ("Two drivers (a man and a woman) were killed.", 2),
        ("Scores of men from both warring sides have been killed.", 20),
        ("A former minister and retired colonel has been killed.", 1),
        ("The mayor said: “At least 17 miners were killed.”", 17),
        ("A large number of recruits were killed.", 3),
        ("Nine nurses, mostly women, were killed.", 9),
        ("Also, 3 pilots were killed.", 3),
    ],
)
def test_ages_asides_and_second_names_are_not_added(sentence: str, count: int) -> None:
    start = sentence.index("killed")
    found = fatalities(sentence, (start, start + 6))
    assert found is not None
    assert found[0] == count


@pytest.mark.parametrize(
    "sentence",
    [
        "", " ", "\u0000", "died ² ","½ killed", "killed " * 2000, "two and " * 3000 + "killed", "7" * 9000 + " died",
        "one hundred and " * 2000, "a man, " * 3000, "death toll to " * 2000, "1,000" * 3000, "killed" + " " * 9000,
    ],
)  # fmt: skip
def test_empty_and_hostile_sentences_are_counted(sentence: str) -> None:
    found = fatalities(sentence, (0, min(6, len(sentence))))
    assert found is None or 0 <= found[0] <= found[1]


@pytest.mark.parametrize(
    ("sentence", "deaths"),
    [
        ("An air strike burned tents, and the ministry put the dead at 45 or more.", (45, 45)),
        ("The ministry put the dead in the air strike at seven.", (7, 7)),
        ("The governor put the number killed in the air strike at 20 to 30.", (20, 30)),
        ("They put the dead of the air strike in a tent.", None),
        ("He asked him to spare the lives of thousands of troops after the air strike.", None),
        ("The air strike claimed the lives of twelve people.", (12, 12)),
    ],
)
def test_the_dead_that_somebody_puts_at_a_number_are_counted(sentence: str, deaths: tuple[int, int] | None) -> None:
    start = sentence.index("air strike")
    assert fatalities(sentence, (start, start + 10)) == deaths


def shares(sentence: str, triggers: list[str], places: list[list[str]]) -> list[list[tuple[int, int] | None]]:
    """Return the deaths of each trigger of a sentence at each of its places."""

    def span(words: str) -> tuple[int, int]:
        return sentence.index(words), sentence.index(words) + len(words)

    tolls = tell([sentence])[0].tolls
    found = share_tolls(sentence, tolls, [span(one) for one in triggers], [[span(one) for one in of] for of in places])
    return [[deaths and deaths[:2] for deaths in at] for at in found]


def test_a_toll_counts_once_where_a_sentence_tells_of_two_things() -> None:
    sentence = "A bomb exploded in Oicha, killing two people, and rebels attacked Eringeti."
    assert shares(sentence, ["exploded", "attacked"], [["Oicha"], ["Eringeti"]]) == [[(2, 2)], [None]]


def test_each_place_of_a_list_gets_its_own_number() -> None:
    sentence = "Shelling killed three people in Toretsk, two in Siversk and one in Lyman."
    assert shares(sentence, ["Shelling"], [["Toretsk", "Siversk", "Lyman"]]) == [[(3, 3), (2, 2), (1, 1)]]


def test_a_number_that_is_not_broken_down_stands_at_the_first_place_or_where_it_says() -> None:
    sentence = "Raiders attacked Zelevet and Moskota, killing five farmers."
    assert shares(sentence, ["attacked"], [["Zelevet", "Moskota"]]) == [[(5, 5), None]]
    sentence = "Jets bombed Aitaroun, Blida and Khiam; two men were killed in Khiam proper."
    places = [(12, 20), (22, 27), (62, 67)]
    tolls = tell([sentence])[0].tolls
    assert share_tolls(sentence, tolls, [(5, 11)], [places]) == [[None, None, (2, 2, "")]]


@pytest.mark.parametrize(
    ("sentence", "deaths"),
    [
        ('A gang killed "at least 40 people" in the town.', (40, 40)),
        ("Mortar fire killed at least 14 people, the observatory and the news agency reported.", (14, 14)),
        ("At least seven civilians were killed along with ten soldiers.", (17, 17)),
        ("Soldiers killed 33 militants and arrested six.", (33, 33)),
        ("On 5 May, at about 21:30, seven people were killed.", (7, 7)),
        ("A man of 54 was killed in his yard.", (1, 1)),
        ("Guns fired, and in the latter town a woman of 70 was killed.", (1, 1)),
        ("A family of seven on its way to Dibis was killed by a bomb.", (7, 7)),
        ("Two sisters, 12 and 15, were killed.", (2, 2)),
        ("From 15 to 16 May shells fell, killing a 71-year-old woman.", (1, 1)),
        ("Four militants were martyred, the group said after they were killed.", (4, 4)),
    ],
)
def test_quotes_clocks_ages_and_second_groups_are_read(sentence: str, deaths: tuple[int, int]) -> None:
    start = sentence.index("kill")
    assert fatalities(sentence, (start, start + 4)) == deaths


@pytest.mark.parametrize(
    ("sentence", "deaths"),
    [
        ("Raiders hacked eleven herders to death near the well.", (11, 11)),
        ("Villagers beat a thief to death.", (1, 1)),
        ("Nine worshippers were mown down at prayers.", (9, 9)),
        ("A nurse passed away in hospital.", (1, 1)),
        ("The shopkeeper was found dead in a ditch.", (1, 1)),
        ("Two of those hurt in the shelling did not survive the night.", (2, 2)),
        ("Four men were put to death in the forest.", (4, 4)),
        ("A shell burst among children, killing four of them.", (4, 4)),
        ("A priest and his cook were shot dead.", (2, 2)),
        ("The patrol came under fire, without loss of life.", (0, 0)),
        ("A man was shot in the leg.", None),
        ("Soldiers cut down three trees.", None),
        ("The militia wanted to put ten prisoners to death.", None),
        ("Two boys were not hacked to death.", None),
    ],
)
def test_the_dead_are_told_by_what_they_undergo(sentence: str, deaths: tuple[int, int] | None) -> None:
    assert fatalities(sentence, (0, 3)) == deaths


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("At least 14 people were killed in the strike.", (14, 14, "at least")),
        ("Shelling left at least another 12 people dead.", (12, 12, "at least")),
        ("More than 12 were killed.", (12, 12, "at least")),
        ("No fewer than 12 people were killed.", (12, 12, "at least")),
        ("The death toll from the strike rose to at least 31.", (31, 31, "at least")),
        ("The strike killed up to 20 soldiers.", (1, 20, "up to")),
        ("No more than 12 people were killed.", (1, 12, "up to")),
        ("Fewer than 20 people died.", (1, 19, "up to")),
        ("The attack killed some 40 people.", (40, 40, "about")),
        ("Dozens were killed.", (12, 99, "about")),
        ("Civilians were killed in the shelling.", (3, 3, "some")),
        ("Ali, Omar and Hasan were killed.", (3, 3, "")),
        ("Some of the 14 people were killed.", (14, 14, "")),
        ("Between 12 and 15 people were killed.", (12, 15, "")),
        ("Six people, including at least two children, were killed.", (6, 6, "")),
        ("Nobody was killed.", (0, 0, "")),
    ],
)
def test_a_number_that_a_sentence_leaves_open_is_told_from_one_that_is_exact(
    sentence: str, said: tuple[int, int, str]
) -> None:
    (toll,) = tell([sentence])[0].tolls
    assert (toll.low, toll.high, toll.said) == said


def test_each_place_of_a_list_has_its_number_as_openly_as_it_is_said() -> None:
    sentence = "Shelling killed at least three people in Toretsk, about 20 in Siversk and one in Lyman."
    places = [(sentence.index(name), sentence.index(name) + len(name)) for name in ("Toretsk", "Siversk", "Lyman")]
    (found,) = share_tolls(sentence, tell([sentence])[0].tolls, [(0, 8)], [places])
    assert found == [(3, 3, "at least"), (20, 20, "about"), (1, 1, "")]


@pytest.mark.parametrize(
    ("sentence", "dead"),
    [
        ("A crowd beat to death two hawkers.", [2]),
        ("They put to death four men in the square.", [4]),
        ("Two men were stoned to death.", [2]),
        ("Three men were sentenced to death on Monday.", []),
        ("A court sentenced seven rebels to death.", []),
        ("Seven rebels were declared dead.", [7]),
        ("Farther north three railwaymen were killed on Saturday.", [3]),
        ("Two police officers were fatally shot.", [2]),
        ("A drone strike fatally wounded a farmer.", [1]),
        ("Two were burned alive.", [2]),
        ("Two gunmen shot an officer, who died.", [1]),
        ("The dead in Gisenyi are now nine.", [9]),
        ("A woman and two children were among the dead.", []),
        ("Half a dozen rebels were executed.", [6]),
        ("A specimen was killed.", [1]),
    ],
)
def test_those_who_died_are_counted_by_the_syntax_of_the_sentence(sentence: str, dead: list[int]) -> None:
    assert [toll.low for toll in tolls_in(sentence, parse_sentences([sentence])[0])] == dead


def test_the_dead_of_a_sentence_are_not_of_an_arrest_or_a_new_base_in_it() -> None:
    sentence = "Bandits stormed Kadauri, killed twelve worshippers and led away about forty people."
    tolls = tell([sentence])[0].tolls
    stormed, led = (8, 15), (sentence.index("led"), sentence.index("led") + 8)
    shares = share_tolls(sentence, tolls, [stormed, led], [[None], [None]], bloodless=[1])
    assert shares == [[(12, 12, "")], [None]]
    assert share_tolls(sentence, tolls, [led], [[None]], bloodless=[0]) == [[(12, 12, "")]]
