"""``geomap parse``: reports in, the mention table out."""

from typing import Annotated

import typer

from geomap.cli import options
from geomap.cli.words import count, say, write_data


def parse(
    reports: options.Reports,
    *,
    output: Annotated[
        str,
        typer.Option("--output", "-o", metavar="FILE", help="A .csv, .jsonl or .parquet file; - is CSV to stdout."),
    ] = "-",
    recognizer: options.Recognizer = None,
    resolver: options.Resolver = None,
    gazetteer: options.Gazetteer = None,
    demonyms: options.Demonyms = None,
    column: options.Column = None,
    format: options.Format = None,
    on_error: options.OnErrorOption = None,
    config: options.ConfigFile = None,
) -> None:
    """Write the mention table of reports: one row a mention, NIL mentions included."""
    settings = options.settings(
        config,
        column=column,
        on_error=on_error,
        recognizer=recognizer,
        resolver=resolver,
        gazetteer=gazetteer,
        demonyms=demonyms,
    )
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
