"""Turn the half-done file of an import into a gazetteer: sorted, indexed, sealed, and only then in its place."""

import hashlib
import json
import mmap
import sqlite3
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from geomap.errors import OutputError
from geomap.gazetteers.file_layout import APPLICATION_ID, FORMAT_VERSION, INDEXES, SCALE, SCHEMA
from geomap.gazetteers.importing.staging import LINE_BITS, Staging
from geomap.gazetteers.installed import draft_path

_SEAL = "0" * 64
_LINE = f"(n & {(1 << LINE_BITS) - 1})"

# Of several lines with one id the last counts, and the names of all lead to it.
_FIND_DOUBLES = f"""
CREATE INDEX IF NOT EXISTS staging.staged_id ON entry (id);
CREATE TEMP TABLE twice AS SELECT id FROM staging.entry GROUP BY id HAVING count(*) > 1;
INSERT INTO moved
    SELECT n, first_value(n) OVER (PARTITION BY id ORDER BY {_LINE} DESC)
    FROM staging.entry WHERE id IN (SELECT id FROM twice);
DELETE FROM moved WHERE n = target;
"""  # noqa: S608
_ENTRIES = "INSERT INTO entry SELECT * FROM staging.entry WHERE n NOT IN (SELECT n FROM moved) ORDER BY n"
# A name that was the place's own becomes an alternate of the place that it is moved to, and is written out.
_MOVE_NAMES = """
INSERT OR IGNORE INTO name
    SELECT s.key, m.target, max(s.kind, 1), CASE WHEN s.name IS NULL THEN e.name ELSE s.name END
    FROM staging.name s JOIN moved m USING (n) JOIN staging.entry e USING (n) ORDER BY 1, 2, 3 = 1, 3, 4
"""
_NAMES = """
INSERT OR IGNORE INTO name
    SELECT key, n, kind, name FROM staging.name WHERE n NOT IN (SELECT n FROM moved) ORDER BY key, n, kind = 1, kind
"""
_REACH = """
SELECT iif(typeof(id) = 'integer', 'geonames', substr(id, 1, instr(id, ':') - 1)), country_code, count(*)
FROM entry GROUP BY 1, 2 ORDER BY 1, 2
"""
_CELLS = f"""
INSERT INTO cell
    SELECT min((latitude + {90 * SCALE}) / {SCALE}, 179) * 360 + ((longitude + {180 * SCALE}) / {SCALE}) % 360 AS c, n
    FROM entry WHERE feature_class = 'P' AND accuracy_km = 0 ORDER BY c, n
"""  # noqa: S608


def finish(staging: Staging, target: Path, *, facts: Mapping[str, object], sources: Mapping[str, object]) -> int:
    """Write the gazetteer and put it in its place, and tell how many lines gave a place that another line gave again.

    An older file stays whole until the new one is; the half-done one is left to the caller. The facts are what the file
    says of where it came from, besides counts; each source has its name, date and licence by its key, as in
    ``SOURCES.toml``. A full disk, or a folder that cannot be written to, is an `OutputError`.
    """
    draft = draft_path(target)
    staging.connection.execute("COMMIT")
    try:
        draft.unlink(missing_ok=True)
        doubles = _write(staging, draft, facts, sources)
        _seal(draft)
        draft.replace(target)
    except (OSError, sqlite3.Error) as error:
        raise OutputError(f"{target}: cannot be written ({error}); free some space and run it again") from error
    finally:
        with suppress(OSError):
            draft.unlink()
    return doubles


def seal_of(path: Path) -> str:
    """Return the SHA-256 of an imported gazetteer, that digest itself counted as zeros."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        with sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True) as connection:
            stated = connection.execute("SELECT value FROM meta WHERE key = 'sha256'").fetchone()[0]
        connection.close()
        return _digest(content, content.find(stated.encode()))


def _write(staging: Staging, draft: Path, facts: Mapping[str, object], sources: Mapping[str, object]) -> int:
    connection = sqlite3.connect(draft, isolation_level=None)
    try:
        for pragma in ("page_size = 4096", "journal_mode = OFF", "synchronous = OFF", "cache_size = -64000"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {FORMAT_VERSION}")
        connection.executescript(SCHEMA)
        staging.connection.close()
        connection.execute("ATTACH ? AS staging", (str(staging.path),))
        connection.execute("PRAGMA staging.synchronous = OFF")
        connection.execute("CREATE TEMP TABLE moved (n INTEGER PRIMARY KEY, target INTEGER NOT NULL)")
        connection.execute("INSERT INTO meta VALUES ('sha256', ?)", (_SEAL,))
        _fill(connection)
        doubles = int(connection.execute("SELECT count(*) FROM moved").fetchone()[0])
        connection.executemany("INSERT INTO meta VALUES (?, ?)", _meta(connection, facts, sources, doubles))
    finally:
        connection.close()
    return doubles


def _fill(connection: sqlite3.Connection) -> None:
    """Copy what was gathered, in order; doubles are looked for only where there are some, for that takes its time."""
    try:
        connection.execute(_ENTRIES)
        connection.execute(INDEXES[0])
    except sqlite3.IntegrityError:
        connection.executescript(_FIND_DOUBLES)
        connection.execute("DELETE FROM entry")
        connection.execute(_ENTRIES)
        connection.execute(INDEXES[0])
    for statement in (_NAMES, _MOVE_NAMES, _CELLS, *INDEXES[1:]):
        connection.execute(statement)


def _meta(
    connection: sqlite3.Connection, facts: Mapping[str, object], sources: Mapping[str, object], doubles: int
) -> list[tuple[str, str]]:
    """Return what the file says of itself, its digest left out."""
    counts = {t: str(connection.execute(f"SELECT count(*) FROM {t}").fetchone()[0]) for t in ("entry", "name")}  # noqa: S608
    reach = connection.execute(_REACH).fetchall()
    problems = connection.execute("SELECT line, what FROM staging.problem ORDER BY line").fetchall()
    return [
        ("entries", counts["entry"]),
        ("names", counts["name"]),
        ("sources", json.dumps(sources, ensure_ascii=False, sort_keys=True)),
        ("imported", json.dumps({**facts, "doubles": doubles}, ensure_ascii=False, sort_keys=True)),
        ("reach", json.dumps(reach)),
        ("problems", json.dumps(problems, ensure_ascii=False)),
    ]


def _seal(path: Path) -> None:
    """Write a file's own digest over the zeros that stand for it."""
    with path.open("r+b") as file, mmap.mmap(file.fileno(), 0) as content:
        start = content.find(_SEAL.encode())
        content[start : start + len(_SEAL)] = _digest(content, start).encode()
        content.flush()


def _digest(content: mmap.mmap, start: int) -> str:
    digest = hashlib.sha256()
    view = memoryview(content)
    try:
        digest.update(view[: max(start, 0)])
        digest.update(_SEAL.encode())
        digest.update(view[max(start, 0) + len(_SEAL) :])
    finally:
        view.release()
    return digest.hexdigest()
