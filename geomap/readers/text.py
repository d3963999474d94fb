"""Plain text and Markdown: one report a file, with optional header lines or front matter at the top."""

import re

from geomap.readers.cues import is_cue
from geomap.readers.documents import Readings, Source, make_document, unify_line_ends
from geomap.readers.encoding import decode
from geomap.readers.frontmatter import split_front_matter

_HEADER = re.compile(r"(title|url|published|source)[ \t]*:(.*)", re.IGNORECASE)
_LONGEST_TITLE = 200
_MARKDOWN = re.compile(r"^#{1,6}\s+|\s+#+$|^\*\*(?=.*\*\*$)|\*\*$")


def read_text(source: Source) -> Readings:
    """Yield the one document of a text file.

    Lines such as ``Title:``, ``URL:``, ``Published:`` and ``Source:`` at the very top, in any order and case, are taken
    off the text; the first blank, other or repeated line ends them. So is a block of YAML front matter, whose fields
    are named like the columns of a table. Without a title the first line is the title when it is at most 200 characters
    long and a blank line parts it from more text; it then stays in the text.

    Parameters
    ----------
    source
        The file.

    Yields
    ------
        One `Document`, or one `ReportError`.
    """
    text = unify_line_ends(decode(source.stream, path=source.path, given=source.encoding))
    fields, body = split_front_matter(text)
    if not fields:
        fields, body = split_header(body)
    yield make_document(
        source,
        id=source.name,
        text=body,
        title=fields.get("title") or first_line_title(body),
        url=fields.get("url", ""),
        published=fields.get("published"),
        outlet=fields.get("source", ""),
    )


def split_header(text: str) -> tuple[dict[str, str], str]:
    """Return the header fields by lower-case name, and the text below them; no fields when there is no header."""
    fields: dict[str, str] = {}
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        match = _HEADER.match(text, start, end)
        if not match or match[1].lower() in fields:
            break
        fields[match[1].lower()] = match[2].strip()
        start = end + 1
    return fields, text[start:].lstrip("\n") if fields else text


def first_line_title(text: str) -> str:
    """Return the first line that is no page furniture when it stands like a headline, else an empty string."""
    lines = iter(text.lstrip().split("\n", 40)[:40])
    for line in lines:
        if line.strip() and not is_cue(line):
            headline = line.strip()
            alone = not next(lines, "x").strip() and any(rest.strip() for rest in lines)
            return _MARKDOWN.sub("", headline).strip() if alone and len(headline) <= _LONGEST_TITLE else ""
    return ""
