"""What the map draws: signs, clusters, areas, names, opened places, and how they answer."""

import json
from typing import Any

import pandas as pd
import pytest
from selenium import webdriver
from selenium.webdriver.common.keys import Keys

from geomap.exporters.leaflet import GeoMap, to_map
from geomap.exporters.leaflet.mention_layer import MentionLayer
from tests.browser.looking import Open, click, move_pointer, move_pointer_away, point_at, run, texts, until, with_text
from tests.browser.war_reports import war_reports

pytestmark = pytest.mark.browser

BATTLE = ("Battles", "Armed clash")
STRIKE = ("Explosions/Remote violence", "Air/drone strike")


def happened(table: pd.DataFrame, toponym: str, event: tuple[str, str], *, nth: int = 0, **facts: Any) -> None:
    """Let an event have happened at the nth mention of a toponym."""
    row = table.index[table["toponym"] == toponym][nth]
    values = {"event_type": event[0], "event_sub_type": event[1], "is_event_place": True, **facts}
    for column, value in values.items():
        table.loc[row, column] = value


def reports_of_events() -> tuple[pd.DataFrame, Any]:
    table, reports = war_reports()
    happened(table, "Sudzha", BATTLE, event_date="2024-08-11", date_precision=1)
    happened(table, "Sudzha", STRIKE, nth=1, event_date="2024-08-05/2024-08-11", date_precision=2)
    happened(table, "Myrnohrad", STRIKE, event_date="2024-08-01/2024-08-31", date_precision=3)
    happened(table, "Kursk region", BATTLE, where_precision=4)
    happened(table, "Rylsk", BATTLE, is_event_place=False)
    lgov = table.index[table["toponym"] == "Lgov"]
    table.loc[lgov, ["relation", "radius_km"]] = ["20 km south of", 7.5]
    table.loc[lgov, "point_latitude"] = 51.48
    selydove = table.index[table["toponym"] == "Selydove"]
    table.loc[selydove, ["relation", "radius_km"]] = ["near", 5.0]
    twins = table[table["toponym"] == "Selydove"].assign(relation="", radius_km=0.0, toponym="Myrnohrad")
    mirror = table.index[table["toponym"] == "Pokrovsk"][1]
    for column in ("entry_id", "name", "latitude", "longitude", "point_latitude", "point_longitude"):
        table.loc[mirror, column] = twins.iloc[0][column]
    return table, reports


TABLE, REPORTS = reports_of_events()
PAGE = to_map(TABLE, documents=REPORTS, title="Kursk and Pokrovsk, August 2024").to_html()

MAP = "const map = Object.values(window).find((value) => value instanceof L.Map);"
LABEL = """
return [...document.querySelectorAll(".gm-marker, .gm-chip[role=button]")]
  .find((node) => node.getAttribute("aria-label").startsWith(arguments[0]))
"""


def point_of(browser: webdriver.Chrome, latitude: float, longitude: float) -> tuple[float, float]:
    """Return where a point of the Earth lies in the window."""
    script = f"""{MAP}
    const {{ x, y }} = map.latLngToContainerPoint([arguments[0], arguments[1]]);
    const box = map.getContainer().getBoundingClientRect();
    return [x + box.left, y + box.top];
    """
    x, y = run(browser, script, latitude, longitude)
    return x, y


def look_at(browser: webdriver.Chrome, latitude: float, longitude: float, zoom: float) -> None:
    """Move the map and wait until it is drawn."""
    script = f"""{MAP}
    const done = arguments[arguments.length - 1];
    map.setView([arguments[0], arguments[1]], arguments[2], {{ animate: false }});
    requestAnimationFrame(() => requestAnimationFrame(() => done(true)));
    """
    browser.execute_async_script(script, latitude, longitude, zoom)


def sign_of(browser: webdriver.Chrome, label: str) -> str:
    """Return the classes of a marker's drawing."""
    script = "return arguments[0].querySelector('.gm-sign').classList.value"
    found: str = run(browser, script, run(browser, LABEL, label))
    return found


def open_place(browser: webdriver.Chrome, name: str) -> None:
    click(browser, "#gm-tab-places")
    click(browser, with_text(browser, "#gm-view-places tbody button", name))
    until(browser, "return document.querySelector('.leaflet-popup .gm-card h2') !== null")


def test_a_place_with_several_events_is_a_ring_of_their_kinds_with_the_number(open_page: Open) -> None:
    browser = open_page(PAGE)
    look_at(browser, 51.19, 35.27, 9)
    parts = "[...arguments[0].querySelectorAll('.gm-ring')].map((part) => part.classList.value)"
    sudzha = run(browser, LABEL, "Sudzha")
    assert run(browser, f"return {parts}", sudzha) == [
        "gm-ring gm-kind-battles",
        "gm-ring gm-kind-explosions",
    ]
    assert sudzha.find_element("css selector", "text").text == "2"
    assert sudzha.get_attribute("aria-label") == ("Sudzha 2 events: Battles 1, Explosions and remote violence 1")


