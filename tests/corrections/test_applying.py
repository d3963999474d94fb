"""Corrections applied to parsed documents: the last word on what a name means and on what happened."""

import dataclasses
import datetime
import math
from typing import Any

import geomap
from geomap.corrections.applying import corrected
from geomap.corrections.matching import Outcome, Tally
from geomap.corrections.records import Correction
from geomap.tables import one_row_an_occurrence, to_events, to_incidents
from geomap.types import Event, EventDate, ParsedDocument, Relation
from tests.by_hand import ENGELS, POKROVSK, WINDHOEK, KnownPlaces, entry, parse_by_hand

TEXT = "In March, shelling hit Pokrovsk and Engels near Nowhere; Pokrovsk burned."
MARCH = entry("March", id="test:march", country_code="GB")


def report(id: str = "report.txt", **about: Any) -> ParsedDocument:
    one = parse_by_hand(TEXT, ("March", MARCH), ("Pokrovsk", POKROVSK), ("Engels", WINDHOEK), ("Nowhere", None), id=id)
    shelling = Event(
        document_id=id,
        sentence=0,
        start=TEXT.index("shelling"),
        end=TEXT.index("shelling") + 8,
        event_type="Explosions/Remote violence",
        event_sub_type="Shelling/artillery/missile attack",
        place=one.resolutions[1],
        latitude=POKROVSK.latitude,
        longitude=POKROVSK.longitude,
        date=EventDate(words="In March", start=datetime.date(2025, 3, 1), end=datetime.date(2025, 3, 31), precision=3),
        fatalities_low=1,
        fatalities_high=1,
        fatalities_said="at least",
    )
    relations = (Relation(kind="near", subject=2, anchor=3), Relation(kind="beside", subject=2, anchor=1))
    return dataclasses.replace(one, events=(shelling,), relations=relations, **about)


def row(
    words: str, verdict: str = "place", *, at: bool = True, document: str = "report.txt", **cells: Any
) -> Correction:
    start = TEXT.index(words) if at else None
    end = None if start is None else start + len(words)
    about = "event" if verdict in ("event", "wrong", "verified", "same", "apart") else "mention"
    defaults: dict[str, Any] = {"about": about, "start": start, "end": end, "who": "Anna"}
    return Correction(document=document, words=words, verdict=verdict, **{**defaults, **cells})


def apply(*rows: Correction, parsed: ParsedDocument | None = None) -> tuple[ParsedDocument, list[Outcome]]:
    tally = Tally(corrections=rows)
    (one,) = corrected([parsed or report()], tally, gazetteer=KnownPlaces())
    return one, tally.outcomes()


def named(parsed: ParsedDocument) -> dict[str, Any]:
    return {one.mention.toponym: one for one in parsed.resolutions}


def test_the_right_entry_moves_the_mention_keeps_what_was_beaten_and_is_signed() -> None:
    after, (outcome,) = apply(row("Engels", entry_id=ENGELS.id))
    engels = named(after)["Engels"]
    assert (engels.entry, engels.confidence, engels.corrected_by) == (ENGELS, 1.0, "Anna")
    assert (engels.location.latitude, engels.location.longitude) == (ENGELS.latitude, ENGELS.longitude)
    assert [one.entry for one in engels.candidates] == [WINDHOEK, ENGELS]
    assert (outcome.times, outcome.problem) == (1, "")
    others = [one for one in after.resolutions if one.mention.toponym != "Engels"]
    assert others == [one for one in report().resolutions if one.mention.toponym != "Engels"]


def test_coordinates_place_what_no_gazetteer_has() -> None:
    after, _ = apply(row("Nowhere", latitude=48.5, longitude=-37.25))
    nowhere = named(after)["Nowhere"]
    assert nowhere.entry is None
    assert (nowhere.location.latitude, nowhere.location.longitude) == (48.5, -37.25)
    table = geomap.to_mentions([after]).set_index("toponym")
    assert table.loc["Nowhere", "point_latitude"] == 48.5
    assert table.loc["Nowhere", "corrected_by"] == "Anna"
    assert table.loc["Nowhere", "location_words"] == "coordinates of a correction"
    assert geomap.to_places(geomap.to_mentions([after]))["corrected_by"].tolist().count("Anna") == 1


