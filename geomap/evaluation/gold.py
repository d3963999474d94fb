"""Gold corpora: documents whose places people have marked and resolved."""

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from geomap.errors import ReportError
from geomap.types import Document, Span

ALL = "all"
"""The split that holds every document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldToponym:
    """One marked place name."""

    start: int
    """Document offset of its first character."""
    end: int
    """Document offset after its last character."""
    latitude: float | None = None
    """WGS 84 degrees; ``None`` when the corpus does not resolve it."""
    longitude: float | None = None
    """WGS 84 degrees; ``None`` when the corpus does not resolve it."""
    entry_id: str = ""
    """Such as ``geonames:538560``; empty when unknown."""
    feature_code: str = ""
    """GeoNames code; empty when unknown."""
    country: str = ""
    """Name or ISO 3166-1 alpha-2 code of its country; empty when unknown."""
    kind: str = ""
    """The corpus's own class of the name, in lower case; empty when it has none."""
    role: str = ""
    """How the name is used: a `Role`, or what else the corpus says ("mix"); empty when it does not say."""
    relation: str | None = None
    """The words that move the point off the place; ``None`` when the corpus does not say."""
    demonym: bool = False
    """Whether it is a demonym ("Ukrainian"), which is neither required nor punished."""

    @property
    def resolved(self) -> bool:
        """Whether the corpus gives its coordinates."""
        return self.latitude is not None and self.longitude is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldDocument:
    """One document with its marked places."""

    id: str
    """Unique in a corpus."""
    text: str
    """The text, exactly as the offsets count it."""
    toponyms: tuple[GoldToponym, ...] = ()
    """In text order."""
    title: str = ""
    """The headline; empty when unknown."""
    url: str = ""
    """Where it was published; empty when unknown."""
    source: str = ""
    """The outlet; empty when unknown."""
    split: str | None = None
    """The part of the corpus it belongs to; ``None`` when the corpus has no parts."""
    group: str = ""
    """The class of difficulty that the corpus files it under; empty when it has none."""

    def document(self, *, given: bool) -> Document:
        """Return what the rooms take.

        Parameters
        ----------
        given
            Whether the marked spans come along as `Document.given_mentions`; without them nothing of the gold does.
        """
        spans: tuple[Span, ...] = tuple(sorted({(toponym.start, toponym.end) for toponym in self.toponyms}))
        return Document(
            id=self.id,
            text=self.text,
            title=self.title,
            url=self.url,
            source=self.source,
            given_mentions=spans if given else None,
        )


def read_gold(path: str | os.PathLike[str], *, split: str = ALL, limit: int | None = None) -> list[GoldDocument]:
    """Return the documents of a corpus, in its order.

    JSON Lines hold one document a line; files that begin with ``<`` are read as XML in the format of the Local-Global
    Lexicon and TR-News (see `geomap.evaluation.jsonlines` and `geomap.evaluation.xml`).

    Parameters
    ----------
    path
        The corpus; ``-`` for standard input.
    split
        Keep the documents of this split; ``all`` keeps every one. A corpus without splits is kept whole.
    limit
        Keep at most this many, the first ones; ``None`` for no limit.

    Raises
    ------
    ReportError
        If the file is missing, malformed or empty, an offset does not fit its text, or nothing is in the split.
    """
    from geomap.evaluation.jsonlines import read_json_lines
    from geomap.evaluation.xml import read_xml

    name = "<stdin>" if os.fspath(path) == "-" else os.fspath(path)
    data = _bytes(path)
    head = data[:64].removeprefix(b"\xef\xbb\xbf").lstrip()
    if not head:
        raise ReportError("the corpus is empty; give JSON Lines with one document a line", path=name)
    documents = _unique((read_xml if head.startswith(b"<") else read_json_lines)(data, path=name), path=name)
    return _in_split(documents, split, path=name)[:limit]


def _bytes(path: str | os.PathLike[str]) -> bytes:
    if os.fspath(path) == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(path).read_bytes()
    except FileNotFoundError:
        raise ReportError("there is no such corpus; check the path", path=os.fspath(path)) from None
    except OSError as error:
        raise ReportError(f"cannot be read ({error.strerror}); give one file", path=os.fspath(path)) from error


def _unique(documents: Iterable[tuple[int, GoldDocument]], *, path: str) -> Iterator[GoldDocument]:
    """Yield documents, refusing an id that was there before: results are matched by it."""
    seen: dict[str, int] = {}
    for line, document in documents:
        if document.id in seen:
            first = seen[document.id]
            raise ReportError(
                f"the document id {document.id!r} stands in line {first} too; give each its own", path=path, line=line
            )
        seen[document.id] = line
        yield document


def _in_split(documents: Iterable[GoldDocument], split: str, *, path: str) -> list[GoldDocument]:
    every: Sequence[GoldDocument] = list(documents)
    if not every:
        raise ReportError("the corpus holds no document; give JSON Lines with one a line", path=path)
    there = sorted({document.split for document in every if document.split is not None})
    if split == ALL or not there:
        return list(every)
    kept = [document for document in every if document.split == split]
    if not kept:
        named = ", ".join([*there, ALL])
        raise ReportError(f"no document is in the split {split!r}; give one to --split: {named}", path=path)
    return kept
