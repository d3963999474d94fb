"""What in a text says nothing of its own: addresses, footnote marks, citations, the heads of tables.

It carries neither a mention nor an event: "https://example.org/the-battle-of-kharkiv" names no place and reports no
battle. Told by form alone.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from geomap.types import Span

_ADDRESS = re.compile(
    r"""
    (?: \b(?:https?|hxxps?|ftp)://\s? | \bwww\. ) [^\s<>"“”]* [^\s<>"“”.,;:!?)\]'’]     # with its scheme, or www
    (?: \ dot\ [^\s<>"“”]* [^\s<>"“”.,;:!?)\]'’] )*
  | \b [\w.+-]{1,64} @ (?:[\w-]{1,63}\.){1,5} [a-z]{2,10}\b                            # e-mail
  | (?<![\w@/.]) @ [A-Za-z]\w+                                                         # the name of an account
  | (?<![\w@/.-])                                                                      # a bare domain …
    [A-Za-z0-9-]{1,63} (?: (?:\.|\[\.\]|\ dot\ ) [A-Za-z0-9-]{1,63} ){0,4}?
    (?: (?:\.|\[\.\]|\ dot\ )
        (?: (?:co|ac)\.[a-z]{2}\b
          | (?:com|org|net|info|gov|mil|edu|int|biz|news|media|online|site|press|live|tv|eu)(?:\.[a-z]{2})?\b
          | [a-z]{2,6}(?=/\w) )
      | (?<=[A-Za-z0-9-]{3}) \. (?!(?:a[mst]|b[ey]|do|i[nst]|[ckm]m|kg|m[eyrs]|no|so|to|us)\b)
        [a-z]{2}\b (?!\.\w|['’-]\w) )
    (?: / [^\s<>"“”]* [^\s<>"“”.,;:!?)\]'’] )? /?                                       # … and its path
    """,
    re.VERBOSE,
)
"""Web and mail addresses, also with the dots spelled out. Without a path, two letters at the end are a country's domain
unless they are an English word or a unit: "left.in" is a missing space."""

_ROMAN = r"(?=[ivxlc])c{0,3}(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})"
_MARK = re.compile(
    rf"""
    \[ \^? (?:\d{{1,4}}|{_ROMAN}|[a-z]|(?:note|nb|n)\ ?\d+|citation\ needed)
       (?: \s?[,;–-]\s? (?:\d{{1,4}}|{_ROMAN}) )* \] :?
  | (?<=[.,;:!?"”’)]) [⁰¹²³⁴-⁹]+
    """,
    re.VERBOSE,
)
"""Footnote marks: "[47]", "[xii]", "[3, 5]", "[^2]", and raised figures after a stop."""

_LEADING_MARK = re.compile(rf"\s*({_MARK.pattern})", re.VERBOSE)
_SOURCES = re.compile(r"\W*(?:sources?|photo credits?|via|retrieved from|accessed)\s*:\s.{1,160}", re.IGNORECASE)
_RETURN = re.compile(r"\s*[\^↑↩]\s*\S")
_NOTES_FOLLOW = re.compile(
    r"\W*(?:(?:end|foot)?notes|references|sources|bibliography|works cited|citations)\W*", re.IGNORECASE
)
_ITEM = re.compile(r"\s*\[?\^?\d{1,4}[\].):]?\s+\S")
_RULE = re.compile(r"\s*\|?(?:\s*:?-{3,}:?\s*\|?)+\s*")
_CELLS = re.compile(r"\t+|\s*\|\s*")
_LINE = re.compile(r"[^\n]+")


@lru_cache(maxsize=8)  # every room asks for the document at hand
def silent_spans(text: str) -> tuple[Span, ...]:
    """Return the parts of a text that can carry neither a mention nor an event.

    Parameters
    ----------
    text
        A document's text. Time is linear in its length.

    Returns
    -------
        Sorted, disjoint spans: web and mail addresses and names of accounts; footnote marks; lines that are citations
        (a footnote whose mark stands further up or that gives an address, lines of addresses, lists of references); the
        first row of a table, which says what stands below. Empty for running text.
    """
    addresses = [match.span() for match in _ADDRESS.finditer(text)]
    marks = [match.span() for match in _MARK.finditer(text)]
    return tuple(_merged(sorted([*addresses, *marks, *_citations(text, addresses), *_table_heads(text)])))


def spoken_text(text: str) -> str:
    """Return a text with its silent parts turned into spaces, line breaks kept: all else stays where it was."""
    parts, at = [], 0
    for start, end in silent_spans(text):
        parts += [text[at:start], re.sub(r"[^\n]", " ", text[start:end])]
        at = end
    return "".join([*parts, text[at:]])


def _citations(text: str, addresses: list[Span]) -> Iterator[Span]:
    marked: set[str] = set()
    in_notes = False
    ahead = iter([*addresses, (len(text), len(text))])
    address = next(ahead)
    for line in _LINE.finditer(text):
        start, end = line.span()
        covered = 0
        while address[1] <= start:
            address = next(ahead)
        while address[0] < end:
            covered += min(end, address[1]) - max(start, address[0])
            address = next(ahead)
        note = _LEADING_MARK.match(line[0])
        in_notes = bool(_NOTES_FOLLOW.fullmatch(line[0])) or (in_notes and bool(note or _ITEM.match(line[0])))
        cites = bool(note) and (covered or note[1].rstrip(":") in marked) if note else _RETURN.match(line[0])
        if in_notes or cites or 2 * covered > len(line[0].strip()) or _SOURCES.fullmatch(line[0]):
            yield start, end
        marked.update(mark[0].rstrip(":") for mark in _MARK.finditer(line[0], note.end() if note else 0))


def _table_heads(text: str) -> Iterator[Span]:
    r"""Yield the head of each table: above a rule of dashes, or the first of several rows parted by ``\t`` or ``|``."""
    lines = list(_LINE.finditer(text))
    is_row = False
    for line, following in pairwise(lines):
        cells, below = _cells(line[0]), _cells(following[0])
        if _RULE.fullmatch(following[0]) and len(cells) > 1:
            yield line.start(), following.end()
        elif not is_row and 2 < len(cells) == len(below) and not _has_digit(cells) and _has_digit(below):
            yield line.span()
        is_row = len(cells) > 1


def _cells(line: str) -> list[str]:
    return _CELLS.split(line.strip().strip("|").strip())


def _has_digit(cells: list[str]) -> bool:
    return any(character.isdigit() for cell in cells for character in cell)


def _merged(spans: list[Span]) -> Iterator[Span]:
    """Yield sorted spans with those that overlap made one."""
    held: Span | None = None
    for start, end in spans:
        if held and start <= held[1]:
            held = (held[0], max(held[1], end))
            continue
        if held:
            yield held
        held = (start, end)
    if held:
        yield held
