"""The map is at home in folium: its layers, plugins, popups, icons, tiles and calls do here what they do there."""

import random
import re
from collections.abc import Callable
from typing import Any

import folium
import pytest
from folium import plugins
from selenium import webdriver

from geomap.errors import GeomapWarning
from geomap.exporters.leaflet import MentionLayer, to_map
from geomap.exporters.leaflet.html import assets
from geomap.tables import to_mentions
from tests.browser.looking import Open, click, run, texts, until, with_text
from tests.browser.war_reports import war_reports
from tests.by_hand import POKROVSK, parse_by_hand

pytestmark = pytest.mark.browser

TABLE, REPORTS = war_reports()
KYIV = (50.45, 30.52)
VISIBLE = """return [...document.querySelectorAll('.gm-marker, .gm-chip, path.gm-outline')]
  .filter((node) => node.getClientRects().length).length"""
MAP = "map_geomap"
VIEW = f"const {{ lat, lng }} = {MAP}.getCenter(); return [lat, lng, {MAP}.getZoom()]"
GROUND = "return document.querySelectorAll('.leaflet-gm-base-pane canvas').length"
JOURNEY = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "geometry": {"type": "LineString", "coordinates": [[30.5, 50.4], [36.2, 50.0], [37.2, 48.3]]},
            "properties": {"times": ["2024-08-06", "2024-08-07", "2024-08-08"]},
        }
    ],
}


def test_foliums_plugins_run_on_the_map_beside_its_own_signs(
    open_connected: Callable[..., Any], connected: tuple[webdriver.Chrome, list[str]]
) -> None:
    shown = to_map(TABLE, documents=REPORTS)
    tiles = folium.TileLayer("https://{s}.tiles.example.org/{z}/{x}/{y}.png", attr="Tiles")
    plugins.MiniMap(tile_layer=tiles).add_to(shown)
    plugins.MeasureControl().add_to(shown)
    plugins.HeatMap([[48.3, 37.2, 1.0], [50.0, 36.2, 0.5]], name="Heat").add_to(shown)
    plugins.MarkerCluster([KYIV, KYIV], name="Clustered").add_to(shown)
    plugins.Draw(export=True).add_to(shown)
    plugins.TimestampedGeoJson(JOURNEY, period="P1D", auto_play=False).add_to(shown)
    folium.LayerControl(collapsed=False).add_to(shown)
    with pytest.warns(
        GeomapWarning, match="Draw and HeatMap and MarkerCluster and MeasureControl and MiniMap and TimestampedGeoJson"
    ):
        page = shown.to_html()
    browser = open_connected(page)
    controls = (".leaflet-control-minimap", ".leaflet-control-measure", ".leaflet-draw", ".leaflet-bar-timecontrol")
    for drawn in (*controls, ".marker-cluster", "canvas.leaflet-heatmap-layer", ".gm-marker", "#gm-panel"):
        assert run(browser, "return document.querySelectorAll(arguments[0]).length", drawn), drawn
    until(browser, "return document.querySelectorAll('.leaflet-control-minimap img.leaflet-tile-loaded').length")
    assert {address.split("/")[0] for address in connected[1]} >= {"a.tiles.example.org", "cdn.jsdelivr.net"}
    click(browser, ".leaflet-draw-draw-marker")
    assert run(browser, "return document.querySelectorAll('.leaflet-mouse-marker').length") == 1


def test_a_layer_control_switches_the_mentions_off_and_on(open_page: Open) -> None:
    shown = to_map(TABLE, documents=REPORTS)
    folium.FeatureGroup(name="Mine").add_to(shown)
    folium.LayerControl(collapsed=False).add_to(shown)
    browser = open_page(shown.to_html())
    assert len(texts(browser, ".leaflet-control-layers")) == 1  # the page has no second one
    overlays = [name.strip() for name in texts(browser, ".leaflet-control-layers-overlays label")]
    assert overlays == ["Mentions", "Mine", "Online: NASA heat anomalies"]
    before = run(browser, VISIBLE)
    switch = with_text(browser, ".leaflet-control-layers-overlays label", " Mentions")
    click(browser, switch)
    assert (before > 3, run(browser, VISIBLE)) == (True, 0)
    click(browser, switch)
    assert run(browser, VISIBLE) == before


def test_a_layer_that_is_not_shown_waits_for_its_switch_or_for_who_goes_to_a_place(open_page: Open) -> None:
    plain = folium.Map(tiles=None)
    MentionLayer(TABLE, documents=REPORTS, panel=True, show=False, name="Reports").add_to(plain)
    folium.LayerControl(collapsed=False).add_to(plain)
    browser = open_page(_offline(plain))
    assert run(browser, VISIBLE) == 0
    click(browser, with_text(browser, ".gm-mention", "Sudzha"))
    assert until(browser, VISIBLE) > 3
    assert run(browser, "return document.querySelector('.leaflet-control-layers-overlays input').checked")


