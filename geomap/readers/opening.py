"""From a name and bytes to the reader that takes them, for files, standard input and what lies in archives alike."""

from dataclasses import replace

from geomap.errors import ReportError
from geomap.readers.documents import OpenFile, Readings
from geomap.readers.folders import refusal_of
from geomap.readers.input_formats import format_of, is_packed, load_reader, names, sniffed, unpacked_name
from geomap.readers.packed import packing_of, unpacked

_HEAD = 512  # bytes by which a format is told


def read_opened(file: OpenFile, *, format_name: str | None, told_by_name: bool = True) -> Readings:
    """Yield what the reader of a file yields, and its one error about the whole file in place of more.

    Parameters
    ----------
    file
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
        opened = _unpack(file, told_by_name=told_by_name)
        name = format_name or _told(opened, told_by_name=told_by_name)
        for reading in load_reader(name, path=file.path)(opened):
            nothing = False
            yield reading
    except ReportError as error:
        yield error
        return
    if nothing:
        yield file.error("the file holds no reports; give it a row a report")


def _unpack(file: OpenFile, *, told_by_name: bool) -> OpenFile:
    packing = packing_of(_head(file)) if is_packed(file.name) or not told_by_name else ""
    if not packing:
        return file
    return replace(file, stream=unpacked(file.stream, packing, path=file.path))


def _told(file: OpenFile, *, told_by_name: bool) -> str:
    name = unpacked_name(file.name)
    told = format_of(name)
    if told_by_name and told:
        return told.name
    _, dot, suffix = name.rpartition("/")[2].rpartition(".")
    if told_by_name and dot and suffix and not is_packed(file.name):
        raise file.error(refusal_of(f".{suffix.lower()}", f"give the format, one of {', '.join(names())}"))
    return sniffed(_head(file)).name if is_packed(file.name) or not told_by_name else "text"


def _head(file: OpenFile) -> bytes:
    file.stream.seek(0)
    head = file.stream.read(_HEAD)
    file.stream.seek(0)
    return head
