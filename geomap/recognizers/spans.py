"""From what the encoder says of each word to spans: which words make one name, where it begins and ends."""

import re
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from geomap.language.word_lists import SETTLEMENT
from geomap.recognizers.pieces import Ints

Floats = npt.NDArray[np.float32]

TAGS = ("O", "B-PLACE", "I-PLACE", "B-DEMONYM", "I-DEMONYM")
"""What the first head says of each word; places inside names of organisations count."""
GENERIC = re.compile(
    rf"""
    northern | southern | eastern | western | central | downtown | ne | nw | se | sw | avenue | ave | boulevard
    | blvd | bridge | building | center | centre | church | college | county | court | district | drive | dr
    | exit | fort | hall | highway | hospital | house | interstate | lake | lane | lot | loop | park | parkway
    | river | road | rd | route | school | square | station | street | university | {SETTLEMENT}
    """,
    re.VERBOSE,
)
"""Words that name no place by themselves; the encoder sometimes leaves one over from a longer name. Dropped, unless
they share their noun with a place that follows: "Northern and Western Darfur". (On dev: LGL .873 to .885 F1.)"""
HALF_BELIEVED = 0.3
"""Odds of a place from which on a word beside one belongs to its name."""
WEAK = 0.12
"""Odds from which on a word is put forward as a weak place, for others to vouch for."""
_TIES = re.compile(r"[-’'ʼ]|a[dlnrstz]|d[aeiu]|de[lrs]|e[dlnstz]|la|le|os|u[dlst]?|ul|y|b[ei]n|ibn|bint")
"""What ties two words to one name: marks, articles (the Arabic one before each letter it takes) and particles."""
LAST_USUAL_KIND = 8
"""Kinds of `KnownNames.kinds` up to this are primary names; the rest are alternate or unusual."""
_IN_LIST = re.compile(r"\s*(?:,|/|,?\s*(?:and|or))\s*")
_SHARES = re.compile(r",? (?:and|or) ")
_INITIALS = re.compile(r"(?<![\w.])(?:(?:[A-Z]\.){2,}(?:[A-Z]\b)?|[A-Z]\.[A-Z]\b(?!\.))")


def best_tags(odds: Floats) -> Ints:
    """Return the best tag of each word: first what it is, then whether it begins or goes on.

    A word that may begin a name (.35) or go on with one (.3) is a place (.65), though "O" is its likeliest tag.
    """
    begins, goes_on = odds[:, [1, 3]], odds[:, [2, 4]]
    kind = np.column_stack([odds[:, 0], begins + goes_on]).argmax(1)
    within = (goes_on > begins)[np.arange(len(odds)), np.maximum(kind - 1, 0)]
    tags: Ints = np.where(kind > 0, 2 * kind - 1 + within, 0)
    return tags


def grown(tags: Ints, odds: Floats, known: Ints, text: str, starts: Ints, ends: Ints) -> Ints:
    """Return the tags with each unknown name grown over the capitalised words beside it that may well be places.

    They must be tied to it by one space, a hyphen or an apostrophe, small particles passed over: "Boriivska" takes in
    "Andriivka", "Wad Nur" takes in "ad-Dayim". A name that the gazetteer has is whole. (On dev: LGL .889 to .891 F1.)
    """
    tags = _parted(tags, known, text, starts, ends)
    belief = odds[:, 1] + odds[:, 2]
    words = [text[a:b] for a, b in zip(starts, ends, strict=True)]
    tied = [text[a:b] in ("", " ") for a, b in zip(ends[:-1], starts[1:], strict=True)] + [False]
    begin = -1
    for i in range(len(words)):
        if tags[i]:
            begin = i if tags[i] % 2 or begin < 0 else begin
            continue
        before = i - 1
        while before > max(0, i - 4) and tied[before] and _TIES.fullmatch(words[before]):
            before -= 1
        if not words[i][:1].isupper() or belief[i] < HALF_BELIEVED:
            continue
        if before >= 0 and tied[before] and tags[before] in (1, 2) and not _is_known(known, begin, before + 1):
            tags[before + 1 : i + 1] = 2
        elif i + 1 < len(tags) and tied[i] and tags[i + 1] in (1, 2) and not known[i + 1]:
            tags[i], tags[i + 1] = 1, 2
            begin = i
    return tags


def _parted(tags: Ints, known: Ints, text: str, starts: Ints, ends: Ints) -> Ints:
    """Return the tags with names parted at line breaks, but for known names in wrapped lines: "New⏎York"."""
    tags = tags.copy()
    for i in np.flatnonzero((tags == 2) | (tags == 4)).tolist():
        breaks = text[ends[i - 1] : starts[i]].count("\n") if i else 0
        if breaks > 1 or (breaks and (not known[i] or known[i] % 2)):
            tags[i] -= 1
    return tags


