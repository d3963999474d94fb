"""What a review asks about, and how its decisions are kept."""

import asyncio
import dataclasses
from pathlib import Path

import pytest
from starlette.types import Message, Receive, Scope, Send

import geomap
from geomap.corrections.corrections_file import append_corrections, read_corrections
from geomap.corrections.records import Correction
from geomap.errors import CorrectionsError
from geomap.review.items import Item, found_entries, items_of, shown_item, shown_list, shown_others
from geomap.review.server import Guard
from geomap.review.session import Session
from geomap.types import Event, ParsedDocument
from tests.by_hand import POKROVSK, WINDHOEK, parse_by_hand

TEXT = "Shelling hit Pokrovsk and Windhoek near Nowhere; Nowhere burned."


def report(id: str = "a.txt") -> ParsedDocument:
    one = parse_by_hand(TEXT, ("Pokrovsk", POKROVSK), ("Windhoek", WINDHOEK), ("Nowhere", None), id=id)
    sure = dataclasses.replace(one.resolutions[0], confidence=0.99)
    shelling = Event(
        document_id=id,
        sentence=0,
        start=0,
        end=8,
        event_type="Explosions/Remote violence",
        event_sub_type="Shelling/artillery/missile attack",
        place=sure,
    )
    doubtful = dataclasses.replace(one.resolutions[1], confidence=0.3)
    return dataclasses.replace(one, resolutions=(sure, doubtful, one.resolutions[2]), events=(shelling,))


def session(path: Path, *, who: str = "Anna") -> Session:
    return Session(items_of([report(), report("b.txt")]), path=path, who=who)


def test_asked_about_are_events_and_what_was_not_found_or_is_doubtful_in_the_order_of_the_text() -> None:
    asked = items_of([report(), report("b.txt")])
    assert [(item.document.id, item.about, item.words) for item in asked] == [
        (document, about, words)
        for document in ("a.txt", "b.txt")
        for about, words in (("event", "Shelling"), ("mention", "Windhoek"), ("mention", "Nowhere"))
    ]
    everything = items_of([report()], everything=True)
    assert [item.words for item in everything] == ["Shelling", "Pokrovsk", "Windhoek", "Nowhere"]
    assert items_of([]) == []


def test_events_of_one_trigger_are_asked_about_by_their_places() -> None:
    one = report()
    twin = dataclasses.replace(one.events[0], place=one.resolutions[1])
    both = items_of([dataclasses.replace(one, events=(one.events[0], twin))])
    starts = [item.mention_start for item in both if item.about == "event"]
    assert starts == [TEXT.index("Pokrovsk"), TEXT.index("Windhoek")]


def test_a_decision_is_on_the_disk_and_known_to_the_next_session(tmp_path: Path) -> None:
    path = tmp_path / "corrections.csv"
    first = session(path)
    first.decide(1, verdict="place", always=False, why="", cells={"entry_id": "x:1", "latitude": None})
    first.decide(2, verdict="not a place", always=True, why="", cells={})
    found = session(path, who="Ben").decisions()
    assert [row.verdict if row else None for row in found] == [None, "place", "not a place", None, None, "not a place"]
    assert [row.document for row in read_corrections(path)] == ["a.txt", "any"]


def test_undo_takes_back_one_decision_after_the_other_and_nobody_elses(tmp_path: Path) -> None:
    path = tmp_path / "corrections.csv"
    append_corrections(path, Correction(document="a.txt", words="Windhoek", verdict="unknown place", who="Ben"))
    mine = session(path)
    mine.decide(1, verdict="not a place", always=False, why="", cells={})
    mine.decide(4, verdict="not a place", always=False, why="", cells={})
    assert [mine.undo(), mine.undo(), mine.undo()] == [4, 1, None]
    assert [row.verdict if row else None for row in mine.decisions()] == [None, "unknown place", *[None] * 4]


def test_undo_takes_back_ones_own_decision_where_somebody_else_has_decided_since(tmp_path: Path) -> None:
    path = tmp_path / "corrections.csv"
    anna, ben = session(path), session(path, who="Ben")
    anna.decide(1, verdict="not a place", always=False, why="", cells={})
    ben.decide(1, verdict="unknown place", always=False, why="", cells={})
    assert anna.undo() == 1
    assert [(row.who, row.verdict) for row in read_corrections(path)] == [("Ben", "unknown place")]
    assert anna.undo() is None


