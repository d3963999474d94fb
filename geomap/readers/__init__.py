"""Room 1: files of news text → documents.

One file per format, listed in `formats` with endings, reader and what it needs; `folders` lists files, `opening` picks
the reader, `packed` and `zips` unpack within `limits`, `files` hands out ids, `encoding` turns bytes into characters,
`survey` looks at all rows of a file, `documents` and `rows` build the `Document`, for which `dates` reads days,
`addresses` outlets, `line_ends` joins broken words, `dirt` marks with `cues` what is not the story.

Inside the room a document that cannot be read is a value, a `ReportError` in place of the `Document`, so that one bad
row never stops the next; `read_documents` raises it or hands it on.
"""

from geomap.readers.dirt import mark_boilerplate
from geomap.readers.files import read_documents

__all__ = ["mark_boilerplate", "read_documents"]
