"""``geomap lookup``: what the gazetteer knows by a name."""

import dataclasses
import json
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from geomap.cli import options
from geomap.cli.words import count, printable, require_stdout, write_data
from geomap.errors import ConfigError

if TYPE_CHECKING:
    from geomap.types import Candidate

_COLUMNS = ("id", "name", "code", "country", "ADM1", "latitude", "longitude", "population", "known by")
_NUMBERS = ("latitude", "longitude", "population")


def lookup(
    names: Annotated[
        list[str], typer.Argument(metavar="NAME...", help="Place names; - reads one a line from standard input.")
    ],
    *,
    as_json: Annotated[
        bool, typer.Option("--json", help='One line a query: {"query": ..., "entries": [...]}, with every entry.')
    ] = False,
    limit: Annotated[
        int, typer.Option("--limit", min=1, metavar="N", help="Entries to show of a name, without --json.")
    ] = 20,
    gazetteer: options.Gazetteer = None,
) -> None:
    """List the gazetteer entries of names, most populous first."""
    from geomap.gazetteers import load_gazetteer

    require_stdout()
    places = load_gazetteer(gazetteer)
    for name in _queries(names):
        if as_json:
            row = {"query": name, "entries": [dataclasses.asdict(entry) for entry in places.lookup(name)]}
            write_data(json.dumps(row, ensure_ascii=False) + "\n")
        else:
            _show(name, places.candidates(name), limit)


def _queries(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        if name == "-":
            if sys.stdin is None:
                raise ConfigError("standard input is closed; give the names as arguments, or pipe them in")
            for line in typer.get_binary_stream("stdin"):
                if query := line.decode("utf-8", "replace").strip():
                    yield query
        else:
            yield name


def _show(name: str, candidates: "list[Candidate]", limit: int) -> None:
    """Print a table; as wide as it needs to be when it goes to a file or a pipe."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    found = count(len(candidates), "entry", "entries") if candidates else "not there"
    more = f", the first {limit}" if len(candidates) > limit else ""
    table = Table(box=None, pad_edge=False)
    for column in _COLUMNS:
        table.add_column(column, justify="right" if column in _NUMBERS else "left", no_wrap=True)
    for candidate in candidates[:limit]:
        table.add_row(*(Text(printable(cell)) for cell in _cells(candidate)))
    console = Console(width=None if sys.stdout.isatty() else 1000)
    console.print(Text(printable(f"{name}: {found}{more}"), style="bold"))
    if candidates:
        console.print(table)
    console.print()


def _cells(candidate: "Candidate") -> tuple[str, ...]:
    entry = candidate.entry
    population = f"{entry.population:,}" if entry.population else ""
    where = entry.feature_code, entry.country_code, entry.admin1, f"{entry.latitude:.4f}", f"{entry.longitude:.4f}"
    return entry.id, entry.name, *where, population, f"{candidate.name_kind}: {candidate.matched_name}"
