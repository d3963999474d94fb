"""From a name and bytes to the reader that takes them, for files, standard input and what lies in archives alike."""

from dataclasses import replace

from geomap.errors import ReportError
from geomap.readers.documents import Readings, Source
from geomap.readers.folders import refusal_of
from geomap.readers.formats import format_of, is_packed, load_reader, names, sniffed, unpacked_name
from geomap.readers.packed import packing_of, unpacked

_HEAD = 512  # bytes by which a format is told


def read_source(source: Source, *, format_name: str | None, told_by_name: bool = True) -> Readings:
    """Yield what the reader of a file yields, and its one error about the whole file in place of more.

    Parameters
    ----------
    source
        The file, which is closed in the end.
    format_name
        Name of its format; ``None`` to find out.
    told_by_name
        Whether its name says what it is; else its first bytes do.

    Yields
    ------
        Documents and errors; an error where there would be neither.
    """
    nothing = True
    try:
        opened = _unpack(source, told_by_name=told_by_name)
        name = format_name or _told(opened, told_by_name=told_by_name)
        for reading in load_reader(name, path=source.path)(opened):
            nothing = False
            yield reading
    except ReportError as error:
        yield error
        return
    if nothing:
        yield source.error("the file holds no reports; give it a row a report")


def _unpack(source: Source, *, told_by_name: bool) -> Source:
    packing = packing_of(_head(source)) if is_packed(source.name) or not told_by_name else ""
    if not packing:
        return source
    return replace(source, stream=unpacked(source.stream, packing, path=source.path))


def _told(source: Source, *, told_by_name: bool) -> str:
    name = unpacked_name(source.name)
    told = format_of(name)
    if told_by_name and told:
        return told.name
    _, dot, suffix = name.rpartition("/")[2].rpartition(".")
    if told_by_name and dot and suffix and not is_packed(source.name):
        raise source.error(refusal_of(f".{suffix.lower()}", f"give the format, one of {', '.join(names())}"))
    return sniffed(_head(source)).name if is_packed(source.name) or not told_by_name else "text"


def _head(source: Source) -> bytes:
    source.stream.seek(0)
    head = source.stream.read(_HEAD)
    source.stream.seek(0)
    return head
