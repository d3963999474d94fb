"""Offsets that the page can use."""

import re
from bisect import bisect_left
from collections.abc import Iterable

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


def utf16_offsets(text: str, offsets: Iterable[int]) -> list[int]:
    """Turn code-point offsets into the UTF-16 offsets that JavaScript strings have.

    Each character above U+FFFF, such as an emoji, counts two there.
    """
    astral = () if text.isascii() else [found.start() for found in _ASTRAL.finditer(text)]
    if not astral:
        return list(offsets)
    return [offset + bisect_left(astral, offset) for offset in offsets]
