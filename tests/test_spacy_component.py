"""``nlp.add_pipe("geomap")`` in other people's pipelines."""

import dataclasses
import datetime
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin, Span
from spacy.training import Example

import geomap
from geomap.types import Document

ROOT = Path(__file__).parents[1]
TEXT = "Artillery struck Pokrovsk on Friday, killing three. Smoke rose 20 km south of Kursk. Nobody knows Xyzzyhrad."


@pytest.fixture(scope="module")
def nlp() -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("geomap")
    return nlp


@pytest.fixture(scope="module")
def doc(nlp: Language) -> Doc:
    return nlp(TEXT)


@pytest.fixture(scope="module")
def trained() -> Language:
    """Return a small trained pipeline, as somebody else makes one: sentences, and an entity recogniser."""
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("ner")
    taught = [("Anna saw Pokrovsk burn.", [(0, 4, "PERSON"), (9, 17, "GPE")]), ("Anna slept.", [(0, 4, "PERSON")])]
    examples = [Example.from_dict(nlp.make_doc(text), {"entities": found}) for text, found in taught]
    nlp.initialize(lambda: examples)
    for _ in range(30):
        nlp.update(examples)
    return nlp


def told(doc: Doc) -> list[tuple[str, int, int, str, str, object]]:
    return [(s.text, s.start, s.end, s.label_, s.kb_id_, s._.place) for s in doc.spans["places"]]


def test_the_places_of_a_doc_are_spans_with_a_label_and_an_id(doc: Doc) -> None:
    assert [row[:1] + row[3:5] for row in told(doc)[:2]] == [
        ("Pokrovsk", "literal", "geonames:704422"),
        ("Kursk", "literal", "geonames:538560"),
    ]


def test_a_span_tells_its_place(doc: Doc) -> None:
    pokrovsk, kursk = (span._.place for span in list(doc.spans["places"])[:2])
    assert (pokrovsk.name, pokrovsk.entry_id, pokrovsk.level) == ("Pokrovsk", "geonames:704422", "settlement")
    assert (pokrovsk.country_code, pokrovsk.is_nil, pokrovsk.radius_km) == ("UA", False, 0)
    assert pokrovsk.confidence > 0.8
    assert kursk.latitude < kursk.resolution.entry.latitude  # it was 20 km south of there
    with pytest.raises(dataclasses.FrozenInstanceError):
        pokrovsk.name = "Elsewhere"


def test_any_other_span_tells_the_place_that_it_overlaps_most(doc: Doc) -> None:
    assert doc[1:4]._.place == doc.spans["places"][0]._.place
    assert doc[0:2]._.place is None
    assert spacy.blank("en")("Kyiv")[0:1]._.place is None


def test_a_name_without_an_entry_is_nil() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("geomap", config={"recognizer": "given"})
    doc = nlp.make_doc("They fled Xyzzyhrad.")
    doc._.geomap_document = Document(id="a", text=doc.text, given_mentions=((10, 19),))
    (span,) = nlp(doc).spans["places"]
    assert (span.kb_id_, span._.place.is_nil, span._.place.name, span._.place.latitude) == ("NIL", True, "", None)
    assert span._.place.level is None


def test_two_names_in_one_token_keep_their_places_apart() -> None:
    nlp = spacy.blank("en")
    nlp.tokenizer.infix_finditer = None  # type: ignore[union-attr]
    nlp.add_pipe("geomap", config={"recognizer": "given"})
    doc = nlp.make_doc("Trains run Kyiv-Moscow daily.")
    doc._.geomap_document = Document(id="a", text=doc.text, given_mentions=((11, 15), (16, 22)))
    spans = nlp(doc).spans["places"]
    assert [span.text for span in spans] == ["Kyiv-Moscow"] * 2
    assert [span._.place.entry_id for span in spans] == [span.kb_id_ for span in spans]
    assert len({span.kb_id_ for span in spans}) == 2


def test_what_happened_is_told_and_goes_into_the_tables(doc: Doc) -> None:
    assert doc._.geomap_events[0].place.entry.id == "geonames:704422"
    mentions = geomap.to_mentions([doc._.geomap])
    assert mentions["toponym"].tolist()[:2] == ["Pokrovsk", "Kursk"]
    assert mentions["sentence"].iloc[0] == "Artillery struck Pokrovsk on Friday, killing three."
    assert geomap.to_events([doc._.geomap])["fatalities_low"].iloc[0] == 3


def test_texts_have_an_id_of_their_own_each_and_the_same_one_again(nlp: Language) -> None:
    ids = [doc._.geomap.document.id for doc in nlp.pipe(["Kyiv fell.", "Sumy fell.", "Kyiv fell."])]
    assert ids[0] == ids[2] != ids[1]


def test_a_document_given_before_tells_the_day(nlp: Language) -> None:
    doc = nlp.make_doc(TEXT)
    doc._.geomap_document = Document(id="one", text=TEXT, published=datetime.date(2024, 9, 8))
    assert nlp(doc)._.geomap_events[0].date.start == datetime.date(2024, 9, 6)


