"""Files of corrections: CSV that people write by hand and programs append to, a row a decision, nothing ever removed.

A spreadsheet takes a cell that begins with ``=``, ``+``, ``-`` or ``@`` for a formula. Such a cell is written behind an
apostrophe, as spreadsheets themselves mark text, and read without it: the words come back as they were.
"""

import csv
import io
import os
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from geomap.corrections.records import ANY, VERDICTS, About, Correction
from geomap.errors import CorrectionsError, OutputError
from geomap.writing import check_output, write_file

COLUMNS = (
    *("document", "about", "words", "start", "end", "mention_start", "verdict", "entry_id", "latitude", "longitude"),
    *("event_sub_type", "event_date", "fatalities_low", "fatalities_high", "same_start", "same_mention_start"),
    *("same_document", "same_words"),
    *("who", "when", "why"),
)
"""The columns, in the order in which a new file has them; all but ``document``, ``words`` and ``verdict`` may be left
out of a file, and other ones are passed over."""

_NEEDED = ("document", "words", "verdict")
_WHOLE = (
    *("start", "end", "mention_start", "fatalities_low", "fatalities_high"),
    *("same_start", "same_mention_start"),
)
_DEGREES = ("latitude", "longitude")
_NUMBER = re.compile(r"[+-]?\d{1,9}(?:[.,]\d{1,15})?", re.ASCII)
"""Spreadsheets of many countries write a comma into a number."""
_GUARDED = re.compile(r"'*[=+\-@\t\r]")
_LONGEST_FIELD = 1 << 20


def read_corrections(path: str | os.PathLike[str]) -> tuple[Correction, ...]:
    """Read the corrections that stand, in the order of the file.

    Parameters
    ----------
    path
        A CSV file in UTF-8 whose header names its columns; comma, semicolon or tab between the cells. An empty file
        holds no correction.

    Raises
    ------
    CorrectionsError
        If the file is missing, is no such file, or a row makes no sense; the message names its line.
    """
    try:
        return standing(read_correction_rows(path))
    except CorrectionsError as error:
        raise CorrectionsError(str(error) if str(path) in str(error) else f"{path}, {error}") from None


def read_correction_rows(path: str | os.PathLike[str]) -> list[Correction]:
    """Read all rows of a file, also those that were taken back; parameters and errors as `read_corrections`."""
    header, rows = _table(path)
    return [_correction(dict(zip(header, cells, strict=True)), Path(path), line) for line, cells in rows]


