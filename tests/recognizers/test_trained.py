"""Which names the trained recognisers find, which they leave alone, and how they fail."""

import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest
import spacy

from geomap.errors import ConfigError, ModelNotFoundError
from geomap.gazetteers import load_gazetteer
from geomap.pipeline import Geoparser
from geomap.recognizers.encoder import FoundPlace
from geomap.recognizers.evidence import defined_initials
from geomap.recognizers.trained import load_encoder, within_sentences
from geomap.types import Document, Mention

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def parser() -> Geoparser:
    return Geoparser()


def mentions(parser: Geoparser, text: str, **document: object) -> tuple[Mention, ...]:
    (parsed,) = parser.parse([Document(id="d", text=text, **document)])  # type: ignore[arg-type]
    return parsed.mentions


def found(parser: Geoparser, text: str) -> list[str]:
    return [mention.toponym for mention in mentions(parser, text)]


@pytest.mark.parametrize(
    ("text", "toponyms"),
    [
        ("Fighting in Kursk and Pokrovsk, said Kyiv and Moscow.", ["Kursk", "Pokrovsk", "Kyiv", "Moscow"]),
        ("POKROVSK, Ukraine (AP) — Trains left.", ["POKROVSK", "Ukraine"]),
        ("KYIV/MOSCOW — Talks failed.", ["KYIV", "MOSCOW"]),
        ("Troops left Deir al-Balah and Khan Younis.", ["Deir al-Balah", "Khan Younis"]),
        ("Shells fell on al-Bab.", ["al-Bab"]),
        ("Ukraine’s troops are in Russia’s Kursk region.", ["Ukraine", "Russia", "Kursk"]),
        ("A U.S.-brokered truce; the US agreed, he told us.", ["U.S.", "US"]),
        ("He lives in Long Beach, Calif., not in Ky.", ["Long Beach", "Calif.", "Ky."]),
        ("The Kremlin and The Hague disagree.", ["Kremlin", "The Hague"]),
        ("The border of Bosnia and Herzegovina is open.", ["Bosnia and Herzegovina"]),
        ("He came to Reading, England, from Nice, France.", ["Reading", "England", "Nice", "France"]),
        ("RUSSIAN STRIKES HIT KHARKIV AS TALKS IN GENEVA STALL", ["KHARKIV", "GENEVA"]),
        ("Fighters 🎖 left Sudzha; Korenevo was quiet.", ["Sudzha", "Korenevo"]),
    ],
)
def test_places_are_found(parser: Geoparser, text: str, toponyms: list[str]) -> None:
    assert found(parser, text) == toponyms


@pytest.mark.parametrize(
    "text",
    [
        "Reading the report, he said most of it was of no use.",
        "In March and May, on Friday, Of course.",
        "Mobile phones rang. Police came. Union leaders left.",
        "Donald Trump and Vladimir Putin spoke. Trump said so. Putin agreed.",
        "President Lincoln spoke. Lincoln said little.",
        "Gen. Jackson and Mr. Houston said no.",
        "Jordan Smith, Paris Hilton and Israel Katz left.",
        "Hamas, NATO and the SDF said no.",
        "he told us to go, and all of us went.",
        "Here is the news.",
        "",
    ],
)
def test_persons_and_everyday_words_are_left_alone(parser: Geoparser, text: str) -> None:
    assert found(parser, text) == []


def test_demonyms_are_found_only_when_asked_for(parser: Geoparser) -> None:
    text = "Ukrainian troops left Sudzha."
    assert found(parser, text) == ["Sudzha"]
    with_demonyms = mentions(Geoparser(demonyms=True), text)
    assert [(m.toponym, m.role, m.demonym) for m in with_demonyms] == [
        ("Ukrainian", "modifier", True),
        ("Sudzha", "literal", False),
    ]


