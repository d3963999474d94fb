"""The parts of a pipeline ask one open gazetteer."""

import gc
import pickle
import shutil
import weakref
from pathlib import Path

from geomap.bundle import bundled_path
from geomap.gazetteers import load_gazetteer, shared_gazetteer
from geomap.pipeline import Geoparser


def test_recogniser_and_resolver_ask_one_gazetteer_also_after_pickling() -> None:
    for geoparser in (made := Geoparser(recognizer="fast", events=False), pickle.loads(pickle.dumps(made))):
        parts = [pipe for _, pipe in geoparser.nlp.pipeline if hasattr(pipe, "gazetteer")]
        assert len(parts) == 2
        assert len({id(part.gazetteer) for part in parts}) == 1


def test_a_gazetteer_that_is_opened_to_be_closed_is_nobody_elses() -> None:
    shared = shared_gazetteer("bundled")
    with load_gazetteer("bundled") as own:
        assert own is not shared
    assert shared.lookup("Kyiv")


def test_a_file_that_was_replaced_is_opened_anew_and_nothing_is_kept_for_nobody(tmp_path: Path) -> None:
    path = tmp_path / "own.sqlite"
    shutil.copy(bundled_path("gazetteer.sqlite"), path)
    first = shared_gazetteer(path)
    assert shared_gazetteer(path) is first
    shutil.copy(path, tmp_path / "next.sqlite")
    (tmp_path / "next.sqlite").replace(path)
    assert shared_gazetteer(path) is not first
    gone = weakref.ref(first)
    del first
    gc.collect()
    assert gone() is None
