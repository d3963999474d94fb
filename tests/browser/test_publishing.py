"""What leaves the page: a frame in another one, links and code for them, pictures, paper."""

import base64
import re
import time
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.common.keys import Keys

from geomap.exporters.leaflet import to_map
from tests.browser.looking import Open, click, is_reachable, run, texts, until
from tests.browser.test_filters import REPORTS, TABLE
from tests.hostile_reports import PAYLOADS

pytestmark = pytest.mark.browser

TITLE = "Kursk & Pokrovsk, August 2024"
PAGE = to_map(TABLE, documents=REPORTS, title=TITLE).to_html()
SVG = "{http://www.w3.org/2000/svg}"
SEEN = "return [...document.querySelectorAll(arguments[0])].map((node) => node.checkVisibility())"

SETTLED = """
const looks = () => JSON.stringify([
  innerWidth, innerHeight, document.body.innerText,
  ...["#gm-frame-head", ".folium-map", "#gm-frame-foot"]
    .map((one) => document.querySelector(one)?.getBoundingClientRect()),
]);
const sized = JSON.stringify([...arguments]).slice(0, -1);
return new Promise((done) => {
  let before = "", same = 0;
  const look = () => {
    const now = looks();
    same = now === before && now.startsWith(sized) ? same + 1 : 0;
    before = now;
    same < 10 ? requestAnimationFrame(look) : done();
  };
  look();
});
"""
"""Waits until a page has a size and has looked the same for ten frames: what is in view, and its words, follow late."""


def resize(browser: webdriver.Chrome, width: int, height: int) -> None:
    """Make the window as large as the frame that holds the page."""
    size = {"width": width, "height": height, "mobile": False, "deviceScaleFactor": 1}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    run(browser, SETTLED, width, height)


def saved(browser: webdriver.Chrome, folder: Path, kind: str) -> Path:
    """Save the picture as a person does, and return the file."""
    browser.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(folder)})
    click(browser, "#gm-share-button")
    click(browser, f"#gm-save-{kind}")
    until(browser, "return document.querySelector('.gm-share-status').textContent.startsWith('Saved as')")
    name = texts(browser, ".gm-share-status")[0].removeprefix("Saved as ").removesuffix(".")
    path, end = folder / name, time.monotonic() + 10
    while not path.is_file() and time.monotonic() < end:
        run(browser, "return new Promise((done) => setTimeout(done, 50))")
    return path


def words_of(picture: Path) -> list[str]:
    root = ET.fromstring(picture.read_text("utf-8"))
    return [node.text or "" for node in root.iter(f"{SVG}text")]


@pytest.mark.parametrize("size", [(320, 400), (320, 640), (600, 480), (1000, 700)])
def test_a_frame_has_title_key_and_credit_and_no_reading_pane(open_page: Open, size: tuple[int, int]) -> None:
    browser = open_page(PAGE, link="#embed")
    resize(browser, *size)
    assert not any(run(browser, SEEN, "#gm-panel, #gm-timeline, .leaflet-control-layers"))
    assert all(run(browser, SEEN, "#gm-frame-head h1, .gm-frame-shown, .gm-frame-key li, .gm-frame-credit, .gm-whole"))
    assert texts(browser, "#gm-frame-head h1") == [TITLE]
    # From the 9th or the 13th on: in a small frame, what happened on the first days may lie outside the view.
    until(browser, "return document.querySelector('.gm-frame-shown bdi').textContent.endsWith(' – 18 Aug 2024')")
    assert "GeoNames" in texts(browser, ".gm-frame-credit")[0]
    boxes = "const box = (one) => document.querySelector(one).getBoundingClientRect(); return "
    head, map_, foot = (
        run(browser, f"{boxes} [box('{one}').top, box('{one}').bottom, box('{one}').right]")
        for one in ("#gm-frame-head", ".folium-map", "#gm-frame-foot")
    )
    assert (head[0], head[1], map_[1], foot[1]) == (0, map_[0], foot[0], size[1])
    assert map_[1] - map_[0] > size[1] / 2
    assert run(browser, "return document.documentElement.scrollWidth") == size[0]
    cut = "const { scrollWidth, clientWidth } = document.querySelector('{}'); return scrollWidth > clientWidth"
    is_cut = [run(browser, cut.replace("{}", part)) for part in (".gm-frame-shown", ".gm-frame-key")]
    assert not any(is_cut) or size[1] < 480  # where there is no room for lines more, the key is scrolled


