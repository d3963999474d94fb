"""``geomap lookup``: what the gazetteer knows by a name."""

import dataclasses
import json
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from geomap.cli import options
from geomap.cli.words import printable, write_data

if TYPE_CHECKING:
    from geomap.types import GazetteerEntry

_COLUMNS = ("id", "name", "code", "country", "ADM1", "latitude", "longitude", "population")


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

    places = load_gazetteer(gazetteer)
    for name in _queries(names):
        entries = places.lookup(name)
        if as_json:
            row = {"query": name, "entries": [dataclasses.asdict(entry) for entry in entries]}
            write_data(json.dumps(row, ensure_ascii=False) + "\n")
        else:
            _show(name, entries, limit)


def _queries(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        if name == "-":
            for line in typer.get_binary_stream("stdin"):
                if query := line.decode("utf-8", "replace").strip():
                    yield query
        else:
            yield name


def _show(name: str, entries: "list[GazetteerEntry]", limit: int) -> None:
    """Print a table; as wide as it needs to be when it goes to a file or a pipe."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    more = f", {limit} shown" if len(entries) > limit else ""
    head = f"{name}: {len(entries)} {'entry' if len(entries) == 1 else 'entries'}{more}" if entries else f"{name}: none"
    table = Table(title=Text(printable(head)), title_justify="left", box=None, pad_edge=False)
    for column in _COLUMNS:
        numeric = column in ("latitude", "longitude", "population")
        table.add_column(column, justify="right" if numeric else "left", no_wrap=True)
    for entry in entries[:limit]:
        where = f"{entry.latitude:.4f}", f"{entry.longitude:.4f}"
        cells = entry.id, entry.name, entry.feature_code, entry.country_code, entry.admin1, *where
        table.add_row(*(Text(printable(cell)) for cell in cells), f"{entry.population:,}" if entry.population else "")
    console = Console(width=None if sys.stdout.isatty() else 1000)
    console.print(table if entries else Text(printable(head)))
