"""Which of the places named an event happened at."""

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from geomap.errors import ModelNotFoundError
from geomap.events.places.anaphora import REACH
from geomap.events.places.choosing import event_place
from geomap.events.places.lists import is_inside, level_of
from geomap.events.places.mention_features import MOST_MENTIONS, features_of, nearest_mentions
from geomap.events.weights import load_model
from geomap.language.displacement import relation_at
from geomap.language.lines import dateline_end
from geomap.recognizers.sentences import sentence_spans
from geomap.types import Document, GazetteerEntry, Mention, ParsedDocument, Resolution, Role, Sentence
from tests.by_hand import entry

RUSSIA = entry("Russia", feature_class="A", feature_code="PCLI", country_code="RU")
UKRAINE = entry("Ukraine", feature_class="A", feature_code="PCLI")
KURSK_REGION = entry("Kursk Oblast", feature_class="A", feature_code="ADM1", country_code="RU", admin1="41")
SUDZHA = entry("Sudzha", country_code="RU", admin1="41")
KHARKIV_REGION = entry("Kharkiv Oblast", feature_class="A", feature_code="ADM1", admin1="07")
PLACES: Mapping[str, GazetteerEntry] = {
    "Russia": RUSSIA,
    "Ukraine": UKRAINE,
    "Kursk": KURSK_REGION,
    "Sudzha": SUDZHA,
    "Kharkiv": entry("Kharkiv", admin1="07", population=1_400_000),
    "Vovchansk": entry("Vovchansk", admin1="07"),
    "Kyiv": entry("Kyiv", feature_code="PPLC", admin1="12"),
    "Belgorod": entry("Belgorod", country_code="RU", admin1="09"),
}


def read(marked: str, roles: Mapping[str, Role] | None = None) -> tuple[str, list[Sentence], list[Resolution]]:
    """Return a text without its brackets, its sentences, and a resolution for each place in brackets."""
    text = marked.replace("[", "").replace("]", "")
    sentences = [Sentence(index=i, start=start, end=end) for i, (start, end) in enumerate(sentence_spans(text))]
    found = []
    for count, match in enumerate(re.finditer(r"\[(.+?)\]", marked)):
        start = match.start() - 2 * count
        end = start + len(match.group(1))
        around = max((one for one in sentences if one.start <= start), key=lambda one: one.start)
        mention = Mention(
            document_id="d",
            sentence=around.index,
            start=start,
            end=end,
            toponym=match.group(1),
            role=(roles or {}).get(match.group(1), "literal"),
            relation=relation_at(text, (start, end), (around.start, around.end)),
        )
        place = PLACES.get(match.group(1))
        found.append(Resolution(mention=mention, entry=place, confidence=0.9 if place else 0.0))
    return text, sentences, found


def parsed(text: str, sentences: Sequence[Sentence], resolutions: Sequence[Resolution]) -> ParsedDocument:
    mentions = tuple(one.mention for one in resolutions)
    document = Document(id="d", text=text)
    return ParsedDocument(
        document=document, sentences=tuple(sentences), mentions=mentions, resolutions=tuple(resolutions)
    )


def place_of(marked: str, trigger: str, roles: Mapping[str, Role] | None = None) -> str | None:
    told = parsed(*read(marked, roles))
    start = told.document.text.index(trigger)
    sentence = max(one.index for one in told.sentences if one.start <= start)
    chosen = event_place(told, sentence, (start, start + len(trigger)))
    return chosen.mention.toponym if chosen else None


