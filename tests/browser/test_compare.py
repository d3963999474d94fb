"""Two periods are compared on the map and the timeline, by pointer and keyboard, and told apart without colours."""

from pathlib import Path

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from geomap.exporters.leaflet import to_map
from tests.browser.looking import Open, click, run, texts, until
from tests.browser.test_accessibility import AXE, findings
from tests.browser.test_filters import REPORTS, TABLE
from tests.browser.test_publishing import SEEN, saved, words_of

pytestmark = pytest.mark.browser

PAGE = to_map(TABLE, documents=REPORTS, title="Two weeks").to_html()
LINK = "#map=6.5/50/36.5&from=2024-08-12&to=2024-08-14&vs=2024-08-09"
SIGNS = """
return [...document.querySelectorAll(".gm-difference")].map((node) => node.getAttribute("aria-label")).sort();
"""


def test_signs_say_what_became_more_and_what_fewer(open_page: Open) -> None:
    browser = open_page(PAGE, link=LINK)
    signs = run(browser, SIGNS)
    assert any(sign.startswith("Myrnohrad: 1 fewer, 1 before, 0 now") for sign in signs)
    assert any(sign.startswith("Kursk: 1 more, 0 before, 1 now") for sign in signs)
    assert not any(run(browser, SEEN, ".gm-place, .gm-cluster"))
    assert texts(browser, ".gm-compare-days") == ["12 – 14 Aug 2024 against 9 – 11 Aug 2024"]
    looks = run(
        browser,
        """return ["more", "fewer", "same"].map((kind) => {
          const path = document.querySelector(`.gm-compare-legend .gm-change-${kind} path`);
          return [path.getAttribute("d"), getComputedStyle(path).fill === "none"];
        })""",
    )
    assert len({shape for shape, _ in looks}) == 3
    assert [hollow for _, hollow in looks] == [False, True, True]


def test_the_button_begins_and_ends_and_the_other_period_follows_the_chosen_days(open_page: Open) -> None:
    browser = open_page(PAGE)
    click(browser, "#gm-compare")
    assert run(browser, "return document.querySelector('#gm-compare').getAttribute('aria-pressed')") == "true"
    until(browser, "return location.hash.includes('vs=')")
    first = texts(browser, ".gm-compare-days")[0]
    browser.find_element(By.ID, "gm-from").send_keys(Keys.ARROW_RIGHT)
    until(browser, f"return document.querySelector('.gm-compare-days').textContent !== {first!r}")
    second = texts(browser, ".gm-compare-days")[0]
    browser.find_element(By.ID, "gm-before").send_keys(Keys.ARROW_LEFT)
    until(browser, f"return document.querySelector('.gm-compare-days').textContent !== {second!r}")
    assert second.partition(" against ")[0] == texts(browser, ".gm-compare-days")[0].partition(" against ")[0]
    click(browser, "#gm-compare-close")
    until(browser, "return !document.querySelector('.gm-difference') && !location.hash.includes('vs=')")
    assert run(browser, "return document.querySelectorAll('.gm-place, .gm-cluster').length") > 0
    run(browser, "history.back()")
    until(browser, "return document.querySelector('.gm-difference')")


def test_a_sign_opens_its_place_with_what_either_period_tells(open_page: Open) -> None:
    browser = open_page(PAGE, link=LINK.replace("6.5/50/36.5", "10/48.3/37.26"))
    click(browser, ".gm-difference[aria-label^=Myrnohrad] .gm-change-sign")
    until(browser, "return document.querySelector('.leaflet-popup h2')?.textContent === 'Myrnohrad'")
    assert "Myrnohrad" in texts(browser, ".leaflet-popup mark")


@pytest.mark.parametrize("other", ["2024-08-11", "2024-08-13"])
def test_the_words_of_two_short_periods_lie_beside_each_other(open_page: Open, other: str) -> None:
    browser = open_page(PAGE, link=f"#from=2024-08-12&to=2024-08-12&vs={other}", width=390)
    boxes = """
    return [...document.querySelectorAll(".gm-band span")].map((one) => one.getBoundingClientRect())
      .map(({ left, right }) => [left, right]).sort((a, b) => a[0] - b[0]);
    """
    first, second = run(browser, boxes)
    assert first[1] <= second[0]
    assert first[0] >= 0
    assert second[1] <= 390


def test_a_picture_of_a_comparison_explains_itself(open_page: Open, tmp_path: Path) -> None:
    browser = open_page(PAGE, link=LINK)
    words = words_of(saved(browser, tmp_path, "svg"))
    assert {"More than before", "Fewer than before", "Myrnohrad"} <= set(words)


@pytest.mark.parametrize("width", [1400, 390])
def test_axe_finds_nothing_in_a_comparison(open_page: Open, width: int) -> None:
    if not AXE.is_file():
        pytest.skip("accessibility left out: axe-core is not in node_modules (install Node.js, make test)")
    browser = open_page(PAGE, link=LINK, width=width)
    assert [one for one in findings(browser) if one[1] in ("serious", "critical")] == []


def test_a_page_without_two_days_has_nothing_to_compare(open_page: Open) -> None:
    table = TABLE.assign(event_date="", published="")
    browser = open_page(to_map(table, title="x").to_html(), link=LINK)
    assert texts(browser, "#gm-compare") == []
