"""PDF files: the text of their pages, without what is repeated on top and at the bottom of each.

Read by pypdf: pure Python, kept against hostile files, and in the order in which the page was
written, which for columns is the order of reading; pdfminer.six tells lines apart as well, but unpacks without a limit.
"""

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from geomap.errors import ReportError
from geomap.readers.documents import OpenFile, Readings, make_document
from geomap.readers.limits import take_whole
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


def read_pdf(file: OpenFile) -> Readings:
    """Yield the one document of a PDF file that carries its text; scanned pages carry none.

    Lines that stand on top or at the bottom of half of the pages, whatever their digits, are left out, and so are the
    numbers of pages; words broken at a line's end are joined as in any report. A row of a table is a line. The title is
    that of the file's properties where the first page shows it, else its first line that stands like a headline. The
    properties say when the file was made, not when the report came out: that date is not taken.

    Parameters
    ----------
    file
        The file.

    Yields
    ------
        One `Document`, or one `ReportError`.
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
    yield make_document(file, id=file.name, text=text, title=shown or first_line_title(text))


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
    placed = list(_placed(page))
    steps = [round(before[0] - after[0], 1) for before, after in pairwise(placed)]
    down = Counter(step for step in steps if step > 0)
    usual = down.most_common(1)[0][0] if down else 0.0
    for (_, text), step in zip(placed, [*steps, 0.0], strict=False):
        yield text
        if usual and (step > usual * _PARAGRAPH):
            yield ""


def _placed(page: Any) -> Iterator[tuple[float, str]]:
    """Yield height and text of each line, in the order of the page."""
    pieces: list[tuple[float, float, str]] = []

    def take(text: str, matrix: Any, text_matrix: Any, font: Any, size: float) -> None:
        height = float(text_matrix[4] * matrix[1] + text_matrix[5] * matrix[3] + matrix[5])
        pieces.append((height, float(size or 1), text))

    page.extract_text(visitor_text=take)
    line, at = "", 0.0
    for height, size, text in pieces:
        if not text.strip():
            line += " "
            continue
        if line.strip() and abs(height - at) > size * _NEW_LINE:
            yield at, " ".join(line.split())
            line = ""
        *whole, last = [part for part in text.split("\n") if part.strip()]
        for part in whole:
            yield height, " ".join((line + part).split())
            line = ""
        line, at = f"{line}{' ' * text.startswith(chr(10))}{last}{' ' * text.endswith(chr(10))}", height
    if line.strip():
        yield at, " ".join(line.split())


def without_running_lines(pages: list[list[str]]) -> list[list[str]]:
    """Return the lines of pages without their running heads, feet and numbers.

    Parameters
    ----------
    pages
        The lines of each page.
    """
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
