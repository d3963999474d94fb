"""``geomap evaluate``: how well places are found and resolved, and events told, in a corpus that people have marked."""

import sys
from collections.abc import Iterable, Iterator
from enum import Enum
from typing import TYPE_CHECKING, Annotated

import typer

from geomap.cli import options
from geomap.cli.words import printable, write_data

if TYPE_CHECKING:
    from geomap.types import ParsedDocument


class _Task(str, Enum):  # noqa: UP042  (typer below 0.16 needs the str)
    recognition = "recognition"
    resolution = "resolution"
    end_to_end = "end-to-end"
    events = "events"
    event_place = "event-place"


def evaluate(
    task: Annotated[
        _Task,
        typer.Argument(
            help="What to score: names found, marked names resolved, both, kinds of events, or their places."
        ),
    ],
    corpus: Annotated[
        str, typer.Argument(metavar="CORPUS", help="JSON Lines, or XML as of LGL and TR-News; - for standard input.")
    ],
    *,
    split: Annotated[
        str, typer.Option("--split", metavar="NAME", help="Part of the corpus to score; all for every document.")
    ] = "dev",
    recognizer: options.Recognizer = None,
    resolver: options.Resolver = None,
    gazetteer: options.Gazetteer = None,
    limit: Annotated[
        int | None, typer.Option("--limit", min=1, metavar="N", help="Score the first N documents only.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, with every single error.")] = False,
) -> None:
    """Score the finding and resolving of places, or the telling of events, on a corpus that people have marked."""
    from geomap.evaluation.report import to_json, to_markdown
    from geomap.evaluation.scoring import evaluate as score

    result = score(
        task.value,
        corpus,
        split=split,
        recognizer=recognizer,
        resolver=resolver,
        gazetteer=gazetteer,
        limit=limit,
        watch=_with_progress,
    )
    lines = to_markdown(result).splitlines()
    write_data(to_json(result) if as_json else "".join(f"{printable(line)}\n" for line in lines))


def _with_progress(parsed: "Iterable[ParsedDocument]", total: int) -> "Iterator[ParsedDocument]":
    """Pass parsed documents on, with a bar on stderr if that is a terminal."""
    if not sys.stderr.isatty():
        yield from parsed
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (MofNCompleteColumn(), BarColumn(), TextColumn("{task.fields[rate]}"), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total, rate="")
        for number, one in enumerate(parsed, start=1):
            yield one
            elapsed = bar.tasks[task].elapsed or 0.0
            bar.update(task, advance=1, rate=f"{number / elapsed:,.1f} documents/s" if elapsed else "")