@pytest.mark.parametrize(
    ("marked", "trigger", "place"),
    [
        ("Missiles fired from [Belgorod] hit a market in [Kharkiv] on Friday.", "hit", "Kharkiv"),
        ("Two people were killed in [Vovchansk], officials in [Kharkiv] said.", "killed", "Vovchansk"),
        ("Officials in [Kyiv] said two people were killed in [Vovchansk].", "killed", "Vovchansk"),
        ("Fighting went on in [Sudzha] in [Kursk] region.", "Fighting", "Sudzha"),
        ("A drone struck a bus in [Sudzha], [Kursk] region, [Russia].", "struck", "Sudzha"),
        ("Troops captured [Vovchansk] after a week of fighting.", "captured", "Vovchansk"),
        ("The shelling of [Kharkiv] killed three people.", "shelling", "Kharkiv"),
        ("[Vovchansk] was shelled again on Sunday.", "shelled", "Vovchansk"),
        ("In [Kharkiv], a missile destroyed a warehouse.", "destroyed", "Kharkiv"),
        ("Shells fell near [Vovchansk] overnight, wounding a man.", "fell", "Vovchansk"),
        ("An attack on [Kharkiv] from the [Belgorod] region wounded six.", "attack", "Kharkiv"),
        ("Protesters marched through [Kyiv] against the shelling of [Kharkiv].", "marched", "Kyiv"),
        ("Guards shot a man in the village of [Novaya], in the [Kursk] region.", "shot", "Novaya"),
    ],
)
def test_the_wording_tells_where_it_happened(marked: str, trigger: str, place: str) -> None:
    assert place_of(marked, trigger) == place


def test_each_event_of_a_sentence_has_its_own_place() -> None:
    marked = "Three people were killed in [Kharkiv], while in [Sudzha] a depot was destroyed."
    assert place_of(marked, "killed") == "Kharkiv"
    assert place_of(marked, "destroyed") == "Sudzha"


def test_a_government_is_not_where_it_happened() -> None:
    roles: dict[str, Role] = {"Russia": "metonymic", "Ukraine": "modifier"}
    assert place_of("[Russia] shelled [Ukraine] troops in [Vovchansk].", "shelled", roles) == "Vovchansk"
    assert place_of("[Russia] launched an attack overnight.", "attack", roles) is None
    blamed = "The dam was blown up; [Russia] denied it."
    assert place_of(blamed, "blown up", roles) is None
    assert place_of(f"Rain fell on the dam at [Kharkiv]. {blamed}", "blown up", roles) == "Kharkiv"
    assert place_of(f"Rain fell on [Kharkiv]. {blamed}", "blown up", roles) is None


@pytest.mark.parametrize(
    ("marked", "trigger", "place"),
    [
        ("Envoys met in [Kharkiv]. Shells later hit the town.", "hit", "Kharkiv"),
        ("Snow fell in [Sudzha], south of [Kursk]. The camp was shelled.", "shelled", "Sudzha"),
        ("They live in [Sudzha], in [Kursk] region. Two were killed in the region.", "killed", "Kursk"),
        ("He spoke of [Kursk]. The offensive there had failed.", "offensive", "Kursk"),
        ('"It is hard in [Kursk]," he told reporters in [Kharkiv]. The fighting there went on.', "fighting", "Kursk"),
        ("Families left [Sudzha]. The attack killed two.", "attack", "Sudzha"),
        ("He was found in [Kharkiv]. A man was arrested at the scene.", "arrested", "Kharkiv"),
        ("A tank crossed the bridge in [Sudzha]. Later the bridge was bombed.", "bombed", "Sudzha"),
    ],
)
def test_words_point_back_to_a_place(marked: str, trigger: str, place: str) -> None:
    assert place_of(marked, trigger) == place


@pytest.mark.parametrize(
    ("marked", "trigger"),
    [
        ("He spoke in [Kharkiv]. Both sides freed prisoners.", "freed"),
        ("Ships crossed [Sudzha]. Fighting went on elsewhere.", "Fighting"),
        ("He spoke of [Russia]. The town was shelled.", "shelled"),
        ("Rain fell in [Kharkiv]. There had been fighting.", "fighting"),
        ("Ships passed [Kharkiv]. Bombs fell on the island.", "fell"),
        ("Rain fell in [Kharkiv]. The town of Izium was shelled.", "shelled"),
        ("Rain fell in [Kharkiv]." + " Nobody slept." * REACH + " The town was shelled.", "shelled"),
    ],
)
def test_no_place_is_better_than_one_that_nothing_points_to(marked: str, trigger: str) -> None:
    assert place_of(marked, trigger) is None


