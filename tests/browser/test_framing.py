"""What a page opens on: its dots, wherever in the world they lie, or a word on those that it leaves out."""

import html
import itertools

import pandas as pd
import pytest
from selenium import webdriver

from geomap.exporters.leaflet import to_map
from geomap.tables import to_mentions
from tests.browser.looking import Open, click, run, texts, until
from tests.browser.test_drawing import MAP
from tests.browser.war_reports import war_reports
from tests.by_hand import entry, parse_by_hand

pytestmark = pytest.mark.browser

WIDTHS = (390, 1024, 1440)
IN_VIEW = """
const { left, top, right, bottom } = document.querySelector(".folium-map").getBoundingClientRect();
return [...document.querySelectorAll(".gm-marker")].filter((node) => {
  const box = node.getBoundingClientRect();
  return box.left >= left && box.right <= right && box.top >= top && box.bottom <= bottom;
}).map((node) => [node.ariaLabel, node.getBoundingClientRect().x]);
"""
PACIFIC = {
    "Suva": (-18.14, 178.44),
    "Apia": (-13.83, -171.77),
    "Anadyr": (64.73, 177.5),
    "Nome": (64.5, -165.41),
    "Honolulu": (21.31, -157.86),
    "Wellington": (-41.29, 174.78),
}


def table_of(towns: dict[str, tuple[float, float]], id: str = "far") -> pd.DataFrame:
    places = {
        name: entry(name, latitude=latitude, longitude=longitude, country_code="")
        for name, (latitude, longitude) in towns.items()
    }
    return to_mentions([parse_by_hand(f"{', '.join(towns)} were hit.", *places.items(), id=id)])


def mentions_in_view(browser: webdriver.Chrome) -> int:
    """Return how many mentions the signs stand for that lie wholly on the map."""
    words = [label.partition(" mention")[0].split() for label, _ in run(browser, IN_VIEW)]
    return sum(int(number) for *_, number in words)


@pytest.mark.parametrize("width", WIDTHS)
def test_dots_on_both_sides_of_the_antimeridian_open_side_by_side(open_page: Open, width: int) -> None:
    browser = open_page(to_map(table_of(PACIFIC)).to_html(), width=width)
    assert mentions_in_view(browser) == len(PACIFIC)
    assert texts(browser, "#gm-outside") == []
    across = {label.split()[0]: x for label, x in run(browser, IN_VIEW)}
    assert 0 < across["Nome"] - across["Anadyr"] < 120
    assert len(texts(browser, "canvas")) == 1


def test_dots_stay_in_view_however_often_the_map_goes_around_the_world(open_page: Open) -> None:
    browser = open_page(to_map(table_of(PACIFIC)).to_html(), width=1440)
    go = f"""{MAP}
    const done = arguments[1];
    map.panBy([arguments[0], 0], {{ animate: false }});
    requestAnimationFrame(() => requestAnimationFrame(() => done(true)));
    """
    size = 256 * 2 ** run(browser, f"{MAP} return map.getZoom()")
    for by in (size, size, -5 * size):
        browser.execute_async_script(go, by)
        assert mentions_in_view(browser) == len(PACIFIC)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_world_of_dots_fits_also_on_a_phone(open_page: Open, width: int) -> None:
    towns = {
        f"Town {letter}{n}": (latitude, longitude)
        for letter, latitude in zip("AB", (-40, 60), strict=True)
        for n, longitude in enumerate(range(-150, 180, 30))
    }
    browser = open_page(to_map(table_of(towns)).to_html(), width=width)
    assert mentions_in_view(browser) == len(towns)


@pytest.mark.parametrize("width", WIDTHS)
def test_what_few_far_dots_leave_out_is_said_and_shown_on_request(open_page: Open, width: int) -> None:
    table, _ = war_reports()
    near = [table.assign(document_id=f"copy {n}") for n in range(8)]
    far = table_of({"Valdivia": (-39.8, -73.2), "Osaka": (34.7, 135.5)})
    browser = open_page(to_map(pd.concat([*near, far], ignore_index=True)).to_html(), width=width)
    assert texts(browser, "#gm-outside > span") == ["2 mentions outside this view"]
    signs = run(browser, IN_VIEW)
    assert not [label for label, _ in signs if label.startswith(("Valdivia", "Osaka"))]
    click(browser, "#gm-outside button")
    until(browser, "return !document.querySelector('#gm-outside')")
    everywhere = " ".join(label for label, _ in run(browser, IN_VIEW))
    assert "Valdivia" in everywhere
    assert "Osaka" in everywhere


def test_the_note_goes_when_the_reader_moves_the_map_and_is_not_in_a_shared_view(open_page: Open) -> None:
    table, _ = war_reports()
    near = [table.assign(document_id=f"copy {n}") for n in range(8)]
    page = to_map(pd.concat([*near, table_of({"Osaka": (34.7, 135.5)})], ignore_index=True)).to_html()
    browser = open_page(page)
    assert texts(browser, "#gm-outside button") == ["Show all"]
    click(browser, ".leaflet-control-zoom-in")
    until(browser, "return !document.querySelector('#gm-outside')")
    assert texts(open_page(page, link="#map=7/50/36"), "#gm-outside") == []


def test_a_page_in_a_frame_that_is_shown_later_opens_on_its_dots(open_page: Open) -> None:
    table, reports = war_reports()
    page = html.escape(to_map(table, documents=reports).to_html(), quote=True)
    frame = f'<iframe srcdoc="{page}" style="display:none;width:1000px;height:700px"></iframe>'
    browser = open_page(f"<!DOCTYPE html><title>Tabs</title><body>{frame}</body>", wait="")
    browser.switch_to.frame(0)
    until(browser, "return document.documentElement.dataset.gmReady")
    browser.switch_to.default_content()
    run(browser, "document.querySelector('iframe').style.display = 'block'")
    browser.switch_to.frame(0)
    until(browser, "return document.querySelectorAll('.gm-marker').length > 3")
    shown = run(browser, IN_VIEW)
    assert len(shown) > 3
    assert all(a != b for a, b in itertools.pairwise(x for _, x in shown))
    assert texts(browser, ".leaflet-control-scale-line")[0] in {"50 km", "100 km"}
    assert texts(browser, "#gm-outside") == []
    browser.switch_to.default_content()
