"""What is handed over by mistake is an error in words, whichever function is given it."""

from typing import Any

import pandas as pd
import pytest

import geomap
from tests.by_hand import parse_by_hand

TEXT = "Shelling hit Pokrovsk."
DOCUMENT = geomap.Document(id="a", text=TEXT)
QUICK: Any = {"recognizer": "given", "resolver": "population"}
SLIPS = [TEXT, [TEXT], [None], DOCUMENT, [DOCUMENT, TEXT], None, b"bytes", 42, {"text": TEXT}, pd.DataFrame({"a": [1]})]


@pytest.mark.parametrize("given", SLIPS)
def test_what_is_no_document_is_refused_with_what_to_do(given: Any) -> None:
    said = r"^Documents are asked for, .* here is a \w+; .*read_documents.*geomap\.geoparse takes a text$"
    with pytest.raises(geomap.ReportError, match=said):
        list(geomap.Geoparser(**QUICK).parse(given))
    with pytest.raises(geomap.ReportError, match=said):
        list(geomap.parse_many(given, config=geomap.Config(**QUICK)))


def test_one_text_is_no_document_either() -> None:
    with pytest.raises(geomap.ReportError, match=r"here is a str; .*geomap\.geoparse takes a text"):
        geomap.Geoparser(**QUICK).parse_one(TEXT)  # type: ignore[arg-type]


@pytest.mark.parametrize("given", [TEXT, [DOCUMENT], None, pd.DataFrame({"a": [1]})])
@pytest.mark.parametrize("collect", [geomap.to_mentions, geomap.to_events])
def test_what_is_not_parsed_makes_no_table(collect: Any, given: Any) -> None:
    with pytest.raises(geomap.ReportError, match=r"^ParsedDocuments are asked for, .*Geoparser\(\)\.parse"):
        collect(given)


@pytest.mark.parametrize(
    ("make", "maker"),
    [
        (geomap.to_places, "to_mentions"),
        (geomap.to_map, "to_mentions"),
        (geomap.to_geojson, "to_mentions"),
        (geomap.to_geodataframe, "to_mentions"),
        (geomap.to_incidents, "to_events"),
    ],
)
def test_what_is_no_table_is_refused_by_the_name_of_what_makes_one(make: Any, maker: str) -> None:
    with pytest.raises(geomap.TableError, match=rf"is asked for, and here is a list; .*geomap\.{maker} makes"):
        make([DOCUMENT])


def test_the_wrong_table_is_told_which_command_writes_the_right_one() -> None:
    with pytest.raises(geomap.TableError, match=r"geomap events wrote, as geomap\.read_events reads it"):
        geomap.to_incidents(geomap.to_mentions([]))


@pytest.mark.parametrize("given", ["reports", DOCUMENT, [parse_by_hand(TEXT)]])
def test_a_map_takes_documents_and_neither_paths_nor_parsed_ones(given: Any) -> None:
    with pytest.raises(geomap.ReportError, match=r"^Documents are asked for"):
        geomap.to_map(geomap.to_mentions([]), documents=given)
