"""Near-identical sentences: the same agency text in several outlets."""

import itertools
import re
from collections.abc import Sequence

ALIKE = 0.5
"""Share of common three-word sequences (Jaccard) from which two sentences are one text. A changed byline, an
added clause or a swapped word stays above it; two writers' sentences about the same thing lie far below."""

_BANDS, _ROWS = 32, 2
"""How the 64 hashes of a signature are cut: two texts with a similarity s are looked at with a chance of
1 - (1 - s²)³², above 0.999 at 0.5. Given, because datasketch would work them out anew for every index."""
_PERMUTATIONS = _BANDS * _ROWS
_WORDS = re.compile(r"\w+")
_SEQUENCE = 3
_SHORTEST = 6
"""Words a sentence needs: shorter ones are alike by chance ("Shelling hit Pokrovsk.")."""


def near_identical(sentences: Sequence[str]) -> list[tuple[int, int]]:
    """Find the pairs of sentences that are one text.

    Candidates come from MinHash with locality-sensitive hashing (Broder 1997; datasketch), so that the cost grows with
    the number of sentences and not of pairs; each is then checked exactly.

    Returns
    -------
        Pairs of positions, the lower first, sorted; identical sentences are chained rather than paired with each other
        all. Empty when there are none.
    """
    from datasketch import MinHash, MinHashLSH

    copies: dict[frozenset[str], list[int]] = {}
    for number, sentence in enumerate(sentences):
        words = _WORDS.findall(sentence.casefold())
        if len(words) >= _SHORTEST:
            sequences = frozenset(" ".join(words[n : n + _SEQUENCE]) for n in range(len(words) - _SEQUENCE + 1))
            copies.setdefault(sequences, []).append(number)
    pairs = [pair for numbers in copies.values() for pair in itertools.pairwise(numbers)]
    index = MinHashLSH(num_perm=_PERMUTATIONS, params=(_BANDS, _ROWS))
    texts = list(copies)
    for number, sequences in enumerate(texts):
        signature = MinHash(num_perm=_PERMUTATIONS, seed=1)
        signature.update_batch([one.encode() for one in sorted(sequences)])
        for other in sorted(index.query(signature)):
            if jaccard(sequences, texts[other]) >= ALIKE:
                pairs.append((copies[texts[other]][0], copies[sequences][0]))
        index.insert(number, signature)
    return sorted((min(pair), max(pair)) for pair in pairs)


def jaccard(left: frozenset[str], right: frozenset[str]) -> float:
    """Return the share of common members among all, 0 to 1; 0 for two empty sets."""
    return len(left & right) / len(left | right) if left or right else 0.0
