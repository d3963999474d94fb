"""The Leaflet map: a folium map that carries the mentions, writes itself as one file, and shows in notebooks."""

import html
import os
import tempfile
import webbrowser
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO

import folium
import pandas as pd
import xyzservices
from branca.element import Figure
from folium.template import Template

from geomap.errors import ConfigError
from geomap.exporters.export import PAGES
from geomap.exporters.leaflet.html.assets import assets
from geomap.exporters.leaflet.html.foreign_elements import promised_files
from geomap.exporters.leaflet.html.languages import words_of
from geomap.exporters.leaflet.html.page_figure import PageFigure
from geomap.exporters.leaflet.mention_layer import NO_EXTRAS, START, Extras, MentionLayer
from geomap.formats import check_ending
from geomap.types import Document
from geomap.writing import write_file

_ZOOM_LIMIT = 14
"""How far the built-in ground can be zoomed into; tiles go further."""

LIMIT = 20_000_000
"""Bytes of page that a notebook's output holds: as many came through Jupyter's server when outputs of 1 to 20 MB were
tried. Every display stores them in the notebook once more."""

HEIGHT = "640px"
"""Height of the map unless the user gives one."""

_SHOWN = ["toponym", "name", "country_code", "role", "confidence", "sentence", "title"]


class GeoMap(folium.Map):
    """A folium map of a mention table; other folium layers can be added to it.

    Of the ten files that folium asks for by default only Leaflet is loaded, and the others once an added element needs
    them. Report text is not in any folium element but the one `MentionLayer`, which keeps it out of every template.

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
    location, zoom_start, tiles, attr, max_zoom, options
        As those of `folium.Map`, which takes all of them. Without a location the map opens where the places are, and
        without tiles on the built-in ground. Width and height are those in a notebook; elsewhere it fills the window.

    Raises
    ------
    TableError
        As `to_map` does.
    ConfigError
        If the projection is not that of web maps.
    """

    # The constant part of folium's own template; its script is folium's.
    _template = Template(
        """
        {% macro html(this, kwargs) %}<div class="folium-map" id="{{ this.get_name() }}"></div>{% endmacro %}
        {% macro script(this, kwargs) %}{{ this.script_of_folium(kwargs) }}{% endmacro %}
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
        offline: bool | None = None,
        extras: Extras = NO_EXTRAS,
        location: Sequence[float] | None = None,
        zoom_start: int = 10,
        tiles: str | folium.TileLayer | xyzservices.TileProvider | None = None,
        attr: str | None = None,
        max_zoom: int | None = None,
        **options: Any,
    ) -> None:
        if options.get("crs", "EPSG3857") != "EPSG3857":
            raise ConfigError(f"crs={options['crs']!r}: the page draws in the projection of web maps; leave crs out")
        middle, zoom = START if location is None else (location, zoom_start)
        deepest = max_zoom or max(_ZOOM_LIMIT, zoom, 0 if tiles is None else 18)
        own: dict[str, Any] = {"zoom_snap": 0.5, "min_zoom": 0, "max_zoom": deepest}  # the page raises the least
        given: dict[str, Any] = {"zoom_control": False, **options, "tiles": tiles, "attr": attr, "max_zoom": max_zoom}
        super().__init__(location=middle, zoom_start=zoom, **given)
        self.options = {**own, **self.options}
        self.control_scale = False  # the page has one
        self._id = "geomap"
        self.default_js, self.default_css = list(type(self).default_js), list(type(self).default_css)
        self._frame_size = (options.get("width", "100%"), options.get("height", HEIGHT))
        self._mentions = mentions
        hosts = [host for layer in extras.tiles for host in layer["hosts"]]
        words = words_of(extras.language)
        self._page_figure = figure = PageFigure(
            words=words,
            title=title or words["page.title"],
            offline=offline,
            tile_hosts=hosts,
            reads_beside=extras.basemap is not None and "data" not in extras.basemap,
        )
        figure.add_child(self)
        layer = MentionLayer(mentions, documents=documents, title=title, extras=extras, panel=True)
        self._counts: Mapping[str, int] = layer.data["counts"]
        layer.add_to(self)

    def script_of_folium(self, kwargs: Mapping[str, Any]) -> str:
        """Return the script of `folium.Map` for this map."""
        script: str = folium.Map._template.module.script(self, kwargs)
        return script

    def render(self, **kwargs: Any) -> None:  # type: ignore[override]
        """Put the map into its figure, with folium's own files when that is another one than geomap's."""
        figure = self.get_root()
        if isinstance(figure, Figure) and not isinstance(figure, PageFigure):
            for name, link in promised_files().items():
                figure.header.add_child(link, name=name)
        super().render(**kwargs)  # type: ignore[no-untyped-call]

    def allow(self, address: str) -> None:
        """Let the page load images, fonts and data from a host that the script of an added plugin asks by itself.

        Addresses that an element writes into the page are allowed already. The page says which hosts it was refused.

        Parameters
        ----------
        address
            An address on the host, such as ``https://nominatim.openstreetmap.org`` for folium's Geocoder.

        Raises
        ------
        ConfigError
            If it names no host.
        """
        self._page_figure.allow(address)

    def to_html(self, *, offline: bool | None = None) -> str:
        """Return the whole page.

        Parameters
        ----------
        offline
            Whether the page holds everything it needs. ``True``: it loads nothing, and a plugin whose files geomap does
            not have is an error. ``False``: it loads Leaflet and two small libraries from a CDN, with integrity hashes,
            and is about 170 KB shorter. ``None``: as the map was made; a map made with ``None`` holds what geomap has,
            and loads the files of plugins, with a warning that names their hosts.

        Raises
        ------
        ConfigError
            If the page is to be offline and cannot be; the message names the plugin, its files and what to do.
        """
        figure = self.get_root()
        page: str = figure.render(offline=offline) if isinstance(figure, PageFigure) else figure.render()
        return page

    def save(  # type: ignore[override]
        self,
        outfile: str | bytes | os.PathLike[str] | BinaryIO,
        close_file: bool = True,  # noqa: FBT001, FBT002  # as folium's
        *,
        offline: bool | None = None,
    ) -> None:
        """Write the page to a file, under a temporary name first, or to a file object, as `folium.Map.save` does.

        Parameters
        ----------
        outfile
            A path, or what has ``write``, such as `io.BytesIO`.
        close_file
            Whether to close a file object afterwards.
        offline
            That of `to_html`.

        Raises
        ------
        ConfigError
            If the file's name ends in neither ``.html`` nor ``.htm``, or as `to_html` does.
        OutputError
            If the folder does not exist or the file cannot be written.
        """
        if isinstance(outfile, str | bytes | os.PathLike):
            path = os.fsdecode(outfile)
            check_ending(path, PAGES, "a map")
            write_file(path, self.to_html(offline=offline))
            return
        outfile.write(self.to_html(offline=offline).encode("utf-8", "replace"))
        if close_file:
            outfile.close()

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
        width, height = (size if isinstance(size, str) else f"{size}px" for size in self._frame_size)
        return notebook_output(self.to_html(), self._mentions, summary=self._summary(), width=width, height=height)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def notebook_output(
    page: str, mentions: pd.DataFrame, *, summary: str, width: str, height: str, unfolded: bool = False
) -> str:
    """Return what a notebook shows.

    Parameters
    ----------
    page
        The whole page. It goes into a frame of its own, in a sandbox: in JupyterLab, VS Code and files that nbconvert
        writes, scripts run in frames and outputs are stored as they are. Above `LIMIT` words stand in its place.
    mentions
        The mention table, of which ten rows are shown.
    summary
        One line of plain text.
    width, height
        Of the frame, as CSS has lengths.
    unfolded
        Whether the rows are seen at once.
    """
    frame = (
        f'<iframe srcdoc="{html.escape(page, quote=True)}" title="Map of the mentions" loading="lazy" '
        'sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox" '
        f'style="width:{width};height:{height};border:1px solid #ccc;border-radius:8px"></iframe>'
    )
    if len(frame) > LIMIT:
        frame = "<p>The map is too large to show here: call <code>.save('map.html')</code> and open the file.</p>"
    rows = mentions[_SHOWN].head(10).to_html(index=False, escape=True, border=0)
    trust = "No map below? Trust the notebook, or call <code>.show()</code>."
    return (
        f"<p>{html.escape(summary)}. {trust}</p>{frame}"
        f"<details{' open' * unfolded}><summary>First rows of the mention table</summary>{rows}</details>"
    )
