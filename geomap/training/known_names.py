"""Makes the recogniser's table of known names from the gazetteer database: a hash and a kind for each name.

Training makes it too; to make it again from a newer gazetteer, for models that are not trained again::

    python -m geomap.training.known_names gazetteer/gazetteer.sqlite geomap/models
"""

import argparse
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Tokenizer

from geomap.gazetteers.layout import KINDS, VARIANTS
from geomap.gazetteers.names import normalize
from geomap.recognizers.pieces import LONGEST_NAME, KnownNames, hash_names
from geomap.recognizers.words import load_words

LATIN = re.compile(r"^[\u0000-\u024F\u0300-\u036F\u1E00-\u1EFF\u2010-\u201F\u02B0-\u02FF]+$")
BEST_FIRST = (0, 8, 5, 6, 4, 3, 7, 11, 2, 1, 10, 9)
"""Kinds in the order in which they win when a name is several things."""
UNKNOWN_PIECE = 100


def kind_of(feature_class: str, feature_code: str, population: int, name_kind: int) -> int:
    """Return the kind, see `KnownNames.kinds`, of one name of one entry."""
    if name_kind == 3:
        return 8
    if feature_code.startswith("PCL") or feature_code == "CONT":
        return 5
    if feature_code == "ADM1":
        return 6 if name_kind in (0, 2) else 11
    if feature_class == "A":
        return 7 if name_kind == 0 else 9
    if feature_class != "P":
        return 11
    if name_kind in (1, 4):
        return 10 if population >= 50_000 else 9
    return 1 + sum(population >= limit for limit in (5_000, 50_000, 500_000))


def names_and_kinds(database: Path) -> Iterator[tuple[str, int]]:
    """Yield the Latin names of a gazetteer database, keys and spellings alike, with their kind.

    A site whose name ends in a noun of facilities is left out: in "the Engels air base" a report means the place, and
    what stands behind it is read by `geomap.recognizers.facilities`.
    """
    nouns = load_words().facilities
    connection = sqlite3.connect(f"file:{database}?mode=ro&immutable=1", uri=True)
    rows = connection.execute(
        """SELECT m.key, coalesce(m.name, e.name), m.kind, e.feature_class, e.feature_code, e.population, e.name
        FROM name m JOIN entry e USING (n)"""
    )
    for key, name, name_kind, feature_class, feature_code, population, own in rows:
        if normalize(own).startswith(f"{key} ") and feature_code == "ADM1":
            name_kind = 0  # "Sumy" is as good a name of Sumy Oblast
        if feature_class == "S" and key.rpartition(" ")[2] in nouns:
            continue
        kind = kind_of(feature_class, feature_code, population, name_kind)
        shortest = 2 if name_kind == 2 or kind in (5, 6) else 3 if name_kind == 0 else 4
        spelt = [form for one in (name or key.title()).split(VARIANTS) for form in _spelt(one, name_kind)]
        for form in {key, *spelt}:
            if len(form) >= shortest and LATIN.match(form):
                yield form, kind
    connection.close()


def _spelt(name: str, name_kind: int) -> Iterator[str]:
    """Yield a name, and an abbreviation with the dots that reports add: "Fla." for "Fla", "U.S." for "US"."""
    yield name
    if name_kind == KINDS.index("abbreviation") and name.isalpha():
        yield f"{'.'.join(name)}." if name.isupper() else f"{name}."


def build_known_names(database: Path, tokenizer: Any) -> KnownNames:
    """Return the table of a gazetteer database; the same database gives the same table."""
    best: dict[str, int] = {}
    rank = {kind: place for place, kind in enumerate(BEST_FIRST)}
    for name, kind in names_and_kinds(database):
        if name not in best or rank[kind] < rank[best[name]]:
            best[name] = kind
    names = sorted(best)
    kinds: dict[int, int] = {}
    for at in range(0, len(names), 50_000):
        chunk = names[at : at + 50_000]
        for name, encoding in zip(chunk, tokenizer.encode_batch(chunk, add_special_tokens=False), strict=True):
            ids = encoding.ids
            if not 0 < len(ids) <= LONGEST_NAME or UNKNOWN_PIECE in ids:
                continue
            key = int(list(hash_names(np.array(ids, np.int64)))[len(ids) - 1][0])
            if key not in kinds or rank[best[name]] < rank[kinds[key]]:
                kinds[key] = best[name]
    hashes = np.array(sorted(kinds), np.uint32)
    return KnownNames(hashes, np.array([kinds[int(h)] for h in hashes], np.uint8))


def write_known_names(names: KnownNames, folder: Path) -> None:
    """Write the table beside the models of a folder."""
    np.savez_compressed(folder / "known_names.npz", hashes=names.hashes, kinds=names.kinds)


def main() -> None:
    """Make the table of a gazetteer for the models of a folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gazetteer", type=Path, help="gazetteer.sqlite")
    parser.add_argument("models", type=Path, help="folder with tokenizer.json, where known_names.npz is written")
    options = parser.parse_args()
    tokenizer = Tokenizer.from_file(str(options.models / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    write_known_names(build_known_names(options.gazetteer, tokenizer), options.models)


if __name__ == "__main__":
    main()
