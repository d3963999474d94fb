"""The columns of the tables, column by column, and rows gathered into them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from geomap.errors import TableError
from geomap.formats import KINDS, Kind
from geomap.tables.units import UNIT_COLUMNS, unit_cells
from geomap.types import GazetteerEntry

_TEXT = pd.StringDtype("python")

PCODE_COLUMNS = ("adm1_pcode", "adm2_pcode", "adm3_pcode", "adm4_pcode")
"""OCHA's codes of the units that a place lies in or is, as its tables head them; filled where one is imported."""

_PCODES = dict.fromkeys(PCODE_COLUMNS, _TEXT)  # "" when unknown, and without an imported table of them
_OF_ENTRIES = ("name", "latitude", "longitude", "feature_class", "feature_code", "population")
_UNITS = dict.fromkeys(UNIT_COLUMNS, _TEXT)  # names of the units, and ISO 3166-2; "" when unknown

MENTION_COLUMNS: Mapping[str, Any] = {
    "document_id": _TEXT,  # Document.id
    "title": _TEXT,  # headline; "" when unknown
    "url": _TEXT,  # where the report was published, as given and unchecked; "" when unknown
    "source": _TEXT,  # outlet; "" when unknown
    "published": _TEXT,  # day of publication, ISO 8601 (2024-08-06); "" when unknown
    "sentence_index": "int64",  # position of the sentence in its document, from 0
    "sentence_start": "Int64",  # document offset of its first character, in code points; <NA>: an older table
    "sentence": _TEXT,  # the sentence as written
    "start": "int64",  # document offset of the first character, in code points
    "end": "int64",  # document offset after the last character
    "toponym": _TEXT,  # the name as written
    "role": _TEXT,  # literal, metonymic, modifier or embedded
    "relation": _TEXT,  # words that move the point off the place ("near"); "" when at the place itself
    "boilerplate": "bool",  # whether it lies in text that is not the story
    "entry_id": _TEXT,  # the chosen entry (geonames:538560); "" for NIL
    "name": _TEXT,  # its primary name; "" for NIL
    "latitude": "float64",  # WGS 84 degrees; NaN for NIL
    "longitude": "float64",  # WGS 84 degrees; NaN for NIL
    "point_latitude": "float64",  # of the point meant: the place's, or moved from it ("20 km south of"); NaN for NIL
    "point_longitude": "float64",  # of the same point; NaN for NIL
    "radius_km": "float64",  # how far around that point it may be, by the wording ("near"); 0 at the place itself
    "location_basis": _TEXT,  # what the point rests on: entry, relation or coordinates; "" for NIL, or an older table
    "location_words": _TEXT,  # how it follows from the text ("north-east of Kharkiv"); "" at a place itself
    "feature_class": _TEXT,  # GeoNames class; "" for NIL
    "feature_code": _TEXT,  # GeoNames code; "" for NIL
    "country_code": _TEXT,  # ISO 3166-1 alpha-2; "" for NIL and for what belongs to no one country
    "admin1": _TEXT,  # GeoNames ADM1 code; "" when unknown
    "admin2": _TEXT,  # GeoNames ADM2 code; "" when unknown
    **_UNITS,
    **_PCODES,
    "population": "Int64",  # inhabitants, 0 when unknown; <NA> for NIL
    "confidence": "float64",  # 0 to 1, two decimals; 0 for NIL
    "alternatives": _TEXT,  # JSON list of the candidates that were beaten, best first, at most five; "[]" for none
    "event_type": _TEXT,  # ACLED type of the event that happened here, else of its sentence's first; "" for none
    "event_sub_type": _TEXT,  # ACLED sub-event type of that event; "" for none
    "is_event_place": "bool",  # whether the event happened at this place
    "event_date": _TEXT,  # day or interval of that event, ISO 8601: 2024-08-06, 2024-08-05/2024-08-11; "" if unknown
    "date_precision": "Int64",  # ACLED time precision of that event, 1 to 3; <NA> if unknown
    "geo_precision": "Int64",  # ACLED geo precision of the mention, 1 to 3; <NA> for NIL and for countries
    "where_precision": "Int64",  # UCDP where_prec of the mention, 1 to 7; <NA> for NIL
    "corrected_by": _TEXT,  # who corrected or confirmed the place or that event; "" when nobody did
}
"""Column → dtype of the mention table, in order: always all of them, with these dtypes even when it is empty."""