def test_a_sentence_goes_on_about_the_event_before_unless_another_place_was_named_since() -> None:
    for between, place in (
        ("", "Kharkiv"),
        (" Rain fell in the streets of [Sudzha] all day, and it was very cold.", None),
    ):
        text, sentences, resolutions = read(f"Missiles hit [Kharkiv].{between} Seven people were killed.", {})
        trigger = (text.index("killed"), text.index("killed") + 6)
        earlier = [(0, resolutions[0])]
        chosen = event_place(parsed(text, sentences, resolutions), len(sentences) - 1, trigger, earlier=earlier)
        assert (chosen.mention.toponym if chosen else None) == place


def test_a_place_named_later_is_not_looked_for() -> None:
    assert place_of("Seven people were killed. The mayor of [Kharkiv] mourned.", "killed") is None


def test_a_dateline_is_the_place_only_when_there_is_no_other() -> None:
    assert place_of("[Kyiv], Aug 6 (Reuters) — A missile hit a school in [Kharkiv].", "hit") == "Kharkiv"
    assert place_of("[Kyiv] (Reuters) — A missile hit a school.", "hit") == "Kyiv"
    assert place_of("[Kyiv] (Reuters) — A missile hit an eastern city.", "hit") is None
    story = "[Kyiv] — Missiles were launched at dawn. Four people were killed."
    assert place_of(story, "killed") is None


@pytest.mark.parametrize(
    ("text", "dateline"),
    [
        ("KYIV (Reuters) - Drones hit", "KYIV (Reuters) - "),
        ("KYIV, Ukraine (AP) — Drones hit", "KYIV, Ukraine (AP) — "),
        ("Kyiv, Aug. 6 — Drones hit", "Kyiv, Aug. 6 — "),
        ("DEIR AL-BALAH, Gaza Strip — Troops", "DEIR AL-BALAH, Gaza Strip — "),
        ("KYIV/MOSCOW — Hours after", "KYIV/MOSCOW — "),
        ("KYIV (Reuters) Drones hit", "KYIV (Reuters) "),
        ("Kyiv was hit (again) — by drones", ""),
        ("In Kyiv — of all places — drones", ""),
        ("Kyiv — of all places — saw drones", ""),
        ("Russia–Ukraine talks", ""),
        ("", ""),
    ],
)
def test_a_dateline_is_what_a_sentence_opens_with_before_a_dash(text: str, dateline: str) -> None:
    assert text[: dateline_end(text, (0, len(text)))] == dateline


def test_boilerplate_counts_only_where_there_is_nothing_else() -> None:
    text, sentences, resolutions = read("Bombs fell in [Kharkiv] and in [Sudzha].")
    trigger = (text.index("fell"), text.index("fell") + 4)

    def boilerplate(names: Sequence[str]) -> list[Resolution]:
        return [
            Resolution(
                mention=Mention(
                    document_id="d",
                    sentence=0,
                    start=one.mention.start,
                    end=one.mention.end,
                    toponym=one.mention.toponym,
                    boilerplate=one.mention.toponym in names,
                ),
                entry=one.entry,
                confidence=0.9,
            )
            for one in resolutions
        ]

    first = event_place(parsed(text, sentences, boilerplate(["Kharkiv"])), 0, trigger)
    only = event_place(parsed(text, sentences, boilerplate(["Kharkiv", "Sudzha"])), 0, trigger)
    assert first is not None
    assert first.mention.toponym == "Sudzha"
    assert only is not None


def test_a_place_that_the_gazetteer_does_not_know_can_be_it() -> None:
    text, sentences, resolutions = read("Two farmers were killed in [Zzyzx-upon-Nowhere].")
    start = text.index("killed")
    chosen = event_place(parsed(text, sentences, resolutions), 0, (start, start + 6))
    assert chosen is resolutions[0]
    assert chosen.entry is None


def test_nothing_to_choose_from_is_no_place() -> None:
    told = parsed(*read("Two farmers were killed."))
    assert event_place(told, 0, (17, 23)) is None
    assert event_place(parsed("", [], []), 0, (0, 0)) is None
    assert event_place(told, 7, (17, 23)) is None
    assert event_place(told, -1, (17, 23)) is None


