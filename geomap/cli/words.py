"""What the program says to people, on stderr, and how it writes data, on stdout."""

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

import typer

from geomap.errors import OutputError
from geomap.writing import Content, write_content

_SPACE = re.compile(r"\r\n|[\r\n\t\v\f\x85\u2028\u2029\xa0\u2000-\u200a\u202f\u3000]")
_JOINERS = "\u200c\u200d"  # within Persian words and emoji; harmless

Thing = TypeVar("Thing")
_set_aside: ContextVar[list[int] | None] = ContextVar("numbers of reports that a verb set aside", default=None)
NOT_ALL = 3
"""Exit code of a verb that is done, but for reports that it set aside."""


@contextmanager
def counting_set_aside() -> Iterator[list[int]]:
    """Hand out the list that `note_set_aside` adds to within the block."""
    noted: list[int] = []
    token = _set_aside.set(noted)
    try:
        yield noted
    finally:
        _set_aside.reset(token)


def note_set_aside(number: int) -> None:
    """Let the program end with `NOT_ALL`, because a number of reports, not 0, could not be read."""
    noted = _set_aside.get()
    if noted is not None:
        noted.append(number)


def say(message: str) -> None:
    """Write one line to stderr. Control characters, which a report can hold, never reach the terminal."""
    typer.echo(printable(message), err=True)


def say_list(heading: str, lines: Sequence[object], *, most: int, number: int | None = None) -> None:
    """Say the first of some lines under a heading, and how many more there are; nothing where there is none.

    ``number`` is how many there are, if not all are at hand.
    """
    number = len(lines) if number is None else number
    if not number:
        return
    say(heading)
    for line in lines[:most]:
        say(f"  {line}")
    if number > most:
        say(f"  and {number - most:,} more")


def printable(text: str) -> str:
    """Return a text in which all that a terminal could obey is escaped; white space of any kind becomes a space."""
    spaced = _SPACE.sub(" ", text)
    return "".join(char if char.isprintable() or char in _JOINERS else ascii(char)[1:-1] for char in spaced)


def write_data(data: Content) -> None:
    """Write data to stdout, text as UTF-8, whatever the locale; a reader that has gone is found out here."""
    require_stdout()
    out = typer.get_binary_stream("stdout")
    write_content(data, out)
    out.flush()


def require_stdout() -> None:
    """Refuse to go on when the program was started with stdout closed."""
    if sys.stdout is None:
        raise OutputError("standard output is closed; send it to a file or a pipe")


def not_read(left_out: str) -> str:
    """Return what ends the last line of a verb when something was left out; empty when nothing was."""
    return f" (not read: {left_out})" if left_out else ""


def count(number: int, noun: str, plural: str = "") -> str:
    """Return a number and its noun, such as ``1 mention`` and ``1,200 mentions``."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def with_bar(
    things: Iterable[Thing],
    total: int | None,
    *,
    noun: str,
    of: bool = False,
    size_of: Callable[[Thing], int] = lambda _: 1,
) -> Iterator[Thing]:
    """Pass things on, with a bar on stderr if that is a terminal.

    It moves by the size of each, towards a total if one is known. Shown is the number of things and what they are
    called, or ``of`` how many: then that is the total.
    """
    if not sys.stderr.isatty():
        yield from things
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    shown = f"{{task.fields[number]:{len(str(total))}}}/{total}" if of else f"{{task.fields[number]:,}} {noun}"
    columns = (TextColumn(shown), BarColumn(), TextColumn("{task.fields[rate]}"), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total, number=0, rate="")
        for number, one in enumerate(things, start=1):
            yield one
            elapsed = bar.tasks[task].elapsed or 0.0
            rate = f"{number / elapsed:,.1f} {noun}/s" if elapsed else ""
            bar.update(task, advance=size_of(one), number=number, rate=rate)
