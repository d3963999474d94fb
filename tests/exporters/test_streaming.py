"""A table that is written some rows at a time gives the bytes of the whole table, and is never held as one."""

import functools
import io
import weakref
from collections.abc import Iterator

import pandas as pd
import pyarrow.parquet
import pytest

from geomap.exporters.export import Export, content_of
from geomap.formats import FORMATS, KINDS, Kind
from geomap.tables import MENTION_COLUMNS, to_events, to_mentions
from geomap.tables.events import event_rows
from geomap.tables.mentions import mention_rows
from geomap.tables.schema import ROWS_AT_ONCE, SCHEMAS, in_parts
from geomap.types import ParsedDocument
from tests.by_hand import POKROVSK
from tests.tables_by_hand import events_at, tables

WAYS = [(ending, False) for ending in FORMATS] + [(".csv", True)]
PARQUET = [".parquet", ".geoparquet"]


@functools.cache
def table_of(kind: Kind) -> pd.DataFrame:
    return tables()[kind]


def in_rows(table: pd.DataFrame, count: int) -> list[pd.DataFrame]:
    return [table.iloc[at : at + count] for at in range(0, len(table), count)]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("way", WAYS, ids=str)
def test_rows_that_come_some_at_a_time_give_the_bytes_of_the_whole_table(way: tuple[str, bool], kind: Kind) -> None:
    table, name = table_of(kind), f"table{way[0]}"
    coming = Export(table=table.head(0), more=iter(in_rows(table, 2)), excel=way[1])
    assert content_of(coming, name) == content_of(Export(table=table, excel=way[1]), name)


@pytest.mark.parametrize("ending", list(FORMATS))
def test_a_format_that_streams_holds_a_few_parts_at_once_and_no_other_does(ending: str) -> None:
    made: list[weakref.ref[pd.DataFrame]] = []
    most = 0

    def parts() -> Iterator[pd.DataFrame]:
        nonlocal most
        for _ in range(20):
            part = table_of("mentions").head(2)
            made.append(weakref.ref(part))
            yield part
            del part
            most = max(most, sum(one() is not None for one in made))

    content_of(Export(table=table_of("mentions").head(0), more=parts()), f"table{ending}")
    assert most <= 2 if FORMATS[ending].streams else most == 20


@pytest.mark.parametrize("shape", ["acled", "ged"])
@pytest.mark.parametrize("ending", [one.ending for one in FORMATS.values() if one.shapes])
def test_the_columns_of_others_do_not_depend_on_how_rows_come(ending: str, shape: str) -> None:
    table, name = table_of("events"), f"table{ending}"
    coming = Export(table=table.head(0), more=iter(in_rows(table, 1)))
    assert content_of(coming, name, shape=shape) == content_of(Export(table=table), name, shape=shape)  # type: ignore[arg-type]


@pytest.mark.parametrize("ending", PARQUET)
def test_groups_of_rows_do_not_depend_on_how_rows_come(ending: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("geomap.exporters.parquet.ROWS_A_GROUP", 3)
    table = table_of("mentions")
    ways = [Export(table=table), *(Export(table=table.head(0), more=in_rows(table, count)) for count in (1, 2, 7))]
    contents = {content_of(way, f"table{ending}") for way in ways}
    assert len(contents) == 1
    groups = pyarrow.parquet.ParquetFile(io.BytesIO(contents.pop())).metadata
    assert groups.num_row_groups == -(-len(table) // 3)
    assert groups.num_rows == len(table)


@pytest.mark.parametrize("ending", PARQUET)
@pytest.mark.parametrize("kind", KINDS)
def test_a_table_without_rows_has_the_schema_of_one_with_rows(kind: Kind, ending: str) -> None:
    full, empty = (
        pyarrow.parquet.read_schema(io.BytesIO(content_of(Export(table=table), f"table{ending}")))
        for table in (table_of(kind), table_of(kind).head(0))
    )
    assert full.equals(empty)
    assert (full.metadata[b"pandas"], full.metadata[b"geomap"]) == (
        empty.metadata[b"pandas"],
        empty.metadata[b"geomap"],
    )


def documents(count: int) -> Iterator[ParsedDocument]:
    for number in range(count):
        yield events_at(f"War in Pokrovsk, told {number} times.", POKROVSK if number % 7 else None, id=f"{number}")


def test_three_thousand_reports_some_at_a_time_make_the_table_of_all_at_once() -> None:
    mentions = list(in_parts(map(mention_rows, documents(3000)), MENTION_COLUMNS))
    assert [len(part) for part in mentions] == [ROWS_AT_ONCE, 3000 - 3000 // 7 - 1 - ROWS_AT_ONCE]
    pd.testing.assert_frame_equal(pd.concat(mentions, ignore_index=True), to_mentions(documents(3000)))
    events = list(in_parts(map(event_rows, documents(3000)), SCHEMAS["events"]))
    pd.testing.assert_frame_equal(pd.concat(events, ignore_index=True), to_events(documents(3000)))


def test_no_rows_make_no_part() -> None:
    assert list(in_parts(iter([[], []]), MENTION_COLUMNS)) == []