def test_a_single_event_shows_its_picture_and_a_place_without_one_a_grey_dot(open_page: Open) -> None:
    browser = open_page(PAGE)
    look_at(browser, 48.3, 37.2, 11)
    strike = run(browser, LABEL, "Myrnohrad")
    assert "gm-kind-explosions" in sign_of(browser, "Myrnohrad")
    assert strike.find_elements("css selector", ".gm-icon path")
    look_at(browser, 49.98, 36.25, 9)
    quiet = run(browser, LABEL, "Kharkiv")
    assert {"gm-kind-none", "gm-sign-named"} <= set(sign_of(browser, "Kharkiv").split())
    assert not quiet.find_elements("css selector", ".gm-icon")


def test_an_uncertain_place_is_hollow_and_a_government_dotted(open_page: Open) -> None:
    browser = open_page(PAGE)
    look_at(browser, 48.02, 37.24, 11)
    assert "gm-sign-low" in sign_of(browser, "Oleksandrivka")
    assert run(browser, LABEL, "Oleksandrivka").find_element("css selector", "text").text == "?"
    browser = open_page(PAGE, link="#roles=literal,metonymic")
    look_at(browser, 55.75, 37.62, 8)
    assert "gm-sign-other" in sign_of(browser, "Moscow")


def test_a_cluster_counts_events_and_places_and_mixes_their_kinds(open_page: Open) -> None:
    browser = open_page(PAGE)
    look_at(browser, 50, 36, 5)
    cluster = run(browser, "return document.querySelector('.gm-cluster')")
    assert " events at " in cluster.get_attribute("aria-label")
    counted = """
    const events = (node) => Number(/(\\d+) events?\\b/.exec(node.getAttribute("aria-label"))?.[1] ?? 0);
    return [...document.querySelectorAll(".gm-marker")].reduce((sum, node) => sum + events(node), 0);
    """
    rings = "return [...document.querySelectorAll('.gm-cluster .gm-ring')].map((part) => part.classList[1])"
    assert {"gm-kind-battles", "gm-kind-explosions"} <= set(run(browser, rings))
    look_at(browser, 50, 36, 4)
    before = run(browser, counted)
    look_at(browser, 50, 36, 3)
    assert run(browser, counted) == before == 3


def test_places_on_one_spot_spread_out_by_keyboard_and_fold_again(open_page: Open) -> None:
    browser = open_page(PAGE)
    look_at(browser, 48.15, 37.3, 13)
    cluster = run(browser, "return document.querySelector('.gm-cluster')")
    assert cluster.get_attribute("aria-label") == "Selydove 2 mentions at 2 points. Spread them out"
    cluster.send_keys(Keys.ENTER)
    names = texts(browser, ".gm-place .gm-name")
    assert sorted(names) == ["Selydove", "near Selydove"]
    assert len(texts(browser, "path.gm-leg")) == 2
    assert run(browser, "return document.activeElement.classList.contains('gm-place')")
    run(browser, "return document.activeElement").send_keys(Keys.ENTER)
    assert run(browser, "return document.activeElement.closest('.gm-card') !== null")
    run(browser, "return document.activeElement").send_keys(Keys.ESCAPE)
    run(browser, "return document.activeElement").send_keys(Keys.ESCAPE)
    assert not texts(browser, "path.gm-leg")
    assert run(browser, "return document.activeElement.classList.contains('gm-cluster')")


def test_a_place_inside_a_spot_is_opened_from_the_list(open_page: Open) -> None:
    browser = open_page(PAGE)
    click(browser, "#gm-tab-places")
    click(browser, with_text(browser, "#gm-view-places tbody button", "Selydove"))
    until(browser, "return document.querySelector('.leaflet-popup .gm-card h2')")
    until(browser, "return document.querySelector('.gm-place.gm-selected')")


def test_what_is_only_near_a_place_says_so_and_has_a_soft_circle(open_page: Open) -> None:
    browser = open_page(PAGE)
    look_at(browser, 51.5, 35.26, 10)
    about = run(browser, LABEL, "20 km south of L’gov")
    assert about.find_element("css selector", ".gm-name").get_attribute("textContent") == "20 km south of L’gov"
    assert "gm-sign-about" in sign_of(browser, "20 km south of")
    width = run(browser, "return document.querySelector('path.gm-soft').getBoundingClientRect().width")
    metres = run(
        browser,
        MAP + "return map.distance(map.containerPointToLatLng([0, 450]), map.containerPointToLatLng([100, 450]))",
    )
    assert width * metres / 100 == pytest.approx(15_000, rel=0.05)
    about.send_keys(Keys.ENTER)
    assert texts(browser, ".leaflet-popup h2") == ["20 km south of L’gov"]
    assert "within about 7.5 km of the marker" in texts(browser, ".gm-card .gm-warning")[0]