PLACE_COLUMNS: Mapping[str, Any] = {
    "entry_id": _TEXT,  # GazetteerEntry.id; "" for a point that a report gives without an entry
    "name": _TEXT,  # primary name; as written for a point without an entry
    "latitude": "float64",  # WGS 84 degrees
    "longitude": "float64",  # WGS 84 degrees
    "radius_km": "float64",  # how far around that point it may be or reach; 0 for a town or building itself
    "location_basis": _TEXT,  # entry, or what the point of a place without one rests on: relation or coordinates
    "location_words": _TEXT,  # how that follows from the text ("north-east of Kharkiv"); "" for an entry
    "feature_class": _TEXT,  # GeoNames class
    "feature_code": _TEXT,  # GeoNames code
    "country_code": _TEXT,  # ISO 3166-1 alpha-2; "" for what belongs to no one country
    "admin1": _TEXT,  # GeoNames ADM1 code; "" when unknown
    "admin2": _TEXT,  # GeoNames ADM2 code; "" when unknown
    **_UNITS,
    **_PCODES,
    "mentions": "int64",  # number of mentions
    "documents": "int64",  # number of documents that mention it
    "literal_mentions": "int64",  # mentions that are on the map when it opens: literal ones, outside boilerplate
    "mean_confidence": "float64",  # of its mentions, two decimals
    "max_confidence": "float64",  # of its mentions, two decimals
    "first_published": _TEXT,  # earliest publication day of a document that mentions it; "" when none is known
    "last_published": _TEXT,  # latest publication day; "" when none is known
    "corrected_by": _TEXT,  # who corrected or confirmed any of its mentions; "" when nobody did
}
"""Column → dtype of the place table, in order."""


EVENT_COLUMNS: Mapping[str, Any] = {
    "event_id": _TEXT,  # of where a report tells it, and its type; the same in every run while these are the same
    "document_id": _TEXT,  # Document.id
    "title": _TEXT,  # headline; "" when unknown
    "url": _TEXT,  # as given and unchecked; "" when unknown
    "source": _TEXT,  # outlet; "" when unknown
    "published": _TEXT,  # ISO 8601; "" when unknown
    "sentence_index": "int64",  # position of the sentence in its document, from 0
    "sentence_start": "Int64",  # document offset of its first character, in code points; <NA>: an older table
    "sentence": _TEXT,  # the sentence as written
    "start": "int64",  # document offset of the trigger's first character, in code points
    "end": "int64",  # document offset after its last character
    "trigger": _TEXT,  # the words that say what happened
    "event_type": _TEXT,  # ACLED event type
    "event_sub_type": _TEXT,  # ACLED sub-event type
    "mention_start": "Int64",  # document offset of the mention it happened at; <NA> when the report names no place
    "toponym": _TEXT,  # that mention as written; "" for none
    "relation": _TEXT,  # words that move the point off the place ("near"); "" when at the place itself
    "entry_id": _TEXT,  # the entry of that mention; "" for none and for NIL
    "name": _TEXT,  # its primary name; "" for none
    "latitude": "float64",  # of the point meant: the place's, or moved from it ("20 km south of"); NaN for none
    "longitude": "float64",  # of the same point; NaN for none
    "radius_km": "float64",  # how far around that point it may be, by the wording; NaN for none
    "location_basis": _TEXT,  # what the point rests on: entry, relation or coordinates; "" for none, or an older table
    "location_words": _TEXT,  # how it follows from the text ("north-east of Kharkiv"); "" at a place itself
    "feature_class": _TEXT,  # GeoNames class of the entry; "" for none
    "feature_code": _TEXT,  # GeoNames code of the entry; "" for none
    "country_code": _TEXT,  # ISO 3166-1 alpha-2; "" for none
    "admin1": _TEXT,  # GeoNames ADM1 code; "" when unknown
    "admin2": _TEXT,  # GeoNames ADM2 code; "" when unknown
    **_UNITS,
    **_PCODES,
    "confidence": "float64",  # of the resolution, 0 to 1; 0 for none
    "event_date": _TEXT,  # day or interval, ISO 8601: 2024-08-06, 2024-08-05/2024-08-11; "" if unknown
    "date_words": _TEXT,  # the expression as written ("on Friday"); "" when there is none
    "date_precision": "Int64",  # ACLED time precision, 1 to 3; <NA> if unknown
    "geo_precision": "Int64",  # ACLED geo precision, 1 to 3; <NA> for none and for countries
    "where_precision": "Int64",  # UCDP where_prec, 1 to 7; <NA> for none
    "fatalities_low": "Int64",  # least number of deaths said; <NA> when none is said
    "fatalities_high": "Int64",  # greatest number of deaths said; <NA> when none is said
    "fatalities_said": _TEXT,  # at least, up to, about, or some (no number): how they are said; "" for just so many
    "attribution": _TEXT,  # who is said to say so; "" when the report says it itself
    "same_as": _TEXT,  # keys shared with events of other reports that somebody says are the same; "" for none
    "apart_from": _TEXT,  # keys shared with events that somebody says are others; "" for none
    "occurrence": "Int64",  # which occurrence of the report, from 1: retellings share it; <NA>: an older table
    "boilerplate": "bool",  # whether it lies in text that is not the story
    "corrected_by": _TEXT,  # who corrected or confirmed it or its place; "" when nobody did
}
"""Column → dtype of the event table, in order."""

