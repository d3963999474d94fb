"""Lines and rings of ESRI shapefiles with the rows of their tables, as the data steps need them.

After the ESRI Shapefile Technical Description (1998) and dBASE III. Only types 3 and 5 are read, polylines and
polygons, with or without measures.
"""

import struct
from itertools import pairwise
from pathlib import Path

import numpy as np

from geomap.errors import GazetteerError

Points = np.ndarray[tuple[int, ...], np.dtype[np.float64]]
_LINES = frozenset([3, 5, 13, 15, 23, 25])


def read_shapes(path: Path) -> list[list[Points]]:
    """Return the lines or rings of each record of a ``.shp`` file, as arrays of longitude and latitude.

    Outer rings of polygons go clockwise, holes the other way, as the format wants it. A record without a shape is an
    empty list.

    Raises
    ------
    GazetteerError
        If the file is missing or is none of lines or polygons.
    """
    data = _bytes(path)
    records: list[list[Points]] = []
    try:
        (code,) = struct.unpack_from(">i", data)
        at = 100
        while code == 9994 and at < len(data):
            (length,) = struct.unpack_from(">i", data, at + 4)
            records.append(_shape(data, at + 8))
            at += 8 + 2 * length
    except (struct.error, ValueError) as error:
        raise GazetteerError(f"{path}: is damaged ({error}); unpack it again") from error
    if not records:
        raise GazetteerError(f"{path}: is no shapefile of lines or polygons; give one of Natural Earth's")
    return records


def _shape(data: bytes, at: int) -> list[Points]:
    (kind,) = struct.unpack_from("<i", data, at)
    if kind == 0:
        return []
    if kind not in _LINES:
        raise ValueError(f"type {kind}")
    parts, points = struct.unpack_from("<ii", data, at + 36)
    starts = [*struct.unpack_from(f"<{parts}i", data, at + 44), points]
    flat = np.frombuffer(data, "<f8", 2 * points, at + 44 + 4 * parts).reshape(-1, 2)
    return [flat[begin:end] for begin, end in pairwise(starts)]


def read_table(path: Path) -> list[dict[str, str]]:
    """Return the rows of a ``.dbf`` file in UTF-8 or, as older ones are, Windows-1252, by their columns in lower case.

    Raises
    ------
    GazetteerError
        If the file is missing or damaged.
    """
    data = _bytes(path)
    try:
        count, head, width = struct.unpack_from("<IHH", data, 4)
        columns = [
            (data[at : at + 11].split(b"\0")[0].decode("ascii").lower(), data[at + 16])
            for at in range(32, head - 1, 32)
        ]
        return [_row(data[head + n * width + 1 : head + (n + 1) * width], columns) for n in range(count)]
    except (struct.error, UnicodeDecodeError, IndexError) as error:
        raise GazetteerError(f"{path}: is no table ({error}); unpack it again") from error


def _row(data: bytes, columns: list[tuple[str, int]]) -> dict[str, str]:
    row = {}
    at = 0
    for name, width in columns:
        row[name] = _text(data[at : at + width])
        at += width
    return row


def _text(data: bytes) -> str:
    try:
        words = data.decode("utf-8")
    except UnicodeDecodeError:
        words = data.decode("cp1252")
    return words.strip("\0 ")


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise GazetteerError(f"{path}: cannot be read ({error.strerror}); give an existing file") from error
