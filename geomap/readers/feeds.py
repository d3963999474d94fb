"""RSS and Atom feeds: one report an entry."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from geomap.readers.addresses import is_address
from geomap.readers.documents import OpenFile, Readings
from geomap.readers.encoding import byte_order_mark, codec_of
from geomap.readers.fragments import plain_text, without_declaration
from geomap.readers.limits import LARGEST_PART, take_whole
from geomap.readers.report_rows import Row, read_rows

_ENTITY = re.compile(r"<!\s*ENTITY", re.IGNORECASE)
_DECLARED = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9_.:-]+)""")
_HEAD = 512


def read_feed(file: OpenFile) -> Readings:
    """Yield a document an entry of an RSS or Atom feed, in the order of the feed.

    The text is the entry's content, or else its summary, or its title alone; the outlet is the entry's own source where
    a feed collects others', else the feed's title. The id is the entry's behind the name of the file.
    """
    entries = _entries(file)
    yield from read_rows(partial(_rows, entries, file), replace(file, unit="entry", columns=None))


def _entries(file: OpenFile) -> list[tuple[dict[str, Any], str]]:
    import feedparser

    data = _checked(file)
    try:
        feed = feedparser.parse(data, response_headers={"content-type": "application/xml; charset=utf-8"})
    except Exception as error:  # feedparser lets what a damaged feed causes through as it comes
        raise file.error(f"a feed that cannot be read ({error}); get it again") from None
    if not feed.get("version") and not feed.entries:
        raise file.error("no RSS or Atom feed; save its reports as .jsonl, .txt or .html")
    title = str(feed.feed.get("title", ""))
    return [(entry, title) for entry in feed.entries]


def _checked(file: OpenFile) -> bytes:
    """Return the feed as UTF-8 when it declares no entities, by which a few bytes can become gigabytes."""
    head = file.stream.read(_HEAD)
    match = _DECLARED.search(head)
    declared = match[1].decode("ascii").lower() if match else ""
    codec = file.encoding or codec_of(replace(file, declared=declared))
    file.stream.seek(0)
    data = take_whole(file.stream, path=file.path, most=LARGEST_PART)
    text = data.decode(byte_order_mark(data[:4]) or codec, "replace")
    if _ENTITY.search(text):
        raise file.error("it declares entities, as files made to do harm do; save it again without them")
    return without_declaration(text).encode("utf-8", "replace")


def _rows(entries: list[tuple[dict[str, Any], str]], file: OpenFile) -> Iterator[Row]:
    for number, (entry, feed_title) in enumerate(entries, start=1):
        written = [str(one.get("value", "")) for one in entry.get("content", ())]
        title = plain_text(str(entry.get("title", "")))
        texts = (
            plain_text(text).strip() for text in (*sorted(written, key=len, reverse=True), _text(entry, "summary"))
        )
        name = _text(entry, "id") or _text(entry, "link") or str(number)
        origin = entry.get("source")
        link = _text(entry, "link")  # where there is none, feedparser gives the id
        yield Row(
            line=number,
            values={
                "id": f"{file.name}#{name}",
                "text": next(filter(None, texts), title),
                "title": title,
                "url": link if is_address(link) else "",
                "published": _text(entry, "published") or _text(entry, "updated"),
                "source": (origin.get("title", "") if isinstance(origin, dict) else "") or feed_title,
            },
        )


def _text(entry: dict[str, Any], key: str) -> str:
    value = entry.get(key)
    return value if isinstance(value, str) else ""
