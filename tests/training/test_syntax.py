"""Treebanks as trees that a parser learns from."""

import gzip
import random
from pathlib import Path

import spacy

from geomap.training.syntax import WORDS, batches, read_trees

TREES = """\
# text = Don't shoot, said Ivan's men.
1-2\tDon't\t_\t_\t_\t_\t_\t_\t_\t_
1\tDo\tdo\tAUX\tVB\t_\t3\taux\t_\t_
2\tn't\tnot\tPART\tRB\t_\t3\tadvmod\t_\t_
3\tshoot\tshoot\tVERB\tVB\t_\t5\tccomp\t_\tSpaceAfter=No
4\t,\t,\tPUNCT\t,\t_\t3\tpunct\t_\t_
5\tsaid\tsay\tVERB\tVBD\t_\t0\troot\t_\t_
6-7\tIvan's\t_\t_\t_\t_\t_\t_\t_\t_
6\tIvan\tIvan\tPROPN\tNNP\t_\t8\tnmod:poss\t_\t_
7\t's\t's\tPART\tPOS\t_\t6\tcase\t_\t_
8\tmen\tman\tNOUN\tNNS\t_\t5\tnsubj:outer\t_\tSpaceAfter=No
8.1\tnobody\t_\t_\t_\t_\t_\t_\t_\t_
9\t.\t.\tPUNCT\t.\t_\t5\tpunct\t_\t_

# text = Shots.
1\tShots\tshot\tNOUN\tNNS\t_\t0\troot\t_\tSpaceAfter=No
2\t.\t.\tPUNCT\t.\t_\t1\tpunct\t_\t_"""


def written(folder: Path) -> Path:
    path = folder / "small.conllu.gz"
    path.write_bytes(gzip.compress(TREES.encode()))
    return path


def test_words_spaces_and_relations_are_those_of_the_treebank(tmp_path: Path) -> None:
    first, last = read_trees(written(tmp_path), spacy.blank("en").vocab)
    assert first.text.strip() == "Don't shoot, said Ivan's men."
    assert last.text.strip() == "Shots."
    assert [token.dep_ for token in first] == [
        "aux", "advmod", "ccomp", "punct", "ROOT", "nmod:poss", "case", "nsubj", "punct",
    ]  # fmt: skip
    assert [token.head.text for token in first][:3] == ["shoot", "shoot", "said"]
    assert first[5].tag_ == "NNP"


def test_batches_go_round_for_ever_and_hold_no_more_than_asked(tmp_path: Path) -> None:
    trees = list(read_trees(written(tmp_path), spacy.blank("en").vocab)) * 200
    endless = batches(trees, random.Random(0))
    seen = [next(endless) for _ in range(6)]
    assert all(sum(len(one) for one in batch) <= 1.3 * WORDS for batch in seen)
    assert sum(len(batch) for batch in seen) > len(trees)