def test_a_region_is_hatched_from_afar_outlined_from_near_and_hatched_when_selected(open_page: Open) -> None:
    browser = open_page(PAGE)
    kursk = "document.querySelector('path.gm-outline.gm-hatch-battles')"
    look_at(browser, 51.5, 36, 6)
    fill = f"return getComputedStyle({kursk}).fill"
    assert "gm-hatch-battles" in run(browser, fill)
    look_at(browser, 51.5, 36, 9)
    assert run(browser, fill) == "none"
    open_place(browser, "Kursk Oblast")
    assert "gm-hatch-battles" in run(browser, fill)
    assert "Somewhere in Kursk Oblast" in texts(browser, ".leaflet-popup .gm-dossier dd")[2]


def test_a_country_is_a_label_without_outline_and_gives_way_when_near(open_page: Open) -> None:
    browser = open_page(PAGE)
    look_at(browser, 49, 32, 6)
    assert "Ukraine" in texts(browser, ".gm-chip bdi")
    assert len(texts(browser, "path.gm-outline")) == 3
    look_at(browser, 49, 32, 10)
    assert "Ukraine" not in texts(browser, ".gm-chip bdi")


def test_a_popup_says_what_happened_when_and_how_exactly(open_page: Open) -> None:
    browser = open_page(PAGE)
    open_place(browser, "Sudzha")
    assert texts(browser, ".gm-event-counts li") == [" Battles 1", " Explosions and remote violence 1"]
    assert texts(browser, ".gm-told .gm-what") == ["Armed clash Sudzha", "Air/drone strike Sudzha"]
    assert texts(browser, ".gm-told .gm-when time") == ["11 Aug 2024", "5 – 11 Aug 2024"]
    assert texts(browser, ".gm-also") == ["Also named here"]
    marks = "return [...document.querySelectorAll('.gm-quote mark')].map((mark) => mark.className)"
    assert run(browser, marks) == ["gm-kind-none"]
    for n in range(2):
        click(browser, (".gm-told button[aria-expanded]", n))
    assert run(browser, marks) == ["gm-kind-battles", "gm-kind-explosions", "gm-kind-none"]
    assert "5 – 11 Aug 2024, on one of these 7 days" in texts(browser, ".gm-dossier dd")
    height = run(browser, "return document.querySelector('.gm-card').getBoundingClientRect().height")
    assert height <= 0.38 * 900
    open_place(browser, "Myrnohrad")
    until(browser, "return document.querySelector('.leaflet-popup h2').textContent === 'Myrnohrad'")
    assert "1 – 31 Aug 2024, some time within these weeks" in texts(browser, ".gm-dossier dd")


def test_an_event_elsewhere_is_not_put_at_the_place(open_page: Open) -> None:
    browser = open_page(PAGE)
    open_place(browser, "Ryl’sk")
    assert texts(browser, ".gm-happened") == ["Armed clash elsewhere"]
    assert not texts(browser, ".gm-event-counts")
    assert "gm-kind-none" in sign_of(browser, "Ryl’sk")


def test_other_candidates_are_ghosts_with_lines_on_request(open_page: Open) -> None:
    browser = open_page(PAGE)
    open_place(browser, "Oleksandrivka")
    assert texts(browser, ".gm-ghost-name") == ["Oleksandrivka?"]
    assert len(texts(browser, "path.gm-ghost-line")) == 1
    click(browser, ".gm-others summary")
    until(browser, "return document.querySelectorAll('.gm-ghost-name').length === 0")
    click(browser, ".gm-others summary")
    until(browser, "return document.querySelectorAll('.gm-ghost-name').length === 1")
    click(browser, ".leaflet-popup-close-button")
    assert not texts(browser, ".gm-ghost-name")


def test_pointing_at_a_mention_lights_its_marker_or_the_cluster_that_holds_it(open_page: Open) -> None:
    browser = open_page(PAGE)
    click(browser, "#gm-tab-text")
    lit = "return document.querySelector('.gm-lit')?.getAttribute('aria-label') ?? null"
    sudzha = with_text(browser, "a.gm-mention", "Sudzha")
    look_at(browser, 51.4, 35.5, 10)
    point_at(browser, sudzha)
    assert run(browser, lit).startswith("Sudzha")
    move_pointer_away(browser)
    assert run(browser, lit) is None
    run(browser, LABEL, "Sudzha").send_keys("")
    assert texts(browser, ".gm-mention.gm-pointed") == ["Sudzha"] * 3
    look_at(browser, 51.4, 35.5, 4)
    point_at(browser, sudzha)
    assert " events at " in run(browser, lit)


