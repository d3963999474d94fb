"""``geomap gold``: what people have looked at in reports, as gold data to evaluate on and to learn from."""

import dataclasses
import json
from typing import Annotated

import typer

from geomap.cli import options
from geomap.cli.outputs import STANDARD, check_outputs
from geomap.cli.words import count, not_read, say, write_data
from geomap.config import Config
from geomap.formats import check_ending


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
    from geomap.cli.summary import say_corrections
    from geomap.corrections.corrections_file import read_corrections
    from geomap.corrections.tally import Tally
    from geomap.evaluation.looked_at import gold_rows
    from geomap.gazetteers import load_gazetteer
    from geomap.writing import write_file

    tally = Tally(corrections=read_corrections(settings.corrections))
    run = Run(reports=reports, config=dataclasses.replace(settings, corrections=""), format=format)
    rows = list(gold_rows(run.parsed(), tally, gazetteer=load_gazetteer(settings.gazetteer or None)))
    run.say_missing()
    say_corrections(tally.outcomes(), settings.corrections)
    data = "".join(json.dumps(row, ensure_ascii=False, allow_nan=False) + "\n" for row in rows)
    if output == STANDARD:
        write_data(data)
        return
    write_file(output, data)
    marked = sum(len(row[name]) for row in rows for name in ("toponyms", "not_places", "events", "traps"))
    said = f"{count(len(rows), 'report')}, {count(marked, 'mention or event', 'mentions and events')}"
    say(f"{said}{not_read(run.left_out())}: wrote {output}")
