import datetime
import json
from pathlib import Path

import pytest

from geomap.events.dates.event_date import event_date
from geomap.types import EventDate

FRIDAY = datetime.date(2025, 3, 14)
GOLD = Path(__file__).with_name("dates.jsonl")
BLIND = Path(__file__).with_name("dates_blind.jsonl")


def right(row: dict[str, object], date: EventDate) -> bool:
    days = [day and day.isoformat() for day in (date.start, date.end)]
    asked = [row["start"], row["end"], row["precision"], row.get("words", date.words)]
    return [*days, date.precision, date.words] == asked


def share_right(path: Path) -> float:
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    hits = 0
    for row in rows:
        published = row["published"] and datetime.date.fromisoformat(row["published"])
        hits += right(row, event_date(row["sentence"], tuple(row["trigger"]), published))
    return hits / len(rows)


def read(sentence: str, trigger: str, published: datetime.date | None = FRIDAY) -> EventDate:
    start = sentence.index(trigger)
    return event_date(sentence, (start, start + len(trigger)), published)


def test_the_days_of_the_hand_made_sentences_are_read() -> None:
    assert share_right(GOLD) >= 0.98


def test_the_days_of_sentences_written_after_tuning_are_read() -> None:
    assert share_right(BLIND) >= 0.93


def test_the_words_are_those_of_the_sentence() -> None:
    sentence = "Two people were killed late on Wednesday (March 12) in Kherson."
    assert read(sentence, "killed").words == "late on Wednesday (March 12)"


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("in the first quarter", (2025, 1, 1), (2025, 3, 14)),
        ("in the last quarter of 2024", (2024, 10, 1), (2024, 12, 31)),
        ("in the fourth quarter of last year", (2024, 10, 1), (2024, 12, 31)),
        ("in the first half of this year", (2025, 1, 1), (2025, 3, 14)),
        ("in the first two months of the year", (2025, 1, 1), (2025, 2, 28)),
        ("in the last three months of 2024", (2024, 10, 1), (2024, 12, 31)),
        ("every year", (2024, 3, 14), (2025, 3, 14)),
    ],
)
def test_parts_of_a_year_and_rates_are_read(words: str, start: tuple[int, int, int], end: tuple[int, int, int]) -> None:
    date = read(f"Some 400 people were killed in the region {words}.", "killed")
    assert (date.start, date.end) == (datetime.date(*start), datetime.date(*end))


def test_what_lies_after_publication_is_cut_off() -> None:
    date = read("Clashes continued this month.", "Clashes")
    assert (date.start, date.end, date.precision) == (datetime.date(2025, 3, 1), FRIDAY, 3)


@pytest.mark.parametrize("published", [datetime.date.min, datetime.date.max, FRIDAY, None])
@pytest.mark.parametrize(
    "words",
    [
        "on 31 February", "on 2024-13-45", "on 00.00.0000", "9999 years ago", "in 9999", "for the 9999th day",
        "on ٣٢ March", "2020 to 2010", "in the tenth quarter of 2024", "in the tenth quarter",
        "in the first 99 months of 2024", "each month", "on Feb 30 and 31, 2024", "next year",
        "from Monday to Wednesday", "two days after Monday", "on the 31st", "tomorrow", "overnight into Tuesday",
        "in the ninth week of February", "from 5 May to 3 May 2024", "last winter", "since 2999", "last week",
    ],
)  # fmt: skip
def test_odd_words_and_years_at_the_edge_of_the_calendar_never_raise(
    words: str, published: datetime.date | None
) -> None:
    date = read(f"Shells hit the town {words}.", "hit", published)
    assert (date.start is None) == (date.end is None) == (date.precision is None)
    assert date.start is None or date.end is None or date.start <= date.end


@pytest.mark.parametrize("sentence", ["", " ", "\u0000", "٣" * 50, "on " * 3000, "Monday and " * 2000, "(" * 9000])
def test_empty_and_hostile_sentences_are_read(sentence: str) -> None:
    date = event_date(sentence, (0, min(3, len(sentence))), FRIDAY)
    assert date.words in sentence


def test_ten_thousand_words_are_read() -> None:
    sentence = "The column moved on and on. " * 1700 + "Shells hit the market on Tuesday."
    assert read(sentence, "hit").start == datetime.date(2025, 3, 11)


def test_names_after_the_saying_are_read_in_one_go() -> None:
    assert read(f"He said {'In ' * 22}so on Friday the town was hit.", "hit").words == "on Friday"


@pytest.mark.parametrize(
    ("sentence", "trigger", "words"),
    [
        ("The army captured the ridge and annexed it to the district in 1967.", "captured", "in 1967"),
        ("Ten were killed when gunmen launched an attack in Ardal yesterday.", "killed", "yesterday"),
        ("Fighting has gone on in Ardal since yesterday.", "Fighting", "since yesterday"),
    ],
)
def test_deeds_of_the_same_time_share_a_date(sentence: str, trigger: str, words: str) -> None:
    assert read(sentence, trigger).words == words


def test_the_day_of_the_saying_stands_for_that_of_the_event_where_there_is_no_other() -> None:
    assert read("The army said on Thursday that shelling killed two.", "killed").start == datetime.date(2025, 3, 13)
    both = read("The army said on Thursday that shelling killed two on Tuesday.", "killed")
    assert both.start == datetime.date(2025, 3, 11)


def test_a_date_in_a_relative_clause_gives_way_to_a_nearer_one() -> None:
    sentence = "On Wednesday shelling hit Orikhiv, which was taken in May 2022."
    assert read(sentence, "shelling").start == datetime.date(2025, 3, 12)


@pytest.mark.parametrize(
    "sentence",
    [
        "Shelling killed five in Nikopol, the largest toll since 2022.",
        "It was the deadliest shelling since March 2022, when a missile hit a station.",
        "The army said on Wednesday that the raid, which came four days after Sunday's clash, was met with shelling.",
    ],
)
def test_neither_the_span_of_a_record_nor_a_day_that_is_yet_to_come_is_that_of_an_event(sentence: str) -> None:
    assert read(sentence, "shelling" if "shelling" in sentence else "Shelling").start is None


def test_a_day_counted_from_that_of_the_saying_comes_before_it_where_it_is_nearer() -> None:
    sentence = "The governor told reporters on Thursday that shelling hit Orikhiv the day before."
    assert read(sentence, "shelling").start == datetime.date(2025, 3, 12)
