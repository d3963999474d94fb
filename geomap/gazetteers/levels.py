"""What a place is, told by its GeoNames class and code: said once, when an entry is made."""

from geomap.types import Level

_UNITS: dict[str, Level] = {"ADM1": "admin1", "ADM2": "admin2", "ADM3": "admin3", "ADM4": "admin4", "ADM5": "admin4"}
_CLASSES: dict[str, Level] = {"P": "settlement", "H": "water", "U": "water", "S": "facility"}
# Land that GeoNames files under parks and areas, but that is a site with a fence.
_SITES = frozenset({"MILB", "INDS", "PRT"})


def level_of(feature_class: str, feature_code: str) -> Level:
    """Return the level of a place.

    Parameters
    ----------
    feature_class, feature_code
        GeoNames' class and code. What is neither a country (of today or not), a unit of today, a settlement, a water
        nor a site is an area: former and special divisions, regions, ranges, islands, forests, roads, and what has no
        class.
    """
    if feature_code.startswith("PCL") or feature_code == "TERR":
        return "country"
    if feature_class == "P" and feature_code == "PPLX":
        return "quarter"
    if feature_class == "L" and feature_code in _SITES:
        return "facility"
    return _UNITS.get(feature_code, _CLASSES.get(feature_class, "area"))
