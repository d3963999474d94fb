"""XML from strangers: no entities, no documents that it refers to, no endless nesting."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import Element  # the type alone: defusedxml parses

from geomap.errors import ReportError
from geomap.readers.limits import DEEPEST


def parse_xml(data: bytes, *, path: str) -> Element:
    """Return the root of an XML document.

    Parameters
    ----------
    data
        Its bytes.
    path
        What errors call it.

    Raises
    ------
    ReportError
        It is not well formed, declares entities (with which a few bytes become gigabytes, or a file of this machine
        becomes part of a report), or nests deeper than `DEEPEST`.
    """
    root: Element | None = None
    for event, element in _events(data, path):
        root = element if root is None and event == "start" else root
    if root is None:
        raise ReportError("no XML in it; get the file again", path=path)
    return root


def _events(data: bytes, path: str) -> Iterator[tuple[str, Element]]:
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import ParseError, iterparse

    depth = 0
    try:
        events: Iterator[tuple[str, Any]] = iterparse(BytesIO(data), events=("start", "end"))
        for event, element in events:
            depth += 1 if event == "start" else -1
            if depth > DEEPEST:
                problem = f"XML nested deeper than {DEEPEST} levels, as no document is; get the file again"
                raise ReportError(problem, path=path)
            yield event, element
    except DefusedXmlException:
        problem = "its XML declares entities, as files made to do harm do; save it again without them"
        raise ReportError(problem, path=path) from None
    except (ParseError, LookupError, ValueError) as error:
        if isinstance(error, ReportError):
            raise
        raise ReportError(f"malformed XML ({error}); get the file again", path=path) from None


def local_name(element: Element) -> str:
    """Return the name of an element without its namespace; empty for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def first_text(root: Element, name: str) -> str:
    """Return the text of the first element of a local name that has one, on one line; else an empty string."""
    found = (" ".join((element.text or "").split()) for element in root.iter() if local_name(element) == name)
    return next(filter(None, found), "")
