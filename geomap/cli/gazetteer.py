"""``geomap gazetteer``: describe and check the collection of places, and import those that a user brings."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from geomap.cli.words import count, printable, say, say_list, write_data
from geomap.errors import GazetteerError, OutputError

if TYPE_CHECKING:
    from geomap.gazetteers.importing.importing import ImportOptions, ImportReport

_FEATURES = 12
_LISTED = 20

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

Database = Annotated[
    str | None,
    typer.Argument(
        metavar="FILE", help="A gazetteer database, or the name of an imported one; default: the bundled one."
    ),
]

Folder = Annotated[
    Path | None,
    typer.Option(
        "--folder", metavar="FOLDER", help="Where imported gazetteers lie; default: GEOMAP_GAZETTEERS, or yours."
    ),
]


@app.callback()
def gazetteer() -> None:
    """Describe and check the collection of places, and import others."""


@app.command("import")
def import_files(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE...", help="GeoNames dumps, CSV or TSV, GeoJSON, GeoPackage, Who's On First, p-codes."
        ),
    ],
    *,
    name: Annotated[str, typer.Option("--name", metavar="NAME", help="Name of it; default: that of the file.")] = "",
    column: Annotated[
        list[str] | None,
        typer.Option("--column", metavar="FIELD=COLUMN", help="Column of a table, such as name=Village. Repeatable."),
    ] = None,
    country: Annotated[
        str, typer.Option("--country", metavar="CODE", help="Of places that state none, such as UA.")
    ] = "",
    layer: Annotated[
        str, typer.Option("--layer", metavar="NAME", help="Of a file with several, such as a GeoPackage.")
    ] = "",
    encoding: Annotated[str, typer.Option("--encoding", metavar="NAME", help="Of the text.")] = "utf-8",
    licence: Annotated[
        str, typer.Option("--licence", metavar="TEXT", help="Of the data; shown where they are used.")
    ] = "",
    folder: Folder = None,
) -> None:
    """Import places, each file into a gazetteer of its own; files of GeoNames' names go with the places beside them."""
    from geomap.cli.options import pairs
    from geomap.gazetteers.importing.importing import ImportOptions

    options = ImportOptions(
        columns=pairs(column or []), layer=layer, encoding=encoding, country=country, licence=licence
    )
    _import_all(files, name=name, folder=folder, options=options)


@app.command()
def download(
    names: Annotated[
        list[str],
        typer.Argument(
            metavar="NAME...", help="Countries such as UA RU, or allCountries; alternateNamesV2 goes with them."
        ),
    ],
    *,
    origin: Annotated[
        str, typer.Option("--from", metavar="ADDRESS", help="A mirror or a folder; default: GeoNames' own site.")
    ] = "",
    folder: Folder = None,
) -> None:
    """Fetch GeoNames' dumps and import them. A download that breaks off goes on when the same command is run again."""
    from geomap.gazetteers.importing.downloading import GEONAMES, fetch
    from geomap.gazetteers.importing.importing import ImportOptions
    from geomap.gazetteers.installed import checked_name, gazetteer_folder

    into = gazetteer_folder(folder) / "downloads"
    fetched: dict[Path, str] = {}
    for name in names:
        code = checked_name(name.upper() if len(name) == len("UA") else name)
        with _bar(code, "bytes") as progress:
            path, address = fetch(f"{code}.zip", into, origin=origin or GEONAMES, progress=progress)
        fetched[path] = address
        say(f"{path.name}: {path.stat().st_size:,} bytes from {address}")
    try:
        _import_all(list(fetched), name="", folder=folder, options=ImportOptions(origins=fetched))
    except OutputError:  # with more room, the same files will do
        raise
    except GazetteerError:
        _forget(fetched)
        raise
    _forget(fetched)


def _forget(files: Iterable[Path]) -> None:
    for path in files:
        path.unlink(missing_ok=True)


def _import_all(files: Sequence[Path], *, name: str, folder: Path | None, options: "ImportOptions") -> None:
    """Import files of places; those of names go with each of them, or by themselves where there is nothing else."""
    import dataclasses

    from geomap.gazetteers.importing.import_formats import format_of

    kinds = {file: format_of(file, options.encoding) for file in files}
    names = [file for file in files if kinds[file] in ("names", "unit names")]
    places = [file for file in files if file not in names]
    if name and len(places or names) > 1:
        raise typer.BadParameter("one name is for one file", param_hint="--name")
    options = dataclasses.replace(options, names=names if places else ())
    for file in places or names:
        import_one(file, name=name, folder=folder, options=options)


def import_one(file: Path, *, name: str, folder: Path | None, options: "ImportOptions") -> None:
    """Import a file with a bar, and say what came of it."""
    from geomap.gazetteers.importing.importing import import_file

    with _bar(file.name) as progress:
        report = import_file(file, name=name, folder=folder, options=options, progress=progress)
    _say_report(file, report)


