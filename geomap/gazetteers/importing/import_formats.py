"""What kind of file is to be imported, by its name and its first line; and its lines, unpacked and numbered.

What is not text is told, not guessed.
"""

import gzip
import io
import lzma
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import IO, Literal, cast

from geomap.errors import GazetteerError

PLACE_COLUMNS, NAME_COLUMNS, UNIT_COLUMNS = 19, (8, 10), 4
"""Of a country file, of alternateNamesV2 (with and without its dates) and of admin1CodesASCII and admin2Codes."""

Format = Literal["geonames", "whosonfirst", "table", "features", "names", "unit names"]
"""GeoNames' places, Who's On First, a table with a header, GeoJSON and the like, or names of GeoNames' places."""

PUBLISHERS: Mapping[Format, str] = {
    "geonames": "GeoNames (geonames.org)",
    "whosonfirst": "Who's On First (whosonfirst.org)",
    "names": "GeoNames (geonames.org)",
    "unit names": "GeoNames (geonames.org)",
}
"""Who is to be named, where the format tells."""

LICENCES: Mapping[Format, str] = {
    "geonames": "CC BY 4.0",
    "whosonfirst": "see whosonfirst.org/docs/licenses",
    "names": "CC BY 4.0",
    "unit names": "CC BY 4.0",
    "table": "not stated",
    "features": "not stated",
}
"""Of the data, as their publishers state it."""

_BY_ENDING: Mapping[str, Format] = {
    ".jsonl": "whosonfirst", ".ndjson": "whosonfirst", ".geojson": "features", ".json": "features",
    ".gpkg": "features", ".shp": "features", ".csv": "table", ".tsv": "table",
}  # fmt: skip

LONGEST = 1 << 24
"""Bytes of a line: a place of Who's On First with all its names has some thousands, a row of a table less."""
_MOST_TIMES, _GRACE = 300, 16 << 20
"""How many times its packed size a text may unpack to, past so many bytes; see `geomap.readers.limits`."""

Skip = Callable[[int, str], None]
"""Takes the number of a line that is left out, and why."""

_DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, gzip.BadGzipFile, EOFError),
    *(NotImplementedError, RuntimeError, UnicodeDecodeError),
)
"""What a damaged archive leads to: also a version, way of packing or encryption that no archive has asked for, and
names that are no text."""

_TEXTS = (".txt", ".csv", ".tsv", ".jsonl", ".ndjson")


def format_of(path: Path, encoding: str = "utf-8") -> Format:
    """Return what a file is; one of no known kind, that cannot be read or is cut off is a `GazetteerError`."""
    if not path.is_file():
        raise GazetteerError(f"{path}: no such file")
    ending = Path(inner_name(path)).suffix.lower()
    if ending in _BY_ENDING:
        return _BY_ENDING[ending]
    first = next((text for _, text in read_lines(path, skip=lambda _line, _what: None, encoding=encoding)), "")
    fields = first.split("\t")
    if len(fields) == PLACE_COLUMNS and fields[0].isdecimal():
        return "geonames"
    if len(fields) in NAME_COLUMNS and fields[0].isdecimal() and fields[1].isdecimal():
        return "names"
    if len(fields) == UNIT_COLUMNS and "." in fields[0] and fields[3].isdecimal():
        return "unit names"
    if len(fields) > 1 and not any(one.isdecimal() for one in fields):
        return "table"
    raise GazetteerError(
        f"{path}, line 1: has {len(fields)} columns and no header; GeoNames' places have {PLACE_COLUMNS}, and a table "
        "of your own needs a first line with the names of its columns"
    )


def read_lines(path: Path, *, skip: Skip, encoding: str = "utf-8", after: int = 0) -> Iterator[tuple[int, str]]:
    """Yield the lines of a file with their numbers, counted from 1, without their ends.

    Parameters
    ----------
    path
        A text, plain, in gzip (``.gz``) or in a zip archive (``.zip``).
    skip
        Is told the lines that are no text in this encoding.
    encoding
        Of the text.
    after
        How many lines to pass over; the first line yielded has the next number.

    Raises
    ------
    GazetteerError
        The file cannot be read, or an archive is cut off, damaged or holds no text.
    """
    try:
        with _opened(path) as file:
            wide = "\n".encode(encoding) != b"\n"
            lines = _narrowed(file, encoding) if wide else iter(partial(file.readline, LONGEST + 1), b"")
            left = max(_GRACE, path.stat().st_size * _MOST_TIMES)
            for number, line in enumerate(lines, start=1):
                left -= len(line)
                if left < 0:
                    raise GazetteerError(f"{path}: unpacks to more than {_MOST_TIMES} times its size; look at it first")
                if len(line) > LONGEST:
                    raise GazetteerError(f"{path}, line {number:,}: is longer than {LONGEST >> 20} MB; no place is")
                if number <= after:
                    continue
                try:
                    text = line.decode("utf-8" if wide else encoding)
                except UnicodeDecodeError:
                    skip(number, f"is no {encoding} text; save the file as UTF-8, or give --encoding")
                    continue
                yield number, text.rstrip("\r\n") if number > 1 else text.removeprefix("\ufeff").rstrip("\r\n")
    except UnicodeError as error:
        raise GazetteerError(f"{path}: is no {encoding} text ({error}); save the file as UTF-8") from error
    except _DAMAGE as error:
        raise GazetteerError(f"{path}: is cut off or damaged ({error}); fetch it again") from error
    except LookupError as error:
        raise GazetteerError(f"{path}: {error}; give a known --encoding, such as utf-8 or latin-1") from error
    except OSError as error:
        raise GazetteerError(f"{path}: cannot be read ({error.strerror or error})") from error


def _narrowed(file: IO[bytes], encoding: str) -> Iterator[bytes]:
    """Yield the lines, as UTF-8, of a text in whose encoding a line end is not one byte, such as UTF-16."""
    with io.TextIOWrapper(file, encoding, newline="\n") as text:
        for line in iter(partial(text.readline, LONGEST + 1), ""):
            yield line.encode()


def inner_name(path: Path) -> str:
    """Return the name of the text in a packed file, or of the file itself.

    An archive that is cut off, damaged or holds no text is a `GazetteerError`.
    """
    if path.suffix.lower() == ".gz":
        return path.stem
    if path.suffix.lower() != ".zip":
        return path.name
    try:
        with zipfile.ZipFile(path) as archive:
            return Path(_member(archive, path)).name
    except (*_DAMAGE, OSError) as error:
        raise GazetteerError(f"{path}: is cut off or damaged ({error}); fetch it again") from error


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    with ExitStack() as stack:
        if path.suffix.lower() == ".gz":
            yield cast("IO[bytes]", stack.enter_context(gzip.open(path, "rb")))
        elif path.suffix.lower() == ".zip":
            archive = stack.enter_context(zipfile.ZipFile(path))
            yield stack.enter_context(archive.open(_member(archive, path)))
        else:
            yield stack.enter_context(path.open("rb"))


def _member(archive: zipfile.ZipFile, path: Path) -> str:
    """Return the largest text of an archive that is no read-me."""
    texts = [
        one
        for one in archive.infolist()
        if Path(one.filename).suffix.lower() in _TEXTS and "readme" not in one.filename.lower()
    ]
    if not texts:
        raise GazetteerError(f"{path}: holds no file that ends in {', '.join(_TEXTS)}")
    return max(texts, key=lambda one: (one.file_size, one.filename)).filename
