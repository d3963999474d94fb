"""Ids of events and incidents that stay: they follow from where a report tells of something, and from what it is."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

Row = Mapping[str, Any]


_CELLS = ("document_id", "start", "mention_start", "event_type")
"""What an id follows from."""


def event_ids(columns: Mapping[str, Sequence[Any]]) -> list[str]:
    """Return the id of each row of an event table.

    Parameters
    ----------
    columns
        The table's, among them ``document_id``, ``start``, ``mention_start`` and ``event_type``.

    Returns
    -------
        ``event:`` and twelve hexadecimal digits, the same in every run while the report is the same up to there. Rows
        that have all of these cells in common get a number behind it, "-2" the second.
    """
    ids = EventIds()
    return [
        ids.next(dict(zip(_CELLS, cells, strict=True)))
        for cells in zip(*(columns[name] for name in _CELLS), strict=True)
    ]


class EventIds:
    """Gives the rows of an event table their ids, in order; see `event_ids`."""

    def __init__(self) -> None:
        self._seen: Counter[str] = Counter()

    def next(self, row: Row) -> str:
        """Return the id of the next row."""
        id = f"event:{_digest(*(row[name] for name in _CELLS))}"
        self._seen[id] += 1
        return id if self._seen[id] == 1 else f"{id}-{self._seen[id]}"


def incident_id(rows: Sequence[Row]) -> str:
    """Return an id that does not depend on the order of the reports, and tells nothing of the place."""
    first = min(rows, key=lambda row: (row["document_id"], row["start"], whole(row["mention_start"]) or 0))
    return f"incident:{_digest(*(first[name] for name in _CELLS))}"


def _digest(document_id: str, start: Any, mention_start: Any, event_type: str) -> str:
    """Return twelve hexadecimal digits for where an event is told, and its type."""
    key = [document_id, int(start), whole(mention_start), event_type]
    return hashlib.sha256(json.dumps(key).encode()).hexdigest()[:12]


def whole(value: Any) -> int | None:
    """Return a number of a table as Python has it, ``None`` for a missing one."""
    return None if pd.isna(value) else int(value)
