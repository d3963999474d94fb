"""The Leaflet map: a folium map that carries the mentions and writes itself as one file."""

import html
import tempfile
import webbrowser
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import folium
import pandas as pd
from folium.template import Template

from geomap.boundaries import read_features
from geomap.exporters.formats import PAGES, check_ending
from geomap.exporters.leaflet.assets import assets
from geomap.exporters.leaflet.backgrounds import tile_layer
from geomap.exporters.leaflet.boundaries import read_boundaries
from geomap.exporters.leaflet.figure import PageFigure
from geomap.exporters.leaflet.languages import words_of
from geomap.exporters.leaflet.layer import NO_EXTRAS, Extras, MentionLayer
from geomap.exporters.leaflet.own_units import own_areas
from geomap.exporters.leaflet.settlements import Surroundings
from geomap.exporters.leaflet.story import read_story
from geomap.types import Document
from geomap.writing import write_file

NOTEBOOK_LIMIT = 2_500_000
"""Bytes of page that a notebook output holds inline; every display stores them in the notebook once more."""

_TABLE_COLUMNS = ["toponym", "name", "country_code", "role", "confidence", "sentence", "title"]


class GeoMap(folium.Map):
    """A folium map of a mention table; other folium layers can be added to it.

    Only Leaflet is loaded of the ten files that folium asks for by default. Report text is not in any folium element
    but the one `MentionLayer`, which keeps it out of every template.

    Parameters
    ----------
    mentions
        The mention table.
    documents
        Reports for the reading pane; without them it shows the sentences that the table quotes.
    title
        Title of the page and heading of its panel; any text.
    offline
        What `to_html`, `save`, `show` and notebooks do unless told otherwise.
    extras
        What else the page shows, see `Extras`.
    """

    # The constant parts of folium's own template, with an id that does not change from run to run.
    _template = Template(
        """
        {% macro html(this, kwargs) %}<div class="folium-map" id="{{ this.get_name() }}"></div>{% endmacro %}
        {% macro script(this, kwargs) %}
        var {{ this.get_name() }} = L.map("{{ this.get_name() }}", {{ this.options | tojavascript }});
        {% endmacro %}
        """
    )
    default_js = [("leaflet", assets()["leaflet.js"].url)]  # noqa: RUF012
    default_css = [("leaflet_css", assets()["leaflet.css"].url)]  # noqa: RUF012

    def __init__(
        self,
        mentions: pd.DataFrame,
        *,
        documents: Iterable[Document] = (),
        title: str = "",
        offline: bool = True,
        extras: Extras = NO_EXTRAS,
    ) -> None:
        options: dict[str, Any] = {
            "center": [20, 0],
            "zoomSnap": 0.5,
            "maxZoom": 14,
            "minZoom": 0,  # the page sets it by the width of the map
        }
        super().__init__(tiles=None, zoom_control=False, zoom_start=2, **options)
        self._id = "geomap"
        self._offline = offline
        self._mentions = mentions
        hosts = [host for layer in extras.tiles for host in layer["hosts"]]
        words = words_of(extras.language)
        self._figure = PageFigure(title=title or words["page.title"], tile_hosts=hosts, words=words)
        self._figure.add_child(self)
        layer = MentionLayer(mentions, documents=documents, title=title, extras=extras)
        self._counts: Mapping[str, int] = layer.data["counts"]
        layer.add_to(self)

    def to_html(self, *, offline: bool | None = None) -> str:
        """Return the whole page.

        Parameters
        ----------
        offline
            Whether the page holds everything it needs. If not, it loads Leaflet and two small libraries from a CDN,
            with integrity hashes, and is about 170 KB shorter. ``None``: as the map was made.
        """
        return self._figure.render(offline=self._offline if offline is None else offline)

    def save(self, path: str | Path, *, offline: bool | None = None) -> None:  # type: ignore[override]
        """Write the page to a file, under a temporary name first; ``offline`` is that of `to_html`.

        Raises
        ------
        ConfigError
            If the file's name ends in neither ``.html`` nor ``.htm``.
        OutputError
            If the folder does not exist or the file cannot be written.
        """
        check_ending(path, PAGES, "a map")
        write_file(path, self.to_html(offline=offline))

    def show(self) -> None:
        """Open the map in the web browser, from a temporary file that stays there for the browser to read."""
        path = Path(tempfile.mkdtemp(prefix="geomap-")) / "map.html"
        self.save(path)
        webbrowser.open(path.as_uri())

    def __repr__(self) -> str:
        """Return the summary line."""
        return f"<GeoMap: {self._summary()}; .save(path), .show()>"

    def _summary(self) -> str:
        mentions, places, reports = (self._counts[name] for name in ("mentions", "places", "reports"))
        return f"{_count(mentions, 'mention')} of {_count(places, 'place')} in {_count(reports, 'report')}"

    def _repr_html_(self, **_: Any) -> str:
        """Show a summary line, the map in a sandboxed frame, and ten rows; each survives without the others."""
        page = html.escape(self.to_html(), quote=True)
        frame = (
            f'<iframe srcdoc="{page}" title="Map of the mentions" loading="lazy" '
            'sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox" '
            'style="width:100%;height:640px;border:1px solid #ccc;border-radius:8px"></iframe>'
        )
        if len(frame) > NOTEBOOK_LIMIT:
            frame = "<p>The map is too large to show here: call <code>.save('map.html')</code> and open the file.</p>"
        rows = self._mentions[_TABLE_COLUMNS].head(10).to_html(index=False, escape=True, border=0)
        return f"<p>{self._summary()}. No map below? Trust the notebook, or call <code>.show()</code>.</p>{frame}" + (
            f"<details><summary>First rows of the mention table</summary>{rows}</details>"
        )


