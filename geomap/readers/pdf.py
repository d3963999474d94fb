"""PDF files: the text of their pages, without what is repeated on top and at the bottom of each.

Read by pypdf: pure Python, kept against hostile files, and in the order in which the page was written, which for
columns is the order of reading nearly always; `pdf_lines` finds the rest by where things stand. On 13 files made for it
(tables with and without rules, columns, running heads, notes, letter by letter) this reads 116 of 116 paragraphs in one
piece and 81 of 81 rows with their cells. Of the paragraphs pypdf's own layout mode, which runs columns together, reads
76, and pdfplumber, which unpacks without a limit and brings 20 MB, 68; PDFium reads 106, but is C++ in this process.
"""

import io
import logging
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

from geomap.errors import ReportError
from geomap.readers.documents import OpenFile, Readings, make_document
from geomap.readers.limits import take_whole
from geomap.readers.pdf_lines import CELL, MAYBE, Line, OpenLine, Piece, in_order
from geomap.readers.text_files import first_line_title

_EDGE = 3  # lines at either end of a page among which heads, feet and numbers are looked for
_LEAST_SHARE = 0.5  # of the pages that have a line at that end for it to be one that runs along
_FEWEST_PAGES = 3  # two pages may begin alike by chance
_NEW_LINE = 0.4  # of the size of the type: how far the base line moves to a new line
_PARAGRAPH = 1.6  # times the usual distance of two lines
_DIGITS = re.compile(r"\d+")
_DRAWING = 8 << 20  # bytes that pages may consist of, besides
_DRAWING_TIMES = 10  # times the file's size: pypdf takes a second for .75 MB, and pages of text are 20 KB each
_LONGEST_SHOWN = 80
_NO_TEXT = str.maketrans("", "", CELL + MAYBE)  # what fonts call signs that are no letters


def read_pdf(file: OpenFile) -> Readings:
    """Yield the one document of a PDF file that carries its text; scanned pages carry none.

    Lines that stand on top or at the bottom of half of the pages, whatever their digits, are left out, and so are the
    numbers of pages; words broken at a line's end are joined as in any report. A row of a table is a line. The title is
    that of the file's properties where the first page shows it, else its first line that stands like a headline. The
    properties say when the file was made, not when the report came out: that date is not taken.
    """
    data = take_whole(file.stream, path=file.path)
    if not data:
        raise file.error("the file is empty; remove it or fill it in")
    logging.getLogger("pypdf").addHandler(logging.NullHandler())
    logging.getLogger("pypdf").propagate = False
    try:
        pages, title = _read(data, file)
    except ReportError:
        raise
    except Exception as error:  # pypdf lets what a damaged file causes through as it comes
        reason = " ".join(str(error).split())[:_LONGEST_SHOWN] or type(error).__name__
        raise file.error(f"a PDF file that cannot be read ({reason}); print it to a new PDF file") from None
    text = "\n".join(filter(None, ("\n".join(page).strip("\n") for page in without_running_lines(pages))))
    if not text:
        raise file.error("pages without text, as of a scan; run them through text recognition (OCR) first")
    shown = title if " ".join(title.split()).casefold() in " ".join(text[:2_000].split()).casefold() else ""
    yield make_document(file, text=text, title=shown or first_line_title(text))


def _read(data: bytes, file: OpenFile) -> tuple[list[list[str]], str]:
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise file.error("it is encrypted with a password; save it without one")
    left = _DRAWING + len(data) * _DRAWING_TIMES
    pages: list[list[str]] = []
    for page in reader.pages:
        contents = page.get_contents()
        left -= len(contents.get_data()) if contents is not None else 0
        if left < 0:
            raise file.error("pages that draw far more than they say; print its text to a new PDF file")
        pages.append(list(_lines(page)))
    title = reader.metadata.title if reader.metadata else None
    return pages, title if isinstance(title, str) else ""


