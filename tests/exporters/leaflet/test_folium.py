"""What folium says of its maps and layers holds for ours: saving, bounds, files, hosts, and what a page allows."""

import base64
import copy
import hashlib
import io
import pickle
import re
from pathlib import Path

import folium
import pandas as pd
import pytest
from branca.element import Element, Figure, JavascriptLink
from folium import plugins

from geomap.errors import ConfigError, GeomapWarning
from geomap.exporters.leaflet import GeoMap, MentionLayer, to_map
from geomap.exporters.leaflet.html import assets
from geomap.exporters.leaflet.html.foreign_elements import foreign_in
from geomap.tables import to_mentions
from geomap.types import ParsedDocument

needs_vendor = pytest.mark.skipif(
    not assets.vendored(), reason="the page's files are not here: npm ci && npm run build"
)
TILES = "https://{s}.tiles.example.org/{z}/{x}/{y}.png"


@pytest.fixture
def table(parsed: list[ParsedDocument]) -> pd.DataFrame:
    return to_mentions(parsed)


def policy_of(page: str) -> dict[str, list[str]]:
    found = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert found
    return {name: sources for name, *sources in (part.split() for part in found[1].split(";"))}


def test_the_map_is_a_folium_map_and_its_layer_a_folium_layer(table: pd.DataFrame) -> None:
    shown = to_map(table)
    assert isinstance(shown, folium.Map)
    (layer,) = (child for child in shown._children.values() if isinstance(child, MentionLayer))
    assert isinstance(layer, folium.map.Layer)
    assert (layer.layer_name, layer.overlay, layer.control, layer.show) == ("Mentions", True, True, True)
    folium.LatLngPopup().add_to(shown)
    assert "L.popup()" in shown.to_html()


def test_a_map_is_saved_into_a_file_object_which_is_closed_unless_told_otherwise(table: pd.DataFrame) -> None:
    shown, kept, closed = to_map(table), io.BytesIO(), io.BytesIO()
    shown.save(kept, close_file=False)
    assert kept.getvalue().decode() == shown.to_html()
    shown.save(closed)
    assert closed.closed


def test_a_path_may_be_text_bytes_or_a_path(table: pd.DataFrame, tmp_path: Path) -> None:
    shown = to_map(table)
    for path in (tmp_path / "a.html", str(tmp_path / "b.html"), bytes(tmp_path / "c.html")):
        shown.save(path)
    assert len({path.read_bytes() for path in tmp_path.iterdir()}) == 1
    assert len(list(tmp_path.iterdir())) == 3


def test_the_figure_writes_the_same_page_as_the_map(table: pd.DataFrame, tmp_path: Path) -> None:
    shown = to_map(table, offline=False)
    root = shown.get_root()
    assert isinstance(root, Figure)
    assert root.render() == shown.to_html()
    root.save(tmp_path / "root.html")
    assert (tmp_path / "root.html").read_text("utf-8") == shown.to_html()


def test_a_map_can_be_written_again_after_something_was_added(table: pd.DataFrame) -> None:
    shown = to_map(table)
    before = shown.to_html()
    assert shown.to_html() == before
    assert (shown.to_html(offline=False), shown.to_html()) == (shown.to_html(offline=False), before)
    folium.CircleMarker((48.0, 37.0), tooltip="More").add_to(shown)
    assert "L.circleMarker" in shown.to_html()


def test_a_copy_writes_the_same_page(table: pd.DataFrame) -> None:
    shown = to_map(table)
    page = shown.to_html()
    assert pickle.loads(pickle.dumps(shown)).to_html() == page
    assert copy.deepcopy(shown).to_html() == page


def test_bounds_are_those_of_what_is_drawn_and_of_what_was_added(table: pd.DataFrame) -> None:
    shown = to_map(table)
    assert shown.get_bounds() == [[-22.55941, 17.08323], [48.28204, 37.1758]]
    folium.Marker((60.0, -10.0)).add_to(shown)
    assert shown.get_bounds() == [[-22.55941, -10.0], [60.0, 37.1758]]
    assert to_map(table.head(0)).get_bounds() == [[None, None], [None, None]]


