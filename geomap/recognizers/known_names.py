"""The names that the recogniser knows: a table of hashes and kinds, made from a gazetteer file and kept beside it.

The table of ``gazetteer.sqlite`` is ``gazetteer.names.npz``. It bears the checksums of that gazetteer and of the
vocabulary; where they are others it is made again, on first use.
"""

import hashlib
import io
import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from geomap.errors import GazetteerError, OutputError
from geomap.gazetteers.file_layout import KINDS, VARIANTS
from geomap.gazetteers.installed import names_path
from geomap.gazetteers.names import normalize
from geomap.recognizers.pieces import LONGEST_NAME, KnownNames, hash_of_each, load_tokenizer
from geomap.recognizers.word_sets import load_words
from geomap.writing import write_file

RECIPE = "1"
"""Of the tables: another one, and all are made again."""
LATIN = re.compile(r"[\u0000-\u024F\u0300-\u036F\u1E00-\u1EFF\u2010-\u201F\u02B0-\u02FF]+")
BEST_FIRST = (0, 8, 5, 6, 4, 3, 7, 11, 2, 1, 10, 9)
"""Kinds in the order in which they win when a name is several things."""
UNKNOWN_PIECE = 100
CHUNK = 50_000
"""Names that are cut into pieces at a time; of all others a table in the making holds eight bytes each."""

_RANKS = np.argsort(BEST_FIRST).astype(np.uint64)
_RANK_BITS = np.uint64(8)


def known_names(database: Path, vocabulary: Path) -> KnownNames:
    """Return the table of a gazetteer file: the one beside it, or a new one, which is then kept there if it can be.

    Parameters
    ----------
    database
        The gazetteer file.
    vocabulary
        The ``tokenizer.json`` of the models.

    Raises
    ------
    GazetteerError
        The gazetteer is missing or damaged.
    OSError
        The vocabulary cannot be read.
    """
    kept, stamp = names_path(database), _stamp(database, vocabulary)
    names = _kept(kept, stamp)
    if names is None:
        names = make_known_names(database, load_tokenizer(vocabulary))
        with suppress(OutputError):  # in a folder that is somebody else's
            write_file(kept, _content(names, stamp))
    return names


def build_known_names(database: Path, vocabulary: Path) -> Path:
    """Write the table of a gazetteer file beside it, the same bytes from the same gazetteer, and return its path.

    Raises
    ------
    GazetteerError
        The gazetteer is missing or damaged.
    OSError
        The vocabulary cannot be read.
    OutputError
        The table cannot be written.
    """
    names = make_known_names(database, load_tokenizer(vocabulary))
    write_file(names_path(database), _content(names, _stamp(database, vocabulary)))
    return names_path(database)


def make_known_names(database: Path, tokenizer: Any) -> KnownNames:
    """Return the table of a gazetteer file, made anew; the same file gives the same table.

    Parameters
    ----------
    tokenizer
        A `tokenizers.Tokenizer` that neither fills up nor cuts off.
    """
    chunks = [np.zeros(0, np.uint64)]
    named = names_and_kinds(database)
    while chunk := list(islice(named, CHUNK)):
        chunks.append(_ranked_hashes(chunk, tokenizer))
        if sum(map(len, chunks[1:])) > len(chunks[0]):  # twice as many each time, so that all are sorted seldom
            chunks = [_best_of_each(chunks)]
    table = _best_of_each(chunks)
    kinds = np.array(BEST_FIRST, np.uint8)[(table & np.uint64(0xFF)).astype(np.intp)]
    return KnownNames((table >> _RANK_BITS).astype(np.uint32), kinds)


def with_imported(names: KnownNames, imported: Iterable[KnownNames]) -> KnownNames:
    """Return a table with what others know besides; what it knows itself stays of its kind."""
    hashes, kinds = names.hashes, names.kinds
    for other in imported:
        hashes, first = np.unique(np.concatenate([hashes, other.hashes]), return_index=True)
        kinds = np.concatenate([kinds, other.kinds])[first]
    return KnownNames(hashes, kinds)


