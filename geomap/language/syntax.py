"""The syntax of sentences: parts of speech and dependencies, by a small bundled spaCy tagger and parser.

Parts of speech are those of the Penn Treebank, dependencies those of Universal Dependencies, as the English treebanks
use them that the parser was trained on (see ``models/CARD-syntax.md``).
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Token
from spacy.util import get_lang_class

from geomap.bundle import check_model
from geomap.errors import ModelNotFoundError

MODEL_PATH = Path(__file__).resolve().parents[1] / "models" / "syntax.bin"
"""Where the trained parser is: a line of JSON, its spaCy configuration, and its weights as spaCy writes them."""

LONGEST = 20_000
"""Characters of a sentence that are parsed, fifty times the longest of most reports; the rest belongs to no tree."""

_FORMS_KEPT = 100_000
"""Forms of words, some 50 MB, after which the parser is loaded anew: spaCy keeps each that it has seen."""

_HALF_PAIR = re.compile(r"[\ud800-\udfff]")

VERBS = frozenset({"VB", "VBD", "VBG", "VBN", "VBP", "VBZ"})
"""The tags of verbs."""

_SHARES_SUBJECT = frozenset({"conj", "xcomp", "advcl"})
_DEEPEST = 4


@cache
def load_parser(path: Path = MODEL_PATH) -> Language:
    """Return the parser, read on the first call.

    Raises
    ------
    ModelNotFoundError
        If the file is missing or is no parser.
    """
    check_model(path)
    try:
        head, _, body = path.read_bytes().partition(b"\n")
        nlp = get_lang_class("en").from_config(json.loads(head))
        nlp.from_bytes(body, exclude=["tokenizer", "vocab"])
        for name in ("tagger", "parser"):
            for label in nlp.get_pipe(name).labels:  # type: ignore[attr-defined]
                nlp.vocab.strings.add(label)
    except (OSError, ValueError, KeyError) as error:
        raise ModelNotFoundError(f"{path}: cannot be read as a parser ({error}); reinstall geomap") from error
    return nlp


def parse_sentences(sentences: Iterable[str], starts: Iterable[int] = ()) -> list[Doc]:
    """Return the parsed sentences, one tree each, in the same order; a text without a word gives an empty `Doc`.

    With ``starts`` each is parsed from an offset on. The words before it, such as a dateline, are there and hang on
    nothing: parsers take them for the subject of what follows.
    """
    nlp = load_parser()
    if len(nlp.vocab.strings) > _FORMS_KEPT:
        load_parser.cache_clear()
        nlp = load_parser()
    texts = [_HALF_PAIR.sub("?", sentence[:LONGEST]) for sentence in sentences]
    cuts = list(starts) or [0] * len(texts)
    docs = [_one_tree(nlp.make_doc(text[cut:])) for text, cut in zip(texts, cuts, strict=True)]
    for _, component in nlp.pipeline:
        docs = list(component.pipe(docs, batch_size=64))  # type: ignore[attr-defined]
    return [
        _behind(nlp.make_doc(text[:cut]), doc) if cut else doc for text, cut, doc in zip(texts, cuts, docs, strict=True)
    ]


def _behind(opening: Doc, tree: Doc) -> Doc:
    """Return a tree with words before it that hang on nothing."""
    for token in opening:
        token.tag_, token.dep_ = "NNP" if token.is_alpha else "SYM", "ROOT"
    if not len(tree):
        return opening
    return Doc.from_docs([opening, tree], ensure_whitespace=False, exclude=("tensor",))  # type: ignore[call-arg]


def no_tree() -> Doc:
    """Return an empty tree, for a sentence that is not parsed."""
    return Doc(load_parser().vocab)


def _one_tree(doc: Doc) -> Doc:
    starts = np.full((len(doc), 1), -1, dtype=np.int32).view(np.uint32).astype(np.uint64)
    starts[:1] = 1
    return doc.from_array(["SENT_START"], starts)  # type: ignore[arg-type]  # numpy's own type is what it takes


def top_of(doc: Doc, indexes: Sequence[int]) -> int | None:
    """Return which of some tokens the others hang on, the last of several; ``None`` of none."""
    inside = set(indexes)
    tops = [index for index in indexes if doc[index].head.i not in inside or doc[index].head.i == index]
    return tops[-1] if tops else None


def is_passive(token: Token) -> bool:
    """Whether a verb says what is done to its subject, or to the noun that it is a participle of."""
    if token.tag_ == "VBN" and token.dep_ == "acl":
        return True
    return any(child.dep_ in ("aux:pass", "nsubj:pass", "obl:agent") for child in token.children)


def subject_of(token: Token) -> Token | None:
    """Return the subject of a verb: its own, or that of the verb it is joined to, or the noun that it describes."""
    for _ in range(_DEEPEST):
        for child in token.children:
            if child.dep_ in ("nsubj", "nsubj:pass"):
                return child
        if token.dep_ in ("acl", "acl:relcl"):
            return token.head
        if token.dep_ not in _SHARES_SUBJECT:
            return None
        token = token.head
    return None


def case_of(token: Token) -> str:
    """Return the preposition that leads to a noun, or to the list that it is an item of, in lower case; or "-"."""
    for _ in range(_DEEPEST):
        for child in token.children:
            if child.dep_ == "case":
                return str(child.lower_)
        if token.dep_ not in ("conj", "appos", "flat", "compound", "nmod", "nmod:poss"):
            break
        token = token.head
    return "-"


def path_between(first: Token, second: Token) -> tuple[list[str], list[str]] | None:
    """Return the dependencies that lead up from one token, and down to another; ``None`` where no tree joins them."""
    chain = [first, *first.ancestors]
    places = {token.i: step for step, token in enumerate(chain)}
    down: list[str] = []
    for token in (second, *second.ancestors):
        if token.i in places:
            return [one.dep_ for one in chain[: places[token.i]]], down[::-1]
        down.append(token.dep_)
    return None


def clause_of(token: Token) -> Iterator[Token]:
    """Yield the tokens under one, without those of other clauses and list items; nearer ones first."""
    waiting = [token]
    while waiting:
        here = waiting.pop(0)
        for child in here.children:
            if child.dep_ not in ("ccomp", "advcl", "conj", "acl:relcl", "parataxis", "appos"):
                yield child
                waiting.append(child)
