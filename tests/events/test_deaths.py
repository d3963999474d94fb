import json
from pathlib import Path

import pytest

from geomap.events.deaths.tolls import fatalities

GOLD = Path(__file__).with_name("deaths.jsonl")
BLIND = Path(__file__).with_name("deaths_blind.jsonl")


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


def test_the_toll_of_a_war_is_not_that_of_an_event() -> None:
    assert fatalities("The strikes have killed 41,000 people since October.", (4, 11)) is None
    assert fatalities("The strikes have killed 41 people since Monday.", (4, 11)) == (41, 41)


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
    assert fatalities(sentence, (start, start + 6)) == (count, count)


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
    ],
)
def test_the_dead_that_somebody_puts_at_a_number_are_counted(sentence: str, deaths: tuple[int, int] | None) -> None:
    start = sentence.index("air strike")
    assert fatalities(sentence, (start, start + 10)) == deaths
