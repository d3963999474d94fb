"""The ground of a page as its script reads it: long lists of numbers in place of lists of small lists.

The same numbers take a tenth less room in a page that way; ``map/ground.js`` and ``map/packing.js`` read it.
"""

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

Page = dict[str, Any]

HUNDREDTHS = 100
"""Coordinates of towns are whole hundredths of a degree, which is how exact the bundled table is."""


def packed(base: Page) -> Page:
    """Return the ground of a page with each arc as one list of numbers, and its towns by column.

    Parameters
    ----------
    base
        What `geomap.exporters.leaflet.basemap.basemap_for` returns, with what else lies in it; it stays as it is.

    Returns
    -------
        The same but ``arcs``, each x, y, dx, dy, … , and ``towns``: ``names``, one a line, ``latitudes`` and
        ``longitudes`` in hundredths of a degree, and ``zooms``.
    """
    towns = base["towns"]
    columns = {
        "names": "\n".join(" ".join(name.split()) for name, *_ in towns),
        "latitudes": _hundredths(town[1] for town in towns),
        "longitudes": _hundredths(town[2] for town in towns),
        "zooms": [town[3] for town in towns],
    }
    return base | {"arcs": [_flat(arc) for arc in base["arcs"]], "towns": columns}


def _hundredths(degrees: Iterable[float]) -> list[int]:
    return [round(value * HUNDREDTHS) for value in degrees]


def _flat(arc: Sequence[Sequence[int]]) -> list[int]:
    return list(chain.from_iterable(arc))
