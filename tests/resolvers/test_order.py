"""What a report is read as never depends on which reports were read before it."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pytest

import geomap
from geomap.exporters.csv_jsonl import to_csv
from geomap.gazetteers import load_gazetteer
from geomap.resolvers.ranking import ArrayBuilder
from geomap.types import Document, ParsedDocument

SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.fixture(scope="module")
def reports() -> list[Document]:
    return list(geomap.read_documents(SEEDS))


def csv_of(reports: Sequence[Document]) -> str:
    """Return the mention table of reports read by a parser that has read nothing else, in the order of their ids."""
    mentions = geomap.to_mentions(geomap.Geoparser().parse(reports))
    return to_csv(mentions.sort_values(["document_id", "start", "end"], kind="stable"))


def test_a_corpus_read_forwards_and_backwards_gives_the_same_bytes(reports: list[Document]) -> None:
    assert csv_of(reports) == csv_of(reports[::-1])


def test_a_corpus_read_at_once_and_one_by_one_gives_the_same_bytes(reports: list[Document]) -> None:
    parser = geomap.Geoparser()
    alone = pd.concat([geomap.to_mentions(parser.parse([report])) for report in reports])
    assert to_csv(alone.sort_values(["document_id", "start", "end"], kind="stable")) == csv_of(reports)


def test_units_are_numbered_by_the_report_alone(reports: list[Document]) -> None:
    told = list(geomap.Geoparser(events=False).parse(reports))
    forwards, backwards = ArrayBuilder(load_gazetteer()), ArrayBuilder(load_gazetteer())
    for one in reversed(told):
        arrays_of(backwards, one)
    for one in told:
        assert arrays_of(forwards, one) == arrays_of(backwards, one)


def arrays_of(builder: ArrayBuilder, parsed: ParsedDocument) -> list[list[int]]:
    units: list[list[int]] = builder.arrays(parsed.document, parsed.sentences, parsed.mentions).units.tolist()
    return units
