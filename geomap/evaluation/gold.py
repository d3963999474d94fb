"""Gold corpora: documents whose places people have marked and resolved.

A row of JSON Lines has ``text`` and ``toponyms``, and may have ``doc_id`` (or ``id``), ``title``, ``url``, ``source``,
``split``, ``class`` and, where only some words were looked at, ``not_places``: spans that are none, after which what is
not marked counts as unknown. A toponym has ``start`` and ``end`` in code points, and may have ``text`` (checked against
the offsets), ``lat`` and ``lon``, ``geonameid``, ``fcode``, ``country``, ``type``, ``role``, ``level``, ``relation``
and ``demonym_form``. A ``type`` that names a role ("literal", "metonymic", "mixed" …) is the role; "demonym" marks a
demonym.
"""

import math
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from geomap.errors import ReportError
from geomap.evaluation.rows import Row, Where, read_rows, text_of
from geomap.types import Document, Span

_ROLES = frozenset({"literal", "metonymic", "modifier", "embedded", "mix", "mixed"})
_EXAMPLE = '{"text": "…", "toponyms": [{"start": 0, "end": 4}]}'

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
    level: str = ""
    """The corpus's own word for how large the place is, such as "adm1"; empty when it has none."""
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
    not_places: tuple[Span, ...] | None = None
    """Spans that somebody found to be no place, in text order; ``None`` where all places are marked, so that every
    other word is none."""

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

    Parameters
    ----------
    path
        JSON Lines, or XML as of LGL and TR-News; see `geomap.evaluation.rows.read_rows`.
    split
        Keep the documents of this split; ``all`` keeps every one. A corpus without splits is kept whole.
    limit
        Keep at most this many, the first ones; ``None`` for no limit.

    Raises
    ------
    ReportError
        If the file is missing, malformed or empty, an offset does not fit its text, or nothing is in the split.
    """
    documents = list(_unique((where, _document(row, where)) for where, row in read_rows(path)))
    there = sorted({document.split for document in documents if document.split is not None})
    if split != ALL and there:
        documents = [document for document in documents if document.split == split]
    if not documents:
        named = ", ".join([*there, ALL])
        message = f"no document is in the split {split!r}; give one to --split: {named}"
        raise ReportError(message, path=os.fspath(path))
    return documents[:limit]


def _unique(documents: Iterable[tuple[Where, GoldDocument]]) -> Iterator[GoldDocument]:
    """Yield documents, refusing an id that was there before: results are matched by it."""
    seen: dict[str, int] = {}
    for where, document in documents:
        if document.id in seen:
            first = seen[document.id]
            raise where.error(f"the document id {document.id!r} stands in line {first} too; give each its own")
        seen[document.id] = where.line
        yield document


def _document(row: Row, where: Where) -> GoldDocument:
    text, toponyms = row.get("text"), row.get("toponyms")
    if not isinstance(text, str):
        raise where.error(f'no "text" in the row, or not a string; give {_EXAMPLE}')
    if not isinstance(toponyms, list):
        raise where.error(f'no "toponyms" in the row, or not a list; give {_EXAMPLE}')
    found = [_toponym(item, text, f"toponym {number}", where) for number, item in enumerate(toponyms, start=1)]
    return GoldDocument(
        id=text_of(row, "doc_id") or text_of(row, "id") or f"line-{where.line}",
        text=text,
        toponyms=tuple(sorted(found, key=lambda toponym: (toponym.start, toponym.end))),
        title=text_of(row, "title"),
        url=text_of(row, "url"),
        source=text_of(row, "source"),
        split=text_of(row, "split") or None,
        group=text_of(row, "class"),
        not_places=_not_places(row, text, where),
    )


def _not_places(row: Row, text: str, where: Where) -> tuple[Span, ...] | None:
    spans = row.get("not_places")
    if spans is None:
        return None
    if not isinstance(spans, list):
        raise where.error('"not_places" is not a list; give [{"start": 0, "end": 4}], or leave it out')
    return tuple(sorted(offsets(one, text, f"not_places {number}", where) for number, one in enumerate(spans, start=1)))


def _toponym(item: object, text: str, name: str, where: Where) -> GoldToponym:
    start, end = offsets(item, text, name, where)
    assert isinstance(item, dict)  # noqa: S101  (`offsets` refuses all else)
    kind, role = text_of(item, "type").lower(), text_of(item, "role").lower()
    latitude, longitude = _coordinates(item, name, where)
    number = text_of(item, "geonameid")
    return GoldToponym(
        start=start,
        end=end,
        latitude=latitude,
        longitude=longitude,
        entry_id=f"geonames:{number}" if number else text_of(item, "entry_id"),
        feature_code=text_of(item, "fcode") or text_of(item, "feature_code"),
        country=text_of(item, "country") or text_of(item, "country_code"),
        kind="" if kind in _ROLES else kind,
        level=text_of(item, "level"),
        role=role or (kind if kind in _ROLES else ""),
        relation=text_of(item, "relation") if "relation" in item else None,
        demonym=kind == "demonym" or bool(item.get("demonym_form")),
    )


def offsets(item: object, text: str, name: str, where: Where) -> Span:
    """Return the offsets of a marked span, checked against its text; ``name`` is what the error calls it."""
    if not isinstance(item, dict):
        raise where.error(f'{name} is not an object; give {{"start": 0, "end": 4}}')
    start, end = item.get("start"), item.get("end")
    if not (isinstance(start, int) and isinstance(end, int)):
        raise where.error(f'{name} has no whole numbers "start" and "end"; count code points from 0')
    if not 0 <= start < end <= len(text):
        raise where.error(
            f"{name} is at {start} to {end}, outside the text of {len(text)} characters; "
            "count code points from 0, the end exclusive"
        )
    written = item.get("text")
    if isinstance(written, str) and written != text[start:end]:
        raise where.error(
            f"{name} says {written[:60]!r} where the text has {text[start:end][:60]!r}; "
            "count code points from 0, the end exclusive"
        )
    return start, end


def _coordinates(item: Row, name: str, where: Where) -> tuple[float | None, float | None]:
    pair = [item.get(short, item.get(long)) for short, long in (("lat", "latitude"), ("lon", "longitude"))]
    if pair == [None, None]:
        return None, None
    numbers = [float(value) if isinstance(value, int | float) else math.nan for value in pair]
    if not (abs(numbers[0]) <= 90 and abs(numbers[1]) <= 180):
        raise where.error(f'{name} has "lat" {pair[0]!r} and "lon" {pair[1]!r}; give degrees as numbers, or neither')
    return numbers[0], numbers[1]