@pytest.mark.parametrize("text", ["", " \n ", "🙂 Kyiv 🙂", "Київ", "a" * 100])
def test_odd_texts_pass(nlp: Language, text: str) -> None:
    assert nlp(text).text == text


def test_tokens_sentences_and_entities_of_the_host_stay(trained: Language) -> None:
    before = trained(TEXT)
    assert before.ents
    trained.add_pipe("geomap")
    try:
        after = trained(TEXT)
        assert [token.text for token in after] == [token.text for token in before]
        assert [token.is_sent_start for token in after] == [token.is_sent_start for token in before]
        assert [(e.text, e.label_) for e in after.ents] == [(e.text, e.label_) for e in before.ents]
        assert told(after)[0][4] == "geonames:704422"
        analysis: Any = trained.analyze_pipes()
        assert analysis["problems"]["geomap"] == []
    finally:
        trained.remove_pipe("geomap")


def test_places_become_entities_when_asked_where_the_host_has_none() -> None:
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "PERSON", "pattern": "Anna"}, {"label": "EVENT", "pattern": "Battle of Kyiv"}])  # type: ignore[attr-defined]
    nlp.add_pipe("geomap", config={"set_ents": True, "spans_key": "found"})
    doc = nlp("Anna wrote on the Battle of Kyiv. Shelling hit Kursk and Ukraine.")
    assert [(entity.text, entity.label_, entity.kb_id_) for entity in doc.ents] == [
        ("Anna", "PERSON", ""),
        ("Battle of Kyiv", "EVENT", ""),
        ("Kursk", "GPE", "geonames:538560"),
        ("Ukraine", "GPE", "geonames:690791"),
    ]
    assert "places" not in doc.spans
    assert "Kyiv" in [span.text for span in doc.spans["found"]]


def test_a_pipeline_comes_back_from_disk_with_its_settings(trained: Language, tmp_path: Path) -> None:
    trained.add_pipe("geomap", config={"recognizer": "fast", "events": False})
    try:
        trained.to_disk(tmp_path / "mine")
        expected = told(trained(TEXT))
    finally:
        trained.remove_pipe("geomap")
    program = (
        f"import spacy; nlp = spacy.load({str(tmp_path / 'mine')!r}); doc = nlp({TEXT!r})\n"
        "print(nlp.config['components']['geomap']['recognizer'], *[s.kb_id_ for s in doc.spans['places']])"
    )  # nothing of geomap is imported: spaCy finds it
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["fast", *(row[4] for row in expected)]


def test_a_pipeline_comes_back_from_its_bytes(nlp: Language, doc: Doc) -> None:
    again = spacy.blank("en")
    again.add_pipe("geomap")
    again.from_bytes(nlp.to_bytes())
    assert told(again(TEXT)) == told(doc)


def test_what_was_found_survives_files(nlp: Language, doc: Doc) -> None:
    (back,) = DocBin().from_bytes(DocBin(docs=[doc], store_user_data=True).to_bytes()).get_docs(nlp.vocab)
    assert told(back) == told(doc)
    assert back._.geomap == doc._.geomap
    assert told(Doc(nlp.vocab).from_bytes(doc.to_bytes())) == told(doc)


def test_a_pickled_component_works_alike(nlp: Language, doc: Doc) -> None:
    component = nlp.get_pipe("geomap")
    assert len(pickle.dumps(component)) < 1000
    assert told(pickle.loads(pickle.dumps(component))(nlp.make_doc(TEXT))) == told(doc)


@pytest.mark.parametrize("start", ["fork", "spawn"])
def test_worker_processes_give_what_one_process_gives(start: str, tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(
        f"""
import multiprocessing, spacy

def told(docs):
    return [[(s.text, s.kb_id_, s._.place) for s in doc.spans["places"]] + [doc._.geomap] for doc in docs]

if __name__ == "__main__":
    multiprocessing.set_start_method({start!r})
    nlp = spacy.blank("en")
    nlp.add_pipe("geomap")
    texts = [{TEXT!r}, "Shelling hit Sumy.", ""] * 2
    assert told(nlp.pipe(texts)) == told(nlp.pipe(texts, n_process=2))
"""
    )
    done = subprocess.run([sys.executable, program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_somebody_elses_extension_is_not_taken_over() -> None:
    ours: Any = Span.get_extension("place")
    Span.set_extension("place", default="theirs", force=True)
    try:
        with pytest.raises(geomap.ConfigError, match="belongs to another program"):
            spacy.blank("en").add_pipe("geomap")
    finally:
        Span.set_extension("place", getter=ours[2], force=True)


def test_a_setting_that_makes_no_sense_is_refused_by_name() -> None:
    with pytest.raises(geomap.ConfigError, match="no recogniser called 'enkoder'; did you mean 'encoder'"):
        spacy.blank("en").add_pipe("geomap", config={"recognizer": "enkoder"})
    with pytest.raises(ValueError, match="set_entities"):
        spacy.blank("en").add_pipe("geomap", config={"set_entities": True})
