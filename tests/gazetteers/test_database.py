import os
import pickle
import sqlite3
import threading
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from gazetteer.recipe.build import build_gazetteer
from geomap.errors import GazetteerError
from geomap.gazetteers import SqliteGazetteer, load_gazetteer
from geomap.gazetteers.file_layout import FORMAT_VERSION
from geomap.types import NameKind


@pytest.fixture
def small(small_gazetteer: Path) -> SqliteGazetteer:
    return load_gazetteer(small_gazetteer)


def test_lookup_gives_the_most_populous_place_first(small: SqliteGazetteer) -> None:
    assert [entry.id for entry in small.lookup("Pokrovsk")] == ["geonames:563464", "geonames:704422"]


def test_candidates_say_which_kind_of_name_matched(small: SqliteGazetteer) -> None:
    kinds = {candidate.entry.id: candidate.name_kind for candidate in small.candidates("pokrovsk")}
    assert kinds == {"geonames:563464": "historic", "geonames:704422": "primary"}


def test_candidates_carry_the_name_as_the_gazetteer_has_it(small: SqliteGazetteer) -> None:
    assert [candidate.matched_name for candidate in small.candidates("DONETS'K")] == ["Donetsk", "Donetsk"]
    assert small.candidates("київ")[0].matched_name == "Київ"
    assert small.candidates("russian federation")[0].matched_name == "Russian Federation"


def test_an_unknown_name_has_no_entries(small: SqliteGazetteer) -> None:
    assert small.lookup("Xyzzy") == []
    assert small.candidates("") == []
    assert small.lookup("...") == []
    assert small.kinds("Xyzzy") == frozenset()
    assert not small.has_name("Xyzzy")


def test_an_entry_is_found_by_its_id(small: SqliteGazetteer) -> None:
    kyiv = small.entry("geonames:703448")
    assert kyiv is not None
    assert (kyiv.name, kyiv.latitude, kyiv.longitude, kyiv.feature_code) == ("Kyiv", 50.45466, 30.5238, "PPLC")
    donbas = small.entry("geomap:donbas")
    assert donbas is not None
    assert donbas.feature_class == "L"


@pytest.mark.parametrize(
    "entry_id", ["", "703448", "geonames:", "geonames:x", "geonames:-1", "geonames:²", "geomap:703448"]
)
def test_an_unknown_id_has_no_entry(small: SqliteGazetteer, entry_id: str) -> None:
    assert small.entry(entry_id) is None


def test_countries_and_divisions_are_found_by_code(small: SqliteGazetteer) -> None:
    ukraine, donetsk = small.country("UA"), small.admin1("UA", "05")
    assert ukraine is not None
    assert donetsk is not None
    assert (ukraine.name, donetsk.id, donetsk.feature_code) == ("Ukraine", "geonames:709716", "ADM1")
    assert small.country("ZZ") is None
    assert small.admin1("UA", "99") is None
    assert small.admin1("UA", "") is None


def test_a_division_sums_its_cities_and_a_city_knows_its_divisions(small: SqliteGazetteer) -> None:
    donetsk, pokrovsk = small.admin1("UA", "05"), small.entry("geonames:704422")
    assert donetsk is not None
    assert pokrovsk is not None
    assert donetsk.population == 60127 + 901645
    assert (pokrovsk.admin1, pokrovsk.admin2) == ("05", "1")


def test_an_abbreviation_counts_in_its_own_capitals_only(small: SqliteGazetteer) -> None:
    assert small.kinds("US") == small.kinds("U.S.") == small.kinds("U.S.’s") == {"abbreviation"}
    assert small.lookup("us") == []
    assert small.kinds("Miss.") == {"abbreviation"}
    assert small.lookup("Miss") == small.lookup("MISS") == []


@pytest.mark.parametrize(
    ("name", "found"),
    [("U.S.", ["abbreviation"]), ("US", ["abbreviation"]), ("Us", ["primary"]), ("us", ["primary"]), ("K.Y", [])],
)
def test_initials_are_no_word_and_a_word_is_no_abbreviation(
    sources: Path, cities: Mapping[str, Mapping[str, Any]], name: str, found: list[NameKind]
) -> None:
    towns = {str(n): {**cities["704422"], "geonameid": n, "name": own} for n, own in ((1, "Us"), (2, "Ky"))}
    target = sources / "initials.sqlite"
    build_gazetteer(target, sources=sources, cities={**cities, **towns})
    assert [candidate.name_kind for candidate in load_gazetteer(target).candidates(name)] == found


