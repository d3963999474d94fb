"""Web archives (WARC, ISO 28500): one report a page, and the texts of archives that hold texts alone (WET)."""

import hashlib
import logging
import re
from collections.abc import Iterator
from contextlib import redirect_stderr
from dataclasses import replace
from io import BytesIO, StringIO
from typing import Any

from geomap.errors import ReportError
from geomap.readers.documents import OpenFile, Readings, make_document, unify_line_ends
from geomap.readers.html import read_html
from geomap.readers.limits import LARGEST_PART, take_whole

_CHARSET = re.compile(r"""charset\s*=\s*["']?([A-Za-z0-9_.:-]+)""", re.IGNORECASE)
_PAGES = ("text/html", "application/xhtml+xml")


def read_warc(file: OpenFile) -> Readings:
    """Yield a document a page that was answered with 200, and a text of a WET file.

    The id is the address behind the name of the file. The day is what the page states; where it states none, that of
    its capture.
    """
    found = False
    for record in _records(file):
        url = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>")
        kind = _kind(record)
        if kind:
            found = True
            yield from _read_record(record, kind, url, file)
    if not found:
        raise file.error("no pages in this web archive; give one with responses of text/html")


def _records(file: OpenFile) -> Iterator[Any]:
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    logging.getLogger("warcio").addHandler(logging.NullHandler())
    records = iter(ArchiveIterator(file.stream))
    while True:
        try:
            # warcio shows damaged bytes on stderr as they come, which a terminal would obey.
            with redirect_stderr(StringIO()):
                record = next(records)
        except StopIteration:
            return
        except ReportError:
            raise
        except (ArchiveLoadFailed, EOFError, OSError, ValueError, LookupError, AttributeError, TypeError) as error:
            raise file.error(f"damaged web archive ({error}); get the file again") from None
        yield record


def _kind(record: Any) -> str:
    """Return ``page`` or ``text`` for a record that holds one, else an empty string."""
    if record.rec_type == "response" and record.http_headers is not None:
        kind = (record.http_headers.get_header("Content-Type") or "").partition(";")[0].strip().lower()
        return "page" if kind in _PAGES and record.http_headers.get_statuscode() == "200" else ""
    if record.rec_type in ("conversion", "resource"):
        kind = (record.rec_headers.get_header("Content-Type") or "").partition(";")[0].strip().lower()
        return "page" if kind in _PAGES else "text" if kind == "text/plain" else ""
    return ""


def _read_record(record: Any, kind: str, url: str, file: OpenFile) -> Readings:
    inner = replace(file, name=f"{file.name}#{_printable(url)}", path=f"{file.path}#{_printable(url)}")
    try:
        with redirect_stderr(StringIO()):
            data = take_whole(record.content_stream(), path=inner.path, most=LARGEST_PART)
    except ReportError as error:
        yield error
        return
    except Exception as error:  # what a damaged Content-Encoding raises depends on its kind
        yield inner.error(f"damaged page ({error}); leave it out")
        return
    captured = (record.rec_headers.get_header("WARC-Date") or "")[:10]
    if kind == "text":
        text = unify_line_ends(data.decode("utf-8", "replace")).replace("\0", "")
        yield make_document(inner, text=text, url=url, published=captured, outlet=url)
        return
    yield from read_html(replace(inner, stream=BytesIO(data), captured=captured, url=url, declared=_charset(record)))


def _charset(record: Any) -> str:
    """Return the encoding that the server named; empty for none."""
    kind = record.http_headers.get_header("Content-Type") if record.http_headers is not None else ""
    match = _CHARSET.search(kind or "")
    return match[1].lower() if match else ""


def _printable(url: str) -> str:
    return url if url.isprintable() and url else hashlib.sha256(url.encode("utf-8", "replace")).hexdigest()[:16]
