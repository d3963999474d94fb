"""``geomap parse``: reports in, the mention table out."""

from geomap.cli import options
from geomap.cli.outputs import Datapackage, Excel, Output, Target
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
    target.check([reports, *options.files_of(settings)])
    from geomap.cli.made import Made
    from geomap.cli.running import Run

    run = Run(reports=reports, config=settings, format=format, work=work)
    target.write(
        run.export("mentions", several=target.holds_several),
        made=Made(command="geomap parse", input=reports, settings=settings),
        summary=lambda: f"{count(run.read, 'document')}, {count(run.rows, 'mention')}",
        left_out=run.left_out,
    )
