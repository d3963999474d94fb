"""Reports that come again: an article that was fetched twice, or stands in two feeds, is one report."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator

from geomap.types import Document


def without_copies(documents: Iterable[Document], *, on_copy: Callable[[Document], None]) -> Iterator[Document]:
    """Pass documents on in order, but for those with address, day and text of an earlier one, which `on_copy` gets.

    Those without an address pass. What has the same address and another text, as an article has that was changed, is no
    copy, nor is the same text at another address, as an agency's has in several outlets, or with other places marked in
    it. Posts of one page, whose ids are alike up to the last "#", may share its address and say the same of two
    happenings: they are no copies of each other. What has its own address behind that, as a page of a web archive, is
    no post. Each that has an address is remembered by some 100 bytes.
    """
    seen: set[bytes] = set()
    page, of_page = "", set[bytes]()
    for document in documents:
        here = _page_of(document)
        if here != page:
            seen |= of_page
            page, of_page = here, set()
        if document.url:
            key = _key(document)
            if key in seen:
                on_copy(document)
                continue
            of_page.add(key)
        yield document


def _page_of(document: Document) -> str:
    page, _, own = document.id.rpartition("#")
    return page if page and not (document.url and own.startswith(document.url)) else document.id


def _key(document: Document) -> bytes:
    told = json.dumps([document.url, str(document.published), document.text, document.given_mentions])
    return hashlib.blake2b(told.encode(), digest_size=16).digest()
