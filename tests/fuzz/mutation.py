"""Files with some of their bytes or of their structure changed, always the same ones for a seed."""

import bz2
import gzip
import io
import json
import lzma
import re
import sqlite3
import zipfile
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from copy import deepcopy
from pathlib import Path
from random import Random
from typing import Any

SPICE = [
    *(b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", "\u202e".encode(), "🇺🇦".encode(), "\u2028".encode()),
    *(b'"', b"'s" * 40, b"..." * 40, b"(" * 60, b"[" * 1_200, b'{"a":' * 1_200, b"\r\n\r\n", b"\t", b",,,,", b"=1+1"),
    *(b"<", b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>&b;", b"<div>" * 500, b"&#xD800;", b"---\n"),
    *(b"NaN", b"1e999", b"-1", b"999999999999999999999", b"null", b"0000-00-00", b"Kyiv, Lviv and ", b" U.S. Gen. "),
    *(
        b"\xff\xff\xff\xff",
        b"\x7f\xff\xff\xff",
        b"\xff\xff\xff\x7f",
        b"\x00\x00\x00\x80",
        b"\x1f\x8b\x08",
        b"]]>",
        b"%s",
    ),
    *(
        b"<!--",
        b"<![CDATA[",
        b"&amp;" * 30,
        b"\\ud83d",
        b"9" * 5_000,
        b"\\",
        b"#",
        b";",
        b"\n",
        b" " * 3_000,
        b"../../",
    ),
]
"""Pieces that have tripped up readers."""

ODD: list[Any] = [
    *(
        None,
        True,
        False,
        0,
        -1,
        1e308,
        10**30,
        0.1,
        float("nan"),
        float("inf"),
        "",
        " ",
        "\ud83d",
        "a\nb",
        "\x00",
        "=1",
    ),
    *(
        [],
        {},
        [[]],
        [None],
        {"": None},
        "2024-13-45",
        "0001-01-01",
        "9999-12-31T23:59:59Z",
        "-",
        "geonames:-1",
        "x" * 999,
    ),
]
"""Values that no cell expects."""

_TAG = re.compile(rb"<[^<>]*>")

Change = Callable[[bytes, Random], bytes]
"""Changes a file, by chance."""


def bytes_changed(data: bytes, chance: Random) -> bytes:
    """Cut pieces out, put others in, or change or repeat what is there, in up to five places."""
    for _ in range(chance.randint(1, 5)):
        start = chance.randint(0, len(data))
        end = min(len(data), start + chance.choice((0, 0, 1, 2, 4, 8, 60)))
        put = (
            chance.choice(SPICE),
            chance.randbytes(chance.randint(1, 8)),
            b"",
            data[start : start + 40] * chance.choice((2, 2, 9)),
        )
        data = data[:start] + chance.choice(put) + data[end:]
        if chance.random() < 0.05:
            data = data[: chance.randint(0, len(data))]
    return data


def overwritten(data: bytes, chance: Random) -> bytes:
    """Change some bytes and leave all where they are, for files that say where what stands."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 1, 2, 4, 16))):
        at = chance.randrange(len(changed) or 1)
        new = chance.choice((chance.randbytes(1), b"\xff", b"\x00", b"\xff\xff\xff\xff", chance.randbytes(4)))
        changed[at : at + len(new)] = new[: len(changed) - at]
    return bytes(changed)


def either(*changes: Change) -> Change:
    """Return what makes one of several changes."""
    return lambda data, chance: chance.choice(changes)(data, chance)


def json_changed(data: bytes, chance: Random) -> bytes:
    """Change some values of a JSON file, or drop, repeat, nest or swap them."""
    try:
        whole = [json.loads(data)]
    except (ValueError, RecursionError):
        return bytes_changed(data, chance)
    try:
        for _ in range(chance.randint(1, 3)):
            _change_within(whole, chance)
        return json.dumps(whole[0], ensure_ascii=chance.random() < 0.5).encode("utf-8", "surrogatepass")
    except RecursionError:
        return b'{"a":[' * 1_000 + data


def lines_changed(data: bytes, chance: Random) -> bytes:
    """Change the JSON of one of the lines, or repeat or drop one."""
    lines = data.split(b"\n")
    at = chance.randrange(len(lines))
    lines[at : at + 1] = chance.choice(
        ([json_changed(lines[at], chance)], [json_changed(lines[at], chance)], [lines[at]] * 3, [])
    )
    return b"\n".join(lines)


def cells_changed(data: bytes, chance: Random) -> bytes:
    """Change cells or rows of a table with separators."""
    rows = data.split(b"\n")
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(rows))
        separator = max((b",", b"\t", b";"), key=rows[0].count)
        cells = rows[at].split(separator)
        cells[chance.randrange(len(cells))] = chance.choice(
            (*SPICE, str(chance.choice(ODD)).encode("utf-8", "replace"))
        )
        rows[at : at + 1] = chance.choice(
            ([separator.join(cells)], [separator.join(cells)], [rows[at]] * 2, [rows[at] * 2])
        )
    return b"\n".join(rows)


def tags_changed(data: bytes, chance: Random) -> bytes:
    """Drop, repeat, nest or swap tags of markup."""
    found = list(_TAG.finditer(data))
    if not found:
        return bytes_changed(data, chance)
    one, other = chance.choice(found), chance.choice(found)
    put = chance.choice((b"", one[0] * 2, one[0] * 700, other[0], other[0] + one[0], data[one.start() : other.end()]))
    return data[: one.start()] + put + data[one.end() :]


def parts_changed(data: bytes, chance: Random) -> bytes:
    """Change one of the files in a zip archive, or its name, and pack them again."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [(info.filename, archive.read(info)) for info in archive.infolist()]
    at = chance.randrange(len(parts))
    name, part = parts[at]
    if chance.random() < 0.1:
        name = chance.choice(("../../a.txt", "/etc/a.txt", "a" * 300, "", "a\x00b", name.upper(), "\udcff.txt"))
    parts[at] = name, change_of(name)(part, chance)
    if chance.random() < 0.1:
        parts.append(chance.choice(parts))
    if chance.random() < 0.1:
        del parts[at]
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive, suppress(UnicodeError):
        for name, part in parts:
            archive.writestr(zipfile.ZipInfo(name), part)
    return file.getvalue()


def cells_of_database_changed(data: bytes, chance: Random) -> bytes:
    """Change a cell of an SQLite file, the code of a table or whether there is one."""
    with closing(sqlite3.connect(":memory:")) as base, suppress(sqlite3.Error, OverflowError, UnicodeError):
        base.deserialize(data)
        names = [name for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        table = chance.choice(sorted(names))
        columns = [row[1] for row in base.execute(f'PRAGMA table_info("{table}")')]
        values = [one for one in ODD if not isinstance(one, list | dict | str) or one == ""]
        value = chance.choice((*values, "odd", b"\xff\xfe", chance.randbytes(9), "9" * 400))
        if chance.random() < 0.1:
            base.execute(f'ALTER TABLE "{table}" RENAME TO "{chance.choice(("odd", "a b", "ä"))}"')
        else:
            base.execute(f'UPDATE "{table}" SET "{chance.choice(columns)}" = ?', (value,))
        base.commit()
        return base.serialize()
    return overwritten(data, chance)


def packed(pack: Callable[[bytes], bytes], change: Change = bytes_changed) -> Change:
    """Return what changes a file before or after it is packed."""

    def changed(data: bytes, chance: Random) -> bytes:
        if chance.random() < 0.5:
            return pack(change(data, chance))
        return either(bytes_changed, overwritten)(pack(data), chance)

    return changed


def zstd(data: bytes) -> bytes:
    """Pack with Zstandard."""
    import zstandard

    return zstandard.compress(data, 1)


PACKERS: Mapping[str, Callable[[bytes], bytes]] = {
    ".gz": lambda data: gzip.compress(data, 1, mtime=0),
    ".bz2": lambda data: bz2.compress(data, 1),
    ".xz": lambda data: lzma.compress(data, preset=0),
    ".zst": zstd,
}

_CHANGES: Mapping[str, Change] = {
    ".json": either(bytes_changed, json_changed, json_changed),
    ".geojson": either(bytes_changed, json_changed, json_changed),
    ".jsonl": either(bytes_changed, lines_changed, lines_changed),
    ".csv": either(bytes_changed, cells_changed),
    ".tsv": either(bytes_changed, cells_changed),
    ".html": either(bytes_changed, tags_changed),
    ".xhtml": either(bytes_changed, tags_changed),
    ".xml": either(bytes_changed, tags_changed),
    ".rss": either(bytes_changed, tags_changed),
    ".kml": either(bytes_changed, tags_changed),
    ".opf": either(bytes_changed, tags_changed),
    ".rels": either(bytes_changed, tags_changed),
    ".zip": either(bytes_changed, overwritten, parts_changed, parts_changed, parts_changed),
    ".docx": either(overwritten, parts_changed, parts_changed, parts_changed),
    ".epub": either(overwritten, parts_changed, parts_changed, parts_changed),
    ".xlsx": either(overwritten, parts_changed, parts_changed, parts_changed),
    ".parquet": either(bytes_changed, overwritten, overwritten, overwritten),
    ".geoparquet": either(bytes_changed, overwritten, overwritten, overwritten),
    ".gpkg": either(bytes_changed, overwritten, cells_of_database_changed, cells_of_database_changed),
    ".sqlite": either(bytes_changed, overwritten, cells_of_database_changed, cells_of_database_changed),
    ".shp": either(bytes_changed, overwritten, overwritten),
    ".bin": either(bytes_changed, overwritten),
}


def change_of(name: str) -> Change:
    """Return what changes files of a name's ending."""
    return _CHANGES.get(Path(name).suffix.lower(), bytes_changed)


def _change_within(whole: list[Any], chance: Random) -> None:
    """Change a value somewhere in lists and objects."""
    holder: Any = whole
    key: Any = 0
    while isinstance(holder[key], list | dict) and holder[key] and chance.random() < 0.85:
        holder = holder[key]
        key = chance.randrange(len(holder)) if isinstance(holder, list) else chance.choice(list(holder))
    value = holder[key]
    act = chance.randrange(8)
    if act == 0 and holder is not whole:
        del holder[key]
    elif act == 1 and isinstance(holder, dict):
        holder[str(chance.choice(ODD))] = holder.pop(key)
    elif act == 2 and isinstance(holder, list) and holder is not whole:
        holder.append(deepcopy(value))
    elif act == 3:
        holder[key] = [value]
    elif act == 4:
        for _ in range(chance.choice((3, 60, 400))):
            value = [value] if chance.random() < 0.5 else {"type": value}
        holder[key] = value
    elif act == 5 and isinstance(value, str):
        text = bytes_changed(value.encode("utf-8", "surrogatepass"), chance)
        holder[key] = text.decode("utf-8", "surrogateescape")
    else:
        holder[key] = deepcopy(chance.choice(ODD))