def names_and_kinds(database: Path) -> Iterator[tuple[str, int]]:
    """Yield the Latin names of a gazetteer file, keys and spellings alike, with their kind.

    A site whose name ends in a noun of facilities is left out: in "the Engels air base" a report means the place, and
    what stands behind it is read by `geomap.recognizers.facilities`.
    """
    nouns = load_words().facilities
    with closing(_opened(database)) as connection:
        rows = connection.execute(
            """SELECT m.key, coalesce(m.name, e.name), m.kind, e.feature_class, e.feature_code, e.population, e.name
            FROM name m JOIN entry e USING (n)"""
        )
        for key, name, name_kind, feature_class, feature_code, population, own in rows:
            if feature_code == "ADM1" and normalize(own).startswith(f"{key} "):
                name_kind = 0  # "Sumy" is as good a name of Sumy Oblast
            if feature_class == "S" and key.rpartition(" ")[2] in nouns:
                continue
            kind = kind_of(feature_class, feature_code, population, name_kind)
            shortest = 2 if name_kind == 2 or kind in (5, 6) else 3 if name_kind == 0 else 4
            spelt = [form for one in (name or key.title()).split(VARIANTS) for form in _spelt(one, name_kind)]
            for form in {one.lower(): one for one in (key, *spelt)}.values():  # the vocabulary knows no capitals
                if len(form) >= shortest and LATIN.fullmatch(form):
                    yield form, kind


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


def _spelt(name: str, name_kind: int) -> Iterator[str]:
    """Yield a name, and an abbreviation with the dots that reports add: "Fla." for "Fla", "U.S." for "US"."""
    yield name
    if name_kind == KINDS.index("abbreviation") and name.isalpha():
        yield f"{'.'.join(name)}." if name.isupper() else f"{name}."


def _ranked_hashes(named: list[tuple[str, int]], tokenizer: Any) -> npt.NDArray[np.uint64]:
    """Return the hash of each name with the rank of its kind in the lowest bits; of too long and odd names none."""
    encodings = tokenizer.encode_batch_fast([name for name, _ in named], add_special_tokens=False)
    pieces = [encoding.ids for encoding in encodings]
    usable = [n for n, ids in enumerate(pieces) if 0 < len(ids) <= LONGEST_NAME and UNKNOWN_PIECE not in ids]
    hashes = hash_of_each([pieces[n] for n in usable])
    kinds = np.array([named[n][1] for n in usable], np.intp)
    return (hashes.astype(np.uint64) << _RANK_BITS) | _RANKS[kinds]


def _best_of_each(chunks: list[npt.NDArray[np.uint64]]) -> npt.NDArray[np.uint64]:
    """Return each hash once, with its best rank, in ascending order."""
    table = np.unique(np.concatenate(chunks))
    first: npt.NDArray[np.intp] = np.unique(table >> _RANK_BITS, return_index=True)[1]
    return table[first]


def _stamp(database: Path, vocabulary: Path) -> str:
    """Return what tells the table of one gazetteer and vocabulary from another."""
    with closing(_opened(database)) as connection:
        try:
            content = connection.execute("SELECT value FROM meta WHERE key = 'sha256'").fetchone()[0]
        except (sqlite3.DatabaseError, TypeError) as error:
            raise GazetteerError(f"{database}: is damaged ({error}); import or build it again") from error
    return f"{RECIPE} {content} {hashlib.sha256(vocabulary.read_bytes()).hexdigest()}"


def _opened(database: Path) -> sqlite3.Connection:
    try:
        return sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    except sqlite3.DatabaseError as error:
        raise GazetteerError(f"{database}: cannot be opened ({error}); import or build it again") from error


def _kept(path: Path, stamp: str) -> KnownNames | None:
    """Return the table of a file, if it has that stamp; ``None`` also where it is missing or damaged."""
    try:
        with path.open("rb") as file, np.load(file) as arrays:
            return KnownNames(arrays["hashes"], arrays["kinds"]) if str(arrays["stamp"]) == stamp else None
    except Exception:  # numpy, zipfile and zlib raise what they like for a file cut off
        return None


def _content(names: KnownNames, stamp: str) -> bytes:
    file = io.BytesIO()
    np.savez_compressed(file, hashes=names.hashes, kinds=names.kinds, stamp=np.array(stamp))
    return file.getvalue()
