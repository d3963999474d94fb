"""Which lines of a report are not the story: repeats, teasers for other stories, appeals and buttons.

A line is marked only by a rule that a line of a story cannot meet, because a mark takes places off the map:

1. its own words say so (`boilerplate_phrases`);
2. it belongs to an appeal for money: an opener ("A message from …:") and the lines after it that speak to the reader,
   when they ask for support at least twice;
3. it announces another story: two lines running, the second repeating the first after the text of a picture; or a
   headline in a list that "Related stories" opens and the report ends with;
4. it repeats an earlier line. Of a caption with its credit ("… © Agency") and the same words without one, the caption
   is the repeat, in whatever order they come; otherwise the first stays.

Line B repeats line A when B has 6 words or more and, credits aside, the same words as A; or is a run of 8 words or more
within A; or shares with A at least 0.8 of their two-word sequences (Jaccard index) while each of B's capitalised words
and numbers stands in A, in the same order. The last condition keeps "12 attacks near Kupiansk" apart from "14 attacks
near Toretsk". The figures were set by hand; the tests hold lines on either side of them.
"""

import re
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from geomap.readers.boilerplate_phrases import (
    count_pleas,
    is_boilerplate_phrase,
    is_other_stories_heading,
    is_plea_opener,
    plain_line,
    speaks_to_readers,
)
from geomap.types import Span