@app.command("list")
def list_gazetteers(*, folder: Folder = None) -> None:
    """List the gazetteers that are used besides the bundled one, and imports that were stopped."""
    from geomap.gazetteers import gazetteer_info
    from geomap.gazetteers.installed import gazetteer_folder, half_done, installed

    known, half = installed(folder), half_done(folder)
    lines = []
    for name, path in known.items():
        try:
            facts = gazetteer_info(path)
        except GazetteerError:
            lines.append(f"{name}: cannot be used; import it again, or remove it with: geomap gazetteer remove {name}")
            continue
        made = facts.get("imported")
        told = f", from {made['file']} of {made['date']}, {made['licence']}" if isinstance(made, Mapping) else ""
        lines.append(f"{name}: {count(int(str(facts['entries'])), 'entry', 'entries')}{told}")
    for name, read in half.items():
        old = "the older one is in use" if name in known else "nothing of it is in use"
        lines.append(f"{name}: import stopped after {count(read, 'line')}, {old}; give the same file again to go on")
    if not lines:
        say(f"none is imported in {gazetteer_folder(folder)}; import one with: geomap gazetteer import FILE")
    write_data("".join(f"{printable(line)}\n" for line in lines))


@app.command()
def remove(
    names: Annotated[list[str], typer.Argument(metavar="NAME...", help="As geomap gazetteer list shows them.")],
    *,
    folder: Folder = None,
) -> None:
    """Remove imported gazetteers, or what a stopped import left."""
    from geomap.gazetteers.installed import remove_gazetteer

    for name in names:
        remove_gazetteer(name, folder=folder)
        say(f"removed {name}")


def _say_report(file: Path, report: "ImportReport") -> None:
    if report.begun_at:
        say(f"went on after line {report.begun_at:,}, where an earlier import had stopped")
    heading = f"{file}: left out {count(report.skipped, 'line')}:"
    problems = [f"line {line:,}: {what}" for line, what in report.problems]
    say_list(heading, problems, most=_LISTED, number=report.skipped)
    if report.doubles:
        say(
            f"{count(report.doubles, 'line')} gave a place that a later line gave again, by its id; the last one counts"
        )
    say(
        f"{report.name}: {count(report.entries, 'entry', 'entries')}, {count(report.names, 'name')}: "
        f"wrote {report.path}; every run uses it until: geomap gazetteer remove {report.name}"
    )


@contextmanager
def _bar(name: str, unit: str = "lines") -> Iterator[Callable[..., None] | None]:
    """Show how many lines or bytes are done, of how many if that is known, if stderr is a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn(f"{{task.description}} {{task.completed:,.0f}} {unit}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(printable(name), total=None)
        yield lambda done, size=0: bar.update(task, completed=done, total=size or None)


@app.command()
def info(
    path: Database = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Tell how many places a gazetteer holds, and its sources, dates and licences."""
    from geomap.gazetteers import gazetteer_info

    facts = gazetteer_info(path)
    if as_json:
        write_data(json.dumps(facts, ensure_ascii=False, default=str) + "\n")
        return
    write_data("".join(f"{printable(line)}\n" for line in described(facts)))


def described(facts: Mapping[str, Any]) -> Iterator[str]:
    """Yield what `geomap.gazetteers.gazetteer_info` returned as lines for people."""
    yield f"gazetteer: {facts['path']} (format {facts['format']}, {facts['bytes'] / 1e6:.1f} MB)"
    yield f"content: {count(facts['entries'], 'entry', 'entries')}, {count(facts['names'], 'name')}"
    most = sorted(facts["features"].items(), key=lambda item: (-item[1], item[0]))[:_FEATURES]
    yield f"most frequent features: {', '.join(f'{code} {number:,}' for code, number in most)}"
    yield f"sha256: {facts['sha256']}"
    for key, words in facts["sources"].items():
        yield f"source {key}: {words}"
    if made := facts.get("imported"):
        origin = made["origin"] or made["file"]
        yield f"imported: {made['at'][:10]} from {origin} ({made['bytes']:,} bytes, sha256 {made['sha256']})"
        yield f"left out: {count(made['skipped'], 'line')}"
    yield f"attribution: {facts['attribution']}"


@app.command()
def verify(path: Database = None) -> None:
    """Check that a gazetteer, by default every one there is, is whole and unchanged; ends with 1 if not."""
    from geomap.gazetteers import verify_gazetteer
    from geomap.gazetteers.installed import installed

    for one in [path] if path is not None else [None, *installed().values()]:
        facts = verify_gazetteer(one)
        say(f"{facts['path']} is whole")
