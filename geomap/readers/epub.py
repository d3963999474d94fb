"""E-books (.epub): one document a book, its chapters in the order in which they are read."""

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote
from xml.etree.ElementTree import Element  # the type alone: defusedxml parses

from geomap.readers.documents import OpenFile, Readings, make_document
from geomap.readers.fragments import markup_text
from geomap.readers.zips import Archive, first_text, local_name, opened_zip

_CONTAINER = "META-INF/container.xml"  # EPUB 3.3, section 4.2.6.3.1


def read_epub(file: OpenFile) -> Readings:
    """Yield the one document of an e-book: title, publisher and date are those that it states.

    What it links to outside itself is not opened.
    """
    with opened_zip(file) as archive:
        try:
            roots = (one for one in archive.xml(_CONTAINER).iter() if local_name(one) == "rootfile")
            start = next((root.get("full-path", "") for root in roots), "")
            package = archive.xml(start)
        except KeyError:
            raise file.error("no e-book (.epub) in it; get the file again") from None
        chapters = [text for name in _spine(package, start) if (text := _chapter(archive, name))]
    yield make_document(
        file,
        text="\n\n".join(chapters),
        title=first_text(package, "title"),
        published=first_text(package, "date"),
        outlet=first_text(package, "publisher"),
    )


def _spine(package: Element, start: str) -> Iterator[str]:
    """Yield the names of the chapters, which lie beside the package document whose name is given."""
    items = [one for one in package.iter() if local_name(one) == "item"]
    # A list of contents (section 5.3 of the specification) is no chapter.
    files = {one.get("id"): one.get("href", "") for one in items if "nav" not in one.get("properties", "").split()}
    for one in package.iter():
        if local_name(one) == "itemref" and files.get(one.get("idref")):
            yield posixpath.normpath(posixpath.join(posixpath.dirname(start), unquote(files[one.get("idref")])))


def _chapter(archive: Archive, name: str) -> str:
    try:
        return markup_text(archive.part(name))
    except KeyError:  # on the web, outside the book, or lost
        return ""
