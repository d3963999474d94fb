"""What was found in a document survives being written, and nothing else is taken for it."""

import dataclasses
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import geomap
from geomap.runs.packing import pack, unpack
from geomap.types import ParsedDocument, Resolution

SEEDS = Path(__file__).resolve().parents[2] / "seeds"


def without_features(parsed: ParsedDocument) -> ParsedDocument:
    def bare(resolution: Resolution) -> Resolution:
        return dataclasses.replace(
            resolution, candidates=tuple(dataclasses.replace(one, features={}) for one in resolution.candidates)
        )

    events = [dataclasses.replace(event, place=event.place and bare(event.place)) for event in parsed.events]
    return dataclasses.replace(parsed, resolutions=tuple(map(bare, parsed.resolutions)), events=tuple(events))


@pytest.fixture(scope="module")
def found() -> list[ParsedDocument]:
    return list(geomap.Geoparser(recognizer="fast").parse(geomap.read_documents(SEEDS)))


def test_all_that_was_found_in_the_samples_comes_back(found: list[ParsedDocument]) -> None:
    assert sum(len(one.events) for one in found) > 10
    for one in found:
        assert unpack(pack(one), one.document) == without_features(one)


def test_what_was_found_holds_for_the_same_text_under_another_id(found: list[ParsedDocument]) -> None:
    other = dataclasses.replace(found[0].document, id="copy")
    back = unpack(pack(found[0]), other)
    assert {one.document_id for one in (*back.mentions, *back.events)} == {"copy"}


def test_the_report_itself_is_not_written(found: list[ParsedDocument]) -> None:
    one = max(found, key=lambda parsed: len(parsed.document.text))
    sentence = max(one.sentences, key=lambda sentence: sentence.end - sentence.start)
    assert one.document.text[sentence.start : sentence.end] not in pack(one)


def test_cut_lines_and_changed_cells_are_refused(found: list[ParsedDocument]) -> None:
    line = pack(found[0])
    for bad in (line[:-1], "", "[]", "[[],[]]", '"error"', "7", line.replace("1", '"1"'), "[" * 100_000):
        with pytest.raises(ValueError):  # noqa: PT011 - of json or of the program, both are one here
            unpack(bad, found[0].document)


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda some: st.lists(some, max_size=9),
)


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(value=_VALUES, place=st.integers(min_value=0, max_value=7))
def test_no_line_brings_about_anything_but_a_refusal(value: object, place: int, found: list[ParsedDocument]) -> None:
    rows = json.loads(pack(found[0]))
    rows[place % 2][: place + 1] = [value]
    try:
        unpack(json.dumps(rows), found[0].document)
    except ValueError:
        return
