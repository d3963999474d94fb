"""How exact a place is: the precision columns of ACLED and of UCDP GED.

ACLED (codebook, "Geo-Precision"): 1 the place, 2 near it or part of a region, 3 a larger region. UCDP GED (codebook,
"where_prec"): 1 exact, 2 near, 3 second-level division, 4 first-level, 5 vague, linear or between places, 6 country, 7
sea or air.
"""

import re

from geomap.language.distances import offset_in
from geomap.resolvers.thresholds import FAR_KM
from geomap.types import GazetteerEntry

Codes = tuple[int | None, int | None]
"""ACLED geo precision and UCDP where_prec."""

AT, NEAR, DISTRICT, REGION, VAGUE, COUNTRY, SEA = (1, 1), (2, 2), (2, 3), (3, 4), (3, 5), (None, 6), (3, 7)
BETWEEN, OFF_SHORE, PART_OF_REGION = (2, 5), (2, 7), (2, 4)

_WIDER: dict[Codes, Codes] = {AT: NEAR, NEAR: DISTRICT, DISTRICT: REGION, REGION: VAGUE, COUNTRY: VAGUE}
"""What "near", "south of" and the like make of the codes of a place."""

_SEAS = frozenset(["BAY", "BAYS", "CHN", "COVE", "GULF", "OCN", "SD", "SEA", "SHOL", "STRT"])
_VAST = frozenset(["DSRT", "ISLS", "MTS", "PLAT", "PLN"])
"""Terrain that reaches beyond one first-level division: deserts, chains of islands and of mountains."""

_EXACT_KM, _NEAR_KM = 3.0, 25.0
"""A point that may be off by more is not the town's own (UCDP: "exact" is the named place itself), and by more than the
second no more exact than a second-level division."""

_OFF = re.compile(r"\boff\b")
_PATH = re.compile(r"\bbetween\b|\bon the (?:road|highway|way) to\b|\bborders?\b|\bfrontier\b|line of control")


def precision_codes(entry: GazetteerEntry, relation: str, *, part: str = "") -> Codes:
    """Return ACLED's geo precision and UCDP's where_prec of a place as worded.

    Parameters
    ----------
    entry
        The resolved place.
    relation
        `Mention.relation`: the words that move the point off the place; empty at the place itself.
    part
        What `part_at` found: "eastern" makes a country a part of one, and of a region.
    """
    codes = codes_of(entry)
    if codes == AT and entry.accuracy_km > _EXACT_KM:
        codes = NEAR if entry.accuracy_km <= _NEAR_KM else DISTRICT
    if _OFF.search(relation) and codes != SEA:
        return OFF_SHORE if codes == AT else SEA
    if relation:
        return _codes_off(codes, relation)
    if part and codes == COUNTRY and entry.feature_class == "A":
        return VAGUE
    return PART_OF_REGION if part and codes == REGION and entry.feature_class == "A" else codes


def codes_of(entry: GazetteerEntry) -> Codes:
    """Return the codes of a place itself, by its GeoNames class and code."""
    match entry.feature_class:
        case "P" | "S":
            return AT
        case "A":
            return _codes_of_division(entry.feature_code)
        case "L":
            return (
                COUNTRY if entry.feature_code == "CONT" else VAGUE if entry.feature_code.startswith("RGN") else REGION
            )
        case "H" | "U":
            return SEA if entry.feature_code in _SEAS or entry.feature_class == "U" else REGION
        case "R":
            return VAGUE  # a road or railway is linear
        case _:
            return VAGUE if entry.feature_code in _VAST else REGION


def _codes_of_division(code: str) -> Codes:
    if code.startswith(("PCL", "TERR", "ZN")):
        return COUNTRY
    if code.startswith("ADM1"):
        return REGION
    return NEAR if code[:4] in ("ADM3", "ADM4", "ADM5") else DISTRICT


def _codes_off(codes: Codes, relation: str) -> Codes:
    if _PATH.search(relation):
        return BETWEEN if codes in (AT, NEAR) else VAGUE
    km = offset_in(relation).km
    return VAGUE if km is not None and km > FAR_KM and codes != SEA else _WIDER.get(codes, codes)
