"""Whether a mention is on the map, and why not: the one rule that every count and every explanation goes by.

The summary of a run, the place table, the page with its panel on method, and ``geomap explain`` all ask here, so that
one thing has one number everywhere.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

Why = Literal["", "nil", "no_point", "boilerplate", "metonymic", "modifier", "embedded"]
"""Why a mention is not on the map when it opens, the first reason that holds; "" when it is."""

WORDS: Mapping[Why, str] = {
    "": "on the map",
    "nil": "not found in the gazetteer",
    "no_point": "with coordinates that are none",
    "boilerplate": "in captions, teasers and the like",
    "metonymic": "naming a government",
    "modifier": "describing something else",
    "embedded": "in other names",
}
"""What is said of the mentions of each kind, after their number."""

NEVER: frozenset[Why] = frozenset({"nil", "no_point"})
"""What no filter of the page brings back."""

_OTHER_ROLES: Mapping[str, Why] = {"metonymic": "metonymic", "modifier": "modifier", "embedded": "embedded"}


def why_hidden(*, entry_id: str, latitude: float, longitude: float, boilerplate: bool, role: str) -> Why:
    """Tell why a mention is not on the map when it opens.

    Parameters
    ----------
    entry_id
        The entry it was resolved to; "" for none.
    latitude, longitude
        Of the point meant, in degrees; NaN for none. A longitude beyond 180° counts on around the Earth, a latitude
        beyond 90° is none.
    boilerplate
        Whether it stands outside the story.
    role
        How the name is used; a role that is not known counts as literal.

    Returns
    -------
        The first reason that holds; "" when the mention is shown.
    """
    if not (abs(latitude) <= 90 and math.isfinite(longitude)):
        return "no_point" if entry_id or not math.isnan(latitude) else "nil"
    return "boilerplate" if boilerplate else _OTHER_ROLES.get(role, "")


def explain_shown(why: Why) -> str:
    """Say in a line whether a mention is on the map, and why not."""
    if not why:
        return "on the map"
    return f"not on the map: {WORDS[why]}" if why in NEVER else f"not on the map unless asked for: {WORDS[why]}"


def wrapped(longitude: float) -> float:
    """Bring a longitude that counts on around the Earth between -180 and 180 degrees; one that is there stays."""
    return longitude if abs(longitude) <= 180 else (longitude + 180) % 360 - 180


def place_key(*, entry_id: str, name: str, latitude: float, longitude: float) -> str:
    """Return what makes a place one and the same: its entry, else its name and the point that the report gives."""
    return entry_id or f"{name}@{latitude},{longitude}"


def whys(mentions: pd.DataFrame) -> list[Why]:
    """Tell for each row of a mention table why it is not on the map when it opens; "" where it is."""
    return [
        why_hidden(entry_id=entry, latitude=latitude, longitude=longitude, boilerplate=bool(dirt), role=role)
        for entry, _, latitude, longitude, dirt, role in _cells(mentions)
    ]


def place_keys(mentions: pd.DataFrame) -> list[str]:
    """Return for each row of a mention table the place it is of; "" for a mention without any."""
    keys = [
        place_key(entry_id=entry, name=name, latitude=latitude, longitude=longitude)
        for entry, name, latitude, longitude, _, _ in _cells(mentions)
    ]
    entries = mentions["entry_id"].tolist()
    return [entry if why in NEVER else key for key, why, entry in zip(keys, whys(mentions), entries, strict=True)]


def _cells(mentions: pd.DataFrame) -> Iterable[tuple[Any, ...]]:
    columns = ("entry_id", "name", "point_latitude", "point_longitude", "boilerplate", "role")
    return zip(*(mentions[name].tolist() for name in columns), strict=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many mentions and places there are, and how many of them are on the map when it opens."""

    mentions: int
    """All mentions."""
    places: int
    """Places that mentions are of."""
    shown: int
    """Mentions on the map."""
    shown_places: int
    """Places on the map."""
    hidden: Mapping[Why, int]
    """How many mentions are not on the map, by why; reasons that none has are left out."""

    @property
    def placed(self) -> int:
        """How many mentions are of a place."""
        return self.mentions - self.hidden.get("nil", 0)


def count_shown(mentions: pd.DataFrame) -> Counts:
    """Count a mention table; see `Counts`."""
    return counts_of(whys(mentions), place_keys(mentions))


def counts_of(reasons: Sequence[Why], places: Sequence[str]) -> Counts:
    """Count mentions by why they are not on the map; `places` holds the place of each, "" for none."""
    number = Counter(reasons)
    pairs = list(zip(reasons, places, strict=True))
    return Counts(
        mentions=len(reasons),
        places=len(set(places) - {""}),
        shown=number[""],
        shown_places=len({place for why, place in pairs if not why}),
        hidden={why: number[why] for why in WORDS if why and number[why]},
    )
