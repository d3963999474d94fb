"""Saved web pages: main text, title, date, address and outlet, taken out by trafilatura."""

import io
import logging
import re
from collections.abc import Callable
from functools import cache
from typing import Any, BinaryIO

from geomap.errors import ReportError
from geomap.readers.documents import Readings, Source, make_document, unify_line_ends
from geomap.readers.encoding import byte_order_mark, decode

_DECLARED = re.compile(rb"""<(?:meta|\?xml)\b[^>]*?(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)""", re.I)
_WHERE_DECLARED = 4096
_MOST_NULS = 0.01  # of a page's bytes, those that fill up its end aside; more is no page, or UTF-16 without its mark
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_LATIN1 = frozenset({"latin-1", "latin1", "iso-8859-1", "us-ascii", "ascii"})


def read_html(source: Source) -> Readings:
    """Yield the one document of a web page.

    Comments below the story are left out. The date is what the page states about itself; the address is its canonical
    link; the outlet its site name, else its host, which of a page from a web archive is the archived site's. The text
    is trafilatura's, one paragraph a line.

    Parameters
    ----------
    source
        The file.

    Yields
    ------
        One `Document`, or one `ReportError` when the page holds no running text.
    """
    stream = _without_nuls(source.stream)
    page = decode(stream, path=source.path, declared=_declared_encoding(stream))
    found = _extract(_XML_DECLARATION.sub("", page, count=1))
    if found is None or not found.text:
        yield ReportError("no running text found in this page; save the story as plain text", path=source.path)
        return
    yield make_document(
        source,
        id=source.name,
        text=unify_line_ends(found.text),
        title=found.title or "",
        url=found.url or "",
        published=found.date,
        outlet=found.sitename or found.hostname or "",
    )


def _without_nuls(stream: BinaryIO) -> BinaryIO:
    """Return a page without its few NULs, which browsers skip (WHATWG HTML, section 13.2.6.4.7)."""
    data = stream.read()
    few = data.rstrip(b"\0").count(b"\0") <= len(data) * _MOST_NULS
    return io.BytesIO(data.replace(b"\0", b"") if few and not byte_order_mark(data[:4]) else data)


def _declared_encoding(stream: BinaryIO) -> str:
    head = stream.read(_WHERE_DECLARED)
    match = _DECLARED.search(head)
    name = match[1].decode("ascii").lower() if match else ""
    return "cp1252" if name in _LATIN1 else name  # as browsers do (WHATWG Encoding, section 4.2)


@cache
def _extractor() -> Callable[..., Any]:
    import trafilatura

    # Without a handler of the user's, Python would write what these log to stderr; the error says it in our words.
    for name in ("trafilatura", "htmldate", "courlan"):
        logging.getLogger(name).addHandler(logging.NullHandler())
    return trafilatura.bare_extraction


def _extract(page: str) -> Any:
    try:
        return _extractor()(
            page,
            with_metadata=True,
            include_comments=False,
            # Dates guessed from the running text are often those of the events.
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    except Exception:
        return None
