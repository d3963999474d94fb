"""What a reader makes of one line: a place and its names, before anything is known of the others."""

from collections.abc import Iterable
from typing import NamedTuple

from geomap.types import NameKind

ALL_PEOPLE = 10**10
"""No place has so many inhabitants."""


class Row(NamedTuple):
    """A place as one line gives it: a named tuple, for there are millions."""

    line: int
    """Number of the line that ends it, counted from 1."""
    id: int | str
    """GeoNames' number, or an id with its gazetteer."""
    name: str
    """The primary name; not empty."""
    latitude: float
    """WGS 84 degrees, checked."""
    longitude: float
    """WGS 84 degrees, checked."""
    feature_class: str = "P"
    """GeoNames class."""
    feature_code: str = "PPL"
    """GeoNames code."""
    country_code: str = ""
    """ISO 3166-1 alpha-2; empty when unknown."""
    admin1: str = ""
    """GeoNames ADM1 code; empty when unknown."""
    admin2: str = ""
    """GeoNames ADM2 code; empty when unknown."""
    admin3: str = ""
    """Code of the third-order unit; empty when unknown."""
    population: int = 0
    """Inhabitants; 0 when unknown."""
    accuracy_km: float = 0.0
    """How far off the point may be; 0 for one of its own."""
    extent_km: float = 0.0
    """Radius of the area around the point; 0 when unknown."""
    names: Iterable[str] = ()
    """Further names."""
    kinds: Iterable[tuple[str, NameKind]] = ()
    """Further names of another kind than ``alternate``."""


def point_problem(latitude: float, longitude: float) -> str:
    """Return what is wrong with a pair of coordinates; empty when nothing is."""
    if -90 <= latitude <= 90 and -180 <= longitude <= 180:
        return ""
    if -90 <= longitude <= 90 and -180 <= latitude <= 180:
        return f"latitude {latitude:g} is out of range; are latitude and longitude exchanged?"
    return f"latitude {latitude:g} and longitude {longitude:g} are no degrees"


def number_of(text: str) -> float:
    """Return a number as tables write it, a decimal comma included; not a number when it is none."""
    try:
        return float(text)
    except ValueError:
        try:
            return float(text.strip().replace(",", "."))
        except ValueError:
            return float("nan")


def people_of(text: str) -> int:
    """Return a number of inhabitants; 0 when it is none."""
    number = number_of(text)
    return int(number) if 0 < number < ALL_PEOPLE else 0