_MOST_LINES = 10_000  # a longer text is no news page, and nothing in it is marked
_LONGEST_LINE = 2_500  # characters; longer lines are always story
_FEWEST_WORDS = 6
_FEWEST_WORDS_WITHIN = 8
_LEAST_SHARED = 0.8
_GRAM = 4  # words in the sequences by which earlier lines are found again
_WINDOW = 400  # lines back that a repeat is looked for: keeps time linear and memory bounded
_POSTINGS = 8  # latest lines remembered for one sequence, for the same reason
_PLEA_LINES = 60
_LONGEST_CREDIT = 140  # characters at the end of a line
_WORD = re.compile(r"\w+")
_CREDIT = re.compile(
    r"""
      \s* (?: © | \(c\)\s | \b (?: photo | image | picture | foto | credit | collage ) s? (?:[ ]by)? : ) [^\n]{0,80}$
    | \s*[\[(] (?: AP | AFP | Reuters | EPA | Getty | TASS ) \b[^\])]{0,60}[\])]$
    """,
    re.IGNORECASE | re.VERBOSE,
)
_ALT_TEXT = re.compile(r"[^\W\d_].{0,118}[^:;,.\s]\s+")
_END_OF_SENTENCE = re.compile(r"[.:;,]['\"”’»)]*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """One line that is not blank."""

    start: int
    end: int
    text: str
    """Without surrounding white space and Markdown signs; empty when too long to be anything but story."""
    words: tuple[str, ...] = ()
    """In lower case, without the credit of a picture."""
    names: tuple[str, ...] = ()
    """Those that begin with a capital or hold a digit, in lower case."""
    has_credit: bool = False


def mark_boilerplate(text: str, *, title: str = "") -> tuple[Span, ...]:
    r"""Return the spans of lines that are not the story.

    Time is linear in the length of the text.

    Parameters
    ----------
    text
        The report; lines end with ``\n``.
    title
        The headline where it is known: never taken for another story's.

    Returns
    -------
        Sorted, disjoint spans from the beginning of a line to the end of one, its line end left out; marked lines with
        nothing but blank lines between them share one. Empty when all is story.
    """
    lines = list(_lines(text))
    if not lines or len(lines) > _MOST_LINES:
        return ()
    marked = {number for number, line in enumerate(lines) if line.text and is_boilerplate_phrase(line.text)}
    marked |= _appeals(lines)
    marked |= _doubled_teasers(lines, marked, plain_line(title))
    marked |= _closing_list(lines, marked)
    marked |= _repeats(lines, marked)
    return _spans(lines, marked)


def _lines(text: str) -> Iterator[_Line]:
    for number, match in enumerate(re.finditer(r"[^\n]+", text)):
        if number > 4 * _MOST_LINES:
            return
        if not match[0].isspace():
            yield _line(match.start(), match.end(), match[0])


def _line(start: int, end: int, raw: str) -> _Line:
    if len(raw) > _LONGEST_LINE:
        return _Line(start=start, end=end, text="")
    text = plain_line(raw)
    credit = _CREDIT.search(text, max(0, len(text) - _LONGEST_CREDIT))
    words = _WORD.findall(text[: credit.start()] if credit else text)
    names = tuple(word.casefold() for word in words if not word.islower())
    folded = tuple(word.casefold() for word in words)
    return _Line(
        start=start, end=end, text=text, words=folded, names=names, has_credit=credit is not None and credit.start() > 0
    )


def _appeals(lines: Sequence[_Line]) -> set[int]:
    found: set[int] = set()
    number = 0
    while number < len(lines):
        last = _end_of_appeal(lines, number) if is_plea_opener(lines[number].text) else None
        if last is not None:
            found.update(range(number, last + 1))
        number = number + 1 if last is None else last + 1
    return found


def _end_of_appeal(lines: Sequence[_Line], first: int) -> int | None:
    """Return the last line of the appeal that begins here; it ends before two lines that do not speak to the reader."""
    last, pleas = first, 0
    for number in range(first + 1, min(first + _PLEA_LINES, len(lines))):
        text = lines[number].text
        if is_boilerplate_phrase(text) or is_plea_opener(text) or speaks_to_readers(text):
            last = number
            pleas += count_pleas(text)
        elif number - last == 2:
            break
    return last if pleas >= 2 else None


def _doubled_teasers(lines: Sequence[_Line], marked: set[int], title: str) -> set[int]:
    """Return pairs of a headline and the same behind the text of a picture; of the report's own, the second only."""
    found: set[int] = set()
    own = next((number for number in range(len(lines)) if number not in marked), -1)
    for number, (one, two) in enumerate(pairwise(lines)):
        if _is_headline(one) and two.text.endswith(one.text) and _ALT_TEXT.fullmatch(two.text[: -len(one.text)]):
            found.add(number + 1)
            if number != own and one.text != title:
                found.add(number)
    return found


def _closing_list(lines: Sequence[_Line], marked: set[int]) -> set[int]:
    """Return the headlines between the last heading such as "Related stories" and the end, if nothing else is there."""
    found: set[int] = set()
    for number in range(len(lines) - 1, 0, -1):
        if is_other_stories_heading(lines[number].text):
            return found
        if number not in marked and not _is_headline(lines[number]):
            break
        found.add(number)
    return set()


def _is_headline(line: _Line) -> bool:
    return 4 <= len(line.words) <= 30 and not _END_OF_SENTENCE.search(line.text)


@dataclass(slots=True)
class _Recent:
    """The latest lines, found by the sequences of words that they hold."""

    numbers: deque[int] = field(default_factory=deque)
    postings: dict[int, list[int]] = field(default_factory=dict)

    def add(self, lines: Sequence[_Line], number: int, grams: set[int]) -> None:
        """Remember a line and forget the one that has left the window."""
        self.numbers.append(number)
        for gram in grams:
            holders = self.postings.setdefault(gram, [])
            holders.append(number)
            del holders[:-_POSTINGS]
        if len(self.numbers) > _WINDOW:
            self._forget(lines, self.numbers.popleft())

    def _forget(self, lines: Sequence[_Line], number: int) -> None:
        for gram in _grams(lines[number]):
            holders = self.postings.get(gram, [])
            if number in holders:
                holders.remove(number)
            if not holders:
                self.postings.pop(gram, None)

    def alike(self, grams: set[int]) -> list[int]:
        """Return up to three lines that share most with these sequences, most first, then the earliest."""
        shared = Counter(number for gram in grams for number in self.postings.get(gram, ()))
        return sorted(shared, key=lambda number: (-shared[number], number))[:3]


def _grams(line: _Line) -> set[int]:
    words = line.words
    return {hash(words[at : at + _GRAM]) for at in range(len(words) - _GRAM + 1)}


def _repeats(lines: Sequence[_Line], marked: set[int]) -> set[int]:
    found: set[int] = set()
    recent = _Recent()
    for number, line in enumerate(lines):
        if len(line.words) < _FEWEST_WORDS:
            continue
        grams = _grams(line)
        for other in recent.alike(grams):
            repeat = _which_repeats(lines, other, number)
            # Of what a marked line repeats only in part, the rest may be story.
            if repeat is not None and (other not in marked or _is_run(line.words, lines[other].words)):
                found.add(repeat)
        recent.add(lines, number, grams)
    return found


def _which_repeats(lines: Sequence[_Line], earlier: int, later: int) -> int | None:
    """Return which of two lines repeats the other, or ``None``."""
    if lines[earlier].has_credit and not lines[later].has_credit:
        return earlier if _repeats_line(lines[earlier], lines[later]) else None
    return later if _repeats_line(lines[later], lines[earlier]) else None


def _repeats_line(line: _Line, other: _Line) -> bool:
    if line.words == other.words or (len(line.words) >= _FEWEST_WORDS_WITHIN and _is_run(line.words, other.words)):
        return True
    pairs, others = (set(pairwise(words)) for words in (line.words, other.words))
    return len(pairs & others) >= _LEAST_SHARED * len(pairs | others) and _is_subsequence(line.names, other.names)


def _is_run(words: Sequence[str], others: Sequence[str]) -> bool:
    return f" {' '.join(words)} " in f" {' '.join(others)} "


def _is_subsequence(names: Sequence[str], others: Sequence[str]) -> bool:
    rest = iter(others)
    return all(name in rest for name in names)


def _spans(lines: Sequence[_Line], marked: set[int]) -> tuple[Span, ...]:
    spans: list[Span] = []
    for number in sorted(marked):
        line = lines[number]
        if spans and number - 1 in marked:
            spans[-1] = (spans[-1][0], line.end)
        else:
            spans.append((line.start, line.end))
    return tuple(spans)
