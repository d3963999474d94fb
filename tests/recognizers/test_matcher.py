"""Which names the baseline recogniser finds, and which it leaves alone."""

import subprocess
import sys

import pytest
import spacy

from geomap.errors import ConfigError, ModelNotFoundError
from geomap.pipeline import Geoparser
from geomap.types import Document, Mention


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
        ("Ukraine’s troops are in Russia’s Kursk Region.", ["Ukraine", "Russia", "Kursk Region"]),
        ("A U.S.-brokered truce; the US agreed, he told us.", ["U.S.", "US"]),
        ("He lives in Long Beach, Calif., not in Ky.", ["Long Beach", "Calif.", "Ky."]),
        ("The Kremlin and The Hague disagree.", ["Kremlin", "The Hague"]),
        ("The border of Bosnia and Herzegovina is open.", ["Bosnia and Herzegovina"]),
        ("He came to Reading, England, from Nice, France.", ["Reading", "England", "Nice", "France"]),
        ("RUSSIAN STRIKES HIT KHARKIV AS TALKS IN GENEVA STALL", ["KHARKIV", "GENEVA"]),
        ("Sudzha🎖 fell; Korenevo did not.", ["Sudzha", "Korenevo"]),
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
    text = "🎖 It rained. Shells fell 20 km south of Pokrovsk.\nMore from Riga"
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


@pytest.mark.parametrize("recognizer", ["gazeteer", "spacy:", "given:x", ""])
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
    for name in ("geomap_sentences", "geomap_matcher", "geomap_resolver"):
        nlp.add_pipe(name)
    doc = nlp("Shelling hit Pokrovsk. Kyiv rejected the claim.")
    assert [(span.text, span.label_) for span in doc.spans["geomap"]] == [
        ("Pokrovsk", "literal"),
        ("Kyiv", "metonymic"),
    ]
    assert [resolution.entry.country_code for resolution in doc._.geomap_resolutions] == ["UA", "UA"]
