"""A file of vector tiles of the user's own as a background: PMTiles version 3, with the tiles of OpenStreetMap tools.

A small file is carried by the page. A larger one lies beside the page, which asks its server for the parts that it
needs (https://github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md).
"""

import base64
import html
import json
import re
import struct
import zlib
from pathlib import Path
from typing import Any

from geomap.errors import ConfigError

Page = dict[str, Any]

CARRIED = 3_000_000
"""The most bytes of a file that a page carries: with them it is 4 MB larger, as large as a few photographs."""

_MAGIC, _HEADER = b"PMTiles", 127
_VECTOR = 1
_NONE, _GZIP = 1, 2
_LONGEST_CREDIT = 300  # characters
_LONGEST_METADATA = 10_000_000  # bytes


def read_tiles(path: str | Path) -> Page:
    """Return what a page needs to know of a file of tiles.

    Parameters
    ----------
    path
        A ``.pmtiles`` file of vector tiles in one of the schemas of Protomaps, OpenMapTiles or Shortbread.

    Returns
    -------
        ``file``, its name; ``zooms``, the smallest and the largest zoom of its tiles; ``bounds`` as west, south, east,
        north in degrees; ``credit``, plain text; ``data``, the file in base64, if it has no more than `CARRIED` bytes.

    Raises
    ------
    ConfigError
        If the file cannot be read or its tiles cannot be drawn; the message names the file and the remedy.
    """
    path = Path(path)
    try:
        with path.open("rb") as file:
            header = file.read(_HEADER)
            _check(path, header)
            start, length = struct.unpack_from("<QQ", header, 24)
            size = path.stat().st_size
            if start + length > size:
                raise ConfigError(f"{path}: is cut short, its metadata are missing; copy or make it again")
            file.seek(start)
            credit = _credit(path, file.read(min(length, _LONGEST_METADATA)), header[97])
            whole = path.read_bytes() if size <= CARRIED else None
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read ({error.strerror}); give an existing file") from None
    facts: Page = {
        "file": path.name,
        "zooms": [header[100], header[101]],
        "bounds": [degrees / 1e7 for degrees in struct.unpack_from("<4i", header, 102)],
        "credit": credit,
    }
    return facts if whole is None else facts | {"data": base64.b64encode(whole).decode()}


def check_beside(path: Path, page: Path) -> None:
    """Refuse a file that a page neither carries nor finds beside it.

    Raises
    ------
    ConfigError
        If the file is larger than `CARRIED` and lies in another folder than the page.
    """
    if path.stat().st_size > CARRIED and path.resolve().parent != page.resolve().parent:
        raise ConfigError(
            f"{path}: is too large for the page to carry, which reads it from beside itself; copy it to "
            f"{page.parent} and give that copy"
        )


def _check(path: Path, header: bytes) -> None:
    if len(header) < _HEADER or not header.startswith(_MAGIC):
        raise ConfigError(f"{path}: is no PMTiles file; make one with: pmtiles convert tiles.mbtiles {path.name}")
    version, compression, kind = header[7], header[98], header[99]
    if version != 3:
        raise ConfigError(f"{path}: is PMTiles version {version}, not 3; convert it again with a newer pmtiles")
    if kind != _VECTOR:
        raise ConfigError(f"{path}: holds pictures; give vector tiles, such as an extract of build.protomaps.com")
    if compression not in {_NONE, _GZIP} or header[97] not in {_NONE, _GZIP}:
        raise ConfigError(f"{path}: is packed in a way that browsers do not unpack; convert it with gzip")


def _credit(path: Path, data: bytes, compression: int) -> str:
    """Return the attribution of the metadata in plain words."""
    try:
        if compression == _GZIP:
            data = zlib.decompressobj(wbits=31).decompress(data, _LONGEST_METADATA)
        facts = json.loads(data or b"{}")
        words = facts.get("attribution") if isinstance(facts, dict) else ""
    except (zlib.error, ValueError, RecursionError) as error:
        raise ConfigError(f"{path}: has damaged metadata ({error}); make it again") from None
    plain = html.unescape(re.sub(r"<[^>]*>", "", words if isinstance(words, str) else ""))
    return " ".join(plain.split())[:_LONGEST_CREDIT]
