"""A run folder: what was found so far, batch by batch, so that a run that was stopped goes on where it stopped.

::

    DIR/
      manifest.json           what the results are made with, how many documents, what was set aside
      lock                    held by the run at work
      parts/ab/ab12….part     one finished batch: a line of the documents' keys, then what was found, compressed

A part is named by the digest of its bytes: one that is damaged is noticed, and its documents are parsed again. It is
written under another name first, so that there is no half of one. Compressed JSON is what measured best: 4 kB a report
of the samples, as against 7.4 kB pickled and 11.7 kB as msgpack, and nothing in it can be run.
"""

import hashlib
import json
import os
import sys
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any

from geomap.errors import ConfigError, OutputError
from geomap.runs.parsing import Finding
from geomap.runs.settings import Origin
from geomap.types import Document
from geomap.writing import write_file

if sys.platform != "win32":
    import fcntl

FORMAT = 1
"""Of a run folder; counted up when older ones can no longer be read."""

_OPEN_PARTS = 8
_HEX = 32
_LARGEST = 1 << 30
"""Bytes of an opened part: no bomb comes out of a small file."""


def key_of(document: Document, origin: str) -> bytes:
    """Return what tells a document from others: its text and all that is known of it but its id, and the origin."""
    told = asdict(document) | {"id": "", "published": str(document.published)}
    return hashlib.blake2b(json.dumps([origin, told], default=str).encode("utf-8"), digest_size=16).digest()


