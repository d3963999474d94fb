"""What the trained resolver chooses, how sure it is, when it chooses nothing, and what it says about it."""

import json
import re
from pathlib import Path

import numpy as np
import pytest

from geomap.errors import ModelNotFoundError
from geomap.gazetteers import load_gazetteer
from geomap.gazetteers.database import SqliteGazetteer
from geomap.language.displacement import relation_at
from geomap.recognizers.roles import role_of
from geomap.recognizers.sentences import sentence_spans
from geomap.resolvers.candidates import MAX_CANDIDATES, CandidateFinder, is_same_name, variants
from geomap.resolvers.ranking import RankerResolver
from geomap.resolvers.reasons import explain_resolution
from geomap.resolvers.trees import Trees, load_model, trees_from_json, trees_to_json
from geomap.types import Document, Mention, Resolution, Sentence


@pytest.fixture(scope="module")
def gazetteer() -> SqliteGazetteer:
    return load_gazetteer()


@pytest.fixture(scope="module")
def resolver(gazetteer: SqliteGazetteer) -> RankerResolver:
    return RankerResolver(gazetteer)


def resolve(resolver: RankerResolver, marked: str, *, source: str = "") -> list[Resolution]:
    """Resolve the names between square brackets."""
    text, spans = "", []
    for piece in re.split(r"(\[[^\]]*\])", marked):
        if piece.startswith("["):
            spans.append((len(text), len(text) + len(piece) - 2))
        text += piece.strip("[]") if piece.startswith("[") else piece
    sentences = tuple(Sentence(index=i, start=start, end=end) for i, (start, end) in enumerate(sentence_spans(text)))
    mentions = [mention(text, sentences, span) for span in spans]
    return list(resolver(Document(id="d", text=text, source=source), sentences, mentions))


def mention(text: str, sentences: tuple[Sentence, ...], span: tuple[int, int]) -> Mention:
    around = max((s for s in sentences if s.start <= span[0]), key=lambda s: s.start)
    return Mention(
        document_id="d",
        sentence=around.index,
        start=span[0],
        end=span[1],
        toponym=text[span[0] : span[1]],
        role=role_of(text, span, (around.start, around.end)),
        relation=relation_at(text, span, (around.start, around.end)),
    )


def where(resolution: Resolution) -> str:
    entry = resolution.entry
    return f"{entry.feature_code} {entry.country_code}.{entry.admin1}" if entry else "NIL"


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Shelling hit [Pokrovsk].", "PPL UA.05"),
        ("Shelling hit [Pokrovsk], [Kramatorsk] and [Donetsk], [Kyiv] said.", "PPL UA.05"),
        ("Fighting went on in the [Kursk] region.", "ADM1 RU.41"),
        ("A drone fell in the city of [Kursk].", "PPLA RU.41"),
        ("[New York], a town just south of [Toretsk], was shelled, [Donetsk] officials said.", "PPL UA.05"),
        ("He was arrested in [Long Beach], CA, on Monday.", "PPL US.CA"),
        ("He was born in [Paris], Texas.", "PPL US.TX"),
        ("[Georgia]'s parliament in [Tbilisi] passed the law.", "PCLI GE."),
        ("Voters in [Atlanta] and [Savannah], [Georgia], went to the polls.", "PPL US.GA"),
        ("Clashes broke out in [Tripoli], [Lebanon]'s second city, and in [Beirut].", "PPL LB.09"),
        ("Militias fought in [Tripoli]; [Misrata] and [Benghazi] were calm.", "PPLC LY.77"),
        ("[Washington] rejected the offer.", "PPLC US.DC"),
        ("Protesters marched through [London] on Friday.", "PPLC GB.ENG"),
        ("Refugees reached [Western Europe].", "RGN ."),
    ],
)
def test_the_report_decides_between_namesakes(resolver: RankerResolver, marked: str, expected: str) -> None:
    assert where(resolve(resolver, marked)[0]) == expected


def test_a_metropolis_is_not_a_village_because_other_places_of_the_report_are_near_it(
    resolver: RankerResolver,
) -> None:
    marked = "In [New York], the U.N. Security Council met. [Toretsk] and [Kramatorsk] in [Ukraine] were shelled."
    entry = resolve(resolver, marked)[0].entry
    assert entry is not None
    assert entry.country_code == "US"


@pytest.mark.parametrize("country", ["China", "Chad", "Jordan", "Lebanon", "Mali", "Niger", "Cuba", "Peru", "Turkey"])
def test_a_country_name_gives_the_country(resolver: RankerResolver, country: str) -> None:
    (resolution,) = resolve(resolver, f"Officials in [{country}] said on Monday that two people were killed.")
    assert resolution.entry is not None
    assert resolution.entry.feature_code.startswith("PCL")


@pytest.mark.parametrize(
    "marked",
    [
        "Families from [El Fasher], [Darfur], and [Khartoum] in [Sudan] walked to [Kabala].",
        "Shots were heard in [Belgorod] region near [Petrovka].",
        "It happened in [Qwxzvillezz].",
    ],
)
def test_none_of_these_is_an_answer(resolver: RankerResolver, marked: str) -> None:
    resolution = resolve(resolver, marked)[-1]
    assert resolution.entry is None
    assert resolution.confidence == 0
    assert "NIL" in explain_resolution(resolution)[0]