def test_a_place_in_a_frame_opens_on_the_map_and_the_whole_map_is_a_link_away(open_page: Open) -> None:
    browser = open_page(PAGE, link="#embed&place=geonames:538560")
    until(browser, "return document.querySelector('.leaflet-popup h2')?.textContent === 'Kursk'")
    resize(browser, 320, 400)
    assert not any(run(browser, SEEN, ".leaflet-popup .gm-actions button"))
    assert run(browser, "return document.querySelectorAll('#gm-panel .gm-card').length") == 0
    link = browser.find_element("css selector", ".gm-whole")
    link.send_keys(Keys.TAB)
    assert link.get_attribute("target") == "_blank"
    run(browser, "arguments[0].focus()", link)
    part = link.get_attribute("href").partition("#")[2]
    assert "embed" not in part
    assert "place=geonames%3A538560" in part


def test_a_page_made_to_be_a_frame_opens_as_one_and_leads_to_itself_as_a_whole(open_page: Open) -> None:
    browser = open_page(to_map(TABLE, documents=REPORTS, title=TITLE, embed=True).to_html())
    assert run(browser, SEEN, "#gm-panel, #gm-frame-head") == [False, True]
    browser.get(run(browser, "return document.querySelector('.gm-whole').href"))
    until(browser, "return document.querySelector('#gm-panel').checkVisibility()")
    assert run(browser, SEEN, "#gm-frame-head") == [False]


def test_a_frame_lets_the_wheel_scroll_the_page_around_it_until_it_is_clicked(open_page: Open) -> None:
    browser = open_page(PAGE, link="#embed")
    enabled = "return Object.values(window).find((one) => one instanceof L.Map).scrollWheelZoom.enabled()"
    assert run(browser, enabled) is False
    click(browser, ".leaflet-control-zoom-in")
    assert run(browser, enabled) is True
    assert run(open_page(PAGE), enabled) is True


def test_sharing_gives_a_link_and_the_code_of_a_frame_and_escape_closes_it_alone(open_page: Open) -> None:
    browser = open_page(PAGE, link="#place=geonames:538560")
    until(browser, "return document.querySelector('.leaflet-popup h2')?.textContent === 'Kursk'")
    click(browser, "#gm-share-button")
    link, code = (run(browser, f"return document.querySelector('#gm-share-{one}').value") for one in ("link", "code"))
    assert re.fullmatch(r"file://\S+#map=\S+&place=geonames%3A538560", link)
    assert re.match(r'<iframe src="file://[^"]+#embed&amp;map=[^"]+" title="Kursk &amp; Pokrovsk, August 2024" ', code)
    assert "file on your computer" in texts(browser, ".gm-share-note")[0]
    click(browser, (".gm-share-row button", 1))
    assert until(browser, "return document.querySelector('.gm-share-status').textContent") == "Copied."
    browser.switch_to.active_element.send_keys(Keys.ESCAPE)
    until(browser, "return !document.querySelector('#gm-share').open")
    assert texts(browser, ".leaflet-popup h2") == ["Kursk"]
    assert run(browser, "return document.activeElement.id") == "gm-share-button"


