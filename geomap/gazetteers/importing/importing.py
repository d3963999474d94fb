"""Import one file: find out what it is, gather its places, and put a gazetteer of them in the user's folder."""

import datetime
import gc
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from geomap.bundle import bundled_path
from geomap.errors import GazetteerError, OutputError
from geomap.gazetteers.database import SqliteGazetteer
from geomap.gazetteers.importing.finishing import finish
from geomap.gazetteers.importing.geonames import add_names, read_named, read_places
from geomap.gazetteers.importing.import_formats import LICENCES, PUBLISHERS, Format, Skip, format_of, read_lines
from geomap.gazetteers.importing.pcodes import UNITS_A_LINE, read_pcodes, unit_columns
from geomap.gazetteers.importing.place_rows import PlaceRow, with_units
from geomap.gazetteers.importing.place_tables import columns_of, read_records, read_table
from geomap.gazetteers.importing.staging import Progress, Staging, discard
from geomap.gazetteers.importing.vector_files import read_features
from geomap.gazetteers.importing.whosonfirst import read_whosonfirst
from geomap.gazetteers.installed import checked_name, gazetteer_folder, staging_path

_ENDINGS = (".gz", ".zip", ".txt", ".csv", ".tsv", ".jsonl", ".ndjson", ".json", ".geojson", ".gpkg", ".shp")


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOptions:
    """How a file is to be read."""

    columns: Mapping[str, str] = field(default_factory=dict)
    """What a place has → column of a table with a header."""
    encoding: str = "utf-8"
    """Of a text."""
    country: str = ""
    """ISO 3166-1 alpha-2 code of places that state none."""
    layer: str = ""
    """Of a file that has several, such as a GeoPackage."""
    licence: str = ""
    """Of the data, to be shown where they are used; empty for that of a format which has but one."""
    origins: Mapping[Path, str] = field(default_factory=dict)
    """Where files were fetched from."""
    names: Sequence[Path] = ()
    """Files of GeoNames with further names of the places: alternateNamesV2, admin1CodesASCII, admin2Codes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What was imported, and what was not."""

    name: str
    """Of the gazetteer."""
    path: Path
    """Its file."""
    entries: int
    """Number of places."""
    names: int
    """Number of their names, by key."""
    begun_at: int
    """Lines that an earlier try had read; 0 when it began anew."""
    skipped: int
    """Number of lines left out."""
    problems: Sequence[tuple[int, str]]
    """Number of the line and the reason, of the first thousand lines left out."""
    doubles: int
    """Lines whose place a later line gave again, by id."""


def import_file(
    path: Path,
    *,
    name: str = "",
    folder: Path | None = None,
    options: ImportOptions | None = None,
    progress: Progress | None = None,
) -> ImportReport:
    """Import a file into a gazetteer of its own, which then lies on top of the bundled one.

    Parameters
    ----------
    path
        A dump of GeoNames, a table with a header, JSON lines of Who's On First, GeoJSON or a GeoPackage; texts also in
        zip or gzip.
    name
        Of the gazetteer; empty for that of the file without its endings, and of the layer chosen.
    folder
        Where imported gazetteers lie; ``None`` for the user's own.
    options
        How to read it.
    progress
        Is told the lines done.

    Returns
    -------
        What was imported. Places with one id are one: the last line counts, the names of all lead to it.

    Raises
    ------
    GazetteerError
        The file is cut off, is of no known kind, or more of its lines are unreadable than not; an older gazetteer of
        the name is as it was.
    OutputError
        The folder or the disk does not take it.
    """
    how = options or ImportOptions()
    own = "_".join(filter(None, (name_of(path), how.layer)))
    target = gazetteer_folder(folder) / f"{checked_name(name or own)}.sqlite"
    kind = format_of(path, how.encoding)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(
            f"{target.parent}: cannot be made ({error.strerror}); choose another with --folder"
        ) from error
    digest = _sha256(path)
    with (
        Staging(staging_path(target), input=_fingerprint(digest, how)) as staging,
        SqliteGazetteer(bundled_path("gazetteer.sqlite")) as known,
    ):
        begun_at = staging.lines
        try:
            with _collector_paused():
                staging.add(_rows(path, kind, staging, how, known, target.stem), progress=progress)
            staging.save(staging.lines)
            _check(path, staging)
            add_names(staging, how.names)
        except GazetteerError:
            staging.connection.close()
            discard(staging.path)
            raise
        report = _finished(path, kind, staging, target, how, digest, begun_at)
    discard(staging_path(target))
    return report


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Keep Python from looking for cycles meanwhile: rows make none, and looking takes an eighth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def name_of(path: Path) -> str:
    """Return the name of a file without its endings."""
    name = path.name
    for ending in _ENDINGS:
        name = name[: -len(ending)] if name.lower().endswith(ending) else name
    return name.replace(" ", "_")