def test_elements_of_the_users_own_stand_in_the_page_and_their_scripts_may_run(table: pd.DataFrame) -> None:
    shown = to_map(table)
    root = shown.get_root()
    assert isinstance(root, Figure)
    root.header.add_child(Element("<style>h1 { color: red }</style>"))
    root.html.add_child(Element('<h1 onclick="go(&quot;a&quot;)">Title</h1>'))
    root.html.add_child(Element('<script async type="text/javascript">var here = 1;</script>'))
    page = shown.to_html()
    assert page.index("h1 { color: red }") < page.index("</head>") < page.index(">Title</h1>") < page.index("</body>")
    allowed = policy_of(page)["script-src"]
    for code in ("var here = 1;", 'go("a")'):
        digest = base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in allowed
    assert "'unsafe-hashes'" in allowed
    assert "'unsafe-eval'" not in allowed


@needs_vendor
def test_a_page_without_foreign_elements_loads_and_allows_nothing_new(table: pd.DataFrame) -> None:
    page = to_map(table).to_html()
    policy = policy_of(page)
    assert set(policy) == {"default-src", "script-src", "style-src", "img-src", "font-src", "base-uri", "form-action"}
    assert all(source.startswith("'sha256-") for source in policy["script-src"])
    assert "jQuery v" not in page
    assert 'name="referrer" content="no-referrer"' in page


@needs_vendor
def test_a_popup_brings_jquery_into_the_page_once(table: pd.DataFrame) -> None:
    shown = to_map(table, offline=True)
    for latitude in (48.0, 49.0):
        folium.Marker((latitude, 37.0), popup="Here").add_to(shown)
    page = shown.to_html()
    assert page.count("jQuery v3") == 1
    assert page.index("jQuery v3") < page.index("var map_geomap")
    linked = shown.to_html(offline=False)
    assert re.search(r'<script src="https://cdn.jsdelivr.net/npm/jquery@[^"]*" integrity="sha384-', linked)


def test_the_files_of_a_plugin_are_linked_allowed_and_named_in_a_warning(table: pd.DataFrame) -> None:
    shown = to_map(table)
    plugins.Draw().add_to(shown)
    with pytest.warns(GeomapWarning, match=r"for Draw the page loads files from .*cdnjs\.cloudflare\.com"):
        page = shown.to_html()
    script, style = (plugins.Draw.default_js[0][1], plugins.Draw.default_css[0][1])
    policy = policy_of(page)
    assert script in policy["script-src"]
    assert style in policy["style-src"]
    folder = style.rsplit("/", 2)[0] + "/"  # its images and fonts
    assert folder in policy["img-src"]
    assert folder in policy["font-src"]
    assert page.index(script) < page.index("L.Control.Draw")
    assert "awesome-markers.js" in page  # what `folium.Map` promises to every plugin


def test_a_page_that_must_be_offline_names_the_plugin_its_files_and_the_ways_out(table: pd.DataFrame) -> None:
    shown = to_map(table, offline=True)
    plugins.MiniMap().add_to(shown)
    with pytest.raises(ConfigError, match=r"MiniMap needs .*Control\.MiniMap\.js.*offline=None.*add_js_link") as error:
        shown.to_html()
    assert "\n" not in str(error.value)
    with pytest.raises(ConfigError, match="MiniMap"):
        shown.save("never.html")
    assert not Path("never.html").exists()


def test_a_page_that_must_be_offline_may_offer_tiles_but_not_open_with_them(table: pd.DataFrame) -> None:
    shown = to_map(table, offline=True, tiles=folium.TileLayer(TILES, attr="T", name="My tiles"))
    with pytest.raises(ConfigError, match=r"My tiles needs https://\{s\}\.tiles\.example\.org"):
        shown.to_html()
    later = to_map(table, offline=True)
    folium.TileLayer(TILES, attr="T", name="My tiles", show=False).add_to(later)
    assert "https://*.tiles.example.org" in policy_of(later.to_html())["img-src"]