def test_one_name_without_an_answer_leaves_the_others_alone(resolver: RankerResolver) -> None:
    unknown, known, _ = resolve(resolver, "They fled [Qwxzvillezz] for [Kharkiv], [Ukraine].")
    assert unknown.entry is None
    assert known.entry is not None
    assert known.entry.country_code == "UA"


def test_likelihoods_fall_and_sum_to_one_at_most(resolver: RankerResolver) -> None:
    (resolution,) = resolve(resolver, "A fire broke out in [Springfield].")
    scores = [candidate.score for candidate in resolution.candidates]
    assert scores == sorted(scores, reverse=True)
    assert sum(scores) <= 1.01
    assert resolution.confidence < 0.7
    assert resolution.confidence == round(resolution.confidence, 2)


def test_the_words_say_why_one_place_won_over_another(resolver: RankerResolver) -> None:
    resolution = resolve(resolver, "Shelling hit [Pokrovsk], [Ukraine]. [Kramatorsk] and [Sloviansk] were spared.")[0]
    lines = explain_resolution(resolution)
    assert "geonames:704422" in lines[0]
    assert any("rather than Engels" in line for line in lines)
    assert any(re.search(r"same first-order unit as \d other places of this report", line) for line in lines)


def test_more_populous_is_said_as_a_number(resolver: RankerResolver) -> None:
    (resolution,) = resolve(resolver, "Protesters marched through [London] on Friday.")
    assert any(re.search(r"\d× more populous", line) for line in explain_resolution(resolution))


def test_the_same_report_gives_the_same_answer_in_any_company(
    gazetteer: SqliteGazetteer, resolver: RankerResolver
) -> None:
    marked = "Fighting near [Sudzha], [Kursk] region, and in [Pokrovsk]."
    resolve(resolver, "Voters in [Paris], [Texas].")
    assert resolve(resolver, marked) == resolve(RankerResolver(gazetteer), marked)


def test_a_report_without_mentions_or_text_resolves_nothing(resolver: RankerResolver) -> None:
    assert resolve(resolver, "") == []
    assert resolve(resolver, "No place here.") == []


def test_a_missing_or_foreign_model_is_named(gazetteer: SqliteGazetteer, tmp_path: Path) -> None:
    with pytest.raises(ModelNotFoundError, match="cannot be read"):
        RankerResolver(gazetteer, model=tmp_path / "no.json")
    (tmp_path / "none.json").write_text('{"features": ["one"]}', encoding="utf-8")
    with pytest.raises(ModelNotFoundError, match="holds no model"):
        RankerResolver(gazetteer, model=tmp_path / "none.json")
    parts = {"features": ["one"], "first": {}, "second": {}, "raw": [], "calibrated": []}
    (tmp_path / "other.json").write_text(json.dumps(parts), encoding="utf-8")
    with pytest.raises(ModelNotFoundError, match="other features"):
        RankerResolver(gazetteer, model=tmp_path / "other.json")


def test_the_confidence_never_falls_as_the_likelihood_rises() -> None:
    model = load_model()
    assert np.all(np.diff(model.raw) > 0)
    assert np.all(np.diff(model.calibrated) >= 0)


@pytest.mark.parametrize(
    ("toponym", "name"),
    [
        ("Ky.", "Kentucky"),
        ("Kursk region", "Kursk Oblast"),
        ("al-Qamishli", "Al Qāmishlī"),
        ("Zaporizhia", "Zaporizhzhya"),
        ("Avdeyevka", "Avdiyivka"),
        ("southern Turkey", "Turkey"),
        ("Kramatorrsk", "Kramatorsk"),
    ],
)
def test_other_spellings_are_found(gazetteer: SqliteGazetteer, toponym: str, name: str) -> None:
    found = {is_same_name(c.entry.name, name) for c in CandidateFinder(gazetteer).find(toponym)}
    assert True in found or name in {c.entry.name for c in CandidateFinder(gazetteer).find(toponym)}


def test_a_name_only_alike_is_marked_as_such(gazetteer: SqliteGazetteer) -> None:
    exact, alike = (CandidateFinder(gazetteer).find(name)[0] for name in ("Kramatorsk", "Kramaxorsk"))
    assert not exact.features.get("unlike")
    assert 0 < alike.features["unlike"] < 0.3


def test_candidates_are_bounded(gazetteer: SqliteGazetteer) -> None:
    assert len(CandidateFinder(gazetteer).find("San Antonio")) <= MAX_CANDIDATES
    assert CandidateFinder(gazetteer).find("...") == ()


def test_a_plain_name_has_no_variants() -> None:
    assert variants("Kyiv") == ()
    assert ("Kursk", "admin") in variants("Kursk region")
    assert ("Lune River", "turned") in variants("River Lune")


def test_contributions_add_up_to_the_score() -> None:
    inner, values = [[0, 1, 0]], [[0.1, -0.2, 0.4, -0.3, -0.1, 0.2, 0.6]]
    trees = trees_from_json({"features": inner, "thresholds": [[0.5, 1.0, None]], "values": values})
    rows = np.array([[0.0, 0.0], [0.0, 2.0], [1.0, 0.0]])
    assert trees.scores(rows).tolist() == [-0.3, -0.1, 0.2]
    assert np.allclose(trees.contributions(rows).sum(axis=1) + trees.offset, trees.scores(rows))
    again = trees_from_json(trees_to_json(trees))
    assert isinstance(again, Trees)
    assert again.scores(rows).tolist() == trees.scores(rows).tolist()
