"""What the sentences of a report tell together: lists, retellings, days carried on, deaths counted once."""

import datetime
import re
from collections.abc import Mapping

import pytest

from geomap.events.report import find_events
from geomap.recognizers.sentences import sentence_spans
from geomap.types import Document, Event, GazetteerEntry, Mention, Resolution, Role, Sentence
from tests.by_hand import entry

PUBLISHED = datetime.date(2025, 3, 14)  # a Friday
KHARKIV_REGION = entry("Kharkiv Oblast", feature_class="A", feature_code="ADM1", admin1="07")


def events_in(
    marked: str,
    places: Mapping[str, GazetteerEntry] | None = None,
    published: datetime.date | None = PUBLISHED,
    roles: Mapping[str, Role] | None = None,
) -> list[Event]:
    """Return the events of a report whose places stand in brackets; each is a town of its own unless told."""
    text = marked.replace("[", "").replace("]", "")
    sentences = [Sentence(index=i, start=start, end=end) for i, (start, end) in enumerate(sentence_spans(text))]
    resolutions = []
    for count, match in enumerate(re.finditer(r"\[(.+?)\]", marked)):
        start = match.start() - 2 * count
        around = max((one for one in sentences if one.start <= start), key=lambda one: one.start)
        mention = Mention(
            document_id="r",
            sentence=around.index,
            start=start,
            end=start + len(match[1]),
            toponym=match[1],
            role=(roles or {}).get(match[1], "literal"),
        )
        place = (places or {}).get(match[1]) or entry(match[1])
        resolutions.append(Resolution(mention=mention, entry=place, confidence=0.9))
    return list(find_events(Document(id="r", text=text, published=published), sentences, resolutions))


def where(events: list[Event]) -> list[str]:
    return [one.place.mention.toponym if one.place else "" for one in events]


@pytest.mark.parametrize(
    ("marked", "places"),
    [
        ("Artillery shelled [Toretsk], [Siversk] and [Lyman] on Friday.", ["Toretsk", "Siversk", "Lyman"]),
        ("Troops captured [Rubare] and [Kiwanja] on Friday.", ["Rubare", "Kiwanja"]),
        (
            "Russian forces attacked near [Terny], [Torske] and [Yampil] and toward [Lyman] on Friday.",
            ["Terny", "Torske", "Yampil", "Lyman"],
        ),
        (
            "Troops attacked south of [Orikhiv] near [Robotyne] and [Kopani], southeast of it near [Verbove] and west"
            " of [Orikhiv] near [Mali Shcherbaky] on Friday.",
            ["Robotyne", "Kopani", "Verbove", "Mali Shcherbaky"],
        ),
    ],
)
def test_a_list_of_places_is_one_event_a_place(marked: str, places: list[str]) -> None:
    events = events_in(marked)
    assert where(events) == places
    assert len({one.occurrence for one in events}) == len(places)


def test_what_a_place_lies_in_is_no_place_of_its_own() -> None:
    events = events_in("Shells hit a farm in [Izium], [Kharkiv region], on Friday.", {"Kharkiv region": KHARKIV_REGION})
    assert where(events) == ["Izium"]


def test_a_retelling_is_the_same_occurrence_and_completes_it() -> None:
    events = events_in(
        "Shelling hit a market in [Siversk] on Tuesday.\n\nFour people were killed in the shelling, a doctor said."
    )
    assert {one.occurrence for one in events} == {events[0].occurrence}
    assert {one.date.start for one in events} == {datetime.date(2025, 3, 11)}
    assert set(where(events)) == {"Siversk"}
    assert {one.event_sub_type for one in events} == {"Shelling/artillery/missile attack"}


def test_another_attack_is_another_occurrence() -> None:
    events = events_in("Shelling hit [Siversk] on Tuesday. Rebels captured [Lyman] on Wednesday.")
    assert len({one.occurrence for one in events}) == 2


def test_a_day_holds_until_another_is_told() -> None:
    events = events_in("Shells hit [Siversk] on Monday. Drones struck [Lyman] in the evening.")
    assert {one.date.start for one in events} == {datetime.date(2025, 3, 10)}
    assert events[-1].date.words == ""


def test_the_same_day_and_two_days_later_are_counted_from_what_was_told() -> None:
    events = events_in("Shells hit [Siversk] on 3 March. Two days later rebels attacked [Lyman].")
    assert events[-1].date.start == datetime.date(2025, 3, 5)
    events = events_in("Shells hit [Siversk] on 3 March. Rebels attacked [Lyman] the same day.")
    assert events[-1].date.start == datetime.date(2025, 3, 3)


def test_a_report_that_names_no_day_tells_of_the_day_it_is_published() -> None:
    (event,) = events_in("Drones struck a bus in [Lyman].")
    assert (event.date.start, event.date.words) == (PUBLISHED, "")
    (undated,) = events_in("Drones struck a bus in [Lyman].", published=None)
    assert undated.date.start is None


def test_a_foreign_army_overtakes_and_the_countrys_own_regains() -> None:
    (taken,) = events_in("Russian forces captured [Lozuvatske] on Monday.")
    assert taken.event_sub_type == "Non-state actor overtakes territory"
    (regained,) = events_in("Ukrainian forces recaptured [Terny] on Monday.")
    assert regained.event_sub_type == "Government regains territory"


@pytest.mark.parametrize("text", ["", " ", "\n\n", "…", "\u200f", "a " * 3000, "Shelling hit it. " * 300])
def test_odd_reports_are_read(text: str) -> None:
    assert all(one.occurrence >= 1 for one in events_in(text))


