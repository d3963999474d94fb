"""``geomap map``: reports or a saved mention table in, a map out."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geomap.cli import options
from geomap.cli.outputs import STANDARD, Datapackage, Made, check_outputs, check_package, is_same_file
from geomap.cli.summary import say_events, say_import, say_mentions
from geomap.cli.words import not_read, say, write_data
from geomap.config import Config
from geomap.errors import GazetteerError

if TYPE_CHECKING:
    from geomap.gazetteers import SqliteGazetteer


@options.with_work
@options.with_settings
def map_reports(
    reports: options.ReportsOrTable = None,
    *,
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE", help="The map; - is standard output, with no tables.")
    ] = "map.html",
    table: Annotated[
        Path | None, typer.Option("--table", metavar="FILE", help="Map a saved mention table instead of reports.")
    ] = None,
    title: Annotated[str, typer.Option("--title", metavar="TEXT", help="Title of the map.")] = "",
    offline: Annotated[
        bool, typer.Option("--offline/--online", help="Hold all the page needs, or load libraries from a CDN.")
    ] = True,
    blur_km: Annotated[
        float | None,
        typer.Option("--blur-km", metavar="N", help="Move points to the middle of cells about N km wide; names stay."),
    ] = None,
    tiles: Annotated[
        list[str] | None,
        typer.Option("--tiles", metavar="NAME", help="Offer one more online background, such as CyclOSM. Repeatable."),
    ] = None,
    basemap: Annotated[
        Path | None,
        typer.Option("--basemap", metavar="FILE", help="Offer vector tiles of your own, a .pmtiles, as a background."),
    ] = None,
    language: Annotated[
        str, typer.Option("--language", metavar="CODE", help="Language of the page's own words, such as uk or ar.")
    ] = "en",
    embed: Annotated[
        bool, typer.Option("--embed", help="Open as a frame for another page: title, map, key and credit alone.")
    ] = False,
    story: Annotated[
        Path | None,
        typer.Option("--story", metavar="FILE", help="Tell a story: addresses of the page with captions, in TOML."),
    ] = None,
    datapackage: Datapackage = False,
    format: options.Format = None,
    settings: Config,
    work: options.Work,
) -> None:
    """Map the places that reports name: an HTML page, and the mention table as CSV and GeoJSON beside it."""
    options.check_input(reports, table, settings)
    boundaries = Path(settings.boundaries) if settings.boundaries else None
    inputs = [reports, story, basemap, *options.files_of(settings)]
    targets = _targets(output, inputs, table)
    package = check_package(output, [*inputs, table]) if datapackage else None

    from geomap.exporters.blurred_points import blurred
    from geomap.exporters.export import beside_a_map
    from geomap.exporters.leaflet import to_map
    from geomap.exporters.leaflet.basemap.tiles import check_beside, read_tiles
    from geomap.gazetteers import load_gazetteer
    from geomap.tables import read_mentions, to_incidents
    from geomap.writing import write_files

    _check_extras(boundaries, blur_km, tiles or [], language, story)
    if basemap is not None:
        read_tiles(basemap)
        check_beside(basemap, targets[0] if targets else Path("map.html"))
    events = incidents = run = None
    if table is not None:
        mentions, documents = read_mentions(table), []
    else:
        from geomap.cli.running import Run

        run = Run(reports=str(reports), config=settings, format=format, work=work, keep_documents=True)
        mentions, events = run.tables()
        documents, incidents = run.documents, to_incidents(events, unplaced=True)
    if blur_km is not None:  # before anything is written, so that no file has the exact points
        mentions = blurred(mentions, blur_km)
        incidents = None if incidents is None else blurred(incidents, blur_km)
        if table is not None:
            say(f"note: {table}, which you gave, keeps its exact points; do not publish it beside the blurred map")
    left_out = run.left_out() if run is not None else ""
    about = _about(settings, blur_km, left_out, run_here=table is None)
    page = to_map(
        mentions,
        documents=documents,
        title=title,
        offline=offline,
        incidents=incidents,
        about=about,
        boundaries=boundaries,
        tiles=tiles or [],
        corrections=run.corrections_in_words() if run is not None else (),
        language=language,
        embed=embed,
        story=story,
        basemap=basemap,
        gazetteer=_surroundings(settings),
    ).to_html()
    if not targets:
        write_data(page)
    else:
        files = [(targets[0], page.encode("utf-8", "replace"))]
        files += [(target, beside_a_map(mentions, target)) for target in targets[1:]]
        if package is not None:
            made = Made(command="geomap map", input=str(table or reports), settings=None if table else settings)
            tables = [(path, data, mentions if path.suffix == ".csv" else None) for path, data in files]
            files.append((package, made.package(tables).encode()))
        write_files(files)
    say_mentions(mentions, len(documents) or mentions["document_id"].nunique())
    if run is not None and events is not None and incidents is not None:
        gazetteer = load_gazetteer(settings.gazetteer or None)
        say_import(mentions, gazetteer)
        say_events(events, incidents[incidents["name"] != ""], gazetteer, english=run.read - run.foreign, read=run.read)
    if targets or left_out:
        written = [*targets, *([package] if package else [])]
        say(f"wrote {', '.join(map(str, written)) or 'the page'}{not_read(left_out)}")


def _surroundings(settings: Config) -> "SqliteGazetteer | None":
    """Open the gazetteer in which the page looks up what lies around its places; a saved table can do without one."""
    from geomap.gazetteers import load_gazetteer

    try:
        return load_gazetteer(settings.gazetteer or None)
    except GazetteerError:
        if settings.gazetteer:
            raise
        return None


def _check_extras(
    boundaries: Path | None, blur_km: float | None, tiles: list[str], language: str, story: Path | None
) -> None:
    """Refuse what cannot be drawn before the long work begins."""
    from geomap.exporters.blurred_points import check_blur
    from geomap.exporters.leaflet.basemap.tiles import tile_layer
    from geomap.exporters.leaflet.basemap.user_boundaries import read_boundaries
    from geomap.exporters.leaflet.html.languages import words_of
    from geomap.exporters.leaflet.payload.story import read_story

    words_of(language)
    if boundaries is not None:
        read_boundaries(boundaries)
    if blur_km is not None:
        check_blur(blur_km)
    for name in tiles:
        tile_layer(name)
    if story is not None:
        read_story(story)


def _about(settings: Config, blur_km: float | None, left_out: str, *, run_here: bool) -> dict[str, str]:
    """Return what the page says of the run; of a table made elsewhere nothing is known."""
    from geomap.exporters.leaflet.payload.method import about_blur, about_run
    from geomap.gazetteers.inspection import imported_sources
    from geomap.gazetteers.installed import is_choice

    facts: dict[str, str] = {}
    if run_here:
        imported = imported_sources(settings.gazetteer or None)
        alone = settings.gazetteer and not is_choice(settings.gazetteer)
        facts = about_run(
            recognizer=settings.recognizer,
            resolver=settings.resolver,
            gazetteer=Path(settings.gazetteer).name if alone else "",
            imported=imported,
        )
        facts |= {"not_read": left_out} if left_out else {}
    return facts | about_blur(blur_km)


def _targets(output: str, inputs: Sequence[str | Path | None], table: Path | None) -> list[Path]:
    """Return the files to write, the map first, after making sure that they can be written and are not read.

    Of the table that is mapped nothing is written again, by whatever name it was given. Errors as of `check_outputs`,
    and a `ConfigError` where the map's ending does not fit.
    """
    from geomap.exporters.export import BESIDE_A_MAP, PAGES
    from geomap.formats import check_ending

    if output == STANDARD:
        check_outputs([output], [*inputs, table])
        return []
    page = Path(output)
    check_outputs([page], [*inputs, table])
    check_ending(page, PAGES, "a map")
    beside = [page.with_suffix(ending) for ending in BESIDE_A_MAP]
    beside = [target for target in beside if table is None or not is_same_file(target, table)]
    check_outputs(beside, inputs)
    return [page, *beside]
