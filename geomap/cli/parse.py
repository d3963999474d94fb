"""``geomap parse``: reports in, the mention table out."""

from typing import Annotated

import typer

from geomap.cli import options
from geomap.cli.outputs import check_table_output, write_table
from geomap.cli.words import count
from geomap.config import Config


@options.with_settings
def parse(
    reports: options.Reports,
    *,
    output: Annotated[
        str,
        typer.Option("--output", "-o", metavar="FILE", help="A .csv, .jsonl or .parquet file; - is CSV to stdout."),
    ] = "-",
    format: options.Format = None,
    settings: Config,
) -> None:
    """Write the mention table of reports: one row a mention, NIL mentions included."""
    check_table_output(output, inputs=[reports, *options.files_of(settings)])
    from geomap.cli.running import Run

    run = Run(source=reports, config=settings, format=format)
    mentions, _ = run.tables()
    summary = f"{count(run.read, 'document')}, {count(len(mentions), 'mention')}"
    write_table(mentions, output, summary, left_out=run.left_out())