def test_a_plugin_is_carried_when_the_user_has_copies_of_its_files(table: pd.DataFrame, tmp_path: Path) -> None:
    (tmp_path / "mini map.js").write_text("L.Control.MiniMap = '</script>';\n//# sourceMappingURL=x", "utf-8")
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / "toggle.svg").write_text("<svg/>", "utf-8")
    (tmp_path / "mini.css").write_text("a { background: url('images/toggle.svg') } b { background: url(gone.png) }")
    shown = to_map(table, offline=True)
    mini = plugins.MiniMap(tile_layer=folium.TileLayer(TILES, attr="T")).add_to(shown)
    mini.default_js, mini.default_css = list(mini.default_js), list(mini.default_css)
    mini.add_js_link("Control_MiniMap_js", (tmp_path / "mini map.js").as_uri())
    mini.add_css_link("Control_MiniMap_css", (tmp_path / "mini.css").as_uri())
    page = shown.to_html()
    assert "L.Control.MiniMap = '<\\/script>';" in page
    assert "url(data:image/svg+xml;base64,PHN2Zy8+)" in page
    assert "url(gone.png)" in page
    assert not re.search(r"<(script|link)[^>]*(src|href)=", page)
    mini.add_js_link("Control_MiniMap_js", (tmp_path / "none.js").as_uri())
    with pytest.raises(ConfigError, match=r"none\.js: cannot be read"):
        shown.to_html()


def test_a_file_beside_the_page_is_left_to_be_found_there(table: pd.DataFrame) -> None:
    shown = to_map(table, offline=True)
    root = shown.get_root()
    assert isinstance(root, Figure)
    root.header.add_child(JavascriptLink("lib/own.js"), name="own")
    page = shown.to_html()
    assert '<script src="lib/own.js"></script>' in page
    assert "'self'" in policy_of(page)["script-src"]


def test_links_that_are_added_to_one_map_are_not_in_the_next(table: pd.DataFrame) -> None:
    first = to_map(table, offline=False)
    first.add_js_link("own", "https://example.org/own.js")
    assert "https://example.org/own.js" in first.to_html()
    assert "own.js" not in to_map(table, offline=False).to_html()


@pytest.mark.parametrize(
    ("written", "hosts"),
    [
        ('L.tileLayer("https://{s}.tiles.example.org/{z}.png")', ["https://*.tiles.example.org"]),
        ("https://free-{s}.tiles.example.org:8443/x", ["https://*.tiles.example.org:8443"]),
        ("https://{s}tiles.example.org/", ["https://*.example.org"]),
        ("fetch('http://localhost:5000/data')", ["http://localhost:5000"]),
        (r'{"attribution": "\u003ca href=\"https://osm.org/copyright\"\u003e"}', []),
        ('<a href="https://news.example.org/1">report</a>', []),
        ('<svg xmlns="http://www.w3.org/2000/svg">', []),
        ('<img src="https://pictures.example.org/1.jpg">', ["https://pictures.example.org"]),
        ("https://{nothing}/", []),
    ],
)
def test_a_page_may_ask_the_hosts_that_elements_write_but_not_those_that_links_lead_to(
    written: str, hosts: list[str]
) -> None:
    assert list(foreign_in([written], []).hosts) == hosts


def test_a_host_that_a_script_asks_by_itself_can_be_allowed(table: pd.DataFrame) -> None:
    shown = to_map(table)
    shown.allow("https://nominatim.example.org/search?q=")
    shown.allow("tiles.example.org")
    policy = policy_of(shown.to_html())
    assert policy["connect-src"] == ["https://nominatim.example.org", "https://tiles.example.org"]
    assert set(policy["connect-src"]) < set(policy["img-src"])
    for wrong in ("", "nowhere", "javascript:alert(1)", "'self'"):
        with pytest.raises(ConfigError, match="names no host"):
            shown.allow(wrong)


def test_frames_are_allowed_only_where_there_are_some(table: pd.DataFrame) -> None:
    shown = to_map(table)
    folium.Marker((48.0, 37.0), popup=folium.Popup(folium.IFrame("<p>Inside</p>"))).add_to(shown)
    assert policy_of(shown.to_html())["frame-src"] == ["data:"]
    assert "frame-src" not in policy_of(to_map(table).to_html())