INCIDENT_COLUMNS: Mapping[str, Any] = {
    "incident_id": _TEXT,  # of its first event: where a report tells it, and its type; the same for the same reports
    "entry_id": _TEXT,  # GazetteerEntry.id; "" for NIL
    "name": _TEXT,  # primary name; the toponym for NIL; "" when no report names a place
    "latitude": "float64",  # of the most precise point among its events; NaN for NIL
    "longitude": "float64",  # of the same point; NaN for NIL
    "radius_km": "float64",  # how far around that point it may be; NaN for NIL
    "feature_class": _TEXT,  # GeoNames class of the entry; "" for NIL
    "feature_code": _TEXT,  # GeoNames code of the entry; "" for NIL
    "country_code": _TEXT,  # ISO 3166-1 alpha-2; "" for what belongs to no one country
    "admin1": _TEXT,  # GeoNames ADM1 code; "" when unknown
    "admin2": _TEXT,  # GeoNames ADM2 code; "" when unknown
    **_UNITS,
    **_PCODES,
    "geo_precision": "Int64",  # ACLED geo precision of that event, 1 to 3; <NA> for NIL and for countries
    "where_precision": "Int64",  # UCDP where_prec of that event, 1 to 7; <NA> for NIL
    "event_type": _TEXT,  # ACLED event type
    "event_sub_type": _TEXT,  # the sub-event type that most of its events have
    "first_date": _TEXT,  # first day it may have been, ISO 8601; "" if unknown
    "last_date": _TEXT,  # last day it may have been; "" if unknown
    "reports": "int64",  # number of documents that tell of it
    "sources": "int64",  # number of independent sources among them
    "fatalities_low": "Int64",  # least number of deaths said; <NA> when none is said
    "fatalities_high": "Int64",  # greatest number of deaths said; <NA> when none is said
    "fatalities_said": _TEXT,  # at least, up to, about, or some (no number): how they are said; "" for just so many
    "sentences": _TEXT,  # JSON list, one object an event: its cells, and its source by number; see `to_incidents`
    "corrected_by": _TEXT,  # who corrected or confirmed any of its events; "" when nobody did
}
"""Column → dtype of the incident table, in order."""


SCHEMAS: Mapping[Kind, Mapping[str, Any]] = dict(
    zip(KINDS, (MENTION_COLUMNS, PLACE_COLUMNS, EVENT_COLUMNS, INCIDENT_COLUMNS), strict=True)
)
"""Kind of table → its columns."""

VERBS: Mapping[Kind, str] = {"mentions": "parse", "places": "parse", "events": "events", "incidents": "incidents"}
"""Kind of table → the command that writes it."""

