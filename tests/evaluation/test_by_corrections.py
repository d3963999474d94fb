"""How right the program was where people looked, and what they looked at as gold."""

import dataclasses
import datetime
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from geomap.cli.app import app
from geomap.corrections.corrections_file import append_corrections
from geomap.corrections.matching import Tally
from geomap.corrections.records import Correction
from geomap.evaluation.corrections import evaluate_corrections
from geomap.evaluation.gold import read_gold
from geomap.evaluation.looked_at import gold_rows
from geomap.evaluation.report import to_markdown
from geomap.gazetteers import load_gazetteer
from geomap.training.gold_reports import gold_reports
from geomap.types import Event, EventDate, ParsedDocument
from tests.by_hand import ENGELS, POKROVSK, WINDHOEK, KnownPlaces, parse_by_hand

TEXT = "Shelling hit Pokrovsk in March, and Engels near Nowhere. Windhoek burned; then Sudzha."
MARCH = dataclasses.replace(WINDHOEK, id="test:march", name="March")


def report(id: str = "a.txt") -> ParsedDocument:
    names = (("Pokrovsk", POKROVSK), ("March", MARCH), ("Engels", WINDHOEK), ("Nowhere", None), ("Windhoek", WINDHOEK))
    one = parse_by_hand(TEXT, *names, id=id)
    day = EventDate(start=datetime.date(2025, 3, 1), end=datetime.date(2025, 3, 1), precision=1)
    kind: dict[str, Any] = {"event_type": "Explosions/Remote violence", "event_sub_type": "Air/drone strike"}
    told = {
        word: Event(document_id=id, sentence=0, start=TEXT.index(word), end=TEXT.index(word) + len(word), **kind)
        for word in ("Shelling", "burned")
    }
    first = dataclasses.replace(told["Shelling"], place=one.resolutions[0], occurrence=1, date=day, fatalities_low=2)
    first = dataclasses.replace(first, fatalities_high=2)
    second = dataclasses.replace(told["burned"], place=one.resolutions[4], occurrence=2)
    return dataclasses.replace(one, events=(first, second))


def row(words: str, verdict: str = "place", *, at: bool = True, document: str = "a.txt", **cells: Any) -> Correction:
    start = TEXT.index(words) if at else None
    about = "event" if verdict in ("event", "wrong", "verified", "same", "apart") else "mention"
    end = None if start is None else start + len(words)
    defaults: dict[str, Any] = {"about": about, "start": start, "end": end, "who": "Anna"}
    return Correction(document=document, words=words, verdict=verdict, **{**defaults, **cells})


def scored(*rows: Correction) -> dict[str, Any]:
    return evaluate_corrections([report()], Tally(corrections=rows), corpus="reports", gazetteer=KnownPlaces())


def gold(*rows: Correction, reports: list[ParsedDocument] | None = None) -> list[dict[str, Any]]:
    return list(gold_rows(reports or [report()], Tally(corrections=rows), gazetteer=KnownPlaces()))


@pytest.mark.parametrize(
    ("said", "kind", "was", "right"),
    [
        (row("Pokrovsk", entry_id=POKROVSK.id), "mention: place", f"Pokrovsk ({POKROVSK.id})", True),
        (row("Engels", entry_id=ENGELS.id), "mention: place", f"Windhoek ({WINDHOEK.id})", False),
        (row("Pokrovsk", latitude=48.29, longitude=37.2), "mention: place", "", True),
        (row("Pokrovsk", latitude=49.3, longitude=37.2), "mention: place", f"Pokrovsk ({POKROVSK.id})", False),
        (row("Sudzha", entry_id=ENGELS.id), "mention: place", "nothing", False),
        (row("Nowhere", entry_id=ENGELS.id), "mention: place", "not found", False),
        (row("Nowhere", "unknown place"), "mention: unknown place", "not found", True),
        (row("Engels", "unknown place"), "mention: unknown place", f"Windhoek ({WINDHOEK.id})", False),
        (row("March", "not a place"), "mention: not a place", "March (test:march)", False),
        (row("burned", "not a place"), "mention: not a place", "nothing", True),
        (row("Shelling", "verified"), "event: verified", "Air/drone strike", True),
        (row("Shelling", "wrong"), "event: wrong", "Air/drone strike", False),
        (row("then", "wrong"), "event: wrong", "nothing", True),
        (row("burned", "same", same_start=0), "event: same", "another", False),
        (row("burned", "apart", same_start=0), "event: apart", "another", True),
        (row("Shelling", "event", event_sub_type="Grenade"), "event: type", "Air/drone strike", False),
        (row("Shelling", "event", event_date="2025-03-01"), "event: day", "2025-03-01", True),
        (row("burned", "event", event_date="2025-03-01"), "event: day", "nothing", False),
        (row("Shelling", "event", fatalities_low=2, fatalities_high=3), "event: toll", "2", False),
        (row("Shelling", "event", entry_id=POKROVSK.id), "event: place", f"Pokrovsk ({POKROVSK.id})", True),
    ],
)
def test_what_the_program_said_is_right_or_wrong_by_what_people_say(
    *, said: Correction, kind: str, was: str, right: bool
) -> None:
    result = scored(said)
    assert result["verdicts"] == {kind: {"right": {"value": float(right), "n": 1}}}
    assert result["figures"][f"{said.about}s"] == {"value": float(right), "n": 1}
    assert [one["from"] for one in result["changes"]] == ([] if right else [was])


