"""Lines of a PDF page: what belongs on one, what is a cell of a table in it, and in which order lines are read.

A page says where each piece of text begins, and nothing of lines, cells or columns. Of the cells of a table each stands
apart from the one before and in line with one above or below it; words of a justified line do only the first.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

CELL = "\0"  # stands between cells until it is known whether the line is a row
MAYBE = "\1"  # stands where the gap may as well be blanks of a justified line
_APART = 1.0  # ems between two cells, at least
_APART_IF_IN_LINE = 0.6  # where others begin at the same place
_STRETCH = 0.3  # ems by which a justified line may widen each blank
_WIDEST_BLANK = 2.5  # ems of one in a justified line of words that are placed one by one
_EQUAL = 0.15  # of the widest gap of such a line by which the narrowest may be narrower
_FEWEST_BLANKS = 3  # by which such a line is told
_TOUCHING = 0.12  # ems between letters of a word, at most; a blank of a narrow type is .2
_ALIGNED = 1.5  # points between edges that are in line
_NEAR = 4  # lines that two rows of a table can be apart when the text of a cell takes several, less one
_ONE_WORD = re.compile(r"\w\w|\S[.,;:)]")  # what no blank stands between if nothing does
_FEWEST_LINES = 6  # of columns of text beside each other
_FEWEST_ROWS = 3  # of a table that was written column by column; lines whose cells begin where a cell may
_LONG = 25  # characters of their lines on average; of cells of a table fewer


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Text that a page writes at one place."""

    text: str
    start: float
    """Points from the left."""
    end: float
    """As far as its letters reach, blanks as narrow as the type has them."""
    height: float
    """Of the base line, points from the bottom."""
    size: float
    """Of the type, as the page says it, which is not yet in points."""
    em: float
    """Of the type, in points."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line."""

    height: float
    text: str
    """With `CELL` or `MAYBE` before each piece that stands apart."""
    cells: tuple[tuple[float, float], ...] = ()
    """Where each begins and ends."""


@dataclass(slots=True)
class OpenLine:
    """A line to which pieces are added."""

    text: str = ""
    height: float = 0.0
    _cells: list[tuple[float, float]] = field(default_factory=list)
    _blanks: int = 0
    _ends_in_blank: bool = False
    _gaps: list[float] = field(default_factory=list)
    """In ems, before each piece but the first."""

    def add_blank(self, text: str) -> None:
        """Add a piece without letters, which may be of no width."""
        self.text += " "
        self._ends_in_blank |= " " in text

    def add(self, piece: Piece, *, before: str = "", after: str = "") -> None:
        """Add a piece, which may touch the one before, follow it, or stand apart.

        Blanks before and after it stand for the ends of lines around its text, as between two pieces of one word.
        """
        if not self.text.strip() or not self._cells:
            self._cells.append((piece.start, piece.end))
        else:
            before = self._joint(piece, before)
        self._blanks += piece.text.strip().count(" ") + (" " in self.text[-1:] + before + piece.text[:1])
        self.text += f"{before}{piece.text}{after}"
        self._ends_in_blank = piece.text.endswith(" ")

    def _joint(self, piece: Piece, before: str) -> str:
        """Return what stands between the line and a further piece, whose place may make a cell of it."""
        start, end = self._cells[-1]
        gap = (piece.start - end) / piece.em if piece.em else 0.0
        self._gaps.append(gap)
        if gap >= _APART_IF_IN_LINE:
            self._cells.append((piece.start, piece.end))
            sure = gap - self._blanks * _STRETCH >= _APART
            self._blanks = 0
            return (CELL if sure else MAYBE) + before
        self._cells[-1] = (start, max(end, piece.end))
        touches = abs(gap) <= _TOUCHING and not self._goes_back() and not self._ends_in_blank
        if touches and _ONE_WORD.fullmatch(self.text.rstrip(" ")[-1:] + piece.text[:1]):
            self.text, before = self.text.rstrip(" "), ""
        return before

    def _goes_back(self) -> bool:
        """Return whether a piece lies over another, as where a font does not tell its widths."""
        return min(self._gaps, default=0.0) < -_APART_IF_IN_LINE

    def _is_justified(self) -> bool:
        """Return whether all gaps are one blank, widened."""
        widest = max(self._gaps, default=0.0)
        return (
            len(self._gaps) >= _FEWEST_BLANKS and widest < _WIDEST_BLANK and widest - min(self._gaps) < widest * _EQUAL
        )

    def closed(self) -> Line:
        """Return the line as it is; without cells when it is justified, or places in it are wrong."""
        if not self._goes_back() and not self._is_justified():
            return Line(height=self.height, text=self.text, cells=tuple(self._cells))
        text = self.text.replace(CELL, "").replace(MAYBE, "")
        return Line(height=self.height, text=text, cells=((self._cells[0][0], self._cells[-1][1]),))


def in_order(lines: Sequence[Line]) -> list[Line]:
    """Return lines as they are read: rows of tables on lines of their own, columns of text one after the other.

    They are those of one page, in the order in which it was written, and get `Line.text` as it reads: cells parted by
    "; ", else all on one line with single blanks.
    """
    whole = _with_rows_joined(_settled(lines))
    near = ((one, two) for one in range(len(whole)) for two in range(one + 1, min(one + _NEAR, len(whole))))
    rows = {number for one, two in near if _are_rows(whole[one], whole[two]) for number in (one, two)}
    columns = _columns(whole, rows)
    return [_read(line, is_row=number in rows) for number, line in columns]