_MARKS = dict(
    zip(KINDS, ("toponym alternatives", "mentions documents", "trigger event_type", "sentences"), strict=True)
)
"""Kind of table → columns that together no other has."""


def kind_of(table: pd.DataFrame) -> Kind | None:
    """Tell which of the program's tables one is, by columns that no other has; ``None`` for any other table."""
    there = set(getattr(table, "columns", ()))
    return next((kind for kind, marks in _MARKS.items() if set(marks.split()) <= there), None)


def entry_cells(entry: GazetteerEntry | None) -> dict[str, Any]:
    """Return the cells about an entry and the units that it lies in or is; none for NIL."""
    if entry is None:
        return {}
    codes = (entry.country_code, entry.admin1, entry.admin2)
    return {
        "entry_id": entry.id,
        **{name: getattr(entry, name) for name in _OF_ENTRIES},
        **dict(zip(("country_code", "admin1", "admin2"), codes, strict=True)),
        **unit_cells(*codes),
        **dict(zip(PCODE_COLUMNS, entry.pcodes, strict=False)),  # none without an imported table of them
    }


def joined(names: Iterable[str]) -> str:
    """Return the cell ``corrected_by`` of several corrections, or of several such cells: each name once, in order."""
    return "; ".join(dict.fromkeys(name for cell in names for name in cell.split("; ") if name))


Row = Mapping[str, Any]
"""A row of a table; a text that it lacks is empty, any other cell missing."""

ROWS_AT_ONCE = 2048
"""Rows after which a part of a table is full: some 4 MB of a mention table."""


class Rows:
    """The rows of a table that is being made, column by column, so that the whole need not fit into memory.

    Cells that its schema does not name are left out.
    """

    def __init__(self, schema: Mapping[str, Any]) -> None:
        self.schema = schema
        self._columns: dict[str, list[Any]] = {name: [] for name in schema}

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(next(iter(self._columns.values())))

    def add(self, rows: Iterable[Row]) -> None:
        """Add rows behind those that are there."""
        group = list(rows)
        for name, cells in self._columns.items():
            blank = "" if self.schema[name] == _TEXT else None
            cells += [row.get(name, blank) for row in group]

    def taken(self) -> pd.DataFrame:
        """Return the rows as a table, and begin anew without any."""
        columns, self._columns = self._columns, {name: [] for name in self.schema}
        return typed(columns, self.schema)


def in_parts(groups: Iterable[Iterable[Row]], schema: Mapping[str, Any]) -> Iterator[pd.DataFrame]:
    """Yield groups of rows as tables of some `ROWS_AT_ONCE` rows, as they come; no group is divided."""
    rows = Rows(schema)
    for group in groups:
        rows.add(group)
        if len(rows) >= ROWS_AT_ONCE:
            yield rows.taken()
    if len(rows):
        yield rows.taken()


def typed(columns: Mapping[str, Sequence[Any]], schema: Mapping[str, Any]) -> pd.DataFrame:
    """Return a table with the columns and dtypes of a schema from its columns as sequences of equal length."""
    return pd.DataFrame({name: pd.Series(columns[name], dtype=dtype) for name, dtype in schema.items()})


def check_columns(table: pd.DataFrame, schema: Mapping[str, Any], what: str) -> None:
    """Refuse, as a `TableError`, what is no table, or one that lacks columns, which the message names.

    Of the schema only the names count here; ``what`` is how to call the table in the message.
    """
    kind = next((kind for kind, columns in SCHEMAS.items() if set(schema) <= set(columns)), KINDS[0])
    if not isinstance(table, pd.DataFrame):
        asked = f"{what} is asked for, and here is a {type(table).__name__}"
        raise TableError(f"{asked}; give the DataFrame that geomap.to_{kind} makes")
    missing = [name for name in schema if name not in table.columns]
    if missing:
        raise TableError(
            f"{what} lacks the column{'s' if len(missing) > 1 else ''} {', '.join(missing)}; "
            f"give a table that geomap {VERBS[kind]} wrote, as geomap.read_{kind} reads it"
        )
