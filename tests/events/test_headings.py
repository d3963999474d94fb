"""Lines that tell of nothing by themselves."""

import pytest

from geomap.events.headings import is_bare_heading, tells_nothing
from geomap.pipeline import Geoparser
from geomap.types import Document, Event, Sentence


def sentence(text: str, words: str) -> Sentence:
    start = text.index(words)
    return Sentence(index=0, start=start, end=start + len(words))


@pytest.mark.parametrize(
    "line",
    ["A. Indiscriminate attacks", "## Air strikes", "Violence against civilians", "3.2 Clashes and raids", "Killed:"],
)
def test_a_few_words_that_are_no_sentence_are_a_bare_heading(line: str) -> None:
    text = f"Weekly report\n{line}\nOn Friday troops left."
    assert is_bare_heading(text, sentence(text, line))


@pytest.mark.parametrize(
    "line",
    [
        "Shells fell.",
        "The raid went on",
        "Three killed in blast",
        "Blast kills dozens",
        "Raid on Friday",
        "Shelling overnight",
    ],
)
def test_what_a_sentence_is_made_of_makes_none(line: str) -> None:
    text = f"Weekly report\n{line}\nOn Friday troops left."
    assert not is_bare_heading(text, sentence(text, line))


def test_the_first_line_is_a_headline_and_no_bare_heading() -> None:
    text = "Rebels attack army post\nIt was the third raid."
    assert not is_bare_heading(text, sentence(text, "Rebels attack army post"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It fell. Order of Battle: Drone crews strike near Sumy.", "Order of Battle: Drone crews strike near Sumy."),
        ("Order of Battle: Crews are there. They shelled Sumy.\nNext.", "They shelled Sumy."),
        ("Russian Order of Battle\n\nCrews shelled Sumy.\nOthers raided Terny.", "Others raided Terny."),
        ("Table 3: Air strikes in Sumy, by day", "Table 3: Air strikes in Sumy, by day"),
        ("Fig. 2. Attacks on Sumy.", "Fig. 2. Attacks on Sumy."),
    ],
)
def test_orders_of_battle_and_captions_tell_of_nothing(text: str, words: str) -> None:
    assert tells_nothing(text, sentence(text, words))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "The army changed its order of battle and shelled Sumy.",
            "The army changed its order of battle and shelled Sumy.",
        ),
        ("Order of Battle: Crews are there.\nThey shelled Sumy.", "They shelled Sumy."),
        ("Order of Battle\n\nCrews are there.\n\nSumy front\n\nThey shelled Sumy.", "They shelled Sumy."),
    ],
)
def test_what_stands_elsewhere_does(text: str, words: str) -> None:
    assert not tells_nothing(text, sentence(text, words))


def events(text: str) -> list[Event]:
    (parsed,) = Geoparser().parse([Document(id="d", text=text)])
    return list(parsed.events)


def test_addresses_marks_captions_and_headings_carry_no_event_and_no_mention() -> None:
    text = (
        "Update\n\nAir strikes\n\nThe road to Sumy is open.[47]\n\nOrder of Battle: crews strike near Kupiansk.\n\n"
        '| Town | Air strikes | Killed |\n|---|---|---|\n\n[47] Harbour Light, "Air strike on Kharkiv".\n'
        "[5] https://example.org/battle-of-kharkiv ; https://t.me/raid/565"
    )
    (parsed,) = Geoparser().parse([Document(id="d", text=text)])
    assert parsed.events == ()
    assert [mention.toponym for mention in parsed.mentions] == ["Sumy", "Kupiansk"]


def test_a_bare_line_that_names_a_place_is_news() -> None:
    (event,) = events("Update\n\nShelling hits Nikopol\n\nThe road is open.")
    assert event.place is not None
    assert event.place.mention.toponym == "Nikopol"
