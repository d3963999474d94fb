"""The guide opens from a folder, search and all."""

from pathlib import Path

import pytest
from selenium import webdriver

from tests.browser.looking import click, texts, until
from tests.docs.test_site import build_guide

pytestmark = pytest.mark.browser


def test_the_guide_can_be_searched_where_it_was_opened_from_a_folder(
    chromium: webdriver.Chrome, tmp_path: Path
) -> None:
    build_guide(tmp_path)
    chromium.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})  # The test before may have held a phone.
    chromium.get((tmp_path / "how-to" / "why.html").as_uri())
    click(chromium, ".md-search__input")
    chromium.switch_to.active_element.send_keys("confidence")
    until(chromium, "return document.querySelectorAll('.md-search-result__item').length > 3")
    assert "Choosing the place" in texts(chromium, ".md-search-result__item h1")
