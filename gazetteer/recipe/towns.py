"""The larger towns of the world, which a map names for orientation: a small table made from the gazetteer.

The gazetteer lists parts of cities as places of their own, with large populations. A place within a few kilometres of
a more important one is therefore left out; what is more important shows in its population and in how many names it has.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from geomap.bundle import bundled_path
from geomap.errors import GazetteerError
from geomap.gazetteers.distance import haversine_km
from geomap.gazetteers.file_layout import SCALE
from geomap.writing import write_file

COLUMNS = ("name", "latitude", "longitude", "country_code", "zoom")
"""The columns of ``towns.tsv``: degrees with two decimals, and the zoom of a web map from which a town is named."""

# Inhabitants from which a town is named at a zoom: as on printed maps of that scale, some twenty to sixty names a view.
_NAMED_FROM = ((4, 5_000_000), (5, 1_000_000), (6, 300_000), (7, 150_000), (8, 100_000), (9, 70_000))
_CAPITAL_ZOOM = 5
# The seat of a first-order division is worth a name earlier than its size says.
_SEAT_ZOOM, _SEAT_POPULATION = 7, 20_000
_APART_KM = 15.0
_CELL_DEGREES = 1

# Parts of cities have populations but few names: the product tells a city from them.
_QUERY = """SELECT e.name, e.latitude, e.longitude, e.country_code, e.feature_code, e.population FROM entry e
    LEFT JOIN (SELECT n, count(*) AS names FROM name GROUP BY n) USING (n)
    WHERE e.feature_class = 'P' AND (e.feature_code = 'PPLC' OR e.population >= ?)
    ORDER BY e.feature_code = 'PPLC' DESC, e.population * coalesce(names, 1) DESC, e.id"""


def build_towns(target: Path, *, gazetteer: Path | None = None) -> int:
    """Write ``towns.tsv``; the same gazetteer gives the same bytes.

    Parameters
    ----------
    target
        The file to write: a header and one town a line, by country code and then by importance.
    gazetteer
        A gazetteer database; the bundled one if not given.

    Returns
    -------
        The number of towns.

    Raises
    ------
    GazetteerError
        If the database is missing or is none.
    OutputError
        If `target` cannot be written.
    """
    path = gazetteer or bundled_path("gazetteer.sqlite")
    rows = sorted(_lines(_apart(_places(path))), key=lambda row: (row[3], int(row[4])))  # equal ones stay in order
    text = "".join("\t".join(row) + "\n" for row in (COLUMNS, *rows))
    write_file(target, text)
    return len(rows)


def _places(path: Path) -> list[Any]:
    try:
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
        try:
            return connection.execute(_QUERY, (_SEAT_POPULATION,)).fetchall()
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise GazetteerError(f"{path}: cannot be read as a gazetteer ({error}); run: make gazetteer") from error


def _zoom(code: str, population: int) -> int | None:
    """Return the zoom from which a town is named, None for one that is too small."""
    zoom = next((zoom for zoom, least in _NAMED_FROM if population >= least), None)
    if code == "PPLC":
        return min(_CAPITAL_ZOOM, zoom or _CAPITAL_ZOOM)
    return min(_SEAT_ZOOM, zoom or _SEAT_ZOOM) if code == "PPLA" else zoom


def _apart(places: Sequence[Any]) -> Iterator[tuple[Any, int]]:
    """Yield the towns with their zooms, without those too close to one that came before."""
    kept: dict[tuple[int, int], list[tuple[float, float]]] = defaultdict(list)
    for place in places:
        zoom = _zoom(place[4], place[5])
        latitude, longitude = place[1] / SCALE, place[2] / SCALE
        x, y = round(longitude / _CELL_DEGREES), round(latitude / _CELL_DEGREES)
        near = [spot for dx in (-1, 0, 1) for dy in (-1, 0, 1) for spot in kept[x + dx, y + dy]]
        if zoom is None or any(haversine_km(latitude, longitude, *spot) < _APART_KM for spot in near):
            continue
        kept[x, y].append((latitude, longitude))
        yield place, zoom


def _lines(towns: Iterator[tuple[Any, int]]) -> Iterator[tuple[str, ...]]:
    for (name, latitude, longitude, country, _, _), zoom in towns:
        yield name, f"{latitude / SCALE:.2f}", f"{longitude / SCALE:.2f}", country, str(zoom)
