"""What of a text says nothing of its own: addresses, footnote marks, citations, the heads of tables."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.language.silent import silent_spans, spoken_text


def silent(text: str) -> list[str]:
    return [text[start:end] for start, end in silent_spans(text)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("See https://example.org/battle-of-kharkiv. Then …", ["https://example.org/battle-of-kharkiv"]),
        ("(www.example.org/news/raid), he said", ["www.example.org/news/raid"]),
        ("hxxps://t dot me/raid_12 and isw dot pub/UkrWar", ["hxxps://t dot me/raid_12", "isw dot pub/UkrWar"]),
        ("t.me/channel/565; example[.]com said", ["t.me/channel/565", "example[.]com"]),
        ("kremlin.ru, Gazeta.ru and example.co.uk", ["kremlin.ru", "Gazeta.ru", "example.co.uk"]),
        ("Write to desk@kyiv.example.org or @KyivDesk.", ["desk@kyiv.example.org", "@KyivDesk"]),
    ],
)
def test_addresses_are_silent(text: str, parts: list[str]) -> None:
    assert silent(f"On Friday they wrote of it at some length. {text}") == parts


@pytest.mark.parametrize(
    "text",
    [
        "They left.In Kyiv it rained, 1.5 km off, at 10.30 p.m. on Jan.5, approx.km 20, St.Petersburg.",
        "The U.S.-led force, the U.K. and Mr.Stone; e.g. this, a.k.a. that, No.5, v.2.",
        "It covers 5 km², and the [civil] war [he said] went on [sic].",
        "12. On 3 May the army shelled Sumy.",
        "",
    ],
)
def test_stops_brackets_and_numbers_of_running_text_are_not(text: str) -> None:
    assert silent(text) == []


def test_footnote_marks_are_silent_wherever_they_stand() -> None:
    assert silent("Terny.[47] Then [48, 49] and [3–5] Sumy[xii] fell[^2] late.² [a]") == [
        "[47]", "[48, 49]", "[3–5]", "[xii]", "[^2]", "²", "[a]",
    ]  # fmt: skip


def test_a_line_is_a_citation_by_its_mark_its_address_or_its_heading() -> None:
    lines = [
        "Troops attacked Terny.[1]",
        '[1] Harbour Light, "Air strike on Kharkiv," 3 May.',
        "[9] Ministry report on the raid, https://example.org/a",
        "https://example.org/b ; see also https://example.org/c",
        '^ "Battle of Kyiv". Harbour Light.',
        "Source: Ministry of Defence.",
        "[2] On 3 May the army shelled Sumy.",
        "References",
        "1. A. Stone, The Battle of Sumy, 2023.",
        "Prose goes on.",
    ]
    assert silent("\n".join(lines)) == ["[1]", *lines[1:6], "[2]", *lines[7:9]]


@pytest.mark.parametrize(
    "table",
    [
        "| Day | Town | Killed |\n|---|---|---|\n| 10 March | Kharkiv | 2 |",
        "Day\tAir strikes\tKilled\n10 March\tKharkiv\t2\n11 March\tSumy\t4",
        "Day | Air strikes | Killed\n10 March | Kharkiv | 2",
    ],
)
def test_the_head_of_a_table_is_silent_and_its_rows_are_not(table: str) -> None:
    spoken = spoken_text("Strikes of the week\n" + table)
    assert "Killed" not in spoken
    assert "Day" not in spoken
    assert "10 March" in spoken
    assert "Kharkiv" in spoken


def test_rows_without_a_head_are_not_silent() -> None:
    assert silent("10 March\tKharkiv\t2\n11 March\tSumy\t4\nKyiv | Odesa | Lviv") == []


@given(st.text(alphabet="[]1,a.@/:|-\t\n xi—²", max_size=200))
def test_what_is_spoken_stays_where_it_was(text: str) -> None:
    spoken, spans = spoken_text(text), silent_spans(text)
    assert len(spoken) == len(text)
    assert [at for at, one in enumerate(text) if one == "\n"] == [at for at, one in enumerate(spoken) if one == "\n"]
    assert all(one in (" ", other) for one, other in zip(spoken, text, strict=True))
    assert all(left[1] < right[0] for left, right in pairwise(spans))


@pytest.mark.parametrize(
    "bait", ["a", "a.", "a-", "[", "[1,", "http://", "a dot ", "|", "a.bc", "@", "x@", "---|", "[i"]
)
def test_endless_bait_takes_little_time(bait: str) -> None:
    assert len(spoken_text(bait * 50_000)) == len(bait) * 50_000
