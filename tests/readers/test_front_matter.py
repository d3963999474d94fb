"""The block of fields on top of a Markdown file."""

import datetime
from pathlib import Path

import pytest

from geomap.readers import read_documents
from geomap.types import Document

STORY = "Two people were killed when shells hit a street market in Kherson, the governor said.\n"


def read(folder: Path, text: str, name: str = "report.md") -> Document:
    (folder / name).write_text(text, encoding="utf-8")
    (document,) = read_documents(folder / name)
    return document


@pytest.mark.parametrize("name", ["report.md", "report.txt"])
@pytest.mark.parametrize("end", ["---", "..."])
def test_the_fields_are_known_and_are_no_text(name: str, end: str, tmp_path: Path) -> None:
    head = f'---\ntitle: "Shells hit market"\nurl: https://example.org/1\ndate: 2025-03-14\nsource: Alpha News\n{end}\n'
    document = read(tmp_path, f"{head}\n{STORY}", name)
    assert document == Document(
        id=name,
        text=STORY,
        title="Shells hit market",
        url="https://example.org/1",
        published=datetime.date(2025, 3, 14),
        source="Alpha News",
    )


def test_a_clipping_whose_source_is_an_address_has_that_address_and_its_host_for_an_outlet(tmp_path: Path) -> None:
    head = "---\ntitle: Shells hit market\nsource: https://www.alpha.example/a?b=1\nauthor:\n  - '[[A. Smith]]'\n"
    document = read(tmp_path, f"{head}published: 2025-03-14\ncreated: 2025-06-01\ntags: [clippings]\n---\n{STORY}")
    assert (document.url, document.source) == ("https://www.alpha.example/a?b=1", "alpha.example")
    assert document.published == datetime.date(2025, 3, 14)


def test_a_block_that_is_no_valid_yaml_is_read_by_its_lines(tmp_path: Path) -> None:
    head = "---\ntitle: Kherson: shells hit market\npubDate: '2025-03-14T09:30:00Z'\ntags: [a, b\n---\n"
    document = read(tmp_path, head + STORY)
    assert (document.title, document.text) == ("Kherson: shells hit market", STORY)
    assert document.published == datetime.date(2025, 3, 14)


def test_fields_of_which_none_is_used_are_no_text_either(tmp_path: Path) -> None:
    assert read(tmp_path, f"---\nlayout: post\ntags:\n  - kherson\n---\nTitle: A\n\n{STORY}").text == STORY


@pytest.mark.parametrize(
    "text",
    [
        f"---\nKyiv: two killed\n---\n{STORY}",
        f"---\n{STORY}\n---\nMore.\n",
        f"---\ntitle: never closed\n{STORY}",
        f"{STORY}\n---\ntitle: further down\n---\n",
        f"---\n- title\n- date\n---\n{STORY}",
        f"---\n---\n{STORY}",
    ],
)
def test_rules_around_a_story_are_no_front_matter(text: str, tmp_path: Path) -> None:
    assert read(tmp_path, text).text == text


@pytest.mark.parametrize(
    "value",
    [
        "!!python/object/apply:os.system [touch PWNED]",
        "&a [*a]",
        "[" * 3000,
        "[a, b]",
        "{name: c}",
        "0x_",
        "2025-02-30",
    ],
)
def test_hostile_values_make_nothing_and_break_nothing(
    value: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert read(tmp_path, f"---\ntitle: {value}\nslug: x\n---\n{STORY}").text == STORY
    assert not Path("PWNED").exists()