def test_what_is_no_place_is_no_mention_and_relations_keep_to_theirs() -> None:
    after, (outcome,) = apply(row("March", "not a place"))
    assert [one.toponym for one in after.mentions] == ["Pokrovsk", "Engels", "Nowhere"]
    assert [one.mention for one in after.resolutions] == list(after.mentions)
    told = [(after.mentions[one.subject or 0].toponym, after.mentions[one.anchor].toponym) for one in after.relations]
    assert told == [("Engels", "Nowhere"), ("Engels", "Pokrovsk")]
    assert outcome.times == 1
    after, _ = apply(row("Nowhere", "not a place"))
    assert [(one.subject, one.anchor) for one in after.relations] == [(2, 1)]


def test_a_place_that_nobody_knows_is_nil_and_signed() -> None:
    after, _ = apply(row("Engels", "unknown place"))
    engels = named(after)["Engels"]
    assert (engels.entry, engels.location, engels.confidence, engels.corrected_by) == (None, None, 0.0, "Anna")
    table = geomap.to_mentions([after])
    assert math.isnan(table.loc[table["toponym"] == "Engels", "latitude"].iloc[0])


def test_a_span_that_was_missed_becomes_a_mention_and_one_that_overlaps_goes() -> None:
    second = TEXT.rindex("Pokrovsk")
    after, (outcome,) = apply(row("Pokrovsk", start=second, end=second + 8, entry_id=POKROVSK.id))
    assert [one.start for one in after.mentions] == sorted([*(one.start for one in report().mentions), second])
    assert after.resolutions[-1].entry == POKROVSK
    assert outcome.times == 1
    after, _ = apply(row("and Engels near", entry_id=ENGELS.id))
    assert [one.toponym for one in after.mentions] == ["March", "Pokrovsk", "and Engels near", "Nowhere"]


def test_a_rule_for_every_document_yields_to_one_for_a_document_and_that_to_a_span() -> None:
    rule = row("Engels", at=False, document="any", entry_id=POKROVSK.id)
    here = row("Engels", "unknown place", at=False)
    span = row("Engels", entry_id=ENGELS.id)
    for rows in ((span, here, rule), (rule, here, span)):
        after, outcomes = apply(*rows)
        assert named(after)["Engels"].entry == ENGELS
        assert all((one.times, one.overruled) == ((1, 0) if one.correction == span else (0, 1)) for one in outcomes)
    assert named(apply(here, rule)[0])["Engels"].entry is None
    assert named(apply(rule, parsed=report("other.txt"))[0])["Engels"].entry == POKROVSK


def test_of_two_alike_the_later_counts() -> None:
    first, second = row("Engels", entry_id=POKROVSK.id), row("Engels", entry_id=ENGELS.id)
    assert named(apply(first, second)[0])["Engels"].entry == ENGELS
    assert named(apply(second, first)[0])["Engels"].entry == POKROVSK


def test_a_text_that_has_shifted_is_said_with_where_the_words_stand_now() -> None:
    shifted = row("Pokrovsk", start=0, end=8, entry_id=ENGELS.id)
    gone = Correction(document="report.txt", words="April", verdict="not a place", start=3, end=8)
    after, outcomes = apply(shifted, gone)
    assert after == report()
    assert outcomes[0].problem == "the text has changed: at 0 stands 'In March', the words now begin at 23, 57"
    assert outcomes[1].problem == "the text has changed: at 3 stands 'March', and the words are nowhere in it"


def test_a_correction_that_matches_nothing_says_so_unless_its_report_was_not_read() -> None:
    _, outcomes = apply(
        row("Sumy", "not a place", at=False),
        row("Sumy", "not a place", at=False, document="any"),
        row("Engels", entry_id="geonames:1"),
        row("Engels", "not a place", document="other.txt"),
        row("bombing", "wrong", at=False),
    )
    assert [one.problem for one in outcomes] == [
        "no mention of these words was found",
        "no mention of these words was found",
        "the gazetteer of this run has no entry geonames:1",
        "",
        "no event of these words was found",
    ]
    assert [one.times for one in outcomes] == [0] * 5


