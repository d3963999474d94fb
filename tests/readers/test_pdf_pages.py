"""Pages of PDF files as programs write them: tables, columns, pieces of words, and what only looks like a table."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, NameObject
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from geomap.readers import read_documents
from geomap.readers.pdf_lines import CELL, MAYBE, Line, in_order

TOWNS = ("Pokrovsk", "Sumy", "Kupiansk", "Nikopol", "Vovchansk", "Huliaipole")
ROWS = [("Date", "Settlement", "Region of it", "Killed")]
ROWS += [(f"{n} March", town, f"{town} region", str(n * 4)) for n, town in enumerate(TOWNS, start=1)]
LEFT = [f"Shelling hit {town} on Friday morning and" for town in TOWNS] + ["killed two residents, they said."]
RIGHT = [f"A missile struck a depot in {town} later" for town in TOWNS] + [
    "in the day.",
    "Nobody was hurt there, it said.",
]


def text_of(path: Path, draw: Callable[[Canvas], None]) -> list[str]:
    file = io.BytesIO()
    canvas = Canvas(file, invariant=True)
    canvas.setFont("Helvetica", 10)
    draw(canvas)
    canvas.save()
    path.write_bytes(file.getvalue())
    (document,) = read_documents(path)
    return document.text.split("\n")


def by_rows(canvas: Canvas, *, places: tuple[int, ...] = (60, 160, 290, 420)) -> None:
    for number, row in enumerate(ROWS):
        for place, cell in zip(places, row, strict=True):
            canvas.drawString(place, 700 - 14 * number, cell)


def by_columns(canvas: Canvas) -> None:
    for column in range(4):
        for number, row in enumerate(ROWS):
            canvas.drawString(60 + 120 * column, 700 - 14 * number, row[column])


def to_the_right(canvas: Canvas) -> None:
    for number, row in enumerate(ROWS):
        for column, cell in enumerate(row):
            canvas.drawRightString(140 + 120 * column, 700 - 14 * number, cell)


@pytest.mark.parametrize("draw", [by_rows, by_columns, to_the_right], ids=lambda draw: draw.__name__)
def test_rows_of_a_table_stand_on_lines_of_their_own_and_their_cells_are_parted(tmp_path: Path, draw: Any) -> None:
    assert text_of(tmp_path / "a.pdf", draw) == ["; ".join(row) for row in ROWS]


def test_text_below_a_table_that_was_written_by_columns_stays_below(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 760, "Killed in March, as officials said:")
        by_columns(canvas)
        canvas.drawString(60, 560, "Figures could not be checked.")

    lines = [line for line in text_of(tmp_path / "a.pdf", draw) if line]
    assert lines == [
        "Killed in March, as officials said:",
        *("; ".join(row) for row in ROWS),
        "Figures could not be checked.",
    ]


def test_rows_whose_last_cell_takes_two_lines_are_rows(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        for number, town in enumerate(TOWNS):
            for place, cell in (
                (60, f"{number} March"),
                (140, town),
                (240, "Shelling hit a school in the morning and"),
            ):
                canvas.drawString(place, 700 - 28 * number, cell)
            canvas.drawString(240, 686 - 28 * number, "hurt three.")

    lines = text_of(tmp_path / "a.pdf", draw)
    assert lines[::2] == [
        f"{n} March; {town}; Shelling hit a school in the morning and" for n, town in enumerate(TOWNS)
    ]


def columns(canvas: Canvas, *, across: bool) -> None:
    pieces = [(60, 700 - 13 * n, line) for n, line in enumerate(LEFT)]
    pieces += [(310, 700 - 13 * n, line) for n, line in enumerate(RIGHT)]
    for x, y, line in sorted(pieces, key=lambda piece: (-piece[1], piece[0])) if across else pieces:
        canvas.drawString(x, y, line)


@pytest.mark.parametrize("across", [False, True])
def test_two_columns_are_read_one_after_the_other_however_they_were_written(tmp_path: Path, *, across: bool) -> None:
    assert text_of(tmp_path / "a.pdf", lambda canvas: columns(canvas, across=across)) == LEFT + RIGHT


def test_letters_that_are_placed_one_by_one_are_words(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        for number, line in enumerate(LEFT):
            x = 60.0
            for letter in line:
                if letter != " ":
                    canvas.drawString(x, 700 - 13 * number, letter)
                x += stringWidth(letter, "Helvetica", 10) + 0.2

    assert text_of(tmp_path / "a.pdf", draw) == LEFT


def test_words_that_are_placed_one_by_one_in_a_justified_line_are_no_cells(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        for number, line in enumerate(LEFT[:-1]):
            words = line.split()
            gap = (240 - sum(stringWidth(word, "Helvetica", 10) for word in words)) / (len(words) - 1)
            x = 60.0
            for word in words:
                canvas.drawString(x, 700 - 13 * number, word)
                x += stringWidth(word, "Helvetica", 10) + gap

    assert text_of(tmp_path / "a.pdf", draw) == LEFT[:-1]


def test_one_line_with_a_gap_is_no_table() -> None:
    line = Line(height=9, text=f"Kyiv{CELL}14 March", cells=((0, 20), (200, 240)))
    other = Line(height=0, text="Shelling hit Sumy.", cells=((0, 90),))
    assert [one.text for one in in_order([line, other])] == ["Kyiv14 March", "Shelling hit Sumy."]
    assert in_order([]) == []


@pytest.mark.parametrize("sign", [CELL, MAYBE], ids=ascii)
def test_signs_that_a_font_calls_control_characters_are_no_cells(tmp_path: Path, sign: str) -> None:
    def draw(canvas: Canvas) -> None:
        for number, town in enumerate(TOWNS[:2]):
            canvas.drawString(60, 700 - 14 * number, f"* Shelling of {town}")
            canvas.drawString(300, 700 - 14 * number, "3 killed")

    text_of(tmp_path / "signs.pdf", draw)
    writer = PdfWriter(clone_from=tmp_path / "signs.pdf")
    names = DecodedStreamObject()
    names.set_data(f"1 beginbfchar <2A> <{ord(sign):04X}> endbfchar".encode())
    for font in writer.pages[0]["/Resources"]["/Font"].values():
        font.get_object()[NameObject("/ToUnicode")] = names
    writer.write(tmp_path / "signs.pdf")
    (document,) = read_documents(tmp_path / "signs.pdf")
    assert document.text.split("\n") == ["Shelling of Pokrovsk; 3 killed", "Shelling of Sumy; 3 killed"]