class RunFolder:
    """One run's folder, open: nobody else can open it meanwhile.

    Parameters
    ----------
    path
        The folder, which is made if it is not there.
    origin
        What the results are made with. Those made with anything else stay in the folder, and count for nothing.
    again
        Whether documents that were set aside are to be tried again.

    Raises
    ------
    ConfigError
        If another run is at work in it, or it holds other things than a run.
    OutputError
        If it cannot be written.
    """

    def __init__(self, path: Path, origin: Origin, *, again: bool = False) -> None:
        self.path, self.origin, self.again = path, origin, again
        _check(path)
        try:
            (path / "parts").mkdir(parents=True, exist_ok=True)
            self._lock = _held_lock(path / "lock")
        except OSError as error:
            raise OutputError(f"{path}: cannot be written ({error.strerror}); choose another folder") from None
        if self._lock is None:
            raise ConfigError(f"{path}: another run is at work in it; wait for it, or name another folder with --run")
        for draft in path.rglob(".geomap-*.part"):  # of a run that was killed as it wrote
            draft.unlink(missing_ok=True)
        self._parts: list[Path] = []
        self._rows: dict[bytes, int] = {}
        self._read = lru_cache(maxsize=_OPEN_PARTS)(self._read_part)
        for part in sorted(path.glob("parts/*/*.part")):
            self._know(part, _header(part))
        self.write_manifest(finished=False)

    def get(self, key: bytes) -> Finding | None:
        """Return what is known to have come of a document; ``None`` if it is to be parsed."""
        row = self._rows.get(key)
        if row is None:
            return None
        part, line = divmod(row, 1 << 16)
        findings = self._read(part)
        if findings is None:  # damaged: none of its documents is known any more
            self._rows = {known: one for known, one in self._rows.items() if one >> 16 != part}
            return None
        finding = findings[line]
        return None if finding.error and self.again else finding

    def add(self, keys: Sequence[bytes], findings: Sequence[Finding]) -> None:
        """Keep what came of a batch of documents, in one file that is there whole or not at all."""
        aside = [number for number, finding in enumerate(findings) if finding.error]
        header = {"keys": [key.hex() for key in keys], "aside": aside}
        lines = (json.dumps(finding.error) if finding.error else finding.line for finding in findings)
        data = json.dumps(header).encode() + b"\n" + zlib.compress("\n".join(lines).encode("utf-8"), 6)
        name = hashlib.sha256(data).hexdigest()[:_HEX]
        part = self.path / "parts" / name[:2] / f"{name}.part"
        try:
            part.parent.mkdir(exist_ok=True)
        except OSError as error:
            raise OutputError(f"{part}: cannot be written ({error.strerror}); make room, and run again") from None
        write_file(part, data)
        self._know(part, header)

    def write_manifest(self, *, finished: bool, documents: int = 0, aside: Sequence[tuple[str, str]] = ()) -> None:
        """Say in ``manifest.json`` what the results are made with and what came of the documents.

        It is finished when all were read. Each that was set aside has its id and its error, in order.
        """
        told = {
            "format": FORMAT,
            "finished": finished,
            "documents": documents,
            "set_aside": [{"document_id": name, "error": error} for name, error in aside],
            "made_with": asdict(self.origin),
        }
        write_file(self.path / "manifest.json", json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n")

    def close(self) -> None:
        """Let others have the folder."""
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def _know(self, part: Path, header: Mapping[str, Any]) -> None:
        self._parts.append(part)
        aside = set(header["aside"])
        for line, key in enumerate(header["keys"]):
            row = (len(self._parts) - 1 << 16) + line
            if line in aside:
                self._rows.setdefault(bytes.fromhex(key), row)  # what was parsed in a later try counts more
            else:
                self._rows[bytes.fromhex(key)] = row

    def _read_part(self, number: int) -> list[Finding] | None:
        """Return what a part holds, and remove it if it is damaged."""
        part = self._parts[number]
        try:
            data = part.read_bytes()
            if hashlib.sha256(data).hexdigest()[:_HEX] != part.stem:
                raise ValueError("damaged")
            return list(_findings(data))
        except (OSError, ValueError, zlib.error):
            part.unlink(missing_ok=True)
            return None


def _held_lock(path: Path) -> int | None:
    """Return the descriptor of a file that is locked until it is closed; ``None`` if another process has it.

    The lock ends with the process, however that ends. Raises an OSError if the file cannot be made.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        if sys.platform != "win32":
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        else:
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    except (BlockingIOError, PermissionError):
        os.close(descriptor)
        return None
    return descriptor


def _check(path: Path) -> None:
    """Refuse what is no run folder of this format."""
    try:
        there = {one.name for one in path.iterdir()} if path.exists() else set()
        if "manifest.json" not in there:
            if there - {"lock", "parts"} and not all(name.startswith(".geomap-") for name in there - {"lock", "parts"}):
                raise ConfigError(f"{path}: holds other things than a run; name a new folder with --run")
            return
        found = json.loads((path / "manifest.json").read_text("utf-8"))
        if not isinstance(found, dict) or found.get("format") != FORMAT:
            raise ConfigError(f"{path}: is of another version of the program; name a new folder with --run")
    except (OSError, ValueError, RecursionError) as error:
        if isinstance(error, ConfigError):
            raise
        raise ConfigError(f"{path}: cannot be used as a run folder ({error}); name a new folder with --run") from None


def _header(part: Path) -> Mapping[str, Any]:
    """Return the keys of a part; none of one whose first line is no such line."""
    nothing: Mapping[str, Any] = {"keys": [], "aside": []}
    try:
        with part.open("rb") as file:
            header = json.loads(file.readline(1 << 22))
        keys, aside = header["keys"], header["aside"]
        if (
            len(keys) < 1 << 16
            and all(len(bytes.fromhex(key)) == _HEX // 2 for key in keys)
            and isinstance(aside, list)
        ):
            return {"keys": keys, "aside": [number for number in aside if isinstance(number, int)]}
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return nothing
    return nothing


def _findings(data: bytes) -> Iterator[Finding]:
    _, _, body = data.partition(b"\n")
    opened = zlib.decompressobj()
    text = opened.decompress(body, _LARGEST)
    if not opened.eof:
        raise ValueError("larger than a part can be")
    for line in text.decode("utf-8").split("\n"):
        yield Finding(error=str(json.loads(line))) if line.startswith('"') else Finding(line=line)
