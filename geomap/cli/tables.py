"""``geomap parse``, ``geomap events`` and ``geomap incidents``: what reports name and say happened, as tables."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from geomap.cli import options
from geomap.cli.outputs import Datapackage, Excel, Made, Output, ShapeOf, Target, companions
from geomap.cli.words import count
from geomap.config import Config


@options.with_work
@options.with_settings
def parse(
    reports: options.Reports,
    *,
    output: Output = "-",
    excel: Excel = False,
    datapackage: Datapackage = False,
    format: options.Format = None,
    settings: Config,
    work: options.Work,
) -> None:
    """Write the mention table of reports: one row a mention, NIL mentions included."""
    target = Target(output=output, excel=excel, datapackage=datapackage)
    _write_rows("mentions", target, reports, format=format, settings=settings, work=work)


@options.with_work
@options.with_settings
def events(
    reports: options.Reports,
    *,
    output: Output = "-",
    excel: Excel = False,
    shape: ShapeOf = None,
    datapackage: Datapackage = False,
    once: Annotated[
        bool, typer.Option("--once", help="One row for what a report tells more than once, not one each time.")
    ] = False,
    format: options.Format = None,
    settings: Config,
    work: options.Work,
) -> None:
    """Write the event table of reports: one row for each thing a sentence says happened, with its place and date."""
    target = Target(output=output, excel=excel, shape=shape, datapackage=datapackage)
    _write_rows("events", target, reports, format=format, settings=settings, work=work, once=once)


def _write_rows(
    kind: Literal["mentions", "events"],
    target: Target,
    reports: str,
    *,
    format: str | None,
    settings: Config,
    work: options.Work,
    once: bool = False,
) -> None:
    target.check([reports, *options.files_of(settings)])
    from geomap.cli.running import Run

    run = Run(reports=reports, config=settings, format=format, work=work)
    verb = {"mentions": "parse", "events": "events"}[kind]
    target.write(
        run.export(kind, several=target.holds_several, once=once),
        made=Made(command=f"geomap {verb}", input=reports, settings=settings),
        summary=lambda: f"{count(run.read, 'document')}, {count(run.rows, kind.removesuffix('s'))}",
        left_out=run.left_out,
    )


@options.with_work
@options.with_settings
def incidents(
    reports: options.ReportsOrTable = None,
    *,
    output: Output = "-",
    excel: Excel = False,
    shape: ShapeOf = None,
    datapackage: Datapackage = False,
    table: Annotated[
        Path | None, typer.Option("--table", metavar="FILE", help="Group a saved event table instead of reports.")
    ] = None,
    format: options.Format = None,
    settings: Config,
    work: options.Work,
) -> None:
    """Write the incident table: events that several reports tell alike, with the number of independent sources."""
    options.check_input(reports, table, settings)
    target = Target(output=output, excel=excel, shape=shape, datapackage=datapackage)
    target.check([reports, table, *options.files_of(settings)])
    from geomap.exporters.export import Export
    from geomap.tables import read_events, to_incidents

    run, mentions = None, None
    if table is not None:
        found = read_events(table)
    else:
        from geomap.cli.running import Run

        run = Run(reports=str(reports), config=settings, format=format, work=work)
        mentions, found = run.tables() if target.holds_several else (None, run.events())
    grouped = to_incidents(found)
    target.write(
        Export(table=grouped, beside=companions(mentions=mentions, events=found) if target.holds_several else {}),
        made=Made(command="geomap incidents", input=str(table or reports), settings=None if table else settings),
        summary=lambda: f"{count(len(found), 'event')}, {count(len(grouped), 'incident')}",
        left_out=run.left_out if run else str,
    )
