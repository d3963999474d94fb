"""The program ``geomap``: its verbs, and what they share in how they end."""

import warnings
from collections.abc import Callable
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from geomap.cli import correct, evaluate, explain, gazetteer, info, lookup, map, review, tables, train
from geomap.cli.words import NOT_ALL, counting_set_aside, say
from geomap.errors import GeomapError, GeomapWarning


class _Program(TyperGroup):
    """Takes ``--debug`` anywhere, and turns errors into one line and an exit code."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Move ``--debug`` to the front, where the program looks for it."""
        end = args.index("--") if "--" in args else len(args)
        if "--debug" in args[:end]:
            args = ["--debug", *(arg for arg in args[:end] if arg != "--debug"), *args[end:]]
        return super().parse_args(ctx, args)

    def invoke(self, ctx: Any) -> Any:
        """Run a verb; show warnings as lines, and end with 1 for errors and 3 when some reports were set aside."""
        with counting_set_aside() as set_aside:
            result = self._run(ctx)
        if set_aside:
            raise typer.Exit(NOT_ALL)
        return result

    def _run(self, ctx: Any) -> Any:
        with warnings.catch_warnings():
            warnings.simplefilter("always", GeomapWarning)
            warnings.showwarning = _in_words(warnings.showwarning)
            try:
                return super().invoke(ctx)
            except GeomapError as error:
                if ctx.params["debug"]:
                    raise
                say(f"error: {error}")
                raise typer.Exit(1) from None
            except BrokenPipeError:
                raise  # the reader has gone, which typer ends quietly
            except OSError as error:  # above all a full disk behind stdout
                if ctx.params["debug"]:
                    raise
                say(f"error: {error.strerror or error}; make room, or send the output elsewhere")
                raise typer.Exit(1) from None
            except KeyboardInterrupt:
                say("stopped; no file was left half-written")
                raise typer.Exit(130) from None  # 128 + SIGINT, as shells report it


def _in_words(show: Callable[..., None]) -> Callable[..., None]:
    """Return a way to show warnings that says those of the program in one line each."""

    def show_warning(message: Warning | str, category: type[Warning], *rest: Any, **more: Any) -> None:
        if issubclass(category, GeomapWarning):
            say(f"warning: {message}")
        else:
            show(message, category, *rest, **more)

    return show_warning


app = typer.Typer(
    cls=_Program, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None
)
_VERBS = (
    *(map.map_reports, tables.parse, tables.events, tables.incidents, lookup.lookup, explain.explain),
    *(correct.correct, review.review, evaluate.agreement, evaluate.evaluate, evaluate.gold, info.info),
)
for _verb in _VERBS:
    app.command(name=_verb.__name__.partition("_")[0])(_verb)
app.add_typer(gazetteer.app, name="gazetteer")
app.add_typer(train.app, name="train")


def _print_version(*, wanted: bool) -> None:
    if wanted:
        import geomap

        typer.echo(f"geomap {geomap.__version__}")
        raise typer.Exit


@app.callback()
def program(
    *,
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")] = False,
    version: Annotated[
        bool,
        typer.Option("--version", is_eager=True, callback=lambda value: _print_version(wanted=value), help="Show it."),
    ] = False,
) -> None:
    """Find the places that news reports name, resolve them offline, and map them with their source sentences."""
