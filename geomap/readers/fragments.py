"""Markup without a page around it, as feeds, mails, e-books and interfaces hold it: its text, a block a line.

Pages of sites go through trafilatura (`html`), which tells the story from what is around it; here all is story.
"""

import html
import re
from collections.abc import Iterator
from typing import Any

from geomap.readers.encoding import decodes

_MARKUP = re.compile(
    r"</(?:p|div|a|span|strong|em|b|i|ul|ol|li|h[1-6]|blockquote|figure|table|br)\s*>|<(?:br|p)\s*/?>", re.IGNORECASE
)
_NAMED_SIGN = re.compile(r"&(?:[A-Za-z]{2,8}|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});")
_BLOCKS = frozenset(
    {
        *("address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details", "dialog"),
        *("div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6"),
        *("header", "hr", "html", "legend", "li", "main", "nav", "ol", "option", "p", "pre", "section", "summary"),
        *("table", "tr", "ul"),
    }
)
"""Elements that stand on lines of their own (WHATWG HTML, section 15.3), and the line break."""
_UNSEEN = frozenset(
    {
        *("audio", "canvas", "head", "iframe", "math", "noscript", "object", "script", "style", "svg", "template"),
        *("title", "video"),
    }
)
_CELLS = frozenset(("td", "th"))


def has_markup(text: str) -> bool:
    """Return whether a text is markup: a closed element or a break in it is neither prose nor code."""
    return _MARKUP.search(text) is not None


def plain_text(text: str) -> str:
    """Return a text without its markup, if it has any; signs that are written by name or number become themselves."""
    if has_markup(text):
        return markup_text(text)
    return _NAMED_SIGN.sub(lambda match: html.unescape(match[0]), text) if "&" in text else text


def markup_text(markup: str | bytes) -> str:
    """Return the text of markup: a block a line, cells of a row parted by "; ", nothing that is not seen.

    It is HTML or XHTML, whole or not; bytes say their encoding themselves, or are UTF-8.
    """
    from lxml import etree  # type: ignore[import-untyped]
    from lxml import html as lxml_html

    encoding = "utf-8" if isinstance(markup, bytes) and decodes(markup, "utf-8") else None
    parser = lxml_html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, encoding=encoding)
    markup = without_declaration(markup) if isinstance(markup, str) else markup
    try:
        root = lxml_html.document_fromstring(markup, parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return ""
    return element_text(root)


def without_declaration(markup: str) -> str:
    """Return markup without its XML declaration, which may name another encoding than it had."""
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", markup, count=1)


def element_text(root: Any) -> str:
    """Return the text of an lxml element, as `markup_text`."""
    lines = "".join(_pieces(root)).split("\n")
    tidy = (" ".join(line.split()).strip("; ") for line in lines)
    return "\n".join(line for line in tidy if line)


def _pieces(root: Any) -> Iterator[str]:
    """Yield the text in order, with a line end around blocks; a walk without recursion, since markup nests at will."""
    stack: list[tuple[Any, bool]] = [(root, False)]
    while stack:
        element, left = stack.pop()
        name = element.tag if isinstance(element.tag, str) else ""
        if left:
            yield ("; " if name in _CELLS else "\n" if name in _BLOCKS else "") + (element.tail or "").replace(
                "\n", " "
            )
            continue
        seen = bool(name) and name not in _UNSEEN and not _is_note_number(element)
        if not seen:
            yield (element.tail or "").replace("\n", " ")
            continue
        stack.append((element, True))
        yield ("\n" if name in _BLOCKS else "") + (element.text or "").replace("\n", " ")
        stack.extend((child, False) for child in reversed(element))


def _is_note_number(element: Any) -> bool:
    """Return whether an element is the number of a note, which would else go on with the word before: "Sumy1".

    It says so (EPUB 3 Structural Semantics, DPUB-ARIA), or it is a raised link within the book or the page.
    """
    if element.tag == "a":
        roles = f"{element.get('epub:type', '')} {element.get('role', '')}".split()
        parent = element.getparent()
        raised = parent is not None and parent.tag == "sup" and element.get("href", "").startswith("#")
        return "noteref" in roles or "doc-noteref" in roles or raised
    inner = [child for child in element if isinstance(child.tag, str)] if element.tag == "sup" else []
    return bool(inner) and all(_is_note_number(child) for child in inner) and not (element.text or "").strip()
