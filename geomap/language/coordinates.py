"""Coordinates that a text writes out: decimal degrees, degrees with minutes and seconds, and MGRS grid references."""

import re
from collections.abc import Iterator

from geomap.types import Span

_DECIMAL = r"[-+−]?\d{1,3}\.\d{3,8}\s*°?\s*"
_SEXAGESIMAL = r"\d{1,3}\s*°\s*\d{1,2}(?:\.\d+)?\s*['′’]\s*(?:\d{1,2}(?:\.\d+)?\s*(?:[\"″”]|''|’’|′′)\s*)?"
_COORDINATES = re.compile(
    rf"""(?<![\w.,+\-−/°])(?:
        (?P<decimal>{_DECIMAL}(?:[NS]\s*[,;/]?|[,;/])\s*{_DECIMAL}[EW]?)  # 48.5132° N, 37.7081° E
      | (?P<minutes>{_SEXAGESIMAL}[NS]\s*[,;/\s]?\s*{_SEXAGESIMAL}[EW])          # 48°30'47"N 37°42'29"E
      | (?P<grid>\d{{1,2}}[C-HJ-NP-X]\s?[A-HJ-NP-Z][A-HJ-NP-V]\s?\d{{3,5}}\s?\d{{3,5}})  # 37U DQ 12345 67890
    )(?![\w.°]*\d)""",
    re.VERBOSE,
)
"""Three decimals are the least (a hundred metres): numbers with fewer are mostly others, such as prices and scores."""

_LONGEST = 60


def coordinate_spans(text: str) -> Iterator[Span]:
    """Yield where a text writes coordinates that lie on the Earth, in text order."""
    for match in _COORDINATES.finditer(text):
        if point_of(match.group()) is not None:
            yield match.start(), match.start() + len(match.group().rstrip())


def point_of(written: str) -> tuple[float, float] | None:
    """Return the latitude and longitude that coordinates in writing mean, in WGS 84 degrees; ``None`` for other text.

    Latitude comes first unless the letters say otherwise; a minus is south or west.
    """
    match = _COORDINATES.fullmatch(written.strip()) if len(written) <= _LONGEST and written[:1] in _BEGIN else None
    if match is None:
        return None
    if match["grid"]:
        return _grid_point(match["grid"])
    numbers = [float(number) for number in re.findall(r"\d+(?:\.\d+)?(?=\s*°|\s*[,;/NSEW]|$)", match.group())]
    if numbers[0] > 90 or max(numbers) > 180:
        return None
    from geopy.point import Point  # type: ignore[import-untyped]  # slow to load, and seldom needed

    try:
        point = Point.from_string(re.sub(r"[−;/]", lambda found: "-" if found[0] == "−" else ",", match.group()))
    except ValueError:
        return None
    return round(point.latitude, 6), round(point.longitude, 6)


_BEGIN = frozenset("0123456789-+−")


def _grid_point(grid: str) -> tuple[float, float] | None:
    from mgrs import MGRS

    plain = grid.replace(" ", "")
    digits = re.sub(r"^\d{1,2}[A-Z]{3}", "", plain)
    if len(digits) % 2:
        return None
    try:
        latitude, longitude = MGRS().toLatLon(plain)
    except Exception:  # the library's own error is a bare one of its core
        return None
    return round(latitude, 6), round(longitude, 6)
