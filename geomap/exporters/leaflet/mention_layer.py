"""The one layer that draws everything: a folium element whose data never meets a template."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import folium
import pandas as pd
from branca.element import Figure
from folium.elements import JSCSSMixin
from folium.map import FitBounds, FitOverlays, Layer
from folium.template import Template
from folium.utilities import JsCode

from geomap.errors import ConfigError
from geomap.exporters.blurred_points import blurred
from geomap.exporters.leaflet.basemap import base_map, packed
from geomap.exporters.leaflet.basemap.settlements import Surroundings
from geomap.exporters.leaflet.basemap.user_units import OwnArea
from geomap.exporters.leaflet.html.assets import assets, early_script, page_script, page_shell, page_style
from geomap.exporters.leaflet.html.escaping import Page, RawElement, data_block, json_for_script
from geomap.exporters.leaflet.html.languages import words_of
from geomap.exporters.leaflet.payload.method import about_corrections, about_page, program
from geomap.exporters.leaflet.payload.page_data import page_data
from geomap.exporters.leaflet.payload.story import Story, story_data
from geomap.types import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Extras:
    """What a page shows besides mentions and reports."""

    incidents: pd.DataFrame | None = None
    """The incident table: which reports tell of one occurrence."""
    about: Mapping[str, str] | None = None
    """Facts about how the map was made, name by name, such as the recognizer."""
    boundaries: Page | None = None
    """Other boundaries, as `read_boundaries` returns them."""
    areas: tuple[OwnArea, ...] = ()
    """Areas of their file, as `own_areas` returns them, which may take the place of bundled outlines."""
    blur_km: float | None = None
    """Width of the cells whose middles stand for the points, see `blurred`; ``None`` for exact ones."""
    tiles: tuple[Page, ...] = ()
    """Online backgrounds, as `tile_layer` returns them."""
    corrections: tuple[tuple[str, str], ...] = ()
    """What people corrected, in words, each with what became of it."""
    language: str = "en"
    """Language of the interface, one of `geomap.exporters.leaflet.html.languages.LANGUAGES`; reports stay as they
    are."""
    embed: bool = False
    """Whether the page opens as a frame for another page: title, map, key and credit, without the reading pane."""
    story: Story | None = None
    """A story to tell, as `read_story` returns it."""
    basemap: Page | None = None
    """Vector tiles of the user's own, as `read_tiles` returns them."""
    gazetteer: Surroundings | None = None
    """Where the settlements around the places are looked up; ``None`` for none."""


NO_EXTRAS = Extras()
"""A page of mentions and reports alone."""


START = ([20.0, 0.0], 2)
"""Middle and zoom of a map of nothing; any other one opens where its places are."""

UNPLACED = (START, ([0.0, 0.0], 1))
"""Middle and zoom of maps of which the user does not say where they open, here and in `folium.Map`."""


_BARE = '<script>document.documentElement.classList.add("gm-bare");</script>'
"""Says to style and script that the page is the user's, with a map in it."""


