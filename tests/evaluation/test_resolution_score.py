"""Protocols 2 and 3, by hand and over the bundled gazetteer."""

import math
from dataclasses import replace
from typing import Any

import pytest

import geomap
from geomap.evaluation.end_to_end import score_end_to_end
from geomap.evaluation.hits import NO_ANSWER_KM, distance_km, gold_place, is_hit
from geomap.evaluation.resolution import auc, calibration_error, kept, reliability, score_resolution
from geomap.gazetteers import SqliteGazetteer
from geomap.types import GazetteerEntry
from tests.by_hand import POKROVSK, parse_by_hand
from tests.evaluation.gold_by_hand import GoldToponym, gold


@pytest.fixture(scope="module")
def places() -> SqliteGazetteer:
    return geomap.load_gazetteer()


def first(places: SqliteGazetteer, name: str) -> GazetteerEntry:
    return places.lookup(name)[0]


def at(place: GazetteerEntry, **facts: Any) -> dict[str, Any]:
    return {"latitude": place.latitude, "longitude": place.longitude, "entry_id": place.id, **facts}


def test_a_hit_is_near_or_the_same_id_and_no_answer_is_half_the_earth_away(places: SqliteGazetteer) -> None:
    near = GoldToponym(start=0, end=1, latitude=POKROVSK.latitude + 1, longitude=POKROVSK.longitude)
    far = GoldToponym(start=0, end=1, latitude=POKROVSK.latitude + 2, longitude=POKROVSK.longitude)
    same = GoldToponym(start=0, end=1, latitude=-30, longitude=0, entry_id=POKROVSK.id)
    assert is_hit(POKROVSK, gold_place(near, places))
    assert distance_km(POKROVSK, gold_place(near, places)) == pytest.approx(111.2, abs=0.1)
    assert not is_hit(POKROVSK, gold_place(far, places))
    assert distance_km(POKROVSK, gold_place(same, places)) == 0
    assert distance_km(None, gold_place(near, places)) == NO_ANSWER_KM
    assert distance_km(POKROVSK, gold_place(GoldToponym(start=0, end=1), places)) == NO_ANSWER_KM
    blurred = replace(POKROVSK, accuracy_km=100)
    assert is_hit(blurred, gold_place(far, places), blurred=True)
    assert not is_hit(blurred, gold_place(far, places))


@pytest.mark.parametrize(
    "facts",
    [
        {"entry_id": "geonames:690791"},
        {"feature_code": "PCLI", "country": "UA"},
        {"feature_code": "PCLI", "country": "Ukraine"},
    ],
)
def test_a_country_is_a_hit_wherever_its_point_is(facts: dict[str, str], places: SqliteGazetteer) -> None:
    toponym = GoldToponym(start=0, end=1, latitude=44.0, longitude=22.0, **facts)
    assert is_hit(first(places, "Ukraine"), gold_place(toponym, places))
    assert not is_hit(first(places, "Russia"), gold_place(toponym, places))
    assert not is_hit(first(places, "Kharkiv"), gold_place(toponym, places))


def test_the_area_under_the_curve_is_the_trapezium_of_the_logarithms() -> None:
    assert auc([0.0, 0.0, 0.0]) == 0.0
    assert auc([]) is None
    e = math.e
    expected = (0.5 * (0 + 1) + 0.5 * (1 + 2)) / (2 * math.log(20039))
    assert auc([e**2 - 1, 0.0, e - 1]) == pytest.approx(expected)
    assert auc([20038.0]) == pytest.approx(1.0)


def test_the_calibration_error_weighs_the_gaps_of_the_bins() -> None:
    answers = [(0.95, True), (1.0, True), (0.91, False), (0.2, False), (0.29, True)]
    assert calibration_error(answers) == {"value": round((abs(2.86 - 2) + abs(0.49 - 1)) / 5, 4), "n": 5}
    assert calibration_error([]) == {"value": None, "n": 0}
    rows: Any = reliability(answers)
    assert [(row["from"], row["to"]) for row in rows] == [(0.2, 0.3), (0.9, 1.0)]
    assert rows[1]["accuracy"] == {"value": 0.6667, "n": 3}
    assert rows[1]["confidence"] == {"value": 0.9533, "n": 3}