def test_a_possessive_is_left_out_unless_it_is_part_of_the_name(small: SqliteGazetteer) -> None:
    assert [entry.name for entry in small.lookup("Ukraine's")] == ["Ukraine"]
    assert [entry.name for entry in small.lookup("Jackson’s Point")] == ["Jackson's Point"]


@pytest.mark.parametrize("name", ["Al Qamishli", "al-Qamishli", "El-Qamishli", "Qamishli", "Qāmishlī", "QAMISHLO"])
def test_the_arabic_article_may_be_missing_or_spelt_otherwise(small: SqliteGazetteer, name: str) -> None:
    assert [entry.id for entry in small.lookup(name)] == ["geonames:173377"]


def test_the_article_is_kept_where_arabic_is_not_spoken(small: SqliteGazetteer) -> None:
    assert small.lookup("El Kyiv") == []


def test_a_pickled_gazetteer_opens_itself_again(small: SqliteGazetteer) -> None:
    copy = pickle.loads(pickle.dumps(small))
    assert copy.lookup("Kyiv") == small.lookup("Kyiv")


def test_threads_may_share_a_gazetteer(small: SqliteGazetteer) -> None:
    barrier = threading.Barrier(4, timeout=30)

    def ask(name: str) -> int:
        barrier.wait()
        return len(small.lookup(name))

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(ask, ["Pokrovsk", "Kyiv", "Xyzzy", "Donetsk"])) == [2, 1, 0, 2]


def test_a_forked_process_may_go_on_asking(small: SqliteGazetteer) -> None:
    small.lookup("Kyiv")
    child = os.fork()
    if child == 0:
        os._exit(0 if len(small.lookup("Pokrovsk")) == 2 else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_a_closed_gazetteer_opens_again_when_asked(small: SqliteGazetteer) -> None:
    with small as same:
        assert same.has_name("Kyiv")
    assert small.has_name("Kyiv")


def test_reading_leaves_no_files_beside_the_gazetteer(small: SqliteGazetteer) -> None:
    small.lookup("Kyiv")
    assert list(small.path.parent.glob("small.sqlite?*")) == []


def test_a_gazetteer_whose_path_has_odd_characters_opens(small_gazetteer: Path) -> None:
    odd = small_gazetteer.with_name("a b?c#d%41.sqlite")
    small_gazetteer.rename(odd)
    assert load_gazetteer(odd).has_name("Kyiv")


def test_a_missing_gazetteer_gives_the_command_that_builds_one(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match=r"there is no gazetteer; install geomap again"):
        load_gazetteer(tmp_path / "none.sqlite")
    with pytest.raises(GazetteerError, match="there is no gazetteer"):
        load_gazetteer(tmp_path)


@pytest.mark.parametrize("content", [b"", b"no database at all, but longer than a header is" * 9])
def test_a_file_that_is_no_gazetteer_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "g.sqlite"
    path.write_bytes(content)
    with pytest.raises(GazetteerError, match="install geomap again"):
        load_gazetteer(path)


def test_another_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "g.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE name (key)")
    connection.close()
    with pytest.raises(GazetteerError, match="is not a gazetteer of geomap"):
        load_gazetteer(path)


def test_another_format_version_is_refused(small_gazetteer: Path) -> None:
    with sqlite3.connect(small_gazetteer) as connection:
        connection.execute(f"PRAGMA user_version = {FORMAT_VERSION + 1}")
    connection.close()
    with pytest.raises(GazetteerError, match=f"has format {FORMAT_VERSION + 1}, not {FORMAT_VERSION}"):
        load_gazetteer(small_gazetteer)


def test_a_cut_off_gazetteer_is_an_error_of_ours(small_gazetteer: Path) -> None:
    small_gazetteer.write_bytes(small_gazetteer.read_bytes()[:9000])
    with pytest.raises(GazetteerError, match="is damaged"):
        load_gazetteer(small_gazetteer).lookup("Kyiv")


@pytest.mark.parametrize("name", ["Ky.", "KY", "Md.", "MD", "S.C.", "SC", "Alta."])
def test_an_abbreviation_is_known_in_each_of_its_spellings(name: str) -> None:
    assert any(candidate.name_kind == "abbreviation" for candidate in load_gazetteer().candidates(name))
