import json
from pathlib import Path

import pytest

from geomap.events.attribution import attribution

GOLD = Path(__file__).with_name("attribution.jsonl")
BLIND = Path(__file__).with_name("attribution_blind.jsonl")


def share_right(path: Path) -> float:
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    hits = [attribution(row["sentence"], tuple(row["trigger"])) == row["attribution"] for row in rows]
    return hits.count(True) / len(rows)


def test_the_speakers_of_the_hand_made_sentences_are_found() -> None:
    assert share_right(GOLD) >= 0.98


def test_the_speakers_of_sentences_written_after_tuning_are_found() -> None:
    assert share_right(BLIND) >= 0.96


def test_the_nearest_of_two_speakers_is_taken() -> None:
    sentence = "The army said it shelled a depot, but residents said a school was hit."
    assert attribution(sentence, (sentence.index("shelled"), sentence.index("shelled") + 7)) == "The army"
    assert attribution(sentence, (sentence.index("hit"), sentence.index("hit") + 3)) == "residents"


@pytest.mark.parametrize(
    "sentence",
    [
        "", " ", "\u0000", "said", ", said", "he said " * 3000, ", he said" * 3000, '"' * 9000, "said" + " " * 9000,
        "according to " * 3000, "In Kyiv " * 3000 + "said", "told a a a a " * 2000, "(" * 9000, "was said " * 2000,
    ],
)  # fmt: skip
def test_empty_and_hostile_sentences_are_read(sentence: str) -> None:
    assert attribution(sentence, (0, min(3, len(sentence)))) in sentence