def test_a_popup_and_a_tooltip_work_without_a_network(open_page: Open) -> None:
    shown = to_map(TABLE, documents=REPORTS, offline=True, location=KYIV, zoom_start=7)
    popup = '<b class="mine" onclick="this.title=`clicked`">Depot</b>'
    folium.Marker(KYIV, popup=popup, tooltip="Stores").add_to(shown)
    browser = open_page(shown.to_html())
    click(browser, "img.leaflet-marker-icon")
    assert until(browser, "return document.querySelector('.leaflet-popup .mine')?.offsetParent != null")
    click(browser, ".leaflet-popup .mine")
    assert run(browser, "return document.querySelector('.mine').title") == "clicked"
    assert "Stores" in " ".join(texts(browser, ".leaflet-tooltip"))


def test_an_icon_of_foliums_fonts_is_drawn(open_connected: Callable[..., Any]) -> None:
    shown = to_map(TABLE, documents=REPORTS)
    folium.Marker(KYIV, icon=folium.Icon(color="red", icon="car", prefix="fa")).add_to(shown)
    with pytest.warns(GeomapWarning, match="Icon"):
        page = shown.to_html()
    browser = open_connected(page)
    assert run(browser, "return document.querySelectorAll('.awesome-marker-icon-red .fa-car').length") == 1


def test_a_map_opens_on_the_tiles_it_was_made_with_and_offers_them_by_name(
    open_connected: Callable[..., Any], connected: tuple[webdriver.Chrome, list[str]]
) -> None:
    tiles = folium.TileLayer("https://{s}.tiles.example.org/{z}/{x}/{y}.png", attr="© <b>Tiles</b>", name="My tiles")
    browser = open_connected(to_map(TABLE, documents=REPORTS, tiles=tiles).to_html())
    assert until(browser, "return document.querySelectorAll('img.leaflet-tile-loaded').length")
    assert "b.tiles.example.org" in {address.split("/")[0] for address in connected[1]}
    chosen = "return document.querySelector('.leaflet-control-layers-base input:checked').parentNode.textContent"
    assert run(browser, chosen).strip() == "My tiles"
    assert "© Tiles" in texts(browser, ".leaflet-control-attribution")[0]


def test_tiles_are_drawn_over_the_ground_or_instead_of_it(open_connected: Callable[..., Any]) -> None:
    address = "https://tiles.example.org/{z}/{x}/{y}.png"
    shown = to_map(TABLE, documents=REPORTS)
    folium.TileLayer(address, attr="T", name="Labels", overlay=True).add_to(shown)
    browser = open_connected(shown.to_html())
    height = f"const height = (pane) => Number(getComputedStyle({MAP}.getPane(pane)).zIndex)"
    assert run(browser, f"{height}; return height('gm-base') < height('tilePane')")
    assert run(browser, GROUND) == 1
    silent = folium.TileLayer(address, attr="T", name="Silent", control=False)
    browser = open_connected(to_map(TABLE, documents=REPORTS, tiles=silent).to_html())
    assert run(browser, GROUND) == 0
    assert "Silent" not in " ".join(texts(browser, ".leaflet-control-layers"))


def test_tiles_that_cannot_be_reached_give_way_to_the_ground_that_is_in_the_page(
    chromium: webdriver.Chrome, open_page: Open
) -> None:
    tiles = folium.TileLayer("https://{s}.tiles.invalid/{z}/{x}/{y}.png", attr="Tiles", name="My tiles")
    browser = open_page(to_map(TABLE, documents=REPORTS, tiles=tiles).to_html())
    chosen = "return document.querySelector('.leaflet-control-layers-base input:checked').parentNode.textContent"
    until(browser, f"return !(() => {{ {chosen} }})().includes('My tiles')")
    assert run(browser, GROUND) == 1
    chromium.get_log("browser")  # tiles that failed


def test_a_map_opens_where_its_maker_says(open_page: Open) -> None:
    made = to_map(TABLE, documents=REPORTS, location=KYIV, zoom_start=9)
    browser = open_page(made.to_html())
    assert run(browser, VIEW) == pytest.approx([*KYIV, 9], abs=0.01)
    browser = open_page(made.to_html(), link="#map=5/10.5/20.5")
    assert run(browser, VIEW) == pytest.approx([10.5, 20.5, 5], abs=0.05)  # half a pixel


@pytest.mark.parametrize("width", [1400, 390])
def test_bounds_are_fitted_once_the_map_has_its_size(open_page: Open, width: int) -> None:
    made = to_map(TABLE, documents=REPORTS)
    made.fit_bounds([[46, 22], [52, 40]], max_zoom=6)
    browser = open_page(made.to_html(), width=width)
    script = "const fits = (zoom) => map_geomap.getBoundsZoom([[46, 22], [52, 40]]) === zoom"
    inside = "return map_geomap.getBounds().contains([[46, 22], [52, 40]])"
    assert run(browser, inside)
    assert run(browser, f"{script}; return fits(map_geomap.getZoom())")


def test_a_popup_that_opens_with_the_page_does_not_say_where_that_is(open_page: Open) -> None:
    made = to_map(TABLE, documents=REPORTS)
    first = run(open_page(made.to_html()), VIEW)
    folium.Marker((89, -179), popup=folium.Popup("Far away", show=True)).add_to(made)
    assert run(open_page(made.to_html()), VIEW) == first


