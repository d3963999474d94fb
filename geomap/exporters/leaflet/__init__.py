"""The Leaflet map: one HTML file with places, their source sentences and the reports they come from.

`to_map` makes it of tables; `geo_map` is the folium map that writes the file, `mention_layer` what draws the mentions.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import folium
import pandas as pd
import xyzservices

from geomap.boundaries import read_features
from geomap.exporters.leaflet.basemap.settlements import Surroundings
from geomap.exporters.leaflet.basemap.tiles import check_background, read_tiles, tile_layer
from geomap.exporters.leaflet.basemap.user_boundaries import read_boundaries
from geomap.exporters.leaflet.basemap.user_units import own_areas
from geomap.exporters.leaflet.geo_map import GeoMap
from geomap.exporters.leaflet.mention_layer import Extras, MentionLayer
from geomap.exporters.leaflet.payload.story import read_story
from geomap.types import Document

__all__ = ["GeoMap", "MentionLayer", "to_map"]


def to_map(
    mentions: pd.DataFrame,
    *,
    documents: Iterable[Document] = (),
    title: str = "",
    offline: bool | None = None,
    incidents: pd.DataFrame | None = None,
    about: Mapping[str, str] | None = None,
    boundaries: str | Path | None = None,
    blur_km: float | None = None,
    tiles: str | folium.TileLayer | xyzservices.TileProvider | Sequence[str] = (),
    corrections: Sequence[tuple[str, str]] = (),
    language: str = "en",
    embed: bool = False,
    story: str | Path | None = None,
    basemap: str | Path | None = None,
    gazetteer: Surroundings | None = None,
    location: Sequence[float] | None = None,
    zoom_start: int = 10,
) -> GeoMap:
    """Draw a mention table as a Leaflet map.

    Parameters
    ----------
    mentions
        The mention table, one row a mention; an empty table gives an empty map.
    documents
        The reports, for the reading pane beside the map; without them it shows the sentences that the table quotes.
    title
        Title of the page; any text.
    offline
        Whether the page is to hold all it needs and load nothing, see `GeoMap.to_html`.
    incidents
        The incident table, to show in how many reports of how many independent sources an event is told.
    about
        Facts about how the table was made, for the page to show beside those it knows: name → fact.
    boundaries
        A GeoJSON file or GeoPackage with other boundaries to draw, in WGS 84 degrees; see `read_boundaries`. Units and
        countries among them take the place of the bundled outlines; see `geomap.exporters.leaflet.basemap.user_units`.
    blur_km
        Show points at the middle of cells about so many kilometres wide. This keeps a dot from being taken for an exact
        position; it hides no place, since names and sentences stay. See `geomap.exporters.blurred_points`.
    tiles
        Names of online backgrounds as xyzservices has them, such as ``["CyclOSM"]``, to be offered, too; off at first.
        One name by itself, an address of tiles or a `folium.TileLayer` is what the map opens with, as in `folium.Map`;
        `GeoMap` takes an ``attr`` for an address.
    corrections
        What people corrected, in words, each with what became of it; for the page to list.
    language
        Language of the interface: one of `geomap.exporters.leaflet.html.languages.LANGUAGES`, such as ``uk``. Reports,
        and names of places as the gazetteer has them, stay as they are.
    embed
        Whether the page opens as a frame for another page: title, map, key and credit, without the reading pane.
        Every page does so with ``#embed`` at the end of its address.
    story
        A TOML file of saved addresses with captions, which the page tells step by step; see `read_story`.
    basemap
        A ``.pmtiles`` file of vector tiles to be offered as a background; see `read_tiles`. One of more than 3 MB has
        to lie beside the page, on a server that can send parts of files.
    gazetteer
        Where to look up the settlements within 30 km of the places, such as ``geomap.load_gazetteer()``: the page names
        them quietly when it is zoomed in. Without it the ground is empty from zoom 9 on.
    location, zoom_start
        Latitude and longitude of the middle, and the zoom, that the map opens with, as in `folium.Map`; without a
        location it opens where the places are.

    Returns
    -------
        A `folium.Map` that shows itself in a notebook; ``.save("map.html")`` writes the page.

    Raises
    ------
    TableError
        If a table lacks columns or a row says not where its mention is, or two different reports have one id.
    ConfigError
        If the boundaries or the story cannot be read, the blur makes no sense, a background cannot be had or there is
        no such language.
    """
    features = [] if boundaries is None else read_features(Path(boundaries))
    drawn = None if boundaries is None else read_boundaries(boundaries, features)
    opens_with = tiles if isinstance(tiles, str | folium.TileLayer | xyzservices.TileProvider) else None
    if isinstance(tiles, str) and "{" not in tiles:
        check_background(tiles)
    offered: Any = () if opens_with is not None else tiles
    extras = Extras(
        incidents=incidents,
        about=about,
        boundaries=drawn,
        areas=() if drawn is None else tuple(own_areas(features, [*drawn["lines"], *drawn["disputed"]])),
        blur_km=blur_km,
        tiles=tuple(tile_layer(name) for name in offered),
        corrections=tuple(corrections),
        language=language,
        embed=embed,
        story=None if story is None else read_story(story),
        basemap=None if basemap is None else read_tiles(basemap),
        gazetteer=gazetteer,
    )
    opening: dict[str, Any] = {"location": location, "zoom_start": zoom_start, "tiles": opens_with}
    return GeoMap(mentions, documents=documents, title=title, offline=offline, extras=extras, **opening)
