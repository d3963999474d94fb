"""Near-identical sentences: the same agency text in several outlets."""

import itertools
import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

ALIKE = 0.5
"""Share of common three-word sequences (Jaccard) from which two sentences are one text. A changed byline, an
added clause or a swapped word stays above it; two writers' sentences about the same thing lie far below."""

_WORDS = re.compile(r"\w+")
_SEQUENCE = 3
_SHORTEST = 6
"""Words a sentence needs: shorter ones are alike by chance ("Shelling hit Pokrovsk.")."""

Sequences = frozenset[str]


def near_identical(sentences: Sequence[str]) -> list[tuple[int, int]]:
    """Find the pairs of sentences that are one text: all of them, and no others.

    Returns
    -------
        Pairs of positions, the lower first, sorted; identical sentences are chained rather than paired with each other
        all. Empty when there are none.
    """
    copies: dict[Sequences, list[int]] = {}
    for number, sentence in enumerate(sentences):
        words = _WORDS.findall(sentence.casefold())
        if len(words) >= _SHORTEST:
            sequences = frozenset(" ".join(words[n : n + _SEQUENCE]) for n in range(len(words) - _SEQUENCE + 1))
            copies.setdefault(sequences, []).append(number)
    pairs = [pair for numbers in copies.values() for pair in itertools.pairwise(numbers)]
    pairs += [(copies[one][0], copies[other][0]) for one, other in _alike(list(copies))]
    return sorted((min(pair), max(pair)) for pair in pairs)


def _alike(texts: Sequence[Sequences]) -> Iterator[tuple[Sequences, Sequences]]:
    """Yield the pairs of different texts whose similarity is `ALIKE` or more.

    Two sets that have so much in common share one of the first members of each, rarest members first: only texts that
    do are compared (prefix filter with the length filter, Xiao et al. 2008, "Efficient similarity joins for near
    duplicate detection"). The cost grows with the number of texts and of what they have in common, not of pairs.
    """
    frequency = Counter(itertools.chain.from_iterable(texts))
    index: dict[str, list[Sequences]] = {}
    for text in sorted(texts, key=len):
        rarest = sorted(text, key=lambda one: (frequency[one], one))
        for other in _sharing(rarest[: len(text) - math.ceil(ALIKE * len(text)) + 1], index, ALIKE * len(text)):
            if jaccard(text, other) >= ALIKE:
                yield other, text
        # What comes later is as long or longer, and must have so many members of a shorter one.
        least = math.ceil(2 * ALIKE / (1 + ALIKE) * len(text) - 1e-9)
        for sequence in rarest[: len(text) - least + 1]:
            index.setdefault(sequence, []).append(text)


def _sharing(prefix: Sequence[str], index: Mapping[str, list[Sequences]], shortest: float) -> set[Sequences]:
    """Return the texts of the index, of at least some length, that share a member of a prefix."""
    found: set[Sequences] = set()
    for sequence in prefix:
        for other in reversed(index.get(sequence, ())):  # the longest come last
            if len(other) < shortest:
                break
            found.add(other)
    return found


def jaccard(left: Sequences, right: Sequences) -> float:
    """Return the share of common members among all, 0 to 1; 0 for two empty sets."""
    common = len(left & right)
    return common / (len(left) + len(right) - common) if left or right else 0.0
