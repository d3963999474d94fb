"""The block between ``---`` lines on top of a Markdown file, in which sites and note programs keep what they know."""

import re
from collections.abc import Mapping
from typing import Any

from geomap.readers.rows import SYNONYMS, find_columns, plain_name

_BLOCK = re.compile(r"\s*^---[ \t]*\n(?P<fields>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_LONGEST = 1 << 16  # characters; a longer block is no list of fields
_LINE = re.compile(r"(?P<name>[A-Za-z][\w -]{0,40}):[ \t]+(?P<value>\S.*?)[ \t]*$", re.MULTILINE)
# By these a block is known for one of fields. Two rules around a line such as "Kyiv: two killed" are story.
_FIELDS = frozenset(plain_name(name) for names in SYNONYMS.values() for name in names) | {
    *("author", "authors", "byline", "category", "categories", "tags", "keywords", "description", "summary", "layout"),
    *("slug", "permalink", "lang", "language", "draft", "created", "updated", "modified", "aliases", "image"),
}


def split_front_matter(text: str) -> tuple[dict[str, str], str]:
    r"""Return the fields of the block on top of a text, and the text below it.

    Parameters
    ----------
    text
        Its lines end with ``\n``.

    Returns
    -------
        Field of a document (title, url, published, source) → its value as written, and the rest. No fields and the
        text itself when there is no such block. A block that is no valid YAML, for a colon in a title, is read line by
        line.
    """
    match = _BLOCK.match(text[:_LONGEST])
    if match is None:
        return {}, text
    values = _parse(match["fields"])
    if not _FIELDS & set(map(plain_name, values)):
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
        return {match["name"]: match["value"].strip("'\"") for match in _LINE.finditer(block)}
    return {name: value for name, value in values.items() if isinstance(name, str)} if isinstance(values, dict) else {}


def _scalar(value: object) -> str:
    """Return a text, the first of a list, or the name of an object; empty when there is none."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("name", "")
    return value if isinstance(value, str) else ""
