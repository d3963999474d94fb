"""Paragraphs that open with a place and no more, such as "Basivka (Sumy region)." or "• 5 August, Ndimo.".

What they go on to tell without a place of its own happened there.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from geomap.events.places.lists import without_containers
from geomap.language.word_lists import MONTHS, POINT_OF_EIGHT, SHORT_MONTHS, WEEKDAYS, one_of
from geomap.types import Resolution, Sentence

_BESIDE = re.compile(
    rf"""
    \b (?:
          {one_of(WEEKDAYS)} | {one_of(MONTHS)} | {one_of(SHORT_MONTHS)} | {POINT_OF_EIGHT} (?:ern)?
        | the | and | in | of | near | on
        | city | town | village | hamlet | region | oblast | province | district | raion | county | state | governorate
    ) \b
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""Words that may stand beside the names of a label: days, sides, levels."""
_LETTER = re.compile(r"[^\W\d_]")
_LONGEST = 90
"""Characters of the longest label."""


def label_places(
    text: str, sentences: Sequence[Sentence], sentence: int, resolutions: Sequence[Resolution]
) -> tuple[Resolution, ...]:
    """Return the places that label the paragraph of a sentence; none where it opens with anything else.

    Parameters
    ----------
    text
        The document's text.
    sentences, resolutions
        All of the document's, in text order.
    sentence
        `Sentence.index` of a sentence below the label.
    """
    line = text.rfind("\n", 0, sentences[sentence].start) + 1
    first = bisect_left(sentences, line, hi=sentence, key=lambda one: one.start)
    opening = sentences[first]
    if first == sentence or opening.end - opening.start > _LONGEST:
        return ()
    begin, end = (cut(resolutions, first, key=lambda one: one.mention.sentence) for cut in (bisect_left, bisect_right))
    literal = [one for one in resolutions[begin:end] if one.mention.role == "literal" and not one.mention.demonym]
    bounds = [opening.start, *(bound for one in literal for bound in (one.mention.start, one.mention.end)), opening.end]
    beside = " ".join(text[start:end] for start, end in zip(bounds[::2], bounds[1::2], strict=True))
    if _LETTER.search(_BESIDE.sub("", beside)):
        return ()
    return tuple(without_containers(text, literal))