def test_the_background_that_a_map_opens_with_is_given_as_folium_takes_it(table: pd.DataFrame) -> None:
    with pytest.warns(UserWarning, match="CartoDB tiles now require an API key"):  # folium's own
        page = to_map(table, tiles="CartoDB positron").to_html()
    assert "https://{s}.basemaps.cartocdn.com/light_all/" in page
    assert "https://*.basemaps.cartocdn.com" in policy_of(page)["img-src"]
    assert 'content="strict-origin-when-cross-origin"' in page
    assert "tile.openstreetmap.org" in to_map(table, tiles="OpenStreetMap").to_html()
    own = GeoMap(table, tiles=TILES, attr="Own").to_html()
    assert "https://*.tiles.example.org" in policy_of(own)["img-src"]
    with pytest.raises(ConfigError, match="did you mean CartoDB"):
        to_map(table, tiles="CartoDB positrom")
    with pytest.raises(ConfigError, match="asks for a key"):
        to_map(table, tiles="MapBox")


def test_options_of_foliums_map_reach_leaflet(table: pd.DataFrame) -> None:
    shown = GeoMap(table, location=(50, 30), zoom_start=8, prefer_canvas=True, scrollWheelZoom=False, max_zoom=12)
    page = shown.to_html()
    assert "center: [50.0, 30.0]" in page
    for option in ('"zoom": 8', '"preferCanvas": true', '"scrollWheelZoom": false', '"maxZoom": 12', '"zoomSnap": 0.5'):
        assert option in page
    front = folium.FeatureGroup(name="Front").add_to(shown)
    shown.keep_in_front(front)
    assert f"{front.get_name()}.bringToFront();" in shown.to_html()
    with pytest.raises(ConfigError, match="crs='EPSG4326'"):
        GeoMap(table, crs="EPSG4326")


def test_a_notebook_shows_the_map_as_large_as_it_was_made(table: pd.DataFrame) -> None:
    assert "width:100%;height:640px;" in GeoMap(table)._repr_html_()
    assert "width:80%;height:300px;" in GeoMap(table, width="80%", height=300)._repr_html_()


def test_a_map_in_another_figure_brings_foliums_own_files(table: pd.DataFrame) -> None:
    figure = Figure(height="500px")
    shown = to_map(table)
    figure.add_child(shown)
    assert shown.get_root() is figure
    page = shown.to_html()
    assert "jquery" in page
    assert "Content-Security-Policy" not in page
    assert "bootstrap.min.css" not in page
    out = io.BytesIO()
    shown.save(out, close_file=False)
    assert "GeoMapPage.mount(map_geomap" in out.getvalue().decode()


def test_the_layer_works_on_any_folium_map_and_in_a_group(table: pd.DataFrame) -> None:
    plain = folium.Map()
    group = folium.FeatureGroup("Mine").add_to(plain)
    MentionLayer(table, name="{{ 7 * 7 }}").add_to(group)
    page = plain.get_root().render()
    assert f"GeoMapPage.mount({plain.get_name()}, " in page
    assert f"mention_layer_geomap.addTo({group.get_name()});" in page
    assert 'classList.add("gm-bare");</script><style>' in page
    with pytest.raises(ConfigError, match="not on a map"):
        MentionLayer(table).add_to(Figure()).render()


@pytest.mark.parametrize(
    ("made", "placed"),
    [
        (folium.Map(), "false"),
        (folium.Map((48.0, 37.0)), "true"),
        (folium.Map((0.0, 0.0), zoom_start=3), "true"),
    ],
)
def test_a_map_opens_where_its_places_are_unless_its_maker_says_where(
    made: folium.Map, placed: str, table: pd.DataFrame
) -> None:
    MentionLayer(table).add_to(made)
    assert f'"placed": {placed}' in made.get_root().render()


def test_bounds_to_fit_are_seen_whenever_they_were_set(table: pd.DataFrame) -> None:
    plain = folium.Map()
    plain.fit_bounds([[0, 0], [1, 1]])
    MentionLayer(table).add_to(plain)
    assert '"placed": true' in plain.get_root().render()


def test_a_name_of_a_background_is_text_in_the_script(table: pd.DataFrame) -> None:
    name = '{{ 7 * 7 }}"</script>'
    page = to_map(table, tiles=folium.TileLayer(TILES, attr="T", name=name)).to_html()
    assert '\\u007b\\u007b 7 * 7 \\u007d\\u007d\\"\\u003c/script\\u003e' in page
