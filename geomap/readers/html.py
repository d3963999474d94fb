"""Saved web pages: main text, title, date, address and outlet, taken out by trafilatura."""

import io
import logging
import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any, BinaryIO

from geomap.readers.documents import OpenFile, Readings, make_document, unify_line_ends
from geomap.readers.encoding import byte_order_mark, decode
from geomap.readers.fragments import without_declaration
from geomap.readers.limits import take_whole
from geomap.readers.liveblogs import Post, find_posts

_DECLARED = re.compile(rb"""<(?:meta|\?xml)\b[^>]*?(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)""", re.I)
_WHERE_DECLARED = 4096
_MOST_NULS = 0.01  # of a page's bytes, those that fill up its end aside; more is no page, or UTF-16 without its mark
_ROW = re.compile(r"\|(.*)\|\s*")
_RULE = re.compile(r"\|[\s|:-]*-[\s|:-]*\|\s*")
_LATIN1 = frozenset({"latin-1", "latin1", "iso-8859-1", "us-ascii", "ascii"})


def read_html(file: OpenFile) -> Readings:
    """Yield the one document of a web page, or one for each post of a live blog, in the order of the page.

    Comments below the story are left out. The date is what the page states about itself; the address is its canonical
    link; the outlet its site name, else its host, which of a page from a web archive is the archived site's. The text
    is trafilatura's, one paragraph a line and one row of a table a line, its cells parted by "; ". A post has its own
    title and day; the page's are those of a post that has none, and what stands around the posts is left out. Its id is
    its anchor, or its number, behind the name of the file.
    """
    stream = _without_nuls(file)
    coded = replace(file, stream=stream, declared=_declared_encoding(stream) or file.declared)
    page = without_declaration(decode(coded))
    found = _extract(page)
    story = _rows_as_lines(found.text) if found is not None and found.text else ""
    posts = find_posts(page, story)
    if posts:
        yield from _read_posts(posts, found, file)
        return
    if not story:
        yield file.error("no running text found in this page; save the story as plain text")
        return
    yield make_document(
        file,
        text=story,
        title=found.title or "",
        url=found.url or file.url,
        published=found.date or file.captured,
        outlet=_outlet(found, file),
    )


def _read_posts(posts: list[Post], found: Any, file: OpenFile) -> Readings:
    for number, post in enumerate(posts, start=1):
        yield make_document(
            file,
            id=f"{file.name}#{post.key or number}",
            text=unify_line_ends(post.text),
            title=post.title or (found and found.title) or "",
            url=post.url or (found and found.url) or file.url,
            published=post.published or (found and found.date) or file.captured,
            outlet=_outlet(found, file),
        )


def _outlet(found: Any, file: OpenFile) -> str:
    return (found and (found.sitename or found.hostname)) or file.url


def _rows_as_lines(text: str) -> str:
    """Return trafilatura's text with the rows of its tables, which it writes as Markdown, as lines of plain text."""
    lines = unify_line_ends(text).split("\n")
    return "\n".join(_row_as_line(line) for line in lines if not _RULE.fullmatch(line))


def _row_as_line(line: str) -> str:
    match = _ROW.fullmatch(line)
    return "; ".join(filter(None, map(str.strip, match[1].split("|")))) if match else line


def _without_nuls(file: OpenFile) -> BinaryIO:
    """Return a page without its few NULs, which browsers skip (WHATWG HTML, section 13.2.6.4.7)."""
    data = take_whole(file.stream, path=file.path)
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
