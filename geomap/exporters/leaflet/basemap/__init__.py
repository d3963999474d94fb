"""What a page draws beneath its places: bundled outlines, waters and settlements, and what the user brings."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain

from geomap.exporters.leaflet.basemap.bundled_outlines import basemap_for
from geomap.exporters.leaflet.basemap.settlements import Surroundings, settlements_around
from geomap.exporters.leaflet.basemap.user_units import OwnArea, with_own_units
from geomap.exporters.leaflet.basemap.waters import waters_for
from geomap.exporters.leaflet.html.escaping import Page

HUNDREDTHS = 100
"""Coordinates of towns are whole hundredths of a degree, which is how exact the bundled table is."""


def base_map(data: Page, *, areas: Sequence[OwnArea] = (), gazetteer: Surroundings | None = None) -> Page:
    """Return the outlines of the countries that are named, of the world around them, and the settlements nearby.

    ``data`` is what `geomap.exporters.leaflet.payload.page_data.page_data` returns: places, and how often each is
    mentioned. Areas of the user's own may take the place of bundled outlines; without a gazetteer there are no
    settlements.
    """
    places = data["places"]
    points = [(place["latitude"], place["longitude"]) for place in places]
    base = basemap_for(
        points,
        country_codes=sorted({place["country"] for place in places} - {""}),
        admin1_ids=sorted(place["id"] for place in places if place["kind"] == "adm1"),
    )
    base = with_own_units(base, areas) if areas else base
    dots = [point for point, place in zip(points, places, strict=True) if place["kind"] == "point"]
    base = base | {"waters": waters_for(dots or points)}
    if gazetteer is None:
        return base
    weights = Counter(data["mentions"]["place"])
    return base | {"settlements": settlements_around(places, weights, gazetteer=gazetteer, towns=base["towns"])}


def packed(base: Page) -> Page:
    """Return a base map with each arc as one list of numbers, and its towns by column; the one given stays as it is.

    The same numbers take a tenth less room in a page than as lists of small lists; ``map/landcanvas.js`` reads them:
    ``arcs``, each x, y, dx, dy, … , and ``towns``: ``names``, one a line, ``latitudes`` and ``longitudes`` in
    hundredths of a degree, and ``zooms``.
    """
    towns = base["towns"]
    columns = {
        "names": "\n".join(" ".join(name.split()) for name, *_ in towns),
        "latitudes": _hundredths(town[1] for town in towns),
        "longitudes": _hundredths(town[2] for town in towns),
        "zooms": [town[3] for town in towns],
    }
    return base | {"arcs": [list(chain.from_iterable(arc)) for arc in base["arcs"]], "towns": columns}


def _hundredths(degrees: Iterable[float]) -> list[int]:
    return [round(value * HUNDREDTHS) for value in degrees]