def test_reference_towns_orient_and_do_not_repeat_what_is_mentioned(open_page: Open) -> None:
    browser = open_page(PAGE)
    look_at(browser, 49.5, 35, 6.5)
    towns = texts(browser, ".gm-base-name.gm-town")
    assert {"Donetsk", "Odesa"} & set(towns)
    assert not set(towns) & {"Kharkiv", "Dnipro", "Sumy", "Kursk"}
    assert "Kharkiv Oblast" in texts(browser, ".gm-base-name.gm-region")
    assert len(towns) < 70


def test_names_do_not_cover_each_other_or_the_signs(open_page: Open) -> None:
    browser = open_page(PAGE)
    overlaps = """
    const shown = [...document.querySelectorAll('.gm-name:not(.gm-tucked), .gm-chip > span, .gm-base-name span')];
    const boxes = shown.map((node) => [node.textContent, node.getBoundingClientRect()]).filter(([, box]) => box.width);
    const found = [];
    for (const [i, [name, a]] of boxes.entries()) {
      for (const [other, b] of boxes.slice(i + 1)) {
        const [width, height] = [Math.min(a.right, b.right) - Math.max(a.left, b.left),
                                 Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)];
        if (width > 3 && height > 3) found.push([name, other]);
      }
    }
    return found;
    """
    for zoom in (4, 5, 6, 7, 8, 10):
        look_at(browser, 50, 36, zoom)
        assert run(browser, overlaps) == [], zoom


def test_incidents_of_several_reports_stand_in_the_popup(open_page: Open) -> None:
    sudzha = TABLE[TABLE["toponym"] == "Sudzha"].iloc[0]
    told = {
        "document_id": "kursk",
        "sentence_index": int(sudzha["sentence_index"]),
        "mention_start": int(sudzha["start"]),
        "source": 0,
    }
    record = {"incident_id": "i1", "entry_id": sudzha["entry_id"], "event_type": STRIKE[0], "event_sub_type": STRIKE[1]}
    record |= {"first_date": "2024-08-06", "last_date": "2024-08-07", "reports": 3, "sources": 2}
    record |= {"fatalities_low": 0, "fatalities_high": 0, "sentences": json.dumps([told])}
    browser = open_page(to_map(TABLE, documents=REPORTS, incidents=pd.DataFrame([record])).to_html())
    open_place(browser, "Sudzha")
    assert texts(browser, ".gm-told .gm-what") == ["Air/drone strike Sudzha"]
    facts = texts(browser, ".gm-dossier dd")
    assert {"6 – 7 Aug 2024, on one of these 2 days", "none", "3 reports from 2 independent sources"} <= set(facts)


def test_online_layers_that_the_map_was_made_with_are_offered_as_plain_text(open_page: Open) -> None:
    made = GeoMap(TABLE, documents=REPORTS, title="Tiles")
    (layer,) = [child for child in made._children.values() if isinstance(child, MentionLayer)]
    layer.data["tiles"] = [
        {"name": "<b>Topo</b>", "url": "https://tiles.invalid/{z}/{x}/{y}.png", "attribution": "<a>© T</a>"},
        {"name": "Bad", "url": "javascript:alert(1)", "attribution": ""},
    ]
    browser = open_page(made.to_html())
    offered = [name.strip() for name in texts(browser, ".leaflet-control-layers-base label")]
    assert "Online: <b>Topo</b>" in offered
    assert not [name for name in offered if "Bad" in name]
    assert not run(browser, "return document.querySelectorAll('.leaflet-control-layers b').length")


def test_on_a_phone_signs_stay_clear_of_the_sheet(open_page: Open) -> None:
    browser = open_page(PAGE, phone=True)
    assert run(browser, "return document.querySelectorAll('.gm-marker').length") > 2
    click(browser, ".gm-marker.gm-place")
    assert run(browser, "return document.querySelector('#gm-place h2')?.textContent")


def test_a_region_answers_the_pointer_with_its_outline_its_label_and_words(open_page: Open) -> None:
    browser = open_page(PAGE, link="#map=7/51.7/36.2")
    until(browser, "return document.querySelector('path.gm-outline:not(.gm-plain)')")
    move_pointer(browser, *point_of(browser, 51.9, 37.2))
    said = until(browser, "return document.querySelector('.gm-hover')?.textContent")
    assert said.startswith("Kursk Oblast ")
    assert texts(browser, ".gm-chip.gm-lit bdi") == ["Kursk Oblast"]
    assert run(browser, "return document.querySelectorAll('path.gm-outline.gm-hovered').length") == 1
    move_pointer_away(browser)
    until(browser, "return !document.querySelector('.gm-hover, .gm-hovered, .gm-lit')")
