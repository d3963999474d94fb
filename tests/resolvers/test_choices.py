"""What the resolver chooses, when it chooses nothing, and what it says about it."""

import pytest

from geomap.gazetteers import load_gazetteer
from geomap.pipeline import Geoparser
from geomap.resolvers.reasons import explain_resolution
from geomap.types import Document, Resolution


@pytest.fixture(scope="module")
def parser() -> Geoparser:
    return Geoparser()


def resolutions(parser: Geoparser, text: str) -> list[Resolution]:
    return list(next(iter(parser.parse([Document(id="d", text=text)]))).resolutions)


def places(parser: Geoparser, text: str) -> dict[str, str]:
    """Return name → entry as "name, feature code, country.ADM1" of the last mention of each name."""
    found = {}
    for resolution in resolutions(parser, text):
        entry = resolution.entry
        found[resolution.mention.toponym] = (
            f"{entry.name}, {entry.feature_code}, {entry.country_code}.{entry.admin1}" if entry else "NIL"
        )
    return found


@pytest.mark.parametrize(
    ("text", "toponym", "expected"),
    [
        ("Shelling hit Pokrovsk.", "Pokrovsk", "Pokrovsk, PPL, UA.05"),
        ("Fighting went on in the Kursk region.", "Kursk", "Kursk Oblast, ADM1, RU.41"),
        ("A drone fell in the city of Kursk.", "Kursk", "Kursk, PPLA, RU.41"),
        ("Troops held Sudzha, Kursk region.", "Kursk", "Kursk Oblast, ADM1, RU.41"),
        ("He was arrested in Long Beach, California.", "Long Beach", "Long Beach, PPL, US.CA"),
        ("He was arrested in Long Beach, CA, on Monday.", "Long Beach", "Long Beach, PPL, US.CA"),
        ("He was arrested in Long Beach, Calif., on Monday.", "Long Beach", "Long Beach, PPL, US.CA"),
        ("He was born in Paris, Texas.", "Paris", "Paris, PPL, US.TX"),
        ("He was born in Paris.", "Paris", "Paris, PPLC, FR.11"),
        ("A plane left China for Chad.", "China", "China, PCLI, CN."),
        ("A plane left China for Chad.", "Chad", "Chad, PCLI, TD."),
        ("Voters in Atlanta and Savannah, Georgia, went to the polls.", "Georgia", "Georgia, ADM1, US.GA"),
        ("Voters in Tbilisi and Batumi, Georgia, went to the polls.", "Georgia", "Georgia, PCLI, GE."),
        ("They fled Mali, Niger and Chad.", "Niger", "Niger, PCLI, NE."),
        ("Refugees reached Western Europe.", "Western Europe", "Western Europe, RGN, ."),
        ("Washington rejected the offer.", "Washington", "Washington, PPLC, US.DC"),
        ("SUMY, Ukraine — Buses left. Officials of Sumy region agreed.", "SUMY", "Sumy, PPLA, UA.21"),
        ("In The Hague, Sudan accused the court.", "The Hague", "The Hague, PPL, NL.11"),
        ("Boats went across the Dnipro river.", "Dnipro", "Dnipro River, STM, ."),
        ("Police searched the San Francisco district of Caracas.", "San Francisco", "NIL"),
        ("Talks in Khartoum, Lviv and Gaza failed. Sudzha fell.", "Sudzha", "Sudzha, PPL, RU.41"),
        ("Shelling hit Pokrovsk. Fighting near Sudzha, Kursk region, went on.", "Pokrovsk", "Pokrovsk, PPL, UA.05"),
        ("In New York, diplomats met. Kherson and Mykolaiv were hit.", "New York", "New York City, PPL, US.NY"),
        ("They seized New York, a town just south of Toretsk, Ukraine.", "New York", "Niu-York, PPL, UA.05"),
    ],
)
def test_the_words_around_a_name_decide(parser: Geoparser, text: str, toponym: str, expected: str) -> None:
    assert places(parser, text)[toponym] == expected


