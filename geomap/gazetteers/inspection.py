"""What a gazetteer file says about itself, and whether it is whole."""

import json
import os
import sqlite3
from pathlib import Path

from geomap.bundle import ATTRIBUTION
from geomap.errors import GazetteerError
from geomap.gazetteers.database import SqliteGazetteer
from geomap.gazetteers.file_layout import FORMAT_VERSION, content_digest, content_rows
from geomap.gazetteers.importing.finishing import seal_of
from geomap.gazetteers.installed import chosen, gazetteer_file, remedy_for


def gazetteer_info(path: str | os.PathLike[str] | None = None) -> dict[str, object]:
    """Return what a gazetteer file says about itself.

    Parameters
    ----------
    path
        A gazetteer's file, or the name of an imported one; ``None`` means the bundled one.

    Returns
    -------
        In this order: ``path``, ``format``, ``bytes``, ``entries``, ``names`` (counted once a place), ``features``
        (number of places by feature code), ``sources`` (name, version, date and licence by key), ``sha256`` (of the
        content, whatever SQLite version wrote the file; of an imported one, of the file) and ``attribution``. An
        imported one has ``imported``, too: what it was made from, when, and how many lines were left out.

    Raises
    ------
    GazetteerError
        The file is missing, damaged or of another format version.
    """
    with SqliteGazetteer(gazetteer_file(path)) as gazetteer:
        connection = gazetteer.connection()
        try:
            meta = dict(connection.execute("SELECT key, value FROM meta"))
            features = dict(connection.execute("SELECT feature_code, count(*) FROM entry GROUP BY 1 ORDER BY 1"))
            imported = {"imported": json.loads(meta["imported"])} if "imported" in meta else {}
            return {
                "path": str(gazetteer.path),
                "format": FORMAT_VERSION,
                "bytes": gazetteer.path.stat().st_size,
                "entries": int(meta["entries"]),
                "names": int(meta["names"]),
                "features": features,
                "sources": _in_words(json.loads(meta["sources"])),
                "sha256": meta["sha256"],
                "attribution": _attribution(json.loads(meta["sources"])) if imported else ATTRIBUTION,
                **imported,
            }
        except (sqlite3.DatabaseError, KeyError, ValueError, TypeError, AttributeError, RecursionError) as error:
            raise _damaged(gazetteer.path, str(error)) from error


def verify_gazetteer(path: str | os.PathLike[str] | None = None) -> dict[str, object]:
    """Read a gazetteer file through and compare it with its own digest; takes some seconds.

    Parameters
    ----------
    path
        A gazetteer's file; ``None`` means the bundled one.

    Returns
    -------
        What `gazetteer_info` returns, now known to be true.

    Raises
    ------
    GazetteerError
        The file is missing, damaged or of another format version.
    """
    info = gazetteer_info(path)
    with SqliteGazetteer(gazetteer_file(path)) as gazetteer:
        connection = gazetteer.connection()
        try:
            complaint = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
            imported = "imported" in info
            digest = seal_of(gazetteer.path) if imported else content_digest(content_rows(connection))
        except (sqlite3.DatabaseError, ValueError, TypeError, AttributeError) as error:
            raise _damaged(gazetteer.path, str(error)) from error
    if complaint != "ok":
        raise _damaged(gazetteer.path, complaint)
    if digest != info["sha256"]:
        raise _damaged(gazetteer.path, "its content does not match its checksum")
    return info


def imported_sources(choice: str | os.PathLike[str] | None = None) -> dict[str, str]:
    """Return file, date and licence of each imported gazetteer that a run uses, by name in alphabetical order.

    Parameters
    ----------
    choice
        As for `geomap.gazetteers.load_gazetteer`.

    Raises
    ------
    GazetteerError
        One is damaged, or none of a name is installed.
    """
    _, imported = chosen(choice)
    words: dict[str, str] = {}
    for path in imported:
        facts = gazetteer_info(path)["sources"]
        words |= facts if isinstance(facts, dict) else {}
    return words


def _attribution(sources: dict[str, dict[str, object]]) -> str:
    """Return what is to be named with what is made from an imported gazetteer."""
    return "; ".join(f"{source['name']}, {source['licence']}" for source in sources.values())


def _in_words(sources: dict[str, dict[str, object]]) -> dict[str, str]:
    """Return name, version, date and licence of each source as one text."""
    wanted = ("name", "version", "date", "licence")
    return {key: ", ".join(str(source[word]) for word in wanted if word in source) for key, source in sources.items()}


def _damaged(path: Path, complaint: str) -> GazetteerError:
    """Return the error for a file that is not whole."""
    reason = " ".join(complaint.split())
    return GazetteerError(f"{path}: is damaged ({reason}); {remedy_for(path)}")
