"""The words of the page: one table a language, and a page that says in which one it is."""

import json
import re
from pathlib import Path

import pytest

import geomap.review
from geomap.errors import ConfigError
from geomap.exporters.leaflet import to_map
from geomap.exporters.leaflet.html.assets import PAGE, page_shell
from geomap.exporters.leaflet.html.languages import LANGUAGES, Words, words_of
from geomap.tables import to_mentions

NOTHING = to_mentions([])
REVIEW = Path(geomap.review.__file__).parent / "files"
SLAVIC = {"one", "few", "many", "other"}
MODULES = sorted([*PAGE.rglob("*.js"), *REVIEW.glob("*.js")])
FIRST = re.compile(r"\b(?:say|sayParts|hasWords)\(([^(){]*)")
COUNTED = re.compile(r'\bcountOf\((?:[^()"]|\([^()]*\))*"([^"]+)"\)')
QUOTED = re.compile(r'"([^"\n]*)"')
COMPARED = re.compile(r'== "[^"]*"')
BEGUN = re.compile(r"`([\w.]+\.)\$\{")
PLACE = re.compile(r"\{(\w+)\}")


def _texts() -> list[str]:
    return [path.read_text("utf-8") for path in MODULES]


def _keys_said() -> set[str]:
    said = {
        key for text in _texts() for first in FIRST.findall(text) for key in QUOTED.findall(COMPARED.sub("", first))
    }
    counted = {f"count.{noun}" for text in _texts() for noun in COUNTED.findall(text)}
    return said | counted | set(re.findall(r"\[\[([\w.-]+)\]\]", page_shell()))


def _forms(words: str | dict[str, str]) -> list[str]:
    return [words] if isinstance(words, str) else list(words.values())


def _places(words: str | dict[str, str]) -> set[str]:
    return {name for form in _forms(words) for name in PLACE.findall(form)}


def test_the_english_table_has_every_string_that_the_page_says() -> None:
    assert sorted(_keys_said() - set(words_of("en").strings)) == []


def test_the_english_table_has_no_string_that_nothing_says() -> None:
    quoted = {key for text in _texts() for key in QUOTED.findall(text)}
    begun = tuple({begin for text in _texts() for begin in BEGUN.findall(text)} - {"count."})
    nouns = {f"count.{noun}" for noun in quoted}
    python = {"page.title"}
    unsaid = set(words_of("en").strings) - _keys_said() - quoted - nouns - python
    assert sorted(key for key in unsaid if not key.startswith(begun)) == []


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_a_translation_has_every_string_with_the_same_values(language: str) -> None:
    english, table = (
        words_of("en").strings,
        json.loads((PAGE / "words" / f"{language}.json").read_text("utf-8"))["words"],
    )
    assert set(table) == set(english)
    for key, words in table.items():
        assert _places(words) == _places(english[key]), key
        for form in _forms(words):
            assert form.strip() or key in {"comma", "colon"}, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_counts_has_the_plural_forms_of_its_language(language: str) -> None:
    needed = {"ar": {"zero", "one", "two", "few", "many", "other"}, "uk": SLAVIC, "ru": SLAVIC}
    for key, words in words_of(language).strings.items():
        if not isinstance(words, str):
            assert set(words) == needed.get(language, {"one", "other"}), key
            assert set(PLACE.findall(words["other"])) == _places(words), key


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