def test_what_is_not_found_as_a_place_any_more_holds_and_what_became_part_of_a_name_does_not() -> None:
    _, (holds,) = apply(row("burned", "not a place"))
    assert (holds.times, holds.problem) == (1, "")
    _, (part,) = apply(row("Pokrov", "not a place"))
    assert part.problem == "the name found there is now 'Pokrovsk'"


def test_an_event_goes_where_its_corrected_mention_goes() -> None:
    (event,) = apply(row("Pokrovsk", entry_id=ENGELS.id))[0].events
    assert event.place is not None
    assert event.place.entry == ENGELS
    assert (event.latitude, event.longitude, event.geo_precision) == (ENGELS.latitude, ENGELS.longitude, 1)
    after, _ = apply(row("Pokrovsk", "not a place"))
    assert (after.events[0].place, after.events[0].latitude, after.events[0].where_precision) == (None, None, None)
    table = geomap.to_events([apply(row("Pokrovsk", entry_id=ENGELS.id))[0]])
    assert table["corrected_by"].tolist() == ["Anna"]


def test_a_wrong_event_is_left_out_unless_a_later_row_says_otherwise() -> None:
    after, (outcome,) = apply(row("shelling", "wrong"))
    assert (after.events, outcome.times) == ((), 1)
    assert geomap.to_mentions([after])["event_type"].tolist() == [""] * 4
    after, _ = apply(row("shelling", "wrong"), row("shelling", "verified", who="Ben"))
    assert after.events[0].corrected_by == "Anna; Ben"
    assert dataclasses.replace(after.events[0], corrected_by="") == report().events[0]


def test_type_day_and_toll_of_an_event_add_up_row_by_row() -> None:
    after, _ = apply(
        row("shelling", "event", event_sub_type="Armed clash", at=False),
        row("shelling", "event", event_date="2025-03-13", who="Ben"),
        row("shelling", "event", fatalities_low=3, fatalities_high=5),
    )
    (event,) = after.events
    assert (event.event_type, event.event_sub_type) == ("Battles", "Armed clash")
    assert (event.date.start, event.date.end, event.date.precision) == (*[datetime.date(2025, 3, 13)] * 2, 1)
    assert (event.fatalities_low, event.fatalities_high, event.corrected_by) == (3, 5, "Anna; Ben")
    assert event.fatalities_said == ""
    week = apply(row("shelling", "event", event_date="2025-03-10/2025-03-16"))[0].events[0]
    assert week.date.precision == 2


def test_an_event_is_put_at_the_mention_of_its_place_or_at_one_that_the_report_does_not_name() -> None:
    (event,) = apply(row("shelling", "event", entry_id=WINDHOEK.id))[0].events
    assert event.place is not None
    assert (event.place.mention.toponym, event.latitude) == ("Engels", WINDHOEK.latitude)
    after = apply(row("shelling", "event", entry_id=ENGELS.id))[0]
    assert (after.events[0].latitude, after.events[0].longitude) == (ENGELS.latitude, ENGELS.longitude)
    assert geomap.to_events([after])["entry_id"].tolist() == [ENGELS.id]
    point = apply(row("shelling", "event", latitude=1.5, longitude=2.5))[0]
    table = geomap.to_events([point])
    assert (table["latitude"].tolist(), table["longitude"].tolist(), table["entry_id"].tolist()) == ([1.5], [2.5], [""])
    assert geomap.to_incidents(table)["corrected_by"].tolist() == ["Anna"]


