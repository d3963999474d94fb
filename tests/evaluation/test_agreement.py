"""Two people's corrections of the same reports, compared."""

from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from geomap.cli.app import app
from geomap.corrections.corrections_file import append_corrections
from geomap.corrections.records import Correction
from geomap.evaluation.agreement import agreement


def row(words: str, verdict: str = "place", **cells: Any) -> Correction:
    return Correction(document="a.txt", words=words, verdict=verdict, start=0, end=len(words), **cells)


def test_alpha_is_that_of_the_textbook_for_two_coders() -> None:
    # Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability", part A: ten units, two answers, alpha .095.
    coded = zip("0100000100", "1110010000", strict=True)
    answers = [
        tuple(Correction(document="a", words=f"w{n}", verdict=_VERDICT[code]) for code in pair)
        for n, pair in enumerate(coded)
    ]
    found = agreement([one for one, _ in answers], [other for _, other in answers])["figures"]
    assert found["alpha"] == {"value": pytest.approx(0.095, abs=0.001), "n": 10}
    assert found["agreed"] == {"value": 0.6, "n": 10}


_VERDICT = {"0": "not a place", "1": "unknown place"}


def test_only_what_both_spoke_of_is_compared_and_differences_are_listed() -> None:
    first = [row("Kursk", entry_id="x:1"), row("Sumy", "not a place"), row("Kyiv", entry_id="x:2")]
    second = [row("Kursk", entry_id="x:1"), row("Sumy", entry_id="x:3", who="Ben"), row("Odesa", "not a place")]
    found = agreement(first, second)
    assert (found["only_first"], found["only_second"]) == (1, 1)
    assert found["figures"]["agreed"] == {"value": 0.5, "n": 2}
    (difference,) = found["differences"]
    assert "not a place" in difference["first"]
    assert "x:3 (Ben)" in difference["second"]


def test_pins_in_one_village_agree_and_pins_in_two_do_not() -> None:
    here, beside, far = (row("Xyzzy", latitude=latitude, longitude=37.0) for latitude in (48.0, 48.05, 48.5))
    assert agreement([here], [beside])["figures"]["agreed"]["value"] == 1.0
    assert agreement([here], [far])["figures"]["agreed"]["value"] == 0.0


def test_nothing_in_common_and_one_answer_alone_have_no_alpha() -> None:
    assert agreement([], [row("Kursk", "not a place")])["figures"]["agreed"] == {"value": None, "n": 0}
    alike = [row("Kursk", "not a place"), row("Sumy", "not a place")]
    assert agreement(alike, alike)["figures"]["alpha"] == {"value": None, "n": 2}


def test_the_last_row_on_a_thing_counts() -> None:
    changed = [row("Kursk", "not a place"), row("Kursk", entry_id="x:1")]
    assert agreement(changed, [row("Kursk", entry_id="x:1")])["differences"] == []


def test_the_verb_says_how_far_two_files_agree(tmp_path: Path) -> None:
    for name, verdict in (("a.csv", "not a place"), ("b.csv", "unknown place")):
        append_corrections(tmp_path / name, row("Kursk", "not a place"))
        append_corrections(tmp_path / name, row("\x1b[31mSumy", verdict))
    done = CliRunner().invoke(app, ["agreement", str(tmp_path / "a.csv"), str(tmp_path / "b.csv")])
    assert done.exit_code == 0
    assert "both spoke of 2 mentions and events\n" in done.stdout
    assert "agreed on 50.0%\nKrippendorff's alpha: 0.000\n" in done.stdout
    assert "\x1b" not in done.stdout
    as_json = CliRunner().invoke(app, ["agreement", "--json", str(tmp_path / "a.csv"), str(tmp_path / "none.csv")])
    assert as_json.exit_code == 1
    assert "no such file" in as_json.stderr


def test_what_is_said_of_an_event_in_several_rows_is_one_answer() -> None:
    spot = {"about": "event", "document": "a", "start": 0, "end": 6}

    def said(**cells: Any) -> Correction:
        return Correction(words="struck", **{**spot, "verdict": "event", **cells})

    kind, day = {"event_sub_type": "Attack"}, {"event_date": "2025-03-01"}
    assert agreement([said(**kind), said(**day)], [said(**kind, **day)])["figures"]["agreed"]["value"] == 1.0
    assert agreement([said(verdict="verified"), said(**kind)], [said(**kind)])["differences"] == []
    (one,) = agreement([said(**kind), said(**day)], [said(**kind)])["differences"]
    assert " and " in one["first"]
    same = [said(verdict="same", same_start=start) for start in (20, 40)]
    assert agreement(same[:1], same[:1])["differences"] == []
    assert len(agreement(same[:1], same[1:])["differences"]) == 1
