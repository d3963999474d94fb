"""The places: looking names up, putting imported databases on top of the bundled one, checking files.

`database` looks names up, by the keys of `names`; `attached` puts imported ones on top, `installed` says which a run
uses. `file_layout` is what a file holds and what a place is, `alternates` which names it keeps, `romanise` how Cyrillic
ones are spelt, `inspection` the check. The places themselves are tables, not code: another name of a country is a row
of ``gazetteer/countries.tsv``, of any other place of ``gazetteer/aliases.tsv``.
"""

import os
from threading import Lock
from typing import TYPE_CHECKING, Any
from weakref import WeakValueDictionary

if TYPE_CHECKING:
    from geomap.gazetteers.database import SqliteGazetteer as SqliteGazetteer
    from geomap.gazetteers.geocoder import GazetteerGeocoder as GazetteerGeocoder
    from geomap.gazetteers.inspection import gazetteer_info as gazetteer_info
    from geomap.gazetteers.inspection import verify_gazetteer as verify_gazetteer

__all__ = [
    "GazetteerGeocoder",
    "SqliteGazetteer",
    "gazetteer_info",
    "load_gazetteer",
    "shared_gazetteer",
    "verify_gazetteer",
]

_HOMES = {
    "GazetteerGeocoder": "geomap.gazetteers.geocoder",
    "SqliteGazetteer": "geomap.gazetteers.database",
    "gazetteer_info": "geomap.gazetteers.inspection",
    "verify_gazetteer": "geomap.gazetteers.inspection",
}


def load_gazetteer(path: str | os.PathLike[str] | None = None) -> "SqliteGazetteer":
    """Open a gazetteer.

    Parameters
    ----------
    path
        An SQLite file such as the bundled one; names of imported gazetteers joined by ``+``, such as
        ``UA+RU``, to put them on top of the bundled one; ``bundled`` for that alone. ``None`` opens the bundled one
        with those that the environment variable ``GEOMAP_GAZETTEER`` names, else with all that are installed.

    Raises
    ------
    GazetteerError
        A file is missing, damaged or of another format version, or no gazetteer of a name is installed.
    """
    from geomap.bundle import bundled_path
    from geomap.gazetteers.installed import chosen

    lowest, imported = chosen(path)
    if not imported:
        from geomap.gazetteers.database import SqliteGazetteer

        return SqliteGazetteer(lowest or bundled_path("gazetteer.sqlite"))
    from geomap.gazetteers.attached import AttachedGazetteer

    return AttachedGazetteer(bundled_path("gazetteer.sqlite"), imported)


_SHARED: "WeakValueDictionary[tuple[object, ...], SqliteGazetteer]" = WeakValueDictionary()
_ONE_AT_A_TIME = Lock()


def shared_gazetteer(path: str | os.PathLike[str] | None = None) -> "SqliteGazetteer":
    """Open a gazetteer for a part of a pipeline, whose other parts ask the same one, with what it remembers of names.

    Parameters
    ----------
    path
        As for `load_gazetteer`.

    Returns
    -------
        The one that is open in this process with the same files, as long as somebody has it; so nobody closes it.

    Raises
    ------
    GazetteerError
        As `load_gazetteer` does.
    """
    from geomap.bundle import bundled_path
    from geomap.gazetteers.installed import chosen

    lowest, imported = chosen(path)
    files = [lowest or bundled_path("gazetteer.sqlite"), *imported]
    stamps = [(stat.st_dev, stat.st_ino, stat.st_mtime_ns) for stat in map(os.stat, filter(os.path.exists, files))]
    with _ONE_AT_A_TIME:
        key = (*map(os.path.abspath, files), *stamps)
        found = _SHARED.get(key)
        if found is None:
            found = _SHARED[key] = load_gazetteer(path)
        return found


def __getattr__(name: str) -> Any:
    """Import a name on first use, so that building a gazetteer needs neither geopy nor the rest of the program."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module(_HOMES[name]), name)
