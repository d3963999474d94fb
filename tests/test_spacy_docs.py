"""geomap's components in other people's pipelines: files, worker processes, copies."""

import datetime
import pickle
import subprocess
import sys
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

import geomap
from geomap.spacy_docs import add_extensions
from geomap.types import Document, ParsedDocument

ROOT = Path(__file__).parents[1]
TEXT = "Artillery struck Pokrovsk on Friday, killing three. Troops stood 20 km south of Kursk, officials in Kyiv said."
REPORT = Document(
    id="one",
    text=TEXT,
    title="Shelling",
    published=datetime.date(2024, 9, 7),
    boilerplate=((0, 9), (10, 16)),
    given_mentions=((17, 25),),
)
NAMES = ("document", "mentions", "relations", "resolutions", "events")


@pytest.fixture(scope="module")
def nlp() -> Language:
    """Return a pipeline of somebody else's, with geomap's components at its end."""
    nlp = spacy.blank("en")
    for name in ("geomap_sentences", "geomap_recognizer", "geomap_resolver", "geomap_events"):
        nlp.add_pipe(name)
    return nlp


@pytest.fixture(scope="module")
def doc(nlp: Language) -> Doc:
    doc = nlp.make_doc(TEXT)
    doc._.geomap_document = REPORT
    doc = nlp(doc)
    assert doc._.geomap_events
    return doc


def kept(doc: Doc) -> list[object]:
    return [getattr(doc._, f"geomap_{name}") for name in NAMES]


def test_a_doc_comes_back_from_its_bytes_with_all_that_was_found(nlp: Language, doc: Doc) -> None:
    assert kept(Doc(nlp.vocab).from_bytes(doc.to_bytes())) == kept(doc)


def test_a_bin_of_docs_comes_back_from_its_bytes_with_all_that_was_found(nlp: Language, doc: Doc) -> None:
    data = DocBin(docs=[doc], store_user_data=True).to_bytes()
    (back,) = DocBin().from_bytes(data).get_docs(nlp.vocab)
    assert kept(back) == kept(doc)
    assert kept(pickle.loads(pickle.dumps(doc))) == kept(doc)


def test_other_user_data_goes_along_untouched(nlp: Language) -> None:
    doc = nlp("Kyiv fell.")
    doc.user_data["theirs"] = {"a": [1, 2], "__geomap__": "no noun"}
    assert Doc(nlp.vocab).from_bytes(doc.to_bytes()).user_data["theirs"] == doc.user_data["theirs"]


def test_what_nobody_can_write_is_still_refused(nlp: Language) -> None:
    doc = nlp("Kyiv fell.")
    doc.user_data["theirs"] = object()
    with pytest.raises(TypeError, match="can not serialize 'object'"):
        doc.to_bytes()


def test_a_bare_doc_has_nothing_found() -> None:
    add_extensions()
    assert kept(Doc(spacy.blank("en").vocab, words=["Kyiv"])) == [None, (), (), (), ()]


@pytest.mark.parametrize("start", ["fork", "spawn"])
def test_worker_processes_give_what_one_process_gives(start: str, tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(
        f"""
import multiprocessing, spacy

if __name__ == "__main__":
    multiprocessing.set_start_method({start!r})
    nlp = spacy.blank("en")
    for name in ("geomap_sentences", "geomap_recognizer", "geomap_resolver", "geomap_events"):
        nlp.add_pipe(name)
    texts = [{TEXT!r}, "Shelling hit Sumy.", ""] * 2
    told = [[doc._.geomap_resolutions, doc._.geomap_events] for doc in nlp.pipe(texts)]
    assert told[0][1], told
    assert told == [[doc._.geomap_resolutions, doc._.geomap_events] for doc in nlp.pipe(texts, n_process=2)]
"""
    )
    done = subprocess.run([sys.executable, program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("settings", [{}, {"recognizer": "fast", "resolver": "population", "events": False}])
def test_a_pickled_parser_carries_its_settings_and_loads_its_models_again(settings: dict[str, object]) -> None:
    parser = geomap.Geoparser(**settings)  # type: ignore[arg-type]
    pickled = pickle.dumps(parser)
    assert len(pickled) < 1000
    copy = pickle.loads(pickled)
    assert told(copy) == told(parser)
    assert copy.nlp.pipe_names == parser.nlp.pipe_names
    assert type(copy.nlp.get_pipe("geomap_resolver").resolver) is type(parser.nlp.get_pipe("geomap_resolver").resolver)


def told(parser: geomap.Geoparser) -> list[ParsedDocument]:
    return list(parser.parse([REPORT]))


def test_every_component_can_be_pickled(nlp: Language, doc: Doc) -> None:
    again = nlp.make_doc(TEXT)
    again._.geomap_document = REPORT
    for _, component in nlp.pipeline:
        again = pickle.loads(pickle.dumps(component))(again)
    assert kept(again) == kept(doc)
