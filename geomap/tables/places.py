"""The place table: one row a place."""

import pandas as pd

from geomap.tables.schema import MENTION_COLUMNS, PLACE_COLUMNS, check_columns, joined, typed
from geomap.tables.shown import TOLD, place_keys, whys


def to_places(mentions: pd.DataFrame) -> pd.DataFrame:
    """Count a mention table by place.

    Parameters
    ----------
    mentions
        A mention table.

    Returns
    -------
        One row for each resolved entry, and for each name that a report places without one, most mentioned first and
        then by id, with the columns of `PLACE_COLUMNS`; empty when nothing was resolved. NIL mentions belong to no
        place and are not counted.

    Raises
    ------
    TableError
        If columns of the mention table are missing.
    """
    check_columns(mentions, MENTION_COLUMNS, "the mention table")
    keyed = mentions.assign(
        name=mentions["name"].where(mentions["name"] != "", mentions["toponym"]),
        place=place_keys(mentions),
        shown=[not why for why in whys(mentions)],
    )
    told = keyed["location_basis"].isin(TOLD)
    keyed = keyed.assign(
        radius_km=keyed["radius_km"].where(told | (keyed["relation"] == "")),  # else it is that of "near" the place
        location_words=keyed["location_words"].where(told, ""),
    )
    resolved = keyed[keyed["place"] != ""]
    groups = resolved.groupby("place", sort=True)
    dated = resolved[resolved["published"] != ""].groupby("place")["published"]
    places = groups[list(PLACE_COLUMNS)[: list(PLACE_COLUMNS).index("mentions")]].first()
    for name in ("latitude", "longitude"):
        places[name] = places[name].fillna(groups[f"point_{name}"].first())
    places["radius_km"] = groups["radius_km"].min().fillna(0.0)
    places["mentions"] = groups.size()
    places["documents"] = groups["document_id"].nunique()
    places["literal_mentions"] = groups["shown"].sum()
    places["mean_confidence"] = groups["confidence"].mean().round(2)
    places["max_confidence"] = groups["confidence"].max()
    places["first_published"] = dated.min().reindex(places.index).fillna("")
    places["last_published"] = dated.max().reindex(places.index).fillna("")
    places["corrected_by"] = groups["corrected_by"].agg(joined)
    places = places.reset_index().sort_values("mentions", ascending=False, kind="stable")  # ties stay sorted by id
    return typed({name: places[name].tolist() for name in PLACE_COLUMNS}, PLACE_COLUMNS)