def standing(rows: Iterable[Correction]) -> tuple[Correction, ...]:
    """Return the rows that were not taken back.

    An "undo" takes back the last row before it with the same target that the same person wrote, or, where that person
    wrote none, the last one of all.

    Raises
    ------
    CorrectionsError
        If there is nothing left to take back.
    """
    kept: dict[int, Correction] = {}
    of_target: defaultdict[tuple[object, ...], list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        if row.verdict != "undo":
            kept[number] = row
            of_target[row.target].append(number)
        elif said := of_target[row.target]:
            own = [n for n in said if kept[n].who == row.who]
            last = (own or said)[-1]
            said.remove(last)
            del kept[last]
        else:
            where = "" if row.line is None else f"line {row.line}: "
            raise CorrectionsError(f"{where}undo of {row.words[:60]!r}, of which nothing stands; leave the row out")
    return tuple(kept.values())


def append_corrections(path: str | os.PathLike[str], *rows: Correction) -> None:
    """Add rows to the end of a file, which is made if it is not there; when this returns, they are on the disk.

    They are one write, so that two programs may append to one file; rows that do not fit on the disk leave the file as
    it was. A file that lacks columns that they need is written anew with them.

    Raises
    ------
    CorrectionsError
        If the file is there and cannot be read as one of corrections, or could not with these rows in it.
    OutputError
        If it cannot be written.
    """
    check_output(path)
    for row in rows:
        _check_readable(row)
    separator, header, start = _how_to_append(Path(path))
    missing = [name for name in COLUMNS if name not in header and any(_is_needed(name, row) for row in rows)]
    if missing:
        header = _add_columns(Path(path), separator, missing)
        start = ""
    lines = io.StringIO()
    writer = csv.writer(lines, delimiter=separator, lineterminator="\n")
    if start is None:
        writer.writerow(header)
    writer.writerows([_cell(name, getattr(row, name, "")) for name in header] for row in rows)
    data = ((start or "") + lines.getvalue()).encode("utf-8", "replace")
    try:
        _write_through(Path(path), data)
    except OSError as error:
        raise OutputError(f"{path}: cannot be written ({error.strerror}); make room, or choose another file") from None


def _is_needed(name: str, row: Correction) -> bool:
    """Whether a row says something in a column; what it speaks of mostly follows from its verdict."""
    return _about(row.verdict) != row.about if name == "about" else _cell(name, getattr(row, name)) != ""


def _check_readable(row: Correction) -> None:
    """Refuse a row that could be written and not be read again, such as one with a number beyond all offsets."""
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow([_cell(name, getattr(row, name)) for name in COLUMNS])
    ((number, cells),) = _cells(line.getvalue(), "the new row", separator=",")
    _correction(dict(zip(COLUMNS, cells, strict=True)), Path("the new row"), number)


def _how_to_append(path: Path) -> tuple[str, Sequence[str], str | None]:
    """Return separator and columns of a file, and what must come before a further row; ``None`` in a new file."""
    if not path.exists() or not path.stat().st_size:
        return ",", COLUMNS, None
    header, _ = _table(path)
    text = _text(path)
    return _separator(text), header, "" if text.endswith("\n") else "\n"


def _add_columns(path: Path, separator: str, names: Sequence[str]) -> list[str]:
    """Give a file that somebody wrote by hand further columns, empty in each row; return all of them."""
    header, rows = _table(path)
    text = io.StringIO("\ufeff" if path.read_bytes().startswith(b"\xef\xbb\xbf") else "")
    text.seek(0, io.SEEK_END)
    writer = csv.writer(text, delimiter=separator, lineterminator="\n")
    writer.writerow([*header, *names])
    writer.writerows([*cells, *("" for _ in names)] for _, cells in rows)
    write_file(path, text.getvalue())
    return [*header, *names]


def _write_through(path: Path, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o666)
    try:
        before = os.fstat(descriptor).st_size
        if os.write(descriptor, data) != len(data):  # a full disk
            os.ftruncate(descriptor, before)
            raise OSError(28, "No space left on device")
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _cell(name: str, value: Any) -> str:
    if name in _DEGREES:
        return "" if value is None else f"{value:.6f}".rstrip("0").rstrip(".")
    text = "" if value is None else str(value)
    return f"'{text}" if _GUARDED.match(text) else text


def _table(path: str | os.PathLike[str]) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """Return the columns of a file and its rows that are not blank, each with the line where it begins."""
    text = _text(path)
    rows = list(_cells(text, path))
    if not rows:
        return list(COLUMNS), []
    header = [cell.strip().casefold() for cell in rows[0][1]]
    missing = [name for name in _NEEDED if name not in header]
    twice = [name for name, times in Counter(header).items() if times > 1 and name in COLUMNS]
    if missing:
        raise CorrectionsError(
            f"{path}: no column {', '.join(missing)}; the first line names the columns: {','.join(COLUMNS)}"
        )
    if twice:
        raise CorrectionsError(f"{path}: two columns {', '.join(twice)}; leave one of them in the first line")
    for line, cells in rows[1:]:
        if len(cells) != len(header):
            raise CorrectionsError(
                f"{path}, line {line}: {len(cells)} cells under {len(header)} columns; complete the row or delete it"
            )
    return header, rows[1:]


def _cells(text: str, path: str | os.PathLike[str], *, separator: str | None = None) -> Iterator[tuple[int, list[str]]]:
    csv.field_size_limit(max(csv.field_size_limit(), _LONGEST_FIELD))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator or _separator(text), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise CorrectionsError(f"{path}, line {line}: {error}; complete the row or delete it") from None
        if any(len(cell) > _LONGEST_FIELD for cell in cells):  # the limit of csv is the whole program's
            raise CorrectionsError(f"{path}, line {line}: a cell of over {_LONGEST_FIELD:,} characters; shorten it")
        if any(cell.strip() for cell in cells):
            yield line, cells


def _separator(text: str) -> str:
    return max(",;\t", key=text.partition("\n")[0].count)


def _text(path: str | os.PathLike[str]) -> str:
    try:
        return Path(path).read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise CorrectionsError(f"{path}: no such file; geomap correct makes one") from None
    except OSError as error:
        raise CorrectionsError(f"{path}: cannot be read ({error.strerror}); give a file of corrections") from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise CorrectionsError(f"{path}, line {line}: is not UTF-8; save the file as CSV in UTF-8") from None


def _correction(cells: Mapping[str, str], path: Path, line: int) -> Correction:
    try:
        read = {name: _read(name, cells[name]) for name in COLUMNS if name in cells}
        return Correction(**{**read, "about": read.get("about") or _about(read["verdict"]), "line": line})
    except CorrectionsError as error:
        raise CorrectionsError(f"{path}, line {line}: {error}") from None


def _about(verdict: str) -> About:
    """Return what a verdict is on where a row does not say."""
    return "event" if verdict in set(VERDICTS["event"]) - set(VERDICTS["mention"]) else "mention"


def _read(name: str, cell: str) -> Any:
    if name in _WHOLE or name in _DEGREES:
        return _number(name, cell.strip())
    text = cell[1:] if _GUARDED.match(cell) and cell.startswith("'") else cell
    if name in ("words", "same_words"):
        return text
    text = text.strip()
    lower = text.casefold()
    return lower if name in ("about", "verdict") or (name == "document" and lower == ANY) else text


def _number(name: str, cell: str) -> int | float | None:
    if not cell:
        return None
    if _NUMBER.fullmatch(cell):
        value = float(cell.replace(",", "."))
        if name in _DEGREES:
            return value
        if value.is_integer() and value >= 0:
            return int(value)
    fitting = "degrees such as 48.28" if name in _DEGREES else "a whole number from 0"
    raise CorrectionsError(f"{name} is {cell[:40]!r}; give {fitting}")
