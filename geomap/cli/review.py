"""``geomap review``: a local page where a person decides what is right, and each decision is kept at once."""

from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from geomap.cli import options
from geomap.cli.words import count, say
from geomap.config import Config
from geomap.errors import ConfigError


@options.with_settings
def review(
    reports: options.Reports,
    *,
    everything: Annotated[
        bool, typer.Option("--all", help="Ask about sure mentions, too, and about what stands outside the story.")
    ] = False,
    who: Annotated[
        str | None, typer.Option("--who", metavar="NAME", help="Who decides; default: the name you are logged in by.")
    ] = None,
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, metavar="N", help="Port of the page; default: any free one.")
    ] = 0,
    format: options.Format = None,
    settings: Config,
) -> None:
    """Open a page on this machine alone, to go through what is doubtful; decisions go to the file of --corrections."""
    _require_server()
    import dataclasses

    from geomap.cli.correct import login_name
    from geomap.cli.outputs import check_outputs
    from geomap.cli.running import Run
    from geomap.gazetteers import load_gazetteer
    from geomap.review.items import items_of
    from geomap.review.server import bind, review_app, serve
    from geomap.review.session import Session

    path = Path(settings.corrections or "corrections.csv")
    check_outputs([path], [reports, settings.gazetteer or None], option="--corrections")
    session = Session([], path=path, who=login_name() if who is None else who)  # a bad file is found out at once
    bound = bind(port)
    run = Run(reports=reports, config=dataclasses.replace(settings, corrections=""), format=format)
    items = items_of(run.parsed(), everything=everything)
    run.say_missing()
    session = Session(items, path=path, who=session.who)
    app = review_app(session, load_gazetteer(settings.gazetteer or None), port=bound.port, token=bound.token)
    decided = sum(row is not None for row in session.decisions())
    say(f"{count(len(items), 'question')}, {decided:,} decided; decisions go to {path}. End with Ctrl-C. Open:")
    say(bound.address)
    serve(bound, app)


def _require_server() -> None:
    missing = [name for name in ("starlette", "uvicorn") if find_spec(name) is None]
    if missing:
        raise ConfigError(f"the review needs {' and '.join(missing)}: pip install 'geomap[review]'")