def test_each_place_of_a_list_with_numbers_has_its_row_and_its_dead() -> None:
    events = events_in(
        "Russian attacks over the past day killed three people in [Donetsk] region, two in [Kherson] region and one in "
        "[Sumy] region."
    )
    assert [(where([one])[0], one.fatalities_low) for one in events] == [("Donetsk", 3), ("Kherson", 2), ("Sumy", 1)]


def test_a_line_of_a_place_and_its_dead_is_an_event_and_one_without_dead_is_none() -> None:
    events = events_in(
        "Casualties by region on 9 March:\n- [Donetsk] region: 3 killed, 5 wounded\n- [Kherson] region: 1 killed\n"
        "- [Sumy] region: none"
    )
    assert [(where([one])[0], one.fatalities_low) for one in events] == [("Donetsk", 3), ("Kherson", 1)]
    assert {one.date.start for one in events} == {datetime.date(2025, 3, 9)}


def test_a_speaker_whose_forces_took_ground_abroad_is_no_government_that_regains_it() -> None:
    said = "The Russian Defence Ministry said its forces captured the Ukrainian villages of [Lozuvatske] and [Vovche]."
    assert {one.event_sub_type for one in events_in(said)} == {"Non-state actor overtakes territory"}
    said = "The Ukrainian Defence Ministry said its forces captured the villages of [Lozuvatske] and [Vovche]."
    assert {one.event_sub_type for one in events_in(said)} == {"Government regains territory"}


def test_what_took_more_than_a_month_is_a_total_and_no_event() -> None:
    assert events_in("Between January 2023 and June 2024 shelling killed 3,799 civilians in [Siversk].") == []
    assert [one.fatalities_low for one in events_in("Shelling killed nine in [Siversk] on 5 March.")] == [9]
    for when in (
        "in the first four months of the year",
        "in the first quarter",
        "in the last half of 2024",
        "every year",
    ):
        assert events_in(f"More than 30 people were killed in [Siversk] {when}.") == [], when


def test_a_sentence_that_says_but_who_died_is_told_of_the_event_before() -> None:
    events = events_in("An aircraft bombed a monastery in [Siversk] on Monday. Two sisters, 12 and 15, died.")
    assert [(where([one])[0], one.fatalities_low, one.occurrence) for one in events] == [
        ("Siversk", None, 1),
        ("Siversk", 2, 1),
    ]


def test_she_is_whom_a_sentence_before_names() -> None:
    (event,) = events_in("Governor Ana Diaz said the road was open. Militants shelled [Torske] on Friday, she said.")
    assert event.attribution == "Governor Ana Diaz"


def test_a_speaker_named_across_a_line_break_is_named_on_one_line() -> None:
    text = "Ukrainian troops shelled the town of [Torske] for hours on Monday, the governor of\nKursk said."
    assert [event.attribution for event in events_in(text)] == ["the governor of Kursk"]


@pytest.mark.parametrize(
    ("told", "place"),
    [
        ("Gunmen attacked [Mweso] on Monday. Ten people were killed, a hospital source in [Goma] said.", "Mweso"),
        ("A drone hit [Kupiansk] on Friday. Two people were killed, according to police in [Kharkiv].", "Kupiansk"),
        ("Two people were killed, police in [Kharkiv] said.", "Kharkiv"),
        ("A drone hit [Kupiansk] on Friday.\n\nTwo people were killed, police in [Kharkiv] said.", "Kharkiv"),
        ("A drone hit [Kupiansk] on Friday. Two people were killed in [Bahri], police in [Kharkiv] said.", "Bahri"),
    ],
)
def test_the_town_of_who_says_so_gives_way_to_the_place_that_the_paragraph_has_just_told(told: str, place: str) -> None:
    last = events_in(told)[-1]
    assert last.place is not None
    assert last.place.mention.toponym == place


@pytest.mark.parametrize(
    ("marked", "places"),
    [
        ("The week.\n\n[Basivka] ([Sumy] region). The army killed two men on Friday.", ["Basivka"]),
        ("The week.\n\n• 5 March, [Ndimo]. Gunmen killed two men.", ["Ndimo"]),
        ("The week.\n\n08:10 [Vovchansk]. Hard. Soldiers killed two men.", ["Vovchansk"]),
        ("The week.\n\n[Kiseguru] and [Nyamilima]. Gunmen killed two men.", ["Kiseguru", "Nyamilima"]),
        ("The week.\n\n[Basivka] was quiet. Gunmen killed two men.", [""]),
        ("The week.\n\n[Basivka].\n\nGunmen killed two men.", [""]),
        ("The week.\n\n[Basivka]. Gunmen killed two men in [Yunakivka].", ["Yunakivka"]),
    ],
)
def test_a_paragraph_that_opens_with_a_place_alone_tells_of_that_place(marked: str, places: list[str]) -> None:
    assert where(events_in(marked)) == places


def test_a_dateline_gives_way_to_the_place_that_a_retelling_names() -> None:
    events = events_in(
        "[PESHAWAR] — A bomb killed five people on Friday. The bomb killed them in [Ghazni Khel], police said."
    )
    assert where(events) == ["Ghazni Khel", "Ghazni Khel"]
    assert len({one.occurrence for one in events}) == 1


def test_all_tellings_have_the_place_that_one_names_where_another_has_the_dateline_alone() -> None:
    region = {
        "Ituri": entry("Ituri", feature_class="A", feature_code="ADM1", admin1="05"),
        "BUNIA": entry("Bunia", admin1="05"),
    }
    marked = "[BUNIA] — A bomb killed five people on Friday. The bomb killed them in [Ituri] province, police said."
    assert where(events_in(marked, region)) == ["Ituri", "Ituri"]
