"""Protocol 1, by hand."""

from typing import Any

import pytest

from geomap.evaluation.hits import trimmed
from geomap.evaluation.recognition import score_recognition
from tests.evaluation.gold_by_hand import gold, parsed

DEMONYM = {"demonym": True, "kind": "demonym"}


def figures(*pairs: Any) -> dict[str, Any]:
    return score_recognition(pairs)["figures"]  # type: ignore[return-value]


def test_precision_recall_and_f1_count_exact_spans_only() -> None:
    pair = gold("[Kyiv], [Deir ez-Zor], [Goma]"), parsed("[Kyiv], Deir [ez-Zor], Goma")
    assert figures(pair) == {
        "precision": {"value": 0.5, "n": 2},
        "recall": {"value": 0.3333, "n": 3},
        "f1": {"value": 0.4, "n": 3},
        "recall_by_overlap": {"value": 0.6667, "n": 3},
    }


def test_documents_are_summed_not_averaged() -> None:
    good, bad = (gold("[Kyiv]"), parsed("[Kyiv]")), (gold("[A], [B], [C]"), parsed("A, B, C"))
    assert figures(good, bad)["recall"] == {"value": 0.25, "n": 4}


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("the Donbas", "Donbas"),
        ("The Hague", "Hague"),
        ("Kyiv's", "Kyiv"),
        ("the Sahel’s", "Sahel"),
        ("Theodosia", "Theodosia"),
        ("KYIV'S", "KYIV"),
        ("the", "the"),
        ("'s", "'s"),
        ("Cox's Bazar", "Cox's Bazar"),
    ],
)
def test_article_and_possessive_are_trimmed_and_nothing_else(text: str, left: str) -> None:
    start, end = trimmed(f"x {text} y", (2, 2 + len(text)))
    assert f"x {text} y"[start:end] == left


def test_both_sides_are_trimmed_before_they_are_compared() -> None:
    assert figures((gold("[the Donbas] and [Mali]'s"), parsed("the [Donbas] and [Mali's]")))["f1"]["value"] == 1.0


def test_a_demonym_is_neither_required_nor_punished() -> None:
    marked = gold("[Russian] troops left [Kherson]", DEMONYM)
    for answer in ("Russian troops left [Kherson]", "[Russian] troops left [Kherson]"):
        result = figures((marked, parsed(answer)))
        assert (result["precision"], result["recall"]) == ({"value": 1.0, "n": 1}, {"value": 1.0, "n": 1})


def test_an_unmarked_demonym_is_not_punished_when_the_recogniser_says_what_it_is() -> None:
    text = gold("Russian troops left [Kherson]")
    told = parsed("[Russian] troops left [Kherson]", {"demonym": True, "role": "modifier"})
    assert figures((text, told))["precision"] == {"value": 1.0, "n": 1}
    assert figures((text, parsed("[Russian] troops left [Kherson]")))["precision"] == {"value": 0.5, "n": 2}


def test_nothing_to_find_gives_no_value_and_says_n_0() -> None:
    assert figures((gold("Nothing."), parsed("Nothing.")))["f1"] == {"value": None, "n": 0}
    assert figures((gold("Nothing."), parsed("[Nothing].")))["precision"] == {"value": 0.0, "n": 1}
    assert figures() == figures((gold(""), parsed("")))


def test_classes_and_kinds_are_scored_apart() -> None:
    result: Any = score_recognition(
        [
            (gold("[Kyiv] [Azov]", {"kind": "city"}, {"kind": "sea"}, group="easy"), parsed("[Kyiv] Azov")),
            (gold("[Goma]", group="hard"), parsed("Goma")),
        ]
    )
    assert result["classes"]["easy"]["recall"] == {"value": 0.5, "n": 2}
    assert result["classes"]["hard"]["recall"] == {"value": 0.0, "n": 1}
    assert result["kinds"] == {
        "city": {"recall": {"value": 1.0, "n": 1}, "recall_by_overlap": {"value": 1.0, "n": 1}},
        "sea": {"recall": {"value": 0.0, "n": 1}, "recall_by_overlap": {"value": 0.0, "n": 1}},
    }


def test_every_error_is_listed_with_its_kind() -> None:
    result: Any = score_recognition(
        [(gold("Most of [Goma] and [Deir ez-Zor]"), parsed("[Most] of Goma and [Deir] ez-Zor"))]
    )
    assert [(error["toponym"], error["kind"]) for error in result["errors"]] == [
        ("Most", "needless"),
        ("Goma", "missed"),
        ("Deir ez-Zor", "other bounds"),
    ]
    assert result["error_kinds"] == {"missed": 1, "needless": 1, "other bounds": 1}


def test_roles_are_scored_literal_against_not_over_what_was_found() -> None:
    roles = [{"role": role} for role in ("literal", "literal", "metonymic", "metonymic", "metonymic", "mix")]
    marked = gold("[A1] [B1] [C1] [D1] [E1] [F1]", *roles)
    told = [{"role": role} for role in ("literal", "modifier", "modifier", "metonymic", "literal")]
    answer = parsed("[A1] [B1] [C1] [D1] E1 [F1]", *told)
    whole: Any = score_recognition([(marked, answer)])
    result = whole["roles"]
    assert whole["kinds"]["metonymic"]["recall"] == {"value": 0.6667, "n": 3}
    assert result["literal_f1"] == {"value": 0.6667, "n": 2}
    assert result["not_literal_f1"] == {"value": 0.8, "n": 2}
    assert result["macro_f1"] == {"value": 0.7333, "n": 4}
    assert result["accuracy"] == {"value": 0.75, "n": 4}
    assert result["same_role"] == {"value": 0.5, "n": 4}
    assert result["found"] == {"value": 0.8, "n": 5}
    assert result["confusion"]["metonymic"] == {"literal": 0, "metonymic": 1, "modifier": 1, "embedded": 0}


def test_relations_are_compared_in_words() -> None:
    marked = gold("Near [Goma], [Sake]", {"relation": "Near"}, {"relation": ""})
    result: Any = score_recognition([(marked, parsed("Near [Goma], [Sake]", {"relation": "near"}, {"relation": "of"}))])
    assert result["relations"] == {
        "same": {"value": 0.5, "n": 2},
        "with_relation": {"value": 1.0, "n": 1},
        "without_relation": {"value": 0.0, "n": 1},
    }


def test_a_corpus_without_roles_gets_no_figures_for_them() -> None:
    result = score_recognition([(gold("[Goma]"), parsed("[Goma]"))])
    assert (result["roles"], result["relations"], result["classes"], result["kinds"]) == ({}, {}, {}, {})