def test_what_another_program_adds_counts_at_once(tmp_path: Path) -> None:
    path = tmp_path / "corrections.csv"
    mine = session(path)
    append_corrections(path, Correction(document="any", words="Nowhere", verdict="not a place", who="Ben"))
    assert [n for n, row in enumerate(mine.decisions()) if row] == [2, 5]


@pytest.mark.parametrize(
    ("number", "verdict", "cells"),
    [(99, "place", {"entry_id": "x:1"}), (-1, "wrong", {}), (1, "wrong", {}), (1, "place", {}), (0, "event", {})],
)
def test_a_decision_that_makes_no_sense_is_refused(
    number: int, verdict: str, cells: dict[str, str], tmp_path: Path
) -> None:
    path = tmp_path / "corrections.csv"
    with pytest.raises(CorrectionsError):
        session(path).decide(number, verdict=verdict, always=False, why="", cells=cells)
    assert not path.exists()


def test_the_page_is_told_sentence_candidates_and_reasons() -> None:
    gazetteer = geomap.load_gazetteer()
    items: list[Item] = items_of([report()])
    told = shown_item(items[1], None, gazetteer)
    assert (told["before"], told["words"]) == ("Shelling hit Pokrovsk and ", "Windhoek")
    assert [one["name"] for one in told["candidates"]] == ["Windhoek", "Engel’s"]
    assert told["chosen"] == WINDHOEK.id
    assert any("rather than" in line for line in told["reasons"])
    event = shown_item(items[0], None, gazetteer)
    assert [one["name"] for one in event["candidates"]] == ["Pokrovsk", "Windhoek"]
    assert shown_list(items, [None] * 3)[2]["guess"] == "not found"


def test_an_event_may_be_the_same_as_another_of_its_report(tmp_path: Path) -> None:
    one = report()
    burned = dataclasses.replace(one.events[0], start=TEXT.index("burned"), end=TEXT.index("burned") + 6, place=None)
    items = items_of([dataclasses.replace(one, events=(*one.events, burned)), report("b.txt")])
    numbers = [n for n, item in enumerate(items) if item.about == "event"]
    (other,) = shown_others(items[numbers[1]], items)
    assert other["document"] == ""
    assert (other["start"], other["words"], other["after"][:6]) == (0, "Shelling", " hit P")
    (far,) = shown_others(items[numbers[2]], items)
    assert (far["document"], far["words"]) == ("a.txt", "Shelling")  # that of the other report at the same place
    assert shown_others(items[1], items) == []
    mine = Session(items, path=tmp_path / "corrections.csv", who="Anna")
    there = {"same_document": far["document"], "same_words": far["words"], "same_start": far["start"]}
    assert (
        "as 'Shelling' in a.txt at 0"
        in mine.decide(numbers[2], verdict="same", always=False, why="", cells=there).in_words()
    )
    assert mine.undo() == numbers[2]
    cells = {"same_start": other["start"], "same_mention_start": other["mention_start"]}
    mine.decide(numbers[1], verdict="same", always=False, why="", cells=cells)
    assert [n for n, row in enumerate(mine.decisions()) if row] == [numbers[1]]
    assert mine.undo() == numbers[1]
    assert not any(mine.decisions())


def test_a_search_finds_names_and_beginnings_of_names() -> None:
    gazetteer = geomap.load_gazetteer()
    assert found_entries("Pokrovsk", gazetteer)[0]["name"] == "Pokrovsk"
    assert any(one["name"].startswith("Pokrov") for one in found_entries("Pokrovs", gazetteer))
    for nothing in ("", "   ", "\x00", "qqqqqqqq", "'; DROP TABLE name;--", "x" * 10_000):
        assert found_entries(nothing, gazetteer) == []


@pytest.mark.parametrize(("port", "status"), [(80, 200), (8080, 403)])
def test_a_browser_leaves_the_usual_port_out_of_the_host(port: int, status: int) -> None:
    headers = [(b"host", b"127.0.0.1"), (b"origin", b"http://127.0.0.1")]
    scope = {"type": "http", "method": "GET", "path": "/secret/", "headers": headers, "query_string": b""}
    answers: list[Message] = []

    async def answer(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        answers.append(message)

    asyncio.run(Guard(answer, port, "secret")(scope, receive, send))
    assert answers[0]["status"] == status
