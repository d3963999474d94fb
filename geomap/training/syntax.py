"""Train the tagger and parser of sentences: ``python -m geomap.training.syntax CORPORA OUT``.

Reads ``ud/ewt-train.conllu.gz`` and ``ud/gum-train.conllu.gz`` and writes ``syntax.bin``: the best state by the dev
parts of both. Needs no more than the program itself; half an hour on one core.
"""

import argparse
import gzip
import json
import logging
import random
import time
from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from spacy.training.batchers import minibatch_by_words
from spacy.util import get_lang_class
from spacy.vocab import Vocab
from thinc.api import Adam, fix_random_seed

log = logging.getLogger(__name__)

_LISTENER = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96, "upstream": "*"}
_ENCODER = {
    "@architectures": "spacy.HashEmbedCNN.v2", "width": 96, "depth": 4, "embed_size": 3000, "window_size": 1,
    "maxout_pieces": 3, "subword_features": True, "pretrained_vectors": None,
}  # fmt: skip
_PARSER = {
    "@architectures": "spacy.TransitionBasedParser.v2", "tok2vec": _LISTENER, "state_type": "parser",
    "extra_state_tokens": False, "hidden_width": 64, "maxout_pieces": 2, "use_upper": False, "nO": None,
}  # fmt: skip
CONFIG = {
    "nlp": {"lang": "en", "pipeline": ["tok2vec", "tagger", "parser"], "batch_size": 256},
    "components": {
        "tok2vec": {"factory": "tok2vec", "model": _ENCODER},
        "tagger": {
            "factory": "tagger",
            "model": {"@architectures": "spacy.Tagger.v2", "tok2vec": _LISTENER, "nO": None, "normalize": False},
        },
        "parser": {"factory": "parser", "model": _PARSER, "min_action_freq": 30},
    },
}
"""The pipeline: a tagger and a parser over one small encoder, 5 MB, which a report can wait for."""

KEPT = frozenset({"nsubj:pass", "aux:pass", "nmod:poss", "obl:agent", "acl:relcl", "compound:prt"})
"""Relations whose subtype `geomap.events` reads; the others are cut to their type."""

STEPS, BETWEEN = 5_400, 200
"""Batches that are learnt from, and those between two looks at the dev parts."""
WORDS, DROPOUT, LOWER = 1_000, 0.1, 0.05
"""Words of a batch, dropout, and the share of sentences that are read in lower case, as headlines and posts may be."""


def read_trees(path: Path, vocab: Vocab) -> Iterator[Doc]:
    """Yield the sentences of a gzipped CoNLL-U file as trees, in order."""
    rows: list[list[str]] = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in (*lines, ""):
            if line.strip() and not line.startswith("#"):
                rows.append(line.rstrip("\n").split("\t"))
            elif not line.strip() and rows:
                yield _tree(rows, vocab)
                rows = []


def _tree(rows: Sequence[Sequence[str]], vocab: Vocab) -> Doc:
    words = [row for row in rows if row[0].isdigit()]
    glued = {row[0] for row in words if "SpaceAfter=No" in row[9]}
    for row in rows:  # "don't" is one row for its spaces and two for its words
        first, dash, last = row[0].partition("-")
        if dash:
            glued |= {str(number) for number in range(int(first), int(last) + ("SpaceAfter=No" in row[9]))}
    heads = [int(row[6]) - 1 if row[6] != "0" else index for index, row in enumerate(words)]
    return Doc(
        vocab,
        words=[row[1] for row in words],
        spaces=[row[0] not in glued for row in words],
        tags=[row[4] for row in words],
        heads=heads,
        deps=["ROOT" if row[7] == "root" else _relation(row[7]) for row in words],
    )


def _relation(name: str) -> str:
    return name if name in KEPT else name.partition(":")[0]


def _example(tree: Doc, *, lower: bool) -> Example:
    words = [token.lower_ if lower else token.text for token in tree]
    spaces = [bool(token.whitespace_) for token in tree]
    told = Doc(
        tree.vocab,
        words=words,
        spaces=spaces,
        tags=[token.tag_ for token in tree],
        heads=[token.head.i for token in tree],
        deps=[token.dep_ for token in tree],
    )
    return Example(Doc(tree.vocab, words=words, spaces=spaces), told)


def batches(trees: Sequence[Doc], chance: random.Random) -> Iterator[list[Example]]:
    """Yield batches of about `WORDS` words for ever, each round over all trees in another order."""
    while True:
        order = chance.sample(range(len(trees)), len(trees))
        examples = (_example(trees[index], lower=chance.random() < LOWER) for index in order)
        yield from minibatch_by_words(examples, size=WORDS, discard_oversize=False)


def train(nlp: Language, trees: Sequence[Doc], dev: Sequence[Doc], *, seed: int) -> tuple[dict[str, float], bytes]:
    """Train a pipeline in place.

    Parameters
    ----------
    nlp
        The pipeline, not yet initialised.
    trees, dev
        What is learnt from, and what decides which state is kept: the one with the most words rightly tagged and hung.
    seed
        Of the weights and of the order of sentences.

    Returns
    -------
        The scores of the best state, and its weights as spaCy writes them.
    """
    fix_random_seed(seed)
    optimizer = nlp.initialize(
        lambda: [_example(tree, lower=False) for tree in trees], sgd=Adam(0.001, use_averages=True)
    )
    best: tuple[dict[str, float], bytes] = ({}, b"")
    began = time.time()
    for step, batch in enumerate(batches(trees, random.Random(seed)), start=1):  # noqa: S311
        nlp.update(batch, sgd=optimizer, drop=DROPOUT)
        if step % BETWEEN == 0 or step == STEPS:
            with nlp.use_params(optimizer.averages):
                scores = score(nlp, dev)
                if sum(scores.values()) > sum(best[0].values()):
                    best = scores, nlp.to_bytes(exclude=["tokenizer", "vocab"])
            log.info("step %d/%d %s %.0f s", step, STEPS, scores, time.time() - began)
        if step == STEPS:
            break
    return best


def score(nlp: Language, trees: Iterable[Doc]) -> dict[str, float]:
    """Return the shares of words with the right tag, head, and head and relation (marks and gold tokens as given)."""
    found = nlp.evaluate([_example(tree, lower=False) for tree in trees], batch_size=256)
    return {name: round(float(found[key]), 4) for name, key in _SCORES.items()}


_SCORES = {"tags": "tag_acc", "unlabelled": "dep_uas", "labelled": "dep_las"}


def main() -> int:
    """Train and write the parser."""
    parser = argparse.ArgumentParser(prog="python -m geomap.training.syntax", description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("out", type=Path, help="a folder")
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    nlp: Language = get_lang_class("en").from_config(deepcopy(CONFIG))
    trees, dev = ([tree for name in ("ewt", "gum") for tree in read_trees(_part(args.corpora, name, part), nlp.vocab)]
                  for part in ("train", "dev"))  # fmt: skip
    scores, weights = train(nlp, trees, dev, seed=args.seed)
    log.info("best: %s", scores)
    args.out.mkdir(parents=True, exist_ok=True)
    config: dict[str, Any] = {name: nlp.config[name] for name in ("nlp", "components")}
    (args.out / "syntax.bin").write_bytes(json.dumps(config).encode() + b"\n" + weights)
    return 0


def _part(corpora: Path, treebank: str, part: str) -> Path:
    return corpora / "ud" / f"{treebank}-{part}.conllu.gz"


if __name__ == "__main__":
    raise SystemExit(main())