def test_a_picture_as_svg_holds_title_days_key_scale_and_credit_and_needs_no_style_sheet(
    open_page: Open, tmp_path: Path
) -> None:
    browser = open_page(PAGE)
    picture = saved(browser, tmp_path, "svg")
    assert picture.name == "kursk-pokrovsk-august-2024.svg"
    words = words_of(picture)
    for wanted in (TITLE, "9 – 18 Aug 2024", "Battles", "Kursk", "Kharkiv", "50 km"):
        assert any(wanted in one for one in words), (wanted, words)
    assert re.search("Places: GeoNames.*Made with geomap", " ".join(words))
    text = picture.read_text("utf-8")
    assert "class=" not in text
    assert not re.search(r'href="(?!data:)', text)
    assert "foreignObject" not in text
    assert text.count("<path") > 10
    filtered = open_page(PAGE, link="#q=Toretsk&from=2024-08-09")
    assert "“Toretsk”" in words_of(saved(filtered, tmp_path / "more", "svg"))


def test_a_picture_as_png_is_drawn_from_it_twice_as_sharp(open_page: Open, tmp_path: Path) -> None:
    browser = open_page(PAGE, link="#embed")
    resize(browser, 500, 600)
    data = saved(browser, tmp_path, "png").read_bytes()
    assert data.startswith(b"\x89PNG")
    assert int.from_bytes(data[16:20], "big") == 1000
    colours = """
    const [done, image] = [arguments[1], new Image()];
    image.onload = () => {
      const canvas = document.createElement("canvas");
      [canvas.width, canvas.height] = [image.width, image.height];
      const pen = canvas.getContext("2d");
      pen.drawImage(image, 0, 0);
      const pixels = new Uint32Array(pen.getImageData(0, 0, image.width, image.height).data.buffer);
      done(new Set(pixels).size);
    };
    image.src = "data:image/png;base64," + arguments[0];
    """
    assert browser.execute_async_script(colours, base64.b64encode(data).decode()) > 100


@pytest.mark.parametrize("payload", [PAYLOADS["image"], PAYLOADS["end of script"], "\x00\x0b]]>&lt;\ufffe\ud800 –"])
def test_hostile_words_are_text_in_frames_and_pictures(open_page: Open, tmp_path: Path, payload: str) -> None:
    table = TABLE.assign(name=TABLE["name"].where(TABLE["name"] != "Kursk", payload))
    browser = open_page(to_map(table, documents=REPORTS, title=payload, embed=True).to_html())
    same = "const [one, other] = document.querySelectorAll('#gm-frame-head h1, #gm-title');"
    assert run(browser, f"{same} return one.textContent === other.textContent")
    ET.fromstring(saved(browser, tmp_path, "svg").read_text("utf-8"))
    click(browser, "#gm-save-png")
    until(browser, "return document.querySelector('.gm-share-status').textContent.endsWith('.png.')")
    assert run(browser, "return window.pwned") is None


def test_sharing_can_be_reached_on_a_phone(open_page: Open) -> None:
    browser = open_page(PAGE, phone=True)
    assert is_reachable(browser, browser.find_element("id", "gm-share-button"))
    click(browser, "#gm-share-button")
    assert is_reachable(browser, browser.find_element("id", "gm-save-png"))


@pytest.mark.parametrize(("orientation", "width", "height"), [("portrait", 700, 960), ("landscape", 960, 700)])
def test_on_paper_title_days_key_and_credit_stand_around_the_map_on_its_page(
    open_page: Open, orientation: str, width: int, height: int
) -> None:
    browser = open_page(PAGE)
    run(browser, "dispatchEvent(new Event('beforeprint'))")
    # A narrow window is taken for a phone, which only screens are: paper has its own rules.
    size = {"width": width, "height": height, "mobile": False, "deviceScaleFactor": 1}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    boxes = "const box = (one) => document.querySelector(one).getBoundingClientRect(); return "
    head, map_, foot = (
        run(browser, f"{boxes} [box('{one}').top, box('{one}').bottom, box('{one}').right]")
        for one in ("#gm-frame-head", ".folium-map", "#gm-frame-foot")
    )
    seen = run(browser, SEEN, "#gm-frame-head h1, .gm-frame-shown, .gm-frame-key li, .gm-frame-credit")
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    run(browser, "dispatchEvent(new Event('afterprint'))")
    assert all(seen), orientation
    assert head[1] <= map_[0] < map_[1] <= foot[0]
    assert foot[1] < height
    assert map_[2] <= width
