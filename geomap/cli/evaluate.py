"""``geomap evaluate``, ``geomap gold`` and ``geomap agreement``: what people have marked, as a measure.

How well places are found and resolved and events told by it; as gold data; and how far two people agree.
"""

import dataclasses
import json
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar, cast

import typer

from geomap.cli import options
from geomap.cli.outputs import STANDARD, check_outputs
from geomap.cli.words import count, not_read, printable, say, with_bar, write_data
from geomap.config import Config
from geomap.errors import ConfigError
from geomap.formats import check_ending

if TYPE_CHECKING:
    from geomap.cli.running import Run
    from geomap.evaluation.scoring import Task

Result = TypeVar("Result")

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
        from geomap.cli.running import Run
        from geomap.evaluation.corrections import evaluate_corrections

        run = Run(reports=task, config=dataclasses.replace(settings, corrections=""))
        result = _judged(partial(evaluate_corrections, corpus=Path(task).name), run, corrections)
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
            watch=lambda parsed, total: with_bar(parsed, total, noun="documents", of=True),
        )
    lines = to_markdown(result).splitlines()
    write_data(to_json(result) if as_json else "".join(f"{printable(line)}\n" for line in lines))


@options.with_settings
def gold(
    reports: options.Reports,
    *,
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE", help="JSON Lines, a report a line; - is stdout.")
    ] = "-",
    format: options.Format = None,
    settings: Config,
) -> None:
    """Write the names and events that corrections speak of, and those alone, as gold JSON Lines."""
    if not settings.corrections:
        raise typer.BadParameter("give --corrections FILE: what people have looked at")
    check_outputs([output], [reports, settings.gazetteer or None, settings.corrections])
    if output != STANDARD:
        check_ending(output, (".jsonl",), "gold data")
    from geomap.cli.running import Run
    from geomap.evaluation.looked_at import gold_rows
    from geomap.writing import write_file

    run = Run(reports=reports, config=dataclasses.replace(settings, corrections=""), format=format)
    rows = _judged(lambda *given, gazetteer: list(gold_rows(*given, gazetteer=gazetteer)), run, settings.corrections)
    data = "".join(json.dumps(row, ensure_ascii=False, allow_nan=False) + "\n" for row in rows)
    if output == STANDARD:
        write_data(data)
        return
    write_file(output, data)
    marked = sum(len(row[name]) for row in rows for name in ("toponyms", "not_places", "events", "traps"))
    said = f"{count(len(rows), 'report')}, {count(marked, 'mention or event', 'mentions and events')}"
    say(f"{said}{not_read(run.left_out())}: wrote {output}")


def _judged(judge: Callable[..., Result], run: "Run", corrections: str | Path) -> Result:
    """Return what is made of the program's own reading of reports and of what people say of it.

    The rows that match nothing are named.
    """
    from geomap.cli.summary import say_corrections
    from geomap.corrections.corrections_file import read_corrections
    from geomap.corrections.matching import Tally
    from geomap.gazetteers import load_gazetteer

    tally = Tally(corrections=read_corrections(corrections))
    result = judge(run.parsed(), tally, gazetteer=load_gazetteer(run.config.gazetteer or None))
    run.say_missing()
    say_corrections(tally.outcomes(), str(corrections))
    return result


def agreement(
    first: Annotated[Path, typer.Argument(metavar="FIRST", help="One person's file of corrections.")],
    second: Annotated[Path, typer.Argument(metavar="SECOND", help="The other person's.")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Say how far two people agree who corrected the same reports, and list what they do not agree on."""
    if find_spec("krippendorff") is None:
        raise ConfigError("the agreement needs krippendorff: pip install 'geomap[review]'")
    from geomap.corrections.corrections_file import read_corrections
    from geomap.evaluation.agreement import agreement as compare

    result = compare(read_corrections(first), read_corrections(second))
    if as_json:
        write_data(json.dumps(result, ensure_ascii=False, indent=2) + "\n")
    else:
        write_data("".join(f"{printable(line)}\n" for line in _lines(result, first, second)))


def _lines(result: Mapping[str, Any], first: Path, second: Path) -> Iterator[str]:
    agreed, alpha = result["figures"]["agreed"], result["figures"]["alpha"]
    yield f"both spoke of {count(agreed['n'], 'mention or event', 'mentions and events')}"
    yield f"{result['only_first']:,} more in {first} alone, {result['only_second']:,} in {second} alone"
    if agreed["value"] is not None:
        yield f"agreed on {agreed['value']:.1%}"
        yield "Krippendorff's alpha: " + (
            f"{alpha['value']:.3f}" if alpha["value"] is not None else "none (one answer)"
        )
    for one in result["differences"]:
        yield ""
        yield f"  {first}: {one['first']}"
        yield f"  {second}: {one['second']}"
