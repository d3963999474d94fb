"""``geomap parse``: reports in, the mention table out."""

from typing import Annotated

import typer

from geomap.cli import options
from geomap.cli.words import count, say, write_data
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
    from geomap.exporters.files import check_output, table_format, write_file

    to_bytes = table_format("stdout.csv" if output == "-" else output)
    if output != "-":
        check_output(output)

    from geomap.cli.running import Run

    run = Run(source=reports, config=settings, format=format)
    mentions, _ = run.tables()
    if output == "-":
        write_data(to_bytes(mentions))
    else:
        write_file(output, to_bytes(mentions))
        say(f"{count(run.read, 'document')}, {count(len(mentions), 'mention')}: wrote {output}")
