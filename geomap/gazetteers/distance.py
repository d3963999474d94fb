"""Great-circle distance, where the exact geodesic of geopy would cost too much."""

from math import asin, cos, radians, sin, sqrt

from geomap.types import GazetteerEntry

EARTH_RADIUS_KM = 6371.0088
"""Mean radius of the Earth (IUGG)."""


def haversine_km(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """Return the distance of two points on a sphere in kilometres.

    The haversine formula (R. W. Sinnott, Sky and Telescope 68, 1984, 159): within 0.6 % of the geodesic and some 100
    times faster, for pre-selection and scoring. What is shown to people uses ``geopy.distance.geodesic``.

    Parameters
    ----------
    latitude, longitude, other_latitude, other_longitude
        WGS 84 degrees.
    """
    phi, other_phi = radians(latitude), radians(other_latitude)
    half_chord = (
        sin((other_phi - phi) / 2) ** 2 + cos(phi) * cos(other_phi) * sin(radians(other_longitude - longitude) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_KM * asin(sqrt(min(1.0, half_chord)))


def km_between(one: GazetteerEntry, other: GazetteerEntry) -> float:
    """Return the distance of the points of two entries, by `haversine_km`."""
    return haversine_km(one.latitude, one.longitude, other.latitude, other.longitude)