def to_map(
    mentions: pd.DataFrame,
    *,
    documents: Iterable[Document] = (),
    title: str = "",
    offline: bool = True,
    incidents: pd.DataFrame | None = None,
    about: Mapping[str, str] | None = None,
    boundaries: str | Path | None = None,
    blur_km: float | None = None,
    tiles: Sequence[str] = (),
    corrections: Sequence[tuple[str, str]] = (),
    language: str = "en",
    embed: bool = False,
    story: str | Path | None = None,
    gazetteer: Surroundings | None = None,
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
        Whether the page is to hold all it needs and load nothing.
    incidents
        The incident table, to show in how many reports of how many independent sources an event is told.
    about
        Facts about how the table was made, for the page to show beside those it knows: name → fact.
    boundaries
        A GeoJSON file or GeoPackage with other boundaries to draw, in WGS 84 degrees; see `read_boundaries`. Units and
        countries among them take the place of the bundled outlines; see `geomap.exporters.leaflet.own_units`.
    blur_km
        Show points at the middle of cells about so many kilometres wide. This keeps a dot from being taken for an exact
        position; it hides no place, since names and sentences stay. See `geomap.exporters.leaflet.blur`.
    tiles
        Names of online backgrounds as xyzservices has them, such as ``CyclOSM``, to be offered, too; off at first.
    corrections
        What people corrected, in words, each with what became of it; for the page to list.
    language
        Language of the interface: one of `geomap.exporters.leaflet.languages.LANGUAGES`, such as ``uk``. Reports, and
        names of places as the gazetteer has them, stay as they are.
    embed
        Whether the page opens as a frame for another page: title, map, key and credit, without the reading pane.
        Every page does so with ``#embed`` at the end of its address.
    story
        A TOML file of saved addresses with captions, which the page tells step by step; see `read_story`.
    gazetteer
        Where to look up the settlements within 30 km of the places, such as ``geomap.load_gazetteer()``: the page names
        them quietly when it is zoomed in. Without it the ground is empty from zoom 9 on.

    Returns
    -------
        A `folium.Map` that shows itself in a notebook; ``.save("map.html")`` writes the page.

    Raises
    ------
    TableError
        If a table lacks columns or a row says not where its mention is, or two different reports have one id.
    ConfigError
        If the boundaries cannot be read, the blur makes no sense, a background cannot be had or there is no such
        language.
        If the boundaries or the story cannot be read, the blur makes no sense or a background cannot be had.
    """
    features = [] if boundaries is None else read_features(Path(boundaries))
    drawn = None if boundaries is None else read_boundaries(boundaries, features)
    extras = Extras(
        incidents=incidents,
        about=about,
        boundaries=drawn,
        areas=() if drawn is None else tuple(own_areas(features, [*drawn["lines"], *drawn["disputed"]])),
        blur_km=blur_km,
        tiles=tuple(tile_layer(name) for name in tiles),
        corrections=tuple(corrections),
        language=language,
        embed=embed,
        story=None if story is None else read_story(story),
        gazetteer=gazetteer,
    )
    return GeoMap(mentions, documents=documents, title=title, offline=offline, extras=extras)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
