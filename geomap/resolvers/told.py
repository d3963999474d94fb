"""Where a place without an entry lies, by what a report tells of it against a place that has one."""

from geomap.language.relations import LISTED, PART_OF, UNDER
from geomap.resolvers.locating import NEAR, Codes, codes_of, extent_km, point_off
from geomap.types import GazetteerEntry, Location, Relation

_TOLD_KM = {"near": 30.0, "around": 45.0, "direction": 30.0, "beside": 60.0, "in": 30.0, PART_OF: 5.0, UNDER: 60.0}
"""Radii, in kilometres, of what is told from a town without a distance: they hold 90 % of the places so told in the
train split of the event reports (4, 22, 34 and 178), but for the places of a list, of which they hold 85 %."""

_DIRECTION_KM = 15.0
"""How far off a town a direction without a distance points: the median there is 18 km."""

_LARGEST_TOLD_KM = 150.0
"""A container of a larger radius is no location: "a village in Sudan" may be anywhere in it."""

_TOLD_WORDS = {"in": "in", "near": "near", "beside": "named with"}


def location_off(relation: Relation, anchor: GazetteerEntry, name: str) -> Location | None:
    """Return where a place without an entry lies, by what is told of it.

    Parameters
    ----------
    relation
        What is told.
    anchor
        The entry it is told from.
    name
        Its name in the text.

    Returns
    -------
        ``None`` where that says next to nothing: in a country, in a list with a region.
    """
    extent = extent_km(anchor)
    town = anchor.level in ("settlement", "quarter", "facility")
    if anchor.level == "country" or (relation.kind == "beside" and not town) or relation.kind == "between":
        return None
    point = anchor.latitude, anchor.longitude
    codes: Codes = NEAR
    if relation.kind == "in" and (relation.words == LISTED or (relation.words == UNDER and not town)):
        return None
    if relation.kind == "in" and not town:
        radius, codes = extent, codes_of(anchor)
    elif relation.kind == "in":
        radius = extent + _TOLD_KM[relation.words if relation.words in _TOLD_KM else "in"]
    else:
        km = relation.km if relation.km is not None else _DIRECTION_KM
        if relation.bearing is not None:
            point = point_off(*point, km=km + (0.0 if town else extent), bearing=relation.bearing)
        radius = _TOLD_KM["around" if relation.words == "around" else relation.kind] + (0.0 if town else extent)
        if relation.km is not None:
            radius = max(10.0, (0.4 if relation.bearing is not None else 1.2) * relation.km)
    radius = round(radius + anchor.accuracy_km, 1)
    if radius > _LARGEST_TOLD_KM:
        return None
    words = _TOLD_WORDS.get(relation.words) or _TOLD_WORDS.get(relation.kind) or relation.words
    return Location(
        latitude=point[0],
        longitude=point[1],
        radius_km=radius,
        geo_precision=codes[0],
        where_precision=codes[1],
        basis="relation",
        words=f"{words} {name}",
    )