class MentionLayer(JSCSSMixin, Layer):
    """All mentions of a table, with their markers, labels and outlines; a `folium.map.Layer` as folium's own are.

    ``MentionLayer(mentions).add_to(folium.Map())`` draws them on any map and opens places in popups; `GeoMap` adds the
    reading pane, the filters and the timeline. One a page. A plain `folium.Map` loads folium's files from the network
    and has no Content-Security-Policy; `GeoMap` does better on both.

    Parameters
    ----------
    mentions
        The mention table.
    documents
        Reports for the reading pane; without them it shows the sentences that the table quotes.
    title
        Heading of the panel.
    extras
        What else the page shows, see `Extras`.
    panel
        Whether to surround the map with the reading pane, the filters, the timeline and geomap's own controls; together
        they take the whole window.
    name
        What a `folium.LayerControl` calls the layer.
    overlay
        Whether a `folium.LayerControl` lists it as one to tick, else as one to choose.
    control
        Whether a `folium.LayerControl` lists it.
    show
        Whether its signs are to be seen when the page opens.
    """

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        var {{ this.get_name() }} = GeoMapPage.mount({{ this.map_name() }}, {{ this.mounting() | tojavascript }});
        {% endmacro %}
        """
    )
    default_js = [  # noqa: RUF012
        ("geomap_supercluster", assets()["supercluster.min.js"].url),
        ("geomap_statistics", assets()["simple-statistics.min.js"].url),
    ]

    def __init__(
        self,
        mentions: pd.DataFrame,
        *,
        documents: Iterable[Document] = (),
        title: str = "",
        extras: Extras = NO_EXTRAS,
        panel: bool = False,
        name: str = "Mentions",
        overlay: bool = True,
        control: bool = True,
        show: bool = True,
    ) -> None:
        super().__init__(name=name, overlay=overlay, control=control, show=show)
        self._name = "MentionLayer"
        self._id = "geomap"
        self.default_js = list(type(self).default_js)  # folium's add_js_link would change it for all layers
        self._panel = panel
        shown, told = mentions, extras.incidents
        if extras.blur_km is not None:
            shown = blurred(mentions, extras.blur_km)
            told = None if told is None else blurred(told, extras.blur_km)
        data = page_data(shown, documents, title=title, incidents=told)
        data |= {"generator": program(), "about": about_page(extras.about, blur_km=extras.blur_km)}
        data |= {"tiles": list(extras.tiles)} if extras.tiles else {}
        data |= {"boundaries": extras.boundaries} if extras.boundaries else {}
        data |= about_corrections(mentions, extras.corrections)
        data |= {"embed": True} if extras.embed else {}
        data |= {"story": story_data(extras.story, data)} if extras.story else {}
        basemap = dict(extras.basemap or {})
        self._carried = basemap.pop("data", "")
        data |= {"basemap": basemap} if basemap else {}
        self.default_js += [("geomap_protomaps", assets()["protomaps-leaflet.js"].url)] if basemap else []
        self.data = data
        self.words = words_of(extras.language)
        self.base = base_map(self.data, areas=extras.areas, gazetteer=extras.gazetteer)

    def render(self, **kwargs: Any) -> None:  # type: ignore[override]
        """Put the style, the shell, the data and the script into the page; errors as `map_name`."""
        self.map_name()
        style = page_style() if self._panel else page_style(without=("print",))
        figure = self.get_root()
        assert isinstance(figure, Figure)  # noqa: S101  # every folium map is in one
        early = f"<script>\n{early_script()}\n</script>\n" if self._panel else _BARE
        style = f"{early}<style>\n{style}</style>"
        figure.header.add_child(RawElement(style), name="geomap_style")
        figure.html.add_child(RawElement(self.words.fill(page_shell())), name="geomap_shell", index=0)
        figure.html.add_child(data_block("geomap-words", self.words.page_data()), name="geomap_words")
        data = {name: value for name, value in self.data.items() if name != "texts"}
        figure.html.add_child(data_block("geomap-data", data), name="geomap_data")
        figure.html.add_child(data_block("geomap-texts", self.data["texts"], lines=True), name="geomap_texts")
        figure.html.add_child(data_block("geomap-base", packed(self.base), level=9), name="geomap_base")
        if self._carried:
            tiles = f'<script type="application/octet-stream;base64" id="geomap-tiles">{self._carried}</script>'
            figure.html.add_child(RawElement(tiles), name="geomap_tiles")
        figure.html.add_child(RawElement(f"<script>\n{page_script()}\n</script>"), name="geomap_script")
        super().render(**kwargs)  # type: ignore[no-untyped-call]

    def map_name(self) -> str:
        """Return what the page's script calls the map that the layer is on, also by way of a `folium.FeatureGroup`.

        Raises
        ------
        ConfigError
            If the layer is not on a map.
        """
        name: str = self._map().get_name()
        return name

    def mounting(self) -> dict[str, Any]:
        """Return what the page's script has to know of the map and of what else is on it."""
        on_map = list(self._map()._children.values())
        backgrounds = [one for one in on_map if isinstance(one, Layer) and not one.overlay]
        named = [(one.get_name(), one.layer_name if one.control else "") for one in backgrounds]
        pairs = ", ".join(f"[{_quoted(name)}, {variable}]" for variable, name in named)
        chooser = next((one.get_name() for one in on_map if isinstance(one, folium.LayerControl)), "null")
        given = JsCode(f"() => ({{ chooser: {chooser}, backgrounds: [{pairs}] }})")  # when the script has made them
        return {"placed": self._is_placed(), "given": given}

    def _map(self) -> folium.Map:
        parent = self._parent
        while parent is not None and not isinstance(parent, folium.Map):
            parent = parent._parent
        if parent is None:
            raise ConfigError("the MentionLayer is not on a map; add it to one: MentionLayer(…).add_to(folium.Map())")
        return parent

    def _is_placed(self) -> bool:
        """Tell whether the user says where the map opens, so that the page need not find it."""
        shown = self._map()
        moves = any(isinstance(child, FitBounds | FitOverlays) for child in shown._children.values())
        return moves or (list(shown.location), shown.options["zoom"]) not in UNPLACED

    def _get_self_bounds(self) -> list[list[float | None]]:
        """Return the south-west and north-east corners of what is drawn, in degrees; all None when nothing is."""
        places = self.data["places"]
        if not places:
            return [[None, None], [None, None]]
        latitudes, longitudes = ([place[name] for place in places] for name in ("latitude", "longitude"))
        return [[min(latitudes), min(longitudes)], [max(latitudes), max(longitudes)]]


def _quoted(text: str) -> str:
    """Write text for a script that branca will compile as a template once more."""
    return json_for_script(text).replace("{", "\\u007b").replace("}", "\\u007d").replace("%", "\\u0025")