def weak_spans(tags: Ints, odds: Floats, text: str, starts: Ints, ends: Ints) -> Iterator[tuple[int, int, bool]]:
    """Yield, as `spans_of`, runs of capitalised words that are rather no places, yet may be."""
    belief = odds[:, 1] + odds[:, 2]
    weak = [
        not tag and share >= WEAK and text[start].isupper()
        for tag, share, start in zip(tags, belief, starts, strict=True)
    ]
    stop = 0
    for begin in np.flatnonzero(weak).tolist():
        if begin < stop:
            continue
        stop = begin + 1
        while stop < len(tags) and weak[stop] and text[ends[stop - 1] : starts[stop]] in ("", " "):
            stop += 1
        yield begin, stop, False


def _is_known(known: Ints, begin: int, stop: int) -> bool:
    """Whether words are one known name."""
    return known[begin] % 2 == 1 and all(known[begin + 1 : stop] == known[begin] + 1)


def joined_by_known_names(tags: Ints, known: Ints, words: Sequence[str]) -> Ints:
    """Return the tags with known names in one piece: "Deir ez-Zor", "South Fayette", "St. John's".

    So does a short first part, itself no usual name, with what a hyphen or an apostrophe ties to it: "Al-Hudaydah". A
    known name joins when half of its words are places, an alternate or unusual name only when all its longer words are.
    (On dev: .870 to .873 on LGL, no change on TR-News.)

    Parameters
    ----------
    tags
        Best tag of each word.
    known
        `Pieces.known` of each word.
    words
        The words. A name with a comma in it, "Washington, D.C.", stays two places.
    """
    tags = tags.copy()
    for begin in np.flatnonzero(known % 2).tolist():
        stop = begin + 1
        while stop < len(known) and known[stop] == known[begin] + 1:
            stop += 1
        if stop == begin + 1 or "," in words[begin:stop]:
            continue
        is_place = [tags[i] in (1, 2) for i in range(begin, stop)]
        if known[begin] <= 2 * LAST_USUAL_KIND:
            joins = 2 * sum(is_place) >= stop - begin
        else:
            joins = is_place[0] and all(is_place[i - begin] for i in range(begin, stop) if len(words[i]) > 1)
        if joins:
            tags[begin:stop] = [tags[begin] if is_place[0] else 1, *[2] * (stop - begin - 1)]
    for i in range(len(words) - 2):
        is_short = len(words[i]) <= 3 and known[i] not in range(1, 2 * LAST_USUAL_KIND, 2)
        if words[i + 1] in ("-", "’", "'") and is_short and tags[i] in (1, 2) and tags[i + 2] in (1, 2):
            tags[i + 1 : i + 3] = 2
    return tags


def spans_of(tags: Ints) -> Iterator[tuple[int, int, bool]]:
    """Yield first word, word after the last, and whether it is a demonym, of each run of tags.

    An inside tag that follows nothing of its kind begins a span.
    """
    kinds = (tags + 1) // 2
    begins = (kinds > 0) & ((tags % 2 == 1) | (kinds != np.concatenate([[0], kinds[:-1]])))
    for begin in np.flatnonzero(begins):
        stop = begin + 1
        while stop < len(tags) and kinds[stop] == kinds[begin] and not begins[stop]:
            stop += 1
        yield int(begin), int(stop), int(kinds[begin]) == 2


def in_lists(spans: Sequence[tuple[int, int, bool]], text: str, starts: Ints, ends: Ints, odds: Floats) -> list[Floats]:
    """Return the odds of each span's role, shared by all places of a list: "Chad, Georgia and Turkey"."""
    shared: list[Floats] = []
    group = 0
    for i, (begin, _stop, _is_demonym) in enumerate(spans):
        shared.append(odds[begin])
        is_listed = i > 0 and _IN_LIST.fullmatch(text, int(ends[spans[i - 1][1] - 1]), int(starts[begin]))
        if not is_listed:
            group = i
        product = np.exp(np.log(odds[[spans[j][0] for j in range(group, i + 1)]] + 1e-6).mean(0))
        mean = product / product.sum()
        shared[group:] = [mean] * (i + 1 - group)
    return shared


def tidied(text: str, start: int, end: int, *, is_known: bool = False) -> tuple[int, int]:
    """Return a span with initials ("U.S.", "U.K") whole, without leading punctuation, "the" and a trailing possessive.

    A span of nothing but punctuation comes back empty. ``is_known`` says that the last word belongs to a known name,
    as in "St. John's".
    """
    for initials in _INITIALS.finditer(text, max(0, start - 12), end + 12):
        if initials.start() < end and start < initials.end():
            start, end = min(start, initials.start()), max(end, initials.end())
    while start < end and not text[start].isalnum():
        start += 1
    if text[start : start + 4].lower() == "the " and end > start + 4:
        start += 4
    if not is_known and text[end - 2 : end] in ("'s", "’s"):
        end -= 2
    return start, end


def is_generic(text: str, start: int, end: int) -> bool:
    """Return whether a span has no letter, or is one of the `GENERIC` words and shares no noun with what follows."""
    word = text[start:end].lower().replace(".", "")
    return not any(map(str.isalpha, word)) or (GENERIC.fullmatch(word) is not None and not _SHARES.match(text, end))