def test_events_of_one_trigger_are_told_apart_by_where_they_were() -> None:
    one = report()
    twin = dataclasses.replace(one.events[0], place=one.resolutions[2])
    both = dataclasses.replace(one, events=(one.events[0], twin))
    after, (unclear,) = apply(row("shelling", "event", latitude=1.5, longitude=2.5), parsed=both)
    assert after.events == both.events
    assert "2 events have this trigger; say in mention_start" in unclear.problem
    start = TEXT.index("Engels")
    after, _ = apply(row("shelling", "event", latitude=1.5, longitude=2.5, mention_start=start), parsed=both)
    assert [event.latitude for event in after.events] == [POKROVSK.latitude, 1.5]
    assert apply(row("shelling", "wrong"), parsed=both)[0].events == ()


def test_an_event_whose_trigger_grew_by_a_word_is_still_meant() -> None:
    one = report()
    longer = dataclasses.replace(one.events[0], end=one.events[0].end + 4)
    after, _ = apply(row("shelling", "verified"), parsed=dataclasses.replace(one, events=(longer,)))
    assert after.events[0].corrected_by == "Anna"


def test_who_corrected_what_cannot_be_a_formula_or_a_command_to_a_terminal() -> None:
    hostile = row("Engels", entry_id=ENGELS.id, who="=HYPERLINK(1)\x1b]0;x\x07; Ben")
    table = geomap.to_mentions([apply(hostile)[0]])
    assert table["corrected_by"].tolist()[2] == "HYPERLINK(1)]0;x, Ben"
    unsigned = geomap.to_mentions([apply(row("Engels", entry_id=ENGELS.id, who=""))[0]])
    assert unsigned["corrected_by"].tolist()[2] == "unnamed"


def test_a_correction_of_a_report_without_sentences_or_mentions_is_no_accident() -> None:
    empty = ParsedDocument(
        document=geomap.Document(id="report.txt", text=""), sentences=(), mentions=(), resolutions=()
    )
    after, outcomes = apply(row("Engels", entry_id=ENGELS.id), row("shelling", "wrong"), parsed=empty)
    assert after == empty
    assert all("the text has changed" in one.problem for one in outcomes)


def twice_told(**second: Any) -> ParsedDocument:
    """Return a report that tells of two events, in an occurrence of its own each."""
    one = report()
    first = dataclasses.replace(one.events[0], occurrence=1)
    burned = {"start": TEXT.index("burned"), "end": TEXT.index("burned") + 6, "place": one.resolutions[1]}
    again = dataclasses.replace(
        first, **{**burned, "occurrence": 2, "fatalities_low": 3, "fatalities_high": 4, **second}
    )
    return dataclasses.replace(one, events=(first, again))


def test_two_events_that_are_said_to_be_the_same_are_one_occurrence_and_its_dead_count_once() -> None:
    same = row("burned", "same", same_start=TEXT.index("shelling"))
    after, outcomes = apply(same, parsed=twice_told())
    assert [(event.occurrence, event.corrected_by) for event in after.events] == [(1, "Anna"), (1, "Anna")]
    assert (outcomes[0].times, outcomes[0].problem) == (1, "")
    once = one_row_an_occurrence(to_events([after]))
    assert once[["fatalities_low", "fatalities_high", "corrected_by"]].to_numpy().tolist() == [[3, 4, "Anna"]]


def test_what_is_the_same_at_two_places_is_one_incident() -> None:
    parsed = twice_told(place=report().resolutions[2])
    assert len(to_incidents(to_events([parsed]))) == 2
    after, _ = apply(row("burned", "same", same_start=TEXT.index("shelling")), parsed=parsed)
    incidents = to_incidents(to_events([after]))
    assert incidents[["reports", "corrected_by"]].to_numpy().tolist() == [[1, "Anna"]]


def test_other_tellings_of_two_occurrences_come_along_when_they_are_made_one() -> None:
    parsed = twice_told(occurrence=0)
    third = dataclasses.replace(parsed.events[0], start=0, end=2, occurrence=1)
    parsed = dataclasses.replace(parsed, events=(*parsed.events, third))
    after, _ = apply(row("shelling", "same", same_start=TEXT.index("burned")), parsed=parsed)
    assert [event.occurrence for event in after.events] == [1, 1, 1]
    assert [event.corrected_by for event in after.events] == ["Anna", "Anna", ""]


