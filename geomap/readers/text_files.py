"""Plain text and Markdown: one report a file, with optional header lines or front matter at the top."""

import re
from collections.abc import Mapping
from typing import Any

from geomap.readers.boilerplate_phrases import is_boilerplate_phrase
from geomap.readers.documents import OpenFile, Readings, make_document, unify_line_ends
from geomap.readers.encoding import decode
from geomap.readers.report_rows import KNOWN_NAMES, find_columns, plain_name

_HEADER = re.compile(r"(title|url|published|source)[ \t]*:(.*)", re.IGNORECASE)
_LONGEST_TITLE = 200
_MARKDOWN = re.compile(r"^#{1,6}\s+|\s+#+$|^\*\*(?=.*\*\*$)|\*\*$")
_FRONT_MATTER = re.compile(r"\s*^---[ \t]*\n(?P<fields>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_LONGEST_BLOCK = 1 << 16  # characters; a longer block is no list of fields
_FIELD_LINE = re.compile(r"(?P<name>[A-Za-z][\w -]{0,40}):[ \t]+(?P<value>\S.*?)[ \t]*$", re.MULTILINE)
# By these a block is known for one of fields. Two rules around a line such as "Kyiv: two killed" are story.
_FIELD_NAMES = KNOWN_NAMES | {
    *("author", "authors", "byline", "category", "categories", "tags", "keywords", "description", "summary", "layout"),
    *("slug", "permalink", "lang", "language", "draft", "created", "updated", "modified", "aliases", "image"),
}


def read_text(file: OpenFile) -> Readings:
    """Yield the one document of a text file.

    Lines such as ``Title:``, ``URL:``, ``Published:`` and ``Source:`` at the very top, in any order and case, are taken
    off the text; the first blank, other or repeated line ends them. So is a block of YAML front matter, whose fields
    are named like the columns of a table. Without a title the first line is the title when it is at most 200 characters
    long and a blank line parts it from more text; it then stays in the text.
    """
    text = unify_line_ends(decode(file))
    fields, body = split_front_matter(text)
    if not fields:
        fields, body = split_header(body)
    yield make_document(
        file,
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
    """Return the first line that is no boilerplate when it stands like a headline, else an empty string."""
    lines = iter(text.lstrip().split("\n", 40)[:40])
    for line in lines:
        if line.strip() and not is_boilerplate_phrase(line):
            headline = line.strip()
            alone = not next(lines, "x").strip() and any(rest.strip() for rest in lines)
            return _MARKDOWN.sub("", headline).strip() if alone and len(headline) <= _LONGEST_TITLE else ""
    return ""


def split_front_matter(text: str) -> tuple[dict[str, str], str]:
    r"""Return the fields of the block between ``---`` lines on top of a text, and the text below it.

    Sites and note programs keep there what they know of a text. Lines end with ``\n``. The fields are those of a
    document (title, url, published, source), their values as written; there are none when there is no such block. A
    block that is no valid YAML, for a colon in a title, is read line by line.
    """
    match = _FRONT_MATTER.match(text[:_LONGEST_BLOCK])
    if match is None:
        return {}, text
    values = _parse(match["fields"])
    if not _FIELD_NAMES & set(map(plain_name, values)):
        return {}, text
    columns = find_columns(list(values), None)
    fields = {field: _scalar(values[column]) for field, column in columns.items() if field not in ("id", "text")}
    return fields, text[match.end() :].lstrip("\n")


def _parse(block: str) -> Mapping[str, Any]:
    import yaml  # type: ignore[import-untyped]

    try:
        # Makes text, lists and mappings alone: no objects, and no dates or numbers other than as they are written.
        values = yaml.load(block, Loader=yaml.BaseLoader)  # noqa: S506
    except (yaml.YAMLError, ValueError, RecursionError):
        return {match["name"]: match["value"].strip("'\"") for match in _FIELD_LINE.finditer(block)}
    return {name: value for name, value in values.items() if isinstance(name, str)} if isinstance(values, dict) else {}


def _scalar(value: object) -> str:
    """Return a text, the first of a list, or the name of an object; empty when there is none."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("name", "")
    return value if isinstance(value, str) else ""
