"""Events and incidents in the columns of ACLED and of UCDP GED, for programs that read those.

Column names are those of the codebooks (ACLED's of 2024, acleddata.com; UCDP GED's of version 25.1, ucdp.uu.se). What a
report does not tell, above all who fought whom, stays empty: both projects' coders decide that, and no program here.
"""

import datetime
import json
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import pandas as pd

from geomap.errors import ConfigError
from geomap.exporters.csv_jsonl import rows
from geomap.formats import Shape
from geomap.tables.schema import EVENT_COLUMNS, INCIDENT_COLUMNS, check_columns, kind_of
from geomap.tables.shown import place_kind

Row = Mapping[str, Any]

_DISORDER = {"Protests": "Demonstrations", "Strategic developments": "Strategic developments"}
_BOTH = "Political violence; Demonstrations"
_DISORDER_OF = {
    "Excessive force against protesters": _BOTH,
    "Violent demonstration": "Demonstrations",
    "Mob violence": "Political violence",
}
"""ACLED's disorder types: by sub-event type, else by event type, else political violence."""


class Cell(NamedTuple):
    """How a column is filled."""

    of: Callable[[Row], Any]
    """Takes a row as `_common` gives it; returns the cell, ``None`` for an empty one."""
    words: str
    """What it holds, for the documentation."""


def shaped(table: pd.DataFrame, shape: Shape) -> pd.DataFrame:
    """Return an event or incident table in the columns of another project.

    Parameters
    ----------
    table
        An event table (`one_row_an_occurrence` makes it one row a happening), or an incident table.
    shape
        ``acled`` or ``ged``.

    Returns
    -------
        A row for each row, in order, with all columns of the project, also when there is none; see `SHAPED`.

    Raises
    ------
    ConfigError
        If it is another table.
    TableError
        If it lacks columns.
    """
    kind = kind_of(table)
    if kind not in ("events", "incidents"):
        raise ConfigError(f"the shape {shape} is for tables of events and incidents; write this one as it is")
    check_columns(table, EVENT_COLUMNS if kind == "events" else INCIDENT_COLUMNS, f"the table of {kind}")
    names = list(table.columns)
    found = [_common(dict(zip(names, row, strict=True)), kind) for row in rows(table)]
    cells = {name: [cell.of(row) for row in found] for name, cell in SHAPED[shape].items()}
    return pd.DataFrame({name: pd.Series(values, dtype=object) for name, values in cells.items()})


def _common(row: Row, kind: str) -> Row:
    """Return what both shapes are made from, of an event or an incident."""
    if kind == "events":
        first, _, last = row["event_date"].partition("/")
        own = {"id": row["event_id"], "words": row["sentence"], "sources": None, "outlet": row["source"]}
    else:
        first, last = row["first_date"], row["last_date"]
        told = json.loads(row["sentences"] or "[]")
        words = " | ".join(dict.fromkeys(str(one.get("sentence", "")) for one in told))
        own = {"id": row["incident_id"], "words": words, "sources": row["sources"], "outlet": ""}
    point = place_kind(row["feature_class"], row["feature_code"]) == "point"
    spot = {name: row[name] if point else None for name in ("latitude", "longitude")}
    return {**row, **own, **spot, "first": first, "last": last or first}


def _days(row: Row) -> int | None:
    """Return how many days it may have been."""
    if not row["first"]:
        return None
    first, last = (datetime.date.fromisoformat(row[name]) for name in ("first", "last"))
    return (last - first).days + 1


def _time_precision(row: Row) -> int | None:
    """Return ACLED's code: 1 a day, 2 a week, 3 more."""
    days = _days(row)
    return row.get("date_precision") or (None if days is None else 1 if days == 1 else 2 if days <= 7 else 3)


def _date_prec(row: Row) -> int | None:
    """Return UCDP's code: 1 a day, 2 up to six days, 3 a week, 4 a month, 5 more."""
    days = _days(row)
    if days is None:
        return None
    return next((code for code, most in ((1, 1), (2, 6), (3, 7), (4, 31)) if days <= most), 5)


def _disorder(row: Row) -> str:
    return _DISORDER_OF.get(row["event_sub_type"]) or _DISORDER.get(row["event_type"], "Political violence")


def _civilians(row: Row) -> str:
    hit = row["event_type"] == "Violence against civilians"
    return "Civilian targeting" if hit or row["event_sub_type"] == "Excessive force against protesters" else ""


def _article(row: Row) -> str:
    return ", ".join(filter(None, (row["outlet"], row.get("published"), row.get("title"), row.get("url"))))


def _best(row: Row) -> int | None:
    low, high = row["fatalities_low"], row["fatalities_high"]
    return low if low == high and not row["fatalities_said"] else None


def _wkt(row: Row) -> str | None:
    return None if row["latitude"] is None else f"POINT ({row['longitude']} {row['latitude']})"


