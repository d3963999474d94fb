from pathlib import Path

import pytest

from geomap.errors import ModelNotFoundError
from geomap.language.syntax import (
    LONGEST,
    case_of,
    is_passive,
    load_parser,
    parse_sentences,
    path_between,
    subject_of,
    top_of,
)


def test_a_sentence_is_one_tree_with_its_verb_on_top() -> None:
    (tree,) = parse_sentences(["Rebels captured the town on Friday."])
    assert [token.text for token in tree if token.head.i == token.i] == ["captured"]
    subject = subject_of(tree[1])
    assert subject is not None
    assert subject.text == "Rebels"


def test_the_passive_and_what_joins_two_words_are_told() -> None:
    (tree,) = parse_sentences(["Two men were killed in Goma."])
    killed = next(token for token in tree if token.text == "killed")
    goma = next(token for token in tree if token.text == "Goma")
    assert is_passive(killed)
    assert case_of(goma) == "in"
    assert path_between(killed, goma) == ([], ["obl"])


@pytest.mark.parametrize(
    "text", ["", " ", "\n", "…", "\u200f\u202e", "👩‍👩‍👧", "a" * 10_000, "and " * 5_000, "(" * 3_000]
)
def test_odd_text_is_parsed(text: str) -> None:
    (tree,) = parse_sentences([text])
    assert len(tree.text) <= LONGEST
    assert top_of(tree, []) is None


def test_a_parser_that_is_missing_or_broken_says_what_to_do(tmp_path: Path) -> None:
    broken = tmp_path / "broken.bin"
    broken.write_bytes(b"no parser")
    for path in (broken, tmp_path / "missing.bin"):
        with pytest.raises(ModelNotFoundError, match="reinstall geomap"):
            load_parser(path)


def test_the_words_of_a_dateline_hang_on_nothing_and_leave_the_subject_to_what_follows() -> None:
    text = "Moscow, Russia - Vladimir Putin called on the troops to surrender."
    (tree,) = parse_sentences([text], [17])
    assert tree.text == text
    called = next(token for token in tree if token.text == "called")
    assert [token.text for token in called.children if token.dep_ == "nsubj"] == ["Vladimir"]
    assert all(token.head.i == token.i for token in tree[:4])
    assert [len(one) for one in parse_sentences(["KYIV (AP) - ", ""], [12, 0])] == [5, 0]


def test_the_words_that_a_parser_has_seen_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    before = parse_sentences(["Shelling hit Xyzzyville."])[0]
    monkeypatch.setattr("geomap.language.syntax._FORMS_KEPT", 0)
    after = parse_sentences(["Shelling hit Plughville."])[0]
    assert [token.dep_ for token in before] == [token.dep_ for token in after]
    assert "Xyzzyville" not in load_parser().vocab.strings
