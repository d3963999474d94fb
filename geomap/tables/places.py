"""The place table: one row a resolved entry."""

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
    groups = resolved.groupby("entry_id", sort=True)
    literal = (resolved["role"] == "literal") & ~resolved["boilerplate"]
    dated = resolved[resolved["published"] != ""].groupby("entry_id")["published"]
    places = groups[list(PLACE_COLUMNS)[1:7]].first()
    places["mentions"] = groups.size()
    places["documents"] = groups["document_id"].nunique()
    places["literal_mentions"] = literal.groupby(resolved["entry_id"]).sum()
    places["mean_confidence"] = groups["confidence"].mean().round(2)
    places["max_confidence"] = groups["confidence"].max()
    places["first_published"] = dated.min().reindex(places.index).fillna("")
    places["last_published"] = dated.max().reindex(places.index).fillna("")
    places = places.reset_index().sort_values("mentions", ascending=False, kind="stable")  # ties stay sorted by id
    return typed({name: places[name].tolist() for name in PLACE_COLUMNS}, PLACE_COLUMNS)