def test_mentions_carry_offsets_sentence_relation_and_boilerplate(parser: Geoparser) -> None:
    text = "🎖 It rained. The shells fell 20 km south of Pokrovsk.\nMore from Riga"
    pokrovsk, riga = mentions(parser, text, boilerplate=((text.index("More"), len(text)),))
    assert text[pokrovsk.start : pokrovsk.end] == "Pokrovsk"
    assert (pokrovsk.sentence, pokrovsk.relation, pokrovsk.boilerplate) == (1, "20 km south of", False)
    assert (riga.sentence, riga.boilerplate) == (2, True)


def test_given_mentions_are_taken_as_they_are() -> None:
    text = "We met at the Old Mill near Kyiv."
    parser = Geoparser(recognizer="given")
    (mill,) = mentions(parser, text, given_mentions=((14, 22),))
    assert mill.toponym == "Old Mill"
    assert mentions(parser, text) == ()


def test_a_mention_says_how_sure_it_is_that_it_names_a_place(parser: Geoparser) -> None:
    sure, unsure = mentions(parser, "Shots were fired in Kharkiv and at Tango.")
    assert sure.certainty > unsure.certainty
    (given,) = mentions(Geoparser(recognizer="given"), "We met at Old Mill.", given_mentions=((10, 18),))
    assert given.certainty == 1.0


def test_any_spacy_pipeline_can_recognise(tmp_path: object) -> None:
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "GPE", "pattern": "the Kursk's"}, {"label": "PERSON", "pattern": "Lincoln"}])  # type: ignore[attr-defined]
    nlp.to_disk(f"{tmp_path}/pipeline")
    parser = Geoparser(recognizer=f"spacy:{tmp_path}/pipeline")
    assert "geomap_entities" in parser.nlp.pipe_names


def test_a_missing_spacy_pipeline_names_the_command_that_installs_it() -> None:
    with pytest.raises(ModelNotFoundError, match="python -m spacy download en_core_web_trf"):
        Geoparser(recognizer="spacy:en_core_web_trf")


@pytest.mark.parametrize("recognizer", ["encodr", "spacy:", "given:x", ""])
def test_an_unknown_recogniser_is_an_error(recognizer: str) -> None:
    with pytest.raises(ConfigError):
        Geoparser(recognizer=recognizer)


