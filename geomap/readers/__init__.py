"""Room 1: files of news text → documents.

One file per format, listed in `input_formats` with endings, reader and what it needs; `paths` lists files and hands out
ids, `opening` and `zips` unpack within `limits` and pick the reader, `encoding` turns bytes into characters,
`report_rows` looks at all rows of a file and reads them, `documents` builds the `Document`, for which `dates` reads
days, `addresses` outlets, `boilerplate` marks what is not the story.

Inside the room a document that cannot be read is a value, a `ReportError` in place of the `Document`, so that one bad
row never stops the next; `read_documents` raises it or hands it on.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geomap.readers.boilerplate import mark_boilerplate as mark_boilerplate
    from geomap.readers.paths import read_documents as read_documents

_HOMES = {"mark_boilerplate": "geomap.readers.boilerplate", "read_documents": "geomap.readers.paths"}

__all__ = ["mark_boilerplate", "read_documents"]


def __getattr__(name: str) -> object:
    """Import a public name on its first use (PEP 562); the command line asks for the table of formats alone."""
    if name not in _HOMES:
        raise AttributeError(f"module 'geomap.readers' has no attribute {name!r}")
    from importlib import import_module

    value: object = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value
