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


@pytest.mark.parametrize(
    ("sentence", "trigger", "speaker"),
    [
        ("On Wednesday the army spokesman said the camp was shelled.", "shelled", "the army spokesman"),
        ("The road is open, and on Aug. 20 Moscow said it had seized Izium.", "seized", "Moscow"),
        ("U.N. officials said the fighting went on.", "fighting", "U.N. officials"),
        ("The U.N. agency for refugees, UNRWA, says the camp was shelled.", "shelled", "The U.N. agency for refugees"),
        ("The camp was shelled, the U.S. envoy said.", "shelled", "the U.S. envoy"),
        ("In Goma on Friday doctors said the shelling killed two.", "shelling", "doctors"),
        ("A day later Rwanda said rebels had captured Goma.", "captured", "Rwanda"),
        ("In May residents said the town was shelled.", "shelled", "residents"),
        ("Marines said the town was shelled.", "shelled", "Marines"),
        ("Mayors said the towns were shelled.", "shelled", "Mayors"),
        ("Gen. Saleh said the town was shelled.", "shelled", "Gen. Saleh"),
    ],
)
def test_a_time_before_the_speaker_is_left_out_and_an_abbreviation_is_whole(
    sentence: str, trigger: str, speaker: str
) -> None:
    start = sentence.index(trigger)
    assert attribution(sentence, (start, start + len(trigger))) == speaker
