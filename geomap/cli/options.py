"""The options that verbs share, and how they become a `Config`."""

import dataclasses
import functools
import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from geomap.config import Config
from geomap.errors import ConfigError
from geomap.readers.input_formats import names

_REPORTS = typer.Argument(metavar="REPORTS", help="A file or folder of reports, or - for standard input.")
Reports = Annotated[str, _REPORTS]
ReportsOrTable = Annotated[str | None, _REPORTS]
Recognizer = Annotated[
    str | None,
    typer.Option(
        "--recognizer",
        metavar="NAME",
        help="encoder (default), fast, given, spacy:NAME of an installed pipeline, or encoder:FOLDER.",
    ),
]
Resolver = Annotated[
    str | None, typer.Option("--resolver", metavar="NAME", help="ranker (default), population, or ranker:FOLDER.")
]
Gazetteer = Annotated[
    str | None,
    typer.Option(
        "--gazetteer", metavar="FILE", help="Another one, alone; or names of imported ones to use: UA+RU, or bundled."
    ),
]
Corrections = Annotated[
    str | None,
    typer.Option("--corrections", metavar="FILE", help="Apply a file of corrections last; geomap correct adds to it."),
]
Boundaries = Annotated[
    str | None,
    typer.Option(
        "--boundaries",
        metavar="FILE",
        help="GeoJSON or GeoPackage: its areas decide what lies in a place of their name; a map draws its lines.",
    ),
]
Demonyms = Annotated[
    bool | None, typer.Option("--demonyms/--no-demonyms", help='Whether "Ukrainian" is a mention of Ukraine (no).')
]
Copies = Annotated[
    bool | None,
    typer.Option(
        "--copies/--no-copies",
        help="Whether a report counts again that comes with address, day and text of an earlier one (no).",
    ),
]
Column = Annotated[
    list[str] | None,
    typer.Option(
        "--column",
        metavar="FIELD=COLUMN",
        help="Column of a table or key of JSON, such as text=body; without a header by number: text=2. Repeatable.",
    ),
]
Format = Annotated[
    str | None,
    typer.Option("--format", metavar="NAME", help=f"{', '.join(names())}; default: by the file name."),
]
Encoding = Annotated[
    str | None,
    typer.Option("--encoding", metavar="NAME", help="Encoding of the reports, such as cp1251; default: found out."),
]
OnError = Annotated[
    Literal["aside", "skip", "raise"] | None,
    typer.Option(
        "--on-error",
        help="A report that cannot be read: set aside, exit code 3 (default); skip it, exit code 0; or stop (raise).",
    ),
]
ConfigFile = Annotated[
    Path | None, typer.Option("--config", metavar="FILE", help="Settings in TOML; options given here win.")
]
Workers = Annotated[
    int, typer.Option("--workers", metavar="N", min=0, help="Parse with N processes of this machine; 0: in this one.")
]
Cluster = Annotated[
    str,
    typer.Option("--cluster", metavar="ADDRESS", help="Parse on a Dask cluster instead, such as tcp://10.0.0.1:8786."),
]
RunFolder = Annotated[
    Path | None,
    typer.Option("--run", metavar="DIR", help="Keep what is finished in a folder; run again, it goes on from there."),
]
Again = Annotated[bool, typer.Option("--again", help="Try the reports once more that the run folder set aside.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """By whom reports are parsed, and what is kept of it; see `geomap.parse_many`."""

    workers: int = 0
    cluster: str = ""
    run: Path | None = None
    again: bool = False


def with_settings(verb: Callable[..., None]) -> Callable[..., None]:
    """Give a verb the options that all verbs share which read reports; it takes ``settings``, a `Config`, for them."""
    return _with_options(verb, "settings", settings)


def with_work(verb: Callable[..., None]) -> Callable[..., None]:
    """Give a verb the options of workers and run folders; it takes ``work``, a `Work`, for them."""
    return _with_options(verb, "work", work)


def _with_options(verb: Callable[..., None], taken: str, made: Callable[..., object]) -> Callable[..., None]:
    """Give a verb the options of a function, and what that makes of them for one of its own.

    Typer reads the options of a verb from its signature: that of the result is the verb's own with these in place of
    what it takes for them.
    """
    own, shared = inspect.signature(verb).parameters, inspect.signature(made).parameters

    @functools.wraps(verb)
    def run(**given: Any) -> None:
        verb(**{taken: made(**{name: given.pop(name) for name in shared})}, **given)

    parameters = [*(one for name, one in own.items() if name != taken), *shared.values()]
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {one.name: one.annotation for one in parameters}
    return run


def settings(
    *,
    recognizer: Recognizer = None,
    resolver: Resolver = None,
    gazetteer: Gazetteer = None,
    corrections: Corrections = None,
    boundaries: Boundaries = None,
    demonyms: Demonyms = None,
    copies: Copies = None,
    column: Column = None,
    encoding: Encoding = None,
    on_error: OnError = None,
    config: ConfigFile = None,
) -> Config:
    """Return the settings of a run: the file's, overruled by the options that were given."""
    start = Config.from_toml(config) if config else Config()
    given: dict[str, Any] = {
        "recognizer": recognizer,
        "resolver": resolver,
        "gazetteer": gazetteer,
        "corrections": corrections,
        "boundaries": boundaries,
        "demonyms": demonyms,
        "copies": copies,
        "columns": {**start.columns, **pairs(column)} if column else None,
        "encoding": encoding,
        "on_error": on_error,
    }
    return dataclasses.replace(start, **{name: value for name, value in given.items() if value is not None})


def work(*, workers: Workers = 0, cluster: Cluster = "", run: RunFolder = None, again: Again = False) -> Work:
    """Return by whom reports are parsed; a `ConfigError` where the options exclude each other."""
    if workers and cluster:
        raise ConfigError("--workers and --cluster exclude each other; give one of them")
    if again and run is None:
        raise ConfigError("--again needs a run folder, whose reports are tried once more; give --run DIR")
    return Work(workers=workers, cluster=cluster, run=run, again=again)


def files_of(settings: Config) -> list[str]:
    """Return the files that a run reads beside the reports, none of which it may write to."""
    return [path for path in (settings.gazetteer, settings.corrections, settings.boundaries) if path]


def pairs(texts: Iterable[str]) -> dict[str, str]:
    """Return the fields and columns of ``FIELD=COLUMN``."""
    return dict(map(_pair, texts))


def check_input(reports: str | None, table: Path | None, settings: Config) -> None:
    """Refuse both or neither of reports and a table, and corrections for a table, which they are not applied to."""
    if (reports is None) == (table is None):
        raise typer.BadParameter("give either REPORTS or --table FILE")
    if table is not None and settings.corrections:
        raise ConfigError(
            f"{settings.corrections}: corrections are applied to reports, not to a saved table; give the reports, or "
            "leave the corrections out"
        )


def _pair(text: str) -> tuple[str, str]:
    field, separator, column = text.partition("=")
    if not (field and separator and column):
        raise typer.BadParameter(f"{text!r} is not FIELD=COLUMN, such as text=body", param_hint="--column")
    return field, column