def test_an_event_that_is_said_to_be_the_same_as_none_or_several_is_named() -> None:
    nowhere = row("shelling", "same", same_start=3)
    unsaid = row("shelling", "same", same_start=TEXT.index("burned"))
    parsed = twice_told(place=report().resolutions[2])
    twin = dataclasses.replace(parsed.events[1], place=report().resolutions[3], occurrence=3)
    parsed = dataclasses.replace(parsed, events=(*parsed.events, twin))
    after, outcomes = apply(nowhere, unsaid, parsed=parsed)
    assert [event.occurrence for event in after.events] == [1, 2, 3]
    assert outcomes[0].problem == "no other event is told at 3 any more"
    assert "say in same_mention_start which of them is meant" in outcomes[1].problem
    which = dataclasses.replace(unsaid, same_mention_start=TEXT.index("Nowhere"))
    after, _ = apply(which, parsed=parsed)
    assert [event.occurrence for event in after.events] == [1, 2, 1]


def test_what_a_report_was_taken_to_tell_twice_is_two_occurrences_and_incidents_when_it_is_said_to_be() -> None:
    parsed = twice_told(occurrence=1)
    assert len(to_incidents(to_events([parsed]))) == 1
    after, outcomes = apply(row("burned", "apart", same_start=TEXT.index("shelling")), parsed=parsed)
    assert [(event.occurrence, event.corrected_by) for event in after.events] == [(1, "Anna"), (2, "Anna")]
    assert (outcomes[0].times, outcomes[0].problem) == (1, "")
    once = one_row_an_occurrence(to_events([after]))
    assert once["fatalities_high"].tolist() == [1, 4]
    incidents = to_incidents(to_events([after]))
    assert incidents[["reports", "fatalities_high"]].to_numpy().tolist() == [[1, 1], [1, 4]]


def test_of_same_and_apart_on_two_events_the_later_counts() -> None:
    here = {"same_start": TEXT.index("shelling")}
    same, apart = row("burned", "same", **here), row("burned", "apart", **here)
    other_way = row("shelling", "apart", same_start=TEXT.index("burned"))
    for rows, occurrences in (((apart, same), [1, 1]), ((same, apart), [1, 2]), ((same, other_way), [2, 1])):
        after, outcomes = apply(*rows, parsed=twice_told())
        assert [event.occurrence for event in after.events] == occurrences, rows
        assert [bool(event.apart_from) for event in after.events] == [rows[-1].verdict == "apart"] * 2
        assert not any(one.problem for one in outcomes)
    assert [one.overruled for one in apply(same, apart, parsed=twice_told())[1]] == [1, 0]


def test_an_occurrence_keeps_its_other_tellings_when_one_is_parted_from_it() -> None:
    parsed = twice_told(occurrence=1)
    third = dataclasses.replace(parsed.events[0], start=0, end=2)
    parsed = dataclasses.replace(parsed, events=(*parsed.events, third))
    after, _ = apply(row("burned", "apart", same_start=TEXT.index("shelling")), parsed=parsed)
    assert [event.occurrence for event in after.events] == [1, 2, 1]


def test_events_of_two_reports_that_are_said_to_be_two_are_two_incidents() -> None:
    both = [report(), report("b.txt")]
    assert len(to_incidents(to_events(both))) == 1
    tally = Tally(corrections=[dataclasses.replace(far(), verdict="apart")])
    parted = list(corrected(both, tally, gazetteer=KnownPlaces()))
    incidents = to_incidents(to_events(parted))
    assert incidents[["reports", "corrected_by"]].to_numpy().tolist() == [[1, "Anna"], [1, "Anna"]]
    assert [(one.times, one.problem) for one in tally.outcomes()] == [(2, "")]
    tally = Tally(corrections=[dataclasses.replace(far(), verdict="apart"), far()])
    assert len(to_incidents(to_events(corrected(both, tally, gazetteer=KnownPlaces())))) == 1


