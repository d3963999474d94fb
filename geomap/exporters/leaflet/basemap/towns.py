"""The larger towns that a page names for orientation, from the bundled ``towns.tsv``."""

import csv
from collections.abc import Collection
from functools import cache
from pathlib import Path

from geomap.bundle import bundled_path
from geomap.errors import GazetteerError

Town = tuple[str, float, float, int]
"""Name, latitude, longitude, and the zoom from which it is named."""

# What lies around the countries that are spoken of needs fewer names, and the rest of the world only the largest.
_AROUND_ZOOM = 7
_WORLD_ZOOM = 4


@cache
def load_towns(path: Path | None = None) -> dict[str, tuple[Town, ...]]:
    """Return the towns by country code, the most important first.

    Parameters
    ----------
    path
        Another file than the bundled ``towns.tsv``.

    Raises
    ------
    GazetteerError
        If the file is missing or damaged.
    """
    path = path or bundled_path("towns.tsv")
    towns: dict[str, list[Town]] = {}
    try:
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                town = (row["name"], float(row["latitude"]), float(row["longitude"]), int(row["zoom"]))
                towns.setdefault(row["country_code"], []).append(town)
    except OSError as error:
        raise GazetteerError(f"{path}: no towns to name on a map; reinstall geomap") from error
    except (ValueError, KeyError, TypeError) as error:
        raise GazetteerError(f"{path}: damaged table of towns; reinstall geomap") from error
    return {country: tuple(found) for country, found in towns.items()}


def towns_for(*, detailed: Collection[str], near: Collection[str]) -> list[Town]:
    """Return the towns that one page embeds, by country.

    Parameters
    ----------
    detailed
        Codes of the countries that hold mentions: all their towns.
    near
        Codes of the countries around them: their larger towns. Of all others only the largest cities are there.
    """
    chosen: list[Town] = []
    for country, towns in sorted(load_towns().items()):
        limit = 99 if country in detailed else _AROUND_ZOOM if country in near else _WORLD_ZOOM
        chosen += [town for town in towns if town[3] <= limit]
    return chosen