def _rows(
    path: Path, kind: Format, staging: Staging, how: ImportOptions, known: SqliteGazetteer, gazetteer: str
) -> Iterator[PlaceRow]:
    """Return the places of a file from the line on that staging is at."""
    after, skip = staging.lines, staging.skip
    if kind == "geonames":
        return read_places(read_lines(path, skip=skip, encoding=how.encoding, after=after), skip=skip)
    if kind == "whosonfirst":
        lines = read_lines(path, skip=skip, encoding=how.encoding, after=after)
        return with_units(read_whosonfirst(lines, skip=skip, known=known), known)
    if kind in ("names", "unit names"):
        return read_named(path, kind, skip=skip, known=known, after=after)
    header, records = _records(path, kind, skip, how, after)
    units = None if how.columns else unit_columns(header)
    if units is not None:
        _, records = _records(path, kind, skip, how, after // UNITS_A_LINE)
        return read_pcodes(records, units, skip=skip, known=known, width=len(header))
    columns = columns_of(header, how.columns, path)
    table = read_table(records, columns, skip=skip, gazetteer=gazetteer, country=how.country.upper(), width=len(header))
    return with_units(table, known)


def _records(
    path: Path, kind: Format, skip: Skip, how: ImportOptions, after: int
) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    """Return the header and the rows of a table, or of features as a table."""
    if kind == "features":
        return read_features(path, layer=how.layer, after=after)
    lines = read_lines(path, skip=_after(skip, after), encoding=how.encoding)
    return read_records(lines, path, skip=skip, after=after)


def _after(skip: Skip, after: int) -> Skip:
    """Return a way to tell of lines left out that does not tell again of those that an earlier try told of."""
    return lambda line, what: skip(line, what) if line > after else None


def _check(path: Path, staging: Staging) -> None:
    """Refuse a file most of whose lines cannot be read."""
    skipped = staging.skipped
    if skipped <= staging.rows and staging.rows:
        return
    first = staging.connection.execute("SELECT line, what FROM problem ORDER BY line LIMIT 1").fetchone()
    why = f"; line {first[0]:,}: {first[1]}" if first else ""
    raise GazetteerError(
        f"{path}: {skipped:,} lines could not be read and {staging.rows:,} could, so that nothing was imported{why}"
    )


def _finished(
    path: Path, kind: Format, staging: Staging, target: Path, how: ImportOptions, digest: str, begun_at: int
) -> ImportReport:
    now = datetime.datetime.now(datetime.UTC).isoformat(timespec="microseconds")
    date = datetime.datetime.fromtimestamp(path.stat().st_mtime, datetime.UTC).date().isoformat()
    licence = how.licence or LICENCES[kind]
    facts = {
        "at": now, "file": path.name, "bytes": path.stat().st_size, "sha256": digest, "date": date, "format": kind,
        "skipped": staging.skipped, "licence": licence, "origin": how.origins.get(path, ""),
        "more_names": [one.name for one in how.names],
    }  # fmt: skip
    source = {
        "name": f"{PUBLISHERS.get(kind, '')} {path.name}".strip(),
        "version": digest[:12],
        "date": date,
        "licence": licence,
    }
    skipped = staging.skipped
    doubles = finish(staging, target, facts=facts, sources={target.stem: source})
    with SqliteGazetteer(target) as made:
        meta = dict(made.connection().execute("SELECT key, value FROM meta"))
    return ImportReport(
        name=target.stem,
        path=target,
        entries=int(meta["entries"]),
        names=int(meta["names"]),
        begun_at=begun_at,
        skipped=skipped,
        problems=[(line, what) for line, what in json.loads(meta["problems"])],
        doubles=doubles,
    )


def _fingerprint(digest: str, how: ImportOptions) -> str:
    """Return what tells one input and way of reading it from another."""
    settings = [
        sorted(how.columns.items()),
        how.encoding,
        how.country,
        how.layer,
        [str(one.resolve()) for one in how.names],
    ]
    return json.dumps([digest, *settings])


def _sha256(path: Path) -> str:
    """Return the SHA-256 of a file."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise GazetteerError(f"{path}: cannot be read ({error.strerror})") from error
