"""``geomap gazetteer``: describe and check the collection of places, and import others."""

import json
from collections.abc import Iterator, Mapping
from typing import Annotated, Any

import typer

from geomap.cli import imports
from geomap.cli.words import count, printable, say, write_data

_FEATURES = 12

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
imports.add_to(app)

Database = Annotated[
    str | None,
    typer.Argument(
        metavar="FILE", help="A gazetteer database, or the name of an imported one; default: the bundled one."
    ),
]


@app.callback()
def gazetteer() -> None:
    """Describe and check the collection of places, and import others."""


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
