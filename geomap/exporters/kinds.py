"""What a place may look like on the map: a marker claims a spot, and most entries of a gazetteer are not one."""

from typing import Literal

PlaceKind = Literal["point", "adm1", "country", "area"]
"""``point``: a marker. ``adm1``: an outline and a label. ``country`` and ``area``: a label alone."""

_TERRAIN_POINTS = frozenset({"MT", "PK", "PKS", "HLL", "PASS", "CAPE", "VLC", "RK"})
_LAND_POINTS = frozenset({"MILB", "INDS", "PRT", "RESN"})


def place_kind(feature_class: str, feature_code: str) -> PlaceKind:
    """Tell how a gazetteer entry may be drawn, from its GeoNames feature class and code.

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
