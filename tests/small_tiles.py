"""A file of vector tiles, written by hand: a lake, a motorway, a lane and a border around 50° N 36° E."""

import gzip
import json
import struct
from collections.abc import Iterable, Sequence
from math import cos, log, pi, radians, tan
from pathlib import Path
from typing import Any

EXTENT = 4096
ZOOM = 4
"""The zoom of the one tile; it is drawn larger at all others that lie deeper."""

Point = tuple[float, float]
LAKE = [(35.5, 49.5), (36.5, 49.5), (36.5, 50.5), (35.5, 50.5), (35.5, 49.5)]
FEATURES: list[tuple[str, int, Sequence[Point], dict[str, str]]] = [
    ("water", 3, LAKE, {"kind": "lake"}),
    ("roads", 2, [(33.0, 51.0), (39.0, 51.0)], {"kind": "highway"}),
    ("boundaries", 2, [(33.0, 48.5), (39.0, 48.5)], {"kind": "country", "disputed": "true"}),
]


def varint(number: int) -> bytes:
    out = b""
    while number > 127:
        out += bytes([number & 127 | 128])
        number >>= 7
    return out + bytes([number])


def field(number: int, value: bytes | int) -> bytes:
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    return varint(number << 3 | 2) + varint(len(value)) + value


def on_world(point: Point) -> Point:
    longitude, latitude = point
    slope = tan(radians(latitude)) + 1 / cos(radians(latitude))
    return (longitude + 180) / 360 * 2**ZOOM, (1 - log(slope) / pi) / 2 * 2**ZOOM


TILE = tuple(int(share) for share in on_world((36.0, 50.0)))


def drawn(points: Iterable[Point], kind: int) -> bytes:
    spots = [
        tuple(round((share - start) * EXTENT) for share, start in zip(on_world(p), TILE, strict=True)) for p in points
    ]
    steps = [(x - px, y - py) for (px, py), (x, y) in zip([(0, 0), *spots], spots, strict=False)]
    zigzag = [(step << 1) ^ (step >> 31) for pair in steps for step in pair]
    commands = [1 << 3 | 1, *zigzag[:2], (len(spots) - 1) << 3 | 2, *zigzag[2:], *([1 << 3 | 7] if kind == 3 else [])]
    return b"".join(map(varint, commands))


def layer(name: str, kind: int, points: Sequence[Point], facts: dict[str, str]) -> bytes:
    tags = b"".join(varint(n) for pair in zip(range(len(facts)), range(len(facts)), strict=True) for n in pair)
    feature = field(2, tags) + field(3, kind) + field(4, drawn(points, kind))
    keys = b"".join(field(3, key.encode()) for key in facts)
    values = b"".join(field(4, field(1, value.encode())) for value in facts.values())
    return field(3, field(15, 2) + field(1, name.encode()) + field(2, feature) + keys + values + field(5, EXTENT))


def tile_number(zoom: int, x: int, y: int) -> int:
    """Return the number of a tile on the Hilbert curves of PMTiles."""
    number, size = (4**zoom - 1) // 3, 2 ** (zoom - 1)
    while size:
        right, low = int(x & size > 0), int(y & size > 0)
        number += size * size * ((3 * right) ^ low)
        if low == 0:
            if right:
                x, y = size - 1 - x, size - 1 - y
            x, y = y, x
        size //= 2
    return number


def write_tiles(path: Path, *, credit: Any = "© <b>Someone</b> &amp; others", padding: int = 0, **header: int) -> Path:
    """Write the file; `header` replaces bytes of its header by their place, as in ``at_99=2``."""
    tile = gzip.compress(b"".join(layer(*feature) for feature in FEATURES), mtime=0)
    numbers = (1, tile_number(ZOOM, *TILE), 1, len(tile), 1)
    directory = gzip.compress(b"".join(map(varint, numbers)), mtime=0)
    metadata = gzip.compress(json.dumps({"attribution": credit}).encode(), mtime=0)
    starts = (127, len(directory), 127 + len(directory), len(metadata), 0, 0, 127 + len(directory) + len(metadata))
    head = b"PMTiles\x03" + struct.pack("<11Q", *starts, len(tile), 1, 1, 1) + bytes([1, 2, 2, 1, ZOOM, ZOOM])
    head += struct.pack("<4iB2i", 330000000, 470000000, 390000000, 520000000, ZOOM, 360000000, 500000000)
    changed = bytearray(head)
    for place, value in header.items():
        changed[int(place.removeprefix("at_"))] = value
    path.write_bytes(bytes(changed) + directory + metadata + tile + bytes(padding))
    return path
