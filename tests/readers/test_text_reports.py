"""Plain text and Markdown."""

import datetime
from pathlib import Path

import pytest

from geomap.errors import GeomapWarning, ReportError
from geomap.readers import read_documents
from geomap.types import Document


def read_text(folder: Path, text: str | bytes, name: str = "report.txt") -> Document:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    (document,) = read_documents(path)
    return document


def test_header_lines_are_taken_off_in_any_order_and_case(tmp_path: Path) -> None:
    document = read_text(
        tmp_path,
        "SOURCE: Example Wire\ntitle: Bridge hit\nUrl:  https://example.org/a?b=1:2\nPublished: 2025-03-14\n\n"
        "A bridge fell.\n",
    )
    assert document.title == "Bridge hit"
    assert document.url == "https://example.org/a?b=1:2"
    assert document.published == datetime.date(2025, 3, 14)
    assert document.source == "Example Wire"
    assert document.text == "A bridge fell.\n"
    assert document.id == "report.txt"


@pytest.mark.parametrize("rest", ["A bridge fell.", "Casualties: none", "Title: again"])
def test_a_line_that_is_no_new_header_ends_the_header(tmp_path: Path, rest: str) -> None:
    document = read_text(tmp_path, f"Title: One\n{rest}\nURL: https://example.org\n")
    assert (document.title, document.url) == ("One", "")
    assert document.text == f"{rest}\nURL: https://example.org\n"


def test_header_words_inside_the_story_stay_there(tmp_path: Path) -> None:
    text = "The mayor spoke.\n\nSource: the mayor\n"
    assert read_text(tmp_path, text).text == text


def test_a_short_first_line_with_a_blank_line_below_is_the_title_and_stays(tmp_path: Path) -> None:
    text = "Shelling in Kupiansk\n\nTwo people were hurt.\n"
    document = read_text(tmp_path, text)
    assert (document.title, document.text) == ("Shelling in Kupiansk", text)


@pytest.mark.parametrize(
    "text",
    ["Only one line.", "One line\nand its neighbour\n\nMore.", "Long " * 60 + "\n\nMore.", "One line\n\n\n"],
)
def test_no_other_first_line_is_a_title(tmp_path: Path, text: str) -> None:
    assert read_text(tmp_path, text).title == ""


def test_a_button_above_the_headline_is_not_the_title(tmp_path: Path) -> None:
    document = read_text(tmp_path, "Support The Example Wire!\n\nShelling in Kupiansk\n\nTwo were hurt.\n")
    assert document.title == "Shelling in Kupiansk"


def test_a_markdown_heading_is_a_title_without_its_signs(tmp_path: Path) -> None:
    text = "# Shelling in *Kupiansk*\n\nTwo were hurt.\n"
    document = read_text(tmp_path, text, "report.md")
    assert (document.title, document.text) == ("Shelling in *Kupiansk*", text)


def test_line_ends_become_newlines_and_nothing_else_changes(tmp_path: Path) -> None:
    odd = "  \tTabs\u00a0and \u2028 signs\x0b 🔴  "
    assert read_text(tmp_path, f"{odd}\r\nb\rc\n\r\nd").text == f"{odd}\nb\nc\n\nd"


@pytest.mark.parametrize("text", ["", " \n\t\r\n", "\ufeff", "\ufeff \n", "Title: A\nURL: b\n", "Title: A\n\n \n"])
def test_a_report_without_text_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(ReportError, match=r"report\.txt: .*(empty|no text)"):
        read_text(tmp_path, text)


def test_a_date_that_cannot_be_read_warns_with_the_files_name(tmp_path: Path) -> None:
    with pytest.warns(GeomapWarning, match=r"report\.txt: the publication date '03/04/2025'"):
        document = read_text(tmp_path, "Published: 03/04/2025\n\nText.")
    assert document.published is None


def test_fifty_megabytes_on_one_line_are_read(tmp_path: Path) -> None:
    line = "Shelling hit Pokrovsk again, the governor said. " * 1_050_000
    document = read_text(tmp_path, line)
    assert len(document.text) > 50_000_000
    assert (document.title, document.boilerplate) == ("", ())
