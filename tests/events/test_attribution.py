import json
from pathlib import Path

import pytest

from geomap.events.attribution import attribution, speaker_before
from geomap.language.syntax import parse_sentences

GOLD = Path(__file__).with_name("attribution.jsonl")
BLIND = Path(__file__).with_name("attribution_blind.jsonl")


def said_by(sentence: str, trigger: str) -> str:
    start = sentence.index(trigger)
    return attribution(parse_sentences([sentence])[0], (start, start + len(trigger)))


def share_right(path: Path) -> float:
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    trees = parse_sentences([row["sentence"] for row in rows])
    hits = [
        attribution(tree, tuple(row["trigger"])) == row["attribution"] for tree, row in zip(trees, rows, strict=True)
    ]
    return hits.count(True) / len(rows)


def test_the_speakers_of_the_hand_made_sentences_are_found() -> None:
    assert share_right(GOLD) >= 0.98


def test_the_speakers_of_sentences_written_after_tuning_are_found() -> None:
    assert share_right(BLIND) >= 0.96


def test_the_nearest_of_two_speakers_is_taken() -> None:
    sentence = "The army said it shelled a depot, but residents said a school was hit."
    assert said_by(sentence, "shelled") == "The army"
    assert said_by(sentence, "hit") == "residents"


@pytest.mark.parametrize(
    "sentence",
    [
        "", " ", "\u0000", "said", ", said", "he said " * 3000, ", he said" * 3000, '"' * 900, "said" + " " * 9000,
        "according to " * 3000, "In Kyiv " * 3000 + "said", "told a a a a " * 2000, "(" * 900, "was said " * 2000,
    ],
)  # fmt: skip
def test_empty_and_hostile_sentences_are_read(sentence: str) -> None:
    assert attribution(parse_sentences([sentence])[0], (0, min(3, len(sentence)))) in sentence


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
    assert said_by(sentence, trigger) == speaker


@pytest.mark.parametrize(
    ("sentence", "trigger", "speaker"),
    [
        ("Shelling killed two people, police and medics said on Thursday.", "killed", "police and medics"),
        ("A mine killed two, a village elder and a U.N. source said.", "killed", "a village elder and a U.N. source"),
        ("Police officer Ana Diaz (left), who saw it, said the depot was looted.", "looted", "Police officer Ana Diaz"),
        ("A raid confirmed by the army left two dead.", "raid", "the army"),
        ("The police reported results: on Friday they seized 14 rifles.", "seized", "The police"),
        ("The mayor told reporters that gunmen stormed the school.", "stormed", "The mayor"),
        ("The minister issued a denial, saying the raid killed fighters.", "killed", "The minister"),
        ("The mayor, a former general, said the town was shelled.", "shelled", "The mayor"),
        ("Israel captured 175 men, officials confirmed Monday, saying they were armed.", "captured", "officials"),
        ('AP reported "Police fired on a rally, wounding a dozen others.', "wounding", "AP"),
        ("A bomb went off near Hilla, police said. \n", "went off", "police"),
        ("A raid killed two, units of the Popular Front (PF) said.", "killed", "units of the Popular Front (PF)"),
    ],
)
def test_the_whole_of_who_speaks_is_given_and_no_more(sentence: str, trigger: str, speaker: str) -> None:
    assert said_by(sentence, trigger) == speaker


@pytest.mark.parametrize(
    ("sentence", "trigger"),
    [
        ("After the premier announced his resignation, crowds rallied in the capital.", "rallied"),
        ("Georgian officials denied reports that rebels had shelled the town.", "shelled"),
        ("Carrying signs that said “No more war”, residents marched through Kassel.", "marched"),
        ("The commander was arrested in the village, it goes without saying.", "arrested"),
        ('"We fled," said Mr Mukoko, who broke a leg.', "broke"),
        ("They captured Barghouti, the leader of a group that has claimed responsibility for attacks.", "captured"),
        ("Kweon came under fire after he said he had hired a friend.", "came under fire"),
    ],
)
def test_nobody_says_what_stands_outside_what_is_said(sentence: str, trigger: str) -> None:
    assert said_by(sentence, trigger) == ""


def test_he_is_the_last_who_said_something_in_the_sentences_before() -> None:
    before = parse_sentences(["He added nothing.", "Governor Ana Diaz said on Friday that the road was open."])
    assert speaker_before(before, "She") == "Governor Ana Diaz"
    assert speaker_before(before, "the army") == "the army"
    assert speaker_before([], "he") == "he"


def test_one_does_not_stand_for_many() -> None:
    before = parse_sentences(["Residents said the road was open.", "The mayor said it was closed."])
    assert speaker_before(before, "he") == "The mayor"
    assert speaker_before(before, "they") == "Residents"
