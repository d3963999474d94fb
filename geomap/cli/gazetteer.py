"""``geomap gazetteer``: build, describe and check the collection of places."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from geomap.cli import imports
from geomap.cli.outputs import check_outputs
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
    """Build, describe and check the collection of places."""


@app.command()
def build(
    *,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="The database; default: in the sources.")
    ] = None,
    sources: Annotated[
        Path, typer.Option("--sources", metavar="FOLDER", help="The folder with SOURCES.toml and the tables.")
    ] = Path("gazetteer"),
) -> None:
    """Build the bundled gazetteer and the recogniser's table of its names: the same bytes from the same sources."""
    from geomap.bundle import VOCABULARY
    from geomap.gazetteers.build import build_gazetteer
    from geomap.recognizers.known_names import build_known_names

    target = output or sources / "gazetteer.sqlite"
    _check(target, [".sqlite"], "a gazetteer", [file for file in sources.glob("*") if file.suffix != ".sqlite"])
    report = build_gazetteer(target, sources=sources)
    say(f"{count(report.entries, 'entry', 'entries')}, {count(report.names, 'name')}: wrote {report.path}")
    say(f"the names that the recogniser knows: wrote {build_known_names(target, VOCABULARY)}")


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


@app.command()
def outlines(
    source: Annotated[Path, typer.Argument(help="The admin-1 GeoJSON of Natural Earth; see gazetteer/README.md.")],
    *,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="The TopoJSON to write.")],
    overrides: Annotated[
        Path, typer.Option("--overrides", metavar="FILE", help="The table of disputed borders.")
    ] = Path("gazetteer", "border_overrides.tsv"),
    keep: Annotated[float, typer.Option("--keep", min=0.01, max=1.0, help="Share of the points to keep.")] = 0.2,
) -> None:
    """Draw the outlines of countries and first-order units that the map uses."""
    from geomap.gazetteers.outlines import build_outlines

    _check(output, [".topojson", ".json"], "outlines", [source, overrides])
    build_outlines(source, output, overrides=overrides, keep=keep)
    say(f"wrote {output}")


@app.command()
def towns(
    *,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="The table to write.")] = Path(
        "gazetteer", "towns.tsv"
    ),
    gazetteer: Annotated[
        Path | None, typer.Option("--gazetteer", metavar="FILE", help="A database; by default the bundled one.")
    ] = None,
) -> None:
    """Pick the larger towns that the map names for orientation."""
    from geomap.gazetteers.towns import build_towns

    _check(output, [".tsv"], "a table of towns", [gazetteer])
    number = build_towns(output, gazetteer=gazetteer)
    say(f"{count(number, 'town')}: wrote {output}")


@app.command()
def waters(
    rivers: Annotated[Path, typer.Argument(help="Natural Earth's rivers, a .shp; see gazetteer/README.md.")],
    lakes: Annotated[Path, typer.Argument(help="Natural Earth's lakes, a .shp.")],
    *,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="The file to write.")] = Path(
        "gazetteer", "waters.json.gz"
    ),
) -> None:
    """Draw the rivers and lakes that the map shows for orientation."""
    from geomap.bundle import bundled_path
    from geomap.gazetteers.waters import build_waters

    _check(output, [".gz"], "rivers and lakes", [rivers, lakes])
    made = build_waters(rivers, lakes, output, gazetteer=bundled_path("gazetteer.sqlite"))
    say(f"{count(made.rivers, 'river')}, {count(made.lakes, 'lake')}: wrote {output}")


def _check(output: Path, endings: Sequence[str], what: str, inputs: Sequence[Path | None]) -> None:
    """Refuse an output whose ending does not fit, that cannot be written, or that is read."""
    from geomap.exporters.formats import check_ending

    check_outputs([output], inputs)
    check_ending(output, endings, what)
