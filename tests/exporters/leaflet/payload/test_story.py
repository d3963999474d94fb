"""Stories from TOML files, and what is said of those that cannot be told."""

import re
from pathlib import Path

import pytest

from geomap.errors import ConfigError
from geomap.exporters.leaflet import to_map
from geomap.exporters.leaflet.html.assets import PAGE
from geomap.exporters.leaflet.payload.story import ADDRESS_PARTS, read_story, story_data
from tests.browser.war_reports import war_reports

STEP = '[[step]]\naddress = "map.html#map=7/51.2/35.3&from=2024-08-06"\ncaption = "It began."\n'
DATA = {"places": [{"id": "geonames:1"}], "documents": {"id": ["a,b", "c"], "source": ["Gazette"]}}


def written(folder: Path, text: str) -> Path:
    path = folder / "story.toml"
    path.write_text(text, "utf-8")
    return path


def test_a_story_is_read_with_the_part_of_its_addresses_after_the_mark(tmp_path: Path) -> None:
    story = read_story(written(tmp_path, f'title = "August"\n{STEP}heading = "Day one"\n'))
    assert (story.title, len(story.steps)) == ("August", 1)
    assert story.steps[0].address == "#map=7/51.2/35.3&from=2024-08-06"
    assert (story.steps[0].heading, story.steps[0].caption, story.steps[0].line) == ("Day one", "It began.", 3)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "has no step; begin each with a line"),
        ("step = 3\n", "has no step"),
        ("titel = 'x'\n" + STEP, "unknown 'titel'; did you mean 'title'?"),
        ("title = 3\n" + STEP, "title is 3; give a text in quotes"),
        ("title = x\n", "not valid TOML: Invalid value (at line 1"),
        (STEP + '\n[[step]]\ncaption = "No address"\n', "line 5: the step has no address"),
        (STEP.replace("caption", "captoin"), "line 1: unknown 'captoin'; did you mean 'caption'?"),
        (STEP.replace("It began.", " "), "line 3: the caption is empty"),
        (STEP.replace("#", "?"), "line 2: the address 'map.html?map=7/51.2/35.3&from=2024-08-06' has no \"#\""),
        (STEP.replace("&from", "&form"), "line 2: unknown 'form'; did you mean 'from'?"),
        (STEP.replace("08-06", "02-31"), "line 2: from=2024-02-31 is no day; write it as 2024-08-31"),
        (STEP.replace("51.2", "north"), "line 2: map=7/north/35.3 is no view"),
        (STEP * 101, "101 steps; tell the story in at most 100"),
    ],
)
def test_what_cannot_be_told_is_refused_with_file_line_and_remedy(tmp_path: Path, text: str, says: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(ConfigError) as caught:
        read_story(path)
    assert str(caught.value).startswith(str(path))
    assert says in str(caught.value)


def test_a_missing_file_and_one_that_is_no_text_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no such file; give an existing TOML file to --story"):
        read_story(tmp_path / "none.toml")
    (tmp_path / "story.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(ConfigError, match="not valid TOML"):
        read_story(tmp_path / "story.toml")


def test_lines_are_counted_past_captions_that_look_like_steps(tmp_path: Path) -> None:
    long = '[[step]]\naddress = "#place=a"\ncaption = """\n[[step]]\naddress = nothing\n"""\n'
    story = read_story(written(tmp_path, f"{long}# more\n{STEP}[other]\n".replace("[other]\n", "")))
    assert [step.line for step in story.steps] == [2, 9]


@pytest.mark.parametrize(
    ("part", "says"),
    [
        ("place=geonames:2", "line 2: the map has no place 'geonames:2'"),
        ("doc=b", "line 2: the map has no report 'b'"),
        ("docs=c,d", "line 2: the map has no report 'd'"),
        ("src=Herald", "line 2: the map has no outlet 'Herald'"),
    ],
)
def test_an_address_of_what_the_map_does_not_have_is_refused(tmp_path: Path, part: str, says: str) -> None:
    story = read_story(written(tmp_path, f'[[step]]\naddress = "#{part}"\ncaption = "x"\n'))
    with pytest.raises(ConfigError) as caught:
        story_data(story, DATA)
    assert says in str(caught.value)


def test_an_address_of_what_the_map_has_is_kept(tmp_path: Path) -> None:
    address = "#place=geonames%3A1&doc=a%2Cb&docs=a%2Cb,c&src=Gazette"
    story = read_story(written(tmp_path, f'[[step]]\naddress = "{address}"\ncaption = "x"\n'))
    assert story_data(story, DATA)["steps"] == [{"address": address, "heading": "", "caption": "x"}]


def test_a_page_holds_its_story_and_refuses_one_of_another_map(tmp_path: Path) -> None:
    table, reports = war_reports()
    story = written(tmp_path, '[[step]]\naddress = "#place=geonames:486621"\ncaption = "{{ 7 * 7 }} </script>"\n')
    page = to_map(table, documents=reports, story=story).to_html()
    assert "{{ 7 * 7 }} \\u003c/script\\u003e" in page
    story.write_text('[[step]]\naddress = "#place=geonames:1"\ncaption = "x"\n', "utf-8")
    with pytest.raises(ConfigError, match="line 2: the map has no place"):
        to_map(table, documents=reports, story=story)


def test_the_names_in_an_address_are_those_that_the_page_reads() -> None:
    script = (PAGE / "data" / "address.js").read_text("utf-8")
    assert sorted(set(re.findall(r'parts\.(?:get|has)\("(\w+)"\)', script))) == sorted(ADDRESS_PARTS)
