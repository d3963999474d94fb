"""Near-identical sentences: the same agency text in several outlets.

Two sets that have much in common share one of the first members of each, rarest members first: only texts that do are
compared (prefix filter, Xiao et al. 2008, "Efficient similarity joins for near duplicate detection"). Of thousands of
bulletins of one template all are alike; so nobody asks for all pairs here, but for the first that fits, or for groups.
"""

import heapq
import math
import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, pairwise, product

ALIKE = 0.5
"""Share of common three-word sequences (Jaccard) from which two sentences are one text. A changed byline, an
added clause or a swapped word stays above it; two writers' sentences about the same thing lie far below."""

_WORDS = re.compile(r"\w+")
_SEQUENCE = 3
_SHORTEST = 6
"""Words a sentence needs: shorter ones are alike by chance ("Shelling hit Pokrovsk.")."""

Sequences = frozenset[str]


class Groups:
    """Numbers in groups, each alone at first.

    Parameters
    ----------
    count
        They are counted from 0.
    """

    def __init__(self, count: int) -> None:
        self._above = list(range(count))

    def first(self, number: int) -> int:
        """Return the lowest number of a number's group."""
        above = self._above
        while above[number] != number:
            above[number] = number = above[above[number]]
        return number

    def join(self, one: int, other: int) -> None:
        """Make one group of two."""
        low, high = sorted((self.first(one), self.first(other)))
        self._above[high] = low


class Twins:
    """Finds the nearly identical sentence that comes first among those that are wanted.

    Of identical sentences each is a twin of the one before and after it, and the first alone one of others that are
    only nearly so.

    Parameters
    ----------
    sentences
        Those that may be twins of each other.
    times
        When each may have been, as anything that can be looked up; none for a sentence that may have been at any time.
    """

    def __init__(self, sentences: Sequence[str], times: Sequence[Iterable[Hashable]]) -> None:
        self._times = [tuple(one) for one in times]
        copies = _copies(sentences)
        self._copies: dict[int, list[int]] = {}
        for before, after in chain.from_iterable(map(pairwise, copies.values())):
            self._copies.setdefault(before, []).append(after)
            self._copies.setdefault(after, []).append(before)
        self._texts = {numbers[0]: text for text, numbers in copies.items()}
        self._prefixes = dict(zip(self._texts, _prefixes(list(copies)), strict=True))
        self._at: dict[tuple[str, Hashable], list[int]] = {}
        all_timed = all(self._times)
        for number, prefix in self._prefixes.items():  # in order: texts are where their first copies are
            own = self._times[number] or (_ANY,)
            for key in product(prefix, own if all_timed else (*own, _EVERY)):
                self._at.setdefault(key, []).append(number)

    def first(self, number: int, wanted: Callable[[int], bool]) -> int | None:
        """Return the lowest number of a twin that is wanted and may have been at the same time, or ``None``."""
        text = self._texts.get(number, frozenset())  # without, only its copies are near
        copies = set(self._copies.get(number, ()))
        seen = number
        for other in heapq.merge(self._near(number), sorted(copies)):
            is_new, seen = other not in (seen, number), other
            if is_new and wanted(other) and (other in copies or jaccard(text, self._texts[other]) >= ALIKE):
                return other
        return None

    def _near(self, number: int) -> Iterator[int]:
        """Yield, in order, those that share a first sequence and a time with the first of its copies."""
        times = (*self._times[number], _ANY) if self._times[number] else (_EVERY,)
        keys = product(self._prefixes.get(number, ()), times)
        return heapq.merge(*(found for key in keys if (found := self._at.get(key))))


_ANY, _EVERY = "at any time", "every one"
"""Keys of the sentences without a time, and of all."""


def join_near_identical(sentences: Sequence[str], groups: Groups) -> None:
    """Put sentences that are one text into one group, and all that are linked by others.

    Parameters
    ----------
    sentences
        Any number.
    groups
        Of their positions; those that are together for other reasons are not compared.
    """
    copies = _copies(sentences)
    for before, after in chain.from_iterable(map(pairwise, copies.values())):
        groups.join(before, after)
    texts = {numbers[0]: text for text, numbers in copies.items()}
    known: dict[str, list[list[int]]] = {}  # sequence → the texts that begin with it, those of a group together
    for (number, text), prefix in zip(texts.items(), _prefixes(list(copies)), strict=True):
        tried: set[int] = set()
        for sequence in prefix:
            own, others = [number], []
            for together in known.get(sequence, ()):
                if groups.first(together[0]) == groups.first(number) or _any_alike(text, together, texts, tried):
                    groups.join(together[0], number)
                    own = _longer_with(own, together)
                else:
                    others.append(together)
            known[sequence] = [*others, own]


def _any_alike(text: Sequences, others: Iterable[int], texts: Mapping[int, Sequences], tried: set[int]) -> bool:
    """Return whether a text is nearly identical with any of others, but for those that were tried."""
    for other in others:
        if other not in tried:
            if jaccard(text, texts[other]) >= ALIKE:
                return True
            tried.add(other)
    return False


def _longer_with(one: list[int], other: list[int]) -> list[int]:
    """Return the longer of two lists, with the members of the shorter behind its own."""
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    longer.extend(shorter)
    return longer


def _copies(sentences: Sequence[str]) -> dict[Sequences, list[int]]:
    """Return the positions of each text that is long enough, as the sequences of its words."""
    copies: dict[Sequences, list[int]] = {}
    for number, sentence in enumerate(sentences):
        words = _WORDS.findall(sentence.casefold())
        if len(words) >= _SHORTEST:
            sequences = frozenset(" ".join(words[n : n + _SEQUENCE]) for n in range(len(words) - _SEQUENCE + 1))
            copies.setdefault(sequences, []).append(number)
    return copies


def _prefixes(texts: Sequence[Sequences]) -> Iterator[list[str]]:
    """Yield for each text its rarest sequences that others have, so many that texts which are alike share one."""
    frequency = Counter(chain.from_iterable(texts))
    for text in texts:
        shared = [one for one in text if frequency[one] > 1]
        most = len(shared) - math.ceil(ALIKE * len(text)) + 1
        yield sorted(shared, key=lambda one: (frequency[one], one))[:most] if most > 0 else []


def jaccard(left: Sequences, right: Sequences) -> float:
    """Return the share of common members among all, 0 to 1; 0 for two empty sets."""
    common = len(left & right)
    return common / (len(left) + len(right) - common) if left or right else 0.0
