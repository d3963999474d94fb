"""The place table: one row a resolved entry."""

from typing import Any

import pandas as pd

from geomap.tables.schema import MENTION_COLUMNS, PLACE_COLUMNS, check_columns, typed


def to_places(mentions: pd.DataFrame) -> pd.DataFrame:
    """Count a mention table by place.

    Parameters
    ----------
    mentions
        A mention table.

    Returns
    -------
        One row for each resolved entry, most mentioned first and then by id, with the columns of `PLACE_COLUMNS`;
        empty when nothing was resolved. NIL mentions belong to no place and are not counted.

    Raises
    ------
    TableError
        If columns of the mention table are missing.
    """
    check_columns(mentions, MENTION_COLUMNS, "the mention table")
    resolved = mentions[mentions["entry_id"] != ""]
    rows = [_place(str(entry_id), group) for entry_id, group in resolved.groupby("entry_id", sort=True)]
    rows.sort(key=lambda row: (-row["mentions"], row["entry_id"]))
    return typed({name: [row[name] for row in rows] for name in PLACE_COLUMNS}, PLACE_COLUMNS)


def _place(entry_id: str, group: pd.DataFrame) -> dict[str, Any]:
    first = group.iloc[0]
    dates = sorted(date for date in group["published"] if date)
    return {
        "entry_id": entry_id,
        **{name: first[name] for name in list(PLACE_COLUMNS)[1:7]},
        "mentions": len(group),
        "documents": group["document_id"].nunique(),
        "literal_mentions": int(((group["role"] == "literal") & ~group["boilerplate"]).sum()),
        "mean_confidence": round(float(group["confidence"].mean()), 2),
        "max_confidence": float(group["confidence"].max()),
        "first_published": dates[0] if dates else "",
        "last_published": dates[-1] if dates else "",
    }
