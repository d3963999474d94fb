"""What the layout of a report says: lines that tell of nothing; days by headings, labels of lines, clock times."""

import datetime

import pytest

from geomap.events.dates.event_date import event_date
from geomap.events.layout import is_bare_heading, marks_of, tells_nothing
from geomap.pipeline import Geoparser
from geomap.types import Document, Sentence
from tests.events.test_report import events_in

PUBLISHED = datetime.date(2025, 5, 20)  # a Tuesday


def read(line: str) -> tuple[str, tuple[str, str] | None]:
    """Return the kind and days of the second line of a text."""
    mark = list(marks_of(f"The week in the north\n{line}", PUBLISHED))[1]
    days = mark.date.start and mark.date.end and (mark.date.start.isoformat(), mark.date.end.isoformat())
    return mark.kind, days or None


def one(month: int, day: int, year: int = 2025) -> tuple[str, str]:
    text = datetime.date(year, month, day).isoformat()
    return text, text


@pytest.mark.parametrize(
    ("line", "kind", "days"),
    [
        ("Monday 12 May", "heading", one(5, 12)),
        ("## 12 May 2025:", "heading", one(5, 12)),
        ("**Thursday, 15 May**", "heading", one(5, 15)),
        ("Rear, night of May 11 to 12", "heading", ("2025-05-11", "2025-05-12")),
        ("10–15 February", "heading", ("2025-02-10", "2025-02-15")),
        ("November", "heading", ("2024-11-01", "2024-11-30")),
        ("Casualties by region on 9 March:", "heading", one(3, 9)),
        ("Map update for May 19", "heading", one(5, 19)),
        ("Monday 12 May.", "heading", one(5, 12)),
        ("Rebels took Torske on the 11th.", "line", None),
        ("Jan. 16: A bomb goes off.", "label", one(1, 16)),
        ("• 5 May, Ndimo. Men came at dusk.", "label", one(5, 5)),
        ("- **14 May** – Gunmen fired on a bus.", "label", one(5, 14)),
        ("Monday 12 May. Columns move in.", "label", one(5, 12)),
        ("12 May, 09:20 A drone fell on the depot in the harbour.", "label", one(5, 12)),
        ("16:40 A drone fell on the depot.", "post", None),
        ("[06:05] A drone fell on the depot.", "post", None),
        ("7 p.m. is when it began, and by ten it was over for all of them.", "line", None),
        ("Syria", "section", None),
        ("On 12 May, gunmen fired on a bus that was on its way to Kaya.", "line", None),
        ("12 men were killed.", "line", None),
        ("May 2025 will be remembered.", "line", None),
        ("31 February: nothing.", "line", None),
        ("", "line", None),
    ],
)
def test_a_line_is_read_for_the_day_that_it_gives(line: str, kind: str, days: tuple[str, str] | None) -> None:
    if not line:
        assert [mark.kind for mark in marks_of("A\n\n \n", PUBLISHED)] == ["line"]
        return
    assert read(line) == (kind, days)


def test_hostile_texts_are_read_line_by_line() -> None:
    long = ["*" * 50_000, "12 " * 30_000, "May " * 20_000, "\n" * 50_000, "1.1.1." * 9000, "12:" * 20_000]
    for text in (*long, "one\n" * 50_000, ""):
        filled = [line for line in text.split("\n") if line]
        assert len(list(marks_of(text, PUBLISHED))) == len(filled)


def days_of(text: str) -> list[str]:
    return [f"{event.date.start:%d %b}" for event in events_in(text, published=PUBLISHED) if event.date.start]


def test_what_stands_below_a_dated_heading_happened_on_its_day_whatever_was_told_in_between() -> None:
    text = (
        "Incidents of the week\n\nMonday 12 May\n\nShells hit [Torske]. On Sunday a mine had killed two in [Yampil]."
        "\n\n"
        "Rockets hit [Siversk].\n\nWednesday 14 May\n\nRockets hit [Lyman]. "
        "Gunmen shot three men dead in [Kaya] on Monday."
    )
    assert days_of(text) == ["12 May", "11 May", "12 May", "14 May", "12 May"]


def test_each_line_of_a_timeline_happened_on_the_day_that_it_begins_with() -> None:
    text = (
        "The war in the hills\n\n2 May: Rockets hit [Torske]. Two people die.\n\n"
        "9 May: Gunmen shoot three men dead in [Kaya]. "
        "A week later rebels attack [Lyman].\n\nA mine kills two in [Yampil]."
    )
    assert days_of(text) == ["02 May", "02 May", "09 May", "16 May", "09 May"]


def test_a_post_with_a_clock_time_tells_of_the_day_of_publication_whatever_the_one_before_told() -> None:
    text = (
        "Live: the second day\n\n07:15 A militant was killed in [Kaya] on Sunday.\n\n"
        "09:20 Soldiers fired on a crowd in [Lyman].\n\n10:05 Rockets hit [Torske]."
    )
    assert days_of(text) == ["18 May", "20 May", "20 May"]


def test_a_heading_of_a_month_says_which_eleventh_is_meant() -> None:
    assert days_of("A year of war\n\nFebruary\n\nRebels took [Torske] on the 11th.") == ["11 Feb"]


def test_what_goes_on_goes_on_today_and_not_on_the_day_told_before() -> None:
    text = "On May 7 the army lost [Torske]. Our troops have retaken [Lyman]. Fighting continues in [Kaya]."
    assert days_of(f"Map update for May 19.\n\n{text}") == ["07 May", "19 May", "19 May"]


def test_a_day_told_without_an_event_holds_for_what_follows() -> None:
    text = (
        "How it began: a witness speaks, and she names each of the men.\n\n"
        "It was on Thursday, 15 May. Gunmen shot two men dead in [Kaya]."
    )
    assert days_of(text) == ["15 May"]


def test_the_month_of_may_is_no_verb() -> None:
    told = "On 4 May the army pushed them out of Karuba."
    assert event_date(told, (16, 22), PUBLISHED).start == datetime.date(2025, 5, 4)
    told = "On 4 June the army may push them out of Karuba."
    assert event_date(told, (23, 27), PUBLISHED).start is None


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
    text = "Update\n\nShelling hits Nikopol\n\nThe road is open."
    (parsed,) = Geoparser().parse([Document(id="d", text=text)])
    (event,) = parsed.events
    assert event.place is not None
    assert event.place.mention.toponym == "Nikopol"