def test_resolutions_of_gold_spans_are_scored_beside_baseline_and_oracle(places: SqliteGazetteer) -> None:
    kharkiv, syria = first(places, "Kharkiv"), first(places, "Syria")
    marked = gold(
        "[Kharkiv], [Syria], [Springfield], [Qwertyville], [nowhere]",
        at(kharkiv),
        at(syria),
        {"latitude": 39.8, "longitude": -89.64},
        {"latitude": 0.0, "longitude": 0.0},
    )
    answer = parse_by_hand(
        marked.text, ("Kharkiv", kharkiv), ("Syria", None), ("Springfield", kharkiv), ("Qwertyville", None),
        ("nowhere", kharkiv),
    )  # fmt: skip
    result: Any = score_resolution([(marked, answer)], places)
    figures = result["figures"]
    assert figures["accuracy_161km"] == {"value": 0.25, "n": 4}
    assert figures["precision_of_answers"] == {"value": 0.5, "n": 2}
    assert figures["accuracy_given_candidate"] == {"value": 1.0, "n": 1}
    assert figures["population_baseline_161km"] == {"value": 0.5, "n": 4}
    assert figures["gazetteer_oracle_161km"] == {"value": 0.75, "n": 4}
    assert figures["right_among_candidates"] == {"value": 0.25, "n": 4}
    assert figures["right_among_candidates_if_answerable"] == {"value": 0.3333, "n": 3}
    assert figures["median_km"]["value"] > 8000
    assert result["error_kinds"] == {"no candidate": 3}
    assert [error["toponym"] for error in result["errors"]] == ["Syria", "Springfield", "Qwertyville"]


@pytest.mark.parametrize(
    ("name", "wrong", "kind"),
    [
        ("Kharkiv", None, "NIL"),
        ("Kharkiv", "Madrid", "wrong country"),
        ("Kharkiv", "Ukraine", "wrong level"),
        ("Kharkiv", "Lviv", "homonym in the same country"),
    ],
)
def test_wrong_resolutions_are_told_apart(name: str, wrong: str | None, kind: str, places: SqliteGazetteer) -> None:
    right = first(places, name)
    marked = gold(f"[{name}]", at(right))
    answer = parse_by_hand(name, (name, right))
    resolution = replace(answer.resolutions[0], entry=first(places, wrong) if wrong else None)
    result = score_resolution([(marked, replace(answer, resolutions=(resolution,)))], places)
    assert result["error_kinds"] == {kind: 1}


def test_end_to_end_a_place_counts_when_its_name_is_found_and_resolved(places: SqliteGazetteer) -> None:
    kharkiv, lviv, russia = first(places, "Kharkiv"), first(places, "Lviv"), first(places, "Russia")
    marked = gold(
        "[Kharkiv region], [Lviv], [Kherson], [Russian], [Umbra], Most",
        at(kharkiv),
        at(lviv),
        at(first(places, "Kherson")),
        at(russia, demonym=True),
        {},
    )
    answer = parse_by_hand(
        marked.text, ("Kharkiv", kharkiv), ("Lviv", kharkiv), ("Russian", lviv), ("Umbra", lviv), ("Most", lviv)
    )
    result: Any = score_end_to_end([(marked, answer)], places)
    assert result["figures"] == {
        "accuracy_161km": {"value": 0.3333, "n": 3},
        "precision": {"value": 0.25, "n": 4},
        "precision_of_judged": {"value": 0.3333, "n": 3},
        "f1": {"value": 0.2857, "n": 3},
    }
    assert result["error_kinds"] == {"needless": 1, "not recognised": 1, "wrong place": 1}


def test_end_to_end_nil_is_a_miss_but_no_false_place(places: SqliteGazetteer) -> None:
    kharkiv = first(places, "Kharkiv")
    result: Any = score_end_to_end(
        [(gold("[Kharkiv]", at(kharkiv)), parse_by_hand("Kharkiv", ("Kharkiv", None)))], places
    )
    assert result["figures"]["accuracy_161km"] == {"value": 0.0, "n": 1}
    assert result["figures"]["precision"] == {"value": None, "n": 0}
    assert result["error_kinds"] == {"NIL": 1}


def test_what_is_kept_from_a_confidence_on_is_counted() -> None:
    answered = [(0.95, True), (0.9, True), (0.85, False), (0.4, False)]
    rows = kept(answered)
    assert [row["confidence"] for row in rows] == [0.5, 0.7, 0.8, 0.9, 0.95]
    assert rows[2] == {"confidence": 0.8, "kept": 0.75, "accuracy": pytest.approx(2 / 3), "n": 3}
    assert kept([]) == []