def test_rules_are_counted_apart_and_what_is_overruled_not_at_all() -> None:
    rule = row("Engels", "not a place", at=False, document="any")
    assert scored(rule)["figures"]["mentions_by_rule"] == {"value": 0.0, "n": 1}
    both = scored(rule, row("Engels", entry_id=WINDHOEK.id))["figures"]
    assert (both["mentions"], both["mentions_by_rule"]["n"]) == ({"value": 1.0, "n": 1}, 0)


def test_an_event_is_right_when_all_that_is_said_of_it_is() -> None:
    day = row("Shelling", "event", event_date="2025-03-01")
    result = scored(day, row("Shelling", "event", event_sub_type="Grenade"))
    assert result["figures"]["events"] == {"value": 0.0, "n": 1}
    assert result["verdicts"]["event: day"]["right"]["value"] == 1.0


def test_changes_are_listed_the_most_frequent_first_and_no_text_leaves_its_cell() -> None:
    odd = row("Shelling", "event", event_sub_type="Grenade")
    result = scored(odd, row("burned", "event", event_sub_type="Grenade"), row("Engels", entry_id=ENGELS.id))
    assert [(one["what"], one["n"]) for one in result["changes"]] == [("event: type", 2), ("mention: place", 1)]
    result["changes"][0]["from"] = "a | b\nc"
    text = to_markdown(result)
    assert "a \\| b c" in text
    assert "| mentions by rule |" in text
    assert scored()["figures"]["events"] == {"value": None, "n": 0}


def test_gold_holds_what_was_looked_at_and_nothing_else() -> None:
    rows = [
        row("Engels", entry_id=ENGELS.id),
        row("Nowhere", "unknown place"),
        row("Sudzha", latitude=51.19, longitude=35.27),
        row("March", "not a place"),
        row("Windhoek", "not a place", at=False, document="any"),
    ]
    (one,) = gold(*rows, reports=[report(), report("b.txt")])
    assert [(name["text"], name["entry_id"], name["lat"]) for name in one["toponyms"]] == [
        ("Engels", ENGELS.id, ENGELS.latitude),
        ("Nowhere", "", None),
        ("Sudzha", "", 51.19),
    ]
    assert [name["text"] for name in one["not_places"]] == ["March"]
    assert (one["doc_id"], one["events"], one["traps"]) == ("a.txt", [], [])
    assert gold() == []


def test_gold_of_events_has_their_places_what_is_told_again_and_what_is_none() -> None:
    same = row("burned", "same", same_start=0)
    (one,) = gold(row("Shelling", "verified"), same, row("then", "wrong"))
    assert [(event["trigger"], event["retells"], event["date"]) for event in one["events"]] == [
        ("Shelling", None, ["2025-03-01", "2025-03-01"]),
        ("burned", "e1", None),
    ]
    starts = {name["start"] for name in one["toponyms"]}
    assert {event["place_start"] for event in one["events"]} == starts
    assert [trap["text"] for trap in one["traps"]] == ["then"]
    (wrong,) = gold(row("Shelling", "wrong"))
    assert ([trap["text"] for trap in wrong["traps"]], wrong["events"]) == (["Shelling"], [])


def test_gold_is_read_by_evaluation_and_training(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    rows = gold(row("Engels", entry_id=ENGELS.id), row("Nowhere", "unknown place"))
    path.write_text("".join(f"{json.dumps(one)}\n" for one in rows))
    (read,) = read_gold(path, split="train")
    assert [(name.entry_id, name.resolved) for name in read.toponyms] == [(ENGELS.id, True), ("", False)]
    assert read.not_places == ()
    (learned,) = gold_reports(path, load_gazetteer(), split="train")
    assert [place.id if place else None for place in learned.places] == [ENGELS.id, None]


def test_the_verbs_take_reports_and_corrections(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "one.txt").write_text("Shelling hit Pokrovsk on 3 March 2025.")
    spot: dict[str, Any] = {"document": "one.txt", "words": "Pokrovsk", "start": 13, "end": 21, "who": "Anna"}
    append_corrections("mine.csv", Correction(**spot, verdict="place", entry_id="geonames:706483"))
    append_corrections("mine.csv", Correction(document="two.txt", words="Kursk", verdict="not a place"))

    def run(*args: str) -> Any:
        return CliRunner().invoke(app, list(args), prog_name="geomap")

    first, again = (run("evaluate", "--corrections", "mine.csv", "one.txt", "--json") for _ in range(2))
    assert (first.exit_code, first.stdout) == (0, again.stdout)
    assert json.loads(first.stdout)["figures"]["mentions"] == {"value": 0.0, "n": 1}
    assert "mine.csv: 2 corrections, 1 in force for 1 mention or event, 1 of reports that were not read" in first.stderr
    assert (
        "| Pokrovsk (geonames:704422) | Kharkiv (geonames:706483) |"
        in run("evaluate", "one.txt", "--corrections", "mine.csv").stdout
    )
    assert run("gold", "one.txt", "--corrections", "mine.csv", "-o", "gold.jsonl").exit_code == 0
    assert [one.toponyms[0].entry_id for one in read_gold("gold.jsonl")] == ["geonames:706483"]
    assert run("gold", "one.txt", "--corrections", "mine.csv").stdout == Path("gold.jsonl").read_text()
    assert run("gold", "one.txt", "--corrections", "mine.csv", "-o", "mine.csv").exit_code == 1
    for misuse in (
        ("evaluate", "events", "one.txt", "--corrections", "mine.csv"),
        ("evaluate", "one.txt"),
        ("evaluate", "speed", "one.txt"),
        ("gold", "one.txt"),
    ):
        assert run(*misuse).exit_code == 2, misuse
