"""Whether a mention is on the map, as what, and why not: the one rule that all counts and explanations go by.

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

PlaceKind = Literal["point", "adm1", "country", "area"]
"""``point``: a marker. ``adm1``: an outline and a label. ``country`` and ``area``: a label alone."""

_TERRAIN_POINTS = frozenset({"MT", "PK", "PKS", "HLL", "PASS", "CAPE", "VLC", "RK"})
_LAND_POINTS = frozenset({"MILB", "INDS", "PRT", "RESN"})

DOUBT_BELOW = 0.85
"""A place of which no mention has at least this confidence is drawn as doubtful.

In 12 reports on conflicts held back from training, 256 literal mentions with an entry have a point, 21 of them a wrong
one (off by 25 km, or 161 km for regions and countries). What bars mark of these, and of the 235 right ones: .7 9 and
15, .75 9 and 23, .8 12 and 27, .85 14 and 38, .9 16 and 58; of what .85 leaves, 3.4 % are wrong, without a bar 8.2 %.
In the 24 reports that the ranker learnt from, .85 marks 11 of 15 wrong ones and 83 of 552 right ones.
"""

TOLD: frozenset[str] = frozenset({"relation", "coordinates"})
"""The bases of a location that the text tells of a place which the gazetteer does not have; see `LocationBasis`."""

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


def is_doubtful(*, basis: str, confidence: float) -> bool:
    """Tell whether a mention is too unsure to be drawn like others; what the text itself tells is another matter.

    Its confidence is from 0 to 1; NaN is none.
    """
    return basis not in TOLD and not confidence >= DOUBT_BELOW


def place_kind(feature_class: str, feature_code: str) -> PlaceKind:
    """Tell how a gazetteer entry may be drawn, from its GeoNames feature class and code: most of them are no spot.

    Towns, buildings, bases and summits are points. Countries, administrative units, continents, regions, waters,
    islands and ranges are not: a dot in the middle of them would claim a precision that the text does not have. An
    entry without class and code is taken as a point.
    """
    if feature_code.startswith("PCL") or feature_code == "TERR":
        return "country"
    if feature_code == "ADM1":
        return "adm1"
    if feature_class in {"A", "H"}:
        return "area"
    if feature_class == "T" and feature_code not in _TERRAIN_POINTS:
        return "area"
    if feature_class == "L" and feature_code not in _LAND_POINTS:
        return "area"
    return "point"


def explain_shown(why: Why, *, doubtful: bool = False, told: str = "") -> str:
    """Say in a line whether a mention is on the map, as what, and why not; ``told`` is what `told_words` says of it."""
    if not why and told:
        return f"on the map as told: {told}"
    if not why:
        return "on the map" + (f", as doubtful: less than {DOUBT_BELOW:.0%} sure" if doubtful else "")
    return f"not on the map: {WORDS[why]}" if why in NEVER else f"not on the map unless asked for: {WORDS[why]}"


def told_words(*, basis: str, words: str, radius_km: float) -> str:
    """Say where a place is that the gazetteer does not have: "north-east of Kharkiv, within 30 km"; else ""."""
    if basis not in TOLD:
        return ""
    if basis == "coordinates":
        return words or "coordinates given in the text"
    return f"{words}, within {radius_km:,.0f} km"


def wrapped(longitude: float) -> float:
    """Bring a longitude that counts on around the Earth between -180 and 180 degrees; one that is there stays."""
    return longitude if abs(longitude) <= 180 else (longitude + 180) % 360 - 180


def place_key(*, entry_id: str, name: str, latitude: float, longitude: float) -> str:
    """Return what makes a place one and the same: its entry, else its name as written and the point it is told at."""
    return entry_id or f"{name}@{latitude},{longitude}"


Columns = pd.DataFrame | Mapping[str, Sequence[Any]]
"""A mention table, or columns of one by their names."""


def whys(mentions: Columns) -> list[Why]:
    """Tell for each row of a mention table why it is not on the map when it opens; "" where it is."""
    return [
        why_hidden(entry_id=entry, latitude=latitude, longitude=longitude, boilerplate=bool(boilerplate), role=role)
        for entry, latitude, longitude, boilerplate, role in _cells(mentions)
    ]


def place_keys(mentions: pd.DataFrame) -> list[str]:
    """Return for each row of a mention table the place it is of; "" for a mention without any."""
    cells = zip(_cells(mentions), mentions["name"].tolist(), mentions["toponym"].tolist(), strict=True)
    keys = [
        place_key(entry_id=entry, name=name or toponym, latitude=latitude, longitude=longitude)
        for (entry, latitude, longitude, _, _), name, toponym in cells
    ]
    entries = mentions["entry_id"].tolist()
    return [entry if why in NEVER else key for key, why, entry in zip(keys, whys(mentions), entries, strict=True)]


def _cells(mentions: Columns) -> Iterable[tuple[Any, ...]]:
    columns = ("entry_id", "point_latitude", "point_longitude", "boilerplate", "role")
    return zip(*(mentions[name] for name in columns), strict=True)


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
    told: int
    """Mentions of places that the gazetteer does not have, placed by what the text tells."""
    told_places: int
    """Places of these."""
    doubtful_places: int
    """Places on the map of which every mention there is doubtful."""
    hidden: Mapping[Why, int]
    """How many mentions are not on the map, by why; reasons that none has are left out."""

    @property
    def placed(self) -> int:
        """How many mentions are of a place."""
        return self.mentions - self.hidden.get("nil", 0)


def doubts(mentions: Columns) -> list[bool]:
    """Tell for each row of a mention table whether it `is_doubtful`."""
    cells = zip(mentions["location_basis"], mentions["confidence"], strict=True)
    return [is_doubtful(basis=basis, confidence=confidence) for basis, confidence in cells]


def count_shown(mentions: pd.DataFrame) -> Counts:
    """Count a mention table; see `Counts`."""
    bases = mentions["location_basis"].tolist()
    return counts_of(whys(mentions), place_keys(mentions), bases=bases, doubtful=doubts(mentions))


def counts_of(
    reasons: Sequence[Why], places: Sequence[str], *, bases: Sequence[str], doubtful: Sequence[bool]
) -> Counts:
    """Count mentions, given one by one: why each is not on the map, and its place, "" for none.

    Then what its location rests on, and whether it is doubtful.
    """
    number = Counter(reasons)
    pairs = list(zip(reasons, places, strict=True))
    told = [place for place, basis in zip(places, bases, strict=True) if place and basis in TOLD]
    shown = {place for why, place in pairs if not why}
    sure = {place for (why, place), doubt in zip(pairs, doubtful, strict=True) if not why and not doubt}
    return Counts(
        mentions=len(reasons),
        places=len(set(places) - {""}),
        shown=number[""],
        shown_places=len(shown),
        told=len(told),
        told_places=len(set(told)),
        doubtful_places=len(shown - sure),
        hidden={why: number[why] for why in WORDS if why and number[why]},
    )
