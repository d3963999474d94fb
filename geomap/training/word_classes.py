"""Make the table of word classes: ``python -m geomap.training.word_classes CORPORA WORDNET OUT``.

WORDNET is a folder with WordNet 3.0's ``data.noun``, ``index.noun``, ``noun.exc`` and the same of verbs, as Debian's
package ``wordnet-base`` has them in ``/usr/share/wordnet``; OUT a folder for ``word_classes.json``. A class is a sense
named after its first word, such as ``weapon.1``. A lemma has the classes of its first `SENSES` senses and of all that
are above these, as far as enough words of the news have them.
"""

import argparse
import json
import random
import sys
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from spacy.tokens import Doc, Token

from geomap.bundle import MODELS
from geomap.errors import ConfigError
from geomap.evaluation.rows import rows_of
from geomap.events.triggers.lexicon import Reading, read_sentence
from geomap.language.syntax import VERBS, parse_sentences, subject_of
from geomap.language.word_classes import lemma_among
from geomap.recognizers.sentences import sentence_spans

TABLE = "word_classes.json"

FILES = {"n": "noun", "v": "verb"}
"""The kinds of words, and what WordNet's files call them."""

SENSES = 3
"""Senses of a lemma that are looked at; WordNet has the most frequent first."""

LEAST = {"n": 60, "v": 20}
"""Words of the news that have a class, below which it isn't kept."""

TOO_GENERAL = frozenset({
    "abstraction.6", "artifact.1", "attribute.2", "causal_agent.1", "cognition.1", "communication.2", "content.5",
    "entity.1", "event.1", "living_thing.1", "matter.3", "measure.2", "object.1", "organism.1", "physical_entity.1",
    "psychological_feature.1", "relation.1", "state.2", "thing.12", "whole.2",
})  # fmt: skip
"""Classes at the top of the nouns, which tell nothing apart; these and `ARMED` are read off the bundled table."""

ARMED = ("weapon.1", "criminal.1", "soldier.1", "military_unit.1", "killer.1")
"""Nouns of these classes are kept, however rare; of others such as are in the texts whose senses WordNet counts."""

NEWS = {"event_location_train": 7_000, "ner_worldwide": 200, "trnews": 200, "lgl": 200}
"""Corpora whose words are counted, and the most texts of each; the first is of conflict and read whole. Of 0 to 500 of
the others, 200 to 300 came nearest to the bundled table, whose own sample is not recorded."""

LONGEST_TEXT, LONGEST_SENTENCE = 4_000, 600
"""Characters of a text that are read, and of a sentence, as `geomap.training.event_cues` reads the news."""

