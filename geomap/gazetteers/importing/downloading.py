"""Fetch GeoNames' dumps from its site, a mirror or a folder: whole or not at all, and on from where a try broke off.

Only the verb ``geomap gazetteer download`` comes here; nothing else of the program asks the network.
"""

import datetime
import email.utils
import http.client
import json
import os
import shutil
import urllib.error
import urllib.request
import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from geomap.errors import ConfigError, GazetteerError, OutputError

GEONAMES = "https://download.geonames.org/export/dump"
"""Where GeoNames keeps its dumps."""

_CHUNK = 1 << 16
_TIMEOUT = 30
_BREAKS = (OSError, http.client.HTTPException)


def fetch(
    file: str, into: Path, *, origin: str = GEONAMES, progress: Callable[[int, int], None] | None = None
) -> tuple[Path, str]:
    """Fetch a file and return where it lies and where it is from; a whole one of an earlier try is not fetched again.

    Parameters
    ----------
    file
        Such as ``UA.zip``.
    into
        The folder to put it in, which is made.
    origin
        An ``http`` or ``https`` address or a folder that holds it.
    progress
        Is told the bytes there are and the bytes there will be, 0 when that is not known.

    Returns
    -------
        The path; its date is the day that the origin states for it.

    Raises
    ------
    ConfigError
        The origin is neither an address nor a folder.
    GazetteerError
        There is no such file, or it broke off; what came stays, and the next try goes on there.
    OutputError
        The folder or the disk does not take it.
    """
    target = into / file
    try:
        into.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{into}: cannot be made ({error.strerror}); choose another with --folder") from error
    if Path(origin).is_dir():
        return _copied(Path(origin) / file, target), str(Path(origin) / file)
    if not origin.startswith(("http://", "https://")):
        raise ConfigError(f"{origin!r} is neither a folder nor an address; give --from https://... or a folder")
    url = f"{origin.rstrip('/')}/{file}"
    if not target.exists() or _damage(target):
        _receive(url, target, progress or (lambda _have, _all: None))
    if damage := _damage(target):
        target.unlink()
        raise GazetteerError(f"{url}: what came is no whole archive ({damage}); try later, or a mirror with --from")
    return target, url


def _damage(path: Path) -> str:
    """Say why a file is no zip archive that can be read to its end; empty when it is one."""
    try:
        with zipfile.ZipFile(path) as archive:
            bad = archive.testzip()
    except (zipfile.BadZipFile, EOFError, zlib.error, NotImplementedError, RuntimeError) as error:
        return str(error)
    return f"{bad} is damaged" if bad else ""


def _copied(source: Path, target: Path) -> Path:
    try:
        shutil.copy2(source, target)
    except FileNotFoundError as error:
        raise GazetteerError(f"{source}: no such file; see what the folder holds") from error
    except OSError as error:
        raise OutputError(f"{target}: cannot be written ({error.strerror}); free some space and try again") from error
    return target


def _receive(url: str, target: Path, progress: Callable[[int, int], None]) -> None:
    """Receive a file beside its place, from where an earlier try of the same edition broke off, and put it there."""
    part, note = target.with_name(f"{target.name}.part"), target.with_name(f"{target.name}.part.json")
    have, edition = _begun(url, part, note)
    request = urllib.request.Request(url, headers={"User-Agent": "geomap"})  # noqa: S310 - http or https, see fetch
    if have:
        request.add_header("Range", f"bytes={have}-")
        request.add_header("If-Range", edition)
    try:
        with urllib.request.urlopen(request, timeout=_TIMEOUT) as answer:  # noqa: S310
            stated = str(answer.headers.get("Content-Range", ""))
            goes_on = answer.status == http.HTTPStatus.PARTIAL_CONTENT and stated.startswith(f"bytes {have}-")
            size = _size(answer.headers, goes_on=goes_on)
            _note(note, url, answer.headers)
            _write(answer, part, have if goes_on else 0, size, progress)
            day = _day(answer.headers.get("Last-Modified", ""))
    except urllib.error.HTTPError as error:
        error.close()
        if error.code == http.HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE and have:
            part.unlink()
            return _receive(url, target, progress)
        raise GazetteerError(
            f"{url}: {error.code} {error.reason}; check the name, or give a mirror with --from"
        ) from error
    except _BREAKS as error:
        raise _broken(url, part, str(getattr(error, "reason", error))) from error
    if size and part.stat().st_size != size:
        raise _broken(url, part, f"{part.stat().st_size:,} of {size:,} bytes came")
    if day:
        os.utime(part, (day, day))
    part.replace(target)
    note.unlink(missing_ok=True)
    return None


def _begun(url: str, part: Path, note: Path) -> tuple[int, str]:
    """Return the bytes that an earlier try left, and the edition they are of; 0 bytes where that is not known."""
    try:
        begun = json.loads(note.read_text(encoding="utf-8"))
        return (part.stat().st_size, begun["edition"]) if begun["url"] == url and begun["edition"] else (0, "")
    except (OSError, ValueError, KeyError, TypeError):
        return 0, ""


def _note(note: Path, url: str, headers: Mapping[str, Any]) -> None:
    """Keep what tells this edition from the next one; a weak tag does not tell byte from byte."""
    tag = headers.get("ETag") or ""
    edition = tag if tag and not tag.startswith("W/") else headers.get("Last-Modified") or ""
    note.write_text(json.dumps({"url": url, "edition": edition}), encoding="utf-8")


def _day(stated: str) -> float:
    """Return when an edition was made, in seconds of the epoch; 0 where the server does not say."""
    try:
        return email.utils.parsedate_to_datetime(stated).replace(tzinfo=datetime.UTC).timestamp()
    except (ValueError, TypeError, OverflowError):
        return 0.0


def _size(headers: Mapping[str, Any], *, goes_on: bool) -> int:
    """Return the bytes of the whole file; 0 when the server does not say."""
    stated = (
        str(headers.get("Content-Range", "")).rpartition("/")[2] if goes_on else headers.get("Content-Length") or ""
    )
    return int(stated) if str(stated).isdecimal() else 0


def _write(answer: Any, part: Path, have: int, size: int, progress: Callable[[int, int], None]) -> None:
    with part.open("r+b" if have else "wb") as file:
        file.seek(have)
        while chunk := answer.read(_CHUNK):
            file.write(chunk)
            have += len(chunk)
            progress(have, size)


def _broken(url: str, part: Path, why: str) -> GazetteerError:
    kept = part.stat().st_size if part.exists() else 0
    return GazetteerError(f"{url}: broke off ({why}); {kept:,} bytes are kept, run the same command again to go on")
