"""From what a file says about a report to a `Document`, or to the error that says why not."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from geomap.errors import ReportError
from geomap.language.detection import language_of
from geomap.readers.addresses import outlet_and_address
from geomap.readers.boilerplate import mark_boilerplate
from geomap.readers.dates import parse_published
from geomap.readers.encoding import warn_of_double_encoding
from geomap.readers.line_ends import join_broken_words
from geomap.types import Document, Span

Reading = Document | ReportError
"""What a reader yields: a document, or why there is none."""

Readings = Iterator[Reading]


class PassedOver(ReportError):  # noqa: N818 - a reason, not a fault
    """Why a file in an archive is no report and is left alone, which is no fault."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenFile:
    """One opened file."""

    name: str
    """What ids are made from: the path relative to the folder given, or the file name."""
    path: str
    """What errors call it."""
    stream: BinaryIO
    """Its bytes; seekable."""
    columns: Mapping[str, str] | None = None
    """Field → column of a table of reports, as the user named them; ``None`` to go by the usual names."""
    encoding: str = ""
    """Codec of its characters, as the user named it; empty to find out."""
    url: str = ""
    """The address that it was saved from, for a page that states none of its own."""
    declared: str = ""
    """Codec that a server named, for a page that is not UTF-8 and names none itself."""
    captured: str = ""
    """The day on which an archive took it, for a page that states no day of its own."""
    unit: str = "line"
    """What `Row.line` and messages count in it."""

    def error(self, problem: str, *, line: int | None = None) -> ReportError:
        """Return the error that names this file, and what of it is meant."""
        return ReportError(problem, path=self.path, line=line, unit=self.unit)


def unify_line_ends(text: str) -> str:
    r"""Return the text with ``\r\n`` and ``\r`` turned into ``\n``; nothing else changes."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def make_document(
    file: OpenFile,
    *,
    id: str,
    text: str,
    title: str = "",
    url: str = "",
    published: object = None,
    day_first: bool | None = None,
    outlet: str = "",
    given_mentions: tuple[Span, ...] | None = None,
    line: int | None = None,
    as_is: bool = False,
) -> Reading:
    """Check the parts of a report and put them together.

    Parameters
    ----------
    file
        The file, for messages.
    id, text, title, url, outlet, given_mentions
        As in `Document`, where ``outlet`` is `Document.source`. The text is taken as it is, but for words broken at a
        line's end, which stay, too, where mentions are given; an address in place of the outlet's name gives its host.
    published, day_first
        The date as written, and how the dates of its column are ordered; see `parse_published`.
    line
        Line of the row in the file; ``None`` when the whole file is one report.
    as_is
        Whether broken words stay, so that offsets count the text that was given.

    Returns
    -------
        The document with its language told and its boilerplate marked, or a `ReportError` when the text is empty or
        holds characters that no output can carry.
    """
    problem = _problem(text, (id, title, url, outlet))
    if problem:
        return file.error(problem, line=line)
    if line is None:  # rows are surveyed together
        warn_of_double_encoding(text, path=file.path)
    if given_mentions is None and not as_is:
        text = join_broken_words(text)
    outlet, url = outlet_and_address(outlet, url)
    boilerplate = mark_boilerplate(text, title=title)
    return Document(
        id=id,
        text=text,
        title=" ".join(title.split()),
        url=url,
        published=parse_published(published, path=file.path, line=line, day_first=day_first),
        source=outlet,
        language=language_of(_without(boilerplate, text)),
        boilerplate=boilerplate,
        given_mentions=given_mentions,
    )


def _without(spans: tuple[Span, ...], text: str) -> str:
    """Return a text without some spans of it."""
    starts, ends = [0, *(end for _, end in spans)], [*(start for start, _ in spans), len(text)]
    return "".join(text[start:end] for start, end in zip(starts, ends, strict=True))


# JSON can smuggle in what no encoding can write: "\ud800", "\u0000".
_UNWRITABLE = re.compile("[\0\ud800-\udfff]")


def _problem(text: str, other: tuple[str, ...]) -> str:
    if not text or text.isspace():
        return "the report has no text but white space; remove it or fill it in"
    if any(_UNWRITABLE.search(part) for part in (text, *other)):
        return "the report holds a NUL character or half a surrogate pair; clean the text and try again"
    return ""
