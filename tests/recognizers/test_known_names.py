"""The names that the recogniser knows: as reports spell them, made once a gazetteer, imported ones included."""

import os
from pathlib import Path

import numpy as np
import pytest

from geomap.bundle import VOCABULARY, bundled_path
from geomap.errors import GazetteerError, OutputError
from geomap.gazetteers.importing.importing import import_file
from geomap.gazetteers.installed import names_path, remove_gazetteer
from geomap.pipeline import Geoparser
from geomap.recognizers import known_names
from geomap.recognizers.known_names import build_known_names, make_known_names, names_and_kinds, with_imported
from geomap.recognizers.pieces import KnownNames, hash_names, hash_of_each, load_tokenizer
from geomap.types import Document
from tests.gazetteers.importing_files import geonames_line, write_dump

UNIT, COUNTRY, TOWN, ALTERNATE = 6, 5, 2, 9
REPORT = "Shelling was heard overnight. Drones hit Wqetfa Zharq and Umm Qzeir, the group said."


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GEOMAP_GAZETTEERS", str(tmp_path / "own"))
    return tmp_path / "own"


def villages(folder: Path, *names: str, name: str = "SY") -> Path:
    """Import places of those names, and return the file."""
    lines = [geonames_line(900 + n, one, (35 + n / 10, 38.0), unit="SY.07") for n, one in enumerate(names)]
    return import_file(write_dump(folder.with_name(f"{name}.txt"), lines), name=name).path


def knows(names: KnownNames, name: str) -> int:
    """Return the kind that a table has for a name, 0 for none."""
    (found,) = hash_of_each([load_tokenizer(VOCABULARY).encode(name, add_special_tokens=False).ids])
    at = np.flatnonzero(names.hashes == found)
    return int(names.kinds[at[0]]) if len(at) else 0


def toponyms(text: str) -> list[str]:
    (parsed,) = Geoparser(events=False).parse([Document(id="d", text=text)])
    return [mention.toponym for mention in parsed.mentions]


def test_abbreviations_have_the_dots_that_reports_add_and_units_their_bare_names() -> None:
    found: dict[str, set[int]] = {}
    for name, kind in names_and_kinds(bundled_path("gazetteer.sqlite")):
        found.setdefault(name, set()).add(kind)
    assert not {"Engels air base", "Simferopol Airport"} & set(found), (
        "the place is meant, and the noun is read by rule"
    )
    for name in ("Ky.", "KY", "Fla.", "Calif.", "S.C.", "N.J.", "Sumy", "Sumy Oblast", "Kharkiv"):
        assert UNIT in found[name], name
    assert COUNTRY in found["U.S."]
    assert TOWN in found["Pokrovsk"] | found["Avdiivka"] | found["Sudzha"]
    assert not [name for name in found if "|" in name or not name]


def test_a_name_is_hashed_alike_in_a_table_and_in_a_text() -> None:
    ids = load_tokenizer(VOCABULARY).encode("Chasiv Yar, Umm Qzeir", add_special_tokens=False).ids
    in_text = [hashes[0] for hashes in hash_names(np.array(ids))]
    assert [hash_of_each([ids[:n]])[0] for n in range(1, len(in_text) + 1)] == in_text
    assert len(hash_of_each([])) == 0


def test_the_table_does_not_depend_on_how_many_names_are_read_at_a_time(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, tokenizer = villages(folder, *(f"Wqetfa {one}" for one in "ABCDEFGHIJKLMNOP")), load_tokenizer(VOCABULARY)
    whole = make_known_names(path, tokenizer)
    monkeypatch.setattr(known_names, "CHUNK", 3)
    parts = make_known_names(path, tokenizer)
    assert len(whole.hashes) == 16
    assert np.array_equal(whole.hashes, parts.hashes)
    assert np.array_equal(whole.kinds, parts.kinds)


def test_the_same_gazetteer_gives_the_same_bytes(folder: Path) -> None:
    path = villages(folder, "Wqetfa Zharq")
    first = build_known_names(path, VOCABULARY).read_bytes()
    assert build_known_names(path, VOCABULARY).read_bytes() == first


def test_villages_of_an_import_are_found_from_its_first_use_on(folder: Path) -> None:
    assert toponyms(REPORT) != ["Wqetfa Zharq", "Umm Qzeir"]
    path = villages(folder, "Wqetfa Zharq", "Umm Qzeir")
    assert not names_path(path).exists()
    assert toponyms(REPORT) == ["Wqetfa Zharq", "Umm Qzeir"]
    assert names_path(path).is_file()
    remove_gazetteer("SY")
    assert not list(folder.iterdir())


def test_a_table_is_made_once_and_again_when_its_gazetteer_is_another(folder: Path) -> None:
    path = villages(folder, "Wqetfa Zharq")
    first = known_names.known_names(path, VOCABULARY)
    made = names_path(path).stat().st_mtime_ns
    assert knows(known_names.known_names(path, VOCABULARY), "Wqetfa Zharq") == knows(first, "Wqetfa Zharq") == 1
    assert names_path(path).stat().st_mtime_ns == made
    villages(folder, "Umm Qzeir")
    second = known_names.known_names(path, VOCABULARY)
    assert (knows(second, "Wqetfa Zharq"), knows(second, "Umm Qzeir")) == (0, 1)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut off", b"no archive at all"])
def test_a_damaged_table_is_made_again(folder: Path, content: bytes) -> None:
    path = villages(folder, "Wqetfa Zharq")
    whole = build_known_names(path, VOCABULARY).read_bytes()
    for damaged in (content, whole[: len(whole) // 2]):
        names_path(path).write_bytes(damaged)
        assert knows(known_names.known_names(path, VOCABULARY), "Wqetfa Zharq") == 1
        assert names_path(path).read_bytes() == whole


def test_where_nothing_can_be_written_the_table_is_made_for_the_run(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = villages(folder, "Wqetfa Zharq")
    may = os.access  # root may write everywhere
    monkeypatch.setattr(os, "access", lambda one, mode: one != folder and may(one, mode))
    assert knows(known_names.known_names(path, VOCABULARY), "Wqetfa Zharq") == 1
    assert [one.name for one in folder.iterdir()] == ["SY.sqlite"]
    with pytest.raises(OutputError, match="no permission"):
        build_known_names(path, VOCABULARY)


def test_what_a_table_knows_itself_stays_of_its_kind() -> None:
    own = KnownNames(np.array([3, 7], np.uint32), np.array([UNIT, TOWN], np.uint8))
    other = KnownNames(np.array([1, 7], np.uint32), np.array([TOWN, ALTERNATE], np.uint8))
    both = with_imported(own, [other, other])
    assert (both.hashes.tolist(), both.kinds.tolist()) == ([1, 3, 7], [TOWN, UNIT, TOWN])
    assert with_imported(own, []) == own


def test_a_file_that_is_no_gazetteer_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.sqlite").write_bytes(b"nothing of the kind")
    for path in (tmp_path / "x.sqlite", tmp_path / "missing.sqlite"):
        with pytest.raises(GazetteerError, match="import or build it again"):
            known_names.known_names(path, VOCABULARY)
