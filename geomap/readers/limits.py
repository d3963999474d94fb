"""How much a file may be, or may unpack to: what keeps a file made to do harm from filling memory or disk.

A hostile archive of a few kilobytes can hold gigabytes: DEFLATE packs up to 1032 : 1 (zlib's technical details), bzip2
and zstd far more. Apache POI's ZipSecureFile refuses office documents that unpack to more than 100 times their size
once past a small part that may; `geomap.readers.opening.Unpacking` does the same, but at 300 times: text packs 3 to
10 : 1 and the XML of a spreadsheet up to 50 : 1, but a table of rows that differ in their numbers alone, as people make
them to try a program, was measured at 73 to 186 : 1 with gzip.
"""

from typing import BinaryIO

from geomap.errors import ReportError

LARGEST_WHOLE = 256 << 20
"""Bytes of a file that has to be held in memory: more is no report. A long book is 5 MB, a large channel's
export of all its messages 100 MB. Formats with a row a report are read row by row at any size."""
LARGEST_PART = 64 << 20
"""Bytes of one part of an office document, once unpacked; also of one page in a web archive. A novel's is 6 MB."""
MOST_TIMES = 300
"""How many times its packed size something may unpack to."""
GRACE = 16 << 20
"""Bytes that anything may unpack to, however small it is packed."""
DEEPEST = 256
"""Levels of elements within each other (libxml2's `XML_PARSER_MAX_DEPTH` of 2025; browsers stop at 512)."""
LONGEST_ROW = 64 << 20
"""Bytes of a line of JSON, or characters of a row of a table; the same as of one part."""


def bomb(path: str) -> ReportError:
    """Return the error of a file that unpacks to far more than text does."""
    return ReportError(
        f"it unpacks to more than {MOST_TIMES} times its size, as files made to do harm do; unpack it and look at it",
        path=path,
    )


def take_whole(stream: BinaryIO, *, path: str, most: int = LARGEST_WHOLE) -> bytes:
    """Return all that is left of a stream; a `ReportError` where it is more than ``most`` bytes."""
    data = stream.read(most + 1)
    if len(data) > most:
        raise too_large(most, path=path)
    return data


def too_large(most: int, *, path: str) -> ReportError:
    """Return the error of a file or a part of one that has to be held in memory, and is more than ``most`` bytes."""
    return ReportError(
        f"more than {most >> 20} MB in one piece; split it, or give it a row a report (.jsonl, .csv)", path=path
    )
