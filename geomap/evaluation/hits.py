"""When a resolved place is the gold one, and how far off it is."""

from geomap.evaluation.gold import GoldToponym
from geomap.gazetteers import SqliteGazetteer
from geomap.gazetteers.distance import haversine_km
from geomap.types import GazetteerEntry

HIT_KM = 161.0
"""100 miles, within which a location is by custom counted as right (after Cheng, Caverlee and Lee, 2010)."""

SAME_KM = 10.0
"""Within so many kilometres two pins mean one spot: pins of one village lie that far apart at most."""

NO_ANSWER_KM = 20039.0
"""Half the Earth's circumference, the error that no answer counts as."""


def is_hit(toponym: GoldToponym, entry: GazetteerEntry | None, gazetteer: SqliteGazetteer) -> bool:
    """Return whether an entry is right: the same id, the same country for countries, or within 161 km.

    Parameters
    ----------
    toponym
        With coordinates.
    entry
        The answer; ``None`` (NIL) is a miss.
    gazetteer
        Tells which country the gold means.
    """
    return distance_km(toponym, entry, gazetteer) <= HIT_KM


def distance_km(toponym: GoldToponym, entry: GazetteerEntry | None, gazetteer: SqliteGazetteer) -> float:
    """Return how far an answer is off: 0 for the same place or country, 20,039 for no answer.

    Gazetteers put the point of a large country anywhere in it, so distance would punish what is right.
    """
    if entry is None or toponym.latitude is None or toponym.longitude is None:
        return NO_ANSWER_KM
    if entry.id == toponym.entry_id or _is_same_country(toponym, entry, gazetteer):
        return 0.0
    return haversine_km(toponym.latitude, toponym.longitude, entry.latitude, entry.longitude)


def _is_same_country(toponym: GoldToponym, entry: GazetteerEntry, gazetteer: SqliteGazetteer) -> bool:
    if not entry.feature_code.startswith("PCL"):
        return False
    known = gazetteer.entry(toponym.entry_id) if toponym.entry_id else None
    if known is not None:
        return known.feature_code.startswith("PCL") and known.country_code == entry.country_code
    if not toponym.feature_code.startswith("PCL"):
        return False
    if len(toponym.country) == 2:
        return toponym.country.upper() == entry.country_code
    named = (place for place in gazetteer.lookup(toponym.country) if place.feature_code.startswith("PCL"))
    return any(place.country_code == entry.country_code for place in named)
