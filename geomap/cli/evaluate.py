"""``geomap evaluate``: how well places are found and resolved, and events told, by what people have marked."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from geomap.cli import options
from geomap.cli.words import printable, write_data

if TYPE_CHECKING:
    from geomap.config import Config
    from geomap.evaluation.scoring import Task
    from geomap.types import ParsedDocument

_TASKS = ("recognition", "resolution", "end-to-end", "events", "event-place")


def evaluate(
    task: Annotated[
        str,
        typer.Argument(
            metavar="TASK|REPORTS",
            help=f"What to score: {', '.join(_TASKS)} (names found, marked names resolved, both, kinds of events, or "
            "their places). With --corrections the reports.",
        ),
    ],
    corpus: Annotated[
        str | None,
        typer.Argument(metavar="CORPUS", help="JSON Lines, or XML as of LGL and TR-News; - for standard input."),
    ] = None,
    *,
    corrections: Annotated[
        Path | None,
        typer.Option("--corrections", metavar="FILE", help="Say how right the program was where people corrected it."),
    ] = None,
    split: Annotated[
        str, typer.Option("--split", metavar="NAME", help="Part of the corpus to score; all for every document.")
    ] = "dev",
    recognizer: options.Recognizer = None,
    resolver: options.Resolver = None,
    gazetteer: options.Gazetteer = None,
    limit: Annotated[
        int | None, typer.Option("--limit", min=1, metavar="N", help="Score the first N documents of a corpus only.")
    ] = None,
    config: options.ConfigFile = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, with every single error.")] = False,
) -> None:
    """Score the finding and resolving of places, or the telling of events, by what people have marked or corrected."""
    from geomap.evaluation.report import to_json, to_markdown
    from geomap.evaluation.scoring import evaluate as score

    settings = options.settings(recognizer=recognizer, resolver=resolver, gazetteer=gazetteer, config=config)
    if corrections is not None:
        if corpus is not None:
            raise typer.BadParameter("--corrections FILE goes with REPORTS alone, without a task")
        result = _by_corrections(task, corrections, settings)
    elif corpus is None or task not in _TASKS:
        raise typer.BadParameter(f"give a task ({', '.join(_TASKS)}) and a CORPUS, or --corrections FILE and REPORTS")
    else:
        result = score(
            cast("Task", task),
            corpus,
            split=split,
            recognizer=settings.recognizer,
            resolver=settings.resolver,
            gazetteer=settings.gazetteer or None,
            limit=limit,
            watch=_with_progress,
        )
    lines = to_markdown(result).splitlines()
    write_data(to_json(result) if as_json else "".join(f"{printable(line)}\n" for line in lines))


def _by_corrections(reports: str, corrections: Path, settings: "Config") -> dict[str, Any]:
    """Score the program's own reading of reports by what people say of it; the rows that match nothing are named."""
    import dataclasses

    from geomap.cli.running import Run
    from geomap.cli.summary import say_corrections
    from geomap.corrections.corrections_file import read_corrections
    from geomap.corrections.tally import Tally
    from geomap.evaluation.corrections import evaluate_corrections
    from geomap.gazetteers import load_gazetteer

    tally = Tally(corrections=read_corrections(corrections))
    run = Run(reports=reports, config=dataclasses.replace(settings, corrections=""))
    gazetteer = load_gazetteer(settings.gazetteer or None)
    result = evaluate_corrections(run.parsed(), tally, corpus=Path(reports).name, gazetteer=gazetteer)
    run.say_missing()
    say_corrections(tally.outcomes(), str(corrections))
    return result


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