# Which words may tell of a happening, as `geomap.events.triggers.cues` had it without the encoder, whose models are
# learnt with this table.
_HELPERS = frozenset({"aux", "aux:pass", "cop", "case", "mark", "amod"})
_EMPTY = frozenset({"be", "have", "do", "say", "tell"})
_BESIDE = frozenset({"obj", "iobj", "obl", "obl:agent", "nmod"})
_RELEASE = "WordNet 3.0 Copyright"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What WordNet has of verbs or nouns written in letters alone."""

    kind: str
    classes: Mapping[str, frozenset[str]]
    """The classes of each lemma."""
    irregular: Mapping[str, str]
    """Irregular forms, and the lemma of each."""
    counted: frozenset[str]
    """Lemmas of which WordNet has counted some sense in its texts."""

    def classes_of(self, word: str) -> frozenset[str]:
        """Return the classes of a word in any form of it, in lower case; none of an unknown word."""
        lemma = lemma_among(self.classes, word, kind=self.kind, irregular=self.irregular)
        return self.classes.get(lemma, frozenset())


def read_wordnet(folder: Path) -> dict[str, Words]:
    """Return WordNet's nouns, ``n``, and verbs, ``v``.

    Raises
    ------
    ConfigError
        If a file is missing or isn't of WordNet 3.0.
    """
    return {kind: _words(folder, kind) for kind in FILES}


def _words(folder: Path, kind: str) -> Words:
    index: dict[str, list[str]] = {}
    counted: set[str] = set()
    for line in _lines(folder / f"index.{FILES[kind]}"):
        fields = line.split()  # lemma, kind, n senses, n pointers, the pointers, n senses, n counted, n offsets
        index[fields[0]] = fields[-int(fields[2]) :]
        if int(fields[-int(fields[2]) - 1]):
            counted.add(fields[0])
    names, above = _senses(folder, kind, index)
    plain = {lemma: offsets[:SENSES] for lemma, offsets in index.items() if lemma.isalpha()}
    forms = (line.split()[:2] for line in _text(folder / f"{FILES[kind]}.exc").splitlines())
    return Words(
        kind=kind,
        classes={lemma: frozenset(names[one] for one in _all_above(own, above)) for lemma, own in plain.items()},
        irregular={form: lemma for form, lemma in forms if "-" not in form and lemma in plain},
        counted=frozenset(counted),
    )


def _senses(
    folder: Path, kind: str, index: Mapping[str, list[str]]
) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    """Return the name of each sense, and those right above it: what it is a kind of, or an instance of."""
    names: dict[str, str] = {}
    above: dict[str, tuple[str, ...]] = {}
    for line in _lines(folder / f"data.{FILES[kind]}"):
        fields = line.partition("|")[0].split()  # offset, file, kind, n words, each with a number, n pointers of four
        offset, first = fields[0], fields[4].lower()
        names[offset] = f"{first}.{index[first].index(offset) + 1}"
        pointers = fields[5 + 2 * int(fields[3], 16) :]
        above[offset] = tuple(
            target for sign, target in zip(pointers[::4], pointers[1::4], strict=False) if sign in ("@", "@i")
        )
    return names, above


def _all_above(own: Iterable[str], above: Mapping[str, tuple[str, ...]]) -> set[str]:
    found: set[str] = set()
    waiting = list(own)
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += above[one]
    return found


def _lines(path: Path) -> list[str]:
    """Return the lines of a file behind its licence, whose lines begin with a space."""
    lines = _text(path).splitlines()
    if not any(_RELEASE in line for line in lines if line.startswith(" ")):
        raise ConfigError(f"{path}: isn't of WordNet 3.0; give the folder of Debian's package wordnet-base")
    return [line for line in lines if not line.startswith(" ")]


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except OSError as error:
        raise ConfigError(
            f"{path}: cannot be read ({error.strerror}); give the folder with WordNet 3.0's files"
        ) from error


def count_classes(corpora: Path, words: Mapping[str, Words]) -> dict[str, Counter[str]]:
    """Return how many nouns and verbs of the news have each class.

    Counted are words that may tell of a happening, in sentences with a phrase of the lexicon, and those beside them:
    who acts or is acted upon, and what each hangs on. A word beside two such words counts twice.
    """
    found: dict[str, Counter[str]] = {kind: Counter() for kind in words}
    classes_of = cache(lambda kind, word: words[kind].classes_of(word))
    told = [(one, reading) for one in _sentences(corpora) if (reading := read_sentence(one)) is not None]
    for (_, reading), tree in zip(told, parse_sentences([text for text, _ in told]), strict=True):
        for head in _heads(tree, reading, words["v"]):
            for token in (head, *_beside(head)):
                kind = "v" if token.tag_ in VERBS else "n" if token.tag_ in ("NN", "NNS") else None
                if kind:
                    found[kind].update(classes_of(kind, token.lower_))
    return found


def _sentences(corpora: Path) -> list[str]:
    draw = random.Random(0)  # noqa: S311 (a sample, no secret)
    texts: list[str] = []
    for name, most in NEWS.items():
        rows = [row["text"][:LONGEST_TEXT] for row in rows_of(corpora / f"{name}.jsonl", ("train", None))]
        texts += draw.sample(rows, min(len(rows), most))
    return [text[start:end] for text in texts for start, end in sentence_spans(text) if end - start < LONGEST_SENTENCE]


def _heads(tree: Doc, reading: Reading, verbs: Words) -> list[Token]:
    """Return the words that may tell of a happening: full verbs, and what phrases of the lexicon hang on."""
    found = {
        token.i
        for token in tree
        if token.tag_ in VERBS
        and token.dep_ not in _HELPERS
        and lemma_among(verbs.classes, token.lower_, kind="v", irregular=verbs.irregular) not in _EMPTY
    }
    for piece, (start, end) in reading.phrases():
        span = tree.char_span(start, end, alignment_mode="expand") if piece.kinds else None
        if span:
            found.add(span.root.i)
    return [tree[index] for index in sorted(found)]


def _beside(head: Token) -> Iterator[Token]:
    subject = subject_of(head)
    if subject is not None and subject.i != head.i:
        yield subject
    yield from (child for child in head.children if child.dep_ in _BESIDE)
    if head.head.i != head.i:
        yield head.head


def choose_classes(counts: Mapping[str, Counter[str]]) -> dict[str, set[str]]:
    """Return the classes of each kind that enough words have, without those that are too general."""
    return {
        kind: {name for name, n in found.items() if n >= LEAST[kind]} - TOO_GENERAL for kind, found in counts.items()
    }


def make_table(words: Mapping[str, Words], kept: Mapping[str, Collection[str]]) -> dict[str, dict[str, str]]:
    """Return the table that `geomap.language.word_classes` reads.

    Parameters
    ----------
    words
        WordNet's.
    kept
        The classes of each kind.

    Returns
    -------
        Lemma → its kept classes, sorted and parted by a space: all verbs, and the nouns that have some and are of
        WordNet's counted texts or `ARMED`; and the irregular forms of both.
    """
    table: dict[str, dict[str, str]] = {}
    for kind, of in words.items():
        found = {lemma: " ".join(sorted(own.intersection(kept[kind]))) for lemma, own in of.classes.items()}
        if kind == "n":
            known = {lemma for lemma, own in of.classes.items() if lemma in of.counted or not own.isdisjoint(ARMED)}
            found = {lemma: names for lemma, names in found.items() if names and lemma in known}
        table[kind] = found
        table[f"{kind} irregular"] = {form: lemma for form, lemma in of.irregular.items() if lemma in found}
    return table


def classes_in(table: Mapping[str, Mapping[str, str]]) -> dict[str, set[str]]:
    """Return the classes of each kind that a table holds."""
    return {kind: {name for names in table[kind].values() for name in names.split()} for kind in FILES}


def difference(table: Mapping[str, Mapping[str, str]], other: Mapping[str, Mapping[str, str]]) -> str:
    """Return in words how many lemmas, and how many classes, one table has more, less and otherwise than another."""
    told = []
    for kind, name in FILES.items():
        mine, its = classes_in(table)[kind], classes_in(other)[kind]
        both = table[kind].keys() & other[kind].keys()
        told.append(
            f"{name}s: {len(table[kind]) - len(both):,} lemmas more, {len(other[kind]) - len(both):,} less, "
            f"{sum(table[kind][one] != other[kind][one] for one in both):,} of other classes; "
            f"{len(mine - its):,} classes more, {len(its - mine):,} less, {len(mine & its):,} in both"
        )
    return "\n".join(told)


def main() -> int:
    """Make the table and say how it differs from the bundled one."""
    parser = argparse.ArgumentParser(prog="python -m geomap.training.word_classes", description=__doc__)
    parser.add_argument("corpora", type=Path, help="folder with the news, JSON lines")
    parser.add_argument("wordnet", type=Path, help="folder with WordNet 3.0's files")
    parser.add_argument("out", type=Path, help="a folder")
    parser.add_argument("--keep", type=Path, help="keep the classes that this table has, and count none")
    arguments = parser.parse_args()
    words = read_wordnet(arguments.wordnet)
    if arguments.keep:
        kept = classes_in(json.loads(arguments.keep.read_text("utf-8")))
    else:
        kept = choose_classes(count_classes(arguments.corpora, words))
    table = make_table(words, kept)
    arguments.out.mkdir(parents=True, exist_ok=True)
    text = json.dumps(table, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    (arguments.out / TABLE).write_text(text, "utf-8")
    bundled = (MODELS / TABLE).read_text("utf-8")
    same = "the same as the bundled table" if text == bundled else difference(table, json.loads(bundled))
    sys.stderr.write(f"wrote {arguments.out / TABLE}: {same}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