def test_spacy_finds_the_components_without_an_import_of_geomap() -> None:
    program = (
        "import spacy; nlp = spacy.blank('en'); [nlp.add_pipe(n) for n in ('geomap_sentences', 'geomap_given')];"
        "print(len(nlp('One. Two.')._.geomap_mentions))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "0"


def test_the_components_work_in_anyones_pipeline() -> None:
    nlp = spacy.blank("en")
    for name in ("geomap_sentences", "geomap_recognizer", "geomap_resolver"):
        nlp.add_pipe(name)
    doc = nlp("Shelling hit Pokrovsk. Kyiv rejected the claim.")
    assert [(span.text, span.label_) for span in doc.spans["geomap"]] == [
        ("Pokrovsk", "literal"),
        ("Kyiv", "metonymic"),
    ]
    assert [resolution.entry.country_code for resolution in doc._.geomap_resolutions] == ["UA", "UA"]


@pytest.mark.parametrize(
    ("text", "toponym", "role"),
    [
        ("Fighting went on in the Kursk region.", "Kursk", "literal"),
        ("The army said it had captured Lashio.", "Lashio", "literal"),
        ("Kyiv rejected the claim.", "Kyiv", "metonymic"),
        ("Kursk authorities opened shelters.", "Kursk", "modifier"),
        ("The Moscow Times reported it.", "Moscow", "embedded"),
        ("Shots were heard in Kigali.", "Kigali", "literal"),
    ],
)
def test_every_mention_has_a_role(parser: Geoparser, text: str, toponym: str, role: str) -> None:
    assert [(m.toponym, m.role) for m in mentions(parser, text)] == [(toponym, role)]


def test_a_name_is_taken_whole_where_the_gazetteer_knows_it(parser: Geoparser) -> None:
    text = "They fled El Fasher, also written Al-Fashir, and the Kursk Nuclear Power Plant. In The Hague, judges met."
    assert {"Al-Fashir", "Kursk Nuclear Power Plant", "The Hague"} <= set(found(parser, text))


@pytest.mark.parametrize(
    ("text", "toponyms"),
    [
        (
            "Units attacked near Orikhovo-Vasylivka, Boriivska Andriivka and Novyi Mir, close to Kupiansk.",
            ["Orikhovo-Vasylivka", "Boriivska Andriivka", "Novyi Mir", "Kupiansk"],
        ),
        ("They shelled Oleksandro-Shultyne and Novo-Mykhailivka.", ["Oleksandro-Shultyne", "Novo-Mykhailivka"]),
        ("Residents of Hammam al-Alil fled.", ["Hammam al-Alil"]),
        ("The U.S said so, and the U.K agreed.", ["U.S", "U.K"]),
        ("A suspect was held in Austin TX on Friday.", ["Austin", "TX"]),
        ("Austin TX, Dallas, TX and Houston TX were quiet.", ["Austin", "TX", "Dallas", "TX", "Houston", "TX"]),
        ("Two men died in El Paso TX and one in Tulsa OK.", ["El Paso", "TX", "Tulsa"]),
        ("Drones struck Zaporizhzhia, Kryvyi Rih and Bila Tserkva.", ["Zaporizhzhia", "Kryvyi Rih", "Bila Tserkva"]),
        ("Belize\n\nMexico", ["Belize", "Mexico"]),
        ("A convoy was ambushed on the Maiduguri-Damaturu road on Tuesday.", ["Maiduguri", "Damaturu"]),
    ],
)
def test_a_name_is_one_piece_and_two_names_are_two(parser: Geoparser, text: str, toponyms: list[str]) -> None:
    assert found(parser, text) == toponyms


@pytest.mark.parametrize(
    ("text", "toponyms"),
    [
        ("They fled along the Maiduguri-Damaturu road.", ["Maiduguri", "Damaturu"]),
        ("Kyiv-Moscow talks failed.", ["Kyiv", "Moscow"]),
        ("An ambush on the Gao-Ansongo axis killed two.", ["Gao", "Ansongo"]),
        ("Rep. Stone, R-Westfield, agreed.", ["Westfield"]),
        ("The Sloviansk–Kramatorsk line held.", ["Sloviansk", "Kramatorsk"]),
    ],
)
def test_a_hyphen_between_two_places_leaves_them_two(parser: Geoparser, text: str, toponyms: list[str]) -> None:
    assert found(parser, text) == toponyms


def test_a_name_that_the_report_names_elsewhere_beyond_doubt_is_found_again(parser: Geoparser) -> None:
    doubtful = "On the Lyman axis our soldiers repelled 19 assaults"
    sure = "Shells fell on the town of Lyman in Donetsk region."
    assert found(parser, f"{sure}\n\n{doubtful}").count("Lyman") == 2


@pytest.mark.parametrize(
    "text",
    [
        "Mali",
        "Niger\n\nMali",
        "North Waziristan and South Waziristan",
        "3. Cauca.",
        "Lebanon border",
        "• Sumy, Kharkiv",
    ],
)
def test_names_that_stand_for_themselves_are_literal(parser: Geoparser, text: str) -> None:
    text = f"The army said so.\n\n{text}\n\nTroops fled."
    assert {mention.role for mention in mentions(parser, text)} == {"literal"}


def test_the_same_text_gives_the_same_mentions_in_any_company(parser: Geoparser) -> None:
    texts = [seed.read_text("utf-8") for seed in sorted((ROOT / "seeds").glob("*.txt"))]
    alone = [mentions(parser, text) for text in texts]
    together = [parsed.mentions for parsed in parser.parse(Document(id="d", text=text) for text in reversed(texts))]
    assert together == alone[::-1]


def test_a_long_report_is_read_to_its_end(parser: Geoparser) -> None:
    text = "The town of Pokrovsk was hit. " * 3000
    assert found(parser, text) == ["Pokrovsk"] * 3000


@pytest.mark.parametrize("text", ["a" * 100_000, "A" * 5000, "Ы" * 3000, "\u200b" * 50, "🎖" * 300, "Kursk, " * 500])
def test_odd_texts_are_read_without_an_error(parser: Geoparser, text: str) -> None:
    assert all(text[m.start : m.end] == m.toponym for m in mentions(parser, text))


@pytest.mark.parametrize("name", ["fast.onnx", "tokenizer.json"])
@pytest.mark.parametrize("damage", ["missing", "empty", "cut"])
def test_a_damaged_model_says_how_to_bring_it_back(tmp_path: Path, name: str, damage: str) -> None:
    whole = Path(str(files("geomap.models")))
    for file in ("fast.onnx", "tokenizer.json"):
        (tmp_path / file).symlink_to(whole / file)
    (tmp_path / name).unlink()
    if damage != "missing":
        (tmp_path / name).write_bytes(b"" if damage == "empty" else (whole / name).read_bytes()[:1000])
    with pytest.raises(ModelNotFoundError, match="pip install --force-reinstall"):
        load_encoder(tmp_path / "fast.onnx")


@pytest.mark.parametrize(
    ("text", "toponyms"),
    [
        ("Five cases of West Nile virus were found in Texas.", ["Texas"]),
        ("Russia fired Bulava missiles at Dnipro.", ["Russia", "Dnipro"]),
        ("A Merkava was hit east of Markaba.", ["Markaba"]),
        ("The Syrian National Army (SNA) shelled Manbij, and SNA troops stayed.", ["Manbij"]),
        ("Shiite militias and Druze fighters clashed in Sweida.", ["Sweida"]),
        ("The Houthis and the Lendu militia left Ituri.", ["Ituri"]),
        ("The Kuki and Meitei communities clashed in Imphal.", ["Imphal"]),
        ("Police shot dead Juan Medina in Cali; Medina was 24.", ["Cali"]),
        ("Juan Medina left for good. He lived in Medina.", ["Medina"]),
        ("The UAE and the DRC agreed.", ["UAE", "DRC"]),
    ],
)
def test_diseases_weapons_peoples_and_armies_are_no_places(parser: Geoparser, text: str, toponyms: list[str]) -> None:
    assert found(parser, text) == toponyms


def test_a_facility_that_stands_in_another_place_is_only_named_after_one(parser: Geoparser) -> None:
    roles = {m.toponym: m.role for m in mentions(parser, "Jets flattened the al-Quds clinic in Aleppo.")}
    assert roles == {"al-Quds": "embedded", "Aleppo": "literal"}
    roles = {m.toponym: m.role for m in mentions(parser, "Jets hit the Saravena hospital in Colombia.")}
    assert roles["Saravena"] == "literal"


def test_initials_are_told_from_the_words_before_them() -> None:
    gazetteer = load_gazetteer()
    text = (
        "Rapid Support Forces (RSF), the Front for the Liberation of Ruritania (FLR), United Arab Emirates (UAE), (XYZ)"
    )
    assert defined_initials(text, gazetteer) == {"RSF", "FLR"}


@pytest.mark.parametrize(
    ("text", "cut", "names"),
    [
        ("Buses were hit near Qazigund. Windows broke.", 29, ["Qazigund"]),
        ("Shells hit St. Petersburg. Nobody died.", 26, ["St. Petersburg"]),
    ],
)
def test_a_name_ends_where_its_sentence_ends(text: str, cut: int, names: list[str]) -> None:
    start = text.index(names[0].split()[0])
    found = FoundPlace(start=start, end=len(text) - 7, is_demonym=False, role="literal", score=1.0, role_score=1.0)
    cuts = within_sentences(text, [(0, cut), (cut + 1, len(text))], [found])
    assert [text[one.start : one.end] for one in cuts] == names