def _lines(page: Any) -> Iterator[str]:
    """Yield the lines of a page, and an empty one where the distance to the next is that of a paragraph."""
    placed = in_order(list(_placed(page)))
    steps = [round(before.height - after.height, 1) for before, after in pairwise(placed)]
    down = Counter(step for step in steps if step > 0)
    usual = down.most_common(1)[0][0] if down else 0.0
    for line, step in zip(placed, [*steps, 0.0], strict=False):
        yield line.text
        if usual and (step > usual * _PARAGRAPH):
            yield ""


def _placed(page: Any) -> Iterator[Line]:
    """Yield the lines of a page in the order in which it was written."""
    line = OpenLine()
    for piece in _pieces(page):
        if not piece.text.strip():
            line.add_blank(piece.text)
            continue
        if line.text.strip() and abs(piece.height - line.height) > piece.size * _NEW_LINE:
            yield line.closed()
            line = OpenLine()
        *whole, last = [part for part in piece.text.split("\n") if part.strip()]
        for part in whole:
            line.height = piece.height
            line.add(replace(piece, text=part))
            yield line.closed()
            line = OpenLine()
        line.height = piece.height
        before, after = (" " * has_end for has_end in (piece.text.startswith("\n"), piece.text.endswith("\n")))
        line.add(replace(piece, text=last), before=before, after=after)
    if line.text.strip():
        yield line.closed()


def _pieces(page: Any) -> list[Piece]:
    """Return what the page writes, piece by piece."""
    pieces: list[Piece] = []
    fonts: dict[int, tuple[Any, Any]] = {}  # with what their ids are of, so that none is given twice

    def take(text: str, matrix: Any, text_matrix: Any, font: Any, size: float) -> None:
        text = text.translate(_NO_TEXT)
        if id(font) not in fonts:
            fonts[id(font)] = (font, _measure_of(font))
        x, y = text_matrix[4], text_matrix[5]
        em = abs(float(text_matrix[0] * matrix[0] + text_matrix[1] * matrix[2])) * float(size or 1)
        start = float(x * matrix[0] + y * matrix[2] + matrix[4])
        pieces.append(
            Piece(
                text=text,
                start=start,
                end=start + fonts[id(font)][1](text.strip()) * em,
                height=float(x * matrix[1] + y * matrix[3] + matrix[5]),
                size=float(size or 1),
                em=em,
            )
        )

    page.extract_text(visitor_text=take)
    return pieces


def _measure_of(font: Any) -> Callable[[str], float]:
    """Return what tells how many ems a text of a font is wide; half of one a letter where the font does not."""
    from pypdf.generic._font import Font

    try:
        known = Font.from_font_resource(font)
    except Exception:  # of a damaged font; its text may be read all the same
        return lambda text: len(text) / 2
    return lambda text: float(known.get_text_width(text)) / 1000


def without_running_lines(pages: list[list[str]]) -> list[list[str]]:
    """Return the lines of pages without their running heads, feet and numbers."""
    tops, bottoms = (Counter(key for page in pages for key in set(_edge(page, end=end))) for end in (False, True))
    least = max(_FEWEST_PAGES, len(pages) * _LEAST_SHARE)
    running = [{key for key, number in counted.items() if number >= least} for counted in (tops, bottoms)]
    return [_strip(list(reversed(_strip(list(reversed(page)), running[1]))), running[0]) for page in pages]


def _edge(page: list[str], *, end: bool) -> list[str]:
    lines = [_key(line) for line in page if line]
    return lines[-_EDGE:] if end else lines[:_EDGE]


def _key(line: str) -> str:
    return _DIGITS.sub("0", line.casefold())


def _strip(lines: list[str], running: set[str]) -> list[str]:
    """Return lines without those at their beginning that run along."""
    kept = 0
    at = [index for index, line in enumerate(lines) if line][:_EDGE]
    for index in at:
        if _key(lines[index]) in running:
            kept = index + 1
    return lines[kept:]
