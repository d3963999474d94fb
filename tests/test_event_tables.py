import dataclasses
import datetime
import json
import math
from pathlib import Path

import pandas as pd
import pytest

from geomap.errors import TableError
from geomap.exporters.export import write_table
from geomap.tables import (
    EVENT_COLUMNS,
    INCIDENT_COLUMNS,
    MENTION_COLUMNS,
    read_events,
    to_events,
    to_incidents,
    to_mentions,
)
from geomap.tables.events import days_of, iso_interval
from geomap.types import Event, EventDate, ParsedDocument
from tests.by_hand import POKROVSK, WINDHOEK, parse_by_hand

DAY = datetime.date(2024, 9, 5)


def told(text: str, id: str, *, trigger: str = "shelling", places: bool = True, **about: object) -> ParsedDocument:
    """Return a parsed report of one sentence with one event in Pokrovsk, or nowhere."""
    parsed = parse_by_hand(text, *([("Pokrovsk", POKROVSK)] if places else []), id=id, **about)
    start = text.index(trigger)
    place = parsed.resolutions[0] if places else None
    event = Event(
        document_id=id,
        sentence=0,
        start=start,
        end=start + len(trigger),
        event_type="Explosions/Remote violence",
        event_sub_type="Shelling/artillery/missile attack",
        place=place,
        latitude=POKROVSK.latitude if places else None,
        longitude=POKROVSK.longitude if places else None,
        geo_precision=1 if places else None,
        where_precision=1 if places else None,
        date=EventDate(words="on Thursday", start=DAY, end=DAY, precision=1),
        fatalities_low=2,
        fatalities_high=3,
        attribution="the governor",
    )
    return dataclasses.replace(parsed, events=(event,))


ONE = told("NA, the shelling of Pokrovsk on Thursday killed two or three people there.", "a", source="Herald")
TWO = told("NA, the shelling of Pokrovsk on Thursday killed two or three people there!", "b", source="Post")
OWN = told("Our reporter saw shelling in the centre of Pokrovsk.", "c", source="Times", published=DAY)
NOWHERE = told("There was shelling.", "d", places=False)
NOWHERE_ELSE = told("There was shelling.", "e", places=False)


def dtypes(table: pd.DataFrame) -> dict[str, str]:
    return {str(name): str(dtype) for name, dtype in table.dtypes.items()}


def test_an_event_is_a_row_with_its_words_place_day_and_deaths() -> None:
    row = to_events([ONE]).iloc[0]
    assert row["sentence"][row["start"] : row["end"]] == row["trigger"] == "shelling"
    assert (row["toponym"], row["entry_id"], row["confidence"]) == ("Pokrovsk", POKROVSK.id, 0.88)
    assert ONE.document.text[row["mention_start"] :].startswith("Pokrovsk")
    assert (row["event_date"], row["date_words"], row["date_precision"]) == ("2024-09-05", "on Thursday", 1)
    assert (row["fatalities_low"], row["fatalities_high"], row["attribution"]) == (2, 3, "the governor")


def test_an_event_without_a_place_keeps_its_row_and_is_no_incident() -> None:
    events = to_events([NOWHERE])
    row = events.iloc[0]
    assert (row["toponym"], row["entry_id"]) == ("", "")
    assert math.isnan(row["latitude"])
    assert row["mention_start"] is pd.NA
    assert len(to_incidents(events)) == 0


def test_tables_without_rows_have_their_columns_and_dtypes() -> None:
    events = to_events([parse_by_hand("Nothing here.")])
    assert dtypes(events) == {name: str(dtype) for name, dtype in EVENT_COLUMNS.items()}
    assert dtypes(to_incidents(events)) == {name: str(dtype) for name, dtype in INCIDENT_COLUMNS.items()}
    assert dtypes(to_events([ONE])) == {name: str(dtype) for name, dtype in EVENT_COLUMNS.items()}


def test_an_incident_counts_reports_and_independent_sources() -> None:
    (row,) = to_incidents(to_events([ONE, TWO, OWN])).to_dict("records")
    assert (row["reports"], row["sources"]) == (3, 2)
    assert (row["first_date"], row["last_date"]) == ("2024-09-05", "2024-09-05")
    assert (row["fatalities_low"], row["fatalities_high"]) == (2, 3)
    sentences = json.loads(row["sentences"])
    assert [(one["document_id"], one["source"]) for one in sentences] == [("a", 0), ("b", 0), ("c", 1)]
    assert sentences[2]["sentence"] == "Our reporter saw shelling in the centre of Pokrovsk."