def _copied(name: str, words: str) -> Cell:
    return Cell(lambda row: row.get(name), words)


def _year(row: Row) -> int | None:
    return int(row["first"][:4]) if row["first"] else None


_BLANK = Cell(lambda row: None, "")
_POINT = "of a point; empty for a region or country, where ACLED and UCDP put a point of their choice"

SHAPED: Mapping[Shape, Mapping[str, Cell]] = {
    "acled": {
        "event_id_cnty": _copied("id", "`event_id` or `incident_id`; not ACLED's form"),
        "event_date": _copied("first", "first day of `event_date`, or `first_date`"),
        "year": Cell(_year, "its year"),
        "time_precision": Cell(_time_precision, "`date_precision`; of incidents by the number of days"),
        "disorder_type": Cell(_disorder, "follows from the types"),
        "event_type": _copied("event_type", "`event_type`"),
        "sub_event_type": _copied("event_sub_type", "`event_sub_type`"),
        **dict.fromkeys(
            ("actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction"), _BLANK
        ),
        "civilian_targeting": Cell(_civilians, "violence against civilians, and force against protesters; else empty"),
        **dict.fromkeys(("iso", "region"), _BLANK),
        "country": _copied("country_name", "`country_name`"),
        "admin1": _copied("adm1_name", "`adm1_name`, as GeoNames has it"),
        "admin2": _copied("adm2_name", "`adm2_name`, as GeoNames has it"),
        "admin3": _BLANK,
        "location": Cell(lambda row: row["name"] or row.get("toponym"), "`name`, or the toponym where there is none"),
        "latitude": _copied("latitude", _POINT),
        "longitude": _copied("longitude", _POINT),
        "geo_precision": _copied("geo_precision", "`geo_precision`; empty for a country"),
        "source": _copied("outlet", "`source`; empty for incidents"),
        "source_scale": _BLANK,
        "notes": _copied("words", 'the sentence; of incidents all of them, with " | " between'),
        "fatalities": _copied("fatalities_low", "`fatalities_low`; empty, not 0, where no number is said"),
        **dict.fromkeys(("tags", "timestamp"), _BLANK),
    },
    "ged": {
        "id": _copied("id", "`event_id` or `incident_id`; not UCDP's number"),
        "relid": _BLANK,
        "year": Cell(_year, "of `date_start`"),
        **dict.fromkeys(("active_year", "code_status", "type_of_violence"), _BLANK),
        **dict.fromkeys(("conflict_dset_id", "conflict_new_id", "conflict_name"), _BLANK),
        **dict.fromkeys(("dyad_dset_id", "dyad_new_id", "dyad_name"), _BLANK),
        **dict.fromkeys(("side_a_dset_id", "side_a_new_id", "side_a"), _BLANK),
        **dict.fromkeys(("side_b_dset_id", "side_b_new_id", "side_b"), _BLANK),
        "number_of_sources": _copied("sources", "`sources` of incidents; empty for events"),
        "source_article": Cell(_article, "outlet, day, headline and address of the report; empty for incidents"),
        "source_office": _copied("outlet", "`source`; empty for incidents"),
        "source_date": _copied("published", "`published`; empty for incidents"),
        "source_headline": _copied("title", "`title`; empty for incidents"),
        "source_original": _copied("attribution", "`attribution`: who is said to say so"),
        "where_prec": _copied("where_precision", "`where_precision`"),
        "where_coordinates": _copied("name", "`name`"),
        "where_description": Cell(
            lambda row: " ".join(filter(None, (row.get("relation"), row.get("toponym")))) or None,
            "`relation` and `toponym`; empty for incidents",
        ),
        "adm_1": _copied("adm1_name", "`adm1_name`, as GeoNames has it"),
        "adm_2": _copied("adm2_name", "`adm2_name`, as GeoNames has it"),
        "latitude": _copied("latitude", _POINT),
        "longitude": _copied("longitude", _POINT),
        "geom_wkt": Cell(_wkt, "the same point"),
        "priogrid_gid": _BLANK,
        "country": _copied("country_name", "`country_name`"),
        **dict.fromkeys(("country_id", "region", "event_clarity"), _BLANK),
        "date_prec": Cell(_date_prec, "by the number of days it may have been"),
        "date_start": _copied("first", "first day of `event_date`, or `first_date`"),
        "date_end": _copied("last", "last day of `event_date`, or `last_date`"),
        **dict.fromkeys(("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown"), _BLANK),
        "best": Cell(_best, "a number that is said just so: low and high agree, and `fatalities_said` is empty"),
        "high": _copied("fatalities_high", "`fatalities_high`"),
        "low": _copied("fatalities_low", "`fatalities_low`"),
        **dict.fromkeys(("gwnoa", "gwnob"), _BLANK),
    },
}
"""Project → its columns in order, each with how it is filled; one without words stays empty."""
