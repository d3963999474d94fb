"""From what a file says about a report to a `Document`, or to the error that says why not.

On the way words that were broken at a line's end, as in text taken from a PDF, are put together again.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import BinaryIO

from geomap.errors import ReportError
from geomap.language.detection import language_of
from geomap.readers.addresses import outlet_and_address
from geomap.readers.boilerplate import mark_boilerplate
from geomap.readers.dates import parse_published
from geomap.readers.encoding import warn_of_double_encoding
from geomap.types import Document, Span

Reading = Document | ReportError
"""A document, or why there is none."""

Readings = Iterator[Reading]
"""What every reader of a format gives for an `OpenFile`: the reports in the order of the file. What is wrong with the
whole file it raises, or yields as the one `ReportError`."""


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
    """Codec that it or its server names, believed where it is not UTF-8."""
    captured: str = ""
    """The day on which an archive took it, for a page that states no day of its own."""
    unit: str = "line"
    """What `Row.line` and messages count in it."""

    def error(self, problem: str, *, line: int | None = None) -> ReportError:
        """Return the error that names this file, and what of it is meant."""
        return ReportError(problem, path=self.path, line=line, unit=self.unit)


def printable_path(path: str) -> str:
    """Return a path that any output can carry: bytes of a file name that are not UTF-8 become replacement signs."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace").replace("\n", " ").replace("\r", " ")


def unify_line_ends(text: str) -> str:
    r"""Return the text with ``\r\n`` and ``\r`` turned into ``\n``; nothing else changes."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def make_document(
    file: OpenFile,
    *,
    id: str | None = None,
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
        Without an id it is the file's name.
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
    id = file.name if id is None else id
    problem = _problem(text, (id, title, url, outlet))
    if problem:
        return file.error(problem, line=line)
    if line is None:  # rows are looked at together
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


_WORD = r"[^\W\d_]{1,40}(?:['’ʼ-][^\W\d_]{1,40}){0,4}"
_BROKEN = re.compile(
    rf"""
    (?<![\w'’ʼ-])
    (?P<before>{_WORD}[ ])?       # the word before, for names of two words
    (?P<head>{_WORD})[-\u2010\xad]\n[ \t]*
    (?P<tail>{_WORD})
    """,
    re.VERBOSE,
)
_ENDINGS = re.compile(r"(?:ings?|e?s|ed|ers?|ly|ments?|ness)$")
_SHORTEST_STEM = 4


def join_broken_words(text: str) -> str:
    r"""Return a text in which words broken with a hyphen at a line's end are whole, where the whole is known.

    Known is what stands elsewhere in the text, is a place of the gazetteer (alone, or behind the word before it), or is
    an English word. The line goes on behind it. All else stays: "well-\nknown" keeps its hyphen.
    """
    if not re.search(r"\w[-\u2010\xad]\n", text):
        return text
    written = frozenset(re.findall(_WORD, text))
    from geomap.gazetteers import load_gazetteer

    with load_gazetteer() as gazetteer:
        return _BROKEN.sub(lambda match: _joined(match, written, gazetteer.has_name), text)


def _joined(match: re.Match[str], written: frozenset[str], is_name: Callable[[str], bool]) -> str:
    """Return what stands in place of a broken word: the whole, or what was there."""
    before, head, tail = match["before"] or "", match["head"], match["tail"]
    if tail[0].isupper() and not head.isupper():
        whole = f"{head}-{tail}"  # Guinea-Bissau
        known = whole in written or is_name(whole)
    else:
        whole = head + tail
        named = head[0].isupper() and (is_name(whole) or bool(before and is_name(before + whole)))
        known = named or whole in written or _is_word(whole.rpartition("-")[2])
    return f"{before}{whole}" if known else match[0]


def _is_word(text: str) -> bool:
    """Return whether a text is an English word: one that the recogniser's vocabulary holds, or one formed from it."""
    word = text.lower()
    stem = _ENDINGS.sub("", word)
    return word in _vocabulary() or (stem != word and len(stem) >= _SHORTEST_STEM and stem in _vocabulary())


@cache
def _vocabulary() -> frozenset[str]:
    pieces = json.loads(files("geomap.models").joinpath("tokenizer.json").read_text("utf-8"))["model"]["vocab"]
    return frozenset(piece for piece in pieces if piece.isalpha())