@pytest.mark.parametrize(
    ("tellings", "toll"),
    [
        ([(14, 14, "at least"), (12, 12, "")], (12, 14, "at least")),
        ([(14, 14, "at least"), (16, 16, "")], (14, 16, "")),
        ([(14, 14, ""), (14, 14, "at least")], (14, 14, "at least")),
        ([(1, 20, "up to"), (1, 15, "up to")], (1, 20, "up to")),
        ([(1, 20, "up to"), (1, 1, "")], (1, 20, "")),
        ([(40, 40, "about"), (None, None, "")], (40, 40, "about")),
        ([(3, 3, "some"), (3, 3, "some")], (3, 3, "some")),
        ([(3, 3, "some"), (3, 3, "")], (3, 3, "")),
        ([(None, None, ""), (None, None, "")], (None, None, "")),
    ],
)
def test_the_deaths_of_an_incident_are_as_open_as_its_reports_leave_them(
    tellings: list[tuple[int | None, int | None, str]], toll: tuple[int | None, int | None, str]
) -> None:
    reports = []
    for parsed, (low, high, said) in zip((ONE, OWN), tellings, strict=True):
        event = dataclasses.replace(parsed.events[0], fatalities_low=low, fatalities_high=high, fatalities_said=said)
        reports.append(dataclasses.replace(parsed, events=(event,)))
    (row,) = to_incidents(to_events(reports)).to_dict("records")
    found = [None if pd.isna(row[name]) else row[name] for name in ("fatalities_low", "fatalities_high")]
    assert (*found, row["fatalities_said"]) == toll
    assert [one["fatalities_said"] for one in json.loads(row["sentences"])] == [said for _, _, said in tellings]


def test_incidents_are_the_same_whatever_else_is_told() -> None:
    alone = to_incidents(to_events([ONE]))["incident_id"].tolist()
    assert to_incidents(to_events([NOWHERE, ONE]))["incident_id"].tolist() == alone


def test_an_event_without_a_place_is_an_incident_of_its_own_only_when_asked_for() -> None:
    rows = to_incidents(to_events([NOWHERE, NOWHERE_ELSE, ONE]), unplaced=True)
    assert sorted(rows["name"]) == ["", "", "Pokrovsk"]
    assert set(rows["incident_id"]) > set(to_incidents(to_events([ONE]))["incident_id"])


def test_what_a_report_tells_again_without_a_place_joins_what_it_told_with_one() -> None:
    (event,) = ONE.events
    again = dataclasses.replace(event, start=0, end=3, place=None, attribution="a doctor")
    events = to_events([dataclasses.replace(ONE, events=(again, event))]).assign(occurrence=1)
    (row,) = to_incidents(events, unplaced=True).to_dict("records")
    assert (row["name"], row["entry_id"]) == ("Pokrovsk", POKROVSK.id)
    assert [one["attribution"] for one in json.loads(row["sentences"])] == ["a doctor", "the governor"]
    (placed,) = to_incidents(events).to_dict("records")
    assert placed["incident_id"] == row["incident_id"]


def test_the_id_of_an_incident_does_not_depend_on_the_order_of_its_reports() -> None:
    ids = {to_incidents(to_events(reports))["incident_id"].item() for reports in ([ONE, TWO, OWN], [OWN, TWO, ONE])}
    assert len(ids) == 1


def test_events_outside_the_story_are_no_incident() -> None:
    (event,) = ONE.events
    outside = dataclasses.replace(ONE, events=(dataclasses.replace(event, boilerplate=True),))
    assert len(to_events([outside])) == 1
    assert len(to_incidents(to_events([outside]))) == 0


def test_the_mention_table_tells_the_place_of_an_event_from_another_place_of_its_sentence() -> None:
    text = "In Windhoek they spoke of the shelling of Pokrovsk."
    parsed = parse_by_hand(text, ("Pokrovsk", POKROVSK), ("Windhoek", WINDHOEK))
    (event,) = ONE.events
    both = dataclasses.replace(parsed, events=(dataclasses.replace(event, place=parsed.resolutions[0]),))
    table = to_mentions([both]).set_index("toponym")
    assert table["is_event_place"].to_dict() == {"Windhoek": False, "Pokrovsk": True}
    assert set(table["event_sub_type"]) == {"Shelling/artillery/missile attack"}
    assert set(table["event_date"]) == {"2024-09-05"}
    assert table["where_precision"].tolist() == [1, 1]
    assert (table["point_latitude"] == table["latitude"]).all()
    assert dtypes(to_mentions([both])) == {name: str(dtype) for name, dtype in MENTION_COLUMNS.items()}


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".parquet"])
def test_an_event_table_is_read_back_as_it_was_written(suffix: str, tmp_path: Path) -> None:
    events = to_events([ONE, OWN, NOWHERE])
    write_table(events, tmp_path / f"events{suffix}")
    pd.testing.assert_frame_equal(read_events(tmp_path / f"events{suffix}"), events)


def test_a_mention_table_is_no_event_table() -> None:
    with pytest.raises(TableError, match="lacks the columns"):
        to_incidents(to_mentions([ONE]))


def test_days_are_written_as_a_day_or_an_interval() -> None:
    later = datetime.date(2024, 9, 8)
    for date in (EventDate(), EventDate(start=DAY, end=DAY), EventDate(start=DAY, end=later)):
        assert days_of(iso_interval(date)) == ((date.start, date.end) if date.start else None)
    assert iso_interval(EventDate(start=DAY, end=later)) == "2024-09-05/2024-09-08"
