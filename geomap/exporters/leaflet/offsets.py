"""Where a mention is: offsets that the page can use."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


def utf16_offsets(text: str, offsets: Iterable[int]) -> list[int]:
    """Turn code-point offsets into the UTF-16 offsets that JavaScript strings have.

    Each character above U+FFFF, such as an emoji, counts two there.
    """
    astral = () if text.isascii() else [found.start() for found in _ASTRAL.finditer(text)]
    if not astral:
        return list(offsets)
    return [offset + bisect_left(astral, offset) for offset in offsets]


def sentence_start(sentence: str, mentions: Sequence[tuple[int, str]]) -> int | None:
    """Find where in its document a sentence starts, from the mentions in it.

    The mention table holds document offsets and the text of the sentence, but not its offset. All mentions of a
    sentence are shifted by that one number: the answer is the first that puts every toponym where the sentence has it.

    Parameters
    ----------
    sentence
        Text of the sentence.
    mentions
        Document offset and toponym of each of its mentions; at least one.

    Returns
    -------
        Document offset of the first character; ``None`` when no shift fits, as after the text was changed.
    """
    first_start, first_toponym = mentions[0]
    offset = sentence.find(first_toponym)
    while 0 <= offset <= first_start:
        shift = first_start - offset
        if all(start >= shift and sentence.startswith(name, start - shift) for start, name in mentions):
            return shift
        offset = sentence.find(first_toponym, offset + 1)
    return None
