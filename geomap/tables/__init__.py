"""Room 6: tables with a stated schema. The mention table is the contract between analysis and presentation.

Everything before this room streams; here it is collected. A mention table that was saved once can be mapped, exported
and counted again with no spaCy and no gazetteer: see `read_mentions`.
"""

from geomap.tables.events import one_row_an_occurrence, to_events
from geomap.tables.incidents import to_incidents
from geomap.tables.mentions import MAX_ALTERNATIVES, to_mentions
from geomap.tables.places import to_places
from geomap.tables.saved import read_events, read_incidents, read_mentions, read_places
from geomap.tables.schema import EVENT_COLUMNS, INCIDENT_COLUMNS, MENTION_COLUMNS, PLACE_COLUMNS, check_columns

__all__ = [
    "EVENT_COLUMNS",
    "INCIDENT_COLUMNS",
    "MAX_ALTERNATIVES",
    "MENTION_COLUMNS",
    "PLACE_COLUMNS",
    "check_columns",
    "one_row_an_occurrence",
    "read_events",
    "read_incidents",
    "read_mentions",
    "read_places",
    "to_events",
    "to_incidents",
    "to_mentions",
    "to_places",
]
