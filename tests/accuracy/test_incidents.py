"""How well accounts of one occurrence are put together, from raw text, on reports written for it."""

import datetime
import itertools
import json
from pathlib import Path

import pytest

from geomap import Document, Geoparser, to_events, to_incidents

HERE = Path(__file__).resolve().parent
FLOOR = 0.96
"""Pairwise F1: measured, rounded down. It only goes up."""


def pairs_of(groups: list[set[str]]) -> set[tuple[str, str]]:
    return {pair for group in groups for pair in itertools.combinations(sorted(group), 2)}


@pytest.fixture(scope="module")
def pairs() -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """Return the pairs of reports that tell of one incident: by hand, and as the program has it."""
    rows = [json.loads(line) for line in (HERE / "incidents.jsonl").read_text("utf-8").splitlines()]
    gold: dict[int, set[str]] = {}
    for row in rows:
        gold.setdefault(row["incident"], set()).add(row["id"])
    documents = [
        Document(
            id=row["id"],
            text=row["text"],
            source=row["source"],
            published=datetime.date.fromisoformat(row["published"]),
        )
        for row in rows
    ]
    incidents = to_incidents(to_events(Geoparser().parse(documents)))
    found = [{one["document_id"] for one in json.loads(sentences)} for sentences in incidents["sentences"]]
    return pairs_of(list(gold.values())), pairs_of(found)


def test_forty_incidents_told_by_three_outlets_each_are_put_together(
    pairs: tuple[set[tuple[str, str]], set[tuple[str, str]]],
) -> None:
    gold, found = pairs
    right = len(gold & found)
    f1 = 2 * right / (len(gold) + len(found))
    assert f1 >= FLOOR, f"{right} of {len(gold)} pairs, {len(found) - right} wrong: {sorted(found - gold)}"
