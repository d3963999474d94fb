"""What a line opens with before its words: signs, numbers, datelines."""

import pytest

from geomap.language.lines import is_in_dateline, opens_line, words_start


@pytest.mark.parametrize(
    "opening",
    [
        "",
        "• ",
        "- ",
        "## ",
        "> ",
        "**",
        "1. ",
        "2) ",
        "(3) ",
        "3.1. ",
        "1.2 ",
        "B. ",
        "(iv) ",
        "• 4. ",
        "— ",
        "*   ",
        "1. **",
    ],
)
def test_words_begin_behind_signs_of_a_list_and_its_number(opening: str) -> None:
    line = f"{opening}Kupiansk was shelled."
    assert line[words_start(line) :] == "Kupiansk was shelled."


@pytest.mark.parametrize(
    "line", ["16.05 Shelling in Sumy.", "12 people died.", "2022 was worse.", "A drone fell.", "80 mm"]
)
def test_clocks_and_counts_are_words(line: str) -> None:
    assert words_start(line) == 0


@pytest.mark.parametrize(("line", "end"), [("", 0), ("•", 1), ("1.", 0), ("1. ", 3), ("***", 3), (" ", 1)])
def test_a_line_without_words_is_all_opening(line: str, end: int) -> None:
    assert words_start(line) == end


def test_only_what_no_word_stands_before_opens_its_line() -> None:
    text = "Overview.\n• Sumy. A drone fell in Sumy."
    assert opens_line(text, text.index("Sumy"))
    assert opens_line(text, 0)
    assert not opens_line(text, text.rindex("Sumy"))
    assert not opens_line(text, text.index("A drone"))


@pytest.mark.parametrize(
    ("text", "name", "inside"),
    [
        ("News\nSUMY, Ukraine (AP) — Drones hit Kharkiv.", "SUMY", True),
        ("News\nSUMY, Ukraine (AP) — Drones hit Kharkiv.", "Ukraine", True),
        ("News\nSUMY, Ukraine (AP) — Drones hit Kharkiv.", "Kharkiv", False),
        ("**KYIV** was quiet.", "KYIV", False),
        ("KHARKIV OBLAST\nTwo villages were shelled.", "KHARKIV", False),
        ("• Goma, 5 May — Shells fell.", "Goma", True),
    ],
)
def test_a_name_is_in_the_dateline_of_its_line_or_not(text: str, name: str, *, inside: bool) -> None:
    start = text.index(name)
    assert is_in_dateline(text, start, start + len(name)) is inside