@pytest.mark.parametrize("trigger", [(0, 0), (0, 5), (5, 5), (9_000, 9_001)])
def test_a_trigger_anywhere_gets_an_answer(trigger: tuple[int, int]) -> None:
    text, sentences, resolutions = read("[Kyiv] 🏳️\u2028saw shelling in [Kharkiv].")
    assert event_place(parsed(text, sentences, resolutions), 0, trigger) in [None, *resolutions]


def test_sentences_of_any_length_are_read_around_the_trigger() -> None:
    far = " ".join(["word"] * 200)
    assert place_of(f"In [Kharkiv] {far} people were killed in [Sudzha] {far}.", "killed") == "Sudzha"
    many = ", ".join(f"[Place{number}]" for number in range(2_000))
    assert place_of(f"Shells hit {many}.", "hit") == "Place0"
    hostile = "the city of " * 3_000
    assert place_of(f"Shells hit {hostile}[Sudzha] {hostile}.", "hit") in ("Sudzha", None)


def test_only_the_nearest_mentions_are_weighed_and_they_keep_their_order() -> None:
    text, _, resolutions = read("Shells hit " + ", ".join(f"[P{number}]" for number in range(300)) + ".")
    near = nearest_mentions(resolutions, (7, 10))
    assert near == resolutions[:MOST_MENTIONS]
    assert len(features_of(text, (0, len(text)), (7, 10), near)) == MOST_MENTIONS
    assert features_of(text, (0, len(text)), (7, 10), []) == []


def test_a_finer_place_is_inside_a_coarser_one_of_the_same_division() -> None:
    assert is_inside(SUDZHA, KURSK_REGION)
    assert is_inside(SUDZHA, RUSSIA)
    assert is_inside(KURSK_REGION, RUSSIA)
    assert not is_inside(KURSK_REGION, SUDZHA)
    assert not is_inside(SUDZHA, KHARKIV_REGION)
    assert not is_inside(SUDZHA, UKRAINE)
    assert not is_inside(SUDZHA, SUDZHA)
    assert not is_inside(None, RUSSIA)
    assert not is_inside(SUDZHA, None)
    assert not is_inside(entry("Sea", feature_class="H", feature_code="SEA", country_code=""), RUSSIA)


@pytest.mark.parametrize(
    ("feature_class", "feature_code", "level"),
    [
        ("A", "PCLI", "country"),
        ("A", "ADM1", "region"),
        ("A", "ADM3", "district"),
        ("P", "PPLX", "quarter"),
        ("P", "PPLA", "town"),
        ("S", "AIRB", "spot"),
        ("T", "MT", "area"),
        ("L", "CONT", "country"),
        ("H", "SEA", "country"),
    ],
)
def test_every_kind_of_place_has_a_level(feature_class: str, feature_code: str, level: str) -> None:
    assert level_of(entry("X", feature_class=feature_class, feature_code=feature_code)) == level


def test_a_model_that_is_missing_or_broken_says_what_to_do(tmp_path: Path) -> None:
    for number, text in enumerate(("", "[]", '{"place": 3}', json.dumps({"place": {"weights": {"a": "b"}}}))):
        broken = tmp_path / f"{number}.json"
        broken.write_text(text, encoding="utf-8")
        with pytest.raises(ModelNotFoundError, match=r"training\.event_models"):
            load_model("place", broken)
    with pytest.raises(ModelNotFoundError, match="reinstall geomap"):
        load_model("place", tmp_path / "missing.json")


def test_what_is_excepted_or_part_of_another_name_is_no_place_of_an_event() -> None:
    assert place_of("Fighting went on everywhere except for [Rafah].", "Fighting") is None
    assert place_of("Fighting went on in [Gaza City], but not in [Rafah] and [Khan Younis].", "Fighting") == "Gaza City"
    assert place_of("Police fought the [Jalisco] cartel.", "fought", {"Jalisco": "embedded"}) is None
