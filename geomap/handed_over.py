"""What callers hand over by mistake, such as a text in place of a document, refused in words."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

from geomap.errors import ReportError
from geomap.types import Document, ParsedDocument

_CURES = {
    Document: "give a list of documents, as geomap.read_documents makes them of files; geomap.geoparse takes a text",
    ParsedDocument: "give a list of parsed documents, as geomap.Geoparser().parse(documents) yields them",
}


_Kind = TypeVar("_Kind", Document, ParsedDocument)


def each(given: Iterable[_Kind], kind: type[_Kind]) -> Iterator[_Kind]:
    """Yield what is given, documents or parsed ones, as it comes, as long as it is of that kind.

    Anything else, such as a text, or one document in place of a list, is a `ReportError`.
    """
    if isinstance(given, str | bytes) or not isinstance(given, Iterable):
        raise _refusal(given, kind)
    for one in given:
        if not isinstance(one, kind):
            raise _refusal(one, kind)
        yield one


def _refusal(given: object, kind: type[Document] | type[ParsedDocument]) -> ReportError:
    asked = f"{kind.__name__}s are asked for, one after the other, and here is a {type(given).__name__}"
    return ReportError(f"{asked}; {_CURES[kind]}")
