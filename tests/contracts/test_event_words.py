"""The rooms that name ACLED's words for themselves name those of the vocabulary."""

import re
from pathlib import Path

from geomap.cli import summary
from geomap.events import incidents
from geomap.events.vocabulary import TYPE_OF
from geomap.exporters.leaflet.html.languages import words_of

PAGE = Path(__file__).resolve().parents[2] / "geomap" / "exporters" / "leaflet" / "page" / "data" / "events.js"


def test_the_page_has_a_kind_for_every_event_type_and_no_other() -> None:
    kinds = re.findall(r'\beventKind\("\w+", "([^"]+)"\)', PAGE.read_text("utf-8"))
    assert sorted(kinds) == sorted(set(TYPE_OF.values()))


def test_the_page_has_words_for_every_type_and_sub_type_and_no_other() -> None:
    named = {key.removeprefix("event.") for key in words_of("en").strings if key.startswith("event.")}
    assert named == set(TYPE_OF) | set(TYPE_OF.values())


def test_the_summary_has_a_column_for_every_event_type() -> None:
    assert set(summary._HEADINGS) == set(TYPE_OF.values())


def test_only_sub_types_that_there_are_can_be_alike() -> None:
    assert set().union(*incidents._ALIKE) <= set(TYPE_OF)