def _settled(lines: Sequence[Line]) -> list[Line]:
    """Return lines whose pieces stand apart or do not: what may is a cell where those of other lines begin."""
    starts = Counter(
        round(cell[0])
        for line in lines
        for sign, cell in zip(re.findall(f"[{CELL}{MAYBE}]", line.text), line.cells[1:], strict=True)
        if sign == CELL
    )
    return [_settle(line, starts) if MAYBE in line.text else line for line in lines]


def _settle(line: Line, starts: Counter[int]) -> Line:
    first, *rest = re.split(f"([{CELL}{MAYBE}])", line.text)
    text, cells = first, [line.cells[0]]
    for sign, part, cell in zip(rest[::2], rest[1::2], line.cells[1:], strict=True):
        if sign == CELL or starts[round(cell[0])] >= _FEWEST_ROWS:
            text += CELL + part
            cells.append(cell)
        else:
            text += part
            cells[-1] = (cells[-1][0], max(cells[-1][1], cell[1]))
    return Line(height=line.height, text=text, cells=tuple(cells))


def _read(line: Line, *, is_row: bool) -> Line:
    text = re.sub(rf"\s*{CELL}\s*", "; ", line.text) if is_row else line.text.replace(CELL, "")
    return Line(height=line.height, text=" ".join(text.split()), cells=line.cells)


def _are_rows(one: Line, two: Line) -> bool:
    """Return whether two lines are rows of one table: a cell that is not the first is in line with one of the other."""
    pairs = ((left, right) for left in one.cells[1:] for right in two.cells[1:])
    return one.height != two.height and any(_in_line(left, right) for left, right in pairs)


def _in_line(one: tuple[float, float], two: tuple[float, float]) -> bool:
    edges = (one[0] - two[0], one[1] - two[1], (sum(one) - sum(two)) / 2)
    return any(abs(edge) <= _ALIGNED for edge in edges)


def _columns(lines: Sequence[Line], rows: set[int]) -> list[tuple[int, Line]]:
    """Return lines with their numbers, and of text in two columns that was written across the left one first."""
    found: list[tuple[int, Line]] = []
    number = 0
    while number < len(lines):
        last = number
        while last < len(lines) and _is_beside(lines[number], lines[last]):
            last += 1
        across = lines[number:last]
        if len(across) >= _FEWEST_LINES and _is_prose(across):
            while last < len(lines) and _goes_on(across[0], lines[last]) is not None:
                last += 1  # the longer of the two
            rest = [(_goes_on(across[0], line), line) for line in lines[number + len(across) : last]]
            for side in (0, 1):
                halves = [_half(line, side) for line in across] + [line for where, line in rest if where == side]
                found += [(-1, half) for half in halves]
            number = last
        else:
            found.append((number, lines[number]))
            number += 1
    return found


def _is_beside(first: Line, line: Line) -> bool:
    both = len(first.cells) == len(line.cells) == 2
    return both and abs(first.cells[1][0] - line.cells[1][0]) <= _ALIGNED


def _goes_on(first: Line, line: Line) -> int | None:
    """Return which column a line goes on with that stands below two; ``None`` for neither."""
    if len(line.cells) != 1:
        return None
    (start, end), (left, right) = line.cells[0], first.cells
    if abs(start - right[0]) <= _ALIGNED:
        return 1
    return 0 if abs(start - left[0]) <= _ALIGNED and end < right[0] else None


def _is_prose(lines: Sequence[Line]) -> bool:
    halves = [part.strip() for line in lines for part in line.text.split(CELL)]
    return sum(map(len, halves)) >= _LONG * len(halves) and min(
        sum(len(line.text.split(CELL)[side]) for line in lines) for side in (0, 1)
    ) >= _LONG * len(lines)


def _half(line: Line, side: int) -> Line:
    return Line(height=line.height, text=line.text.split(CELL)[side], cells=(line.cells[side],))


def _with_rows_joined(lines: Sequence[Line]) -> list[Line]:
    """Return lines with the rows of tables put together that were written column by column."""
    joined: list[Line] = []
    for run in _runs(lines):
        beside = _beside(joined, run)
        for at, line in zip(beside, run, strict=False):
            left = joined[at]
            joined[at] = Line(height=left.height, text=f"{left.text}{CELL}{line.text}", cells=left.cells + line.cells)
        joined += run[len(beside) :]
    return joined


def _runs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield lines that were written downwards."""
    run: list[Line] = []
    for line in lines:
        if run and line.height >= run[-1].height:
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _beside(lines: Sequence[Line], run: Sequence[Line]) -> list[int]:
    """Return the lines at whose right the first of a run stand as a further column of a table; none for other text."""
    at = {round(line.height): number for number, line in enumerate(lines)}
    found: list[int] = []
    for line in run:
        number = at.get(round(line.height))
        if number is None or not line.cells or not lines[number].cells:
            break
        if line.cells[0][0] <= lines[number].cells[-1][1]:
            break
        found.append(number)
    texts = [line.text.rpartition(CELL)[2] for number in found for line in (lines[number],)]
    texts += [line.text for line in run[: len(found)]]
    short = sum(len(text.strip()) for text in texts) < _LONG * len(texts)
    return found if len(found) >= _FEWEST_ROWS and short else []