def far(other: str = "b.txt", **cells: Any) -> Correction:
    """Return the row that makes the shelling of two reports one."""
    there = {"same_document": other, "same_words": "shelling", "same_start": TEXT.index("shelling"), **cells}
    return row("shelling", "same", **there)


def test_events_of_two_reports_that_are_said_to_be_the_same_are_one_incident() -> None:
    later = EventDate(words="on Monday", start=datetime.date(2025, 9, 1), end=datetime.date(2025, 9, 1), precision=1)
    second = report("b.txt")
    second = dataclasses.replace(second, events=(dataclasses.replace(second.events[0], date=later, fatalities_high=5),))
    tally = Tally(corrections=[far()])
    both = list(corrected([report(), second], tally, gazetteer=KnownPlaces()))
    assert len(to_incidents(to_events([report(), second]))) == 2
    incidents = to_incidents(to_events(both))
    told = incidents[["reports", "fatalities_low", "fatalities_high", "corrected_by"]].to_numpy().tolist()
    assert told == [[2, 1, 5, "Anna"]]
    assert [(one.times, one.problem) for one in tally.outcomes()] == [(2, "")]
    assert [event.occurrence for one in both for event in one.events] == [0, 0]


def test_a_chain_of_three_reports_is_one_incident_in_any_order() -> None:
    days = [datetime.date(2025, month, 1) for month in (3, 5, 7)]
    reports = []
    for name, day in zip(("report.txt", "b.txt", "c.txt"), days, strict=True):
        one = report(name)
        date = EventDate(words="then", start=day, end=day, precision=1)
        reports.append(dataclasses.replace(one, events=(dataclasses.replace(one.events[0], date=date),)))
    rows = [far(), far("c.txt", document="b.txt")]
    for order in (reports, reports[::-1], [reports[1], reports[0], reports[2]]):
        parsed = list(corrected(order, Tally(corrections=rows), gazetteer=KnownPlaces()))
        assert len(to_incidents(to_events(parsed))) == 1


def test_a_text_that_has_shifted_on_the_other_side_is_told_too() -> None:
    changed = dataclasses.replace(report("b.txt").document, text="Late " + TEXT)
    tally = Tally(corrections=[far()])
    list(corrected([report(), dataclasses.replace(report("b.txt"), document=changed)], tally, gazetteer=KnownPlaces()))
    assert tally.outcomes()[0].problem.startswith("the text has changed: at 10 stands ")


def test_a_row_that_a_later_one_contradicts_or_repeats_is_counted_as_overruled() -> None:
    rows = (row("Engels", "not a place"), row("Engels", entry_id=ENGELS.id), row("Engels", entry_id=ENGELS.id))
    _, outcomes = apply(*rows)
    assert [(one.times, one.overruled) for one in outcomes] == [(0, 1), (0, 1), (1, 0)]
    assert [one.in_words() for one in outcomes[1:]] == ["overruled by a narrower or later one", "holds for 1"]
    rule = row("Engels", "not a place", at=False, document="any")
    tally = Tally(corrections=[rule, row("Engels", entry_id=ENGELS.id)])
    assert len(list(corrected([report(), report("other.txt")], tally, gazetteer=KnownPlaces()))) == 2
    assert tally.outcomes()[0].in_words() == "holds for 1, overruled by a narrower or later one for 1"


def test_of_an_event_only_what_is_said_again_is_overruled() -> None:
    sub_type = row("shelling", "event", event_sub_type="Attack")
    day = row("shelling", "event", event_date="2025-03-02")
    both = row("shelling", "event", event_sub_type="Grenade", event_date="2025-03-03")
    wrong = row("shelling", "wrong")
    assert [one.times for one in apply(sub_type, day)[1]] == [1, 1]
    assert [one.times for one in apply(sub_type, day, both)[1]] == [0, 0, 1]
    assert [one.times for one in apply(sub_type, row("shelling", "verified"), wrong)[1]] == [0, 0, 1]
    assert [one.times for one in apply(wrong, day)[1]] == [0, 1]
