"""The words of the page: one table a language, and a page that says in which one it is."""

import json
import re

import pytest

from geomap.errors import ConfigError
from geomap.exporters.leaflet import to_map
from geomap.exporters.leaflet.assets import PAGE, page_shell
from geomap.exporters.leaflet.languages import LANGUAGES, Words, words_of
from geomap.tables import to_mentions

NOTHING = to_mentions([])
MODULES = sorted(PAGE.rglob("*.js"))
SAID = re.compile(r'\b(?:say|sayParts|hasWords)\(\s*"([^"]+)"|\[\[([\w.-]+)\]\]')
COUNTED = re.compile(r'\bcountOf\((?:[^()"]|\([^()]*\))*"([^"]+)"\)')


def _keys_said() -> set[str]:
    texts = [*(path.read_text("utf-8") for path in MODULES), page_shell()]
    said = {key for text in texts for found in SAID.findall(text) for key in found if key}
    return said | {f"count.{noun}" for text in texts for noun in COUNTED.findall(text)}


def test_the_english_table_has_every_string_that_the_page_says() -> None:
    assert sorted(_keys_said() - set(words_of("en").strings)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_table_is_sorted_and_says_how_it_runs(language: str) -> None:
    table = json.loads((PAGE / "words" / f"{language}.json").read_text("utf-8"))
    assert list(table["words"]) == sorted(table["words"])
    assert table["direction"] in {"ltr", "rtl"}
    assert table["locale"].startswith(language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_its_language_and_carries_its_table(language: str) -> None:
    page = to_map(NOTHING, language=language).to_html()
    words = words_of(language)
    assert page.startswith(f'<!DOCTYPE html>\n<html lang="{language}" dir="{words.direction}">')
    (block,) = re.findall(r'<script type="application/json" id="geomap-words">(.*?)</script>', page)
    assert json.loads(block) == words.page_data()
    assert f"<title>{words['page.title']}</title>" in page
    assert "[[" not in re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL)


def test_a_language_without_a_table_is_an_error_that_names_the_others() -> None:
    with pytest.raises(ConfigError, match=rf"'xx'; choose one of {', '.join(LANGUAGES)}"):
        to_map(NOTHING, language="xx")


def test_words_in_the_shell_cannot_become_markup() -> None:
    words = Words(language="en", locale="en-GB", direction="ltr", strings={"a.b": "<img src=x onerror='1'>"})
    assert "<img" not in words.fill('<p title="[[a.b]]">[[a.b]]</p>')