def test_the_rest_of_the_report_decides_between_namesakes(parser: Geoparser) -> None:
    ukraine = (
        "Russian forces shelled Pokrovsk. Trains from Kramatorsk and Donetsk were stopped, Kyiv said. Kursk is quiet."
    )
    assert places(parser, ukraine)["Pokrovsk"].endswith("UA.05")
    volga = "Engels, once called Pokrovsk, lies on the Volga opposite Saratov. Samara and Volgograd are downstream."
    assert places(parser, volga)["Pokrovsk"].endswith("RU.67")


def test_a_bare_name_follows_the_region_that_the_report_speaks_of(parser: Geoparser) -> None:
    text = "Troops entered the Kursk region. The assault into Kursk went on. They stood 40 km west of Kursk."
    found = resolutions(parser, text)
    assert [r.entry.feature_code for r in found if r.entry] == ["ADM1", "ADM1", "PPLA"]
    assert found[1].confidence < found[0].confidence


@pytest.mark.parametrize(
    ("text", "toponym"),
    [
        ("Families from El Fasher, Darfur, and Khartoum in Sudan walked to Kabala.", "Kabala"),
        ("Shots were heard in Belgorod region near Petrovka.", "Petrovka"),
    ],
)
def test_a_namesake_elsewhere_is_not_an_answer(parser: Geoparser, text: str, toponym: str) -> None:
    assert places(parser, text)[toponym] == "NIL"


def test_a_resolution_keeps_what_it_beat_and_says_why(parser: Geoparser) -> None:
    resolution = next(r for r in resolutions(parser, "Shelling hit Pokrovsk, Ukraine.") if r.mention.start == 13)
    assert resolution.candidates[0].entry == resolution.entry
    assert {c.entry.country_code for c in resolution.candidates} >= {"UA", "RU"}
    assert 0.5 < resolution.confidence < 1
    words = "\n".join(explain_resolution(resolution))
    assert "geonames:704422" in words
    assert "it lies in the place named with it" in words
    assert "rather than Engels" in words


def test_a_nil_says_why(parser: Geoparser) -> None:
    nil = next(r for r in resolutions(parser, "Shots were heard in Belgorod region near Petrovka.") if r.entry is None)
    assert nil.confidence == 0
    assert "NIL" in explain_resolution(nil)[0]


def test_every_candidate_is_an_entry_of_the_name(parser: Geoparser) -> None:
    known = {entry.id for entry in load_gazetteer().lookup("Springfield")}
    (resolution,) = resolutions(parser, "A fire broke out in Springfield.")
    assert {c.entry.id for c in resolution.candidates} <= known
    assert resolution.confidence < 0.7


def test_a_text_without_places_resolves_nothing(parser: Geoparser) -> None:
    assert resolutions(parser, "") == []
    assert resolutions(parser, "no place here") == []


def test_the_same_document_gives_the_same_answer_in_any_company(parser: Geoparser) -> None:
    one = Document(id="one", text="Fighting near Sudzha, Kursk region, and in Pokrovsk.")
    other = Document(id="two", text="Voters in Paris, Texas.")
    alone = [parsed.resolutions for parsed in parser.parse([one])]
    together = [parsed.resolutions for parsed in parser.parse([other, one, other])]
    assert alone[0] == together[1]


def test_a_long_report_is_resolved_to_its_end(parser: Geoparser) -> None:
    text = "The town of Pokrovsk in Ukraine was hit. 🎖 " * 400
    found = resolutions(parser, text)
    assert len(found) == 800
    assert {r.entry.id for r in found if r.entry} == {"geonames:704422", "geonames:690791"}
    assert all(text[r.mention.start : r.mention.end] == r.mention.toponym for r in found)


def test_the_explanation_is_had_from_its_old_place_until_0_3_with_a_warning() -> None:
    with pytest.warns(DeprecationWarning, match=r"from geomap\.resolvers\.reasons"):
        from geomap.resolvers.ranker.reasons import explain_resolution as old
    assert old is explain_resolution