def test_the_page_says_which_host_it_may_not_ask(chromium: webdriver.Chrome, open_page: Open) -> None:
    browser = open_page(to_map(TABLE, documents=REPORTS).to_html())
    run(browser, "fetch('https://nominatim.example.org/search?q=x').catch(() => {})")
    said = until(browser, "return document.querySelector('#gm-toast.gm-on')?.textContent")
    assert said.endswith('.allow("https://nominatim.example.org")')
    assert "Content Security Policy" in chromium.get_log("browser")[0]["message"]


def test_the_bounds_of_the_map_are_those_of_what_it_shows(open_page: Open) -> None:
    made = to_map(TABLE, documents=REPORTS)
    made.fit_bounds(made.get_bounds())
    browser = open_page(made.to_html())
    outside = """return [...document.querySelectorAll('.gm-marker')].filter((node) => {
      const box = node.getBoundingClientRect();
      return box.right < 0 || box.left > innerWidth || box.bottom < 0 || box.top > innerHeight;
    }).length"""
    assert run(browser, outside) == 0


def test_on_a_map_of_the_users_own_the_layer_adds_its_signs_and_nothing_else(open_page: Open) -> None:
    plain = folium.Map(KYIV, zoom_start=6, tiles=None, width=700, height=400)
    plain.get_root().html.add_child(folium.Element('<h1 style="margin: 0">My page</h1>'))
    plain.get_root().html.add_child(folium.Element('<p style="position: absolute; top: 3000px">Its end</p>'))
    MentionLayer(TABLE, documents=REPORTS).add_to(plain)
    browser = open_page(_offline(plain))
    assert run(browser, VISIBLE) > 3
    assert not run(browser, "return document.querySelector('#gm-panel').getClientRects().length")
    box = f"const {{ width, height }} = {plain.get_name()}.getContainer().getBoundingClientRect()"
    assert run(browser, f"{box}; return [width, height]") == [700, 400]
    assert run(browser, "return document.documentElement.scrollHeight") > 2000  # the page scrolls as it did
    assert run(browser, f"return {plain.get_name()}.getZoom()") == 6
    assert len(texts(browser, ".leaflet-control-zoom")) == 1
    click(browser, ".gm-marker.gm-place")
    assert until(browser, "return document.querySelectorAll('.leaflet-popup .gm-card').length") == 1


def test_the_layer_can_stand_in_a_group_of_features(open_page: Open) -> None:
    plain = folium.Map(tiles=None)
    group = folium.FeatureGroup("Everything").add_to(plain)
    MentionLayer(TABLE, documents=REPORTS).add_to(group)
    folium.LayerControl(collapsed=False).add_to(plain)
    browser = open_page(_offline(plain))
    assert run(browser, VISIBLE) > 3
    click(browser, with_text(browser, ".leaflet-control-layers-overlays label", " Everything"))
    assert run(browser, VISIBLE) == 0


def test_a_plugin_that_fails_to_load_leaves_the_map_as_it_is(chromium: webdriver.Chrome, open_page: Open) -> None:
    shown = to_map(TABLE, documents=REPORTS)
    plugins.MiniMap(tile_layer=folium.TileLayer("https://tiles.invalid/{z}/{x}/{y}.png", attr="T")).add_to(shown)
    folium.LayerControl().add_to(shown)
    with pytest.warns(GeomapWarning, match="MiniMap"):
        page = shown.to_html()
    browser = open_page(page)
    assert run(browser, VISIBLE) > 3
    chromium.get_log("browser")


def test_a_notebook_shows_a_map_of_several_megabytes(open_page: Open) -> None:
    noise = random.Random(5).randbytes(4_000_000).hex()
    one = parse_by_hand(f"{noise} Pokrovsk.", ("Pokrovsk", POKROVSK))
    output = to_map(to_mentions([one]), documents=[one.document])._repr_html_()
    assert len(output) > 2_500_000
    browser = open_page(f"<!DOCTYPE html><title>Notebook</title>{output}", wait="")
    browser.switch_to.frame(browser.find_element("css selector", "iframe"))
    assert until(browser, "return document.querySelectorAll('.gm-marker').length") == 1
    browser.switch_to.default_content()


def _offline(plain: folium.Map) -> str:
    """Render a plain map with folium's own Leaflet and jQuery in the page, as there is no network."""
    page = plain.get_root().render()
    for name in ("leaflet.js", "leaflet.css", "supercluster.min.js", "jquery.min.js"):
        asset = assets.assets()[name]
        tags = rf"""<(?:script|link)[^>]*{asset.package}[^>]*{name.rsplit(".", 1)[1]}"[^>]*>(?:</script>)?"""
        page = re.sub(tags, lambda _, asset=asset: assets.inline_tag(asset), page, count=1)
    return re.sub(r"""<(?:script|link)[^>]*https:[^>]*>(?:</script>)?""", "", page)
